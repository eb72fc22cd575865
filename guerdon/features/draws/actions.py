"""Every write to draws: seeds made and retired, streaks, and the switch of a member."""

from datetime import datetime

from guerdon.core import chance
from guerdon.features.draws import queries
from guerdon.features.draws.queries import Seed, Streak
from guerdon.kit import clock, outbox, resealing, secrets
from guerdon.kit.store import Row, Statement, Store, Table

SEALED = resealing.Column("draws_seed", ("programme_id", "number"))
SEEDS = Table(
    "draws_seed",
    {
        "programme_id": "uuid", "number": "bigint", "hash": "text", "wrapped_key": "text", "sealed": "text",
        "made_at": "bigint",
    },
)  # fmt: skip
RETIRED = Table(
    "draws_seed",
    {"programme_id": "uuid", "number": "bigint", "secret": "text", "retired_at": "bigint"},
    key=("programme_id", "number"),
    mode="update",
)
STREAKS = Table(
    "draws_streak",
    {
        "account_id": "uuid", "reward": "text", "programme_id": "uuid", "prize": "text", "dry": "bigint",
        "seq": "bigint",
    },
    key=("account_id", "reward"),
    fixed=("programme_id",),
    mode="upsert",
)  # fmt: skip
SWITCHES = Table(
    "draws_switch",
    {"account_id": "uuid", "programme_id": "uuid", "off_at": "bigint"},
)
_SWITCH_ON = Statement(
    "DELETE FROM draws_switch WHERE account_id = ANY(:accounts::uuid[])",
    sqlite="DELETE FROM draws_switch WHERE account_id IN (SELECT value FROM json_each(:accounts))",
)


def open_seeds(store: Store, programme_id: str, now: datetime) -> None:
    """See to it that there is a seed in use and a next one behind it, both with their hashes shown."""
    last = queries.lock_last(store, programme_id)
    waiting = sum(one.retired_at is None for one in last)
    first = last[-1].number + 1 if last else 1
    rows = [_row(programme_id, first + place, secrets.seed(), now) for place in range(2 - waiting)]
    store.write([(SEEDS, rows)])


def retire(store: Store, programme_id: str, one: Seed, now: datetime) -> None:
    """Show a seed: nothing is drawn with it from now on. In the transaction at hand, which has locked it."""
    store.write([(RETIRED, [(programme_id, one.number, one.opened(), clock.micros(now))])])


def make(store: Store, programme_id: str, number: int, seed: str, now: datetime) -> None:
    """Make the seed with the number, of which only the hash is shown."""
    store.write([(SEEDS, [_row(programme_id, number, seed, now)])])


def _row(programme_id: str, number: int, seed: str, now: datetime) -> Row:
    return (programme_id, number, chance.hash_of(seed), *secrets.seal(seed), clock.micros(now))


def streak_row(programme_id: str, one: Streak) -> Row:
    """A streak as it stands after a draw."""
    return (one.account_id, one.reward, programme_id, one.prize, one.dry, one.seq)


def switch_off(store: Store, programme_id: str, member_id: str, now: datetime) -> None:
    """Keep chance from a member from now on. In the transaction at hand, which has locked it."""
    store.write(
        [
            (SWITCHES, [(member_id, programme_id, clock.micros(now))]),
            (outbox.OUTGOING, [_news(programme_id, "chance.off", member_id, now)]),
        ]
    )


def switch_on(store: Store, programme_id: str, member_id: str, every: list[str], now: datetime) -> None:
    """Let a member draw again, and those merged into it. In the transaction at hand, which has locked it."""
    store.fetch(_SWITCH_ON, accounts=every)
    store.write([(outbox.OUTGOING, [_news(programme_id, "chance.on", member_id, now)])])


def _news(programme_id: str, topic: str, member_id: str, now: datetime) -> Row:
    at = clock.micros(now)
    return outbox.row(programme_id=programme_id, topic=topic, account_id=member_id, subject_id=member_id, seq=0, at=at)
