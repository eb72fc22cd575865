"""The first page of a member: what there is and what it is worth, what comes next, what ends, what waits and why."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import Annotated, Any, Final

import msgspec
from django.http import HttpResponse
from msgspec import Meta

from guerdon.core import limits
from guerdon.core.letters import Deed
from guerdon.core.money import Money
from guerdon.engine import tidings as engine
from guerdon.faces import climbs, posted, tidings, wares, worths
from guerdon.faces.api import balances, expirations, holds, households, redemptions, rewards, transfers, vouchers
from guerdon.faces.api import members as api
from guerdon.faces.api.balances import BalanceView
from guerdon.faces.api.calls import Page as Part
from guerdon.faces.api.expirations import ExpirationView
from guerdon.faces.api.reward_prices import PriceView
from guerdon.faces.api.rewards import OfferView
from guerdon.faces.api.vouchers import VoucherView
from guerdon.faces.asking import ask
from guerdon.faces.climbs import Climb
from guerdon.faces.portal import frame, own
from guerdon.faces.show import Pen
from guerdon.faces.visits import Page, Visit
from guerdon.kit import ids

_ENDINGS_MAX: Final = 4
_WAITING_MAX: Final = 6
_VOUCHERS_MAX: Final = 3


class Purse(msgspec.Struct, frozen=True):
    """What there is of a unit, in words; what is nothing is left out.

    `worth` is short, for the card; `about` says all that it is worth, and what else there is.
    """

    name: str
    available: str
    worth: str
    about: str


class Ending(msgspec.Struct, frozen=True):
    """What ends together, and how soon that is."""

    points: str
    worth: str
    day: str
    soon: bool
    left: str


class Reason(msgspec.Struct, frozen=True):
    """Points that can't be spent now, and why."""

    points: str
    why: str


class Goal(msgspec.Struct, frozen=True):
    """The next reward, and how far it is in hundredths of its price."""

    key: str
    name: str
    about: str
    share: int


class Item(msgspec.Struct, frozen=True):
    """One of the news, in words, with the page that says more."""

    icon: str
    title: str
    about: str  # of whom, and when
    href: str


