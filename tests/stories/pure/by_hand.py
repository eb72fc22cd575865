"""Points given and taken by hand, alone or with a second person, in the pure world."""

from datetime import datetime

from guerdon.core import ledger, period
from guerdon.core.activities import Activity, Key, Member
from guerdon.core.adjustments import ADJUSTMENT_DECIDED, OWN_ADJUSTMENT
from guerdon.core.decisions import Decision
from guerdon.core.errors import Refusal
from guerdon.engine.adjust import STATES, Verdict
from tests.stories.pure.climbing import Climbing
from tests.stories.worlds import Answer


class ByHand(Climbing):
    """Points given and taken by hand, alone or with a second person, in the pure world."""

    __slots__ = ()

    def adjust(self, who: str, unit: str, points: int, *, key: str, actor: str, reason: str, now: datetime) -> Answer:
        who = self.led(who)
        name: Key = ("desk", "adjustment", key)
        if name in self.told:
            return Answer(self.told[name][2], known=True)
        in_force = self.in_force(now)
        most = in_force.programme.adjustments.approve_above.get(unit)
        try:
            in_force.programme.unit(unit)
            in_force.programme.adjustments.check_reason(reason)
            self._settle(self.accounts[who], now)
            if points < 0:
                ledger.take(self.accounts[who].of(unit), -points, at=now, unit=unit)
        except Refusal as refusal:
            return Answer(refusal=refusal)
        day = (actor, who, unit, str(period.local_day(now, in_force.zone)))
        if most is not None and abs(points) + sum(self.alone.get(day, [])) > most:
            decision = Decision(in_force.version, parked="approval_missing")
            told = Activity("adjustment", "desk", key, now, Member(external_id=who), facts={"actor": actor})
            self.told[name] = (who, told, decision)
            self.waiting[key] = (who, unit, points, actor)
            return Answer(decision)
        answer = self._change("adjust_up" if points > 0 else "adjust_down", who, unit, points, key, now)
        if answer.refusal is None:
            self._by_hand(self.accounts[who], unit, points, now)
            self.alone.setdefault(day, []).append(abs(points))
        return answer

    def judge(self, verdict: Verdict, what: str, *, actor: str, now: datetime) -> Answer:
        name: Key = ("desk", "adjustment", what)
        if what in self.judged:
            if self.judged[what] == verdict:
                return Answer(self.told[name][2], known=True)
            return Answer(refusal=ADJUSTMENT_DECIDED(state=STATES[self.judged[what]]))
        if what not in self.waiting:
            return Answer(refusal=ADJUSTMENT_DECIDED(state="booked"))
        who, unit, points, asker = self.waiting[what]
        if actor == asker:
            return Answer(refusal=OWN_ADJUSTMENT())
        waited = self.told.pop(name)
        if verdict == "approval":
            answer = self._change("adjust_up" if points > 0 else "adjust_down", who, unit, points, what, now)
            if answer.refusal is not None:
                self.told[name] = waited
                return answer
            self._by_hand(self.accounts[self.led(who)], unit, points, now)
        else:
            answer = Answer(Decision(self.in_force(now).version))
            assert answer.decision is not None
            self.told[name] = (who, waited[1], answer.decision)
        self.judged[what] = verdict
        del self.waiting[what]
        return answer
