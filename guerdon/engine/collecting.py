"""What providers of payments are told, and what they tell: asked, paid, failed, given back, each taken in once."""

from datetime import datetime, timedelta
from typing import Final

import msgspec

from guerdon.core import limits
from guerdon.core import memberships as core
from guerdon.core.errors import Refusal
from guerdon.core.memberships import Membership, Payment
from guerdon.engine import dues, memberships
from guerdon.engine.memberships import Asked
from guerdon.engine.turns import OPEN
from guerdon.features.memberships import actions, queries
from guerdon.features.memberships.actions import Noticed
from guerdon.features.programmes import queries as programmes
from guerdon.kit import clock, jobs, store
from guerdon.kit.payments import providers
from guerdon.kit.payments.events import Event
from guerdon.kit.payments.port import Asking, Follow, Repeats, Troubled
from guerdon.kit.store import Row, Store

STRIPE: Final = "stripe"
PER_PLAN_MAX: Final = 200

_event: Final = msgspec.json.Decoder(Event).decode


# --- what goes out ---


@jobs.job()
def open_payment(programme_id: str, payment_id: str) -> str | None:
    """Ask a provider for a payment, and note where it is taken."""
    at_hand = store.current()
    payment, url = queries.payment(at_hand, programme_id, payment_id)
    if url is not None or payment.state not in OPEN or payment.method == "invoice":
        return url
    one = queries.one(at_hand, programme_id, payment.membership_id)
    made = providers.of(payment.method).open(_asking(programme_id, one, payment))

    def write(at_hand: Store) -> None:
        actions.opened(at_hand, payment, made.url)
        actions.name(at_hand, programme_id, payment.method, made.names, payment)

    store.committed(write)
    return made.url


@jobs.job()
def close_payment(programme_id: str, payment_id: str) -> int:
    """Let a provider take no money any more for what is settled; answers how many sessions were closed.

    A session that was made and never noted needs no closing: nobody was ever told where it is.
    """
    at_hand = store.current()
    payment, url = queries.payment(at_hand, programme_id, payment_id)
    if url is None or payment.state in OPEN:
        return 0
    sessions = queries.names(at_hand, programme_id, payment.method, "session", payment)
    for session in sessions:
        providers.of(payment.method).close(session)
    store.committed(lambda at_hand: actions.closed(at_hand, payment, url))
    return len(sessions)


@jobs.job()
def give_back(programme_id: str, payment_id: str) -> int:
    """Let a provider give back what is still to be given back of a payment; answers how much."""
    at_hand = store.current()
    payment, _ = queries.payment(at_hand, programme_id, payment_id)
    stripe = providers.of(STRIPE)
    asked = store.committed(lambda at_hand: actions.gives_back(at_hand, payment))
    if asked is None:
        return 0
    refunded, amount = asked
    # The payment is what came under its reference; it may have been asked for by other invoices before.
    intents = queries.names(at_hand, programme_id, STRIPE, "intent", payment)
    names = {"intent": intents[0]} if intents else {"invoice": payment.reference}
    try:
        stripe.give_back(id=f"{payment.id}-{refunded}", names=names, amount=amount, currency=payment.currency)
    except Troubled as trouble:
        if not trouble.passing:  # nothing has moved, and by now it may know of less to be given back
            store.committed(lambda at_hand: actions.not_given_back(at_hand, payment, refunded=refunded))
        raise
    store.committed(lambda at_hand: actions.given_back(at_hand, payment, returned=refunded))
    return amount


@jobs.job()
def follow(programme_id: str, subscription: str, wanted: Follow) -> None:
    """Let a provider do with what repeats what its membership wants."""
    providers.of(STRIPE).follow(subscription, wanted)
    store.committed(lambda at_hand: actions.followed(at_hand, programme_id, STRIPE, subscription, wanted))


@jobs.job()
def take_in(programme_id: str, event_id: str) -> str:
    """Do what news of a provider come to."""
    return apply(programme_id, event_id, now=_now(programme_id))


