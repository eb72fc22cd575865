"""What a law gives for sample purchases, in words: examples for whoever reads how a programme works."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

import msgspec

from guerdon.core import sentences
from guerdon.core.activities import PURCHASE, Activity, Line, Member
from guerdon.core.conditions import LineIs
from guerdon.core.effects import Table
from guerdon.core.law import Law
from guerdon.core.money import decimals
from guerdon.core.programme import Programme, Unit
from guerdon.core.samples import SampleMember
from guerdon.core.sentences.tongue import Tongue
from guerdon.faces import words
from guerdon.insight import trials
from guerdon.kit.store import Store

_BASKET: Final = 40  # in whole units of the currency: as much as somebody pictures
_REGULAR: Final = SampleMember(did={PURCHASE: 3})
_LARGE: Final = 2
_EXAMPLES_MAX: Final = 6
_WORTHS: Final = (1, 5)  # how many times the points that the programme prices


class Sampled(msgspec.Struct, frozen=True):
    """A law, what its budgets have left in which programme, and how it is told when."""

    store: Store
    programme_id: str
    law: Law
    language: str
    now: datetime

    @property
    def programme(self) -> Programme:
        """The programme of the law."""
        return self.law.programme

    @property
    def tongue(self) -> Tongue:
        """The language, with its grammar."""
        return sentences.tongue(self.language)

    def say(self, key: str, **facts: object) -> str:
        """Words in the language."""
        return words.say(key, self.language, **facts)


def examples(of: Sampled) -> Iterator[str]:
    """What a purchase gives to somebody who has been there before, the first one, one that is as large as rules name,
    of goods that rules name, and in each tier; what gives the same is not said twice. Where purchases give nothing,
    what else happens does."""
    plain, new = _gives(of, _basket(of), _REGULAR), _gives(of, _basket(of), SampleMember())
    if not (plain or new):
        yield from _others(of)
        return
    money = of.tongue.money(_amount(of), of.programme.currency)
    told = 0
    if plain:
        told += 1
        yield of.say("portal_how.example", money=money, points=plain)
    if new not in ("", plain):
        told += 1
        yield of.say("portal_how.example_first", money=money, points=new)
    for amount in _large(of):
        told += 1
        points = _gives(of, _activity(of, PURCHASE, amount), _REGULAR)
        yield of.say("portal_how.example", money=of.tongue.money(amount, of.programme.currency), points=points)
    for category in _categories(of.programme):
        points = _gives(of, _basket(of, category), _REGULAR)
        if points not in ("", plain) and told < _EXAMPLES_MAX:
            told += 1
            goods = sentences.lines(LineIs("category", frozenset({category})), of.programme, of.language)
            yield of.say("portal_how.example_of", money=money, goods=goods, points=points)
    for ladder in of.programme.tiers:
        for tier in ladder.levels:
            points = _gives(of, _basket(of), msgspec.structs.replace(_REGULAR, tiers=(tier.key,)))
            if points not in ("", plain) and told < _EXAMPLES_MAX:
                told += 1
                name = of.tongue.named(tier.name)
                yield of.say("portal_how.example_tier", money=money, tier=name, points=points)


def worths(of: Sampled) -> Iterator[str]:
    """What points are worth that can be spent, and what they pay of a purchase where that is not the same."""
    for unit in of.programme.units.values():
        if not unit.spendable:
            continue
        if unit.worth is not None:
            for times in _WORTHS:
                yield _worth(of, unit, times)
        if unit.pays is not None and unit.pays.worth(unit.pays.minimum):
            points, money = unit.pays.minimum, unit.pays.worth(unit.pays.minimum)
            yield of.say(
                "portal_how.pays", points=of.tongue.points(points, unit),
                money=of.tongue.money(money, of.programme.currency),
            )  # fmt: skip


def _worth(of: Sampled, unit: Unit, times: int) -> str:
    assert unit.worth is not None
    points = of.tongue.points(unit.worth.points * times, unit)
    return of.say(
        "portal_how.worth", points=points, money=of.tongue.money(unit.worth.amount * times, of.programme.currency)
    )


def _others(of: Sampled) -> Iterator[str]:
    """What the programme's own kinds of activities give, where they need no more than to happen."""
    for kind in list(of.programme.kinds.values())[:_EXAMPLES_MAX]:
        points = _gives(of, _activity(of, kind.key), SampleMember())
        if points:
            yield of.say("portal_how.example_kind", kind=of.tongue.named(kind.name), points=points)


def _activity(of: Sampled, kind: str, amount: int | None = None, lines: tuple[Line, ...] = ()) -> Activity:
    return Activity(
        kind=kind, source="how", external_id="how", occurred_at=_ordinary(of), member=Member(), amount=amount,
        lines=lines,
    )  # fmt: skip


def _basket(of: Sampled, category: str | None = None) -> Activity:
    amount = _amount(of)
    lines = () if category is None else (Line(amount=amount, category=category),)
    return _activity(of, PURCHASE, amount if category is None else None, lines)


def _ordinary(of: Sampled) -> datetime:
    """Noon of the next Tuesday: what is special about the day of the visit is no example."""
    today = of.now.astimezone(of.programme.zone).replace(hour=12, minute=0, second=0, microsecond=0)
    return today + timedelta(days=(1 - today.weekday()) % 7 or 7)


def _amount(of: Sampled) -> int:
    return _BASKET * int(10 ** decimals(of.programme.currency))


def _large(of: Sampled) -> list[int]:
    """The least amounts, above that of the other examples, from which on a purchase gives more."""
    gives = [each for one in of.programme.rules if PURCHASE in one.when for each in one.then]
    steps = {step.amount_min for one in gives if isinstance(one, Table) for step in one.steps}
    return sorted(amount for amount in steps if amount > _amount(of))[:_LARGE]


def _categories(programme: Programme) -> list[str]:
    """The categories of goods that rules name."""
    where = [one.where for one in programme.rules if PURCHASE in one.when]
    named = [one.any_of for one in where if isinstance(one, LineIs) and one.what == "category"]
    return sorted(frozenset().union(*named))


def _gives(of: Sampled, activity: Activity, sample: SampleMember) -> str:
    """What an activity gives of all that can be spent, in words; nothing where it gives none."""
    decided = trials.of(of.store, of.programme_id, of.law, activity, sample=sample, now=of.now).decision
    sums: dict[str, int] = {}
    for award in decided.awards:
        sums[award.unit] = sums.get(award.unit, 0) + award.points
    units = of.programme.units
    told = [of.tongue.points(points, units[unit]) for unit, points in sums.items() if units[unit].spendable]
    return of.tongue.all_of(told) if told else ""
