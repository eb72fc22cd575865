"""Membership: the plans there are, whether one is worth it, and joining, pausing, going on and ending it."""

from collections.abc import Callable
from typing import Any, Final

import msgspec
from django.http import HttpResponse

from guerdon.core import memberships as law
from guerdon.core.activities import Member
from guerdon.core.errors import Refusal
from guerdon.core.money import Money
from guerdon.core.plans import Term
from guerdon.faces import climbs, posted
from guerdon.faces.api import memberships as api
from guerdon.faces.api import paying
from guerdon.faces.api.calls import Trial
from guerdon.faces.api.memberships import MembershipView, PlanView
from guerdon.faces.asking import ask
from guerdon.faces.portal import frame, own
from guerdon.faces.portal.rewards import CHANNEL
from guerdon.faces.show import Pen
from guerdon.faces.sure import Question
from guerdon.faces.visits import Page, Visit

_DEEDS: Final[dict[str, Callable[..., Any]]] = {"pause": api.pause, "resume": api.resume, "cancel": api.cancel}
# What can be done with a membership in which state; an ended one is joined anew.
_WAYS: Final[dict[str, tuple[str, ...]]] = {
    "awaiting": ("cancel",), "trial": ("cancel",), "active": ("pause", "cancel"), "grace": ("cancel",),
    "paused": ("resume", "cancel"), "cancelled": ("resume",),
}  # fmt: skip
# What is said of a membership that was joined, by the state that it began in.
_JOINED: Final = {"awaiting": "join_asked", "trial": "join_trial", "active": "join_done"}


class Offer(msgspec.Struct, frozen=True):
    """A plan in words."""

    key: str
    name: str
    price: str
    trial: str
    gives: tuple[str, ...]
    worth: str


class Held(msgspec.Struct, frozen=True):
    """A membership in words, and what can be done with it."""

    id: str
    name: str
    state: str
    good: bool
    about: str
    ways: tuple[str, ...]


def list_(visit: Visit) -> HttpResponse:
    """What is held, and what could be."""
    return _list(visit)


def _list(visit: Visit, fault: str = "", status: int = 200) -> HttpResponse:
    pen = Pen(visit)
    found = ask(visit, api.list_, own.shown(visit)).memberships
    held = tuple([_held(visit, pen, one) for one in found if one.state != "ended"])
    having = {one.plan for one in found if one.state != "ended"}
    plans = tuple([_offer(visit, pen, one) for one in ask(visit, api.list_plans).plans if one.key not in having])
    context = {"held": held, "plans": plans, "fault": fault}
    return frame.page(visit, "portal/plans.html", context, part="portal.club", status=status)


def join(visit: Visit, key: str) -> HttpResponse:
    """Ask whether it is really meant, then join: with the trial, or asking for the first payment."""
    pen, name = Pen(visit), Pen(visit).tongue.named(visit.programme.plan(key).name)
    token = posted.token(visit.request)
    body = api.NewMembership(Member(id=own.shown(visit)), key, token, source=CHANNEL)
    try:
        if not visit.is_sure:
            tried = ask(visit, api.join, query=Trial(dry_run=True), body=body)
            costs = visit.say("portal_club.costs_nothing")
            if tried.state == "trial":
                costs = _trial(visit, pen, key)
            elif tried.amount is not None and tried.amount.amount:
                money = pen.money(tried.amount.amount, tried.amount.currency)
                costs = visit.say("portal_club.costs", money=money)
            asked = Question(
                visit.say("portal_club.join_sure", plan=name), visit.say("portal_club.join"), visit.to("portal.plans"),
                costs, area="portal.club",
            )  # fmt: skip
            return visit.sure(asked)
        joined = ask(visit, api.join, body=body, token=token)
    except Refusal as refusal:
        return _list(visit, posted.fault(refusal), status=422)
    return visit.done(visit.say(f"portal_club.{_JOINED[joined.state]}", plan=name), "portal.plans")


