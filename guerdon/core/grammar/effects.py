"""The grammar of effects, expiry and vesting: what a rule gives, and how long it lives."""

import re
from calendar import monthrange
from fractions import Fraction
from math import gcd
from typing import Final

import msgspec

from guerdon.core import documents, expiry, limits
from guerdon.core.documents import Document, Mapping
from guerdon.core.effects import Effect, Fixed, GiveVoucher, Multiply, PerAmount, PerPiece, Step, Table
from guerdon.core.grammar.lines import of
from guerdon.core.grammar.records import Field, Record
from guerdon.core.grammar.shapes import SCALE_UNKNOWN, Amount, At, Points, Shape, Whole, Word, Wrong, digits
from guerdon.core.grammar.structures import Adapted, Alternative, Cases, Listing
from guerdon.core.grammar.times import Day
from guerdon.core.grammar.words import AWAITED, UnitCode, VoucherKey
from guerdon.core.vesting import Vesting

_RATIO: Final = re.compile(r"([0-9]{1,9})(?:\.([0-9]{1,6})|/([0-9]{1,9}))?\Z")


class Factor(Shape[tuple[int, int]]):
    """An exact factor as (by, over): 2, 1.5 or 3/2."""

    form = "a factor, like 2, 1.5 or 3/2"

    def read(self, found: Document, at: At) -> tuple[int, int] | Wrong:
        if isinstance(found, bool) or not isinstance(found, int | str):
            return at.mistyped(found, self.form)
        text = digits(found)
        match = _RATIO.match(text.strip())
        if match is None:
            told = documents.shortened(text)
            return at.wrong("not_a_number", f"“{told}” is not {self.form}.", "write 2, 1.5 or 3/2")
        whole, fraction, over = match.groups()
        if over is not None:
            factor = (int(whole), int(over))
        else:
            factor = Fraction(f"{whole}.{fraction}" if fraction else whole).as_integer_ratio()
        return self._bounded(factor, at)

    def _bounded(self, factor: tuple[int, int], at: At) -> tuple[int, int] | Wrong:
        by, over = factor
        if not 1 <= over <= limits.DENOMINATOR_MAX:
            return at.wrong(
                "too_large",
                f"What stands below the line must be 1 to {limits.DENOMINATOR_MAX}.",
                "write a simpler factor",
            )
        if by < over:
            told = "A factor below 1 takes points away, so that spending more could earn less (the law, 3.6)."
            return at.wrong("earns_less", told, "write a factor above 1")
        if by == over:
            return at.wrong("never_earns", "A factor of 1 changes nothing.", "write a factor above 1, or leave it out")
        if by > over * limits.MULTIPLIER_MAX:
            return at.wrong("too_large", f"The largest possible factor is {limits.MULTIPLIER_MAX}.")
        return factor

    def write(self, value: object, at: At) -> Document:
        assert isinstance(value, tuple)
        by, over = value
        if over == 1:
            return int(by)
        if gcd(by, over) == 1 and 10**6 % over == 0:  # ends within six decimals
            digits = str(by * 10**6 // over).rjust(7, "0")
            return f"{digits[:-6]}.{digits[-6:].rstrip('0')}"
        return f"{by}/{over}"

    def schema(self, defs: Mapping) -> Mapping:
        return {"type": ["number", "string"], "exclusiveMinimum": 1, "pattern": r"^[0-9]+([./][0-9]+)?$"}


class _Times(msgspec.Struct, frozen=True):
    """A multiplier as the document says it."""

    unit: str
    factor: tuple[int, int]


def _unit_in(found: Mapping, at: At) -> At:
    """Points below are counted in the decimals of the effect's unit."""
    return msgspec.structs.replace(at, scale=scale_of(found.get("unit"), at))


def _unit_of(value: Effect | _Times, at: At) -> At:
    return msgspec.structs.replace(at, scale=scale_of(value.unit, at))


def scale_of(code: Document, at: At) -> int:
    """The decimals of a unit; where it is unknown, as many as there can be."""
    return at.scope.scales.get(code, SCALE_UNKNOWN) if isinstance(code, str) else SCALE_UNKNOWN


def _growing(value: Table, at: At) -> bool:
    """The steps rise, and what they give never falls (LAW 3.6)."""
    whole = True
    for place, (before, step) in enumerate(zip(value.steps, value.steps[1:], strict=False), 1):
        here = at.under("steps").under(place)
        if step.amount_min < before.amount_min:
            here.under("amount_min").wrong(
                "window_empty", "The steps must rise.", "order them by amount, smallest first"
            )
            whole = False
        elif step.amount_min == before.amount_min:
            here.under("amount_min").wrong("duplicate", "Two steps begin at the same amount.", "leave one of them out")
            whole = False
        elif step.give < before.give:
            told = "This step gives less than the one before: spending more would earn less (the law, 3.6)."
            here.under("give").wrong("earns_less", told, "give at least as much as the step before")
            whole = False
    return whole


_UNIT: Final = Field("unit", UnitCode(), "The unit that is given.")
_GIVE: Final = Field("give", Points(), "How many points.")
_PIECES: Final = Whole(1, limits.QUANTITY_MAX)

_PER_AMOUNT: Final = Record(
    PerAmount,
    _UNIT,
    _GIVE,
    Field("per", Amount(), "For every so much money of the eligible amount."),
    form="a mapping with “unit”, “give” and “per”",
    enter=_unit_in,
    leave=_unit_of,
)
_PER_PIECE: Final = Record(
    PerPiece,
    _UNIT,
    _GIVE,
    Field("per", _PIECES, "For every so many pieces; 1 where it is not said."),
    form="a mapping with “unit” and “give”",
    enter=_unit_in,
    leave=_unit_of,
)
_FIXED: Final = Record(Fixed, _UNIT, _GIVE, form="a mapping with “unit” and “give”", enter=_unit_in, leave=_unit_of)
_STEP: Final = Record(
    Step,
    Field("amount_min", Amount(0), "From this eligible amount on …"),
    Field("give", Points(), "… so many points instead of those of the step before."),
    form="a step, like {amount_min: 20.00, give: 5}",
)
_TABLE: Final = Record(
    Table,
    _UNIT,
    Field("steps", Listing(_STEP, limits.TABLE_STEPS_MAX, of="steps"), "The steps, smallest amount first."),
    form="a mapping with “unit” and “steps”",
    enter=_unit_in,
    leave=_unit_of,
    check=_growing,
)
_MULTIPLY: Final = Adapted(
    Record(
        _Times,
        _UNIT,
        Field("by", Factor(), "The factor for the points per money or piece, above 1.", "factor"),
        form="a mapping with “unit” and “by”",
        enter=_unit_in,
        leave=_unit_of,
    ),
    lambda times, at: Multiply(times.unit, *times.factor),
    lambda value: _Times(value.unit, (value.by, value.over)),
)

_VOUCHER: Final = Adapted(VoucherKey(), lambda key, at: GiveVoucher(key), lambda value: value.voucher)

EFFECT: Final[Cases[Effect | GiveVoucher]] = Cases(
    "effect",
    [
        Alternative("points", _PER_AMOUNT, "Points for money spent.", of(PerAmount)),
        Alternative("per_piece", _PER_PIECE, "Points for pieces bought.", of(PerPiece)),
        Alternative("fixed", _FIXED, "Points once for the activity, after the multipliers.", of(Fixed)),
        Alternative("table", _TABLE, "Points by the amount reached, after the multipliers.", of(Table)),
        Alternative("multiply", _MULTIPLY, "A multiple of the points per money and piece.", of(Multiply)),
        Alternative("voucher", _VOUCHER, "A voucher of the programme, by its key.", of(GiveVoucher)),
    ],
    form="one effect, like points: {unit: points, give: 1, per: 1.00}",
)
EFFECTS: Final = Listing(EFFECT, limits.EFFECTS_PER_RULE_MAX, of="effects, each beginning with “- ”")


# --- how long points live ---


def _valid_for(value: expiry.Rolling | expiry.Sliding, at: At) -> bool:
    years = value.years if isinstance(value, expiry.Rolling) else 0
    days = value.days + 31 * value.months + 366 * years
    if days == 0 and not (isinstance(value, expiry.Rolling) and value.round_up):
        at.wrong(
            "validity_missing",
            "The points would expire on the day they are earned.",
            "write how many days or months",
        )
        return False
    if days > limits.VALIDITY_DAYS_MAX:
        at.wrong("too_large", f"At most {limits.VALIDITY_DAYS_MAX} days are possible.", "write “expires: never”")
        return False
    return True


def _real_day(value: expiry.Calendar, at: At) -> bool:
    last = monthrange(2000, value.month)[1]
    if value.day > last:
        at.under("day").wrong("too_large", f"That month has only {last} days.", f"write {last}")
        return False
    return True


_DAYS: Final = Whole(0, limits.VALIDITY_DAYS_MAX)
_MONTHS: Final = Whole(0, limits.VALIDITY_MONTHS_MAX)
_ROLLING: Final = Record(
    expiry.Rolling,
    Field("days", _DAYS, "Days after the day they are earned."),
    Field("months", _MONTHS, "Months after the day they are earned."),
    Field("years", Whole(0, 100), "Years after the day they are earned."),
    Field("round_up", Word("month", "quarter", "half_year", "year"), "Rounded up to the end of this."),
    form="a mapping with “days”, “months” or “years”",
    needs_one=("days", "months", "years", "round_up"),
    check=_valid_for,
)
_CALENDAR: Final = Record(
    expiry.Calendar,
    Field("month", Whole(1, 12), "The month of the last valid day."),
    Field("day", Whole(1, 31), "The day of the month, the last one that is valid."),
    Field("after_years", Whole(0, 100), "So many years after the next such day."),
    form="a mapping with “month” and “day”",
    check=_real_day,
)
_SLIDING: Final = Record(
    expiry.Sliding,
    Field("days", _DAYS, "Days after the member's last earn or burn."),
    Field("months", _MONTHS, "Months after the member's last earn or burn."),
    form="a mapping with “days” or “months”",
    needs_one=("days", "months"),
    check=_valid_for,
)
EXPIRY: Final[Cases[expiry.Policy]] = Cases(
    "expiry",
    [
        Alternative("rolling", _ROLLING, "So long after they are earned.", of(expiry.Rolling)),
        Alternative("calendar", _CALENDAR, "On a day of the calendar.", of(expiry.Calendar)),
        Alternative("sliding", _SLIDING, "So long after the last earn or burn; each moves all.", of(expiry.Sliding)),
    ],
    form="“never”, or one of rolling, calendar, sliding",
    words={"never": expiry.Never()},
)


def _one_start(value: Vesting, at: At) -> bool:
    if value.until is not None and (value.days or value.activity is not None):
        other = "days" if value.days else "activity"
        at.wrong(
            "either_or",
            f"“{other}” and “until” can't both say when points become spendable.",
            "leave one of them out",
        )
        return False
    if value.activity is None and value.cancel_after_days:
        told = "“cancel_after_days” says when points stop waiting for an activity; these wait for none."
        at.under("cancel_after_days").wrong("activity_missing", told, "add “activity: …”, or leave it out")
        return False
    if value.activity is not None and not value.cancel_after_days:
        told = f"Without an end the points would wait for “{value.activity}” for ever."
        at.wrong("cancel_missing", told, "add “cancel_after_days: 30”")
        return False
    return True


class _Vesting(Record[Vesting]):
    """A rule may say `{days: 0}` against its unit; that must not become an empty mapping."""

    def write(self, value: object, at: At) -> Document:
        return super().write(value, at) or {"days": 0}


VESTING: Final = _Vesting(
    Vesting,
    Field("days", _DAYS, "Pending for so many calendar days; 0 is spendable at once. With “activity”: days after it."),
    Field("until", Day(), "Pending until this local day begins."),
    Field("activity", AWAITED, "Pending until an activity of this kind confirms the purchase."),
    Field(
        "cancel_after_days",
        Whole(1, limits.VALIDITY_DAYS_MAX),
        "So many days after the purchase the points are cancelled if the activity has not come.",
    ),
    form="a mapping with “days”, “until” or “activity”",
    needs_one=("days", "until", "activity"),
    check=_one_start,
)
