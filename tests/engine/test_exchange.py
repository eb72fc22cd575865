"""Exchange rates that arrive: what waited is decided as of when it happened, and what was decided keeps its rate."""

import pytest

from guerdon.core.decisions import Exchange
from guerdon.core.errors import Refusal
from guerdon.engine import exchange
from guerdon.features.activities import queries as activities
from guerdon.features.ledger import queries as ledger
from guerdon.insight import verify
from guerdon.kit import store
from tests import shop
from tests.shop import FAR, Shop


@pytest.fixture
def cafe(database: str) -> Shop:
    cafe = Shop()
    cafe.enrol("Ann", "Ben")
    return cafe


def release(cafe: Shop, now: str = "2026-01-10") -> exchange.Released:
    return exchange.release(programme_id=cafe.programme_id, now=shop.moment(now))


def waiting(cafe: Shop) -> list[str]:
    found = activities.parked(store.current(), cafe.programme_id, seq=0, most=100)
    return [one.activity.external_id for one in found]


def balance(cafe: Shop, name: str) -> int:
    found = ledger.balances(store.current(), cafe.account(name), shop.moment("2026-02-10"))
    return sum(one.available for one in found)


def proved(cafe: Shop) -> None:
    report = verify.run(cafe.programme_id, at=FAR, deep=True)
    assert report.ok, report.broken


def test_a_currency_is_taken_once_a_rate_of_it_has_been_told(cafe: Shop):
    [refused] = cafe.tell(cafe.purchase("Ann", 10_000, currency="USD"))
    assert isinstance(refused, Refusal) and refused.code == "currency_unknown"
    assert cafe.tell_rates(("USD", "2026-01-05", 86, 100)) == 1
    assert cafe.tell_rates(("USD", "2026-01-05", 86, 100)) == 0
    taken = cafe.buy("Ann", 10_000, currency="USD")
    assert taken.decision.rate == Exchange("USD", "2026-01-05", 86, 100)
    assert taken.decision.awards[0].points == 86
    proved(cafe)


def test_a_corrected_day_changes_only_what_comes(cafe: Shop):
    cafe.tell_rates(("USD", "2026-01-05", 86, 100))
    first = cafe.buy("Ann", 10_000, currency="USD", external_id="first")
    cafe.tell_rates(("USD", "2026-01-05", 90, 100))
    assert cafe.buy("Ben", 10_000, currency="USD").decision.awards[0].points == 90
    [again] = cafe.tell(cafe.purchase("Ann", 10_000, currency="USD", external_id="first"))
    assert not isinstance(again, Refusal) and again.decision == first.decision
    cafe.tell(cafe.giving_back("Ann", "first"))
    assert balance(cafe, "Ann") == 0
    proved(cafe)


def test_a_told_rate_of_a_day_goes_before_the_files_and_an_earlier_one_does_not(database: str):
    cafe = Shop({"rates": {"USD": [{"from": "2026-01-01", "home": "0.80", "units": "1.00"},
                                   {"from": "2026-02-01", "home": "0.70", "units": "1.00"}]}})  # fmt: skip
    cafe.enrol("Ann")
    cafe.tell_rates(("USD", "2026-01-01", 81, 100), ("USD", "2026-01-20", 82, 100))
    points = [
        cafe.buy("Ann", 10_000, day, currency="USD").decision.awards[0].points
        for day in ("2026-01-05", "2026-01-25", "2026-02-05")
    ]
    assert points == [81, 82, 70]
    proved(cafe)


def test_what_waited_is_decided_when_its_rate_comes(cafe: Shop):
    cafe.tell_rates(("USD", "2026-01-08", 86, 100))
    for name, order in (("Ann", "a"), ("Ben", "b"), ("Ann", "c")):
        [parked] = cafe.tell(cafe.purchase(name, 10_000, "2026-01-05", currency="USD", external_id=order))
        assert not isinstance(parked, Refusal) and parked.decision.parked == "rate_missing"
    cafe.tell(cafe.giving_back("Ben", "b", "2026-01-09"))
    assert release(cafe) == exchange.Released(0, 3, {})
    cafe.tell_rates(("USD", "2026-01-04", 85, 100))
    assert release(cafe) == exchange.Released(3, 0, {})
    assert waiting(cafe) == []
    assert (balance(cafe, "Ann"), balance(cafe, "Ben")) == (170, 0)
    assert release(cafe) == exchange.Released(0, 0, {})
    [again] = cafe.tell(cafe.purchase("Ann", 10_000, "2026-01-05", currency="USD", external_id="a"))
    assert not isinstance(again, Refusal) and again.replayed and again.decision.awards[0].points == 85
    proved(cafe)


