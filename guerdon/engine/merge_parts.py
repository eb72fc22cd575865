"""What a merge is made of: each part of a member moves to another one, and finds its way back (LAW 6.3).

A feature that keeps something of its own per member adds its part to `PARTS`, and here alone.
"""

from dataclasses import dataclass, field
from typing import Any, Final, Protocol

import msgspec

from guerdon.core import consents as consents_law
from guerdon.core import memberships as memberships_law
from guerdon.core import merging, period
from guerdon.core.consents import Consent, Way
from guerdon.core.decisions import Moved
from guerdon.core.due import Kind
from guerdon.core.members import Person
from guerdon.core.merging import Filled, Passed, Profile
from guerdon.core.standing import EVER
from guerdon.engine import merge_tiers, passing
from guerdon.engine.batch import Batch
from guerdon.features.activities import queries as activities
from guerdon.features.adjustments import actions as adjustments
from guerdon.features.consents import actions as consent_actions
from guerdon.features.consents import queries as consents
from guerdon.features.ledger import trails
from guerdon.features.ledger.actions import Cause
from guerdon.features.ledger.lots import Purse
from guerdon.features.members import actions as member_actions
from guerdon.features.members import queries as members
from guerdon.features.members.queries import MemberRow
from guerdon.features.memberships import queries as memberships
from guerdon.features.rulebook import actions as rulebook_actions
from guerdon.features.rulebook import queries as rulebook
from guerdon.kit import ids


@dataclass(slots=True)
class Merging:
    """Two members in the hands of one batch: `goes` is merged into `stays`, or comes out again."""

    batch: Batch
    stays: MemberRow
    goes: MemberRow
    at_stays: Cause
    at_goes: Cause
    followers: list[str]  # who were merged into `goes` before
    seq: int = 0  # of the merge that is undone
    passed: list[Passed] = field(default_factory=list)
    repaid: dict[str, int] = field(default_factory=dict)
    counters: int = 0
    identifiers: dict[str, int] = field(default_factory=dict)
    filled: Filled = field(default_factory=Filled)

    def moved(self) -> tuple[Moved, ...]:
        """What passed, as the journal keeps it."""
        return tuple(Moved(one.unit, one.points, one.debt) for one in self.passed if one.points or one.debt)


class Part(Protocol):
    """One thing that a member has; what `join` answers is kept and given to `part` when the merge is undone."""

    memory: type[Any]

    def join(self, one: Merging) -> Any:
        """Move it from the member who goes to the member who stays."""

    def part(self, one: Merging, memory: Any) -> None:
        """Move back what came with the member and is still there."""


class Debts(msgspec.Struct, frozen=True):
    """What the member who went owed, by unit."""

    owed: dict[str, int] = {}


def _passed(unit: str, points: int, lots: int, debt: int, gone: dict[Kind, int]) -> Passed:
    return Passed(unit, points, lots, debt, gone.get("expire", 0), gone.get("cancel", 0))


class Points:
    """Living lots in all units, with their dates, origin and funder, and debts."""

    memory = Debts

    def join(self, one: Merging) -> Debts:
        owed: dict[str, int] = {}
        for purse in self._purses(one, one.goes.id):
            if purse.held:
                raise merging.MERGE_HELD(unit=purse.unit, held=purse.held)
            gone = one.batch.books.expire(one.at_goes, unit=purse.unit)
            lots = [lot for lot in one.batch.books.lots(one.goes.id, purse.unit) if lot.remaining]
            points = passing.pass_on(one.batch, "merge", one.at_goes, one.at_stays, purse.unit, lots)
            one.batch.owes(one.stays.id)
            self._settle(one, one.at_stays)
            if purse.debt:
                owed[purse.unit] = purse.debt
                most = one.batch.lawbook.at(one.batch.now).programme.units[purse.unit].debt_max
                at_stays = one.batch.books.purse(one.stays.id, purse.unit)
                merging.debt_room(at_stays.debt, purse.debt, most, purse.unit)
                passing.take_over(one.batch, "merge", purse.unit, purse.debt, debtor=one.at_goes, taker=one.at_stays)
            one.passed.append(_passed(purse.unit, points, len(lots), owed.get(purse.unit, 0), gone))
        self._settle(one, one.at_stays)
        return Debts(owed)

    def part(self, one: Merging, memory: Debts) -> None:
        brought = trails.brought(one.batch.store, one.stays.id, one.seq)
        for purse in self._purses(one, one.stays.id):
            every = [lot for lot in one.batch.books.lots(one.stays.id, purse.unit) if lot.id in brought]
            if any(lot.held for lot in every):
                raise merging.MERGE_HELD(unit=purse.unit, held=sum(lot.held for lot in every))
            gone = one.batch.books.expire(one.at_stays, unit=purse.unit)
            lots = [lot for lot in one.batch.books.lots(one.stays.id, purse.unit) if lot.id in brought and lot.free]
            points = passing.pass_on(one.batch, "merge", one.at_stays, one.at_goes, purse.unit, lots)
            most = one.batch.lawbook.at(one.batch.now).programme.units[purse.unit].debt_max
            debt = merging.unpaid(memory.owed.get(purse.unit, 0), purse.debt, most)
            if debt:
                passing.take_over(one.batch, "merge", purse.unit, debt, debtor=one.at_stays, taker=one.at_goes)
            one.passed.append(_passed(purse.unit, points, len(lots), debt, gone))
        self._settle(one, one.at_goes)

    def _purses(self, one: Merging, account_id: str) -> list[Purse]:
        """The purses of the giver, settled as of now: what vested into debts meanwhile is booked by itself."""
        return [one.batch.books.purse(account_id, purse.unit) for purse in one.batch.books.purses_of(account_id)]

    def _settle(self, one: Merging, cause: Cause) -> None:
        for unit, points in one.batch.settle_debts(cause).items():
            one.repaid[unit] = one.repaid.get(unit, 0) + points


