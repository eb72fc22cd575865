"""The liability roll-forward of a closed month: by unit, tier, store or funder, tied to what the month closed with."""

from typing import Annotated, Final

import msgspec
from msgspec import Meta

from guerdon.core import kpis as law
from guerdon.core import limits
from guerdon.faces import roll_forwards
from guerdon.faces.api import kpis
from guerdon.faces.api.calls import Call, Endpoint, Reply, Spreadsheet
from guerdon.features.programmes import queries as programmes
from guerdon.insight.roll_forward import kept
from guerdon.insight.roll_forward.kept import Question
from guerdon.insight.roll_forward.lines import Amounts, By, Line, RollForward

Text = Annotated[str, Meta(min_length=1, max_length=limits.KEY_CHARS_MAX)]


class Cut(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which month, cut by what."""

    by: By = "unit"
    month: Text | None = None
    ladder: Text | None = None


class RolledAmounts(msgspec.Struct, frozen=True):
    """What was owed, what moved, what is owed: `closing` is the sum of all others."""

    opening: int
    moved: int
    issued: int
    burned: int
    expired: int
    clawed_back: int
    adjusted: int
    lent: int
    transferred: int
    given_up: int
    closing: int


class RolledLine(msgspec.Struct, frozen=True):
    """A unit and a tier, a store or a funder, in smallest steps and in minor units."""

    unit: str
    scale: int
    of: str | None
    points: RolledAmounts
    prior_period: int
    worth: RolledAmounts | None


class RollForwardView(msgspec.Struct, frozen=True):
    """A closed month, cut one way."""

    month: str
    by: By
    ladder: str | None
    currency: str
    lines: tuple[RolledLine, ...]
    totals: tuple[RolledLine, ...]


def read(call: Call, query: Cut) -> Reply:
    """What is kept, or computed now."""
    own = kpis.own(call)
    every = kpis.exported(own)
    meant = kept.months(every, query.month)
    ladder = kept.ladder(meant, query.ladder) if query.by == "tier" else ""
    asked = Question(meant[-1].manifest.closing.month, query.by, ladder)
    found = kpis.recalled(lambda: kept.find(own, every, asked), lambda: kept.answer(own, every, asked))
    if call.wants_csv:
        return Reply(Spreadsheet(roll_forwards.csv(found), f"roll-forward-{asked.month}-{asked.by}.csv"))
    return Reply(view(found))


def view(found: RollForward) -> RollForwardView:
    """The same as callers see it."""
    lines, totals = (tuple([_line(one) for one in some]) for some in (found.lines, found.totals))
    return RollForwardView(found.month, found.by, found.ladder or None, found.currency, lines, totals)


def _line(one: Line) -> RolledLine:
    worth = None if one.money is None else _amounts(one.money)
    return RolledLine(one.unit.code, one.unit.scale, one.of or None, _amounts(one.points), one.late, worth)


def _amounts(one: Amounts) -> RolledAmounts:
    return msgspec.convert(one, RolledAmounts, from_attributes=True)


ROUTES: Final[tuple[Endpoint, ...]] = (
    Endpoint(
        "GET", "/v1/figures/roll-forward", "figures:read", read, "Roll what is owed forward through a closed month",
        RollForwardView, query=Cut,
        refuses=(
            law.MONTH_NOT_EXPORTED, law.LADDER_UNCLEAR, law.INSIGHT_MISSING, law.EXPORT_DAMAGED,
            programmes.PROGRAMME_UNPUBLISHED,
        ),
        csv=True, tag="Figures",
        about="Of the exported months: what was owed of each unit, tier, store or funder when the month began, what "
        "moved, and what is owed at its end, in points and what they are worth. The lines of a unit come to what the "
        "month was closed with, to the point; where they do not there is no answer but `export_damaged`. What was "
        "computed is kept until another month is exported.",
    ),
)  # fmt: skip
