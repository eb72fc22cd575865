"""What-ifs: a changed programme over the own history, asked for, followed while it is answered, and the answer."""

from datetime import date, datetime
from typing import Annotated, Final

import msgspec
from msgspec import Meta

from guerdon.core import edits, limits
from guerdon.core.errors import Fact
from guerdon.core.programme import PROGRAMME_INVALID, UNIT_UNKNOWN
from guerdon.core.simulations import (
    SIMULATION_PERIOD_INVALID,
    SIMULATION_UNKNOWN,
    SIMULATIONS_TOO_MANY,
    How,
    Responses,
    Stage,
    State,
)
from guerdon.core.sweeping import SCENARIOS_TOO_MANY, VARY_TWICE, Sweep
from guerdon.engine import simulations as engine
from guerdon.engine.simulations import Wish
from guerdon.faces import web
from guerdon.faces.api import calls, simulation_views, sweep_views
from guerdon.faces.api.calls import Call, Endpoint, Page, Reply, Spreadsheet
from guerdon.faces.api.simulation_views import SimulationAnswer
from guerdon.features.drafts.queries import DRAFT_UNKNOWN
from guerdon.features.programmes import queries as programmes
from guerdon.features.simulations import queries
from guerdon.features.simulations.queries import LAST, Simulation
from guerdon.insight.simulate.answers import Answer, Swept
from guerdon.kit import ids

_decode: Final = msgspec.json.Decoder(Answer).decode


class NewSimulation(msgspec.Struct, frozen=True, rename={"since": "from"}, forbid_unknown_fields=True):
    """Of a draft, of a whole file with a name, or without both of what is published newest; over which local days.

    With `sweep` it is many what-ifs at once, over the whole history.
    """

    draft: str | None = None
    file: Annotated[str, Meta(min_length=1, max_length=limits.PROGRAMME_BYTES_MAX)] | None = None
    name: Annotated[str, Meta(max_length=limits.NAME_CHARS_MAX)] = ""
    since: date | None = None
    until: date | None = None
    sweep: Sweep | None = None
    responses: Responses = Responses()
    as_it_happened: bool = False


class RefusedView(msgspec.Struct, frozen=True):
    """Why there is no answer."""

    code: str
    facts: dict[str, Fact]
    title: str
    detail: str


class SimulationView(msgspec.Struct, frozen=True, rename={"since": "from"}):
    """A what-if: what was asked, and how far it is, in thousandths."""

    id: str
    draft: str | None
    revision: int | None
    version: int
    name: str
    since: date
    until: date
    seq: int
    asked_at: datetime
    asked_by: str
    state: State
    stage: Stage
    share: int
    started_at: datetime | None
    ended_at: datetime | None
    refused: RefusedView | None
    sweep: Sweep | None
    responses: Responses
    as_it_happened: bool


class SimulationWhole(msgspec.Struct, frozen=True):
    """A what-if with its answer, as soon as there is one; amounts of money are in minor units of the currency."""

    simulation: SimulationView
    currency: str
    answer: SimulationAnswer | None
    swept: Swept | None


class Simulations(msgspec.Struct, frozen=True):
    """A page of what-ifs, the newest first."""

    simulations: tuple[SimulationView, ...]
    next: str | None


def ask(call: Call, body: NewSimulation) -> Reply:
    """Ask what would have been."""
    if body.draft is not None and body.file is not None:
        raise web.VALUE_REFUSED(pointer="/file", reason="draft_and_file", hint="")
    if body.sweep is not None and (body.since or body.until):
        raise web.VALUE_REFUSED(pointer="/from" if body.since else "/until", reason="sweep_of_days", hint="")
    wish = Wish(
        draft_id=None if body.draft is None else ids.read("draft", body.draft), source=body.file, name=body.name,
        since=body.since, until=body.until, how=How(body.sweep, body.responses, body.as_it_happened),
    )  # fmt: skip
    one, _ = engine.ask(wish, programme_id=call.programme_id, actor=call.doer, now=call.now)
    shown = view(one, call.language)
    return Reply(shown, location=f"/v1/simulations/{shown.id}")


def list_(call: Call, query: Page) -> Reply:
    """The what-ifs of the programme."""
    before = LAST if query.cursor is None else calls.after_id(query.cursor)
    found = queries.page(call.store, call.programme_id, before=before, most=query.limit)
    ends = calls.cursor(found[-1].id) if len(found) == query.limit else None
    return Reply(Simulations(tuple([view(one, call.language) for one in found]), ends), next=ends)


