"""Households of a source become members with attributes, before their purchases are told."""

from collections.abc import Iterable
from datetime import datetime

from guerdon.faces.imports.completejourney import Household
from guerdon.features.members import actions as members
from guerdon.features.members import queries
from guerdon.kit import store


def introduce(*, programme_id: str, households: Iterable[Household], at: datetime) -> int:
    """Enrol, as of an instant, those nobody knows yet; members who are there stay as they are. Answers how many."""
    told = list(households)

    def attempt() -> int:
        at_hand = store.current()
        with at_hand.transaction():
            fresh = [
                household
                for household in told
                if queries.find(at_hand, programme_id, "external_id", household.external_id) is None
            ]
            for household in fresh:
                enrolment = members.Enrolment(
                    external_ids=(household.external_id,), attributes=dict(household.attributes)
                )
                members.enrol(at_hand, programme_id, enrolment, now=at)
            return len(fresh)

    return store.retrying(attempt)
