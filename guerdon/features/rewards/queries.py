"""Every read of the stock of rewards."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

import msgspec

from guerdon.core.redemptions import Stock
from guerdon.kit import clock
from guerdon.kit.store import Statement, Store

_STOCK = "reward, variant, counted, initial, supplied, claimed, given, spent"
_LOCK = Statement(
    f"SELECT {_STOCK} FROM rewards_stock WHERE programme_id = :programme"  # noqa: S608 - our own constants
    " AND reward = ANY(:rewards::text[]) ORDER BY reward, variant FOR NO KEY UPDATE",
    sqlite=f"SELECT {_STOCK} FROM rewards_stock WHERE programme_id = :programme"  # noqa: S608
    " AND reward IN (SELECT value FROM json_each(:rewards)) ORDER BY reward, variant",
)
_ALL = Statement(
    f"SELECT {_STOCK} FROM rewards_stock WHERE programme_id = :programme ORDER BY reward, variant"  # noqa: S608
)
_CLAIMED = Statement(
    "SELECT redemption_id FROM rewards_claim WHERE programme_id = :programme AND redemption_id = ANY(:ids::uuid[])",
    sqlite="SELECT redemption_id FROM rewards_claim WHERE programme_id = :programme"
    " AND redemption_id IN (SELECT value FROM json_each(:ids))",
)
_ENDED = Statement(
    "SELECT reward, variant, count(*), CAST(sum(cost) AS bigint) FROM rewards_claim"
    " WHERE programme_id = :programme AND until <= :now GROUP BY reward, variant"
)
_SUPPLY_OF = Statement(
    "SELECT source, external_id, reward, variant, pieces, remains, reason, actor, at FROM rewards_supply"
    " WHERE programme_id = :programme AND source = :source AND external_id = :external_id"
)
_SUPPLIES = Statement(
    "SELECT source, external_id, reward, variant, pieces, remains, reason, actor, at FROM rewards_supply"
    " WHERE programme_id = :programme AND reward = :reward AND (at, source, external_id) < (:at, :source, :external_id)"
    " ORDER BY at DESC, source DESC, external_id DESC LIMIT :most"
)
_SUPPLIED = Statement(
    "SELECT CAST(COALESCE(sum(supplied), 0) AS bigint) FROM rewards_stock"
    " WHERE programme_id = :programme AND reward = :reward"
)
Place = tuple[int, str, str]  # where a page of supplies ended: when it was told, its source and its name
NEWEST: Final[Place] = (2**62, "", "")  # where a list of the latest begins


class Supply(msgspec.Struct, frozen=True):
    """Pieces that came into a stock, or were lost; `remains` is how many could be had after it."""

    source: str
    external_id: str
    reward: str
    variant: str
    pieces: int
    remains: int | None
    reason: str
    actor: str
    at: datetime


def lock(store: Store, programme_id: str, rewards: Iterable[str]) -> dict[tuple[str, str], Stock]:
    """Lock all stocks of the rewards, last of all locks and in key order; by reward and variant."""
    found = store.fetch(_LOCK, programme=programme_id, rewards=sorted(rewards))
    return {(row[0], row[1]): _stock(row) for row in found}


def stocks(store: Store, programme_id: str, now: datetime) -> dict[tuple[str, str], Stock]:
    """All stocks of the programme as of now: pieces whose claims have ended can be had, whoever booked it."""
    found = {(row[0], row[1]): _stock(row) for row in store.fetch(_ALL, programme=programme_id)}
    for reward, variant, claims, cost in store.fetch(_ENDED, programme=programme_id, now=clock.micros(now)):
        one = found[reward, variant]
        claimed, spent = one.claimed - int(claims), one.spent - int(cost)
        found[reward, variant] = msgspec.structs.replace(one, claimed=claimed, spent=spent)
    return found


def claimed(store: Store, programme_id: str, redemptions: list[str]) -> set[str]:
    """Which of the redemptions still have their claim."""
    return {row[0] for row in store.fetch(_CLAIMED, programme=programme_id, ids=redemptions)} if redemptions else set()


def supplies(store: Store, programme_id: str, reward: str, *, before: Place, most: int) -> list[Supply]:
    """What came into the stocks of a reward, or was lost, the latest first, a page at a time."""
    at, source, external_id = before
    facts = {"programme": programme_id, "reward": reward, "at": at, "source": source, "external_id": external_id}
    return [_supply(row) for row in store.fetch(_SUPPLIES, **facts, most=most)]


def supplied(store: Store, programme_id: str, reward: str) -> int:
    """How many pieces of a reward have come in, less those that were lost, over all its variants."""
    found: int = store.fetch(_SUPPLIED, programme=programme_id, reward=reward)[0][0]
    return found


def place(one: Supply) -> Place:
    """Where a page ends with it."""
    return (clock.micros(one.at), one.source, one.external_id)


def supply(store: Store, programme_id: str, source: str, external_id: str) -> Supply | None:
    """The supply that was told under the name; None where none was."""
    rows = store.fetch(_SUPPLY_OF, programme=programme_id, source=source, external_id=external_id)
    return _supply(rows[0]) if rows else None


def _supply(row: tuple[Any, ...]) -> Supply:
    source, external_id, reward, variant, pieces, remains, reason, actor, at = row
    return Supply(source, external_id, reward, variant, pieces, remains, reason, actor, clock.instant(at))


def _stock(row: tuple[Any, ...]) -> Stock:
    reward, variant, counted, *numbers = row
    return Stock(reward, variant, bool(counted), *numbers)
