"""What components are told: links, choices, rows of tables, points of charts; the texts are those that are shown."""

from collections.abc import Sequence
from typing import Literal

import msgspec

Sign = Literal["", "good", "warn", "bad", "brand", "accent"]
Order = Literal["", "ascending", "descending"]
Drawing = Literal["line", "bars", "stacked"]


class Link(msgspec.Struct, frozen=True):
    """A way to a page; `count` stands behind it, like 3 that wait."""

    title: str
    address: str
    icon: str = ""
    current: bool = False
    count: str = ""


class Group(msgspec.Struct, frozen=True):
    """Links under one heading; without a title there is none."""

    title: str
    links: tuple[Link, ...]

    @property
    def current(self) -> bool:
        """Whether the page is one of them."""
        return any(one.current for one in self.links)


class Choice(msgspec.Struct, frozen=True):
    """One of several values; `about` and `icon` show where there is room for them."""

    value: str
    title: str
    about: str = ""
    icon: str = ""


class Column(msgspec.Struct, frozen=True):
    """The head of a column. With an address it sorts; `end` is for numbers."""

    title: str
    end: bool = False
    address: str = ""
    order: Order = ""


class Cell(msgspec.Struct, frozen=True):
    """What stands in a cell; with a `sign` as a badge, with an address as a link."""

    text: str
    address: str = ""
    sign: Sign | None = None
    icon: str = ""


class Row(msgspec.Struct, frozen=True):
    """The cells of a row, its heading first. With an address the whole row leads there."""

    cells: tuple[Cell, ...]
    address: str = ""


class Paging(msgspec.Struct, frozen=True):
    """Where in a long table one is, like “1–50”, and the ways on; an empty one is not there."""

    about: str
    earlier: str = ""
    later: str = ""


class Fact(msgspec.Struct, frozen=True):
    """A term and what it is."""

    term: str
    text: str
    address: str = ""


class Fault(msgspec.Struct, frozen=True):
    """What is wrong with a field; `name` is the field's."""

    name: str
    text: str


class Line(msgspec.Struct, frozen=True):
    """A line of what changed."""

    kind: Literal["same", "changed", "added", "removed"]
    text: str


class Goal(msgspec.Struct, frozen=True):
    """A mark on the way of a progress bar, at a share in hundredths."""

    share: int
    title: str
    done: bool = False


class Series(msgspec.Struct, frozen=True):
    """A column of figures of a chart; one that is `compared` belongs to an earlier time and is dashed."""

    title: str
    compared: bool = False


class Measure(msgspec.Struct, frozen=True):
    """A figure as it is drawn, and as it is read; None is a gap."""

    number: float | None
    text: str


class Point(msgspec.Struct, frozen=True):
    """A point along a chart, like a day, with one figure for each series."""

    title: str
    measures: tuple[Measure, ...]


class Dot(msgspec.Struct, frozen=True):
    """Where a point stands, in percent."""

    kind: str
    x: str
    y: str
    title: str


class Tick(msgspec.Struct, frozen=True):
    """A place of a scale, in percent, and what it says; `anchor` is which end of the text stands there."""

    at: str
    text: str
    anchor: str = "start"


class Stretch(msgspec.Struct, frozen=True):
    """From one point to the next."""

    x1: str
    y1: str
    x2: str
    y2: str


class Plot(msgspec.Struct, frozen=True):
    """The picture: its points in the order in which they are drawn, the line of the front, both scales, its legend."""

    along: str
    up: str
    dots: tuple[Dot, ...]
    lines: tuple[Stretch, ...]
    along_ticks: tuple[Tick, ...]
    up_ticks: tuple[Tick, ...]
    legend: tuple[tuple[str, str], ...]


class Heat(msgspec.Struct, frozen=True):
    """A cell of a grid of shares: its number as it is read, and its `step` from 0 to 9; None where there is nothing."""

    text: str
    step: int | None = None
    about: str = ""


class HeatRow(msgspec.Struct, frozen=True):
    """A row of a grid of shares."""

    title: str
    cells: tuple[Heat, ...]
    about: str = ""


def step(share: float) -> int:
    """The step of a share from 0 to 1: how dark its cell is."""
    return max(0, min(9, int(share * 10)))


def sparkline(numbers: Sequence[float]) -> str:
    """The points of a polyline in a box of 100 by 30, as SVG writes them; a single figure is a level line."""
    told = list(numbers) * 2 if len(numbers) == 1 else list(numbers)
    least, most = min(told, default=0), max(told, default=0)
    span = (most - least) or 1
    step = 100 / max(1, len(told) - 1)
    return " ".join(f"{at * step:.1f},{28 - 26 * (number - least) / span:.1f}" for at, number in enumerate(told))
