"""What was begun in a household, or before it, goes on: returns, cancels, holds, debts, nights, offers (LAW 6.2)."""

from typing import Any

from guerdon.engine import exchange, transfers
from guerdon.features.ledger import queries as ledger
from guerdon.kit import store
from tests import shop
from tests.engine.family import UNITS, available, both, cafe, debt, found, holds, joined, left, named, refused
from tests.shop import Shop


def test_a_return_meets_the_account_that_keeps_the_purchase(database):
    one = cafe()
    household = both(one)
    own = shop.taken(one.tell(one.giving_back("Ann", "ann-1", "2026-01-11", amount=1000))[0])
    assert own.account_id == household and own.decision.taken[0].origin == 10  # bought before, meets what was brought
    one.buy("Ben", 2000, "2026-01-12", external_id="ben-2")
    left(one, household, "Ben", "2026-01-13")
    back = shop.taken(one.tell(one.giving_back("Ben", "ben-2", "2026-01-14"))[0])
    assert back.account_id == household and back.decision.taken[0].origin == 20
    assert back.activity.member.id == "mem_" + one.account("Ben")
    assert shop.code(one.tell(one.giving_back("Cleo", "ben-2", "2026-01-14"))[0]) == "return_of_another"
    before = shop.taken(one.tell(one.giving_back("Ben", "ben-1", "2026-01-15"))[0])
    assert before.account_id == one.account("Ben")
    assert debt(one.account("Ben"), "2026-01-15") == 50  # what was brought has stayed with the household
    holds(one)


def test_what_happened_in_the_household_after_it_was_closed_follows_the_points(database):
    one = cafe()
    household = both(one)
    one.buy("Ben", 2000, "2026-01-12", external_id="ben-2")
    shop.taken(one.burn("Ann", 10, "2026-01-12", external_id="b-1"))
    left(one, household, "Ben", "2026-01-13")
    left(one, household, "Ann", "2026-01-14")
    back = shop.taken(one.tell(one.giving_back("Ben", "ben-2", "2026-01-15"))[0])
    assert back.account_id == one.account("Ann") and back.decision.taken[0].origin == 20
    shop.taken(one.cancel("b-1", "2026-01-16"))
    assert available(one.account("Ann"), "2026-01-16") == 150
    holds(one)


def test_what_comes_after_a_household_was_closed_finds_the_next_one(database):
    one = cafe()
    household = both(one)
    one.buy("Ben", 2000, "2026-01-12", external_id="ben-2")
    shop.taken(one.burn("Ann", 10, "2026-01-12", external_id="b-1"))
    left(one, household, "Ben", "2026-01-13")
    left(one, household, "Ann", "2026-01-14")
    one.buy("Cleo", 1000, "2026-01-14")
    again = found(one, "Cleo", "2026-01-15").household.id
    joined(one, again, "Ann", "2026-01-15", by="Cleo")
    back = shop.taken(one.tell(one.giving_back("Ben", "ben-2", "2026-01-16"))[0])
    assert back.account_id == again and back.activity.member.id == "mem_" + one.account("Ann")
    shop.taken(one.cancel("b-1", "2026-01-17"))
    assert available(again, "2026-01-17") == 15 + 150
    holds(one)


def test_cancelled_burns_come_back_to_whose_account_they_were(database):
    one = cafe()
    shop.taken(one.burn("Ann", 30, "2026-01-07", external_id="b-1"))
    household = both(one)
    shop.taken(one.cancel("b-1", "2026-01-11"))  # of the own account, so it follows the rest at once
    assert available(household, "2026-01-11") == 150
    shop.taken(one.burn("Ben", 30, "2026-01-12", external_id="b-2"))
    left(one, household, "Ben", "2026-01-13")
    shop.taken(one.cancel("b-2", "2026-01-14"))
    assert available(household, "2026-01-14") == 150 and available(one.account("Ben"), "2026-01-14") == 0
    holds(one)


def test_a_hold_stays_with_the_household(database):
    one = cafe()
    household = both(one)
    shop.taken(one.hold("Ben", 30, "2026-01-11", days=9, external_id="h-1"))
    left(one, household, "Ben", "2026-01-12")
    captured = shop.taken(one.capture("h-1", "2026-01-13"))
    assert captured.account_id == household and captured.activity.member.id == "mem_" + one.account("Ben")
    holds(one)


