"""The law of vouchers: what they take off, in which order, with which others, and until when."""

from datetime import UTC, datetime
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guerdon.core import codes, limits, vouchers
from guerdon.core.activities import Activity, Line, Member
from guerdon.core.decisions import VoucherUse
from guerdon.core.errors import Refusal
from guerdon.core.law import Law
from guerdon.core.period import Period
from guerdon.core.redeeming import Counter, spread
from guerdon.core.standing import Standing
from guerdon.core.vouchers import Voucher
from guerdon.features.programmes import forms
from tests import shop

SOFIA = ZoneInfo("Europe/Sofia")
NOON = datetime(2026, 1, 6, 10, tzinfo=UTC)


def law() -> Law:
    reading = forms.read_document(shop.document("cafe"))
    assert reading.programme is not None
    return Law(reading.programme, 1)


def offer(key="v", **more):
    return Voucher(key=key, name={"en": key}, **more)


def put_down(lines, *offers, shown=None):
    """What the vouchers, shown in this order, take off the lines."""
    basket = Activity("voucher_redeem", "till", "1", NOON, Member(external_id="ann"), lines=tuple(lines))
    standing = Standing(account_id="a", enrolled_at=NOON)
    shown = shown or [(f"C{place}", one) for place, one in enumerate(offers)]
    return Counter(law(), basket, standing, offers).put_down(shown)


@given(st.lists(st.integers(1, 10**9), min_size=1, max_size=20), st.data())
def test_a_total_is_spread_as_the_lines_are(weights, data):
    total = data.draw(st.integers(0, sum(weights)))
    parts = spread(total, weights)
    assert sum(parts) == total
    for part, weight in zip(parts, weights, strict=True):
        exact = Fraction(total * weight, sum(weights))
        assert abs(part - exact) < 1 and 0 <= part <= weight


LINES = st.lists(
    st.builds(
        Line, amount=st.integers(0, 10**6), quantity=st.integers(0, 5), product=st.sampled_from(["cake", "tea", None]),
        kind=st.sampled_from(["goods", "goods", "shipping", "tax"]),
    ),
    max_size=6,
)  # fmt: skip
OFFERS = st.lists(
    st.one_of(
        st.integers(1, 10**6).map(lambda off: offer("amount", amount=off)),
        st.tuples(st.integers(1, 10_000), st.none() | st.integers(1, 1000)).map(
            lambda of: offer("percent", percent=of[0], amount_max=of[1])
        ),
        st.just(offer("cake", product="cake")), st.just(offer("post", free_shipping=True)),
        st.just(offer("gift", gift={"en": "A mug"})),
    ),
    max_size=5,
)  # fmt: skip


@given(LINES, OFFERS)
def test_no_line_ever_costs_less_than_nothing_and_each_use_adds_up(lines, offers):
    gone = [0] * len(lines)
    for use in put_down(lines, *offers):
        if isinstance(use, VoucherUse):
            assert use.off == sum(use.lines.values())
            for number, off in use.lines.items():
                gone[int(number) - 1] += off
                assert off > 0
        else:
            assert use.code == "voucher_takes_nothing"
    assert all(0 <= off <= line.net for off, line in zip(gone, lines, strict=True))
    assert all(line.kind in ("goods", "shipping") for off, line in zip(gone, lines, strict=True) if off)


@given(LINES, OFFERS, st.randoms(use_true_random=False))
def test_the_order_in_which_they_are_shown_changes_nothing(lines, offers, chance):
    shown = [(f"C{place}", one) for place, one in enumerate(offers)]
    mixed = list(shown)
    chance.shuffle(mixed)

    def told(found):
        return sorted((use.code, use.off, tuple(use.lines)) for use in found if isinstance(use, VoucherUse))

    assert told(put_down(lines, *offers, shown=shown)) == told(put_down(lines, *offers, shown=mixed))


def test_a_percentage_is_rounded_once_and_spread_by_largest_remainder():
    (use,) = put_down([Line(amount=333), Line(amount=333), Line(amount=334)], offer(percent=1_250))
    assert (use.off, use.lines) == (125, {"1": 42, "2": 41, "3": 42})  # 125.00 of 1000: 41.625, 41.625, 41.75


def test_a_percentage_has_a_most():
    (use,) = put_down([Line(amount=10_000)], offer(percent=5_000, amount_max=1_500))
    assert use.off == 1_500


def test_percentages_come_before_amounts():
    first, second = put_down([Line(amount=1_000)], offer("a", amount=500), offer("p", percent=1_000))
    assert (first.off, second.off) == (500, 100)


