"""Who may found a programme: whoever has the link that the terminal shows, or who owns one here already."""

from typing import Final

import msgspec
from django.http import HttpRequest

from guerdon.core import limits
from guerdon.engine import founding
from guerdon.faces import sessions
from guerdon.features.programmes import queries as programmes
from guerdon.features.users import queries as users
from guerdon.features.users.queries import StaffRow
from guerdon.kit import clock, secrets, store

_MARK_CHARS: Final = 32  # 128 bits of a keyed digest
_UNTIL: Final = "start.until"  # in the session: until when whoever came by the link may go on


class Caller(msgspec.Struct, frozen=True):
    """Who is let in: an owner of a programme that is here already, or without one whoever came by the link."""

    owner: StaffRow | None

    @property
    def first(self) -> bool:
        """Whether the installation has nothing yet."""
        return self.owner is None


def link() -> str:
    """The address that lets whoever has it found the first programme, for `limits.ENTRY_HOURS`: it is a secret."""
    until = int(clock.now().timestamp()) + limits.ENTRY_HOURS * 3_600
    mark = secrets.signed("start", str(until), chars=_MARK_CHARS)
    return f"/start/open/{until:x}-{mark}"


def empty() -> bool:
    """Whether there is no programme yet."""
    return not programmes.every(store.current())


def admit(request: HttpRequest, token: str) -> bool:
    """Let in whoever has a link that holds; answers whether it does."""
    told, _, mark = token.partition("-")
    try:
        until = int(told, 16)
    except ValueError:
        return False
    if not secrets.is_signed("start", str(until), mark, chars=_MARK_CHARS) or until < clock.now().timestamp():
        return False
    request.session[_UNTIL] = until
    return True


def caller(request: HttpRequest) -> Caller | None:
    """Who asks; None for who has not shown the link. Raises `installation_founded` where it opens nothing any more."""
    if empty():
        return Caller(None) if request.session.get(_UNTIL, 0) >= clock.now().timestamp() else None
    owner = _owner(request)
    if owner is None:
        raise founding.INSTALLATION_FOUNDED()
    return Caller(owner)


def leave(request: HttpRequest) -> None:
    """It is founded: the link has done what it was for."""
    request.session.pop(_UNTIL, None)


def _owner(request: HttpRequest) -> StaffRow | None:
    if not request.user.is_authenticated or not sessions.strong(request):
        return None
    owned = [one for one in users.of_user(store.current(), str(request.user.pk)) if one.role == "owner"]
    return owned[0] if owned else None
