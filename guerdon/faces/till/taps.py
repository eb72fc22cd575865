"""Vouchers that were taken off a sale with a tap, before it is recorded: seen beside it, and given back with it."""

from collections.abc import Callable, Iterable
from typing import Final, Literal

import msgspec

from guerdon.core import codes, limits, till_names
from guerdon.core import vouchers as law
from guerdon.core.activities import VOUCHER_REDEEM
from guerdon.faces.api import voucher_uses
from guerdon.faces.api.programme import named
from guerdon.faces.asking import ask
from guerdon.faces.show import Pen
from guerdon.faces.till import device, goods
from guerdon.faces.till.goods import Basket, Offered
from guerdon.faces.visits import Visit
from guerdon.features.activities import queries as activities
from guerdon.features.activities.queries import Recorded
from guerdon.features.members import queries as members
from guerdon.features.programmes import queries as programmes
from guerdon.features.vouchers import queries as vouchers
from guerdon.insight import counter
from guerdon.kit import ids

_BACK: Final = "back"
_STEPS_MAX: Final = 8  # of what was done with a code, to find its last use
Then = Literal["amount", "home", "sale"]


class Tap(msgspec.Struct, frozen=True):
    """A use of one voucher that stands: what it was, what came off, and what is collected for it, in words."""

    use: str
    code: str
    name: str
    off: str
    collects: str


class Brought(msgspec.Struct, frozen=True):
    """A voucher that a member was given and shows: its name; why it is of no use any more, or the goods it is for."""

    code: str
    name: str
    over: str
    goods: tuple[Offered, ...]


