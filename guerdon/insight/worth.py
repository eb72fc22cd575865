"""Is it worth it? A member's own last twelve months out of the journal, held against a plan or a tier."""

from datetime import datetime
from typing import Final

import msgspec

from guerdon.core import period, rates, returns, worth
from guerdon.core.activities import PURCHASE, Activity, Line
from guerdon.core.law import Law
from guerdon.core.returns import Kept
from guerdon.core.standing import Standing
from guerdon.core.tiers import YEAR
from guerdon.core.worth import Fact, Worth
from guerdon.features.activities import queries as activities
from guerdon.features.activities.queries import Recorded, Returned
from guerdon.features.members.queries import MemberRow
from guerdon.features.memberships import queries as memberships
from guerdon.features.tiers import queries as tiers
from guerdon.features.tiers.queries import Climbed
from guerdon.kit.store import Store

FACTS_MAX: Final = 20_000  # of one account; the latest ones count
PAGE: Final = 1_000


def of_plan(at_hand: Store, in_force: Law, member: MemberRow, plan: str, at: datetime) -> Worth:
    """What the plan would have given the member since a year before the instant. Raises `plan_unknown`."""
    found = in_force.programme.plan(plan)
    facts = _facts(at_hand, in_force, member, at, shared=found.joint)
    return worth.of_plan(in_force, facts, _standing(at_hand, in_force, member, at), found)


def of_tier(at_hand: Store, in_force: Law, member: MemberRow, tier: str, at: datetime) -> Worth:
    """What the tier would have given the member since a year before the instant. Raises `tier_unknown`."""
    ladder = in_force.programme.ladder_of(tier)
    facts = _facts(at_hand, in_force, member, at, shared=False)
    return worth.of_tier(in_force, facts, _standing(at_hand, in_force, member, at), ladder, tier)


def _facts(at_hand: Store, in_force: Law, member: MemberRow, at: datetime, *, shared: bool) -> list[Fact]:
    """What the member did, or with a `shared` plan all of the household; in the order in which it was recorded."""
    since = period.midnight(period.add_months(period.local_day(at, in_force.zone), -YEAR), in_force.zone)
    facts: list[Fact] = []
    seq = 0
    while page := activities.of_account(at_hand, member.account_id, seq=seq, most=PAGE):
        seq = page[-1].seq
        mine = [one for one in page if shared or member.id in (one.person_id, one.account_id)]
        bought = [(one.account_id, one.activity_id) for one in mine if one.activity.kind == PURCHASE]
        back = activities.returns(at_hand, bought) if bought else {}
        for one in mine:
            kept = _kept(one, back.get(one.activity_id, []))
            happened = one.activity.occurred_at
            if kept is not None and happened <= at and worth.is_weighed(kept):
                told = rates.stored(one.decision.rate)
                facts.append(Fact(kept, one.recorded_at, since <= happened, told))
    return facts[-FACTS_MAX:]


def _kept(one: Recorded, back: list[Returned]) -> Activity | None:
    """The part of a purchase that has not come back; None where nothing is left. Of what came off all lines evenly
    each line loses its share, rounded down."""
    slices = returns.current([each.slice for each in back])
    if not slices:
        return one.activity
    rest = returns.kept(one.activity, slices)
    return None if not rest.left else msgspec.structs.replace(one.activity, amount=None, lines=_lines(rest), tenders=())


def _lines(rest: Kept) -> tuple[Line, ...]:
    up, down = rest.part
    return tuple([msgspec.structs.replace(line, amount=line.amount * up // down) for line in rest.lines])


def _standing(at_hand: Store, in_force: Law, member: MemberRow, at: datetime) -> Standing:
    """The member with the tiers and memberships of every time, and nothing counted yet."""
    standing = Standing.of_member(
        account_id=member.account_id, enrolled_at=member.enrolled_at, attributes=member.attributes,
        segments=member.segments, birthday_month=member.birthday_month,
    )  # fmt: skip
    standing.person_id = member.id if member.account_id != member.id else None
    if in_force.programme.tiers:
        first = period.add_months(period.local_day(at, in_force.zone), -4 * YEAR)
        climbed = tiers.climbed(at_hand, [member.account_id], first=first).get(member.account_id) or Climbed([], {}, [])
        standing.steps, standing.basis = climbed.history(), climbed.basis
        standing.grants = [row.grant for row in climbed.grants]
    standing.held = memberships.of_member(at_hand, member.account_id, member.id)
    return standing
