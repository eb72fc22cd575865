"""Tiers in the console: who is where and how that went, what other thresholds would do, and tiers given by hand."""

from datetime import date, timedelta
from typing import Annotated, Any, Final

import msgspec
from django.http import HttpResponse
from msgspec import Meta

from guerdon.core import limits, money, sentences
from guerdon.core.errors import Refusal
from guerdon.core.kpis import WINDOW
from guerdon.core.ladders import Ladder
from guerdon.core.tiers import GrantKind
from guerdon.faces import posted, typed
from guerdon.faces.api import figures
from guerdon.faces.api import tiers as api
from guerdon.faces.asking import ask
from guerdon.faces.console import frame, moves, people
from guerdon.faces.design.shapes import Choice, Fact, Fault, Measure, Point, Series
from guerdon.faces.show import Pen
from guerdon.faces.visits import Page, Visit
from guerdon.features.programmes import forms

AREA: Final = "console.tiers"
_MONTHS: Final = 6  # that the movement goes back
_KINDS: Final[tuple[GrantKind, ...]] = ("manual", "status_match", "invitation")


class Giving(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A tier for a member, as the form says it."""

    member: Annotated[str, Meta(min_length=1, max_length=limits.TEXT_CHARS_MAX)]
    tier: str
    last_day: date
    reason: Annotated[str, Meta(min_length=1, max_length=limits.NAME_CHARS_MAX)]
    kind: GrantKind = "manual"


class Rung(msgspec.Struct, frozen=True):
    """A tier in words, and its threshold as it is typed."""

    key: str
    name: str
    asks: str
    members: str
    typed: str
    field: str
    fault: str


class Climb(msgspec.Struct, frozen=True):
    """A ladder in words, its tiers, and how many members each had month by month."""

    key: str
    name: str
    sentences: tuple[str, ...]
    rungs: tuple[Rung, ...]
    series: tuple[Series, ...]
    points: tuple[Point, ...]


def show(visit: Visit) -> HttpResponse:
    """All ladders."""
    return _show(visit)


def _show(
    visit: Visit, *, said: dict[str, Any] | None = None, faults: dict[str, str] | None = None, status: int = 200,
    moved: dict[str, Any] | None = None,
) -> HttpResponse:  # fmt: skip
    said, faults, tongue = said or {}, faults or {}, Pen(visit).tongue
    counted = _counted(visit)
    levels = [level for one in visit.programme.tiers for level in one.levels]
    context = {
        "ladders": tuple([_ladder(visit, one, counted, said, faults) for one in visit.programme.tiers]),
        "previews": visit.may("profiles:read"), "grants": visit.may("adjustments:write"),
        "choices": tuple([Choice(one.key, tongue.named(one.name)) for one in levels]),
        "kinds": tuple([Choice(one, visit.say(f"console_tiers.kind_{one}")) for one in _KINDS]),
        "said": {"kind": "manual"} | said, "faults": faults, "general": faults.get("", ""),
        "failing": tuple([Fault(name, text) for name, text in faults.items() if name.startswith("threshold.")]),
        "moves": None, "months": _MONTHS,
    }  # fmt: skip
    return frame.page(visit, "console/tiers.html", context | (moved or {}), area=AREA, status=status)


def _counted(visit: Visit) -> dict[str, tuple[int | None, list[figures.PointView]]]:
    """By tier, how many members have earned it, and month by month."""
    until = visit.now.astimezone(visit.zone).date()
    since = (until - timedelta(days=WINDOW * _MONTHS)).replace(day=1)
    query = figures.Days(since=since, until=until, granularity="month")
    return {
        one.of: (one.value, list(one.series))
        for one in ask(visit, figures.read, query=query).figures
        if one.kpi == "tier_members"
    }


def _ladder(visit: Visit, one: Ladder, counted: dict[str, Any], said: dict[str, Any], faults: dict[str, str]) -> Climb:
    pen = Pen(visit)
    told = {level.key: counted.get(f"{one.key}/{level.key}") for level in one.levels}
    rungs = []
    for level in one.levels:
        field = f"threshold.{level.key}"
        asks = visit.say("console_tiers.invited")
        if level.threshold is not None:
            asks = sentences.threshold(level.threshold, one, visit.programme, visit.language)
        found = told[level.key]
        members = "–" if found is None or found[0] is None else pen.number(found[0])
        text = "" if level.threshold is None else said.get(field) or _typed(visit, one, level.threshold)
        rungs.append(Rung(level.key, pen.tongue.named(level.name), asks, members, text, field, faults.get(field, "")))
    present = [told[level.key] for level in one.levels]
    starts = [each.starts for each in present[0][1]] if present and present[0] is not None else []
    points = tuple([
        Point(pen.day(start), tuple([_measure(pen, None if each is None else each[1][at].value) for each in present]))
        for at, start in enumerate(starts)
    ])  # fmt: skip
    series = tuple([Series(each.name) for each in rungs])
    whole = tuple(sentences.ladder(one, visit.programme, visit.language))
    return Climb(one.key, pen.tongue.named(one.name), whole, tuple(rungs), series, points)


def _measure(pen: Pen, value: int | None) -> Measure:
    return Measure(value, "–" if value is None else pen.number(value))


def _decimals(visit: Visit, one: Ladder) -> int:
    if one.basis.points is not None:
        return visit.programme.unit(one.basis.points).scale
    return money.decimals(visit.programme.currency) if one.basis.spend else 0


def _typed(visit: Visit, one: Ladder, threshold: int) -> str:
    """A threshold as it stands in the programme file."""
    decimals = _decimals(visit, one)
    whole, part = divmod(threshold, 10**decimals)
    return f"{whole}.{part:0{decimals}}" if decimals else str(whole)


def preview(visit: Visit) -> HttpResponse:
    """Who would move, and where to, if thresholds were these; nothing is changed."""
    said = visit.request.POST.dict()
    try:
        document = _document(visit, said)
        wrong = _wrong(visit, document)
        if wrong:
            return _show(visit, said=said, faults=wrong, status=422)
        moved = moves.preview(visit, document)
    except Refusal as refusal:
        faults = posted.faults(refusal)
        if not all(name.startswith("threshold.") for name in faults):
            faults = {"": posted.fault(refusal)}
        return _show(visit, said=said, faults=faults, status=422)
    return _show(visit, said=said, moved=moved)


def _document(visit: Visit, said: dict[str, Any]) -> Any:
    """The programme with the thresholds of the form."""
    document: Any = forms.to_document(visit.programme)
    for ladder in visit.programme.tiers:
        for level in ladder.levels:
            field = f"threshold.{level.key}"
            text = str(said.get(field, "")).strip()
            if level.threshold is not None and text:
                steps = typed.number(text, scale=_decimals(visit, ladder), at=f"/{field}", least=0)
                document["tiers"][ladder.key]["levels"][level.key]["from"] = _typed(visit, ladder, steps)
    return document


def _wrong(visit: Visit, document: Any) -> dict[str, str]:
    """What is wrong with thresholds, by the field where it stands."""
    fields = {
        f"/tiers/{ladder.key}/levels/{level.key}/from": f"threshold.{level.key}"
        for ladder in visit.programme.tiers for level in ladder.levels
    }  # fmt: skip
    word = {"not_ascending": "console_tiers.not_ascending"}
    return {
        fields[one.path]: visit.say(word.get(one.reason, "console_tiers.no_threshold"))
        for one in forms.read_document(document).errors if one.path in fields
    }  # fmt: skip


def give(visit: Visit) -> HttpResponse:
    """Give a tier by hand: until the end of a day, with a reason."""
    token, said = posted.token(visit.request), visit.request.POST.dict()
    try:
        told = posted.read(visit.request, Giving)
        who = people.known(visit, told.member)
        body = api.NewGrant(who, told.tier, told.last_day, told.reason, token, kind=told.kind, source="console")
        made = ask(visit, api.grant, body=body, token=token).grant
    except Refusal as refusal:
        return _show(visit, said=said, faults=posted.faults(refusal), status=422)
    return visit.done(visit.say("console_tiers.granted"), "console.grant", made.id)


def grant(visit: Visit, id: str) -> HttpResponse:
    """One that was given: to whom, by whom, why, and until when."""
    one, pen = ask(visit, api.read_grant, id).grant, Pen(visit)
    name = people.names(visit, [one.member], "console.grant")[one.member]
    told = [Fact(visit.say("console_queue.member"), name, visit.to("console.member", one.member))]
    told += [
        Fact(visit.say(f"console_tiers.{key}"), text)
        for key, text in {
            "tier": one.tier, "kind": visit.say(f"console_tiers.kind_{one.kind}"),
            "since": pen.moment(one.since), "last_day": pen.day(one.last_day), "reason": one.reason, "actor": one.actor,
        }.items()
    ]  # fmt: skip
    return frame.page(visit, "console/grant.html", {"facts": told}, area=AREA)


_AT: Final = "console/<slug:programme>/tiers"
PAGES: Final[tuple[Page, ...]] = (
    Page(_AT, "figures:read", show, "console.tiers"),
    Page(
        f"{_AT}/preview", "profiles:read", preview, "console.tiers_preview", methods=("POST",), also=("figures:read",)
    ),
    Page(f"{_AT}/grants", "adjustments:write", give, "console.tiers_give", methods=("POST",)),
    Page(f"{_AT}/grants/<str:id>", "profiles:read", grant, "console.grant"),
)
