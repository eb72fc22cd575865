"""What somebody has shown of who they are in this session: by what means, when, and which address is theirs."""

from typing import Any, Final, cast

from allauth.account.internal.flows.login import get_authentication_records
from django.http import HttpRequest

from guerdon.core import limits
from guerdon.features.users.models import User
from guerdon.kit import clock

_STRONG: Final = ("mfa", "link")  # a second factor, a passkey, or a link of the operator's


def strong(request: HttpRequest) -> bool:
    """Whether more than a password or a code was shown within a day of work: a second factor, a passkey, a link."""
    since = clock.now().timestamp() - limits.STAFF_HOURS * 3_600
    return any(one["at"] >= since and one["method"] in _STRONG for one in records(request))


def ever_strong(request: HttpRequest) -> bool:
    """Whether that was shown at all in this session, however long ago."""
    return any(one["method"] in _STRONG for one in records(request))


def recent(request: HttpRequest, *, strictly: bool = False) -> bool:
    """Whether somebody has shown a short while ago who they are; `strictly`: by more than a password or a code."""
    since = clock.now().timestamp() - limits.FRESH_SECONDS
    return any(one["at"] >= since and (one["method"] in _STRONG or not strictly) for one in records(request))


def renew(request: HttpRequest) -> None:
    """Give the session another name, as somebody has shown again who they are: who had the old one has nothing."""
    request.session.cycle_key()


def email(request: HttpRequest) -> str | None:
    """The address that somebody has shown to be theirs in this session, which is sealed; it is kept nowhere else."""
    told = [one["email"] for one in records(request) if one.get("email")]
    return told[-1] if told else None


def user(request: HttpRequest) -> User:
    """Who has signed in."""
    found = request.user
    assert isinstance(found, User), "only who has signed in is asked for"
    return found


def records(request: HttpRequest) -> list[dict[str, Any]]:
    """How somebody has shown who they are in this session, and when."""
    return list(get_authentication_records(request, cast(Any, request.user)))
