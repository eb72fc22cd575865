"""One member, as support and the curious need it: who, how much, and why."""

from typing import TYPE_CHECKING, Annotated, Final

import typer

from guerdon.core import limits
from guerdon.faces.cli import installation, naming, privacy, terminal

if TYPE_CHECKING:
    from guerdon.faces.cli.profile import Profile

ACTIVITIES_SHOWN: Final = 10

app = typer.Typer(
    no_args_is_help=True,
    help="""Show a member: balances, lots, and why each point was given. Merge two who are one, end lost
    codes, write down all that is known, erase.

    \b
    Examples:
      guerdon member show ann
      guerdon member show card:4711 --programme aurora
      guerdon member merge ann ann-2 --dry-run
      guerdon member revoke-code ann
      guerdon member lift-wait ann --reason "She came by with her passport"
      guerdon member consents ann
      guerdon member download ann ann.json
      guerdon member erase ann
    """,
)
app.command()(privacy.consents)
app.command()(privacy.download)
app.command()(privacy.erase)


@app.command()
def show(
    who: naming.Who,
    programme: installation.ProgrammeKey = None,
    last: Annotated[
        int,
        typer.Option(
            "--last",
            help=f"How many activities to show; {limits.ACTIVITIES_SHOWN_MAX} at most.",
            parser=terminal.whole(0, limits.ACTIVITIES_SHOWN_MAX),
            metavar="N",
        ),
    ] = ACTIVITIES_SHOWN,
    as_of: Annotated[
        str | None,
        typer.Option("--as-of", help="Balances as of this day, or day and time, of its zone.", metavar="WHEN"),
    ] = None,
    as_json: terminal.Json = False,
) -> None:
    """Who is this, how many points, and why?

    Balances are as of now, whether or not the night has run: what has expired is not counted.

    \b
    Examples:
      guerdon member show ann
      guerdon member show email:ann@aurora.example
      guerdon member show mem_0197f1c2a4b87d3e9f00112233445566 --last 50 --json
    """
    installation.enter()
    from guerdon.faces.cli import profile
    from guerdon.kit import store

    row = naming.programme_of(who, programme)
    book = installation.lawbook(row)
    now = installation.now(row)
    at = installation.moment(as_of, book.current(now).zone, "--as-of", now=now)
    member_id = naming.known(row, who)
    found = profile.read(store.current(), book, member_id, at=at, now=now, last=last)
    if as_json:
        terminal.show_json(profile.document(found))
    else:
        _print(found)


Stays = Annotated[str, typer.Argument(help="Who stays: named as for member show.", metavar="STAYS")]
Goes = Annotated[str, typer.Argument(help="Who is merged into it.", metavar="GOES")]


@app.command()
def merge(
    stays: Stays,
    goes: Goes,
    programme: installation.ProgrammeKey = None,
    dry_run: terminal.DryRun = False,
    as_json: terminal.Json = False,
) -> None:
    """Make two members one: GOES and all it has becomes part of STAYS.

    Lots keep their dates, counters add up, every identifier leads to STAYS. `member unmerge` undoes it.

    \b
    Examples:
      guerdon member merge ann ann-2 --dry-run
      guerdon member merge card:4711 mem_0197f1c2a4b87d3e9f00112233445566
    """
    _join_or_part(stays, goes, programme, dry_run, as_json, undo=False)


@app.command()
def unmerge(
    stays: Stays,
    goes: Goes,
    programme: installation.ProgrammeKey = None,
    dry_run: terminal.DryRun = False,
    as_json: terminal.Json = False,
) -> None:
    """Undo a merge: what GOES brought and was not spent goes back; what happened since stays with STAYS.

    \b
    Examples:
      guerdon member unmerge ann ann-2 --dry-run
    """
    _join_or_part(stays, goes, programme, dry_run, as_json, undo=True)


@app.command("revoke-code")
def revoke_code(who: naming.Who, programme: installation.ProgrammeKey = None, as_json: terminal.Json = False) -> None:
    """A phone was lost: its rotating codes are no longer taken. The member's app reads a new secret.

    \b
    Examples:
      guerdon member revoke-code ann
      guerdon member revoke-code phone:+35988123456
    """
    installation.enter()
    from guerdon.engine import revocations

    row = naming.programme_of(who, programme)
    done, _ = revocations.revoke(
        programme_id=row.id, member_id=naming.known(row, who), actor=installation.who(), now=installation.now(row)
    )
    if as_json:
        terminal.show_json({"revoked_at": done.at, "times": done.number})
    else:
        terminal.say(f"{who}: the codes of every phone up to now are no longer taken.")


