"""Sweeps in the console: what is varied is picked by name, asked of the own history, and the best made a draft."""

from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse

from guerdon.core.errors import Refusal
from guerdon.core.sweeping import SCENARIOS_TOO_MANY
from guerdon.engine import drafts as drafting
from guerdon.faces import posted
from guerdon.faces.api import drafts as drafts_api
from guerdon.faces.api import simulations as api
from guerdon.faces.api.drafts import DraftView, NewDraft
from guerdon.faces.api.simulations import NewSimulation, SimulationView, SimulationWhole
from guerdon.faces.asking import ask
from guerdon.faces.console import frame, knobs, sweep_form, swept
from guerdon.faces.console.knobs import Knob
from guerdon.faces.console.swept import Sweeping
from guerdon.faces.design.shapes import Link
from guerdon.faces.visits import Page, Visit
from guerdon.features.drafts import queries as drafts
from guerdon.features.programmes import documents as texts
from guerdon.features.programmes import forms
from guerdon.features.programmes import queries as programmes
from guerdon.features.simulations import queries
from guerdon.kit import ids

_AREA: Final = "console.simulations"


def new(visit: Visit) -> HttpResponse:
    """The form, with the numbers of the newest version or of a draft."""
    return _form(visit, str(visit.request.GET.get("draft", "")), {})


def begin(visit: Visit) -> HttpResponse:
    """Ask for all combinations."""
    form, draft = visit.request.POST, str(visit.request.POST.get("draft", ""))
    source, _ = _source(visit, draft)
    asked, faults = sweep_form.read(visit, _knobs(visit, source), form)
    if asked is None:
        return _form(visit, draft, faults, 422)
    body = NewSimulation(draft=draft or None, sweep=asked, as_it_happened=bool(form.get("as_it_happened")))
    try:
        one: SimulationView = ask(visit, api.ask, body=body)
    except Refusal as refusal:
        told = sweep_form.too_many(visit) if refusal.kind is SCENARIOS_TOO_MANY else posted.fault(refusal)
        return _form(visit, draft, {"": told}, 422)
    messages.success(visit.request, visit.say(f"what_if.{'known' if one.state == 'answered' else 'asked'}"))
    return visit.on(visit.to("console.simulation", one.id))


def _form(visit: Visit, draft: str, faults: dict[str, str], status: int = 200) -> HttpResponse:
    source, title = _source(visit, draft)
    form = visit.request.POST
    found = _knobs(visit, source)
    links = [Link(visit.say("what_if.title"), visit.to(_AREA))]
    if draft:
        links = [Link(visit.say("rules.drafts"), visit.to("console.drafts")),
                 Link(title, visit.to("console.draft_what_if", draft))]  # fmt: skip
    context: dict[str, Any] = {
        "of": title, "draft": draft, "faults": faults, "form": form, "here": visit.to("console.sweep"),
        "rows": sweep_form.rows(visit, found, form, faults) if found else (), "goals": sweep_form.goals(visit),
        "goal": str(form.get("goal", "kept")), "against": str(form.get("against", "burden")), "links": tuple(links),
        "currency": visit.programme.currency,
    }  # fmt: skip
    return frame.page(visit, "console/sweep.html", context, area=_AREA, status=status)


def _source(visit: Visit, draft: str) -> tuple[str, str]:
    """The file that is asked about, and how it is called. Raises `draft_unknown`."""
    if draft:
        one = drafts.get(visit.store, visit.programme_id, ids.read("draft", draft))
        return one.source, one.title
    book = programmes.latest(visit.store, visit.programme_id)
    title = visit.say("what_if.newest_named", number=book.newest().version)
    return drafting.source_of(book.versions[-1]), title


def _knobs(visit: Visit, source: str) -> tuple[Knob, ...]:
    document = texts.read(source).document
    return knobs.found(visit, document if isinstance(document, dict) else {}, forms.load(source))


def told(visit: Visit, whole: SimulationWhole, address: str) -> Sweeping:
    """The answer of a sweep, for its page at the address."""
    id = ids.read("simulation", whole.simulation.id)
    source = queries.source(visit.store, visit.programme_id, id)
    reading = forms.read(source)
    titles = {one.path: one.title for one in _knobs(visit, source)} if reading.programme is not None else {}
    return swept.of(visit, whole, reading.programme or visit.programme, titles, address)


def make(visit: Visit, id: str) -> HttpResponse:
    """A draft of a scenario."""
    form = visit.request.POST
    number, title = str(form.get("scenario", "")), str(form.get("title", "")).strip()
    scenario = int(number) if number.isdecimal() and len(number) < 6 else 0
    body = NewDraft(
        title=title or visit.say("sweeps.number", number=scenario + 1), simulation=id, scenario=scenario
    )  # fmt: skip
    draft: DraftView = ask(visit, drafts_api.begin, body=body)
    return visit.done(visit.say("sweeps.drafted"), "console.draft", draft.id)


_AT: Final = "console/<slug:programme>/what-if/"
PAGES: Final[tuple[Page, ...]] = (
    Page(f"{_AT}sweep", "simulations:write", new, "console.sweep", also=("rules:read",)),
    Page(f"{_AT}sweep", "simulations:write", begin, "console.sweep", methods=("POST",), also=("rules:read",)),
    Page(
        f"{_AT}<str:id>/draft", "programme:write", make, "console.simulation_draft", methods=("POST",),
        also=("figures:read",),
    ),
)  # fmt: skip
