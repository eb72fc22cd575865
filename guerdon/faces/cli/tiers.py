"""Tiers: where a member stands, and what a draft would do to everybody."""

from typing import TYPE_CHECKING, Annotated

import typer

from guerdon.faces.cli import installation, naming, terminal

if TYPE_CHECKING:
    from guerdon.core.law import Law
    from guerdon.core.programme import Programme
    from guerdon.core.tiers import Grant
    from guerdon.insight.tiers import Climb, Preview

app = typer.Typer(
    no_args_is_help=True,
    help="""Show where a member stands, and try new thresholds before they are published.

    \b
    Examples:
      guerdon tiers show ann
      guerdon tiers preview aurora.yaml
    """,
)


@app.command()
def show(
    who: naming.Who,
    programme: installation.ProgrammeKey = None,
    as_of: Annotated[
        str | None, typer.Option("--as-of", help="As of this day, or day and time, of its zone.", metavar="WHEN")
    ] = None,
    as_json: terminal.Json = False,
) -> None:
    """What tier is it, what gets the next one, what keeps this one, and by when?

    It is as of now, whether or not the night has run.

    \b
    Examples:
      guerdon tiers show ann
      guerdon tiers show card:4711 --as-of 2026-12-31
    """
    installation.enter()
    from guerdon.features.members import queries as members
    from guerdon.insight import tiers
    from guerdon.kit import ids, store

    row = naming.programme_of(who, programme)
    now = installation.now(row)
    in_force = installation.lawbook(row).current(now)
    at = installation.moment(as_of, in_force.zone, "--as-of", now=now)
    member = members.get(store.current(), row.id, naming.known(row, who))
    found, given = tiers.of_member(store.current(), in_force, member, at)
    if as_json:
        grants = [{"id": ids.show("grant", one.id), "grant": one.grant} for one in given]
        terminal.show_json({"at": at, "ladders": [_document(one) for one in found], "grants": grants})
        return
    if not found:
        terminal.say(f"{row.key} has no tiers.")
    for one in found:
        _print(one, in_force.programme)
    if given:
        _print_grants([one.grant for one in given], in_force)


def _print_grants(given: "list[Grant]", in_force: "Law") -> None:
    rows = [
        (one.level, one.kind, terminal.moment(one.since, in_force.zone),
         terminal.until(one.ended_at or one.until, in_force.zone), one.reason, one.actor)
        for one in given
    ]  # fmt: skip
    terminal.table("Given by hand", ("tier", "as", "since", "until", "why", "by"), rows)


def _document(one: "Climb") -> dict[str, object]:
    return {"ladder": one.ladder.key, "tier": one.tier, "progress": one.progress, "history": one.history}


def _print(one: "Climb", programme: "Programme") -> None:
    from guerdon.core.sentences import ladders, tongue
    from guerdon.core.sentences.clauses import Speaker

    speaker = Speaker(tongue("en"), programme)
    names = {level.key: level.name.get("en") or level.key for level in one.ladder.levels}
    told = one.progress
    terminal.say(f"{one.ladder.name.get('en') or one.ladder.key}: {names.get(one.tier or '', 'no tier')}")
    if told.next is not None:
        missing = ladders.amount(told.missing, one.ladder, speaker)
        until = f" by {told.next_by}" if told.next_by is not None else ""
        terminal.say(f"  {missing} more for {names[told.next]}{until}")
    if told.keep is not None:
        missing = f"{ladders.amount(told.keep, one.ladder, speaker)} more" if told.keep else "nothing more"
        terminal.say(f"  {missing} to keep it, by {told.keep_by}")
    rows = [
        (names.get(each.tier or "", "no tier"), terminal.moment(each.since, programme.zone), each.cause or "")
        for each in one.history
    ]
    terminal.table("", ("tier", "since", "by"), rows)


@app.command()
def preview(
    file: Annotated[str, typer.Argument(help="The programme file, or - for standard input.", metavar="FILE")],
    as_json: terminal.Json = False,
) -> None:
    """Who would move under this file, from where to where? Nothing is published.

    Members move up at once; they come down at their next review, here with what there is so far. Every member is read
    once. Ends with 0 when nobody would move, 1 when somebody would.

    \b
    Examples:
      guerdon tiers preview aurora.yaml
      guerdon tiers preview aurora.yaml --json
    """
    from guerdon.faces.cli import files

    draft = files.valid(file)
    installation.enter()
    from guerdon.insight import tiers

    row = installation.programme(draft.key)
    with terminal.progress("Looking at members") as advance:
        found = tiers.preview(row.id, draft, now=installation.now(row), progress=advance)
    if as_json:
        terminal.show_json(_shown(found))
    else:
        _tell(found)
    if found.moves:
        raise typer.Exit(terminal.FINDING)


def _shown(found: "Preview") -> dict[str, object]:
    from guerdon.kit import ids

    moves = [
        {"ladder": one.ladder, "when": one.when, "before": one.before, "after": one.after, "count": one.count,
         "members": [ids.show("member", member) for member in one.members]}
        for one in found.moves
    ]  # fmt: skip
    return {"members": found.members, "moves": moves, "uncounted": found.uncounted}


def _tell(found: "Preview") -> None:
    for ladder in found.uncounted:
        terminal.warn(f"What “{ladder}” counts has not been counted so far: everybody begins with nothing.")
    if not found.moves:
        terminal.say(f"Nobody of {terminal.counted(found.members, 'member')} would move.")
        return
    words = {"at_once": "at once", "review": "at the next review"}
    rows = [
        (one.ladder, words[one.when], one.before or "no tier", one.after or "no tier", terminal.number(one.count))
        for one in found.moves
    ]
    terminal.table(
        f"Of {terminal.counted(found.members, 'member')}", ("ladder", "when", "from", "to", "#members"), rows
    )
