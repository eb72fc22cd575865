"""What pages of the programme look at: what is in force, or a draft; and how an edit comes into a draft."""

from collections.abc import Sequence

import msgspec
from django.contrib import messages
from django.http import HttpResponse

from guerdon.core import edits, limits
from guerdon.core.documents import Mapping
from guerdon.core.drafts import State
from guerdon.core.edits import Edit
from guerdon.core.errors import Refusal
from guerdon.core.programme import Programme
from guerdon.engine import drafts as engine
from guerdon.engine.adjust import Actor
from guerdon.faces.api import drafts as api
from guerdon.faces.asking import ask, reply
from guerdon.faces.console import meanwhile
from guerdon.faces.console.meanwhile import Meanwhile
from guerdon.faces.show import Pen
from guerdon.faces.visits import Visit
from guerdon.features.drafts import queries
from guerdon.features.programmes import forms
from guerdon.features.programmes import queries as programmes
from guerdon.kit import ids


class Source(msgspec.Struct, frozen=True):
    """A programme and where it stands; without a draft it is the newest version, by whose number it is then known.

    `seen` is the state that a form was read of, and `known` the ids of the drafts that there were then, with
    blanks between. `coming` is from when the newest version counts, in words, where it is not in force yet.
    """

    programme: Programme
    revision: int
    seen: int
    file: str
    draft: str = ""
    title: str = ""
    known: str = ""
    coming: str = ""

    @property
    def document(self) -> Mapping:
        """The canonical document."""
        return forms.to_document(self.programme)

    @property
    def written(self) -> Mapping:
        """The document as its file says it."""
        return engine.document_of(self.file)

    @property
    def query(self) -> str:
        """What addresses carry on, so that one stays in the draft."""
        return f"?draft={self.draft}" if self.draft else ""


def of(visit: Visit, draft: str = "") -> Source:
    """The draft, or what the address asks for by `draft=`, or else the newest version. Raises `draft_unknown`."""
    told = draft or visit.request.GET.get("draft") or visit.request.POST.get("draft") or ""
    if told:
        return _draft(visit, told)
    book = programmes.latest(visit.store, visit.programme_id)
    newest = book.newest()
    known = visit.request.POST.get("known") if visit.request.method == "POST" else None
    if known is None:
        own = _own(visit, newest.version)
        there = queries.of_base(visit.store, visit.programme_id, newest.version)
        known = " ".join([ids.show("draft", one.id) for one in there if own is None or one.id != own.id])
    seen = meanwhile.seen(visit, newest.version)
    row = book.versions[-1]
    coming = Pen(visit).since(row.effective_at) if row.effective_at > visit.now else ""
    return Source(newest.programme, newest.version, seen, engine.source_of(row), known=known, coming=coming)


def begun(visit: Visit, pointer: str = "") -> Source:
    """What a form begins with: as `of`, but where no draft is asked for, with the open one that its user has begun.

    Who takes up something – an entry of the file, that the `pointer` leads to – which was removed there, begins with
    what is in force. Raises `draft_unknown`.
    """
    source = of(visit)
    own = None if source.draft or not visit.may("programme:write") else _own(visit, source.revision)
    if own is None:
        return source
    try:
        edits.part(engine.document_of(own.source), pointer)
    except Refusal as refusal:
        if refusal.kind is not edits.PART_UNKNOWN:
            raise
        return source
    return _draft(visit, ids.show("draft", own.id))


def _own(visit: Visit, version: int) -> queries.DraftRow | None:
    """The open draft of the newest version that one is in the middle of."""
    return queries.open_of(visit.store, visit.programme_id, version, visit.user_id or "")


def after(visit: Visit, refusal: Refusal) -> Source:
    """What a form that was refused looks at: it goes on in a draft that somebody has begun meanwhile."""
    if refusal.kind is engine.DRAFT_BEGUN:
        return _draft(visit, str(refusal.facts["draft"]), seen=1)  # all that was changed in it is news
    return of(visit)


