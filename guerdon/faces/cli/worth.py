"""`guerdon worth`: whether a plan, or a tier, would pay for a member, from the own purchases."""

from typing import TYPE_CHECKING, Annotated

import typer

from guerdon.faces.cli import installation, naming, terminal
from guerdon.faces.cli.terminal import Failure

if TYPE_CHECKING:
    from guerdon.core.programme import Programme
    from guerdon.core.worth import Worth


def worth(
    who: naming.Who,
    plan: Annotated[str | None, typer.Option("--plan", help="This plan.", metavar="PLAN")] = None,
    tier: Annotated[str | None, typer.Option("--tier", help="This tier.", metavar="TIER")] = None,
    programme: installation.ProgrammeKey = None,
    as_json: terminal.Json = False,
) -> None:
    """Is it worth it? What a plan or a tier would have given for the last twelve months, against what it costs.

    It counts what the member bought and kept, by today's rules, with it and without it; what nobody can count is
    named. Ends with 0 when it pays, or costs nothing, and 1 when it does not.

    \b
    Examples:
      guerdon worth ann --plan aurora-plus
      guerdon worth ann --tier gold --json
    """
    if (plan is None) is (tier is None):
        raise Failure("Name a plan or a tier, one of them.", hint="--plan PLAN or --tier TIER", code=terminal.USAGE)
    installation.enter()
    from guerdon.features.members import queries as members
    from guerdon.insight import worth as insight
    from guerdon.kit import store

    row = naming.programme_of(who, programme)
    now = installation.now(row)
    in_force = installation.lawbook(row).current(now)
    member = members.get(store.current(), row.id, naming.known(row, who))
    if plan is not None:
        found = insight.of_plan(store.current(), in_force, member, plan, now)
    else:
        found = insight.of_tier(store.current(), in_force, member, str(tier), now)
    if as_json:
        terminal.show_json({"worth": found, "by": found.by, "worth_it": found.worth_it})
    else:
        _print(found, in_force.programme, plan or str(tier))
    if found.worth_it is False:
        raise typer.Exit(terminal.FINDING)


def _print(found: "Worth", programme: "Programme", what: str) -> None:
    home = programme.currency

    def cash(amount: int | None) -> str:
        return "not counted" if amount is None else terminal.cash(amount, home)

    bought = f"{terminal.counted(found.purchases, 'purchase')} of {cash(found.spent)} in twelve months"
    terminal.say(f"{what}, for {bought}", style="bold")
    rows = [(one.name.get("en") or one.key, cash(one.amount)) for one in found.benefits]
    for one in found.points:
        unit = programme.units.get(one.unit)
        name = one.unit if unit is None else unit.name.get("en") or one.unit
        scale = 0 if unit is None else unit.scale
        rows.append((f"{terminal.points(one.points, scale)} {name}", cash(one.amount)))
    if rows:
        terminal.table("", ("it would have given", "worth"), rows)
    if found.undecided:
        terminal.say(f"  {terminal.counted(found.undecided, 'activity', 'activities')} could not be counted.")
    if found.by is None or found.cost is None:
        terminal.say(f"  In all {cash(found.total)}; a tier has no price.")
    elif found.by >= 0:
        terminal.say(f"  Yes: {cash(found.total)} for {cash(found.cost)}, {cash(found.by)} more than it costs.")
    else:
        terminal.say(f"  No: {cash(found.total)} for {cash(found.cost)}, {cash(-found.by)} less than it costs.")
