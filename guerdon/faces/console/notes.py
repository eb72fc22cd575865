"""Notes of the staff about a member: written once, read by those who may, never shown to the member's own pages."""

from typing import Annotated, Final

import msgspec
from django.http import HttpResponse
from msgspec import Meta

from guerdon.core import limits
from guerdon.core.errors import Refusal
from guerdon.engine import notes
from guerdon.faces import posted
from guerdon.faces.api import calls
from guerdon.faces.console import forms, member
from guerdon.faces.console.forms import Field
from guerdon.faces.design.shapes import Paging
from guerdon.faces.visits import Page, Visit
from guerdon.features.looks.queries import Looker
from guerdon.features.notes import queries
from guerdon.kit import ids

_ROWS: Final = 20
_TAB: Final = "console.notes"


class NewNote(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is to be remembered."""

    text: Annotated[str, Meta(min_length=1, max_length=limits.NOTE_CHARS_MAX)]


def show(visit: Visit, id: str) -> HttpResponse:
    """The notes, the latest first, and a field for one more."""
    return _show(visit, id, forms.empty(_field(visit)))


def write(visit: Visit, id: str) -> HttpResponse:
    """Keep a note."""
    try:
        wanted = posted.read(visit.request, NewNote)
        notes.write(
            programme_id=visit.programme_id, member_id=ids.read("member", id), text=wanted.text, author=visit.name,
            author_id=visit.user_id or ids.NIL, now=visit.now,
        )  # fmt: skip
    except Refusal as refusal:
        return _show(visit, id, forms.filled(visit, _field(visit), refusal=refusal), status=422)
    return visit.done(visit.say("acts.noted"), _TAB, id)


def _show(visit: Visit, id: str, form: forms.Form, status: int = 200) -> HttpResponse:
    found = member.read(visit, id)
    who = Looker("person", visit.user_id or ids.NIL, visit.name, "notes.read")
    cursor = visit.request.GET.get("cursor")
    before = queries.LAST if cursor is None else calls.after_id(cursor)
    told = notes.read(
        programme_id=visit.programme_id, member_id=ids.read("member", found.id), who=who, now=visit.now, before=before,
        most=_ROWS,
    )  # fmt: skip
    more = Paging("", later=f"?cursor={calls.cursor(told[-1].id)}") if len(told) == _ROWS else None
    context = {"form": form, "notes": told, "paging": more, "writes": visit.may("privacy:write")}
    return member.page(visit, found, _TAB, "console/notes.html", context, status)


def _field(visit: Visit) -> Field:
    return Field("text", visit.say("acts.new_note"), "area", visit.say("acts.new_note_hint"))


PAGES: Final[tuple[Page, ...]] = (
    Page("console/<slug:programme>/members/<str:id>/notes", "privacy:read", show, _TAB),
    Page("console/<slug:programme>/members/<str:id>/notes", "privacy:write", write, "console.note", ("POST",)),
)
