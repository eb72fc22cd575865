"""The queue of redemptions: what is to be confirmed and handed over, one or many at once, and the list to pack by."""

from collections.abc import Callable
from typing import Any, Final

import msgspec
from django.contrib import messages
from django.http import HttpResponse
from django.utils.http import urlencode

from guerdon.core import limits
from guerdon.core.errors import Refusal
from guerdon.core.redemptions import State
from guerdon.faces import posted
from guerdon.faces.api import draws
from guerdon.faces.api import redemptions as api
from guerdon.faces.api.redemptions import RedemptionView
from guerdon.faces.asking import ask
from guerdon.faces.console import frame, people
from guerdon.faces.design.shapes import Choice, Fact, Link, Paging, Sign
from guerdon.faces.show import Pen
from guerdon.faces.sure import Question
from guerdon.faces.visits import Page, Visit

AREA: Final = "console.queue"
STATES: Final[tuple[State, ...]] = ("reserved", "confirmed", "fulfilled", "cancelled", "expired")
SIGNS: Final[dict[State, Sign]] = {
    "reserved": "warn", "confirmed": "brand", "fulfilled": "good", "cancelled": "", "expired": "",
}  # fmt: skip
_DEEDS: Final[dict[str, Callable[..., Any]]] = {"confirm": api.confirm, "fulfil": api.fulfil, "cancel": api.cancel}
# What can be done with a redemption in which state.
_WAYS: Final[dict[State, tuple[str, ...]]] = {"reserved": ("confirm", "cancel"), "confirmed": ("fulfil", "cancel")}
_ROWS: Final = 25


class Asked(msgspec.Struct, frozen=True):
    """Which part of the queue somebody looks at."""

    state: State
    reward: str
    store: str

    @property
    def words(self) -> str:
        """The same in an address."""
        return urlencode({name: value for name, value in msgspec.structs.asdict(self).items() if value})


class Line(msgspec.Struct, frozen=True):
    """A redemption in the queue, in words."""

    one: RedemptionView
    who: str
    age: str
    until: str
    choices: str
    state: str
    sign: Sign
    store: str


def list_(visit: Visit) -> HttpResponse:
    """The redemptions of a state, by reward and store; a code that is typed leads to the one it belongs to."""
    return _list(visit)


def _list(visit: Visit, fault: str = "", status: int = 200) -> HttpResponse:
    asked, told = _asked(visit), visit.request.GET
    query = api.Waiting(
        limit=_ROWS, cursor=told.get("cursor"), state=asked.state, reward=asked.reward or None,
        store=asked.store or None,
    )  # fmt: skip
    found = ask(visit, api.list_, query=query)
    tongue = Pen(visit).tongue
    every = Choice("", visit.say("console_queue.every"))
    rewards = [Choice(key, tongue.named(one.name)) for key, one in visit.programme.rewards.items()]
    later = f"?{asked.words}&{urlencode({'cursor': found.next})}" if found.next else ""
    context = {
        "lines": _lines(visit, found.redemptions), "asked": asked, "tabs": _tabs(visit, asked),
        "ways": _WAYS.get(asked.state, ()) if visit.may("redemptions:write") else (), "rewards": (every, *rewards),
        "paging": Paging("", later=later) if later else None, "all": told.get("all") == "yes", "fault": fault,
        "typed": told.get("code") or "", "days": limits.SETTLED_DAYS, "settled": asked.state not in _WAYS,
    }  # fmt: skip
    return frame.page(visit, "console/queue.html", context, area=AREA, status=status)


def _asked(visit: Visit) -> Asked:
    told = visit.request.GET
    state = told.get("state")
    shop = (told.get("store") or "").strip()[: limits.NAME_CHARS_MAX]
    return Asked(state if state in STATES else "confirmed", (told.get("reward") or "")[: limits.KEY_CHARS_MAX], shop)


def _tabs(visit: Visit, asked: Asked) -> tuple[Link, ...]:
    return tuple([
        Link(visit.say(f"states.{state}"), f"?{msgspec.structs.replace(asked, state=state).words}",
             current=state == asked.state)
        for state in STATES
    ])  # fmt: skip


def _lines(visit: Visit, found: tuple[RedemptionView, ...]) -> tuple[Line, ...]:
    names = people.names(visit, [one.member for one in found], "console.queue")
    return tuple([_line(visit, one, names[one.member]) for one in found])


def _line(visit: Visit, one: RedemptionView, who: str) -> Line:
    pen = Pen(visit)
    days = (visit.now.astimezone(visit.zone).date() - one.made_at.astimezone(visit.zone).date()).days
    age = visit.say("console_queue.today") if days < 1 else visit.say("console_queue.days", days=days)
    until = "" if one.until is None else pen.until(one.until)
    chosen = ", ".join(_chosen(visit, one))
    state, store = visit.say(f"states.{one.state}"), pen.word("store", one.store)
    return Line(one, who, age, until, chosen, state, SIGNS[one.state], store)


def _chosen(visit: Visit, one: RedemptionView) -> list[str]:
    """What was chosen, by its names."""
    reward, tongue = visit.programme.rewards.get(one.reward), Pen(visit).tongue
    told = []
    for key, value in {**one.choices, **one.texts}.items():
        choice = None if reward is None else next((each for each in reward.choices if each.key == key), None)
        option = None if choice is None else choice.options.get(value)
        told.append(value if option is None else tongue.named(option))
    return told


