"""Returns of parts: what is kept earns exactly what it would have earned alone, whatever the slices and their order."""

from fractions import Fraction

import hypothesis
import msgspec
import pytest
from hypothesis import strategies as st

from guerdon.core import returns
from guerdon.core.activities import Activity, Line, Member, Reference, ReturnedLine, Tender
from guerdon.core.errors import Refusal
from guerdon.core.law import Law
from guerdon.core.returns import Slice
from tests import effort
from tests.core.small import NOON, Small

LATTE = Line(amount=380, product="latte", category="coffee")
BAKLAVA = Line(amount=450, discount=50, product="baklava", quantity=2)
BOUGHT = Activity("purchase", "till", "one", NOON, Member(id="m"), lines=(LATTE, LATTE, BAKLAVA))
IN_ONE_SUM = Activity("purchase", "till", "two", NOON, Member(id="m"), amount=1160)


def back(**parts):
    named = parts.pop("numbered", ())
    return Activity("return", "till", "back", NOON, Member(id="m"), returns=Reference("one", lines=named), **parts)


def left_after(purchase: Activity, *told: Activity) -> int:
    slices: list[Slice] = []
    rest = returns.kept(purchase, slices)
    for one in told:
        part = returns.slice_of(one, purchase, rest, home="EUR")
        rest = returns.after(purchase, slices, part, rest)
        slices.append(part)
    return rest.left


@pytest.mark.parametrize(
    ("parts", "left"),
    [
        ({}, 0),
        ({"amount": 1160}, 0),
        ({"amount": 160}, 1000),
        ({"lines": (LATTE, BAKLAVA, LATTE)}, 0),
        ({"lines": (BAKLAVA,)}, 760),
        ({"lines": (Line(amount=200, product="baklava"),)}, 960),
        ({"lines": (Line(amount=700, category="coffee", quantity=2),)}, 460),
        ({"numbered": (ReturnedLine(3),)}, 760),
        ({"numbered": (ReturnedLine(3, quantity=1),)}, 960),
        ({"numbered": (ReturnedLine(3, amount=1), ReturnedLine(1))}, 779),
    ],
)
def test_what_comes_back_is_told_in_four_ways(parts, left):
    assert left_after(BOUGHT, back(**parts)) == left


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({"amount": 1161}, "return_too_much"),
        ({"lines": (LATTE, LATTE, LATTE)}, "return_too_much"),
        ({"lines": (Line(amount=100, product="baklava", quantity=3),)}, "return_too_much"),
        ({"lines": (Line(amount=100, product="tea"),)}, "return_line_unknown"),
        ({"lines": (Line(amount=100),)}, "return_line_unknown"),
        ({"numbered": (ReturnedLine(4),)}, "return_line_unknown"),
        ({"numbered": (ReturnedLine(3, quantity=3),)}, "return_too_much"),
        ({"numbered": (ReturnedLine(3, amount=401),)}, "return_too_much"),
        ({"amount": 100, "currency": "JPY"}, "return_currency"),
    ],
)
def test_nothing_comes_back_that_was_not_there(parts, code):
    with pytest.raises(Refusal) as refusal:
        left_after(BOUGHT, back(**parts))
    assert refusal.value.code == code


@pytest.mark.parametrize(
    ("before", "told", "left", "line"),
    [
        ({"amount": 160}, {"amount": 1001}, 1000, None),
        ({"numbered": (ReturnedLine(3, amount=1),)}, {"numbered": (ReturnedLine(3, amount=400),)}, 399, 3),
        ({"lines": (Line(amount=1, product="baklava"),)}, {"numbered": (ReturnedLine(3, amount=400),)}, 399, 3),
        ({"amount": 1}, {"lines": (Line(amount=401, product="baklava"),)}, 400, 3),
        ({"amount": 1000}, {"lines": (Line(amount=401, product="baklava"),)}, 160, 3),
        ({"amount": 1000}, {"numbered": (ReturnedLine(3, amount=200),)}, 160, None),
    ],
)
def test_a_refusal_says_how_much_was_left_before_it(before, told, left, line):
    with pytest.raises(Refusal) as refusal:
        left_after(BOUGHT, back(**before), back(**told))
    assert (refusal.value.code, refusal.value.facts["left"], refusal.value.facts["line"]) == (
        "return_too_much", left, line,
    )  # fmt: skip


