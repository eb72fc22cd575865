"""What entries of the journal moved points for: the reward that was redeemed, the order that was paid with them."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from guerdon.core import paying, redemptions, returns
from guerdon.core.activities import CONVERSION, RETURN
from guerdon.core.redemptions import Redemption
from guerdon.core.sentences.purposes import DEEDS, Purpose
from guerdon.features.activities import queries as activities
from guerdon.features.activities.queries import Recorded
from guerdon.features.programmes.queries import Lawbook
from guerdon.features.redemptions import queries as redeemed
from guerdon.kit import ids
from guerdon.kit.store import Store

_NAMED: Final = re.compile(r"([0-9a-f]{32})[:-]")  # files that are imported may use our sources for names of their own


def of(store: Store, book: Lawbook, entries: Iterable[Recorded]) -> dict[str, Purpose]:
    """The purposes of those entries that have one, by entry.

    In one statement for redemptions and two to four for payments, whatever their number; none where there is nothing
    to look up.
    """
    moving = [one for one in entries if one.activity.kind in DEEDS]
    of_redemptions = [one for one in moving if one.activity.source == redemptions.SOURCE]
    converted = [one for one in moving if one.activity.source == CONVERSION]
    others = [one for one in moving if one.activity.source not in (redemptions.SOURCE, CONVERSION)]
    found = _redeemed(store, book, of_redemptions) | _paid(store, book, others)
    return found | {one.activity_id: Purpose("conversion") for one in converted}


def _redeemed(store: Store, book: Lawbook, entries: Sequence[Recorded]) -> dict[str, Purpose]:
    by_entry = _names(entries)
    found = redeemed.named(store, book.programme.id, sorted(set(by_entry.values())))
    return {entry: _of_redemption(found[id], book) for entry, id in by_entry.items() if id in found}


def _of_redemption(one: Redemption, book: Lawbook) -> Purpose:
    names = book.law(one.version).programme.reward(one.reward).name
    return Purpose("redemption", names, because="expired" if one.state == "expired" else "cancelled")


def _paid(store: Store, book: Lawbook, entries: Sequence[Recorded]) -> dict[str, Purpose]:
    """Burns name the purchase that they paid; what gives them back names the burn, or the return that did it."""
    programme = book.programme.id
    paying_for = _names([one for one in entries if one.activity.source == paying.SOURCE and _is(one, "burn")])
    backs = [one for one in entries if _is(one, "burn_cancel")]
    came_back = _names([one for one in backs if one.activity.source == returns.SOURCE])
    burns = {one.activity_id: ids.read("burn", str(one.activity.facts["burn"])) for one in backs}

    first = _read(store, programme, [*paying_for.values(), *came_back.values(), *burns.values()])
    paid = _names([one for one in first.values() if one.activity.source == paying.SOURCE and _is(one, "burn")])
    orders = first | _read(store, programme, [id for id in paid.values() if id not in first])

    told: dict[str, Purpose] = {}
    for entry, purchase in paying_for.items():
        if purchase in orders:
            told[entry] = Purpose("payment", order=orders[purchase].activity.external_id)
    for one in backs:
        purpose = _coming_back(one, first.get(came_back.get(one.activity_id, "")), paid, burns, orders)
        if purpose is not None:
            told[one.activity_id] = purpose
    return told


def _coming_back(
    back: Recorded,
    returned: Recorded | None,
    paid: dict[str, str],
    burns: dict[str, str],
    orders: dict[str, Recorded],
) -> Purpose | None:
    """By a return of the order, or because the burn that had paid it was cancelled by itself."""
    if returned is not None and returned.activity.kind == RETURN and returned.activity.returns is not None:
        order, told = returned.activity.returns.external_id, returned.activity.external_id
        return Purpose("payment", order=order, because="returned", told=told)
    purchase = orders.get(paid.get(burns[back.activity_id], ""))
    if purchase is None:
        return None
    told = back.activity.external_id
    return Purpose("payment", order=purchase.activity.external_id, because="cancelled", told=told)


def _is(one: Recorded, kind: str) -> bool:
    return one.activity.kind == kind


def _names(entries: Iterable[Recorded]) -> dict[str, str]:
    """The id that the name of each entry begins with, where it does."""
    found = {one.activity_id: _NAMED.match(one.activity.external_id) for one in entries}
    return {entry: match[1] for entry, match in found.items() if match is not None}


def _read(store: Store, programme_id: str, wanted: Iterable[str]) -> dict[str, Recorded]:
    return activities.named(store, programme_id, sorted(set(wanted)))
