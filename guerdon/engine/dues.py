"""What is due of memberships by itself: payments asked for, free periods begun, ends booked; payments that failed."""

from collections.abc import Callable
from datetime import datetime

import msgspec

from guerdon.core import memberships as core
from guerdon.core.activities import Activity, FactValue, Member
from guerdon.core.errors import Refusal
from guerdon.core.law import Law
from guerdon.core.memberships import Membership, Payment, Purpose
from guerdon.core.standing import Standing
from guerdon.engine import climb, earn
from guerdon.engine.batch import Batch, opened
from guerdon.engine.gather import Wants
from guerdon.engine.turns import END, KINDS, OPEN, SOURCE, Turns
from guerdon.features.memberships import actions, queries
from guerdon.features.programmes import queries as programmes
from guerdon.kit import ids, store
from guerdon.kit.store import Store

ACCOUNTS_PER_BATCH = 200


def run(programme_id: str, as_of: datetime, progress: Callable[[int], None]) -> int:
    """Do what is due of all memberships at the instant; answers how many were looked at. Run again it does nothing."""
    looked = 0
    after = ids.NIL
    while due := queries.due(store.current(), programme_id, as_of, after=after, most=ACCOUNTS_PER_BATCH):
        after = due[-1]
        looked += store.committed(lambda at_hand, due=due: _batch(at_hand, programme_id, due, as_of))  # type: ignore[misc]
        progress(len(due))
    return looked


def failed(*, programme_id: str, payment_id: str, now: datetime) -> Payment:
    """A payment was tried in vain: it can still be paid, until the grace is over. Raises `payment_unknown`.

    Refuses `payment_settled` for one that is paid, withdrawn or given back.
    """

    def write(at_hand: Store) -> Payment:
        payment, _ = queries.payment(at_hand, programme_id, payment_id)
        batch, turns = _opened(at_hand, programme_id, [payment.account_id], now)
        one = turns.one(ids.show("membership", payment.membership_id))
        payment = turns.payment(one, payment.id)
        if payment.state not in OPEN:
            raise core.PAYMENT_SETTLED(state=payment.state)
        made = turns.settle(payment, state="failed", attempts=payment.attempts + 1, settled_at=now)
        batch.tell("payment.failed", account_id=one.account_id, subject_id=made.id, seq=made.seq)
        batch.commit()
        return made

    return store.committed(write)


def take(*, programme_id: str, membership_id: str, provider: str, invoice: str, now: datetime) -> Payment | None:
    """The payment that a provider's invoice is for: the one that is asked, or the next one, asked now and paid ahead.

    Once for each invoice: its name is looked for and written under the lock, so that twins of its news find the same.
    None where there is nothing to pay any more. Raises `membership_unknown`.
    """

    def write(at_hand: Store) -> Payment | None:
        known = queries.one(at_hand, programme_id, membership_id)
        batch, turns = _opened(at_hand, programme_id, [known.account_id], now)
        one = turns.one(ids.show("membership", known.id))
        named = queries.find(at_hand, programme_id, "invoice", invoice, provider=provider)
        found = _under(turns, one, invoice) if named is None else turns.payment(one, str(named.payment_id))
        if found is not None:
            return found
        try:
            cause = batch.cause(_standing(batch, one.account_id))
            made = turns.next_payment(one, cause, batch.lawbook.at(now), taken=True)[1]
        except Refusal:
            return None
        batch.commit()
        actions.name(at_hand, programme_id, provider, [("invoice", invoice)], made)
        return made

    return store.committed(write)