def _draft(visit: Visit, draft: str, seen: int | None = None) -> Source:
    row = engine.check(visit.store, visit.programme_id, ids.read("draft", draft))
    at = row.draft.revision
    of = meanwhile.seen(visit, at) if seen is None else seen
    return Source(row.programme, at, of, row.draft.source, draft, row.draft.title)


def since(visit: Visit, source: Source, here: str = "") -> Meanwhile | None:
    """What others changed since the form was read that is looked at or was sent; None where nobody did.

    One begins again at `here`, or where the form was sent.
    """
    path = here or visit.request.path
    if source.seen == source.revision:
        return None
    if source.draft:
        return meanwhile.in_draft(visit, source.draft, source.programme, source.seen, source.revision, path)
    return meanwhile.in_versions(visit, source.programme, source.seen, source.revision, path)


def save(visit: Visit, source: Source, made: Sequence[Edit], title: str, told: str) -> HttpResponse:
    """Make the edits in the draft one is in, or in a new one: in the very state that the form was read of; then on to
    the draft, which says what is `told`. Where nothing differs there is nothing to make: one is told so at the form.

    They come into one's own open draft, or into the one that somebody has begun meanwhile, so that two do not make two.
    Raises the refusals of both, `draft_changed`, `draft_begun` and `draft_outdated`.
    """
    if not made:
        messages.info(visit.request, visit.say("drafts.untouched"))
        return visit.on(visit.request.path + source.query)
    return visit.done(told, "console.draft", _put(visit, source, made, title))


def _put(visit: Visit, source: Source, made: Sequence[Edit], title: str) -> str:
    """The id of the draft that has the edits now."""
    if source.draft:
        body = api.DraftEdits(tuple([api.DraftEdit(one.op, one.path, _raw(one)) for one in made]))
        reply(visit, api.edit, source.draft, body=body, etag=source.seen)
        return source.draft
    apart, another = _apart(visit, title)
    row, there = engine.put(
        made, programme_id=visit.programme_id, title=apart, actor=_actor(visit),
        now=visit.now, seen=source.seen, known={ids.read("draft", one) for one in source.known.split()},
    )  # fmt: skip
    if there:
        own = _own(visit, row.base)
        mine = own is not None and own.id == row.id
        told = visit.say("drafts.gone_on" if mine else "drafts.joined", title=row.title, name=row.by)
        messages.info(visit.request, told)
    elif another:
        messages.warning(visit.request, another)
    return ids.show("draft", row.id)


def bring(visit: Visit, title: str, *, file: str | None = None, content_of: int | None = None) -> str:
    """A whole file, or what an older version said, in a draft: in one, however often the same is sent."""
    row = engine.bring(
        programme_id=visit.programme_id, title=title, actor=_actor(visit), now=visit.now, source=file,
        content_of=content_of,
    )  # fmt: skip
    return ids.show("draft", row.id)


def _actor(visit: Visit) -> Actor:
    return Actor(visit.name, visit.user_id or "", "user")


def _apart(visit: Visit, title: str) -> tuple[str, str]:
    """A title that no open draft has, and what whoever changes the same as another draft is told of that one."""
    states: tuple[State, ...] = ("open", "in_review", "approved")
    queue = [api.DraftQueue(limit=limits.PAGE_ROWS_MAX, state=state) for state in states]
    same = [one for asked in queue for one in ask(visit, api.list_, query=asked).drafts if one.title.startswith(title)]
    if not same:
        return title, ""
    other = visit.say("drafts.another", title=same[-1].title, name=same[-1].created_by)
    return f"{title[: limits.NAME_CHARS_MAX - 6]} ({len(same) + 1})", other


def _raw(one: Edit) -> msgspec.Raw | msgspec.UnsetType:
    return msgspec.UNSET if one.op == "remove" else msgspec.Raw(msgspec.json.encode(one.value))
