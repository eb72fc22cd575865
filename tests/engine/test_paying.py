"""Paying a purchase with points: taken in the purchase itself, at the programme's rate, and given back with returns."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guerdon.core import paying
from guerdon.core.activities import Reference, Tender
from guerdon.core.errors import Refusal
from guerdon.core.paying import Pays
from guerdon.engine import undo
from guerdon.insight import verify
from guerdon.kit import ids
from tests import shop
from tests.shop import POINTS, Shop

PAYS: dict[str, Any] = {"points": 100, "money": "0.90", "minimum": 20, "step": 10, "share_max": 50}


@pytest.fixture
def cafe(database) -> Shop:
    made = Shop({"units": {"points": POINTS | {"pays": PAYS}, "stars": POINTS}, "enrol_unknown": True})
    made.enrol("Ann")
    made.buy("Ann", 100_000, external_id="old")  # 1,000 points
    return made


def pay(cafe: Shop, amount: int, with_points: int, unit: str = "points", **more: Any) -> Any:
    more = {"external_id": "order", "at": "2026-01-06"} | more
    tenders = (Tender("points", with_points, unit=unit), Tender("card", amount - with_points))
    return cafe.tell(cafe.purchase(more.pop("who", "Ann"), amount, tenders=tenders, **more))[0]


def has(cafe: Shop, at: str = "2026-01-06") -> int:
    return cafe.amounts("Ann", at).available


def refused(result: Any, code: str) -> Refusal:
    assert isinstance(result, Refusal) and result.code == code, result
    return result


def proved(cafe: Shop) -> None:
    report = verify.run(cafe.programme_id, deep=True, at=shop.FAR)
    assert report.ok, report.broken


def test_points_are_taken_with_the_purchase_and_come_back_with_its_returns(cafe):
    bought = shop.taken(pay(cafe, 2000, 90))
    assert bought.activity.tenders[0].burn is not None
    assert has(cafe) == 1000 - 100 + 19, "what was paid with points earns nothing"
    known = shop.taken(pay(cafe, 2000, 90))
    assert known.replayed and known.differs == ()
    back = shop.taken(cafe.tell(cafe.giving_back("Ann", "order", "2026-01-07", amount=1000))[0])
    assert back.decision.refund is not None
    assert [(one.amount, one.points) for one in back.decision.refund.tenders] == [(45, 50), (955, 0)]
    shop.taken(cafe.tell(cafe.giving_back("Ann", "order", "2026-01-08"))[0])
    assert has(cafe, "2026-01-08") == 1000
    proved(cafe)


def test_a_purchase_and_its_return_in_one_batch(cafe):
    tenders = (Tender("points", 90, unit="points"), Tender("card", 1910))
    order = cafe.purchase("Ann", 2000, "2026-01-06", external_id="order", tenders=tenders)
    results = cafe.tell(order, cafe.giving_back("Ann", "order", "2026-01-06"))
    back = shop.taken(results[1]).decision.refund
    assert back is not None and back.tenders[0].points == 100
    assert has(cafe) == 1000
    proved(cafe)


def test_what_can_t_be_paid_takes_nothing(cafe):
    assert refused(pay(cafe, 1000, 501), "pays_too_much").facts["limit"] == 500
    little = refused(pay(cafe, 2000, 9), "pays_too_little").facts
    assert (little["points"], little["worth"]) == (20, 18)
    steps = refused(pay(cafe, 2000, 40), "pays_in_steps").facts
    assert (steps["below"], steps["above"]) == (36, 45)
    refused(pay(cafe, 2000, 900, "stars"), "pays_nothing")
    refused(pay(cafe, 2000, 900, "moons"), "unit_unknown")
    assert refused(pay(cafe, 100_000, 990), "insufficient_points").facts["asked"] == 1100
    refused(pay(cafe, 2000, 900, who="Zoe"), "insufficient_points")
    assert has(cafe) == 1000
    refused(pay(cafe, 2000, 900, currency="USD"), "activity_invalid")
    refused(cafe.tell(cafe.giving_back("Ann", "old", "2026-01-06", tenders=(Tender("points", 9, unit="points"),)))[0],
            "activity_invalid")  # fmt: skip
    proved(cafe)


def test_two_tenders_share_one_balance(cafe):
    tenders = (Tender("points", 540, unit="points"), Tender("points", 450, unit="points"), Tender("card", 990))
    order = cafe.purchase("Ann", 1_980, "2026-01-06", external_id="order", tenders=tenders)
    refused(cafe.tell(order)[0], "insufficient_points")
    assert has(cafe) == 1000
    proved(cafe)


@given(
    st.integers(1, 500), st.integers(1, 500), st.integers(1, 300), st.integers(1, 50), st.integers(1, 10_000),
    st.integers(0, 100_000), st.integers(0, 5_000),
)  # fmt: skip
def test_what_is_quoted_can_be_paid(points, amount, minimum, step, share, basket, available):
    """The most and the least that a quote tells are taken as they were told, and there is none above the most."""
    pays = Pays(points, amount, minimum, step, share)
    found = paying.payable(pays, unit="points", basket=basket, available=available)
    if found is None:
        return
    assert found.points_min <= found.points_max <= available
    for told, worth in ((found.points_min, found.amount_min), (found.points_max, found.amount_max)):
        assert paying.check(pays, unit="points", amount=worth, basket=basket) == told
    for more in range(found.amount_max + 1, found.amount_max + 50):
        try:
            assert paying.check(pays, unit="points", amount=more, basket=basket) > available
        except Refusal as refusal:
            assert refusal.code in ("pays_in_steps", "pays_too_much")


def test_several_tenders_share_what_points_may_pay(cafe):
    twice = (*(Tender("points", 450, unit="points"),) * 2, Tender("card", 100))
    result = cafe.tell(cafe.purchase("Ann", 1000, "2026-01-06", tenders=twice))[0]
    assert refused(result, "pays_too_much").facts == {"unit": "points", "amount": 900, "limit": 500}


@pytest.mark.parametrize(
    ("place", "reason", "kind", "more"),
    [
        ("/tenders/0/kind", "not_points", "card", {}),
        ("/tenders/0/unit", "replaces_unpaid", "points", {"replaces": Reference(external_id="old")}),
    ],
)
def test_points_are_taken_for_tenders_that_say_so_and_not_in_exchange(cafe, place, reason, kind, more):
    tenders = (Tender(kind, 90, unit="points"), Tender("card", 910))
    result = cafe.tell(cafe.purchase("Ann", 1000, "2026-01-06", tenders=tenders, **more))[0]
    assert refused(result, "activity_invalid").facts == {"pointer": place, "reason": reason}
    assert has(cafe) == 1000
    proved(cafe)


@pytest.mark.parametrize(
    ("unit", "points", "amount", "more", "says"),
    [
        ("points", 100, 90, {}, None),
        ("points", 100, 80, {"currency": "EUR"}, None),
        ("points", 100, 91, {}, ("burn_too_small", {"amount": 91, "worth": 90})),
        ("points", 1, 30_000, {}, ("burn_too_small", {"amount": 30_000, "worth": 0})),
        ("points", 100, 90, {"currency": "USD"}, ("activity_invalid", {"pointer": "/currency"})),
        ("stars", 1, 30_000, {}, None),  # what a star is worth only the shop knows
    ],
)
def test_a_burn_made_by_hand_pays_at_its_units_rate_at_most(cafe, unit, points, amount, more, says):
    shop.taken(cafe.adjust("Ann", 10, "2026-01-05", unit="stars"))
    made = shop.taken(cafe.burn("Ann", points, "2026-01-06", unit=unit))
    cheaper = {"points": 100, "money": "0.50"}  # what was burned before keeps its rate
    cafe.publish(units={"points": POINTS | {"pays": cheaper}, "stars": POINTS}, since=shop.moment("2026-01-07"))
    cafe.tell_rates(("USD", "2026-01-06", 90, 100))
    tenders = (Tender("points", amount, burn=ids.show("burn", made.activity_id)),)
    told = cafe.tell(cafe.purchase("Ann", amount, "2026-01-08", tenders=tenders, **more))[0]
    if says is None:
        shop.taken(told)
    else:
        assert says[1].items() <= refused(told, says[0]).facts.items()
    proved(cafe)


def test_a_burn_that_pays_comes_back_with_its_order_alone(cafe):
    bought = shop.taken(pay(cafe, 2000, 90))
    burn = bought.activity.tenders[0].burn
    again = (Tender("points", 90, burn=burn), Tender("card", 1910))
    refused(cafe.tell(cafe.purchase("Ann", 2000, "2026-01-06", tenders=again))[0], "burn_bound")
    told = {"programme_id": cafe.programme_id, "now": shop.moment("2026-01-06T13:00")}
    refused(undo.undo(activity_id=ids.read("burn", burn), by=shop.DORA, **told), "burn_bound")
    shop.taken(undo.undo(activity_id=bought.activity_id, by=shop.DORA, **told))
    assert has(cafe, "2026-01-06T13:00") == 1000
    proved(cafe)
