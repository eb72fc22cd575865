"""Every write to vouchers, their codes, uses and pools, and to the count of guesses."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

import msgspec

from guerdon.core import vouchers as law
from guerdon.core.decisions import Issue
from guerdon.core.vouchers import Voucher
from guerdon.features.ledger.actions import Cause
from guerdon.features.vouchers import queries
from guerdon.features.vouchers.queries import MadeBatch, Pool, Shown, Use
from guerdon.kit import clock, codes, ids, outbox, store
from guerdon.kit.store import Row, Store, Table

VOUCHERS = Table(
    "vouchers_voucher",
    {
        "account_id": "uuid", "id": "uuid", "programme_id": "uuid", "voucher": "text", "code": "text",
        "version": "bigint", "rule": "text", "activity_id": "uuid", "seq": "bigint", "issued_at": "bigint",
        "expires_at": "bigint", "uses": "bigint", "used": "bigint", "withdrawn_at": "bigint",
    },
)  # fmt: skip
USED = Table(
    "vouchers_voucher",
    {"account_id": "uuid", "id": "uuid", "used": "bigint", "withdrawn_at": "bigint"},
    key=("account_id", "id"),
    mode="update",
)
CODES = Table(
    "vouchers_code",
    {
        "programme_id": "uuid", "code": "text", "voucher": "text", "version": "bigint", "account_id": "uuid",
        "voucher_id": "uuid", "made_at": "bigint", "expires_at": "bigint", "uses": "bigint", "used": "bigint",
        "withdrawn_at": "bigint",
    },
)  # fmt: skip
CODES_MOVED = Table(
    "vouchers_code",
    {
        "programme_id": "uuid", "code": "text", "account_id": "uuid", "voucher_id": "uuid", "used": "bigint",
        "withdrawn_at": "bigint",
    },
    key=("programme_id", "code"),
    mode="update",
)  # fmt: skip
USES = Table(
    "vouchers_use",
    {
        "account_id": "uuid", "id": "uuid", "programme_id": "uuid", "direction": "text", "use_id": "uuid",
        "activity_id": "uuid", "seq": "bigint", "voucher": "text", "code": "text", "voucher_id": "uuid",
        "off": "bigint", "at": "bigint",
    },
)  # fmt: skip
POOLS = Table(
    "vouchers_pool",
    {"programme_id": "uuid", "voucher": "text", "added": "bigint", "taken": "bigint"},
    key=("programme_id", "voucher"),
    adds=("added", "taken"),
    mode="upsert",
)
# By itself, because PostgreSQL checks what an upsert would insert before it finds the row that is there.
POOLS_TAKEN = Table(
    "vouchers_pool",
    {"programme_id": "uuid", "voucher": "text", "taken": "bigint"},
    key=("programme_id", "voucher"),
    mode="update",
)
BATCHES = Table(
    "vouchers_batch",
    {
        "programme_id": "uuid", "source": "text", "external_id": "text", "voucher": "text", "codes": "bigint",
        "known": "bigint", "elsewhere": "bigint", "made_at": "bigint",
    },
)  # fmt: skip

_MORE = 20  # codes that are fetched at once where those in hand were too few
Direction = Literal["use", "back"]


class Issuing:
    """The pools in the hands of a batch, and what it has given so far."""

    def __init__(self, programme_id: str, now: datetime) -> None:
        self.programme_id = programme_id
        self.now = now
        self._store: Store | None = None
        self._pools: dict[str, Pool] = {}
        self._free: dict[str, list[str]] = {}
        self._taken: dict[str, int] = {}
        self._vouchers: dict[str, Row] = {}  # by code
        self._codes: list[Row] = []
        self._given: list[Row] = []
        self.given: dict[str, Shown] = {}  # by code: what this very batch has given

    def take_pools(self, at_hand: Store, wanted: Mapping[str, int]) -> None:
        """Lock the pools that may be drawn on, after all members, and take so many of their codes into the hands."""
        self._store = at_hand
        keys = [key for key in wanted if key not in self._pools]
        if keys:
            self._pools |= queries.lock_pools(at_hand, self.programme_id, keys)
            most = sum(wanted[key] for key in keys)
            found = queries.free(at_hand, self.programme_id, keys, most=most)
            self._free |= {key: codes for key, codes in found.items() if key in self._pools}  # a pool has a row to lock

    def issue(self, offer: Voucher, cause: Cause, *, version: int, zone: ZoneInfo, rule: str | None = None) -> Issue:
        """Give a voucher to the account of the entry. Raises `voucher_pool_empty`."""
        code = self._next(offer.key) if offer.codes == "pool" else codes.new()
        expires_at = law.ends(offer, self.now, zone)
        one = Shown(
            code, offer.key, version, cause.account_id, ids.new(), self.now, expires_at, offer.uses, 0, None, rule,
            cause.seq, cause.activity_id,
        )  # fmt: skip
        self.given[code] = one
        self._vouchers[code] = voucher_row(one, self.programme_id)
        if offer.codes == "pool":
            self._given.append(given_row(one, self.programme_id))
        else:
            self._codes.append(code_row(one, self.programme_id))
        assert one.id is not None
        return Issue(offer.key, rule, code, one.id, expires_at)

    def withdraw(self, code: str) -> None:
        """Withdraw what this very batch has given: a return had waited for the purchase that it was given for."""
        one = self.given[code] = msgspec.structs.replace(self.given[code], withdrawn_at=self.now)
        self._vouchers[code] = voucher_row(one, self.programme_id)

    def _next(self, key: str) -> str:
        free = self._free.get(key)
        if not free and self.left(key):  # more was given than anybody could foresee; nobody else takes from it now
            assert self._store is not None
            found = queries.free(self._store, self.programme_id, [key], most=self._taken.get(key, 0) + _MORE)
            free = self._free[key] = [code for code in found.get(key, []) if code not in self.given]
        if not free:
            raise law.VOUCHER_POOL_EMPTY(voucher=key)
        self._taken[key] = self._taken.get(key, 0) + 1
        return free.pop(0)

    def left(self, key: str) -> int:
        """How many codes a pool in these hands still has."""
        return self._pools[key].left - self._taken.get(key, 0) if key in self._pools else 0

    def fell_below(self, offers: Mapping[str, Voucher]) -> list[str]:
        """The pools that had enough codes before this batch and have not any more."""
        low: list[str] = []
        for key, taken in sorted(self._taken.items()):
            pool, offer = self._pools[key], offers.get(key)
            alarm = offer.alarm_below if offer is not None else None
            if alarm is not None and pool.left - taken < alarm <= pool.left:
                low.append(key)
        return low

    def rows(self) -> list[tuple[Table, list[Row]]]:
        """Everything, in the order in which it refers to each other; codes sorted, so that rivals wait."""
        taken = sorted(self._taken.items())
        pools = [taken_row(self.programme_id, self._pools[key], count) for key, count in taken]
        return [
            (VOUCHERS, list(self._vouchers.values())),
            (CODES, sorted(self._codes, key=lambda row: str(row[1]))),
            (CODES_MOVED, self._given),
            (POOLS_TAKEN, pools),
        ]


def voucher_row(one: Shown, programme_id: str) -> Row:
    """A voucher that its account is given by an entry of the journal."""
    return (
        one.account_id, one.id, programme_id, one.voucher, one.code, one.version, one.rule, one.activity_id, one.seq,
        clock.micros(one.issued_at), _micros(one.expires_at), one.uses, one.used, _micros(one.withdrawn_at),
    )  # fmt: skip


def code_row(one: Shown, programme_id: str) -> Row:
    """A new code in the directory: of the voucher it leads to, or its own."""
    return (
        programme_id, one.code, one.voucher, one.version, one.account_id, one.id, clock.micros(one.issued_at),
        _micros(one.expires_at), one.uses, 0 if one.account_id is not None else one.used,
        None if one.account_id is not None else _micros(one.withdrawn_at),
    )  # fmt: skip


def moved(one: Shown, programme_id: str) -> tuple[Table, Row]:
    """How often a voucher has been used by now, and whether it was withdrawn, wherever that is kept of it."""
    if one.account_id is not None:
        return USED, (one.account_id, one.id, one.used, _micros(one.withdrawn_at))
    return CODES_MOVED, (programme_id, one.code, None, None, one.used, _micros(one.withdrawn_at))


def given_row(one: Shown, programme_id: str) -> Row:
    """A code of a pool that leads to a member's voucher from now on."""
    return (programme_id, one.code, one.account_id, one.id, 0, None)


