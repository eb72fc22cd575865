"""The account of who has signed in: the role here, the ways to sign in, and where one is signed in."""

from typing import Final

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.http import HttpResponse
from django.urls import reverse

from guerdon.core import rights
from guerdon.faces.console import frame
from guerdon.faces.visits import Page, Visit


def show(visit: Visit) -> HttpResponse:
    """Who one is here, and the ways on."""
    factors = Authenticator.objects.filter(user_id=visit.user_id).count()
    sessions = UserSession.objects.filter(user_id=visit.user_id).count()
    ways = (
        ("shield-check", "factors", visit.say("console_house.factors_about", count=factors), "mfa_index"),
        ("lock", "password", visit.say("console_house.password_about"), "signin.password"),
        ("monitor", "sessions", visit.say("console_house.sessions_about", count=sessions), "signin.sessions"),
    )
    told = [(icon, visit.say(f"console_house.{word}"), about, reverse(to)) for icon, word, about, to in ways]
    role = visit.say(f"signin.as_{visit.role}")
    context = {"ways": told, "role": role, "deeds": _deeds(visit)}
    return frame.page(visit, "console/account.html", context, area="console.account")


def _deeds(visit: Visit) -> tuple[str, ...]:
    """What somebody may do whose work has no page here: they are led to this one, so it says it."""
    if any(visit.may(one.needs) for areas in frame.AREAS.values() for one in areas):
        return ()
    return tuple([visit.say(f"rights.{one}") for one in rights.RIGHTS if visit.may(one)])


PAGES: Final[tuple[Page, ...]] = (Page("console/<slug:programme>/account", "programme:read", show, "console.account"),)
