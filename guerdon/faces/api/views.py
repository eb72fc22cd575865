"""What callers see of a fact and its decision: one shape for single answers, batches, lists and look-ups."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

import msgspec

from guerdon.core import attribution, codes, sentences
from guerdon.core.activities import Activity, FactValue, Line, Reference, Tender
from guerdon.core.decisions import (
    Award,
    Capped,
    Decision,
    Exchange,
    Issue,
    LinePoints,
    Redeemed,
    Refund,
    Released,
    Restored,
    Share,
    Silent,
    Spent,
    Taken,
)
from guerdon.core.law import Law
from guerdon.core.money import Money
from guerdon.core.sentences import postings
from guerdon.core.tiers import Cause
from guerdon.engine.batch import Outcome
from guerdon.faces.api.balances import PostingView
from guerdon.faces.api.months import Months
from guerdon.features.activities.queries import Recorded
from guerdon.features.programmes import queries as programmes
from guerdon.kit import ids
from guerdon.kit.store import Store


class ActivityView(msgspec.Struct, frozen=True, omit_defaults=True):
    """A fact as it stands in the journal; `total` is the basket net of discounts.

    `amount` and `currency` are there where they were told; `accounting_month` and `prior_period` where it happened in a
    month that had been closed when it came.
    """

    id: str
    kind: str
    source: str
    external_id: str
    status: Literal["recorded", "parked"]
    member: str
    seq: int
    occurred_at: datetime
    recorded_at: datetime
    total: Money | None = None
    amount: int | None = None
    currency: str | None = None
    lines: tuple[Line, ...] = ()
    tenders: tuple[Tender, ...] = ()
    channel: str | None = None
    store: str | None = None
    partner: str | None = None
    returns: Reference | None = None
    returned_by: tuple[str, ...] = ()
    facts: dict[str, FactValue] = {}
    replaces: Reference | None = None
    confirms: Reference | None = None
    accounting_month: str | None = None
    prior_period: bool = False
    household: str | None = None


class Repaid(msgspec.Struct, frozen=True):
    """Points of a unit that went to debt at once."""

    unit: str
    points: int


class OfUnit(msgspec.Struct, frozen=True):
    """Points of a unit."""

    unit: str
    points: int


class AwardView(msgspec.Struct, frozen=True, omit_defaults=True):
    """Points of one unit with one life, as they were given.

    Where they wait for an activity nobody knows when they become available: it `awaits` that kind, and they are
    cancelled at `cancels_at` if it has not come.
    """

    unit: str
    points: int
    shares: tuple[Share, ...]
    available_at: datetime | None
    expected_available_at: datetime | None
    expires_at: datetime | None = None
    funder: str | None = None
    awaits: str | None = None
    cancels_at: datetime | None = None
    lines: tuple[LinePoints, ...] = ()


class ReleasedPoints(msgspec.Struct, frozen=True, omit_defaults=True):
    """Points that waited for this very activity, with the life they have now."""

    unit: str
    points: int
    available_at: datetime
    expires_at: datetime | None = None


class ClimbedView(msgspec.Struct, frozen=True):
    """What became of a tier: by this fact, or because it was due before it."""

    ladder: str
    tier: str | None
    since: datetime
    cause: Cause


class RedeemedView(msgspec.Struct, frozen=True):
    """A redemption as it stood after this entry of the journal."""

    redemption: str
    reward: str
    state: str
    until: datetime | None


class GivenVoucher(msgspec.Struct, frozen=True):
    """A voucher that was given: by a rule, or by hand. Where its pool was empty there is no code."""

    voucher: str
    rule: str | None
    code: str | None
    expires_at: datetime | None


class DecisionView(msgspec.Struct, frozen=True):
    """What was decided, and why: every award names the rules that gave it and their arithmetic.

    `parked` says what the fact waits for; nothing is decided before it comes. `rate` is the one by which foreign money
    was counted.
    """

    version: int | None
    awards: tuple[AwardView, ...]
    capped: tuple[Capped, ...] = ()
    taken: tuple[Taken, ...] = ()
    restored: tuple[Restored, ...] = ()
    refund: Refund | None = None
    replaced: str | None = None
    spent: tuple[Spent, ...] = ()
    repaid: tuple[Repaid, ...] = ()
    parked: str | None = None
    rate: Exchange | None = None
    reinstated: tuple[OfUnit, ...] = ()
    expired: tuple[OfUnit, ...] = ()
    released: tuple[ReleasedPoints, ...] = ()
    cancelled: tuple[OfUnit, ...] = ()
    climbed: tuple[ClimbedView, ...] = ()
    issued: tuple[GivenVoucher, ...] = ()
    withdrawn: tuple[str, ...] = ()
    redeemed: RedeemedView | None = None


class RecordedActivity(msgspec.Struct, frozen=True, omit_defaults=True):
    """A fact, what was decided on it, and the number the journal reached.

    `silent` and `sentences` are there where they were asked for, `dry_run` where nothing was kept, `differs` where the
    first telling, which is what is answered, said something else, `postings` where one is read with `explain=full`.
    """

    activity: ActivityView
    decision: DecisionView
    seq: int
    silent: tuple[Silent, ...] = ()
    sentences: tuple[str, ...] = ()
    dry_run: bool = False
    enrolled: bool = False
    differs: tuple[str, ...] = ()
    postings: tuple[PostingView, ...] = ()


def recorded(
    store: Store,
    programme_id: str,
    one: Outcome | Recorded,
    *,
    language: str | None = None,
    dry_run: bool = False,
    returned_by: Sequence[str] = (),
    months: Months | None = None,
) -> RecordedActivity:
    """An outcome of the engine, or a fact out of the journal; both look alike to the byte.

    With a language it is explained, too: what every line got of each award, and every share and every rule that stayed
    silent as a sentence.
    """
    activity, decision = one.activity, one.decision
    if dry_run and decision.issued:  # nobody has what was only tried, so its codes lead nowhere
        bare = tuple([msgspec.structs.replace(issue, code="") for issue in decision.issued])
        decision = msgspec.structs.replace(decision, issued=bare)
    returned_by = one.returned if isinstance(one, Outcome) else returned_by
    view = ActivityView(
        ids.show("activity", one.activity_id),
        activity.kind,
        activity.source,
        activity.external_id,
        "recorded" if decision.parked is None else "parked",
        whose(one),
        one.seq,
        activity.occurred_at,
        one.recorded_at,
        total(store, programme_id, activity),
        activity.amount,
        activity.currency,
        activity.lines,
        activity.tenders,
        activity.channel,
        activity.store,
        activity.partner,
        activity.returns,
        tuple([ids.show("activity", id) for id in returned_by]),
        activity.facts,
        activity.replaces,
        activity.confirms,
        household=household(one),
    )
    if decision.parked is None:
        months = months or Months(store, programme_id)
        place = months.place(seq=one.seq, effective_at=activity.occurred_at, posted_at=one.recorded_at)
        if place.late:
            view = msgspec.structs.replace(view, accounting_month=place.month, prior_period=True)
    silent, differs = (one.silent, one.differs) if isinstance(one, Outcome) else ((), ())
    told: tuple[str, ...] = ()
    if language is not None and decision.version:
        law = programmes.lawbook(store, programme_id).law(decision.version)
        told = sentences_of(law, decision, silent, language)
        awards = attribution.spread(law=law, activity=activity, decision=decision)
        decision = msgspec.structs.replace(decision, awards=awards)
    return RecordedActivity(view, decided(decision), one.seq, silent, told, dry_run, decision.enrolled, differs)


def whose(one: Outcome | Recorded) -> str:
    """The member a fact is of: the person, where the account is a household's."""
    return one.activity.member.id or ids.show("member", one.account_id)


