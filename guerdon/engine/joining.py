"""Joining in a window of ours is told as a sign-up, once, in the transaction that enrols (LAW 2.1)."""

from datetime import datetime
from typing import Final

from guerdon.core.activities import Activity, Member
from guerdon.core.errors import Refusal
from guerdon.engine import desk
from guerdon.engine.batch import Told
from guerdon.engine.earn import Earning
from guerdon.features.activities import queries as activities
from guerdon.features.activities.queries import Recorded
from guerdon.kit import ids
from guerdon.kit.store import Store

KIND: Final = "signup"


def tell(at_hand: Store, programme_id: str, member_id: str, *, source: str, now: datetime) -> None:
    """Enter that somebody who was just enrolled has joined, in the transaction at hand: both are kept or neither.

    `source` is the window in which it happened, and its channel. Raises what the desk refuses of a sign-up.
    """
    shown = ids.show("member", member_id)
    fact = Activity(
        kind=KIND, source=source, external_id=shown, occurred_at=now, member=Member(id=shown), channel=source
    )  # fmt: skip
    (result,) = desk.sit(at_hand, programme_id=programme_id, told=[Told(fact)], now=now, clerk=Earning(False))
    if isinstance(result, Refusal):
        raise result


def told(at_hand: Store, programme_id: str, member_id: str, *, source: str) -> Recorded | None:
    """The sign-up of a member as it was entered in a window, with what it gave; None where none was."""
    owned = activities.owners(at_hand, programme_id, [(source, KIND, ids.show("member", member_id))])
    return next(iter(activities.recorded(at_hand, owned).values()), None)
