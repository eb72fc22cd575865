"""The one visible table: which action carries out which effect of a decision."""

from datetime import datetime
from typing import TypeAlias, assert_never

from guerdon.core import vouchers
from guerdon.core.decisions import Award, Issue
from guerdon.core.errors import Refusal
from guerdon.core.expiry import Sliding
from guerdon.core.law import Law
from guerdon.engine.batch import Batch
from guerdon.features.ledger.actions import Books, Cause

# A new area adds its effect here (`Award | Issue`) and its row below; without the row the types do not fit. Claw-backs
# choose lots, so `give_back` carries them out itself while it decides.
Effect: TypeAlias = Award | Issue


def carry_out(batch: Batch, cause: Cause, law: Law, effect: Effect) -> Effect:
    """Do what was decided, by the action of the feature that remembers it; answers it as it was done."""
    match effect:
        case Award():
            _award(batch.books, cause, law, effect)
            return effect
        case Issue():
            return _issue(batch, cause, law, effect)
        case _:
            assert_never(effect)


def _award(books: Books, cause: Cause, law: Law, effect: Award) -> None:
    """Post an award as one lot; in a sliding unit it moves the end of all other lots too."""
    books.credit(
        "earn",
        cause,
        unit=effect.unit,
        points=effect.points,
        available_at=effect.available_at,
        expires_at=effect.expires_at,
        funder=effect.funder,
    )
    slide(books, cause, law, effect.unit, posted_at=books.now)


def _issue(batch: Batch, cause: Cause, law: Law, effect: Issue) -> Issue:
    """Give a voucher. Where its pool is empty nothing is refused for that: the decision shows it without a code."""
    offer = law.programme.voucher(effect.voucher)
    try:
        issued = batch.issuing.issue(offer, cause, version=law.version, zone=law.zone, rule=effect.rule)
    except Refusal as refusal:
        if refusal.kind is not vouchers.VOUCHER_POOL_EMPTY:
            raise
        batch.tell("voucher_pool.empty", account_id=cause.account_id, subject_id=batch.programme_id, seq=cause.seq)
        return effect
    batch.tell("voucher.issued", account_id=cause.account_id, subject_id=issued.id, seq=cause.seq)
    for _ in batch.issuing.fell_below(law.programme.vouchers):
        batch.tell("voucher_pool.low", account_id=cause.account_id, subject_id=batch.programme_id, seq=cause.seq)
    return issued


def slide(books: Books, cause: Cause, law: Law, code: str, *, posted_at: datetime | None = None) -> None:
    """Where the unit's lots end so long after the last earning or burning, this one moves the end of all (LAW 5.1).

    A late award moves it as far as it lives itself (LAW 5.6); a burn, also one that is captured late, by its own day.
    """
    unit = law.programme.units.get(code)
    if unit is None or not isinstance(unit.expires, Sliding):
        return
    end = law.expires_at(unit.expires, cause.effective_at, posted_at or cause.effective_at)
    if end is not None:
        books.slide(cause.account_id, code, end)
