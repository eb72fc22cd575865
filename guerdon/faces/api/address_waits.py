"""The wait after a new e-mail or phone, lifted by somebody who knows that it was the member."""

from datetime import datetime
from typing import Annotated, Final

import msgspec
from msgspec import Meta

from guerdon.core import limits
from guerdon.core import members as law
from guerdon.engine import address_waits, desk
from guerdon.faces.api.calls import Call, Endpoint, Reply
from guerdon.kit import ids


class Lifting(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Why a member need not wait."""

    reason: Annotated[str, Meta(min_length=1, max_length=limits.NAME_CHARS_MAX)]


class LiftedWait(msgspec.Struct, frozen=True):
    """A member need not wait any longer."""

    member: str
    lifted_at: datetime


def lift(call: Call, id: str, body: Lifting) -> Reply:
    """Let a member wait no longer."""
    assert call.key is not None
    done, replayed = address_waits.lift(
        programme_id=call.programme_id, member_id=ids.read("member", id), reason=body.reason, now=call.now,
        by=call.doer, idempotency=call.idempotency(body),
    )  # fmt: skip
    return Reply(LiftedWait(ids.show("member", done.account_id), done.at), replayed)


ROUTES: Final[tuple[Endpoint, ...]] = (
    Endpoint(
        "POST", "/v1/members/{id}/address-wait/lift", "members:vouch", lift, "Lift a member's wait", LiftedWait,
        takes=Lifting,
        refuses=(
            law.MEMBER_UNKNOWN, ids.ID_MALFORMED, law.ADDRESS_WAIT_NONE, law.OWN_ADDRESS_WAIT,
            desk.IDEMPOTENCY_CONFLICT,
        ),
        idempotent=True, noun="member", tag="Members",
        about="For somebody who has made sure that it was the member who has a new e-mail or phone: points can be "
        "given away again before `address_wait_hours` are over. Why stands in the book of who did what. A further new "
        "address begins the wait anew. Who may write addresses down (`members:write`) does not have this right by "
        "that, and nobody lifts the wait of their own account.",
    ),
)  # fmt: skip
