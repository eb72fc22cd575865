"""Rewards through the engine: what is asked before anything moves, the one way of a redemption, and what comes back."""

import sqlite3
from typing import Any

import msgspec
import pytest

from guerdon.core.activities import Member, Tender
from guerdon.engine import cancel, redemptions, undo
from guerdon.engine.batch import Batch, Outcome
from guerdon.features.activities import queries as activities
from guerdon.features.members import queries as members
from guerdon.features.programmes import queries as programmes
from guerdon.features.redemptions import queries
from guerdon.insight import catalogue as catalogues
from guerdon.kit import ids, store
from tests import shop
from tests.engine import family
from tests.engine.catalogue import ANN, COFFEE, MUG, SHIRT, cafe, has, holds, redeem, refused, settle, stock, supply
from tests.engine.pairs import merged
from tests.shop import Shop


def test_a_reward_is_paid_with_the_points_that_end_first_and_handed_over_once(database):
    made = cafe(coffee=COFFEE)
    got = redeem(made, "coffee")
    one = has(made, got)
    assert (one.state, one.price.points, one.cost, len(one.code)) == ("confirmed", {"points": 80}, 60, 13)
    assert made.amounts("ann", "2026-02-01").available == 920
    assert isinstance(settle(made, got, "fulfil"), Outcome)
    assert has(made, got).state == "fulfilled"
    refused(settle(made, got, "cancel"), "redemption_ended")
    again = settle(made, got, "fulfil", "2026-03-01")
    assert isinstance(again, Outcome) and again.replayed
    assert stock(made, "coffee") == (None, 0, 1)
    holds(made)


@pytest.mark.parametrize("reserve", [False, True])
def test_what_nobody_hands_over_is_given_with_its_confirmation(database, reserve):
    made = cafe(tree={**COFFEE, "fulfilment": "at_once", "stocked": "whole"})
    supply(made, "tree", 2)
    got = redeem(made, "tree", reserve=reserve)
    if reserve:
        settle(made, got, "confirm", "2026-02-01T12:05")
    assert has(made, got).state == "fulfilled"
    assert stock(made, "tree", at="2026-02-01T12:05") == (1, 0, 1)
    holds(made)


def test_what_is_told_again_is_redeemed_once(database):
    made = cafe(coffee=COFFEE)
    first, again = (redeem(made, "coffee", external_id="x") for _ in range(2))
    assert isinstance(first, Outcome) and isinstance(again, Outcome)
    assert again.replayed and again.activity_id == first.activity_id
    assert made.amounts("ann", "2026-02-01").available == 920
    holds(made)


def test_two_of_one_name_in_a_batch_are_told_one_after_the_other(database):
    made = cafe(coffee=COFFEE, shirt=SHIRT)
    supply(made, "shirt", 3, "m")
    member, choices = Member(external_id="ann"), {"size": "m", "text": "Ann"}
    asked = redemptions.NewRedemption(member, "coffee", "app", "r-1")
    other = msgspec.structs.replace(asked, reward="shirt", choices=choices, address=ANN)
    late = msgspec.structs.replace(asked, external_id="r-2", reward="shirt", choices=choices)
    sent = msgspec.structs.replace(late, address=ANN)
    first, again, lost, found = redemptions.redeem_many(
        programme_id=made.programme_id, wanted=[asked, other, late, sent], now=shop.moment("2026-02-01")
    )
    assert isinstance(first, Outcome) and isinstance(again, Outcome)
    assert again.replayed and again.activity_id == first.activity_id and "/facts/reward" in again.differs
    assert has(made, first).reward == "coffee"
    assert refused(lost, "choice_invalid").facts["pointer"] == "/address"  # what was refused names nothing
    assert isinstance(found, Outcome) and not found.replayed
    assert made.amounts("ann", "2026-02-01").available == 1000 - 80 - 500
    holds(made)


def test_a_reservation_holds_points_and_piece_until_it_is_confirmed(database):
    made = cafe(mug=MUG)
    supply(made, "mug", 1)
    got = redeem(made, "mug", reserve=True)
    balance = made.amounts("ann", "2026-02-01")
    assert (balance.available, balance.held) == (700, 300)
    assert stock(made, "mug") == (0, 1, 0)
    refused(redeem(made, "mug", "ben"), "out_of_stock")
    assert made.amounts("ben", "2026-02-01").available == 500
    assert isinstance(settle(made, got, "confirm", "2026-02-01T12:05"), Outcome)
    balance = made.amounts("ann", "2026-02-01T12:05")
    assert (balance.available, balance.held) == (700, 0)
    assert has(made, got).state == "confirmed"
    holds(made)


