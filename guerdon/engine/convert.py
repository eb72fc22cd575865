"""Points that are enough for something become it at night: burned, and answered by the rules on `converted` (LAW 8)."""

import logging
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import Final

import msgspec

from guerdon.core import errors, ledger, limits
from guerdon.core.activities import CONVERSION, CONVERTED, Activity, FactValue, Member
from guerdon.core.decisions import Issue
from guerdon.core.law import Law
from guerdon.core.standing import Standing
from guerdon.engine import climb, desk, earn, entries, redeem
from guerdon.engine.batch import Batch, Outcome, Told
from guerdon.features.households import queries as households
from guerdon.features.ledger import queries
from guerdon.features.programmes import queries as programmes
from guerdon.kit import ids, store

CONVERTS_NOTHING = errors.declare("spent", "converts_nothing", "unit")

FACTS_PER_BATCH: Final = 500
# As in the kit, by the standard library: its words go to standard error also where nobody has set up the logs.
logger = logging.getLogger("guerdon.night")


class Conversions(msgspec.Struct):
    """How many were made, and how many the law in force could not make."""

    made: int = 0
    refused: int = 0


def run(*, programme_id: str, as_of: datetime, progress: Callable[[int], None] = lambda accounts: None) -> Conversions:
    """Convert what is there in whole parts under the law of the instant.

    What debt, holds or time keep from being spent is not converted, nor anything of a blocked member, nor points for
    which no rule gives anything. Each is named by its account, unit, day and number, so a night that is run again
    converts nothing twice. What one member's points can't become stops no night: it is logged, and the points stay.
    """
    book = programmes.latest(store.current(), programme_id)
    if not book.versions:
        return Conversions()
    in_force, done = book.at(as_of), Conversions()
    clerk = _Converting()
    due = _due(programme_id, as_of, in_force)
    while told := list(islice(due, FACTS_PER_BATCH)):
        results = desk.run(programme_id=programme_id, told=told, now=as_of, clerk=clerk)
        for one, result in zip(told, results, strict=True):
            if isinstance(result, Outcome):
                done.made += not result.replayed
            elif result.family == "invalid":
                done.refused += 1
                name = one.activity.external_id
                logger.warning("points could not be converted", extra={"conversion": name, "refusal": str(result)})
            elif result.family not in desk.BURNING:  # those are lawful, and leave the points alone
                raise result
        progress(0)  # a long night may be asked to stop here, too
    return done


def _due(programme_id: str, as_of: datetime, in_force: Law) -> Iterator[Told]:
    """What may be converted, account by account, by what the purses say."""
    day = as_of.astimezone(in_force.zone).date().isoformat()
    for unit in in_force.programme.units.values():
        after = ids.NIL
        while unit.converts_at is not None:
            found = queries.rich(
                store.current(), programme_id, unit.code, unit.converts_at, after=after, most=FACTS_PER_BATCH
            )
            if not found:
                break
            after = found[-1][0]
            owners = _owners([account for account, _ in found])
            for account, available in found:
                who = Member(id=ids.show("member", owners.get(account, account)))
                facts: dict[str, FactValue] = {"unit": unit.code, "points": unit.converts_at}
                for number in range(1, min(available // unit.converts_at, limits.CONVERSIONS_PER_NIGHT_MAX) + 1):
                    name = f"{account}:{unit.code}:{day}:{number}"
                    yield Told(Activity(CONVERTED, CONVERSION, name, as_of, who, facts=facts))


def _owners(accounts: Sequence[str]) -> dict[str, str]:
    """Who is told of for the accounts that are households: their owners."""
    shared = households.persons(store.current(), accounts)
    return {account: one.id for account, persons in shared.items() for one in persons if one.role == "owner"}


class _Converting(desk.Clerk):
    """The clerk for conversions."""

    def entries_beside(self, activity: Activity, in_force: Law) -> int:
        return 1  # the burn

    def prepare(self, batch: Batch, told: Sequence[Told]) -> None:
        super().prepare(batch, told)
        earn.lock_rises(batch, len(told))

    def decide(self, batch: Batch, one: Told, standing: Standing, in_force: Law) -> Outcome:
        """The rules come first: nothing is burned for nothing, or for less than they say. Raises `converts_nothing`."""
        fact = one.activity
        code, points = entries.asked(fact)
        ledger.take(batch.books.lots(standing.account_id, code), points, at=batch.now, unit=code)
        ruling = in_force.decide(fact, standing, posted_at=batch.now, budgets=batch.room(in_force, CONVERTED))
        earn.check(ruling)
        pools = Counter([one.voucher for one in ruling.decision.issued if _of_pool(one, in_force)])
        short = any(batch.issuing.left(key) < wanted for key, wanted in pools.items())
        if not (ruling.decision.awards or ruling.decision.issued) or ruling.decision.capped or short:
            raise CONVERTS_NOTHING(unit=code)
        burn = Activity("burn", CONVERSION, fact.external_id, batch.now, fact.member, facts=fact.facts)
        redeem.burn(batch, burn, standing, in_force)
        cause = batch.cause(standing, fact.occurred_at)
        outcome = entries.enter(batch, fact, cause, earn.carry_out(batch, fact, cause, standing, in_force, ruling))
        climb.welcome(batch, earn.rise)
        return outcome


def _of_pool(one: Issue, in_force: Law) -> bool:
    return in_force.programme.vouchers[one.voucher].codes == "pool"
