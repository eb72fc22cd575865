"""The one visible table of the API: every address, the right it needs, what it takes, what it answers."""

from typing import Final

from guerdon.faces.api import (
    activities,
    adjustments,
    balances,
    burns,
    clock,
    closings,
    donations,
    expirations,
    health,
    holds,
    households,
    members,
    memberships,
    merges,
    programme,
    rates,
    reminders,
    seals,
    tiers,
    transfers,
)
from guerdon.faces.api.calls import Endpoint

ROUTES: Final[tuple[Endpoint, ...]] = (
    *activities.ROUTES,
    *members.ROUTES,
    *balances.ROUTES,
    *merges.ROUTES,
    *adjustments.ROUTES,
    *burns.ROUTES,
    *holds.ROUTES,
    *transfers.ROUTES,
    *donations.ROUTES,
    *tiers.ROUTES,
    *memberships.ROUTES,
    *households.ROUTES,
    *programme.ROUTES,
    *clock.ROUTES,
    *closings.ROUTES,
    *expirations.ROUTES,
    *rates.ROUTES,
    *seals.ROUTES,
    *reminders.ROUTES,
    *health.ROUTES,
)