def use_row(
    use: Use, programme_id: str, *, id: str, direction: Direction, activity_id: str, seq: int, at: datetime
) -> Row:
    """A use, or its rollback under an id of its own."""
    return (
        use.account_id, id, programme_id, direction, use.id if direction == "back" else None, activity_id, seq,
        use.voucher, use.code, use.voucher_id, use.off, clock.micros(at),
    )  # fmt: skip


def taken_row(programme_id: str, pool: Pool, more: int) -> Row:
    """How many codes have left a pool after the batch (the row is locked)."""
    return (programme_id, pool.voucher, pool.taken + more)


def add_codes(
    at_hand: Store,
    programme_id: str,
    offer: Voucher,
    codes: Sequence[str],
    made: MadeBatch,
    *,
    version: int,
    expires_at: datetime | None,
) -> None:
    """Enter codes that nobody has yet, under the name by which they are told; in the transaction at hand."""
    now = made.made_at
    rows = [
        code_row(Shown(code, offer.key, version, None, None, now, expires_at, offer.uses, 0, None), programme_id)
        for code in sorted(codes)
    ]
    batch = (
        programme_id,
        made.source,
        made.external_id,
        offer.key,
        len(rows),
        made.known,
        made.elsewhere,
        clock.micros(now),
    )
    pool: list[Row] = [(programme_id, offer.key, len(rows), 0)] if offer.codes == "pool" else []
    at_hand.write([(BATCHES, [batch]), (POOLS, pool), (CODES, rows)])


def withdraw_code(at_hand: Store, programme_id: str, code: str, *, now: datetime) -> None:
    """Withdraw a code that nobody was given, in the transaction at hand; again it changes nothing.

    Raises `voucher_unknown`.
    """
    pools = queries.lock_pools(at_hand, programme_id, [queries.one(at_hand, programme_id, code).voucher])
    found = queries.lock(at_hand, programme_id, [code])[code]
    if found.account_id is not None:
        raise store.overtaken("a code was given to a member meanwhile")
    if found.withdrawn_at is not None:
        return
    table, row = moved(msgspec.structs.replace(found, withdrawn_at=now), programme_id)
    left = [taken_row(programme_id, pools[found.voucher], 1)] if found.voucher in pools else []
    news = outbox.row(
        programme_id=programme_id, topic="voucher.withdrawn", account_id=programme_id, subject_id=programme_id,
        seq=0, at=clock.micros(now),
    )  # fmt: skip
    at_hand.write([(table, [row]), (POOLS_TAKEN, left), (outbox.OUTGOING, [news])])


def new_use(account_id: str, activity_id: str, shown: Shown, *, off: int) -> Use:
    """A use that is made now."""
    return Use(ids.new(), account_id, activity_id, shown.voucher, shown.code, shown.id, off, back=False)


def _micros(at: datetime | None) -> int | None:
    return None if at is None else clock.micros(at)
