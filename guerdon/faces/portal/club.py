"""Tiers, what each gives and how to keep it; and the ways to everything else that belongs to a member."""

from typing import Final

from django.http import HttpResponse

from guerdon.faces import climbs
from guerdon.faces.design.shapes import Link
from guerdon.faces.portal import frame, own
from guerdon.faces.visits import Page, Visit


def club(visit: Visit) -> HttpResponse:
    """The ladders, and where else to go."""
    programme = visit.programme
    there = {
        "plans": bool(programme.plans), "household": programme.households is not None,
        "gifts": any(one.transfers for one in programme.units.values()), "gift_card": programme.gift_cards is not None,
    }  # fmt: skip
    icons = {"plans": "star", "household": "users", "gifts": "gift", "gift_card": "credit-card"}
    ways = tuple(
        [
            Link(visit.say(f"portal_club.{name}"), visit.to(f"portal.{name}"), icons[name])
            for name, is_there in there.items()
            if is_there
        ]
    )
    context = {"climbs": climbs.of_member(visit, own.shown(visit)), "ways": ways}
    return frame.page(visit, "portal/club.html", context, part="portal.club")


PAGES: Final[tuple[Page, ...]] = (Page("my/<slug:programme>/club", "self", club, "portal.club"),)
