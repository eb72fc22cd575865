"""What is kept only for a while goes: consents, who looked, accounts that nobody ever used, sessions that are over."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

import msgspec

from guerdon.core import consents as law
from guerdon.core.consents import Consent
from guerdon.features.consents import actions, queries
from guerdon.features.looks import actions as looks
from guerdon.features.members import queries as members
from guerdon.features.programmes import queries as programmes
from guerdon.features.users import actions as users
from guerdon.kit import clock, ids, store
from guerdon.kit.store import Store

TOGETHER: Final = 500  # rows that go in one transaction
_ACTOR: Final = "night"


class Gone(msgspec.Struct, frozen=True):
    """What went in a night: consents that ended; rows of who looked, and accounts that were never used, forgotten."""

    consents: int
    looks: int
    unused: int


def run(
    *, programme_id: str, as_of: datetime, progress: Callable[[int], None] = lambda rows: None, most: int = TOGETHER
) -> Gone:
    """Let go, batch by batch, what is kept no longer at the instant; a crash leaves whole batches gone, the rest due.

    Whether somebody is still active makes no difference. News of consents that ended go out, so that others who got
    data for them let go of theirs.
    """
    in_force = programmes.latest(store.current(), programme_id).at(as_of)
    ended = 0
    for key, purpose in in_force.programme.consents.items():
        before = law.over_before(purpose, as_of, in_force.zone)
        while before is not None and (
            due := queries.over(store.current(), programme_id, key, before=before, most=most)
        ):
            ended += _end(programme_id, key, due, before, as_of)
            progress(len(due))
    looked = _all(lambda at_hand: looks.tidy(at_hand, programme_id, now=as_of, most=most), progress)
    now = min(as_of, clock.now())  # a sandbox may live far ahead, but users are everybody's
    unused = _all(lambda at_hand: users.tidy(at_hand, now=now, most=most), progress)
    unused += _all(lambda at_hand: users.tidy_invitations(at_hand, programme_id, now=now, most=most), progress)
    _all(lambda at_hand: users.tidy_sessions(at_hand, now=now, most=most), progress)
    return Gone(ended, looked, unused)


def _all(part: Callable[[Store], int], progress: Callable[[int], None]) -> int:
    """Part by part, each in a transaction, until there is nothing left; answers how many rows."""
    gone = 0
    while rows := store.committed(part):
        gone += rows
        progress(rows)
    return gone


def _end(programme_id: str, key: str, accounts: list[str], before: datetime, as_of: datetime) -> int:
    """End a consent of these members, unless somebody has said something meanwhile."""

    def write(at_hand: Store) -> int:
        members.lock_each(at_hand, programme_id, accounts)
        said = queries.standing(at_hand, accounts)
        mine = {account: said[account][key] for account in accounts if key in said.get(account, {})}
        over = {account: one for account, one in mine.items() if one.given and one.at < before}
        actions.end(at_hand, programme_id, {account: _ended(one, as_of) for account, one in over.items()}, now=as_of)
        return len(over)

    return store.committed(write)


def _ended(one: Consent, at: datetime) -> Consent:
    return msgspec.structs.replace(one, given=False, at=at, how="lapse", actor=_ACTOR, id=ids.new())