def subscribe(
    *, programme_id: str, payment_id: str, provider: str, subscription: str, now: datetime, adopt: bool = True
) -> None:
    """From now on a provider asks for every period of a payment's membership by itself, under a name of its own.

    Without `adopt` it is only known to repeat, and strays: the membership goes on with what it has.
    """

    def write(at_hand: Store) -> None:
        payment, _ = queries.payment(at_hand, programme_id, payment_id)
        batch, turns = _opened(at_hand, programme_id, [payment.account_id], now)
        one = turns.one(ids.show("membership", payment.membership_id))
        actions.subscribed(at_hand, programme_id, provider, subscription, payment)
        if adopt:
            turns.keep(msgspec.structs.replace(one, subscription=subscription), batch.lawbook.at(now))
        batch.commit()

    store.committed(write)


def unsubscribe(*, programme_id: str, membership: Membership, now: datetime) -> None:
    """No provider asks for the periods of a membership by itself any more."""

    def write(at_hand: Store) -> None:
        batch, turns = _opened(at_hand, programme_id, [membership.account_id], now)
        one = turns.one(ids.show("membership", membership.id))
        turns.keep(msgspec.structs.replace(one, subscription=None), batch.lawbook.at(now))
        batch.commit()

    store.committed(write)


def send_back(*, programme_id: str, payment_id: str, reference: str, now: datetime) -> Payment:
    """Money has come through a provider for which there is nothing left to have: all of it goes back, once a reference.

    What was settled otherwise stays as it is; then the money is a `stray`.
    """

    def write(at_hand: Store) -> Payment:
        payment, _ = queries.payment(at_hand, programme_id, payment_id)
        batch, turns = _opened(at_hand, programme_id, [payment.account_id], now)
        one = turns.one(ids.show("membership", payment.membership_id))
        payment = turns.payment(one, payment.id)
        if payment.state not in (*OPEN, "withdrawn") or _under(turns, one, reference) is not None:
            return payment
        made = turns.settle(
            payment, state="refunding", refunded=payment.amount, settled_at=now, reference=reference, paid_by="stripe"
        )
        batch.commit()
        return made

    return store.committed(write)


def _standing(batch: Batch, account_id: str) -> Standing:
    row = batch.gathered.members[("id", account_id)]
    return batch.standing_of(row.id, row.person_id)


def stray(
    *, programme_id: str, membership_id: str, amount: int, currency: str, reference: str, now: datetime
) -> Payment:
    """Money has come that pays nothing of a membership: a payment of its own, all of which goes back; once a reference.

    It is of whatever currency came.
    """

    def write(at_hand: Store) -> Payment:
        known = queries.one(at_hand, programme_id, membership_id)
        batch, turns = _opened(at_hand, programme_id, [known.account_id], now)
        one = turns.one(ids.show("membership", known.id))
        found = _under(turns, one, reference)
        if found is not None:
            return found
        seq = batch.cause(_standing(batch, one.account_id)).seq
        terms = msgspec.structs.replace(one.terms, currency=currency)
        made = Payment(
            ids.new(), one.account_id, one.id, one.number + 1, "stray", terms, amount, "stripe", "refunding", now,
            seq, settled_at=now, reference=reference, refunded=amount, paid_by="stripe",
        )  # fmt: skip
        turns.settle(made)
        batch.keep(actions.REFERENCES, actions.names(batch.programme_id, one, made))
        batch.tell("payment.strayed", account_id=one.account_id, subject_id=made.id, seq=seq)
        batch.commit()
        return made

    return store.committed(write)


def _under(turns: Turns, one: Membership, reference: str) -> Payment | None:
    """The payment of the holder that came under a reference, whichever membership it was for."""
    every = [each for own in turns.of_account(one.account_id) for each in turns.payments(own)]
    return next((each for each in every if each.reference == reference), None)


def _opened(at_hand: Store, programme_id: str, accounts: list[str], now: datetime) -> tuple[Batch, Turns]:
    """The memberships of these accounts in the hands of a batch, under their locks."""
    book = programmes.latest(at_hand, programme_id)
    in_force = book.at(now)
    wants = Wants(names={("id", account) for account in accounts}, seqs=3 * len(accounts), memberships=True)
    wants.looks_at(in_force, now.astimezone(in_force.zone).date())
    batch = opened(at_hand, programme_id, wants, now=now, book=book)
    turns = Turns(batch)
    turns.read()
    return batch, turns


