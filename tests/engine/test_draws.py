"""Draws: a prize that is paid for before it is drawn, the same for ever, and seeds that are shown later (LAW 9)."""

import itertools
from collections import Counter
from typing import Any

import msgspec
import pytest

from guerdon.core import chance
from guerdon.core.decisions import Drawn
from guerdon.core.errors import Refusal
from guerdon.engine import draws, merge, night, redemptions
from guerdon.features.draws import queries as seeds
from guerdon.features.redemptions import queries
from guerdon.kit import store
from tests import gifts, shop
from tests.engine import catalogue
from tests.engine.catalogue import has, holds, redeem, refused, settle, stock, supply
from tests.shop import Shop

BOX: dict[str, Any] = {
    "kind": "mystery", "prices": [{"points": {"points": 10}}, {"free": True}], "free_limits": {"week": 1},
    "prizes": {"cake": 60, "mug": 30, "card": 10}, "fallback": "coffee", "budget": "100.00", "limits": {"day": 50},
}  # fmt: skip
PRIZES: dict[str, Any] = {
    "coffee": catalogue.COFFEE,
    "cake": {"kind": "free_product", "product": "cake", "prices": [{"points": {"points": 200}}], "cost": "1.80"},
    "mug": {**catalogue.MUG, "limits": {"lifetime": 1}},
    "card": {"kind": "gift_card", "amount": "5.00", "cost": "5.00", "prices": [{"points": {"points": 500}}]},
}


_NUMBERS = itertools.count()


def opened(**box: Any) -> Shop:
    """Café Aurora with a mystery box, five mugs, and a seed that is known."""
    said = {**PRIZES, "box": {**BOX, **box}}
    made = Shop(gifts.PARTS | {"rewards": {key: shop.named(key, one) for key, one in said.items()}})
    made.enrol("ann", "ben")
    made.tell(made.purchase("ann", 100_000), made.purchase("ben", 100_000))
    supply(made, "mug", 5)
    plant(made, "07" * chance.SEED_BYTES)
    return made


def plant(made: Shop, seed: str) -> None:
    for told in (seed, None):
        assert draws.rotate(programme_id=made.programme_id, now=shop.moment("2026-01-05"), seed=told)


@pytest.fixture
def aurora(database: None) -> Shop:
    return opened()


def drawn(result: Any) -> Drawn:
    found = shop.taken(result).decision.drawn
    assert found is not None
    return found


def box(made: Shop, draw: int, **more: Any) -> Any:
    return redeem(made, "box", external_id=f"draw-{draw}", **more)


def test_a_draw_gives_a_prize_that_can_be_drawn_again_by_anybody(aurora):
    got = box(aurora, 1)
    one = has(aurora, got)
    told = drawn(got)
    prize = queries.one(store.current(), aurora.programme_id, told.redemption)
    assert (one.state, one.given, prize.reward, prize.number) == ("fulfilled", None, told.prize, 0)
    assert one.cost == prize.cost and not prize.price.points and not prize.price.money
    seed = seeds.numbered(store.current(), aurora.programme_id, told.seed)
    assert chance.ticket(seed.opened(), chance.Name("box", 1, "app", "draw-1"), 100) == told.ticket
    holds(aurora)


def test_told_again_it_is_the_same_prize_for_ever(aurora):
    first = box(aurora, 1)
    draws.rotate(programme_id=aurora.programme_id, now=shop.moment("2026-02-02"))
    again = box(aurora, 1, at="2026-02-03")
    assert shop.taken(again).replayed and drawn(again) == drawn(first)


def test_all_prizes_come_and_each_is_handed_over_as_what_it_is(aurora):
    got = [box(aurora, number) for number in range(40)]
    came = Counter(drawn(one).prize for one in got)
    assert set(came) == {"cake", "mug", "card", "coffee"} and came["mug"] == 5, "the fallback where mugs ran out"
    assert stock(aurora, "mug")[0] == 0
    prizes = queries.named(store.current(), aurora.programme_id, [drawn(one).redemption for one in got])
    states = {(one.reward, one.state, one.given is not None) for one in prizes.values()}
    assert states == {
        ("cake", "fulfilled", True), ("mug", "confirmed", False), ("card", "fulfilled", True),
        ("coffee", "confirmed", False),
    }  # fmt: skip
    holds(aurora)


