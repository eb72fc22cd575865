"""The wait after a new e-mail or phone is lifted by somebody who knows that it was the member."""

from datetime import datetime

from guerdon.core import members as law
from guerdon.core.programme import Programme
from guerdon.engine import caution
from guerdon.engine.adjust import Actor
from guerdon.engine.once import once
from guerdon.features.activities.actions import Idempotency
from guerdon.features.members import actions, addresses, queries
from guerdon.features.members.addresses import Lift
from guerdon.features.programmes import queries as programmes
from guerdon.features.users import queries as users
from guerdon.kit import audit, ids, store
from guerdon.kit.store import Store


def until(at_hand: Store, programme: Programme, member_id: str, *, now: datetime) -> datetime | None:
    """Until when a member must wait; None for who need not."""
    return caution.waits(at_hand, programme, [member_id], now).get(member_id)


def lift(
    *, programme_id: str, member_id: str, by: Actor, reason: str, now: datetime, idempotency: Idempotency | None = None
) -> tuple[Lift, bool]:
    """Let a member wait no longer, with words; a further new address begins the wait anew.

    Answers whether the same request has done so before. Raises `member_unknown`, `address_wait_none` for who does not
    wait, and `own_address_wait` for whoever has an account of their own and would lift its wait.
    """

    def write(at_hand: Store) -> str:
        member = queries.lock_self(at_hand, programme_id, member_id)
        programme = programmes.latest(at_hand, programme_id).current(now).programme
        waited = until(at_hand, programme, member.id, now=now)
        if waited is None:
            raise law.ADDRESS_WAIT_NONE()
        if _own(at_hand, programme_id, by.person) == member.id:
            raise law.OWN_ADDRESS_WAIT()
        id = actions.lift_wait(at_hand, member, now=now)
        audit.note(
            at_hand, programme_id=programme_id, actor=by.noted, action="member.wait_lifted",
            about=f"member {ids.show('member', member.id)}", before={"until": waited.isoformat(timespec="seconds")},
            after={"until": None}, reason=reason, now=now,
        )  # fmt: skip
        return id

    id, known = once(programme_id=programme_id, idempotency=idempotency, now=now, write=write)
    return addresses.lift(store.current(), programme_id, id), known


def _own(at_hand: Store, programme_id: str, person: str) -> str | None:
    """Which member somebody of the staff is, by the address that both have; after a merge whoever stayed."""
    digest = users.digests(at_hand, programme_id).get(person)
    found = addresses.behind(at_hand, programme_id, [digest]) if digest is not None else {}
    return queries.get(at_hand, programme_id, found[digest]).id if digest in found else None
