"""Sample baskets in the console: what a draft would give for one, why, and what the published programme gives."""

from datetime import datetime
from itertools import zip_longest
from typing import Any, Final

import msgspec
from django.http import HttpResponse, QueryDict

from guerdon.core import activities as law
from guerdon.core import period
from guerdon.core.activities import Line
from guerdon.core.errors import Refusal
from guerdon.core.limits import QUANTITY_MAX, YEAR_MAX
from guerdon.faces import posted, typed, web
from guerdon.faces.api import segments, trials
from guerdon.faces.api.segments import SegmentView
from guerdon.faces.api.trials import TrialSide, TrialView
from guerdon.faces.asking import ask
from guerdon.faces.console import frame, people, sources
from guerdon.faces.console.filling import Filling
from guerdon.faces.console.sources import Source
from guerdon.faces.design.shapes import Choice, Fault, Link
from guerdon.faces.show import Pen
from guerdon.faces.visits import Page, Visit

_LINES_MAX: Final = 20
_FIELDS: Final = ("product", "category", "brand", "quantity", "amount")


class LineField(msgspec.Struct, frozen=True):
    """A line of the sample basket, as it stands in its fields."""

    at: int
    told: dict[str, str]
    faults: dict[str, str] = {}


class Given(msgspec.Struct, frozen=True):
    """What one side gives: sums first, then why."""

    title: str
    sums: tuple[str, ...]
    sentences: tuple[str, ...]
    silent: tuple[str, ...]


def form(visit: Visit, id: str) -> HttpResponse:
    """A basket to try."""
    return _page(visit, id, None, {})


def run(visit: Visit, id: str) -> HttpResponse:
    """What the basket would give; another line where that was asked for."""
    if visit.request.POST.get("act") == "line":
        return _page(visit, id, None, {})
    try:
        body = _sample(visit, visit.request.POST)
        found: TrialView = ask(visit, trials.try_draft, id, body=body)
    except Refusal as refusal:
        return _page(visit, id, None, _faults(visit, refusal), 422)
    except (ValueError, OverflowError):
        return _page(visit, id, None, {"at": visit.say("drafts.moment_wrong")}, 422)
    return _page(visit, id, found, {})


def _faults(visit: Visit, refusal: Refusal) -> dict[str, str]:
    """What is wrong, at the fields of this page."""
    if refusal.code in ("member_unknown", "id_malformed"):
        return {"member": visit.say("drafts.member_unknown")}
    faults = posted.faults(refusal)
    if "occurred_at" in faults:
        faults["at"] = faults.pop("occurred_at")
    return faults


def _moment(visit: Visit, at: str) -> datetime:
    """A moment as people pick it. Raises ValueError, and `value_refused` for a year that is too far off."""
    picked = datetime.fromisoformat(at)
    if picked.year > YEAR_MAX:
        raise web.VALUE_REFUSED(pointer="/at", reason="year_far_off", hint="")
    return period.instant(picked, visit.zone)


def _segments(visit: Visit, told: QueryDict) -> tuple[str, ...]:
    """The segments that somebody new is to be in. Raises `value_refused` for one that nobody has saved."""
    picked = tuple(dict.fromkeys(told.getlist("segments")))
    saved = {one.key for one in _saved(visit)} if picked else set()
    if not saved.issuperset(picked):
        raise web.VALUE_REFUSED(pointer="/segments", reason="not_a_choice", hint="")
    return picked


def _saved(visit: Visit) -> tuple[SegmentView, ...]:
    return ask(visit, segments.list_).segments if visit.may("segments:read") else ()


def _sample(visit: Visit, told: QueryDict) -> trials.Sample:
    lines = tuple(
        Line(
            product=line.told["product"] or None, category=line.told["category"] or None,
            brand=line.told["brand"] or None, quantity=_quantity(line),
            amount=_minor(visit, line.told["amount"] or "0", f"/line.{line.at}.amount"),
        )
        for line in _lines(told) if any(line.told.values())
    )  # fmt: skip
    who, tier, plan, at = (str(told.get(name, "")).strip() for name in ("member", "tier", "plan", "at"))
    sample = None if who else trials.SamplePerson(
        tiers=(tier,) if tier else (), memberships=(plan,) if plan else (),
        segments=_segments(visit, told),
    )  # fmt: skip
    amount = str(told.get("amount", "")).strip()
    return trials.Sample(
        kind=str(told.get("kind") or law.PURCHASE), lines=lines,
        amount=_minor(visit, amount, "/amount") if amount and not lines else None,
        occurred_at=_moment(visit, at) if at else None,
        store=str(told.get("store", "")).strip() or None, channel=str(told.get("channel", "")).strip() or None,
        member=people.known(visit, who) if who else None, sample=sample,
    )  # fmt: skip


