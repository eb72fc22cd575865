"""Every read of draws: seeds, streaks, and who has switched chance off."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

import msgspec

from guerdon.core import limits
from guerdon.core.rewards import Reward
from guerdon.kit import clock, secrets
from guerdon.kit.store import Statement, Store

_SEED = "number, hash, wrapped_key, sealed, made_at, secret, retired_at"
# Nobody retires a seed, and so shows it, while a draw is made with it.
_IN_USE = Statement(
    f"SELECT {_SEED} FROM draws_seed WHERE programme_id = :programme AND retired_at IS NULL"  # noqa: S608 - our own
    " ORDER BY number LIMIT 1 FOR SHARE",
    sqlite=f"SELECT {_SEED} FROM draws_seed WHERE programme_id = :programme AND retired_at IS NULL"  # noqa: S608
    " ORDER BY number LIMIT 1",
)
_NEXT = Statement(
    f"SELECT {_SEED} FROM draws_seed WHERE programme_id = :programme AND retired_at IS NULL"  # noqa: S608
    " ORDER BY number LIMIT 1"
)
_LAST = Statement(
    f"SELECT {_SEED} FROM draws_seed WHERE programme_id = :programme ORDER BY number DESC LIMIT 3 FOR UPDATE",  # noqa: S608
    sqlite=f"SELECT {_SEED} FROM draws_seed WHERE programme_id = :programme ORDER BY number DESC LIMIT 3",  # noqa: S608
)
_SHOWN = Statement(
    f"SELECT {_SEED} FROM draws_seed WHERE programme_id = :programme"  # noqa: S608
    " ORDER BY number DESC LIMIT :most"
)
_NUMBERED = Statement(
    f"SELECT {_SEED} FROM draws_seed WHERE programme_id = :programme AND number = :number"  # noqa: S608
)
_STREAKS = Statement(
    "SELECT account_id, reward, prize, dry, seq FROM draws_streak"
    " WHERE account_id = ANY(:accounts::uuid[]) AND reward = ANY(:rewards::text[])",
    sqlite="SELECT account_id, reward, prize, dry, seq FROM draws_streak"
    " WHERE account_id IN (SELECT value FROM json_each(:accounts))"
    " AND reward IN (SELECT value FROM json_each(:rewards))",
)
_OFF = Statement(
    "SELECT account_id, off_at FROM draws_switch WHERE account_id = ANY(:accounts::uuid[])",
    sqlite="SELECT account_id, off_at FROM draws_switch WHERE account_id IN (SELECT value FROM json_each(:accounts))",
)


class Seed(msgspec.Struct, frozen=True):
    """A seed of a programme; `secret` is shown once it is retired."""

    number: int
    hash: str
    wrapped_key: str
    sealed: str
    made_at: datetime
    secret: str | None
    retired_at: datetime | None

    def opened(self) -> str:
        """The seed itself (hex), for whoever draws or proves."""
        return secrets.unseal(self.wrapped_key, self.sealed)


class Streak(msgspec.Struct, frozen=True):
    """How many draws of a mystery in a row have not given an account the guaranteed prize, by the last of them."""

    account_id: str
    reward: str
    prize: str
    dry: int
    seq: int


def in_use(store: Store, programme_id: str) -> Seed | None:
    """The seed with which is drawn now, kept from being retired; None where the programme has had no mystery."""
    rows = store.fetch(_IN_USE, programme=programme_id)
    return _seed(rows[0]) if rows else None


def next_in_use(store: Store, programme_id: str) -> Seed | None:
    """The same for whoever only shows its hash."""
    rows = store.fetch(_NEXT, programme=programme_id)
    return _seed(rows[0]) if rows else None


def lock_last(store: Store, programme_id: str) -> list[Seed]:
    """The last seeds, locked, the earliest of them first: the one before that in use, that one, and the next."""
    return [_seed(row) for row in reversed(store.fetch(_LAST, programme=programme_id))]


def shown(store: Store, programme_id: str) -> list[Seed]:
    """The last seeds, the latest first."""
    return [_seed(row) for row in store.fetch(_SHOWN, programme=programme_id, most=limits.SEEDS_SHOWN_MAX)]


def numbered(store: Store, programme_id: str, number: int) -> Seed:
    """The seed with the number, which is known to be there."""
    return _seed(store.fetch(_NUMBERED, programme=programme_id, number=number)[0])


def streaks(store: Store, accounts: Iterable[str], rewards: Iterable[str]) -> list[Streak]:
    """The streaks of the accounts in draws of the rewards."""
    found = store.fetch(_STREAKS, accounts=sorted(accounts), rewards=sorted(rewards))
    return [Streak(*row) for row in found]


def dry(found: Iterable[Streak], reward: Reward, accounts: Collection[str]) -> int:
    """How many draws in a row have not given a member what is guaranteed, by the last one in any of its accounts.

    Another promise begins anew.
    """
    mine = [one for one in found if one.reward == reward.key and one.account_id in accounts]
    last = max(mine, key=lambda one: one.seq, default=None)
    if last is None or reward.guarantee is None or last.prize != reward.guarantee.prize:
        return 0
    return last.dry


def off(store: Store, accounts: Iterable[str]) -> dict[str, datetime]:
    """Since when which of the members have switched chance off."""
    return {id: clock.instant(at) for id, at in store.fetch(_OFF, accounts=sorted(accounts))}


def _seed(row: tuple[Any, ...]) -> Seed:
    number, hash, wrapped, sealed, made_at, secret, retired_at = row
    return Seed(number, hash, wrapped, sealed, clock.instant(made_at), secret, clock.instant(retired_at))
