"""What every field of the API means, in one sentence each, with the limits that types alone don't tell."""

from typing import Final

from guerdon.faces.api.words import (
    activities,
    adjustments,
    balances,
    burns,
    calls,
    cards,
    clock,
    closings,
    donations,
    draws,
    expirations,
    health,
    holds,
    households,
    letters,
    members,
    memberships,
    merges,
    problems,
    programme,
    rates,
    redemptions,
    reminders,
    rewards,
    seals,
    tiers,
    tills,
    transfers,
    vouchers,
)
from guerdon.faces.api.words.phrases import Fields
from guerdon.faces.api.words.phrases import Words as Words

# Names in the description, where the type's own would be misread beside its neighbours.
RENAMED: Final = {
    "Member": "MemberIdentifier",
    "Reference": "PurchaseReference",
    "Line": "BasketLine",
}

_ROOMS: Final = (
    activities,
    adjustments,
    balances,
    burns,
    calls,
    cards,
    clock,
    closings,
    donations,
    draws,
    expirations,
    health,
    holds,
    households,
    letters,
    members,
    memberships,
    merges,
    problems,
    programme,
    rates,
    redemptions,
    reminders,
    rewards,
    seals,
    tiers,
    tills,
    transfers,
    vouchers,
)
FIELDS: Final[Fields] = {name: fields for room in _ROOMS for name, fields in room.FIELDS.items()}
