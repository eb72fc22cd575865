"""`guerdon forecast`: the years ahead, drawn from what happened so far, under today's programme and under a draft."""

import math
from typing import TYPE_CHECKING, Annotated, Final

import typer

from guerdon.core import limits
from guerdon.faces.cli import installation, simulate, sweep, terminal
from guerdon.faces.cli.terminal import Failure

if TYPE_CHECKING:
    from guerdon.core.programme import Programme
    from guerdon.features.programmes.queries import Lawbook, ProgrammeRow
    from guerdon.insight.simulate.answers import Band
    from guerdon.insight.simulate.years import Ahead, Drawn, Forecast, Spread

FLOWS: Final = ("issued", "redeemed", "expired", "outstanding", "cost", "liability")
MONEY: Final = frozenset({"cost", "liability"})
BLOCK_MAX: Final = 12
GROWTH_MAX: Final = 100.0
Years = Annotated[
    int, typer.Option("--years", help="How far ahead.", metavar="N", parser=terminal.whole(1, limits.YEARS_AHEAD_MAX))
]
Block = Annotated[
    int, typer.Option("--block", help="Months drawn together.", metavar="N", parser=terminal.whole(1, BLOCK_MAX))
]
Growth = Annotated[float, typer.Option("--growth", help="How much more members do each year.", metavar="PERCENT")]
Unsure = Annotated[
    float,
    typer.Option("--growth-unsure", help="By how much that is unsure (its standard deviation).", metavar="PERCENT"),
]
Joining = Annotated[
    float | None, typer.Option("--joining", help="How many join in a month; as many as of late.", metavar="N")
]


def forecast(  # noqa: PLR0913, PLR0917 - each of them is an option of the command
    draft: Annotated[
        str | None, typer.Argument(help="A draft to put beside it: a file, - or drf_….", metavar="[DRAFT]")
    ] = None,
    years: Years = 3,
    block: Block = 3,
    growth: Growth = 0.0,
    growth_unsure: Unsure = 0.0,
    joining: Joining = None,
    unit: sweep.Unit = None,
    as_it_happened: sweep.Late = False,
    programme: installation.ProgrammeKey = None,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print CSV for a spreadsheet, month by month.")] = False,
    as_json: terminal.Json = False,
) -> None:
    """What would the years ahead come to? Points issued, redeemed, expired and owed, with bands of 90 %.

    Each member goes on as in months of their own past that are drawn again and again, in their season; members are
    drawn, too. Growth and who joins are what you say they are. Points live as long as the programme lets them. The
    history is replayed behind the same gate as by `guerdon simulate`; nothing is written into the database.

    \b
    Examples:
      guerdon forecast
      guerdon forecast draft.yaml --years 2 --growth 3 --growth-unsure 2
      guerdon forecast --joining 120 --csv
    """
    ahead = _ahead(years, block, growth, growth_unsure, joining)
    row, book, wanted = _asked_of(draft, programme)
    from guerdon.insight.simulate import measures
    from guerdon.insight.simulate import years as looking
    from guerdon.insight.simulate.measures import Side

    stage = sweep.staged(row, book, [] if wanted is None else [wanted], as_it_happened=as_it_happened)
    sides = [stage.today, *(Side(run, of) for of in (wanted,) if of is not None for run in stage.replay([of]))]
    which = measures.which(stage.today, unit)
    total = len(stage.today.run.members) * len(sides)
    with terminal.progress("Drawing futures (members)", total=total) as advance:
        drawn = [looking.drawn(side, which, ahead, advance=advance) for side in sides]
    if as_json:
        terminal.show_json({"programme": row.key, "gate": stage.gate, "assumed": _assumed(ahead), **_document(drawn)})
    elif as_csv:
        _csv([looking.forecast(one) for one in drawn])
    else:
        shown = _Shown(which, stage.today.programme)
        for name, one in zip(("Today's programme", "The draft"), drawn, strict=False):
            shown.tell(name, looking.forecast(one), looking.years_of(one))
        shown.differ(looking.bands(*drawn) if len(drawn) > 1 else ())
        shown.assume(ahead, looking.forecast(drawn[0]))


