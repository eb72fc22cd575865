"""Deciding anew: every fact told once more to the version that decided it, in the order of seq, must give the same."""

import msgspec

from guerdon.core import conditions
from guerdon.core.activities import RETURN, Activity
from guerdon.core.conditions import Condition, Scalar
from guerdon.core.decisions import Decision
from guerdon.core.law import Law
from guerdon.core.standing import Standing
from guerdon.insight.verify.accounts import Account, Entry
from guerdon.insight.verify.invariant import Invariant
from guerdon.insight.verify.scope import is_told
from guerdon.kit import clock

UNLIMITED = 2**62
_activity = msgspec.json.Decoder(Activity).decode
_attributes = msgspec.json.Decoder(dict[str, Scalar]).decode
_segments = msgspec.json.Decoder(list[str]).decode


class DecidedAnew(Invariant):
    """Every decision made again from the stored facts, the stored version and the counters as they stood.

    What a campaign budget had left then is taken from the decision itself (10.16 adds it up). Rules that look at the
    member's attributes can't be asked again once these have changed; such decisions are counted and left out.
    """

    clause = "3.8"
    part = "anew"
    sentence = "Decided again from the stored facts by the stored version, every activity earns the very same."

    def __init__(self) -> None:
        super().__init__()
        self._by_member: dict[int, bool] = {}  # law → whether some rule looks at the member's data

    def look(self, account: Account) -> None:
        if account.book is None or account.member is None:
            return
        standing = _standing(account)
        exact = True
        for entry in account.entries:
            if not is_told(entry.kind) or not account.book.has(entry.decision.version):
                continue
            law = account.book.law(entry.decision.version)
            activity = _activity(entry.facts)
            if entry.kind == RETURN:
                possible = account.book.in_force(occurred_at=entry.occurred_at, recorded_at=entry.recorded_at)
                today = account.book.law(max(1, *possible))
                day = activity.occurred_at.astimezone(today.zone).date()
                standing.count(tuple(today.happened(RETURN, day)), activity.occurred_at)
            elif account.member.etag > 1 and self._asks_member(law):
                self.count("not decidable any more", 1)
                exact = False
            else:
                self._decide(account, entry, activity, standing, law)
        if exact:
            self._compare_counters(account, standing)

    def _decide(self, account: Account, entry: Entry, activity: Activity, standing: Standing, law: Law) -> None:
        stored = entry.decision
        ruling = law.decide(
            activity, standing, posted_at=clock.instant(entry.recorded_at), budgets=_budgets(law, entry, stored)
        )
        standing.count(ruling.counts, activity.occurred_at)
        self.count("decided", 1)
        made = ruling.decision
        for what in ("parked", "awards", "capped"):
            expected, found = getattr(made, what), getattr(stored, what)
            if expected != found:
                self.breaks(
                    f"deciding again gives other {what}",
                    expected=msgspec.json.encode(expected).decode(),
                    found=msgspec.json.encode(found).decode(),
                    member=account.id,
                    activity=entry.id,
                    seq=entry.seq,
                    version=stored.version,
                )
                return

    def _compare_counters(self, account: Account, standing: Standing) -> None:
        stored = {(one.key, one.win): (one.amount, clock.instant(one.last_at)) for one in account.counters}
        self.count("counters", len(stored))
        for name in stored.keys() | standing.counters.keys():
            expected, found = standing.counters.get(name, (0, None)), stored.get(name, (0, None))
            if expected != found:
                self.breaks(
                    "a counter is not what deciding again adds up to",
                    expected=f"{expected[0]}, last at {expected[1]}",
                    found=f"{found[0]}, last at {found[1]}",
                    member=account.id,
                    counter=name[0],
                    window=name[1],
                )

    def _asks_member(self, law: Law) -> bool:
        known = self._by_member.get(id(law))
        if known is None:
            asked = [rule.condition for rule in law.programme.rules if rule.condition is not None]
            known = self._by_member[id(law)] = any(
                _is_of_member(node) for one in asked for node in conditions.walk(one)
            )
        return known


def _is_of_member(node: Condition) -> bool:
    if isinstance(node, conditions.Attribute | conditions.BirthdayMonth):
        return True
    return isinstance(node, conditions.Is) and node.what in ("segment", "tier", "membership")


def _standing(account: Account) -> Standing:
    """The member as one was when nothing had been counted yet."""
    assert account.member is not None
    attributes = _attributes(account.member.attributes)
    tier, membership = attributes.get("tier"), attributes.get("membership")
    return Standing(
        account_id=account.id,
        enrolled_at=clock.instant(account.member.enrolled_at),
        attributes=attributes,
        segments=frozenset(_segments(account.member.segments)),
        tiers=frozenset((tier,)) if isinstance(tier, str) else frozenset(),
        memberships=frozenset((membership,)) if isinstance(membership, str) else frozenset(),
        birthday_month=account.member.birthday_month,
    )


def _budgets(law: Law, entry: Entry, stored: Decision) -> dict[str, int]:
    """What each budget had left: as much as was given where the decision says that it bit, more than enough else."""
    budgets = {rule.key: UNLIMITED for rule in law.budgets(entry.kind)}
    for capped in stored.capped:
        if capped.of == "budget":
            shares = [share for award in stored.awards for share in award.shares if share.rule == capped.key]
            # Where nothing was given, less than nothing was left: a later version may have a smaller budget.
            budgets[capped.key] = sum(share.points for share in shares) or -1
    return budgets