def test_what_is_left_comes_back_once():
    assert left_after(BOUGHT, back(amount=160), back(numbered=(ReturnedLine(3),)), back()) == 0
    assert left_after(IN_ONE_SUM, back(amount=160), back(lines=(Line(amount=1000),))) == 0
    with pytest.raises(Refusal) as refusal:
        left_after(BOUGHT, back(numbered=(ReturnedLine(3),)), back(lines=(BAKLAVA,)))
    assert refusal.value.code == "return_too_much"


def test_a_line_without_pieces_gives_none_back():
    weighed = msgspec.structs.replace(BOUGHT, lines=(Line(amount=380, quantity=0),))
    with pytest.raises(Refusal) as refusal:
        left_after(weighed, back(numbered=(ReturnedLine(1, quantity=1),)))
    assert refusal.value.code == "return_too_much"
    assert left_after(weighed, back(numbered=(ReturnedLine(1),))) == 0


# --- what the kept part earns ---


def parts_of(small: Small, purchase: Activity) -> list[Slice]:
    """Returns of lines and pieces, each of what is there, in an order as it comes."""
    left = [[line.net, line.quantity] for line in purchase.lines]
    slices: list[Slice] = []
    for _ in range(small.of([1, 1, 2, 3])):
        if not left:
            break
        place = small.dice.randrange(len(left))
        money, pieces = left[place]
        amount, few = small.dice.randrange(money + 1), small.dice.randrange(pieces + 1)
        if small.chance(2):
            amount, few = money, pieces
        left[place] = [money - amount, pieces - few]
        slices.append(Slice(numbered=(ReturnedLine(place + 1, quantity=few, amount=amount),)))
    return slices


def without(purchase: Activity, rest: returns.Kept, back: tuple[int, ...]) -> Activity:
    """The purchase as it would have been told had only the kept part been bought."""
    paid = tuple(
        msgspec.structs.replace(tender, amount=tender.amount - amount)
        for tender, amount in zip(purchase.tenders, back, strict=True)
    )
    return msgspec.structs.replace(purchase, lines=rest.lines, tenders=paid)


dice = st.randoms(use_true_random=False).map(Small)
many = hypothesis.settings(max_examples=effort.times(300, 5_000))


@many
@hypothesis.given(dice, st.sampled_from(["pro_rata", "points_first", "card_first"]))
def test_the_kept_part_earns_what_it_would_have_earned_alone(small, how):
    """By the same rules, limits and standing; conditions, groups, caps and tenders included (LAW 4.1, 4.2, 4.5)."""
    law = Law(small.programme(), 1)
    purchase = msgspec.structs.replace(small.activity(), kind="purchase")
    standing, left = small.standing(), small.budgets()
    decision = law.decide(purchase, standing, posted_at=NOON, budgets=left).decision
    slices = parts_of(small, purchase)
    rest = returns.kept(purchase, slices)
    back = returns.tenders_back(purchase, rest.returned, how)
    alone = law.decide(without(purchase, rest, back), standing, posted_at=NOON, budgets=left).decision.awarded()
    given = decision.awarded()
    expected = {unit: min(points, given[unit]) for unit, points in alone.items() if unit in given}
    if not rest.left:
        expected = {}
    assert returns.earned(law, purchase, decision, rest, back) == expected


@many
@hypothesis.given(dice)
def test_any_order_of_the_same_returns_ends_the_same(small):
    law = Law(small.programme(), 1)
    purchase = msgspec.structs.replace(small.activity(), kind="purchase", tenders=())
    decision = law.decide(purchase, small.standing(), posted_at=NOON, budgets=small.budgets()).decision
    slices = parts_of(small, purchase)
    rest = returns.kept(purchase, slices)
    if rest.left:
        slices.append(Slice(amount=small.dice.randrange(rest.left + 1)))
    if small.chance(2) and purchase.lines:
        whole = small.of(purchase.lines)
        slices = (
            [Slice(lines=(whole,)), *slices[-1:]] if slices and not slices[-1].numbered else [Slice(lines=(whole,))]
        )
    other = list(slices)
    small.dice.shuffle(other)
    try:
        one = returns.kept(purchase, slices)
    except Refusal as refusal:
        with pytest.raises(Refusal) as again:
            returns.kept(purchase, other)
        assert again.value.code == refusal.code
        return
    assert returns.kept(purchase, other) == one
    earned = returns.earned(law, purchase, decision, one, ())
    assert all(0 < points <= decision.awarded()[unit] for unit, points in earned.items())


