"""`guerdon figures`: what some days came to, against others, and what points are owed month by month."""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from guerdon.faces.cli import installation, terminal
from guerdon.faces.cli.terminal import Failure

if TYPE_CHECKING:
    from guerdon.core.kpis import Compare, Span
    from guerdon.core.programme import Programme
    from guerdon.features.programmes.queries import ProgrammeRow
    from guerdon.insight.figures import Figure, Figures
    from guerdon.insight.liability import Month

COMPARES = {"period": "previous_period", "year": "previous_year"}
_DAY = "DAY"


def figures(
    since: Annotated[str | None, typer.Option("--from", help="The first day.", metavar=_DAY)] = None,
    until: Annotated[str | None, typer.Option("--until", help="The day after the last one.", metavar=_DAY)] = None,
    compare: Annotated[
        str | None, typer.Option("--compare", help="With the one before: period or year.", metavar="WHAT")
    ] = None,
    liability: Annotated[bool, typer.Option("--liability", help="What points are owed, month by month.")] = False,
    programme: installation.ProgrammeKey = None,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print a table for a spreadsheet.")] = False,
    as_json: terminal.Json = False,
) -> None:
    """Show what some days came to: members, purchases, points, and what they are worth.

    New facts are counted first, so that the figures are as of now. Without days it is the thirty that are over; with
    --liability the months of the days, twelve without any.

    \b
    Examples:
      guerdon figures
      guerdon figures --from 2026-10-01 --until 2026-11-01 --compare year
      guerdon figures --liability --csv
    """
    if compare is not None and compare not in COMPARES:
        raise Failure(f"“{compare}” is no comparison.", hint="--compare period or --compare year", code=terminal.USAGE)
    installation.enter()
    from guerdon.engine import figures as engine

    row = installation.programme(programme)
    now = installation.now(row)
    with terminal.progress("Figures (facts)", total=None) as advance:
        done = engine.run(programme_id=row.id, now=now, progress=advance)
    if done.held_up:
        terminal.note("Somebody is still writing: what came last is not counted yet.")
    days = (_day(since), _day(until))
    if liability:
        _owed(row, now, days, as_csv=as_csv, as_json=as_json)
    else:
        _days(row, now, days, compare, as_csv=as_csv, as_json=as_json)


def _day(text: str | None) -> date | None:
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError as error:
        raise Failure(f"“{text}” is no day.", hint="Write it like 2026-10-31.", code=terminal.USAGE) from error


def _days(
    row: "ProgrammeRow", now: datetime, days: tuple[date | None, date | None], compare: str | None,
    *, as_csv: bool, as_json: bool,
) -> None:  # fmt: skip
    from guerdon.core.kpis import Span
    from guerdon.faces.api import figures as api
    from guerdon.insight import figures as insight
    from guerdon.kit import store

    book = installation.lawbook(row)
    law = book.current(now).programme
    default = insight.default_span(law, now)
    until = days[1] or default.until
    span = Span(days[0] or until - (default.until - default.since), until)
    other: Compare | None = COMPARES.get(compare or "")  # type: ignore[assignment] # one of the two
    asked = insight.Question(span, (), other, "month")
    found = insight.read(store.current(), row.id, law, asked, now=now)
    views = tuple([api.figure(one, found.starts, law, "en") for one in found.figures])
    if as_csv:
        print(api.csv_of(views), end="")
    elif as_json:
        terminal.show_json({"from": span.since, "until": span.until, "compared": found.compared, "figures": views})
    else:
        _print(found, law)


def _said(span: "Span") -> str:
    """The first and the last day of a span, whose end is exclusive."""
    from guerdon.core import sentences

    tongue = sentences.tongue("en")
    return f"{tongue.day(span.since)} – {tongue.day(span.until - timedelta(days=1))}"


def _print(found: "Figures", law: "Programme") -> None:
    from guerdon.faces import words

    span, other = found.span, found.compared
    against = f", against {_said(other)}" if other else ""
    terminal.say(f"{_said(span)}{against}", style="bold")
    lines = [(words.say(f"figures.{one.value.kpi}", "en"), _of(one, law), *_numbers(one, law)) for one in found.figures]
    terminal.table("", ("", "", "#", "#before", "#change"), lines)


def _of(one: "Figure", law: "Programme") -> str:
    unit = law.units.get(one.value.of)
    return one.value.of if unit is None else unit.name.get("en") or unit.code


def _numbers(one: "Figure", law: "Programme") -> tuple[str, str, str]:
    from guerdon.core import kpis
    from guerdon.faces.api import figures as api

    currency, scale = api.measure(one.value, law)
    percent = "%" if kpis.kpi(one.value.kpi).kind == "percent" else ""

    def shown(number: int | None) -> str:
        if number is None:
            return "–"
        return terminal.cash(number, currency) if currency else terminal.points(number, scale) + percent

    change = kpis.change(one.value, one.before)
    told = "" if change is None else f"{change / 100:+.1f}%"
    return shown(one.value.value), "" if one.before is None else shown(one.before.value), told


def _owed(
    row: "ProgrammeRow", now: datetime, days: tuple[date | None, date | None], *, as_csv: bool, as_json: bool
) -> None:
    from guerdon.core import closing
    from guerdon.faces.api import figures as api
    from guerdon.insight import liability
    from guerdon.kit import store

    book = installation.lawbook(row)
    law = book.current(now).programme
    since = None if days[0] is None else closing.named(days[0])
    until = None if days[1] is None else closing.named(days[1] - timedelta(days=1))
    found = liability.roll(store.current(), row.id, book, now=now, since=since, until=until)
    if as_csv:
        print(api.liability_csv(found.months, law), end="")
    elif as_json:
        terminal.show_json({"currency": law.currency, "seq": found.seq, "months": found.months})
    else:
        for unit in dict.fromkeys(one.sums.unit for one in found.months):
            _print_owed(unit, [one for one in found.months if one.sums.unit == unit], law)


def _print_owed(code: str, months: "list[Month]", law: "Programme") -> None:
    """A line a month: it opens with what the one before closed with, and every movement has its column."""
    from guerdon.core import closing

    unit = law.units.get(code)
    scale = unit.scale if unit else 0
    lines = []
    for one in months:
        flows = closing.columns(one.sums)
        moved = [terminal.points(flow.points, scale) if flow.points else "" for flow in flows.values()]
        worth = "" if one.worth_closing is None else terminal.cash(one.worth_closing, law.currency)
        name = one.month if one.closed else f"{one.month} (open)"
        ends = [terminal.points(points, scale) for points in (one.sums.opening, one.sums.closing)]
        lines.append((name, ends[0], *moved, ends[1], worth))
    heads = [f"#{name.replace('_', ' ')}" for name in dict.fromkeys(closing.COLUMNS.values())]
    title = (unit.name.get("en") if unit else None) or code
    terminal.table(title, ("month", "#opening", *heads, "#closing", "#worth"), lines)