class Overtaken(msgspec.Struct, frozen=True):
    """Counters that moved later with the member who went: (key, window, last of who stays, last of who went)."""

    last: list[tuple[str, str, int, int]] = []


class Counters:
    """What caps, uses and rules look at; they add up, because limits are per person. Campaign budgets stay."""

    memory = Overtaken

    def join(self, one: Merging) -> Overtaken:
        at_hand = one.batch.store
        last = rulebook.overtaken(at_hand, one.stays.id, by=one.goes.id)
        one.counters = rulebook.count(at_hand, one.goes.id)
        rulebook_actions.add_counters(at_hand, one.goes.id, into=one.stays.id)
        return Overtaken(last)

    def part(self, one: Merging, memory: Overtaken) -> None:
        at_hand = one.batch.store
        one.counters = rulebook.count(at_hand, one.goes.id)
        rulebook_actions.take_out_counters(at_hand, one.goes.id, into=one.stays.id)
        since = activities.last_since(at_hand, one.stays.id, one.seq)
        for key, window, before, added in memory.last:
            latest = since.get(key.removeprefix("count:"), 0)
            if latest and window != EVER:
                continue  # which of the facts since then lie in that window is not known, nor asked by any rule
            rulebook_actions.set_back(
                at_hand, one.stays.id, key=key, window=window, added=added, before=max(before, latest)
            )


class Tiers:
    """What was counted adds up, the higher tier stays; grants are found by who has merged into whom."""

    memory = merge_tiers.Stood

    def join(self, one: Merging) -> merge_tiers.Stood:
        return merge_tiers.join(one.batch, stays=one.stays, goes=one.goes, at_stays=one.at_stays)

    def part(self, one: Merging, memory: merge_tiers.Stood) -> None:
        merge_tiers.part(one.batch, memory, stays=one.stays, goes=one.goes, at_stays=one.at_stays)


class Nothing(msgspec.Struct, frozen=True):
    """What needs no memory."""


class Memberships:
    """Each stays in its own account, and is found by who has merged into whom; two that run can't become one."""

    memory = Nothing

    def join(self, one: Merging) -> Nothing:
        """Raises `merge_memberships` where both have one that has not ended."""
        batch = one.batch
        zone, now = batch.lawbook.at(batch.now).zone, batch.now
        running: dict[str, str] = {}
        for each in memberships.held(batch.store, [one.stays.id, one.goes.id]):
            if memberships_law.state(each.membership, now, zone) != "ended":
                running[each.who] = ids.show("membership", each.membership.id)
        if len(running) > 1:
            raise merging.MERGE_MEMBERSHIPS(membership=running[one.goes.id], other=running[one.stays.id])
        return Nothing()

    def part(self, one: Merging, memory: Nothing) -> None:
        """Whoever comes out again has the own account, with what is in it."""


class Today(msgspec.Struct, frozen=True):
    """The local day on which they were merged."""

    day: str


