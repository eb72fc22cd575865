"""A member's vouchers beside a basket: which are of use, and which take off most together (LAW 8.4)."""

from datetime import datetime

import msgspec

from guerdon.core import redeeming
from guerdon.core import vouchers as law
from guerdon.core import wallet as choosing
from guerdon.core.activities import Activity
from guerdon.core.decisions import VoucherUse
from guerdon.core.errors import Refusal
from guerdon.core.limits import QUOTED_VOUCHERS_MAX
from guerdon.core.vouchers import Voucher
from guerdon.features.members import queries as members
from guerdon.features.members.queries import MemberRow
from guerdon.features.programmes.queries import Lawbook
from guerdon.features.rulebook import queries as rulebook
from guerdon.features.vouchers import queries
from guerdon.features.vouchers.queries import Shown
from guerdon.insight import catalogue
from guerdon.kit.store import Store


class Usable(msgspec.Struct, frozen=True):
    """A voucher that would be taken beside the basket, and what it takes off alone."""

    shown: Shown
    offer: Voucher
    use: VoucherUse


class Wallet(msgspec.Struct, frozen=True):
    """What of a member's vouchers is of use, those first that end first, and the best that can be done with them."""

    usable: tuple[Usable, ...] = ()
    best: tuple[VoucherUse, ...] = ()


def beside(store: Store, book: Lawbook, member: MemberRow, basket: Activity, at: datetime) -> Wallet:
    """The vouchers of a member beside a basket, read without a lock; nothing is written.

    In three statements more than conditions need, whatever there is, and in one where there is nothing.
    """
    own = sorted({member.id, member.account_id})
    theirs = [*own, *[each for those in members.followers_of(store, own).values() for each in those]]
    found = queries.alive(store, theirs, at, most=QUOTED_VOUCHERS_MAX)
    if not found:
        return Wallet()
    in_force = book.current(at)
    who = catalogue.standing(store, in_force, member, at)
    names = {(member.account_id, window, key) for key, window in (law.counter(one.voucher) for one in found)}
    who.counters |= {name: counted for _, name, counted in rulebook.counters(store, sorted(names))}
    offers = {one.code: one.terms(book, in_force)[0] for one in found}
    room = {
        offer.key: offer.uses_per_member - who.counted(*law.counter(offer.key))
        for offer in offers.values()
        if offer.uses_per_member is not None
    }
    counter = redeeming.Counter(in_force, basket, who, list(offers.values()))
    usable: list[Usable] = []
    for one in found:
        offer = offers[one.code]
        try:
            one.check(offer, member.account_id, member.account_id, at)  # all of these lead to this account
        except Refusal:
            continue
        (use,) = counter.put_down([(one.code, offer)])
        if isinstance(use, VoucherUse) and room.get(offer.key, 1) > 0:
            usable.append(Usable(one, offer, use))
    best = choosing.best(counter, [(one.shown.code, one.offer) for one in usable], room)
    return Wallet(tuple(usable), tuple(best))
