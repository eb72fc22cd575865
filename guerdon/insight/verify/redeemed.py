"""Redemptions: each went one lawful way, is what the journal says, and was paid with exactly its price."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any, Final, get_args

import msgspec

from guerdon.core import redemptions as law
from guerdon.core.decisions import Decision, Redeemed
from guerdon.core.rewards import Price
from guerdon.insight.verify.invariant import Found, Invariant
from guerdon.insight.verify.scope import Book
from guerdon.kit import clock

_decode: Final = msgspec.json.Decoder(Decision).decode
_STATES: Final[dict[str, law.State]] = {state: state for state in get_args(law.State)}
_paid: Final = msgspec.json.Decoder(dict[str, int]).decode


class Row(msgspec.Struct, gc=False):
    """A stored redemption."""

    programme_id: str
    account_id: str
    id: str
    reward: str
    variant: str
    version: int
    number: int
    paid: str
    money: int
    cost: int
    state: str
    made_at: int
    until: int | None
    given: str | None


_ROW: Final = (
    "[id r.programme_id], [id r.account_id], [id r.id], r.reward, r.variant, r.version, r.number, r.paid, r.money,"
    " r.cost, r.state, r.made_at, r.until, r.given"
)


class Redemptions(Invariant):
    """Every redemption against its entries, wherever its member's account has gone since."""

    clause = "10.20"
    part = "redemptions"
    sentence = "A redemption goes one way, reserved → confirmed → an end; it was paid with its price, or all came back."

    ENTRIES: Final = (
        f"SELECT {_ROW}, a.seq, a.decision FROM redemptions_redemption r"  # noqa: S608 - our own constants
        " JOIN activities_activity a ON a.account_id = r.account_id AND a.id = r.id WHERE [mine r]"
        f" UNION ALL SELECT {_ROW}, a.seq, a.decision FROM redemptions_redemption r"
        " JOIN activities_key k ON k.programme_id = r.programme_id AND k.source = 'redemption'"
        " AND k.kind IN ('redemption_confirm', 'redemption_fulfil', 'redemption_cancel', 'redemption_expire')"
        " AND k.external_id = 'rdm_' || [id r.id]"
        " JOIN activities_activity a ON a.account_id = k.account_id AND a.id = k.activity_id WHERE [mine r]"
        " ORDER BY 3, 15"
    )
    POINTS: Final = (
        f"SELECT {_ROW}, k.kind, k.external_id, a.decision FROM redemptions_redemption r"  # noqa: S608 - our own
        " LEFT JOIN activities_key k ON k.programme_id = r.programme_id AND k.source = 'redemption'"
        " AND k.kind IN ('hold', 'burn', 'capture', 'release', 'burn_cancel')"
        " AND k.external_id > [id r.id] || ':' AND k.external_id < [id r.id] || ';'"
        " LEFT JOIN activities_activity a ON a.account_id = k.account_id AND a.id = k.activity_id WHERE [mine r]"
        " ORDER BY 3"
    )
    LOST: Final = (
        "SELECT [id r.account_id], [id r.id], r.code FROM redemptions_redemption r LEFT JOIN redemptions_code c"
        " ON c.programme_id = r.programme_id AND c.code = r.code AND c.account_id = r.account_id"
        " AND c.redemption_id = r.id WHERE c.code IS NULL AND [mine r] ORDER BY r.id"
    )
    HELD: Final = (
        "SELECT [id r.account_id], [id r.id], r.state FROM redemptions_redemption r"
        " JOIN activities_key k ON k.programme_id = r.programme_id AND k.source = 'redemption' AND k.kind = 'hold'"
        " AND k.external_id > [id r.id] || ':' AND k.external_id < [id r.id] || ';'"
        " JOIN holds_hold h ON h.account_id = k.account_id AND h.id = k.activity_id AND h.state = 'open'"
        " WHERE r.state <> 'reserved' AND [mine r] ORDER BY r.id"
    )
    UNTOLD: Final = (
        "SELECT [id r.account_id], [id r.id] FROM redemptions_redemption r LEFT JOIN activities_activity a"
        " ON a.account_id = r.account_id AND a.id = r.id AND a.kind = 'redemption' WHERE a.id IS NULL AND [mine r]"
        " ORDER BY r.id"
    )

    def ask(self, found: Found) -> None:
        for account, redemption in found.rows(self.UNTOLD):
            where = {"member": account, "redemption": redemption}
            self.breaks("a redemption that nobody told", expected="an entry", found="none", **where)
        for account, redemption, state in found.rows(self.HELD):
            where = {"member": account, "redemption": redemption, "state": state}
            self.breaks("points are held for what is no reservation", expected="free points", found="a hold", **where)
        for account, redemption, code in found.rows(self.LOST):
            where = {"member": account, "redemption": redemption}
            self.breaks("a code leads nowhere", expected="its redemption", found=code, **where)
        for row, entries in _of_each(found.rows(self.ENTRIES)):
            self.count("redemptions", 1)
            self._walk(found.books[row.programme_id], row, [_decode(text).redeemed for _, text in entries])
        for row, entries in _of_each(found.rows(self.POINTS)):
            self._pay(row, [(kind, name, _decode(text)) for kind, name, text in entries if kind is not None])

    def _walk(self, book: Book, row: Row, told: list[Redeemed | None]) -> None:
        """From where it began to where it is, by lawful steps that agree in everything else."""
        where: dict[str, object] = {"member": row.account_id, "redemption": row.id, "reward": row.reward}
        before: law.State | None = None
        for one in told:
            if one is None:
                self.breaks(
                    "an entry that says nothing of its redemption", expected="what became of it", found="", **where
                )
                return
            lawful = _after(before, given=row.given is not None)
            if one.state not in lawful:
                self.breaks("a redemption went an unlawful way", expected=sorted(lawful), found=one.state, **where)
            before = _STATES.get(one.state)
            said = (one.id, one.reward, one.variant, one.money, one.cost, one.paid)
            stored = (row.id, row.reward, row.variant, row.money, row.cost, _paid(row.paid))
            if said != stored:
                self.breaks("a redemption is not what was told", expected=said, found=stored, **where)
        if before != row.state:
            self.breaks(
                "a redemption is in another state than it was left in", expected=before, found=row.state, **where
            )
        last = told[-1] if told else None
        if last is not None and row.until != (None if last.until is None else clock.micros(last.until)):
            self.breaks(
                "a redemption ends at another time than was told", expected=last.until, found=row.until, **where
            )
        self._price(book, row, where)

    def _price(self, book: Book, row: Row, where: dict[str, object]) -> None:
        """What was paid is a price of the version under which it was made."""
        reward = book.law(row.version).programme.rewards.get(row.reward) if book.has(row.version) else None
        paid = _paid(row.paid)
        if reward is None or not law.WON <= row.number <= len(reward.prices):
            self.breaks("a redemption of what was not offered", expected="a reward", found=row.reward, **where)
            return
        price = reward.prices[row.number - 1] if row.number != law.WON else Price(free=True)
        if price.top_up is not None:
            (unit,) = price.points
            points = paid.get(unit, 0)
            lawful = price.top_up.least <= points <= price.points[unit]
            price = price.paid_with(points) if lawful else price
        cost = row.cost if reward.drawn else reward.cost  # what was drawn says what it cost
        if (paid, row.money, row.cost) != (price.points, price.money, cost):
            expected = (price.points, price.money, cost)
            self.breaks(
                "a redemption was paid otherwise", expected=expected, found=(paid, row.money, row.cost), **where
            )

    def _pay(self, row: Row, entries: list[tuple[str, str, Decision]]) -> None:
        """Held while it was reserved, burned once it was confirmed, and back where it was given up (LAW 8.2)."""
        where: dict[str, object] = {"member": row.account_id, "redemption": row.id, "state": row.state}
        held, burned, back = _points(entries)
        paid = _paid(row.paid)
        for name, found in (("held", held), ("burned", burned), ("given back", back)):
            if found and found != paid:
                self.breaks(f"other points were {name} than it costs", expected=paid, found=found, **where)
        if paid and not held and not burned:
            self.breaks("a redemption that nobody paid for", expected=paid, found="nothing", **where)
        right = {
            "reserved": bool(held) and not burned, "confirmed": bool(burned) and not back,
            "fulfilled": bool(burned) and not back,
        }.get(row.state, bool(back) or not burned)  # fmt: skip
        if paid and not right:
            what = "a redemption and what became of its points disagree"
            self.breaks(what, expected=row.state, found=f"burned {burned}, given back {back}", **where)