@many
@hypothesis.given(
    st.lists(st.integers(0, 40), min_size=1, max_size=5), st.sampled_from(["pro_rata", "points_first", "card_first"])
)
def test_no_return_takes_money_back_from_a_tender(amounts, how):
    kinds = ["card", "points", "gift_card", "cash", "voucher"]
    tenders = tuple(Tender(kind, amount) for kind, amount in zip(kinds, amounts, strict=False))
    purchase = msgspec.structs.replace(IN_ONE_SUM, amount=sum(amounts), tenders=tenders)
    before = [0] * len(amounts)
    for returned in range(sum(amounts) + 1):
        back = returns.tenders_back(purchase, returned, how)
        assert sum(back) == returned
        assert all(was <= now <= most for was, now, most in zip(before, back, amounts, strict=True))
        before = list(back)
    assert before == amounts


def test_pro_rata_is_as_near_as_whole_cents_allow():
    purchase = msgspec.structs.replace(IN_ONE_SUM, tenders=(Tender("points", 333), Tender("card", 827)))
    for returned in range(0, 1161, 7):
        points, _ = returns.tenders_back(purchase, returned, "pro_rata")
        assert abs(Fraction(333 * returned, 1160) - points) <= Fraction(1, 2)


FOUR = tuple(Tender(kind, 10) for kind in ("card", "points", "gift_card", "voucher"))


@pytest.mark.parametrize(
    ("how", "returned", "back"),
    [
        ("points_first", 15, (0, 10, 5, 0)), ("points_first", 25, (5, 10, 10, 0)),
        ("points_first", 35, (10, 10, 10, 5)),
        ("card_first", 15, (10, 0, 0, 5)), ("card_first", 25, (10, 0, 5, 10)), ("card_first", 35, (10, 5, 10, 10)),
        ("pro_rata", 2, (1, 0, 1, 0)), ("pro_rata", 40, (10, 10, 10, 10)),
    ],
)  # fmt: skip
def test_which_tender_is_filled_up_first(how, returned, back):
    """Points, then gift cards, then the rest; or the rest, then gift cards, then points, each in the order told."""
    paid = msgspec.structs.replace(IN_ONE_SUM, amount=40, tenders=FOUR)
    assert returns.tenders_back(paid, returned, how) == back


@pytest.mark.parametrize(("amount", "returned", "points"), [(100, 50, 5), (100, 99, 9), (100, 100, 10), (0, 0, 0)])
def test_points_of_a_tender_come_back_rounded_down(amount, returned, points):
    assert returns.points_back(Tender("points", amount), returned, 10) == points


PART, OPENED = Slice(amount=1), Slice(reopens=True)


@pytest.mark.parametrize(
    ("slices", "opens", "again"),
    [
        ("", "", ""), ("r", "a", ""), ("rr", "ab", ""), ("rro", "", "c"), ("rror", "d", "c"), ("rrorr", "de", "c"),
        ("ro", "", "b"), ("roro", "", "d"),
    ],
)  # fmt: skip
def test_whose_account_the_next_slice_is_about(slices, opens, again):
    """Opening an order again undoes the returns since it was last opened; a return is about who was given it again."""
    told = [PART if one == "r" else OPENED for one in slices]
    assert returns.payers(told, "abcdef"[: len(told)], reopens=True) == set(opens)
    assert returns.payers(told, "abcdef"[: len(told)], reopens=False) == set(again)
    assert list(returns.current(told)) == told[len(slices.rpartition("o")[0]) + ("o" in slices) :]


