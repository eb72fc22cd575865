"""Points by hand from a file: a dry run with a fingerprint, then the booking of exactly that."""

import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from guerdon.faces.cli import import_failures, installation, terminal
from guerdon.faces.cli.terminal import Failure

if TYPE_CHECKING:
    from guerdon.core.programme import Programme
    from guerdon.engine.adjust import Actor
    from guerdon.faces.imports.by_hand import Refused, Summary

REFUSED_SHOWN_MAX = 20
# What the importer says of a mapping or of money, said of points in a file that has neither.
POINTS_REASONS = {
    "not_a_number": "The points are not a plain decimal number, like 12 or -2.5.",
    "too_many_decimals": "The points have more decimals than their unit; nothing is rounded silently.",
    "too_large": "The number is larger than any that can be.",
    "not_decodable": "The bytes are not text in UTF-8.",
    "told_otherwise": "Its external_id belongs to another adjustment.",
}


def adjust(
    file: Annotated[Path, typer.Argument(help="A CSV file: member, unit, points, reason, external_id, maybe note.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Try every row and report; write nothing.")] = False,
    fingerprint: Annotated[
        str | None, typer.Option("--fingerprint", help="Book what this dry run told, and nothing else.", metavar="X")
    ] = None,
    by: Annotated[str, typer.Option("--by", help="Who does it, as their API key is called.", metavar="NAME")] = "",
    programme: installation.ProgrammeKey = None,
    as_json: terminal.Json = False,
) -> None:
    """Give and take points by hand, from a file that somebody has looked at.

    A dry run tries every row where it would be booked and tells a fingerprint of the file, the programme and
    what came of it. With that fingerprint the file is booked, if all is still so. It can be stopped and run
    again: no row is booked twice. Rows for which one person is not enough wait for a second one.

    Whoever may run commands here is trusted with the name. Where an API key is called so, it is the person of that
    key, who can't agree to it over the API.

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
        from guerdon.faces.imports import by_hand

        row = installation.programme(programme)
        now = installation.now(row)
        book = installation.lawbook(row)
        law, version = book.at(now).programme, book.in_force(now)
        actor = person(row.id, by or installation.who())
        digest = by_hand.digest(file) if file.is_file() else ""
        lines = by_hand.read(file, programme=law, actor=actor)
        terminal.note(f"Trying {terminal.counted(len(lines), 'row')} of {file.name} …")
        told = by_hand.rehearse(row.id, lines, file=digest, version=version, now=now)
        if fingerprint is not None:
            if fingerprint != told.fingerprint:
                raise _changed(fingerprint, told)
            with terminal.progress(f"Booking {file.name} (rows)", total=len(lines)) as advance:
                told = by_hand.book(row.id, lines, file=digest, version=version, now=now, advance=advance)
    if as_json:
        terminal.show_json(_document(law, told, dry_run=dry_run))
    else:
        _print(file, law, told, dry_run=dry_run)
    raise typer.Exit(terminal.FINDING if told.refused else terminal.OK)


def person(programme_id: str, name: str) -> "Actor":
    """The person of this name: the one whose API key is called so, else one of the command line."""
    from guerdon.engine.adjust import Actor
    from guerdon.features.keys import queries as keys
    from guerdon.kit import ids, store

    asked = _folded(name)
    living = [one for one in keys.every(store.current(), programme_id) if one.revoked_at is None]
    found = [one for one in living if asked in (_folded(one.name), ids.show("key", one.id))]
    if len(found) > 1:
        shown = ", ".join(ids.show("key", one.id) for one in found)
        hint = f"Say the one by its id: --by KEY_ID, of {shown}"
        raise Failure(f"--by: {len(found)} API keys are called “{name[:40]}”.", hint=hint, code=terminal.USAGE)
    return Actor(found[0].name, found[0].id, behind=found[0].made_by) if found else Actor(name, f"operator:{asked}")


def _folded(name: str) -> str:
    """A name as it is compared: however it is capitalised, composed or spaced."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def _changed(wanted: str, told: "Summary") -> Failure:
    return Failure(
        "Nothing was booked: it is not what the dry run told.",
        why=f"The fingerprint was {wanted[:40]}; file, programme and outcome have {told.fingerprint} now.",
        hint="Look at it again: guerdon adjust FILE --dry-run",
        code=terminal.FINDING,
    )


def _document(law: "Programme", told: "Summary", *, dry_run: bool) -> dict[str, object]:
    """The summary for other programs."""
    rows = [{"line": one.line, "reason": one.reason, "told": _cause(one, law)} for one in told.refused]
    return {
        "dry_run": dry_run, "fingerprint": told.fingerprint, "rows": told.rows, "booked": told.booked,
        "waiting": told.waiting, "known": told.known, "refused": rows,
    }  # fmt: skip


def _print(file: Path, law: "Programme", told: "Summary", *, dry_run: bool) -> None:
    parts = (
        ("would be booked" if dry_run else "booked", told.booked),
        ("would wait for a second person" if dry_run else "wait for a second person", told.waiting),
        ("known from an earlier run", told.known),
    )
    units = [unit for code, unit in law.units.items() if any(code in {*one.given, *one.taken} for _, one in parts)]
    names = [unit.name.get("en") or unit.code for unit in units]
    columns = ["", "#rows", *(f"#{name} {what}" for name in names for what in ("given", "taken"))]
    rows = [
        (what, terminal.number(one.rows), *(
            terminal.points(sums.get(unit.code, 0), unit.scale) for unit in units for sums in (one.given, one.taken)
        ))
        for what, one in parts
    ]  # fmt: skip
    rows.append(("refused", terminal.number(len(told.refused)), *("" for _ in columns[2:])))
    terminal.table(f"{'Dry run of ' if dry_run else ''}{file.name}", columns, rows)
    if told.refused:
        shown = [(one.line, _cause(one, law)) for one in told.refused[:REFUSED_SHOWN_MAX]]
        terminal.table("Refused", ("#line", "why"), shown)
        if len(told.refused) > REFUSED_SHOWN_MAX:
            terminal.say(f"… and {terminal.number(len(told.refused) - REFUSED_SHOWN_MAX)} more; --json has them all.")
    if dry_run:
        terminal.say("This was the dry run; nothing is written yet. To book exactly this:")
        terminal.say(f"  guerdon adjust {installation.shown(file)} --fingerprint {told.fingerprint}")


def _cause(one: "Refused", law: "Programme") -> str:
    """Why a row stays out, in a sentence."""
    from guerdon.faces import refusals
    from guerdon.faces.imports import faults

    if one.refusal is not None:
        return refusals.tell(one.refusal, "en", law).detail
    return POINTS_REASONS.get(one.reason) or faults.ROW_REASONS[one.reason]
