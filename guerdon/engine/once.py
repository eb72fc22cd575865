"""A write without a natural key happens once per Idempotency-Key: effect and answer in one transaction (LAW 2.2)."""

from collections.abc import Callable
from datetime import datetime

import msgspec

from guerdon.core import errors
from guerdon.core.errors import Refusal
from guerdon.engine.desk import BURNING, IDEMPOTENCY_CONFLICT
from guerdon.features.activities import queries as activities
from guerdon.features.activities.actions import Idempotency, Journal
from guerdon.kit import store
from guerdon.kit.store import Store


class _Kept(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is kept under the key: what was made, or the refusal."""

    made: str | None = None
    refusal: str | None = None
    facts: dict[str, errors.Fact] = {}


def once(
    *, programme_id: str, idempotency: Idempotency | None, now: datetime, write: Callable[[Store], str]
) -> tuple[str, bool]:
    """Run `write` in one durable transaction; answers what it made (an id) and whether that was known from before.

    Raises the refusals of `write`, also when they are the stored answer, and `idempotency_conflict`.
    """

    def take_in(at_hand: Store) -> tuple[str, bool]:
        if idempotency is None:
            return write(at_hand), False
        known = _known(at_hand, programme_id, idempotency)
        if known is not None:
            return known, True
        made = write(at_hand)
        _keep(at_hand, programme_id, idempotency, _Kept(made=made), now)
        return made, False

    try:
        return store.committed(take_in)
    except Refusal as refusal:
        burns = idempotency is not None and refusal.family in BURNING and not refusal.replayed
        if not burns or refusal.kind is IDEMPOTENCY_CONFLICT:
            raise
        refused = refusal
    # What was refused has been rolled back, so its answer may become durable alone. A rival with the same key may
    # have been first, then its answer counts.
    assert idempotency is not None
    known = store.committed(lambda at_hand: _refuse(at_hand, programme_id, idempotency, refused, now))
    if known is None:
        raise refused
    return known, True


def _refuse(at_hand: Store, programme_id: str, idempotency: Idempotency, refusal: Refusal, now: datetime) -> str | None:
    """Keep the refusal; answers what a rival made meanwhile."""
    known = _known(at_hand, programme_id, idempotency)
    if known is None:
        _keep(at_hand, programme_id, idempotency, _Kept(refusal=refusal.code, facts=refusal.facts), now)
    return known


def _known(at_hand: Store, programme_id: str, idempotency: Idempotency) -> str | None:
    found = activities.answer(
        at_hand, programme_id, credential=idempotency.credential, route=idempotency.route, key=idempotency.key
    )
    if found is None:
        return None
    digest, text = found
    if digest != idempotency.digest:
        raise IDEMPOTENCY_CONFLICT(key=idempotency.key[:64])
    kept = msgspec.json.decode(text, type=_Kept)
    if kept.refusal is not None:
        raise errors.again(kept.refusal, kept.facts)
    return kept.made


def _keep(at_hand: Store, programme_id: str, idempotency: Idempotency, kept: _Kept, now: datetime) -> None:
    journal = Journal(programme_id, now)
    journal.answer(idempotency, msgspec.json.encode(kept).decode())
    at_hand.write(journal.rows())
