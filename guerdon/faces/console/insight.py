"""The first page of insight: every KPI of closed months as a tile, with what it was before."""

from pathlib import Path
from typing import Any, Final

import msgspec
from django.conf import settings
from django.http import HttpResponse

from guerdon.core.kpis import Span
from guerdon.faces.api.kpis import EXTRA
from guerdon.faces.console import frame, kpi_values, numbers, picked
from guerdon.faces.console.picked import Picked
from guerdon.faces.show import Pen
from guerdon.faces.visits import Page, Visit
from guerdon.features.closings import queries as closings
from guerdon.insight import schedule
from guerdon.insight.exports import files
from guerdon.insight.exports.files import Damaged, Month
from guerdon.insight.kpis import kept
from guerdon.insight.kpis.asked import Answer
from guerdon.insight.kpis.definitions import KPIS
from guerdon.insight.kpis.kept import Kept, Wanted

AREA: Final = "console.insight"
GROUPS: Final[dict[str, tuple[str, ...]]] = {
    "members": ("enrolments", "active_rate", "active_days", "engagement", "participation", "churn", "reactivation",
                "net_promoter_score"),
    "purchases": ("repeat_purchase_rate", "average_order_value", "purchase_frequency", "units_per_basket",
                  "spend_by_redeeming"),
    "points": ("earn_rate", "redemption_rate_points", "redemption_rate_members", "first_redemption_rate",
               "ultimate_redemption_rate", "outstanding_points", "cash_liability", "expiring_soon", "dormant_points",
               "breakage"),
    "rewards": ("cost_per_reward", "discount_depth"),
    "segments": ("retention", "rfm", "tier_mix", "tier_migration"),
}  # fmt: skip


_OF_TIERS: Final = frozenset({"tier_mix", "tier_migration"})


class Tile(msgspec.Struct, frozen=True):
    """One KPI as it is shown, with the way to its page."""

    name: str
    value: str
    address: str
    about: str
    note: str = ""
    change: str = ""
    good: str = "neither"
    before: str = ""


class Group(msgspec.Struct, frozen=True):
    """Tiles under one heading."""

    title: str
    tiles: tuple[Tile, ...]


def folder(visit: Visit) -> Path:
    """Where the exported months of the programme are."""
    home: Path = settings.EXPORTS
    return home / visit.row.key


def months(visit: Visit, context: dict[str, Any], *, extra: bool = True) -> list[Month]:
    """The exported months; without any, or without the packages, the context says so."""
    try:
        read = files.months(folder(visit))
    except Damaged as error:
        context["damaged"] = str(error)
        return []
    if extra and not schedule.installed():
        context["missing"] = f"pip install '{EXTRA}'"
        return []
    if not read:
        context["empty"] = True
        context["writing"] = bool(closings.borders(visit.store, visit.programme_id))
    return read


def read(visit: Visit) -> HttpResponse:
    """The KPIs of the days that are asked for; what nobody has computed yet is put into the queue."""
    context: dict[str, Any] = {}
    found = months(visit, context)
    if not found:
        return frame.page(visit, "console/insight.html", context, area=AREA)
    asked = picked.told(visit, found)
    context |= {"asked": asked, **picked.choices(visit, asked)}
    span = picked.span(asked, found)
    if span is None:
        context["fault"] = fault(visit, found)
        return frame.page(visit, "console/insight.html", context, area=AREA, status=422)
    answers = _answers(visit, found, asked, span)
    waiting = [wanted for wanted, answer in answers.items() if answer is None]
    if waiting:
        schedule.want(visit.programme_id, waiting)
    context |= {
        "about": picked.about(visit, asked, span, found), "waiting": len(waiting),
        "here": here(visit, "console.insight", asked),
        "groups_of_tiles": _groups(visit, asked, {one.kpi: answer for one, answer in answers.items()}),
    }  # fmt: skip
    return frame.page(visit, "console/insight.html", context, area=AREA)


def here(visit: Visit, page: str, asked: Picked, *ids: str) -> str:
    """The address of a page with all that is looked at."""
    return f"{visit.to(page, *ids)}?{asked.query}"


def fault(visit: Visit, found: list[Month]) -> str:
    """Which days there are."""
    pen = Pen(visit)
    first, last = (pen.month(one.manifest.closing.month) for one in (found[0], found[-1]))
    return visit.say("insight.fault_about", first=first, last=last)


def _answers(visit: Visit, found: list[Month], asked: Picked, span: Span) -> dict[Wanted, Kept | None]:
    """What is known of each KPI; those that no store has are left out where one is asked for."""
    own, state, question = folder(visit), found[-1].sha256, asked.question(span)
    hidden = frozenset() if visit.programme.tiers else _OF_TIERS
    wanted = [
        Wanted(key, question, asked.against)
        for key, one in KPIS.items()
        if not (asked.store and one.whole) and key not in hidden
    ]
    return {one: kept.find(own, state, one) for one in wanted}


def _groups(visit: Visit, asked: Picked, answers: dict[str, Kept | None]) -> tuple[Group, ...]:
    groups = [
        Group(visit.say(f"insight.group_{name}"), tuple([_tile(visit, asked, key, answers[key]) for key in keys
                                                         if key in answers]))
        for name, keys in GROUPS.items()
    ]  # fmt: skip
    return tuple([group for group in groups if group.tiles])


def _tile(visit: Visit, asked: Picked, key: str, answer: Kept | None) -> Tile:
    pen, kpi = Pen(visit), KPIS[key]
    name, about = visit.say(f"kpis.{key}"), visit.say(f"kpis.{key}_about")
    address = here(visit, "console.kpi", asked, key)
    if answer is None or answer.why:
        why = "computing" if answer is None else answer.why
        return Tile(name, "…" if answer is None else kpi_values.UNKNOWN, address, about, visit.say(f"insight.{why}"))
    one = kpi_values.headline(key, kpi, answer.rows, pen.programme.currency)
    if one is None:
        return Tile(name, kpi_values.UNKNOWN, address, about, visit.say("insight.nothing"))
    change = kpi_values.changed(one)
    before = "" if one.before is None else kpi_values.text(pen, kpi, one, one.before)
    return Tile(
        name, kpi_values.text(pen, kpi, one, one.value), address, about, note(visit, pen, key, len(answer.rows), one),
        numbers.change(pen, change), kpi_values.good(key, change),
        before and visit.say("insight.before", value=before),
    )  # fmt: skip


def note(visit: Visit, pen: Pen, key: str, rows: int, one: Answer) -> str:
    """What the number of a tile is of, where there are several."""
    if key in ("retention", "tier_migration"):
        return visit.say(f"insight.tile_{key}")
    if key == "spend_by_redeeming":
        return visit.say("insight.correlation")
    return kpi_values.name_of(visit, pen, KPIS[key], one) if rows > 1 else ""


PAGES: Final[tuple[Page, ...]] = (Page("console/<slug:programme>/insight/", "figures:read", read, "console.insight"),)