def test_one_piece_is_free_the_dearest_there_is():
    lines = [Line(amount=900, quantity=3, product="cake"), Line(amount=350, product="cake"), Line(amount=500)]
    (use,) = put_down(lines, offer(product="cake"))
    assert use.lines == {"2": 350}


def test_a_second_free_piece_is_a_whole_one():
    tea = offer("tea", product="tea", uses_per_member=2)
    found = put_down([Line(amount=600, quantity=2, product="tea")], tea, tea)
    assert [use.off for use in found] == [300, 300]


def test_only_shipping_is_free():
    (use,) = put_down([Line(amount=900), Line(amount=490, kind="shipping")], offer(free_shipping=True))
    assert use.lines == {"2": 490}


def test_a_gift_takes_nothing_off_and_needs_nothing():
    assert put_down([], offer(gift={"en": "A mug"})) == [VoucherUse("C0", "v")]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (offer("a", amount=1, group="g"), offer("b", amount=1, group="g")),
        (offer("a", amount=1, exclusive=True), offer("b", amount=1)),
        (offer("a", amount=1), offer("b", amount=1, exclusive=True)),
    ],
)  # fmt: skip
def test_not_all_go_together(one, other):
    with pytest.raises(Refusal, match="vouchers_together"):
        vouchers.check_together([one, other])


def test_the_others_do():
    vouchers.check_together([offer("a", amount=1, group="g"), offer("b", amount=1, group="h"), offer("c", amount=1)])


def test_it_ends_with_the_local_day_that_is_its_last():
    issued = datetime(2026, 3, 1, 23, tzinfo=UTC)  # 2 March in Sofia
    assert vouchers.ends(offer(amount=1, valid_days=27), issued, SOFIA) == datetime(2026, 3, 29, 21, tzinfo=UTC)
    until = datetime(2026, 3, 10, tzinfo=UTC)
    assert vouchers.ends(offer(amount=1, valid_days=27, during=Period(None, until)), issued, SOFIA) == until
    assert vouchers.ends(offer(amount=1), issued, SOFIA) is None


def test_a_code_is_one_however_it_is_typed():
    code = codes.made(range(codes.RANDOM))
    assert vouchers.stored(f" {codes.shown(code).lower()} ") == code
    assert vouchers.stored(" summer10 ") == "SUMMER10"


@pytest.mark.parametrize("typed", ["", " ", "A" * 65, "two words", "a/b", "a\x00b"])
def test_not_everything_is_a_code(typed):
    with pytest.raises(Refusal, match="voucher_codes_invalid"):
        vouchers.stored(typed)


def refusal(one, **more):
    """Why a code of the voucher is of no use to account a at noon; None where it is."""
    facts = {
        "code": "C",
        "holder": "a",
        "account_id": "a",
        "found": "active",
        "uses": 1,
        "expires_at": None,
        "at": NOON,
    }
    try:
        vouchers.check(one, **{**facts, **more})
    except Refusal as refused:
        return refused.code
    return None


def test_a_code_is_of_use_to_its_holder_and_within_its_time():
    one, later = offer(), NOON.replace(hour=11)
    assert refusal(one) is None
    assert refusal(one, holder="b") == "voucher_of_another"
    assert refusal(one, holder=None) == "voucher_not_given_out"
    assert refusal(offer(bearer=True), holder=None) is None
    assert (refusal(one, found="withdrawn"), refusal(one, found="used")) == ("voucher_withdrawn", "voucher_used")
    assert (refusal(one, expires_at=NOON), refusal(one, expires_at=later)) == ("voucher_expired", None)
    assert (refusal(offer(during=Period(until=NOON))), refusal(offer(during=Period(until=later)))) == (
        "voucher_expired", None,
    )  # fmt: skip
    assert (refusal(offer(during=Period(start=later))), refusal(offer(during=Period(start=NOON)))) == (
        "voucher_not_yet", None,
    )  # fmt: skip


def test_a_member_uses_such_vouchers_as_often_as_may_be():
    vouchers.check_limit(offer(), 99)
    vouchers.check_limit(offer(uses_per_member=2), 1)
    with pytest.raises(Refusal, match="voucher_limit"):
        vouchers.check_limit(offer(uses_per_member=2), 2)


def test_codes_that_nobody_can_read_are_told_with_their_places():
    """As many as are told, and how many there are in all."""
    right = ["ABCD2345", "WXYZ2345"]
    wrong = ["A/B"] * (limits.WRONG_CODES_TOLD + 1)
    with pytest.raises(Refusal, match="voucher_codes_unreadable") as refused:
        vouchers.all_stored([right[0], *wrong, right[1]])
    assert refused.value.facts["codes"] == len(wrong)
    assert refused.value.facts["places"] == ", ".join(str(place) for place in range(1, limits.WRONG_CODES_TOLD + 1))
