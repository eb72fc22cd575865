"""Money that nobody asked for: beside what was paid by hand, too much, too little, foreign; it all goes back."""

import random
from typing import Any

import pytest

from guerdon.engine import collecting, memberships
from guerdon.engine.memberships import Asked
from guerdon.features.memberships import actions, queries
from guerdon.kit import store
from guerdon.kit.payments import providers, stripe
from guerdon.kit.payments.port import Troubled
from tests.engine import stand_in
from tests.engine.stand_in import StandIn
from tests.engine.test_collecting import Club, account
from tests.shop import FAR, code, moment, taken

pytestmark = pytest.mark.usefixtures("database")
__all__ = ["account"]  # the fixture


def opened() -> Club:
    """Ann is to pay her first period, and a checkout is open for it."""
    club = Club()
    taken(club.join())
    club.open()
    return club


def pay_by_hand(club: Club, at: str, reference: str = "till 1, receipt 7") -> Any:
    payment = next(each for each in club.payments() if each.state in ("asked", "failed"))
    return memberships.pay(
        programme_id=club.shop.programme_id, payment_id=payment.id, reference=reference, now=moment(at)
    )


def done(club: Club, **more: Any) -> dict[str, Any]:
    """The checkout of the first payment is complete."""
    key = club.shop.key
    facts: dict[str, Any] = {"subscription": f"sub_{key}", "invoice": f"in_1_{key}", "amount_total": 1200}
    return club.session(**{"currency": "eur"} | facts | more)


def stand(club: Club) -> list[tuple[int, str, str | None, int]]:
    return sorted([(one.amount, one.state, one.paid_by, one.refunded) for one in club.payments()], key=str)


def plan(club: Club) -> list[tuple[str, bool]]:
    """What the provider is still to be told of the club's payments."""
    found = queries.untold(store.current(), now=FAR, most=1_000)
    return [(one.state, one.taken) for one in found if one.programme_id == club.shop.programme_id]


def refunds(account: StandIn) -> list[tuple[str, str]]:
    return [(form["payment_intent"], form["amount"]) for _, path, form in account.calls if path == "/v1/refunds"]


# --- paid by hand, and through the checkout that was still open ---


def test_what_is_paid_by_hand_closes_its_checkout(account: StandIn) -> None:
    club = opened()
    taken(pay_by_hand(club, "2026-01-06"))
    payment = club.payments()[0]
    assert (payment.state, payment.method, payment.paid_by) == ("paid", "stripe", "invoice")
    assert plan(club) == [("paid", True)]
    account.failing = 2  # the end of the session, and the question after it
    with pytest.raises(Troubled, match="503"):
        collecting.close_payment.call(club.shop.programme_id, payment.id)
    assert plan(club) == [("paid", True)], "it is planned until it is done"
    assert collecting.close_payment.call(club.shop.programme_id, payment.id) == 1
    assert collecting.close_payment.call(club.shop.programme_id, payment.id) == 0
    assert list(account.sessions.values()) == ["expired"] and plan(club) == []
    told = club.tell("checkout.session.expired", club.session(), "2026-01-06T12:01")
    assert told == "applied" and club.payments()[0].state == "paid" and not club.one.ended
    club.verified()


@pytest.mark.parametrize("status", ["complete", "expired", None])
def test_a_checkout_that_is_over_is_as_good_as_closed(account: StandIn, status: str | None) -> None:
    club = opened()
    taken(pay_by_hand(club, "2026-01-06"))
    if status is None:
        account.sessions.clear()
    else:
        account.sessions = dict.fromkeys(account.sessions, status)
    collecting.close_payment.call(club.shop.programme_id, club.payments()[0].id)
    assert plan(club) == []


def test_a_checkout_that_stays_open_is_trouble(account: StandIn) -> None:
    account.sessions["cs_9"] = "open"
    account.failing = 1
    with pytest.raises(Troubled) as trouble:
        providers.of("stripe").close("cs_9")
    assert trouble.value.passing and account.sessions["cs_9"] == "open"


