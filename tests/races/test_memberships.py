"""At the same moment: one period is renewed once, one joins once, and money that comes too late goes back."""

from collections.abc import Callable
from typing import Any

import pytest

from guerdon.core import memberships as core
from guerdon.core.activities import Member
from guerdon.core.errors import Refusal
from guerdon.core.memberships import Membership, Payment
from guerdon.engine import collecting, dues, membership_clerk, memberships
from guerdon.engine.batch import Outcome
from guerdon.engine.memberships import Asked, Joining
from guerdon.features.activities.actions import Idempotency
from guerdon.features.memberships import queries
from guerdon.insight import verify
from guerdon.kit import store
from guerdon.kit.payments import events
from tests import effort
from tests.engine import stand_in
from tests.races import crowd
from tests.shop import FAR, Shop, moment, taken

RIVALS = effort.times(6, 16)
ROUNDS = effort.times(3, 20)
PLANS = {
    "plus": {"name": {"en": "Plus"}, "prices": {"EUR": "12.00"}, "period": {"months": 1}, "grace_days": 5},
    "gold": {"name": {"en": "Gold"}, "prices": {"EUR": "31.00"}, "period": {"months": 1}, "rank": 2},
}
WELCOME = {"when": "membership_renew", "then": [{"fixed": {"unit": "points", "give": 500}}]}


class Club:
    """Ann and a plan; every payment gives 500 points."""

    def __init__(self, *, joined: bool = True) -> None:
        self.shop = Shop({"plans": PLANS, "rules": {"welcome": WELCOME}})
        self.shop.enrol("ann")
        if joined:
            taken(self.join("j-1", "2026-01-05"))

    def join(self, name: str, at: str, plan: str = "plus", reference: str | None = "1") -> Any:
        wanted = Joining(Member(external_id="ann"), plan, "EUR", "till", name, reference=reference)
        return memberships.join_many(programme_id=self.shop.programme_id, wanted=[wanted], now=moment(at))[0]

    def renew(self, at: str, **more: Any) -> Any:
        return memberships.renew(programme_id=self.shop.programme_id, membership_id=self.one.id, now=moment(at), **more)

    def act(self, deed: Any, at: str, **more: Any) -> Any:
        asked = Asked(deed, self.one.id, **more)
        return memberships.act(programme_id=self.shop.programme_id, asked=asked, now=moment(at))

    def refund(self, key: int) -> Any:
        named = Idempotency("till", "refund", f"k-{key}", "0")
        return self.act("refund", "2026-01-06", idempotency=named)

    def pay(self, payment: Payment, at: str) -> Any:
        return memberships.pay(programme_id=self.shop.programme_id, payment_id=payment.id, now=moment(at))

    @property
    def every(self) -> list[Membership]:
        account = self.shop.account("ann")
        return queries.of_member(store.current(), account, account)

    @property
    def one(self) -> Membership:
        return self.every[-1]

    def payments(self) -> list[Payment]:
        return queries.payments(store.current(), [self.one]).get(self.one.id, [])

    def points(self) -> int:
        return self.shop.amounts("ann", "2026-03-01").available

    def verified(self) -> None:
        report = verify.run(self.shop.programme_id, deep=True, at=FAR)
        assert report.ok, [(verdict.name, str(verdict.first)) for verdict in report.broken]


class Checkout(Club):
    """Ann pays through a provider: her first checkout is complete, and what repeats there is known."""

    def __init__(self, *, complete: bool = True) -> None:
        super().__init__(joined=False)
        wanted = Joining(Member(external_id="ann"), "plus", "EUR", "app", "j-1", "stripe")
        taken(memberships.join_many(programme_id=self.shop.programme_id, wanted=[wanted], now=moment("2026-01-05"))[0])
        if complete:
            self.completed()()

    def hear(self, type: str, thing: dict[str, Any], at: str, id: str) -> Callable[[], Any]:
        """Take news in; what is answered does what they come to."""
        event = events.read(stand_in.event(f"evt_{id}", type, thing, moment(at)))
        collecting.hear(self.shop.programme_id, event, now=moment(at))
        return lambda: collecting.apply(self.shop.programme_id, event.id, now=moment(at))

    def completed(self) -> Callable[[], Any]:
        told = {"subscription": "sub_1", "invoice": "in_1", "amount_total": 1200, "currency": "eur"}
        thing = stand_in.session("cs_1", self.payments()[0].id, self.one.id, **told)
        return self.hear("checkout.session.completed", thing, "2026-01-05", "1")

    def twins(self, invoice: str, at: str, **more: Any) -> list[Callable[[], Any]]:
        thing = stand_in.new_invoice(invoice, "sub_1", 1200, **more)
        types = ("invoice.paid", "invoice.payment_succeeded", "invoice.paid")
        return [self.hear(type, thing, at, f"{invoice}_{place}") for place, type in enumerate(types)]


def race(monkeypatch: pytest.MonkeyPatch, deeds: list[Callable[[], Any]]) -> list[Any]:
    """Do it all at once, each having decided before any has written, if nothing keeps them apart."""
    with crowd.meeting(monkeypatch, min(len(deeds), 3)):
        return crowd.together(deeds)


