"""The grammar of adjustments: the reasons there are, and above how many points a second person must agree."""

from typing import Final

import msgspec

from guerdon.core import limits
from guerdon.core.adjustments import ByHand, Reason
from guerdon.core.documents import Document
from guerdon.core.grammar.effects import scale_of
from guerdon.core.grammar.records import Field, Record
from guerdon.core.grammar.rules import NAMES
from guerdon.core.grammar.shapes import At, Key, Points, Wrong
from guerdon.core.grammar.structures import Keyed
from guerdon.core.grammar.words import UnitCode


class OfUnit(Points):
    """Points of the unit whose code is the key."""

    def read(self, found: Document, at: At) -> int | Wrong:
        return super().read(found, _counted(at))

    def write(self, value: object, at: At) -> Document:
        return super().write(value, _counted(at))


def _counted(at: At) -> At:
    """The same place, where points have the decimals of the unit that the last step names."""
    return msgspec.structs.replace(at, scale=scale_of(at.step, at))


_REASON: Final = Record(
    Reason,
    Field("name", NAMES, "How people read it, in each language."),
    form="a reason, with “name”",
)
BY_HAND: Final = Record(
    ByHand,
    Field(
        "reasons",
        Keyed(Key(), _REASON, limits.REASONS_MAX, of="reasons"),
        "The reasons that may be given, by code; without them any text will do.",
    ),
    Field(
        "approve_above",
        Keyed(UnitCode(), OfUnit(0), limits.UNITS_MAX, of="points"),
        "What one person may give to, or take from, a member in a day; beyond it a second person must agree.",
    ),
    form="a mapping like {reasons: …, approve_above: {points: 1000}}",
)
