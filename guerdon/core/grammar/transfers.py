"""The grammar of passing points on: what may be sent between members, what it costs, and the causes to give to."""

from typing import Final

from guerdon.core import limits, money
from guerdon.core.documents import Document, Mapping
from guerdon.core.grammar.records import Field, Record
from guerdon.core.grammar.rules import NAMES
from guerdon.core.grammar.shapes import At, Points, Shape, Whole, Word, Wrong, bounded, exact
from guerdon.core.rules import Caps
from guerdon.core.transfers import PERCENT, WHOLE, Cause, Fee, Transfers

_DECIMALS: Final = 2


class Percent(Shape[int]):
    """A percentage with at most two decimals, in hundredths of a percent."""

    form = "a percentage up to 100 with at most two decimals, like 2.5"

    def __init__(self, most: int = WHOLE) -> None:
        self.most = most

    def read(self, found: Document, at: At) -> int | Wrong:
        number = exact(found, at, _DECIMALS, self.form)
        return number if isinstance(number, Wrong) else bounded(number, at, 1, self.most, scale=_DECIMALS)

    def write(self, value: object, at: At) -> Document:
        assert isinstance(value, int)
        return value // PERCENT if value % PERCENT == 0 else money.plain(value, _DECIMALS)

    def schema(self, defs: Mapping) -> Mapping:
        return {"type": ["number", "string"], "pattern": r"^[0-9]+(\.[0-9]{1,2})?$", "exclusiveMinimum": 0}


_POINTS: Final = Points()
FEE: Final = Record(
    Fee,
    Field("points", _POINTS, "So many points of each transfer."),
    Field("percent", Percent(), "So many percent of what is sent."),
    Field("rounding", Word("up", "down"), "How the percentage is rounded to the unit's smallest step."),
    form="a mapping like {points: 10} or {percent: 5}",
    needs_one=("points", "percent"),
)


def _limits(whom: str) -> Record[Caps]:
    return Record(
        Caps,
        Field("day", _POINTS, f"The most {whom} in a local day."),
        Field("week", _POINTS, f"The most {whom} in a week, Monday to Sunday."),
        Field("month", _POINTS, f"The most {whom} in a calendar month."),
        Field("quarter", _POINTS, f"The most {whom} in a calendar quarter."),
        Field("year", _POINTS, f"The most {whom} in a calendar year."),
        Field("lifetime", _POINTS, f"The most {whom}, ever."),
        form="a mapping like {day: 500, month: 2000}",
    )


TRANSFERS: Final = Record(
    Transfers,
    Field("minimum", _POINTS, "The least that can be sent at once."),
    Field("caps", _limits("a member can send to all others together"), "The most a member can send."),
    Field("per_pair", _limits("a member can send to one and the same other"), "The most between two members, one way."),
    Field("fee", FEE, "What sending costs the sender, on top of what is sent."),
    Field("acceptance", Word("none", "needed"), "Whether the receiver must accept before the points move."),
    Field("offer_days", Whole(1, limits.OFFER_DAYS_MAX), "For how many days after its day an offer can be accepted."),
    form="a mapping like {caps: {day: 500}}; {} for transfers without limits",
)  # fmt: skip
CAUSE: Final = Record(
    Cause,
    Field("name", NAMES, "Its name in each language."),
    form="a cause, with “name”",
    step="key",
)
