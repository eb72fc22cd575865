"""Sums: what was issued and what became of it, per unit and per funder."""

from collections.abc import Iterator

from guerdon.insight.verify.accounts import Account
from guerdon.insight.verify.invariant import Found, Invariant
from guerdon.insight.verify.passages import LEAVES
from guerdon.insight.verify.report import UnitTotals

Unit = tuple[str, str]  # programme, unit
Flow = tuple[str, str, str]  # programme, unit, kind of posting
Funded = tuple[str, str, str, str]  # programme, unit, funder ("" is the programme itself), what


class Conservation(Invariant):
    """All postings, lots and awards, summed up in one pass."""

    clause = "10.17"
    sentence = (
        "Issued − burned − expired − clawed back − fees − donated ± adjusted = outstanding − debt,"
        " per unit and per funder."
    )
    sums = ("flows", "_outstanding", "_debt", "_funded")

    def __init__(self) -> None:
        super().__init__()
        self.flows: dict[Flow, int] = {}
        self._outstanding: dict[Unit, int] = {}
        self._debt: dict[Unit, int] = {}
        self._funded: dict[Funded, int] = {}

    def look(self, account: Account) -> None:
        programme = account.member.programme_id if account.member else ""
        for (unit, kind), points in account.flows().items():
            flow = (programme, unit, kind)
            self.flows[flow] = self.flows.get(flow, 0) + points
        for purse in account.purses:
            of_unit = (programme, purse.unit)
            self._outstanding[of_unit] = self._outstanding.get(of_unit, 0) + purse.balance
            self._debt[of_unit] = self._debt.get(of_unit, 0) + purse.debt
        self._fund(account, programme)

    def _fund(self, account: Account, programme: str) -> None:
        """The same by funder: awards say who pays, lots carry it, allocations take it."""
        lots: dict[tuple[str, str | None], list[int]] = {}
        for lot in account.lots:
            pair = lots.get((lot.unit, lot.funder))
            if pair is None:
                pair = lots[lot.unit, lot.funder] = [0, 0]
            pair[0] += lot.amount
            pair[1] += lot.remaining
        sums: dict[tuple[str, str | None, str], int] = {}
        for (unit, funder), (credited, left) in lots.items():
            sums[unit, funder, "credited"], sums[unit, funder, "left"] = credited, left
        for take in account.allocations:
            taken = account.lot.get(take.lot_id)
            if taken is not None:
                name = (taken.unit, taken.funder, "taken")
                sums[name] = sums.get(name, 0) + (take.amount if take.direction == "out" else -take.amount)
        for award in account.awards().values():
            name = (award.unit, award.funder, "awarded")
            sums[name] = sums.get(name, 0) + award.points
        for unit, funder, points in _given(account):
            name = (unit, funder, "awarded")
            sums[name] = sums.get(name, 0) + points
        _pass(account, sums)
        for (unit, funder, what), points in sums.items():
            funded = (programme, unit, funder or "", what)
            self._funded[funded] = self._funded.get(funded, 0) + points

    def close(self, found: Found) -> None:
        for programme, unit in sorted(self._outstanding.keys() | {flow[:2] for flow in self.flows}):
            totals = self.totals(programme, unit, 0)
            net = totals.issued + totals.adjusted - totals.burned - totals.expired - totals.clawed_back
            net -= totals.fees + totals.donated
            kept = totals.outstanding - totals.debt
            self.count("units", 1)
            self.count("outstanding", totals.outstanding)
            if net != kept:
                self.breaks(
                    "issued less what left is not what is outstanding less debt",
                    expected=net,
                    found=kept,
                    programme=programme,
                    unit=unit,
                )
        for programme, unit, funder in sorted({name[:3] for name in self._funded}):
            self.count("funders", 1)
            self._compare_funder(programme, unit, funder)

    def _compare_funder(self, programme: str, unit: str, funder: str) -> None:
        def total(what: str) -> int:
            return self._funded.get((programme, unit, funder, what), 0)

        where = {"programme": programme, "unit": unit, "funder": funder or "the programme"}
        if total("awarded") + total("arrived") != total("credited"):
            self.breaks(
                "what a funder's lots hold is not what was awarded on its account",
                expected=total("awarded") + total("arrived"),
                found=total("credited"),
                **where,
            )
        if total("passed") != total("arrived"):
            self.breaks(
                "a funder's points arrived in another number than they left",
                expected=total("passed"),
                found=total("arrived"),
                **where,
            )
        if total("credited") - total("taken") != total("left"):
            self.breaks(
                "what is left of a funder's points is not what was given less what was taken",
                expected=total("credited") - total("taken"),
                found=total("left"),
                **where,
            )

    def totals(self, programme: str, unit: str, scale: int) -> UnitTotals:
        """What became of all points of the unit."""

        def flow(kind: str) -> int:
            return self.flows.get((programme, unit, kind), 0)

        return UnitTotals(
            unit=unit,
            scale=scale,
            issued=flow("earn") + flow("cancel"),  # what waited in vain was never anybody's
            adjusted=flow("adjust_up") + flow("adjust_down"),
            burned=-flow("burn") - flow("reinstate"),
            expired=-flow("expire"),
            clawed_back=-flow("claw_back") - flow("restore"),
            fees=-flow("fee"),
            donated=-flow("donate"),
            outstanding=self._outstanding.get((programme, unit), 0),
            debt=self._debt.get((programme, unit), 0),
        )


def _given(account: Account) -> Iterator[tuple[str, str | None, int]]:
    """What made lots without an award: (unit, funder, points)."""
    for posting in account.kinds("lend"):  # a loan has no funder
        yield posting.unit, None, posting.change
    for posting in account.kinds("restore", "reinstate"):
        if posting.id in account.made:  # what came back has a new life, on the account of whoever paid for the first
            yield posting.unit, account.made[posting.id].funder, posting.change


def _pass(account: Account, sums: dict[tuple[str, str | None, str], int]) -> None:
    """What left the account for others, and what arrived from them, by unit and funder."""
    passing = {posting.id for posting in account.kinds(*LEAVES)}
    for take in account.allocations if passing else ():
        taken = account.lot.get(take.lot_id)
        if taken is not None and take.posting_id in passing:
            name = (taken.unit, taken.funder, "passed")
            sums[name] = sums.get(name, 0) + take.amount
    for told in account.arrivals().values():
        name = (told.unit, told.funder, "arrived")
        sums[name] = sums.get(name, 0) + told.points
    for posting in account.kinds("merge_in", "pool_in"):
        if posting.id in account.made:
            name = (posting.unit, account.made[posting.id].funder, "arrived")
            sums[name] = sums.get(name, 0) + posting.change
