"""Drafts of the programme: begun, changed part by part, approved by a second person, published, rolled back."""

import json
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Annotated, Final, Literal

import msgspec
from msgspec import Meta

from guerdon.core import drafts as law
from guerdon.core import edits, errors, limits
from guerdon.core.documents import Document
from guerdon.core.drafts import State
from guerdon.core.edits import Edit
from guerdon.core.programme import PROGRAMME_INVALID
from guerdon.core.simulations import SCENARIO_UNKNOWN, SIMULATION_UNKNOWN
from guerdon.engine import drafts as engine
from guerdon.engine.drafts import Deed
from guerdon.faces import called, web
from guerdon.faces.api import calls, sweep_views
from guerdon.faces.api.calls import Call, Endpoint, Page, Reply
from guerdon.faces.api.members import ETAG_INVALID, ETAG_MISSING, seen
from guerdon.faces.api.programme import InLanguage
from guerdon.features.drafts import queries
from guerdon.features.drafts.queries import DraftRow, StepRow
from guerdon.features.programmes import actions as programmes_actions
from guerdon.features.programmes import forms
from guerdon.features.programmes import queries as programmes
from guerdon.kit import ids

Words = Annotated[str, Meta(max_length=limits.TEXT_CHARS_MAX)]


class NewDraft(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A draft on the newest version, which `base` says where no newer one may be; `content_of` rolls back.

    With `simulation` it has the file that the what-if asked about, with the values of a `scenario` of its sweep.
    """

    title: Annotated[str, Meta(min_length=1, max_length=limits.NAME_CHARS_MAX)]
    why: Words = ""
    content_of: Annotated[int, Meta(ge=1)] | None = None
    base: Annotated[int, Meta(ge=1)] | None = None
    simulation: str | None = None
    scenario: Annotated[int, Meta(ge=0)] | None = None


class DraftEdit(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One edit of one part, by its JSON pointer."""

    op: Literal["put", "merge", "remove"]
    path: str
    value: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET


class DraftEdits(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Edits that are made together, or not at all."""

    edits: Annotated[tuple[DraftEdit, ...], Meta(min_length=1, max_length=limits.EDITS_MAX)]
    why: Words = ""


class DraftFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole file of a draft."""

    file: Annotated[str, Meta(min_length=1, max_length=limits.PROGRAMME_BYTES_MAX)]
    why: Words = ""


class DraftWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Why it is done."""

    why: Words = ""


class Rebasing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whose change counts, by the pointer of each part that both changed."""

    take: dict[str, Literal["mine", "theirs"]] = {}
    why: Words = ""


class Publishing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """From when on it is in force; at once where nothing is said."""

    effective_at: datetime | None = None
    why: Words = ""


class DraftView(msgspec.Struct, frozen=True):
    """A draft as it stands."""

    id: str
    title: str
    state: str
    base: int
    newest: int
    revision: int
    version: int | None
    created_at: datetime
    created_by: str
    mine: bool


class Drafts(msgspec.Struct, frozen=True):
    """A page of drafts, in the order in which they were begun."""

    drafts: tuple[DraftView, ...]
    next: str | None


class DraftQueue(Page, frozen=True, forbid_unknown_fields=True):
    """Which drafts: all, or those in one state."""

    state: State | None = None


class PartChange(msgspec.Struct, frozen=True):
    """One part of the canonical document that a step changed."""

    op: str
    path: str
    value: msgspec.Raw


class StepView(msgspec.Struct, frozen=True):
    """Who did what to a draft, when and why."""

    number: int
    verb: str
    actor: str
    at: datetime
    why: str
    changes: tuple[PartChange, ...]


class DraftWhole(msgspec.Struct, frozen=True):
    """A draft with its file, what it changes in plain words, and all its steps."""

    draft: DraftView
    file: str
    document: msgspec.Raw
    differences: tuple[str, ...]
    clashes: tuple[str, ...]
    warnings: tuple[str, ...]
    steps: tuple[StepView, ...]


def begin(call: Call, body: NewDraft) -> Reply:
    """Begin a draft on the newest version."""
    if body.simulation is not None or body.scenario is not None:
        return _reply(call, _of_scenario(call, body), status=201)
    row = engine.begin(
        programme_id=call.programme_id, title=body.title, actor=call.doer, now=call.now, why=body.why,
        content_of=body.content_of, seen=body.base,
    )  # fmt: skip
    return _reply(call, row, status=201)


def _of_scenario(call: Call, body: NewDraft) -> DraftRow:
    """A draft with the file of a scenario; whoever asks again has the one they began."""
    for name in ("content_of", "base"):
        if getattr(body, name) is not None:
            raise web.VALUE_REFUSED(pointer=f"/{name}", reason="scenario_alone", hint="")
    for name in ("simulation", "scenario"):
        if getattr(body, name) is None:
            raise web.VALUE_REFUSED(pointer=f"/{name}", reason="scenario_of", hint="")
    id = ids.read("simulation", body.simulation or "")
    source = sweep_views.source_of(call.store, call.programme_id, id, body.scenario or 0)
    return engine.bring(
        programme_id=call.programme_id, title=body.title, actor=call.doer, now=call.now, source=source, why=body.why
    )  # fmt: skip


def list_(call: Call, query: DraftQueue) -> Reply:
    """All drafts, those that ended too, or those in one state."""
    rows = queries.page(
        call.store, call.programme_id, after=calls.after_id(query.cursor), most=query.limit, state=query.state
    )
    ends = calls.cursor(rows[-1].id) if len(rows) == query.limit else None
    return Reply(Drafts(_views(call, rows), ends), next=ends)


def read(call: Call, id: str, query: InLanguage) -> Reply:
    """A draft with all there is to it."""
    checked = engine.check(call.store, call.programme_id, ids.read("draft", id))
    row, language = checked.draft, query.language or call.language
    reading = forms.read(row.source)
    whole = DraftWhole(
        draft=_views(call, [row])[0],
        file=row.source,
        document=msgspec.Raw(forms.document(checked.programme).encode()),
        differences=called.between(call.store, call.programme_id, checked.base, checked.programme, language),
        clashes=checked.clashes,
        warnings=tuple(str(one) for one in reading.warnings),
        steps=tuple(_step(one) for one in queries.steps(call.store, call.programme_id, row.id)),
    )
    return Reply(whole, etag=row.revision)


def edit(call: Call, id: str, body: DraftEdits) -> Reply:
    """Change parts, all or none."""
    made = [Edit(one.op, one.path, _document(one.value)) for one in body.edits]
    return _reply(call, engine.edit(_deed(call, id, body.why), made))


def write(call: Call, id: str, body: DraftFile) -> Reply:
    """Replace the whole file."""
    return _reply(call, engine.write(_deed(call, id, body.why), body.file))


def submit(call: Call, id: str, body: DraftWords) -> Reply:
    """Ask for a second person."""
    return _reply(call, engine.submit(_deed(call, id, body.why)))


def approve(call: Call, id: str, body: DraftWords) -> Reply:
    """Approve it, as the second person."""
    return _reply(call, engine.approve(_deed(call, id, body.why)))


def send_back(call: Call, id: str, body: DraftWords) -> Reply:
    """Return it with words."""
    return _reply(call, engine.send_back(_deed(call, id, body.why)))


def discard(call: Call, id: str, body: DraftWords) -> Reply:
    """Give it up."""
    return _reply(call, engine.discard(_deed(call, id, body.why)))


def rebase(call: Call, id: str, body: Rebasing) -> Reply:
    """Bring it onto the newest version."""
    return _reply(call, engine.rebase(_deed(call, id, body.why), body.take))


def publish(call: Call, id: str, body: Publishing) -> Reply:
    """Make it the next version."""
    row, _ = engine.publish(_deed(call, id, body.why), effective_at=body.effective_at)
    return _reply(call, row)


def _deed(call: Call, id: str, why: str) -> Deed:
    return Deed(call.programme_id, ids.read("draft", id), call.doer, call.now, seen(call), why)


def _document(raw: msgspec.Raw | msgspec.UnsetType) -> Document:
    """A value as a programme file would say it: a number with decimals is exact text."""
    if isinstance(raw, msgspec.UnsetType):
        return None
    found: Document = json.loads(bytes(raw), parse_float=str)
    return found


def _reply(call: Call, row: DraftRow, status: int = 0) -> Reply:
    location = f"/v1/programme/drafts/{ids.show('draft', row.id)}" if status else None
    return Reply(_views(call, [row])[0], etag=row.revision, status=status, location=location)


def _views(call: Call, rows: Sequence[DraftRow]) -> tuple[DraftView, ...]:
    """As the caller sees them: with those in which they had a hand themselves."""
    assert call.key is not None
    newest = programmes.latest(call.store, call.programme_id).newest().version
    own = queries.authored(call.store, call.programme_id, [row.id for row in rows], call.key.person)
    return tuple(
        [
            DraftView(
                ids.show("draft", row.id), row.title, row.state, row.base, newest, row.revision, row.version,
                row.created_at, row.by, row.id in own,
            )
            for row in rows
        ]
    )  # fmt: skip


def _step(one: StepRow) -> StepView:
    changes = tuple(
        PartChange(each.op, each.path, msgspec.Raw(msgspec.json.encode(each.value))) for each in one.changes
    )
    return StepView(one.number, one.verb, one.actor, one.at, one.why, changes)


_OF_DRAFT: Final = (queries.DRAFT_UNKNOWN, ids.ID_MALFORMED, programmes.PROGRAMME_UNPUBLISHED)
_MOVED: Final = (
    *_OF_DRAFT, law.DRAFT_STATE_WRONG, engine.DRAFT_CHANGED, engine.STEPS_TOO_MANY, ETAG_MISSING, ETAG_INVALID,
)  # fmt: skip
_CHANGED: Final = (*_MOVED, PROGRAMME_INVALID, programmes.PROGRAMME_KEY_CHANGED)


def _moving(
    verb: str, right: Literal["programme:write", "programme:approve"], run: Callable[..., Reply], summary: str,
    takes: type[msgspec.Struct], refuses: tuple[errors.Kind, ...], about: str,
) -> Endpoint:  # fmt: skip
    """A step of a draft that stands for the revision in If-Match."""
    return Endpoint(
        "POST", f"/v1/programme/drafts/{{id}}/{verb}", right, run, summary, DraftView, takes=takes,
        refuses=(*_MOVED, *refuses), noun="draft", etag=True, tag="Programme", about=about,
    )  # fmt: skip


ROUTES: Final[tuple[Endpoint, ...]] = (
    Endpoint(
        "POST", "/v1/programme/drafts", "programme:write", begin, "Begin a draft", DraftView, takes=NewDraft,
        status=201, etag=True,
        refuses=(
            programmes.PROGRAMME_UNPUBLISHED, programmes.VERSION_UNKNOWN, engine.DRAFTS_TOO_MANY, engine.DRAFT_OUTDATED,
            SIMULATION_UNKNOWN, SCENARIO_UNKNOWN, ids.ID_MALFORMED, PROGRAMME_INVALID,
            programmes.PROGRAMME_KEY_CHANGED, engine.STEPS_TOO_MANY,
        ),
        tag="Programme",
        about="On the newest version. With `content_of` it says what an older version said: publishing it rolls back. "
        "With `base` it is refused where a newer version is out than the one that was looked at. With `simulation` "
        "and `scenario` it has the file that was asked about with the values of that scenario; whoever has one open "
        "already that says the same is answered that one.",
    ),
    Endpoint(
        "GET", "/v1/programme/drafts", "rules:read", list_, "List the drafts", Drafts, query=DraftQueue,
        refuses=(calls.CURSOR_INVALID, programmes.PROGRAMME_UNPUBLISHED), tag="Programme",
    ),
    Endpoint(
        "GET", "/v1/programme/drafts/{id}", "rules:read", read, "Read a draft", DraftWhole, query=InLanguage,
        refuses=_OF_DRAFT, noun="draft", etag=True, tag="Programme",
        about="With its file, what it changes in plain words, the parts that newer versions changed otherwise, and "
        "every step of it.",
    ),
    Endpoint(
        "PATCH", "/v1/programme/drafts/{id}", "programme:write", edit, "Change parts of a draft", DraftView,
        takes=DraftEdits, refuses=(*_CHANGED, edits.PART_UNKNOWN), noun="draft", etag=True, tag="Programme",
        chars_max=limits.PROGRAMME_BYTES_MAX,
        about="`put`, `merge` (RFC 7396) or `remove` what a JSON pointer leads to: `/rules/base`, `/currency`. All "
        "edits are made or none: what the grammar refuses is told in `errors`, each with its pointer. The rest of "
        "the file stays as it is written. A draft that was submitted or approved has to be submitted again.",
    ),
    Endpoint(
        "PUT", "/v1/programme/drafts/{id}/file", "programme:write", write, "Replace the file of a draft", DraftView,
        takes=DraftFile, refuses=_CHANGED, noun="draft", etag=True, tag="Programme",
        chars_max=limits.PROGRAMME_BYTES_MAX,
    ),
    _moving(
        "submit", "programme:write", submit, "Ask for a second person", DraftWords, (engine.DRAFT_UNCHANGED,),
        "From then on it waits for somebody who had no hand in it.",
    ),
    _moving(
        "approve", "programme:approve", approve, "Approve a draft", DraftWords, (law.OWN_DRAFT,),
        "Nobody approves what they began, changed or submitted. What is approved is the revision in If-Match.",
    ),
    _moving(
        "return", "programme:approve", send_back, "Return a draft", DraftWords, (law.DRAFT_WORDS_MISSING,),
        "With words in `why`; it is open again.",
    ),
    _moving(
        "rebase", "programme:write", rebase, "Bring a draft up to date", Rebasing,
        (engine.DRAFT_CLASHES, PROGRAMME_INVALID),
        "What it changed of its base is changed of the newest version. Where both changed one part, it is refused with "
        "the parts until `take` says whose counts.",
    ),
    _moving(
        "publish", "programme:write", publish, "Publish a draft", Publishing,
        (
            law.DRAFT_NOT_APPROVED, engine.DRAFT_OUTDATED, engine.DRAFT_UNCHANGED, engine.DRAFT_IN_PAST,
            programmes_actions.PROGRAMME_CURRENCY_CHANGED, programmes_actions.UNIT_CHANGED,
            programmes_actions.VOUCHER_CHANGED, programmes_actions.VERSION_TOO_FAR,
        ),
        "At once, or from `effective_at` on. Where the newest version has `review: required` it must be approved.",
    ),
    _moving(
        "discard", "programme:write", discard, "Discard a draft", DraftWords, (), "For good; its steps stay readable.",
    ),
)  # fmt: skip
