"""What a form of a page has sent, as the same value that the API takes, through the same gate."""

from typing import Any, Final, TypeVar

import msgspec
from django.http import HttpRequest

from guerdon.core import limits
from guerdon.core.errors import Refusal
from guerdon.faces import intake, web, words
from guerdon.faces.refusals import people
from guerdon.kit import gate, ids

T = TypeVar("T")
TOKEN: Final = "token"  # noqa: S105 - the name of a field, which makes that a form is done once however often it is sent
SURE: Final = "sure"  # the name of a field, by which a form says that it was asked for and is really meant
QUESTION: Final = "question"  # the name of a field, by which a form names the question that it answers
OURS: Final = frozenset({"csrfmiddlewaretoken", TOKEN, SURE, QUESTION})


def check_whole(request: HttpRequest) -> None:
    """Raises `body_too_large` where only a part of the form is here, as it was too large."""
    if intake.TOO_LARGE in request.META:
        raise intake.BODY_TOO_LARGE(bytes_max=limits.BODY_BYTES_MAX)


def read(request: HttpRequest, kind: type[T], *, also: dict[str, Any] | None = None) -> T:
    """The form as a value of the kind. `price.amount` is a part of a part, `units[]` has as many values as were sent.

    What is left blank was not said; `also` says what no field asks for. Raises `value_refused` and the gate's refusals.
    """
    told: dict[str, Any] = {}
    for name, values in request.POST.lists():
        if name not in OURS:
            _put(told, name, [str(one) for one in values])
    return shaped(told | (also or {}), kind)


def shaped(told: dict[str, Any], kind: type[T]) -> T:
    """What a form has told as a value of the kind. Raises `value_refused` and the gate's refusals."""
    try:
        whole = msgspec.json.encode(told)
    except RecursionError as error:  # a name of thousands of parts
        raise gate.malformed(error) from error
    body = gate.clean(whole)
    try:
        return msgspec.convert(msgspec.json.decode(body), kind, strict=False)
    except msgspec.ValidationError as error:
        raise web.misfit(error, body=body, kind=kind) from error


def carried(text: str, kind: type[T]) -> T:
    """What a page has written into a hidden field as JSON. Raises `value_refused` and the gate's refusals."""
    body = gate.clean(text.encode())
    try:
        return msgspec.json.decode(body, type=kind)
    except msgspec.ValidationError as error:
        raise web.misfit(error, body=body, kind=kind) from error


def _put(told: dict[str, Any], name: str, values: list[str]) -> None:
    *path, last = name.split(".")
    many = last.endswith("[]")
    said = [one for one in values if one.strip()] if many else values[-1].strip()
    if not said and not many:
        return
    for step in path:
        inner = told.setdefault(step, {})
        if not isinstance(inner, dict):
            return  # it was said to be a text before: what follows is nobody's
        told = inner
    told[last.removesuffix("[]")] = said


def token(request: HttpRequest) -> str:
    """The Idempotency-Key that the form carries, or a fresh one for a form that has none."""
    return request.POST.get(TOKEN) or ids.new()


def revision(told: str) -> int:
    """Of which state of a thing a form was made, as it says; 0, which nothing has, where it says none."""
    return int(told) if told.isdecimal() and len(told) < 10 else 0


def fault(refusal: Refusal, language: str | None = None) -> str:
    """All that is wrong as one text, for where there are no fields."""
    return " ".join(dict.fromkeys(faults(refusal, language).values()))


def faults(refusal: Refusal, language: str | None = None) -> dict[str, str]:
    """What is wrong, by the name of the field where it stands; under "" what is said above the form."""
    spoken = language or words.language()
    problem = web.problem(refusal, language=spoken)
    if not problem.errors:
        return {"": people.told(refusal, spoken).detail}
    hint = str(refusal.facts.get("hint", ""))
    return {
        one.pointer.strip("/").replace("/", "."): people.at_field(one.reason, hint, spoken) or one.message
        for one in problem.errors
    }
