"""What pages of the programme look at: what is in force, or a draft; and how an edit comes into a draft."""

from collections.abc import Sequence

import msgspec
from django.contrib import messages
from django.http import HttpResponse

from guerdon.core import limits
from guerdon.core.documents import Mapping
from guerdon.core.drafts import State
from guerdon.core.edits import Edit
from guerdon.core.programme import Programme
from guerdon.engine import drafts as engine
from guerdon.faces.api import drafts as api
from guerdon.faces.asking import ask, reply
from guerdon.faces.console import meanwhile
from guerdon.faces.console.meanwhile import Meanwhile
from guerdon.faces.visits import Visit
from guerdon.features.programmes import forms
from guerdon.features.programmes import queries as programmes
from guerdon.kit import ids


class Source(msgspec.Struct, frozen=True):
    """A programme and where it stands; without a draft it is the newest version, by whose number it is then known."""

    programme: Programme
    draft: str = ""
    title: str = ""
    revision: int = 0
    file: str = ""

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
    if not told:
        book = programmes.latest(visit.store, visit.programme_id)
        newest = book.newest()
        return Source(newest.programme, revision=newest.version, file=engine.source_of(book.versions[-1]))
    row = engine.check(visit.store, visit.programme_id, ids.read("draft", told))
    return Source(row.programme, told, row.draft.title, row.draft.revision, row.draft.source)


def since(visit: Visit, source: Source) -> Meanwhile | None:
    """What others changed since the form was read that is looked at or was sent; None where nobody did."""
    if source.draft:
        return meanwhile.in_draft(visit, source.draft, source.programme, source.revision)
    return meanwhile.in_versions(visit, source.programme, source.revision)


def save(visit: Visit, source: Source, edits: Sequence[Edit], title: str) -> str:
    """Make the edits in the draft one is in, or in a new one: in the very state that the form was read of.

    Answers the id of the draft; raises the refusals of both, `draft_changed` and `draft_outdated` among them.
    """
    draft, seen = source.draft, meanwhile.seen(visit, source.revision)
    if not draft:
        view: api.DraftView = ask(visit, api.begin, body=api.NewDraft(_apart(visit, title), base=seen))
        draft, seen = view.id, view.revision
    made = tuple(api.DraftEdit(one.op, one.path, _raw(one)) for one in edits)
    if made:
        reply(visit, api.edit, draft, body=api.DraftEdits(made), etag=seen)
    return draft


def _apart(visit: Visit, title: str) -> str:
    """A title that no open draft has; whoever changes the same at once is told of the other draft."""
    states: tuple[State, ...] = ("open", "in_review", "approved")
    queue = [api.DraftQueue(limit=limits.PAGE_ROWS_MAX, state=state) for state in states]
    same = [one for asked in queue for one in ask(visit, api.list_, query=asked).drafts if one.title.startswith(title)]
    if not same:
        return title
    other = same[-1]
    messages.warning(visit.request, visit.say("drafts.another", title=other.title, name=other.created_by))
    return f"{title[: limits.NAME_CHARS_MAX - 6]} ({len(same) + 1})"


def _raw(one: Edit) -> msgspec.Raw | msgspec.UnsetType:
    return msgspec.UNSET if one.op == "remove" else msgspec.Raw(msgspec.json.encode(one.value))


def saved(visit: Visit, draft: str, text: str) -> HttpResponse:
    """After an edit: on to the draft."""
    return visit.done(text, "console.draft", draft)
