"""The journal entries of a closed month's deferred revenue: each balances, and beancount reads them as text."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final, Literal

import msgspec

from guerdon.core import closing, money
from guerdon.core.revenue import Line

EntryKind = Literal["brought_forward", "allocated", "recognised"]

SALES: Final = "Income:Sales"
REDEEMED: Final = "Income:Points-Redeemed"
BREAKAGE: Final = "Income:Points-Breakage"
EARLIER: Final = "Equity:Opening-Balances"
DEFERRED: Final = "Liabilities:Deferred-Revenue"  # a unit's own account is under it

_TOLD: Final[dict[EntryKind, str]] = {
    "brought_forward": "Revenue deferred for {unit} before this statement began",
    "allocated": "Part of the price of sales that is for {unit}, less returns",
    "recognised": "Revenue of {unit}: redeemed, and what never will be",
}


class Side(msgspec.Struct, frozen=True):
    """An account and what it gets, in minor units: debits are more than nothing, credits less."""

    account: str
    amount: int


class Entry(msgspec.Struct, frozen=True):
    """A journal entry of the last day of a month; its sides sum to nothing."""

    kind: EntryKind
    unit: str
    day: date
    text: str
    sides: tuple[Side, ...]


def deferred(unit: str) -> str:
    """The account of what is deferred for a unit, as beancount takes names."""
    return f"{DEFERRED}:{unit.replace('_', '--').capitalize()}"


def entries(line: Line) -> tuple[Entry, ...]:
    """What a month of a unit is booked by; nothing where nothing moved."""
    owed, brought = deferred(line.unit), line.opening if line.begins else 0
    at_face = line.recognised - line.breakage
    made = (
        _entry(line, "brought_forward", (Side(EARLIER, brought), Side(owed, -brought))),
        _entry(line, "allocated", (Side(SALES, line.allocated), Side(owed, -line.allocated))),
        _entry(
            line, "recognised",
            (Side(owed, line.recognised), Side(REDEEMED, -at_face), Side(BREAKAGE, -line.breakage)),
        ),
    )  # fmt: skip
    return tuple(one for one in made if one.sides)


def _entry(line: Line, kind: EntryKind, sides: Iterable[Side]) -> Entry:
    moved = tuple(side for side in sides if side.amount)
    assert sum(side.amount for side in moved) == 0, f"{line.month}, {line.unit}: {kind} does not balance"
    day = closing.first_day(closing.following(line.month)) - timedelta(days=1)
    return Entry(kind, line.unit, day, _TOLD[kind].format(unit=line.unit), moved)


def beancount(made: Iterable[Entry], *, programme: str, currency: str) -> str:
    """The entries as beancount reads them, each with a link by which it is found again."""
    decimals = money.decimals(currency)
    texts = []
    for one in made:
        lines = [f'{one.day} * "{programme}" "{one.text}" ^guerdon-{programme}-{one.day:%Y-%m}-{one.unit}']
        lines += [f"  {side.account}  {money.plain(side.amount, decimals)} {currency}" for side in one.sides]
        texts.append("\n".join(lines) + "\n")
    return "\n".join(texts)