def plan(at_hand: Store, now: datetime) -> None:
    """Put into the queue whatever providers are still to be told; the keys make it one job for each at a time.

    A job that has used up its attempts comes again later, and later each time, so that what is stuck holds up nothing.
    """
    planned: list[Row] = []
    for each in queries.untold(at_hand, now=now, most=PER_PLAN_MAX):
        planned.append((each.account_id, each.id, each.plans + 1, clock.micros(now + _pause(each.plans))))
        if each.taken:
            close_payment.keyed(f"close:{each.id}").enqueue(each.programme_id, each.id)
        if each.state == "refunding":
            give_back.keyed(f"refund:{each.id}:{each.refunded}").enqueue(each.programme_id, each.id)
        elif each.state in OPEN:
            open_payment.keyed(f"payment:{each.id}:{each.attempts}").enqueue(each.programme_id, each.id)
    if planned:
        store.committed(lambda at_hand: actions.planned(at_hand, planned))
    for programme_id, subscription, wanted in queries.straying(at_hand, most=PER_PLAN_MAX):
        follow.keyed(f"follow:{subscription}:{wanted}").enqueue(programme_id, subscription, wanted)


def _pause(plans: int) -> timedelta:
    """How long what was planned so often is left to its job before it is planned again."""
    hours = min(limits.PAYMENT_PAUSE_HOURS_MAX, 2 ** min(plans, limits.PAYMENT_PAUSE_HOURS_MAX))
    return timedelta(hours=hours)


def _now(programme_id: str) -> datetime:
    return programmes.by_id(store.current(), programme_id).clock or clock.now()


def _asking(programme_id: str, one: Membership, payment: Payment) -> Asking:
    """What a provider is asked for: the amount now, and where it goes on the price of every period after it."""
    at_hand, now = store.current(), _now(programme_id)
    in_force = programmes.latest(at_hand, programme_id).at(now)
    terms = payment.terms
    known = in_force.programme.plans.get(terms.plan)
    about = terms.plan if known is None else next(iter(known.name.values()))
    repeats = None
    if terms.renews:
        anew = payment.purpose == "change"
        period, *_ = core.next_period(one, terms, now, in_force.zone, anew=anew, value=terms.price, payment=None)
        plain = payment.purpose == "first" and one.last is None and payment.amount == terms.price
        starts = None if plain or period.until is None else clock.micros(period.until) // 1_000_000
        repeats = Repeats(terms.term.months, terms.price, starts)
    name = f"{payment.id}-{payment.attempts}" if payment.attempts else payment.id
    return Asking(name, one.id, payment.amount, payment.currency, about, repeats)


# --- what comes in ---


def hear(programme_id: str, event: Event, *, now: datetime) -> bool:
    """Take news in and leave the work to a job; whether they are new. The answer to whoever tells is due at once."""

    def write(at_hand: Store) -> bool:
        about = event.subscription or event.object_id
        told = msgspec.json.encode(event).decode()
        new = actions.hear(
            at_hand, programme_id, STRIPE, event.id, kind=event.kind, about=about, told=told, created=event.created,
            received=now,
        )  # fmt: skip
        if new and event.kind != "ignored":
            take_in.once(f"event:{programme_id}:{event.id}").enqueue(programme_id, event.id)
        return new

    return store.committed(write)


def apply(programme_id: str, event_id: str, *, now: datetime) -> Noticed:
    """Do what news come to, once; those that came before what they belong to wait for it."""
    found = queries.event(store.current(), programme_id, STRIPE, event_id)
    if found is None:
        return "ignored"
    told, state = found
    if state != "waiting":
        return state  # type: ignore[return-value] # one of its words, as it was written
    made = _apply(programme_id, _event(told), now)
    if made != "waiting":
        store.committed(lambda at_hand: actions.note(at_hand, programme_id, STRIPE, event_id, made))
    return made


def put_away(*, programme_id: str, event_id: str, actor: str, now: datetime) -> bool:
    """A person has looked at news that nothing has come of, and they are done with; whether there were any."""
    return store.committed(
        lambda at_hand: actions.put_away(at_hand, programme_id, STRIPE, event_id, actor=actor, now=now)
    )


