"""How a purchase can be paid, with points or without, and what it gives paid so: as it will be recorded."""

from datetime import datetime
from typing import Final

import msgspec

from guerdon.core import sentences
from guerdon.core.activities import PURCHASE, Activity, Member, Tender
from guerdon.core.decisions import Refund, TenderBack
from guerdon.faces.api import activities
from guerdon.faces.api.activities import Telling
from guerdon.faces.api.tills import PayableView
from guerdon.faces.api.views import AwardView, RecordedActivity
from guerdon.faces.asking import ask
from guerdon.faces.show import Pen
from guerdon.faces.till import device, frame
from guerdon.faces.till.goods import Basket
from guerdon.faces.visits import Visit
from guerdon.features.activities import queries
from guerdon.kit import ids

_KEPT: Final = ("points", "gift_card")  # tenders that are no money of the counter


class Earning(msgspec.Struct, frozen=True):
    """What a purchase gives of a unit: how much, from when, and by which rules."""

    points: str
    since: str
    why: tuple[str, ...]


class Way(msgspec.Struct, frozen=True):
    """A way to pay: its value in the form, and in words what is collected, spent and earned with it."""

    value: str
    title: str
    collects: str
    spends: tuple[str, ...]
    earned: tuple[Earning, ...]
    capped: bool
    climbed: str  # the tiers that are reached with it


def fact(visit: Visit, source: device.Device, who: Member, basket: Basket, pay: str | None, *, token: str) -> Activity:
    """The purchase as the journal knows it: named by the till and the token, so that it is there once for ever."""
    return Activity(
        kind=PURCHASE, source=source.source, external_id=token, occurred_at=visit.now, member=who,
        amount=basket.amount, lines=basket.lines, tenders=_tenders(pay, basket.total), channel=frame.CHANNEL,
        store=source.store,
    )  # fmt: skip


def climbed(visit: Visit, made: RecordedActivity) -> str:
    """The tiers that a purchase reached, by their names; empty where it reached none."""
    return ", ".join([Pen(visit).word("tier", one.tier) for one in made.decision.climbed if one.cause == "upgrade"])


def differs(made: RecordedActivity) -> bool:
    """Whether the journal knows other goods or sums by the name of the act than were told now."""
    return any(one.startswith(("/amount", "/lines", "/returns")) for one in made.differs)


def _tenders(pay: str | None, amount: int) -> tuple[Tender, ...]:
    if pay is None:
        return ()
    unit, _, part = pay.rpartition(":")
    rest = amount - int(part)
    return (Tender("points", int(part), unit=unit), *([Tender("cash", rest)] if rest > 0 else []))


def of(
    visit: Visit, id: str, basket: Basket, payable: tuple[PayableView, ...], *, sale: str
) -> tuple[Way, ...]:  # fmt: skip
    """The ways in which a basket can be paid: without points, and with as many of each unit as go.

    Each is tried as it would be recorded. Raises what recording raises.
    """
    pen, ways = Pen(visit), [_way(visit, id, basket, None, visit.say("till.pay_none"), sale=sale)]
    for one in payable:
        title = visit.say(
            "till.pay_points", points=pen.points(one.points_max, one.unit),
            money=pen.money(one.money_max.amount, one.money_max.currency),
        )  # fmt: skip
        ways.append(_way(visit, id, basket, f"{one.unit}:{one.money_max.amount}", title, sale=sale))
    return tuple(ways)


def _way(visit: Visit, id: str, basket: Basket, pay: str | None, title: str, *, sale: str) -> Way:
    tried = fact(visit, device.here(visit), Member(id=id), basket, pay, token=sale)
    query = Telling(dry_run=True, explain="full", language=visit.language)
    made: RecordedActivity = ask(visit, activities.record, query=query, body=tried)
    decision = made.decision
    return Way(
        pay or "", title, collects(visit, made) if pay else "", spends(visit, made),
        tuple([earning(visit, one) for one in decision.awards]), bool(decision.capped), climbed(visit, made),
    )  # fmt: skip


def collects(visit: Visit, made: RecordedActivity) -> str:
    """What of a purchase is paid at the counter where a part was paid otherwise; empty where nothing was."""
    one = made.activity
    kept = sum([tender.amount for tender in one.tenders if tender.kind in _KEPT])
    return "" if one.total is None or not kept else Pen(visit).money(one.total.amount - kept, one.total.currency)


def spends(visit: Visit, made: RecordedActivity) -> tuple[str, ...]:
    """The points that a purchase took as its payment: by its burns; of what was only tried at the rate of now."""
    pen, found = Pen(visit), list[str]()
    for tender in made.activity.tenders:
        if tender.unit is None:
            continue
        if made.dry_run:
            pays = visit.programme.unit(tender.unit).pays
            found += [pen.points(pays.charge(tender.amount), tender.unit)] if pays is not None else []
        elif tender.burn is not None:
            burn = queries.one(visit.store, visit.programme_id, ids.read("burn", tender.burn))
            found += [pen.points(one.points, one.unit) for one in burn.decision.spent]
    return tuple(found)


def hands_back(visit: Visit, made: RecordedActivity) -> str:
    """What of a return is handed back at the counter; empty where that is nothing."""
    return "" if made.decision.refund is None else handed_back(visit, made.decision.refund)


def handed_back(visit: Visit, refund: Refund) -> str:
    """The same of a refund alone."""
    money: tuple[TenderBack, ...] = tuple([one for one in refund.tenders if one.kind not in _KEPT])
    left = sum([one.amount for one in money]) if refund.tenders else refund.amount
    return Pen(visit).money(left, refund.currency) if left else ""


def earning(visit: Visit, award: AwardView, *, gone: str = "") -> Earning:
    """What a rule or several give of a unit, in words; `gone` is the word for that it was taken back."""
    pen, programme = Pen(visit), visit.programme
    why = [sentences.share(one, award.unit, programme, visit.language) for one in award.shares]
    return Earning(
        pen.points(award.points, award.unit), visit.say(gone) if gone else _since(visit, award.available_at), tuple(why)
    )


def _since(visit: Visit, at: datetime | None) -> str:
    if at is None or at <= visit.now:
        return ""
    return visit.say("till.usable_from", day=Pen(visit).day(at))
