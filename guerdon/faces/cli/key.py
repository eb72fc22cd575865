"""API keys: make, list, revoke."""

import textwrap
from typing import TYPE_CHECKING, Annotated, Final

import typer

from guerdon.core import rights
from guerdon.core.errors import Refusal
from guerdon.faces.cli import installation, terminal

if TYPE_CHECKING:
    from guerdon.features.keys.queries import KeyRow

app = typer.Typer(
    no_args_is_help=True,
    help="""Make, list and revoke API keys.

    A key belongs to one programme and may do what its scopes say. Only a digest is kept: a key is shown once, when
    it is made, and never again.

    \b
    Examples:
      guerdon key create --name till-1 --scope activities:write --scope members:read
      guerdon key list
      guerdon key revoke key_0197f1c2a4b87d3e9f00112233445566
    """,
)


_SCOPES: Final = textwrap.fill(", ".join(rights.RIGHTS), 100, break_on_hyphens=False)
_CREATE: Final = f"""Make a key. It is shown this once; keep it where secrets are kept.

Scopes: {_SCOPES}.

Roles: {", ".join(rights.STAFF)}.

\b
Examples:
  guerdon key create --name shop
  guerdon key create --name till-1 --role cashier --programme aurora
  guerdon key create --name webshop --scope activities:write --scope members:read
"""


@app.command(help=_CREATE)
def create(
    name: Annotated[str, typer.Option("--name", "-n", help="What the key is for.", metavar="NAME")],
    scope: Annotated[
        list[str] | None,
        typer.Option(
            "--scope", "-s", help="What it may do; give it several times. All scopes by default.", metavar="SCOPE"
        ),
    ] = None,
    role: Annotated[
        str | None,
        typer.Option("--role", "-r", help="All that a role may do, like cashier or analyst.", metavar="ROLE"),
    ] = None,
    programme: installation.ProgrammeKey = None,
    as_json: terminal.Json = False,
) -> None:
    """Make a key, with the scopes and those of the role, or with all of them."""
    installation.enter()
    from guerdon.engine import keys
    from guerdon.kit import clock
    from guerdon.kit.audit import Actor

    row = installation.programme(programme)
    wanted = [*(scope or ()), *(rights.of_named(role) if role else ())] or rights.RIGHTS
    by = Actor("operator", installation.who())
    key, shown = keys.make(programme_id=row.id, name=name, scopes=wanted, by=by, now=clock.now())
    if as_json:
        terminal.show_json(_document(key) | {"programme": row.key, "key": shown})
        return
    terminal.say(shown)
    terminal.note(f"This is the key “{key.name}” of {row.key}. It is not kept and can't be shown again.")


@app.command("list")
def list_keys(programme: installation.ProgrammeKey = None, as_json: terminal.Json = False) -> None:
    """Which keys are there, what may they do, and when were they last used?

    \b
    Example:
      guerdon key list
    """
    installation.enter()
    from guerdon.features.keys import queries
    from guerdon.features.programmes import queries as programmes
    from guerdon.kit import store

    at_hand = store.current()
    rows = [installation.programme(programme)] if programme else programmes.every(at_hand)
    found = [(row.key, key) for row in rows for key in queries.every(at_hand, row.id)]
    if as_json:
        terminal.show_json([_document(key) | {"programme": owner} for owner, key in found])
    elif not found:
        terminal.say("There is no key yet. Make one: guerdon key create --name shop")
    else:
        columns = ("key", "programme", "name", "may", "made (UTC)", "last used", "state")
        terminal.table("", columns, [_cells(owner, key) for owner, key in found])


@app.command()
def revoke(
    key: Annotated[str, typer.Argument(help="The id of the key, key_…", metavar="KEY")], as_json: terminal.Json = False
) -> None:
    """End a key. Servers stop taking it within two seconds; it can't be brought back.

    \b
    Example:
      guerdon key revoke key_0197f1c2a4b87d3e9f00112233445566
    """
    installation.enter()
    from guerdon.engine import keys
    from guerdon.features.keys import queries
    from guerdon.kit import clock, ids
    from guerdon.kit.audit import Actor

    try:
        row = keys.revoke(key_id=ids.read("key", key), by=Actor("operator", installation.who()), now=clock.now())
    except Refusal as refusal:
        if refusal.kind is not queries.KEY_UNKNOWN:
            raise
        raise queries.KEY_UNKNOWN(id=key) from None  # as it was typed, with its prefix
    if as_json:
        terminal.show_json(_document(row))
    else:
        terminal.say(f"The key “{row.name}” is revoked.")


def _document(key: "KeyRow") -> dict[str, object]:
    from guerdon.kit import ids

    return {
        "id": ids.show("key", key.id),
        "name": key.name,
        "scopes": sorted(key.scopes),
        "created_at": key.created_at,
        "last_used_at": key.last_used_at,
        "revoked_at": key.revoked_at,
    }


def _cells(owner: str, key: "KeyRow") -> tuple[str, ...]:
    from guerdon.core import rights
    from guerdon.kit import ids

    may = "everything" if key.scopes == frozenset(rights.RIGHTS) else ", ".join(sorted(key.scopes))
    used = f"{key.last_used_at:%Y-%m-%d %H:%M}" if key.last_used_at else "never"
    state = "valid" if key.revoked_at is None else f"revoked {key.revoked_at:%Y-%m-%d %H:%M}"
    return (ids.show("key", key.id), owner, key.name, may, f"{key.created_at:%Y-%m-%d %H:%M}", used, state)
