"""Every read of redemptions: by their ids, by code, of a member, of a queue, and what is due."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Final

import msgspec

from guerdon.core import limits
from guerdon.core.redemptions import REDEMPTION_UNKNOWN, Had, Redemption, State
from guerdon.core.rewards import Address, Price
from guerdon.kit import clock, ids, secrets
from guerdon.kit.store import Statement, Store, allow_fanout

_COLUMNS = (
    "r.account_id, r.id, r.person_id, r.reward, r.variant, r.version, r.number, r.paid, r.money, r.cost, r.choices,"
    " r.code, r.seq, r.made_at, r.state, r.until, r.confirmed_at, r.settled_at, r.given,"
    " r.till, r.act"
)
# The id is that of an entry of the journal, and the directory of natural keys leads to its account.
_NAMED = Statement(
    f"SELECT {_COLUMNS} FROM activities_key k JOIN redemptions_redemption r"  # noqa: S608 - our own constants
    " ON r.account_id = k.account_id AND r.id = k.activity_id"
    " WHERE k.programme_id = :programme AND k.activity_id = ANY(:ids::uuid[])",
    sqlite=f"SELECT {_COLUMNS} FROM json_each(:ids) AS u CROSS JOIN activities_key k"  # noqa: S608
    " ON k.programme_id = :programme AND k.activity_id = u.value CROSS JOIN redemptions_redemption r"
    " ON r.account_id = k.account_id AND r.id = k.activity_id",
)
_OF_ACCOUNTS = Statement(
    f"SELECT {_COLUMNS} FROM unnest(:accounts::uuid[], :ids::uuid[]) AS u(account_id, id)"  # noqa: S608
    " JOIN redemptions_redemption r ON r.account_id = u.account_id AND r.id = u.id",
    sqlite=f"SELECT {_COLUMNS} FROM json_each(:pairs) AS u CROSS JOIN redemptions_redemption r"  # noqa: S608
    " ON r.account_id = u.value->>0 AND r.id = u.value->>1",
)
_BY_CODE = Statement(
    f"SELECT {_COLUMNS} FROM redemptions_code c JOIN redemptions_redemption r"  # noqa: S608
    " ON r.account_id = c.account_id AND r.id = c.redemption_id WHERE c.programme_id = :programme AND c.code = :code"
)
_HAD = Statement(
    "SELECT r.account_id, r.person_id, r.reward, r.made_at, r.paid = '{}' AND r.money = 0 FROM redemptions_redemption r"
    " WHERE r.account_id = ANY(:accounts::uuid[]) AND r.reward = ANY(:rewards::text[]) AND r.made_at >= :since"
    " AND r.number > 0"  # what was drawn is not what the member took
    " AND (r.state = 'fulfilled' OR (r.state IN ('reserved', 'confirmed') AND (r.until IS NULL OR r.until > :now)))",
    sqlite="SELECT r.account_id, r.person_id, r.reward, r.made_at, r.paid = '{}' AND r.money = 0"
    " FROM json_each(:accounts) AS a"
    " CROSS JOIN json_each(:rewards) AS w CROSS JOIN redemptions_redemption r"
    " ON r.account_id = a.value AND r.reward = w.value AND r.made_at >= :since AND r.number > 0"
    " WHERE r.state = 'fulfilled' OR (r.state IN ('reserved', 'confirmed') AND (r.until IS NULL OR r.until > :now))",
)
_OF_MEMBER = Statement(
    f"SELECT {_COLUMNS} FROM redemptions_redemption r WHERE r.account_id = ANY(:accounts::uuid[])"  # noqa: S608
    " AND r.id < :before ORDER BY r.id DESC LIMIT :most",
    sqlite=f"SELECT {_COLUMNS} FROM redemptions_redemption r"  # noqa: S608
    " WHERE r.account_id IN (SELECT value FROM json_each(:accounts))"
    " AND r.id < :before ORDER BY r.id DESC LIMIT :most",
)


def _list(where: str, store: str, order: str) -> str:
    """A page of the redemptions of a programme in one state; in which store one was had stands in the journal."""
    return (
        f"SELECT {_COLUMNS} FROM redemptions_redemption r WHERE r.programme_id = :programme"  # noqa: S608
        f" AND r.state = :state AND {where} AND (:reward = '' OR r.reward = :reward)"
        " AND (:store = '' OR EXISTS (SELECT 1 FROM activities_activity a WHERE a.account_id = r.account_id"
        f" AND a.id = r.id AND {store} = :store)) ORDER BY {order} LIMIT :most"
    )


_IN_STORE = "CAST(a.facts AS json)->>'store'"
_IN_STORE_SQLITE = "a.facts->>'store'"
_WAITING = ("(r.made_at, r.id) > (:at, :after) AND (r.until IS NULL OR r.until > :now)", "r.made_at, r.id")
_SETTLED = ("(r.made_at, r.id) < (:at, :after) AND r.made_at >= :since", "r.made_at DESC, r.id DESC")
_QUEUE = allow_fanout(
    "whoever hands rewards over sees those of all members",
    Statement(_list(_WAITING[0], _IN_STORE, _WAITING[1]), sqlite=_list(_WAITING[0], _IN_STORE_SQLITE, _WAITING[1])),
)
_ENDED = allow_fanout(
    "whoever hands rewards over sees those of all members",
    Statement(_list(_SETTLED[0], _IN_STORE, _SETTLED[1]), sqlite=_list(_SETTLED[0], _IN_STORE_SQLITE, _SETTLED[1])),
)
_STATES = allow_fanout(
    "how it went with a reward is of all members, the latest of them and so many at most",
    Statement(
        "SELECT state, count(*) FROM (SELECT state FROM redemptions_redemption WHERE programme_id = :programme"
        " AND reward = :reward AND made_at >= :since AND made_at < :until ORDER BY made_at DESC, id DESC LIMIT :most) l"
        " GROUP BY state"
    ),
)
_HANDED = allow_fanout(
    "whoever works at a till hands over what all members have redeemed",
    Statement(
        f"SELECT {_COLUMNS} FROM redemptions_redemption r WHERE r.programme_id = :programme"  # noqa: S608
        " AND r.till = :till AND r.act >= :since AND r.act < :until ORDER BY r.act LIMIT :most"
    ),
)
_DUE = allow_fanout(
    "the night looks for what has ended by itself, whoever's it is",
    Statement(
        f"SELECT {_COLUMNS} FROM redemptions_redemption r WHERE r.programme_id = :programme"  # noqa: S608
        " AND r.state IN ('reserved', 'confirmed') AND r.until <= :at AND r.id > :after ORDER BY r.id LIMIT :most"
    ),
)
_DELIVERIES = Statement(
    "SELECT d.redemption_id, d.wrapped_key, d.sealed FROM unnest(:accounts::uuid[], :ids::uuid[]) AS u(account_id, id)"
    " JOIN redemptions_delivery d ON d.account_id = u.account_id AND d.redemption_id = u.id",
    sqlite="SELECT d.redemption_id, d.wrapped_key, d.sealed FROM json_each(:pairs) AS u"
    " CROSS JOIN redemptions_delivery d ON d.account_id = u.value->>0 AND d.redemption_id = u.value->>1",
)
_paid: Final = msgspec.json.Decoder(dict[str, int]).decode
_choices: Final = msgspec.json.Decoder(dict[str, str]).decode
LAST: Final = "f" * 32  # after every id: where a page that goes back begins

_OPEN = allow_fanout(
    "how many redemptions wait is counted of all members, at night",
    Statement(
        "SELECT count(*) FROM redemptions_redemption WHERE programme_id = :programme"
        " AND state IN ('reserved', 'confirmed')"
    ),
)
_OPEN_OF = allow_fanout(
    "before a reward is taken out somebody is told how many wait for it",
    Statement(
        "SELECT count(*) FROM redemptions_redemption WHERE programme_id = :programme AND reward = :reward"
        " AND state IN ('reserved', 'confirmed')"
    ),
)
_OPEN_PAGE = allow_fanout(
    "a person looks at the redemptions that wait, a page at a time",
    Statement(
        "SELECT id, coalesce(person_id, account_id), reward, made_at FROM redemptions_redemption"
        " WHERE programme_id = :programme AND state IN ('reserved', 'confirmed') AND id > :after"
        " ORDER BY id LIMIT :most"
    ),
)


class Delivery(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a redemption needs that is personal: where it goes, and the texts that were chosen."""

    address: Address | None = None
    texts: dict[str, str] = {}


