"""Which of the vouchers of a wallet take most off together, held against every way to put them down (LAW 8.4)."""

import itertools

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from guerdon.core import limits, vouchers
from guerdon.core.activities import Activity, Line, Member
from guerdon.core.conditions import LineIs
from guerdon.core.decisions import VoucherUse
from guerdon.core.errors import Refusal
from guerdon.core.redeeming import Counter
from guerdon.core.standing import Standing
from guerdon.core.wallet import best
from tests.core.test_vouchers import LINES, NOON, OFFERS, law, offer

FIVE = offer("five_off", amount=500)
TENTH = offer("tenth", percent=1000, amount_max=800, group="w")
ALONE = offer("alone", amount=600, exclusive=True)
KINDS = (
    FIVE, TENTH, ALONE, offer("mug", gift={"en": "A mug"}), offer("cake", product="cake"),
    offer("fifth", percent=2000, group="w"), offer("three", amount=300, group="x"),
    offer("seventh", percent=1429), offer("cakes", amount=450, where=LineIs("product", frozenset({"cake"}))),
)  # fmt: skip


def counter(lines, shown):
    basket = Activity("voucher_redeem", "till", "1", NOON, Member(external_id="ann"), lines=tuple(lines))
    return Counter(law(), basket, Standing(account_id="a", enrolled_at=NOON), [one for _, one in shown])


def coded(offers):
    return [(f"C{place:02}", one) for place, one in enumerate(offers)]


def worth(beside, laid, room):
    """What these take off together; nothing where they may not be put down together."""
    try:
        vouchers.check_together([one for _, one in laid])
    except Refusal:
        return 0
    if any(sum(one.key == key for _, one in laid) > most for key, most in room.items()):
        return 0
    return sum(use.off for use in beside.put_down(laid) if isinstance(use, VoucherUse))


def hold_against_all(lines, shown, room):
    """The best is the best of all that go together, takes what it says, and nobody is in it for nothing."""
    beside = counter(lines, shown)
    found = best(beside, shown, room)
    every = [laid for size in range(len(shown) + 1) for laid in itertools.combinations(shown, size)]
    most = max(worth(beside, laid, room) for laid in every)
    fewest = min(len(laid) for laid in every if worth(beside, laid, room) == most)
    assert (sum(use.off for use in found), len(found)) == (most, fewest)
    laid = [(use.code, dict(shown)[use.code]) for use in found]
    assert beside.put_down(laid) == found and worth(beside, laid, room) == most
    assert all(use.off for use in found), "a voucher that takes nothing off is spent for nothing"


@given(LINES, OFFERS, st.data())
def test_the_best_are_the_best_of_all_that_go_together(lines, offers, data):
    rivals = st.sampled_from([{}, {}, {"group": "a"}, {"group": "b"}, {"exclusive": True}])
    shown = coded(msgspec.structs.replace(one, **data.draw(rivals)) for one in offers)
    room = data.draw(st.dictionaries(st.sampled_from(["amount", "percent", "cake"]), st.integers(0, 2)))
    hold_against_all(lines, shown, room)


@given(LINES, st.lists(st.sampled_from(KINDS), max_size=8), st.dictionaries(st.sampled_from(["five_off"]), st.just(1)))
def test_the_best_of_many_that_are_alike_are_the_best_too(lines, offers, room):
    hold_against_all(lines, coded(offers), room)


CENTS = st.lists(st.builds(Line, amount=st.integers(1, 30), quantity=st.integers(1, 9), product=st.just("cake")))


@given(CENTS.map(lambda lines: lines[:2]), st.integers(1, 5), st.lists(st.sampled_from(KINDS), max_size=3))
def test_a_cent_that_a_later_piece_costs_more_is_found(lines, cakes, others):
    hold_against_all(lines, coded([KINDS[4]] * cakes + others), {})


@given(CENTS, st.lists(st.sampled_from(KINDS), max_size=6))
def test_none_takes_more_of_what_is_left_than_was_said(lines, offers):
    beside = counter(lines, coded(offers))
    ordered = sorted((one for one in offers if one.kind != "gift"), key=lambda one: (one.place, one.key))
    said = [beside.most(one, reach) if (reach := beside.reach(one)) else 0 for one in ordered]
    for one, most in zip(ordered, said, strict=True):
        try:
            assert sum(beside.take(one)) <= most
        except Refusal:
            continue


