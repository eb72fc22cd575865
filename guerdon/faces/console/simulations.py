"""What-ifs in the console: asked on the tabs of a draft or for what is published, followed while they are answered."""

from datetime import date, timedelta
from typing import Any, Final

import msgspec
from django.contrib import messages
from django.http import HttpResponse

from guerdon.core import drafts as drafts_law
from guerdon.core import simulations as law
from guerdon.core import sweeping
from guerdon.core.errors import Refusal
from guerdon.core.programme import Programme
from guerdon.faces import posted
from guerdon.faces.api import calls
from guerdon.faces.api import drafts as drafts_api
from guerdon.faces.api import simulations as api
from guerdon.faces.api.drafts import DraftView
from guerdon.faces.api.simulations import NewSimulation, SimulationView, SimulationWhole
from guerdon.faces.asking import ask
from guerdon.faces.console import draft_tabs, frame, outcomes, responding, sweeps
from guerdon.faces.console.drafts import SIGNS as DRAFT_SIGNS
from guerdon.faces.design.shapes import Choice, Link, Paging
from guerdon.faces.show import Pen
from guerdon.faces.visits import Page, Visit
from guerdon.features.programmes import forms
from guerdon.features.programmes import queries as programmes
from guerdon.features.simulations import queries
from guerdon.kit import ids

_AREA: Final = "console.simulations"
_OF_DRAFT_MAX: Final = 20  # what-ifs of a draft that its page names
_SIGNS: Final = {"waiting": "", "running": "brand", "answered": "good", "refused": "warn", "failed": "bad"}


class Told(msgspec.Struct, frozen=True):
    """A what-if as lists show it."""

    id: str
    name: str
    about: str
    state: str
    sign: str
    icon: str


def list_(visit: Visit) -> HttpResponse:
    """All what-ifs, the newest first."""
    return _list(visit, {})


def _list(visit: Visit, faults: dict[str, str], status: int = 200) -> HttpResponse:
    cursor = visit.request.GET.get("cursor")
    found = ask(visit, api.list_, query=calls.Page(cursor=cursor))
    later = f"?cursor={found.next}" if found.next else ""
    context = {
        "rows": [_told(visit, one) for one in found.simulations], "paging": Paging("", later=later) if later else None,
        "choices": _choices(visit), "faults": faults, "form": visit.request.POST, "here": visit.to(_AREA),
        "sweeps": _sweeps(visit), **responding.fields(visit, visit.request.POST, faults),
    }  # fmt: skip
    return frame.page(visit, "console/what_ifs.html", context, area=_AREA, status=status)


def _sweeps(visit: Visit, draft: str = "") -> str:
    """Where many values are tried at once; nowhere for who may not ask."""
    if not (visit.may("simulations:write") and visit.may("rules:read")):
        return ""
    return visit.to("console.sweep") + (f"?draft={draft}" if draft else "")


def _choices(visit: Visit) -> tuple[Choice, ...]:
    """What can be asked about: the newest version, and the drafts that are neither published nor discarded."""
    number = programmes.latest(visit.store, visit.programme_id).newest().version
    newest = Choice("", visit.say("what_if.newest_named", number=number))
    drafts = ask(visit, drafts_api.list_).drafts if visit.may("rules:read") else ()
    alive = [one for one in drafts if one.state in drafts_law.ALIVE]
    return (newest, *[Choice(one.id, one.title) for one in alive])


def begin(visit: Visit) -> HttpResponse:
    """Ask, of whatever was picked."""
    try:
        body = _wish(visit, str(visit.request.POST.get("draft", "")))
        return _begun(visit, body, "console.simulation")
    except _Unread as wrong:
        return _list(visit, wrong.faults, 422)
    except Refusal as refusal:
        return _list(visit, _faults(visit, refusal), 422)


def begin_of_draft(visit: Visit, id: str) -> HttpResponse:
    """Ask what a draft would have meant, and stay on its page."""
    try:
        return _begun(visit, _wish(visit, id), "console.draft_what_if", id)
    except _Unread as wrong:
        return _of_draft(visit, id, wrong.faults, 422)
    except Refusal as refusal:
        return _of_draft(visit, id, _faults(visit, refusal), 422)