class Seen(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The names of the news that stood on the page, with blanks between them."""

    names: Annotated[str, Meta(max_length=limits.TEXT_CHARS_MAX)]


def home(visit: Visit) -> HttpResponse:
    """What the member has, what it leads to, and what is to be done about it."""
    assert visit.member_id is not None
    me, pen = ids.show("member", visit.member_id), Pen(visit)
    has = ask(visit, balances.read, me)
    member = ask(visit, api.read, me)
    found = ask(visit, rewards.list_of_member, me, query=rewards.OwnShelf(limit=limits.PAGE_ROWS_MAX)).offers
    mine = ask(visit, redemptions.list_of_member, me).redemptions
    ladders = climbs.of_member(visit, own.shown(visit))
    context = {
        "name": member.person.name if member.person and member.person.name else "",
        "number": member.cards[0] if member.cards else "",
        "purses": tuple([_purse(visit, pen, one) for one in has.balances]),
        "climbs": ladders,
        "tier": _tier(ladders),
        "within": sum(one.available and one.affordable for one in found),
        "goal": _goal(visit, pen, found),
        "endings": _endings(visit, pen, me),
        "reasons": _reasons(visit, pen, me, has.balances),
        "ready": tuple([one for one in mine if one.state in ("reserved", "confirmed")]),
        "household": has.household,
        "vouchers": _vouchers(visit, me),
        **_news(visit, pen),
    }  # fmt: skip
    return frame.page(visit, "portal/home.html", context, part="portal.home")


def _vouchers(visit: Visit, me: str) -> tuple[VoucherView, ...]:
    """Vouchers that can be used now, the newest first: those for joining or for a new tier, too."""
    found = ask(visit, vouchers.list_, me, query=Part(limit=limits.PAGE_ROWS_MAX)).vouchers
    return tuple([one for one in reversed(found) if one.state == "active"][:_VOUCHERS_MAX])


def _news(visit: Visit, pen: Pen) -> dict[str, Any]:
    """What others did for the member and it has not seen yet, in the words of the letters about it."""
    assert visit.member_id is not None
    found = engine.of_member(visit.store, visit.programme_id, visit.member_id, now=visit.now)
    who = _who(visit, {one.deed for one in found.news})
    items = [
        Item(
            tidings.ICONS[one.deed],
            visit.say(f"letters.news_{one.deed}", points=pen.points(one.points, one.unit) if one.unit else ""),
            " · ".join(filter(None, (who.get(one.subject), pen.day(one.at)))), tidings.way(one, visit.row.key),
        )
        for one in found.news
    ]  # fmt: skip
    return {
        "news": tuple(items), "seen": " ".join([one.name for one in found.news]),
        "count": pen.number(len(found.news) + found.more),
        "more": visit.say("portal.news_more", count=pen.number(found.more)) if found.more else "",
    }  # fmt: skip


def _who(visit: Visit, deeds: set[Deed]) -> dict[str, str]:
    """Who gave, offers or invites, in words, by the transfer or the invitation that the news are about."""
    me, sides = own.shown(visit), dict[str, tuple[str, str]]()
    if deeds & {"gift", "offer"}:
        sent = ask(visit, transfers.list_, me, query=Part(limit=limits.PAGE_ROWS_MAX)).transfers
        sides |= {one.id: (one.member, "portal_club.sent_by") for one in sent}
    if "invited" in deeds:
        asked = ask(visit, households.list_own_invitations, me).invitations
        sides |= {one.id: (one.invited_by, "portal_club.invited_by") for one in asked}
    names = own.names(visit, [member for member, _ in sides.values()])
    return {id: visit.say(word, name=names[member]) for id, (member, word) in sides.items() if member in names}


def see(visit: Visit) -> HttpResponse:
    """The news that stood on the page are seen; what came meanwhile stays."""
    assert visit.member_id is not None
    told = posted.read(visit.request, Seen)
    names = frozenset(told.names.split())
    engine.see(programme_id=visit.programme_id, member_id=visit.member_id, names=names, now=visit.now)
    return visit.done(visit.say("portal.news_done"), "portal.home")


def _tier(ladders: Iterable[Climb]) -> str:
    return next((one.tier for one in ladders if one.tier), "")


def _purse(visit: Visit, pen: Pen, one: BalanceView) -> Purse:
    unit = visit.programme.unit(one.unit)
    told = (("pending", one.pending), ("held", one.held), ("owed", one.debt))
    about = [
        visit.say(f"portal.{key}", points=pen.number(steps, one.unit)) for key, steps in told if steps > 0
    ]  # fmt: skip
    name = pen.tongue.capital(pen.tongue.named(unit.name))
    every = worths.told(visit, one.unit, one.available, one.worth)
    about = [every, *about] if every else about
    return Purse(name, pen.number(one.available, one.unit), _worth(visit, pen, one.worth), " · ".join(about))


def _worth(visit: Visit, pen: Pen, worth: Money | None) -> str:
    return "" if worth is None else visit.say("portal.worth", money=pen.money(worth.amount, worth.currency))


def _goal(visit: Visit, pen: Pen, found: Iterable[OfferView]) -> Goal | None:
    """The nearest reward that only points are missing for: what is within reach stands beside it."""
    open_ = [one for one in found if one.available is False and one.obstacle is None]
    lacking = [(price, one) for one in open_ if (price := _lacks(visit, one)) is not None]
    if not lacking:
        return None
    price, one = min(lacking, key=lambda each: wares.distance(visit, each[0]))
    missing = pen.tongue.all_of([pen.points(each.points, each.unit) for each in price.missing])
    share = 100 - int(100 * wares.part_missing(price))
    return Goal(
        one.reward.key, one.reward.name, visit.say("portal.missing", points=missing), max(0, min(99, share))
    )  # fmt: skip


def _lacks(visit: Visit, one: OfferView) -> PriceView | None:
    """The nearest of its prices, where points are missing for every one of them."""
    return wares.nearest(visit, one.reward.prices) if all(price.missing for price in one.reward.prices) else None


def _endings(visit: Visit, pen: Pen, me: str) -> tuple[Ending, ...]:
    found = soonest(ask(visit, expirations.read, me).expirations)
    soon = max(visit.programme.remind_days, default=0)
    return tuple(
        Ending(
            pen.points(one.points, one.unit),
            _worth(visit, pen, one.worth),
            pen.day(one.last_day), one.days_left <= soon, pen.tongue.counted(one.days_left, "day"),
        )
        for one in found
    )  # fmt: skip


def soonest(every: Iterable[ExpirationView]) -> list[ExpirationView]:
    """The few that are shown, by day: the first of each unit before the second of any, so that none hides another."""
    met, ranked = Counter[str](), []
    for one in every:
        ranked.append((met[one.unit], one))
        met[one.unit] += 1
    ranked.sort(key=lambda each: each[0])
    return sorted([one for _, one in ranked[:_ENDINGS_MAX]], key=lambda one: one.last_day)


def _reasons(visit: Visit, pen: Pen, me: str, has: Iterable[BalanceView]) -> tuple[Reason, ...]:
    """Why points that are there can't be spent: they are new, wait for something, or are kept for a reward."""
    found: list[Reason] = []
    if any(one.pending for one in has):
        lots = ask(visit, balances.list_lots, me, query=balances.LotPage(limit=limits.PAGE_ROWS_MAX)).lots
        sums: dict[tuple[str, datetime | None, str | None], int] = {}
        for lot in lots:
            if lot.awaits or (lot.available_at is not None and lot.available_at > visit.now):
                key = (lot.unit, lot.available_at, lot.awaits)
                sums[key] = sums.get(key, 0) + lot.remaining
        found += [Reason(pen.points(steps, key[0]), pending(visit, pen, *key[1:])) for key, steps in sums.items()]
    if any(one.held for one in has):
        for hold in ask(visit, holds.list_, me, query=Part(limit=_WAITING_MAX)).holds:
            until = visit.say("portal.held_until", until=pen.until(hold.ends_at))
            found.append(Reason(pen.points(hold.open, hold.unit), f"{hold.why} {until}" if hold.why else until))
    return tuple(found[:_WAITING_MAX])


def pending(visit: Visit, pen: Pen, at: datetime | None, awaits: str | None) -> str:
    """From when points that are pending can be spent, or what they wait for."""
    if awaits is not None:
        what = pen.tongue.kind(awaits, visit.programme)["one"]
        return visit.say("portal.pending_for", what=what)
    assert at is not None
    return visit.say("portal.pending_until", day=pen.day(at))


PAGES: Final[tuple[Page, ...]] = (
    Page("my/<slug:programme>/", "self", home, "portal.home"),
    Page("my/<slug:programme>/seen", "self", see, "portal.seen", methods=("POST",)),
)
