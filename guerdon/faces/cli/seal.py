"""`guerdon seal`: seals everything settled and prints the head, which is to be kept somewhere else."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from guerdon.faces.cli import installation, terminal
from guerdon.faces.cli.terminal import Failure

if TYPE_CHECKING:
    from guerdon.core.sealing import Seal
    from guerdon.features.programmes.queries import ProgrammeRow

Publish = Annotated[
    Path | None,
    typer.Option("--publish", help="Append the heads that FILE does not have yet to it, a line each.", metavar="FILE"),
]


def seal(programme: installation.ProgrammeKey = None, publish: Publish = None, as_json: terminal.Json = False) -> None:
    """Seal the journal as far as it is settled, and print the head.

    A seal is a hash over a range of the journal and the seal before it. Whoever knows a head – a line of text – can
    later tell whether anything below it was edited, deleted, inserted, moved or cut off. So publish the heads where
    the operator of this database can't change them: a newspaper, a public repository, a notary, the members' mail.
    The worker seals by itself once an hour; this does it now. Nobody waits for it, and stopping it does no harm.

    \b
    Examples:
      guerdon seal
      guerdon seal --publish /mnt/elsewhere/heads.txt
      guerdon seal --programme aurora --json
    """
    installation.enter()
    from guerdon.engine import seal as engine
    from guerdon.features.programmes import queries as programmes
    from guerdon.features.seals import queries
    from guerdon.kit import clock, store

    at_hand = store.current()
    rows = [installation.programme(programme)] if programme else programmes.every(at_hand)
    if not rows:
        installation.programme(None)  # says what to do
    until = _settled()
    told = []
    for row in rows:
        waiting = queries.unsealed(at_hand, row.id, settled=until)
        with terminal.progress(f"Sealing {row.key} (entries)", total=waiting) as advance:
            made = engine.run(programme_id=row.id, now=clock.now(), until=until, progress=advance)
        last = queries.last(at_hand, row.id)
        told.append(
            {
                "programme": row.key,
                "seals": len(made),
                "entries": sum(one.span.entries for one in made),
                "until_seq": last.span.until_seq if last else 0,
                "head": _head(last),
                "published": _publish(publish, row) if publish is not None else 0,
            }
        )
        if not as_json:
            _print(row, made, last)
    if as_json:
        terminal.show_json(told)


def _settled() -> int:
    """Up to which number all may be sealed; says so where somebody holds it up."""
    from guerdon.core.errors import Refusal
    from guerdon.engine import settling
    from guerdon.kit import store

    try:
        return settling.settled()
    except Refusal as refusal:
        if refusal.code != store.DATABASE_BUSY.code:
            raise
        raise Failure(
            "Nothing could be sealed: a transaction that has taken journal numbers does not end.",
            hint="Look for one that hangs (pg_stat_activity), then seal again.",
            code=terminal.NO_DATABASE,
        ) from refusal


def _head(last: "Seal | None") -> str | None:
    return f"{last.span.number}:{last.head}" if last is not None else None


def _print(row: "ProgrammeRow", made: "list[Seal]", last: "Seal | None") -> None:
    if last is None:
        terminal.say(f"{row.key}: there is nothing to seal yet.")
        return
    entries = terminal.counted(sum(one.span.entries for one in made), "entry", "entries")
    done = f"{entries} under {terminal.counted(len(made), 'new seal')}" if made else "nothing new"
    terminal.say(f"{row.key}: {done}; sealed up to journal number {terminal.number(last.span.until_seq)}.")
    terminal.say(f"head {_head(last)}")


def _publish(path: Path, row: "ProgrammeRow") -> int:
    """Append the heads of the programme that the file does not have; answers how many.

    Raises where the file knows another head than the database: one of them was rewritten.
    """
    from guerdon.core import limits
    from guerdon.faces.cli import heads
    from guerdon.features.seals import queries
    from guerdon.kit import store

    known = heads.read(path).get(row.key, {}) if path.exists() else {}
    number = count = 0
    with path.open("a", encoding="ascii") as out:
        while page := queries.after(store.current(), row.id, number, most=limits.PAGE_ROWS_MAX):
            for one in page:
                number = one.span.number
                if number not in known:
                    out.write(heads.line(row.key, one) + "\n")
                    count += 1
                elif known[number] != one.head:
                    raise Failure(
                        f"{path} knows another head {number} of {row.key} than the database.",
                        why="One of them was rewritten since.",
                        hint=f"Look what it is: guerdon verify --head {path}",
                        code=terminal.FINDING,
                    )
        out.flush()
        os.fsync(out.fileno())
    return count
