"""The question before something is done: what it comes to, in figures and words; the same form once more says yes."""

from typing import Final

import msgspec
from django.http import HttpResponse

from guerdon.faces import posted
from guerdon.faces.console import frame
from guerdon.faces.design.shapes import Fact, Link
from guerdon.faces.visits import Visit
from guerdon.kit import ids

_OURS: Final = frozenset({"csrfmiddlewaretoken", posted.TOKEN, "sure"})


class Lines(msgspec.Struct, frozen=True):
    """A few lines under a heading."""

    title: str
    lines: tuple[str, ...]


class Question(msgspec.Struct, frozen=True):
    """What is asked: what it comes to, the word for yes, where it is sent, and the way back."""

    title: str
    yes: str
    action: str
    back: str
    about: str = ""
    kind: str = ""
    facts: tuple[Fact, ...] = ()
    warnings: tuple[str, ...] = ()
    lists: tuple[Lines, ...] = ()


def ask(visit: Visit, asked: Question, *, area: str, crumbs: tuple[Link, ...] = ()) -> HttpResponse:
    """The page of the question, with all that was sent hidden in its form, which has a token of its own."""
    hidden = [(name, value) for name, values in visit.request.POST.lists() if name not in _OURS for value in values]
    context = {"asked": asked, "hidden": hidden, "token": ids.new(), "crumbs": crumbs}
    return frame.page(visit, "console/preview.html", context, area=area)


def said(visit: Visit) -> bool:
    """Whether that was asked, and answered with yes."""
    return visit.request.POST.get("sure") == "true"
