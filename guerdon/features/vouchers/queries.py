"""Every read of vouchers: by their codes, of a member, of a redemption; pools, and who has guessed too often."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal

import msgspec

from guerdon.core import vouchers
from guerdon.core.law import Law
from guerdon.core.vouchers import State, Voucher
from guerdon.features.programmes.queries import Lawbook
from guerdon.kit import clock
from guerdon.kit.store import Statement, Store, allow_fanout

Direction = Literal["use", "back"]

# Of a code that a member was given all that moves stands in the member's own row.
_SHOWN = (
    "SELECT c.code, c.voucher, coalesce(v.version, c.version), c.account_id, c.voucher_id,"
    " coalesce(v.issued_at, c.made_at), CASE WHEN v.id IS NULL THEN c.expires_at ELSE v.expires_at END,"
    " coalesce(v.uses, c.uses), coalesce(v.used, c.used),"
    " CASE WHEN v.id IS NULL THEN c.withdrawn_at ELSE v.withdrawn_at END, v.rule, v.seq, v.activity_id"
    " FROM vouchers_code c LEFT JOIN vouchers_voucher v ON v.account_id = c.account_id AND v.id = c.voucher_id"
    " WHERE c.programme_id = :programme AND c.code "
)
_COLUMNS = (
    "v.code, v.voucher, v.version, v.account_id, v.id, v.issued_at, v.expires_at, v.uses, v.used, v.withdrawn_at,"
    " v.rule, v.seq, v.activity_id"
)
_LOCK = Statement(
    _SHOWN + "= ANY(:codes::text[]) ORDER BY c.code FOR NO KEY UPDATE OF c",
    sqlite=_SHOWN + "IN (SELECT value FROM json_each(:codes)) ORDER BY c.code",  # noqa: S608
)
_FIND = Statement(
    _SHOWN + "= ANY(:codes::text[]) ORDER BY c.code",  # our own constant
    sqlite=_SHOWN + "IN (SELECT value FROM json_each(:codes)) ORDER BY c.code",  # noqa: S608
)
_KNOWN = Statement(
    "SELECT code, voucher FROM vouchers_code WHERE programme_id = :programme AND code = ANY(:codes::text[])",
    sqlite="SELECT code, voucher FROM vouchers_code WHERE programme_id = :programme"
    " AND code IN (SELECT value FROM json_each(:codes))",
)
_LIST = Statement(
    f"SELECT {_COLUMNS}"  # noqa: S608 - our own
    " FROM vouchers_voucher v WHERE account_id = ANY(:accounts::uuid[]) AND id > :after ORDER BY id LIMIT :most",
    sqlite=f"SELECT {_COLUMNS}"  # noqa: S608
    " FROM vouchers_voucher v WHERE account_id IN (SELECT value FROM json_each(:accounts)) AND id > :after"
    " ORDER BY id LIMIT :most",
)
_ALIVE = Statement(
    f"SELECT {_COLUMNS}"  # noqa: S608 - our own
    " FROM vouchers_voucher v WHERE account_id = ANY(:accounts::uuid[]) AND used < uses AND withdrawn_at IS NULL"
    " AND (expires_at IS NULL OR expires_at > :now) ORDER BY expires_at IS NULL, expires_at, id LIMIT :most",
    sqlite=f"SELECT {_COLUMNS}"  # noqa: S608
    " FROM vouchers_voucher v WHERE account_id IN (SELECT value FROM json_each(:accounts)) AND used < uses"
    " AND withdrawn_at IS NULL AND (expires_at IS NULL OR expires_at > :now)"
    " ORDER BY expires_at IS NULL, expires_at, id LIMIT :most",
)
_UNUSED = Statement(
    "SELECT account_id, voucher, CAST(sum(uses - used) AS bigint) FROM vouchers_voucher"
    " WHERE account_id = ANY(:accounts::uuid[]) AND voucher = ANY(:vouchers::text[]) AND used < uses"
    " AND withdrawn_at IS NULL AND (expires_at IS NULL OR expires_at > :now) GROUP BY account_id, voucher",
    sqlite="SELECT account_id, voucher, sum(uses - used) FROM vouchers_voucher"
    " WHERE account_id IN (SELECT value FROM json_each(:accounts))"
    " AND voucher IN (SELECT value FROM json_each(:vouchers)) AND used < uses"
    " AND withdrawn_at IS NULL AND (expires_at IS NULL OR expires_at > :now) GROUP BY account_id, voucher",
)
_ISSUED = Statement(
    f"SELECT {_COLUMNS} FROM unnest(:accounts::uuid[], :ids::uuid[]) AS u(account_id, id)"  # noqa: S608 - our own
    " JOIN vouchers_voucher v ON v.account_id = u.account_id AND v.id = u.id",
    sqlite=f"SELECT {_COLUMNS} FROM json_each(:pairs) AS u CROSS JOIN vouchers_voucher v"  # noqa: S608
    " ON v.account_id = u.value->>0 AND v.id = u.value->>1",
)
_USES = Statement(
    "SELECT u.id, u.account_id, u.activity_id, u.voucher, u.code, u.voucher_id, u.off, b.id"
    " FROM unnest(:accounts::uuid[], :activities::uuid[]) AS n(account_id, activity_id)"
    " JOIN vouchers_use u ON u.account_id = n.account_id AND u.activity_id = n.activity_id AND u.direction = 'use'"
    " LEFT JOIN vouchers_use b ON b.account_id = u.account_id AND b.use_id = u.id ORDER BY u.id",
    sqlite="SELECT u.id, u.account_id, u.activity_id, u.voucher, u.code, u.voucher_id, u.off, b.id"
    " FROM json_each(:pairs) AS n"
    " CROSS JOIN vouchers_use u ON u.account_id = n.value->>0 AND u.activity_id = n.value->>1 AND u.direction = 'use'"
    " LEFT JOIN vouchers_use b ON b.account_id = u.account_id AND b.use_id = u.id ORDER BY u.id",
)
_USES_OF_CODE = allow_fanout(
    "whoever answers for a code sees all who have used it",
    Statement(
        "SELECT u.id, u.account_id, u.activity_id, u.direction, u.use_id, u.off, u.at, u.seq FROM vouchers_use u"
        " WHERE u.programme_id = :programme AND u.code = :code AND (u.seq, u.id) < (:seq, :before)"
        " ORDER BY u.seq DESC, u.id DESC LIMIT :most"
    ),
)
_LOCK_POOLS = Statement(
    "SELECT voucher, added, taken FROM vouchers_pool WHERE programme_id = :programme"
    " AND voucher = ANY(:vouchers::text[]) ORDER BY voucher FOR NO KEY UPDATE",
    sqlite="SELECT voucher, added, taken FROM vouchers_pool WHERE programme_id = :programme"
    " AND voucher IN (SELECT value FROM json_each(:vouchers)) ORDER BY voucher",
)
_FREE = Statement(
    "SELECT u.voucher, c.code FROM unnest(:vouchers::text[]) AS u(voucher) CROSS JOIN LATERAL ("
    " SELECT code FROM vouchers_code WHERE programme_id = :programme AND voucher = u.voucher AND account_id IS NULL"
    " AND withdrawn_at IS NULL ORDER BY code LIMIT :most) c ORDER BY u.voucher, c.code",
    sqlite="SELECT u.value, c.code FROM json_each(:vouchers) AS u CROSS JOIN vouchers_code c"
    " ON c.programme_id = :programme AND c.code IN (SELECT d.code FROM vouchers_code d"
    " WHERE d.programme_id = :programme AND d.voucher = u.value AND d.account_id IS NULL AND d.withdrawn_at IS NULL"
    " ORDER BY d.code LIMIT :most) ORDER BY u.value, c.code",
)
_POOLS = Statement("SELECT voucher, added, taken FROM vouchers_pool WHERE programme_id = :programme ORDER BY voucher")
_FREE_CODES = Statement(
    "SELECT code, used, uses, made_at, expires_at FROM vouchers_code WHERE programme_id = :programme"
    " AND voucher = :voucher AND account_id IS NULL AND withdrawn_at IS NULL AND code > :after"
    " ORDER BY code LIMIT :most"
)
_BATCH = Statement(
    "SELECT voucher, codes, known, elsewhere, made_at FROM vouchers_batch WHERE programme_id = :programme"
    " AND source = :source AND external_id = :external"
)


class Shown(msgspec.Struct, frozen=True):
    """A code as the directory has it, with the voucher it leads to; without an account nobody was given it."""

    code: str
    voucher: str
    version: int
    account_id: str | None
    id: str | None
    issued_at: datetime
    expires_at: datetime | None
    uses: int
    used: int
    withdrawn_at: datetime | None
    rule: str | None = None
    seq: int | None = None
    activity_id: str | None = None  # of the entry by which it was given

    def as_of(self, at: datetime) -> State:
        """What it is at the instant."""
        withdrawn = self.withdrawn_at is not None and self.withdrawn_at <= at
        return vouchers.state(used=self.used, uses=self.uses, expires_at=self.expires_at, withdrawn=withdrawn, at=at)

    def terms(self, book: Lawbook, in_force: Law) -> tuple[Voucher, Law]:
        """What it is good for, with the law that says so: the one in force, or where that has no such voucher any more
        the one under which it was made."""
        found = in_force.programme.vouchers.get(self.voucher)
        if found is not None:
            return found, in_force
        made = book.law(self.version)
        offer = made.programme.offer(self.voucher)
        assert offer is not None, "a code is made under a version that has its voucher"
        return offer, made

    def check(self, offer: Voucher, holder: str | None, account_id: str, at: datetime) -> None:
        """Refuse a code that this account cannot use at the instant, whatever the basket is.

        `holder` is the account that has the voucher; None where nobody was given the code.
        """
        vouchers.check(
            offer, code=self.code, holder=holder, account_id=account_id, found=self.as_of(at), uses=self.uses,
            expires_at=self.expires_at, at=at,
        )  # fmt: skip


class Use(msgspec.Struct, frozen=True):
    """One use of a code, and whether it was rolled back."""

    id: str
    account_id: str
    activity_id: str
    voucher: str
    code: str
    voucher_id: str | None
    off: int
    back: bool


class Step(msgspec.Struct, frozen=True):
    """A use of a code, or that one was rolled back, by whom and when."""

    id: str
    account_id: str
    activity_id: str
    direction: Direction
    use_id: str | None
    off: int
    at: datetime
    seq: int


class Pool(msgspec.Struct, frozen=True):
    """How many codes a pool was given, and how many of them left it."""

    voucher: str
    added: int
    taken: int

    @property
    def left(self) -> int:
        return self.added - self.taken


class MadeBatch(msgspec.Struct, frozen=True):
    """Codes that were made or brought in together.

    `known` were there before, `elsewhere` are codes of other vouchers; all of these were left as they are.
    """

    source: str
    external_id: str
    voucher: str
    codes: int
    known: int
    elsewhere: int
    made_at: datetime


def lock(store: Store, programme_id: str, codes: Sequence[str]) -> dict[str, Shown]:
    """Lock the codes (stored form) in their order, after all members; by code, unknown ones left out."""
    if not codes:
        return {}
    return {row[0]: _shown(row) for row in store.fetch(_LOCK, programme=programme_id, codes=sorted(set(codes)))}


def find(store: Store, programme_id: str, codes: Sequence[str]) -> dict[str, Shown]:
    """The same without a lock."""
    if not codes:
        return {}
    return {row[0]: _shown(row) for row in store.fetch(_FIND, programme=programme_id, codes=sorted(set(codes)))}


def one(store: Store, programme_id: str, code: str) -> Shown:
    """A code in its stored form. Raises `voucher_unknown`."""
    found = find(store, programme_id, [code]).get(code)
    if found is None:
        raise vouchers.VOUCHER_UNKNOWN(code=code)
    return found


def vouchers_of(store: Store, programme_id: str, codes: Sequence[str]) -> dict[str, str]:
    """The vouchers of those codes that are in the directory already, by code."""
    return dict(store.fetch(_KNOWN, programme=programme_id, codes=list(codes)))


def of_accounts(store: Store, accounts: Sequence[str], *, after: str, most: int) -> list[Shown]:
    """The vouchers that the accounts were given, in that order, a page at a time."""
    return [_shown(row) for row in store.fetch(_LIST, accounts=list(accounts), after=after, most=most)]


def alive(store: Store, accounts: Sequence[str], at: datetime, *, most: int) -> list[Shown]:
    """The vouchers of the accounts that can be used at the instant, those first that end first."""
    rows = store.fetch(_ALIVE, accounts=list(accounts), now=clock.micros(at), most=most)
    return [_shown(row) for row in rows]


def unused(store: Store, accounts: Sequence[str], keys: Sequence[str], at: datetime) -> dict[tuple[str, str], int]:
    """How many uses the accounts have left at the instant, by (account, voucher); without keys it costs nothing."""
    if not keys:
        return {}
    rows = store.fetch(_UNUSED, accounts=list(accounts), vouchers=list(keys), now=clock.micros(at))
    return {(account, voucher): int(left) for account, voucher, left in rows}


def issued(store: Store, names: Sequence[tuple[str, str]]) -> list[Shown]:
    """The vouchers named by (account, id)."""
    if not names:
        return []
    accounts, ids = [account for account, _ in names], [id for _, id in names]
    rows = store.fetch(_ISSUED, accounts=accounts, ids=ids, pairs=[list(name) for name in names])
    return [_shown(row) for row in rows]


def uses_of(store: Store, names: Sequence[tuple[str, str]]) -> list[Use]:
    """The uses that the redemptions named by (account, activity) made, in the order they were made."""
    if not names:
        return []
    accounts, activities = [account for account, _ in names], [activity for _, activity in names]
    pairs = [list(name) for name in names]
    rows = store.fetch(_USES, accounts=accounts, activities=activities, pairs=pairs)
    return [
        Use(id, account, activity, voucher, code, voucher_id, off, back=back is not None)
        for id, account, activity, voucher, code, voucher_id, off, back in rows
    ]


def steps_of(store: Store, programme_id: str, code: str, *, before: tuple[int, str], most: int) -> list[Step]:
    """The uses of a code (stored form) and their rollbacks, the latest first, a page at a time before (seq, id)."""
    seq, id = before
    rows = store.fetch(_USES_OF_CODE, programme=programme_id, code=code, seq=seq, before=id, most=most)
    return [
        Step(id, account, activity, direction, use, off, clock.instant(at), seq)
        for id, account, activity, direction, use, off, at, seq in rows
    ]


def lock_pools(store: Store, programme_id: str, keys: Sequence[str]) -> dict[str, Pool]:
    """Lock the pools in key order, after all members; by voucher."""
    if not keys:
        return {}
    rows = store.fetch(_LOCK_POOLS, programme=programme_id, vouchers=sorted(set(keys)))
    return {row[0]: Pool(*row) for row in rows}


def free(store: Store, programme_id: str, keys: Sequence[str], *, most: int) -> dict[str, list[str]]:
    """The next codes of each pool that nobody has, so many at most; the pools are locked."""
    found: dict[str, list[str]] = {}
    if keys:
        for voucher, code in store.fetch(_FREE, programme=programme_id, vouchers=sorted(set(keys)), most=most):
            found.setdefault(voucher, []).append(code)
    return found


def pools(store: Store, programme_id: str) -> list[Pool]:
    """All pools of the programme."""
    return [Pool(*row) for row in store.fetch(_POOLS, programme=programme_id)]


def free_codes(store: Store, programme_id: str, voucher: str, *, after: str, most: int) -> list[Shown]:
    """The codes of a voucher that no member was given, in their order, a page at a time."""
    rows = store.fetch(_FREE_CODES, programme=programme_id, voucher=voucher, after=after, most=most)
    return [
        Shown(code, voucher, 0, None, None, clock.instant(made), clock.instant(ends), uses, used, None)
        for code, used, uses, made, ends in rows
    ]


def batch(store: Store, programme_id: str, *, source: str, external_id: str) -> MadeBatch | None:
    """The codes that were made or brought in under this name; None where none were."""
    rows = store.fetch(_BATCH, programme=programme_id, source=source, external=external_id)
    if not rows:
        return None
    voucher, codes, known, elsewhere, made_at = rows[0]
    return MadeBatch(source, external_id, voucher, codes, known, elsewhere, clock.instant(made_at))


def _shown(row: Sequence[Any]) -> Shown:
    code, voucher, version, account, id, issued_at, expires_at, uses, used, withdrawn_at, rule, seq, activity = row
    since, until, gone = map(clock.instant, (issued_at, expires_at, withdrawn_at))
    return Shown(code, voucher, version, account, id, since, until, uses, used, gone, rule, seq, activity)
