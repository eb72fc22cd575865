"""`guerdon insight roll-forward`: points owed, moved and owed in the end, by unit, tier, store or funder."""

from typing import TYPE_CHECKING, Annotated

import typer

from guerdon.faces.cli import exported, installation, terminal
from guerdon.faces.cli.terminal import Failure

if TYPE_CHECKING:
    from guerdon.insight.roll_forward.lines import Amounts, Line, RollForward

_NONE = {"tier": "no tier", "store": "no store", "funder": "the house"}


def roll_forward(  # noqa: PLR0917 - each of them is an option of the command
    folder: exported.Folder = None,
    by: Annotated[str, typer.Option("--by", help="What it is cut by.", metavar="unit|tier|store|funder")] = "unit",
    month: Annotated[
        str | None, typer.Option("--month", help="By default the last one that is exported.", metavar="MONTH")
    ] = None,
    ladder: Annotated[
        str | None, typer.Option("--ladder", help="The tiers of this ladder, where there are several.", metavar="KEY")
    ] = None,
    spark: Annotated[
        str | None, typer.Option("--spark", help="Ask this Spark instead of DuckDB.", metavar="sc://HOST:PORT")
    ] = None,
    programme: installation.ProgrammeKey = None,
    as_csv: Annotated[
        bool, typer.Option("--csv", help="Print CSV for a spreadsheet, with the worth of it all.")
    ] = False,
    as_json: terminal.Json = False,
) -> None:
    """Roll the points owed forward through a closed month, by unit, tier, store or funder; no database is asked.

    The store is that of the fact that earned the points, the funder who pays for them, the tier the one at the end of
    the month: what members bring into another tier is “moved”. The lines of a unit come to what the month was closed
    with, to the point; otherwise nothing is said.

    \b
    Examples:
      guerdon insight roll-forward
      guerdon insight roll-forward exports --by store --month 2026-10 --csv > owed.csv
      guerdon insight roll-forward --by tier --ladder status --json
    """
    with exported.extra():
        from guerdon.insight.roll_forward import answers
        from guerdon.insight.roll_forward.lines import BY
    if by not in BY:
        raise Failure(f"“{by}” is nothing to cut by.", hint="--by unit, tier, store or funder", code=terminal.USAGE)
    own = exported.own(exported.place(folder), programme)
    with exported.told(own), exported.extra("pyspark-client"):
        found = answers.ask(own, by, month=month, ladder=ladder, spark=spark)
    if as_json:
        terminal.show_json({"programme": own.name, "roll_forward": found})
    elif as_csv:
        from guerdon.faces import roll_forwards

        print(roll_forwards.csv(found), end="")
    else:
        _print(found)


def _print(found: "RollForward") -> None:
    from guerdon.insight.roll_forward.lines import COLUMNS

    on = f" on “{found.ladder}”" if found.ladder else ""
    terminal.say(f"{found.month} by {found.by}{on}: ties to the closing to the point", style="bold")
    for whole in found.totals:
        own = [one for one in found.lines if one.unit == whole.unit] if found.by != "unit" else []
        kept = [name for name in COLUMNS if any(getattr(one.points, name) for one in (*own, whole))]
        rows = [(one.of or _NONE[found.by], *_cells(one, kept, found.currency)) for one in own]
        rows.append(("all", *_cells(whole, kept, found.currency)))
        if whole.money is not None:
            rows.append(("worth", *_worth(whole.money, kept, found.currency), ""))
        heads = (found.by if own else "", *[f"#{name.replace('_', ' ')}" for name in kept], "#worth")
        terminal.table(whole.unit.code, heads, rows)


def _cells(one: "Line", kept: list[str], currency: str) -> tuple[str, ...]:
    points = [terminal.points(getattr(one.points, name), one.unit.scale) for name in kept]
    return (*points, "–" if one.money is None else terminal.cash(one.money.closing, currency))


def _worth(money: "Amounts", kept: list[str], currency: str) -> list[str]:
    return [terminal.cash(getattr(money, name), currency) for name in kept]
