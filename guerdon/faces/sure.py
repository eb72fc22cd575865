"""The question before something is done, as it waits in the sealed session: asked by a page that can be loaded again.

What was sent, and by which name it is done once, stays here until it is answered, so that its page is only looked at.
"""

from typing import Any, Final

import msgspec
from django.http import HttpRequest

from guerdon.core import errors, limits
from guerdon.faces import posted
from guerdon.faces.design.shapes import Fact, Link
from guerdon.kit import ids

QUESTION_TOO_LONG = errors.declare("invalid", "question_too_long", "most")
ASKED: Final = "sure"  # by what the address of a page names the question that it shows
_KEY: Final = "sure"
_OURS: Final = frozenset({"csrfmiddlewaretoken", posted.TOKEN, posted.SURE})


class Lines(msgspec.Struct, frozen=True):
    """A few lines under a heading."""

    title: str
    lines: tuple[str, ...]


class Question(msgspec.Struct, frozen=True):
    """What is asked: what it comes to, the word for yes, the way back, and to which part of the face it belongs."""

    title: str
    yes: str
    back: str
    about: str = ""
    kind: str = ""
    area: str = ""
    facts: tuple[Fact, ...] = ()
    warnings: tuple[str, ...] = ()
    lists: tuple[Lines, ...] = ()
    crumbs: tuple[Link, ...] = ()


class Waiting(msgspec.Struct, frozen=True):
    """A question that waits: of whom it was asked in which language, where its form is sent, and with what in it."""

    asked: Question
    whose: tuple[str, str]  # the account that signed in, and the member, as far as there are some
    language: str
    path: str
    token: str
    fields: tuple[tuple[str, str], ...]


def put(request: HttpRequest, asked: Question, *, token: str, whose: tuple[str, str], language: str) -> str:
    """Keep the question with all that was sent; answers where it is asked. Raises `question_too_long`."""
    told = [(name, one) for name, many in request.POST.lists() if name not in _OURS for one in many]
    if sum(len(name) + len(one) for name, one in told) > limits.QUESTION_CHARS_MAX:
        raise QUESTION_TOO_LONG(most=limits.QUESTION_CHARS_MAX)
    kept: dict[str, Any] = request.session.get(_KEY, {})
    id = ids.new()
    waiting = Waiting(asked, whose, language, request.path, token, tuple(told))
    latest = sorted(kept.items())[-(limits.QUESTIONS_MAX - 1) :]  # their names are in the order of time
    request.session[_KEY] = dict(latest) | {id: msgspec.to_builtins(waiting)}
    return f"{request.path}?{ASKED}={id}"


def get(request: HttpRequest, *, whose: tuple[str, str]) -> Waiting | None:
    """The question that the address names; None where it waits no more, or is somebody else's or of another page."""
    kept: Any = request.session.get(_KEY, {}).get(request.GET.get(ASKED, ""))
    try:
        found = msgspec.convert(kept, Waiting)
    except msgspec.ValidationError:  # there is none, or an older release asked otherwise
        return None
    return found if (found.whose, found.path) == (whose, request.path) else None
