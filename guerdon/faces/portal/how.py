"""How the programme works, for everybody: told by the rules themselves, with examples that are decided by them."""

from typing import Final

import msgspec
from django.http import HttpResponse

from guerdon.core import sentences
from guerdon.core.period import Period
from guerdon.core.programme import Programme
from guerdon.core.sentences import summaries
from guerdon.faces import sampled
from guerdon.faces.portal import frame
from guerdon.faces.sampled import Sampled
from guerdon.faces.visits import Page, Visit

_ICONS: Final = {
    "earning": "coins", "expiry": "hourglass", "tiers": "crown", "rewards": "gift", "membership": "star",
    "household": "users", "sharing": "send", "limits": "info",
}  # fmt: skip


class Part(msgspec.Struct, frozen=True):
    """What there is to say under one heading, with its icon and the name that leads to it."""

    name: str
    title: str
    icon: str
    sentences: tuple[str, ...]


def how(visit: Visit) -> HttpResponse:
    """The programme as it is now, under headings."""
    programme = summaries.current(visit.programme, Period(visit.now))
    of = Sampled(visit.store, visit.programme_id, visit.book.current(visit.now), visit.language, visit.now)
    context = {
        "parts": parts(programme, visit.language),
        "examples": tuple(sampled.examples(of)), "worths": tuple(sampled.worths(of)),
    }  # fmt: skip
    return frame.page(
        visit, "portal/how.html", context, part="portal.home" if visit.member_id is not None else ""
    )  # fmt: skip


def parts(programme: Programme, language: str) -> tuple[Part, ...]:
    """A programme as members read it."""
    return tuple(
        [
            Part(one.topic, one.heading, _ICONS[one.topic], tuple([each.sentence for each in one.paragraphs]))
            for one in sentences.summary(programme, language, audience="member")
        ]
    )


PAGES: Final[tuple[Page, ...]] = (Page("my/<slug:programme>/how", "public", how, "portal.how"),)