def _begun(visit: Visit, body: NewSimulation, page: str, *of: str) -> HttpResponse:
    one: SimulationView = ask(visit, api.ask, body=body)
    word = "known" if one.state == "answered" else "asked"
    messages.success(visit.request, visit.say(f"what_if.{word}"))
    return visit.on(f"{visit.to(page, *of)}?of={one.id}" if of else visit.to(page, one.id))


class _Unread(Exception):
    """What was typed for a day, or for how strongly members respond, can’t be read; by field."""

    def __init__(self, faults: dict[str, str]) -> None:
        super().__init__()
        self.faults = faults


def _wish(visit: Visit, draft: str) -> NewSimulation:
    """What was typed; people name the last day that counts."""
    told: dict[str, date] = {}
    faults: dict[str, str] = {}
    for name in ("from", "until"):
        text = str(visit.request.POST.get(name, "")).strip()
        try:
            if text:
                told[name] = date.fromisoformat(text) + timedelta(days=1 if name == "until" else 0)
        except (ValueError, OverflowError):
            faults[name] = visit.say("what_if.no_day")
    responses, wrong = responding.read(visit, visit.request.POST)
    if faults or responses is None:
        raise _Unread(faults | wrong)
    return NewSimulation(
        draft=draft or None, since=told.get("from"), until=told.get("until"), responses=responses,
        as_it_happened=bool(visit.request.POST.get("as_it_happened")),
    )  # fmt: skip


def _faults(visit: Visit, refusal: Refusal) -> dict[str, str]:
    if refusal.kind is law.SIMULATION_PERIOD_INVALID:
        first = Pen(visit).day(date.fromisoformat(str(refusal.facts["first"])))
        return {"from": visit.say("what_if.period_wrong", first=first, months=refusal.facts["months"])}
    return {"": posted.fault(refusal)}


def of_draft(visit: Visit, id: str) -> HttpResponse:
    """What a draft would have meant: a button, how far it is, the answer."""
    return _of_draft(visit, id, {})


def _of_draft(visit: Visit, id: str, faults: dict[str, str], status: int = 200) -> HttpResponse:
    draft: DraftView = ask(visit, drafts_api.read, id).draft
    found = queries.of_draft(visit.store, visit.programme_id, ids.read("draft", id), most=_OF_DRAFT_MAX)
    asked = visit.request.GET.get("of", "")
    here = next((one for one in found if ids.show("simulation", one.id) == asked), found[0] if found else None)
    whole = None if here is None else ask(visit, api.read, ids.show("simulation", here.id))
    alive = draft.state in drafts_law.ALIVE
    at = visit.to("console.draft_what_if", id)
    context: dict[str, Any] = {
        "draft": draft, "tabs": draft_tabs.of(visit, id if alive else "", "console.draft_what_if"),
        "state": visit.say(f"drafts.state_{draft.state}"), "sign": DRAFT_SIGNS[draft.state], "faults": faults,
        "form": visit.request.POST, "here": at, "links": _links_of(visit, draft, alive=alive),
        "earlier": [_told(visit, api.view(one, visit.language)) for one in found if one is not here],
        **_whole(visit, whole, f"{at}?of={whole.simulation.id}" if whole else at),
        "sweeps": _sweeps(visit, id) if alive else "", **responding.fields(visit, visit.request.POST, faults),
        "outdated": whole is not None and whole.simulation.revision != draft.revision,
    }  # fmt: skip
    return frame.page(visit, "console/what_if_of_draft.html", context, area="console.drafts", status=status)


def _links_of(visit: Visit, draft: DraftView, *, alive: bool) -> tuple[Link, ...]:
    """The way here: where there are tabs the draft is one of them."""
    drafts = Link(visit.say("rules.drafts"), visit.to("console.drafts"))
    return (drafts,) if alive else (drafts, Link(draft.title, visit.to("console.draft", draft.id)))


