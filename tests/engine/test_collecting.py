"""Payments through a provider: what it is told over real HTTP, and what its news come to, doubled and out of order."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import msgspec
import pytest

from guerdon.core.activities import Member
from guerdon.engine import collecting, dues, memberships
from guerdon.engine.memberships import Asked, Joining
from guerdon.features.memberships import queries
from guerdon.insight import verify
from guerdon.kit import store
from guerdon.kit.outward import places
from guerdon.kit.payments import events, providers, stripe
from guerdon.kit.payments.port import Troubled
from tests.engine import stand_in
from tests.engine.stand_in import StandIn
from tests.shop import FAR, Shop, moment, taken

pytestmark = pytest.mark.usefixtures("database")

PLANS = {
    "plus": {"name": {"en": "Plus"}, "prices": {"EUR": "12.00", "JPY": 2000}, "period": {"months": 1}, "rank": 1},
    "gold": {"name": {"en": "Gold"}, "prices": {"EUR": "31.00"}, "period": {"years": 1}, "rank": 2},
    "pass": {"name": {"en": "Pass"}, "prices": {"EUR": "5.00"}, "period": {"days": 7}},
}


@pytest.fixture
def account(monkeypatch: pytest.MonkeyPatch) -> Iterator[StandIn]:
    with stand_in.running() as found:
        monkeypatch.setenv(stripe.KEY, stand_in.KEY)
        monkeypatch.setenv(stripe.URL, found.url)
        monkeypatch.setenv(places.ALLOWED, stand_in.NETWORK)
        yield found


class Club:
    """A shop with plans, whose members pay through the stand-in."""

    def __init__(self) -> None:
        self.shop = Shop({"plans": PLANS})
        self.shop.enrol("ann")
        self.told = 0

    @property
    def one(self) -> Any:
        account = self.shop.account("ann")
        return queries.of_member(store.current(), account, account)[-1]

    def payments(self) -> list[Any]:
        return queries.payments(store.current(), [self.one]).get(self.one.id, [])

    def join(self, plan: str = "plus", at: str = "2026-01-05", **more: Any) -> Any:
        wanted = Joining(Member(external_id="ann"), plan, more.pop("currency", "EUR"), "app", f"{plan}-{at}", "stripe")
        return memberships.join_many(programme_id=self.shop.programme_id, wanted=[wanted], now=moment(at))[0]

    def open(self) -> str | None:
        payment = next(each for each in self.payments() if each.state in ("asked", "failed"))
        return collecting.open_payment.call(self.shop.programme_id, payment.id)

    def tell(self, type: str, thing: dict[str, Any], at: str, *, id: str = "") -> str:
        self.told += 1
        made = events.read(stand_in.event(id or f"evt_{self.shop.key}_{self.told}", type, thing, moment(at)))
        collecting.hear(self.shop.programme_id, made, now=moment(at))
        return collecting.apply(self.shop.programme_id, made.id, now=moment(at))

    def session(self, number: int = 0, **more: Any) -> dict[str, Any]:
        return stand_in.session(f"cs_{number + 1}", self.payments()[number].id, self.one.id, **more)

    def verified(self) -> None:
        report = verify.run(self.shop.programme_id, at=FAR)
        assert report.ok, [(verdict.name, str(verdict.first)) for verdict in report.broken]


def test_a_session_is_opened_once_with_the_price_of_every_period(account: StandIn) -> None:
    club = Club()
    taken(club.join())
    assert club.open() == club.open() == "https://checkout.test/cs_1"
    [(method, path, form)] = account.calls
    assert (method, path, form["mode"]) == ("POST", "/v1/checkout/sessions", "subscription")
    assert form["client_reference_id"] == club.payments()[0].id
    assert form["line_items[0][price_data][unit_amount]"] == "1200"
    assert form["line_items[0][price_data][recurring][interval]"] == "month"
    assert form["subscription_data[metadata][guerdon_membership]"] == club.one.id
    assert "line_items[1][quantity]" not in form


def test_yen_are_whole_and_what_is_once_does_not_repeat(account: StandIn) -> None:
    club = Club()
    taken(club.join(currency="JPY"))
    club.open()
    assert account.calls[0][2]["line_items[0][price_data][unit_amount]"] == "2000"
    other = Club()
    taken(other.join("pass"))
    other.open()
    assert account.calls[1][2]["mode"] == "payment"


@pytest.mark.parametrize("invoice", [stand_in.old_invoice, stand_in.new_invoice])
def test_it_is_paid_and_renewed_in_both_shapes(account: StandIn, invoice: Any) -> None:
    club = Club()
    taken(club.join())
    club.open()
    done = club.session(subscription=f"sub_{club.shop.key}", invoice=f"in_1_{club.shop.key}", amount_total=1200,
                        currency="eur")  # fmt: skip
    assert club.tell("checkout.session.completed", done, "2026-01-05T12:01") == "applied"
    assert [each.number for each in club.one.intervals] == [1]
    assert club.one.subscription == f"sub_{club.shop.key}"
    again = invoice(f"in_1_{club.shop.key}", club.one.subscription, 1200)
    assert club.tell("invoice.paid", again, "2026-01-05T12:02") == "applied"
    renewed = invoice(f"in_2_{club.shop.key}", club.one.subscription, 1200)
    assert club.tell("invoice.paid", renewed, "2026-02-05T13:00", id=f"evt_{club.shop.key}") == "applied"
    assert club.tell("invoice.paid", renewed, "2026-02-05T13:00", id=f"evt_{club.shop.key}") == "applied"
    assert club.tell("invoice.payment_succeeded", renewed, "2026-02-05T13:00") == "applied"
    assert [each.number for each in club.one.intervals] == [1, 2]
    assert [(each.state, each.amount) for each in club.payments()] == [("paid", 1200), ("paid", 1200)]
    club.verified()


def test_whatever_order_the_news_come_in_it_ends_the_same(account: StandIn) -> None:
    for seed in range(12):
        club = Club()
        taken(club.join())
        club.open()
        key = club.shop.key
        news = [
            ("checkout.session.completed", club.session(subscription=f"sub_{key}", invoice=f"in_1_{key}")),
            ("invoice.paid", stand_in.new_invoice(f"in_1_{key}", f"sub_{key}", 1200)),
            ("invoice.payment_failed", stand_in.old_invoice(f"in_2_{key}", f"sub_{key}", 1200)),
            ("invoice.paid", stand_in.old_invoice(f"in_2_{key}", f"sub_{key}", 1200)),
            ("invoice.paid", stand_in.new_invoice(f"in_3_{key}", f"sub_{key}", 1200)),
        ]
        news = [*news, news[1], news[3]]
        random.Random(seed).shuffle(news)
        for minute, (type, thing) in enumerate(news):
            club.tell(type, thing, f"2026-01-05T13:{minute:02}")
        assert [each.number for each in club.one.intervals] == [1, 2, 3], (seed, [type for type, _ in news])
        assert sorted(each.state for each in club.payments()) == ["paid"] * 3, seed
        club.verified()


def test_news_of_nobody_wait_or_are_nothing(account: StandIn) -> None:
    club = Club()
    taken(club.join())
    stray = stand_in.new_invoice("in_stray", "sub_stray", 1200)
    assert club.tell("invoice.paid", stray, "2026-01-05T13:00") == "waiting"
    assert club.tell("payout.paid", {"id": "po_1", "object": "payout"}, "2026-01-05T13:00") == "ignored"
    assert (
        club.tell("customer.subscription.deleted", {"id": "sub_x", "object": "subscription"}, "2026-01-06") == "ignored"
    )


def test_what_names_its_membership_needs_no_session(account: StandIn) -> None:
    club = Club()
    taken(club.join())
    early = stand_in.new_invoice(f"in_{club.shop.key}", "sub_new", 1200, metadata={"guerdon_membership": club.one.id})
    assert club.tell("invoice.paid", early, "2026-01-05T13:00") == "applied"
    assert [each.number for each in club.one.intervals] == [1]


def test_failed_there_is_grace_and_then_the_subscription_ends(account: StandIn) -> None:
    club = Club()
    taken(club.join())
    key = club.shop.key
    club.tell("checkout.session.completed", club.session(subscription=f"sub_{key}"), "2026-01-05T12:01")
    failed = stand_in.new_invoice(f"in_2_{key}", f"sub_{key}", 1200)
    assert club.tell("invoice.payment_failed", failed, "2026-02-05") == "applied"
    assert club.payments()[-1].state == "failed"
    assert club.shop.night("2026-02-06").memberships == 0, "its provider asks"
    assert club.shop.night("2026-02-13").memberships == 1
    assert club.one.ended
    straying = [one for one in queries.straying(store.current(), most=1_000) if one[1] == f"sub_{key}"]
    assert [wanted for *_, wanted in straying] == ["cancelled"]
    collecting.follow.call(*straying[0])
    assert account.calls[-1][:2] == ("DELETE", f"/v1/subscriptions/sub_{key}")
    assert not [one for one in queries.straying(store.current(), most=1_000) if one[1] == f"sub_{key}"]
    late = stand_in.new_invoice(f"in_2_{key}", f"sub_{key}", 1200)
    assert club.tell("invoice.paid", late, "2026-02-14") == "applied"
    assert (club.payments()[-1].state, club.payments()[-1].refunded) == ("refunding", 1200), "too late: it goes back"
    club.verified()


def test_a_refund_goes_out_once_and_finds_the_payment_of_a_new_invoice(account: StandIn) -> None:
    club = Club()
    taken(club.join())
    key = club.shop.key
    done = club.session(subscription=f"sub_{key}", invoice=f"in_1_{key}")
    club.tell("checkout.session.completed", done, "2026-01-05T12:01")
    taken(
        memberships.act(
            programme_id=club.shop.programme_id, asked=Asked("refund", club.one.id), now=moment("2026-01-07")
        )
    )
    [payment] = club.payments()
    assert payment.state == "refunding"
    account.payments[f"in_1_{key}"] = "pi_77"
    account.failing = 1
    with pytest.raises(Troubled, match="503"):
        collecting.give_back.call(club.shop.programme_id, payment.id)
    assert collecting.give_back.call(club.shop.programme_id, payment.id) == 1200
    assert collecting.give_back.call(club.shop.programme_id, payment.id) == 0
    refunds = [form for _, path, form in account.calls if path == "/v1/refunds"]
    assert [(form["payment_intent"], form["amount"]) for form in refunds] == [("pi_77", "1200")]
    assert club.payments()[0].state == "refunded"
    club.verified()


def test_a_pause_and_a_cancellation_are_told(account: StandIn) -> None:
    club = Club()
    taken(club.join())
    key = club.shop.key
    club.tell("checkout.session.completed", club.session(subscription=f"sub_{key}"), "2026-01-05T12:01")

    def told(deed: Any, day: str, **more: Any) -> dict[str, str]:
        asked = Asked(deed, club.one.id, **more)
        taken(memberships.act(programme_id=club.shop.programme_id, asked=asked, now=moment(day)))
        for one in queries.straying(store.current(), most=1_000):
            if one[1] == f"sub_{key}":
                collecting.follow.call(*one)
        return account.calls[-1][2]

    assert told("pause", "2026-01-06")["pause_collection[behavior]"] == "void"
    assert told("resume", "2026-01-10")["pause_collection"] == ""
    assert told("cancel", "2026-01-11")["cancel_at_period_end"] == "true"
    assert told("resume", "2026-01-12")["cancel_at_period_end"] == "false"
    club.tell("customer.subscription.deleted", {"id": f"sub_{key}", "object": "subscription"}, "2026-01-13")
    assert club.one.ends_at is not None and not club.one.ended, "what is paid is had"


def test_a_change_pays_the_difference_now_and_repeats_the_new_price_later(account: StandIn) -> None:
    club = Club()
    taken(club.join())
    key = club.shop.key
    club.tell("checkout.session.completed", club.session(subscription=f"sub_{key}"), "2026-01-05T12:01")
    asked = Asked("change", club.one.id, plan="gold")
    taken(memberships.act(programme_id=club.shop.programme_id, asked=asked, now=moment("2026-01-05T13:00")))
    club.open()
    form = account.calls[-1][2]
    assert form["line_items[0][price_data][unit_amount]"] == "1900"  # 31.00 − 12.00
    assert form["line_items[1][price_data][unit_amount]"] == "3100"
    assert form["line_items[1][price_data][recurring][interval]"] == "year"
    assert int(form["subscription_data[trial_end]"]) > datetime(2026, 12, 1).timestamp()  # noqa: DTZ001 - about a year
    done = club.session(1, subscription=f"sub_2_{key}")
    assert club.tell("checkout.session.completed", done, "2026-01-05T13:30") == "applied"
    assert (club.one.terms.plan, club.one.subscription) == ("gold", f"sub_2_{key}")
    straying = [(id, wanted) for _, id, wanted in queries.straying(store.current(), most=1_000) if key in id]
    assert straying == [(f"sub_{key}", "cancelled")], "the old one must not be charged again"
    club.verified()


def test_an_expired_session_of_nothing_begun_is_over(account: StandIn) -> None:
    club = Club()
    taken(club.join())
    club.open()
    assert club.tell("checkout.session.expired", club.session(), "2026-01-06") == "applied"
    assert club.one.ended and club.payments()[0].state == "withdrawn"
    late = club.session(subscription=f"sub_{club.shop.key}", amount_total=1200, currency="eur")
    assert club.tell("checkout.session.completed", late, "2026-01-07") == "applied"
    assert club.payments()[0].state == "refunding"


def test_two_who_ask_at_once_ask_for_one_payment(account: StandIn) -> None:
    club = Club()
    taken(club.join())
    named = {"programme_id": club.shop.programme_id, "membership_id": club.one.id, "now": moment("2026-01-05T14:00")}
    found = [dues.take(provider="stripe", invoice=invoice, **named) for invoice in ("in_1", "in_1", "in_2")]
    assert {one.id for one in found} == {club.payments()[0].id}


def test_nothing_personal_is_kept(account: StandIn) -> None:
    club = Club()
    taken(club.join())
    club.tell("checkout.session.completed", club.session(), "2026-01-05T12:01")
    rows = store.current().fetch(
        store.Statement("SELECT told FROM memberships_event WHERE programme_id = :programme"),
        programme=club.shop.programme_id,
    )
    assert rows and not any("@" in told for (told,) in rows)


def test_without_keys_it_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(stripe.KEY, raising=False)
    with pytest.raises(Exception, match="provider_off"):
        providers.of("stripe")
    assert "sk_" not in repr(stripe.Stripe("sk_live_secret"))
    assert msgspec.json.encode(timedelta(0))  # the clock of the tests is not needed here


def test_the_plan_finds_what_is_to_be_told(account: StandIn) -> None:
    club = Club()
    taken(club.join())
    wanted = {each.id for each in queries.untold(store.current(), now=FAR, most=1_000)}
    assert club.payments()[0].id in wanted
    club.open()
    assert club.payments()[0].id not in {each.id for each in queries.untold(store.current(), now=FAR, most=1_000)}
