"""Every write to rewards: opening their stock, supplies, claims and what became of them, pictures."""

import base64
from collections.abc import Iterable
from datetime import datetime

import msgspec

from guerdon.core.images import Image
from guerdon.core.redemptions import Redemption, Stock
from guerdon.core.rewards import Reward
from guerdon.features.rewards import pictures, queries
from guerdon.kit import clock, ids, outbox
from guerdon.kit.store import Row, Statement, Store, Table

STOCKS = Table(
    "rewards_stock",
    {
        "programme_id": "uuid", "reward": "text", "variant": "text", "counted": "bigint", "initial": "bigint",
        "supplied": "bigint", "claimed": "bigint", "given": "bigint", "spent": "bigint",
    },
    key=("programme_id", "reward", "variant"),
    mode="update",
)  # fmt: skip
SUPPLIES = Table(
    "rewards_supply",
    {
        "programme_id": "uuid", "source": "text", "external_id": "text", "reward": "text", "variant": "text",
        "pieces": "bigint", "remains": "bigint", "reason": "text", "actor": "text", "at": "bigint",
    },
)  # fmt: skip
CLAIMS = Table(
    "rewards_claim",
    {
        "programme_id": "uuid", "redemption_id": "uuid", "account_id": "uuid", "reward": "text", "variant": "text",
        "cost": "bigint", "until": "bigint",
    },
    key=("programme_id", "redemption_id"),
    mode="upsert",
)  # fmt: skip
DROPPED = Table(
    "rewards_claim",
    {"programme_id": "uuid", "redemption_id": "uuid"},
    key=("programme_id", "redemption_id"),
    mode="delete",
)
PICTURES = Table(
    "rewards_picture",
    {
        "programme_id": "uuid", "reward": "text", "hash": "text", "media_type": "text", "content": "text",
        "actor": "text", "at": "bigint",
    },
    key=("programme_id", "reward"),
    mode="upsert",
)  # fmt: skip
PICTURE_CHANGES = Table(
    "rewards_picture_change",
    {
        "programme_id": "uuid", "reward": "text", "number": "bigint", "id": "uuid", "hash": "text", "actor": "text",
        "at": "bigint",
    },
    key=("programme_id", "reward", "number"),
)  # fmt: skip
_TAKE_PICTURE = Statement("DELETE FROM rewards_picture WHERE programme_id = :programme AND reward = :reward")
_OPEN = Statement(
    "INSERT INTO rewards_stock (programme_id, reward, variant, counted, initial, supplied, claimed, given, spent)"
    " SELECT :programme, v->>0, v->>1, 0, 0, 0, 0, 0, 0 FROM json_array_elements(:stocks::json) AS e(v)"
    " ON CONFLICT (programme_id, reward, variant) DO NOTHING",
    sqlite="INSERT INTO rewards_stock"
    " (programme_id, reward, variant, counted, initial, supplied, claimed, given, spent)"
    " SELECT :programme, value->>0, value->>1, 0, 0, 0, 0, 0, 0 FROM json_each(:stocks) WHERE true"
    " ON CONFLICT (programme_id, reward, variant) DO NOTHING",
)
# Whoever has the stock of a reward locked may end what lies on it: nobody else claims, confirms or ends meanwhile.
_SWEEP = Statement(
    "DELETE FROM rewards_claim WHERE programme_id = :programme AND reward = ANY(:rewards::text[]) AND until <= :now"
    " RETURNING reward, variant, cost",
    sqlite="DELETE FROM rewards_claim WHERE programme_id = :programme"
    " AND reward IN (SELECT value FROM json_each(:rewards)) AND until <= :now RETURNING reward, variant, cost",
)


def open_stocks(store: Store, programme_id: str, rewards: Iterable[Reward]) -> None:
    """Enter the rewards of a new version, so that there is a row to lock; what is there already stays as it is."""
    stocks = [(reward.key, variant) for reward in rewards for variant in reward.variants()]
    if stocks:
        store.fetch(_OPEN, programme=programme_id, stocks=msgspec.json.encode(stocks).decode())


def locked(store: Store, programme_id: str, rewards: list[str], now: datetime) -> dict[tuple[str, str], Stock]:
    """The stocks of the rewards, locked, without the claims that have ended by now; by reward and variant."""
    stocks = queries.lock(store, programme_id, rewards)
    ended = store.fetch(_SWEEP, programme=programme_id, rewards=rewards, now=clock.micros(now)) if stocks else []
    for reward, variant, cost in ended:
        stocks[reward, variant] = stocks[reward, variant].free(cost)
    freed = {(reward, variant) for reward, variant, _ in ended}
    store.write([(STOCKS, [stock_row(programme_id, stocks[name]) for name in sorted(freed)])])
    return stocks


def stock_row(programme_id: str, one: Stock) -> Row:
    """A stock as it stands after the batch (the row is locked)."""
    became = (int(one.counted), one.initial, one.supplied, one.claimed, one.given, one.spent)
    return (programme_id, one.reward, one.variant, *became)


def claim_row(programme_id: str, one: Redemption) -> Row:
    """The claim of a redemption that ends by itself."""
    assert one.until is not None
    return (programme_id, one.id, one.account_id, one.reward, one.variant, one.cost, clock.micros(one.until))


def supply(store: Store, programme_id: str, after: Stock, one: queries.Supply) -> None:
    """Note a supply, and the stock as it stands after it; in the transaction at hand, which has locked it."""
    told = (one.source, one.external_id, one.reward, one.variant, one.pieces, one.remains, one.reason, one.actor)
    row = (programme_id, *told, clock.micros(one.at))
    store.write([(STOCKS, [stock_row(programme_id, after)]), (SUPPLIES, [row])])


def put_picture(store: Store, programme_id: str, reward: str, image: Image, *, actor: str, now: datetime) -> None:
    """Keep the picture of a reward instead of the one that it had; the same again leaves everything as it is."""
    if pictures.hash_of(store, programme_id, reward) != image.hash:
        _change_picture(store, programme_id, reward, image.hash, actor=actor, now=now)
        content = base64.b64encode(image.content).decode()
        row = (programme_id, reward, image.hash, image.media_type, content, actor, clock.micros(now))
        store.write([(PICTURES, [row])])


def take_picture(store: Store, programme_id: str, reward: str, *, actor: str, now: datetime) -> bool:
    """Drop the picture of a reward; whether there was one."""
    if pictures.hash_of(store, programme_id, reward) is None:
        return False
    _change_picture(store, programme_id, reward, None, actor=actor, now=now)
    store.fetch(_TAKE_PICTURE, programme=programme_id, reward=reward)
    return True


def _change_picture(
    store: Store, programme_id: str, reward: str, hash: str | None, *, actor: str, now: datetime
) -> None:
    """Enter what becomes of a picture before it does, with its news: of two at once the second one looks again."""
    id, at, number = ids.new(), clock.micros(now), pictures.changes(store, programme_id, reward) + 1
    news = outbox.row(
        programme_id=programme_id, topic="reward.picture_changed", account_id=programme_id, subject_id=id, seq=0, at=at
    )
    row = (programme_id, reward, number, id, hash, actor, at)
    store.write([(PICTURE_CHANGES, [row]), (outbox.OUTGOING, [news])])
