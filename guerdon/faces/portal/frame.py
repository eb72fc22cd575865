"""What stands around every page of the portal: the ways to its parts, the language, and the way out."""

from typing import Any, Final, NamedTuple

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from guerdon.faces import posted, show, words
from guerdon.faces.api import members
from guerdon.faces.asking import ask
from guerdon.faces.design import guide
from guerdon.faces.design.shapes import Link
from guerdon.faces.visits import Visit
from guerdon.kit import ids


class Part(NamedTuple):
    """A part of the portal: its first page, its word, its icon."""

    page: str
    word: str
    icon: str


class Question(NamedTuple):
    """What is asked before something is done: what it comes to, the word for yes, and the way back."""

    title: str
    about: str
    yes: str
    back: str
    kind: str = ""


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
    links = tuple(Link(say(visit, one.word), to(visit, one.page), one.icon, one.page == part) for one in PARTS if part)
    told = {"links": links, "languages": guide.LANGUAGES, "viewed": _viewed(visit) if visit.viewing else ""}
    answered = show.page(visit, template, {**told, **(context or {})}, status)
    if part:
        answered.headers["Cache-Control"] = "no-store, private"  # a member's own; the worker keeps what it may
    return answered


def _viewed(visit: Visit) -> str:
    """Whose pages somebody of the staff looks at, as the banner names them."""
    assert visit.member_id is not None
    shown = ids.show("member", visit.member_id)
    person = ask(visit, members.read, shown).person
    return person.name if person is not None and person.name else shown


def say(visit: Visit, key: str, **facts: object) -> str:
    """Words in the language of the visit."""
    return words.say(key, visit.language, **facts)


def to(visit: Visit, page: str, *ids: str) -> str:
    """The address of a page of the programme."""
    return reverse(page, args=[visit.row.key, *ids])


def sure(visit: Visit, asked: Question, *, part: str) -> HttpResponse:
    """Ask whether it is really meant: the same form once more, with `sure` in it."""
    ours = ("csrfmiddlewaretoken", posted.TOKEN, "sure")
    hidden = {name: value for name, value in visit.request.POST.items() if name not in ours}
    context = {"asked": asked, "hidden": hidden, "token": posted.token(visit.request)}
    return page(visit, "portal/sure.html", context, part=part)


def is_sure(visit: Visit) -> bool:
    """Whether that was asked, and answered with yes."""
    return visit.request.POST.get("sure") == "true"


def done(visit: Visit, text: str, page: str, *ids: str) -> HttpResponse:
    """After something was done: on to a page, which says so."""
    messages.success(visit.request, text)
    answered = HttpResponseRedirect(to(visit, page, *ids))
    answered.status_code = 303
    return answered