def test_what_was_drawn_is_not_what_a_member_took(aurora):
    while drawn(box(aurora, next(_NUMBERS))).prize != "mug":
        pass
    shop.taken(redeem(aurora, "mug"))  # one in a lifetime, besides what was won
    refused(redeem(aurora, "mug"), "reward_limit")
    holds(aurora)


def test_a_draw_is_final_and_its_prize_can_be_given_up(aurora):
    got = box(aurora, 1)
    refused(settle(aurora, got, "cancel"), "redemption_ended")
    prize = queries.one(store.current(), aurora.programme_id, drawn(got).redemption)
    (back,) = redemptions.settle_many(
        programme_id=aurora.programme_id, found=[prize], deed="cancel", now=shop.moment("2026-02-02"), by=shop.DORA
    )
    assert shop.taken(back).decision.redeemed.state == "cancelled"
    holds(aurora)


def test_a_rehearsal_tells_nobody_what_would_be_drawn(aurora):
    def tried(number: int) -> str:
        wanted = redemptions.NewRedemption(
            member=catalogue.Member(external_id="ann"), reward="box", source="app", external_id=f"draw-{number}"
        )
        (result,) = redemptions.redeem_many(
            programme_id=aurora.programme_id, wanted=[wanted], now=shop.moment("2026-02-01"), dry_run=True
        )
        return str(drawn(result).ticket)

    assert len({tried(1) for _ in range(6)}) > 1, "chance of its own, every time"


def test_a_budget_must_hold_the_dearest_prize_before_anything_is_drawn(database):
    made = opened(budget="9.00")
    won = []
    for number in range(10):
        got = box(made, number)
        if not hasattr(got, "decision"):
            refused(got, "reward_budget_spent")
            break
        won.append(has(made, got).cost)
    assert 400 < sum(won) <= 900, "no draw was made that could have cost more than there was"
    assert sum(won) + 500 > 900
    holds(made)


def test_without_a_dear_prize_the_same_budget_goes_further(database):
    made = opened(budget="9.00", prizes={"cake": 1})
    results = [box(made, number) for number in range(6)]
    refused(results[5], "reward_budget_spent")
    assert all(drawn(one).prize == "cake" for one in results[:5])


def test_a_guarantee_is_kept_over_draws_and_waits_for_its_prize(database):
    made = opened(prizes={"cake": 10_000, "mug": 1}, guarantee={"prize": "mug", "within": 3})
    got = [drawn(box(made, number)) for number in range(15)]
    assert [one.prize for one in got] == ["cake", "cake", "mug"] * 5
    for number in range(15, 17):
        assert drawn(box(made, number)).prize == "cake"
    before = made.amounts("ann", "2026-02-01").available
    refused(box(made, 17), "out_of_stock")
    assert made.amounts("ann", "2026-02-01").available == before
    supply(made, "mug", 1, at="2026-02-01")
    assert drawn(box(made, 18)).prize == "mug"
    holds(made)


def test_several_draws_of_one_batch_know_of_each_other(database):
    made = opened(prizes={"cake": 10_000, "mug": 1}, guarantee={"prize": "mug", "within": 3})
    wanted = [
        redemptions.NewRedemption(
            member=catalogue.Member(external_id="ann"), reward="box", source="app", external_id=f"draw-{number}"
        )
        for number in range(6)
    ]
    found = redemptions.redeem_many(programme_id=made.programme_id, wanted=wanted, now=shop.moment("2026-02-01"))
    assert [drawn(one).prize for one in found] == ["cake", "cake", "mug"] * 2
    holds(made)


def test_the_free_way_has_limits_of_its_own(aurora):
    free, again = box(aurora, 1, number=2), box(aurora, 2, number=2)
    assert not has(aurora, free).price.points and drawn(free)
    refused(again, "free_limit")
    shop.taken(box(aurora, 3))
    shop.taken(box(aurora, 4, number=2, at="2026-02-09"))
    holds(aurora)


def test_a_day_has_its_most(database):
    made = opened(limits={"day": 2})
    for number in range(2):
        shop.taken(box(made, number))
    refused(box(made, 2), "reward_limit")


def test_nothing_is_reserved_that_is_drawn(aurora):
    refused(box(aurora, 1, reserve=True), "draw_not_reserved")


