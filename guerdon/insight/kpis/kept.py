"""KPIs that are kept beside the exports they were computed of, and those that pages show before anybody asks."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

import msgspec

from guerdon.core import closing, period
from guerdon.core.kpis import Compare, Span
from guerdon.insight import kept
from guerdon.insight.exports import files
from guerdon.insight.kpis import definitions
from guerdon.insight.kpis.asked import Answer, NotExported, Question, Whole

USUAL: Final = "quarter"
PRESETS: Final = {"month": 1, "quarter": 3, "half": 6, "year": 12}
MONTHS_MAX: Final = 24  # of a chart


class Wanted(msgspec.Struct, frozen=True):
    """A KPI, of what, compared with what."""

    kpi: str
    asked: Question
    compare: Compare | None = None


class Kept(msgspec.Struct, frozen=True):
    """An answer; where a number can't be said, `why` is the code of it and `of` what it is about."""

    rows: tuple[Answer, ...] = ()
    why: str = ""
    of: str = ""


def find(own: Path, state: str, wanted: Wanted) -> Kept | None:
    """What was answered to it; None where nobody has computed it yet."""
    return kept.find(own, state, wanted, Kept)


def answer(own: Path, state: str, wanted: Wanted) -> Kept:
    """What is answered to it: what is kept, or computed now and kept. Where what it is compared with is not exported
    there is nothing `before`. Raises Damaged."""
    known = find(own, state, wanted)
    if known is not None:
        return known
    found = _computed(own, wanted)
    if (
        found.why == "not_exported" and wanted.compare is not None
    ):  # what it is compared with may be all that is missing
        found = _computed(own, msgspec.structs.replace(wanted, compare=None))
    kept.keep(own, state, wanted, found)
    return found


def _computed(own: Path, wanted: Wanted) -> Kept:
    from guerdon.insight.kpis import answers

    try:
        return Kept(tuple(answers.ask(own, wanted.kpi, wanted.asked, compare=wanted.compare)))
    except NotExported as error:
        return Kept(why="not_exported", of=str(error))
    except Whole:
        return Kept(why="whole")


def compute(own: Path, wanted: Iterable[Wanted], *, between: Callable[[], None]) -> int:
    """Answer many of them, one after the other; answers how many were not known."""
    read, done = files.months(own), 0
    for one in wanted if read else ():
        if find(own, read[-1].sha256, one) is None:
            between()
            answer(own, read[-1].sha256, one)
            done += 1
    return done


def prepare(own: Path, *, between: Callable[[], None]) -> int:
    """What the first page shows where nobody has said anything."""
    read = files.months(own)
    if not read:
        return 0
    span = preset(read[-1].manifest.closing.month, USUAL)
    asked = Question(span)
    wanted = [Wanted(key, asked, "previous_period") for key in definitions.KPIS]
    return compute(own, wanted, between=between)


def preset(last: str, name: str) -> Span:
    """The months up to the last one that is exported."""
    until = closing.first_day(closing.following(last))
    return Span(period.add_months(until, -PRESETS[name]), until)


def months(span: Span, known: Iterable[str]) -> list[Span]:
    """The exported months of which a stretch has a day, the latest of them where they are many."""
    spans = [Span(closing.first_day(one), closing.first_day(closing.following(one))) for one in sorted(known)]
    return [one for one in spans if one.since < span.until and one.until > span.since][-MONTHS_MAX:]