def _minor(visit: Visit, text: str, at: str) -> int:
    return typed.amount(visit, text, at=at, least=0)


def _quantity(line: LineField) -> int:
    return typed.number(line.told["quantity"] or "1", scale=0, at=f"/line.{line.at}.quantity", most=QUANTITY_MAX)


def _lines(told: QueryDict) -> list[LineField]:
    found: list[LineField] = []
    while f"line.{len(found)}.amount" in told and len(found) < _LINES_MAX:
        at = len(found)
        found.append(LineField(at, {name: str(told.get(f"line.{at}.{name}", "")).strip() for name in _FIELDS}))
    return found


def _page(visit: Visit, id: str, found: TrialView | None, faults: dict[str, str], status: int = 200) -> HttpResponse:
    source = sources.of(visit, id)
    told = visit.request.POST
    lines = _lines(told) or [LineField(0, {})]
    if told.get("act") == "line" and len(lines) < _LINES_MAX:
        lines.append(LineField(len(lines), {}))
    lines = [
        msgspec.structs.replace(one, faults={name: faults.get(f"line.{one.at}.{name}", "") for name in _FIELDS})
        for one in lines
    ]
    context: dict[str, Any] = {
        "source": source, "lines": lines, "told": told, "faults": faults,
        "failing": tuple([Fault(name or "kind", text) for name, text in faults.items()]),
        "links": (Link(source.title, visit.to("console.draft", id)),),
        "picked": told.getlist("segments"), **_choices(visit, source),
    }  # fmt: skip
    if found is not None:
        pen = Pen(visit)
        context["sides"] = tuple([
            _side(visit, pen, source, visit.say("drafts.would"), found.tried),
            _side(visit, pen, source, visit.say("drafts.gives_now"), found.published),
        ])  # fmt: skip
        context["differs"] = any(one.points != one.published for one in found.compared)
    return frame.page(visit, "console/try.html", context, area="console.drafts", status=status)


def _choices(visit: Visit, source: Source) -> dict[str, tuple[Choice, ...]]:
    none = Choice("", visit.say("drafts.nothing"))
    named, programme = Pen(visit).tongue.named, source.programme
    levels = [level for ladder in programme.tiers for level in ladder.levels]
    return {
        "kinds": Filling(programme, visit.language, {}).kinds(),
        "tiers": (none, *[Choice(one.key, named(one.name)) for one in levels]),
        "segments": tuple([Choice(one.key, one.name) for one in _saved(visit)]),
        "plans": (none, *[Choice(key, named(one.name)) for key, one in programme.plans.items()]),
    }


def _side(visit: Visit, pen: Pen, source: Source, title: str, side: TrialSide) -> Given:
    totals: dict[str, int] = {}
    for one in side.awards:
        totals[one.unit] = totals.get(one.unit, 0) + one.points
    sums = [pen.tongue.points(points, source.programme.unit(unit)) for unit, points in totals.items()]
    vouchers = [pen.tongue.named(source.programme.vouchers[key].name) for key in side.vouchers]
    nothing = visit.say("drafts.parked" if side.parked else "drafts.gives_nothing")
    given = len(side.sentences) - len(side.silent)  # of rules that stay silent it is told last
    names = {rule.key: pen.tongue.named(rule.name) for rule in source.programme.rules}
    by = [names.get(share.rule, "") for award in side.awards for share in award.shares]
    said = [f"{name}: {text}" if name else text for name, text in zip_longest(by, side.sentences[:given], fillvalue="")]
    return Given(title, tuple(sums + vouchers) or (nothing,), tuple(said), side.sentences[given:])


PAGES: Final[tuple[Page, ...]] = (
    Page("console/<slug:programme>/drafts/<str:id>/try", "rules:read", form, "console.draft_try"),
    Page("console/<slug:programme>/drafts/<str:id>/try", "rules:read", run, "console.draft_try", methods=("POST",)),
)
