"""How the programme works, for everybody: in short, then told by the rules themselves, folded until it is asked for."""

from collections.abc import Iterator
from itertools import groupby
from typing import Final

import msgspec
from django.http import HttpResponse

from guerdon.core import sentences
from guerdon.core.law import Law
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
_LIVES: Final = 3  # units whose life is told in short


class Told(msgspec.Struct, frozen=True):
    """All that is said of one rule, unit or reward, under its name where it has one."""

    name: str
    text: str


class Part(msgspec.Struct, frozen=True):
    """What there is to say under one heading, with its icon and the name that leads to it."""

    topic: str
    title: str
    icon: str
    told: tuple[Told, ...]


def how(visit: Visit) -> HttpResponse:
    """The programme as it is now, under headings."""
    seen = summaries.seen_by(visit.programme, visit.member_id)
    programme = summaries.current(seen, Period(visit.now))
    law = visit.book.current(visit.now)
    law = law if seen is visit.programme else Law(seen, law.version)
    of = Sampled(visit.store, visit.programme_id, law, visit.language, visit.now)
    context = {
        "parts": parts(programme, visit.language), "examples": tuple(sampled.examples(of)),
        "brief": (*sampled.worths(of), *_brief(programme, visit.language)),
    }  # fmt: skip
    return frame.page(
        visit, "portal/how.html", context, part="portal.home" if visit.member_id is not None else ""
    )  # fmt: skip


def _brief(programme: Programme, language: str) -> Iterator[str]:
    """How long points live, and how tiers are reached."""
    for unit in [one for one in programme.units.values() if one.spendable][:_LIVES]:
        yield sentences.life(unit, programme, language)
    for ladder in programme.tiers[:1]:
        yield sentences.ladder(ladder, programme, language)[0]


def parts(programme: Programme, language: str) -> tuple[Part, ...]:
    """A programme as members read it."""
    return tuple(
        [
            Part(one.topic, one.heading, _ICONS[one.topic], tuple(_told(one)))
            for one in sentences.summary(programme, language, audience="member")
        ]
    )


def _told(section: summaries.Section) -> Iterator[Told]:
    for (of, name), told in groupby(section.paragraphs, key=lambda each: (each.of, each.name)):
        texts = [each.sentence for each in told]
        yield from [Told("", text) for text in texts] if of is None else [Told(name, " ".join(texts))]


PAGES: Final[tuple[Page, ...]] = (Page("my/<slug:programme>/how", "public", how, "portal.how"),)
