"""Two figures of many scenarios against each other, as points between two axes: places in percent of the picture."""

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import Final

import msgspec

from guerdon.faces.design.shapes import Dot, Plot, Stretch, Tick

_LEFT, _WIDE = 14.0, 82.0  # percent of the picture in which points stand
_TOP, _HIGH = 6.0, 82.0
_MARKS: Final = (0.0, 0.5, 1.0)  # of the scales that are named
Tell = Callable[[int], str]


class Spot(msgspec.Struct, frozen=True):
    """A scenario: what it is, its two figures, and what it is called."""

    kind: str
    along: int
    up: int
    title: str


def of(
    spots: Sequence[Spot], tell_along: Tell, tell_up: Tell, *, along: str, up: str, line: str, names: Mapping[str, str]
) -> Plot:
    """The picture of the spots; those of the kind `line`, and the best, are joined. `names` are those of the kinds, the
    first of which lies on top."""
    across, upright = _Scale([one.along for one in spots]), _Scale([one.up for one in spots])
    order = [*names]
    drawn = sorted(spots, key=lambda one: -order.index(one.kind))
    dots = tuple([
        Dot(one.kind, _percent(_LEFT + _WIDE * across.share(one.along)), _percent(_down(upright.share(one.up))),
            f"{one.title}: {along} {tell_along(one.along)}, {up} {tell_up(one.up)}")
        for one in drawn
    ])  # fmt: skip
    joined = sorted([(one.along, one.up) for one in spots if one.kind in (line, "best")])
    ways = [(_percent(_LEFT + _WIDE * across.share(x)), _percent(_down(upright.share(y)))) for x, y in joined]
    anchors = ("start", "middle", "end")
    known = {one.kind for one in spots}
    return Plot(
        along, up, dots, tuple([Stretch(*one, *other) for one, other in pairwise(ways)]),
        tuple([Tick(_percent(_LEFT + _WIDE * mark), tell_along(across.at(mark)), anchor)
               for mark, anchor in zip(_MARKS, anchors, strict=True) if across.wide or mark == 0]),
        tuple([Tick(_percent(_down(mark)), tell_up(upright.at(mark))) for mark in _MARKS if upright.wide or mark == 0]),
        tuple([(kind, name) for kind, name in names.items() if kind in known]),
    )  # fmt: skip


class _Scale:
    """From the least to the most of some figures; one alone stands where it begins."""

    def __init__(self, figures: Sequence[int]) -> None:
        self.least, self.wide = min(figures), max(figures) - min(figures)

    def share(self, figure: int) -> float:
        return (figure - self.least) / self.wide if self.wide else 0.0

    def at(self, share: float) -> int:
        return self.least + round(self.wide * share)


def _down(share: float) -> float:
    return _TOP + _HIGH * (1 - share)


def _percent(place: float) -> str:
    return f"{place:.2f}%"
