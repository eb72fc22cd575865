"""Closing an accounting month by hand: what it came to, for good."""

from typing import TYPE_CHECKING, Annotated

import typer

from guerdon.faces.cli import installation, terminal

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from guerdon.core.closing import Closing, Sums
    from guerdon.core.programme import Programme


def close(
    month: Annotated[str, typer.Argument(help="The month, like 2026-10.", metavar="MONTH")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what it would come to.")] = False,
    programme: installation.ProgrammeKey = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Don't ask.")] = False,
    as_json: terminal.Json = False,
) -> None:
    """Close a month that is over: from then on its figures never change.

    What expired in it is booked first. Facts that come later and happened in it, or before, are accounted for in the
    first open month and tagged as of a prior period; members get their points all the same. Months are closed one after
    the other, and closing one again shows it again. A closed month is never opened again, so you are asked first;
    where nobody is at the terminal to be asked, say --yes.

    \b
    Examples:
      guerdon close 2026-10 --dry-run
      guerdon close 2026-10 --programme aurora --yes --json
    """
    installation.enter()
    from guerdon.engine import closing as engine
    from guerdon.features.closings import queries as closings
    from guerdon.kit import store

    row = installation.programme(programme)
    now = installation.now(row)
    law = installation.lawbook(row).current(now).programme
    borders = {one.month: one for one in closings.borders(store.current(), row.id)}
    border, known = borders.get(month), month in borders
    sums: Sequence[Sums] = engine.rehearse(programme_id=row.id, month=month, now=now)  # refuses before it is asked
    if not dry_run:
        if not known:
            question = f"Close {month} of {row.key}? Its figures never change again, and it can't be taken back."
            terminal.agree(question, yes=yes, otherwise="Nothing was closed.")
        border, sums = _close(row.id, month, now)
    if as_json:
        terminal.show_json({"programme": row.key, "month": month, "closed": border, "known": known, "units": sums})
        return
    if dry_run and not known:
        terminal.say(f"{row.key}: what {month} comes to as of now; nothing was closed.")
    else:
        terminal.say(f"{row.key}: {month} " + ("is closed already." if known else "is closed."))
    _print(law, sums)


def _close(programme_id: str, month: str, now: "datetime") -> "tuple[Closing, Sequence[Sums]]":
    """Book what expired, draw the border and count; of a closed month what it came to."""
    from guerdon.engine import closing as engine
    from guerdon.engine import night
    from guerdon.kit.audit import Actor

    if not _swept(programme_id, month, now):
        night.run(programme_id=programme_id, as_of=now)
    who = installation.who()
    made = engine.close(programme_id=programme_id, month=month, now=now, by=who, actor=Actor("operator", who))
    counted = engine.count(programme_id=programme_id, month=month, now=now)
    return made.month.closing, counted.sums or ()


def _swept(programme_id: str, month: str, now: "datetime") -> bool:
    """Whether a night has booked what expired in the month, or the month is refused for another reason anyway."""
    from guerdon.core import closing as law
    from guerdon.features.closings import queries as closings
    from guerdon.features.programmes import queries as programmes
    from guerdon.kit import store

    until = law.ends(month, programmes.latest(store.current(), programme_id).current(now).zone)
    return now < until or closings.is_swept(store.current(), programme_id, until)


def _print(law: "Programme", sums: "Sequence[Sums]") -> None:
    """A table for each unit: what it opened with, what moved, what it closed with."""
    from guerdon.core import closing

    if not sums:
        terminal.say("No points have moved in it or before it.")
    for one in sums:
        unit = law.units.get(one.unit)
        scale = unit.scale if unit else 0
        name = (unit.name.get("en") if unit else None) or one.unit
        lines = [("opening", terminal.points(one.opening, scale), "")]
        for column, flow in closing.columns(one).items():
            late = terminal.points(flow.prior, scale) if flow.prior else ""
            lines.append((column.replace("_", " "), terminal.points(flow.points, scale), late))
        lines.append(("closing", terminal.points(one.closing, scale), ""))
        terminal.table(name, ("", "#points", "#of prior periods"), lines)
