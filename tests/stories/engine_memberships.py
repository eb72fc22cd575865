"""Paid memberships in the world of the engine."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from datetime import datetime

from guerdon.core import activities as law
from guerdon.core import memberships as core
from guerdon.core.errors import Refusal
from guerdon.core.memberships import Membership, Payment
from guerdon.engine import dues, memberships
from guerdon.engine.desk import Result
from guerdon.features.members import queries as members
from guerdon.features.memberships import queries
from guerdon.features.programmes import queries as programmes
from guerdon.insight import worth
from guerdon.kit import store
from tests.stories.worlds import Answer, Belonging, Turn, belonging


class EngineMemberships(ABC):
    """What the engine does with memberships; the world knows its programme, and who is who."""

    programme_id: str

    @abstractmethod
    def own_id(self, who: str) -> str:
        """The id a member was given."""

    def join_plan(
        self, who: str, plan: str, *, currency: str | None, paid: bool, key: str, now: datetime, dry_run: bool
    ) -> Answer:
        home = programmes.latest(store.current(), self.programme_id).current(now).programme.currency
        wanted = memberships.Joining(
            law.Member(external_id=who), plan, currency or home, "till", key, reference="cash" if paid else None
        )
        joined = memberships.join_many(programme_id=self.programme_id, wanted=[wanted], now=now, dry_run=dry_run)
        return _answer(joined[0])

    def pay_asked(self, who: str, *, again: bool, now: datetime) -> Answer:
        payment = self._payment(who, again=again)
        return _tried(lambda: memberships.pay(programme_id=self.programme_id, payment_id=payment.id, now=now))

    def fail_payment(self, who: str, *, now: datetime) -> Answer:
        payment = self._payments(who)[-1]
        try:
            dues.failed(programme_id=self.programme_id, payment_id=payment.id, now=now)
        except Refusal as refusal:
            return Answer(refusal=refusal)
        return Answer()

    def renew_plan(self, who: str, number: int | None, *, now: datetime) -> Answer:
        one = self._last(who)
        own = {"programme_id": self.programme_id, "membership_id": one.id}
        return _tried(lambda: memberships.renew(number=number, now=now, **own))  # type: ignore[arg-type]

    def turn_plan(self, who: str, turn: Turn, *, now: datetime, dry_run: bool) -> Answer:
        asked = memberships.Asked(
            turn.deed, self._last(who).id, turn.plan, turn.when, turn.number, "cash" if turn.paid else None
        )
        return _tried(lambda: memberships.act(programme_id=self.programme_id, asked=asked, now=now, dry_run=dry_run))

    def belongs(self, who: str, now: datetime) -> Belonging | None:
        mine = [one for one in self._held(who) if self._is_own(one, who)]
        if not mine:
            return None
        zone = programmes.latest(store.current(), self.programme_id).current(now).zone
        return belonging(mine[-1], self._payments(who), now, zone)

    def plans(self, who: str, now: datetime) -> frozenset[str]:
        zone = programmes.latest(store.current(), self.programme_id).current(now).zone
        return core.in_force(self._held(who), now, zone)

    def worth(self, who: str, plan: str, now: datetime) -> tuple[int, int]:
        at_hand = store.current()
        in_force = programmes.latest(at_hand, self.programme_id).current(now)
        member = members.get(at_hand, self.programme_id, self.own_id(who))
        found = worth.of_plan(at_hand, in_force, member, plan, now)
        assert found.by is not None
        return found.total, found.by

    def _held(self, who: str) -> list[Membership]:
        row = members.get(store.current(), self.programme_id, self.own_id(who))
        return queries.of_member(store.current(), row.account_id, row.id)

    def _is_own(self, one: Membership, who: str) -> bool:
        row = members.get(store.current(), self.programme_id, self.own_id(who))
        return members.get(store.current(), self.programme_id, one.account_id).id == row.id

    def _last(self, who: str) -> Membership:
        return [one for one in self._held(who) if self._is_own(one, who)][-1]

    def _payments(self, who: str) -> list[Payment]:
        one = self._last(who)
        return queries.payments(store.current(), [one]).get(one.id, [])

    def _payment(self, who: str, *, again: bool) -> Payment:
        """The one that is asked, or the last one that is settled."""
        every = self._payments(who)
        return ([each for each in every if (each.state in ("asked", "failed")) is not again] or every)[-1]


def _tried(deed: Callable[[], Result]) -> Answer:
    try:
        return _answer(deed())
    except Refusal as refusal:
        return Answer(refusal=refusal)


def _answer(result: Result) -> Answer:
    if isinstance(result, Refusal):
        return Answer(refusal=result)
    turn = result.decision.membership
    return Answer(known=result.replayed, back=max(0, -turn.amount) if turn is not None else 0)
