"""The grammar of saved segments: the conditions of rules that are about members, and those that only segments need."""

from typing import Final, cast

import msgspec

from guerdon.core import documents, limits, period, rooms
from guerdon.core.conditions import BirthdayMonth, Counter, DaysSince
from guerdon.core.documents import Document, Mapping
from guerdon.core.grammar.conditions import alternative, between, tally_in, tally_of
from guerdon.core.grammar.effects import scale_of
from guerdon.core.grammar.lines import SEVERAL_FORM, of
from guerdon.core.grammar.records import Field, Record
from guerdon.core.grammar.rules import NAMES
from guerdon.core.grammar.shapes import At, Key, Points, Scope, Shape, TooManyProblems, Whole, Word, Wrong
from guerdon.core.grammar.structures import Adapted, Alternative, Cases, Choices, Flipped, Later, Listing, Yes
from guerdon.core.grammar.times import Day
from guerdon.core.grammar.words import COUNT, COUNTED_KINDS, KIND, CounterName, Tally, UnitCode, VoucherKey
from guerdon.core.programme import Programme
from guerdon.core.segments import All, Any, Ask, Balance, Born, Holds, Joined, Last, Not, Segment, walk

_DAYS: Final = Whole(0, limits.VALIDITY_DAYS_MAX)


def _possible(value: Joined | Last, at: At) -> bool:
    """Whether some day can be in both bounds."""
    if value.start is not None and value.until is not None and value.start >= value.until:
        told = "“until” is not after “from”: no day lies between."
        at.under("until").wrong("window_empty", told, "“until” is the first day that no longer counts")
        return False
    if value.days_min is not None and value.days_max is not None and value.days_min > value.days_max:
        told = "“days_max” is below “days_min”: no number of days lies between."
        at.under("days_max").wrong("never_holds", told, "swap the two")
        return False
    return True


def _bounded(value: Balance, at: At) -> bool:
    if value.min is not None and value.max is not None and value.min > value.max:
        at.under("max").wrong("never_holds", "“max” is below “min”: no number lies between.", "swap the two")
        return False
    return True


def _counted(value: Counter, at: At) -> bool:
    """A counter says something only where the programme counts it."""
    known = at.scope.keys.get("counted", ())
    if f"{value.what} {value.period}" not in known:
        told = f"The programme does not count “{value.what}” by {value.period}: only what some rule looks at."
        at.wrong("never_holds", told, f"counted are: {documents.listed(known, 30)}")
        return False
    return between(value, at)


def _named_kind(value: DaysSince, at: At) -> bool:
    return value.kind is not None  # it is needed, so its absence has been told


def _unit_in(found: Mapping, at: At) -> At:
    return msgspec.structs.replace(at, scale=scale_of(found.get("unit"), at))


def _unit_of(value: Balance, at: At) -> At:
    return msgspec.structs.replace(at, scale=at.scope.scales.get(value.unit, 0))


def _span(what: str) -> tuple[Field, ...]:
    return (
        Field("from", Day(), f"The first local day of the {what} that counts.", "start"),
        Field("until", Day(), "The first local day that no longer counts."),
        Field("days_min", _DAYS, "At least so many local days ago."),
        Field("days_max", _DAYS, "At most so many local days ago."),
    )


_ONE_OF_SPAN: Final = ("from", "until", "days_min", "days_max")
_JOINED: Final = Record(
    Joined, *_span("enrolment"), form="a mapping like {days_max: 30}", needs_one=_ONE_OF_SPAN, check=_possible
)
_LAST: Final = Record(
    Last,
    Field("kind", KIND, "The kind of activity; a purchase where it is not said."),
    *_span("latest one"),
    form="a mapping like {days_min: 90}",
    needs_one=_ONE_OF_SPAN,
    check=_possible,
)
_DAYS_SINCE: Final = Record(
    DaysSince,
    Field("days_min", Whole(1, limits.VALIDITY_DAYS_MAX), "At least this many local days ago."),
    Field("kind", KIND, "The kind of activity."),
    form="a mapping with “days_min” and “kind”",
    needs_one=("kind",),
    check=_named_kind,
)
_BALANCE: Final = Record(
    Balance,
    Field("unit", UnitCode(), "Which points."),
    Field("min", Points(0), "At least so many can be spent."),
    Field("max", Points(0), "At most so many can be spent."),
    form="a mapping with “unit”",
    needs_one=("min", "max"),
    enter=_unit_in,
    leave=_unit_of,
    check=_bounded,
)
_COUNTER: Final = Record(
    Counter,
    Field("what", CounterName(), "“spend”, or “count:” with a kind of activity."),
    Field("period", Word(*period.WINDOWS), "The calendar period that holds today."),
    Field("min", Tally(), "At least this."),
    Field("max", Tally(), "At most this."),
    form="a mapping with “what” and “period”",
    needs_one=("min", "max"),
    enter=tally_in,
    leave=tally_of,
    check=_counted,
)
_BORN: Final = Record(
    Born,
    Field("in", Choices(Whole(1, 12), 12, of="months, like [5, 6]"), "The months, 1 to 12.", "months"),
    form="a mapping with “in”",
)
_BIRTHDAY: Final = Yes[BirthdayMonth | Born](BirthdayMonth(), _BORN)
_HOLDS: Final = Record(
    Holds,
    Field(
        "in",
        Choices(VoucherKey(), limits.CHOICES_MAX, of="vouchers, like [welcome]"),
        "One of these vouchers.",
        "any_of",
    ),
    form="a mapping with “in”",
)

