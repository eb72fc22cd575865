"""Small drawings for reports: bars and lines over months, as SVG that needs no script and no font of its own."""

import math
from collections.abc import Callable, Iterator, Sequence
from html import escape
from typing import Final

import msgspec

_WIDTH, _HEIGHT = 640, 220
_LEFT, _RIGHT, _TOP, _BOTTOM = 78, 8, 28, 36
_LINES: Final = 4  # at most so many steps of the scale
_INK, _GRID = "#4b5157", "#d9dbdd"
# Libertinus is what the paper has; a page takes what the reader's system has.
_TEXT: Final = 'font-family="Libertinus Serif, system-ui, sans-serif" font-size="12"'


class Series(msgspec.Struct, frozen=True):
    """Numbers over the months; None where nothing is known."""

    title: str
    colour: str
    numbers: tuple[int | None, ...]


class Scale(msgspec.Struct, frozen=True):
    """What stands at the side: steps of 1, 2 or 5 times a power of ten, from `low` to `high`, with 0 among them."""

    low: int
    high: int
    step: int

    @classmethod
    def of(cls, series: Sequence[Series]) -> "Scale":
        known = [number for one in series for number in one.numbers if number is not None]
        low, high = min([0, *known]), max([0, *known])
        rough = max(high - low, 1) / _LINES
        power = 10 ** max(math.floor(math.log10(rough)), 0)
        step = next(times * power for times in (1, 2, 5, 10) if times * power >= rough)
        return cls(low // step * step, max(-(-high // step) * step, step), step)

    @property
    def marks(self) -> range:
        return range(self.low, self.high + 1, self.step)

    def at(self, number: int) -> float:
        """How far down a number stands."""
        return _TOP + (_HEIGHT - _TOP - _BOTTOM) * (self.high - number) / (self.high - self.low)


def bars(series: Sequence[Series], months: Sequence[str], tick: Callable[[int], str]) -> str:
    """A bar for each number, those of a month side by side."""
    scale, slot = Scale.of(series), _slot(months)
    wide = slot * 0.7 / len(series)
    parts: list[str] = []
    for number, one in enumerate(series):
        for place, value in enumerate(one.numbers):
            if value is not None:
                top, zero = sorted((scale.at(value), scale.at(0)))
                x = _LEFT + slot * (place + 0.15) + wide * number
                parts.append(
                    f'<rect x="{x:.1f}" y="{top:.1f}" width="{wide - 1:.1f}" height="{max(zero - top, 0.5):.1f}"'
                    f' rx="1.5" fill="{one.colour}"/>'
                )
    return _whole(series, months, scale, tick, parts)


def lines(series: Sequence[Series], months: Sequence[str], tick: Callable[[int], str]) -> str:
    """A line for each series, broken where nothing is known."""
    scale, slot = Scale.of(series), _slot(months)
    parts: list[str] = []
    for one in series:
        at = [
            None if value is None else (_LEFT + slot * (place + 0.5), scale.at(value))
            for place, value in enumerate(one.numbers)
        ]
        for run in _runs(at):
            points = " ".join(f"{x:.1f},{y:.1f}" for x, y in run)
            parts.append(f'<polyline points="{points}" fill="none" stroke="{one.colour}" stroke-width="2.5"/>')
            parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{one.colour}"/>' for x, y in run]
    return _whole(series, months, scale, tick, parts)


def _runs(at: Sequence[tuple[float, float] | None]) -> Iterator[list[tuple[float, float]]]:
    run: list[tuple[float, float]] = []
    for point in (*at, None):
        if point is not None:
            run.append(point)
        elif run:
            yield run
            run = []


def _slot(months: Sequence[str]) -> float:
    return (_WIDTH - _LEFT - _RIGHT) / len(months)


def _whole(
    series: Sequence[Series], months: Sequence[str], scale: Scale, tick: Callable[[int], str], parts: Sequence[str]
) -> str:
    """The scale, the months and the names of the series around what is drawn; a month has its year below it."""
    slot = _slot(months)
    around: list[str] = []
    for mark in scale.marks:
        y = scale.at(mark)
        ink = _INK if mark == 0 else _GRID
        around.append(f'<line x1="{_LEFT}" y1="{y:.1f}" x2="{_WIDTH - _RIGHT}" y2="{y:.1f}" stroke="{ink}"/>')
        around.append(
            f'<text x="{_LEFT - 8}" y="{y + 4:.1f}" text-anchor="end" {_TEXT} fill="{_INK}">{escape(tick(mark))}</text>'
        )
    for place, month in enumerate(months):
        for line, word in enumerate(month.split(" ")):
            x, y = _LEFT + slot * (place + 0.5), _HEIGHT - _BOTTOM + 16 + 14 * line
            around.append(f'<text x="{x:.1f}" y="{y}" text-anchor="middle" {_TEXT} fill="{_INK}">{escape(word)}</text>')
    x = float(_LEFT)
    for one in series if len(series) > 1 else ():  # what a single one shows says the title
        around.append(f'<rect x="{x:.1f}" y="6" width="11" height="11" rx="2" fill="{one.colour}"/>')
        around.append(f'<text x="{x + 16:.1f}" y="16" {_TEXT} fill="{_INK}">{escape(one.title)}</text>')
        x += 40 + 7 * len(one.title)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}">'
        + "".join([*around, *parts])
        + "</svg>"
    )
