"""The answer of a sweep as its page tells it: the best in words, the front as a picture, every scenario as a table."""

from collections.abc import Sequence
from typing import Final

import msgspec

from guerdon.core import limits
from guerdon.core.programme import Programme
from guerdon.core.sweeping import METRICS, Metric
from guerdon.faces import typed
from guerdon.faces.api import sweep_views
from guerdon.faces.api.simulations import SimulationWhole
from guerdon.faces.console import plots
from guerdon.faces.console.outcomes import Table, Teller
from guerdon.faces.console.plots import Spot
from guerdon.faces.design.shapes import Cell, Column, Plot, Row, Sign
from guerdon.faces.visits import Visit
from guerdon.insight.simulate.answers import Band, Metrics, Scenario, Swept

SHOWN: Final[tuple[Metric, ...]] = ("issued", "liability", "kept", "worse_off", "losing")
FRONT_MAX: Final = 30  # scenarios of the front that stand beside its picture; the rest stands among all
UNFIT_MAX: Final = 20  # combinations that are no programme, which the page names


class Chosen(msgspec.Struct, frozen=True):
    """One scenario beside today's programme, and how a draft of it is called."""

    number: int
    title: str
    about: tuple[str, ...]
    figures: Table
    draft: str


class Sweeping(msgspec.Struct, frozen=True):
    """The whole answer."""

    heading: str
    sentences: tuple[str, ...]
    costs: tuple[str, ...]  # what each limit costs
    idle: tuple[str, ...]
    gate: str
    plot: Plot | None
    order: tuple[str, ...]  # what is varied, in the order in which values stand, with what it is today
    front: Table | None
    every: Table
    every_title: str
    chosen: Chosen | None
    unfit: tuple[str, ...]


def of(visit: Visit, whole: SimulationWhole, asked: Programme, titles: dict[str, str], address: str) -> Sweeping:
    """The answer in words, a picture and tables. `titles` says what is varied by its pointer; each scenario is shown at
    the address with its number."""
    swept = whole.swept
    assert swept is not None, "there is no answer yet"
    return _Sweep(visit, swept, Teller(visit, asked, whole.currency), titles, address).told()