def one(store: Store, programme_id: str, redemption_id: str) -> Redemption:
    """A redemption of the programme. Raises `redemption_unknown`."""
    found = named(store, programme_id, [redemption_id])
    if redemption_id not in found:
        raise REDEMPTION_UNKNOWN(id=ids.show("redemption", redemption_id))
    return found[redemption_id]


def named(store: Store, programme_id: str, redemptions: Sequence[str]) -> dict[str, Redemption]:
    """The redemptions of the programme by their ids, whoever's they are."""
    found = store.fetch(_NAMED, programme=programme_id, ids=list(redemptions)) if redemptions else []
    return {row[1]: _redemption(row) for row in found}


def of_accounts(store: Store, names: Sequence[tuple[str, str]]) -> dict[str, Redemption]:
    """The redemptions of the (account, id) pairs, by id."""
    if not names:
        return {}
    accounts, wanted = [account for account, _ in names], [id for _, id in names]
    found = store.fetch(_OF_ACCOUNTS, accounts=accounts, ids=wanted, pairs=[list(name) for name in names])
    return {row[1]: _redemption(row) for row in found}


def by_code(store: Store, programme_id: str, code: str) -> Redemption | None:
    """The redemption that the code leads to."""
    rows = store.fetch(_BY_CODE, programme=programme_id, code=code)
    return _redemption(rows[0]) if rows else None


def had(store: Store, accounts: Iterable[str], rewards: Iterable[str], *, since: datetime, now: datetime) -> list[Had]:
    """What is had of the rewards in the accounts since the instant, as of now."""
    params = {"accounts": sorted(accounts), "rewards": sorted(rewards)}
    found = store.fetch(_HAD, **params, since=clock.micros(since), now=clock.micros(now))
    return [Had(account, person, reward, clock.instant(at), bool(free)) for account, person, reward, at, free in found]


