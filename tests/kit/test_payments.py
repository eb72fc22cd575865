"""What a provider and we say to each other: signatures, amounts, and news in both shapes."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guerdon.core import money
from guerdon.core.errors import Refusal
from guerdon.kit.outward import places
from guerdon.kit.payments import events, invoice, minor, signature, stripe
from guerdon.kit.payments.port import Asking, Repeats, Troubled
from tests.engine import stand_in

NOW = datetime(2026, 1, 5, 12, tzinfo=UTC)
BODY = b'{"id":"evt_1"}'


def right(header: str, body: bytes = BODY, secrets: tuple[str, ...] = ("new", "old")) -> bool:
    try:
        signature.check(header, body, secrets, now=NOW)
    except Refusal:
        return False
    return True


@pytest.mark.parametrize("secret", ["new", "old"])
def test_any_secret_that_is_still_known_will_do(secret):
    assert right(stand_in.signed(BODY, NOW, secret))
    assert right(stand_in.signed(BODY, NOW, "unknown", secret)), "and any of several signatures"


def test_what_is_not_signed_is_refused():
    good = stand_in.signed(BODY, NOW, "new")
    assert not right(good, BODY + b" ")
    assert not right(stand_in.signed(BODY, NOW, "other"))
    assert not right(good, secrets=())
    seconds, digest = good.split(",")
    for bad in ("", "t=1", digest, seconds, f"{seconds},v0={digest[3:]}", f"{seconds},{seconds},{digest}",
                f"t=x,{digest}", f"t={10**13},{digest}", f"{seconds},{digest}é"):  # fmt: skip
        assert not right(bad), bad


@pytest.mark.parametrize(("seconds", "fits"), [(0, True), (300, True), (301, False), (-300, True), (-301, False)])
def test_what_is_old_is_refused(seconds, fits):
    assert right(stand_in.signed(BODY, NOW - timedelta(seconds=seconds), "new")) is fits


def test_the_environment_has_several_secrets(monkeypatch):
    monkeypatch.setenv(signature.SECRETS, "one, two,")
    assert signature.secrets() == ["one", "two"]


@pytest.mark.parametrize(
    ("ours", "currency", "theirs"),
    [(1234, "EUR", 1234), (500, "JPY", 500), (5, "ISK", 500), (5, "UGX", 500), (1230, "KWD", 1230), (1200, "MGA", 12)],
)
def test_amounts_are_counted_as_there(ours, currency, theirs):
    assert minor.outward(ours, currency) == theirs
    assert minor.inward(theirs, currency) == ours


@pytest.mark.parametrize(("amount", "currency"), [(1234, "KWD"), (1234, "MGA")])
def test_what_they_cannot_take_exactly_is_refused(amount, currency):
    with pytest.raises(Troubled, match="exactly"):
        minor.outward(amount, currency)


@given(st.integers(0, 10**9), st.sampled_from(("EUR", "JPY", "ISK", "HUF", "BHD", "MGA", "USD", "XOF")))
def test_there_and_back_is_the_same(amount, currency):
    whole = amount * 10 ** max(0, money.decimals(currency))
    assert minor.inward(minor.outward(whole, currency), currency) == whole


def test_an_invoice_says_the_same_in_both_shapes():
    found = [
        events.read(stand_in.event("evt", "invoice.paid", shape("in_1", "sub_1", 1200), NOW))
        for shape in (stand_in.old_invoice, stand_in.new_invoice)
    ]
    for one in found:
        assert (one.kind, one.subscription, one.invoice, one.amount, one.currency) == (
            "paid", "sub_1", "in_1", 1200, "EUR",
        )  # fmt: skip
        assert one.period_end == datetime.fromtimestamp(1766153586, UTC)
    assert [one.intent for one in found] == ["pi_in_1", None]


def test_the_line_of_an_invoice_may_be_the_only_one_that_knows():
    bare = stand_in.new_invoice("in_1", "sub_1", 1200) | {"parent": None}
    assert events.read(stand_in.event("evt", "invoice.paid", bare, NOW)).subscription == "sub_1"
    told = {"data": [{"payment": {"type": "payment_intent", "payment_intent": {"id": "pi_9"}}}]}
    assert events.read(stand_in.event("evt", "invoice.paid", bare | {"payments": told}, NOW)).intent == "pi_9"


@pytest.mark.parametrize(
    "shape",
    [{"current_period_end": 1766153586}, {"items": {"data": [{"current_period_end": 1766153586}]}}],
    ids=["before", "since"],
)
def test_a_subscription_says_when_its_period_ends_in_both_shapes(shape):
    gone = {"id": "sub_1", "object": "subscription", "status": "canceled", "metadata": {}} | shape
    one = events.read(stand_in.event("evt", "customer.subscription.deleted", gone, NOW))
    assert (one.kind, one.subscription, one.period_end) == ("ended", "sub_1", datetime.fromtimestamp(1766153586, UTC))


@pytest.mark.parametrize("odd", [{}, {"type": "x"}, {"type": "invoice.paid", "data": {}, "id": 1, "created": 1}])
def test_what_is_no_event_is_told(odd):
    with pytest.raises((KeyError, TypeError, ValueError)):
        events.read(odd)


def test_a_wrong_key_is_told_without_it(monkeypatch):
    monkeypatch.setenv(places.ALLOWED, stand_in.NETWORK)
    with stand_in.running() as account:
        asking = Asking("p", "m", 100, "EUR", "Plus", Repeats(1, 100))
        with pytest.raises(Troubled, match="401") as told:
            stripe.Stripe("sk_wrong", account.url).open(asking)
        assert not told.value.passing and "sk_wrong" not in str(told.value)
        mine = stripe.Stripe(stand_in.KEY, account.url)
        account.failing = 1
        with pytest.raises(Troubled, match="503") as told:
            mine.open(asking)
        assert told.value.passing
        assert mine.open(asking) == mine.open(asking)
        mine.follow("sub_gone", "cancelled")
        with pytest.raises(Troubled, match="resource_missing"):
            mine.follow("sub_gone", "paused")
    with pytest.raises(Troubled, match="does not answer"):
        mine.open(asking)


def test_by_hand_nothing_goes_out():
    hand = invoice.ByHand()
    assert hand.open(Asking("p", "m", 100, "EUR", "Plus")).url == ""
    hand.give_back(id="p", names={}, amount=100, currency="EUR")
    hand.follow("sub_1", "cancelled")
