"""Money and wishes that cross each other on the way: changed minds, late news, twins of the same news."""

from typing import Any

import pytest

from guerdon.engine import collecting, memberships
from guerdon.engine.memberships import Asked
from guerdon.features.memberships import queries
from guerdon.kit import store
from tests.engine import stand_in
from tests.engine.test_collecting import Club, account
from tests.shop import code, moment, taken

pytestmark = pytest.mark.usefixtures("database", "account")
__all__ = ["account"]  # the fixture


def begun(plan: str = "plus", **more: Any) -> Club:
    """Ann has paid her first period by a checkout that repeats."""
    club = Club()
    taken(club.join(plan))
    club.open()
    told = club.session(subscription="sub_1", invoice="in_1", **more)
    assert club.tell("checkout.session.completed", told, "2026-01-05") == "applied"
    return club


def act(club: Club, deed: Any, at: str, **more: Any) -> Any:
    asked = Asked(deed, club.one.id, **more)
    return memberships.act(programme_id=club.shop.programme_id, asked=asked, now=moment(at))


def stand(club: Club) -> list[tuple[int, str, int, str]]:
    return [(one.number, one.purpose, one.amount, one.state) for one in club.payments()]


def test_a_change_that_nobody_paid_gives_way_to_the_renewal():
    club = begun(amount=1200)
    taken(act(club, "change", "2026-01-20", plan="gold"))
    assert stand(club)[-1][1:] == ("change", 2481, "asked")
    assert club.tell("invoice.paid", stand_in.new_invoice("in_2", "sub_1", 1200), "2026-02-05") == "applied"
    assert [one[3] for one in stand(club) if one[1] == "change"] == ["withdrawn"]
    assert [one.number for one in club.one.intervals] == [1, 2]
    club.verified()


def test_twins_of_the_same_news_pay_one_period(monkeypatch):
    club = begun(amount=1200)
    real, told = collecting._membership, stand_in.new_invoice("in_2", "sub_1", 1200)

    def overtaken(programme_id, event):
        monkeypatch.setattr(collecting, "_membership", real)
        club.tell("invoice.paid", told, "2026-02-05")
        return real(programme_id, event)

    monkeypatch.setattr(collecting, "_membership", overtaken)
    club.tell("invoice.payment_succeeded", told, "2026-02-05")
    assert [one.number for one in club.one.intervals] == [1, 2], "one invoice, one period"
    assert [one[3] for one in stand(club)] == ["paid", "paid"], "and nothing more is asked"
    club.verified()


def test_renewing_a_number_that_is_not_the_next_withdraws_nothing():
    club = begun(amount=1200)
    taken(act(club, "change", "2026-01-20", plan="gold"))
    before = stand(club)
    told = memberships.renew(
        programme_id=club.shop.programme_id, membership_id=club.one.id, number=7, now=moment("2026-01-21")
    )
    assert code(told) == "payment_late" and stand(club) == before


def test_a_checkout_that_was_given_up_does_not_take_the_subscription_over():
    club = begun(amount=1200)
    taken(act(club, "change", "2026-01-20", plan="gold"))
    given_up = club.payments()[-1]
    taken(act(club, "change", "2026-01-20", plan="gold", when="period_end"))
    told = stand_in.session(
        "cs_2", given_up.id, club.one.id, subscription="sub_2", invoice="in_9", amount=given_up.amount
    )
    club.tell("checkout.session.completed", told, "2026-01-21")
    assert club.one.subscription != "sub_2"
    assert club.payments()[-1].id != given_up.id or club.payments()[-1].state == "refunding"
    assert "sub_2" in str(queries.straying(store.current(), most=10)), "it is ended at the provider"


@pytest.mark.parametrize("when", ["now", "period_end"])
def test_money_that_comes_after_a_cancellation_goes_back(when):
    club = begun(amount=1200)
    taken(act(club, "cancel", "2026-01-20", when=when))
    for _ in range(2):
        told = stand_in.new_invoice("in_2", "sub_1", 1200)
        assert club.tell("invoice.paid", told, "2026-02-06") == "applied"
    assert [(one.state, one.refunded) for one in club.payments()] == [("paid", 0), ("refunding", 1200)]
    assert [one.number for one in club.one.intervals] == [1]
    club.verified()


def test_more_money_goes_back_when_the_first_has_arrived():
    club = begun("gold", amount_total=3100, currency="eur")
    taken(act(club, "change", "2026-01-06", plan="plus", when="now"))
    assert code(act(club, "refund", "2026-01-06")) == "refund_pending"
    club.verified()


def test_what_was_paid_ahead_of_a_pause_outlives_the_subscription():
    club = begun(amount=1200)
    taken(act(club, "pause", "2026-01-10"))
    club.tell("customer.subscription.deleted", {"id": "sub_1", "object": "subscription"}, "2026-01-11")
    assert club.one.subscription is None
    taken(act(club, "resume", "2026-01-20"))
    assert club.one.paused_at is None and club.one.covered is not None
    club.verified()
