"""The grammar of tiers: ladders, their levels, what is counted for them and what each gives."""

from typing import Final

import msgspec

from guerdon.core import limits, money
from guerdon.core.documents import Document, Mapping
from guerdon.core.grammar.effects import scale_of
from guerdon.core.grammar.records import Field, Record
from guerdon.core.grammar.rules import NAMES
from guerdon.core.grammar.shapes import At, Flag, Key, Points, Whole, Word, Wrong, bounded, exact
from guerdon.core.grammar.structures import Adapted, Keyed, Listing
from guerdon.core.grammar.transfers import Percent
from guerdon.core.grammar.words import KIND, UnitCode
from guerdon.core.ladders import Basis, Benefit, Ladder, Level

NEEDS: Final = {"percent_off": "percent", "early_access": "hours", "companion_tickets": "tickets"}


class Threshold(Points):
    """So much of the ladder's basis: points of its unit, money, or a number of times."""

    form = "a number, like 500"

    def read(self, found: Document, at: At) -> int | Wrong:
        number = exact(found, at, at.scale, self.form)
        return number if isinstance(number, Wrong) else bounded(number, at, 0, limits.MONEY_MAX, scale=at.scale)


def _benefit_fits(value: Benefit, at: At) -> bool:
    """A number stands where the kind has one, and nowhere else."""
    whole = True
    needed = NEEDS.get(value.kind)
    for name in NEEDS.values():
        said = getattr(value, name) is not None
        if said and name != needed:
            told = f"“{name}” says nothing about a benefit of the kind {value.kind}."
            at.under(name).wrong("benefit_number", told, "leave it out")
            whole = False
        elif name == needed and not said:
            told = f"A benefit of the kind {value.kind} needs “{name}”."
            at.under(name).wrong("benefit_number", told, f"add “{name}: …”")
            whole = False
    return whole


_BENEFIT: Final = Record(
    Benefit,
    Field(
        "kind",
        Word(
            "free_shipping", "percent_off", "birthday_gift", "early_access", "priority_support", "companion_tickets",
            "special_prices", "other",
        ),
        "What it is, for tills and shops that grant it.",
    ),
    Field("name", NAMES, "What members read, in each language."),
    Field("percent", Percent(), "How much is taken off, of percent_off."),
    Field("hours", Whole(1, limits.BENEFIT_NUMBER_MAX), "How many hours before everybody, of early_access."),
    Field("tickets", Whole(1, limits.BENEFIT_NUMBER_MAX), "How many a year, of companion_tickets."),
    form="a benefit, with “kind” and “name”",
    step="key",
    check=_benefit_fits,
)  # fmt: skip


def _by_key(found: dict[str, Benefit], at: At) -> tuple[Benefit, ...]:
    return tuple(found.values())


def _benefits_back(value: tuple[Benefit, ...]) -> dict[str, Benefit]:
    return {one.key: one for one in value}


BENEFITS: Final = Adapted(Keyed(Key(), _BENEFIT, limits.BENEFITS_MAX, of="benefits"), _by_key, _benefits_back)


def _level_fits(value: Level, at: At) -> bool:
    if (value.threshold is None) is value.invitation_only:
        return True
    if value.invitation_only:
        at.under("from").wrong("invited_or_earned", "Nobody earns a tier that is invitation-only.", "leave one out")
    else:
        told = "It is not said how the tier is reached."
        at.wrong("invited_or_earned", told, "add “from: …”, or “invitation_only: true”")
    return False


_LEVEL: Final = Record(
    Level,
    Field("name", NAMES, "What members read, in each language."),
    Field("from", Threshold(0), "From how much of the basis on a member has it; 0 for everybody.", "threshold"),
    Field("invitation_only", Flag(), "Whether it is only ever granted by hand."),
    Field(
        "benefits",
        BENEFITS,
        "What it gives besides what rules with a condition on the tier give.",
    ),
    form="a tier, with “name” and “from”",
    step="key",
    check=_level_fits,
)  # fmt: skip


