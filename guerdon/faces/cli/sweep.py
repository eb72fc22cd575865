"""`guerdon sweep`: a grid of drafts replayed, what is best within limits, and why not something better."""

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Annotated, Final

import typer

from guerdon.faces.cli import installation, simulate, terminal
from guerdon.faces.cli.terminal import Failure

if TYPE_CHECKING:
    from guerdon.core.programme import Programme
    from guerdon.core.sweeping import Axis, Goal, Limit, Metric
    from guerdon.features.programmes.queries import Lawbook, ProgrammeRow
    from guerdon.insight.simulate.answers import Band, Metrics
    from guerdon.insight.simulate.grids import Scenario
    from guerdon.insight.simulate.measures import Earnings
    from guerdon.insight.simulate.optimiser import Choice
    from guerdon.insight.simulate.stage import Stage
    from guerdon.insight.simulate.sweeps import Point, Scale, Sweep

MONEY: Final = frozenset({"cost", "liability", "burden", "kept"})
SHARES: Final = frozenset({"worse_off", "better_off", "retained", "roi"})
SHOWN: Final = (
    "issued",
    "redeemed",
    "expired",
    "liability",
    "cost",
    "burden",
    "kept",
    "worse_off",
    "losing",
    "retained",
)
ROWS_SHOWN: Final = 40
Draft = Annotated[
    str, typer.Argument(help="A programme file, - for standard input, or a draft: drf_….", metavar="DRAFT")
]
Margin = Annotated[
    float | None, typer.Option("--margin", help="For the return: how much of a sale remains.", metavar="PERCENT")
]
Due = Annotated[
    float | None,
    typer.Option("--due", help="For the return: how much of sales the programme brings.", metavar="PERCENT"),
]
Late = Annotated[
    bool, typer.Option("--as-it-happened", help="As if everything had been told at once: for imported histories.")
]
Vary = Annotated[
    list[str], typer.Option("--vary", help="A place and its values; again for more.", metavar="PATH=V1,V2,…")
]
Minimise = Annotated[
    list[str] | None, typer.Option("--minimise", help="As little of it as can be; again for more.", metavar="METRIC")
]
Maximise = Annotated[
    list[str] | None, typer.Option("--maximise", help="As much of it as can be; again for more.", metavar="METRIC")
]
Cap = Annotated[
    list[str] | None, typer.Option("--cap", help="At most so much of it; again for more.", metavar="METRIC=N")
]
Floor = Annotated[
    list[str] | None, typer.Option("--floor", help="At least so much of it; again for more.", metavar="METRIC=N")
]
Unit = Annotated[str | None, typer.Option("--unit", help="The unit told; the first that can be spent.", metavar="UNIT")]


def sweep(  # noqa: PLR0913, PLR0917 - each of them is an option of the command
    draft: Draft,
    vary: Vary,
    minimise: Minimise = None,
    maximise: Maximise = None,
    cap: Cap = None,
    floor: Floor = None,
    nobody_loses: Annotated[
        bool, typer.Option("--nobody-loses", help="Nobody ends with less value than under today's programme.")
    ] = False,
    budget: Annotated[
        int,
        typer.Option("--budget", help="Replays between the points of the grid.", metavar="N", parser=terminal.whole(0)),
    ] = 60,
    margin: Margin = None,
    due: Due = None,
    unit: Unit = None,
    as_it_happened: Late = False,
    programme: installation.ProgrammeKey = None,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print CSV for a spreadsheet.")] = False,
    as_json: terminal.Json = False,
) -> None:
    """Which rates, lives, thresholds would be best? Replays the whole history under every combination of values.

    A place is named by its steps in the programme file, with dots. Each combination is read like any draft; one that is
    no programme is told with the reason. With something to minimise or maximise the Pareto front is marked, the best
    scenario within the limits is chosen, better ones are looked for between the points of the grid, and it is said
    what excluded a better one. The metrics are issued, redeemed, expired, outstanding, cost, liability, burden (both),
    kept, worse_off, better_off, losing, retained and roi. Nothing is written into the database.

    \b
    Examples:
      guerdon sweep draft.yaml --vary rules.base.then.0.points.give=1,2,3
      guerdon sweep draft.yaml --vary units.points.expires.rolling.months=6,12,18,24 \\
        --maximise kept --cap liability=50000.00 --cap worse_off=5% --nobody-loses
      guerdon sweep drf_0197… --vary rules.base.then.0.points.give=1,2 --minimise burden --csv
    """
    from guerdon.core import sweeping
    from guerdon.insight.simulate import grids

    goals = [sweeping.Goal(sweeping.known(one), "least") for one in minimise or ()]
    goals += [sweeping.Goal(sweeping.known(one), "most") for one in maximise or ()]
    axes = [grids.axis(one) for one in vary]
    row, book, wanted = simulate.asked_of(draft, programme)
    run = _Run(row, book, wanted, axes, earnings(margin, due), unit, as_it_happened=as_it_happened)
    limits = run.limits(cap or [], floor or [], nobody_loses=nobody_loses)
    found = run.sweep(goals)
    choice = run.choose(found, goals, limits, budget) if goals else None
    if as_json:
        terminal.show_json({"programme": row.key, "gate": run.stage.gate, "sweep": found, "choice": choice})
    elif as_csv:
        _csv(found, choice)
    else:
        _Teller(run.scale, wanted, found).tell(choice, run.bands(choice))