ASK: Final[Later[Ask]] = Later(lambda: _TREE)
_SEVERAL: Final = Listing(ASK, limits.CONDITIONS_PER_RULE_MAX, of=SEVERAL_FORM)
_ALL: Final = Adapted(_SEVERAL, lambda parts, at: All(parts), lambda value: value.of)
_ANY: Final = Adapted(_SEVERAL, lambda parts, at: Any(parts), lambda value: value.of)
_NOT: Final = Adapted(Flipped(ASK), lambda part, at: Not(part), lambda value: value.of)


def _joined(parts: tuple[Ask, ...], at: At) -> Ask:
    return parts[0] if len(parts) == 1 else All(parts)


def _parted(value: Ask) -> tuple[Ask, ...]:
    return value.of if isinstance(value, All) and len(value.of) > 1 else (value,)


ASKS: Final[Shape[Ask]] = Adapted(_SEVERAL, _joined, _parted)
_TREE: Final[Cases[Ask]] = Cases(
    "segment",
    [
        alternative("segment"),
        alternative("tier"),
        alternative("attribute"),
        Alternative("joined", _JOINED, "When the member joined.", of(Joined)),
        Alternative("last", _LAST, "When the member's last activity of a kind was.", of(Last)),
        Alternative("days_since", _DAYS_SINCE, "How long ago the member's last activity was.", of(DaysSince)),
        Alternative("counter", _COUNTER, "How often, or how much, so far in a calendar period.", of(Counter)),
        Alternative("balance", _BALANCE, "How many points can be spent.", of(Balance)),
        Alternative("birthday_month", _BIRTHDAY, "The birthday is this month, or in some.", of(BirthdayMonth, Born)),
        Alternative("voucher", _HOLDS, "Has a voucher that can still be used.", of(Holds)),
        Alternative("all", _ALL, "All of these.", of(All)),
        Alternative("any", _ANY, "At least one of these.", of(Any)),
        Alternative("not", _NOT, "Not this.", of(Not)),
    ],
    form="one condition, like joined: {days_max: 30}",
    depth_max=limits.CONDITION_DEPTH_MAX,
)
WORDS: Final = tuple(_TREE.alternatives)
SEGMENT: Final = Record(
    Segment,
    Field("key", Key(), "By what it is called."),
    Field("name", NAMES, "How people read it, in each language."),
    Field("if", ASKS, "Who is in: all of these.", "condition"),
    form="a mapping with “key”, “name” and “if”",
)


class Reading(msgspec.Struct, frozen=True):
    """What came of a document: the value where nothing is wrong, and all problems."""

    value: Segment | Ask | None
    problems: tuple[documents.Problem, ...] = ()


def read(document: Document, programme: Programme) -> Reading:
    """A segment of a plain document."""
    return _read(SEGMENT, document, programme, "")


def read_condition(document: Document, programme: Programme) -> Reading:
    """Only its conditions, as they stand under “if”."""
    return _read(ASKS, document, programme, "/if")


def _read(shape: Shape[Segment] | Shape[Ask], document: Document, programme: Programme, pointer: str) -> Reading:
    scope = _scope(programme)
    try:
        value = shape.read(document, At(scope, pointer))
    except TooManyProblems:
        return Reading(None, tuple(scope.problems))
    if not isinstance(value, Wrong):
        _look(value.condition if isinstance(value, Segment) else value, At(scope, "/if"))
    errors = [one for one in scope.problems if one.severity == "error"]
    return Reading(None if errors or isinstance(value, Wrong) else value, tuple(errors))


def _look(condition: Ask, at: At) -> None:
    asked = len(walk(condition))
    if asked > limits.CONDITIONS_PER_RULE_MAX:
        told = f"The segment has {asked} conditions; {limits.CONDITIONS_PER_RULE_MAX} are possible."
        at.wrong("too_many", told, "ask for less")


def write(condition: Ask, programme: Programme) -> list[Document]:
    """The canonical document of the conditions; `read_condition` makes the same of it."""
    return cast("list[Document]", ASKS.write(condition, At(_scope(programme))))


def counted(programme: Programme) -> tuple[str, ...]:
    """What is counted of every member: any kind in all, and what some rule looks at, by calendar period."""
    kinds = (*COUNTED_KINDS, *programme.kinds)
    asked = [f"{what} {span}" for what, span in rooms.counted(programme) if what == "spend" or what.startswith(COUNT)]
    return tuple(dict.fromkeys([f"{COUNT}{kind} lifetime" for kind in kinds] + asked))


def _scope(programme: Programme) -> Scope:
    return Scope(
        currency=programme.currency,
        zone=programme.zone,
        languages=programme.languages,
        scales={code: unit.scale for code, unit in programme.units.items()},
        facts={key: {} for key in programme.kinds},
        keys={
            "tiers": tuple(level.key for ladder in programme.tiers for level in ladder.levels),
            "vouchers": tuple(programme.vouchers),
            "counted": counted(programme),
        },
    )
