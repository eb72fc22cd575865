"""The end of the day at a till: what was recorded there, by whom, and what was taken back; to be printed."""

from collections.abc import Iterable
from datetime import date
from typing import Final

import msgspec
from django.http import HttpResponse

from guerdon.core import till_names
from guerdon.core.activities import PURCHASE, RETURN, VOUCHER_REDEEM
from guerdon.faces.design.shapes import Cell, Column, Row
from guerdon.faces.show import Pen
from guerdon.faces.till import device, frame
from guerdon.faces.visits import Page, Visit
from guerdon.features.users import queries as users
from guerdon.insight import tills
from guerdon.insight.tills import Act


class Sum(msgspec.Struct, frozen=True):
    """What some acts come to, in words: what was done, what came back, what was handed over and what was undone."""

    purchases: str
    money: str
    sold: str  # both together
    points: tuple[str, ...]
    returns: str
    taken: tuple[str, ...]
    redemptions: str
    handed: str
    pieces: str  # how many of them, without their worth
    vouchers: str
    collected: str  # the money of rewards
    undone: str


def today(visit: Visit) -> HttpResponse:
    """The totals of this till on a day, of today where none is said."""
    here, pen = device.here(visit), Pen(visit)
    day = _day(visit)
    found = tills.day(visit.store, visit.programme_id, source=here.source, day=day, now=visit.now)
    names = {
        till_names.mark(one.user_id): one.name or one.email
        for one in users.of_programme(visit.store, visit.programme_id)
    }
    by = {mark: [one for one in found.acts if till_names.whose(one.name) == mark] for mark in _marks(found.acts)}
    columns = tuple([Column(visit.say(key), end=place > 0) for place, key in enumerate(("till.cashier", *_COLUMNS))])
    rows = tuple(
        [
            Row((Cell(names.get(mark, "–")), *[Cell(getattr(sums, name)) for name in _COLUMNS.values()]))
            for mark, acts in by.items()
            for sums in [_sum(visit, acts)]
        ]
    )
    context = {
        "day": pen.day(day), "sum": _sum(visit, found.acts), "columns": columns, "rows": rows, "more": found.more,
        "here": here, "value": day.isoformat(), "any": bool(found.acts),
    }  # fmt: skip
    return frame.page(visit, "till/day.html", context)


_COLUMNS: Final = {  # by the word for it, what of a sum stands in the table
    "till.purchases": "sold", "till_returns.returns_short": "returns", "till_returns.redeemed_short": "redemptions",
    "till_returns.handed_short": "pieces", "till_returns.undone": "undone",
}  # fmt: skip


def _day(visit: Visit) -> date:
    local = visit.now.astimezone(visit.zone).date()
    try:
        return min(local, date.fromisoformat(visit.request.GET.get("day", "")))
    except ValueError:
        return local


def _marks(acts: Iterable[Act]) -> tuple[str, ...]:
    return tuple(dict.fromkeys([till_names.whose(one.name) for one in acts]))


def _sum(visit: Visit, acts: Iterable[Act]) -> Sum:
    """What is gone counts as undone where it was, else for nothing; what came back was sold, and counts for both."""
    pen, told = Pen(visit), list(acts)
    kept = {kind: [one for one in told if one.kind == kind and not one.gone] for kind in {one.kind for one in told}}
    bought, back = kept.get(PURCHASE, []), kept.get(RETURN, [])
    handed = kept.get(tills.HANDED_OVER, [])
    return Sum(
        purchases=pen.number(len(bought)),
        money=_money(pen, bought),
        sold=_counted(visit, pen, bought),
        points=_points(pen, bought),
        returns=_counted(visit, pen, back),
        taken=_points(pen, back),
        redemptions=pen.number(len(kept.get(tills.REDEMPTION, []))),
        handed=visit.say("till_returns.worth", count=pen.number(len(handed)), money=_money(pen, handed)),
        pieces=pen.number(len(handed)),
        vouchers=pen.number(len(kept.get(VOUCHER_REDEEM, []))),
        collected=pen.money(sum(one.collected for one in told if not one.gone)),
        undone=pen.number(sum(one.undone for one in told)),
    )


def _counted(visit: Visit, pen: Pen, acts: list[Act]) -> str:
    return visit.say("till_returns.counted", count=pen.number(len(acts)), money=_money(pen, acts))


def _money(pen: Pen, acts: Iterable[Act]) -> str:
    """The money of some acts, each currency by itself; what came back of a purchase is in the purchase's."""
    sums = {pen.programme.currency: 0}
    for one in acts:
        sums[one.currency] = sums.get(one.currency, 0) + one.amount
    return ", ".join([pen.money(amount, currency) for currency, amount in sums.items() if amount or len(sums) == 1])


def _points(pen: Pen, acts: Iterable[Act]) -> tuple[str, ...]:
    sums: dict[str, int] = {}
    for one in acts:
        for unit, steps in one.points.items():
            sums[unit] = sums.get(unit, 0) + steps
    return tuple([pen.points(steps, unit) for unit, steps in sums.items()])


PAGES: Final[tuple[Page, ...]] = (frame.at_till("till/<slug:programme>/day", "activities:read", today, "till.day"),)
