"""The money of a price is told wherever the price stands, and the next reward is one that a member comes near to."""

import html
import re
from types import SimpleNamespace

import pytest

from guerdon.core.money import Money
from guerdon.faces import wares
from guerdon.faces.api.reward_prices import PriceView, TopUpView
from guerdon.faces.api.views import OfUnit
from guerdon.faces.words import say
from guerdon.kit import ids
from tests.faces.portal import aurora
from tests.faces.portal.test_portal import form, sent, told


@pytest.fixture
def cafe(database):
    return aurora.opened()


def seen(cafe, name, page=""):
    return html.unescape(told(cafe.client(name).get(cafe.at(page))))


def test_money_that_makes_up_for_points_is_told_in_list_reward_question_and_redemption(cafe):
    cafe.give("ann", 300)
    ann = cafe.client("ann")
    for page in ("rewards", "rewards/cake"):
        text = seen(cafe, "ann", page)
        assert "600 points, or at least 200 points and up to 4.00 EUR" in text, page
        assert "For you now: 300 points and 3.00 EUR" in text, page
    asked = told(ann.post(cafe.at("rewards/cake"), {"price": "1", "token": ids.new()}, follow=True))
    assert "300 points and 3.00 EUR" in asked
    place = ann.post(cafe.at("rewards/cake"), form(asked)).headers["Location"]
    text = " ".join(re.sub(r"<[^>]*>", " ", told(ann.get(place))).split())
    assert "Paid 300 points" in text and "At the counter 3.00 EUR" in text and "Given as a voucher" in text


PRESENT = "      - points: {points: 2400}\n"


@pytest.mark.parametrize(
    ("prices", "where", "other"),
    [
        (PRESENT + "      - {points: {points: 1200}, money: 12.00}\n", "form", "2"),
        ("      - {points: {points: 1200}, money: 12.00}\n", "till", "1"),
        ("      - {points: {points: 2400}, top_up: {points: 100, amount: 1.00, least: 1000}}\n", "form", "1"),
    ],
)
def test_money_of_what_is_given_at_once_is_paid_at_the_till_alone(database, prices, where, other):
    """Nobody hands a gift card over, so nobody would take the money in."""
    cafe = aurora.opened(otherwise=(PRESENT, prices))
    cafe.give("ann", 1_500)
    page = seen(cafe, "ann", "rewards/present")
    assert ("ask for it at the till" in page) is ("12.00 EUR" in page) is (where == "till")
    ann = cafe.client("ann")
    for sure in ({}, {"sure": "true"}):
        refused = told(ann.post(cafe.at("rewards/present"), {"price": other, "token": ids.new()} | sure), 422)
        assert "At the till you can pay part of it with money" in refused
    assert ann.get(cafe.at("redemptions")).content.count(b"rdm_") == 0
    cafe.give("ann", 1_500, days=2)
    if where == "form":
        place = sent(ann, cafe.at("rewards/present"), price="1", points="2400").headers["Location"]
        assert "Paid 2,400 points" in " ".join(re.sub(r"<[^>]*>", " ", told(ann.get(place))).split())


def test_money_may_make_up_for_all_of_the_points():
    visit = SimpleNamespace(say=lambda key, **words: say(key, "en", **words))
    pen = SimpleNamespace(
        points=lambda steps, unit: f"{steps} {unit}", money=lambda amount, currency: f"{amount} {currency}",
        tongue=SimpleNamespace(all_of=" and ".join),
    )  # fmt: skip
    top_up = TopUpView(100, Money(99, "EUR"), 0)
    price = PriceView(1, (OfUnit("points", 250),), Money(50, "EUR"), top_up)
    assert wares.told(visit, pen, price) == "250 points and 50 EUR, or fewer and up to 298 EUR"


def test_whoever_has_all_points_is_told_no_money_of_their_own(cafe):
    cafe.give("ann", 700)
    assert "For you now" not in seen(cafe, "ann", "rewards")
    place = sent(cafe.client("ann"), cafe.at("rewards/cake"), price="1").headers["Location"]
    assert "600 points" in told(cafe.client("ann").get(place))


def test_the_next_reward_of_who_has_nothing_is_the_nearest_of_what_purchases_bring(cafe):
    page = seen(cafe, "ben")
    assert "150 points to go" in page and "stars to go" not in page and "stamps to go" not in page


def test_the_next_reward_is_the_one_that_something_was_collected_for(cafe):
    cafe.give("ben", 9, unit="stamps")
    cafe.give("ben", 40)
    page = seen(cafe, "ben")
    assert "1 stamp to go" in page and "points to go" not in page
    cafe.give("ann", 100)
    assert "50 points to go" in seen(cafe, "ann")  # of a flat white; not ten stamps, of which there are none
    assert "10 stamps to go" not in seen(cafe, "ann", "rewards")
