"""The law of chance: every draw can be made again, is as likely as it says, and keeps its promise (LAW 9)."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guerdon.core import chance, limits
from guerdon.core.chance import Name
from guerdon.core.errors import Refusal
from guerdon.core.redemptions import Stock
from guerdon.core.rewards import WHOLE, Guarantee, Price, Reward

SEED = "07" * chance.SEED_BYTES
WEIGHTS = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(1, 1000), min_size=1)
# Chi-square for 9 degrees of freedom: a fair draw is above it once in a hundred million seeds, and this seed is fixed.
FAIR = 54.0


def mystery(prizes, guarantee=None):
    return Reward(
        "box", {"en": "Box"}, "mystery", (Price(free=True),), prizes=prizes, fallback="z", guarantee=guarantee
    )  # fmt: skip


def named(number):
    return Name("box", 1, "till", f"no-{number}")


def test_a_draw_can_be_made_again_from_what_the_docs_say():
    import hashlib
    import hmac
    import json

    told = json.dumps(["box", 3, "app", "Надя-1", 0], ensure_ascii=False, separators=(",", ":")).encode()
    number = int(hmac.new(bytes.fromhex(SEED), told, hashlib.sha256).hexdigest(), 16)
    assert chance.ticket(SEED, Name("box", 3, "app", "Надя-1"), 100) == number % 100
    assert chance.hash_of(SEED) == hashlib.sha256(bytes.fromhex(SEED)).hexdigest()


def test_every_number_is_as_likely_as_any_other():
    found = Counter(chance.ticket(SEED, named(each), 10) for each in range(20_000))
    assert sum((found[number] - 2_000) ** 2 / 2_000 for number in range(10)) < FAIR
    lopsided = Counter(
        number * number // 10 for number in (chance.ticket(SEED, named(each), 10) for each in range(20_000))
    )
    assert sum((lopsided[number] - 2_000) ** 2 / 2_000 for number in range(10)) > FAIR, "the check can fail"


def test_what_does_not_divide_evenly_is_drawn_again(monkeypatch):
    monkeypatch.setattr(chance, "_NUMBERS", 2**256 // 3)  # two numbers of three are too large
    assert {chance.ticket(SEED, named(each), 7) for each in range(200)} == set(range(7))


@given(WEIGHTS, st.sets(st.sampled_from("abcdefgh")))
def test_odds_sum_to_one_and_are_the_share_of_the_numbers(prizes, there):
    box = mystery(prizes)
    odds, whole = chance.odds(box, there), chance.total(box)
    assert sum(odds.values()) == 1
    if whole < 3_000:
        found = Counter(chance.drawn(box, number, there=there, dry=0) for number in range(whole))
        assert {key: Fraction(times, whole) for key, times in found.items()} == odds


@given(WEIGHTS, st.data())
def test_what_runs_out_goes_to_the_fallback_and_moves_nothing_else(prizes, data):
    box, number = mystery(prizes), data.draw(st.integers(0, sum(prizes.values()) - 1))
    meant = chance.drawn(box, number, there=set(prizes), dry=0)
    gone = data.draw(st.sets(st.sampled_from(sorted(prizes))))
    assert chance.drawn(box, number, there=set(prizes) - gone, dry=0) == ("z" if meant in gone else meant)


@given(WEIGHTS, st.integers(2, 9), st.integers(0, 10**9), st.data())
def test_a_guarantee_is_kept_in_any_row_of_draws(prizes, within, start, data):
    box = mystery(prizes, Guarantee(data.draw(st.sampled_from(sorted(prizes))), within))
    assert box.guarantee is not None
    dry, row = 0, []
    for each in range(4 * within):
        number = chance.ticket(SEED, named(start + each), chance.total(box))
        row.append(chance.drawn(box, number, there=set(prizes), dry=dry))
        dry = chance.after(box, row[-1], dry)
    assert all(box.guarantee.prize in row[place : place + within] for place in range(3 * within + 1))


def test_draws_without_the_prize_are_counted_until_it_is_given():
    promised, free = mystery({"a": 1, "b": 99}, Guarantee("a", 3)), mystery({"a": 1})
    assert [chance.after(promised, prize, 1) for prize in ("b", "a")] == [2, 0]
    assert chance.after(free, "a", 1) == 0, "nothing is promised"


def test_a_promise_that_can_not_be_kept_is_no_draw():
    box = mystery({"a": 1, "b": 99}, Guarantee("a", 3))
    chance.check_guarantee(box, there={"b"}, dry=1)
    with pytest.raises(Refusal) as refused:
        chance.check_guarantee(box, there={"b"}, dry=2)
    assert refused.value.code == "out_of_stock"


NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)
BEFORE = NOON - timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("facts", "stock", "at", "there"),
    [
        ({}, {}, NOON, True),
        ({"start": NOON}, {}, NOON, True), ({"start": NOON}, {}, BEFORE, False),
        ({"until": NOON}, {}, NOON, False), ({"until": NOON}, {}, BEFORE, True),
        ({"stocked": "whole"}, {"initial": 1}, NOON, True), ({"stocked": "whole"}, {"initial": 0}, NOON, False),
        ({"stocked": "whole"}, {"initial": 1, "claimed": 1}, NOON, False), ({}, {"initial": 0}, NOON, True),
        ({"total": 2}, {"given": 1}, NOON, True), ({"total": 2}, {"given": 1, "claimed": 1}, NOON, False),
        ({"budget": 9, "cost": 5}, {"spent": 4}, NOON, True), ({"budget": 9, "cost": 5}, {"spent": 5}, NOON, False),
    ],
)  # fmt: skip
def test_whether_one_more_of_a_prize_is_there(facts, stock, at, there):
    prize = Reward("mug", {"en": "Mug"}, "merchandise", (Price(free=True),), **facts)
    assert chance.is_there(prize, [Stock("mug", WHOLE, counted="stocked" in facts, **stock)], at) is there


def test_the_dearest_that_can_be_drawn_is_reserved():
    costs = {key: Reward(key, {}, "merchandise", (), cost=cost) for key, cost in (("a", 5), ("b", 9), ("z", 7))}
    box = mystery({"a": 1, "b": 1})
    assert [chance.worst(box, costs, there) for there in ({"a", "b"}, {"a"}, set())] == [9, 7, 7]
    assert chance.cools_until(NOON) == NOON + timedelta(days=limits.CHANCE_COOL_DOWN_DAYS)
