"""The cost book is written: an entry is told, and one that was wrong is taken back by another one that names it."""

from datetime import datetime

from guerdon.core import activities as facts
from guerdon.core import cost_book as law
from guerdon.core import limits, money
from guerdon.core.cost_book import Entry
from guerdon.engine.adjust import Actor
from guerdon.engine.once import once
from guerdon.features.activities.actions import Idempotency
from guerdon.features.costs import actions, queries
from guerdon.features.costs.queries import Told
from guerdon.features.programmes import queries as programmes
from guerdon.kit import audit, ids, store
from guerdon.kit.store import Store


def tell(
    entry: Entry, *, programme_id: str, actor: Actor, now: datetime, idempotency: Idempotency | None = None
) -> tuple[Told, bool]:
    """Write what somebody tells into the book; answers it, and whether that was known from before.

    Raises `cost_days_invalid`, `currency_unknown`, `cost_rule_unknown` and `costs_too_many`.
    """
    law.check(entry)
    if not money.known(entry.currency):
        raise facts.CURRENCY_UNKNOWN(currency=entry.currency[:10], known="ISO 4217")
    if entry.rule and entry.rule not in law.rules(programmes.latest(store.current(), programme_id).said_ever()):
        raise law.COST_RULE_UNKNOWN(rule=entry.rule[:64])

    def write(at_hand: Store) -> str:
        programmes.lock_lists(at_hand, programme_id)
        if queries.count(at_hand, programme_id) >= limits.COSTS_MAX:
            raise law.COSTS_TOO_MANY(most=limits.COSTS_MAX)
        id = ids.new()
        actions.put(at_hand, programme_id, id, entry, by=actor.name, now=now)
        audit.note(
            at_hand, programme_id=programme_id, actor=actor.noted, action="cost.told", now=now,
            about=ids.show("cost", id), after=_noted(entry),
        )  # fmt: skip
        return id

    id, replayed = once(programme_id=programme_id, idempotency=idempotency, now=now, write=write)
    return queries.get(store.current(), programme_id, id), replayed


def reverse(
    *, programme_id: str, id: str, why: str, actor: Actor, now: datetime, idempotency: Idempotency | None = None
) -> tuple[Told, bool]:
    """Take an entry back by another one, whole and for its own days; answers the entry with it, and whether that was
    known from before. Raises `cost_unknown` and `cost_reversed`."""

    def write(at_hand: Store) -> str:
        programmes.lock_lists(at_hand, programme_id)
        one = queries.get(at_hand, programme_id, id)
        if one.reversal is not None:
            raise law.COST_REVERSED(id=ids.show("cost", id))
        actions.reverse(at_hand, programme_id, id, ids.new(), why=why, by=actor.name, now=now)
        audit.note(
            at_hand, programme_id=programme_id, actor=actor.noted, action="cost.reversed", now=now,
            about=ids.show("cost", id), before=_noted(one.entry), reason=why,
        )  # fmt: skip
        return id

    known, replayed = once(programme_id=programme_id, idempotency=idempotency, now=now, write=write)
    return queries.get(store.current(), programme_id, known), replayed


def _noted(entry: Entry) -> dict[str, object]:
    """What the book of who did what says of an entry: not the money, which fewer may see, and which never changes."""
    return {"kind": entry.kind, "rule": entry.rule, "store": entry.store, "first": entry.first.isoformat(),
            "until": entry.until.isoformat()}  # fmt: skip
