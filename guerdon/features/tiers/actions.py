"""Every write to tiers: what was counted, steps and what is due next, grants; and both when members are merged."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Final

from guerdon.core.tiers import Grant, Move, Step, next_look
from guerdon.kit import clock
from guerdon.kit.store import Row, Statement, Store, Table, allow_fanout

BASIS: Final = Table(
    "tiers_basis",
    {"account_id": "uuid", "measure": "text", "day": "bigint", "amount": "bigint"},
    key=("account_id", "measure", "day"),
    mode="upsert",
    adds=("amount",),
)
STEPS: Final = Table(
    "tiers_step",
    {
        "account_id": "uuid", "ladder": "text", "number": "bigint", "programme_id": "uuid", "level": "text",
        "since": "bigint", "cause": "text", "counts_from": "bigint", "counts_until": "bigint", "review_at": "bigint",
        "grace_until": "bigint", "seq": "bigint", "version": "bigint",
    },
    key=("account_id", "ladder", "number"),
)  # fmt: skip
RANKS: Final = Table(
    "tiers_rank",
    {
        "account_id": "uuid", "ladder": "text", "programme_id": "uuid", "number": "bigint", "counts_from": "bigint",
        "due_at": "bigint",
    },
    key=("account_id", "ladder"),
    fixed=("programme_id",),
    mode="upsert",
)  # fmt: skip
GRANTS: Final = Table(
    "tiers_grant",
    {
        "account_id": "uuid", "id": "uuid", "programme_id": "uuid", "ladder": "text", "level": "text", "kind": "text",
        "since": "bigint", "until": "bigint", "reason": "text", "actor": "text", "seq": "bigint",
    },
    key=("account_id", "id"),
)  # fmt: skip
ENDED: Final = Table(
    "tiers_grant",
    {"account_id": "uuid", "id": "uuid", "ended_at": "bigint"},
    key=("account_id", "id"),
    mode="update",
)

_ADD = allow_fanout(
    "two members become one, or two again",
    Statement(
        "INSERT INTO tiers_basis (account_id, measure, day, amount)"
        " SELECT CAST(:into AS uuid), measure, day, :sign * amount FROM tiers_basis WHERE account_id = :account"
        " ON CONFLICT (account_id, measure, day) DO UPDATE SET amount = tiers_basis.amount + excluded.amount",
        sqlite="INSERT INTO tiers_basis (account_id, measure, day, amount)"
        " SELECT :into, measure, day, :sign * amount FROM tiers_basis WHERE account_id = :account"
        " ON CONFLICT (account_id, measure, day) DO UPDATE SET amount = tiers_basis.amount + excluded.amount",
    ),
)


class Ascents:
    """What one batch will write of tiers: the basis that moves, the steps, and where each account stands after them."""

    def __init__(self, programme_id: str) -> None:
        self.programme_id = programme_id
        self._basis: dict[tuple[str, str, int], int] = {}
        self._steps: list[Row] = []
        self._ranks: dict[tuple[str, str], Row] = {}

    def count(self, account_id: str, moves: Iterable[Move]) -> None:
        """Add to the basis; all that moves one day is one row."""
        for move in moves:
            name = (account_id, move.measure, move.day.toordinal())
            self._basis[name] = self._basis.get(name, 0) + move.add

    def climb(self, account_id: str, steps: Iterable[Step], *, seq: int, version: int) -> None:
        """Enter steps, each the last of its ladder by then."""
        for step in steps:
            self._steps.append(step_row(account_id, self.programme_id, step, seq=seq, version=version))
            self._ranks[account_id, step.ladder] = rank_row(account_id, self.programme_id, step)

    def resume(self, account_id: str, step: Step) -> None:
        """Somebody looks at the ladder from its last step on, also where the programme has it again."""
        self._ranks[account_id, step.ladder] = rank_row(account_id, self.programme_id, step)

    def idle(self, account_id: str, step: Step) -> None:
        """Nobody looks at the ladder again: the programme has it no more."""
        self._ranks[account_id, step.ladder] = (account_id, step.ladder, self.programme_id, step.number, None, None)

    def rows(self) -> list[tuple[Table, list[Row]]]:
        """Everything, in the order in which it refers to each other."""
        basis: list[Row] = [(*name, add) for name, add in self._basis.items() if add]
        return [(BASIS, basis), (STEPS, self._steps), (RANKS, list(self._ranks.values()))]


def step_row(account_id: str, programme_id: str, step: Step, *, seq: int, version: int) -> Row:
    """One step of a history."""
    return (
        account_id, step.ladder, step.number, programme_id, step.level, clock.micros(step.since), step.cause,
        _ordinal(step.counts_from), _ordinal(step.counts_until), _micros(step.review_at), _micros(step.grace_until),
        seq, version,
    )  # fmt: skip


def rank_row(account_id: str, programme_id: str, step: Step) -> Row:
    """Where the account stands after a step, when somebody looks again, and from which day on what counts then."""
    due, first = next_look(step)
    return (account_id, step.ladder, programme_id, step.number, _ordinal(first), _micros(due))


def grant_row(account_id: str, id: str, programme_id: str, grant: Grant, *, seq: int) -> Row:
    return (
        account_id, id, programme_id, grant.ladder, grant.level, grant.kind, clock.micros(grant.since),
        clock.micros(grant.until), grant.reason, grant.actor, seq,
    )  # fmt: skip


def ended_row(account_id: str, id: str, at: datetime) -> Row:
    """The end of a grant before its time."""
    return (account_id, id, clock.micros(at))


def add_basis(store: Store, account_id: str, *, into: str) -> None:
    """Add all that one account has counted to another's."""
    store.fetch(_ADD, account=account_id, into=into, sign=1)


def take_out_basis(store: Store, account_id: str, *, into: str) -> None:
    """Take what one account has counted out of another's."""
    store.fetch(_ADD, account=account_id, into=into, sign=-1)


def _ordinal(day: date | None) -> int | None:
    return day.toordinal() if day is not None else None


def _micros(at: datetime | None) -> int | None:
    return clock.micros(at) if at is not None else None
