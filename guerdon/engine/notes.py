"""What the staff write down about a member, for each other: sealed, read by those who may, erased with the member."""

from datetime import datetime

from guerdon.core import members as members_law
from guerdon.engine import showing
from guerdon.features.looks.queries import Looker
from guerdon.features.members import queries as members
from guerdon.features.notes import actions, queries
from guerdon.features.notes.queries import Note
from guerdon.kit import store
from guerdon.kit.store import Store


def write(*, programme_id: str, member_id: str, text: str, author: str, author_id: str, now: datetime) -> None:
    """Keep a note about a member. Raises `member_unknown`, and `member_not_active` for who is erased."""

    def commit(at_hand: Store) -> None:
        member = members.lock_self(at_hand, programme_id, member_id)
        if member.status == "erased":
            raise members_law.MEMBER_NOT_ACTIVE(status=member.status)
        actions.write(
            at_hand, programme_id, member.id, text=text, author=author, author_id=author_id, now=now
        )  # fmt: skip

    store.committed(commit)


def read(
    *, programme_id: str, member_id: str, who: Looker, now: datetime, before: str = queries.LAST, most: int
) -> list[Note]:
    """The notes about a member and those merged into it, the latest first; the look is noted before they are shown."""
    at_hand = store.current()
    every = [member_id, *members.followers_of(at_hand, [member_id]).get(member_id, ())]
    found = queries.of_member(at_hand, every, before=before, most=most)
    showing.note(programme_id, every if found else (), who, now=now)
    return found
