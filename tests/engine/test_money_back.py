"""Money on its way back: asked for once, whatever news come late, twice or between an answer and its being noted."""

import itertools
from datetime import timedelta
from typing import Any

import msgspec
import pytest

from guerdon.engine import collecting
from guerdon.features.memberships import actions, queries
from guerdon.kit import store
from guerdon.kit.payments.port import Troubled
from tests.engine.stand_in import StandIn
from tests.engine.test_collecting import Club, account
from tests.shop import moment, taken

pytestmark = pytest.mark.usefixtures("database")
__all__ = ["account"]  # the fixture

PLANNED_AT = moment("2026-02-01")


class Died(BaseException):
    """The machine has gone, between the provider's answer and our noting it."""


class Till:
    """A payment of 12.00 that came through the provider, and parts of it that are given back."""

    def __init__(self, account: StandIn) -> None:
        self.account, self.club = account, Club()
        taken(self.club.join())
        key = self.club.shop.key
        done = self.club.session(
            subscription=f"sub_{key}", invoice=f"in_{key}", payment_intent=f"pi_{key}", amount_total=1200,
            currency="eur",
        )  # fmt: skip
        assert self.club.tell("checkout.session.completed", done, "2026-01-05T12:01") == "applied"

    @property
    def payment(self) -> Any:
        return self.club.payments()[0]

    def owe(self, refunded: int) -> None:
        """So much of it is to be given back in all."""
        made = msgspec.structs.replace(self.payment, state="refunding", refunded=refunded)
        row = actions.payment_row(self.club.shop.programme_id, made)
        store.committed(lambda at_hand: at_hand.write([(actions.PAYMENTS, [row])]))

    def give(self) -> int:
        return collecting.give_back.call(self.club.shop.programme_id, self.payment.id)

    def hear(self, amount: int, *, id: str = "") -> None:
        """The provider tells how much it has given back by then."""
        charge = {
            "id": "ch_1", "object": "charge", "payment_intent": f"pi_{self.club.shop.key}", "amount_refunded": amount,
            "currency": "eur",
        }  # fmt: skip
        assert self.club.tell("charge.refunded", charge, "2026-01-09", id=id) == "applied"

    @property
    def sent(self) -> list[int]:
        """What the provider has really given back of it, refund by refund."""
        intent = f"pi_{self.club.shop.key}"
        calls = [form for _, path, form in self.account.calls if path == "/v1/refunds"]
        return [int(form["amount"]) for form in calls if form["payment_intent"] == intent]

    def stand(self) -> tuple[str, int, int]:
        asked = store.Statement(
            "SELECT state, returned, sending FROM memberships_payment WHERE account_id = :account AND id = :id"
        )
        return store.current().fetch(asked, account=self.payment.account_id, id=self.payment.id)[0]


def dies(monkeypatch: pytest.MonkeyPatch) -> None:
    """The next answer of the provider is never noted."""

    real = actions.given_back

    def gone(*_: object, **__: object) -> None:
        monkeypatch.setattr(actions, "given_back", real)
        raise Died

    monkeypatch.setattr(actions, "given_back", gone)


@pytest.fixture
def till(account: StandIn) -> Till:
    return Till(account)


def test_late_news_of_less_send_nothing_twice(till: Till) -> None:
    for owed in (300, 600):
        till.owe(owed)
        assert till.give() == 300
    till.owe(900)
    till.hear(300)
    assert till.stand() == ("refunding", 600, 0)
    assert till.give() == 300
    assert till.sent == [300, 300, 300] and till.stand() == ("paid", 900, 0)


def test_in_whatever_order_and_however_often_news_come(account: StandIn) -> None:
    for told in itertools.permutations((300, 600, 900)):
        till = Till(account)
        for owed in (300, 600, 900):
            till.owe(owed)
            till.give()
        till.owe(1200)
        for amount in (*told, told[0]):
            till.hear(amount, id=f"evt_{till.club.shop.key}_{amount}")
        assert till.stand() == ("refunding", 900, 0)
        assert (till.give(), till.give()) == (300, 0)
        assert till.sent == [300] * 4 and till.stand() == ("refunded", 1200, 0)


@pytest.mark.parametrize("told", [[], [300], [100], [300, 100, 300], [600], [600, 300]])
def test_what_was_answered_and_not_noted_is_asked_for_again_as_it_was(
    till: Till, told: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever is told in between, by hand at the provider too: it has the key of the first request."""
    till.owe(300)
    till.give()
    till.owe(600)
    dies(monkeypatch)
    with pytest.raises(Died):
        till.give()
    assert till.sent == [300, 300] and till.stand() == ("refunding", 300, 300)
    for amount in told:
        till.hear(amount)
    till.give()
    assert till.sent == [300, 300] and till.stand() == ("paid", 600, 0)


def test_news_of_a_part_given_by_hand_change_nothing_of_a_request_that_is_out(
    till: Till, monkeypatch: pytest.MonkeyPatch
) -> None:
    till.owe(600)
    dies(monkeypatch)
    with pytest.raises(Died):
        till.give()
    till.hear(100)
    assert till.stand() == ("refunding", 100, 600)
    assert till.give() == 600
    assert till.sent == [600] and till.stand() == ("paid", 600, 0)


def test_what_is_refused_is_reckoned_anew(till: Till, monkeypatch: pytest.MonkeyPatch) -> None:
    """By hand a part was given back before: the rest is less than was asked for."""
    till.owe(1200)
    real = till.account._do
    refused = (400, {"error": {"code": "amount_too_large", "type": "invalid_request_error"}})
    monkeypatch.setattr(till.account, "_do", lambda *_: refused)
    with pytest.raises(Troubled, match="amount_too_large"):
        till.give()
    monkeypatch.setattr(till.account, "_do", real)
    till.account.calls.clear()
    till.hear(100)
    assert till.give() == 1100 and till.sent == [1100] and till.stand() == ("refunded", 1200, 0)


def test_a_slow_job_of_the_refund_before_leaves_the_next_one_alone(till: Till) -> None:
    till.owe(300)
    before = till.payment
    till.give()
    till.owe(600)
    store.committed(lambda at_hand: actions.gives_back(at_hand, till.payment))
    store.committed(lambda at_hand: actions.given_back(at_hand, before, returned=300))
    store.committed(lambda at_hand: actions.not_given_back(at_hand, before, refunded=300))
    assert till.stand() == ("refunding", 300, 300)


def test_what_is_stuck_holds_up_nothing_and_comes_again_later(
    account: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(collecting, "PER_PLAN_MAX", 2)
    tills = [Till(account) for _ in range(3)]
    mine = [till.payment.id for till in tills]
    for till in tills:
        till.owe(300)

    plan: list[str] = []

    def at(hours: int) -> set[str]:
        plan.clear()
        now = PLANNED_AT + timedelta(hours=hours)
        while found := queries.untold(store.current(), now=now, most=2):
            collecting.plan(store.current(), now)
            plan.extend(each.id for each in found if each.id in mine)
        assert len(plan) == len(set(plan))
        return set(plan)

    assert at(0) == set(mine), "two at a time, and the third one comes too"
    assert at(0) == set(), "their jobs have them"
    assert at(1) == set(mine), "and where those gave up, they come again"
    assert at(2) == set() and at(3) == set(mine), "later each time"
    tills[0].give()
    tills[0].owe(600)
    assert at(3) == {mine[0]}, "what has changed comes at once"
    jobs = store.Statement("SELECT key FROM kit_job WHERE slot LIKE 'refund:%'")
    waiting = {key.split(":")[1] for (key,) in store.current().fetch(jobs)}
    assert waiting >= set(mine)
