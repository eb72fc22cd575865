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
    merges,
    programme,
    rates,
    reminders,
    seals,
    tiers,
    transfers,
    voucher_pools,
    voucher_uses,
    vouchers,
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
    *households.ROUTES,
    *vouchers.ROUTES,
    *voucher_uses.ROUTES,
    *voucher_pools.ROUTES,
    *programme.ROUTES,
    *clock.ROUTES,
    *closings.ROUTES,
    *expirations.ROUTES,
    *rates.ROUTES,
    *seals.ROUTES,
    *reminders.ROUTES,
    *health.ROUTES,
)
