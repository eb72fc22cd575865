"""Deciding anew: every fact told once more to the version that decided it, in the order of seq, must give the same."""

from collections import deque
from fractions import Fraction
from itertools import product
from math import ceil
from typing import Final

import msgspec

from guerdon.core import climbing, conditions, rates
from guerdon.core.activities import MEMBERSHIP_REFUND, REOPEN, RETURN, TIER_GRANT, Activity
from guerdon.core.conditions import Condition, Scalar
from guerdon.core.decisions import Count, Decision, Issue, Ruling
from guerdon.core.law import Law
from guerdon.core.memberships import Membership
from guerdon.core.standing import EVER, Standing
from guerdon.insight.verify import holdings, limits
from guerdon.insight.verify.accounts import Account, Entry, Raised
from guerdon.insight.verify.invariant import Invariant
from guerdon.insight.verify.scope import Book, is_told
from guerdon.kit import clock

UNLIMITED: Final = 2**62
TRIES_MAX: Final = 1_000
_activity = msgspec.json.Decoder(Activity).decode
_attributes = msgspec.json.Decoder(dict[str, Scalar]).decode
_segments = msgspec.json.Decoder(list[str]).decode


class DecidedAnew(Invariant):
    """Every decision made again from the stored facts, the stored version and the counters as they stood.

    What a campaign budget had left then is taken from the decision itself (10.16 adds it up). Rules that look at the
    member's attributes can't be asked again once these have changed; such decisions, and those that build on them, are
    counted and left out.
    """

    clause = "3.8"
    part = "anew"
    sentence = "Decided again from the stored facts by the stored version, every activity earns the very same."

    def __init__(self) -> None:
        super().__init__()
        self.reads_facts = True
        self._by_member: dict[int, bool] = {}  # law → whether some rule looks at the member's data

    def look(self, account: Account) -> None:
        if account.book is None or account.member is None:
            return
        if account.joined:  # what a merge brought, and when, was looked at by what was decided since
            self.count("not decidable any more", sum(is_told(entry.kind) for entry in account.entries))
            return
        standing = _standing(account)
        raised = deque(account.raised)
        held = {each.membership.id: holdings.blank(each.membership) for each in account.memberships}
        for entry in account.entries:
            while raised and raised[0].seq <= entry.seq:
                _raise(raised.popleft(), standing)
            _hold(held, entry, standing)
            if not account.book.has(entry.decision.version):
                continue
            if not is_told(entry.kind):
                self._by_hand_or_time(account.book, entry, standing)
                continue
            law = account.book.law(entry.decision.version)
            activity = _activity(entry.facts)
            if entry.kind in (RETURN, REOPEN):  # it moves one counter and earns nothing
                standing.count((Count("count:" + entry.kind, EVER, 1),), activity.occurred_at)
                standing.climb(entry.decision.moves, entry.decision.tiers)
                continue
            # Of a household's entries each was decided by the data of the person whose it is.
            changed = (account.member.etag > 1 or bool(account.raised)) and self._asks_member(law)
            ruling = None if changed else _again(entry, activity, standing, law)
            if ruling is None:  # then nor can whatever follows, which builds on its counters
                later = sum(one.seq >= entry.seq and is_told(one.kind) for one in account.entries)
                self.count("not decidable any more", later)
                return
            standing.count(ruling.counts, activity.occurred_at)
            standing.climb(ruling.decision.moves, ruling.decision.tiers)
            self._compare(account, entry, ruling.decision)
        while raised:
            _raise(raised.popleft(), standing)
        self._compare_counters(account, standing)

    def _by_hand_or_time(self, book: Book, entry: Entry, standing: Standing) -> None:
        """What the house wrote itself may have moved tiers: a review, or a grant."""
        standing.climb(entry.decision.moves, entry.decision.tiers)
        if entry.kind == TIER_GRANT:
            programme = book.law(entry.decision.version).programme
            standing.grants.append(climbing.granted(programme, _activity(entry.facts)))

    def _compare(self, account: Account, entry: Entry, made: Decision) -> None:
        self.count("decided", 1)
        # Codes are drawn by chance; which vouchers which rules gave is not.
        made, given = _without_codes(made), _without_codes(entry.decision)
        for what in ("parked", "awards", "capped", "rate", "moves", "tiers", "issued"):
            expected, found = getattr(made, what), getattr(given, what)
            if expected != found:
                self.breaks(
                    f"deciding again gives other {what}",
                    expected=msgspec.json.encode(expected).decode(),
                    found=msgspec.json.encode(found).decode(),
                    member=account.id,
                    activity=entry.id,
                    seq=entry.seq,
                    version=entry.decision.version,
                )
                return

    def _compare_counters(self, account: Account, standing: Standing) -> None:
        stored = {
            (one.key, one.win): (one.amount, clock.instant(one.last_at))
            for one in account.counters
            if not one.key.startswith(limits.APART)  # no rule moves those: 10.16 adds them up
        }
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


