"""Measures of what campaigns are worth that are kept beside the exports they were made of."""

from pathlib import Path
from typing import Literal

import msgspec

from guerdon.core.kpis import Span
from guerdon.insight import kept
from guerdon.insight.kpis.asked import NotExported, Question
from guerdon.insight.roi.means import Unsaid
from guerdon.insight.roi.told import Beside, Worth

Why = Literal["", "nobody_held_out", "too_early", "too_few", "not_exported", "outside"]


class Kept(msgspec.Struct, frozen=True):
    """What was measured without a cost; where nothing can be measured, why."""

    worth: Worth | None = None
    why: Why = ""


class KeptBeside(msgspec.Struct, frozen=True):
    """What was found of some beside all others; where nothing can be measured, why."""

    beside: Beside | None = None
    why: Why = ""


class Wanted(msgspec.Struct, frozen=True):
    """Which days; without any, all whole months in which members were held out."""

    span: Span | None = None
    what: str = "roi"


class WantedBeside(msgspec.Struct, frozen=True):
    """Of the stores, tiers or segments of the question, to whom something happened with the month."""

    begins: str
    asked: Question
    what: str = "beside"


def find(own: Path, wanted: Wanted) -> Kept | None:
    """What was measured of the months that are there; None where nobody has done so yet. Raises Damaged."""
    return kept.find_latest(own, wanted, Kept)


def answer(own: Path, wanted: Wanted) -> Kept | None:
    """What is kept, or measured now and kept; None where no month is there. Raises Damaged."""
    return kept.answer_latest(own, wanted, Kept, _measured)


def _measured(own: Path, wanted: Wanted) -> Kept:
    from guerdon.insight.roi import answers

    try:
        return Kept(answers.ask(own, wanted.span))
    except answers.NobodyHeldOut:
        return Kept(why="nobody_held_out")
    except answers.NotMeasured:
        return Kept(why="too_early")
    except Unsaid:
        return Kept(why="too_few")
    except NotExported:
        return Kept(why="not_exported")


def find_beside(own: Path, wanted: WantedBeside) -> KeptBeside | None:
    """The same of some beside all others. Raises Damaged."""
    return kept.find_latest(own, wanted, KeptBeside)


def answer_beside(own: Path, wanted: WantedBeside) -> KeptBeside | None:
    """What is kept, or measured now and kept; None where no month is there. Raises Damaged."""
    return kept.answer_latest(own, wanted, KeptBeside, _beside)


def _beside(own: Path, wanted: WantedBeside) -> KeptBeside:
    from guerdon.insight.roi import beside

    try:
        return KeptBeside(beside.ask(own, wanted.begins, wanted.asked))
    except beside.Outside:
        return KeptBeside(why="outside")
    except Unsaid:
        return KeptBeside(why="too_few")
    except NotExported:
        return KeptBeside(why="not_exported")