def test_it_is_decided_by_the_law_in_force_when_it_happened(cafe: Shop):
    cafe.tell_rates(("USD", "2026-01-08", 86, 100))
    cafe.tell(cafe.purchase("Ann", 10_000, "2026-01-05", currency="USD", external_id="a"))
    double = {"when": "purchase", "then": [{"points": {"unit": "points", "give": 2, "per": "1.00"}}]}
    cafe.publish(since=shop.moment("2026-01-06"), now=shop.moment("2026-01-06"), rules={"base": double})
    cafe.tell_rates(("USD", "2026-01-01", 85, 100))
    assert release(cafe).released == 1
    assert balance(cafe, "Ann") == 85
    proved(cafe)


def test_a_new_version_with_the_rate_releases_too(database: str):
    cafe = Shop({"rates": {"USD": [{"from": "2026-01-08", "home": "0.86", "units": "1.00"}]}})
    cafe.enrol("Ann")
    cafe.tell(cafe.purchase("Ann", 10_000, "2026-01-05", currency="USD"))
    cafe.publish(
        now=shop.moment("2026-01-09"), rates={"USD": [{"from": "2026-01-01", "home": "0.85", "units": "1.00"}]}
    )
    assert release(cafe).released == 1
    assert balance(cafe, "Ann") == 85
    proved(cafe)


def test_who_is_not_active_any_more_is_held_back_for_a_person(cafe: Shop):
    cafe.tell_rates(("USD", "2026-01-08", 86, 100))
    cafe.tell(cafe.purchase("Ann", 10_000, "2026-01-05", currency="USD", external_id="a"))
    cafe.tell(cafe.purchase("Ben", 10_000, "2026-01-05", currency="USD", external_id="b"))
    at_hand = store.current()
    blocked = store.Statement("UPDATE members_member SET status = 'blocked' WHERE id = :id")
    at_hand.fetch(blocked, id=cafe.account("Ann"))
    cafe.tell_rates(("USD", "2026-01-01", 85, 100))
    assert release(cafe) == exchange.Released(1, 0, {"member_not_active": 1})
    assert waiting(cafe) == ["a"]
    at_hand.fetch(store.Statement("UPDATE members_member SET status = 'active' WHERE id = :id"), id=cafe.account("Ann"))
    assert release(cafe) == exchange.Released(1, 0, {})
    proved(cafe)


def test_first_purchases_and_caps_count_when_it_is_released(database: str):
    first = {"when": "purchase", "if": [{"first": True}], "then": [{"fixed": {"unit": "points", "give": 50}}]}
    cafe = Shop(
        {"rules": {"first": first}, "rates": {"USD": [{"from": "2026-01-08", "home": "0.86", "units": "1.00"}]}}
    )
    cafe.enrol("Ann")
    cafe.tell(cafe.purchase("Ann", 10_000, "2026-01-05", currency="USD"))
    cafe.tell(cafe.purchase("Ann", 10_000, "2026-01-05", currency="USD"))
    cafe.tell_rates(("USD", "2026-01-01", 85, 100))
    assert release(cafe).released == 2
    assert balance(cafe, "Ann") == 50
    proved(cafe)


@pytest.mark.parametrize(
    ("rate", "pointer"),
    [
        (("EUR", "2026-01-01", 1, 1), "/rates/0/currency"), (("XXX", "2026-01-01", 1, 1), "/rates/0/currency"),
        (("USD", "2026-02-30", 1, 1), "/rates/0/day"), (("USD", "20260201", 1, 1), "/rates/0/day"),
        (("USD", "2026-01-01", 0, 1), "/rates/0/home"), (("USD", "2026-01-01", 1, -1), "/rates/0/units"),
    ],
)  # fmt: skip
def test_what_is_no_rate_is_refused(cafe: Shop, rate: tuple[str, str, int, int], pointer: str):
    with pytest.raises(Refusal, match="rate_invalid") as refused:
        cafe.tell_rates(rate)
    assert refused.value.facts["pointer"] == pointer
