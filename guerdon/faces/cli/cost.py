"""The cost book at the terminal: tell an entry, list them, take one back, see months."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from guerdon.faces.cli import exported, installation, terminal
from guerdon.faces.cli.terminal import Failure

if TYPE_CHECKING:
    from guerdon.core.cost_book import Entry, Kind, Line
    from guerdon.features.costs.queries import Told
    from guerdon.features.programmes.queries import ProgrammeRow
    from guerdon.insight.costs import Book

_MONTH = "MONTH"
_DAY = "DAY"
app = typer.Typer(
    no_args_is_help=True,
    help="""The cost book: what people tell that the programme costs and brings, beside what is known of closed months.

    \b
    Examples:
      guerdon cost add agency 800.00 --month 2026-10 --note "Autumn campaign, invoice 118"
      guerdon cost months
      guerdon cost reverse cst_019b0f40c1237d6f9e03a1b2c3d4ea01 --why "it was for November"
    """,
)


@app.command()
def add(  # noqa: PLR0913, PLR0917 - each of them is an option of the command
    kind: Annotated[str, typer.Argument(help="What it is for: agency, media, staff, … or funding.", metavar="KIND")],
    amount: Annotated[str, typer.Argument(help="How much, like 1200.00.", metavar="AMOUNT")],
    note: Annotated[str, typer.Option("--note", help="What for, like an invoice's number.", metavar="TEXT")],
    month: Annotated[str | None, typer.Option("--month", help="The month it is for.", metavar=_MONTH)] = None,
    since: Annotated[str | None, typer.Option("--from", help="Or the first day it is for.", metavar=_DAY)] = None,
    until: Annotated[str | None, typer.Option("--until", help="And the day after the last one.", metavar=_DAY)] = None,
    currency: Annotated[
        str | None, typer.Option("--currency", help="By default the programme's own.", metavar="CODE")
    ] = None,
    rule: Annotated[str, typer.Option("--rule", help="Only for this campaign or rule.", metavar="KEY")] = "",
    store: Annotated[str, typer.Option("--store", help="Only for this store.", metavar="KEY")] = "",
    programme: installation.ProgrammeKey = None,
    as_json: terminal.Json = False,
) -> None:
    """Tell what the programme costs, or brings, for a month or for some days. What is told never changes.

    It costs: rewards, communication, technology, staff, media, agency, materials, partners, fees, other. It brings:
    funding, income. Rewards taken, points paid with, vouchers and memberships are counted anyway.

    \b
    Examples:
      guerdon cost add agency 800.00 --month 2026-10 --note "Autumn campaign, invoice 118"
      guerdon cost add technology 12000 --from 2026-01-01 --until 2027-01-01 --note "Platform, a year"
      guerdon cost add media 450 --month 2026-10 --rule double-october --note "Posters"
    """
    installation.enter()
    from guerdon.engine import costs as engine

    row = installation.programme(programme)
    now = installation.now(row)
    home = installation.lawbook(row).current(now).programme.currency
    entry = _entry(kind, amount, note, (month, since, until), (currency or home).upper(), rule, store)
    one, _ = engine.tell(entry, programme_id=row.id, actor=installation.doer(), now=now)
    _show(row, [one], as_json=as_json)


def _entry(
    kind: str, amount: str, note: str, days: tuple[str | None, str | None, str | None], currency: str, rule: str,
    store: str,
) -> "Entry":  # fmt: skip
    from guerdon.core import cost_book as law
    from guerdon.core import limits, money
    from guerdon.core.cost_book import Entry

    month, since, until = days
    if money.known(currency):
        minor = money.parse(amount, currency=currency)
        if not 0 < minor <= limits.MONEY_MAX:
            raise Failure(f"“{amount}” is no amount.", hint="Like 1200.00, more than nothing.", code=terminal.USAGE)
    else:
        minor = 1  # the currency is refused by the law
    if (month is None) == (since is None) or (since is None) != (until is None):
        hint = "--month MONTH, or --from DAY --until DAY"
        raise Failure("It is not told for which days.", hint=hint, code=terminal.USAGE)
    if not note.strip() or len(note) > limits.NAME_CHARS_MAX:
        hint = f"--note TEXT, {limits.NAME_CHARS_MAX} characters at most"
        raise Failure("It is not told what for.", hint=hint, code=terminal.USAGE)
    span = law.month(month) if month is not None else None
    first, last = (span.since, span.until) if span is not None else (exported.day(since), exported.day(until))
    assert isinstance(first, date) and isinstance(last, date), "both days were told"
    return Entry(_kind(kind), minor, currency, first, last, note.strip(), rule, store)


def _kind(told: str) -> "Kind":
    from guerdon.core.cost_book import KINDS

    for one in KINDS:
        if one == told:
            return one
    raise Failure(f"“{told}” is no kind of cost.", hint=f"One of: {', '.join(KINDS)}.", code=terminal.USAGE)


@app.command("list")
def list_(programme: installation.ProgrammeKey = None, as_json: terminal.Json = False) -> None:
    """All entries, the last told first, those that were taken back, too.

    \b
    Examples:
      guerdon cost list
      guerdon cost list --json
    """
    installation.enter()
    from guerdon.core import limits
    from guerdon.features.costs import queries
    from guerdon.kit import store

    row = installation.programme(programme)
    before, found = queries.LAST, list[queries.Told]()
    while page := queries.page(store.current(), row.id, before=before, most=limits.PAGE_ROWS_MAX):
        found += page
        before = page[-1].id
    _show(row, found, as_json=as_json)


@app.command()
def reverse(
    cost: Annotated[str, typer.Argument(help="Its id, cst_….", metavar="COST")],
    why: Annotated[str, typer.Option("--why", help="Why it is taken back.", metavar="TEXT")],
    programme: installation.ProgrammeKey = None,
    as_json: terminal.Json = False,
) -> None:
    """Take an entry back by one that names it. Both stay in the book.

    \b
    Examples:
      guerdon cost reverse cst_019b0f40c1237d6f9e03a1b2c3d4ea01 --why "it was for November"
    """
    installation.enter()
    from guerdon.engine import costs as engine
    from guerdon.kit import ids

    row = installation.programme(programme)
    if not why.strip():
        raise Failure("It is not told why.", hint="--why TEXT", code=terminal.USAGE)
    known = ids.read("cost", cost)
    one, _ = engine.reverse(
        programme_id=row.id, id=known, why=why.strip(), actor=installation.doer(), now=installation.now(row)
    )
    _show(row, [one], as_json=as_json)


def _show(row: "ProgrammeRow", many: "list[Told]", *, as_json: bool) -> None:
    """Entries, and what took them back."""
    from guerdon.faces.api import costs as api

    shown = [api.view(one) for one in many]
    if as_json:
        terminal.show_json(shown)
        return
    if not shown:
        terminal.say(f"{row.key}: nothing is told in the cost book yet.")
        return
    rows = []
    for one in shown:
        of = ", ".join(filter(None, (one.rule, one.store))) or "the whole programme"
        state = "taken back: " + one.reversed.why if one.reversed is not None else "counts"
        rows.append((one.id, one.kind, terminal.cash(one.amount, one.currency), f"{one.since} – {one.until}", of,
                     one.note, one.told_by, state))  # fmt: skip
    heads = ("id", "kind", "#amount", "from – until", "of", "note", "told by", "state")
    terminal.table("", heads, rows)


@app.command()
def months(
    since: Annotated[str | None, typer.Option("--from", help="The first month.", metavar=_MONTH)] = None,
    until: Annotated[str | None, typer.Option("--until", help="The last month.", metavar=_MONTH)] = None,
    programme: installation.ProgrammeKey = None,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print a table for a spreadsheet.")] = False,
    as_json: terminal.Json = False,
) -> None:
    """Month by month what the programme costs and brings, by kind: what was told beside what is known of closed months.

    The last twelve where no months are named. What is known of exported months and not counted yet is counted now.

    \b
    Examples:
      guerdon cost months
      guerdon cost months --from 2026-01 --until 2026-12 --csv > costs.csv
    """
    installation.enter()
    from guerdon.core import closing
    from guerdon.faces.api import costs as api
    from guerdon.insight import costs as insight
    from guerdon.insight import schedule
    from guerdon.kit import store

    row = installation.programme(programme)
    book, now = installation.lawbook(row), installation.now(row)
    law = book.current(now)
    own = exported.place(None) / row.key
    with exported.sound(own):
        insight.prepare(own, row.id, book, now=now, campaigns=schedule.installed(), between=lambda: None)
        found = insight.read(
            store.current(), row.id, own, since=since, until=until,
            this_month=closing.named(now.astimezone(law.zone).date()),
        )  # fmt: skip
    if as_csv:
        print(api.csv_of(found), end="")
    elif as_json:
        terminal.show_json(api.CostMonths(law.programme.currency, api.views(found)))
    else:
        _print(found)


def _print(found: "Book") -> None:
    """A line for each kind of each month, then what the month comes to."""
    rows: list[tuple[str, ...]] = []
    for month in found.months:
        rows += [
            (month, one.source, _what(one), f"{terminal.number(one.count)}", _amount(one))
            for one in found.lines
            if one.month == month
        ]
        for total in (one for one in found.totals if one.month == month):
            more = "" if total.whole else " and what is not known"
            told = f"{terminal.cash(total.net, total.currency)}{more}"
            rows.append((month, "total", "costs less what it brings", "", told))
    if rows:
        terminal.table("", ("month", "from", "kind", "#count", "#amount"), rows)
    else:
        terminal.say("Nothing is told of these months, and nothing is known.")
    if any(state == "waiting" for state in found.states.values()):
        terminal.say("Some closed months are not exported yet: guerdon work does it.")


def _what(one: "Line") -> str:
    name = f"{one.kind}: {one.of}" if one.of else one.kind
    return {"cost": name, "income": f"{name} (brings)", "aside": f"{name} (beside the sums)"}[one.side]


def _amount(one: "Line") -> str:
    return "not known" if one.amount is None else terminal.cash(one.amount, one.currency)
