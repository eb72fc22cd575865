"""The programmes to begin with: each is right, asks in three languages, and lives through a member's first month."""

import secrets

import pytest

from guerdon.core import money
from guerdon.core.errors import Refusal
from guerdon.core.templates import ABOUT
from guerdon.engine import publish
from guerdon.features.programmes import forms, templates
from guerdon.features.programmes import queries as programmes
from guerdon.kit import store
from tests.shop import OPENING, Shop


def opened(template, **answers):
    """From nothing to a live programme."""
    file = templates.fill(template, {"key": "t" + secrets.token_hex(8)} | answers)
    programme = forms.load(file)
    publish.publish(programme=programme, source=file, effective_at=OPENING, now=OPENING, by="Emil")
    found = Shop(key=programme.key, programme_id=programmes.by_key(store.current(), programme.key).id)
    found.enrol("Ann")
    return found


def amounts(cafe, at, unit="points"):
    return cafe.amounts("Ann", at, unit)


@pytest.mark.parametrize("key", templates.KEYS)
def test_each_is_right_and_asks_in_three_languages(key):
    found = templates.get(key)
    reading = forms.read(templates.fill(key, {}))
    assert reading.programme is not None and not reading.problems
    for words in (found.name, found.about, *(one.asks for one in found.questions)):
        assert set(words) == {"en", "bg", "tr"}
    assert {one.key for one in found.questions} >= {"key", "name", "currency", "zone"}


def test_the_answers_stand_in_the_file_and_the_remarks_stay():
    file = templates.fill("cafe", {"name": "Aurora", "zone": "Europe/Istanbul", "rate": "7", "price": "70"})
    programme = forms.load(file)
    assert programme.name == {"en": "Aurora", "bg": "Aurora", "tr": "Aurora"}
    assert (programme.zone_key, programme.rules[0].then[0].give) == ("Europe/Istanbul", 7)
    assert "# What everybody gets." in file
    with pytest.raises(Refusal, match="question_unknown"):
        templates.fill("cafe", {"colour": "blue"})
    with pytest.raises(Refusal, match="programme_invalid"):
        templates.fill("cafe", {"zone": "Europe/Nowhere"})
    with pytest.raises(Refusal, match="template_unknown"):
        templates.fill("casino", {})


def test_a_month_at_the_cafe(database):
    cafe = opened("cafe")
    cafe.buy("Ann", 450, "2026-01-05")
    assert amounts(cafe, "2026-01-05").available == 45 + 50
    cafe.buy("Ann", 450, "2026-01-20")
    assert amounts(cafe, "2026-01-31").available == 140


def test_a_month_at_the_grocery(database):
    cafe = opened("grocery")
    lines = [{"amount": 1_000, "tags": ("own-brand",)}, {"amount": 500}]
    cafe.tell(cafe.purchase("Ann", None, "2026-01-05", lines=lines))
    assert amounts(cafe, "2026-01-31").available == 25


def test_a_month_of_fashion(database):
    cafe = opened("fashion")
    cafe.buy("Ann", 100_000, "2026-01-05")
    assert (amounts(cafe, "2026-01-05").available, amounts(cafe, "2026-01-05").pending) == (0, 1_000)
    cafe.buy("Ann", 1_000, "2026-01-20")
    assert amounts(cafe, "2026-02-10").available == 1_020


def test_a_month_of_miles(database):
    cafe = opened("miles")
    cafe.buy("Ann", 40_000, "2026-01-05")
    assert (amounts(cafe, "2026-01-05", "miles").available, amounts(cafe, "2026-01-05", "status").available) == (2_000, 2_000)  # noqa: E501 # fmt: skip
    cafe.buy("Ann", 4_000, "2026-01-20")
    assert amounts(cafe, "2026-01-31", "miles").available == 2_250


def test_a_month_of_orders(database):
    cafe = opened("b2b")
    cafe.tell(cafe.purchase("Ann", 600_000, "2026-01-05", external_id="order-1"))
    assert (amounts(cafe, "2026-01-06").available, amounts(cafe, "2026-01-06").pending) == (0, 700)
    cafe.tell(cafe.delivery("Ann", "order-1", "2026-01-12"))
    assert amounts(cafe, "2026-01-31").available == 700


def test_a_month_at_work(database):
    cafe = opened("employees")
    for day in range(5, 11):
        cafe.tell(cafe.purchase("Ann", None, f"2026-01-{day:02}", kind="idea"))
    assert amounts(cafe, "2026-01-31").available == 200


@pytest.mark.parametrize(("key", "thresholds"), [("fashion", (300, 1000)), ("miles", (2000, 6000))])
@pytest.mark.parametrize(("currency", "about"), [("EUR", 1), ("GBP", 1), ("TRY", 50), ("JPY", 150)])
def test_thresholds_of_tiers_suit_the_currency(key, thresholds, currency, about):
    made = forms.load(templates.fill(key, {"currency": currency}))
    (ladder,) = made.tiers
    step = 10 ** money.decimals(currency) if ladder.basis.spend else 1
    assert tuple(one.threshold for one in ladder.levels) == tuple(one * about * step for one in thresholds)


def test_large_orders_suit_the_currency():
    text = templates.fill("b2b", {"currency": "TRY"})
    assert "amount_min: 250000" in text and "amount_min: 1000000" in text
    assert "amount_min: 5000.00" in templates.fill("b2b", {"currency": "EUR"})


def test_only_currencies_that_there_are_have_a_size():
    assert all(money.known(one) and size > 1 for one, size in ABOUT.items())