class Back(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which use is given back, or all of the sale; and where it goes on then."""

    use: str | None = None
    then: Then = "sale"


def brought(visit: Visit, id: str, code: str) -> Brought | None:
    """What the code of a voucher is that this member was given; None for all others, of which nothing is told ahead."""
    stored = codes.read(code)
    shown = None if stored is None else vouchers.find(visit.store, visit.programme_id, [stored]).get(stored)
    who = members.get(visit.store, visit.programme_id, ids.read("member", id))
    if shown is None or shown.account_id not in (who.id, who.account_id):
        return None
    book = programmes.latest(visit.store, visit.programme_id)
    offer, law_of = shown.terms(book, book.current(visit.now))
    called = named(offer.name, law_of.programme, visit.language) or code
    over = _over(visit, shown)
    return Brought(code, called, over, () if over else goods.offered(visit, offer))


def _over(visit: Visit, shown: vouchers.Shown) -> str:
    """Why it can't be used any more, and since when; empty where it can."""
    found = shown.as_of(visit.now)
    if found == "active":
        return ""
    at = shown.withdrawn_at if found == "withdrawn" else shown.expires_at
    if found == "used":
        before = (limits.INT64_MAX, "f" * 32)
        steps = vouchers.steps_of(visit.store, visit.programme_id, shown.code, before=before, most=_STEPS_MAX)
        at = next((one.at for one in steps if one.direction == "use"), None)
    told = visit.say(f"states.{found}")
    return told if at is None else f"{told} · {Pen(visit).moment(at)}"


def name(visit: Visit, id: str, sale: str, code: str) -> str:
    """What taking a voucher off this sale is named: anew after it was given back."""
    stored = law.stored(code)
    again = sum(stored in _codes(one) for one in _of_sale(_recent(visit, id, back=True), sale))
    return _name(sale, stored, again)


def _name(sale: str, stored: str, again: int) -> str:
    return device.part(sale, f"{stored} {again}" if again else stored)


def of_sale(visit: Visit, id: str, sale: str) -> tuple[Tap, ...]:
    """The vouchers that were taken off a sale and not given back, the first one first; none of what no till named."""
    if not till_names.is_token(sale):
        return ()
    return _told(visit, _of_sale(_recent(visit, id), sale))


def loose(visit: Visit, id: str, sales: Callable[[], Iterable[str]]) -> tuple[Tap, ...]:
    """What this cashier took off a moment ago, beside no purchase: `sales` tells those that were recorded."""
    mine, since = till_names.mark(visit.user_id or ids.NIL), limits.TILL_UNDO_MINUTES_MAX * 60
    recent = _recent(visit, id)
    sold = {one.activity_id for sale in (sales() if recent else ()) for one in _of_sale(recent, sale)}
    return _told(
        visit,
        [
            one
            for one in recent
            if one.activity_id not in sold
            and till_names.whose(one.activity.external_id) == mine
            and (visit.now - one.recorded_at).total_seconds() <= since
        ],
    )


def is_changed(visit: Visit, id: str, sale: str, basket: Basket, *, code: str = "") -> bool:
    """Whether a basket is another one than its vouchers left, so that they would have to be looked at anew.

    `code` is a voucher that is taken off it now: sent twice, it is on it already.
    """
    found = _of_sale(_recent(visit, id), sale)
    if not found or (code and any(law.stored(code) in _codes(one) for one in found)):
        return False
    return basket.total != _sum(found[-1]) - sum(use.off for use in found[-1].decision.uses)


def sums(visit: Visit, id: str, sale: str) -> tuple[int, ...]:
    """What a sale came to before each of its vouchers was taken off."""
    return tuple([_sum(one) for one in _of_sale(_recent(visit, id), sale)])


def give_back(visit: Visit, id: str, sale: str) -> Basket | None:
    """Give all vouchers of a sale back, the last one first; the basket as it was before; None where there was none."""
    found = _of_sale(_recent(visit, id), sale)
    for one in reversed(found):
        _roll_back(visit, one)
    return Basket(_sum(found[0]), found[0].activity.lines) if found else None


def give_one_back(visit: Visit, id: str, use: str) -> None:
    """Give one use of this cashier's back. Raises `voucher_use_unknown`."""
    mine = till_names.mark(visit.user_id or ids.NIL)
    for one in _recent(visit, id):
        if ids.show("voucher_use", one.activity_id) == use and till_names.whose(one.activity.external_id) == mine:
            return _roll_back(visit, one)
    raise law.VOUCHER_USE_UNKNOWN(id=use[:60])


def _roll_back(visit: Visit, one: Recorded) -> None:
    body = voucher_uses.NewRollback(
        use=ids.show("voucher_use", one.activity_id), source=one.activity.source,
        external_id=device.part(one.activity.external_id, _BACK),
    )  # fmt: skip
    ask(visit, voucher_uses.rollback, _codes(one)[0], body=body)


def _recent(visit: Visit, id: str, *, back: bool = False) -> list[Recorded]:
    """The last uses of vouchers of a member's at tills, the first one first; those that stand, or those given back."""
    account = members.get(visit.store, visit.programme_id, ids.read("member", id)).account_id
    found = activities.newest(visit.store, account, kind=VOUCHER_REDEEM, most=limits.TILL_FOUND_MAX)
    found = [one for one in found if till_names.is_till(one.activity.source)]
    uses = vouchers.uses_of(visit.store, [(one.account_id, one.activity_id) for one in found])
    gone = {one.activity_id for one in uses if one.back}
    return [one for one in reversed(found) if (one.activity_id in gone) is back]


def _of_sale(found: Iterable[Recorded], sale: str) -> list[Recorded]:
    """Those that are named after the sale."""
    return [
        one
        for one in found
        if one.activity.external_id
        in {_name(sale, code, again) for code in _codes(one) for again in range(limits.TILL_FOUND_MAX + 1)}
    ]


def _codes(one: Recorded) -> list[str]:
    return str(one.activity.facts["codes"]).split()


def _sum(one: Recorded) -> int:
    return sum(line.net for line in one.activity.goods)


def _told(visit: Visit, found: Iterable[Recorded]) -> tuple[Tap, ...]:
    pen, book = Pen(visit), programmes.latest(visit.store, visit.programme_id)
    uses = [(one, use) for one in found for use in one.decision.uses]
    used = [use.code for _, use in uses]
    shown = vouchers.find(visit.store, visit.programme_id, used)
    owed = counter.of_codes(visit.store, visit.programme_id, used)
    told = []
    for one, use in uses:
        offer, law_of = shown[use.code].terms(book, book.current(visit.now))
        called, due = named(offer.name, law_of.programme, visit.language), owed.get(use.code)
        money = "" if due is None else pen.money(due.amount)
        told.append(
            Tap(
                ids.show("voucher_use", one.activity_id), use.code, called or use.code, pen.money(use.off),
                visit.say("till_rewards.collect_for", money=money, name=called) if money else "",
            )
        )  # fmt: skip
    return tuple(told)
