"""A member who is nobody: what a sample basket is decided for where no real one is named."""

from datetime import datetime, timedelta
from typing import Final

import msgspec

from guerdon.core.conditions import Scalar
from guerdon.core.memberships import Interval, Membership
from guerdon.core.plans import Term, Terms
from guerdon.core.programme import Programme
from guerdon.core.standing import EVER, Standing
from guerdon.core.tiers import Grant

_AROUND: Final = timedelta(days=400)  # from before until after the instant, so that what is said holds at it


class SampleMember(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a sample member is, has and did: `did` says how often, by kind of activity."""

    segments: tuple[str, ...] = ()
    attributes: dict[str, Scalar] = {}
    tiers: tuple[str, ...] = ()
    memberships: tuple[str, ...] = ()
    birthday_month: int | None = None
    did: dict[str, int] = {}


def standing(sample: SampleMember, programme: Programme, at: datetime) -> Standing:
    """The sample as conditions see a member at the instant; a tier or a plan of another programme is nothing here."""
    found = Standing.of_member(
        account_id="",
        enrolled_at=at - _AROUND,
        attributes=dict(sample.attributes),
        segments=sample.segments,
        birthday_month=sample.birthday_month,
        counters={("count:" + kind, EVER): (times, at - timedelta(days=1)) for kind, times in sample.did.items()},
    )
    found.tiers |= frozenset(sample.tiers)
    found.memberships |= frozenset(sample.memberships)
    for ladder in programme.tiers:
        for tier in sample.tiers:
            if ladder.place(tier) >= 0:
                found.grants.append(Grant(ladder.key, tier, "manual", at - _AROUND, at + _AROUND, "", ""))
    found.held = [_held(key, at) for key in sample.memberships if key in programme.plans]
    return found


def _held(plan: str, at: datetime) -> Membership:
    during = Interval(1, "period", 1, plan, at - _AROUND, at + _AROUND)
    return Membership(
        id="", account_id="", terms=Terms(plan, 0, "", Term(months=1)), method="invoice", asked_at=at - _AROUND,
        seq=0, intervals=(during,), anchor=during.start.date(),
    )  # fmt: skip