def _batch(at_hand: Store, programme_id: str, accounts: list[str], as_of: datetime) -> int:
    batch, turns = _opened(at_hand, programme_id, accounts, as_of)
    batch.take_lots({row.id for row in batch.gathered.members.values()})
    batch.take_what_time_moves()
    earn.lock_rises(batch)
    in_force = batch.lawbook.at(as_of)
    looked = 0
    for account in accounts:
        standing = _standing(batch, account)
        for one in turns.of_account(account):
            due = core.due_at(one, in_force.zone)
            if due is not None and due <= as_of:
                _turn(turns, one, standing, in_force)
                looked += 1
    climb.welcome(batch, earn.rise)
    batch.commit()
    return looked


def _turn(turns: Turns, one: Membership, standing: Standing, in_force: Law) -> None:
    """End what is over, begin what costs nothing, and ask for what is to be paid."""
    now, zone = turns.batch.now, in_force.zone
    over = core.paused_until(one)
    if over is not None and over <= now:
        one = _resume(turns, one, standing, in_force)
    while core.state(one, now, zone) == "active" and _is_free(one, now):
        turns.begin(one, one.coming, standing, in_force, payment=None)
        one = turns.one(ids.show("membership", one.id))
    if core.state(one, now, zone) == "ended":
        _end(turns, one, standing, in_force)
        return
    from_when = core.ask_from(one, zone)
    if from_when is not None and from_when <= now and one.coming.price:
        cause = turns.batch.cause(standing)
        number = one.number + 1
        purpose: Purpose = "renewal" if one.number else "first"
        turns.ask(one, one.coming, one.coming.price, purpose, cause, number=number)
        one = msgspec.structs.replace(one, asked=number)
    turns.keep(one, in_force)


def _resume(turns: Turns, one: Membership, standing: Standing, in_force: Law) -> Membership:
    """Tell that a pause has lasted for as long as it may; what was left has gone on since, by itself (LAW 5.2)."""
    who = Member(id=ids.show("member", standing.who))
    facts: dict[str, FactValue] = {"membership": ids.show("membership", one.id)}
    name = f"{one.id}:{one.steps + 1}"
    told = Activity(KINDS["resume"], SOURCE, name, turns.batch.now, who, facts=facts)
    one = turns.keep(msgspec.structs.replace(one, paused_at=None, steps=one.steps + 1), in_force)
    turns.enter(told, turns.batch.cause(standing), in_force, turns.turn(one, in_force))
    return one


def _is_free(one: Membership, now: datetime) -> bool:
    """Whether the next period has come, and costs nothing."""
    return one.covered is not None and one.covered <= now and one.coming.price == 0


def _end(turns: Turns, one: Membership, standing: Standing, in_force: Law) -> None:
    """Book the end that has come; it counts from when it came, not from now (LAW 5.2)."""
    batch, zone = turns.batch, in_force.zone
    ends_at = core.end_of(one, zone)
    assert ends_at is not None, "what has ended has an end"
    turns.withdraw(one)
    one = turns.keep(msgspec.structs.replace(one, ended=True, ends_at=ends_at, steps=one.steps + 1), in_force)
    activity = Activity(
        kind=END,
        source=SOURCE,
        external_id=one.id,
        occurred_at=batch.now,
        member=Member(id=ids.show("member", standing.who)),
        facts={
            "membership": ids.show("membership", one.id), "ended_at": ends_at.isoformat(),
            "cause": "cancelled" if one.cancelled_at is not None else "unpaid" if one.terms.renews else "over",
        },
    )  # fmt: skip
    turns.enter(activity, batch.cause(standing), in_force, turns.turn(one, in_force, ends_at=ends_at))
