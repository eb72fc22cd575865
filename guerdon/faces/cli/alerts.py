"""Alerts at the terminal: what looks like fraud, one of them with what it was found in, and what it was."""

from typing import TYPE_CHECKING, Annotated

import typer

from guerdon.faces.cli import installation, terminal
from guerdon.faces.cli.terminal import Failure

if TYPE_CHECKING:
    from guerdon.features.alerts.queries import Alert
    from guerdon.features.programmes.queries import ProgrammeRow

app = typer.Typer(
    no_args_is_help=True,
    help="""Alerts: what looks like fraud, found every night.

    \b
    Examples:
      guerdon alerts list
      guerdon alerts show alr_…
      guerdon alerts settle alr_… --cleared "She buys for her whole office"
    """,
)

Which = Annotated[str, typer.Argument(help="Its id, as `list` shows it.", metavar="ALERT")]


@app.command("list")
def list_(
    state: Annotated[
        str, typer.Option("--state", help="Those that are open, cleared or confirmed.", metavar="STATE")
    ] = "open",
    programme: installation.ProgrammeKey = None,
    as_json: terminal.Json = False,
) -> None:
    """What looks like fraud and waits for somebody, the latest first?

    \b
    Examples:
      guerdon alerts list
      guerdon alerts list --state confirmed --json
    """
    installation.enter()
    from typing import get_args

    from guerdon.core import limits
    from guerdon.core.alerts import State
    from guerdon.engine import alerts
    from guerdon.features.alerts import queries
    from guerdon.kit import ids, store

    wanted: State | None = next((one for one in get_args(State) if one == state), None)
    if wanted is None:
        raise Failure(f"There is no state {state}.", hint=f"One of {', '.join(get_args(State))}.", code=terminal.USAGE)
    row, most = installation.programme(programme), limits.PAGE_ROWS_MAX
    found = queries.queue(store.current(), row.id, state=wanted, before=queries.LAST, most=most)
    called = alerts.called(store.current(), row.id) if found else {}
    if as_json:
        terminal.show_json([_document(one, called) for one in found])
        return
    if not found:
        terminal.say("Nothing waits." if wanted == "open" else "There is none.")
        return
    zone = installation.lawbook(row).current(installation.now(row)).zone
    rows = [
        (
            ids.show("alert", one.id), one.kind, _who(one, called), str(len(one.members)), str(one.times),
            terminal.moment(one.last_at, zone),
        )
        for one in found
    ]  # fmt: skip
    terminal.table("", ("alert", "kind", "who", "#members", "#times", "last"), rows)
    if len(rows) == most:
        terminal.note(f"These are the latest {most}; the API tells all.")


@app.command()
def show(which: Which, programme: installation.ProgrammeKey = None, as_json: terminal.Json = False) -> None:
    """Who did what, how often and when, and by which entries of the journal?

    \b
    Example:
      guerdon alerts show alr_019b0f5566777d6f9e03a1b2c3d4e811
    """
    installation.enter()
    from guerdon.engine import alerts
    from guerdon.faces import words
    from guerdon.kit import ids, store

    row = installation.programme(programme)
    found = _find(row, which)
    called = alerts.called(store.current(), row.id)
    if as_json:
        terminal.show_json(_document(found, called))
        return
    law = installation.lawbook(row).current(installation.now(row))
    terminal.say(f"{ids.show('alert', found.id)}: {found.kind}, {found.state}")
    terminal.say(f"  {words.say(f'console_alerts.{found.kind}_about', 'en')}")
    span = " – ".join(dict.fromkeys(terminal.moment(at, law.zone) for at in (found.first_at, found.last_at)))
    units = law.programme.units
    points = ", ".join(f"{terminal.points(steps, units[unit].scale)} {unit}" for unit, steps in found.points.items())
    for told in (_who(found, called), f"{terminal.counted(found.times, 'time')}, {span}", points):
        if told:
            terminal.say(f"  {told}")
    if found.settled_at is not None:
        terminal.say(f"  {found.settled_by}, {terminal.moment(found.settled_at, law.zone)}: {found.reason}")
    for account in found.members:
        terminal.say(f"  {ids.show('member', account)}")
    for _, entry in found.entries:
        terminal.say(f"  {ids.show('activity', entry)}")


@app.command()
def settle(
    which: Which,
    cleared: Annotated[str, typer.Option("--cleared", help="All is right, and why.", metavar="REASON")] = "",
    confirmed: Annotated[str, typer.Option("--confirmed", help="It is fraud, and why.", metavar="REASON")] = "",
    by: Annotated[str, typer.Option("--by", help="Who does it, as their API key is called.", metavar="NAME")] = "",
    programme: installation.ProgrammeKey = None,
    as_json: terminal.Json = False,
) -> None:
    """Say what it was, once. Nothing else changes by it.

    \b
    Examples:
      guerdon alerts settle alr_… --cleared "She buys for her whole office"
      guerdon alerts settle alr_… --confirmed "Customers without a card were swiped on this one"
    """
    installation.enter()
    from guerdon.core import limits
    from guerdon.engine import alerts
    from guerdon.faces.cli import adjust
    from guerdon.kit import store

    reason = (cleared or confirmed).strip()
    if bool(cleared) == bool(confirmed) or not reason or len(reason) > limits.TEXT_CHARS_MAX:
        hint = f'One of --cleared "…" and --confirmed "…", with 1 to {limits.TEXT_CHARS_MAX} characters.'
        raise Failure("What was it, and why?", hint=hint, code=terminal.USAGE)
    row = installation.programme(programme)
    alerts.settle(
        programme_id=row.id, alert_id=_find(row, which).id, outcome="cleared" if cleared else "confirmed",
        reason=reason, actor=adjust.person(row.id, by or installation.who()), now=installation.now(row),
    )  # fmt: skip
    after = _find(row, which)
    if as_json:
        terminal.show_json(_document(after, alerts.called(store.current(), row.id)))
        return
    terminal.say(f"✓ {which} is {after.state}.", style="green")


def _find(row: "ProgrammeRow", which: str) -> "Alert":
    from guerdon.features.alerts import queries
    from guerdon.kit import ids, store

    return queries.one(store.current(), row.id, ids.read("alert", which))


def _who(one: "Alert", called: dict[str, str]) -> str:
    return one.name or called.get(one.giver, "")


def _document(one: "Alert", called: dict[str, str]) -> dict[str, object]:
    from guerdon.kit import ids

    return {
        "id": ids.show("alert", one.id), "kind": one.kind, "state": one.state, "who": _who(one, called) or None,
        "members": [ids.show("member", who) for who in one.members], "times": one.times, "points": one.points,
        "first_at": one.first_at, "last_at": one.last_at,
        "activities": [ids.show("activity", entry) for _, entry in one.entries], "raised_at": one.raised_at,
        "settled_at": one.settled_at, "settled_by": one.settled_by, "reason": one.reason,
    }  # fmt: skip