def _one_basis(value: Basis, at: At) -> bool:
    said = [value.points is not None, value.spend, bool(value.visits)]
    if sum(said) == 1:
        return True
    at.wrong("one_key", "A ladder counts one thing: “points”, “spend” or “visits”.", "leave the others out")
    return False


_BASIS: Final = Record(
    Basis,
    Field("points", UnitCode(), "Points of this unit, counted for the day they were earned on."),
    Field("spend", Flag(only=True), "The eligible amount of what was bought and kept, in the programme's currency."),
    Field(
        "visits",
        Listing(KIND, limits.KINDS_MAX, unique=True, of="kinds of activity, like [visit]"),
        "How often one of these activities happened.",
    ),
    form="a mapping like {spend: true} or {points: status}",
    needs_one=("points", "spend", "visits"),
    check=_one_basis,
)


def _levels(found: dict[str, Level], at: At) -> tuple[Level, ...] | Wrong:
    """From the lowest to the highest; each asks more than those before it."""
    before = -1
    for key, level in found.items():
        if level.threshold is None:
            continue
        if level.threshold <= before:
            told = f"“{key}” asks no more than the tier before it."
            return at.under(key).under("from").wrong("not_ascending", told, "list the tiers from the lowest on")
        before = level.threshold
    return tuple(found.values())


def _levels_back(value: tuple[Level, ...]) -> dict[str, Level]:
    return {one.key: one for one in value}


_LEVELS: Final = Adapted(Keyed(Key(), _LEVEL, limits.LEVELS_MAX, least=1, of="tiers"), _levels, _levels_back)


def _in(found: Mapping, at: At) -> At:
    """Thresholds have the decimals of what is counted."""
    basis = found.get("basis")
    said = basis if isinstance(basis, dict) else {}
    if "points" in said:
        return msgspec.structs.replace(at, scale=scale_of(said["points"], at))
    return msgspec.structs.replace(at, scale=money.decimals(at.scope.currency) if "spend" in said else 0)


def _out(value: Ladder, at: At) -> At:
    if value.basis.points is not None:
        return msgspec.structs.replace(at, scale=scale_of(value.basis.points, at))
    return msgspec.structs.replace(at, scale=money.decimals(at.scope.currency) if value.basis.spend else 0)


LADDER: Final = Record(
    Ladder,
    Field("name", NAMES, "Its name in each language."),
    Field("basis", _BASIS, "What lifts a member."),
    Field(
        "window",
        Word("calendar_year", "membership_year", "rolling", "lifetime"),
        "When what was done counts: this year, this year since joining, the last 12 months, for ever.",
    ),
    Field(
        "levels",
        _LEVELS,
        "The tiers, from the lowest to the highest; their keys differ in the whole programme.",
    ),
    Field("downgrade", Word("soft_landing", "earned"), "How far a review lets fall: one tier, or to what is earned."),
    Field("grace_days", Whole(0, limits.VALIDITY_DAYS_MAX), "How many days after a review a downgrade waits."),
    Field("after_return", Word("immediate", "grace", "period_end"), "When a return that undoes a rise takes the tier."),
    Field("crossing", Word("before", "after"), "Which tier the order earns with that crosses a threshold."),
    form="a ladder, with “name”, “basis” and “levels”",
    step="key",
    enter=_in,
    leave=_out,
)  # fmt: skip
_LADDERS: Final = Keyed(Key(), LADDER, limits.LADDERS_MAX, of="ladders")


def _all(found: dict[str, Ladder], at: At) -> tuple[Ladder, ...] | Wrong:
    """A condition names a tier by its key alone, so the keys differ in the whole programme."""
    seen: dict[str, str] = {}
    for key, ladder in found.items():
        for level in ladder.levels:
            if level.key in seen:
                told = f"The ladder “{seen[level.key]}” has a tier “{level.key}”, too."
                place = at.under(key).under("levels").under(level.key)
                return place.wrong("duplicate", told, "give one of them another key", of_key=True)
            seen[level.key] = key
    return tuple(found.values())


def _ladders_back(value: tuple[Ladder, ...]) -> dict[str, Ladder]:
    return {one.key: one for one in value}


LADDERS: Final = Adapted(_LADDERS, _all, _ladders_back)
