"""Paid memberships in the console: the plans, what is due next, unsettled money, and pausing or ending one."""

from collections.abc import Callable
from typing import Any, Final

import msgspec
from django.http import HttpResponse
from django.utils.http import urlencode

from guerdon.core import limits, sentences
from guerdon.core.errors import Refusal
from guerdon.faces import posted
from guerdon.faces.api import coming, paying
from guerdon.faces.api import memberships as api
from guerdon.faces.api.calls import Trial
from guerdon.faces.api.memberships import MembershipView, State
from guerdon.faces.asking import ask
from guerdon.faces.console import frame, numbers, people
from guerdon.faces.design.shapes import Cell, Choice, Column, Fact, Paging, Row, Sign
from guerdon.faces.show import Pen
from guerdon.faces.sure import Question
from guerdon.faces.visits import Page, Visit

AREA: Final = "console.plans"
_KPI: Final = "plan_members"
_ROWS: Final = 25
_SIGNS: Final[dict[State, Sign]] = {
    "awaiting": "warn", "trial": "brand", "active": "good", "grace": "bad", "paused": "warn", "cancelled": "",
    "ended": "",
}  # fmt: skip
_DEEDS: Final[dict[str, Callable[..., Any]]] = {"pause": api.pause, "resume": api.resume, "cancel": api.cancel}
# What can be done with a membership in which state.
_WAYS: Final[dict[State, tuple[str, ...]]] = {
    "awaiting": ("cancel",), "trial": ("cancel",), "active": ("pause", "cancel"), "grace": ("cancel",),
    "paused": ("resume", "cancel"), "cancelled": ("resume",), "ended": (),
}  # fmt: skip


class Offer(msgspec.Struct, frozen=True):
    """A plan in words, with how many have it and the address of who they are, for who sees figures."""

    key: str
    name: str
    sentences: tuple[str, ...]
    members: str = ""
    address: str = ""


def show(visit: Visit) -> HttpResponse:
    """The plans; what is due next, and what is not settled, for who may see members."""
    pen, programme = Pen(visit), visit.programme
    counted, address = numbers.members_of(visit, _KPI), visit.to("console.figure", _KPI)
    plans = tuple([
        Offer(
            key, pen.tongue.named(one.name), tuple(sentences.plan(one, programme, visit.language)),
            pen.number(counted[key]) if key in counted else "", address,
        )
        for key, one in programme.plans.items()
    ])  # fmt: skip
    context: dict[str, Any] = {"plans": plans, "sees": visit.may("profiles:read")}
    if context["sees"]:
        context |= _coming(visit, pen) | _unresolved(visit, pen)
    return frame.page(visit, "console/plans.html", context, area=AREA)


def _coming(visit: Visit, pen: Pen) -> dict[str, Any]:
    plan = (visit.request.GET.get("plan") or "")[: limits.KEY_CHARS_MAX]
    query = coming.OfPlan(limit=_ROWS, cursor=visit.request.GET.get("cursor"), plan=plan or None)
    found = ask(visit, coming.list_, query=query)
    names = people.names(visit, [one.membership.member for one in found.memberships], "console.plans")
    rows = [
        Row((Cell(names[one.membership.member]), Cell(one.membership.name), _state(visit, one.membership),
             Cell(pen.day(one.at)), Cell(pen.money(one.membership.price.amount, one.membership.price.currency))),
            visit.to("console.membership", one.membership.id))
        for one in found.memberships
    ]  # fmt: skip
    heads = ("member", "plan", "state", "due", "price")
    every = Choice("", visit.say("console_plans.every"))
    kinds = [Choice(key, pen.tongue.named(one.name)) for key, one in visit.programme.plans.items()]
    later = f"?{urlencode({'plan': plan, 'cursor': found.next})}" if found.next else ""
    return {
        "rows": tuple(rows), "columns": _heads(visit, heads, "price"), "plan": plan, "choices": (every, *kinds),
        "paging": Paging("", later=later) if later else None,
    }  # fmt: skip


def _heads(visit: Visit, names: tuple[str, ...], end: str) -> tuple[Column, ...]:
    return tuple([Column(visit.say(f"console_plans.{one}"), end=one == end) for one in names])


def _state(visit: Visit, one: MembershipView) -> Cell:
    key = "console_plans.is_active" if one.state == "active" else f"portal_club.is_{one.state}"
    return Cell(visit.say(key), sign=_SIGNS[one.state])