def earnings(margin: float | None, due: float | None) -> "Earnings | None":
    """What is assumed of what is earned, from percentages; both of them or none."""
    from guerdon.insight.simulate.measures import Earnings

    if margin is None and due is None:
        return None
    if margin is None or due is None or not 0 <= margin <= 100 or not 0 <= due <= 100:
        hint = "--margin 30 --due 5: both, from 0 to 100"
        raise Failure("The return needs a margin and what is due to the programme.", hint=hint, code=terminal.USAGE)
    return Earnings(round(margin * 100), round(due * 100))


def staged(row: "ProgrammeRow", book: "Lawbook", drafts: "list[Programme]", *, as_it_happened: bool) -> "Stage":
    """Everything that happened, read, prepared and through the gate."""
    from guerdon.insight.simulate import questions
    from guerdon.insight.simulate.stage import Stage
    from guerdon.kit import snapshot

    now = installation.now(row)
    with snapshot.taken() as view, terminal.progress("Reading the history (entries)") as advance:
        history = questions.read(view, row.id, book.current(now), now=now, progress=lambda _, some: advance(some))
    return Stage(history, book, drafts, as_it_happened=as_it_happened)


class _Run:
    """One sweep on its way."""

    def __init__(
        self, row: "ProgrammeRow", book: "Lawbook", draft: "Programme", axes: "list[Axis]",
        earned: "Earnings | None", unit: str | None, *, as_it_happened: bool,
    ) -> None:  # fmt: skip
        from guerdon.core import sweeping
        from guerdon.features.programmes import forms
        from guerdon.insight.simulate import grids, sweeps

        self.axes, self.draft, self.currency = axes, draft, draft.currency
        self.document = forms.to_document(draft)
        made: list[Scenario] = grids.valid(grids.scenarios(self.document, axes))
        self.count = sweeping.count(axes)
        drafts = [one.programme for one in made if one.programme is not None]
        self.stage = staged(row, book, drafts, as_it_happened=as_it_happened)
        self.scale: Scale = sweeps.Scale(self.stage.today, unit, earned)

    def sweep(self, goals: "list[Goal]") -> "Sweep":
        from guerdon.insight.simulate import sweeps

        with terminal.progress("Replaying (scenarios)", total=self.count) as advance:
            return sweeps.sweep(self.stage.replay, self.scale, self.document, self.axes, goals, advance=advance)

    def choose(self, found: "Sweep", goals: "list[Goal]", limits: "list[Limit]", budget: int) -> "Choice":
        from guerdon.insight.simulate import optimiser

        with terminal.progress("Looking between them (replays)", total=budget) as advance:
            return optimiser.choose(
                self.stage.replay, self.scale, self.document, found, goals, limits, budget=budget, advance=advance
            )

    def bands(self, choice: "Choice | None") -> "tuple[Band, ...]":
        """How sure the differences of the chosen scenario are."""
        from guerdon.insight.simulate import grids

        if choice is None or choice.best is None:
            return ()
        made = grids.scenario(self.document, self.axes, choice.best.values).programme
        assert made is not None, "only programmes are chosen"
        return self.scale.bands(next(self.stage.replay([made])), made)

    def limits(self, caps: list[str], floors: list[str], *, nobody_loses: bool) -> "list[Limit]":
        from guerdon.core.sweeping import NOBODY_LOSES, Limit

        found = [Limit(*self._bound(one)) for one in caps]
        for one in floors:
            metric, least = self._bound(one)
            found.append(Limit(metric, least=least))
        return [*found, NOBODY_LOSES] if nobody_loses else found

    def _bound(self, told: str) -> "tuple[Metric, int]":
        """A metric and how much of it, as people write it: money with its decimals, shares in percent."""
        from guerdon.core import money, sweeping

        named, _, text = told.partition("=")
        metric = sweeping.known(named)
        decimals = 2 if metric in SHARES else money.decimals(self.currency) if metric in MONEY else 0
        if metric in ("issued", "redeemed", "expired", "outstanding"):
            decimals = self.draft.unit(self.scale.unit).scale
        try:
            amount = Decimal(text.removesuffix("%") if metric in SHARES else text).scaleb(decimals)
        except InvalidOperation:
            amount = Decimal("NaN")
        if not amount.is_finite() or amount != amount.to_integral_value() or abs(amount) > 10**15:
            hint = "Write it like liability=50000.00 or worse_off=5%."
            raise Failure(f"“{told[:60]}” is no limit.", hint=hint, code=terminal.USAGE)
        return metric, int(amount)


