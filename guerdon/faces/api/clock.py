"""The test clock of a sandbox: where it stands, and on by a year in a minute."""

from datetime import datetime
from typing import Annotated, Final

import msgspec
from msgspec import Meta

from guerdon.core import errors, limits
from guerdon.engine import desk, sandbox
from guerdon.engine.sandbox import Clock
from guerdon.faces.api.calls import Call, Endpoint, Reply
from guerdon.faces.api.views import Repaid

CLOCK_UNCLEAR = errors.declare("invalid", "clock_unclear")


class Advance(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How far on: so many local days, at the same local time."""

    days: Annotated[int, Meta(ge=1, le=limits.CLOCK_STEP_DAYS_MAX)]


class NewTime(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """Where to put the clock: to an instant, or on by some days; one of the two."""

    now: datetime | None = None
    advance: Advance | None = None


class ClockView(msgspec.Struct, frozen=True):
    """What time it is in the programme; `test` where its clock has been put there, and what nights did."""

    now: datetime
    test: bool
    nights: int
    expired: tuple[Repaid, ...]
    repaid: tuple[Repaid, ...]


def read(call: Call) -> Reply:
    """What time it is in the programme."""
    return Reply(_view(sandbox.read(call.programme_id, call.now)))


def move(call: Call, body: NewTime) -> Reply:
    """Put the clock of a sandbox on, and live through the nights on the way."""
    if (body.now is None) == (body.advance is None) or (body.now is not None and body.now.tzinfo is None):
        raise CLOCK_UNCLEAR()
    found, known = sandbox.move(
        programme_id=call.programme_id,
        to=body.now,
        days=body.advance.days if body.advance is not None else 0,
        real=call.now,
        idempotency=call.idempotency(body),
    )
    return Reply(_view(found), known)


def _view(found: Clock) -> ClockView:
    expired, repaid = (
        tuple(Repaid(unit, points) for unit, points in sums.items()) for sums in (found.expired, found.repaid)
    )
    return ClockView(found.now, found.moved, found.nights, expired, repaid)


ROUTES: Final[tuple[Endpoint, ...]] = (
    Endpoint(
        "GET", "/v1/clock", "programme:read", read, "Read the programme's clock", ClockView, tag="Clock",
        about="The real time, or where the test clock of a sandbox has been put.",
    ),
    Endpoint(
        "POST", "/v1/clock", "clock:write", move, "Move a sandbox's clock", ClockView, takes=NewTime,
        refuses=(
            sandbox.CLOCK_IS_REAL, sandbox.CLOCK_BACKWARDS, sandbox.CLOCK_STEP_TOO_LARGE, CLOCK_UNCLEAR,
            desk.IDEMPOTENCY_CONFLICT,
        ),
        idempotent=True, tag="Clock",
        about="Only forward, by at most 400 days at a time, and only in a sandbox. Once put, the clock stands until it "
        "is moved again. Every night on the way that has something to do is lived through, and the last one always: "
        "points expire, vest and repay debts, and members are reminded, as they would be. Other servers of the "
        "installation follow within a second.",
    ),
)  # fmt: skip
