"""API keys are made, revoked, and noted to have been used, each in a transaction of its own."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from guerdon.features.keys import actions, queries
from guerdon.features.keys.queries import KeyRow
from guerdon.features.programmes import actions as programmes
from guerdon.kit import audit, ids, store
from guerdon.kit.audit import Actor
from guerdon.kit.store import Store


def make(
    *, programme_id: str, name: str, scopes: Iterable[str], by: Actor, now: datetime, reason: str = "",
    person: str = "", once: str = "",
) -> tuple[KeyRow, str]:  # fmt: skip
    """Make a key; answers its row and the key itself, which is shown this once. `person` stands behind what it does.
    `once` names the request: sent again it makes no second key.

    Raises `scope_unknown`, `key_name_invalid` and `key_made_already`.
    """
    wanted = tuple(scopes)
    id = ids.derived("key", programme_id, by.kind, by.name, once) if once else ""

    def write(at_hand: Store) -> tuple[KeyRow, str]:
        if once:
            programmes.lock(at_hand, programme_id)  # of two that come at once the second sees what the first has made
            if queries.there(at_hand, id):
                raise actions.KEY_MADE_ALREADY(id=ids.show("key", id))
        row, shown = actions.create(
            at_hand, programme_id=programme_id, name=name, scopes=wanted, now=now, made_by=person, id=id
        )
        audit.note(
            at_hand, programme_id=programme_id, actor=by, action="key.made", about=ids.show("key", row.id),
            after={"name": row.name, "scopes": sorted(row.scopes)}, reason=reason, now=now,
        )  # fmt: skip
        return row, shown

    return store.committed(write)


def revoke(*, key_id: str, by: Actor, now: datetime, programme_id: str | None = None, reason: str = "") -> KeyRow:
    """End a key, of the programme where one is named; revoking it again changes nothing. Raises `key_unknown`."""

    def write(at_hand: Store) -> KeyRow:
        before = queries.by_id(at_hand, key_id)
        if programme_id not in (None, before.programme_id):
            raise queries.KEY_UNKNOWN(id=key_id)
        row = actions.revoke(at_hand, key_id=key_id, now=now)
        if before.revoked_at is None:
            audit.note(
                at_hand, programme_id=row.programme_id, actor=by, action="key.revoked", about=ids.show("key", key_id),
                before={"name": row.name, "scopes": sorted(row.scopes)}, reason=reason, now=now,
            )  # fmt: skip
        return row

    return store.committed(write)


def note_use(used: Mapping[str, datetime]) -> None:
    """Write away when keys were last used, by their ids."""
    if used:
        store.committed(lambda at_hand: actions.note_use(at_hand, used))
