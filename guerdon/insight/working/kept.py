"""Reports of what does not work that are kept beside the exports they were made of."""

from pathlib import Path

import msgspec

from guerdon.core import closing
from guerdon.core.kpis import Span
from guerdon.insight import kept
from guerdon.insight.exports import files
from guerdon.insight.kpis import kept as kpis
from guerdon.insight.kpis.asked import NotExported
from guerdon.insight.working.told import Report


class Kept(msgspec.Struct, frozen=True):
    """A report; where it can't be said, why."""

    report: Report | None = None
    why: str = ""


class Wanted(msgspec.Struct, frozen=True):
    """Of which days."""

    span: Span
    what: str = "working"


def preset(own: Path, name: str) -> Wanted | None:
    """The months of a preset up to the last one that is there, or as many as there are. Raises Damaged."""
    read = files.months(own)
    if not read:
        return None
    first, last = (month.manifest.closing.month for month in (read[0], read[-1]))
    span = kpis.preset(last, name)
    return Wanted(Span(max(span.since, closing.first_day(first)), span.until))


def find(own: Path, wanted: Wanted) -> Kept | None:
    """What was said of the months that are there; None where nobody has computed it yet. Raises Damaged."""
    return kept.find_latest(own, wanted, Kept)


def answer(own: Path, wanted: Wanted) -> Kept | None:
    """What is kept, or computed now and kept; None where no month is there. Raises Damaged."""
    return kept.answer_latest(own, wanted, Kept, _computed)


def _computed(own: Path, wanted: Wanted) -> Kept:
    from guerdon.insight.working import answers

    try:
        return Kept(answers.ask(own, wanted.span))
    except NotExported as error:
        return Kept(why=str(error))
