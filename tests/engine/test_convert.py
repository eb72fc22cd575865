"""Conversions: so many points become what the rules give for them, once, at night."""

import pytest

from guerdon.core import limits
from guerdon.engine import convert, undo
from guerdon.features.activities import queries as activities
from guerdon.features.ledger import queries as ledger
from guerdon.features.programmes import forms
from guerdon.insight import verify
from guerdon.kit import store
from tests import shop, vouchers
from tests.engine import family
from tests.engine.test_desk import block
from tests.shop import POINTS, Shop

UNITS = {
    "points": POINTS | {"converts_at": 100},
    "credit": {"kind": "money", "scale": 2, "expires": "never"},
}
RULES = {
    "base": shop.BASE,
    "cashback": {
        "when": "converted", "if": [{"fact": {"name": "unit", "in": ["points"]}}],
        "then": [{"fixed": {"unit": "credit", "give": "5.00"}}],
    },
}  # fmt: skip


@pytest.fixture
def cafe(database) -> Shop:
    made = Shop({"units": UNITS, "rules": RULES})
    made.enrol("Ann")
    return made


def has(cafe: Shop, at: str) -> tuple[int, int]:
    return cafe.amounts("Ann", at).available, cafe.amounts("Ann", at, "credit").available


def proved(cafe: Shop) -> None:
    report = verify.run(cafe.programme_id, deep=True, at=shop.FAR)
    assert report.ok, report.broken


def test_whole_parts_are_converted_by_the_night(cafe):
    cafe.buy("Ann", 9_000, "2026-01-05")
    assert cafe.night("2026-01-05").conversions == 0
    cafe.buy("Ann", 12_500, "2026-01-06")
    assert has(cafe, "2026-01-06") == (215, 0)
    assert cafe.night("2026-01-06").conversions == 2
    assert has(cafe, "2026-01-06") == (15, 1000)
    proved(cafe)


def test_a_night_again_converts_nothing_twice(cafe):
    cafe.buy("Ann", 25_000, "2026-01-05")
    assert [cafe.night("2026-01-05").conversions for _ in range(2)] == [2, 0]
    assert has(cafe, "2026-01-05") == (50, 1000)
    proved(cafe)


def test_no_more_in_a_night_than_the_limit(cafe, monkeypatch):
    monkeypatch.setattr(limits, "CONVERSIONS_PER_NIGHT_MAX", 2)
    monkeypatch.setattr(convert, "FACTS_PER_BATCH", 1)
    cafe.enrol("Ben")
    cafe.buy("Ann", 50_000, "2026-01-05")
    cafe.buy("Ben", 30_000, "2026-01-05")
    assert [cafe.night(f"2026-01-{day:02}").conversions for day in (5, 6, 7, 8)] == [4, 3, 1, 0]
    assert (has(cafe, "2026-01-08"), cafe.amounts("Ben", "2026-01-08", "credit").available) == ((0, 2500), 1500)
    proved(cafe)


def test_a_return_of_what_was_converted_is_owed(cafe):
    cafe.buy("Ann", 10_000, "2026-01-05", external_id="order")
    cafe.night("2026-01-05")
    cafe.tell(cafe.giving_back("Ann", "order", "2026-01-06"))
    assert cafe.amounts("Ann", "2026-01-06").debt == 100
    cafe.buy("Ann", 25_000, "2026-01-07")
    assert (cafe.amounts("Ann", "2026-01-07").debt, cafe.night("2026-01-07").conversions) == (0, 1)
    assert has(cafe, "2026-01-07") == (50, 1000)
    proved(cafe)


def test_what_has_to_wait_is_converted_later(database):
    cafe = Shop({"units": UNITS | {"points": UNITS["points"] | {"vesting": {"days": 14}}}, "rules": RULES})
    cafe.enrol("Ann")
    cafe.buy("Ann", 21_000, "2026-01-05")
    assert cafe.night("2026-01-06").conversions == 0
    assert cafe.night("2026-01-19").conversions == 2
    assert has(cafe, "2026-01-19") == (10, 1000)
    proved(cafe)


