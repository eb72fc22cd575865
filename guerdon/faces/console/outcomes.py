"""The answer of a what-if as its page tells it: plain words first, then tables and charts of the same."""

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import Final

import msgspec

from guerdon.core.programme import Programme
from guerdon.faces.api.simulation_views import (
    AMOUNTS,
    MONEY,
    SimulatedBand,
    SimulatedChange,
    SimulatedPair,
    SimulatedUnit,
    SimulationAnswer,
)
from guerdon.faces.api.simulations import SimulationWhole
from guerdon.faces.console import ladders_moved, people
from guerdon.faces.console.ladders_moved import Moved
from guerdon.faces.design.shapes import Cell, Column, Measure, Point, Row, Series
from guerdon.faces.show import Pen
from guerdon.faces.visits import Visit
from guerdon.features.segments import queries as segments

SHOWN_MAX: Final = 10  # members that a page names of those who would have got more, and less
_CHARTS: Final = ("issued", "redeemed", "cost", "liability")


class Table(msgspec.Struct, frozen=True):
    """A table as its component takes it."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    title: str = ""
    about: str = ""


class Chart(msgspec.Struct, frozen=True):
    """A chart as its component takes it."""

    title: str
    series: tuple[Series, ...]
    points: tuple[Point, ...]


class Part(msgspec.Struct, frozen=True):
    """What would have differed of one unit."""

    amounts: Table
    charts: tuple[Chart, ...]
    losers: Table | None
    winners: Table | None
    segments: Table | None
    tiers: Table | None


class Tile(msgspec.Struct, frozen=True):
    """One number that says most; `good` is yes, no or neither."""

    name: str
    value: str
    change: str
    good: str
    about: str


class Outcome(msgspec.Struct, frozen=True):
    """The whole answer."""

    heading: str
    sentences: tuple[str, ...]
    tiles: tuple[Tile, ...]
    gate: str
    took: str
    parts: tuple[Part, ...]
    moved: tuple[Moved, ...]
    behavioural: tuple[Table, ...]
    assumptions: tuple[str, ...]


class Teller:
    """Says amounts of both programmes in the language of the visit: what today's does not know the other one names."""

    def __init__(self, visit: Visit, asked: Programme, currency: str) -> None:
        self.visit = visit
        self.pen = Pen(visit)
        self.asked = asked
        self.currency = currency

    def say(self, word: str, **facts: object) -> str:
        """Words of what-ifs."""
        return self.visit.say(f"what_if.{word}", **facts)

    def programme_of(self, unit: str) -> Programme:
        """The programme that knows a unit, today's where both do."""
        return self.pen.programme if unit in self.pen.programme.units else self.asked

    def unit(self, unit: str) -> str:
        """A unit's name as the beginning of a text."""
        return self.pen.tongue.capital(self.pen.tongue.unit(self.programme_of(unit).unit(unit)))

    def points(self, steps: int, unit: str) -> str:
        """Steps of a unit with its name."""
        return self.pen.tongue.points(steps, self.programme_of(unit).unit(unit))

    def amount(self, name: str, value: int, unit: str) -> str:
        """An amount without the name of its unit; money with its currency."""
        if name in MONEY:
            return self.pen.money(value, self.currency)
        if name == "unmet":  # times
            return self.pen.number(value)
        return self.pen.tongue.number(value, self.programme_of(unit).unit(unit).scale)

    def signed(self, name: str, value: int, unit: str) -> str:
        """The same with a sign where it is a difference."""
        if value == 0:
            return self.amount(name, 0, unit)
        return f"{'+' if value > 0 else '−'}{self.amount(name, abs(value), unit)}"

    def share(self, today: int, draft: int) -> str:
        """By how much it differs, of what it was; nothing where that was nothing."""
        if today <= 0 or today == draft:
            return ""
        tenths = round(Fraction(abs(draft - today) * 1_000, today))
        told = self.pen.tongue.percent(tenths * 10 if tenths < 1_000 else round(Fraction(tenths, 10)) * 100)
        return f"{'+' if draft > today else '−'}{told}" if tenths else ""


