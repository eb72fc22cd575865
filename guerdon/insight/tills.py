"""A day at one till: what was recorded there by name, and what of it was taken back."""

from datetime import date, datetime, timedelta
from typing import Final

import msgspec

from guerdon.core import limits
from guerdon.core.activities import PURCHASE, VOUCHER_REDEEM
from guerdon.features.activities import queries as activities
from guerdon.features.activities import sources
from guerdon.features.redemptions import queries as redemptions
from guerdon.kit.store import Store

REDEMPTION: Final = "redemption"
_KINDS: Final = (PURCHASE, REDEMPTION, VOUCHER_REDEEM)


class Act(msgspec.Struct, frozen=True):
    """One purchase, redemption or use of vouchers; `undone` where nothing of it is left."""

    kind: str
    name: str
    amount: int
    points: dict[str, int]
    undone: bool


class Day(msgspec.Struct, frozen=True):
    """The acts of a day; `more` where there were more than are counted."""

    acts: tuple[Act, ...]
    more: bool


def day(store: Store, programme_id: str, *, source: str, day: date, now: datetime) -> Day:
    """What a till did on a day: its names begin with the day, so that the directory finds them in one stretch."""
    named = [
        one
        for kind in _KINDS
        for one in sources.named(
            store, programme_id, source=source, kind=kind, since=f"{day:%Y%m%d}",
            until=f"{day + timedelta(days=1):%Y%m%d}", most=limits.TILL_DAY_MAX + 1,
        )
    ]  # fmt: skip
    pairs = [(one.account_id, one.activity_id) for one in named]
    found = activities.recorded(store, pairs)
    back = activities.returns(store, pairs)
    had = redemptions.of_accounts(store, pairs)
    acts = []
    for one in named:
        told = found.get(one.activity_id)
        if told is None:
            continue  # it waits, for its exchange rate: nothing was given yet
        gone = one.activity_id in back
        if one.activity_id in had:
            gone = had[one.activity_id].as_of(now) in ("cancelled", "expired")
        points: dict[str, int] = {}
        for award in told.decision.awards:
            points[award.unit] = points.get(award.unit, 0) + award.points
        amount = sum(line.net for line in told.activity.goods)
        acts.append(Act(one.kind, one.name, amount, points, gone))
    return Day(tuple(acts), len(named) > limits.TILL_DAY_MAX)