def test_nothing_is_burned_for_nothing(database):
    spent = {"cashback": RULES["cashback"] | {"budget": "7.00"}}
    cafe = Shop({"units": UNITS, "rules": RULES | spent})
    cafe.enrol("Ann")
    cafe.buy("Ann", 30_000, "2026-01-05")
    assert cafe.night("2026-01-05").conversions == 1
    assert has(cafe, "2026-01-05") == (200, 500)
    proved(cafe)


def test_nothing_is_burned_for_an_empty_pool(database):
    film = {"film": {"when": "converted", "then": [{"voucher": "film"}]}}
    offers = vouchers.offers(film={"gift": {"en": "A film"}, "codes": "pool"})
    cafe = Shop({"units": UNITS, "rules": {"base": shop.BASE} | film, **offers})
    cafe.enrol("Ann")
    vouchers.bring(cafe, "film", "f1")
    cafe.buy("Ann", 30_000, "2026-01-05")
    assert cafe.night("2026-01-05").conversions == 1
    assert has(cafe, "2026-01-05") == (200, 0)
    proved(cafe)


def test_one_whose_points_can_become_nothing_lawful_stops_no_night(database, caplog):
    most = {"fixed": {"unit": "credit", "give": str(limits.POINTS_MAX // 100)}}
    rich = {"when": "converted", "if": [{"segment": {"in": ["rich"]}}], "then": [most]}
    cafe = Shop({"units": UNITS, "rules": RULES | {"rich": rich, "richer": rich}})
    cafe.enrol("Ann", "Cleo")
    cafe.enrol("Ben", segments=("rich",))
    cafe.tell(*[cafe.purchase(name, 21_000) for name in ("Ann", "Ben", "Cleo")])
    report = cafe.night("2026-01-05")
    assert (report.conversions, report.conversions_refused) == (4, 2)
    assert [cafe.amounts(name, "2026-01-05").available for name in ("Ann", "Ben", "Cleo")] == [10, 210, 10]
    assert [line.refusal.partition(" ")[0] for line in caplog.records] == ["award_too_large"] * 2
    assert all(cafe.account("Ben") in line.conversion for line in caplog.records)
    proved(cafe)


def test_what_was_converted_is_not_undone(cafe):
    cafe.buy("Ann", 10_000, "2026-01-05")
    cafe.night("2026-01-05")
    (burn,) = [
        one for one in activities.latest(store.current(), cafe.account("Ann"), most=9) if one.activity.kind == "burn"
    ]
    refused = undo.undo(
        programme_id=cafe.programme_id, activity_id=burn.activity_id, now=shop.moment("2026-01-05T13:00"), by=shop.DORA
    )
    assert shop.code(refused) == "burn_bound"
    proved(cafe)


def test_a_blocked_member_keeps_the_points(cafe):
    cafe.buy("Ann", 10_000, "2026-01-05")
    block(cafe, "Ann")
    assert cafe.night("2026-01-05").conversions == 0
    proved(cafe)


def test_the_points_of_a_household_are_its_owners(database):
    cafe = Shop({"units": UNITS, "rules": RULES, "households": {}})
    cafe.enrol("Ann")
    home = family.found(cafe, "Ann", "2026-01-04").household.id
    cafe.buy("Ann", 10_000, "2026-01-05")
    assert cafe.night("2026-01-05").conversions == 1
    found = {one.unit: one.available for one in ledger.balances(store.current(), home, shop.moment("2026-01-05"))}
    assert found == {"points": 0, "credit": 500}
    proved(cafe)


def test_what_is_given_never_converts_itself():
    again = {"again": {"when": "converted", "then": [{"fixed": {"unit": "points", "give": 50}}]}}
    reading = forms.read_document(shop.document("x", units=UNITS, rules=RULES | again))
    assert [problem.reason for problem in reading.errors] == ["converts_again"]
