"""Balances: nothing comes from nowhere, stored sums are true now and at every past seq, nobody is below zero."""

from typing import Final

from guerdon.core.ledger import COUNTERPART, CREDITS
from guerdon.insight.verify.accounts import Account, Lot, by_part
from guerdon.insight.verify.invariant import Found, Invariant, place
from guerdon.kit import snapshot

_COUNTERPART: Final[dict[str, str]] = {kind: account for kind, account in COUNTERPART.items()}


class TwoSides(Invariant):
    """Every posting, against the catalogue of the house's accounts."""

    clause = "10.1"
    sentence = "A posting has one source and one destination, amount > 0, source ≠ destination, same programme."

    HOUSE: Final = snapshot.both("SELECT [id s.programme_id], [id s.id], s.kind FROM ledger_system_account s")

    def __init__(self) -> None:
        super().__init__()
        self._house: dict[tuple[str, str | None], str] = {}  # programme, account → its kind

    def prepare(self, found: Found) -> None:
        self._house = {(programme, id): kind for programme, id, kind in found.view.stream(self.HOUSE)}

    def look(self, account: Account) -> None:
        for kind, postings in account.of_kind.items():
            expected, credit = _COUNTERPART.get(kind), kind in CREDITS
            lawful = f"{'from' if credit else 'to'} {expected or 'an account, by a known kind'}"
            for posting in postings:
                change, other = posting.change, self._house.get((posting.programme_id, posting.other))
                if other != expected or (change > 0) is not credit or not change:
                    self.breaks(
                        f"a {kind} moves wrongly",
                        expected=f"more than 0 {lawful}",
                        found=f"{change} with {other or 'no account of the programme'}",
                        **place(posting),
                    )
        self.count("postings", len(account.postings))


class ZeroSum(Invariant):
    """Members' stored balances against the derived balances of the house's accounts."""

    clause = "10.2"
    sentence = "The sum of all balances of a unit is 0."
    sums = ("_members", "_house")

    def __init__(self) -> None:
        super().__init__()
        self._members: dict[tuple[str, str], int] = {}
        self._house: dict[tuple[str, str], int] = {}

    def look(self, account: Account) -> None:
        programme = account.member.programme_id if account.member else ""
        for (unit, _), points in account.flows().items():
            self._house[programme, unit] = self._house.get((programme, unit), 0) - points
        for purse in account.purses:
            name = (programme, purse.unit)
            self._members[name] = self._members.get(name, 0) + purse.balance
        self.count("balances", len(account.purses))

    def close(self, found: Found) -> None:
        self.count("sum", 0)
        for programme, unit in sorted(self._members.keys() | self._house.keys()):
            members, house = self._members.get((programme, unit), 0), self._house.get((programme, unit), 0)
            self.count("sum", members + house)
            if members + house:
                self.breaks(
                    "the balances of a unit do not cancel out",
                    expected=f"the members have {-house}, the house {house}",
                    found=f"the members have {members}, together {members + house}",
                    unit=unit,
                    programme=programme,
                )


class Chain(Invariant):
    """Each posting's `balance_after` from the one before it, up to the stored balance."""

    clause = "10.3"
    sentence = "Stored balance = postings in − postings out, now and at any past seq."

    def look(self, account: Account) -> None:
        running: dict[str, int] = {}
        for posting in account.postings:
            unit = posting.unit
            after = running.get(unit, 0) + posting.change
            if posting.balance_after != after:
                self.breaks(
                    "the balance after a posting is not the one before it plus the posting",
                    expected=after,
                    found=posting.balance_after,
                    **place(posting),
                )
            running[unit] = after
        self.count("postings", len(account.postings))
        for purse in account.purses:
            total = running.pop(purse.unit, 0)
            if purse.balance != total:
                self.breaks(
                    "the stored balance is not the sum of the postings",
                    expected=total,
                    found=purse.balance,
                    member=account.id,
                    unit=purse.unit,
                )
        self.count("balances", len(account.purses))
        for unit, total in running.items():
            self.breaks("postings without a balance", expected=total, found="none", member=account.id, unit=unit)


