"""Which letters members want: chosen for them, by themselves, or stopped by a link in a letter."""

from collections.abc import Iterable
from datetime import datetime

from guerdon.core import letters as law
from guerdon.core.letters import Stoppable
from guerdon.features.letters import actions, queries
from guerdon.features.members import queries as members
from guerdon.kit import store
from guerdon.kit.store import Store


def wanted(at_hand: Store, programme_id: str, member_id: str) -> tuple[str, dict[Stoppable, queries.Stopped]]:
    """Who stands for a member, and what it does without, by kind. Raises `member_unknown`."""
    row = members.get(at_hand, programme_id, member_id)
    everybody = [row.id, *members.followers_of(at_hand, [row.id]).get(row.id, [])]
    found: dict[Stoppable, queries.Stopped] = {}
    for one in queries.stops(at_hand, everybody):
        known = found.get(one.kind)
        found[one.kind] = one if known is None or one.since < known.since else known
    return row.id, found


def choose(*, programme_id: str, member_id: str, kinds: Iterable[Stoppable], actor: str, now: datetime) -> None:
    """Let a member have the letters of these kinds and no others of those it can do without. Raises `member_unknown`.

    What waits of the others is dropped when its turn comes.
    """
    chosen = set(kinds)

    def put(at_hand: Store) -> None:
        row = members.lock_self(at_hand, programme_id, member_id)
        everybody = [row.id, *members.followers_of(at_hand, [row.id]).get(row.id, [])]
        for kind in law.STOPPABLE:
            if kind in chosen:
                actions.want(at_hand, everybody, kind)
            else:
                actions.stop(at_hand, programme_id, row.id, kind, actor=actor, now=now)

    store.committed(put)


def turn(*, programme_id: str, member_id: str, kind: Stoppable, on: bool, actor: str, now: datetime) -> None:
    """Switch one kind of letters on or off for a member. Raises `member_unknown`."""

    def put(at_hand: Store) -> None:
        row = members.lock_self(at_hand, programme_id, member_id)
        if on:
            everybody = [row.id, *members.followers_of(at_hand, [row.id]).get(row.id, [])]
            actions.want(at_hand, everybody, kind)
        else:
            actions.stop(at_hand, programme_id, row.id, kind, actor=actor, now=now)

    store.committed(put)