def of(visit: Visit, whole: SimulationWhole, asked: Programme) -> Outcome:
    """The answer in words, tables and charts."""
    answer = whole.answer
    assert answer is not None, "there is no answer yet"
    teller = Teller(visit, asked, whole.currency)
    since, last = date.fromisoformat(answer.since), date.fromisoformat(answer.until) - timedelta(days=1)
    moved = ladders_moved.of(visit, answer.moves, asked)
    touched = [each for one in answer.mechanical for each in (*one.losers[:SHOWN_MAX], *one.winners[:SHOWN_MAX])]
    names = Names(
        people.names(visit, [one.member for one in touched], "console.simulation"), _segment_names(visit),
        ladders_moved.names(visit, asked),
    )  # fmt: skip
    gate = {"members": teller.pen.number(answer.gate.members), "postings": teller.pen.number(answer.gate.postings)}
    return Outcome(
        heading=teller.say("in_own", since=teller.pen.day(since), last=teller.pen.day(last)),
        sentences=_sentences(teller, answer, moved),
        tiles=tuple([tile for one in answer.mechanical[:1] for tile in _tiles(teller, one)]),
        gate=" ".join([teller.say("gate_about", **gate), *_steps(teller, answer)]),
        took=_took(teller, answer),
        parts=tuple([_part(teller, one, names) for one in answer.mechanical]),
        moved=moved,
        behavioural=tuple([_amounts(teller, one) for one in answer.behavioural]),
        assumptions=answer.assumptions,
    )  # fmt: skip


def _steps(teller: Teller, answer: SimulationAnswer) -> tuple[str, ...]:
    """How many steps of tiers were compared, where there were any."""
    steps = answer.gate.steps
    return (teller.say("gate_tiers", steps=teller.pen.number(steps)),) if steps else ()


class Names(msgspec.Struct, frozen=True):
    """How members, segments and tiers are called, by their ids and keys."""

    members: dict[str, str]
    segments: dict[str, str]
    tiers: dict[str, str]


def _part(teller: Teller, one: SimulatedUnit, names: Names) -> Part:
    drawn = [_chart(teller, one, name) for name in _CHARTS]
    return Part(
        _amounts(teller, one), tuple([chart for chart in drawn if chart is not None]),
        _changes(teller, one.unit, one.losers, one.worse_off, names.members),
        _changes(teller, one.unit, one.winners, one.better_off, names.members),
        _cut(teller, one.unit, "segment", one.segments, names.segments),
        _cut(teller, one.unit, "tier", one.tiers, names.tiers),
    )  # fmt: skip


def _tiles(teller: Teller, one: SimulatedUnit) -> tuple[Tile, ...]:
    """Points, cost, debt, and for how many it is worse: what somebody decides by."""
    found = []
    for name in ("issued", "redeemed", "cost", "liability"):
        today, draft = getattr(one.whole.today, name), getattr(one.whole.draft, name)
        good = "neither" if name not in MONEY else "yes" if draft < today else "no"
        share = teller.share(today, draft)
        change = share or (teller.signed(name, draft - today, one.unit) if draft != today else "")
        was = teller.say("instead" if draft != today else "unchanged", today=teller.amount(name, today, one.unit))
        title = teller.say(f"tile_{name}", unit=teller.unit(one.unit))
        found.append(Tile(title, teller.amount(name, draft, one.unit), change, good, was))
    all_of_them = teller.say("of_all", all=teller.pen.number(one.whole.members))
    found += [
        Tile(teller.say(f"tile_{word}"), teller.pen.number(members), "", "", all_of_them)
        for word, members in (("better", one.better_off), ("worse", one.worse_off))
    ]
    return tuple(found)


# --- in words ---


