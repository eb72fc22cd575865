"""Purchases that came back by returns: whether all of one did or a part of it, and when."""

from collections.abc import Iterable
from datetime import datetime

import msgspec

from guerdon.core import returns
from guerdon.faces.show import Pen
from guerdon.faces.visits import Visit
from guerdon.features.activities import queries as activities
from guerdon.kit import ids


class Back(msgspec.Struct, frozen=True):
    """What came back of a purchase, and when the last of it did, however late we were told."""

    whole: bool
    at: datetime

    def said(self, visit: Visit) -> str:
        """How much, in a word."""
        return visit.say("states.taken_back" if self.whole else "states.taken_back_part")

    def told(self, visit: Visit) -> str:
        """How much, and when."""
        return f"{self.said(visit)} · {Pen(visit).moment(self.at)}"


def of(visit: Visit, purchases: Iterable[str]) -> dict[str, Back]:
    """By their ids as they are shown, the purchases of which something came back; those that stand are not there."""
    named = activities.named(visit.store, visit.programme_id, [ids.read("activity", one) for one in purchases])
    found = activities.returns(visit.store, [(one.account_id, one.activity_id) for one in named.values()])
    told = activities.recorded(
        visit.store, [(one.account_id, one.return_id) for each in found.values() for one in each]
    )
    back: dict[str, Back] = {}
    for id, parts in found.items():
        bought = named[id].activity
        rest = returns.kept(bought, returns.current([one.slice for one in parts]))
        if rest.left < rest.total:
            at = max(told[one.return_id].activity.occurred_at for one in parts)
            back[ids.show("activity", id)] = Back(not rest.left, at)
    return back
