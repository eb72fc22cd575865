"""`guerdon insight`: closed months written as Parquet files, and KPIs computed of them."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from guerdon.faces.cli import clv, exported, installation, roi, roll_forward, terminal, working
from guerdon.faces.cli.terminal import Failure

if TYPE_CHECKING:
    from datetime import datetime

    from guerdon.core.kpis import Compare
    from guerdon.features.programmes.queries import ProgrammeRow
    from guerdon.insight.exports.months import Report
    from guerdon.insight.kpis.asked import Answer
    from guerdon.insight.kpis.definitions import Kpi

app = typer.Typer(help="Export closed months, and say what they come to.", no_args_is_help=True, rich_markup_mode=None)
app.command()(roi.roi)
app.command()(roi.beside)
app.command()(working.working)

app.command()(clv.clv)
app.command("roll-forward")(roll_forward.roll_forward)


@app.command()
def export(
    folder: exported.Folder = None, programme: installation.ProgrammeKey = None, as_json: terminal.Json = False
) -> None:
    """Write every closed month that is not in the folder yet, as Parquet files of its own.

    A month that is closed never changes, so each is written once; told again, its every byte is checked. It is written
    from one moment of the database, and only where the points of its postings come to what it was closed with. The
    files hold activities, lines, returns, postings, lots and what became of them, redemptions, and members by their
    ids: no names, no addresses. A month that was cut off half-way is begun anew, and nobody ever reads it.

    \b
    Examples:
      guerdon insight export
      guerdon insight export exports --programme aurora --json
    """
    folder = exported.place(folder)
    installation.enter()
    row = installation.programme(programme)
    report = _exported(row, folder, installation.now(row))
    if as_json:
        told = [
            {"month": one.manifest.closing.month, "rows": one.manifest.rows, "written": one in report.written}
            for one in (*report.checked, *report.written)
        ]
        terminal.show_json({"programme": row.key, "folder": str(folder / row.key), "months": told})
        return
    for one in report.written:
        rows = terminal.counted(one.manifest.rows, "row")
        terminal.say(f"{one.manifest.closing.month}: {rows} written to {installation.shown(one.folder)}")
    if report.checked:
        first, last = report.checked[0].manifest.closing.month, report.checked[-1].manifest.closing.month
        terminal.say(f"{first} – {last}: as they were written." if first != last else f"{first}: as it was written.")
    if not report.written and not report.checked:
        terminal.say("No month is closed yet: guerdon close MONTH")


def _exported(row: "ProgrammeRow", folder: Path, now: "datetime") -> "Report":
    """Count what is not counted yet of closed months, and write. Raises the failure that says what is wrong."""
    import guerdon
    from guerdon.engine import closing
    from guerdon.features.closings import queries as closings
    from guerdon.insight.exports import files, months
    from guerdon.kit import snapshot, store

    for one in closings.every(store.current(), row.id):
        if one.sums is None:
            closing.count(programme_id=row.id, month=one.closing.month, now=now)
    book = installation.lawbook(row)
    try:
        with snapshot.taken() as view, terminal.progress("Writing closed months (rows)") as advance:
            own = folder / row.key
            return months.export(view, row.id, book, own, version=guerdon.__version__, advance=advance, now=now)
    except files.Damaged as error:
        raise exported.damaged(folder / row.key, error) from None
    except OSError as error:
        why = f"{error.strerror}: {error.filename}" if error.filename else str(error)
        raise Failure(f"{folder} can't be written.", why=why) from error


COMPARES: "Final[dict[str, Compare]]" = {"period": "previous_period", "year": "previous_year"}


@app.command()
def kpi(  # noqa: PLR0913, PLR0917 - each of them is an option of the command
    name: Annotated[str, typer.Argument(help="Which KPI; “all” lists them.", metavar="NAME")],
    folder: exported.Folder = None,
    since: Annotated[
        str | None, typer.Option("--from", help="The first day; by default of the last month exported.", metavar="DAY")
    ] = None,
    until: Annotated[str | None, typer.Option("--until", help="The day after the last one.", metavar="DAY")] = None,
    store: Annotated[
        list[str] | None, typer.Option("--store", help="Of this store; again for several.", metavar="KEY")
    ] = None,
    tier: Annotated[
        list[str] | None, typer.Option("--tier", help="Of members who have this tier at the end.", metavar="KEY")
    ] = None,
    segment: Annotated[
        list[str] | None, typer.Option("--segment", help="Of members of this segment at the end.", metavar="KEY")
    ] = None,
    compare: Annotated[
        str | None, typer.Option("--compare", help="Beside it: period or year before.", metavar="period|year")
    ] = None,
    spark: Annotated[
        str | None,
        typer.Option(
            "--spark", help="Ask this Spark instead of DuckDB; it sees the folder, too.", metavar="sc://HOST:PORT"
        ),
    ] = None,
    programme: installation.ProgrammeKey = None,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print CSV for a spreadsheet.")] = False,
    as_json: terminal.Json = False,
) -> None:
    """Compute a KPI of the closed months in a folder of exports; no database is asked.

    \b
    Examples:
      guerdon insight kpi all
      guerdon insight kpi retention --from 2026-01-01 --until 2026-07-01
      guerdon insight kpi churn exports --tier gold --compare period --json
      guerdon insight kpi rfm /shared/exports --spark sc://spark.example.com:15002
    """
    with exported.extra():
        from guerdon.insight.kpis import answers, definitions
        from guerdon.insight.kpis.asked import Question
    if name == "all":
        _list(as_json=as_json)
        return
    wanted = definitions.kpi(name)
    other, own = _compare(compare), exported.own(exported.place(folder), programme)
    with exported.told(own), exported.extra("pyspark-client"):
        span = exported.span(answers.default_span(own), since, until)
        asked = Question(span, tuple(store or ()), tuple(tier or ()), tuple(segment or ()))
        found = answers.ask(own, name, asked, compare=other, spark=spark)
    if as_json:
        terminal.show_json({
            "kpi": name, "programme": own.name, "from": span.since, "until": span.until, "of": wanted.of,
            "kind": wanted.kind, "rows": found,
        })  # fmt: skip
    elif as_csv:
        _csv(wanted, found)
    else:
        terminal.say(f"{wanted.title}, {span.since} up to {span.until} (not included)", style="bold")
        _print(wanted, found)


def _compare(told: str | None) -> "Compare | None":
    if told is not None and told not in COMPARES:
        raise Failure(f"“{told}” is no comparison.", hint="--compare period or --compare year", code=terminal.USAGE)
    return COMPARES[told] if told else None


def _list(*, as_json: bool) -> None:
    from guerdon.insight.kpis.definitions import KPIS

    if as_json:
        terminal.show_json([{"kpi": key, "title": one.title, "formula": one.formula} for key, one in KPIS.items()])
        return
    terminal.table("", ("name", "what it says"), [(key, one.definition) for key, one in KPIS.items()])


def _csv(wanted: "Kpi", found: "Sequence[Answer]") -> None:
    from guerdon.faces import tables

    header = (*wanted.of, "numerator", "denominator", "value", "before")
    rows = [(*one.of, one.numerator, one.denominator, one.value, one.before) for one in found]
    print(tables.write(header, rows), end="")


def _print(wanted: "Kpi", found: "Sequence[Answer]") -> None:
    if not found:
        terminal.say("Nothing happened of which it could be said.")
        return
    compared = any(one.before is not None for one in found)
    lines = []
    for one in found:
        number, before = _shown(wanted, one, one.value), _shown(wanted, one, one.before)
        of = "" if one.denominator is None else terminal.number(one.denominator)
        lines.append((*one.of, terminal.number(one.numerator), of, number, *([before] if compared else [])))
    heads = ("#counted", "#of", "#value", *(["#before"] if compared else []))
    terminal.table("", (*wanted.of, *heads), lines)


def _shown(wanted: "Kpi", one: "Answer", value: int | None) -> str:
    if value is None:
        return "–"
    if wanted.kind == "money":
        return terminal.cash(value, str(one.of[0]))
    if wanted.kind in ("count", "points"):
        return terminal.number(value)
    return terminal.points(value, 2) + ("%" if wanted.kind == "percent" else "")
