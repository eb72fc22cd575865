"""Vouchers in the pure world: whose each code is, how often it was used, and what it takes off."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from guerdon.core import activities as law
from guerdon.core import returns, vouchers
from guerdon.core.activities import Activity, Key, Member
from guerdon.core.decisions import Count, Decision, Issue, VoucherUse
from guerdon.core.errors import Refusal
from guerdon.core.law import Law
from guerdon.core.redeeming import Counter
from guerdon.core.returns import Kept, Slice
from guerdon.core.vouchers import Voucher
from tests.stories.pure.ground import Account, Coupon, Ground, Used
from tests.stories.worlds import Answer, Basket
from tests.stories.worlds import Coupon as Shown


class Vouching(Ground):
    """Vouchers in the pure world."""

    __slots__ = ()

    def give_voucher(self, who: str, voucher: str, *, key: str, now: datetime, dry_run: bool) -> Answer:
        world = self.rehearsal() if dry_run else self
        name: Key = ("till", law.VOUCHER_ISSUE, key)
        if name in world.told:
            return Answer(world.told[name][2], known=True)
        in_force = self.in_force(now)
        try:
            offer = in_force.programme.voucher(voucher)
            if offer.during.until is not None and offer.during.until <= now:
                raise vouchers.VOUCHER_EXPIRED(code=voucher, until=offer.during.until.isoformat())
            issue = world._issue(offer, self.led(who), in_force, now)
        except Refusal as refusal:
            return Answer(refusal=refusal)
        decision = Decision(in_force.version, issued=(issue,))
        world.told[name] = (who, Activity(law.VOUCHER_ISSUE, "till", key, now, Member(external_id=who)), decision)
        return Answer(decision)

    def _issue(self, offer: Voucher, who: str, in_force: Law, now: datetime, rule: str | None = None) -> Issue:
        """Give a fresh code to somebody, or the first one that a pool has left."""
        ends = vouchers.ends(offer, now, in_force.zone)
        if offer.codes == "pool":
            free = self._free(offer.key)
            if not free:
                raise vouchers.VOUCHER_POOL_EMPTY(voucher=offer.key)
            code = min(free)
        else:
            code = f"MADE{len(self.coupons)}"
        self.coupons[code] = Coupon(code, offer.key, in_force.version, offer.uses, ends, who, rule=rule)
        return Issue(offer.key, rule, code, code, ends)

    def _free(self, voucher: str) -> list[str]:
        return [one.code for one in self.coupons.values()
                if one.voucher == voucher and one.who is None and not one.withdrawn]  # fmt: skip

    def _give_all(self, account: Account, decision: Decision, in_force: Law, now: datetime) -> Decision:
        """Carry out what rules give: a pool that is empty refuses nothing, but gives no code."""
        issued: list[Issue] = []
        for one in decision.issued:
            try:
                offer = in_force.programme.voucher(one.voucher)
                issued.append(self._issue(offer, account.who, in_force, now, one.rule))
            except Refusal:
                issued.append(one)
        return msgspec.structs.replace(decision, issued=tuple(issued))

    def bring_codes(self, voucher: str, codes: Sequence[str], *, key: str, now: datetime) -> Answer:
        in_force = self.in_force(now)
        try:
            offer = in_force.programme.voucher(voucher)
            if offer.codes != "pool" and not offer.bearer:
                raise vouchers.VOUCHER_POOL_NONE(voucher=voucher)
            stored = [vouchers.stored(code) for code in codes]
        except Refusal as refusal:
            return Answer(refusal=refusal)
        ends = vouchers.ends(offer, now, in_force.zone) if offer.bearer else None
        for code in stored:
            self.coupons.setdefault(code, Coupon(code, voucher, in_force.version, offer.uses, ends))
        return Answer()

    # --- using ---

    def use_vouchers(self, codes: Sequence[str], basket: Basket, *, key: str, now: datetime, dry_run: bool) -> Answer:
        world = self.rehearsal() if dry_run else self
        if key in world.used:
            return Answer(Decision(self.in_force(now).version, uses=world.used[key].uses), known=True)
        return world._in_name_of(basket.who, world._use, codes, basket, key, now)

    def _use(self, codes: Sequence[str], basket: Basket, key: str, now: datetime) -> Answer:
        """All of them, or none; what stands against the first is the answer."""
        in_force, account = self.in_force(now), self.accounts[self.led(basket.who)]
        account.standing.held = self.held_by(account.acting or account.who)
        try:
            told = Activity(
                law.VOUCHER_REDEEM, "till", key, now, Member(external_id=basket.who), amount=basket.amount,
                lines=basket.lines, channel=basket.channel, store=basket.store,
            )  # fmt: skip
            law.check(told)
            stored = [vouchers.stored(code) for code in codes]
            for code in stored:
                self._check_code(code, account, in_force, now)
            offers = [self._terms(self.coupons[code], in_force) for code in stored]
            self._check_together(offers, account)
            counter = Counter(in_force, told, account.standing, offers)
            taken = counter.put_down(list(zip(stored, offers, strict=True)))
            for one in taken:
                if isinstance(one, Refusal):
                    raise one
        except Refusal as refusal:
            return Answer(refusal=refusal)
        uses = tuple(one for one in taken if isinstance(one, VoucherUse))
        for use in uses:
            self.coupons[use.code].used += 1
        account.standing.count(tuple(Count(*vouchers.counter(use.voucher), 1) for use in uses), now)
        self.used[key] = Used(basket.who, uses)
        return Answer(Decision(in_force.version, uses=uses))

    def _check_code(self, code: str, account: Account, in_force: Law, now: datetime) -> None:
        one = self.coupons.get(code)
        if one is None:
            raise vouchers.VOUCHER_UNKNOWN(code=code)
        vouchers.check(
            self._terms(one, in_force), code=code, holder=None if one.who is None else self.led(one.who),
            account_id=account.who, found=self._state(one, now), uses=one.uses, expires_at=one.ends, at=now,
        )  # fmt: skip

    def _check_together(self, offers: Sequence[Voucher], account: Account) -> None:
        for place, one in enumerate(offers):
            vouchers.check_together(offers[: place + 1])
            before = account.standing.counted(*vouchers.counter(one.key))
            vouchers.check_limit(one, before + sum(other.key == one.key for other in offers[:place]))

    def _terms(self, one: Coupon, in_force: Law) -> Voucher:
        """As the programme says it now; where it has no such voucher any more, as it said when it was given."""
        found = in_force.programme.vouchers.get(one.voucher)
        if found is not None:
            return found
        return next(law for _, law in self.laws if law.version == one.version).programme.vouchers[one.voucher]

    def roll_back(self, use: str, *, key: str, now: datetime, dry_run: bool) -> Answer:
        world = self.rehearsal() if dry_run else self
        found = world.used[use]
        if found.back:
            return Answer(refusal=vouchers.VOUCHER_ROLLED_BACK(id=use))
        found.back = True
        standing = world.accounts[self.led(found.who)].standing
        for one in found.uses:
            world.coupons[one.code].used -= 1
            if standing.counted(*vouchers.counter(one.voucher)):
                standing.count((Count(*vouchers.counter(one.voucher), -1),), now)
        return Answer(Decision(self.in_force(now).version, uses=found.uses))

    # --- withdrawing ---

    def withdraw_voucher(self, code: str, *, now: datetime) -> Answer:
        one = self.coupons.get(code)
        if one is None:
            return Answer(refusal=vouchers.VOUCHER_UNKNOWN(code=code))
        known, one.withdrawn = one.withdrawn, True
        return Answer(known=known and one.who is not None)

    def _withdraw_given(
        self, in_force: Law, purchase: Activity, decision: Decision, rest: Kept, tenders: Sequence[int],
        slices: Sequence[Slice],
    ) -> tuple[str, ...]:  # fmt: skip
        """What a purchase gave goes with it, where it is unused and the kept part no longer earns it (LAW 4.5)."""
        keeps = returns.keeps_vouchers(in_force, purchase, decision, rest, tenders, returns.voided(slices))
        gone: list[str] = []
        for issue in decision.issued:
            one = self.coupons.get(issue.code)
            if one is not None and issue.rule not in keeps and not one.used and not one.withdrawn:
                one.withdrawn = True
                gone.append(one.code)
        return tuple(gone)

    # --- looking ---

    def wallet(self, who: str, now: datetime) -> list[Shown]:
        mine = [one for one in self.coupons.values() if one.who is not None and self.led(one.who) == self.led(who)]
        return [self._shown(one, now) for one in mine]

    def coupon(self, code: str, now: datetime) -> Shown:
        return self._shown(self.coupons[vouchers.stored(code)], now)

    def codes_left(self, voucher: str) -> int:
        return len(self._free(voucher))

    def _shown(self, one: Coupon, now: datetime) -> Shown:
        return Shown(one.code, one.voucher, self._state(one, now), one.used, one.uses, one.ends)

    def _state(self, one: Coupon, now: datetime) -> vouchers.State:
        return vouchers.state(used=one.used, uses=one.uses, expires_at=one.ends, withdrawn=one.withdrawn, at=now)
