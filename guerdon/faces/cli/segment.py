"""Saved segments at the terminal: which there are, who is in, why, and the members as a table."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from guerdon.faces.cli import installation, naming, terminal

if TYPE_CHECKING:
    from guerdon.core.programme import Programme
    from guerdon.core.segments import Verdict
    from guerdon.features.programmes.queries import ProgrammeRow

app = typer.Typer(
    no_args_is_help=True,
    help="""Saved segments: list them, count their members, say why one is in, write them to a file.

    \b
    Examples:
      guerdon segment list
      guerdon segment count sleepers
      guerdon segment why sleepers ann
      guerdon segment export sleepers --to sleepers.csv
    """,
)
Key = Annotated[str, typer.Argument(help="The key of the segment.", metavar="SEGMENT")]
HEADS = ("member", "external_ids", "cards", "joined", "segments")
OF_PERSON = ("name", "email", "phone", "language")


@app.command("list")
def list_(programme: installation.ProgrammeKey = None, as_json: terminal.Json = False) -> None:
    """All saved segments, with what was counted last.

    \b
    Examples:
      guerdon segment list
      guerdon segment list --json
    """
    installation.enter()
    from guerdon.core import sentences
    from guerdon.features.segments import queries
    from guerdon.kit import store

    row = installation.programme(programme)
    law = installation.lawbook(row).current(installation.now(row))
    counts = queries.counts(store.current(), row.id)
    told = [
        {
            "key": one.segment.key,
            "version": one.version,
            "members": counts[one.segment.key].members if one.segment.key in counts else None,
            "counted_at": counts[one.segment.key].at if one.segment.key in counts else None,
            "sentence": sentences.segment(one.segment, law.programme, "en"),
        }
        for one in queries.every(store.current(), row.id)
    ]
    if as_json:
        terminal.show_json(told)
    elif not told:
        terminal.say(f"{row.key}: no segment is saved yet.")
    for one in () if as_json else told:
        members = "never counted" if one["members"] is None else f"{one['members']} members at {one['counted_at']}"
        terminal.say(f"{one['key']} (version {one['version']}, {members})", style="bold")
        terminal.say(f"  {one['sentence']}")


@app.command()
def show(segment: Key, programme: installation.ProgrammeKey = None, as_json: terminal.Json = False) -> None:
    """One segment: what it says, and who said what when and why.

    \b
    Examples:
      guerdon segment show sleepers
    """
    installation.enter()
    from guerdon.core import sentences
    from guerdon.core.grammar import segments as grammar
    from guerdon.features.segments import queries
    from guerdon.kit import store

    row = installation.programme(programme)
    law = installation.lawbook(row).current(installation.now(row))
    saved = queries.one(store.current(), row.id, segment)
    versions = queries.versions(store.current(), row.id, segment)
    sentence = sentences.segment(saved.segment, law.programme, "en")
    if as_json:
        document = grammar.write(saved.segment.condition, law.programme)
        name = saved.segment.name
        terminal.show_json({"key": segment, "name": name, "if": document, "sentence": sentence, "versions": versions})
        return
    terminal.say(sentence)
    rows = [(str(one.version), str(one.at), one.actor, one.why) for one in versions]
    terminal.table("Versions", ("#", "when", "who", "why"), rows)


@app.command()
def count(segment: Key, programme: installation.ProgrammeKey = None, as_json: terminal.Json = False) -> None:
    """How many members are in now.

    \b
    Examples:
      guerdon segment count sleepers
    """
    installation.enter()
    from guerdon.engine import segments as engine

    row = installation.programme(programme)
    counted, outdated = engine.count(programme_id=row.id, key=segment, now=installation.now(row))
    if as_json:
        terminal.show_json({"members": counted.members, "counted_at": counted.at, "outdated": outdated})
    else:
        late = f", as of {counted.at}: counting takes too long now" if outdated else ""
        terminal.say(f"{segment}: {terminal.counted(counted.members, 'member')}{late}")


@app.command()
def why(
    segment: Key, who: naming.Who, programme: installation.ProgrammeKey = None, as_json: terminal.Json = False
) -> None:
    """Is a member in, and why: clause by clause, with what was compared.

    \b
    Examples:
      guerdon segment why sleepers ann
      guerdon segment why sleepers card:4711 --json
    """
    installation.enter()
    from guerdon.engine import segments as engine
    from guerdon.features.members import queries as members
    from guerdon.kit import store

    row = naming.programme_of(who, programme)
    now = installation.now(row)
    spoken = installation.lawbook(row).current(now).programme
    member = members.get(store.current(), row.id, naming.known(row, who))
    (found,) = engine.of_member(programme_id=row.id, member=member, now=now, key=segment)
    if as_json:
        told = _clause(found.because, spoken)
        terminal.show_json({"in": found.is_in, "status": member.status, "because": told})
        return
    terminal.say(f"{who} is {'in' if found.is_in else 'not in'} {segment}.", style="bold")
    if member.status != "active":
        terminal.say(f"  Only active members are in segments; this one is {member.status}.")
    for line in _lines(found.because, spoken, 1):
        terminal.say(line)


@app.command()
def export(
    segment: Key,
    programme: installation.ProgrammeKey = None,
    to: Annotated[Path | None, typer.Option("--to", help="Write to this new file.", metavar="FILE")] = None,
    persons: Annotated[
        bool, typer.Option("--persons", help="With names, e-mails, phone numbers and languages, out of the vault.")
    ] = False,
) -> None:
    """The members of a segment as CSV, to a file or the terminal.

    Every cell is in quotes, and what a spreadsheet would take for a formula gets an apostrophe before it: a phone
    number reads '+359…. Personal data are only written where --persons asks for them.

    \b
    Examples:
      guerdon segment export sleepers --to sleepers.csv
      guerdon segment export sleepers --persons --to letters.csv
    """
    installation.enter()
    from guerdon.faces import tables
    from guerdon.features.segments import queries
    from guerdon.kit import store

    row = installation.programme(programme)
    queries.one(store.current(), row.id, segment)
    heads = (*HEADS, *(OF_PERSON if persons else ()))
    if to is None:
        tables.add(sys.stdout, [heads], quoted=True)
        tables.add(sys.stdout, _members(row, segment, persons), quoted=True)
        return
    with to.open("x", encoding="utf-8", newline="") as out:
        tables.add(out, [heads], quoted=True)
        written = tables.add(out, _members(row, segment, persons), quoted=True)
    terminal.say(f"{terminal.counted(written, 'member')} written to {to}")


def _members(row: "ProgrammeRow", segment: str, persons: bool) -> Iterator[tuple[str, ...]]:
    """The cells of each member, a page of the segment at a time, all as of one instant."""
    from guerdon.core import limits
    from guerdon.core.members import Person
    from guerdon.engine import showing
    from guerdon.features.members import queries as members
    from guerdon.features.segments import membership, queries
    from guerdon.kit import ids, store

    at_hand, now, after, looker = store.current(), installation.now(row), ids.NIL, installation.looker("segment export")
    law, tree = installation.lawbook(row).current(now), queries.one(at_hand, row.id, segment).segment.condition
    with terminal.progress(f"Writing {segment} (members)") as advance:
        while page := membership.page(at_hand, law, row.id, tree, now, after=after, most=limits.PAGE_ROWS_MAX):
            after = page[-1].id
            known = [one.id for one in page]
            names = members.identifiers_of(at_hand, known)
            people = showing.persons(at_hand, row.id, known, looker, now=now) if persons else {}
            for one in page:
                found, person = names.get(one.id, {}), people.get(one.id, Person())
                plain = (
                    ids.show("member", one.id), " ".join(found.get("external_id", ())), " ".join(found.get("card", ())),
                    one.enrolled_at.isoformat(timespec="seconds"), " ".join(one.segments),
                )  # fmt: skip
                more = (person.name, person.email, person.phone, person.language) if persons else ()
                yield (*plain, *(cell or "" for cell in more))
            advance(len(page))


def _clause(verdict: "Verdict", programme: "Programme") -> dict[str, object]:
    from guerdon.core import sentences

    says, has = sentences.clause(verdict, programme, "en")
    parts = [_clause(one, programme) for one in verdict.parts]
    return {"says": says, "holds": verdict.holds, "has": has or None, "parts": parts}


def _lines(verdict: "Verdict", programme: "Programme", depth: int) -> Iterator[str]:
    from guerdon.core import sentences

    says, has = sentences.clause(verdict, programme, "en")
    yield f"{'  ' * depth}{'yes' if verdict.holds else 'no '}  {says}{f' – has: {has}' if has else ''}"
    for one in verdict.parts:
        yield from _lines(one, programme, depth + 1)
