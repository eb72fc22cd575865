"""Objectives at the terminal: set one, see how they go, end one."""

from typing import TYPE_CHECKING, Annotated

import typer

from guerdon.faces.cli import exported, installation, terminal
from guerdon.faces.cli.terminal import Failure

if TYPE_CHECKING:
    from guerdon.core.programme import Programme
    from guerdon.faces.goals import Standing
    from guerdon.features.objectives.queries import Objective
    from guerdon.features.programmes.queries import ProgrammeRow

app = typer.Typer(
    no_args_is_help=True,
    help="""Objectives: where a KPI shall be by a month, and whether it is on its way there.

    \b
    Examples:
      guerdon objective new average_order_value --by 5 --last 2026-06
      guerdon objective list
      guerdon objective end obj_019b0f40c1237d6f9e03a1b2c3d4e9ac --why "prices went up"
    """,
)


@app.command()
def new(  # noqa: PLR0913, PLR0917 - each of them is an option of the command
    kpi: Annotated[str, typer.Argument(help="A KPI of closed months: guerdon insight kpi --help.", metavar="KPI")],
    last: Annotated[str, typer.Option("--last", help="The month that decides.", metavar="MONTH")],
    by: Annotated[
        str | None, typer.Option("--by", help="By how many percent it shall change: 5, -10.", metavar="PERCENT")
    ] = None,
    to: Annotated[
        str | None, typer.Option("--to", help="Or the number that it shall come to, like 24.50.", metavar="NUMBER")
    ] = None,
    at_most: Annotated[
        bool, typer.Option("--at-most", help="That much or less is wanted; by default more, unless --by is below 0.")
    ] = False,
    first: Annotated[
        str | None, typer.Option("--first", help="The first month looked at; by default this one.", metavar="MONTH")
    ] = None,
    of: Annotated[
        list[str] | None,
        typer.Option("--of", help="Of what it is, where a KPI has several numbers, in their order.", metavar="KEY"),
    ] = None,
    base: Annotated[
        str | None,
        typer.Option(
            "--base", help="Months to hold it against; by default the same ones last year.", metavar="MONTH:MONTH"
        ),
    ] = None,
    name: Annotated[str | None, typer.Option("--name", help="How it is called.", metavar="NAME")] = None,
    store: Annotated[str, typer.Option("--store", help="Only of this store.", metavar="KEY")] = "",
    tier: Annotated[str, typer.Option("--tier", help="Only of members with this tier.", metavar="KEY")] = "",
    segment: Annotated[str, typer.Option("--segment", help="Only of this segment.", metavar="KEY")] = "",
    programme: installation.ProgrammeKey = None,
    as_json: terminal.Json = False,
) -> None:
    """Set an objective: a KPI shall change by so much, or come to a number, by a month.

    \b
    Examples:
      guerdon objective new average_order_value --by 5 --last 2026-06 --name "AOV +5% by June"
      guerdon objective new churn --to 12.5 --at-most --first 2026-01 --last 2026-12 --base 2025-07:2025-12
      guerdon objective new tier_mix --of status --of gold --to 10 --last 2026-12
    """
    installation.enter()
    import msgspec

    from guerdon.engine import objectives as engine
    from guerdon.faces import goals

    if (by is None) == (to is None):
        raise Failure("It is not told what is wanted.", hint="--by PERCENT or --to NUMBER", code=terminal.USAGE)
    row = installation.programme(programme)
    now = installation.now(row)
    said = installation.lawbook(row).current(now).programme
    told = goals.NewObjective(
        name or _named(kpi, by, to, last), kpi, 0, last, "relative" if to is None else "absolute",
        "at_most" if at_most else None, first, tuple(of or ()), store, tier, segment,
        "previous_year" if base is None else "months", *_base(base),
    )  # fmt: skip
    target = _target(by if by is not None else to or "", goals.decimals(told, said, now=now))
    goal = goals.made(msgspec.structs.replace(told, target=target), said, now=now)
    one, _ = engine.begin(goal, programme_id=row.id, actor=installation.doer(), now=now)
    _show(row, [one], as_json=as_json)


