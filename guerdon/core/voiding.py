"""What a membership gave that is given back: the periods it was, the rules it needs, what is left of an award."""

from collections.abc import Iterable, Sequence
from zoneinfo import ZoneInfo

from guerdon.core import activities, conditions, matching, memberships, rates, returns
from guerdon.core.activities import Activity
from guerdon.core.conditions import Condition
from guerdon.core.decisions import Basis, Decision
from guerdon.core.law import Law
from guerdon.core.memberships import Interval, Membership
from guerdon.core.period import local_day
from guerdon.core.returns import Slice
from guerdon.core.standing import Standing


def given(in_force: Law, purchase: Activity, decision: Decision, slices: Sequence[Slice]) -> dict[str, int]:
    """By unit, the award that the current slices count from: what rules that were void before gave is no part of it."""
    before = returns.voided(slices[: len(slices) - len(returns.current(slices))])
    if not before:
        return decision.awarded()
    whole = returns.kept(purchase, ())
    return returns.earned(in_force, purchase, decision, whole, tuple(0 for _ in purchase.tenders), before)


def unpaid(one: Membership, period: Interval, zone: ZoneInfo) -> list[Interval]:
    """The periods for which nothing is paid once `period` is given back, the last one first.

    That is it, and those before it that a change ended before their first day was over: all they were worth went into
    the next, and comes back with that.
    """
    found = [period]
    for each in reversed([each for each in one.intervals if each.place < period.place]):
        if each.kind != "period" or each.cut is None or local_day(each.start, zone) != local_day(each.cut, zone):
            break
        found.append(each)
    return found


def rules(
    in_force: Law,
    fact: Activity,
    decision: Decision,
    back: tuple[Membership, Sequence[Interval]],
    held: Iterable[Membership],
) -> tuple[str, ...]:
    """The rules that gave something for a fact only because of the periods of a membership that are given `back`.

    All that answered the renewal of one of them did. Of what happened since the first of them began, those that would
    have been silent with nothing but what else was `held`: conditions on memberships are asked again, those on whatever
    else the member was have the answers they had. `in_force` is the version that decided.
    """
    one, periods = back
    basis = decision.basis or Basis()
    found = {share.rule for award in decision.awards for share in award.shares if share.points} | {*basis.unseen}
    found |= {issue.rule for issue in decision.issued if issue.rule is not None}
    if fact.kind == activities.MEMBERSHIP_RENEW and fact.external_id in [f"{one.id}:{each.number}" for each in periods]:
        return tuple(sorted(found))
    at = fact.occurred_at
    if at < min(each.start for each in periods):
        return ()
    others = [each for each in held if each.id != one.id and not memberships.given_back(each, at)]
    standing = Standing(account_id="", enrolled_at=at, memberships=memberships.in_force(others, at, in_force.zone))
    case = in_force.case(fact, standing, rates=rates.stored(decision.rate))
    lost = [
        rule.key for rule in in_force.programme.rules
        if rule.key in found and rule.condition is not None
        and not matching.test(_as_it_was(rule.condition, basis.unmet.get(rule.key, ())), in_force.filters)(case)
    ]  # fmt: skip
    return tuple(sorted(lost))


def _as_it_was(condition: Condition, unmet: Sequence[int]) -> Condition:
    """The condition with the answers that it got about the member, but for memberships."""
    numbers = iter(range(len(conditions.walk(condition))))

    def fixed(node: Condition) -> Condition:
        if isinstance(node, conditions.All | conditions.Any):
            return type(node)(tuple([fixed(part) for part in node.of]))
        if isinstance(node, conditions.Not):
            return conditions.Not(fixed(node.of))
        if not conditions.about_member(node):
            return node
        number = next(numbers)
        if isinstance(node, conditions.Is) and node.what == "membership":
            return node
        return conditions.Any(()) if number in unmet else conditions.All(())

    return fixed(condition)
