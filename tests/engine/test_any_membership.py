"""Whatever is done to a membership, in whatever order: nobody has two, nothing is worth more than was paid for it."""

from datetime import datetime, timedelta
from random import Random
from typing import Any

import pytest

from guerdon.core import memberships as core
from guerdon.core.activities import Member
from guerdon.core.errors import Refusal
from guerdon.core.memberships import Membership, Payment
from guerdon.engine import dues, memberships
from guerdon.engine.memberships import Asked, Joining
from guerdon.features.memberships import queries
from guerdon.features.programmes import queries as programmes
from guerdon.insight import verify
from guerdon.kit import store
from tests import effort
from tests.shop import FAR, Shop, moment

pytestmark = pytest.mark.usefixtures("database")

PLANS = {
    "tried": {"name": {"en": "Tried"}, "prices": {"EUR": "12.00"}, "period": {"months": 1}, "trial_days": 9},
    "plus": {"name": {"en": "Plus"}, "prices": {"EUR": "12.34"}, "period": {"months": 1}, "rank": 1, "grace_days": 3,
             "pause_days_max": 4},
    "gold": {"name": {"en": "Gold"}, "prices": {"EUR": "310.01"}, "period": {"years": 1}, "rank": 2,
             "refund_days": 60, "pause_days_max": 30},
    "week": {"name": {"en": "Week"}, "prices": {"EUR": "5.00"}, "period": {"days": 7}, "rank": 3},
    "free": {"name": {"en": "Free"}, "prices": {"EUR": 0}, "period": {"months": 1}},
}  # fmt: skip
RULES = {
    "base": {"when": "purchase", "then": [{"points": {"unit": "points", "give": 1, "per": "1.00"}}]},
    "more": {
        "when": "purchase", "if": [{"membership": {"in": ["plus", "gold", "week"]}}],
        "then": [{"multiply": {"unit": "points", "by": 3}}],
    },
    "hello": {"when": "membership_renew", "then": [{"fixed": {"unit": "points", "give": 70}}]},
}  # fmt: skip


class Life:
    """Somebody to whom anything happens."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.shop = Shop({"plans": PLANS, "rules": RULES})
        self.account = self.shop.enrol("ann")
        self.now = moment("2026-01-05")
        self.told = ""
        self.done: list[str] = []
        self.zone = programmes.latest(store.current(), self.shop.programme_id).at(self.now).zone

    @property
    def held(self) -> list[Membership]:
        return queries.of_member(store.current(), self.account, self.account)

    def payments(self, one: Membership) -> list[Payment]:
        return queries.payments(store.current(), [one]).get(one.id, [])

    def step(self) -> None:
        """Do one thing, possibly at the very instant of the last one."""
        self.now += timedelta(hours=self.random.choice((0, 0, 1, 9, 24, 24 * 5, 24 * 20)))
        deeds = (self.join, self.join, self.renew, self.pay, self.pay, self.act, self.act, self.act, self.act, self.buy,
                 self.night, self.fail)  # fmt: skip
        deed = self.random.choice(deeds)
        self.told = ""
        print(f"{self.now:%m-%d %H:%M}", deed.__name__)
        try:
            found = deed()
        except Refusal as refusal:
            found = refusal
        result = found.kind.code if isinstance(found, Refusal) else "done"
        self.done.append(f"{self.now:%m-%d %H:%M} {deed.__name__} {self.told} {result}")
        self.look()

    def join(self) -> Any:
        reference = self.random.choice((None, "paid"))
        plan = self.random.choice(list(PLANS))
        self.told = f"{plan} {reference}"
        wanted = Joining(Member(external_id="ann"), plan, "EUR", "till", f"j-{len(self.done)}", reference=reference)
        return memberships.join_many(programme_id=self.shop.programme_id, wanted=[wanted], now=self.now)[0]

    def renew(self) -> Any:
        if not self.held:
            return None
        return memberships.renew(programme_id=self.shop.programme_id, membership_id=self.held[-1].id, now=self.now)

    def pay(self) -> Any:
        every = [each for one in self.held for each in self.payments(one)]
        if not every:
            return None
        payment = self.random.choice(every[-3:])
        return memberships.pay(programme_id=self.shop.programme_id, payment_id=payment.id, now=self.now)

    def fail(self) -> Any:
        every = [each for one in self.held for each in self.payments(one)]
        named = {"programme_id": self.shop.programme_id, "now": self.now}
        return dues.failed(payment_id=every[-1].id, **named) if every else None  # type: ignore[arg-type]

    def act(self) -> Any:
        if not self.held:
            return None
        deed: Any = self.random.choice(("pause", "pause", "resume", "resume", "change", "change", "cancel", "refund"))
        when: Any = self.random.choice((None, None, "now", "period_end"))
        facts = {"plan": self.random.choice(list(PLANS)), "when": when} if deed == "change" else {}
        facts |= {"when": when} if deed == "cancel" else {}
        asked = Asked(deed, self.held[-1].id, **facts)
        self.told = f"{deed} {facts}"
        return memberships.act(programme_id=self.shop.programme_id, asked=asked, now=self.now)

    def buy(self) -> Any:
        order = self.shop.purchase("ann", self.random.randrange(1, 9_999))
        earlier = self.now - timedelta(days=self.random.choice((0, 0, 3, 30)))
        order = type(order)(
            **{name: getattr(order, name) for name in order.__struct_fields__} | {"occurred_at": earlier}
        )
        self.told = f"{earlier:%m-%d %H:%M} {order.amount}"
        return self.shop.tell(order, now=f"{self.now:%Y-%m-%dT%H:%M:%S}")[0]

    def night(self) -> Any:
        return dues.run(self.shop.programme_id, self.now, lambda _: None)

    # --- what must hold ---

    def look(self) -> None:
        held, story = self.held, self.done
        for at in self.instants(held):
            having = [one.id for one in held if any(each.holds(at) for each in one.intervals)]
            assert len(having) <= 1, story
            assert sum(each.holds(at) for one in held for each in one.intervals) <= 1, story
            assert len(core.in_force(held, at, self.zone)) <= 1, story
        for one in held:
            paid = sum(each.left for each in self.payments(one) if each.state == "paid")
            left = core.unused(one, self.now, self.zone)
            parts = len(one.intervals)  # each is rounded half up, at most half a cent
            assert left <= paid + parts, (left, paid, story)
            numbers = [each.number for each in one.intervals if each.kind == "period"]
            assert numbers == list(range(1, len(numbers) + 1)), story
            assert sum(each.state in ("asked", "failed") for each in self.payments(one)) <= 1, story

    def instants(self, held: list[Membership]) -> list[datetime]:
        found = [self.now]
        for one in held:
            for each in one.intervals:
                found += [
                    each.start,
                    *([] if each.ends is None else [each.ends, each.ends - timedelta(microseconds=1)]),
                ]
        return found


@pytest.mark.parametrize("seed", range(1010, 1010 + effort.times(30, 400)))
def test_any_life_of_a_member_adds_up(seed: int) -> None:
    life = Life(seed)
    for _ in range(40):
        life.step()
        print(life.done[-1])
    assert life.shop.audit() == []
    report = verify.run(life.shop.programme_id, deep=True, at=FAR)
    assert report.ok, ([(verdict.name, str(verdict.first)) for verdict in report.broken], life.done)