def test_a_checkout_that_was_opened_too_late_is_closed_too(account: StandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    """A slow job opens another session while the first one is being closed."""
    club = opened()
    taken(pay_by_hand(club, "2026-01-06"))
    payment, close = club.payments()[0], stripe.Stripe.close

    def overtaken(provider: stripe.Stripe, session: str) -> None:
        account.sessions["cs_late"] = "open"
        actions.opened(store.current(), payment, "https://checkout.test/cs_late")
        actions.name(store.current(), club.shop.programme_id, "stripe", [("session", "cs_late")], payment)
        monkeypatch.setattr(stripe.Stripe, "close", close)
        close(provider, session)

    monkeypatch.setattr(stripe.Stripe, "close", overtaken)
    collecting.close_payment.call(club.shop.programme_id, payment.id)
    assert account.sessions["cs_late"] == "open" and plan(club) == [("paid", True)]
    collecting.close_payment.call(club.shop.programme_id, payment.id)
    assert account.sessions["cs_late"] == "expired" and plan(club) == []


def test_what_is_withdrawn_closes_its_checkout(account: StandIn) -> None:
    club = opened()
    asked = Asked("cancel", club.one.id, when="now")
    taken(memberships.act(programme_id=club.shop.programme_id, asked=asked, now=moment("2026-01-06")))
    assert plan(club) == [("withdrawn", True)]
    collecting.plan(store.current(), moment("2026-01-06"))
    collecting.close_payment.call(club.shop.programme_id, club.payments()[0].id)
    assert list(account.sessions.values()) == ["expired"] and plan(club) == []


def test_money_of_the_checkout_beside_cash_goes_back(account: StandIn) -> None:
    club = opened()
    taken(pay_by_hand(club, "2026-01-06"))
    for _ in range(2):
        assert club.tell("checkout.session.completed", done(club), "2026-01-06T13:00") == "applied"
    assert stand(club) == [(1200, "paid", "invoice", 0), (1200, "refunding", "stripe", 1200)]
    assert [each.number for each in club.one.intervals] == [1], "paid twice, had once"
    key = club.shop.key
    straying = [(id, wanted) for _, id, wanted in queries.straying(store.current(), most=1_000) if key in id]
    assert straying == [(f"sub_{key}", "cancelled")], "what repeats for money that goes back is ended"
    account.payments[f"in_1_{key}"] = "pi_1"
    stray = next(one for one in club.payments() if one.state == "refunding")
    assert collecting.give_back.call(club.shop.programme_id, stray.id) == 1200
    assert refunds(account) == [("pi_1", "1200")]
    assert stand(club) == [(1200, "paid", "invoice", 0), (1200, "refunded", "stripe", 1200)]
    club.verified()


def test_in_whatever_order_the_news_come_cash_is_kept_and_the_rest_goes_back(account: StandIn) -> None:
    for seed in range(8):
        club = opened()
        key = club.shop.key
        told = {"guerdon_membership": club.one.id, "guerdon_payment": club.payments()[0].id}
        first = {"metadata": told, "billing_reason": "subscription_create"}
        news = [
            ("checkout.session.completed", done(club)),
            ("invoice.paid", stand_in.new_invoice(f"in_1_{key}", f"sub_{key}", 1200, **first)),
            ("invoice.payment_succeeded", stand_in.new_invoice(f"in_1_{key}", f"sub_{key}", 1200, **first)),
        ]
        random.Random(seed).shuffle(news)
        taken(pay_by_hand(club, "2026-01-06"))
        for minute, (type, thing) in enumerate(news):
            assert club.tell(type, thing, f"2026-01-06T13:{minute:02}") == "applied"
        assert stand(club) == [(1200, "paid", "invoice", 0), (1200, "refunding", "stripe", 1200)], seed
        assert [each.number for each in club.one.intervals] == [1]
        club.verified()


def test_a_clerk_who_names_the_very_invoice_means_the_same_money(account: StandIn) -> None:
    club = opened()
    taken(pay_by_hand(club, "2026-01-06", f"in_1_{club.shop.key}"))
    assert club.tell("checkout.session.completed", done(club), "2026-01-06T13:00") == "applied"
    assert stand(club) == [(1200, "paid", "invoice", 0)]
    club.verified()


def test_cash_for_what_the_checkout_has_paid_is_not_taken(account: StandIn) -> None:
    club = opened()
    club.tell("checkout.session.completed", done(club), "2026-01-06")
    [payment] = club.payments()
    named = {"programme_id": club.shop.programme_id, "payment_id": payment.id, "now": moment("2026-01-06T13:00")}
    assert code(memberships.pay(reference="till 1, receipt 7", **named)) == "payment_settled"
    assert taken(memberships.pay(reference=payment.reference, **named)).replayed
    assert stand(club) == [(1200, "paid", "stripe", 0)] and plan(club) == []


def test_what_was_paid_by_hand_is_given_back_by_hand(account: StandIn) -> None:
    club = opened()
    taken(pay_by_hand(club, "2026-01-06"))
    asked = Asked("refund", club.one.id)
    taken(memberships.act(programme_id=club.shop.programme_id, asked=asked, now=moment("2026-01-07")))
    assert stand(club) == [(1200, "refunded", "invoice", 1200)], "no provider has it, so none is to give it back"
    club.verified()


def test_an_earlier_invoice_paid_after_all_goes_back(account: StandIn) -> None:
    """The renewal failed, was paid through a new checkout, and then the old invoice was paid as well."""
    club = opened()
    key = club.shop.key
    club.tell("checkout.session.completed", done(club), "2026-01-06")
    failed = stand_in.old_invoice(f"in_2_{key}", f"sub_{key}", 1200)
    club.tell("invoice.payment_failed", failed, "2026-02-06")
    club.open()
    renewed = done(club, subscription=f"sub_b_{key}", invoice=f"in_b_{key}")
    renewed["metadata"]["guerdon_payment"] = renewed["client_reference_id"] = club.payments()[-1].id
    assert club.tell("checkout.session.completed", renewed, "2026-02-07") == "applied"
    for _ in range(2):
        assert club.tell("invoice.paid", failed, "2026-02-08") == "applied"
    assert [one[1] for one in stand(club)] == ["paid", "paid", "refunding"]
    stray = next(one for one in club.payments() if one.state == "refunding")
    assert collecting.give_back.call(club.shop.programme_id, stray.id) == 1200
    assert refunds(account) == [(f"pi_in_2_{key}", "1200")], "this money, not that of the checkout"
    assert [each.number for each in club.one.intervals] == [1, 2]
    club.verified()


# --- not what was asked ---


@pytest.mark.parametrize(("amount", "currency"), [(1100, "eur"), (1300, "eur"), (1200, "usd"), (1200, "jpy")])
def test_another_invoice_than_was_asked_goes_back_whole(account: StandIn, amount: int, currency: str) -> None:
    club = opened()
    club.tell("checkout.session.completed", done(club), "2026-01-06")
    key = club.shop.key
    odd = stand_in.new_invoice(f"in_2_{key}", f"sub_{key}", amount, currency)
    for type in ("invoice.paid", "invoice.payment_succeeded"):
        assert club.tell(type, odd, "2026-02-05") == "applied"
    assert [each.number for each in club.one.intervals] == [1], "nothing begins"
    first, asked, stray = sorted(club.payments(), key=lambda one: ("paid", "asked", "refunding").index(one.state))
    assert (first.state, asked.state, asked.amount) == ("paid", "asked", 1200), "what was asked still is"
    assert (stray.amount, stray.currency, stray.refunded) == (amount, currency.upper(), amount)
    account.payments[f"in_2_{key}"] = "pi_2"
    assert collecting.give_back.call(club.shop.programme_id, stray.id) == amount
    assert refunds(account) == [("pi_2", str(amount))]
    news = store.Statement("SELECT count(*) FROM kit_outgoing WHERE subject_id = :id AND topic = 'payment.strayed'")
    assert store.current().fetch(news, id=stray.id) == [(1,)]
    club.verified()


def test_a_checkout_of_another_amount_goes_back_and_another_one_is_opened(account: StandIn) -> None:
    club = opened()
    assert club.tell("checkout.session.completed", done(club, amount_total=1000), "2026-01-06") == "applied"
    assert stand(club) == [(1000, "refunding", "stripe", 1000), (1200, "failed", None, 0)]
    assert not club.one.intervals
    assert club.open() == "https://checkout.test/cs_2", "what is complete can't be paid again"
    again = done(club, subscription=f"sub_b_{club.shop.key}", invoice=f"in_b_{club.shop.key}")
    assert club.tell("checkout.session.completed", again, "2026-01-07") == "applied"
    assert [each.number for each in club.one.intervals] == [1]
    assert club.one.subscription == f"sub_b_{club.shop.key}"
    club.verified()


def test_no_money_at_all_is_for_a_person_to_look_at(account: StandIn) -> None:
    club = opened()
    club.tell("checkout.session.completed", done(club), "2026-01-06")
    nothing = stand_in.new_invoice(f"in_2_{club.shop.key}", f"sub_{club.shop.key}", 0, amount_due=1200)
    assert club.tell("invoice.paid", nothing, "2026-02-05") == "refused"
    assert [each.number for each in club.one.intervals] == [1]
    club.verified()


def test_a_payment_that_is_on_its_way_is_not_asked_for_again(account: StandIn) -> None:
    """A transfer takes days: its checkout is complete, nothing has come; in vain, another one is opened."""
    club = opened()
    club.tell("checkout.session.completed", done(club, payment_status="unpaid"), "2026-01-06")
    assert club.payments()[0].state == "asked" and plan(club) == []
    club.tell("checkout.session.async_payment_failed", done(club, payment_status="unpaid"), "2026-01-09")
    assert club.payments()[0].state == "failed" and plan(club) == [("failed", False)]
    assert club.open() == "https://checkout.test/cs_2"


def test_what_somebody_gave_back_at_the_provider_is_given_back(account: StandIn) -> None:
    club = opened()
    taken(pay_by_hand(club, "2026-01-06"))
    club.tell("checkout.session.completed", done(club, payment_intent="pi_1"), "2026-01-06T13:00")
    account.refunded.add("pi_1")
    stray = next(one for one in club.payments() if one.state == "refunding")
    assert queries.going_back(store.current(), club.shop.programme_id, most=9) == [stray]
    assert collecting.give_back.call(club.shop.programme_id, stray.id) == 1200
    assert queries.going_back(store.current(), club.shop.programme_id, most=9) == []
    club.verified()
