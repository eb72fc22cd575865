"""The book of who did what, why, and how it was before and after; nothing leaves it and nothing changes in it."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any, Final, Literal

import msgspec

from guerdon.core import limits
from guerdon.kit import clock, ids
from guerdon.kit.store import Row, Statement, Store, Table

ActorKind = Literal["user", "member", "key", "operator", "house"]

AUDIT: Final = Table(
    "kit_audit",
    {
        "id": "uuid", "programme_id": "uuid", "at": "bigint", "actor_kind": "text", "actor": "text", "action": "text",
        "about": "text", "before": "text", "after": "text", "reason": "text",
    },
)  # fmt: skip
_COLUMNS: Final = "id, at, actor_kind, actor, action, about, before, after, reason"
_encode: Final = msgspec.json.Encoder(order="deterministic").encode
LAST: Final = "f" * 32  # above every id: where the newest page begins


# What narrows a page: columns that have an index, and instants, which only leave out lines of those that are read.
_NARROWED: Final = {
    "about": "about = :about", "actor": "actor = :actor", "actions": "action = ANY(:actions::text[])",
    "since": "at >= :since", "until": "at < :until",
}  # fmt: skip
_NARROWED_SQLITE: Final = _NARROWED | {"actions": "action IN (SELECT value FROM json_each(:actions))"}


@cache
def _page(names: tuple[str, ...]) -> Statement:
    """The statement of a page that is narrowed by these."""
    texts = [
        f"SELECT {_COLUMNS} FROM kit_audit WHERE programme_id = :programme AND id < :before"  # noqa: S608
        + "".join([f" AND {narrowed[name]}" for name in names])
        + " ORDER BY id DESC LIMIT :most"
        for narrowed in (_NARROWED, _NARROWED_SQLITE)
    ]
    return Statement(texts[0], sqlite=texts[1])


class Actor(msgspec.Struct, frozen=True):
    """Who acts: one of the staff, a member, a machine by its key, the operator at the command line, or the house."""

    kind: ActorKind
    name: str


class Deed(msgspec.Struct, frozen=True):
    """What somebody does, and why: a line of the book that is written where it is done, and only there."""

    by: Actor
    action: str
    about: str
    reason: str = ""


class Entry(msgspec.Struct, frozen=True):
    """One line of the book. What was before and after are JSON texts; None where there is nothing to show."""

    id: str
    at: datetime
    actor: Actor
    action: str
    about: str
    before: str | None
    after: str | None
    reason: str


def row(
    *,
    programme_id: str,
    actor: Actor,
    action: str,
    about: str,
    now: datetime,
    before: object = None,
    after: object = None,
    reason: str = "",
) -> Row:
    """A line to be written with what it tells of, in one transaction. Personal data and secrets never stand in it."""
    texts = [None if one is None else _encode(one).decode()[: limits.AUDIT_CHARS_MAX] for one in (before, after)]
    return (
        ids.new(), programme_id, clock.micros(now), actor.kind, actor.name, action, about, *texts,
        reason[: limits.TEXT_CHARS_MAX],
    )  # fmt: skip


def note(at_hand: Store, **told: Any) -> None:
    """Write one line, in the transaction at hand."""
    at_hand.write([(AUDIT, [row(**told)])])


def page(
    store: Store,
    programme_id: str,
    *,
    most: int,
    before: str = LAST,
    about: str | None = None,
    actor: str | None = None,
    actions: Sequence[str] | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
) -> list[Entry]:
    """The newest lines of a programme before an id: all, or those about one thing, of one actor, of these actions.

    `since` is the first instant that counts, `until` the first that does not any more.
    """
    at = {name: None if told is None else clock.micros(told) for name, told in (("since", since), ("until", until))}
    wanted = {"about": about, "actor": actor, "actions": None if actions is None else list(actions)} | at
    given = {name: value for name, value in wanted.items() if value is not None}
    found = store.fetch(_page(tuple(given)), programme=programme_id, before=before, most=most, **given)
    return [
        Entry(id, clock.instant(at), Actor(kind, actor), action, subject, was, became, why)
        for id, at, kind, actor, action, subject, was, became, why in found
    ]