def of_member(store: Store, accounts: Sequence[str], *, before: str, most: int) -> list[Redemption]:
    """Those of a member, whatever accounts were theirs, the latest first, a page at a time."""
    return [_redemption(row) for row in store.fetch(_OF_MEMBER, accounts=list(accounts), before=before, most=most)]


Place = tuple[int, str]  # where a page ended: when it was made, and its id
FIRST: Final[Place] = (-(2**62), "0" * 32)  # before all others
NEWEST: Final[Place] = (2**62, "f" * 32)  # after all others: where a list of the latest begins


def queue(
    store: Store, programme_id: str, now: datetime, *, reward: str, after: Place, most: int,
    state: State = "confirmed", shop: str = "",
) -> list[Redemption]:  # fmt: skip
    """What waits in a state, the oldest first, a page at a time; of one reward, or shop, where one is named."""
    facts = {"programme": programme_id, "now": clock.micros(now), "state": state, "reward": reward, "store": shop}
    return [_redemption(row) for row in store.fetch(_QUEUE, **facts, at=after[0], after=after[1], most=most)]


def ended(
    store: Store, programme_id: str, since: datetime, *, reward: str, before: Place, most: int, state: State,
    shop: str = "",
) -> list[Redemption]:  # fmt: skip
    """What was made since the instant and has ended in a state, the latest first, a page at a time."""
    facts = {"programme": programme_id, "since": clock.micros(since), "state": state, "reward": reward, "store": shop}
    return [_redemption(row) for row in store.fetch(_ENDED, **facts, at=before[0], after=before[1], most=most)]


def place(one: Redemption) -> Place:
    """Where a page ends with it."""
    return (clock.micros(one.made_at), one.id)


def states(
    store: Store, programme_id: str, reward: str, *, since: datetime, until: datetime, most: int
) -> dict[State, int]:
    """How many of a reward that were made in the time stand how, of so many at most, the latest."""
    facts = {"programme": programme_id, "reward": reward, "since": clock.micros(since), "until": clock.micros(until)}
    return {state: int(count) for state, count in store.fetch(_STATES, **facts, most=most)}


def handed(store: Store, programme_id: str, *, till: str, since: str, until: str, most: int) -> list[Redemption]:
    """What was handed over at a till by acts whose names lie in `[since, until)`, in the order of these names."""
    params = {"programme": programme_id, "till": till, "since": since, "until": until, "most": most}
    return [_redemption(row) for row in store.fetch(_HANDED, **params)]


def due(store: Store, programme_id: str, at: datetime, *, after: str, most: int) -> list[Redemption]:
    """What has ended by itself and nobody has booked it."""
    params = {"programme": programme_id, "at": clock.micros(at), "after": after, "most": most}
    return [_redemption(row) for row in store.fetch(_DUE, **params)]


def deliveries(store: Store, names: Sequence[tuple[str, str]]) -> dict[str, Delivery]:
    """Addresses and texts of the (account, id) pairs that have any, by id; who was erased has none."""
    if not names:
        return {}
    assert len(names) <= limits.PAGE_ROWS_MAX, "addresses are opened a page at a time"
    accounts, wanted = [account for account, _ in names], [id for _, id in names]
    found = store.fetch(_DELIVERIES, accounts=accounts, ids=wanted, pairs=[list(name) for name in names])
    return {id: msgspec.json.decode(secrets.unseal(key, sealed), type=Delivery) for id, key, sealed in found}


def _redemption(row: tuple[Any, ...]) -> Redemption:
    account, id, person, reward, variant, version, number, paid, money, cost, choices, code, seq, *moved = row
    made_at, state, until, confirmed_at, settled_at, given, till, act = moved
    became: State = state
    return Redemption(
        id=id,
        account_id=account,
        reward=reward,
        variant=variant,
        state=became,
        price=Price(_paid(paid), money),
        cost=cost,
        made_at=clock.instant(made_at),
        until=clock.instant(until),
        person_id=person,
        version=version,
        number=number,
        choices=_choices(choices),
        code=code,
        seq=seq,
        confirmed_at=clock.instant(confirmed_at),
        settled_at=clock.instant(settled_at),
        given=given,
        till=till,
        act=act,
    )


def count_open(store: Store, programme_id: str, reward: str | None = None) -> int:
    """How many redemptions wait to be confirmed or handed over, of all rewards or of one."""
    if reward is None:
        return int(store.fetch(_OPEN, programme=programme_id)[0][0])
    return int(store.fetch(_OPEN_OF, programme=programme_id, reward=reward)[0][0])


def open_ones(store: Store, programme_id: str, *, after: str, most: int) -> list[tuple[str, str, str, datetime]]:
    """The redemptions that wait, as (id, member, reward, made at), in the order of their ids."""
    rows = store.fetch(_OPEN_PAGE, programme=programme_id, after=after, most=most)
    return [(id, member, reward, clock.instant(at)) for id, member, reward, at in rows]
