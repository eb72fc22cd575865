"""`guerdon revenue`: what revenue is deferred for points, month by month, and the journal entries of a closed one."""

from typing import TYPE_CHECKING, Annotated

import typer

from guerdon.faces.cli import installation, terminal
from guerdon.faces.cli.terminal import Failure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from guerdon.core.programme import Programme
    from guerdon.core.revenue import Line
    from guerdon.features.programmes.queries import ProgrammeRow
    from guerdon.insight.revenue import Deferred

FORMATS = ("csv", "beancount")
_MONTH = "MONTH"
_WHY = {
    "no_worth": "the programme does not say what its points are worth (worth)",
    "no_share": "the programme does not say how many of its points are expected to be redeemed (worth.redeemed)",
    "not_closed": "no month has been closed and counted since the programme says what it needs",
    "no_sales": "months were closed before sales were counted with them",
}


def revenue(
    since: Annotated[str | None, typer.Option("--from", help="The first month.", metavar=_MONTH)] = None,
    until: Annotated[str | None, typer.Option("--until", help="The last month.", metavar=_MONTH)] = None,
    journal: Annotated[
        str | None, typer.Option("--journal", help="The journal entries of a closed month.", metavar=_MONTH)
    ] = None,
    form: Annotated[str, typer.Option("--format", help="Of the journal: csv or beancount.", metavar="FORMAT")] = "csv",
    programme: installation.ProgrammeKey = None,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print a table for a spreadsheet.")] = False,
    as_json: terminal.Json = False,
) -> None:
    """Show what revenue is deferred for points, month by month (IFRS 15, ASC 606).

    Prices are split between goods and points, and what points were allotted becomes revenue as they are redeemed. It is
    told of closed months, of units whose worth and expected share of redemption the programme says; the last twelve
    where no months are named.

    \b
    Examples:
      guerdon revenue
      guerdon revenue --from 2026-01 --until 2026-12 --csv > deferred.csv
      guerdon revenue --journal 2026-10 --format beancount > october.beancount
    """
    if form not in FORMATS:
        raise Failure(f"“{form}” is no format.", hint="--format csv or --format beancount", code=terminal.USAGE)
    installation.enter()
    from guerdon.faces.api import revenue as api
    from guerdon.insight import revenue as insight
    from guerdon.kit import store

    row = installation.programme(programme)
    book = installation.lawbook(row)
    law = book.current(installation.now(row)).programme
    if journal is not None:
        _journal(row, law, journal, form, as_json=as_json)
        return
    found = insight.read(store.current(), row.id, book, law, since=since, until=until)
    if as_csv:
        print(api.csv_of(found.months, law), end="")
    elif as_json:
        terminal.show_json(api.view(found, law))
    else:
        _print(found, law)


def _journal(row: "ProgrammeRow", law: "Programme", month: str, form: str, *, as_json: bool) -> None:
    from guerdon.core import closing
    from guerdon.core import journal as entries
    from guerdon.faces.api import revenue as api
    from guerdon.insight import revenue as insight
    from guerdon.kit import store

    closing.first_day(month)
    made = insight.entries(store.current(), row.id, installation.lawbook(row), month)
    if as_json:
        terminal.show_json({"programme": row.key, "month": month, "currency": law.currency, "entries": made})
    elif form == "csv":
        print(api.journal_csv(made, law), end="")
    else:
        print(entries.beancount(made, programme=row.key, currency=law.currency), end="")


def _print(found: "Deferred", law: "Programme") -> None:
    """A table for each unit, and why there is none of others."""
    if found.until is None:
        terminal.say("No month is closed and counted yet: guerdon close does it.")
    for unit in dict.fromkeys(one.unit for one in found.months):
        _print_unit(unit, [one for one in found.months if one.unit == unit], law)
    for silent in found.silent:
        terminal.say(f"{_name(silent.unit, law)}: {_WHY[silent.why]}.")


def _name(code: str, law: "Programme") -> str:
    unit = law.units.get(code)
    return (unit.name.get("en") if unit else None) or code


def _print_unit(code: str, months: "Sequence[Line]", law: "Programme") -> None:
    """A line a month: it opens with what the one before closed with."""
    from guerdon.faces.api import revenue as api

    scale = api.scale(code, law)
    lines = []
    for one in months:
        sums = (one.opening, one.allocated, one.recognised, one.breakage, one.closing)
        points = terminal.points(one.points, scale)
        share = terminal.points(one.share, 2) + "%"
        lines.append((one.month, share, points, *[terminal.cash(amount, law.currency) for amount in sums]))
    heads = ("month", "#expected", "#points", "#opening", "#allocated", "#recognised", "#of it breakage", "#closing")
    terminal.table(_name(code, law), heads, lines)
