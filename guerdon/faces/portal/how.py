"""How the programme works, for everybody: told by the rules themselves, with examples that are decided by them."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

import msgspec
from django.http import HttpResponse

from guerdon.core import sentences
from guerdon.core.activities import PURCHASE, Activity, Line, Member
from guerdon.core.conditions import LineIs
from guerdon.core.money import decimals
from guerdon.core.period import Period
from guerdon.core.programme import Unit
from guerdon.core.samples import SampleMember
from guerdon.core.sentences import summaries
from guerdon.faces.portal import frame
from guerdon.faces.show import Pen
from guerdon.faces.visits import Page, Visit
from guerdon.insight import trials

_BASKET: Final = 40  # in whole units of the currency: as much as somebody pictures
_EXAMPLES_MAX: Final = 6
_WORTHS: Final = (1, 5)  # how many times the points that the programme prices
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
    pen = Pen(visit)
    parts = tuple(
        [
            Part(one.topic, one.heading, _ICONS[one.topic], tuple([each.sentence for each in one.paragraphs]))
            for one in sentences.summary(programme, visit.language, audience="member")
        ]
    )
    context = {"parts": parts, "examples": tuple(_examples(visit, pen)), "worths": tuple(_worths(visit, pen))}
    return frame.page(
        visit, "portal/how.html", context, part="portal.home" if visit.member_id is not None else ""
    )  # fmt: skip


def _examples(visit: Visit, pen: Pen) -> Iterator[str]:
    """What a purchase gives to somebody new, of goods that rules name, and in each tier; what gives the same is not
    said twice."""
    plain = _gives(visit, pen, None, SampleMember())
    if not plain:
        return
    money = pen.money(_amount(visit))
    yield frame.say(visit, "portal_how.example", money=money, points=plain)
    told = 1
    for category in _categories(visit):
        points = _gives(visit, pen, category, SampleMember())
        if points not in ("", plain) and told < _EXAMPLES_MAX:
            told += 1
            goods = sentences.lines(LineIs("category", frozenset({category})), visit.programme, visit.language)
            yield frame.say(visit, "portal_how.example_of", money=money, goods=goods, points=points)
    for ladder in visit.programme.tiers:
        for tier in ladder.levels:
            points = _gives(visit, pen, None, SampleMember(tiers=(tier.key,)))
            if points not in ("", plain) and told < _EXAMPLES_MAX:
                told += 1
                name = pen.tongue.named(tier.name)
                yield frame.say(visit, "portal_how.example_tier", money=money, tier=name, points=points)


def _ordinary(visit: Visit) -> datetime:
    """Noon of the next Tuesday: what is special about the day of the visit is no example."""
    today = visit.now.astimezone(visit.zone).replace(hour=12, minute=0, second=0, microsecond=0)
    return today + timedelta(days=(1 - today.weekday()) % 7 or 7)


def _amount(visit: Visit) -> int:
    return _BASKET * int(10 ** decimals(visit.programme.currency))


def _categories(visit: Visit) -> list[str]:
    """The categories of goods that rules name."""
    where = [one.where for one in visit.programme.rules if PURCHASE in one.when]
    named = [one.any_of for one in where if isinstance(one, LineIs) and one.what == "category"]
    return sorted(frozenset().union(*named))


def _gives(visit: Visit, pen: Pen, category: str | None, sample: SampleMember) -> str:
    """What a basket gives of all that can be spent, in words; nothing where it gives none."""
    amount = _amount(visit)
    lines = () if category is None else (Line(amount=amount, category=category),)
    basket = Activity(
        kind=PURCHASE, source="how", external_id="how", occurred_at=_ordinary(visit), member=Member(),
        amount=amount if category is None else None, lines=lines,
    )  # fmt: skip
    law = visit.book.current(visit.now)
    decided = trials.of(visit.store, visit.programme_id, law, basket, sample=sample, now=visit.now).decision
    sums: dict[str, int] = {}
    for award in decided.awards:
        sums[award.unit] = sums.get(award.unit, 0) + award.points
    units = visit.programme.units
    told = [pen.points(points, unit) for unit, points in sums.items() if units[unit].spendable]
    return pen.tongue.all_of(told) if told else ""


def _worths(visit: Visit, pen: Pen) -> Iterator[str]:
    for code, unit in visit.programme.units.items():
        if unit.worth is not None and unit.spendable:
            for times in _WORTHS:
                yield _worth(visit, pen, code, unit, times)


def _worth(visit: Visit, pen: Pen, code: str, unit: Unit, times: int) -> str:
    assert unit.worth is not None
    points, money = pen.points(unit.worth.points * times, code), pen.money(unit.worth.amount * times)
    return frame.say(visit, "portal_how.worth", points=points, money=money)


PAGES: Final[tuple[Page, ...]] = (Page("my/<slug:programme>/how", "public", how, "portal.how"),)
