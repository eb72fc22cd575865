"""What somebody has typed, set aside in a sealed session until they have shown again who they are, or signed in."""

from typing import Any, Final

import msgspec
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from guerdon.core import limits
from guerdon.faces import cookies, intake
from guerdon.kit import clock, secrets

_KEY: Final = "aside"
_LEFT: Final = "aside.left"  # in a session that nobody has signed in to: what was sent after the one before had ended
_COOKIE: Final = "whose"  # who has last signed in with this browser, by a mark that only this installation can make
_MARK_CHARS: Final = 32
_OURS: Final = frozenset({"csrfmiddlewaretoken"})
_SECRETS: Final = frozenset({"password", "secret", "code", "codes"})  # fields whose values are kept nowhere


class Aside(msgspec.Struct, frozen=True):
    """A form that was sent: where to, with what in it, and the page that it stood on."""

    path: str
    fields: tuple[tuple[str, str], ...]
    back: str


class Left(msgspec.Struct, frozen=True):
    """A form that was sent when the session was over: whose it is, and until when it waits for them."""

    kept: Aside
    user_id: str
    until: int  # seconds since 1970


def put(request: HttpRequest, *, back: str) -> bool:
    """Set the form aside that was sent; answers whether it could be, as files and what is very long are not kept."""
    kept = _sent(request, back)
    if kept is not None:
        request.session[_KEY] = msgspec.to_builtins(kept)
    return kept is not None


def leave(request: HttpRequest, *, back: str, user_id: str) -> bool:
    """Set it aside for who has sent it and is signed out: nobody else is shown it, and what may be secret is not kept.

    Answers whether it could be.
    """
    kept = _sent(request, back)
    if kept is None or any(name.removesuffix("[]") in _SECRETS for name, _ in kept.fields):
        return False
    until = int(clock.now().timestamp()) + limits.ASIDE_SECONDS
    request.session[_LEFT] = msgspec.to_builtins(Left(kept, user_id, until))
    return True


def take(request: HttpRequest, *, user_id: str) -> bool:
    """Let what was left wait for whoever has signed in, if it is theirs and not too old; answers whether it does."""
    told: Any = request.session.pop(_LEFT, None)
    if told is None:
        return False
    left = msgspec.convert(told, Left)
    if left.user_id != user_id or left.until < clock.now().timestamp():
        return False
    request.session[_KEY] = msgspec.to_builtins(left.kept)
    return True


def _sent(request: HttpRequest, back: str) -> Aside | None:
    told = [(name, one) for name, many in request.POST.lists() if name not in _OURS for one in many]
    if (
        intake.TOO_LARGE in request.META
        or request.FILES
        or sum(len(name) + len(one) for name, one in told) > limits.ASIDE_CHARS_MAX
    ):
        return None
    return Aside(request.get_full_path(), tuple(told), back)


def get(request: HttpRequest) -> Aside | None:
    """The form that waits."""
    kept: Any = request.session.get(_KEY)
    return None if kept is None else msgspec.convert(kept, Aside)


def drop(request: HttpRequest) -> None:
    """It is sent now, if it is what waited."""
    kept = get(request)
    if kept is not None and kept.path == request.get_full_path():
        del request.session[_KEY]


def sign(request: HttpRequest, answered: HttpResponseBase, *, user_id: str) -> None:
    """Let the browser know whose pages it shows, until it is closed: a form that comes too late is theirs."""
    if whose(request) != user_id:
        mark = secrets.signed("whose", user_id, chars=_MARK_CHARS)
        answered.set_cookie(
            cookies.name(_COOKIE), f"{user_id}.{mark}", httponly=True, samesite="Strict", secure=settings.HTTPS
        )


def whose(request: HttpRequest) -> str | None:
    """Whose pages the browser has shown; None where it does not say, or nobody here has told it."""
    user_id, _, mark = request.COOKIES.get(cookies.name(_COOKIE), "").partition(".")
    return user_id if secrets.is_signed("whose", user_id, mark, chars=_MARK_CHARS) else None


def forget(answered: HttpResponse) -> None:
    """Who signs out has nothing that waits."""
    answered.delete_cookie(cookies.name(_COOKIE))
