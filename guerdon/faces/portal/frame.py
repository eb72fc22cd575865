"""What stands around every page of the portal: the ways to its parts, the language, and the way out."""

from typing import Any, Final, NamedTuple

from django.http import HttpResponse

from guerdon.faces import leaving, show
from guerdon.faces.api import members
from guerdon.faces.asking import ask
from guerdon.faces.design import guide
from guerdon.faces.design.shapes import Link
from guerdon.faces.sure import Waiting
from guerdon.faces.visits import Visit
from guerdon.kit import ids


class Part(NamedTuple):
    """A part of the portal: its first page, its word, its icon."""

    page: str
    word: str
    icon: str


PARTS: Final = (
    Part("portal.home", "portal.home", "house"),
    Part("portal.rewards", "portal.rewards", "gift"),
    Part("portal.card", "portal.card", "qr-code"),
    Part("portal.activity", "portal.activity", "history"),
    Part("portal.club", "portal.club", "crown"),
)


def page(
    visit: Visit, template: str, context: dict[str, Any] | None = None, *, part: str = "", status: int = 200
) -> HttpResponse:
    """A page of the portal; `part` is the first page of where it belongs, nothing for who is no member (yet)."""
    links = tuple(Link(visit.say(one.word), visit.to(one.page), one.icon, one.page == part) for one in PARTS if part)
    told = {
        "links": links, "languages": guide.LANGUAGES, "viewed": _viewed(visit) if visit.viewing else "",
        "leaving": leaving.of(visit, visit.member_id) if part and visit.member_id else None,
    }  # fmt: skip
    answered = show.page(visit, template, {**told, **(context or {})}, status)
    if part:
        answered.headers["Cache-Control"] = "no-store, private"  # a member's own; the worker keeps what it may
    return answered


def question(visit: Visit, waiting: Waiting) -> HttpResponse:
    """The page that asks whether something is really meant."""
    return page(visit, "portal/sure.html", {"waiting": waiting, "asked": waiting.asked}, part=waiting.asked.area)


def _viewed(visit: Visit) -> str:
    """Whose pages somebody of the staff looks at, as the banner names them."""
    assert visit.member_id is not None
    shown = ids.show("member", visit.member_id)
    person = ask(visit, members.read, shown).person
    return person.name if person is not None and person.name else shown