CAKE, OTHER = Line(amount=300, product="cake", category="food"), Line(amount=300, product="pie", category="food")


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ((Line(amount=300, category="food"),), [0, 300, 50]),
        ((Line(amount=300, product="pie"),), [300, 0, 50]),
        ((Line(amount=300, product="pie"), Line(amount=300, category="food")), [0, 0, 50]),
        ((Line(amount=300, category="food"), Line(amount=300, product="pie")), [0, 0, 50]),
        ((Line(amount=50),), [300, 300, 0]),
        ((Line(amount=300, category="food"), Line(amount=300, category="food"), Line(amount=50)), [0, 0, 0]),
        ((Line(amount=350, category="food", quantity=2),), [0, 250, 50]),
        ((Line(amount=100, category="food"), Line(amount=300, category="food")), [0, 200, 50]),
    ],
)  # fmt: skip
def test_off_which_lines_a_basket_comes(told, kept):
    """What is told in more words finds its line, whatever else is told; the first one first where several are alike."""
    purchase = msgspec.structs.replace(BOUGHT, lines=(CAKE, OTHER, Line(amount=50)))
    found = returns.kept(purchase, [Slice(lines=told)])
    assert [line.net for line in found.lines] == kept
    assert returns.kept(purchase, [Slice(lines=tuple(reversed(told)))]) == found
    assert (found.total, found.left, found.returned) == (650, sum(kept), 650 - sum(kept))


def test_a_line_that_lost_something_is_no_longer_one_of_just_this_money():
    purchase = msgspec.structs.replace(BOUGHT, lines=(CAKE, CAKE))
    found = returns.kept(purchase, [Slice(numbered=(ReturnedLine(1, amount=100),)), Slice(lines=(CAKE,))])
    assert [line.net for line in found.lines] == [200, 0]
    taxed = msgspec.structs.replace(CAKE, kind="tax")
    with pytest.raises(Refusal, match="return_line_unknown"):
        returns.kept(purchase, [Slice(lines=(taxed,))])


def test_lines_told_alike_are_taken_with_their_pieces():
    """And a refusal names the first line that could have been meant."""
    purchase = msgspec.structs.replace(
        BOUGHT, lines=(Line(50), Line(300, product="cake", quantity=2), Line(300, product="cake"))
    )
    part = Line(400, product="cake", quantity=3)
    found = returns.kept(purchase, [Slice(lines=(part,))])
    assert [(line.net, line.quantity) for line in found.lines] == [(50, 1), (0, 0), (200, 0)]
    for more in (Line(201, product="cake", quantity=0), Line(0, product="cake", quantity=1)):
        with pytest.raises(Refusal, match="return_too_much") as refused:
            returns.kept(purchase, [Slice(lines=(part, more))])
        assert refused.value.facts["line"] == 2
    # A line of which something was taken is no longer one that comes back as it was bought.
    again = returns.kept(
        purchase, [Slice(lines=(Line(100, product="cake", quantity=0), Line(300, product="cake", quantity=2)))]
    )
    assert [(line.net, line.quantity) for line in again.lines] == [(50, 1), (0, 0), (200, 1)]


BRANDED = tuple(Line(300, brand=brand) for brand in "ab")


@pytest.mark.parametrize(
    "told", [(Line(300, brand="b"), Line(100, brand="a")), (Line(100, brand="a"), Line(300, brand="b"))]
)
def test_lines_are_known_by_their_brand_too(told):
    found = returns.kept(msgspec.structs.replace(BOUGHT, lines=BRANDED), [Slice(lines=told)])
    assert [line.net for line in found.lines] == [200, 0]


@pytest.mark.parametrize(
    ("bought", "back", "fits"),
    [(None, None, True), (None, "EUR", True), (None, "USD", False), ("USD", "USD", True), ("USD", "EUR", False),
     ("USD", None, True)],
)  # fmt: skip
def test_a_return_is_told_in_the_money_of_its_purchase(bought, back, fits):
    purchase = msgspec.structs.replace(IN_ONE_SUM, currency=bought)
    one = Activity("return", "till", "back", NOON, Member(id="m"), returns=Reference("two"), amount=5, currency=back)
    rest = returns.kept(purchase, [])
    if fits:
        assert returns.slice_of(one, purchase, rest, home="EUR").amount == 5
        return
    with pytest.raises(Refusal, match="return_currency") as refused:
        returns.slice_of(one, purchase, rest, home="EUR")
    assert refused.value.facts["currency"] == (bought or "EUR")
