"""What is asked of exported months and what is answered, without the engine that computes it."""

import msgspec

from guerdon.core.kpis import Span


class NotExported(Exception):
    """A question about days that no exported month has."""


class Whole(Exception):
    """A KPI of the whole programme was asked of a store."""


class Question(msgspec.Struct, frozen=True):
    """Which days, and of which stores, tiers and segments (none: all). A tier and a segment are those at the end."""

    span: Span
    stores: tuple[str, ...] = ()
    tiers: tuple[str, ...] = ()
    segments: tuple[str, ...] = ()


class Answer(msgspec.Struct, frozen=True):
    """One number: what it is of, what was counted, of how much (None: it is a count), and what it was before.

    `value` is rounded half up: hundredths of a percent or of a ratio, minor units of money; None where nothing can be
    said.
    """

    of: tuple[str | int, ...]
    numerator: int
    denominator: int | None
    value: int | None
    before: int | None = None
