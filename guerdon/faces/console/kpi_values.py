"""Numbers of KPIs in words: the value, what it is of, how it changed, and what stands on the tile of many numbers."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Final

from guerdon.core import money
from guerdon.faces.console import frame
from guerdon.faces.design.shapes import Measure
from guerdon.faces.show import Pen
from guerdon.faces.visits import Visit
from guerdon.insight.kpis.asked import Answer
from guerdon.insight.kpis.definitions import Kpi

UNKNOWN: Final = "–"
LESS_IS_BETTER: Final = frozenset({"churn", "breakage", "dormant_points", "cost_per_reward", "expiring_soon"})
NEITHER: Final = frozenset({
    "outstanding_points", "cash_liability", "discount_depth", "earn_rate", "tier_mix", "tier_migration", "rfm",
    "spend_by_redeeming",
})  # fmt: skip


def text(pen: Pen, kpi: Kpi, one: Answer, value: int | None) -> str:
    """A number of the kind as people write it."""
    if value is None:
        return UNKNOWN
    if kpi.kind == "money":
        return pen.money(value, str(one.of[kpi.of.index("currency")]))
    if kpi.kind == "points":
        unit = str(one.of[kpi.of.index("unit")])
        return pen.number(value, unit if unit in pen.programme.units else None)
    if kpi.kind == "percent":
        told = pen.tongue.percent(abs(value))
        return f"−{told}" if value < 0 else told
    return pen.number(value) if kpi.kind == "count" else pen.tongue.ratio(Fraction(value, 100))


def measure(pen: Pen, kpi: Kpi, one: Answer | None) -> Measure:
    """The same to be drawn; a gap where nothing can be said."""
    if one is None or one.value is None:
        return Measure(None, UNKNOWN)
    scale = {"percent": 2, "ratio": 2, "count": 0}.get(kpi.kind, 0)
    if kpi.kind == "money":
        scale = money.decimals(str(one.of[kpi.of.index("currency")]))
    elif kpi.kind == "points":
        unit = pen.programme.units.get(str(one.of[kpi.of.index("unit")]))
        scale = unit.scale if unit else 0
    return Measure(one.value / 10**scale, text(pen, kpi, one, one.value))


def changed(one: Answer) -> int | None:
    """By how many hundredths of a percent it is another number than before; None where that can't be said."""
    if one.value is None or one.before is None or one.before <= 0:
        return None
    return round((one.value - one.before) * 10_000 / one.before)


def good(key: str, change: int | None) -> str:
    """Whether that is good: yes, no, or neither."""
    if key in NEITHER or change is None:
        return "neither"
    return "no" if (change > 0) == (key in LESS_IS_BETTER) else "yes"


def dimension(visit: Visit, pen: Pen, name: str, value: str | int) -> str:
    """What a number is of, in words."""
    key = str(value)
    if name in ("tier", "before", "after"):
        return _level(visit, pen, key)
    if name == "segment":
        return frame.known(visit, f"insight.rfm_{key}", key)
    if name == "redeems":
        return visit.say(f"insight.{key}")
    if name == "kind":
        return pen.tongue.capital(pen.tongue.kind(key, pen.programme)["one"])
    if name == "cohort":
        return visit.say("insight.all") if key == "all" else pen.tongue.capital(pen.month(key))
    return _named(pen, name, key)


def _named(pen: Pen, name: str, key: str) -> str:
    """A part of the programme by its name in the file; by its key where it is not there any more."""
    if name == "unit" and key in pen.programme.units:
        return pen.tongue.named(pen.programme.units[key].name)
    if name == "reward" and key in pen.programme.rewards:
        return pen.tongue.named(pen.programme.rewards[key].name)
    if name == "ladder":
        return next((pen.tongue.named(one.name) for one in pen.programme.tiers if one.key == key), key)
    return key


def _level(visit: Visit, pen: Pen, key: str) -> str:
    if not key:
        return visit.say("insight.tier_none")
    for ladder in pen.programme.tiers:
        for level in ladder.levels:
            if level.key == key:
                return pen.tongue.named(level.name)
    return key


def name_of(visit: Visit, pen: Pen, kpi: Kpi, one: Answer) -> str:
    """All dimensions but the currency, which the money says itself."""
    told = [dimension(visit, pen, name, of) for name, of in zip(kpi.of, one.of, strict=True) if name != "currency"]
    return " · ".join(told)


def headline(key: str, kpi: Kpi, rows: Sequence[Answer], home_currency: str) -> Answer | None:
    """The one number that a tile shows of many."""
    if key == "retention":
        after = [one for one in rows if one.of[1] == 1]
        return _together(after)
    if key == "tier_migration":
        return _together([one for one in rows if one.of[1] != one.of[2]], sum(one.numerator for one in rows))
    if key == "ultimate_redemption_rate":
        return next((one for one in rows if one.of[1] == "all"), None)
    if key in ("tier_mix", "rfm"):
        return max(rows, key=lambda one: one.numerator, default=None)
    if key == "spend_by_redeeming":
        return next((one for one in rows if one.of[1] == "yes"), None)
    own = [one for one in rows if "currency" not in kpi.of or one.of[kpi.of.index("currency")] == home_currency]
    return next(iter(own or rows), None)


def _together(rows: Sequence[Answer], whole: int | None = None) -> Answer | None:
    counted = sum(one.numerator for one in rows)
    of = sum(one.denominator or 0 for one in rows) if whole is None else whole
    return Answer(rows[0].of, counted, of, round(Fraction(counted * 10_000, of))) if rows and of else None
