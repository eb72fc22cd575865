"""Roll-forwards that are kept beside the exports they were computed of, those of the last month before anybody asks."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

import msgspec

from guerdon.core import kpis as law
from guerdon.insight import kept
from guerdon.insight.exports import files
from guerdon.insight.exports.files import Damaged, Month
from guerdon.insight.kpis.asked import NotExported
from guerdon.insight.roll_forward import lines
from guerdon.insight.roll_forward.lines import By, Ladders, RollForward

WHAT: Final = "roll_forward"


class Question(msgspec.Struct, frozen=True):
    """Of which month, cut by what; tiers on which ladder."""

    month: str
    by: By
    ladder: str = ""
    what: str = WHAT


def months(read: Sequence[Month], month: str | None) -> Sequence[Month]:
    """The months up to the one that is meant. Raises `month_not_exported`."""
    try:
        return lines.until(read, month)
    except NotExported as error:
        names = [one.manifest.closing.month for one in read]
        known = f"{names[0]} – {names[-1]}" if names else "–"
        raise law.MONTH_NOT_EXPORTED(month=month or "–", known=known) from error


def ladder(read: Sequence[Month], told: str | None) -> str:
    """The ladder that is meant. Raises `ladder_unclear`."""
    try:
        return lines.ladder(read, told)
    except Ladders as error:
        raise law.LADDER_UNCLEAR(ladder=told or "–", known=", ".join(error.known) or "–") from error


def find(own: Path, read: Sequence[Month], asked: Question) -> RollForward | None:
    """What was answered of the months as they are; `read` are all that there are."""
    return kept.find(own, read[-1].sha256, asked, RollForward)


def answer(own: Path, read: Sequence[Month], asked: Question) -> RollForward:
    """What is kept, or computed now and kept. Raises `export_damaged`, where it does not tie, too."""
    known = find(own, read, asked)
    if known is not None:
        return known
    from guerdon.insight.kpis import engines
    from guerdon.insight.roll_forward import answers

    try:
        with engines.opened() as engine:
            found = answers.of(engine, months(read, asked.month), asked.by, asked.ladder or None)
    except (Damaged, NotExported) as error:
        raise law.EXPORT_DAMAGED(reason=str(error)) from error
    kept.keep(own, read[-1].sha256, asked, found)
    return found


def prepare(own: Path, *, between: Callable[[], None]) -> int:
    """Every cut of the last month, on the ladder that pages show first; answers how many were not known."""
    read, done = files.months(own), 0
    if not read or files.lacks(read[-1], lines.NEEDS):
        return 0
    known = lines.ladders(read)
    for by in lines.BY:
        asked = Question(read[-1].manifest.closing.month, by, known[0] if by == "tier" and known else "")
        if find(own, read, asked) is None:
            between()
            answer(own, read, asked)
            done += 1
    return done
