"""Rotating codes: the secret for the app that shows them, and its end where a phone was lost."""

from datetime import datetime
from typing import Final

import msgspec

from guerdon.core import members as members_law
from guerdon.core import rotating
from guerdon.engine import desk, revocations
from guerdon.faces.api.calls import Call, Endpoint, Reply
from guerdon.features.members import queries as members
from guerdon.features.members import revocations as revoked
from guerdon.kit import ids


class RotatingCode(msgspec.Struct, frozen=True):
    """What a phone needs to show codes that change."""

    member: str
    shown: str
    secret: str
    period_seconds: int
    digits: int


class RevokedCode(msgspec.Struct, frozen=True):
    """The codes of a member up to now have ended."""

    member: str
    revoked_at: datetime
    times: int


def read(call: Call, id: str) -> Reply:
    """The secret of a member's rotating code, for the app that shows it, and the code of this moment."""
    member = members.get(call.store, call.programme_id, ids.read("member", id))
    secret = revoked.secret(call.store, member.id)
    return Reply(
        RotatingCode(
            ids.show("member", member.id), rotating.shown(member.id, secret, call.now), secret.hex(),
            rotating.PERIOD_SECONDS, rotating.DIGITS,
        )
    )  # fmt: skip


def revoke(call: Call, id: str) -> Reply:
    """End the codes of a member at once; the app reads its new secret."""
    assert call.key is not None
    done, replayed = revocations.revoke(
        programme_id=call.programme_id, member_id=ids.read("member", id), actor=call.key.name, now=call.now,
        idempotency=call.idempotency(),
    )  # fmt: skip
    return Reply(RevokedCode(ids.show("member", done.account_id), done.at, done.number), replayed)


ROUTES: Final[tuple[Endpoint, ...]] = (
    Endpoint(
        "GET", "/v1/members/{id}/rotating-code", "members:write", read, "Read a member's rotating code", RotatingCode,
        refuses=(members_law.MEMBER_UNKNOWN, ids.ID_MALFORMED), noun="member", tag="Till",
        about="For the app on the member's phone, which shows a new code every half minute without a network: a "
        "one-time password of RFC 6238 (HMAC-SHA-256, eight digits) behind the member's id. Whoever has the secret can "
        "be taken for the member.",
    ),
    Endpoint(
        "POST", "/v1/members/{id}/rotating-code/revoke", "members:write", revoke, "Revoke a member's rotating code",
        RevokedCode, refuses=(members_law.MEMBER_UNKNOWN, ids.ID_MALFORMED, desk.IDEMPOTENCY_CONFLICT),
        idempotent=True, noun="member", tag="Till",
        about="Where a phone was lost: its codes are no longer taken, from this moment on, and the app of the member "
        "reads a new secret. Everybody else's stay what they are. News with the topic `rotating_code.revoked` go out.",
    ),
)  # fmt: skip