class ByHand:
    """What people gave and took alone on this very day: a person is one member to whoever says sorry (LAW 6.4)."""

    memory = Today

    def join(self, one: Merging) -> Today:
        zone = one.batch.lawbook.at(one.batch.now).zone
        day = period.local_day(one.batch.now, zone).isoformat()
        adjustments.add_alone(one.batch.store, one.goes.id, into=one.stays.id, day=day)
        return Today(day)

    def part(self, one: Merging, memory: Today) -> None:
        adjustments.take_out_alone(one.batch.store, one.goes.id, into=one.stays.id, day=memory.day)


class OfProfile:
    """Attributes, segments, birthday month, the day of joining, and the person in the vault."""

    memory = Filled

    def join(self, one: Merging) -> Filled:
        at_hand = one.batch.store
        persons = members.persons_of(at_hand, [one.stays.id, one.goes.id])
        before = _profile(one.stays, persons.get(one.stays.id))
        after, one.filled = merging.fill(before, _profile(one.goes, persons.get(one.goes.id)))
        member_actions.write_profile(at_hand, one.stays, before, after, now=one.batch.now)
        return one.filled

    def part(self, one: Merging, memory: Filled) -> None:
        at_hand = one.batch.store
        persons = members.persons_of(at_hand, [one.stays.id, one.goes.id])
        before = _profile(one.stays, persons.get(one.stays.id))
        after = merging.take_out(before, memory, persons.get(one.goes.id, Person()))
        one.filled = memory
        member_actions.write_profile(at_hand, one.stays, before, after, now=one.batch.now)


def _profile(row: MemberRow, person: Person | None) -> Profile:
    return Profile(row.enrolled_at, row.birthday_month, row.attributes, tuple(row.segments), person or Person())


class Revoked(msgspec.Struct, frozen=True):
    """Consents that the merge took back, or to an older wording: what was said before, by the id of what it said."""

    before: dict[str, Consent] = {}


class Consents:
    """The stricter of both stands; the other one's own stay in its account (LAW 6.3)."""

    memory = Revoked

    def join(self, one: Merging) -> Revoked:
        at_hand = one.batch.store
        said = consents.standing(at_hand, [one.stays.id, one.goes.id])
        mine = said.get(one.stays.id, {})
        changed = consents_law.stricter(mine, said.get(one.goes.id, {}))
        told = [_told(each, one, "merge") for each in changed.values()]
        consent_actions.say(at_hand, one.batch.programme_id, one.stays.id, told, now=one.batch.now)
        return Revoked({each.id: mine[each.purpose] for each in told})

    def part(self, one: Merging, memory: Revoked) -> None:
        """What nobody has said anything about since stands again as it did."""
        mine = consents.of_member(one.batch.store, one.stays.id)
        told = [
            _told(before, one, "unmerge")
            for id, before in memory.before.items()
            if before.purpose in mine and mine[before.purpose].id == id
        ]
        consent_actions.say(one.batch.store, one.batch.programme_id, one.stays.id, told, now=one.batch.now)


def _told(said: Consent, one: Merging, how: Way) -> Consent:
    return msgspec.structs.replace(said, at=one.batch.now, how=how, id=ids.new())


class Led(msgspec.Struct, frozen=True):
    """Who was merged into the member before, and the status it had."""

    status: str
    followers: list[str] = []


class Identifiers:
    """All by which the member is found, its own id among them: from now on they lead to the one who stays."""

    memory = Led

    def join(self, one: Merging) -> Led:
        one.identifiers = member_actions.lead(
            one.batch.store, one.goes, one.followers, into=one.stays.id, now=one.batch.now
        )
        return Led(one.goes.status, one.followers)

    def part(self, one: Merging, memory: Led) -> None:
        one.identifiers = member_actions.lead_back(
            one.batch.store, one.goes, memory.followers, into=one.stays.id, status=memory.status, now=one.batch.now
        )


# In this order they join and part.
PARTS: Final[dict[str, Part]] = {
    "points": Points(),
    "counters": Counters(),
    "tiers": Tiers(),
    "memberships": Memberships(),
    "by_hand": ByHand(),
    "profile": OfProfile(),
    "consents": Consents(),
    "identifiers": Identifiers(),
}


def join(one: Merging) -> str:
    """Move every part; answers what the undoing must know, as text."""
    return msgspec.json.encode({key: part.join(one) for key, part in PARTS.items()}).decode()


def part(one: Merging, memory: str) -> None:
    """Move every part back; a part that did not exist yet when they were merged has nothing to move."""
    kept = msgspec.json.decode(memory, type=dict[str, msgspec.Raw])
    for key, each in PARTS.items():
        if key in kept:
            each.part(one, msgspec.json.decode(kept[key], type=each.memory))
