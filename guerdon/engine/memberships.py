"""Paid memberships: joined, renewed, paused, changed, cancelled and given back, each told once (LAW 10.22)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

import msgspec

from guerdon.core import activities as law
from guerdon.core import memberships as core
from guerdon.core.activities import Activity, FactValue, Member
from guerdon.core.errors import Refusal
from guerdon.core.memberships import Ending, Membership, Method
from guerdon.engine import desk
from guerdon.engine.batch import Outcome, Told
from guerdon.engine.desk import Result
from guerdon.engine.membership_clerk import MembershipClerk, Moved
from guerdon.engine.turns import JOIN, KINDS, OPEN, SOURCE, Deed
from guerdon.features.activities.actions import Idempotency
from guerdon.features.memberships import queries
from guerdon.kit import ids, store

TRIES_MAX: Final = 5


class Joining(msgspec.Struct, frozen=True):
    """A member who wants a membership, paid already where there is a `reference`; (source, external_id) names it."""

    member: Member
    plan: str
    currency: str
    source: str
    external_id: str
    method: Method = "invoice"
    reference: str | None = None
    idempotency: Idempotency | None = None


class Asked(msgspec.Struct, frozen=True):
    """What is to become of a membership; what a deed has no use for is left out."""

    deed: Deed
    membership_id: str
    plan: str | None = None  # of a change
    when: Ending | None = None  # of a change and a cancellation
    number: int | None = None  # of the period that is given back
    reference: str | None = None  # under which a change was paid
    idempotency: Idempotency | None = None


def join_many(*, programme_id: str, wanted: Sequence[Joining], now: datetime, dry_run: bool = False) -> list[Result]:
    """Let members join: with the trial or the first period at once, or asking for the first payment.

    Refuses `plan_unknown`, `plan_not_sold_in`, `membership_exists`, `membership_shared`.
    """
    told = [Told(_joining(one, now), one.idempotency) for one in wanted]
    return desk.run(programme_id=programme_id, told=told, now=now, clerk=MembershipClerk(), dry_run=dry_run)


def act(*, programme_id: str, asked: Asked, now: datetime, dry_run: bool = False) -> Result:
    """Do something about a membership. Raises `membership_unknown`; refuses what its state does not allow.

    Each fact is named by how many there were before it, so that two who do the same at once do it once. Where money is
    paid out or taken in with it, only the first of them is answered; the others find what has become of it.
    """
    for _ in range(TRIES_MAX):
        found = queries.one(store.current(), programme_id, asked.membership_id)
        told = Told(_fact(asked, found, now), asked.idempotency)
        try:
            return desk.run(programme_id=programme_id, told=[told], now=now, clerk=MembershipClerk(), dry_run=dry_run)[
                0
            ]
        except Moved:
            continue
    raise store.DATABASE_BUSY(retry_after_seconds=1)


def pay(
    *,
    programme_id: str,
    payment_id: str,
    now: datetime,
    reference: str = "",
    by: Method = "invoice",
    idempotency: Idempotency | None = None,
    dry_run: bool = False,
) -> Result:
    """A payment has come: its period begins, or the change it was asked for. Paid again it answers the same.

    Raises `payment_unknown`; refuses `payment_settled` for one that was withdrawn, given back, or paid by other money,
    so that whoever holds this money gives it back; and `payment_late`.
    """
    payment, _ = queries.payment(store.current(), programme_id, payment_id)
    if payment.state not in (*OPEN, "paid"):
        return core.PAYMENT_SETTLED(state=payment.state)
    facts: dict[str, FactValue] = {"payment": ids.show("payment", payment.id), "reference": reference}
    if by != "invoice":
        facts["paid_by"] = by
    told = Told(_renewal(payment.account_id, payment.membership_id, payment.number, facts, now), idempotency)
    result = desk.run(programme_id=programme_id, told=[told], now=now, clerk=MembershipClerk(), dry_run=dry_run)[0]
    return _settled_otherwise(programme_id, payment_id, reference, by) or result


def renew(
    *,
    programme_id: str,
    membership_id: str,
    now: datetime,
    number: int | None = None,
    reference: str = "",
    idempotency: Idempotency | None = None,
) -> Result:
    """A period has been paid by hand, the next one where no `number` is said; asked for or not.

    Raises `membership_unknown`; refuses what `pay` refuses, and `payment_settled` where the next one is paid ahead
    already. A period that was renewed is not renewed again: it answers the same, unless other money was told of.
    """
    one = queries.one(store.current(), programme_id, membership_id)
    number = number or one.number + 1
    told = Told(_renewal(one.account_id, one.id, number, {"reference": reference}, now), idempotency)
    result = desk.run(programme_id=programme_id, told=[told], now=now, clerk=MembershipClerk())[0]
    turn = None if isinstance(result, Refusal) else result.decision.membership
    if turn is None or turn.payment is None:
        return result
    return _settled_otherwise(programme_id, turn.payment, reference, "invoice") or result


def _settled_otherwise(programme_id: str, payment_id: str, reference: str, by: Method) -> Refusal | None:
    """The refusal of money for what other money has paid: on another way, or by hand under another reference."""
    payment, _ = queries.payment(store.current(), programme_id, payment_id)
    if payment.paid_by is None or payment.reference == reference:
        return None
    other = payment.paid_by != by or (by == "invoice" and bool(reference))
    return core.PAYMENT_SETTLED(state=payment.state) if other else None


def _joining(one: Joining, now: datetime) -> Activity:
    facts: dict[str, FactValue] = {"plan": one.plan, "currency": one.currency, "method": one.method}
    if one.reference is not None:
        facts["reference"] = one.reference
    return Activity(JOIN, one.source, one.external_id, now, one.member, facts=facts)


def _renewal(account_id: str, membership_id: str, number: int, facts: dict[str, FactValue], now: datetime) -> Activity:
    facts = facts | {"membership": ids.show("membership", membership_id)}
    member = Member(id=ids.show("member", account_id))
    return Activity(law.MEMBERSHIP_RENEW, SOURCE, f"{membership_id}:{number}", now, member, facts=facts)


def _fact(asked: Asked, found: Membership, now: datetime) -> Activity:
    facts: dict[str, FactValue] = {"membership": ids.show("membership", found.id)}
    more = {"plan": asked.plan, "when": asked.when, "number": asked.number, "reference": asked.reference}
    facts |= {name: value for name, value in more.items() if value is not None}
    name = f"{found.id}:{found.steps + 1}"
    member = Member(id=ids.show("member", found.account_id))
    return Activity(KINDS[asked.deed], SOURCE, name, now, member, facts=facts)


def refused(result: Result) -> Outcome:
    """The outcome. Raises the refusal where there was one."""
    if isinstance(result, Refusal):
        raise result
    return result