def _apply(programme_id: str, event: Event, now: datetime) -> Noticed:
    if event.kind == "opened" or (event.kind in ("expired", "failed") and event.payment is not None):
        return _session(programme_id, event, now)
    if event.kind in ("paid", "failed"):
        return _invoice(programme_id, event, now)
    if event.kind == "refunded":
        return _refunded(programme_id, event)
    return _ended(programme_id, event, now) if event.kind == "ended" else "ignored"


def _session(programme_id: str, event: Event, now: datetime) -> Noticed:
    """A checkout is complete, failed or expired; our own id of the payment stands in it."""
    payment = _ours(programme_id, event.payment)
    if payment is None:
        return "ignored"
    if event.kind != "opened":
        return _unpaid(programme_id, payment, now, expired=event.kind == "expired", over=True)
    noticed: Noticed = "applied"
    if event.settled:
        noticed = _settled(programme_id, payment, event, now)
    if event.subscription is not None:
        payment, _ = queries.payment(store.current(), programme_id, payment.id)
        # What repeats for money that goes back is no member's: it is known, so that it is ended at the provider.
        paid = payment.state == "paid" and payment.reference == _reference(event)
        dues.subscribe(programme_id=programme_id, payment_id=payment.id, provider=STRIPE, now=now,
                       subscription=event.subscription,
                       adopt=paid if event.settled else payment.state in OPEN)  # fmt: skip
        for each in queries.waiting(store.current(), programme_id, STRIPE, event.subscription):
            if each.kind in ("paid", "failed"):
                apply(programme_id, each.id, now=now)
    return noticed


def _settled(programme_id: str, payment: Payment, event: Event, now: datetime) -> Noticed:
    """The money of a checkout has come; where it does not pay, the payment is asked for in another one."""
    noticed = _pay(programme_id, _payment(programme_id, "invoice", event.invoice or "") or payment, event, now)
    at_hand = store.current()
    settled, url = queries.payment(at_hand, programme_id, payment.id)
    if settled.state in OPEN:
        _unpaid(programme_id, settled, now, expired=False, over=True)
    elif url and queries.names(at_hand, programme_id, STRIPE, "session", settled) == [event.object_id]:
        store.committed(lambda at_hand: actions.opened(at_hand, settled, None))  # there is no other one to be closed
    return noticed


def _invoice(programme_id: str, event: Event, now: datetime) -> Noticed:
    """An invoice was paid or not; but for the first one it is for the next period, whichever number that has by now."""
    invoice = event.invoice or event.object_id
    payment = _payment(programme_id, "invoice", invoice) or _ours(programme_id, event.begins)
    if payment is None:
        membership = _membership(programme_id, event)
        if membership is None:
            return "waiting"
        payment = dues.take(
            programme_id=programme_id, membership_id=membership, provider=STRIPE, invoice=invoice, now=now
        )
        if payment is None:
            return _back(programme_id, membership, event, now) if event.kind == "paid" else "ignored"
    if event.kind == "paid":
        return _pay(programme_id, payment, event, now)
    return _unpaid(programme_id, payment, now, expired=False, over=False)


def _pay(programme_id: str, payment: Payment, event: Event, now: datetime) -> Noticed:
    """Take in exactly what was asked for; whatever else comes, too late, or beside money of another origin, goes back.

    Which money settled a payment is told by its reference, so that the same news again change nothing.
    """
    reference = _reference(event)
    if event.amount is None or (event.amount, event.currency) == (payment.amount, payment.currency):
        result: object = core.PAYMENT_SETTLED(state=payment.state)
        if payment.state != "withdrawn":
            result = memberships.pay(
                programme_id=programme_id, payment_id=payment.id, reference=reference, by=STRIPE, now=now
            )
        if isinstance(result, Refusal):
            dues.send_back(programme_id=programme_id, payment_id=payment.id, reference=reference, now=now)
        settled = queries.payment(store.current(), programme_id, payment.id)[0]
        if settled.reference == reference:
            _name(programme_id, settled, event)
            return "applied"
    return _back(programme_id, payment.membership_id, event, now)