def _sentences(teller: Teller, answer: SimulationAnswer, moved: Sequence[Moved]) -> tuple[str, ...]:
    """The answer in a few sentences: what members would have got, what it would have cost, for whom it is worse."""
    found: list[str] = []
    for one in answer.mechanical:
        found.append(_got(teller, one))
    if answer.mechanical:
        cost = sum(one.whole.draft.cost - one.whole.today.cost for one in answer.mechanical)
        owed = sum(one.whole.draft.liability - one.whole.today.liability for one in answer.mechanical)
        found.append(_money(teller, "costs", cost) or teller.say("costs_same"))
        found.append(_money(teller, "owes", owed))
    for one in answer.mechanical[:1]:
        same = max(0, one.whole.members - one.better_off - one.worse_off)
        counts = {"all": one.whole.members, "better": one.better_off, "worse": one.worse_off, "same": same}
        found.append(teller.say("counts", **{name: teller.pen.number(value) for name, value in counts.items()}))
    up, down = sum(one.up for one in moved), sum(one.down for one in moved)
    if up or down:
        found.append(teller.say("moved", up=teller.pen.number(up), down=teller.pen.number(down)))
    return tuple([text for text in found if text])


def _got(teller: Teller, one: SimulatedUnit) -> str:
    today, draft = one.whole.today.issued, one.whole.draft.issued
    facts = {"today": teller.amount("issued", today, one.unit), "draft": teller.points(draft, one.unit)}
    if today == draft:
        return teller.say("same", today=facts["draft"])
    if today <= 0:
        return teller.say("fresh", draft=facts["draft"])
    change = teller.share(today, draft).lstrip("+−") or teller.amount("issued", abs(draft - today), one.unit)
    return teller.say("more" if draft > today else "less", change=change, **facts)


def _money(teller: Teller, word: str, change: int) -> str:
    if change == 0:
        return ""
    return teller.say(
        f"{word}_{'more' if change > 0 else 'less'}", change=teller.pen.money(abs(change), teller.currency)
    )


def _took(teller: Teller, answer: SimulationAnswer) -> str:
    tongue = teller.pen.tongue
    seconds = tongue.ratio(Fraction(max(1, round(answer.milliseconds / 100)), 10))
    numbers = {"activities": tongue.number(answer.activities), "lines": tongue.number(answer.lines)}
    return teller.say("took", seconds=seconds, **numbers)


# --- in tables and charts ---


def _amounts(teller: Teller, one: SimulatedUnit) -> Table:
    """All amounts of a unit under both, and how sure the difference is."""
    bands = {band.of: band for band in one.bands}
    columns = [Column(teller.say("column_what"))]
    columns += [Column(teller.say(f"column_{name}"), end=True) for name in ("today", "draft", "change")]
    if bands:
        columns.append(Column(teller.say("column_sure"), end=True))
    rows = []
    for name in AMOUNTS:
        today, draft = getattr(one.whole.today, name), getattr(one.whole.draft, name)
        if name == "unmet" and not today and not draft:
            continue
        cells = [Cell(_named(teller, name, one.unit)), *_both(teller, name, today, draft, one.unit)]
        if bands:
            cells.append(Cell(_interval(teller, bands[name], one.unit) if name in bands else ""))
        rows.append(Row(tuple(cells)))
    for band in one.bands:  # of what only the forecast knows: what is spent, what is left over
        if band.of not in AMOUNTS:
            middle = Cell(teller.signed("cost", band.middle, one.unit))
            title = _named(teller, band.of, one.unit)
            rows.append(Row((Cell(title), Cell("–"), Cell("–"), middle, Cell(_interval(teller, band, one.unit)))))
    return Table(tuple(columns), tuple(rows), teller.unit(one.unit))


def _named(teller: Teller, name: str, unit: str) -> str:
    return teller.say(f"amount_{name}", unit=teller.unit(unit))


