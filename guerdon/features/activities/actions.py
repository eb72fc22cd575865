"""Every write to the journal: facts with their decisions, their natural keys, parked facts, stored answers."""

from dataclasses import dataclass, field
from datetime import datetime

import msgspec

from guerdon.core.activities import Activity, Key
from guerdon.core.decisions import Decision
from guerdon.core.returns import Slice
from guerdon.kit import clock
from guerdon.kit.store import Row, Statement, Store, Table

ACTIVITIES = Table(
    "activities_activity",
    {
        "account_id": "uuid", "id": "uuid", "programme_id": "uuid", "seq": "bigint", "kind": "text", "source": "text",
        "external_id": "text", "occurred_at": "bigint", "recorded_at": "bigint", "version": "bigint", "facts": "text",
        "decision": "text",
    },
)  # fmt: skip
KEYS = Table(
    "activities_key",
    {
        "programme_id": "uuid", "source": "text", "kind": "text", "external_id": "text", "account_id": "uuid",
        "activity_id": "uuid",
    },
)  # fmt: skip
PARKED = Table(
    "activities_parked",
    {
        "account_id": "uuid", "id": "uuid", "programme_id": "uuid", "reason": "text", "waits_source": "text",
        "waits_external_id": "text", "parked_at": "bigint", "seq": "bigint", "facts": "text",
    },
)  # fmt: skip
RETURNED = Table(
    "activities_returned",
    {
        "account_id": "uuid",
        "purchase_id": "uuid",
        "return_account": "uuid",
        "return_id": "uuid",
        "seq": "bigint",
        "slice": "text",
    },
)
PAID = Table(
    "activities_paid",
    {
        "account_id": "uuid", "burn_id": "uuid", "purchase_account": "uuid", "purchase_id": "uuid", "place": "bigint",
    },
)  # fmt: skip
ANSWERS = Table(
    "activities_answer",
    {
        "programme_id": "uuid", "credential": "text", "route": "text", "key": "text", "digest": "text",
        "outcome": "text", "created_at": "bigint",
    },
)  # fmt: skip

_RELEASE = Statement(
    "DELETE FROM activities_parked p USING unnest(:accounts::uuid[], :ids::uuid[]) AS u(account_id, id)"
    " WHERE p.account_id = u.account_id AND p.id = u.id",
    sqlite="DELETE FROM activities_parked WHERE (account_id, id) IN"
    " (SELECT value->>0, value->>1 FROM json_each(:pairs))",
)
_encode = msgspec.json.Encoder().encode


class Idempotency(msgspec.Struct, frozen=True):
    """An `Idempotency-Key` in its scope, with the digest of the body it came with (LAW 2.2)."""

    credential: str
    route: str
    key: str
    digest: str


@dataclass(slots=True)
class Journal:
    """The journal of one batch: the rows to be written."""

    programme_id: str
    now: datetime
    _activities: list[Row] = field(default_factory=list)
    _keys: list[Row] = field(default_factory=list)
    _parked: list[Row] = field(default_factory=list)
    _returned: list[Row] = field(default_factory=list)
    _paid: list[Row] = field(default_factory=list)
    _answers: list[Row] = field(default_factory=list)
    _released: list[tuple[str, str]] = field(default_factory=list)

    @property
    def written(self) -> int:
        """How many entries and parked facts are to be written."""
        return len(self._activities) + len(self._parked)

    def record(self, activity: Activity, decision: Decision, *, account_id: str, activity_id: str, seq: int) -> None:
        """Enter a fact and what was decided on it."""
        now, at = clock.micros(self.now), clock.micros(activity.occurred_at)
        self._activities.append(
            (
                account_id, activity_id, self.programme_id, seq, activity.kind, activity.source, activity.external_id,
                at, now, decision.version, _encode(activity).decode(), _encode(decision).decode(),
            )
        )  # fmt: skip

    def claim(self, key: Key, *, account_id: str, activity_id: str) -> None:
        """Take a natural key for ever; a rival that took it first makes the database refuse the batch."""
        self._keys.append((self.programme_id, *key, account_id, activity_id))

    def park(
        self, activity: Activity, *, account_id: str, activity_id: str, seq: int, reason: str, waits: Key | None
    ) -> None:
        """Keep a fact that waits for another one."""
        source, _, external_id = waits or ("", "", "")
        row = (account_id, activity_id, self.programme_id, reason, source, external_id)
        self._parked.append((*row, clock.micros(self.now), seq, _encode(activity).decode()))

    def release(self, *, account_id: str, activity_id: str) -> None:
        """A parked fact is being recorded now; one that was parked in this very batch leaves no trace of it."""
        here = [row for row in self._parked if row[1] == activity_id]
        if here:
            self._parked.remove(here[0])
        else:
            self._released.append((account_id, activity_id))

    def give_back(
        self, part: Slice, *, account_id: str, purchase_id: str, return_account: str, return_id: str, seq: int
    ) -> None:
        """Note what a return gave back of the account's purchase, maybe by whoever stayed after a merge."""
        self._returned.append((account_id, purchase_id, return_account, return_id, seq, _encode(part).decode()))

    def pay(self, *, account_id: str, burn_id: str, purchase_account: str, purchase_id: str, place: int) -> None:
        """Note that a burn of the account pays a tender of a purchase, and no other one ever after."""
        self._paid.append((account_id, burn_id, purchase_account, purchase_id, place))

    def answer(self, idempotency: Idempotency, outcome: str) -> None:
        """Keep what was answered under the key."""
        told = (idempotency.credential, idempotency.route, idempotency.key, idempotency.digest)
        self._answers.append((self.programme_id, *told, outcome, clock.micros(self.now)))

    def apply_releases(self, store: Store) -> None:
        """Take the released facts out of the waiting room."""
        if self._released:
            accounts, ids = zip(*self._released, strict=True)
            store.fetch(_RELEASE, accounts=list(accounts), ids=list(ids), pairs=self._released)

    def rows(self) -> list[tuple[Table, list[Row]]]:
        """Everything to write, parents before children."""
        return [
            (ACTIVITIES, self._activities),
            (KEYS, sorted(self._keys)),  # in the order of the keys, so that rivals wait and do not deadlock
            (PARKED, self._parked),
            (RETURNED, self._returned),
            (PAID, self._paid),
            (ANSWERS, self._answers),
        ]
