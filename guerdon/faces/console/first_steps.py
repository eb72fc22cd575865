"""What to do with a programme that has just gone live: the addresses to give away, and the pages to begin with."""

from typing import Final

import msgspec
from django.http import HttpResponse
from django.urls import reverse

from guerdon.core.rights import Right
from guerdon.faces.console import frame
from guerdon.faces.visits import Page, Visit


class Thing(msgspec.Struct, frozen=True):
    """One thing to do."""

    title: str
    about: str
    address: str
    icon: str


# By what it says: the page, its icon, and the right that whoever does it needs.
_THINGS: Final[dict[str, tuple[str, str, Right]]] = {
    "next_staff": ("console.staff", "user-plus", "staff:write"),
    "next_till": ("till.home", "store", "activities:write"),
    "next_portal": ("portal.welcome", "smartphone", "figures:read"),
    "next_members": ("console.members", "users", "segments:read"),
    "next_keys": ("console.keys", "key-round", "keys:write"),
    "next_rules": ("console.rules", "workflow", "rules:read"),
}


def first_steps(visit: Visit) -> HttpResponse:
    """What the visitor may do of it."""
    factor = Thing(
        visit.say("start.next_factor"), visit.say("start.next_factor_about"), reverse("mfa_index"),
        "shield-check",
    )  # fmt: skip
    things = [_thing(visit, name, page, icon) for name, (page, icon, right) in _THINGS.items() if visit.may(right)]
    return frame.page(visit, "console/first_steps.html", {"things": [factor, *things]}, area="console.home")


def _thing(visit: Visit, name: str, page: str, icon: str) -> Thing:
    address = visit.to(page)
    shown = visit.request.build_absolute_uri(address)
    return Thing(
        visit.say(f"start.{name}"), visit.say(f"start.{name}_about", address=shown), address, icon
    )  # fmt: skip


PAGES: Final[tuple[Page, ...]] = (
    Page("console/<slug:programme>/first-steps", "figures:read", first_steps, "console.first_steps"),
)