@app.command("lift-wait")
def lift_wait(
    who: naming.Who,
    reason: Annotated[str, typer.Option("--reason", help="How you know that it was the member.", metavar="REASON")],
    by: Annotated[str, typer.Option("--by", help="Who does it, as their API key is called.", metavar="NAME")] = "",
    programme: installation.ProgrammeKey = None,
    as_json: terminal.Json = False,
) -> None:
    """A member with a new e-mail or phone need not wait any longer. The book of who did what keeps why.

    \b
    Example:
      guerdon member lift-wait ann --reason "She came by with her passport"
    """
    installation.enter()
    from guerdon.engine import address_waits
    from guerdon.faces.cli import adjust

    why = reason.strip()
    if not why or len(why) > limits.NAME_CHARS_MAX:
        hint = f'--reason "…", with 1 to {limits.NAME_CHARS_MAX} characters.'
        raise terminal.Failure("How do you know that it was the member?", hint=hint, code=terminal.USAGE)
    row = naming.programme_of(who, programme)
    done, _ = address_waits.lift(
        programme_id=row.id, member_id=naming.known(row, who), reason=why, now=installation.now(row),
        by=adjust.person(row.id, by or installation.who()),
    )  # fmt: skip
    if as_json:
        terminal.show_json({"lifted_at": done.at})
    else:
        terminal.say(f"{who} need not wait any longer.")


@app.command()
def reindex(programme: installation.ProgrammeKey = None, as_json: terminal.Json = False) -> None:
    """Build the words anew by which members are found: after an upgrade, or where `guerdon verify` says so.

    Everything goes on meanwhile, and stopping it does no harm.

    \b
    Examples:
      guerdon member reindex
      guerdon member reindex --programme aurora
    """
    installation.enter()
    from guerdon.engine import reindex as engine
    from guerdon.features.members import names
    from guerdon.kit import store

    row = installation.programme(programme)
    total = names.how_many(store.current(), row.id)
    with terminal.progress(f"Reading the names of {row.key} (members)", total=total) as advance:
        done = engine.run(programme_id=row.id, progress=advance)
    if as_json:
        terminal.show_json({"programme": row.key, "members": done})
    else:
        terminal.say(f"{row.key}: {terminal.counted(done, 'member')} can be found by name.")


def _join_or_part(stays: str, goes: str, key: str | None, dry_run: bool, as_json: bool, *, undo: bool) -> None:
    installation.enter()
    from guerdon.engine import merge as engine
    from guerdon.faces.cli import merging

    row = naming.programme_of(stays, key)
    now = installation.now(row)
    units = installation.lawbook(row).current(now).programme.units
    into = naming.known(row, stays)
    naming.known(row, goes)
    deed = engine.unmerge if undo else engine.merge
    told, known = deed(
        programme_id=row.id, into=into, goes=naming.identifier(goes), actor=installation.who(), now=now, dry_run=dry_run
    )
    if as_json:
        terminal.show_json({"dry_run": dry_run, "known": known, "merge": told})
    else:
        merging.show(told, units, dry_run=dry_run, known=known)


def _print(found: "Profile") -> None:
    from guerdon.faces.cli import profile

    terminal.say(profile.title(found), style="bold")
    for line in profile.identity(found):
        terminal.say(f"  {line}")
    held = list(profile.balances(found))
    if held:
        terminal.table("Balances", ("", "#available", "#pending", "#held", "#debt"), held)
    else:
        terminal.say("  No points yet.")
    if found.activities:
        terminal.say("The last activities told to us, by when they happened, and why", style="bold")
        for heading, lines in profile.history(found):
            terminal.say(f"  {heading}")
            for line in lines:
                terminal.say(f"      {line}", style="dim")
    if found.lots:
        columns = ("", "#left", "#of", "earned", "spendable from", "last day", "from")
        terminal.table("Lots, the first to be spent first", columns, profile.lots(found))