class _Sweep:
    """One answer on its way to a page."""

    def __init__(self, visit: Visit, swept: Swept, teller: Teller, titles: dict[str, str], address: str) -> None:
        self.visit, self.swept, self.teller, self.address = visit, swept, teller, address
        self.titles = [titles.get(one.path, one.path) for one in swept.vary]
        asked = str(visit.request.GET.get("scenario", ""))
        known = asked.isdecimal() and len(asked) < 6 and int(asked) < len(swept.scenarios)
        self.chosen = int(asked) if known else swept.best

    def told(self) -> Sweeping:
        swept, pen = self.swept, self.teller.pen
        gate = {"members": pen.number(swept.gate.members), "postings": pen.number(swept.gate.postings)}
        count = pen.number(len(swept.scenarios))
        front = [] if swept.best is None else [swept.best]
        front += [place for place, one in enumerate(swept.scenarios) if one.on_front and place != swept.best]
        return Sweeping(
            heading=self.say("heading", count=count), sentences=self._sentences(), costs=self._costs(),
            idle=tuple([self.say("idle", title=title) for title, one in zip(self.titles, swept.vary, strict=True)
                        if one.idle]),
            gate=self.visit.say("what_if.gate_about", **gate), plot=self._plot(),
            order=tuple([self.say("value", title=title, value=_shown(one.today))
                         for title, one in zip(self.titles, swept.vary, strict=True)]),
            front=self._table(front[:FRONT_MAX]) if swept.goals else None,
            every=self._table(range(len(swept.scenarios))),
            every_title=self.say("every", count=count), chosen=self._chosen(),
            unfit=tuple([self.say("unfit", values=self._named(one.values), reason=one.reason)
                         for one in swept.unfit[:UNFIT_MAX]]),
        )  # fmt: skip

    def say(self, word: str, **facts: object) -> str:
        return self.visit.say(f"sweeps.{word}", **facts)

    # --- in words ---

    def _sentences(self) -> tuple[str, ...]:
        swept = self.swept
        if not swept.goals:
            return (self.say("no_goal"),)
        if swept.best is None:
            return (self.say("no_best"),)
        best = swept.scenarios[swept.best]
        word = "best_between" if best.between else "best"
        return (self.say(word, values=self._named(best.values)), *self._comes_to(best.metrics))

    def _comes_to(self, found: Metrics) -> tuple[str, ...]:
        """What members have of a scenario, what it costs, and for whom it is worse."""
        today = self.swept.today
        facts: dict[str, str] = {name: self.amount(name, getattr(found, name)) for name in METRICS}
        facts |= {f"was_{name}": self.amount(name, getattr(today, name)) for name in METRICS}
        return (self.say("comes_to", **facts), self.say("touched", **facts))

    def _costs(self) -> tuple[str, ...]:
        """What would be better but for a limit, and what each limit costs."""
        swept, found = self.swept, list[str]()
        if swept.wished is not None:
            wished = swept.scenarios[swept.wished]
            broken = ", ".join([f"{self._metric(one)} {self.amount(one, getattr(wished.metrics, one))}"
                                for one in wished.breaks])  # fmt: skip
            found.append(self.say("wished", values=self._named(wished.values), broken=broken))
        for one in swept.without:
            if one.best is not None:
                facts = {"limit": self._metric(one.limit.metric), "count": self.teller.pen.number(one.excludes)}
                found.append(self.say("without", values=self._named(swept.scenarios[one.best].values), **facts))
        return tuple(found)

    def _named(self, values: Sequence[object]) -> str:
        pairs = zip(self.titles, values, strict=True)
        return "; ".join([self.say("value", title=title, value=_shown(value)) for title, value in pairs])

    def _metric(self, metric: Metric) -> str:
        return self.say(f"metric_{metric}", unit=self.teller.unit(self.swept.unit))

    def amount(self, metric: Metric, value: int | None) -> str:
        """A figure as people write it."""
        if value is None:
            return "–"
        if metric in sweep_views.SHARES:
            return self.teller.pen.tongue.percent(value)
        if metric in sweep_views.MONEY:
            return self.teller.pen.money(value, self.teller.currency)
        return self.teller.amount("unmet" if metric == "losing" else metric, value, self.swept.unit)

    def signed(self, metric: Metric, value: int) -> str:
        """A difference with its sign."""
        return f"{'+' if value > 0 else '−' if value < 0 else ''}{self.amount(metric, abs(value))}"

    # --- as a picture and as tables ---

    def _plot(self) -> Plot | None:
        """The first thing that is wanted against the second, or against what it costs."""
        swept = self.swept
        if not swept.goals or len(swept.scenarios) < 2:
            return None
        up: Metric = swept.goals[0].metric
        along: Metric = swept.goals[1].metric if len(swept.goals) > 1 else "kept" if up == "burden" else "burden"
        spots = [
            Spot(self._kind(place, one), getattr(one.metrics, along), getattr(one.metrics, up), self._named(one.values))
            for place, one in enumerate(swept.scenarios)
        ]
        spots.append(Spot("today", getattr(swept.today, along), getattr(swept.today, up), self.say("today")))
        return plots.of(
            spots, lambda value: self.amount(along, value), lambda value: self.amount(up, value),
            along=self._metric(along), up=self._metric(up), line="front",
            names={name: self.say(f"mark_{name}") for name in ("best", "today", "front", "other")},
        )  # fmt: skip

    def _kind(self, place: int, one: Scenario) -> str:
        return "best" if place == self.swept.best else "front" if one.on_front else "other"

    def _table(self, places: Sequence[int]) -> Table:
        """Scenarios with their values and what they came to, today's programme above them."""
        swept = self.swept
        heads = [Column(self.say(f"column_{name}"), end=True) for name in SHOWN]
        today = Cell(_joined([one.today for one in swept.vary]))
        rows = [Row((Cell(self.say("today")), today, *self._cells(swept.today), Cell("")))]
        for place in places:
            one = swept.scenarios[place]
            cells = (Cell(_joined(one.values)), *self._cells(one.metrics), self._mark(place, one))
            rows.append(Row((Cell(self._title(place)), *cells), self._address(place)))
        ends = Column(self.say("scenario")), Column(self.say("values_of"))
        return Table((*ends, *heads, Column(self.say("mark"))), tuple(rows))

    def _cells(self, metrics: Metrics) -> list[Cell]:
        return [Cell(self.amount(name, getattr(metrics, name))) for name in SHOWN]

    def _mark(self, place: int, one: Scenario) -> Cell:
        if place == self.swept.best:
            return Cell(self.say("mark_best"), sign="good")
        if one.breaks:
            return Cell(self.say("mark_breaks"), sign="warn")
        signs: dict[str, Sign] = {"front": "brand"}
        kind = self._kind(place, one)
        return Cell(self.say(f"mark_{kind}"), sign=signs[kind]) if kind in signs else Cell("")

    def _title(self, place: int) -> str:
        return self.say("number", number=self.teller.pen.number(place + 1))

    def _address(self, place: int) -> str:
        mark = "&" if "?" in self.address else "?"
        return f"{self.address}{mark}scenario={place}#chosen"

    def _chosen(self) -> Chosen | None:
        """All figures of a scenario beside today's, and how sure the differences are."""
        if self.chosen is None:
            return None
        one, today = self.swept.scenarios[self.chosen], self.swept.today
        bands: dict[str, Band] = {band.of: band for band in one.bands}
        heads = [self.visit.say("what_if.column_what")]
        heads += [self.visit.say(f"what_if.column_{name}") for name in ("today", "draft", "change")]
        heads += [self.visit.say("what_if.column_sure")] if bands else []
        rows = []
        for name in METRICS:
            was, would = getattr(today, name), getattr(one.metrics, name)
            if was is None or would is None:
                continue
            cells = [self._metric(name), self.amount(name, was), self.amount(name, would)]
            cells.append(self.signed(name, would - was))
            cells += [self._interval(name, bands.get(name))] if bands else []
            rows.append(Row(tuple(map(Cell, cells))))
        columns = tuple([Column(head, end=place > 0) for place, head in enumerate(heads)])
        about = [self._named(one.values)]
        if one.breaks:
            about.append(self.say("breaks", metrics=", ".join(map(self._metric, one.breaks))))
        return Chosen(
            self.chosen, self._title(self.chosen), tuple(about), Table(columns, tuple(rows)),
            _short(f"{self._title(self.chosen)}: {_joined(one.values)}"),
        )  # fmt: skip

    def _interval(self, name: Metric, band: Band | None) -> str:
        if band is None:
            return ""
        low, high = self.signed(name, band.low), self.signed(name, band.high)
        return self.visit.say("what_if.interval", low=low, high=high)


def _shown(value: object) -> str:
    """A value as the reader's language writes it."""
    return "–" if value is None else typed.shown(str(value))


def _joined(values: Sequence[object]) -> str:
    """Values in the order of what is varied, without its names."""
    return " · ".join(map(_shown, values))


def _short(text: str) -> str:
    return text if len(text) <= limits.NAME_CHARS_MAX else f"{text[: limits.NAME_CHARS_MAX - 1]}…"
