"""Points that members pass on or give to causes, in the pure world."""

from datetime import datetime, timedelta

import msgspec

from guerdon.core import ledger, period, transfers
from guerdon.core.activities import Activity, Key, Member
from guerdon.core.decisions import Decision, Spent
from guerdon.core.errors import Refusal
from guerdon.core.members import MEMBER_UNKNOWN
from guerdon.core.merging import MEMBER_MERGED
from tests.stories.pure.ground import Ground, Passed
from tests.stories.worlds import Answer


class Passing(Ground):
    """Points that members pass on or give to causes, in the pure world."""

    __slots__ = ()

    def send(self, who: str, to: str, unit: str, points: int, *, key: str, now: datetime, dry_run: bool) -> Answer:
        world = self.rehearsal() if dry_run else self
        try:
            return world._send(who, to, unit, points, key, now)
        except Refusal as refusal:
            return Answer(refusal=refusal)

    def _send(self, who: str, to: str, unit: str, points: int, key: str, now: datetime) -> Answer:
        who, to = self.led(who), self.led(to)
        if key in self.sent:
            known = self.sent[key]
            moved = {"points": known.points, "fee": known.fee} if known.state in ("done", "accepted") else None
            return Answer(known=True, sent=moved)
        policy = self.in_force(now).programme.unit(unit).transfers
        if policy is None:
            raise transfers.TRANSFERS_OFF(unit=unit)
        if points < policy.minimum:
            raise transfers.TRANSFER_TOO_SMALL(unit=unit, points=points, minimum=policy.minimum)
        if who not in self.accounts or to not in self.accounts:
            raise MEMBER_UNKNOWN(kind="external_id")
        if who == to:
            raise transfers.TRANSFER_TO_SELF()
        hundredths = policy.fee.percent * points if policy.fee else 0
        up = 9_999 if policy.fee and policy.fee.rounding == "up" else 0
        fee = (policy.fee.points if policy.fee else 0) + (hundredths + up) // 10_000
        made = Passed(who, to, unit, points, fee)
        self._pass(made, now, only_try=policy.acceptance == "needed")
        if policy.acceptance == "needed":
            last = now.astimezone(self.in_force(now).zone).date() + timedelta(days=policy.offer_days)
            made.state, made.last = "offered", last
        self.sent[key] = made
        return Answer(sent=None if made.state == "offered" else {"points": points, "fee": fee})

    def _pass(self, made: Passed, now: datetime, *, only_try: bool = False) -> None:
        """Move the points, lot by lot, within the limits of the day."""
        in_force, unit = self.in_force(now), made.unit
        policy = in_force.programme.units[unit].transfers
        assert policy is not None
        day, to = now.astimezone(in_force.zone).date(), self.led(made.to)
        for caps, refused, whom in (
            (policy.caps, transfers.TRANSFER_LIMIT, None), (policy.per_pair, transfers.TRANSFER_PAIR_LIMIT, to)
        ):  # fmt: skip
            for span, most in caps.windows():
                gone = sum(
                    points
                    for sender, receiver, of, when, points in self.passed
                    if (self.led(sender), of) == (self.led(made.who), unit) and whom in (None, self.led(receiver))
                    and period.window(when, span) == period.window(day, span)
                )  # fmt: skip
                if gone + made.points > most:
                    left = most - gone
                    raise refused(unit=unit, asked=made.points, left=left, most=most, window=span)
        giver, taker = self.accounts[self.led(made.who)], self.accounts[self.led(made.to)]
        self._settle(giver, now)
        self._settle(taker, now)
        lots = {lot.id: lot for lot in giver.of(unit)}
        ledger.take(lots.values(), made.points + made.fee, at=now, unit=unit)
        if only_try:
            return
        takes = ledger.take(lots.values(), made.points, at=now, unit=unit)
        giver.take("transfer_out", unit, takes)
        for take in takes:
            self.lots_made += 1
            lot = msgspec.structs.replace(lots[take.lot], id=f"{self.lots_made:06}", remaining=take.points, held=0)
            taker.put(unit, lot)
            self.came_from[lot.id] = take.lot
            taker.post("transfer_in", unit, take.points)
        if made.fee:
            giver.take("fee", unit, ledger.take(giver.of(unit), made.fee, at=now, unit=unit))
        self._repay(taker, now)
        self.passed.append((made.who, made.to, unit, day, made.points))

    def settle(self, key: str, deal: str, *, now: datetime) -> Answer:
        made = self.sent[key]
        becomes = {"accept": "accepted", "decline": "declined", "withdraw": "withdrawn"}[deal]
        moved = {"points": made.points, "fee": made.fee} if deal == "accept" else None
        if made.state == becomes:
            return Answer(known=True, sent=moved)
        try:
            if made.state != "offered":
                raise transfers.TRANSFER_SETTLED(state=made.state)
            if made.last is not None and now.astimezone(self.in_force(now).zone).date() > made.last:
                raise transfers.OFFER_LAPSED(until=str(made.last))
            if deal == "accept":
                for one in (made.who, made.to):
                    if one in self.merges:
                        raise MEMBER_MERGED(member=one, into=self.led(one))
                self._pass(made, now)
        except Refusal as refusal:
            return Answer(refusal=refusal)
        made.state = becomes
        return Answer(sent=moved)

    def donate(self, who: str, cause: str, unit: str, points: int, *, key: str, now: datetime) -> Answer:
        name: Key = ("app", "donation", key)
        if name in self.told:
            return Answer(self.told[name][2], known=True)
        programme = self.in_force(now).programme
        try:
            if cause not in programme.causes:
                raise transfers.CAUSE_UNKNOWN(cause=cause, known=", ".join(programme.causes))
            if programme.unit(unit).kind not in ("redeemable", "money"):
                raise ledger.UNIT_NOT_SPENDABLE(unit=unit)
            account = self.accounts[self.led(who)]
            self._settle(account, now)
            account.take("donate", unit, ledger.take(account.of(unit), points, at=now, unit=unit))
        except Refusal as refusal:
            return Answer(refusal=refusal)
        decision = Decision(self.in_force(now).version, spent=(Spent(unit=unit, points=points),))
        self.told[name] = (who, Activity("donation", "app", key, now, Member(external_id=who)), decision)
        self.donated[cause, unit] = self.donated.get((cause, unit), 0) + points
        return Answer(decision)

    def given(self, cause: str, unit: str) -> int:
        return self.donated.get((cause, unit), 0)
