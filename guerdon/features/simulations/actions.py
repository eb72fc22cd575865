"""Every write to what-ifs, each in the transaction at hand."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec

from guerdon.core.errors import Fact
from guerdon.core.simulations import WHOLE, Stage
from guerdon.features.simulations.queries import Refused, Simulation
from guerdon.kit import clock
from guerdon.kit.store import Statement, Store, Table

SIMULATIONS = Table(
    "simulations_simulation",
    {
        "programme_id": "uuid", "id": "uuid", "digest": "text", "draft_id": "uuid", "revision": "bigint",
        "version": "bigint", "name": "text", "source": "text", "how": "text", "seq": "bigint", "since": "text",
        "until": "text", "asked_at": "bigint", "asked_by": "text", "asked_by_id": "text", "state": "text",
        "stage": "text", "share": "bigint", "tries": "bigint",
    },
)  # fmt: skip
_BEGIN = Statement(
    "UPDATE simulations_simulation SET state = 'running', stage = 'waiting', share = 0, tries = tries + 1,"
    " started_at = :now WHERE programme_id = :programme AND id = :id AND state IN ('waiting', 'running')"
    " RETURNING tries"
)
_STEP = Statement(
    "UPDATE simulations_simulation SET stage = :stage, share = :share"
    " WHERE programme_id = :programme AND id = :id AND state = 'running' RETURNING id"
)
_WAIT = Statement(
    "UPDATE simulations_simulation SET state = 'waiting', stage = 'waiting', share = 0, tries = tries - 1"
    " WHERE programme_id = :programme AND id = :id AND state = 'running'"
)
_END = Statement(
    "UPDATE simulations_simulation SET state = :state, share = :share, ended_at = :now, answer = :answer,"
    " refusal = :refusal WHERE programme_id = :programme AND id = :id AND state = 'running'"
)
_REMOVE = Statement("DELETE FROM simulations_simulation WHERE programme_id = :programme AND id = :id")
_FORGET = Statement(
    "DELETE FROM simulations_simulation WHERE programme_id = :programme AND id <= :last"
    " AND state NOT IN ('waiting', 'running')"
)
_encode = msgspec.json.Encoder(order="deterministic").encode


def ask(store: Store, programme_id: str, one: Simulation, *, source: str, asker: str) -> None:
    """Enter a what-if that waits; where a rival has asked the very same, the database refuses this one."""
    row = (
        programme_id, one.id, one.digest, one.draft_id, one.revision, one.version, one.name, source,
        _encode(one.how).decode(), one.seq,
        one.since.isoformat(), one.until.isoformat(), clock.micros(one.asked_at), one.asked_by, asker, one.state,
        one.stage, one.share, one.tries,
    )  # fmt: skip
    store.write([(SIMULATIONS, [row])])


def begin(store: Store, programme_id: str, id: str, *, now: datetime) -> int | None:
    """It runs from now on; answers which try that is, None where it is gone or has ended."""
    rows = store.fetch(_BEGIN, programme=programme_id, id=id, now=clock.micros(now))
    return int(rows[0][0]) if rows else None


def step(store: Store, programme_id: str, id: str, *, stage: Stage, share: int) -> bool:
    """How far it is; answers whether it is still wanted."""
    return bool(store.fetch(_STEP, programme=programme_id, id=id, stage=stage, share=share))


def wait(store: Store, programme_id: str, id: str) -> None:
    """Whoever was at it stops and had no trouble: the next one begins anew."""
    store.fetch(_WAIT, programme=programme_id, id=id)


def answer(store: Store, programme_id: str, id: str, text: str, *, now: datetime) -> None:
    """It is answered, with the answer as JSON."""
    _end(store, programme_id, id, now, state="answered", share=WHOLE, answer=text)


def refuse(store: Store, programme_id: str, id: str, code: str, facts: Mapping[str, Fact], *, now: datetime) -> None:
    """There is no answer, and why."""
    told = _encode(Refused(code, dict(facts))).decode()
    _end(store, programme_id, id, now, state="refused", share=WHOLE, refusal=told)


def fail(store: Store, programme_id: str, id: str, *, now: datetime) -> None:
    """It has been tried often enough, and never came to an end."""
    _end(store, programme_id, id, now, state="failed", share=0)


def remove(store: Store, programme_id: str, id: str) -> None:
    """Take it away; whoever is at it sees that, and stops."""
    store.fetch(_REMOVE, programme=programme_id, id=id)


def forget(store: Store, programme_id: str, *, last: str) -> None:
    """Let go of those that have ended, up to an id."""
    store.fetch(_FORGET, programme=programme_id, last=last)


def _end(store: Store, programme_id: str, id: str, now: datetime, **told: Any) -> None:
    whole = {"answer": None, "refusal": None} | told
    store.fetch(_END, programme=programme_id, id=id, now=clock.micros(now), **whole)