def _without_codes(decision: Decision) -> Decision:
    issued = tuple([Issue(one.voucher, one.rule) for one in decision.issued])
    return msgspec.structs.replace(decision, issued=issued) if issued else decision


def _is_of_member(node: Condition) -> bool:
    if isinstance(node, conditions.Attribute | conditions.BirthdayMonth):
        return True
    return isinstance(node, conditions.Is) and node.what in ("segment", "tier", "membership")


def _standing(account: Account) -> Standing:
    """The member as one was when nothing had been counted yet, and nothing was held."""
    assert account.member is not None
    standing = Standing.of_member(
        account_id=account.id,
        enrolled_at=clock.instant(account.member.enrolled_at),
        attributes=_attributes(account.member.attributes),
        segments=_segments(account.member.segments),
        birthday_month=account.member.birthday_month,
    )
    return standing


def _hold(held: dict[str, Membership], entry: Entry, standing: Standing) -> None:
    """What an entry says of a membership holds from here on, so that one instant has a before and an after."""
    turn = entry.decision.membership
    if turn is not None and turn.id in held:
        refunded_at = clock.instant(entry.recorded_at) if entry.kind == MEMBERSHIP_REFUND else None
        held[turn.id] = holdings.turned(held[turn.id], turn, refunded_at)
        standing.held = list(held.values())


def _raise(raised: Raised, standing: Standing) -> None:
    """No counter is lower than those of another account at this point: somebody joined a household, or left it."""
    for key, window, amount, last_at in limits.memory(raised.memory).counters:
        if key.startswith(limits.APART):  # no rule moves those
            continue
        before, last = standing.counters.get((key, window), (0, None))
        latest = clock.instant(last_at)
        standing.counters[key, window] = (max(before, amount), latest if last is None else max(last, latest))


def _again(entry: Entry, activity: Activity, standing: Standing, law: Law) -> Ruling | None:
    """The decision made again; None where what a budget had left then can't be told from it any more."""
    posted_at = clock.instant(entry.recorded_at)
    budgets = _budgets(law, entry)
    bit = [capped.key for capped in entry.decision.capped if capped.of == "budget"]
    told = rates.stored(entry.decision.rate)
    ruling = law.decide(activity, standing, posted_at=posted_at, budgets=budgets, rates=told)
    if not bit or not any(capped.of == "unit" for capped in entry.decision.capped) or _is_same(ruling, entry):
        return ruling
    # A cap of the unit took some of what the budgets let through, so how much that was must be found out.
    for more in product(range(int(TRIES_MAX ** (1 / len(bit)))), repeat=len(bit)):
        left = {rule: budgets[rule] + points for rule, points in zip(bit, more, strict=True)}
        ruling = law.decide(activity, standing, posted_at=posted_at, budgets=budgets | left, rates=told)
        if _is_same(ruling, entry):
            return ruling
    return None


def _is_same(ruling: Ruling, entry: Entry) -> bool:
    return ruling.decision.awards == entry.decision.awards and ruling.decision.capped == entry.decision.capped


def _budgets(law: Law, entry: Entry) -> dict[str, int]:
    """What each budget had left: as much as was given where the decision says that it bit, more than enough else."""
    budgets = {rule.key: UNLIMITED for rule in law.budgets(entry.kind)}
    for capped in entry.decision.capped:
        if capped.of == "budget":
            shares = [share for award in entry.decision.awards for share in award.shares if share.rule == capped.key]
            # Exact parts, for whole points may have been rounded. Where nothing was given, less than nothing was
            # left: a later version may have a smaller budget.
            budgets[capped.key] = ceil(sum(Fraction(share.exact) for share in shares)) or -1
    return budgets