def _both(teller: Teller, name: str, today: int, draft: int, unit: str) -> tuple[Cell, Cell, Cell]:
    change = teller.signed(name, draft - today, unit)
    share = teller.share(today, draft)
    told = f"{change} ({share})" if share else change
    return Cell(teller.amount(name, today, unit)), Cell(teller.amount(name, draft, unit)), Cell(told)


def _interval(teller: Teller, band: SimulatedBand, unit: str) -> str:
    name = band.of if band.of in AMOUNTS else "cost"
    low, high = teller.signed(name, band.low, unit), teller.signed(name, band.high, unit)
    return teller.say("interval", low=low, high=high)


def _chart(teller: Teller, one: SimulatedUnit, name: str) -> Chart | None:
    """An amount month by month under both; none where nothing of it ever was."""
    if not any(getattr(side, name) for pair in one.months for side in (pair.today, pair.draft)):
        return None
    scale = teller.pen.decimals if name in MONEY else teller.programme_of(one.unit).unit(one.unit).scale

    def measure(value: int) -> Measure:
        return Measure(value / 10**scale, teller.amount(name, value, one.unit))

    points = tuple([
        Point(_month(pair.key), (measure(getattr(pair.draft, name)), measure(getattr(pair.today, name))))
        for pair in one.months
    ])  # fmt: skip
    series = (Series(teller.say("column_draft")), Series(teller.say("column_today"), compared=True))
    return Chart(teller.say(f"chart_{name}", unit=teller.unit(one.unit)), series, points)


def _month(key: str) -> str:
    """A month as there is room for below a chart."""
    year, _, month = key.partition("-")
    return f"{month}.{year}"


def _cut(teller: Teller, unit: str, word: str, pairs: Sequence[SimulatedPair], names: dict[str, str]) -> Table | None:
    """What members of each part got, would have got, and what that would have cost; none where there are no parts."""
    columns = (
        Column(teller.say(f"column_{word}")), Column(teller.say("column_members"), end=True),
        *[Column(teller.say(f"column_{name}"), end=True) for name in ("today", "draft", "change", "cost")],
    )  # fmt: skip
    rows = [
        Row((
            Cell(names.get(pair.key) or pair.key or teller.say("below")), Cell(teller.pen.number(pair.members)),
            *_both(teller, "issued", pair.today.issued, pair.draft.issued, unit),
            Cell(teller.signed("cost", pair.draft.cost - pair.today.cost, unit)),
        ))
        for pair in pairs
    ]  # fmt: skip
    return Table(columns, tuple(rows), teller.say(f"by_{word}")) if rows else None


def _segment_names(visit: Visit) -> dict[str, str]:
    """How saved segments are called, for whoever may see them."""
    if not visit.may("segments:read"):
        return {}
    tongue = Pen(visit).tongue
    return {one.segment.key: tongue.named(one.segment.name) for one in segments.every(visit.store, visit.programme_id)}


def _changes(
    teller: Teller, unit: str, changes: Sequence[SimulatedChange], all_of_them: int, names: dict[str, str]
) -> Table | None:
    """The most touched members, each with the way to their page; none where nobody is named."""
    columns = (
        Column(teller.say("column_member")),
        *[Column(teller.say(f"column_{name}"), end=True) for name in ("today", "draft", "change")],
    )
    visit = teller.visit
    shown = changes[:SHOWN_MAX]
    rows = tuple([
        Row(
            (Cell(names[one.member]), *_both(teller, "issued", one.today, one.draft, unit)),
            visit.to("console.member", one.member) if visit.may("profiles:read") else "",
        )
        for one in shown
    ])  # fmt: skip
    about = ""
    if len(shown) < all_of_them:
        counts = {"shown": teller.pen.number(len(shown)), "all": teller.pen.number(all_of_them)}
        about = teller.say("most_touched", **counts)
    return Table(columns, rows, teller.unit(unit), about) if rows else None
