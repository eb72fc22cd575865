"""Every read of looks: who looked at a member, the latest first."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final, Literal

import msgspec

from guerdon.core import limits
from guerdon.kit import clock
from guerdon.kit.store import Statement, Store

Kind = Literal["key", "person", "command"]

_OF_MEMBER = Statement(
    "SELECT hour, account_id, kind, actor_id, purpose, name, looks, first_at, last_at FROM looks_look"
    " WHERE account_id = ANY(:accounts::uuid[])"
    " AND (hour, account_id, kind, actor_id, purpose) < (:hour, :account, :kind, :actor, :purpose)"
    " ORDER BY hour DESC, account_id DESC, kind DESC, actor_id DESC, purpose DESC LIMIT :most",
    sqlite="SELECT hour, account_id, kind, actor_id, purpose, name, looks, first_at, last_at FROM looks_look"
    " WHERE account_id IN (SELECT value FROM json_each(:accounts))"
    " AND (hour, account_id, kind, actor_id, purpose) < (:hour, :account, :kind, :actor, :purpose)"
    " ORDER BY hour DESC, account_id DESC, kind DESC, actor_id DESC, purpose DESC LIMIT :most",
)


class Looker(msgspec.Struct, frozen=True):
    """Who looks: an API key, a person or a command, by id and name, and what for."""

    kind: Kind
    id: str
    name: str
    purpose: str


class After(msgspec.Struct, frozen=True, array_like=True):
    """Where a page ended."""

    hour: int
    account_id: str
    kind: str
    actor_id: str
    purpose: str


FIRST: Final = After(limits.INT64_MAX, "f" * 32, "", "", "")  # after every row


class Look(msgspec.Struct, frozen=True):
    """Somebody looked, `looks` times within an hour."""

    who: Looker
    looks: int
    first_at: datetime
    last_at: datetime
    place: After


def of_member(store: Store, accounts: Sequence[str], *, after: After, most: int) -> list[Look]:
    """Who looked at a member, or at those merged into it, the latest first, a page at a time."""
    found = store.fetch(
        _OF_MEMBER, accounts=list(accounts), hour=after.hour, account=after.account_id, kind=after.kind,
        actor=after.actor_id, purpose=after.purpose, most=most,
    )  # fmt: skip
    return [
        Look(
            Looker(kind, actor, name, purpose), int(looks), clock.instant(first), clock.instant(last),
            After(int(hour), account, kind, actor, purpose),
        )
        for hour, account, kind, actor, purpose, name, looks, first, last in found
    ]  # fmt: skip