def test_a_reservation_ends_by_itself_and_the_next_one_has_the_piece_at_once(database):
    made = cafe(mug=MUG)
    supply(made, "mug", 1)
    got = redeem(made, "mug", reserve=True)
    assert has(made, got).as_of(shop.moment("2026-02-01T12:15")) == "expired"
    assert made.amounts("ann", "2026-02-01T12:15").available == 1000
    assert isinstance(redeem(made, "mug", "ben", "2026-02-01T12:15"), Outcome)
    refused(settle(made, got, "confirm", "2026-02-01T12:16"), "redemption_ended")
    assert stock(made, "mug", at="2026-02-01T12:16") == (0, 1, 0)
    made.night("2026-02-02")
    assert has(made, got).state == "expired"
    assert stock(made, "mug", at="2026-02-02") == (0, 1, 0)
    assert made.amounts("ann", "2026-02-02").available == 1000
    holds(made)


def test_the_night_gives_back_what_nobody_fetched(database):
    made = cafe(coffee={**COFFEE, "fulfil_days": 7, "stocked": "whole"})
    supply(made, "coffee", 1)
    got = redeem(made, "coffee")
    made.night("2026-02-08")
    assert has(made, got).state == "confirmed"
    refused(settle(made, got, "fulfil", "2026-02-09"), "redemption_ended")
    made.night("2026-02-09")
    assert has(made, got).state == "expired"
    assert made.amounts("ann", "2026-02-09").available == 1000
    assert stock(made, "coffee", at="2026-02-09") == (1, 0, 0)
    holds(made)


def test_what_is_cancelled_gives_points_piece_and_turn_back(database):
    made = cafe(mug=MUG)
    supply(made, "mug", 2)
    got = redeem(made, "mug")
    refused(redeem(made, "mug"), "reward_limit")
    assert isinstance(settle(made, got, "cancel"), Outcome)
    assert made.amounts("ann", "2026-02-02").available == 1000
    assert stock(made, "mug", at="2026-02-02") == (2, 0, 0)
    assert isinstance(redeem(made, "mug", at="2026-02-03", number=2), Outcome)
    assert made.amounts("ann", "2026-02-03").available == 900
    assert isinstance(redeem(made, "mug", at="2026-03-01"), Outcome)
    holds(made)


def test_money_makes_up_for_points_and_is_rounded_up(database):
    made = cafe(shirt=SHIRT)
    supply(made, "shirt", 3, "m")
    asked: dict[str, Any] = {"choices": {"size": "m", "text": "Ann"}, "address": ANN}
    refused(redeem(made, "shirt", points=199, **asked), "top_up_invalid")
    one = has(made, redeem(made, "shirt", points=201, **asked))
    assert (one.price.points, one.price.money, one.variant) == ({"points": 201}, 210, "m")  # 29.9 tens at 0.07
    assert one.choices == {"size": "m"}
    found = queries.deliveries(store.current(), [(one.account_id, one.id)])[one.id]
    assert found.address == ANN and found.texts == {"text": "Ann"}
    holds(made)


@pytest.mark.parametrize(
    ("asked", "pointer", "reason"),
    [
        ({"choices": {"size": "m"}}, "/choices/text", "missing"),
        ({"choices": {"size": "xl", "text": "a"}}, "/choices/size", "not_an_option"),
        ({"choices": {"size": "m", "text": "a", "colour": "red"}}, "/choices/colour", "unknown_choice"),
        ({"choices": {"size": "m", "text": "a"}, "address": None}, "/address", "missing"),
    ],
)
def test_what_must_be_chosen_is_asked_for(database, asked, pointer, reason):
    made = cafe(shirt=SHIRT)
    found = refused(redeem(made, "shirt", **{"address": ANN, **asked}), "choice_invalid")
    assert (found.facts["pointer"], found.facts["reason"]) == (pointer, reason)
    holds(made)


def test_what_is_free_takes_no_points_and_is_limited_all_the_same(database):
    made = cafe(tea={**COFFEE, "prices": [{"free": True}], "limits": {"month": 1}})
    made.enrol("cleo")
    got = redeem(made, "tea", "cleo", reserve=True)
    assert has(made, got).price.points == {}
    refused(redeem(made, "tea", "cleo"), "reward_limit")
    assert isinstance(settle(made, got, "confirm", "2026-02-01T12:05"), Outcome)
    assert isinstance(settle(made, got, "fulfil"), Outcome)
    holds(made)


