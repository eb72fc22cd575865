"""The end of the day at a till: what was recorded there, by whom, and what was taken back; to be printed."""

from collections.abc import Iterable
from datetime import date
from typing import Final

import msgspec
from django.http import HttpResponse

from guerdon.core import till_names
from guerdon.core.activities import PURCHASE, VOUCHER_REDEEM
from guerdon.faces.design.shapes import Cell, Column, Row
from guerdon.faces.show import Pen
from guerdon.faces.till import device, frame
from guerdon.faces.visits import Page, Visit
from guerdon.features.users import queries as users
from guerdon.insight import tills
from guerdon.insight.tills import Act


class Sum(msgspec.Struct, frozen=True):
    """What some acts come to, in words."""

    purchases: str
    money: str
    points: tuple[str, ...]
    redemptions: str
    vouchers: str
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
    columns = tuple(
        [
            Column(visit.say(f"till.{word}"), end=place > 0)
            for place, word in enumerate(("cashier", "purchases", "sum", "redemptions", "undone_ones"))
        ]
    )
    rows = tuple(
        [
            Row(
                tuple(
                    Cell(text) for text in (names.get(mark, "–"), one.purchases, one.money, one.redemptions, one.undone)
                )
            )
            for mark, acts in by.items()
            for one in [_sum(visit, acts)]
        ]
    )
    context = {
        "day": pen.day(day), "sum": _sum(visit, found.acts), "columns": columns, "rows": rows, "more": found.more,
        "here": here, "value": day.isoformat(), "any": bool(found.acts),
    }  # fmt: skip
    return frame.page(visit, "till/day.html", context)


def _day(visit: Visit) -> date:
    local = visit.now.astimezone(visit.zone).date()
    try:
        return min(local, date.fromisoformat(visit.request.GET.get("day", "")))
    except ValueError:
        return local


def _marks(acts: Iterable[Act]) -> tuple[str, ...]:
    return tuple(dict.fromkeys([till_names.whose(one.name) for one in acts]))


def _sum(visit: Visit, acts: Iterable[Act]) -> Sum:
    """What was taken back counts for itself, and for nothing else."""
    pen, told = Pen(visit), list(acts)
    kept = [one for one in told if not one.undone]
    bought = [one for one in kept if one.kind == PURCHASE]
    points: dict[str, int] = {}
    for one in bought:
        for unit, steps in one.points.items():
            points[unit] = points.get(unit, 0) + steps
    return Sum(
        purchases=pen.number(len(bought)),
        money=pen.money(sum(one.amount for one in bought)),
        points=tuple([pen.points(steps, unit) for unit, steps in points.items()]),
        redemptions=pen.number(sum(one.kind == tills.REDEMPTION for one in kept)),
        vouchers=pen.number(sum(one.kind == VOUCHER_REDEEM for one in kept)),
        undone=pen.number(len(told) - len(kept)),
    )


PAGES: Final[tuple[Page, ...]] = (frame.at_till("till/<slug:programme>/day", "activities:read", today, "till.day"),)
