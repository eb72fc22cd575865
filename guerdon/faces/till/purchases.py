"""A purchase at the till: recorded once however often it is told, its receipt, and the last one undone."""

from collections import Counter
from datetime import timedelta
from typing import Annotated, Final
from urllib.parse import urlencode

import msgspec
from django.http import HttpResponse
from msgspec import Meta

from guerdon.core import limits, till_names
from guerdon.core.activities import PURCHASE, Activity, Member
from guerdon.core.errors import Refusal
from guerdon.faces import posted
from guerdon.faces.api import activities, tills
from guerdon.faces.api.activities import Explaining, Telling
from guerdon.faces.api.calls import Trial
from guerdon.faces.api.views import ActivityView, RecordedActivity
from guerdon.faces.asking import ask
from guerdon.faces.show import Pen
from guerdon.faces.sure import Question
from guerdon.faces.till import device, frame, goods, members, returns, taps, ways
from guerdon.faces.visits import Page, Visit
from guerdon.features.activities import queries
from guerdon.features.activities import taken as taken_back
from guerdon.kit import ids

WHOLLY: Final = "states.taken_back"
PARTLY: Final = "states.taken_back_part"


class Paid(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the form of a purchase says: `basket` are its lines, `pay` is a unit of points and the money they pay."""

    amount: Annotated[str, Meta(min_length=1, max_length=limits.NAME_CHARS_MAX)]
    pay: Annotated[str, Meta(pattern=r"^[^:]+:\d{1,15}$")] | None = None
    basket: Annotated[str, Meta(max_length=limits.TEXT_CHARS_MAX)] | None = None


class Other(msgspec.Struct, frozen=True):
    """Another amount than was recorded, in words, and where its sale begins."""

    said: str
    anew: str


def record(visit: Visit, id: str) -> HttpResponse:
    """Record the purchase; whoever taps twice, or loads the page again, is shown the first one."""
    here, token = device.here(visit), device.token(visit)
    try:
        told = posted.read(visit.request, Paid)
        fact = purchase(visit, here, Member(id=id), told, token=token)
        if taps.is_changed(visit, id, token, goods.carried(visit, told.amount, told.basket)):
            return members.shown(visit, id, visit.say("till_rewards.changed"), sale=token)
        if _asks(visit, told):
            return _asked(visit, told, id)
        query = Telling(dry_run=here.training, explain="full", language=visit.language)
        made: RecordedActivity = ask(visit, activities.record, query=query, body=fact)
    except Refusal as refusal:
        return members.shown(visit, id, " ".join(posted.faults(refusal).values()), sale=token)
    if here.training:
        return _receipt(visit, made)
    if ways.differs(made):
        return members.already(visit, made.activity, goods.carried(visit, told.amount, told.basket).total)
    return visit.on(visit.to("till.receipt", made.activity.id))


def _asks(visit: Visit, told: Paid) -> bool:
    """Whether it is so much that the programme wants it to be asked for."""
    asks_above = visit.programme.till_asks_above
    return (
        not visit.is_sure
        and asks_above is not None
        and goods.carried(visit, told.amount, told.basket).total > asks_above
    )


def _asked(visit: Visit, told: Paid, id: str) -> HttpResponse:
    basket = goods.carried(visit, told.amount, told.basket)
    back = f"{visit.to('till.member', id)}?{goods.query(visit, basket, sale=device.token(visit))}"
    really = visit.say("till.really", money=Pen(visit).money(basket.total))
    asked = Question(really, visit.say("till.record"), back, visit.say("till.really_about"))
    return visit.sure(asked, token=device.token(visit))


def purchase(visit: Visit, here: device.Device, who: Member, told: Paid, *, token: str) -> Activity:
    """The fact as the journal knows it: named by the till and the token, so that it is there once for ever."""
    return ways.fact(visit, here, who, goods.carried(visit, told.amount, told.basket), told.pay, token=token)


def receipt(visit: Visit, id: str) -> HttpResponse:
    """What was recorded, and what the member has by now."""
    query = Explaining(explain="full", language=visit.language)
    return _receipt(visit, ask(visit, activities.read, id, query=query))


def _receipt(visit: Visit, made: RecordedActivity, fault: str = "", status: int = 200) -> HttpResponse:
    one, pen = made.activity, Pen(visit)
    who = ask(visit, tills.identify, body=tills.Scanned(one.member))
    spent = sum([tender.amount for tender in one.tenders if tender.unit is not None])
    gone = _gone(visit, made)
    other = _other(visit, one)
    undone = "" if not one.returned_by else WHOLLY if {*gone.values()} <= {WHOLLY} else PARTLY
    context = {
        "one": one, "who": who, "name": members.named(visit, who), "purses": members.purses(visit, who),
        "total": "" if one.total is None else pen.money(one.total.amount, one.total.currency),
        "earned": tuple([ways.earning(visit, each, gone=gone.get(each.unit, "")) for each in made.decision.awards]),
        "spends": ways.spends(visit, made), "collects": ways.collects(visit, made),
        "paid": pen.money(spent) if spent else "",
        "vouchers": tuple([each.code for each in made.decision.issued if each.code]),
        "undone": undone and visit.say(undone), "parked": one.status == "parked", "fault": fault,
        "undoes": not made.dry_run and _may_undo(visit, made) and not one.returned_by, "tried": made.dry_run,
        "returns": not made.dry_run and returns.any_left(visit, made),
        "slips": returns.slips(visit, made), "rest": returns.rest(visit, made), "climbed": ways.climbed(visit, made),
        "number": till_names.number(one.external_id), "answer": "bad" if other else "good", "other": other,
        "taps": taps.of_sale(visit, one.member, one.external_id),
    }  # fmt: skip
    return frame.page(visit, "till/receipt.html", context, status=status)


def _other(visit: Visit, one: ActivityView) -> Other | None:
    """The amount that was typed when the sale was recorded already, if it is one; a sale of it begins anew."""
    text = visit.request.GET.get(members.TYPED)
    if text is None or one.total is None:
        return None
    try:
        minor = goods.amount(visit, text)
    except Refusal:
        return None
    pen = Pen(visit)
    recorded = pen.money(one.total.amount, one.total.currency)
    return Other(
        visit.say("till.already_other", recorded=recorded, typed=pen.money(minor)),
        f"{visit.to('till.member', one.member)}?{urlencode({'amount': goods.plain(visit, minor)})}",
    )


def _gone(visit: Visit, made: RecordedActivity) -> dict[str, str]:
    """For each unit of a purchase that came back how much of what it gave went with it, in words of the till."""
    if not made.activity.returned_by:
        return {}
    found = queries.one(visit.store, visit.programme_id, ids.read("activity", made.activity.id))
    taken = taken_back.back(visit.store, [(found.account_id, found.activity_id)])[found.activity_id]
    given: Counter[str] = Counter()
    for award in made.decision.awards:
        given[award.unit] += award.points
    return {
        unit: WHOLLY if taken.get(unit, 0) >= points else PARTLY if taken.get(unit) else ""
        for unit, points in given.items()
    }


def undo(visit: Visit, id: str) -> HttpResponse:
    """Take back what was recorded a moment ago: asked first, done once, and by the same cashier."""
    found: RecordedActivity = ask(visit, activities.read, id, query=Explaining())
    if not _may_undo(visit, found):
        text = visit.say("till.undo_not", minutes=limits.TILL_UNDO_MINUTES_MAX)
        return _receipt(visit, found, text, status=422)
    try:
        if not visit.is_sure:
            tried: RecordedActivity = ask(visit, tills.undo, query=Trial(dry_run=True), body=tills.Undoing(id))
            back, about = visit.to("till.receipt", id), _undo_about(visit, found) + _hand_back(visit, tried)
            asked = Question(visit.say("till.undo_sure"), visit.say("till.undo"), back, about)
            return visit.sure(asked, token=device.token(visit))
        made: RecordedActivity = ask(visit, tills.undo, body=tills.Undoing(id))
        taps.give_back(visit, found.activity.member, found.activity.external_id)
    except Refusal as refusal:
        return _receipt(visit, found, posted.faults(refusal)[""], status=422)
    return visit.done(visit.say("till.undone") + _hand_back(visit, made), "till.receipt", id)


def _undo_about(visit: Visit, found: RecordedActivity) -> str:
    """What becomes of it: its vouchers can be used again, where some were taken off."""
    about = visit.say("till.undo_about")
    used = taps.of_sale(visit, found.activity.member, found.activity.external_id)
    return f"{about} {visit.say('till_rewards.undo_vouchers')}" if used else about


def _hand_back(visit: Visit, made: RecordedActivity) -> str:
    """The sentence of what is to be handed back, to follow another one; empty where that is nothing."""
    money = ways.hands_back(visit, made)
    return f" {visit.say('till.undo_reward_money', money=money)}" if money else ""


def _may_undo(visit: Visit, made: RecordedActivity) -> bool:
    """Whether it is a purchase of this cashier's, and a short while old."""
    one = made.activity
    mine = till_names.whose(one.external_id) == till_names.mark(visit.user_id or "")
    return one.kind == PURCHASE and mine and visit.now <= one.recorded_at + timedelta(
        minutes=limits.TILL_UNDO_MINUTES_MAX
    )  # fmt: skip


PAGES: Final[tuple[Page, ...]] = (
    frame.at_till(
        "till/<slug:programme>/members/<str:id>/purchase", "activities:write", record, "till.record", methods=("POST",)
    ),
    frame.at_till("till/<slug:programme>/receipts/<str:id>", "activities:read", receipt, "till.receipt"),
    frame.at_till(
        "till/<slug:programme>/receipts/<str:id>/undo", "activities:write", undo, "till.undo", methods=("POST",)
    ),
)
