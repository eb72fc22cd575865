"""What of a programme does not work, of exported months: each finding with its figures, in words."""

from datetime import date
from typing import Final

import msgspec

from guerdon.core import kpis as law
from guerdon.core import sentences, working
from guerdon.core.kpis import Span
from guerdon.core.working import FigureKind, Finding
from guerdon.faces import findings
from guerdon.faces.api import calls
from guerdon.faces.api.calls import Call, Endpoint, Reply
from guerdon.faces.api.kpis import exported, own, recalled
from guerdon.features.programmes import queries as programmes
from guerdon.insight.working import kept
from guerdon.insight.working.kept import Wanted
from guerdon.insight.working.told import Report


class WorkingDays(msgspec.Struct, frozen=True, rename={"since": "from"}, forbid_unknown_fields=True):
    """Which days, and in which language."""

    since: date | None = None
    until: date | None = None
    language: calls.Language | None = None


class WorkingFigure(msgspec.Struct, frozen=True):
    """A number of a finding."""

    name: str
    value: int
    kind: FigureKind


class WorkingFinding(msgspec.Struct, frozen=True):
    """Something that does not work."""

    kind: working.Kind
    of: str
    name: str
    since: date | None
    unit: str
    figures: tuple[WorkingFigure, ...]
    title: str
    text: str
    advice: str


class WorkingView(msgspec.Struct, frozen=True, rename={"since": "from", "compared_since": "compared_from"}):
    """What does not work in some days."""

    since: date
    until: date
    compared_since: date | None
    compared_until: date | None
    currency: str
    looked_at: int
    findings: tuple[WorkingFinding, ...]


def read(call: Call, query: WorkingDays) -> Reply:
    """What does not work: kept where it was asked before, else computed now."""
    folder = own(call)
    usual = kept.preset(folder, "quarter") if exported(folder) else None
    if usual is None:
        raise working.WORKING_NOT_EXPORTED()
    span = Span(query.since or usual.span.since, query.until or usual.span.until)
    law.check(span)
    wanted = Wanted(span)
    known = recalled(lambda: kept.find(folder, wanted), lambda: kept.answer(folder, wanted))
    if known is None or known.report is None:
        raise working.WORKING_NOT_EXPORTED()
    return Reply(_view(call, known.report, query.language or call.language))


def _view(call: Call, report: Report, language: str) -> WorkingView:
    units = programmes.latest(call.store, call.programme_id).current(call.now).programme.units
    tongue = sentences.tongue(language)

    def points(steps: int, unit: str) -> str:
        scale = report.scales.get(unit, 0)
        return tongue.points(steps, units[unit]) if unit in units else f"{tongue.number(steps, scale)} {unit}"

    def finding(one: Finding) -> WorkingFinding:
        said = findings.tell(one, language, currency=report.currency, points=points)
        figures = tuple([WorkingFigure(each.name, each.value, each.kind) for each in one.figures])
        return WorkingFinding(
            one.kind, one.of, one.name, one.since, one.unit, figures, said.title, said.text, said.advice
        )

    other = report.against
    return WorkingView(
        report.span.since, report.span.until, other.since if other else None, other.until if other else None,
        report.currency, report.looked_at, tuple(map(finding, report.findings)),
    )  # fmt: skip


ROUTES: Final[tuple[Endpoint, ...]] = (
    Endpoint(
        "GET", "/v1/working", "figures:read", read, "Read what is not working", WorkingView, query=WorkingDays,
        refuses=(
            law.EXPORT_DAMAGED, programmes.PROGRAMME_UNPUBLISHED, working.WORKING_NOT_EXPORTED, law.INSIGHT_MISSING,
            law.FIGURES_PERIOD_INVALID,
        ),
        tag="KPIs",
        about="Rules that give nothing, rewards and vouchers that nobody takes, tiers that nobody reaches, points that "
        "end unspent, stores and segments that shrink, campaigns whose effect is not to be seen. Without days it is "
        "the last three exported months; there are no findings where all is well.",
    ),
)  # fmt: skip
