"""A day at one till: what was recorded there by name, what came back there, and what of it was undone."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Final

import msgspec

from guerdon.core import limits, returns, till_names
from guerdon.core.activities import PURCHASE, RETURN, VOUCHER_REDEEM
from guerdon.core.decisions import Decision
from guerdon.core.programme import Programme
from guerdon.core.redemptions import Redemption
from guerdon.core.rewards import Price
from guerdon.features.activities import queries as activities
from guerdon.features.activities import sources
from guerdon.features.activities.queries import Recorded
from guerdon.features.programmes import queries as programmes
from guerdon.features.redemptions import queries as redemptions
from guerdon.features.vouchers import queries as vouchers
from guerdon.insight import counter
from guerdon.kit.store import Store

REDEMPTION: Final = "redemption"
HANDED_OVER: Final = "handed_over"
_KINDS: Final = (PURCHASE, RETURN, REDEMPTION, VOUCHER_REDEEM)


class Act(msgspec.Struct, frozen=True):
    """One purchase, return, redemption, reward handed over or use of vouchers; `gone` where nothing of it is left.

    `undone` says that somebody has undone it for itself: a voucher that was taken off a sale comes back with the sale,
    or because its amount changes, and a reward expires by itself.
    `amount` is its money in minor units of the currency: of a return what came back, of a reward that was handed over
    what its price is worth. `points` by unit are what it gave, or took. `collected` is the money of a reward that was
    taken in with it, in minor units of the programme's currency.
    """

    kind: str
    name: str
    amount: int
    currency: str
    points: dict[str, int]
    gone: bool = False
    undone: bool = False
    collected: int = 0


class Day(msgspec.Struct, frozen=True):
    """The acts of a day; `more` where there were more than are counted."""

    acts: tuple[Act, ...]
    more: bool


def day(store: Store, programme_id: str, *, source: str, day: date, now: datetime) -> Day:
    """What a till did on a day: its names begin with the day, so that the directory finds them in one stretch."""
    most = limits.TILL_DAY_MAX + 1
    since, until = f"{day:%Y%m%d}", f"{day + timedelta(days=1):%Y%m%d}"
    named = [
        one
        for kind in _KINDS
        for one in sources.named(
            store, programme_id, source=source, kind=kind, since=since, until=until, most=most
        )
    ]  # fmt: skip
    handed = redemptions.handed(store, programme_id, till=source, since=since, until=until, most=most)
    pairs = [(one.account_id, one.activity_id) for one in named]
    found = activities.recorded(store, pairs)
    undone = _undone(store, pairs)
    gone = undone | {one.activity_id for one in vouchers.uses_of(store, pairs) if one.back}
    had = redemptions.of_accounts(store, pairs)
    programme = programmes.latest(store, programme_id).current(now).programme
    collected = _collected(store, programme_id, found.values(), had)
    acts = []
    for one in named:
        told = found.get(one.activity_id)
        if told is None:
            continue  # it waits, for its exchange rate: nothing was given yet
        state = had[one.activity_id].as_of(now) if one.activity_id in had else ""
        if state in ("cancelled", "expired"):
            gone.add(one.activity_id)
        if state == "cancelled":
            undone.add(one.activity_id)
        amount, currency = sum(line.net for line in told.activity.goods), told.activity.currency or programme.currency
        if told.decision.refund is not None:
            amount, currency = told.decision.refund.amount, told.decision.refund.currency
        acts.append(
            Act(
                one.kind, one.name, amount, currency, _points(told.decision), one.activity_id in gone,
                one.activity_id in undone, collected.get(one.activity_id, 0),
            )
        )  # fmt: skip
    owed = counter.of_handed(store, handed)
    acts += [_handed_over(one, programme, owed[one.id].amount if one.id in owed else 0) for one in handed]
    return Day(tuple(acts), max(len(named), len(handed)) >= most)


def _undone(store: Store, pairs: Iterable[tuple[str, str]]) -> set[str]:
    """The purchases that were undone as slips of a till; what came back as goods was sold all the same."""
    back = activities.returns(store, pairs)
    back = {id: each[len(each) - len(returns.current([one.slice for one in each])) :] for id, each in back.items()}
    told = activities.recorded(store, [(one.account_id, one.return_id) for each in back.values() for one in each])
    return {
        purchase
        for purchase, each in back.items()
        if any(told[one.return_id].activity.source == till_names.UNDO for one in each if one.return_id in told)
    }


def _collected(store: Store, programme_id: str, told: Iterable[Recorded], had: dict[str, Redemption]) -> dict[str, int]:
    """By activity, the money of rewards that were redeemed here, or whose vouchers were taken off here."""
    used = {
        one.activity_id: str(one.activity.facts["codes"]).split() for one in told if one.activity.kind == VOUCHER_REDEEM
    }
    owed = counter.of_codes(store, programme_id, {code for codes in used.values() for code in codes})
    return {id: one.price.money for id, one in had.items()} | {
        id: sum(owed[code].amount for code in codes if code in owed) for id, codes in used.items()
    }


def _points(decision: Decision) -> dict[str, int]:
    """By unit, what was given; of a return what was asked back."""
    found = decision.awarded()
    for one in decision.taken:
        found[one.unit] = found.get(one.unit, 0) + one.asked
    return found


def _handed_over(one: Redemption, programme: Programme, collected: int) -> Act:
    return Act(HANDED_OVER, one.act or "", worth(one.price, programme), programme.currency, {}, collected=collected)


def worth(price: Price, programme: Programme) -> int:
    """What a price is worth, in minor units: its money, and its points as far as the programme says their worth."""
    units = [(programme.units[unit], points) for unit, points in price.points.items() if unit in programme.units]
    return price.money + sum([points * one.worth.amount // one.worth.points for one, points in units if one.worth])
