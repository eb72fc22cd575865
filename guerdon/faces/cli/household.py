"""Households at the terminal: who shares one balance, who is invited, joins and leaves."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from guerdon.faces.cli import installation, naming, terminal
from guerdon.faces.cli.terminal import Failure

if TYPE_CHECKING:
    from guerdon.core.activities import Member
    from guerdon.core.households import Role
    from guerdon.engine.households import Asked, Done
    from guerdon.features.programmes.queries import ProgrammeRow

app = typer.Typer(
    no_args_is_help=True,
    help="""Households: persons who share one balance.

    \b
    Examples:
      guerdon household found ann
      guerdon household invite ann ben --role adult
      guerdon household accept ann ben
      guerdon household show ann
    """,
)

HOUSEHOLD_HELP = "The household: its id mem_…, or anybody who belongs to it, named as for member show."
Household = Annotated[str, typer.Argument(help=HOUSEHOLD_HELP, metavar="HOUSEHOLD")]


@app.command()
def show(household: Household, programme: installation.ProgrammeKey = None, as_json: terminal.Json = False) -> None:
    """Who belongs to a household, as what, and who is invited? `member show` has its points.

    \b
    Examples:
      guerdon household show ann
    """
    row = _entered(household, programme)
    from guerdon.engine import households as engine
    from guerdon.kit import store

    _tell(row, engine.Done(*engine.of(store.current(), row.id, _household(row, household))), as_json)


@app.command()
def found(
    owner: naming.Who,
    programme: installation.ProgrammeKey = None,
    dry_run: terminal.DryRun = False,
    as_json: terminal.Json = False,
) -> None:
    """Found a household: all that its owner has passes to it.

    \b
    Examples:
      guerdon household found ann --dry-run
    """
    row = _entered(owner, programme)
    naming.known(row, owner)
    from guerdon.engine import households as engine

    _do(row, lambda asked: engine.found(asked, owner=naming.identifier(owner)), dry_run, as_json)


@app.command()
def invite(
    household: Household,
    member: naming.Who,
    role: Annotated[str, typer.Option("--role", help="adult, or child.", metavar="ROLE")] = "adult",
    programme: installation.ProgrammeKey = None,
    dry_run: terminal.DryRun = False,
    as_json: terminal.Json = False,
) -> None:
    """Invite a member, in the name of the household's owner; nothing moves before it is accepted.

    \b
    Examples:
      guerdon household invite ann ben
      guerdon household invite ann cleo --role child
    """
    if role not in ("adult", "child"):
        raise Failure(f"“{role[:40]}” is no role.", hint="It is adult or child.", code=terminal.USAGE)

    def deed(asked: "Asked", home: str, who: "Member") -> "Done":
        from guerdon.engine import households as engine

        as_what: Role = "adult" if role == "adult" else "child"
        return engine.invite(asked, household_id=home, by=_owner(asked, home), member=who, role=as_what)

    _do_with(household, member, deed, programme, dry_run, as_json)


@app.command()
def accept(
    household: Household,
    member: naming.Who,
    programme: installation.ProgrammeKey = None,
    dry_run: terminal.DryRun = False,
    as_json: terminal.Json = False,
) -> None:
    """Accept a member's open invitation: all that is in the own account passes to the household.

    \b
    Examples:
      guerdon household accept ann ben --dry-run
    """

    def deed(asked: "Asked", home: str, who: "Member") -> "Done":
        from guerdon.engine import households as engine
        from guerdon.features.households import queries
        from guerdon.kit import store

        made = queries.invited(store.current(), home, engine.person_of(store.current(), asked.programme_id, who))
        if made is None:
            hint = "guerdon household invite makes an invitation."
            raise Failure(f"“{member[:80]}” has no open invitation to this household.", hint=hint)
        return engine.answer(asked, household_id=home, invitation_id=made.id, deed="accept")

    _do_with(household, member, deed, programme, dry_run, as_json)


@app.command()
def leave(
    household: Household,
    member: naming.Who,
    programme: installation.ProgrammeKey = None,
    dry_run: terminal.DryRun = False,
    as_json: terminal.Json = False,
) -> None:
    """Let a member leave; the programme says whether the own part goes along, and the last one takes all.

    \b
    Examples:
      guerdon household leave ann ben --dry-run
    """

    def deed(asked: "Asked", home: str, who: "Member") -> "Done":
        from guerdon.engine import households as engine

        return engine.leave(asked, household_id=home, member=who)

    _do_with(household, member, deed, programme, dry_run, as_json)


@app.command(name="hand-over")
def hand_over(
    household: Household,
    member: naming.Who,
    programme: installation.ProgrammeKey = None,
    dry_run: terminal.DryRun = False,
    as_json: terminal.Json = False,
) -> None:
    """Let another person be the owner; who was becomes an adult.

    \b
    Examples:
      guerdon household hand-over ann ben
    """

    def deed(asked: "Asked", home: str, who: "Member") -> "Done":
        from guerdon.engine import households as engine

        return engine.hand_over(asked, household_id=home, to=who, by=_owner(asked, home))

    _do_with(household, member, deed, programme, dry_run, as_json)


def _entered(who: str, key: str | None) -> "ProgrammeRow":
    installation.enter()
    return naming.programme_of(who, key)


def _household(row: "ProgrammeRow", who: str) -> str:
    """The id of the household that a word names, itself or by somebody who belongs to it."""
    from guerdon.features.members import queries
    from guerdon.kit import ids, store

    named = ids.read("member", who) if who.startswith(ids.PREFIXES["member"]) else None
    found = queries.self_of(store.current(), row.id, named or naming.known(row, who))
    if found is not None and found.kind == "household":
        return found.id
    if found is None or found.household_id is None:
        hint = "Name its id, or somebody who belongs to it; guerdon household found OWNER makes one."
        raise Failure(f"“{who[:80]}” is in no household of {row.key}.", hint=hint)
    return found.household_id


def _owner(asked: "Asked", household_id: str) -> "Member":
    """The household's owner; a closed one has none, which the deed itself refuses."""
    from guerdon.core.activities import Member
    from guerdon.engine import households as engine
    from guerdon.kit import ids, store

    _, persons = engine.of(store.current(), asked.programme_id, household_id)
    return Member(id=ids.show("member", next((one.id for one in persons if one.role == "owner"), household_id)))