def household(one: Outcome | Recorded) -> str | None:
    """The household in whose account a fact is; None where it is the member's own."""
    account = ids.show("member", one.account_id)
    return None if whose(one) == account else account


def decided(decision: Decision) -> DecisionView:
    return DecisionView(
        decision.version if decision.parked is None else None,  # a waiting fact is decided when it is recorded
        tuple([_award(award) for award in decision.awards]),
        decision.capped,
        decision.taken,
        decision.restored,
        decision.refund,
        None if decision.replaced is None else ids.show("activity", decision.replaced),
        decision.spent,
        tuple([Repaid(unit, points) for unit, points in decision.repaid.items()]),
        decision.parked,
        decision.rate,
        tuple([OfUnit(unit, points) for unit, points in decision.reinstated.items()]),
        tuple([OfUnit(unit, points) for unit, points in decision.expired.items()]),
        _released(decision.released),
        tuple([OfUnit(unit, points) for unit, points in decision.cancelled.items()]),
        tuple([ClimbedView(step.ladder, step.level, step.since, step.cause) for step in decision.tiers]),
        tuple([_given(one) for one in decision.issued]),
        tuple([shown_code(code) for code in decision.withdrawn]),
        _redeemed(decision.redeemed),
    )


def _redeemed(one: Redeemed | None) -> RedeemedView | None:
    return None if one is None else RedeemedView(ids.show("redemption", one.id), one.reward, one.state, one.until)


def shown_code(code: str) -> str:
    """A code as people read it: ours in groups, others as they came."""
    return codes.shown(code) if codes.read(code) == code else code


def _given(one: Issue) -> GivenVoucher:
    return GivenVoucher(one.voucher, one.rule, shown_code(one.code) if one.code else None, one.expires_at)


def _released(released: Sequence[Released]) -> tuple[ReleasedPoints, ...]:
    """What was left to release; of a lot that is spent nothing is told."""
    return tuple(
        [ReleasedPoints(one.unit, one.points, one.available_at, one.expires_at) for one in released if one.points]
    )


def _award(award: Award) -> AwardView:
    begins, cancels = (award.available_at, None) if award.awaits is None else (None, award.expires_at)
    return AwardView(
        award.unit, award.points, award.shares, begins, begins, award.expires_at, award.funder, award.awaits, cancels,
        award.lines,
    )  # fmt: skip


def sentences_of(law: Law, decision: Decision, silent: tuple[Silent, ...], language: str) -> tuple[str, ...]:
    """Why every point was given, at which exchange rate, and why some rules gave none, by the version that decided."""
    programme = law.programme
    shares = [
        sentences.share(share, award.unit, programme, language) for award in decision.awards for share in award.shares
    ]
    if decision.rate is not None:
        shares.append(postings.rate(decision.rate, programme.currency, sentences.tongue(language)))
    return (*shares, *(sentences.reason(one, programme, language) for one in silent))


def total(store: Store, programme_id: str, activity: Activity) -> Money | None:
    """The basket's net sum, None for facts without money; a programme's currency never changes."""
    if activity.lines:
        amount = sum([line.amount - line.discount for line in activity.lines])
    elif activity.amount is not None:
        amount = activity.amount
    else:
        return None
    if activity.currency is not None:
        return Money(amount, activity.currency)
    return Money(amount, programmes.lawbook(store, programme_id).current(activity.occurred_at).programme.currency)