def _target(text: str, decimals: int) -> int:
    """What was typed, in the smallest parts of what the KPI is told in."""
    from guerdon.faces import goals

    target = goals.number(text, decimals)
    if target is None:
        hint = f"A number with {decimals} decimals at most."
        raise Failure(f"“{text}” is no target of this KPI.", hint=hint, code=terminal.USAGE)
    return target


def _named(kpi: str, by: str | None, to: str | None, last: str) -> str:
    return f"{kpi} {by} % by {last}" if by is not None else f"{kpi} {to} by {last}"


def _base(told: str | None) -> tuple[str | None, str | None]:
    if told is None:
        return None, None
    first, _, last = told.partition(":")
    return first, last or first


@app.command("list")
def list_(programme: installation.ProgrammeKey = None, as_json: terminal.Json = False) -> None:
    """All objectives, the newest first, with how they go by the closed months that are exported.

    What was not computed yet is computed now, and kept.

    \b
    Examples:
      guerdon objective list
      guerdon objective list --json
    """
    installation.enter()
    from guerdon.core import limits
    from guerdon.features.objectives import queries
    from guerdon.kit import store

    row = installation.programme(programme)
    before, found = queries.LAST, list[queries.Objective]()
    while page := queries.page(store.current(), row.id, before=before, most=limits.PAGE_ROWS_MAX):
        found += page
        before = page[-1].id
    _show(row, found, as_json=as_json)


@app.command()
def end(
    objective: Annotated[str, typer.Argument(help="Its id, obj_….", metavar="OBJECTIVE")],
    why: Annotated[str, typer.Option("--why", help="Why nobody wants it any more.", metavar="TEXT")],
    programme: installation.ProgrammeKey = None,
    as_json: terminal.Json = False,
) -> None:
    """Put an end to an objective. It stays in the list, with how it went until then.

    \b
    Examples:
      guerdon objective end obj_019b0f40c1237d6f9e03a1b2c3d4e9ac --why "prices went up"
    """
    installation.enter()
    from guerdon.engine import objectives as engine
    from guerdon.kit import ids

    row = installation.programme(programme)
    known = ids.read("objective", objective)
    one = engine.end(programme_id=row.id, id=known, why=why, actor=installation.doer(), now=installation.now(row))
    _show(row, [one], as_json=as_json)


def _show(row: "ProgrammeRow", many: "list[Objective]", *, as_json: bool) -> None:
    """Objectives with how they go."""
    from guerdon.faces import goals
    from guerdon.kit import ids

    programme = installation.lawbook(row).current(installation.now(row)).programme
    found = _standings(row, many, programme)
    if as_json:
        terminal.show_json([
            {"id": ids.show("objective", one.one.id), "goal": one.one.goal, "made_at": one.one.made_at,
             "made_by": one.one.made_by, "ended_at": one.one.ended_at, "ended_by": one.one.ended_by, "why": one.one.why,
             "verdict": one.verdict, "reason": one.why, "text": goals.says(one, programme, "en"),
             "pace": one.progress.pace, "next": one.progress.next}
            for one in found
        ])  # fmt: skip
        return
    if not found:
        terminal.say(f"{row.key}: no objective is set yet.")
    for standing in found:
        one = standing.one
        terminal.say(f"{one.goal.name} ({ids.show('objective', one.id)})", style="bold")
        terminal.say(f"  {goals.wish(one.goal, programme, 'en')}")
        terminal.say(f"  {goals.says(standing, programme, 'en')}")
        if one.ended_at is not None:
            terminal.say(f"  Ended {terminal.moment(one.ended_at, programme.zone)} by {one.ended_by}: {one.why}")


def _standings(row: "ProgrammeRow", many: "list[Objective]", programme: "Programme") -> "list[Standing]":
    """How they go; what is missing is computed first, where the packages are there."""
    from guerdon.faces import goals
    from guerdon.insight import objectives as insight
    from guerdon.insight import schedule
    from guerdon.insight.exports import files

    own = exported.place(None) / row.key
    with exported.sound(own):
        months = files.months(own)
        if months and schedule.installed():
            wanted = [insight.wanted(one.goal, months, until=goals.ended(one, programme)) for one in many]
            with terminal.progress("Objectives", total=len(wanted)) as advance:
                insight.prepare(own, wanted, between=lambda: advance(1))
        return goals.standings(own, months, many, programme, row.id)