def _do_with(
    household: str,
    member: str,
    deed: "Callable[[Asked, str, Member], Done]",
    programme: str | None,
    dry_run: bool,
    as_json: bool,
) -> None:
    """A deed about a member and a household, both named as words; both must be there."""
    row = _entered(household, programme)
    naming.known(row, member)
    home = _household(row, household)
    _do(row, lambda asked: deed(asked, home, naming.identifier(member)), dry_run, as_json)


def _do(row: "ProgrammeRow", deed: "Callable[[Asked], Done]", dry_run: bool, as_json: bool) -> None:
    from guerdon.engine import households as engine

    asked = engine.Asked(row.id, installation.who(), installation.now(row), dry_run=dry_run)
    _tell(row, deed(asked), as_json, dry_run=dry_run)


def _tell(row: "ProgrammeRow", done: "Done", as_json: bool, *, dry_run: bool = False) -> None:
    from guerdon.kit import ids

    now = installation.now(row)
    law = installation.lawbook(row).current(now).programme
    units = law.units
    id = ids.show("member", done.household.id)
    invited = done.invitation
    if as_json:
        terminal.show_json(
            {
                "dry_run": dry_run,
                "id": id,
                "state": "open" if done.household.merged_into is None else "closed",
                "persons": [
                    {"id": ids.show("member", one.id), "role": one.role, "since": one.since} for one in done.persons
                ],
                "invitation": None if invited is None else ids.show("invitation", invited.id),
                "moved": [{"unit": one.unit, "points": one.points, "debt": one.debt} for one in done.moved],
            }
        )
        return
    terminal.say(f"Household {id}" + (" – a dry run, nothing was written." if dry_run else ""), style="bold")
    rows = [(ids.show("member", one.id), one.role, f"{one.since:%Y-%m-%d}") for one in done.persons]
    if rows:
        terminal.table("Who belongs", ("", "as", "since"), rows)
    else:
        terminal.say("  Nobody belongs to it: it is closed.")
    for one in done.moved:
        unit, points = units[one.unit].name.get("en") or one.unit, terminal.points(one.points, units[one.unit].scale)
        debt = f", and {terminal.points(one.debt, units[one.unit].scale)} of debt" if one.debt else ""
        terminal.say(f"  {points} {unit} passed{debt}.")
    if invited is not None:
        who = ids.show("member", invited.person_id)
        terminal.say(f"  {who} is invited as {invited.role} until {terminal.until(invited.until, law.zone)}.")