def test_debt_comes_along_and_is_repaid_by_what_others_brought(database):
    one = cafe()
    shop.taken(one.burn("Ben", 50, "2026-01-07"))
    one.tell(one.giving_back("Ben", "ben-1", "2026-01-08"))
    household = found(one, "Ann", "2026-01-10").household.id
    done = joined(one, household, "Ben", "2026-01-11")
    assert [(moved.points, moved.debt) for moved in done.moved] == [(0, 50)]
    one.buy("Ann", 1000, "2026-01-12")
    assert (available(household, "2026-01-12"), debt(household, "2026-01-12")) == (60, 0)
    assert debt(one.account("Ben"), "2026-01-12") == 0
    holds(one)


def test_a_limit_that_was_lowered_since_keeps_nobody_in_a_household(database):
    one = cafe(leaving="take")
    shop.taken(one.burn("Ben", 50, "2026-01-07"))
    one.tell(one.giving_back("Ben", "ben-1", "2026-01-08"))
    household = found(one, "Cleo", "2026-01-10").household.id
    joined(one, household, "Ben", "2026-01-11", by="Cleo")
    lower = {**UNITS, "points": {**UNITS["points"], "debt_max": 30}}
    one.publish(since=shop.moment("2026-01-12"), now=shop.moment("2026-01-12"), **{**one.parts, "units": lower})
    left(one, household, "Ben", "2026-01-13")
    assert (debt(one.account("Ben"), "2026-01-13"), debt(household, "2026-01-13")) == (30, 20)
    holds(one)


def test_the_night_expires_for_the_household(database):
    one = cafe()
    household = both(one)
    one.night("2027-01-07T03:00")
    assert available(household, "2027-01-07T04:00") == 0
    holds(one)


def test_what_waited_for_its_rate_is_the_households_whoever_has_left(database):
    one = cafe()
    one.tell_rates(("USD", "2026-02-01", 50, 100), now="2026-01-05")
    household = both(one)
    told = one.purchase("Ben", 2000, "2026-01-12", currency="USD", external_id="usd")
    assert shop.taken(one.tell(told)[0]).decision.parked == "rate_missing"
    left(one, household, "Ben", "2026-01-13")
    refused("household_waiting", lambda: left(one, household, "Ann", "2026-01-13"))
    one.tell_rates(("USD", "2026-01-01", 50, 100), now="2026-01-14")
    done = exchange.release(programme_id=one.programme_id, now=shop.moment("2026-01-14"))
    assert (done.released, available(household, "2026-01-14")) == (1, 160)
    lines, _ = ledger.statement(
        store.current(), household, shop.moment("2026-01-14"), seq=0, part=0, most=99, person_id=one.account("Ben")
    )
    assert [(line.kind, line.points) for line in lines] == [("pool_in", 50), ("earn", 10)]
    holds(one)


def test_an_offer_is_put_away_when_somebody_has_joined_or_left(database):
    one = Shop({"units": {"points": shop.POINTS | {"transfers": {"acceptance": "needed"}}}, "households": {}})
    one.enrol("Ann", "Ben", "Cleo")
    one.buy("Ann", 5000, "2026-01-05")
    made = {}
    for day, name in (("2026-01-06", "alone"), ("2026-01-10", "shared")):
        if name == "shared":
            household = both(one)
            one.buy("Ben", 5000, "2026-01-10")
        gift = transfers.NewTransfer(
            member=named("Ann" if name == "alone" else "Ben"), to=named("Cleo"), unit="points", points=5, source="app",
            external_id=name,
        )  # fmt: skip
        (sent,) = transfers.send_many(programme_id=one.programme_id, wanted=[gift], now=shop.moment(day))
        made[name] = shop.taken(sent).activity_id
    left(one, household, "Ben", "2026-01-11")
    own: dict[str, Any] = {"programme_id": one.programme_id, "now": shop.moment("2026-01-12")}
    for name in ("alone", "shared"):
        assert shop.code(transfers.settle(transfer_id=made[name], deed="accept", **own)) == "joined_since"
        shop.taken(transfers.settle(transfer_id=made[name], deed="withdraw", **own))
    holds(one)