def _unresolved(visit: Visit, pen: Pen) -> dict[str, Any]:
    """Money that a provider is to give back, and its news that nothing has come of."""
    found = ask(visit, paying.list_unresolved)
    names = people.names(visit, [one.member for one in found.going_back], "console.plans")
    back = [
        Row((Cell(names[one.member], visit.to("console.member", one.member)),
             Cell(pen.money(one.amount.amount, one.amount.currency)), Cell(one.reference),
             Cell(pen.moment(one.since) if one.since else "–")))
        for one in found.going_back
    ]  # fmt: skip
    news = [
        Row((Cell(one.type), Cell(visit.say(f"console_plans.news_{one.state}"), sign="warn"), Cell(one.about),
             Cell("–" if one.amount is None else pen.money(one.amount.amount, one.amount.currency)),
             Cell(pen.moment(one.received_at))))
        for one in found.news
    ]  # fmt: skip
    return {
        "back": tuple(back), "news": tuple(news),
        "back_columns": _heads(visit, ("member", "price", "reference", "since"), "price"),
        "news_columns": _heads(visit, ("news", "state", "about_what", "price", "since"), "price"),
    }  # fmt: skip


def one(visit: Visit, id: str) -> HttpResponse:
    """One membership: its periods and payments, and what can be done with it."""
    return _one(visit, id)


def _one(visit: Visit, id: str, fault: str = "", status: int = 200) -> HttpResponse:
    pen, found = Pen(visit), ask(visit, api.read, id)
    name = people.names(visit, [found.member], "console.membership")[found.member]
    facts = [Fact(visit.say("console_plans.member"), name, visit.to("console.member", found.member))]
    days = {"covered": found.covered_until, "paused_until": found.paused_until, "ends": found.ends_at}
    facts.append(Fact(visit.say("console_plans.price"), pen.money(found.price.amount, found.price.currency)))
    facts += [Fact(visit.say(f"console_plans.{key}"), pen.until(at)) for key, at in days.items() if at]
    periods = [
        Row((Cell(visit.say(f"console_plans.period_{each.kind}")), Cell(pen.day(each.start)),
             Cell(pen.until(each.until) if each.until else "–"),
             Cell(pen.money(each.value.amount, each.value.currency))))
        for each in found.periods
    ]  # fmt: skip
    payments = [
        Row((Cell(pen.moment(each.asked_at)), Cell(pen.money(each.amount.amount, each.amount.currency)),
             Cell(visit.say(f"console_plans.payment_{each.state}")), Cell(each.reference or "–")))
        for each in found.payments
    ]  # fmt: skip
    context = {
        "one": found, "state": _state(visit, found), "facts": facts, "periods": tuple(periods), "fault": fault,
        "payments": tuple(payments), "ways": _WAYS[found.state] if visit.may("memberships:write") else (),
        "period_columns": _heads(visit, ("period", "begins", "until", "price"), "price"),
        "payment_columns": _heads(visit, ("asked", "price", "state", "reference"), "price"),
    }  # fmt: skip
    return frame.page(visit, "console/membership.html", context, area=AREA, status=status)


def act(visit: Visit, id: str) -> HttpResponse:
    """Pause, go on, or end with what is paid: once it is really meant."""
    deed = visit.request.POST.get("deed", "")
    run = _DEEDS.get(deed)
    if run is None:
        return _one(visit, id, visit.say("console_plans.what"), status=422)
    body = api.Cancellation() if deed == "cancel" else None
    try:
        if not visit.is_sure:
            ask(visit, run, id, query=Trial(dry_run=True), body=body)
            asked = Question(
                visit.say(f"console_plans.{deed}_sure"), visit.say(f"console_plans.{deed}"),
                visit.to("console.membership", id), visit.say(f"console_plans.{deed}_about"),
                "danger" if deed == "cancel" else "", AREA,
            )  # fmt: skip
            return visit.sure(asked)
        ask(visit, run, id, body=body, token=posted.token(visit.request))
    except Refusal as refusal:
        return _one(visit, id, " ".join(posted.faults(refusal).values()), status=422)
    return visit.done(visit.say(f"console_plans.{deed}_done"), "console.membership", id)


_AT: Final = "console/<slug:programme>/"
PAGES: Final[tuple[Page, ...]] = (
    Page(f"{_AT}plans", "members:list", show, "console.plans"),
    Page(f"{_AT}memberships/<str:id>", "profiles:read", one, "console.membership"),
    Page(f"{_AT}memberships/<str:id>", "memberships:write", act, "console.membership_act", methods=("POST",)),
)
