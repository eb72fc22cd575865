"""A ladder of tiers as a form over the draft: added, changed, taken out, and tried on every member."""

from collections.abc import Sequence
from typing import Final

from django.http import HttpResponse

from guerdon.core import sentences
from guerdon.core.programme import Programme
from guerdon.faces.console import entries, moves, tier_parts
from guerdon.faces.console.entries import Folder
from guerdon.faces.visits import Page, Visit


def _said(programme: Programme, key: str, language: str) -> Sequence[str]:
    ladder = next(one for one in programme.tiers if one.key == key)
    return sentences.ladder(ladder, programme, language)


FOLDER: Final = Folder(
    "tiers", "console.tiers", "console.ladder", "ladder", "crown", tier_parts.ladder, tier_parts.opened,
    tier_parts.closed, tier_parts.spot, _said, moves.preview,
)  # fmt: skip


def listed(visit: Visit, id: str) -> HttpResponse:
    """The ladders of a draft."""
    return entries.listed(visit, FOLDER, id)


def new(visit: Visit) -> HttpResponse:
    """A ladder to be written."""
    return entries.new(visit, FOLDER)


def edit(visit: Visit, key: str) -> HttpResponse:
    """A ladder with its tiers."""
    return entries.edit(visit, FOLDER, key)


def save(visit: Visit, key: str = "") -> HttpResponse:
    """What was sent of it."""
    return entries.save(visit, FOLDER, key)


def remove(visit: Visit, key: str) -> HttpResponse:
    """Take it out, in a draft."""
    return entries.remove(visit, FOLDER, key)


_AT: Final = "console/<slug:programme>/"
_ONE: Final = f"{_AT}ladders/<str:key>"
PAGES: Final[tuple[Page, ...]] = (
    Page(f"{_AT}drafts/<str:id>/tiers", "rules:read", listed, "console.draft_tiers"),
    Page(f"{_AT}new-ladder", "programme:write", new, "console.ladder_new"),
    Page(f"{_AT}new-ladder", "programme:write", save, "console.ladder_new", methods=("POST",)),
    Page(f"{_ONE}/edit", "programme:write", edit, "console.ladder_edit"),
    Page(f"{_ONE}/edit", "programme:write", save, "console.ladder_edit", methods=("POST",)),
    Page(f"{_ONE}/remove", "programme:write", remove, "console.ladder_remove", methods=("POST",)),
)
