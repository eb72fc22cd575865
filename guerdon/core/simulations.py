"""What-ifs: what is asked of the own history, over which days, and what can become of the question."""

from datetime import date
from typing import Annotated, Final, Literal

import msgspec
from msgspec import Meta

from guerdon.core import errors, limits, period
from guerdon.core.sweeping import Sweep

SCENARIO_UNKNOWN = errors.declare("unknown", "scenario_unknown", "id", "scenario")
SIMULATION_UNKNOWN = errors.declare("unknown", "simulation_unknown", "id")
SIMULATION_PERIOD_INVALID = errors.declare(
    "invalid", "simulation_period_invalid", "since", "until", "first", "today", "months"
)
SIMULATIONS_TOO_MANY = errors.declare("clash", "simulations_too_many", "most")

State = Literal["waiting", "running", "answered", "refused", "failed"]
Stage = Literal["waiting", "reading", "checking", "replaying", "comparing", "weighing"]
STAGES: Final[tuple[Stage, ...]] = ("waiting", "reading", "checking", "replaying", "comparing", "weighing")
ON_THE_WAY: Final[tuple[State, ...]] = ("waiting", "running")
WHOLE: Final = 1_000  # progress is told in thousandths
MONTHS: Final = 12  # how far back one looks where nobody says
OWN_MOST: Final = 10_000  # of a response, hundredths of a percent: it doubles, or there is nothing left


class Own(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How strongly members respond, in words of whoever asks: in hundredths of a percent, give or take `unsure`."""

    percent: Annotated[int, Meta(ge=-OWN_MOST, le=OWN_MOST)]
    unsure: Annotated[int, Meta(ge=0, le=OWN_MOST)] = 0


Strength = Literal["off", "low", "middle", "high"] | Own


class Responses(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How strongly members are assumed to respond; low and high are a standard deviation of the prior off its middle.

    `spend` is how much more they spend for each percentage point more that comes back in points, `goal` how much more
    at most, the nearer they are to a reward or a tier, `redemption` how much more they redeem with twice the balance.
    """

    spend: Strength = "middle"
    goal: Strength = "middle"
    redemption: Strength = "middle"


class How(msgspec.Struct, frozen=True, omit_defaults=True):
    """How a what-if looks at it: as a sweep of many, with members who respond so, as if nothing had been told late."""

    sweep: Sweep | None = None
    responses: Responses = Responses()
    as_it_happened: bool = False


class Question(msgspec.Struct, frozen=True):
    """Which programme is asked what would have been under a file, from `since` up to, not including, `until`."""

    programme_id: str
    source: str
    name: str
    since: date
    until: date
    how: How = How()


def days(
    since: date | None, until: date | None, *, first: date, today: date, bought: date | None = None
) -> tuple[date, date]:  # fmt: skip
    """The days that are asked for; without any the last twelve months with this one, or as many as there were.

    `first` is the first day of the programme, `bought` the last one on which anybody bought: a history that was over
    long ago is looked at where it was. Raises `simulation_period_invalid` for days that are none, too many,
    before the programme, or not over.
    """
    end = until or (today if bought is None else min(today, period.add_months(bought.replace(day=1), 1)))
    known = first < end <= today
    month = end.replace(day=1) if end.day > 1 else period.add_months(end, -1)  # that of the last day
    start = since or (max(period.add_months(month, 1 - MONTHS), first) if known else end)
    if not known or start >= end or period.add_months(start, limits.SIMULATION_MONTHS_MAX) < end:
        raise SIMULATION_PERIOD_INVALID(
            since=start.isoformat(), until=end.isoformat(), first=first.isoformat(), today=today.isoformat(),
            months=limits.SIMULATION_MONTHS_MAX,
        )  # fmt: skip
    return start, end
