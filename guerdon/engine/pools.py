"""What is in an account passes into a household's and out of it again (LAW 6.2)."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

import msgspec

from guerdon.core import households as law
from guerdon.core import merging
from guerdon.core.adjustments import WAITS_FOR_APPROVAL
from guerdon.core.decisions import Decision, Moved, Spent
from guerdon.core.households import Left, Role
from guerdon.core.ledger import Lot
from guerdon.engine import entries, passing
from guerdon.engine.batch import Batch, opened
from guerdon.engine.gather import Wants
from guerdon.features.activities import queries as activities
from guerdon.features.households import actions
from guerdon.features.households.queries import Belonging
from guerdon.features.ledger import trails
from guerdon.features.ledger.actions import Cause
from guerdon.features.members import actions as member_actions
from guerdon.features.members.queries import MemberRow
from guerdon.features.rulebook import actions as rulebook_actions
from guerdon.features.rulebook import queries as rulebook
from guerdon.kit import ids
from guerdon.kit.store import Store

WAY: Final = "pool"


class Memory(msgspec.Struct, frozen=True):
    """What somebody brought besides points: debts by unit, and every counter (key, window, amount, last)."""

    owed: dict[str, int] = {}
    counters: list[tuple[str, str, int, int]] = []


@dataclass(slots=True)
class _Passing:
    """A person and a household in the hands of one batch, and what passes between them."""

    batch: Batch
    household: MemberRow
    person: MemberRow
    giver: Cause
    taker: Cause
    moved: list[Moved] = field(default_factory=list)
    lapsed: list[Spent] = field(default_factory=list)
    cancelled: dict[str, int] = field(default_factory=dict)
    repaid: dict[str, int] = field(default_factory=dict)
    owed: dict[str, int] = field(default_factory=dict)


def join(at_hand: Store, household: MemberRow, person: MemberRow, role: Role, *, actor: str, now: datetime) -> str:
    """Let all that a person has pass to the household; answers the id of the interval that begins.

    The locks must be had. Raises `household_held`, `household_waiting`, `household_debt`.
    """
    _check_waiting(at_hand, person.id)
    one = _hands(at_hand, household, person, now, joining=True)
    for purse in one.batch.books.purses_of(person.id):
        _pass(one, purse.unit, None)
    one.batch.owes(household.id)
    _settle(one)
    memory = Memory(one.owed, rulebook.every(at_hand, person.id))
    rulebook_actions.raise_counters(at_hand, person.id, into=household.id)
    entry = _enter(one, "household_join", "person_join")
    begun = Belonging(
        household.id, ids.new(), household.programme_id, person.id, role, now, one.taker.seq, entry, actor,
        msgspec.json.encode(memory).decode(),
    )  # fmt: skip
    actions.begin(at_hand, begun)
    member_actions.belong(at_hand, person, household.id, role, now)
    return begun.id


def leave(
    at_hand: Store,
    household: MemberRow,
    person: MemberRow,
    belonging: Belonging,
    how: Left,
    *,
    actor: str,
    now: datetime,
) -> str:
    """Let what is the person's pass back, or all where nobody else is left; answers the id of the interval that ends.

    The locks must be had. Raises `household_held`, `household_waiting`, `household_debt`.
    """
    if how == "all":
        _check_waiting(at_hand, household.id)
    one = _hands(at_hand, household, person, now, joining=False)
    mine = trails.of_person(at_hand, household.id, person.id, belonging.joined_seq) if how == "take" else None
    brought = msgspec.json.decode(belonging.memory, type=Memory).owed
    for purse in one.batch.books.purses_of(household.id) if how != "stay" else ():
        _pass(one, purse.unit, mine, brought.get(purse.unit, 0))
    one.batch.owes(person.id)
    _settle(one)
    parting = Memory(one.owed, rulebook.every(at_hand, household.id))
    rulebook_actions.raise_counters(at_hand, household.id, into=person.id)
    member_actions.belong(at_hand, person, None, None, now)
    entry = _enter(one, "person_leave", "household_leave")
    text = msgspec.json.encode(parting).decode()
    actions.end(at_hand, belonging, how, actor=actor, now=now, seq=one.giver.seq, entry=entry, parting=text)
    if how == "all":
        actions.withdraw_all(at_hand, household.id, now=now)
        member_actions.lead(at_hand, household, [], into=person.id, now=now)
    return belonging.id


def _check_waiting(at_hand: Store, account_id: str) -> None:
    waiting = activities.waiting(at_hand, account_id)
    if waiting is not None:
        noun = "adjustment" if waiting.reason == WAITS_FOR_APPROVAL else "activity"
        raise law.HOUSEHOLD_WAITING(waiting=waiting.number, fact=ids.show(noun, waiting.id))


def _hands(at_hand: Store, household: MemberRow, person: MemberRow, now: datetime, *, joining: bool) -> _Passing:
    """Both accounts in the hands of one batch, with what time has done to them booked first."""
    wants = Wants(names={("id", household.id), ("id", person.id)}, seqs=4)
    batch = opened(at_hand, household.programme_id, wants, now=now)
    both = (household.id, person.id)
    batch.take_lots(set(both))
    batch.take_what_time_moves()
    for account in both:
        entries.settle(batch, account)
    givers = (person.id, household.id) if joining else (household.id, person.id)
    giver, taker = (
        Cause(account, ids.new(), batch.next_seq(), now, person.id if account == household.id else None)
        for account in givers
    )
    return _Passing(batch, household, person, giver, taker)


def _pass(one: _Passing, unit: str, mine: set[str] | None, brought: int = 0) -> None:
    """Pass what the giver has in a unit: all lots and the debt, or only these lots and what is unpaid of the debt that
    came with them, within what may be owed."""
    batch, giver, taker = one.batch, one.giver, one.taker
    purse = batch.books.purse(giver.account_id, unit)
    lots = [lot for lot in batch.books.lots(giver.account_id, unit) if mine is None or lot.id in mine]
    held = sum(lot.held for lot in lots)
    if held:
        raise law.HOUSEHOLD_HELD(unit=unit, held=held)
    gone = batch.books.expire(giver, unit=unit)
    points = passing.pass_on(batch, WAY, giver, taker, unit, _left(batch, giver.account_id, unit, lots))
    batch.owes(taker.account_id)
    _settle(one)
    most = batch.lawbook.at(batch.now).programme.units[unit].debt_max
    debt = purse.debt if mine is None else merging.unpaid(brought, purse.debt, most)
    law.check_debt(batch.books.purse(taker.account_id, unit).debt, debt, most, unit)
    if debt:
        passing.take_over(batch, WAY, unit, debt, debtor=giver, taker=taker)
        one.owed[unit] = debt
    if points or debt:
        one.moved.append(Moved(unit, points, debt))
    if "expire" in gone:
        one.lapsed.append(Spent(unit=unit, points=gone["expire"]))
    if "cancel" in gone:
        one.cancelled[unit] = gone["cancel"]


def _left(batch: Batch, account_id: str, unit: str, lots: list[Lot]) -> list[Lot]:
    """The lots as they stand now, those with something left."""
    names = {lot.id for lot in lots}
    return [lot for lot in batch.books.lots(account_id, unit) if lot.id in names and lot.free]


def _settle(one: _Passing) -> None:
    for unit, points in one.batch.settle_debts(one.taker).items():
        one.repaid[unit] = one.repaid.get(unit, 0) + points


def _enter(one: _Passing, gives: str, takes: str) -> str:
    """Enter it into both journals, and write; answers the id of the household's entry."""
    batch, moved = one.batch, tuple(one.moved)
    version = batch.lawbook.at(batch.now).version
    given = Decision(version=version, spent=tuple(one.lapsed), moved=moved, cancelled=one.cancelled)
    taken = Decision(version=version, moved=moved, repaid=one.repaid)
    made = passing.enter(batch, WAY, gives, one.giver, one.taker, given)
    came = passing.enter(batch, WAY, takes, one.taker, one.giver, taken)
    batch.commit()
    return came if one.taker.account_id == one.household.id else made
