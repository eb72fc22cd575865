"""Points by hand from a file: a dry run with a fingerprint, then the booking of exactly that."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from guerdon.faces.cli import import_failures, installation, terminal
from guerdon.faces.cli.terminal import Failure

if TYPE_CHECKING:
    from guerdon.core.programme import Programme
    from guerdon.faces.imports.by_hand import Refused, Summary

REFUSED_SHOWN_MAX = 20


def adjust(
    file: Annotated[Path, typer.Argument(help="A CSV file: member, unit, points, reason, external_id, maybe note.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Try every row and report; write nothing.")] = False,
    fingerprint: Annotated[
        str | None, typer.Option("--fingerprint", help="Book what this dry run told, and nothing else.", metavar="X")
    ] = None,
    by: Annotated[str, typer.Option("--by", help="Who does it; stands in the journal.", metavar="NAME")] = "",
    programme: installation.ProgrammeKey = None,
    as_json: terminal.Json = False,
) -> None:
    """Give and take points by hand, from a file that somebody has looked at.

    A dry run tries every row where it would be booked and tells a fingerprint of the file, the programme and
    what came of it. With that fingerprint the file is booked, if all is still so. It can be stopped and run
    again: no row is booked twice. Rows for which one person is not enough wait for a second one.

    \b
    Examples:
      guerdon adjust sorry.csv --dry-run
      guerdon adjust sorry.csv --fingerprint 5ade914009e1deb0 --by Emil
    """
    if dry_run == (fingerprint is not None):
        hint = "guerdon adjust FILE --dry-run tells the fingerprint; --fingerprint X books what it told."
        raise Failure("Either try the file or book what was tried.", hint=hint, code=terminal.USAGE)
    with import_failures.told_plainly(dry_run=dry_run):
        installation.enter()
        from guerdon.engine.adjust import Actor
        from guerdon.faces.imports import by_hand

        row = installation.programme(programme)
        now = installation.now(row)
        book = installation.lawbook(row)
        law, version = book.at(now).programme, book.in_force(now)
        who = by or installation.who()
        digest = by_hand.digest(file) if file.is_file() else ""
        lines = by_hand.read(file, programme=law, actor=Actor(who, f"operator:{who}"))
        terminal.note(f"Trying {terminal.counted(len(lines), 'row')} of {file.name} …")
        told = by_hand.rehearse(row.id, lines, file=digest, version=version, now=now)
        if fingerprint is not None:
            if fingerprint != told.fingerprint:
                raise _changed(fingerprint, told)
            with terminal.progress(f"Booking {file.name} (rows)", total=len(lines)) as advance:
                told = by_hand.book(row.id, lines, file=digest, version=version, now=now, advance=advance)
    if as_json:
        terminal.show_json(_document(told, dry_run=dry_run))
    else:
        _print(file, law, told, dry_run=dry_run)
    raise typer.Exit(terminal.FINDING if told.refused else terminal.OK)


def _changed(wanted: str, told: "Summary") -> Failure:
    return Failure(
        "Nothing was booked: it is not what the dry run told.",
        why=f"The fingerprint was {wanted[:40]}; file, programme and outcome have {told.fingerprint} now.",
        hint="Look at it again: guerdon adjust FILE --dry-run",
        code=terminal.FINDING,
    )


def _document(told: "Summary", *, dry_run: bool) -> dict[str, object]:
    """The summary for other programs."""
    rows = [{"line": one.line, "reason": one.reason, "told": _cause(one)} for one in told.refused]
    return {
        "dry_run": dry_run, "fingerprint": told.fingerprint, "rows": told.rows, "booked": told.booked,
        "waiting": told.waiting, "known": told.known, "given": told.given, "taken": told.taken, "refused": rows,
    }  # fmt: skip


def _print(file: Path, law: "Programme", told: "Summary", *, dry_run: bool) -> None:
    rows: list[tuple[str, str]] = [
        ("rows", terminal.number(told.rows)),
        ("booked", terminal.number(told.booked)),
        ("waiting for a second person", terminal.number(told.waiting)),
        ("known from an earlier run", terminal.number(told.known)),
        ("refused", terminal.number(len(told.refused))),
    ]
    for what, sums in (("given", told.given), ("taken", told.taken)):
        for code, points in sums.items():
            unit = law.units[code]
            rows.append((f"{unit.name.get('en') or code} {what}", terminal.points(points, unit.scale)))
    terminal.table(f"{'Dry run of ' if dry_run else ''}{file.name}", ("what", "#how many"), rows)
    if told.refused:
        shown = [(one.line, _cause(one)) for one in told.refused[:REFUSED_SHOWN_MAX]]
        terminal.table("Refused", ("#line", "why"), shown)
        if len(told.refused) > REFUSED_SHOWN_MAX:
            terminal.say(f"… and {terminal.number(len(told.refused) - REFUSED_SHOWN_MAX)} more; --json has them all.")
    if dry_run:
        terminal.say("This was the dry run; nothing is written yet. To book exactly this:")
        terminal.say(f"  guerdon adjust {installation.shown(file)} --fingerprint {told.fingerprint}")


def _cause(one: "Refused") -> str:
    """Why a row stays out, in a sentence."""
    from guerdon.faces import refusals
    from guerdon.faces.imports import by_hand

    if one.refusal is not None:
        return refusals.tell(one.refusal, "en").detail
    if one.reason == by_hand.TOLD_OTHERWISE:
        return "Its external_id belongs to another adjustment."
    from guerdon.faces.imports import faults

    return faults.ROW_REASONS.get(one.reason) or refusals.reason(one.reason, "en")