def find(visit: Visit) -> HttpResponse:
    """On to the redemption that a code leads to."""
    try:
        told = ask(visit, api.find, body=api.Shown((visit.request.GET.get("code") or "?")[: limits.KEY_CHARS_MAX]))
    except Refusal as refusal:
        return _list(visit, posted.fault(refusal), status=404)
    return visit.on(visit.to("console.redemption", told.redemption.id))


def act(visit: Visit) -> HttpResponse:
    """Confirm, fulfil or cancel all that are ticked, each for itself: one that is refused stops no other."""
    chosen = visit.request.POST.getlist("redemptions")[:_ROWS]
    deed = visit.request.POST.get("deed", "")
    back = f"{visit.to('console.queue')}?{visit.request.POST.get('back', '')}"
    if deed not in _DEEDS or not chosen:
        return _list(visit, visit.say("console_queue.none_ticked"), status=422)
    if deed == "cancel" and not visit.is_sure:
        asked = Question(
            visit.say("console_queue.cancel_sure", count=len(chosen)), visit.say("console_queue.cancel"), back,
            visit.say("console_queue.cancel_about"), "danger", AREA,
        )  # fmt: skip
        return visit.sure(asked)
    token, done, refused = posted.token(visit.request), 0, []
    for id in chosen:
        try:
            ask(visit, _DEEDS[deed], id, token=f"{token}:{id}")
            done += 1
        except Refusal as refusal:
            refused.append(f"…{id[-6:]}: {posted.fault(refusal)}")
    if done:
        messages.success(visit.request, visit.say(f"console_queue.{deed}_done", count=done))
    for text in refused:
        messages.error(visit.request, text)
    return visit.on(back)


def one(visit: Visit, id: str) -> HttpResponse:
    """One redemption: whose, what, where to, and what can be done with it."""
    found: RedemptionView = ask(visit, api.read, id).redemption
    (line,), pen = _lines(visit, (found,)), Pen(visit)
    costs = [pen.points(each.points, each.unit) for each in found.points]
    if found.money is not None:
        costs.append(pen.money(found.money.amount, found.money.currency))
    times = {
        "made": pen.moment(found.made_at), "kept_until": "" if found.until is None else pen.until(found.until),
        "confirmed_at": "" if found.confirmed_at is None else pen.moment(found.confirmed_at),
        "settled_at": "" if found.settled_at is None else pen.moment(found.settled_at),
    }  # fmt: skip
    facts = [Fact(visit.say("console_queue.member"), line.who, visit.to("console.member", found.member))]
    facts += [
        Fact(visit.say(f"console_queue.{name}"), text)
        for name, text in {
            "costs": pen.tongue.all_of(costs) if costs else visit.say("portal_rewards.free"),
            "chosen": line.choices, "code": found.code, "given": found.voucher or found.gift_card or "",
            "store": Pen(visit).word("store", found.store),
        }.items()
        if text
    ]  # fmt: skip
    facts += [Fact(visit.say(f"console_queue.{name}"), at) for name, at in times.items() if at]
    context = {
        "line": line, "one": found, "facts": facts, "ways": _ways(visit, found),
        "drawn": found.reward in visit.programme.rewards and visit.programme.rewards[found.reward].drawn,
        "back": urlencode({"state": found.state}),
    }  # fmt: skip
    return frame.page(visit, "console/redemption.html", context, area=AREA)


def _ways(visit: Visit, found: RedemptionView) -> tuple[str, ...]:
    if not visit.may("redemptions:write"):
        return ()
    return _WAYS.get(found.state, ("cancel",) if found.voucher or found.gift_card else ())


def proof(visit: Visit, id: str) -> HttpResponse:
    """What a draw was made with, so that anybody can make it again."""
    return frame.page(visit, "console/draw.html", {"draw": ask(visit, draws.read, id), "id": id}, area=AREA)


def pack(visit: Visit) -> HttpResponse:
    """The list to pack by: each with its address and what was chosen, as it is printed."""
    asked = _asked(visit)
    query = api.Waiting(
        limit=limits.PAGE_ROWS_DEFAULT, cursor=visit.request.GET.get("cursor"), state=asked.state,
        reward=asked.reward or None, store=asked.store or None,
    )  # fmt: skip
    found = ask(visit, api.list_, query=query)
    later = f"?{asked.words}&{urlencode({'cursor': found.next})}" if found.next else ""
    context = {
        "lines": _lines(visit, found.redemptions), "asked": asked, "at": visit.now,
        "state": visit.say(f"states.{asked.state}"),
        "paging": Paging("", later=later) if later else None,
    }  # fmt: skip
    return frame.page(visit, "console/packing.html", context, area=AREA)


_AT: Final = "console/<slug:programme>/queue"
PAGES: Final[tuple[Page, ...]] = (
    Page(_AT, "profiles:read", list_, "console.queue"),
    Page(_AT, "redemptions:write", act, "console.queue_act", methods=("POST",), also=("profiles:read",)),
    Page(f"{_AT}/find", "profiles:read", find, "console.queue_find"),
    Page(f"{_AT}/packing", "profiles:read", pack, "console.packing"),
    Page(f"{_AT}/<str:id>", "profiles:read", one, "console.redemption"),
    Page(f"{_AT}/<str:id>/draw", "profiles:read", proof, "console.draw"),
)