def act(visit: Visit, id: str, deed: str) -> HttpResponse:
    """Pause, go on, or end with what is paid."""
    own.membership(visit, id)
    run = _DEEDS[deed]
    body = api.Cancellation() if deed == "cancel" else None
    try:
        if not visit.is_sure:
            held = ask(visit, run, id, query=Trial(dry_run=True), body=body).membership
            about = visit.say(f"portal_club.{deed}_about")
            if deed == "cancel" and held.state == "trial":
                about = visit.say("portal_club.cancel_trial", day=Pen(visit).until(held.covered_until))
            asked = Question(
                visit.say(f"portal_club.{deed}_sure"), visit.say(f"portal_club.{deed}"), visit.to("portal.plans"),
                about, "danger" if deed == "cancel" else "", "portal.club",
            )  # fmt: skip
            return visit.sure(asked)
        ask(visit, run, id, body=body, token=posted.token(visit.request))
    except Refusal as refusal:
        return _list(visit, posted.fault(refusal), status=422)
    return visit.done(visit.say("portal_club.done"), "portal.plans")


def _offer(visit: Visit, pen: Pen, one: PlanView) -> Offer:
    home = next((each for each in one.prices if each.currency == visit.programme.currency), one.prices[0])
    trial = visit.say("portal_club.trial", days=pen.tongue.counted(one.trial_days, "day")) if one.trial_days else ""
    return Offer(
        one.key, one.name, _price(visit, pen, home, Term(one.months, one.days)),
        trial, tuple([climbs.benefit(visit, each) for each in one.benefits]), _worth(visit, pen, one.key),
    )  # fmt: skip


def _price(visit: Visit, pen: Pen, price: Money, term: Term) -> str:
    """What a period costs; what has no periods costs it once."""
    money = pen.money(price.amount, price.currency)
    if not term.months and not term.days:
        return visit.say("portal_club.price_once", money=money)
    told = pen.tongue.counted(term.months or term.days, "month" if term.months else "day")
    return visit.say("portal_club.price", money=money, term=told)


def _trial(visit: Visit, pen: Pen, key: str) -> str:
    """Until when it would be free, what it costs then, and how to end it before."""
    plan, currency = visit.programme.plan(key), visit.programme.currency
    ends = law.days_after(visit.now, plan.trial_days, visit.zone)
    price = _price(visit, pen, Money(plan.prices[currency], currency), plan.period)
    return visit.say("portal_club.costs_later", day=pen.until(ends), price=price)


def _worth(visit: Visit, pen: Pen, plan: str) -> str:
    """Whether the plan would have paid for the member's own last twelve months."""
    found = ask(visit, paying.weigh, own.shown(visit), query=paying.OfWhat(plan=plan))
    if found.cost is None or not found.purchases:
        return ""
    told = {"total": pen.money(found.total.amount), "cost": pen.money(found.cost.amount)}
    return visit.say(f"portal_club.worth_{'yes' if found.worth_it else 'no'}", **told)


def _held(visit: Visit, pen: Pen, one: MembershipView) -> Held:
    state = visit.say(f"portal_club.is_{one.state}")
    about = ""
    if one.state == "paused" and one.paused_until is not None:
        about = visit.say("portal_club.paused_until", day=pen.day(one.paused_until))
    elif one.state == "trial" and one.covered_until is not None:
        about = visit.say("portal_club.free_until", day=pen.until(one.covered_until))
        plan = visit.programme.plans.get(one.plan)
        if plan is not None and one.next_plan is None:
            price = _price(visit, pen, one.price, plan.period)
            about += " " + visit.say("portal_club.first_price", price=price, day=pen.day(one.covered_until))
    elif one.ends_at is not None:
        about = visit.say("portal_club.ends", day=pen.until(one.ends_at))
    elif one.covered_until is not None:
        about = visit.say("portal_club.covered", day=pen.until(one.covered_until))
    ways = () if one.member != own.shown(visit) else _WAYS[one.state]
    return Held(one.id, one.name, state, one.in_force, about, ways)


PAGES: Final[tuple[Page, ...]] = (
    Page("my/<slug:programme>/membership", "self", list_, "portal.plans"),
    Page("my/<slug:programme>/membership/join/<str:key>", "self", join, "portal.plan_join", methods=("POST",)),
    *[
        Page(
            f"my/<slug:programme>/membership/<str:id>/{deed}", "self",
            lambda visit, id, deed=deed: act(visit, id, deed), f"portal.plan_{deed}", methods=("POST",),
        )
        for deed in _DEEDS
    ],
)  # fmt: skip
