"""Pieces of rewards: what comes in, what is promised, and where counting begins and goes on."""

import pytest

from guerdon.core.errors import Refusal
from guerdon.engine import supplies
from guerdon.engine.batch import Outcome
from tests import shop
from tests.engine.catalogue import MUG, cafe, holds, redeem, refused, stock, supply


def test_a_stock_never_goes_below_what_was_promised(database):
    made = cafe(mug=MUG)
    supply(made, "mug", 2)
    redeem(made, "mug")
    with pytest.raises(Refusal, match="stock_too_low"):
        supply(made, "mug", -2, at="2026-02-02")
    assert supply(made, "mug", -1, at="2026-02-02").supply.remains == 0
    holds(made)


def test_pieces_begin_to_be_counted_with_what_is_there(database):
    made = cafe(mug={key: part for key, part in MUG.items() if key != "stocked"})
    assert isinstance(redeem(made, "mug"), Outcome)
    made.publish(
        since=shop.moment("2026-02-05"), now=shop.moment("2026-02-05"), rewards={"mug": shop.named("mug", MUG)}
    )
    refused(redeem(made, "mug", "ben", "2026-02-06"), "out_of_stock")
    supply(made, "mug", 1, at="2026-02-06")
    assert isinstance(redeem(made, "mug", "ben", "2026-02-06"), Outcome)
    holds(made)


def test_pieces_are_counted_on_where_counting_stopped(database):
    made = cafe(mug=MUG)
    uncounted = shop.named("mug", {key: value for key, value in MUG.items() if key not in ("stocked", "limits")})
    counted = shop.named("mug", {key: value for key, value in MUG.items() if key != "limits"})
    supply(made, "mug", 3)
    redeem(made, "mug", number=2)
    made.publish(since=shop.moment("2026-02-02"), now=shop.moment("2026-02-01T18:00"), rewards={"mug": uncounted})
    shop.taken(redeem(made, "mug", number=2, at="2026-02-03"))
    made.publish(since=shop.moment("2026-02-04"), now=shop.moment("2026-02-03T18:00"), rewards={"mug": counted})
    shop.taken(redeem(made, "mug", number=2, at="2026-02-05"))
    assert stock(made, "mug", at="2026-02-05") == (1, 3, 0), "of three, one before and one after"
    holds(made)


def test_a_supply_that_was_thought_of_before_another_one_is_not_made(database):
    made = cafe(mug=MUG)

    def supply(name, seen):
        wanted = supplies.NewSupply("mug", "", 5, "came in", "Emil", "stock", name, seen)
        return supplies.supply(programme_id=made.programme_id, wanted=wanted, now=shop.moment("2026-01-06"))

    supply("d-1", 0)
    before = stock(made, "mug", at="2026-01-06")
    with pytest.raises(Refusal, match="stock_changed"):
        supply("d-2", 0)
    assert supply("d-1", 0).replayed
    supply("d-2", 5)
    supply("d-3", None)
    assert stock(made, "mug", at="2026-01-06") == (before[0] + 10, *before[1:])


def test_a_supply_told_again_is_known_also_when_the_reward_is_gone(database):
    made = cafe(mug=MUG)
    wanted = supplies.NewSupply("mug", "", 5, "came in", "Emil", "stock", "d-1")
    told = {"programme_id": made.programme_id, "wanted": wanted}
    assert not supplies.supply(now=shop.moment("2026-01-06"), **told).replayed
    made.publish(since=shop.moment("2026-02-02"), now=shop.moment("2026-02-01T18:00"), rewards={})
    assert supplies.supply(now=shop.moment("2026-02-03"), **told).replayed