def _back(programme_id: str, membership_id: str, event: Event, now: datetime) -> Noticed:
    """Money came that pays nothing: it goes back as a payment of its own. Where none came, a person has to look."""
    if not event.amount or event.currency is None:
        return "refused"
    payment = dues.stray(
        programme_id=programme_id, membership_id=membership_id, amount=event.amount, currency=event.currency,
        reference=_reference(event), now=now,
    )  # fmt: skip
    _name(programme_id, payment, event)
    return "applied"


def _unpaid(programme_id: str, payment: Payment, now: datetime, *, expired: bool, over: bool) -> Noticed:
    """Nobody has paid: it is asked for again, or, where nothing has begun, not any more."""
    try:
        dues.failed(programme_id=programme_id, payment_id=payment.id, now=now)
    except Refusal:
        return "applied"  # it is settled by now, whichever news came first
    if over:  # the checkout can't be used any more: another one is opened
        store.committed(lambda at_hand: actions.opened(at_hand, payment, None))
    if expired:
        one = queries.one(store.current(), programme_id, payment.membership_id)
        if one.last is None:
            asked = Asked("cancel", one.id, when="now")
            memberships.act(programme_id=programme_id, asked=asked, now=now)
    return "applied"


def _refunded(programme_id: str, event: Event) -> Noticed:
    payment = _payment(programme_id, "intent", event.intent or "") or _payment(
        programme_id, "invoice", event.invoice or ""
    )
    if payment is None:
        return "ignored"
    store.committed(lambda at_hand: actions.given_back(at_hand, payment, returned=event.amount or 0))
    return "applied"


def _ended(programme_id: str, event: Event, now: datetime) -> Noticed:
    """What repeated has ended at the provider: the membership ends with what is paid."""
    subscription = event.subscription or ""
    found = queries.subscription(store.current(), programme_id, STRIPE, subscription)
    if found is None:
        return "ignored"
    one = queries.one(store.current(), programme_id, found[1])
    store.committed(lambda at_hand: actions.followed(at_hand, programme_id, STRIPE, subscription, "cancelled"))
    if one.subscription == subscription and one.paused_at is not None:
        # The days that are paid wait for the member: only the next ones are not asked for there any more.
        dues.unsubscribe(programme_id=programme_id, membership=one, now=now)
    elif one.subscription == subscription and one.ends_at is None:
        memberships.act(programme_id=programme_id, asked=Asked("cancel", one.id), now=now)
    return "applied"


def _membership(programme_id: str, event: Event) -> str | None:
    """Whose money it is: by what we told the provider, or by what repeats there."""
    at_hand = store.current()
    if event.membership is not None:
        found = queries.find(at_hand, programme_id, "membership", event.membership)
        if found is not None:
            return found.membership_id
    known = queries.subscription(at_hand, programme_id, STRIPE, event.subscription or "")
    return None if known is None else known[1]


def _ours(programme_id: str, told: str | None) -> Payment | None:
    """The payment whose id, with the number of the attempt, a provider was told."""
    return _payment(programme_id, "payment", (told or "").partition("-")[0], provider="guerdon")


def _reference(event: Event) -> str:
    """By what money is told from other money: its invoice, or the checkout where there is none."""
    return event.invoice or event.object_id


def _payment(programme_id: str, kind: str, value: str, *, provider: str = STRIPE) -> Payment | None:
    found = queries.find(store.current(), programme_id, kind, value, provider=provider) if value else None
    if found is None or found.payment_id is None:
        return None
    return queries.payment(store.current(), programme_id, found.payment_id)[0]


def _name(programme_id: str, payment: Payment, event: Event) -> None:
    told = [(kind, value) for kind, value in (("invoice", event.invoice), ("intent", event.intent)) if value]
    store.committed(lambda at_hand: actions.name(at_hand, programme_id, STRIPE, told, payment))
