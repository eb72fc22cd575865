"""Exchange rates by hand: brought in from a bank's table, listed, and what waited for them released."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from guerdon.faces.cli import import_failures, installation, terminal
from guerdon.faces.cli.terminal import Failure

if TYPE_CHECKING:
    from guerdon.core.rates import ToldRate
    from guerdon.engine.exchange import Released
    from guerdon.features.programmes.queries import ProgrammeRow

app = typer.Typer(
    no_args_is_help=True,
    help="""Exchange rates beside those of the programme file.

\b
Examples:
  guerdon rates import eurofxref-hist.csv --currency USD --since 2026-01-01
  guerdon rates list
  guerdon rates release""",
)


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="A table: a column Date, and one for each currency.", metavar="FILE")],
    currency: Annotated[
        list[str] | None,
        typer.Option("--currency", "-c", help="Only this one; several times for several.", metavar="CODE"),
    ] = None,
    since: Annotated[str | None, typer.Option("--since", help="Only from this day on.", metavar="DAY")] = None,
    programme: installation.ProgrammeKey = None,
    as_json: terminal.Json = False,
) -> None:
    """Bring in a bank's table, and decide what waited for its rates.

    Each cell says how much of the currency is one of the programme's, as in the European Central Bank's
    eurofxref-hist.csv; empty cells and N/A are passed over. A rate is valid from its day until the next one begins.

    \b
    Examples:
      guerdon rates import eurofxref-hist.csv --currency USD --since 2026-01-01
      guerdon rates import eurofxref-hist.csv -c USD -c GBP --programme aurora
    """
    installation.enter()
    from guerdon.core import limits, period, rates
    from guerdon.engine import exchange

    row = installation.programme(programme)
    now = installation.now(row)
    law = installation.lawbook(row).current(now)
    with import_failures.told_plainly(dry_run=False):
        read = _read(file, law.programme.currency, set(currency or ()))
    told = [one for one in read if since is None or one.day >= since]
    rates.check(told, home=law.programme.currency, today=period.local_day(now, law.zone))
    new = 0
    with terminal.progress("Rates", total=len(told)) as advance:
        for start in range(0, len(told), limits.TOLD_RATES_MAX):
            part = told[start : start + limits.TOLD_RATES_MAX]
            new += exchange.tell(programme_id=row.id, rates=part, now=now, by=installation.who())[0]
            advance(len(part))
    done = _release(row)
    if as_json:
        terminal.show_json({"programme": row.key, "read": len(told), "new": new, "release": done})
        return
    terminal.say(f"{row.key}: {terminal.counted(len(told), 'rate')} read, {terminal.number(new)} of them new.")
    _print(row, done)


@app.command("list")
def list_(programme: installation.ProgrammeKey = None, as_json: terminal.Json = False) -> None:
    """List the rates told beside the programme file, those that were replaced since with the day of it.

    \b
    Examples:
      guerdon rates list
      guerdon rates list --programme aurora --json
    """
    installation.enter()
    from guerdon.core import limits
    from guerdon.features.rates import queries
    from guerdon.kit import ids, store

    row = installation.programme(programme)
    after, told = ("", "", ids.NIL), list[queries.RateRow]()
    while page := queries.told(store.current(), row.id, after=after, most=limits.PAGE_ROWS_MAX):
        told += page
        after = (page[-1].rate.currency, page[-1].rate.day, page[-1].id)
    if as_json:
        terminal.show_json(told)
        return
    law = installation.lawbook(row).law(1).programme  # its currency never changes
    lines = [
        (one.rate.currency, one.rate.day, terminal.cash(one.rate.units, one.rate.currency),
         terminal.cash(one.rate.home, law.currency), one.told_by,
         terminal.moment(one.replaced_at, law.zone) if one.replaced_at else "")
        for one in told
    ]  # fmt: skip
    terminal.table("", ("currency", "from", "#so much", "#is at home", "told by", "replaced"), lines)


@app.command()
def release(programme: installation.ProgrammeKey = None, as_json: terminal.Json = False) -> None:
    """Decide what waited for an exchange rate that is there by now.

    Each fact is decided by the rules in force when it happened. The worker does it by itself after rates were told or a
    version was published; stopping it does no harm, running it again goes on.

    \b
    Examples:
      guerdon rates release
      guerdon rates release --programme aurora --json
    """
    installation.enter()
    row = installation.programme(programme)
    done = _release(row)
    if as_json:
        terminal.show_json({"programme": row.key, "release": done})
    else:
        _print(row, done)


def _release(row: "ProgrammeRow") -> "Released":
    from guerdon.engine import exchange

    with terminal.progress("Waiting activities") as advance:
        return exchange.release(programme_id=row.id, now=installation.now(row), progress=advance)


def _print(row: "ProgrammeRow", done: "Released") -> None:
    waited = done.released + done.waiting + sum(done.held_back.values())
    if not waited:
        terminal.say(f"{row.key}: nothing waited for a rate.")
        return
    terminal.say(
        f"{row.key}: {terminal.counted(done.released, 'activity', 'activities')} released,"
        f" {terminal.number(done.waiting)} still without a rate."
    )
    for why, facts in sorted(done.held_back.items()):
        terminal.say(f"  held back, {why}: {terminal.number(facts)} (GET /v1/activities?status=parked shows them)")


def _read(file: Path, home: str, wanted: set[str]) -> "list[ToldRate]":
    """The rates of a bank's table, the earliest first."""
    from guerdon.core import limits, money
    from guerdon.faces.imports import faults, tables

    found: list[ToldRate] = []
    days: dict[str, int] = {}
    heads = tables.head(file, tables.Layout()) if file.is_file() else []
    columns = [name for name in heads if money.known(name) and name != home]
    table = tables.open_table(file, tables.Layout(format="csv"), ("Date", *columns))
    if not columns:
        hint = "The first line names the columns: Date, USD, JPY …"
        raise Failure(f"{file}: this is no table of exchange rates.", hint=hint, code=terminal.UNREADABLE)
    for line, cells, flaw in table.rows():
        if flaw is not None:
            raise Failure(f"{file}:{line}: {faults.explain(flaw[0])}", code=terminal.UNREADABLE)
        day = cells[table.places["Date"]].strip()
        if day in days:
            told = f"{file}:{line}: {day[:40]} stands there already, in line {days[day]}."
            raise Failure(told, hint="Leave the wrong one of the two lines out.", code=terminal.UNREADABLE)
        days[day] = line
        for name in columns:
            cell = cells[table.places[name]].strip()
            if cell and cell != "N/A" and (not wanted or name in wanted):
                found.append(_cell(file, line, home, name, day, cell))
                if len(found) > limits.RATES_OF_FILE_MAX:
                    told = f"{file}:{line}: these are more than {limits.RATES_OF_FILE_MAX:,} rates."
                    raise Failure(told, hint="Say with --currency which you need.", code=terminal.UNREADABLE)
    return sorted(found, key=lambda one: one.day)


def _cell(file: Path, number: int, home: str, currency: str, day: str, cell: str) -> "ToldRate":
    from guerdon.core import rates
    from guerdon.core.errors import Refusal

    try:
        return rates.quoted(home=home, currency=currency, day=day, units_of_one=cell)
    except Refusal as refusal:
        told = f"{file}:{number}: “{cell[:40]}” is no rate of {currency}."
        raise Failure(told, hint="A rate is a number like 1.0834.", code=terminal.UNREADABLE) from refusal