class NeverNegative(Invariant):
    """Every stored balance, and the debt as it grew and shrank."""

    clause = "10.4"
    sentence = "Available, held, pending and debt are never negative; debt stays within its limit."

    def look(self, account: Account) -> None:
        owed: dict[str, int] = {}
        for posting in sorted(account.kinds("lend", "repay"), key=by_part):
            if posting.kind == "lend":
                owed[posting.unit] = after = owed.get(posting.unit, 0) + posting.change
                most = _debt_max(account, posting.activity_id, posting.unit)
                if most is not None and after > most:
                    self.breaks("debt above its limit", expected=f"at most {most}", found=after, **place(posting))
            else:
                owed[posting.unit] = owed.get(posting.unit, 0) + posting.change
        for purse in account.purses:
            for name in ("balance", "available", "pending", "held", "debt"):
                amount = getattr(purse, name)
                if amount < 0:
                    self.breaks(
                        f"{name} is negative",
                        expected="0 or more",
                        found=amount,
                        member=account.id,
                        unit=purse.unit,
                    )
            if purse.debt != owed.get(purse.unit, 0):
                self.breaks(
                    "the stored debt is not what was lent and not repaid",
                    expected=owed.get(purse.unit, 0),
                    found=purse.debt,
                    member=account.id,
                    unit=purse.unit,
                )
            self.count("debt", purse.debt)
        self.count("balances", len(account.purses))


def _debt_max(account: Account, activity_id: str, unit: str) -> int | None:
    """The limit of debt under the version that decided."""
    entry = account.entry.get(activity_id)
    if entry is None or account.book is None or not account.book.has(entry.decision.version):
        return None
    found = account.book.law(entry.decision.version).programme.units.get(unit)
    return None if found is None else found.debt_max


class Split(Invariant):
    """The lots of each member against the stored balance and its split."""

    clause = "10.6"
    sentence = "The lots of a member sum to the member's balances."

    def look(self, account: Account) -> None:
        alive = [lot for lot in account.lots if lot.remaining]
        # Nothing begins or ends while the stored split is fresh, so it is that of its first and of its last instant.
        self._compare(account, alive, {purse.unit: purse.fresh_from for purse in account.purses})
        self._compare(account, alive, {purse.unit: purse.fresh_until - 1 for purse in account.purses})
        units = {purse.unit for purse in account.purses}
        for lot in alive:
            if lot.unit not in units:
                where = {"member": account.id, "unit": lot.unit, "lot": lot.id}
                self.breaks("a lot without a balance", expected="a balance in its unit", found="none", **where)
        self.count("lots", len(account.lots))
        self.count("balances", len(account.purses))

    def _compare(self, account: Account, alive: list[Lot], instants: dict[str, int]) -> None:
        """The stored split of each unit with the lots as they stand at the instant."""
        sums = {unit: [0, 0, 0, 0] for unit in instants}  # balance, available, pending, held
        for lot in alive:
            of_unit = sums.get(lot.unit)
            if of_unit is None:
                continue
            at = instants[lot.unit]
            of_unit[0] += lot.remaining
            of_unit[3] += lot.held
            if lot.expires_at is None or lot.expires_at > at:
                of_unit[2 if lot.available_at > at else 1] += lot.remaining - lot.held
        for purse in account.purses:
            stored = (purse.balance, purse.available, purse.pending, purse.held)
            names = ("balance", "available", "pending", "held")
            for name, expected, amount in zip(names, sums[purse.unit], stored, strict=True):
                if expected != amount:
                    self.breaks(
                        f"{name} is not the sum of the lots",
                        expected=expected,
                        found=amount,
                        member=account.id,
                        unit=purse.unit,
                    )