def test_all_or_nothing_where_a_price_is_in_two_units(database):
    units = {"points": shop.POINTS, "stamps": {"kind": "redeemable", "name": {"en": "stamps"}, "expires": "never"}}
    visit = {"when": "visit", "then": [{"fixed": {"unit": "stamps", "give": 1}}]}
    cake = {"kind": "free_product", "product": "cake", "prices": [{"points": {"points": 100, "stamps": 2}}]}
    made = Shop(
        {"units": units, "rules": {"base": shop.BASE, "visit": visit}, "rewards": {"cake": shop.named("cake", cake)}}
    )
    made.enrol("ann")
    made.tell(made.purchase("ann", 100_000), made.purchase("ann", None, kind="visit"))
    refused(redeem(made, "cake"), "insufficient_points")
    assert made.amounts("ann", "2026-02-01").available == 1000
    made.tell(made.purchase("ann", None, kind="visit", at="2026-01-06"))
    got = redeem(made, "cake", reserve=True)
    assert made.amounts("ann", "2026-02-01", "stamps").held == 2
    settle(made, got, "confirm", "2026-02-01T12:01")
    assert isinstance(settle(made, got, "cancel", "2026-02-03"), Outcome)
    assert made.amounts("ann", "2026-02-03", "stamps").available == 2
    assert made.amounts("ann", "2026-02-03").available == 1000
    holds(made)


def test_a_total_and_a_budget_are_for_all_together(database):
    made = cafe(few={**COFFEE, "total": 1}, dear={**COFFEE, "budget": "1.00"})
    assert isinstance(redeem(made, "few"), Outcome)
    refused(redeem(made, "few", "ben"), "reward_gone")
    assert isinstance(redeem(made, "dear"), Outcome)
    refused(redeem(made, "dear", "ben"), "reward_budget_spent")
    holds(made)


def test_who_is_not_asked_for_is_told_why(database):
    made = cafe(
        vip={**COFFEE, "if": [{"segment": {"in": ["vip"]}}]},
        soon={**COFFEE, "from": "2026-03-01"},
        past={**COFFEE, "until": "2026-01-15"},
    )
    assert refused(redeem(made, "vip"), "not_eligible").facts["condition"] == "segment"
    refused(redeem(made, "soon"), "reward_not_yet")
    refused(redeem(made, "past"), "reward_over")
    refused(redeem(made, "none"), "reward_unknown")
    holds(made)


def test_early_access_opens_earlier_for_a_tier(database):
    levels = {
        "blue": {"name": {"en": "Blue"}, "from": 0},
        "gold": {
            "name": {"en": "Gold"}, "from": 100,
            "benefits": {"early": {"kind": "early_access", "name": {"en": "Early"}, "hours": 24}},
        },
    }  # fmt: skip
    status = {"name": {"en": "Status"}, "basis": {"spend": True}, "levels": levels}
    soon = shop.named("soon", {**COFFEE, "from": "2026-03-01", "early_access": {"gold": 48}})
    made = Shop({"tiers": {"status": status}, "rewards": {"soon": soon, "benefit": {**soon, "early_access": {}}}})
    made.enrol("ann", "ben")
    made.tell(made.purchase("ann", 100_000), made.purchase("ben", 9_000))
    # Midnight in Sofia is 22:00 the day before.
    refused(redeem(made, "soon", at="2026-02-26T21:59"), "reward_not_yet")
    assert isinstance(redeem(made, "soon", at="2026-02-26T22:00"), Outcome)
    refused(redeem(made, "benefit", at="2026-02-26T22:00"), "reward_not_yet")
    assert isinstance(redeem(made, "benefit", at="2026-02-27T22:00"), Outcome)
    refused(redeem(made, "soon", "ben", at="2026-02-28T21:59"), "reward_not_yet")
    assert isinstance(redeem(made, "soon", "ben", at="2026-02-28T22:00"), Outcome)
    holds(made)