class _Teller:
    """A sweep on the terminal."""

    def __init__(self, scale: "Scale", draft: "Programme", found: "Sweep") -> None:
        self.found, self.currency = found, draft.currency
        unit = draft.units.get(scale.unit)
        self.decimals = 0 if unit is None else unit.scale
        self.names = [axis.path.rpartition("/")[2] for axis in found.axes]

    def tell(self, choice: "Choice | None", bands: "tuple[Band, ...]") -> None:
        points = self.found.points
        terminal.say(
            f"{terminal.counted(len(points), 'scenario')} replayed on the whole history, {self.found.unit}",
            style="bold",
        )
        for name, axis in zip(self.names, self.found.axes, strict=True):
            terminal.say(f"  {name}: {axis.path}")
        shown = points if len(points) <= ROWS_SHOWN else [one for one in points if one.on_front][:ROWS_SHOWN]
        rows = [("today", *[""] * len(self.names), *self._cells(self.found.today))]
        rows += [("front" if one.on_front else "", *self._values(one), *self._cells(one.metrics)) for one in shown]
        terminal.table("", ("", *(f"#{name}" for name in self.names), *(f"#{one}" for one in SHOWN)), rows)
        if len(shown) < len(points):
            terminal.note(f"{len(points) - len(shown)} more are told with --csv or --json.")
        for refused in self.found.refused[:5]:
            values = ", ".join(map(str, refused.values))
            terminal.warn(f"{values} is no programme: {refused.problem.path}: {refused.problem.message}")
        self._idle()
        if choice is not None:
            self._choice(choice, bands)

    def _idle(self) -> None:
        from guerdon.insight.simulate import sweeps

        for axis in sweeps.idle(self.found):
            terminal.warn(f"{axis.path} changed nothing that a replay counts, whatever else was chosen.")

    def _choice(self, choice: "Choice", bands: "tuple[Band, ...]") -> None:
        if choice.best is None:
            terminal.say("No scenario keeps all limits.", style="bold")
        else:
            where = " (between the points of the grid)" if choice.refined else ""
            terminal.say(f"Best{where}: {self._named(choice.best)}", style="bold")
            terminal.table("", ("", *(f"#{one}" for one in SHOWN)), [("best", *self._cells(choice.best.metrics))])
            rows = [(one.of, *(self._amount(one.of, end) for end in (one.low, one.middle, one.high))) for one in bands]
            terminal.table(
                "Against today, with 90 % for other members like these", ("", "#low", "#difference", "#high"), rows
            )
        if choice.wished is not None:
            terminal.say(f"Without limits it would be {self._named(choice.wished)}. It is excluded:")
            for one in choice.broken:
                found = "nobody can say" if one.found is None else self._amount(one.limit.metric, one.found)
                by, side = self._amount(one.limit.metric, one.beyond), "little" if one.limit.most is None else "much"
                terminal.say(f"  {one.limit.metric} would be {found}, {by} too {side}.")
        for without in choice.without:
            if without.best is not None:
                terminal.say(
                    f"Without the limit of {without.limit.metric}, which alone excludes"
                    f" {terminal.counted(without.excludes, 'scenario')}, it would be {self._named(without.best)}."
                )

    def _named(self, point: "Point") -> str:
        from guerdon.insight.simulate import grids

        return ", ".join(f"{name} {grids.told(value)}" for name, value in zip(self.names, point.values, strict=True))

    def _values(self, point: "Point") -> list[str]:
        from guerdon.insight.simulate import grids

        return [grids.told(value) for value in point.values]

    def _cells(self, metrics: "Metrics") -> list[str]:
        return [self._amount(name, getattr(metrics, name)) for name in SHOWN]

    def _amount(self, metric: str, amount: int) -> str:
        if metric in MONEY:
            return terminal.cash(amount, self.currency)
        if metric in SHARES:
            return terminal.points(amount, 2) + " %"
        return terminal.number(amount) if metric == "losing" else terminal.points(amount, self.decimals)


def _csv(found: "Sweep", choice: "Choice | None") -> None:
    """Every scenario as a row; points in smallest steps, money in minor units, shares in hundredths of a percent."""
    from guerdon.core.sweeping import METRICS
    from guerdon.faces import tables
    from guerdon.insight.simulate import grids

    paths = [axis.path.removeprefix("/").replace("/", ".") for axis in found.axes]
    told = [("today", *[""] * len(paths), *(getattr(found.today, name) for name in METRICS))]
    between = () if choice is None else choice.tried
    for kind, points in (("", found.points), ("between", between)):
        for one in points:
            best = choice is not None and one.values == (choice.best and choice.best.values)
            word = "best" if best else "front" if one.on_front else kind
            values = [grids.told(value) for value in one.values]
            told.append((word, *values, *(getattr(one.metrics, name) for name in METRICS)))
    print(tables.write(("scenario", *paths, *METRICS), told), end="")
