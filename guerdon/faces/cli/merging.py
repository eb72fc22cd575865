"""A merge, or its undoing, at the terminal."""

from collections.abc import Mapping

from guerdon.core.merging import Merged
from guerdon.core.programme import Unit
from guerdon.faces.cli import terminal
from guerdon.kit import ids


def show(told: Merged, units: Mapping[str, Unit], *, dry_run: bool, known: bool) -> None:
    """Say what moved, or would move."""
    goes, stays = ids.show("member", told.account), ids.show("member", told.into)
    deed = f"{goes} is taken out of {stays}" if told.undone else f"{goes} is merged into {stays}"
    terminal.say(
        deed + (", already." if known else " – a dry run, nothing was written." if dry_run else "."), style="bold"
    )
    rows = [
        (
            units[one.unit].name.get("en") or one.unit,
            terminal.points(one.points, units[one.unit].scale),
            str(one.lots),
            terminal.points(one.debt, units[one.unit].scale),
            terminal.points(told.repaid.get(one.unit, 0), units[one.unit].scale),
            terminal.points(one.lapsed, units[one.unit].scale),
        )
        for one in told.passed
    ]
    if rows:
        terminal.table("What passes", ("", "#points", "#lots", "#debt", "#repaid at once", "#had expired"), rows)
    counted = ", ".join(f"{number} {kind}" for kind, number in told.identifiers.items()) or "none"
    terminal.say(f"  Identifiers: {counted}. Counters: {told.counters}.")
    filled = [*told.filled.attributes, *told.filled.segments, *told.filled.person]
    if filled:
        terminal.say(f"  {'Taken out again' if told.undone else 'Filled in'}: {', '.join(filled)}.")
    for one in told.filled.conflicts:
        terminal.say(f"  {one.name}: {one.kept} stays, {one.given_up} does not count.")
