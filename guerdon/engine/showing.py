"""The one door to personal data that are shown: who looks is noted before anything is seen."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from guerdon.core.members import Person
from guerdon.features.looks import actions
from guerdon.features.looks.queries import Looker
from guerdon.features.members import queries as members
from guerdon.features.redemptions import queries as redemptions
from guerdon.features.redemptions.queries import Delivery
from guerdon.kit import store
from guerdon.kit.store import Store


def persons(
    at_hand: Store, programme_id: str, ids: Sequence[str], who: Looker | None, *, now: datetime
) -> dict[str, Person]:
    """The personal data of members who have any; that somebody looked is durable before they are answered."""
    found = members.persons_of(at_hand, list(ids))
    note(programme_id, found, who, now=now)
    return found


def deliveries(
    at_hand: Store, programme_id: str, named: Sequence[tuple[str, str, str]], who: Looker | None, *, now: datetime
) -> dict[str, Delivery]:
    """Addresses and texts of redemptions by (account, id, person), by id; it is the person who is told of the look."""
    found = redemptions.deliveries(at_hand, [(account, id) for account, id, _ in named])
    note(programme_id, [person for _, id, person in named if id in found], who, now=now)
    return found


def note(programme_id: str, seen: Iterable[str], who: Looker | None, *, now: datetime) -> None:
    """Keep that somebody looks at these members, durably; nothing of nobody, nor of members at what is theirs."""
    every = sorted(set(seen))
    if every and who is not None:
        store.committed(lambda at_hand: actions.note(at_hand, programme_id, every, who, now=now))