def trouble(results: list[Any]) -> list[Any]:
    return [one for one in results if isinstance(one, BaseException) and not isinstance(one, Refusal)]


@pytest.mark.usefixtures("database")
class TestRaces:
    @pytest.mark.parametrize("_", range(ROUNDS))
    def test_one_period_is_renewed_once(self, monkeypatch, _):
        club = Club()
        results = race(monkeypatch, [lambda: club.renew("2026-02-04", number=2)] * RIVALS)
        assert all(isinstance(one, Outcome) for one in results), results
        assert sum(not one.replayed for one in results) == 1
        assert [each.number for each in club.one.intervals] == [1, 2]
        assert club.points() == 1000
        club.verified()

    @pytest.mark.parametrize("_", range(ROUNDS))
    def test_hands_and_nights_renew_once_together(self, monkeypatch, _):
        """A payment marked paid twice, the same period by hand, and the night that asks for it and for the next."""
        club = Club()
        named = {"programme_id": club.shop.programme_id, "membership_id": club.one.id}
        payment = dues.take(provider="stripe", invoice="in_2", now=moment("2026-02-04"), **named)
        night = lambda: dues.run(club.shop.programme_id, moment("2026-02-05"), lambda _: None)  # noqa: E731
        deeds = [lambda: club.pay(payment, "2026-02-05")] * 3 + [lambda: club.renew("2026-02-05", number=2)] * 2
        results = race(monkeypatch, [*deeds, night])
        assert not trouble(results), results
        assert [each.number for each in club.one.intervals] == [1, 2]
        assert club.points() == 1000
        assert sum(each.state == "paid" for each in club.payments()) == 2
        club.verified()

    @pytest.mark.parametrize("_", range(ROUNDS))
    def test_one_joins_once(self, monkeypatch, _):
        club = Club(joined=False)
        deeds = [lambda name=f"j-{place % 3}": club.join(name, "2026-01-05") for place in range(RIVALS)]
        results = race(monkeypatch, deeds)
        assert not trouble(results), results
        refused = {one.kind for one in results if isinstance(one, Refusal)}
        assert refused <= {core.MEMBERSHIP_EXISTS}
        assert len(club.every) == 1 and club.points() == 500
        club.verified()

    @pytest.mark.parametrize("_", range(ROUNDS))
    def test_paid_and_cancelled_at_once(self, monkeypatch, _):
        """Either it was paid and runs to its end, or it was withdrawn and the money is refused; never half of both."""
        club = Club(joined=False)
        taken(club.join("j-1", "2026-01-05", reference=None))
        [payment] = club.payments()
        deeds = [lambda: club.pay(payment, "2026-01-06"), lambda: club.act("cancel", "2026-01-06")] * 2
        results = race(monkeypatch, deeds)
        assert not trouble(results), results
        [settled] = club.payments()
        if settled.state == "paid":
            assert (len(club.one.intervals), club.points()) == (1, 500)
        else:
            assert (settled.state, club.one.intervals, club.points()) == ("withdrawn", (), 0)
        assert club.one.cancelled_at is not None
        club.verified()

    @pytest.mark.parametrize("_", range(ROUNDS))
    def test_twins_of_one_invoice_pay_one_period_and_ask_for_no_more(self, monkeypatch, _):
        club = Checkout()
        results = race(monkeypatch, club.twins("in_2", "2026-02-05"))
        assert results == ["applied"] * 3
        assert [each.state for each in club.payments()] == ["paid", "paid"]
        assert [each.number for each in club.one.intervals] == [1, 2]
        assert club.points() == 1000
        club.verified()

    @pytest.mark.parametrize("_", range(ROUNDS))
    def test_twins_of_one_odd_invoice_go_back_once(self, monkeypatch, _):
        club = Checkout()
        results = race(monkeypatch, club.twins("in_2", "2026-02-05", amount_paid=1300))
        assert results == ["applied"] * 3
        assert sorted((each.state, each.amount) for each in club.payments()) == [
            ("asked", 1200), ("paid", 1200), ("refunding", 1300)
        ]  # fmt: skip
        club.verified()

    @pytest.mark.parametrize("_", range(ROUNDS))
    def test_paid_by_hand_and_by_checkout_at_once(self, monkeypatch, _):
        """One of both is kept: cash is refused when the checkout was first, else the checkout's money goes back."""
        club = Checkout(complete=False)
        [payment] = club.payments()
        told = {"metadata": {"guerdon_payment": payment.id}, "billing_reason": "subscription_create"}
        deeds = [club.completed(), lambda: club.pay(payment, "2026-01-05"), *club.twins("in_1", "2026-01-05", **told)]
        results = race(monkeypatch, deeds)
        assert not trouble(results), results
        kept = {(each.state, each.paid_by) for each in club.payments()}
        assert kept in ({("paid", "stripe")}, {("paid", "invoice"), ("refunding", "stripe")})
        assert isinstance(results[1], Refusal) is (kept == {("paid", "stripe")})
        assert len(club.payments()) == len(kept) and club.points() == 500
        club.verified()

    @pytest.mark.parametrize("_", range(ROUNDS))
    def test_refunded_and_renewed_at_once(self, monkeypatch, _):
        club = Club()
        deeds: list[Callable[[], Any]] = [
            lambda: club.act("refund", "2026-01-06"), lambda: club.renew("2026-01-06", number=2),
            lambda: club.act("change", "2026-01-06", plan="gold", reference="2"),
            lambda: club.act("pause", "2026-01-06"),
        ]  # fmt: skip
        results = race(monkeypatch, deeds)
        assert not trouble(results), results
        club.verified()

    @pytest.mark.parametrize("_", range(ROUNDS))
    def test_one_clerk_is_told_to_pay_out(self, monkeypatch, _):
        """Each with a key of its own: only who really gave it back is told an amount, and is told it again."""
        club = Club()
        results = race(monkeypatch, [lambda key=place: club.refund(key) for place in range(RIVALS)])
        paying = [place for place, one in enumerate(results) if isinstance(one, Outcome)]
        assert len(paying) == 1, results
        others = [one for one in results if isinstance(one, Refusal)]
        assert len(others) == RIVALS - 1 and {one.kind for one in others} == {core.NOTHING_TO_REFUND}
        again = taken(club.refund(paying[0]))
        assert again.replayed and again.decision.membership.amount == -1200
        refused = club.refund((paying[0] + 1) % RIVALS)
        assert isinstance(refused, Refusal) and refused.kind is core.NOTHING_TO_REFUND
        assert [each.refunded for each in club.payments()] == [1200] and club.points() == 0
        club.verified()

    @pytest.mark.parametrize("_", range(ROUNDS))
    def test_one_clerk_takes_the_money_for_a_change(self, monkeypatch, _):
        club = Club()
        deeds = [
            lambda paper=str(place): club.act("change", "2026-01-06", plan="gold", reference=paper)
            for place in range(RIVALS)
        ]
        results = race(monkeypatch, deeds)
        assert sum(isinstance(one, Outcome) for one in results) == 1, results
        assert {one.kind for one in results if isinstance(one, Refusal)} == {core.SAME_PLAN}
        club.verified()


