"""The one visible table: which action carries out which effect of a decision."""

from collections.abc import Callable
from typing import Any

from guerdon.core.decisions import Award, Taken
from guerdon.core.expiry import Sliding
from guerdon.core.law import Law
from guerdon.features.ledger.actions import Books, Cause


def award(books: Books, cause: Cause, law: Law, effect: Award) -> None:
    """Post an award as one lot; in a sliding unit it moves the end of all other lots too."""
    books.credit(
        "earn",
        cause,
        unit=effect.unit,
        points=effect.points,
        available_at=effect.available_at,
        expires_at=effect.expires_at,
        funder=effect.funder,
    )
    policy = law.programme.units[effect.unit].expires
    end = law.expires_at(policy, cause.effective_at, books.now) if isinstance(policy, Sliding) else None
    if end is not None:
        books.slide(cause.account_id, effect.unit, end)


# A new area adds its effect here, beside the action of its feature. Claw-backs choose lots, so `give_back` carries
# them out itself while it decides.
TABLE: dict[type, Callable[[Books, Cause, Law, Any], None]] = {Award: award}
DECIDED_ELSEWHERE = (Taken,)
