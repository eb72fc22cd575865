"""The question before something is done, as it waits in the sealed session: asked by a page that can be loaded again.

What was sent, and by which name it is done once, stays here until it is answered, so that its page is only looked at.
Then what it led to stays in its place, so that whoever comes back to it is led on and not asked again.
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
    """A question: of whom it was asked in which language, where its form is sent, and with what in it.

    It waits until it is answered with yes, and that was done: then `led` is the address that this led to.
    """

    asked: Question
    whose: tuple[str, str]  # the account that signed in, and the member, as far as there are some
    language: str
    path: str
    token: str
    fields: tuple[tuple[str, str], ...]
    id: str
    led: str = ""


def put(request: HttpRequest, asked: Question, *, token: str, whose: tuple[str, str], language: str) -> str:
    """Keep the question with all that was sent; answers where it is asked. Raises `question_too_long`."""
    told = [(name, one) for name, many in request.POST.lists() if name not in posted.OURS for one in many]
    if sum(len(name) + len(one) for name, one in told) > limits.QUESTION_CHARS_MAX:
        raise QUESTION_TOO_LONG(most=limits.QUESTION_CHARS_MAX)
    id = ids.new()
    waiting = Waiting(asked, whose, language, request.path, token, tuple(told), id)
    latest = sorted(_kept(request).items())[-(limits.QUESTIONS_MAX - 1) :]  # their names are in the order of time
    request.session[_KEY] = dict(latest) | {id: msgspec.to_builtins(waiting)}
    return f"{request.path}?{ASKED}={id}"


def get(request: HttpRequest, *, whose: tuple[str, str]) -> Waiting | None:
    """The question that the address or the form names; None where there is none, or it is not theirs or of here."""
    found = _read(_kept(request).get(request.GET.get(ASKED) or request.POST.get(posted.QUESTION, "")))
    return found if found and (found.whose, found.path) == (whose, request.path) else None


def answered(request: HttpRequest, waiting: Waiting, led: str) -> None:
    """What was asked is done, and led to this address: so it is wherever the same was asked by the same name."""
    said = (waiting.path, waiting.token, waiting.fields)
    found = {id: _read(one) for id, one in _kept(request).items()}
    same = {id: one for id, one in found.items() if one and (one.path, one.token, one.fields) == said}
    done = {id: msgspec.to_builtins(msgspec.structs.replace(one, led=led)) for id, one in same.items()}
    if done:  # the visit may have ended with it
        request.session[_KEY] = _kept(request) | done


def _kept(request: HttpRequest) -> dict[str, Any]:
    kept: dict[str, Any] = request.session.get(_KEY, {})
    return kept


def _read(kept: Any) -> Waiting | None:
    """None where there is none, or an older release asked otherwise."""
    try:
        return msgspec.convert(kept, Waiting)
    except msgspec.ValidationError:
        return None
