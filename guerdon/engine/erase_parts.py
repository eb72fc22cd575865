"""What ends with a member who is erased, part by part: shared balances, offers, holds, rewards, memberships, points.

A feature that keeps something of its own per member adds its part to `PARTS`, and here alone; what it keeps that is
personal is forgotten in `erase`.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Final

import msgspec
import structlog

from guerdon.core import erasing, ledger, period
from guerdon.core import memberships as memberships_law
from guerdon.core import redemptions as redeeming
from guerdon.core.activities import Activity, FactValue, Member
from guerdon.core.decisions import Decision, Spent
from guerdon.core.erasing import Ends, Lost
from guerdon.core.errors import Refusal
from guerdon.core.holds import Hold
from guerdon.core.law import Law
from guerdon.core.ledger import Take
from guerdon.core.memberships import Membership
from guerdon.core.redemptions import Redemption
from guerdon.core.standing import Standing
from guerdon.engine import desk, entries, memberships, redemptions, reserve, transfers, vouchers
from guerdon.engine import households as sharing
from guerdon.engine.batch import Batch, Outcome, Told
from guerdon.features.holds import queries as holds
from guerdon.features.households import queries as homes
from guerdon.features.ledger import queries as accounts
from guerdon.features.members import queries as members
from guerdon.features.members.queries import MemberRow
from guerdon.features.memberships import queries as held
from guerdon.features.programmes import queries as programmes
from guerdon.features.redemptions import queries as redeemed
from guerdon.features.tiers import queries as tiers
from guerdon.features.transfers import queries as sent
from guerdon.features.transfers.queries import Transfer
from guerdon.features.vouchers import queries as given
from guerdon.kit import ids, store
from guerdon.kit.audit import Actor
from guerdon.kit.store import Store

log = structlog.get_logger(__name__)
PAGE: Final = 500
REASON: Final = "erasure"


class Ending(msgspec.Struct, frozen=True):
    """Whose things end: the member with those merged into it, by whom it was asked, and when."""

    programme_id: str
    member_id: str
    every: tuple[str, ...]
    actor: str
    now: datetime


# --- what there is ---


def lost(at_hand: Store, programme_id: str, member: MemberRow, now: datetime) -> Lost:
    """What a member would lose. Of a household's points nothing: they stay with it, or come along and end, as it says.

    Whoever is the last one in a household has all that is in it.
    """
    in_force = programmes.latest(at_hand, programme_id).at(now)
    every = _every(at_hand, member.id)
    return Lost(
        points=_points(at_hand, in_force, member, now),
        vouchers=len(given.alive(at_hand, every, now, most=PAGE)),
        gift_cards=sum(1 for one in _redemptions(at_hand, every) if one.given and _is_card(one, in_force)),
        memberships=tuple(one.terms.plan for one in _memberships(at_hand, every, in_force, now)),
        redemptions=tuple(one.reward for one in _live(at_hand, every, now)),
        holds=len(_holds(at_hand, every)),
        transfers=len(_offers(at_hand, every, now)),
        tiers=_tiers(at_hand, in_force, member, now),
        household=member.household_id is not None,
    )


def _every(at_hand: Store, member_id: str) -> list[str]:
    return [member_id, *members.followers_of(at_hand, [member_id]).get(member_id, ())]


def _points(at_hand: Store, in_force: Law, member: MemberRow, now: datetime) -> tuple[Ends, ...]:
    shared = member.household_id
    alone = shared is not None and len(homes.open_of(at_hand, shared)) == 1
    account = member.account_id if alone else member.id
    found: list[Ends] = []
    for one in accounts.balances(at_hand, account, now):
        points = one.available + one.pending + one.held
        unit = in_force.programme.units.get(one.unit)
        if points and unit is not None and unit.spendable:
            known = unit.worth
            worth = None if known is None else erasing.worth(points, known.amount, known.points)
            found.append(Ends(one.unit, points, worth))
    return tuple(found)


def _redemptions(at_hand: Store, every: Sequence[str]) -> Iterator[Redemption]:
    """All rewards of the member, also those taken in the name of a household."""
    places = sorted({*every, *homes.homes(at_hand, every)})
    before = redeemed.LAST
    while page := redeemed.of_member(at_hand, places, before=before, most=PAGE):
        before = page[-1].id
        yield from (one for one in page if one.account_id in every or one.person_id in every)


def _live(at_hand: Store, every: Sequence[str], now: datetime) -> list[Redemption]:
    return [one for one in _redemptions(at_hand, every) if one.as_of(now) in redeeming.LIVE]


def _is_card(one: Redemption, in_force: Law) -> bool:
    reward = in_force.programme.rewards.get(one.reward)
    return reward is not None and reward.gives == "gift_card"


def _memberships(at_hand: Store, every: Sequence[str], in_force: Law, now: datetime) -> list[Membership]:
    found = [one.membership for one in held.held(at_hand, every) if one.membership.account_id in every]
    return [one for one in found if memberships_law.state(one, now, in_force.zone) != "ended"]


def _holds(at_hand: Store, every: Sequence[str]) -> list[Hold]:
    places = sorted({*every, *homes.homes(at_hand, every)})
    return [one for one in holds.open_of(at_hand, places) if one.account_id in every or one.person_id in every]


def _offers(at_hand: Store, every: Sequence[str], now: datetime) -> list[Transfer]:
    found: list[Transfer] = []
    for account in every:
        after = ids.NIL
        while page := sent.of_member(at_hand, account, after=after, most=PAGE):
            after = page[-1].id
            found += [one for one in page if one.as_of(now) == "offered"]
    return found


def _tiers(at_hand: Store, in_force: Law, member: MemberRow, now: datetime) -> tuple[str, ...]:
    if not in_force.programme.tiers:
        return ()
    first = period.local_day(now, in_force.zone)
    climbed = tiers.climbed(at_hand, [member.account_id], first=first).get(member.account_id)
    history = {} if climbed is None else climbed.history()
    last = [history[one.key][-1].level for one in in_force.programme.tiers if history.get(one.key)]
    return tuple(level for level in last if level is not None)


def is_held(at_hand: Store, every: Sequence[str]) -> bool:
    """Whether points are held again that must come free first; the members are locked."""
    return bool(holds.open_of(at_hand, list(every)))


# --- how it ends ---


def end(programme_id: str, member_id: str, actor: str, now: datetime) -> None:
    """End all the member has besides points; each part is a transaction of its own, and does nothing twice.

    Raises what leaving a household refuses.
    """
    every = tuple(_every(store.current(), member_id))
    one = Ending(programme_id, member_id, every, actor, now)
    for part in PARTS:
        part(one)


def _end_offers(one: Ending) -> None:
    for offer in _offers(store.current(), one.every, one.now):
        deed: transfers.Deed = "withdraw" if offer.sender in one.every else "decline"
        _settled(transfers.settle(programme_id=one.programme_id, transfer_id=offer.id, deed=deed, now=one.now))


def _end_holds(one: Ending) -> None:
    endings = [reserve.Ending(hold, "release") for hold in _holds(store.current(), one.every)]
    for result in reserve.end_many(programme_id=one.programme_id, endings=endings, now=one.now) if endings else ():
        _settled(result)


def _end_redemptions(one: Ending) -> None:
    found = _live(store.current(), one.every, one.now)
    if found:
        by = Actor("house", REASON)
        for result in redemptions.settle_many(
            programme_id=one.programme_id, found=found, deed="cancel", now=one.now, by=by
        ):
            _settled(result)


def _end_memberships(one: Ending) -> None:
    at_hand = store.current()
    in_force = programmes.latest(at_hand, one.programme_id).at(one.now)
    for each in _memberships(at_hand, one.every, in_force, one.now):
        asked = memberships.Asked("cancel", each.id, when="now")
        _settled(memberships.act(programme_id=one.programme_id, asked=asked, now=one.now))


def _leave_household(one: Ending) -> None:
    at_hand = store.current()
    household = members.get(at_hand, one.programme_id, one.member_id).household_id
    if household is None:
        return
    asked = sharing.Asked(one.programme_id, one.actor, one.now)
    who = Member(id=ids.show("member", one.member_id))
    persons = homes.open_of(at_hand, household)
    others = [(each.role != "adult", each.since, id) for id, each in persons.items() if id != one.member_id]
    if others and persons[one.member_id].role == "owner":
        *_, heir = min(others)  # an adult before a child, and who has been there longest
        sharing.hand_over(asked, household_id=household, to=Member(id=ids.show("member", heir)), by=who)
    sharing.leave(asked, household_id=household, member=who)


def _end_vouchers(one: Ending) -> None:
    # Again in the accounts that lead here: that of a household is one of them since it was left as the last.
    every = _every(store.current(), one.member_id)
    while page := given.alive(store.current(), every, one.now, most=PAGE):
        for each in page:
            vouchers.withdraw(programme_id=one.programme_id, code=each.code, reason=REASON, now=one.now)


# Holds and rewards first: what they give back leaves a household, or ends, with the rest.
PARTS: Final[tuple[Callable[[Ending], None], ...]] = (
    _end_offers, _end_holds, _end_redemptions, _end_memberships, _leave_household, _end_vouchers,
)  # fmt: skip


def _settled(result: Outcome | Refusal) -> None:
    """That somebody was faster is none of our business; anything else is."""
    if isinstance(result, Refusal) and result.family not in ("clash", "spent"):
        raise result


def end_points(programme_id: str, member_id: str, erasure_id: str, now: datetime) -> None:
    """End what an erased member can still spend: the entry says so, and no sum of the books changes otherwise.

    What waits ends when it becomes spendable, or by itself.
    """
    at_hand = store.current()
    amounts = accounts.balances(at_hand, member_id, now)
    if not any(one.available for one in amounts):
        return
    facts: dict[str, FactValue] = {"actor": "Guerdon", "reason": REASON}
    name = f"{erasure_id}:{sum(one.available for one in amounts)}:{now.isoformat()}"
    who = Member(id=ids.show("member", member_id))
    told = [Told(Activity(erasing.KIND, erasing.KIND, name, now, who, facts=facts))]
    for result in desk.run(programme_id=programme_id, told=told, now=now, clerk=_Ending()):
        _settled(result)


class _Ending(desk.Clerk):
    """The clerk for the points of who was erased: all that can be spent is taken."""

    def needs_active(self, activity: Activity) -> bool:
        return False

    def decide(self, batch: Batch, one: Told, standing: Standing, in_force: Law) -> Outcome:
        cause = batch.cause(standing)
        spent: list[Spent] = []
        for purse in batch.books.purses_of(standing.account_id):
            lots = [lot for lot in batch.books.lots(standing.account_id, purse.unit) if lot.spendable(batch.now)]
            takes = [Take(lot.id, lot.free) for lot in ledger.in_order(lots) if lot.free]
            if takes:
                points = batch.books.debit("adjust_down", cause, unit=purse.unit, takes=takes, at=batch.now)
                spent.append(Spent(unit=purse.unit, points=points))
        return entries.enter(batch, one.activity, cause, Decision(version=in_force.version, spent=tuple(spent)))


def refused(attempt: Callable[[], None]) -> Refusal | None:
    """The refusal of an attempt that the next night makes again; None where it went through."""
    try:
        attempt()
    except Refusal as refusal:
        log.warning("erasure_put_off", code=refusal.code)
        return refusal
    return None
