"""Looking at a member's own pages as the member sees them: who does, and why, is written before anything is seen."""

from datetime import datetime
from typing import Final

from guerdon.features.looks import actions as looks
from guerdon.features.looks.queries import Looker
from guerdon.features.members import queries as members
from guerdon.kit import audit, ids, store
from guerdon.kit.audit import Actor
from guerdon.kit.store import Store

_PURPOSE: Final = "members.view"


def begin(*, programme_id: str, member_id: str, by: Actor, name: str, reason: str, now: datetime) -> str:
    """Note who looks and why, and answer the member whose pages they are now: of one who was merged, who stayed.

    Raises `member_unknown`.
    """
    assert reason.strip(), "a look needs a reason"

    def write(at_hand: Store) -> str:
        member = members.get(at_hand, programme_id, member_id)
        about = f"member {ids.show('member', member.id)}"
        audit.note(
            at_hand, programme_id=programme_id, actor=by, action="member.viewed", about=about, reason=reason, now=now
        )
        looks.note(at_hand, programme_id, [member.id], Looker("person", by.name, name, _PURPOSE), now=now)
        return member.id

    return store.committed(write)


def look(*, programme_id: str, member_id: str, user_id: str, name: str, now: datetime) -> None:
    """Note one more page that somebody of the staff sees as the member does."""
    who = Looker("person", user_id, name, _PURPOSE)
    store.committed(lambda at_hand: looks.note(at_hand, programme_id, [member_id], who, now=now))


def end(*, programme_id: str, member_id: str, by: Actor, now: datetime) -> None:
    """Note that the look is over."""
    about = f"member {ids.show('member', member_id)}"
    store.committed(
        lambda at_hand: audit.note(
            at_hand, programme_id=programme_id, actor=by, action="member.left", about=about, now=now
        )
    )
