"""Every write to redemptions."""

import msgspec

from guerdon.core.redemptions import Redemption
from guerdon.features.redemptions.queries import Delivery
from guerdon.kit import clock, resealing, secrets
from guerdon.kit.store import Row, Statement, Store, Table

SEALED = resealing.Column("redemptions_delivery", ("account_id", "redemption_id"))
REDEMPTIONS = Table(
    "redemptions_redemption",
    {
        "account_id": "uuid", "id": "uuid", "programme_id": "uuid", "person_id": "uuid", "reward": "text",
        "variant": "text", "version": "bigint", "number": "bigint", "paid": "text", "money": "bigint",
        "cost": "bigint", "choices": "text", "code": "text", "seq": "bigint", "made_at": "bigint", "state": "text",
        "until": "bigint", "confirmed_at": "bigint", "settled_at": "bigint", "given": "text",
        "till": "text", "act": "text",
    },
    key=("account_id", "id"),
)  # fmt: skip
MOVES = Table(
    "redemptions_redemption",
    {
        "account_id": "uuid", "id": "uuid", "state": "text", "until": "bigint", "confirmed_at": "bigint",
        "settled_at": "bigint", "given": "text", "till": "text", "act": "text",
    },
    key=("account_id", "id"),
    mode="update",
)  # fmt: skip
CODES = Table(
    "redemptions_code", {"programme_id": "uuid", "code": "text", "account_id": "uuid", "redemption_id": "uuid"}
)
DELIVERIES = Table(
    "redemptions_delivery",
    {"account_id": "uuid", "redemption_id": "uuid", "wrapped_key": "text", "sealed": "text"},
)
# Of a household's account only what the person itself was sent.
_FORGET = Statement(
    "DELETE FROM redemptions_delivery WHERE account_id = ANY(:accounts::uuid[]) AND redemption_id IN ("
    " SELECT id FROM redemptions_redemption WHERE account_id = ANY(:accounts::uuid[])"
    " AND (account_id = ANY(:persons::uuid[]) OR person_id = ANY(:persons::uuid[])))",
    sqlite="DELETE FROM redemptions_delivery WHERE account_id IN (SELECT value FROM json_each(:accounts))"
    " AND redemption_id IN (SELECT id FROM redemptions_redemption"
    " WHERE account_id IN (SELECT value FROM json_each(:accounts))"
    " AND (account_id IN (SELECT value FROM json_each(:persons))"
    " OR person_id IN (SELECT value FROM json_each(:persons))))",
)


def row(programme_id: str, one: Redemption) -> Row:
    """A new redemption."""
    paid, choices = (msgspec.json.encode(each).decode() for each in (one.price.points, one.choices))
    told = (one.version, one.number, paid, one.price.money, one.cost, choices, one.code, one.seq)
    head = (one.account_id, one.id, programme_id, one.person_id, one.reward, one.variant)
    return (*head, *told, clock.micros(one.made_at), *_became(one))


def move(one: Redemption) -> Row:
    """What became of a redemption."""
    return (one.account_id, one.id, *_became(one))


def _became(one: Redemption) -> Row:
    times = (one.until, one.confirmed_at, one.settled_at)
    return (one.state, *(None if at is None else clock.micros(at) for at in times), one.given, one.till, one.act)


def code_row(programme_id: str, one: Redemption) -> Row:
    """Where the code leads."""
    return (programme_id, one.code, one.account_id, one.id)


def delivery_row(one: Redemption, delivery: Delivery) -> Row:
    """Address and free texts, sealed with a key of their own."""
    return (one.account_id, one.id, *secrets.seal(msgspec.json.encode(delivery).decode()))


def forget(store: Store, accounts: list[str], persons: list[str]) -> None:
    """Drop every address and free text of the persons, in whichever of the accounts; in the transaction at hand."""
    store.fetch(_FORGET, accounts=accounts, persons=persons)
