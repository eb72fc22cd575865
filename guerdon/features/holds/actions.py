"""Every write to holds: those of a batch as they stand after each entry, and the rows they become."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from guerdon.core import errors, limits
from guerdon.core.holds import Hold
from guerdon.core.ledger import Take
from guerdon.kit import clock
from guerdon.kit.store import Row, Table

HOLDS_TOO_MANY = errors.declare("spent", "holds_too_many", "most")

HOLDS = Table(
    "holds_hold",
    {
        "account_id": "uuid", "id": "uuid", "programme_id": "uuid", "unit": "text", "amount": "bigint",
        "captured": "bigint", "released": "bigint", "expired": "bigint", "state": "text", "seq": "bigint",
        "created_at": "bigint", "ends_at": "bigint", "person_id": "uuid",
    },
)  # fmt: skip
HOLD_MOVES = Table(
    "holds_hold",
    {
        "account_id": "uuid", "id": "uuid", "captured": "bigint", "released": "bigint", "expired": "bigint",
        "state": "text",
    },
    key=("account_id", "id"),
    mode="update",
)  # fmt: skip
PARTS = Table(
    "holds_part",
    {
        "account_id": "uuid", "hold_id": "uuid", "lot_id": "uuid", "programme_id": "uuid", "place": "bigint",
        "amount": "bigint", "open": "bigint",
    },
)  # fmt: skip
PART_MOVES = Table(
    "holds_part",
    {"account_id": "uuid", "hold_id": "uuid", "lot_id": "uuid", "open": "bigint"},
    key=("account_id", "hold_id", "lot_id"),
    mode="update",
)
STEPS = Table(
    "holds_step",
    {
        "account_id": "uuid", "hold_id": "uuid", "activity_id": "uuid", "programme_id": "uuid", "seq": "bigint",
        "kind": "text", "captured": "bigint", "released": "bigint", "expired": "bigint", "at": "bigint",
    },
)  # fmt: skip


@dataclass(slots=True)
class _State:
    """A hold in a batch's hands."""

    hold: Hold
    reserved: tuple[Take, ...]  # of a new hold all of it, of a stored one what was open when it was read
    seq: int = 0  # of a new one


@dataclass(slots=True)
class Reservations:
    """The holds of one batch."""

    programme_id: str
    _holds: dict[str, _State] = field(default_factory=dict)
    _moved: dict[str, _State] = field(default_factory=dict)
    _steps: list[Row] = field(default_factory=list)

    def keep(self, hold: Hold) -> None:
        """Take a stored hold into the batch's hands."""
        self._holds[hold.id] = _State(hold, hold.parts)

    def find(self, id: str) -> Hold | None:
        """A hold of this batch as it stands now."""
        state = self._holds.get(id)
        return state.hold if state else None

    def open_of(self, account_id: str) -> list[Hold]:
        """The open holds of the account, in the order in which they were made."""
        mine = [one.hold for one in self._holds.values() if one.hold.account_id == account_id]
        return sorted((hold for hold in mine if hold.state == "open"), key=lambda hold: hold.id)

    def check_room(self, account_id: str, more: int) -> None:
        """Refuse so many holds more than an account may have. Raises `holds_too_many`."""
        if len(self.open_of(account_id)) + more > limits.HOLDS_MAX:
            raise HOLDS_TOO_MANY(most=limits.HOLDS_MAX)

    def make(self, hold: Hold, *, seq: int) -> None:
        """Note a new hold. Raises `holds_too_many`."""
        self.check_room(hold.account_id, 1)
        self._holds[hold.id] = self._moved[hold.id] = _State(hold, hold.parts, seq)

    def step(self, kind: str, after: Hold, *, activity_id: str, seq: int, at: datetime) -> None:
        """Note what an entry did with a hold, which stands as `after` from now on."""
        state = self._holds[after.id]
        before = state.hold
        moved = (
            after.captured - before.captured, after.released - before.released, after.expired - before.expired,
        )  # fmt: skip
        self._steps.append(
            (after.account_id, after.id, activity_id, self.programme_id, seq, kind, *moved, clock.micros(at))
        )
        state.hold = after
        self._moved[after.id] = state

    def rows(self) -> list[tuple[Table, list[Row]]]:
        """Everything to write, parents before children."""
        new: list[Row] = []
        moved: list[Row] = []
        parts: list[Row] = []
        part_moves: list[Row] = []
        for state in self._moved.values():
            hold = state.hold
            became = (hold.captured, hold.released, hold.expired, hold.state)
            left = {part.lot: part.points for part in hold.parts}
            if state.seq:
                times = (clock.micros(hold.created_at), clock.micros(hold.ends_at))
                head = (hold.account_id, hold.id, self.programme_id, hold.unit, hold.amount)
                new.append((*head, *became, state.seq, *times, hold.person_id))
                parts += self._part_rows(hold, state.reserved, left)
            else:
                moved.append((hold.account_id, hold.id, *became))
                part_moves += [
                    (hold.account_id, hold.id, part.lot, left.get(part.lot, 0))
                    for part in state.reserved
                    if left.get(part.lot, 0) != part.points
                ]
        return [(HOLDS, new), (HOLD_MOVES, moved), (PARTS, parts), (PART_MOVES, part_moves), (STEPS, self._steps)]

    def _part_rows(self, hold: Hold, reserved: Sequence[Take], left: dict[str, int]) -> list[Row]:
        return [
            (hold.account_id, hold.id, part.lot, self.programme_id, place, part.points, left.get(part.lot, 0))
            for place, part in enumerate(reserved)
        ]
