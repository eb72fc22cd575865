"""Objectives in the console: which there are and how they go, one with its way month by month, a form for a new one."""

from collections.abc import Mapping
from typing import Annotated, Any, Final

import msgspec
from django.http import HttpResponse
from msgspec import Meta

from guerdon.core import limits
from guerdon.core.errors import Refusal
from guerdon.core.objectives import Baseline, Direction, Measure
from guerdon.faces import goals, posted, typed, web
from guerdon.faces.api import calls
from guerdon.faces.api import objectives as api
from guerdon.faces.api.objectives import ObjectiveEnd, ObjectiveView
from guerdon.faces.asking import ask
from guerdon.faces.console import frame, picked
from guerdon.faces.console.picked import Picked
from guerdon.faces.design.shapes import (
    Cell,
    Choice,
    Column,
    Fact,
    Link,
    Paging,
    Point,
    Row,
    Series,
    Sign,
)
from guerdon.faces.design.shapes import (
    Measure as Drawn,
)
from guerdon.faces.goals import NewObjective
from guerdon.faces.show import Pen
from guerdon.faces.visits import Page, Visit
from guerdon.insight import objectives as insight
from guerdon.insight.kpis.definitions import KPIS

AREA: Final = "console.objectives"
_ALL: Final = "console/<slug:programme>/insight/objectives"
SIGNS: Final[dict[str, Sign]] = {
    "met": "good", "on_track": "good", "behind": "warn", "missed": "bad", "not_known": "",
}  # fmt: skip
_FITTING: Final = tuple([key for key, one in KPIS.items() if insight.fits(one)])
Typed = Annotated[str, Meta(max_length=limits.NAME_CHARS_MAX)]


class ObjectiveForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An objective as people type it."""

    name: Typed
    kpi: Typed
    target: Typed
    last: Typed
    measure: Measure = "relative"
    direction: Direction = "at_least"
    first: Typed | None = None
    of: Typed = ""
    store: Typed = ""
    tier: Typed = ""
    segment: Typed = ""
    baseline: Baseline = "previous_year"
    base_first: Typed | None = None
    base_last: Typed | None = None


def list_(visit: Visit) -> HttpResponse:
    """All objectives, the newest first, and the form for one more."""
    return _list(visit, {})


def _list(visit: Visit, faults: dict[str, str], status: int = 200) -> HttpResponse:
    cursor = visit.request.GET.get("cursor")
    found = ask(visit, api.list_, query=calls.Page(cursor=cursor))
    later = f"?cursor={found.next}" if found.next else ""
    heads = ("name", "wish", "state", "set")
    context: dict[str, Any] = {
        "columns": tuple([Column(visit.say(f"objectives.{one}")) for one in heads]),
        "rows": tuple([_row(visit, one) for one in found.objectives]),
        "paging": Paging("", later=later) if later else None, "faults": faults, "here": visit.to(AREA),
        "waiting": sum(one.reason == "computing" for one in found.objectives), "may_set": visit.may("objectives:write"),
        **_form(visit),
    }  # fmt: skip
    return frame.page(visit, "console/objectives.html", context, area=AREA, status=status)


def _row(visit: Visit, one: ObjectiveView) -> Row:
    state = visit.say("objectives.ended") if one.ended_at else visit.say(f"objectives.verdict_{one.verdict}")
    badge = Cell(state, sign="" if one.ended_at else SIGNS[one.verdict])
    made = visit.say("objectives.set_by", at=Pen(visit).day(one.made_at), by=one.made_by)
    return Row((Cell(one.name), Cell(one.wish), badge, Cell(made)), visit.to("console.objective", one.id))


def _form(visit: Visit) -> dict[str, Any]:
    """What the form can pick, and what was typed."""
    form: Mapping[str, str] = visit.request.POST.dict()
    parts = [str(form.get(name, "")) for name in ("store", "tier", "segment")]

    def several(name: str, *values: str) -> tuple[Choice, ...]:
        return tuple([Choice(one, visit.say(f"objectives.{name}_{one}")) for one in values])

    return {
        "form": form, **picked.choices(visit, Picked("", "", "", "", *parts)),
        "kpis": tuple([Choice(key, visit.say(f"kpis.{key}")) for key in _FITTING]),
        "measures": several("measure", "relative", "absolute"),
        "directions": several("direction", "at_least", "at_most"),
        "baselines": (
            Choice("previous_year", visit.say("objectives.base_previous_year")),
            Choice("months", visit.say("objectives.baseline_months")),
        ),
    }  # fmt: skip


def begin(visit: Visit) -> HttpResponse:
    """Set an objective."""
    try:
        told = _told(visit, posted.read(visit.request, ObjectiveForm))
        ask(visit, api.begin, body=told, token=posted.token(visit.request))
    except Refusal as refusal:
        return _list(visit, posted.faults(refusal), 422)
    return visit.done(visit.say("objectives.saved"), AREA)


def _told(visit: Visit, form: ObjectiveForm) -> NewObjective:
    """What was typed, with its target in the smallest parts of what the KPI is told in. Raises `value_refused`."""
    of = tuple([one.strip() for one in form.of.split(",")]) if form.of else ()
    told = NewObjective(
        form.name, form.kpi, 0, form.last, form.measure, form.direction, form.first, of, form.store, form.tier,
        form.segment, form.baseline, form.base_first, form.base_last,
    )  # fmt: skip
    decimals = goals.decimals(told, visit.programme, now=visit.now)
    exact = typed.exact(form.target.removesuffix("%"), at="/target")
    target = goals.number(exact, decimals)
    if target is None:
        raise web.VALUE_REFUSED(pointer="/target", reason="too_many_decimals", hint="")
    return msgspec.structs.replace(told, target=target)


def read(visit: Visit, id: str) -> HttpResponse:
    """One objective: how it goes, its way beside what became of it, and its end."""
    return _read(visit, id, {})


def _read(visit: Visit, id: str, faults: dict[str, str], status: int = 200) -> HttpResponse:
    one: ObjectiveView = ask(visit, api.read, id)
    pen = Pen(visit)
    context: dict[str, Any] = {
        "one": one, "sign": SIGNS[one.verdict], "verdict": visit.say(f"objectives.verdict_{one.verdict}"),
        "crumbs": (Link(visit.say("objectives.title"), visit.to(AREA)),), "facts": _facts(visit, pen, one),
        "here": visit.to("console.objective", id), "csv": visit.to("console.objective_csv", id),
        "waiting": int(one.reason == "computing"), "faults": faults, "form": visit.request.POST,
        "may_end": visit.may("objectives:write") and one.ended_at is None, **_course(visit, pen, one),
    }  # fmt: skip
    return frame.page(visit, "console/objective.html", context, area=AREA, status=status)


def _facts(visit: Visit, pen: Pen, one: ObjectiveView) -> tuple[Fact, ...]:
    parts = [pen.word("store", one.store), one.tier, one.segment, *one.of]
    rows = [("wish", one.wish), ("of_whom", ", ".join(filter(None, parts)))]
    rows.append(("set", visit.say("objectives.set_by", at=pen.moment(one.made_at), by=one.made_by)))
    if one.ended_at is not None:
        told = {"at": pen.moment(one.ended_at), "by": one.ended_by, "why": one.why}
        rows.append(("ended", visit.say("objectives.ended_by", **told)))
    return tuple([Fact(visit.say(f"objectives.{name}"), text) for name, text in rows if text])


def _course(visit: Visit, pen: Pen, one: ObjectiveView) -> dict[str, Any]:
    """The chart of what it came to beside the way and the target; its table has the baseline, too."""

    def drawn(number: int | None) -> Drawn:
        if number is None:
            return Drawn(None, "–")
        return Drawn(number / 10**one.scale, goals.value(pen.tongue, pen.programme, one, number))

    names = ("value", "asked", "target", "base")
    points = tuple([
        Point(f"{each.month[5:]}.{each.month[:4]}",
              tuple([drawn(number) for number in (each.value, each.asked, each.target, each.baseline)]))
        for each in one.months
    ])  # fmt: skip
    return {"series": tuple([Series(visit.say(f"objectives.{name}"), name == "base") for name in names]),
            "points": points}  # fmt: skip


def file(visit: Visit, id: str) -> HttpResponse:
    """The months of an objective as a file."""
    return frame.table(ask(visit, api.read, id, csv=True))


def end(visit: Visit, id: str) -> HttpResponse:
    """Put an end to an objective."""
    try:
        ask(visit, api.end, id, body=posted.read(visit.request, ObjectiveEnd))
    except Refusal as refusal:
        return _read(visit, id, posted.faults(refusal), 422)
    return visit.done(visit.say("objectives.end_done"), "console.objective", id)


PAGES: Final[tuple[Page, ...]] = (
    Page(_ALL, "figures:read", list_, AREA),
    Page(_ALL, "objectives:write", begin, "console.objective_begin", ("POST",)),
    Page(f"{_ALL}/<str:id>", "figures:read", read, "console.objective"),
    Page(f"{_ALL}/<str:id>", "objectives:write", end, "console.objective_end", ("POST",)),
    Page(f"{_ALL}/<str:id>/course.csv", "figures:read", file, "console.objective_csv"),
)
