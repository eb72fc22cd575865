"""What somebody has typed, set aside in their sealed session until they have shown again who they are."""

from typing import Any, Final

import msgspec
from django.http import HttpRequest

from guerdon.core import limits

_KEY: Final = "aside"
_OURS: Final = frozenset({"csrfmiddlewaretoken"})


class Aside(msgspec.Struct, frozen=True):
    """A form that was sent: where to, with what in it, and the page that it stood on."""

    path: str
    fields: tuple[tuple[str, str], ...]
    back: str


def put(request: HttpRequest, *, back: str) -> bool:
    """Set the form aside that was sent; answers whether it could be, as files and what is very long are not kept."""
    told = [(name, one) for name, many in request.POST.lists() if name not in _OURS for one in many]
    if request.FILES or sum(len(name) + len(one) for name, one in told) > limits.ASIDE_CHARS_MAX:
        return False
    request.session[_KEY] = msgspec.to_builtins(Aside(request.get_full_path(), tuple(told), back))
    return True


def get(request: HttpRequest) -> Aside | None:
    """The form that waits."""
    kept: Any = request.session.get(_KEY)
    return None if kept is None else msgspec.convert(kept, Aside)


def drop(request: HttpRequest) -> None:
    """It was sent, or is given up."""
    request.session.pop(_KEY, None)
