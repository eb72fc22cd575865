"""Tries to sign in, counted in the database before they are made; the log tells of all, the staff's book of theirs."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, Final, Literal

import msgspec
import structlog
from django.core.exceptions import ValidationError
from django.utils import translation

from guerdon.core import limits
from guerdon.core.errors import Refusal
from guerdon.engine import staff
from guerdon.faces.refusals import people
from guerdon.kit import attempts, clock, ids

_log = structlog.get_logger(__name__)
_WINDOW: Final = timedelta(seconds=limits.ATTEMPTS_SECONDS)


class Way(msgspec.Struct, frozen=True):
    """A way to show who one is: as what it is counted, how many times, and as what it stands in the book."""

    counted: str
    method: str
    most: int = limits.SIGN_INS_OF_USER_MAX


PASSWORD: Final = Way("password", "password")
APP: Final = Way("second factor", "app")
PASSKEY: Final = Way("passkey", "passkey")
PASSKEY_ALONE: Final = Way("passkey alone", "passkey")  # another count: who names somebody else shuts nothing else
CODE: Final = Way("codes", "code", limits.CODES_OF_USER_MAX)
CODE_AGAIN: Final = Way("code again", "code")


def count(way: Way, who: str, *, user_id: str | None, place: str | None = None) -> None:
    """Count a try of somebody, and from a network address. Raises what a form shows where there were too many."""
    try:
        _count(way.counted, who, way.most)
        if place is not None:
            _count("place", place, limits.SIGN_INS_OF_PLACE_MAX)
    except Refusal as refusal:
        over = refusal.kind is attempts.ATTEMPTS_TOO_MANY  # not that it could not be counted now
        if over:
            tell("too_many", way.method, user_id=user_id)
        # Once in a while: whoever hammers at a door fills no book.
        if over and user_id is not None and _once("blocked", f"{way.counted}:{user_id}", _WINDOW):
            staff.note_failure(user_id=user_id, what="sign_in_blocked", method=way.method, now=clock.now())
        raise refused(refusal) from refusal


def failed(way: Way, *, user_id: str, again: bool = False) -> None:
    """What was shown is wrong; `again` where somebody is signed in and was to show anew who they are."""
    tell("wrong", way.method, user_id=user_id, again=again)
    what: staff.Failure = "step_up_failed" if again else "sign_in_failed"
    staff.note_failure(user_id=user_id, what=what, method=way.method, now=clock.now())


def tell(
    outcome: Literal["good", "wrong", "too_many"], method: str, *, user_id: str | None, again: bool = False
) -> None:
    """Tell the log what came of a try, and by what means it was made; who it was by the user's id alone, if anybody."""
    who = None if user_id is None else ids.show("user", user_id)
    _log.info("sign_in", outcome=outcome, method=method, user=who, again=again)


def shown(way: Way, user_id: str, check: Callable[[], Any], *, again: bool = False) -> Any:
    """What the check answers, counted before it is made, and forgotten where it is right."""
    count(way, user_id, user_id=user_id)
    try:
        found = check()
    except ValidationError:
        failed(way, user_id=user_id, again=again)
        raise
    forget(way, user_id)
    return found


def forget(way: Way, who: str) -> None:
    """Somebody has shown who they are: their tries count no more."""
    attempts.forget(what=way.counted, who=who)


def refused(refusal: Refusal) -> ValidationError:
    """A refusal as the mistake of a field."""
    told = people.told(refusal, translation.get_language() or "en", None)
    return ValidationError(told.detail, code=refusal.code)


def once(what: str, who: str, seconds: int) -> bool:
    """Whether something is shown for the first time within so many seconds, whichever process was shown it.

    Raises what a form shows where it can't be counted now.
    """
    try:
        return _once(what, who, timedelta(seconds=seconds))
    except Refusal as refusal:
        raise refused(refusal) from refusal


def _count(what: str, who: str, most: int) -> None:
    attempts.count(what=what, who=who, most=most, window=_WINDOW, now=clock.now())


def _once(what: str, who: str, window: timedelta) -> bool:
    try:
        attempts.count(what=what, who=who, most=1, window=window, now=clock.now())
    except Refusal as refusal:
        if refusal.kind is not attempts.ATTEMPTS_TOO_MANY:
            raise
        return False
    return True
