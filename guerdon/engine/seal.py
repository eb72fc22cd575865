"""Sealing: the journal's entries hashed in ranges and chained, off the hot path, once settled (LAW 10.26)."""

from collections.abc import Callable
from datetime import datetime

from guerdon.core import limits, sealing
from guerdon.core.sealing import Receipt, Seal, SealedEntry, Span
from guerdon.features.activities import queries as activities
from guerdon.features.seals import actions, queries
from guerdon.kit import clock, ids, store
from guerdon.kit.store import Store


def run(
    *, programme_id: str, now: datetime, until: int, progress: Callable[[int], None] = lambda entries: None
) -> list[Seal]:
    """Seal the programme's entries up to a settled number; answers the seals made, none where all was sealed.

    Seal by seal, each in a short transaction of its own, so that it can be stopped anywhere and goes on from there;
    two at once seal everything once. `progress` is told how many entries each seal has.
    """
    made: list[Seal] = []
    while True:
        seal, more = _next(programme_id, now, until)
        if seal is not None:
            made.append(seal)
            progress(seal.span.entries)
        if not more:
            return made


def _next(programme_id: str, now: datetime, until: int) -> tuple[Seal | None, bool]:
    """Make one seal; answers it, and whether there is more to do. What is read here can't change any more."""
    at_hand = store.current()
    number, first, previous = queries.next_span(queries.last(at_hand, programme_id))
    last = min(until, first + limits.SEAL_NUMBERS_MAX - 1)
    if last < first:
        return None, False
    found = queries.entries(at_hand, programme_id, first=first, last=last, most=limits.SEAL_ENTRIES_MAX)
    if len(found) == limits.SEAL_ENTRIES_MAX:
        last = found[-1].seq
    elif not found and last == until and last - first + 1 < limits.SEAL_NUMBERS_MAX:
        return None, False  # nothing of this programme; a stretch as long as a seal gets one all the same
    hashes = [sealing.leaf(entry) for entry in found]
    span = Span(programme_id, number, first, last, len(found), sealing.root(hashes), clock.micros(now))
    seal = sealing.seal(span, previous=previous)
    leaves = list(zip(found, hashes, strict=True))
    added = store.committed(lambda writer: actions.add(writer, seal, leaves))
    return (seal if added else None), (not added or last < until)


def receipt(at_hand: Store, programme_id: str, activity_id: str, *, head: int | None = None) -> Receipt:
    """The receipt of an activity, up to its own seal's head or to a later one. Raises `activity_unknown`,
    `not_sealed_yet` and, for a head that is not there, `seal_unknown`."""
    with at_hand.reading():
        known = activities.one(at_hand, programme_id, activity_id)
        seal = queries.covering(at_hand, programme_id, known.seq) if known.decision.parked is None else None
        entry = _entry(at_hand, programme_id, known.account_id, activity_id)
        if seal is None or entry is None:
            raise queries.NOT_SEALED_YET(id=ids.show("activity", activity_id))
        leaves = queries.leaves(at_hand, seal)
        later = _later(at_hand, seal, head)
    place = next((place for place, (seq, _) in enumerate(leaves) if seq == entry.seq), None)
    if place is None:  # it was slipped under a seal that does not know it; `verify` names it
        raise queries.NOT_SEALED_YET(id=ids.show("activity", activity_id))
    made = sealing.receipt(entry, leaves=[hash for _, hash in leaves], position=place, seal=seal)
    return Receipt(made.entry, made.position, made.path, made.seal, later)


def _entry(at_hand: Store, programme_id: str, account_id: str, activity_id: str) -> SealedEntry | None:
    return queries.entry(at_hand, programme_id, account_id=account_id, activity_id=activity_id)


def _later(at_hand: Store, seal: Seal, head: int | None) -> tuple[Span, ...]:
    """The seals from the receipt's own to the numbered one."""
    programme_id, number = seal.span.programme, seal.span.number
    if head is None or head == number:
        return ()
    wanted = head - number
    if not 0 < wanted <= limits.RECEIPT_SEALS_MAX:
        raise queries.SEAL_UNKNOWN(number=head)
    found = queries.after(at_hand, programme_id, number, most=wanted)
    if len(found) < wanted:
        raise queries.SEAL_UNKNOWN(number=head)
    return tuple(one.span for one in found)