def test_what_a_redemption_did_is_undone_by_it_alone(database):
    made = cafe(coffee=COFFEE)
    got = has(made, redeem(made, "coffee"))
    burn = activities.latest(store.current(), got.account_id, most=1)[0]
    assert (burn.activity.kind, burn.activity.external_id) == ("burn", f"{got.id}:points")
    wanted = cancel.Cancellation(burn, shop.DORA)
    (result,) = cancel.cancel_many(
        programme_id=made.programme_id, cancellations=[wanted], now=shop.moment("2026-02-02")
    )
    refused(result, "of_redemption")
    paid = (Tender("points", 80, burn=ids.show("burn", burn.activity_id)),)
    refused(made.tell(made.purchase("ann", 80, "2026-02-02", tenders=paid))[0], "of_redemption")
    holds(made)


def test_a_merged_member_has_had_what_both_had_and_gets_points_back(database):
    made = cafe(mug=MUG)
    supply(made, "mug", 5)
    got = redeem(made, "mug", "ben")
    merged(made, "ann", "ben", "2026-02-02")
    refused(redeem(made, "mug", at="2026-02-03"), "reward_limit")
    assert isinstance(settle(made, got, "cancel", "2026-02-04"), Outcome)
    assert made.amounts("ann", "2026-02-04").available == 1500
    assert isinstance(redeem(made, "mug", at="2026-02-05"), Outcome)
    holds(made)


def test_nobody_opens_a_limit_anew_by_founding_joining_or_leaving(database):
    made = Shop({"rewards": {"mug": shop.named("mug", MUG)}, "households": {"leaving": "take"}})
    made.enrol("Ann", "Ben")
    made.tell(made.purchase("Ann", 100_000), made.purchase("Ben", 100_000))
    supply(made, "mug", 9)
    shop.taken(redeem(made, "mug", "Ann", "2026-02-01"))
    home = family.found(made, "Ann", "2026-02-02").household.id
    refused(redeem(made, "mug", "Ann", "2026-02-03"), "reward_limit")
    family.joined(made, home, "Ben", "2026-02-04")
    shop.taken(redeem(made, "mug", "Ben", "2026-02-05"))
    refused(redeem(made, "mug", "Ann", "2026-02-06"), "reward_limit")
    family.left(made, home, "Ben", "2026-02-07")
    refused(redeem(made, "mug", "Ben", "2026-02-08"), "reward_limit")
    member = members.get(store.current(), made.programme_id, made.account("Ben"))
    law = programmes.latest(store.current(), made.programme_id).current(shop.moment("2026-02-08"))
    (offer,) = catalogues.of_member(store.current(), made.programme_id, law, member, shop.moment("2026-02-08"))
    assert offer.obstacle is not None and offer.obstacle.code == "reward_limit"
    shop.taken(redeem(made, "mug", "Ben", "2026-03-01"))
    holds(made)


def test_a_batch_that_is_tried_again_counts_nothing_twice(database, monkeypatch):
    made = cafe(coffee={**COFFEE, "limits": {"day": 1}})
    commit, tries = Batch.commit, iter([True])

    class Busy(sqlite3.OperationalError):
        sqlite_errorname = "SQLITE_BUSY"

    def busy(batch):
        if next(tries, False):
            raise Busy("busy")
        commit(batch)

    monkeypatch.setattr(Batch, "commit", busy)
    shop.taken(redeem(made, "coffee"))
    holds(made)


def test_a_reservation_that_was_confirmed_meanwhile_does_not_end(database):
    made = cafe(coffee=COFFEE)
    got = redeem(made, "coffee", reserve=True)
    before = has(made, got)
    shop.taken(settle(made, got, "confirm", "2026-02-01T12:14"))
    (result,) = redemptions.settle_many(
        programme_id=made.programme_id, found=[before], deed="expire", now=shop.moment("2026-02-01T12:20"), by=None
    )
    refused(result, "redemption_ended")
    holds(made)


def test_what_a_slower_clock_confirms_too_late_is_refused(database):
    made = cafe(coffee=COFFEE)
    got = redeem(made, "coffee", reserve=True)
    made.buy("ann", 100, "2026-02-01T12:16")
    refused(settle(made, got, "confirm", "2026-02-01T12:14"), "redemption_ended")
    holds(made)


def test_what_was_undone_in_time_is_known_later(database):
    made = cafe(coffee=COFFEE)
    bought, got = made.buy("ann", 1000, "2026-02-01"), shop.taken(redeem(made, "coffee"))
    for one in (bought, got):
        for at, known in (("2026-02-01T13:00", False), ("2026-02-09", True)):
            told = undo.undo(
                programme_id=made.programme_id, activity_id=one.activity_id, now=shop.moment(at), by=shop.DORA
            )
            assert shop.taken(told).replayed is known
    holds(made)