@pytest.mark.usefixtures("database")
class TestControls:
    def test_without_the_look_at_who_was_first_two_are_told_to_pay_out(self, monkeypatch):
        monkeypatch.setattr(membership_clerk, "_overtaken", lambda batch, one: False)
        club = Club()
        results = race(monkeypatch, [lambda key=place: club.refund(key) for place in range(2)])
        assert [one.decision.membership.amount for one in results] == [-1200, -1200]

    @crowd.control
    def test_without_locks_a_period_is_paid_for_twice_or_the_database_objects(self, monkeypatch):
        crowd.unlock(monkeypatch)
        stumbles = crowd.stumbles(monkeypatch)
        club = Club()
        results = race(monkeypatch, [lambda: club.renew("2026-02-04", number=2)] * 2)
        assert stumbles or trouble(results)
        assert [each.number for each in club.one.intervals] == [1, 2], "the key of the fact is left"

    @crowd.control
    def test_without_locks_two_join(self, monkeypatch):
        """The locks are what keeps a member from two memberships: each is a fact of its own."""
        crowd.unlock(monkeypatch)
        stumbles = crowd.stumbles(monkeypatch)
        club = Club(joined=False)
        results = race(monkeypatch, [lambda: club.join("j-1", "2026-01-05"), lambda: club.join("j-2", "2026-01-05")])
        assert len(club.every) == 2 or stumbles or trouble(results)

    @crowd.control
    def test_without_locks_what_is_paid_is_withdrawn(self, monkeypatch):
        crowd.unlock(monkeypatch)
        stumbles = crowd.stumbles(monkeypatch)
        club = Club(joined=False)
        taken(club.join("j-1", "2026-01-05", reference=None))
        [payment] = club.payments()
        results = race(monkeypatch, [lambda: club.pay(payment, "2026-01-06"), lambda: club.act("cancel", "2026-01-06")])
        [settled] = club.payments()
        lost = settled.state == "withdrawn" and club.one.intervals
        report = verify.run(club.shop.programme_id, at=FAR)
        assert lost or stumbles or trouble(results) or not report.ok

    @crowd.control
    def test_without_locks_twins_of_one_invoice_go_back_twice_or_the_database_objects(self, monkeypatch):
        club = Checkout()
        taken(club.act("cancel", "2026-01-20"))
        crowd.unlock(monkeypatch)
        stumbles = crowd.stumbles(monkeypatch)
        results = race(monkeypatch, club.twins("in_2", "2026-02-06")[:2])
        assert stumbles or trouble(results) or len(club.payments()) > 2

    @crowd.control
    def test_without_locks_twins_of_one_invoice_ask_twice_or_the_database_objects(self, monkeypatch):
        club = Checkout()
        crowd.unlock(monkeypatch)
        stumbles = crowd.stumbles(monkeypatch)
        results = race(monkeypatch, club.twins("in_2", "2026-02-05")[:2])
        lost = results != ["applied"] * 2  # the payment that one of them asked for was written over
        assert lost or stumbles or len(club.payments()) > 2
