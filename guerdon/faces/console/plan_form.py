"""A plan of paid memberships as a form over the draft: added, changed and taken out."""

from collections.abc import Sequence
from typing import Final

from django.http import HttpResponse

from guerdon.core import sentences
from guerdon.core.programme import Programme
from guerdon.faces.console import entries, plan_parts
from guerdon.faces.console.entries import Folder
from guerdon.faces.visits import Page, Visit


def _said(programme: Programme, key: str, language: str) -> Sequence[str]:
    return sentences.plan(programme.plans[key], programme, language)


FOLDER: Final = Folder(
    "plans", "console.plans", "console.plan", "plan", "refresh-cw", plan_parts.plan, plan_parts.opened,
    plan_parts.closed, plan_parts.spot, _said,
)  # fmt: skip


def listed(visit: Visit, id: str) -> HttpResponse:
    """The plans of a draft."""
    return entries.listed(visit, FOLDER, id)


def new(visit: Visit) -> HttpResponse:
    """A plan to be written."""
    return entries.new(visit, FOLDER)


def edit(visit: Visit, key: str) -> HttpResponse:
    """A plan with what it gives."""
    return entries.edit(visit, FOLDER, key)


def save(visit: Visit, key: str = "") -> HttpResponse:
    """What was sent of it."""
    return entries.save(visit, FOLDER, key)


def remove(visit: Visit, key: str) -> HttpResponse:
    """Take it out, in a draft."""
    return entries.remove(visit, FOLDER, key)


_AT: Final = "console/<slug:programme>/"
_ONE: Final = f"{_AT}plan/<str:key>"
PAGES: Final[tuple[Page, ...]] = (
    Page(f"{_AT}drafts/<str:id>/plans", "rules:read", listed, "console.draft_plans"),
    Page(f"{_AT}new-plan", "programme:write", new, "console.plan_new"),
    Page(f"{_AT}new-plan", "programme:write", save, "console.plan_new", methods=("POST",)),
    Page(f"{_ONE}/edit", "programme:write", edit, "console.plan_edit"),
    Page(f"{_ONE}/edit", "programme:write", save, "console.plan_edit", methods=("POST",)),
    Page(f"{_ONE}/remove", "programme:write", remove, "console.plan_remove", methods=("POST",)),
)