def test_who_has_switched_chance_off_draws_nothing_until_it_has_cooled_down(aurora):
    ann = aurora.account("ann")
    _, since = draws.switch(programme_id=aurora.programme_id, member_id=ann, on=False, now=shop.moment("2026-02-01"))
    assert since == shop.moment("2026-02-01")
    refused(box(aurora, 1), "chance_off")
    shop.taken(box(aurora, 1, name="ben"))
    with pytest.raises(Refusal) as cooling:
        draws.switch(programme_id=aurora.programme_id, member_id=ann, on=True, now=shop.moment("2026-02-07"))
    assert cooling.value.code == "chance_cooling"
    draws.switch(programme_id=aurora.programme_id, member_id=ann, on=True, now=shop.moment("2026-02-08"))
    shop.taken(box(aurora, 2, at="2026-02-08"))


def test_a_seed_is_shown_once_it_is_over_and_its_hash_before(aurora):
    at_hand = store.current()
    before = {one.number: one for one in seeds.shown(at_hand, aurora.programme_id)}
    used = drawn(box(aurora, 1)).seed
    assert before[used].secret is None and used + 1 in before
    assert draws.rotate_by_night(programme_id=aurora.programme_id, as_of=shop.moment("2026-02-02"))
    assert not draws.rotate_by_night(programme_id=aurora.programme_id, as_of=shop.moment("2026-02-02"))
    after = {one.number: one for one in seeds.shown(at_hand, aurora.programme_id)}
    secret = after[used].secret
    assert secret is not None and chance.hash_of(secret) == before[used].hash == after[used].hash
    assert drawn(box(aurora, 2)).seed == used + 1
    assert msgspec.structs.replace(after[used + 1], secret=None) == before[used + 1]


def test_the_night_shows_a_seed_and_one_of_the_past_does_not(aurora):
    used = drawn(box(aurora, 1)).seed
    night.run(programme_id=aurora.programme_id, as_of=shop.moment("2026-01-20"), ahead=False)
    assert seeds.numbered(store.current(), aurora.programme_id, used).secret is None
    for _ in range(2):
        aurora.night("2026-02-02T01:00")
    assert seeds.numbered(store.current(), aurora.programme_id, used).secret is not None
    assert drawn(box(aurora, 2, at="2026-02-02")).seed == used + 1
    holds(aurora)


def merged(made: Shop, at: str = "2026-02-03") -> None:
    """Ben turns out to be Ann."""
    merge.merge(
        programme_id=made.programme_id, into=made.account("ann"), goes=catalogue.Member(external_id="ben"),
        actor="Emil", now=shop.moment(at),
    )  # fmt: skip


def test_of_two_who_are_one_the_stricter_wish_counts(aurora):
    ann, ben = aurora.account("ann"), aurora.account("ben")
    draws.switch(programme_id=aurora.programme_id, member_id=ben, on=False, now=shop.moment("2026-02-02"))
    merged(aurora)
    refused(box(aurora, 1, at="2026-02-04"), "chance_off")
    assert draws.off_since(store.current(), ann)[1] == shop.moment("2026-02-02")
    draws.switch(programme_id=aurora.programme_id, member_id=ann, on=True, now=shop.moment("2026-02-09"))
    shop.taken(box(aurora, 2, at="2026-02-09"))


def test_of_two_who_are_one_the_last_draw_says_how_long_they_waited(database):
    made = opened(prizes={"cake": 10_000, "mug": 1}, guarantee={"prize": "mug", "within": 4})
    for number in range(2):
        box(made, number)
    for number in range(2, 5):
        box(made, number, name="ben")
    merged(made)
    got = [drawn(box(made, number, at="2026-02-04")) for number in range(5, 10)]
    assert [(one.prize, one.dry) for one in got] == [("mug", 3), ("cake", 0), ("cake", 1), ("cake", 2), ("mug", 3)]
    holds(made)


def test_another_promise_begins_anew(database):
    made = opened(prizes={"cake": 10_000, "mug": 1}, guarantee={"prize": "mug", "within": 3})
    for number in range(2):
        box(made, number)
    said = {**PRIZES, "box": {**BOX, "prizes": {"cake": 1, "mug": 10_000}, "guarantee": {"prize": "cake", "within": 3}}}
    made.publish(
        since=shop.moment("2026-02-02"), now=shop.moment("2026-02-02"),
        **gifts.PARTS, rewards={key: shop.named(key, one) for key, one in said.items()},
    )  # fmt: skip
    got = [drawn(box(made, number, at="2026-02-03")) for number in range(2, 5)]
    assert [(one.prize, one.dry) for one in got] == [("mug", 0), ("mug", 1), ("cake", 2)]
    holds(made)
