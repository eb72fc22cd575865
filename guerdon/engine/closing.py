"""Closing an accounting month: its border is drawn in the journal, its figures never change (LAW 2.4)."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from guerdon.core import closing as law
from guerdon.core import revenue
from guerdon.core.closing import Closing, Sums
from guerdon.core.errors import Refusal
from guerdon.engine import settling
from guerdon.engine.once import once
from guerdon.features.activities.actions import Idempotency
from guerdon.features.closings import actions, queries, sales
from guerdon.features.closings.queries import ClosedMonth
from guerdon.features.figures import actions as figures
from guerdon.features.programmes import queries as programmes
from guerdon.kit import audit, store
from guerdon.kit.audit import Actor
from guerdon.kit.store import DATABASE_BUSY, Store


class Closed(msgspec.Struct, frozen=True):
    """A month that is closed; `known` where it had been before."""

    month: ClosedMonth
    known: bool


def close(
    *,
    programme_id: str,
    month: str,
    now: datetime,
    by: str,
    actor: Actor | None = None,
    reason: str = "",
    idempotency: Idempotency | None = None,
) -> Closed:
    """Close a month that is over; one that is closed stays as it is.

    What is posted from now on and counts in it, or before it, belongs to the first open month. Raises `month_invalid`,
    `month_not_over`, `month_out_of_order`, `month_before_programme`, and `month_unswept` until a night has booked what
    expired in it. Where an actor is told, the book of who did what says so, with the reason.
    """
    law.first_day(month)
    seq = _settled(programme_id, month, now)
    known = False

    def write(at_hand: Store) -> str:
        nonlocal known
        # What figures have counted is settled, too, and has its days: it is not late for the month.
        counted = figures.lock(at_hand, programme_id).seq
        closings = queries.borders(at_hand, programme_id)  # once: a rival may close the month while this looks
        known = month in {one.month for one in closings}
        if not known:
            border = _border(at_hand, programme_id, month, closings, now=now, seq=max(seq or 0, counted))
            if seq is None:  # it may be closed only since the transaction began
                raise DATABASE_BUSY(retry_after_seconds=1)
            actions.close(at_hand, programme_id, border, now=now, by=by)
            if actor is not None:
                audit.note(
                    at_hand, programme_id=programme_id, actor=actor, action="month.closed", about=month, now=now,
                    reason=reason,
                )  # fmt: skip
        return month

    _, replayed = once(programme_id=programme_id, idempotency=idempotency, now=now, write=write)
    return Closed(queries.one(store.current(), programme_id, month), known=known or replayed)


def _settled(programme_id: str, month: str, now: datetime) -> int | None:
    """The number as of which the month closes, told before the transaction that closes it; None where it may not."""
    at_hand = store.current()
    closings = queries.borders(at_hand, programme_id)
    if month in {one.month for one in closings}:
        return None
    try:
        _border(at_hand, programme_id, month, closings, now=now, seq=0)
    except Refusal:
        return None  # the transaction refuses, and its refusal is what is kept under a key
    return settling.settled()


def _border(
    at_hand: Store, programme_id: str, month: str, closings: Sequence[Closing], *, now: datetime, seq: int
) -> Closing:
    """The border of a month that may be closed after those that are."""
    border = _over(at_hand, programme_id, month, closings, now=now, seq=seq)
    if not queries.is_swept(at_hand, programme_id, border.until):
        raise law.MONTH_UNSWEPT(month=month, ends=border.until.isoformat())
    return border


def _over(
    at_hand: Store, programme_id: str, month: str, closings: Sequence[Closing], *, now: datetime, seq: int
) -> Closing:
    """The border of a month that is over and the next one to close."""
    book = programmes.latest(at_hand, programme_id)
    zone = book.current(now).zone
    law.may_close(month, closings=closings, zone=zone, begins=book.begins(), now=now)
    return law.border(month, closings=closings, zone=zone, seq=seq)


def count(*, programme_id: str, month: str, now: datetime) -> ClosedMonth:
    """Count the figures of a closed month and keep them; they are the same whenever it is done."""
    at_hand = store.current()
    found = queries.one(at_hand, programme_id, month)
    if found.sums is None:
        sums = _sums(at_hand, programme_id, found.closing, known=found.closed_at)
        store.committed(lambda at_hand: actions.keep(at_hand, programme_id, month, sums, now=now))
    return queries.one(at_hand, programme_id, month)


def rehearse(*, programme_id: str, month: str, now: datetime) -> list[Sums]:
    """The figures that the month would have if it were closed now, or has; nothing is closed.

    Refuses as `close` does, but does not ask for the night.
    """
    law.first_day(month)
    at_hand = store.current()
    for known in queries.every(at_hand, programme_id):
        if known.closing.month == month:
            return _sums(at_hand, programme_id, known.closing, known=known.closed_at)
    closings = queries.borders(at_hand, programme_id)
    border = _over(at_hand, programme_id, month, closings, now=now, seq=settling.settled())
    return _sums(at_hand, programme_id, border, known=now)


def _sums(at_hand: Store, programme_id: str, border: Closing, *, known: datetime) -> list[Sums]:
    """The figures of a month, with the prices that the programme said at its end, as far as they were `known`."""
    before = [one for one in queries.borders(at_hand, programme_id) if one.until < border.until]
    since = before[-1].seq if before else None
    sold = sales.earned(at_hand, programme_id, border, since=since)
    said = programmes.latest(at_hand, programme_id).said(before=border.until, known=known).programme
    prices = revenue.valued(said.units.values())
    return [
        msgspec.structs.replace(
            one, sold=sold.month.get(one.unit, ()), valued=prices.get(one.unit),
            past=one.past and msgspec.structs.replace(one.past, sold=sold.past.get(one.unit, ())),
        )
        for one in queries.sums(at_hand, programme_id, border, since=since)
    ]  # fmt: skip
