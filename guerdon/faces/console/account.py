"""The account of who has signed in: the role here, the ways to sign in, and where one is signed in."""

from typing import Final

from django.http import HttpResponse
from django.urls import reverse

from guerdon.core import rights
from guerdon.faces.console import frame
from guerdon.faces.visits import Page, Visit

# What is set up, and where one is signed in, is counted where it is looked at: there nothing of it is over.
_WAYS: Final = (
    ("shield-check", "factors", "mfa_index"), ("lock", "password", "signin.password"),
    ("monitor", "sessions", "signin.sessions"),
)  # fmt: skip


def show(visit: Visit) -> HttpResponse:
    """Who one is here, and the ways on."""
    told = [
        (icon, visit.say(f"console_house.{word}"), visit.say(f"console_house.{word}_about"), reverse(to))
        for icon, word, to in _WAYS
    ]
    role = visit.say(f"signin.as_{visit.role}")
    context = {"ways": told, "role": role, "deeds": _deeds(visit)}
    return frame.page(visit, "console/account.html", context, area="console.account")


def _deeds(visit: Visit) -> tuple[str, ...]:
    """What somebody may do whose work has no page here: they are led to this one, so it says it."""
    if any(visit.may(one.needs) for areas in frame.AREAS.values() for one in areas):
        return ()
    return tuple([visit.say(f"rights.{one}") for one in rights.RIGHTS if visit.may(one)])


PAGES: Final[tuple[Page, ...]] = (Page("console/<slug:programme>/account", "programme:read", show, "console.account"),)
