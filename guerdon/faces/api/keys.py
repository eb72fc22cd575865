"""API keys: made for machines, shown once, revoked."""

from datetime import datetime
from typing import Annotated, Final

import msgspec
from msgspec import Meta

from guerdon.core import limits, rights
from guerdon.core.rights import Right, Role
from guerdon.engine import keys as engine
from guerdon.faces.api.calls import Call, Endpoint, Reply
from guerdon.features.keys import actions, queries
from guerdon.features.keys.queries import KeyRow
from guerdon.kit import clock, ids

Reason = Annotated[str, Meta(max_length=limits.TEXT_CHARS_MAX)]


class NewKey(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A key to make: what its machine may do, by a role, by scopes, or by both."""

    name: Annotated[str, Meta(min_length=1, max_length=limits.NAME_CHARS_MAX)]
    role: Role | None = None
    scopes: tuple[Right, ...] = ()
    reason: Reason = ""


class KeyEnd(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Why a key is revoked."""

    reason: Reason = ""


class KeyView(msgspec.Struct, frozen=True):
    """A key without its secret, which is kept nowhere."""

    id: str
    name: str
    scopes: tuple[str, ...]
    created_at: datetime
    last_used_at: datetime | None
    revoked_at: datetime | None


class KeysView(msgspec.Struct, frozen=True):
    """All keys of the programme, revoked ones too, in the order they were made."""

    keys: tuple[KeyView, ...]


class MadeKey(msgspec.Struct, frozen=True):
    """A key that was made, with its secret."""

    key: KeyView
    secret: str


def list_(call: Call) -> Reply:
    """All keys, without their secrets."""
    return Reply(KeysView(tuple([_view(one) for one in queries.every(call.store, call.programme_id)])))


def make(call: Call, body: NewKey) -> Reply:
    """Make a key that may do no more than its maker."""
    assert call.key is not None
    wanted = {*body.scopes, *(rights.of(body.role) if body.role else ())}
    if not wanted:
        raise actions.RIGHTS_NONE(known=", ".join(rights.RIGHTS))
    rights.check_within(wanted, call.key.scopes)
    row, secret = engine.make(
        programme_id=call.programme_id, name=body.name, scopes=wanted, by=call.actor, now=clock.now(),
        reason=body.reason, person=call.key.person, once=call.idempotency_key() or "",
    )  # fmt: skip
    return Reply(MadeKey(_view(row), secret))


def revoke(call: Call, id: str, body: KeyEnd) -> Reply:
    """End a key; revoking it again changes nothing."""
    row = engine.revoke(
        key_id=ids.read("key", id), programme_id=call.programme_id, by=call.actor, now=clock.now(), reason=body.reason
    )
    return Reply(_view(row))


def _view(row: KeyRow) -> KeyView:
    return KeyView(
        ids.show("key", row.id), row.name, tuple(sorted(row.scopes)), row.created_at, row.last_used_at, row.revoked_at
    )


ROUTES: Final[tuple[Endpoint, ...]] = (
    Endpoint("GET", "/v1/keys", "keys:write", list_, "List API keys", KeysView, tag="House"),
    Endpoint(
        "POST", "/v1/keys", "keys:write", make, "Make an API key", MadeKey, takes=NewKey, status=201,
        refuses=(
            actions.RIGHTS_NONE, actions.SCOPE_UNKNOWN, actions.KEY_NAME_INVALID, actions.KEY_MADE_ALREADY,
            rights.RIGHTS_BEYOND,
        ), tag="House",
        about="The secret is shown in this answer and never again. Nobody makes a key that may do more than they may "
        "do themselves, and where a second person is asked, a key is whoever made it. Sent again with the same "
        "`Idempotency-Key` it makes no second key, and can't show the secret of the first.",
    ),
    Endpoint(
        "POST", "/v1/keys/{id}/revoke", "keys:write", revoke, "Revoke an API key", KeyView, takes=KeyEnd,
        refuses=(queries.KEY_UNKNOWN, ids.ID_MALFORMED), noun="key", tag="House",
        about="Servers stop taking it within two seconds. Revoked already, it answers the same.",
    ),
)  # fmt: skip