def read(call: Call, id: str) -> Reply:
    """How far a what-if is, and its answer."""
    one = queries.get(call.store, call.programme_id, ids.read("simulation", id))
    text = queries.answer(call.store, call.programme_id, one.id)
    assert call.key is not None
    named = "members:list" in call.key.scopes
    swept, answer = None, None
    if text is not None and one.how.sweep is not None:
        swept = sweep_views.decoded(text)
    elif text is not None:
        answer = simulation_views.view(_decode(text), call.language, one.how.responses, named=named)
    programme = programmes.latest(call.store, call.programme_id).newest().programme
    if call.wants_csv and one.how.sweep is not None:
        return Reply(Spreadsheet(sweep_views.csv_of(swept, programme), f"sweep-{one.since}-{one.until}.csv"))
    if call.wants_csv:
        return Reply(Spreadsheet(simulation_views.csv_of(answer, programme), f"what-if-{one.since}-{one.until}.csv"))
    return Reply(SimulationWhole(view(one, call.language), programme.currency, answer, swept))


def remove(call: Call, id: str) -> Reply:
    """Take a what-if away; one on its way ends."""
    one = queries.get(call.store, call.programme_id, ids.read("simulation", id))
    engine.remove(programme_id=call.programme_id, id=one.id, actor=call.doer, now=call.now)
    return Reply(view(one, call.language))


def view(one: Simulation, language: str) -> SimulationView:
    """A what-if as callers see it, in their language."""
    refused = None
    if one.refusal is not None:
        problem = web.problem(one.refusal.again(), language=language)
        refused = RefusedView(one.refusal.code, one.refusal.facts, problem.title, problem.detail)
    return SimulationView(
        ids.show("simulation", one.id), None if one.draft_id is None else ids.show("draft", one.draft_id),
        one.revision, one.version, one.name, one.since, one.until, one.seq, one.asked_at, one.asked_by, one.state,
        one.stage, one.share, one.started_at, one.ended_at, refused, one.how.sweep,
        one.how.responses, one.how.as_it_happened,
    )  # fmt: skip


_ONE: Final = (SIMULATION_UNKNOWN, ids.ID_MALFORMED)
ROUTES: Final[tuple[Endpoint, ...]] = (
    Endpoint(
        "POST", "/v1/simulations", "simulations:write", ask, "Ask what would have been", SimulationView,
        takes=NewSimulation, status=201,
        refuses=(
            DRAFT_UNKNOWN, ids.ID_MALFORMED, programmes.PROGRAMME_UNPUBLISHED, PROGRAMME_INVALID,
            programmes.PROGRAMME_KEY_CHANGED, SIMULATION_PERIOD_INVALID, SIMULATIONS_TOO_MANY,
            VARY_TWICE, SCENARIOS_TOO_MANY, edits.PART_UNKNOWN, UNIT_UNKNOWN,
        ),
        tag="What-ifs", chars_max=limits.PROGRAMME_BYTES_MAX,
        about="The whole real history is replayed under a draft, a file, or the newest version as if it had been in "
        "force all along, and compared with what was. A worker does it; read the what-if to see how far it is. "
        "Without days it is the last twelve months that are over. Where the very same was asked and nothing has "
        "happened since, it is that one. With `sweep` it is tried with every combination of the values of some "
        "places, over the whole history: `swept` says what each comes to, and which is best within the limits. "
        "`responses` says how strongly members are assumed to respond, in the part of the answer that is apart.",
    ),
    Endpoint(
        "GET", "/v1/simulations", "figures:read", list_, "List what-ifs", Simulations, query=Page,
        refuses=(calls.CURSOR_INVALID,), tag="What-ifs",
    ),
    Endpoint(
        "GET", "/v1/simulations/{id}", "figures:read", read, "Read a what-if", SimulationWhole,
        refuses=(*_ONE, programmes.PROGRAMME_UNPUBLISHED), noun="simulation", csv=True, tag="What-ifs",
        about="`mechanical` leaves behaviour as it was; `behavioural` says on which `assumptions` it rests. There is "
        "an answer only where the replay of what was published equals the ledger to the point; else `refused` says "
        "why. Members who would have got more or less are named to callers with the scope `members:list`.",
    ),
    Endpoint(
        "DELETE", "/v1/simulations/{id}", "simulations:write", remove, "Take a what-if away", SimulationView,
        refuses=_ONE, noun="simulation", tag="What-ifs", about="One that is on its way ends.",
    ),
)  # fmt: skip
