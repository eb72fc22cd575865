"""Insight for notebooks: KPIs, forecasts, what campaigns are worth, what-ifs and roll-forwards as polars frames.

Everything is computed of the exported months of one programme, the folder `exports/KEY`, and no database is asked.
Money and points are exact decimals, days are dates; what can't be said is null. Columns may come, none go.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Final, NamedTuple

import msgspec
import polars as pl

from guerdon.core import kpis as law
from guerdon.core import money
from guerdon.core.kpis import Compare, Span
from guerdon.insight.clv import buying, forecast, paid
from guerdon.insight.clv import models as clv_models
from guerdon.insight.exports import files
from guerdon.insight.exports.files import Damaged, Month
from guerdon.insight.kpis import answers, definitions
from guerdon.insight.kpis.asked import NotExported, Question, Whole
from guerdon.insight.roi import answers as campaigns
from guerdon.insight.roi.answers import NotMeasured
from guerdon.insight.roi.means import Unsaid
from guerdon.insight.roi.told import Worth
from guerdon.insight.roll_forward import answers as rolling
from guerdon.insight.roll_forward.lines import COLUMNS, Amounts, By, Ladders
from guerdon.insight.simulate.answers import Answer, OfUnit, Pair
from guerdon.kit import ids

__all__ = [
    "Clv", "Damaged", "Ladders", "NotExported", "NotMeasured", "Unsaid", "WhatIf", "Whole", "clv", "kpi", "roi",
    "roll_forward", "table", "what_if",
]  # fmt: skip
DIGITS: Final = 38  # of decimals
_PARTS: Final = ("months", "segments", "tiers")
_OF_MONEY: Final = frozenset({"cost", "liability"})
_SPEND: Final = ("spend", "total", "gain", "returns")


class Clv(NamedTuple):
    """What members will be worth: `members`, a row each; how far off it was in the `hold_out`; and what speaks against
    believing it, `doubts`, with the number that each is about."""

    members: pl.DataFrame
    hold_out: pl.DataFrame
    doubts: pl.DataFrame


class WhatIf(NamedTuple):
    """What a draft would have come to: `wholes`, `months`, `segments` and `tiers` with each amount under today's
    programme and under the draft; `moves`, how many members end in which tier of theirs."""

    wholes: pl.DataFrame
    months: pl.DataFrame
    segments: pl.DataFrame
    tiers: pl.DataFrame
    moves: pl.DataFrame


def table(folder: Path | str, name: str) -> pl.LazyFrame:
    """A table of all exported months as it is written, whole numbers in smallest steps. Raises Damaged, NotExported."""
    return buying.scan(_months(folder), name)


def kpi(
    folder: Path | str,
    key: str,
    since: date | None = None,
    until: date | None = None,
    *,
    stores: Iterable[str] = (),
    tiers: Iterable[str] = (),
    segments: Iterable[str] = (),
    compare: Compare | None = None,
) -> pl.DataFrame:
    """What a KPI says of the local days from `since` up to, not including, `until`; without them of the last month.

    A column for each dimension, then `numerator`, `denominator`, `value` and `value_before`. Numerators and
    denominators are as they are counted, in smallest steps and minor units. Raises `kpi_unknown`, Damaged, NotExported
    and Whole.
    """
    own, one = Path(folder), definitions.kpi(key)
    last = answers.default_span(own)
    span = Span(since or last.since, until or last.until)
    law.check(span)
    found = answers.ask(
        own, key, Question(span, tuple(stores), tuple(tiers), tuple(segments)), compare=compare,
    )  # fmt: skip
    scales = _scales(_months(own)[-1])
    of = {name: [row.of[at] for row in found] for at, name in enumerate(one.of)}
    decimals = [_decimals_of(one.kind, dict(zip(one.of, row.of, strict=True)), scales) for row in found]
    return pl.DataFrame(
        {
            **of,
            "numerator": pl.Series([row.numerator for row in found], dtype=pl.Int64),
            "denominator": pl.Series([row.denominator for row in found], dtype=pl.Int64),
            "value": _decimal([row.value for row in found], decimals),
            "value_before": _decimal([row.before for row in found], decimals),
        }
    )


def clv(folder: Path | str, *, months: int = 12, model: clv_models.Model | None = None) -> Clv:
    """What members will be worth in so many months; without a model, by the one that was less wrong in the hold-out.

    `members` has `member`, `repeats`, `last`, `alive` (percent), `purchases`, `spend` and `value`; `hold_out` has
    `model`, `purchases`, `off` and `money`, and as the last row, of no model, what came. Raises Damaged, NotExported.
    """
    read = _months(folder)
    found = forecast.make(buying.read(read), months=months, model=model, stays=paid.stays(read))
    cents = money.decimals(found.answer.currency)
    rows = found.members
    members = pl.DataFrame(
        {
            "member": pl.Series([ids.show("member", one) for one in rows["customer"]], dtype=pl.String),
            "repeats": rows["repeats"],
            "last": rows["last"],
            "alive": _decimal(rows["alive"].to_list(), 2),
            "purchases": _decimal(rows["purchases"].to_list(), 2),
            "spend": _decimal(rows["spend"].to_list(), cents),
            "value": _decimal(rows["value"].to_list(), cents),
        }
    )
    held = found.answer.hold_out
    told: list[tuple[str | None, int, int | None, int | None]] = []
    told += [] if held is None else [(one.model, one.purchases, one.off, one.money) for one in held.checked]
    told += [] if held is None else [(None, held.purchases * 100, None, held.money)]
    hold_out = pl.DataFrame(
        {
            "model": pl.Series([row[0] for row in told], dtype=pl.String),
            "purchases": _decimal([row[1] for row in told], 2),
            "off": _decimal([row[2] for row in told], 2),
            "money": _decimal([row[3] for row in told], cents),
        }
    )
    doubts = [(one.doubt, one.number) for one in found.answer.warned]
    return Clv(members, hold_out, pl.DataFrame(doubts, schema={"doubt": pl.String, "number": pl.Int64}, orient="row"))


def roi(
    folder: Path | str,
    since: date | None = None,
    until: date | None = None,
    *,
    margin: Decimal | None = None,
    cost: Decimal | None = None,
) -> pl.DataFrame:
    """What campaigns are worth: members who have them beside those who are held out, with intervals of 95 %.

    A row for each `measure` – `spend` per member, the `total`, the `gain` once goods are paid for, what it `returns` of
    its cost in percent –, with `value`, `low`, `high` and the `verdict` on all of it. `margin` is in percent, `cost` in
    the currency. Where the verdict is `refused` there are no numbers. Raises Damaged, NotExported, NotMeasured, Unsaid.
    """
    assert (since is None) == (until is None), "both days or none"
    own = Path(folder)
    span = None if since is None or until is None else Span(since, until)
    cents = money.decimals(_months(own)[-1].manifest.currency)
    found = campaigns.ask(own, span, margin=_whole(margin, 2), cost=_whole(cost, cents))
    return worth(found, cents)


def worth(found: Worth, cents: int) -> pl.DataFrame:
    """The same of an answer; `cents` are the decimals of its currency."""
    told = [(name, one) for name in _SPEND if (one := getattr(found, name)) is not None]
    scales = [2 if name == "returns" else cents for name, _ in told]
    return pl.DataFrame(
        {
            "measure": pl.Series([name for name, _ in told] or [None], dtype=pl.String),
            "value": _decimal([one.value for _, one in told] or [None], scales or cents),
            "low": _decimal([one.low for _, one in told] or [None], scales or cents),
            "high": _decimal([one.high for _, one in told] or [None], scales or cents),
            "members": found.members,
            "held_out": found.held_out,
            "verdict": found.verdict,
        }
    )


def roll_forward(
    folder: Path | str, by: By = "unit", *, month: str | None = None, ladder: str | None = None
) -> pl.DataFrame:
    """What was owed, what moved and what is owed of a closed month: `month`, `unit`, `of`, the steps from `opening` to
    `closing` in points, `late`, and the same steps as money, `worth_opening` to `worth_closing`.

    `of` is null where there is no tier or store, and where the house pays. The rows of a unit come to what the month
    was closed with, to the point. Raises Damaged where they do not, NotExported and Ladders.
    """
    found = rolling.ask(Path(folder), by, month=month, ladder=ladder)
    cents, rows = money.decimals(found.currency), found.lines
    scales = [one.unit.scale for one in rows]
    empty = [None] * len(COLUMNS)
    worths: list[Sequence[int | None]] = [empty if one.money is None else _all(one.money) for one in rows]
    return pl.DataFrame(
        {
            "month": pl.Series([found.month] * len(rows), dtype=pl.String),
            "unit": pl.Series([one.unit.code for one in rows], dtype=pl.String),
            "of": pl.Series([one.of or None for one in rows], dtype=pl.String),
            **{
                name: _decimal([getattr(one.points, name) for one in rows], scales) for name in COLUMNS
            },
            "late": _decimal([one.late for one in rows], scales),
            **{f"worth_{name}": _decimal([one[at] for one in worths], cents) for at, name in enumerate(COLUMNS)},
        }
    )  # fmt: skip


def what_if(answer: Path | str | Answer, folder: Path | str) -> WhatIf:
    """A what-if that was answered, `guerdon simulate DRAFT --json > FILE`, as frames.

    Each has `unit`, `key` – a month, a segment, a tier –, `members`, and every amount as `…_today` and `…_draft`;
    points and money have the decimals of the last exported month of `folder`. Raises Damaged, NotExported, and
    msgspec.ValidationError where the file is no such answer.
    """
    found = answer if isinstance(answer, Answer) else msgspec.json.decode(Path(answer).read_bytes(), type=Answer)
    last = _months(folder)[-1]
    cents, scales = money.decimals(last.manifest.currency), _scales(last)
    wholes = _pairs([(one, (one.whole,)) for one in found.mechanical], scales, cents)
    months, segments, tiers = (
        _pairs([(one, getattr(one, name)) for one in found.mechanical], scales, cents) for name in _PARTS
    )
    moves = [(one.ladder, one.today or None, one.draft or None, one.members) for one in found.moves]
    schema = {"ladder": pl.String, "today": pl.String, "draft": pl.String, "members": pl.Int64}
    return WhatIf(wholes, months, segments, tiers, pl.DataFrame(moves, schema=schema, orient="row"))


def _pairs(told: Iterable[tuple[OfUnit, Sequence[Pair]]], scales: Mapping[str, int], cents: int) -> pl.DataFrame:
    rows = [(of.unit, pair) for of, pairs in told for pair in pairs]
    columns: dict[str, pl.Series] = {
        "unit": pl.Series([unit for unit, _ in rows], dtype=pl.String),
        "key": pl.Series([pair.key for _, pair in rows], dtype=pl.String),
        "members": pl.Series([pair.members for _, pair in rows], dtype=pl.Int64),
    }
    of_points = [scales.get(unit, 0) for unit, _ in rows]
    for name in Pair().today.__struct_fields__:
        decimals = cents if name in _OF_MONEY else 0 if name == "unmet" else of_points
        for side in ("today", "draft"):
            columns[f"{name}_{side}"] = _decimal([getattr(getattr(pair, side), name) for _, pair in rows], decimals)
    return pl.DataFrame(columns)


def _months(folder: Path | str) -> list[Month]:
    found = files.months(Path(folder))
    if not found:
        raise NotExported("no month is exported there")
    return found


def _scales(month: Month) -> dict[str, int]:
    """How many decimals each unit has, as the last version of the month has it."""
    units = buying.scan([month], "units").select("version", "unit", "scale").sort("version").collect()
    return {unit: scale for _, unit, scale in units.iter_rows()}


def _decimals_of(kind: definitions.Kind, of: Mapping[str, Any], scales: Mapping[str, int]) -> int:
    if kind == "money":
        return money.decimals(str(of["currency"]))
    return scales.get(str(of.get("unit")), 0) if kind == "points" else 0 if kind == "count" else law.HUNDREDTHS


def _decimal(amounts: Sequence[int | None], scale: int | Sequence[int]) -> pl.Series:
    """Whole numbers of smallest parts as decimals, in one column as wide as the widest needs it."""
    scales, wide = ([scale] * len(amounts), scale) if isinstance(scale, int) else (scale, max(scale, default=0))
    exact = [None if one is None else Decimal(one).scaleb(-by) for one, by in zip(amounts, scales, strict=True)]
    return pl.Series(exact, dtype=pl.Decimal(DIGITS, wide))


def _whole(amount: Decimal | None, scale: int) -> int | None:
    """Smallest parts of a decimal, which has no more of them than there are."""
    if amount is None:
        return None
    parts = amount.scaleb(scale)
    assert parts == parts.to_integral_value(), f"{amount} has more than {scale} decimals"
    return int(parts)


def _all(one: Amounts) -> list[int]:
    return [getattr(one, name) for name in COLUMNS]