def _points(entries: list[tuple[str, str, Decision]]) -> tuple[dict[str, int], dict[str, int], dict[str, int]]:
    """By unit, what was held, burned and given back."""
    held, burned, back = dict[str, int](), dict[str, int](), dict[str, int]()
    for kind, name, decision in entries:
        unit = name.partition(":")[2]
        if kind == "hold" and decision.hold is not None:
            held[unit] = decision.hold.amount
        for spent in decision.spent if kind in ("burn", "capture") else ():
            burned[unit] = burned.get(unit, 0) + spent.points
        if kind == "burn_cancel":
            back[unit] = back.get(unit, 0) + decision.reinstated.get(unit, 0)
    return held, burned, back


def _after(state: law.State | None, *, given: bool) -> set[str]:
    """The states that may follow; a redemption begins reserved, confirmed, or with what nobody hands over."""
    if state is None:
        return {"reserved", "confirmed", "fulfilled"}
    after = {str(ends) for deed, (_, ends) in law.WAYS.items() if law.lawful(state, deed, given=given)}
    return after | ({"fulfilled"} if state == "reserved" else set())


def _of_each(rows: Iterable[tuple[Any, ...]]) -> Iterator[tuple[Row, list[tuple[Any, ...]]]]:
    """Each redemption with what belongs to it, one after the other."""
    width = len(Row.__struct_fields__)
    for _, group in groupby(rows, key=itemgetter(2)):
        found = list(group)
        yield Row(*found[0][:width]), [row[width:] for row in found]
