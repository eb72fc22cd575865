"""The accounts in which the life of a member stands: the own one, and since it belongs to one the household's."""

import msgspec

from guerdon.features.households import queries as households
from guerdon.features.members import queries as members
from guerdon.kit.store import Store


class Span(msgspec.Struct, frozen=True):
    """What of an account is of the life: what was entered with a number above `after_seq`."""

    account_id: str
    after_seq: int = 0


def of(store: Store, programme_id: str, member_id: str) -> tuple[Span, ...]:
    """The parts of a member's life: one, or two for a person of a household. Raises `member_unknown`."""
    member = members.get(store, programme_id, member_id)
    if member.household_id is None:
        return (Span(member.account_id),)
    joined = households.open_of(store, member.household_id)[member.id].joined_seq
    return (Span(member.id), Span(member.household_id, joined - 1))
