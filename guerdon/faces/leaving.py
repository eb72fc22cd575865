"""An erasure that waits, as pages of every face tell it: until which day it can be taken back."""

import msgspec

from guerdon.faces.show import Pen
from guerdon.faces.visits import Visit
from guerdon.features.erasures import queries


class Leaving(msgspec.Struct, frozen=True):
    """Of a member who is to be erased: the last day, in words, and whether it can still be taken back."""

    last: str
    open: bool


def of(visit: Visit, member_id: str) -> Leaving | None:
    """The erasure of a member that waits; None where there is none, or it is done."""
    found = queries.standing(visit.store, member_id)
    if found is None or found.done_at is not None:
        return None
    return Leaving(Pen(visit).until(found.due_at), visit.now < found.due_at)