@pytest.mark.parametrize(
    ("wallet", "off"),
    [
        ([TENTH] * 10 + [FIVE], 1300),
        ([FIVE] * 8 + [TENTH] * 4 + [ALONE] * 3, 4800),
        ([TENTH] * 30 + [ALONE] * 20 + [FIVE] * 10, 5300),
        ([KINDS[3]] * 20 + [FIVE], 500),
        ([KINDS[3]], 0),
    ],
)
def test_many_that_exclude_each_other_hide_no_other(wallet, off):
    shown = coded(wallet)
    assert sum(use.off for use in best(counter([Line(15_000)], shown), shown, {})) == off


def test_a_walk_that_is_too_long_ends_with_what_it_found(monkeypatch):
    offers = [offer(f"p{number:02}", percent=500 + 7 * number) for number in range(60)]
    shown = coded(offers)
    beside = counter([Line(999 + place, product=f"p{place}") for place in range(30)], shown)
    dearest = sum(use.off for use in beside.put_down(shown[-limits.VOUCHERS_TOGETHER_MAX :]))
    monkeypatch.setattr(limits, "BEST_LOOKS_MAX", 300)
    looks = []
    most = Counter.most
    monkeypatch.setattr(Counter, "most", lambda *given: looks.append(1) or most(*given))
    found = best(beside, shown, {})
    assert len(looks) <= 300 + 2 * len(offers), "no more than the limit, one step and the first look at each"
    assert sum(use.off for use in found) >= dearest > 0


FIFTH, CAKE, CAKES, SEVENTH, THREE = KINDS[5], KINDS[4], KINDS[8], KINDS[7], KINDS[6]


@pytest.mark.parametrize(
    ("lines", "wallet", "codes", "off"),
    [
        # A fifth of 8.00, then all that is left of the cake: more than the cake twice, which is what takes most first.
        ([Line(300, product="tea"), Line(500, product="cake")], [FIFTH, CAKES, CAKES], {"C00", "C01"}, 560),
        ([Line(1000, product="tea"), Line(500, quantity=2, product="cake")], [TENTH, CAKES, CAKES],
         {"C00", "C01"}, 600),
        # Three take no more than these two.
        ([Line(500, product="cake"), Line(30, quantity=2, product="cake")], [CAKE, THREE, CAKE], {"C00", "C01"}, 530),
        ([Line(100, quantity=2, product="tea"), Line(500, quantity=2, product="cake")], [SEVENTH, CAKES, CAKES],
         {"C00", "C01"}, 514),
        ([Line(900)], [ALONE, FIVE], {"C00"}, 600), ([Line(900)], [ALONE, FIVE, THREE], {"C01", "C02"}, 800),
        ([Line(500)], [FIVE, FIVE, THREE], {"C00"}, 500), ([Line(500)], [], set(), 0), ([], [FIVE], set(), 0),
    ],
)  # fmt: skip
def test_what_takes_most_alone_is_not_always_among_the_best(lines, wallet, codes, off):
    shown = coded(wallet)
    found = best(counter(lines, shown), shown, {})
    assert ({use.code for use in found}, sum(use.off for use in found)) == (codes, off)


def test_pieces_of_a_line_are_taken_off_one_by_one():
    """Of three that cost 10.00 together the second costs half of what the first has left, and all three are free."""
    shown = coded([CAKE] * 3)
    uses = counter([Line(1000, quantity=3, product="cake")], shown).put_down(shown)
    assert [use.off for use in uses] == [333, 334, 333]


def test_what_finds_nothing_left_keeps_no_other_from_its_own():
    shown = coded([CAKES, CAKES, CAKES, THREE])
    found = best(counter([Line(300, product="tea"), Line(500, product="cake")], shown), shown, {})
    assert (len(found), sum(use.off for use in found)) == (3, 800)


def test_no_more_of_a_key_than_the_member_may_still_use_whatever_each_of_them_gives():
    """A voucher that was given before its terms changed is one of its key, too."""
    shown = coded([FIVE, msgspec.structs.replace(FIVE, amount=400), THREE])
    found = best(counter([Line(5000)], shown), shown, {"five_off": 1})
    assert sum(use.off for use in found) == 800
