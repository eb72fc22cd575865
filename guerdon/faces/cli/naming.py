"""Members as they are named at the terminal: by external id, card:…, email:…, phone:… or mem_…"""

from typing import TYPE_CHECKING, Annotated, get_args

import typer

from guerdon.faces.cli import installation, terminal
from guerdon.faces.cli.terminal import Failure

if TYPE_CHECKING:
    from guerdon.core.activities import IdentifierKind, Member
    from guerdon.features.programmes.queries import ProgrammeRow


Who = Annotated[str, typer.Argument(help="External id, or card:…, email:…, phone:…, or the id mem_…", metavar="MEMBER")]


def programme_of(who: str, key: str | None) -> "ProgrammeRow":
    """The programme of the key; without one the only one, or the only one that knows the member.

    A failure that names the programmes otherwise.
    """
    from guerdon.features.programmes import queries
    from guerdon.kit import store

    every = queries.every(store.current()) if key is None else []
    if len(every) < 2:
        return installation.programme(key)
    owners = [row for row in every if find(row.id, who) is not None]
    if len(owners) == 1:
        return installation.chosen(owners[0])
    keys = ", ".join(row.key for row in owners or every)
    if not owners:
        raise Failure(f"No programme has a member “{who[:80]}”.", why=f"Looked in {keys}.")
    raise Failure(
        f"Several programmes have a member “{who[:80]}”.",
        hint=f"Name one with --programme: {keys}",
        code=terminal.USAGE,
    )


def known(row: "ProgrammeRow", who: str) -> str:
    """The id of a member that must be there."""
    found = find(row.id, who)
    if found is None:
        hint = "A member is named by external id, or by card:…, email:…, phone:… or mem_…"
        raise Failure(f"The programme {row.key} has no member “{who[:80]}”.", hint=hint)
    return found


def identifier(who: str) -> "Member":
    """What a word at the terminal names, as callers of the API say it."""
    from guerdon.core.activities import Member
    from guerdon.kit import ids

    if who.startswith(ids.PREFIXES["member"]):
        return Member(id=who)
    kind, value = _named(who)
    return Member(**{kind: value})


def find(programme_id: str, who: str) -> str | None:
    """The id of the member that a word at the terminal names."""
    from guerdon.core.errors import Refusal
    from guerdon.core.members import IDENTIFIER_INVALID
    from guerdon.features.members import queries
    from guerdon.kit import ids, store

    at_hand = store.current()
    if who.startswith(ids.PREFIXES["member"]):
        id = ids.read("member", who)
        try:
            return queries.get(at_hand, programme_id, id).id
        except Refusal:
            return None
    kind, value = _named(who)
    try:
        return queries.find(at_hand, programme_id, kind, queries.stored(kind, value))
    except Refusal as refusal:
        if refusal.kind is IDENTIFIER_INVALID and kind == "external_id":
            return None
        raise


def _named(who: str) -> "tuple[IdentifierKind, str]":
    from guerdon.core import activities

    kind, colon, value = who.partition(":")
    for known in get_args(activities.IdentifierKind):
        if colon and kind == known and known != "id":
            found: IdentifierKind = known
            return found, value
    return "external_id", who
