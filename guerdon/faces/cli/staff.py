"""`guerdon staff`: who works in the console and at the till, and a way in for them."""

from datetime import datetime
from typing import Annotated

import typer

from guerdon.faces.cli import address, installation, terminal
from guerdon.faces.cli.terminal import Failure

app = typer.Typer(
    help="""Appoint staff, list them, let them go, and make links that let them in.

    \b
    Examples:
      guerdon staff add emil@aurora.example --name Emil --role owner
      guerdon staff list
      guerdon staff link emil@aurora.example
    """,
    no_args_is_help=True,
)
Email = Annotated[str, typer.Argument(help="The address with which they sign in.", metavar="EMAIL")]


@app.command()
def add(
    email: Email,
    name: Annotated[str, typer.Option("--name", "-n", help="How colleagues call them.", metavar="NAME")],
    role: Annotated[str, typer.Option("--role", "-r", help="What they may do, like owner or cashier.", metavar="ROLE")],
    programme: installation.ProgrammeKey = None,
    as_json: terminal.Json = False,
) -> None:
    """Make somebody staff, or give them another role, and print a link that lets them in once, within a day.

    Roles: owner, manager, marketer, analyst, finance, support, cashier, partner.

    \b
    Example:
      guerdon staff add dora@aurora.example --name Dora --role cashier --programme aurora
    """
    installation.enter()
    from guerdon.core import rights
    from guerdon.engine import staff
    from guerdon.kit import clock
    from guerdon.kit.audit import Actor

    row, wanted, now = installation.programme(programme), rights.role(role), clock.now()
    staff.appoint(programme_id=row.id, email=email, name=name, role=wanted, by=Actor("operator", "operator"), now=now)
    face = "till" if wanted == "cashier" else "console"
    _show(email, f"/{face}/{row.key}/", as_json, f"{name} is {wanted} of {row.key}.")


@app.command()
def link(
    email: Email,
    to: Annotated[str, typer.Option("--to", help="The page it leads to.", metavar="PATH")] = "/sign-in/places",
    as_json: terminal.Json = False,
) -> None:
    """Print a link that lets somebody in once, within a day. Whoever has it is let in: send it as you would a password.

    \b
    Examples:
      guerdon staff link emil@aurora.example
      guerdon staff link ann@aurora.example --to /my/aurora/
    """
    installation.enter()
    _show(email, to, as_json, "")


@app.command("list")
def list_staff(programme: installation.ProgrammeKey = None, as_json: terminal.Json = False) -> None:
    """Who works here, as what, since when, and by whom they were appointed?

    \b
    Example:
      guerdon staff list --programme aurora
    """
    installation.enter()
    from guerdon.features.users import queries
    from guerdon.kit import store

    rows = queries.of_programme(store.current(), installation.programme(programme).id)
    if as_json:
        terminal.show_json(rows)
    elif not rows:
        terminal.say("Nobody works here yet. Appoint an owner: guerdon staff add EMAIL --name NAME --role owner")
    else:
        columns = ("name", "e-mail", "role", "since (UTC)", "appointed by", "until")
        told = [
            (one.name, one.email, one.role, _minute(one.since), one.given_by, _minute(one.ended_at)) for one in rows
        ]
        terminal.table("", columns, told)


@app.command()
def end(
    email: Email,
    reason: Annotated[str, typer.Option("--reason", help="Why, for the book of who did what.", metavar="TEXT")] = "",
    programme: installation.ProgrammeKey = None,
) -> None:
    """Let somebody go. Their next page does not open any more; the last owner stays.

    \b
    Example:
      guerdon staff end dora@aurora.example --reason "Moved to Plovdiv"
    """
    installation.enter()
    from guerdon.engine import staff
    from guerdon.features.users import queries
    from guerdon.kit import clock, store
    from guerdon.kit.audit import Actor

    row = installation.programme(programme)
    user_id = queries.by_email(store.current(), email) or email
    staff.end(
        programme_id=row.id, user_id=user_id, by=Actor("operator", "operator"), reason=reason, now=clock.now()
    )  # fmt: skip
    terminal.say(f"{email} is no longer staff of {row.key}.")


@app.command("sign-out")
def sign_out(
    email: Annotated[str, typer.Argument(help="Whose sessions end, staff's or a member's.", metavar="EMAIL")] = "",
    everybody: Annotated[bool, typer.Option("--everybody", help="Those of all people, yours too.")] = False,
    reason: Annotated[str, typer.Option("--reason", help="Why, for the book of who did what.", metavar="TEXT")] = "",
    as_json: terminal.Json = False,
) -> None:
    """End all sessions of somebody, wherever they are signed in, or those of everybody. They sign in anew.

    \b
    Examples:
      guerdon staff sign-out dora@aurora.example --reason "Her phone was stolen"
      guerdon staff sign-out --everybody
    """
    installation.enter()
    from guerdon.engine import staff
    from guerdon.features.users import queries
    from guerdon.kit import clock, store
    from guerdon.kit.audit import Actor

    if bool(email) == everybody:
        raise Failure("Whose sessions?", hint="Say an EMAIL, or --everybody.", code=terminal.USAGE)
    user_id = None if everybody else queries.by_email(store.current(), email)
    if user_id is None and not everybody:
        raise Failure(f"Nobody signs in as {email}.", code=terminal.UNREADABLE)
    ended = staff.sign_out(
        user_id=user_id, by=Actor("operator", installation.who()), reason=reason, now=clock.now()
    )  # fmt: skip
    if as_json:
        terminal.show_json({"sessions": ended})
        return
    terminal.say(f"✓ {terminal.counted(ended, 'session')} ended.", style="green")


def _show(email: str, to: str, as_json: bool, before: str) -> None:
    from guerdon.faces.signin import entry

    shown = entry.link(email=email, to=to)
    if as_json:
        terminal.show_json({"email": email, "link": shown})
        return
    if before:
        terminal.say(before)
    terminal.say(f"{address.base()}{shown}")
    terminal.note(address.validity(again=address.again()))


def _minute(at: datetime | None) -> str:
    return f"{at:%Y-%m-%d %H:%M}" if at else ""
