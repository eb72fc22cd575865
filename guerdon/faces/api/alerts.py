"""Alerts: what looks like fraud, and what whoever looked at it made of it."""

from datetime import datetime
from typing import Annotated, Final

import msgspec
from msgspec import Meta

from guerdon.core import alerts as law
from guerdon.core import limits
from guerdon.core.alerts import Kind, Outcome, State
from guerdon.engine import alerts as engine
from guerdon.engine import desk
from guerdon.faces import tables
from guerdon.faces.api import calls
from guerdon.faces.api.calls import Call, Endpoint, Reply, Spreadsheet
from guerdon.features.alerts import queries
from guerdon.features.alerts.queries import Alert
from guerdon.features.members import queries as members
from guerdon.kit import ids

_COLUMNS: Final = (
    "id", "kind", "state", "who", "members", "times", "points", "first_at", "last_at", "raised_at", "settled_at",
    "settled_by", "reason",
)  # fmt: skip


class AlertQueue(calls.Page, frozen=True, forbid_unknown_fields=True):
    """Which alerts: those that nobody has settled, or those that were."""

    state: State = "open"


class AlertView(msgspec.Struct, frozen=True):
    """A pattern that was found: who did what with which members, when, and by which entries of the journal."""

    id: str
    kind: Kind
    state: State
    who: str | None
    members: tuple[str, ...]
    times: int
    points: dict[str, int]
    first_at: datetime
    last_at: datetime
    activities: tuple[str, ...]
    raised_at: datetime
    mine: bool
    settled_at: datetime | None
    settled_by: str | None
    reason: str | None


class Alerts(msgspec.Struct, frozen=True):
    """A page of alerts, the latest first."""

    alerts: tuple[AlertView, ...]
    next: str | None


class AlertVerdict(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What somebody who looked at it makes of it, and why."""

    outcome: Outcome
    reason: Annotated[str, Meta(min_length=1, max_length=limits.TEXT_CHARS_MAX)]


def list_(call: Call, query: AlertQueue) -> Reply:
    """The alerts in a state, the latest first."""
    before = queries.LAST if query.cursor is None else calls.after_id(query.cursor)
    found = queries.queue(call.store, call.programme_id, state=query.state, before=before, most=query.limit)
    views = _views(call, found)
    ends = calls.cursor(found[-1].id) if len(found) == query.limit else None
    if call.wants_csv:
        return Reply(Spreadsheet(tables.write(_COLUMNS, [_row(one) for one in views]), "alerts.csv"), next=ends)
    return Reply(Alerts(views, ends), next=ends)


def read(call: Call, id: str) -> Reply:
    """One alert."""
    return Reply(_views(call, [queries.one(call.store, call.programme_id, ids.read("alert", id))])[0])


def settle(call: Call, id: str, body: AlertVerdict) -> Reply:
    """Say what it was, once."""
    assert call.key is not None
    bare, replayed = engine.settle(
        programme_id=call.programme_id, alert_id=ids.read("alert", id), outcome=body.outcome, reason=body.reason,
        actor=call.doer, now=call.now,
        idempotency=call.idempotency(body),
    )  # fmt: skip
    return Reply(_views(call, [queries.one(call.store, call.programme_id, bare)])[0], replayed)


def _views(call: Call, found: list[Alert]) -> tuple[AlertView, ...]:
    """Alerts as callers see them; of members who were merged it names who stayed."""
    assert call.key is not None
    leads = members.leads(call.store, sorted({who for one in found for who in one.members})) if found else {}
    mine = engine.about(call.store, call.programme_id, found, call.key.person)
    called = engine.called(call.store, call.programme_id) if found else {}
    return tuple(
        [
            AlertView(
                id=ids.show("alert", one.id),
                kind=one.kind,
                state=one.state,
                who=one.name or called.get(one.giver),
                members=tuple(dict.fromkeys(ids.show("member", leads[who].id) for who in one.members)),
                times=one.times,
                points=one.points,
                first_at=one.first_at,
                last_at=one.last_at,
                activities=tuple(ids.show("activity", entry) for _, entry in one.entries),
                raised_at=one.raised_at,
                mine=one.id in mine,
                settled_at=one.settled_at,
                settled_by=one.settled_by,
                reason=one.reason,
            )
            for one in found
        ]
    )


def _row(one: AlertView) -> tuple[str | int | None, ...]:
    points = ", ".join(f"{unit} {steps}" for unit, steps in one.points.items())
    settled = one.settled_at.isoformat() if one.settled_at else None
    return (
        one.id, one.kind, one.state, one.who, " ".join(one.members), one.times, points, one.first_at.isoformat(),
        one.last_at.isoformat(), one.raised_at.isoformat(), settled, one.settled_by, one.reason,
    )  # fmt: skip


_NAMED: Final = (law.ALERT_UNKNOWN, ids.ID_MALFORMED)
ROUTES: Final[tuple[Endpoint, ...]] = (
    Endpoint(
        "GET", "/v1/alerts", "alerts:read", list_, "List alerts", Alerts, query=AlertQueue,
        refuses=(calls.CURSOR_INVALID,), csv=True, tag="Alerts",
        about="What looks like fraud, found every night: those that are open, where no state is named. News with the "
        "topics `alert.raised` and `alert.settled` go out. From where on it is told is said by `alerts` in the "
        "programme file.",
    ),
    Endpoint(
        "GET", "/v1/alerts/{id}", "alerts:read", read, "Read an alert", AlertView, refuses=_NAMED, noun="alert",
        tag="Alerts",
    ),
    Endpoint(
        "POST", "/v1/alerts/{id}/settle", "alerts:write", settle, "Settle an alert", AlertView, takes=AlertVerdict,
        refuses=(*_NAMED, law.ALERT_SETTLED, law.OWN_ALERT, desk.IDEMPOTENCY_CONFLICT), idempotent=True, noun="alert",
        tag="Alerts",
        about="Once, with the reason. Nothing else changes by it: points are taken back by an adjustment, a member is "
        "blocked, staff lose their role. Whoever it is about, as staff or as a member, leaves it to somebody else.",
    ),
)  # fmt: skip
