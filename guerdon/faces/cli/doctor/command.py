"""The command: every look, in words; it ends with 1 where something is at fault."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from guerdon.faces.cli import faults, installation, terminal
from guerdon.faces.cli.terminal import Failure

if TYPE_CHECKING:
    from guerdon.faces.cli.doctor.finding import Finding

_MARKS: Final = {"fine": "✓", "unknown": "·", "warning": "!", "fault": "✗"}
_STYLES: Final = {"fine": "", "unknown": "dim", "warning": "yellow", "fault": "red"}
Backups = Annotated[
    Path | None,
    typer.Option("--backups", help="Where backups are kept: looks for a young one there.", metavar="FOLDER"),
]


def doctor(backups: Backups = None, as_json: terminal.Json = False) -> None:
    """Say what is wrong with this installation, and what to do.

    Looks at the machine, the settings, the database and the work that waits. Nothing is changed, no letter is sent;
    it takes a second however large the history is. Run it as the user, and with the environment, of the server.

    \b
    Ends with 0 when nothing is at fault, with 1 when something is. Warnings don't fail.

    \b
    Examples:
      guerdon doctor
      guerdon doctor --backups /backups
      guerdon doctor --json
    """
    found = list(_look(backups))
    ok = not any(one.state == "fault" for one in found)
    if as_json:
        terminal.show_json({"ok": ok, "findings": found})
    else:
        _show(found)
    if not ok:
        raise typer.Exit(terminal.FINDING)


def _look(backups: Path | None) -> "Iterator[Finding]":
    """One look after the other; where the database does not answer those that need it are left out."""
    try:
        installation.settle()
    except Failure as failure:
        from guerdon.faces.cli.doctor.finding import Finding

        yield Finding("settings", "fault", f"{failure.what} {failure.why}".strip(), "See docs/reference/cli.md.")
        return
    from guerdon.faces.cli.doctor import database, house, secret, work
    from guerdon.kit import clock, store

    yield from house.look()
    try:
        installation.enter(unfinished=True)
        at_hand = store.current()
        seen = list(database.look(at_hand))
        yield from seen
        if any(one.about == "migrations" and one.state == "fault" for one in seen):
            return  # there is no telling what of the work is there
        yield secret.look(at_hand)
        yield from work.look(at_hand, clock.now(), backups)
    except Exception as error:
        known = faults.told(error)
        if known is None:
            raise
        yield database.away(known)


def _show(found: "list[Finding]") -> None:
    for one in found:
        terminal.say(f"{_MARKS[one.state]} {one.about:<11} {one.told}", style=_STYLES[one.state])
        if one.do:
            terminal.say(f"  {'':<11} → {one.do}")
    counts = {state: sum(one.state == state for one in found) for state in ("fault", "warning")}
    told = [terminal.counted(count, state) for state, count in counts.items()]
    terminal.say()
    terminal.say("Nothing is wrong." if not sum(counts.values()) else f"{' and '.join(told)}.")
