"""Exchange rates arrive, and what waited for them is decided as of when it happened (LAW 3.2)."""

import functools
from collections.abc import Callable, Sequence
from datetime import datetime

import msgspec

from guerdon.core import activities as law
from guerdon.core import limits, period
from guerdon.core import rates as rates_law
from guerdon.core.activities import PURCHASE
from guerdon.core.errors import Refusal
from guerdon.core.members import MEMBER_NOT_ACTIVE
from guerdon.core.rates import Rates, ToldRate
from guerdon.engine import climb, earn, entries
from guerdon.engine.batch import Outcome, Unlocked, opened
from guerdon.engine.confirm import Confirmations
from guerdon.engine.gather import Wants
from guerdon.engine.give_back import Returns
from guerdon.engine.once import once
from guerdon.features.activities import queries as activities
from guerdon.features.activities.actions import Idempotency
from guerdon.features.activities.queries import Recorded
from guerdon.features.programmes import queries as programmes
from guerdon.features.rates import actions
from guerdon.kit import store
from guerdon.kit.store import Store


class Released(msgspec.Struct, frozen=True):
    """What became of the facts that waited for a rate: decided now, waiting still, or held back, by why."""

    released: int
    waiting: int
    held_back: dict[str, int]


def tell(
    *,
    programme_id: str,
    rates: Sequence[ToldRate],
    now: datetime,
    by: str,
    idempotency: Idempotency | None = None,
) -> tuple[int, bool]:
    """Note rates of days; of a day the last telling counts, for what is decided from then on.

    Answers how many said something new, and whether that was known from before. Raises `rate_invalid`.
    """
    in_force = programmes.latest(store.current(), programme_id).current(now)
    today = period.local_day(now, in_force.zone)
    rates_law.check(rates, home=in_force.programme.currency, today=today)

    def write(at_hand: Store) -> str:
        return str(actions.tell(at_hand, programme_id, rates, now=now, by=by))

    new, replayed = once(programme_id=programme_id, idempotency=idempotency, now=now, write=write)
    return int(new), replayed


def release(*, programme_id: str, now: datetime, progress: Callable[[int], None] = lambda facts: None) -> Released:
    """Decide what waited for a rate that is there by now, in the order in which it came, in batches.

    Each is decided by the law in force when it happened and counts as of then; returns and confirmations that wait
    behind it follow. What can't be taken stays where it is, for a person. A crash leaves whole batches done; running it
    again goes on.
    """
    released, waiting, held = 0, 0, dict[str, int]()
    seq = 0
    while True:
        page = activities.rateless(store.current(), programme_id, seq=seq, most=limits.BATCH_STEP)
        if not page:
            return Released(released, waiting, held)
        seq = page[-1].seq
        done = _release_page(programme_id, page, now)
        released, waiting = released + done.released, waiting + done.waiting
        for why, facts in done.held_back.items():
            held[why] = held.get(why, 0) + facts
        progress(len(page))


def _release_page(programme_id: str, page: Sequence[Recorded], now: datetime) -> Released:
    more: set[str] = set()

    def write(at_hand: Store) -> Released:
        return _Release(at_hand, programme_id, page, now, more).run()

    while True:
        try:
            return store.committed(write)
        except Unlocked as found:
            more |= found.accounts


class _Release:
    """One batch of waiting facts, in one transaction."""

    def __init__(
        self, at_hand: Store, programme_id: str, page: Sequence[Recorded], now: datetime, more: set[str]
    ) -> None:
        self.book = programmes.latest(at_hand, programme_id)
        wants = Wants(names={("id", account) for account in more.union(one.account_id for one in page)}, seqs=len(page))
        for one in page:
            if one.person_id is not None:
                wants.names.add(("id", one.person_id))
            in_force = self.book.at(one.activity.occurred_at)
            wants.keys.add(law.key(one.activity))
            wants.looks_at(in_force, period.local_day(one.activity.occurred_at, in_force.zone))
        self.batch = opened(at_hand, programme_id, wants, now=now, book=self.book)
        self.batch.take_what_time_moves()
        # Read again under the locks: a rival may have released some of them.
        found = activities.recorded(at_hand, [(one.account_id, one.activity_id) for one in page])
        self.page = [one for one in page if found[one.activity_id].decision.parked is not None]

    def run(self) -> Released:
        """Decide each in turn, and commit."""
        batch, facts = self.batch, [one.activity for one in self.page]
        confirmations = Confirmations(batch, functools.partial(earn.confirm, batch))
        earn.lock_budgets(batch, [*facts, *confirmations.prepare(facts)])
        rates = earn.rates_for(batch, facts)
        returns = Returns(batch)
        returns.paid.read(facts)
        returns.prepare([], [law.key(one) for one in facts if one.kind == PURCHASE])
        released, waiting, held = 0, 0, dict[str, int]()
        for one in self.page:
            try:
                outcome = self._decide(one, rates)
            except Refusal as refusal:
                held[refusal.code] = held.get(refusal.code, 0) + 1
                continue
            if outcome is None:
                waiting += 1
                continue
            released += 1
            batch.outcomes[law.key(one.activity)] = outcome
            climb.welcome(batch, earn.rise)
            if one.activity.kind == PURCHASE:
                confirmations.release(outcome)
                returns.release(outcome)
        batch.commit()
        return Released(released, waiting, held)

    def _decide(self, one: Recorded, rates: Rates) -> Outcome | None:
        """Decide one and enter it; None while its rate is still missing. Refuses what can't be taken now."""
        batch, activity = self.batch, one.activity
        row = batch.gathered.members.get(("id", one.person_id or one.account_id))
        if row is None or row.status != "active":
            raise MEMBER_NOT_ACTIVE(status=row.status if row is not None else "erased")
        standing = batch.standing_of(one.account_id, one.person_id)
        in_force = batch.lawbook.at(activity.occurred_at)
        room = batch.room(in_force, activity.kind)
        ruling = in_force.decide(activity, standing, posted_at=batch.now, budgets=room, rates=rates)
        if ruling.decision.parked is not None:
            return None
        earn.check(ruling)
        entries.settle(batch, one.account_id)
        cause = batch.cause(standing, activity.occurred_at, id=one.activity_id)
        decision = earn.carry_out(batch, activity, cause, standing, in_force, ruling)
        return entries.release(batch, activity, cause, decision)
