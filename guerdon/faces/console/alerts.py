"""Alerts: what looks like fraud, why, and where to look; each is settled once, with words, by somebody else."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final, get_args

import msgspec
from django.http import HttpResponse

from guerdon.core.alerts import State
from guerdon.core.errors import Refusal
from guerdon.faces import posted
from guerdon.faces.api import alerts as api
from guerdon.faces.api.alerts import AlertView
from guerdon.faces.asking import ask, reply
from guerdon.faces.console import frame, people
from guerdon.faces.design.shapes import Choice, Fact, Paging, Sign
from guerdon.faces.show import Pen
from guerdon.faces.visits import Page, Visit

_SIGNS: Final[dict[State, Sign]] = {"open": "warn", "cleared": "good", "confirmed": "bad"}
_ROWS: Final = 20


class Card(msgspec.Struct, frozen=True):
    """An alert in words; `members` are whom it is about, each with what leads to what happened."""

    id: str
    title: str
    about: str
    state: str
    sign: Sign
    facts: tuple[Fact, ...]
    members: tuple[tuple[str, str], ...]
    mine: bool
    open: bool
    settled: str
    reason: str  # as it was written and refused


def show(visit: Visit) -> HttpResponse:
    """The alerts of a state, a page at a time."""
    return _show(visit)


def settle(visit: Visit, id: str, outcome: str) -> HttpResponse:
    """Say what it was, once."""
    try:
        body = posted.read(visit.request, api.AlertVerdict, also={"outcome": outcome})
        ask(visit, api.settle, id, body=body, token=posted.token(visit.request))
    except Refusal as refusal:
        return _show(visit, posted.fault(refusal), {id: visit.request.POST.get("reason", "")}, status=422)
    return visit.done(visit.say(f"console_alerts.was_{outcome}"), "console.alerts")


def _show(
    visit: Visit, fault: str = "", reasons: Mapping[str, str] = MappingProxyType({}), status: int = 200
) -> HttpResponse:
    """`reasons` were written and are to be mended, by the id of the alert."""
    asked = visit.request.GET
    state: State = next((one for one in get_args(State) if one == asked.get("state")), "open")
    found = reply(visit, api.list_, query=api.AlertQueue(_ROWS, asked.get("cursor"), state))
    views = _views(found.value)
    names = people.names(visit, [who for one in views for who in one.members], "console.alerts")
    later = None if found.next is None else Paging("", later=f"?state={state}&cursor={found.next}")
    context = {
        "cards": tuple([_card(visit, one, names, reasons.get(one.id, "")) for one in views]), "state": state,
        "fault": fault, "paging": later,
        "states": tuple([Choice(one, visit.say(f"console_alerts.{one}")) for one in get_args(State)]),
        "settles": visit.may("alerts:write"), "looks": visit.may("profiles:read"),
    }  # fmt: skip
    return frame.page(visit, "console/alerts.html", context, area="console.alerts", status=status)


def _views(found: Any) -> tuple[AlertView, ...]:
    views: tuple[AlertView, ...] = found.alerts
    return views


def _card(visit: Visit, one: AlertView, names: dict[str, str], reason: str) -> Card:
    pen = Pen(visit)
    points = [pen.points(steps, unit) for unit, steps in one.points.items()]
    span = " – ".join(dict.fromkeys((pen.moment(one.first_at), pen.moment(one.last_at))))
    texts = {
        "who": one.who or "", "times": pen.number(one.times), "points": pen.tongue.all_of(points) if points else "",
        "span": span,
    }  # fmt: skip
    told = {"name": one.settled_by or "", "reason": one.reason or ""}
    settled = visit.say("console_alerts.settled", when=pen.moment(one.settled_at), **told) if one.settled_at else ""
    return Card(
        one.id, visit.say(f"console_alerts.{one.kind}"), visit.say(f"console_alerts.{one.kind}_about"),
        visit.say(f"console_alerts.{one.state}"), _SIGNS[one.state],
        tuple([Fact(visit.say(f"console_alerts.{key}"), text) for key, text in texts.items() if text]),
        tuple([(who, visit.say("console_alerts.member", name=names[who])) for who in one.members]), one.mine,
        one.state == "open", settled, reason,
    )  # fmt: skip


_AT: Final = "console/<slug:programme>/alerts"
PAGES: Final[tuple[Page, ...]] = (
    Page(f"{_AT}/", "alerts:read", show, "console.alerts"),
    Page(
        f"{_AT}/<str:id>/clear", "alerts:write", lambda visit, id: settle(visit, id, "cleared"), "console.alert_clear",
        ("POST",),
    ),
    Page(
        f"{_AT}/<str:id>/confirm", "alerts:write", lambda visit, id: settle(visit, id, "confirmed"),
        "console.alert_confirm", ("POST",),
    ),
)  # fmt: skip
