"""Every read of what-ifs: one, its answer, those of a draft, a page of them."""

from datetime import date, datetime
from typing import Any

import msgspec

from guerdon.core import errors
from guerdon.core.errors import Fact, Refusal
from guerdon.core.simulations import SIMULATION_UNKNOWN, How, Stage, State
from guerdon.kit import clock, ids
from guerdon.kit.store import Row, Statement, Store

LAST = "f" * 32  # above every id: where the newest page begins
_COLUMNS = (
    "id, digest, draft_id, revision, version, name, how, seq, since, until, asked_at, asked_by, state, stage, share,"
    " tries, started_at, ended_at, refusal"
)
_OF = f"SELECT {_COLUMNS} FROM simulations_simulation WHERE programme_id = :programme"  # noqa: S608 - constant
_GET = Statement(f"{_OF} AND id = :id")
LOCK = Statement(_GET.text + " FOR NO KEY UPDATE", sqlite=_GET.text)
_SAME = Statement(f"{_OF} AND digest = :digest AND state IN ('waiting', 'running', 'answered')")
_PAGE = Statement(f"{_OF} AND id < :before ORDER BY id DESC LIMIT :most")
_OF_DRAFT = Statement(f"{_OF} AND draft_id = :draft ORDER BY id DESC LIMIT :most")
_SOURCE = Statement("SELECT source FROM simulations_simulation WHERE programme_id = :programme AND id = :id")
_ANSWER = Statement("SELECT answer FROM simulations_simulation WHERE programme_id = :programme AND id = :id")
_WAITING = Statement(
    "SELECT count(*) FROM simulations_simulation WHERE programme_id = :programme AND state IN ('waiting', 'running')"
)
_OLD = Statement(
    "SELECT id FROM simulations_simulation WHERE programme_id = :programme AND state NOT IN ('waiting', 'running')"
    " ORDER BY id DESC LIMIT 1 OFFSET :kept"
)


class Refused(msgspec.Struct, frozen=True):
    """Why there is no answer: a refusal by its code, with its facts."""

    code: str
    facts: dict[str, Fact]

    def again(self) -> Refusal:
        """The refusal itself; whatever declared it need not be at hand in this process."""
        return errors.Kind("clash", self.code, frozenset(self.facts))(**self.facts)


class Simulation(msgspec.Struct, frozen=True):
    """A what-if as it is remembered, without its file and its answer; `share` is in thousandths."""

    id: str
    digest: str
    draft_id: str | None
    revision: int | None
    version: int
    name: str
    how: How
    seq: int
    since: date
    until: date
    asked_at: datetime
    asked_by: str
    state: State
    stage: Stage
    share: int
    tries: int
    started_at: datetime | None
    ended_at: datetime | None
    refusal: Refused | None


def get(store: Store, programme_id: str, id: str) -> Simulation:
    """One what-if. Raises `simulation_unknown`."""
    return _found(store.fetch(_GET, programme=programme_id, id=id), id)


def lock(store: Store, programme_id: str, id: str) -> Simulation:
    """One what-if, which nobody else changes until the transaction ends. Raises `simulation_unknown`."""
    return _found(store.fetch(LOCK, programme=programme_id, id=id), id)


def same(store: Store, programme_id: str, digest: str) -> Simulation | None:
    """The one that asks the very same and is on its way or answered."""
    rows = store.fetch(_SAME, programme=programme_id, digest=digest)
    return _simulation(rows[0]) if rows else None


def page(store: Store, programme_id: str, *, before: str = LAST, most: int) -> list[Simulation]:
    """The what-ifs before an id, the newest first."""
    return [_simulation(row) for row in store.fetch(_PAGE, programme=programme_id, before=before, most=most)]


def of_draft(store: Store, programme_id: str, draft_id: str, *, most: int) -> list[Simulation]:
    """The what-ifs of a draft, the newest first."""
    return [_simulation(row) for row in store.fetch(_OF_DRAFT, programme=programme_id, draft=draft_id, most=most)]


def source(store: Store, programme_id: str, id: str) -> str:
    """The file that is asked about. Raises `simulation_unknown`."""
    rows = store.fetch(_SOURCE, programme=programme_id, id=id)
    if not rows:
        raise SIMULATION_UNKNOWN(id=ids.show("simulation", id))
    return str(rows[0][0])


def answer(store: Store, programme_id: str, id: str) -> str | None:
    """The answer as JSON text, None as long as there is none."""
    rows = store.fetch(_ANSWER, programme=programme_id, id=id)
    return rows[0][0] if rows else None


def on_the_way(store: Store, programme_id: str) -> int:
    """How many wait or run."""
    return int(store.fetch(_WAITING, programme=programme_id)[0][0])


def oldest_kept(store: Store, programme_id: str, *, kept: int) -> str | None:
    """The newest of those that have ended and are more than are kept."""
    rows = store.fetch(_OLD, programme=programme_id, kept=kept)
    return str(rows[0][0]) if rows else None


def _found(rows: list[Row], id: str) -> Simulation:
    if not rows:
        raise SIMULATION_UNKNOWN(id=ids.show("simulation", id))
    return _simulation(rows[0])


def _simulation(row: Row) -> Simulation:
    told: dict[str, Any] = dict(zip(Simulation.__struct_fields__, row, strict=True))
    for name in ("asked_at", "started_at", "ended_at"):
        told[name] = clock.instant(told[name])
    for name in ("since", "until"):
        told[name] = date.fromisoformat(told[name])
    told["how"] = msgspec.json.decode(told["how"], type=How)
    refusal = told["refusal"]
    told["refusal"] = None if refusal is None else msgspec.json.decode(refusal, type=Refused)
    return Simulation(**told)
