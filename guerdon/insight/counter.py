"""The money of rewards that is collected at the counter, once: by the till that redeemed it, else where it is handed
over or where the voucher that it gave is taken off."""

from collections.abc import Iterable

import msgspec

from guerdon.core import till_names
from guerdon.core.redemptions import Redemption
from guerdon.features.activities import queries as activities
from guerdon.features.redemptions import queries as redemptions
from guerdon.features.vouchers import queries as vouchers
from guerdon.kit import ids
from guerdon.kit.store import Store


class Owed(msgspec.Struct, frozen=True):
    """Money that is still to be collected for a reward: minor units of the programme's currency, more than 0."""

    reward: str
    version: int
    amount: int


def of_handed(store: Store, found: Iterable[Redemption]) -> dict[str, Owed]:
    """What handing these redemptions over collects, by their ids; those that collect nothing then are left out."""
    asked = [one for one in found if one.price.money]
    told = activities.recorded(store, [(one.account_id, one.id) for one in asked])
    return {
        one.id: Owed(one.reward, one.version, one.price.money)
        for one in asked
        if not till_names.is_till(told[one.id].activity.source)
    }


def of_codes(store: Store, programme_id: str, codes: Iterable[str]) -> dict[str, Owed]:
    """What taking vouchers off collects for the rewards that gave them, by code in its stored form."""
    shown = vouchers.find(store, programme_id, list(codes))
    pairs = {
        one.code: (one.account_id, one.activity_id)
        for one in shown.values()
        if one.account_id is not None and one.activity_id is not None
    }
    told = activities.recorded(store, set(pairs.values()))
    by_code: dict[str, str] = {}
    for code, (_, entry) in pairs.items():
        fact = told[entry].activity
        if fact.kind == "redemption":
            by_code[code] = entry
        elif "redemption" in fact.facts:  # it was reserved first, and the confirmation gave it
            by_code[code] = ids.read("redemption", str(fact.facts["redemption"]))
    found = redemptions.named(store, programme_id, list(by_code.values()))
    owed = of_handed(store, found.values())
    return {code: owed[id] for code, id in by_code.items() if id in owed}