def _asked_of(draft: str | None, programme: str | None) -> "tuple[ProgrammeRow, Lawbook, Programme | None]":
    if draft is not None:
        return simulate.asked_of(draft, programme)
    installation.enter()
    row = installation.programme(programme)
    return row, installation.lawbook(row), None


def _assumed(ahead: "Ahead") -> "dict[str, object]":
    """What is assumed; growth by the year, in logarithms."""
    growth = {"mean": ahead.growth.mean, "sd": ahead.growth.sd}
    return {"years": ahead.years, "block": ahead.block, "growth": growth, "joining": ahead.joining}


def _document(drawn: "list[Drawn]") -> "dict[str, object]":
    from guerdon.insight.simulate import years as looking

    found: dict[str, object] = {"today": looking.forecast(drawn[0]), "years": looking.years_of(drawn[0])}
    if len(drawn) > 1:
        found |= {"draft": looking.forecast(drawn[1]), "draft_years": looking.years_of(drawn[1])}
        found["differences"] = looking.bands(*drawn)
    return found


def _ahead(years: int, block: int, growth: float, unsure: float, joining: float | None) -> "Ahead":
    """What is assumed. Percentages of growth become logarithms, so that they multiply from year to year."""
    from guerdon.insight.simulate.priors import Prior
    from guerdon.insight.simulate.years import Ahead

    known = all(math.isfinite(one) for one in (growth, unsure, joining or 0.0))
    if not known or abs(growth) >= GROWTH_MAX or not 0 <= unsure < GROWTH_MAX or (joining or 0.0) < 0:
        hint = "Growth lies between -100 and 100 percent; what is unsure of it and who joins are no less than nothing."
        raise Failure("Nothing can grow like that.", hint=hint, code=terminal.USAGE)
    return Ahead(years, block, Prior(math.log1p(growth / 100), math.log1p(unsure / 100)), joining)


class _Shown:
    """Forecasts of a unit on the terminal, year by year."""

    def __init__(self, unit: str, programme: "Programme") -> None:
        self.unit = programme.unit(unit)
        self.currency = programme.currency

    def tell(self, name: str, found: "Forecast", years: "dict[str, dict[str, Spread]]") -> None:
        rows = [(year, *(self._spread(flow, spreads[flow]) for flow in FLOWS)) for year, spreads in years.items()]
        terminal.table(f"{name}: {self.unit.code}", ("twelve months up to", *(f"#{flow}" for flow in FLOWS)), rows)
        low, middle, high = (
            terminal.points(one, 2) for one in (found.breakage.low, found.breakage.middle, found.breakage.high)
        )
        terminal.say(
            f"  Of the points that members have now and that end by then, {middle} % end unused ({low}–{high} %)."
        )

    def differ(self, changed: "tuple[Band, ...]") -> None:
        rows = [(one.of, *(self._amount(one.of, end) for end in (one.low, one.middle, one.high))) for one in changed]
        if rows:
            terminal.table("The draft against today, all years", ("", "#low", "#difference", "#high"), rows)

    def assume(self, ahead: "Ahead", found: "Forecast") -> None:
        mean, sd = (100 * math.expm1(one) for one in (ahead.growth.mean, ahead.growth.sd))
        terminal.say(
            f"Assumed: members do {mean:.1f} % more each year (± {sd:.1f}); {found.joining:.1f} join in a month and do"
            f" what others did who joined; months are like those of the past, {ahead.block} at a time."
        )

    def _spread(self, flow: str, spread: "Spread") -> str:
        low, middle, high = (self._amount(flow, one) for one in (spread.low, spread.middle, spread.high))
        return f"{middle} ({low}–{high})"

    def _amount(self, flow: str, amount: int) -> str:
        if flow in MONEY:
            return terminal.cash(amount, self.currency)
        return terminal.points(amount, self.unit.scale)


def _csv(told: "list[Forecast]") -> None:
    """Months as rows; points in smallest steps, money in minor units."""
    from guerdon.faces import tables

    rows = []
    for name, found in zip(("today", "draft"), told, strict=False):
        for month in found.months:
            spreads = [getattr(month, flow) for flow in FLOWS]
            rows.append((name, month.month, *(end for one in spreads for end in (one.low, one.middle, one.high))))
    heads = [f"{flow}_{end}" for flow in FLOWS for end in ("low", "middle", "high")]
    print(tables.write(("programme", "month", *heads), rows), end="")