def show(visit: Visit, id: str) -> HttpResponse:
    """One what-if: how far it is, or its answer."""
    whole: SimulationWhole = ask(visit, api.read, id)
    one = whole.simulation
    links = (Link(visit.say("what_if.title"), visit.to(_AREA)),)
    told = _told(visit, one)
    context = {"told": told, "links": links, **_whole(visit, whole, visit.to("console.simulation", id))}
    if one.draft and visit.may("rules:read"):
        context["draft_address"] = visit.to("console.draft", one.draft)
    return frame.page(visit, "console/what_if.html", context, area=_AREA)


def _whole(visit: Visit, whole: SimulationWhole | None, address: str) -> dict[str, Any]:
    """What the part of the page shows that asks again until there is an answer."""
    if whole is None:
        return {"one": None}
    one, pen = whole.simulation, Pen(visit)
    return {
        "one": one, "address": address, "waits": one.state in law.ON_THE_WAY, "share": one.share // 10,
        "stage": _stage(visit, one),
        "done": visit.say("what_if.share", share=pen.tongue.percent(one.share // 10 * 100)),
        "answer": None if whole.answer is None else outcomes.of(visit, whole, _asked_about(visit, one)),
        "swept": None if whole.swept is None else sweeps.told(visit, whole, address),
        "csv": visit.to("console.simulation_csv", one.id),
        "asker": visit.say("what_if.asked_by", name=one.asked_by, when=pen.moment(one.asked_at)),
    }  # fmt: skip


def _stage(visit: Visit, one: SimulationView) -> str:
    """What is done of it now."""
    table = "sweeps" if one.sweep is not None and one.stage == "replaying" else "what_if"
    return visit.say(f"{table}.stage_{one.stage}")


def _asked_about(visit: Visit, one: SimulationView) -> Programme:
    """The programme that was asked about, which names what is new in it; today's where it can't be read any more."""
    source = queries.source(visit.store, visit.programme_id, ids.read("simulation", one.id))
    return forms.read(source).programme or visit.programme


def _told(visit: Visit, one: SimulationView) -> Told:
    pen = Pen(visit)
    name = one.name or visit.say("what_if.newest_named", number=one.version)
    days = visit.say("what_if.period", since=pen.day(one.since), last=pen.day(one.until - timedelta(days=1)))
    asker = visit.say("what_if.asked_by", name=one.asked_by, when=pen.moment(one.asked_at))
    state = visit.say(f"what_if.state_{one.state}")
    if one.sweep is None:
        return Told(one.id, name, f"{days} · {asker}", state, _SIGNS[one.state], "sparkles")
    many = visit.say("sweeps.counted", count=pen.number(sweeping.count(one.sweep.vary)))
    return Told(one.id, name, f"{many} · {asker}", state, _SIGNS[one.state], "sliders-horizontal")


def file(visit: Visit, id: str) -> HttpResponse:
    """The answer as a table."""
    return frame.table(ask(visit, api.read, id, csv=True))


def remove(visit: Visit, id: str) -> HttpResponse:
    """Take a what-if away; back to where it was asked."""
    one: SimulationView = ask(visit, api.remove, id)
    if one.draft and visit.request.POST.get("back") == "draft":
        return visit.done(visit.say("what_if.removed"), "console.draft_what_if", one.draft)
    return visit.done(visit.say("what_if.removed"), _AREA)


_AT: Final = "console/<slug:programme>/what-if/"
_TAB: Final = "console/<slug:programme>/drafts/<str:id>/what-if"
PAGES: Final[tuple[Page, ...]] = (
    *sweeps.PAGES,  # before what takes any word for an id
    Page(_AT, "figures:read", list_, _AREA),
    Page(_AT, "simulations:write", begin, _AREA, methods=("POST",)),
    Page(f"{_AT}<str:id>.csv", "figures:read", file, "console.simulation_csv"),
    Page(f"{_AT}<str:id>", "figures:read", show, "console.simulation"),
    Page(f"{_AT}<str:id>/remove", "simulations:write", remove, "console.simulation_remove", methods=("POST",)),
    Page(_TAB, "rules:read", of_draft, "console.draft_what_if", also=("figures:read",)),
    Page(_TAB, "simulations:write", begin_of_draft, "console.draft_what_if", methods=("POST",), also=("rules:read",)),
)
