"""What can hold together: every pair of small conditions about one thing, beside all that this thing can be."""

from datetime import date, timedelta
from itertools import chain, combinations, product

import pytest

from guerdon.core import conditions as c
from guerdon.core import limits, reach

MONDAY = date(2026, 3, 2)
f = frozenset


def subsets(words):
    return [f(some) for count in range(len(words) + 1) for some in combinations(words, count)]


def single(node, value):
    return (not node.any_of or value in node.any_of) and value not in node.none_of


def several(node, values):
    return (not node.any_of or bool(node.any_of & values)) and not node.none_of & values


def named(node, value):
    """As the law has it: true is not 1, and what is no number lies in no range."""
    typed = (type(value), value)
    number = value if type(value) is int else None
    return (
        (not node.any_of or typed in {(type(one), one) for one in node.any_of})
        and typed not in {(type(one), one) for one in node.none_of}
        and (node.exists is None or (value is not None) is node.exists)
        and (node.min is None or (number is not None and number >= node.min))
        and (node.max is None or (number is not None and number <= node.max))
    )


def within(node, number):
    return (node.min is None or number >= node.min) and (node.max is None or number <= node.max)


def of_day(node, day):
    if isinstance(node, c.Weekday):
        return day.isoweekday() in node.any_of
    return (node.start is None or node.start <= day) and (node.until is None or day < node.until)


def of_clock(node, minute):
    if node.start <= node.until:
        return node.start <= minute < node.until
    return minute >= node.start or minute < node.until


def of_count(node, so_far):
    return so_far == 0 if isinstance(node, c.First) else so_far == node.n - 1


def of_basket(node, basket):
    return all(have >= asked for have, asked in zip(basket, (node.amount_min, node.quantity_min, node.lines_min)))  # noqa: B905


def words(what, *sets):
    return [c.Is(what, f(one), f(other)) for one, other in sets]


def days(count):
    return MONDAY + timedelta(days=count)


ASKED = ((f("a"), f()), (f("ab"), f()), (f(), f("a")), (f("ab"), f("b")), (f("b"), f("a")), (f(), f("ab")))
LADDER = f({"silver", "gold"})
TIERS = ("silver", "gold", "friend")
# By subject: the conditions, all that it can be, what is meant, and the tiers of which one has one at most.
SUBJECTS = {
    "store": (words("store", *ASKED), [None, "a", "b", "z"], single, ()),
    "segment": (words("segment", *ASKED), subsets("abz"), several, ()),
    "tier": (
        words("tier", (f({"silver"}), f()), (f({"gold"}), f()), (LADDER, f()), (f(), f({"gold"})), (f({"friend"}), f()),
              (f({"friend", "gold"}), f())),
        [some for some in subsets(TIERS) if len(some & LADDER) < 2], several, (LADDER,),
    ),
    "weekday": ([c.Weekday(some) for some in subsets((1, 3, 7)) if some], [days(n) for n in range(7)], of_day, ()),
    "days": (
        [c.Dates(days(2)), c.Dates(until=days(2)), c.Dates(days(1), days(3)), c.Dates(days(2), days(3)),
         c.Dates(days(3), days(9)), c.Dates(days(1), days(8)), c.Weekday(f({1})),
         c.Weekday(f({4, 5})), c.Weekday(f({7}))],
        [days(n) for n in range(-9, 20)], of_day, (),
    ),
    "hour": (
        [c.Hour(0, 60), c.Hour(59, 90), c.Hour(60, 61), c.Hour(1380, 1), c.Hour(1379, 1380), c.Hour(1439, 1440)],
        range(1440), of_clock, (),
    ),
    "attribute": (
        [c.Attribute("x", any_of=f({1})), c.Attribute("x", any_of=f({True, "a"})), c.Attribute("x", any_of=f({2, 5})),
         c.Attribute("x", none_of=f({1})), c.Attribute("x", none_of=f({"a", True}), any_of=f({"a", 2})),
         c.Attribute("x", exists=True), c.Attribute("x", exists=False)],
        [None, "a", "b", True, False, 1, 2, 5], named, (),
    ),
    "counter": (
        [c.Counter("count:visit", "month", *most)
         for most in ((2, None), (None, 1), (None, 2), (1, 1), (0, 0), (3, 5))],
        range(9), within, (),
    ),
    "count": ([c.First(), c.Nth(1), c.Nth(2), c.Nth(4)], range(6), of_count, ()),
    "basket": (
        [c.Basket(5), c.Basket(6), c.Basket(1), c.Basket(0, 1),
         c.Basket(quantity_min=2), c.Basket(5, 2, 1), c.Basket(0, 3), c.Basket(lines_min=2)],
        list(product((0, 1, 4, 5, 6), (0, 1, 2, 3), (0, 1, 2))), of_basket, (),
    ),
}  # fmt: skip


@pytest.mark.parametrize("subject", SUBJECTS)
def test_what_can_hold_together_is_what_something_meets(subject):
    """Each condition and its contrary, alone and beside every other one."""
    asked, domain, holds, groups = SUBJECTS[subject]
    signed = [(node, sign) for node in asked for sign in (True, False)]
    for (one, first), (other, second) in chain(product(signed, repeat=2)):
        tree = c.All(tuple(node if sign else c.Not(node) for node, sign in ((one, first), (other, second))))
        met = any(holds(one, value) is first and holds(other, value) is second for value in domain)
        assert reach.can(reach.of_condition(tree), groups) is met, tree
        apart = reach.meet(reach.of_condition(one, holds=first), reach.of_condition(other, holds=second), groups)
        assert apart is met, tree
        # Where not both hold, the contrary of one of them does.
        either = any(holds(one, value) is not first or holds(other, value) is not second for value in domain)
        assert reach.can(reach.of_condition(tree, holds=False), groups) is either, tree


RANGES = [(3, None), (None, 2), (1, 4), (5, 5)]


@pytest.mark.parametrize("one", RANGES)
@pytest.mark.parametrize("asked", [{}, *[{"any_of": f({word})} for word in (1, 2, 3, 5, "a", True)], {"exists": False}])
def test_a_range_of_an_attribute_is_of_numbers(one, asked):
    """What does not lie in a range may be no number, so of the contrary of a range nothing is said."""
    bounds = dict(zip(("min", "max"), one, strict=True))
    tree = c.All((c.Attribute("x", **bounds), c.Attribute("x", **asked)))
    domain = [None, "a", True, *range(8)]
    both = [value for value in domain if named(tree.of[0], value) and named(tree.of[1], value)]
    assert reach.can(reach.of_condition(tree)) is bool(both)
    assert reach.of_condition(c.Not(c.Attribute("x", **bounds)))[0][1:] == ()
    for other in RANGES:
        more = c.All(
            (tree.of[0], c.Fact("x", **bounds), c.Attribute("x", **dict(zip(("min", "max"), other, strict=True))))
        )
        assert reach.can(reach.of_condition(more)) is any(named(tree.of[0], n) and named(more.of[2], n) for n in domain)


BRAND, TAG = c.LineIs("brand", f("a")), c.LineIs("tag", f("a"))


@pytest.mark.parametrize(
    ("parts", "possible"),
    [
        ((BRAND, c.LineIs("brand", f("b"))), False),
        ((TAG, c.LineIs("tag", f("b"))), True),
        ((BRAND, c.LineNot(BRAND)), False),
        ((TAG, c.LineNot(TAG)), False),
        ((c.LineReaches(5), c.LineNot(c.LineReaches(6))), True),
        ((c.LineReaches(5), c.LineNot(c.LineReaches(5))), False),
        ((c.LineReaches(0, 2), c.LineNot(c.LineReaches(0, 2))), False),
        ((c.LineReaches(0, 2), c.LineNot(c.LineReaches(1, 3))), True),
        ((c.LineNot(c.LineAny((BRAND, TAG))), BRAND), False),
        ((c.LineNot(c.LineAll((BRAND, TAG))), BRAND), True),
        ((c.LineNot(c.LineAll((BRAND, TAG))), BRAND, TAG), False),
    ],
)
def test_which_lines_pass(parts, possible):
    assert reach.can(reach.of_lines(c.LineAll(parts))) is possible
    assert reach.meet(reach.of_lines(parts[0]), reach.of_lines(c.LineAll(parts[1:]))) is possible


def test_what_asks_nothing_always_holds():
    assert reach.of_condition(None) == reach.of_lines(None) == reach.ALWAYS
    assert reach.of_condition(None, holds=False) == reach.of_lines(None, holds=False) == reach.NEVER
    assert reach.can(reach.ALWAYS) and not reach.can(reach.NEVER)


def test_what_some_lines_reach_the_basket_reaches():
    some = c.Lines(BRAND, amount_min=50, quantity_min=2, lines_min=1)
    for below, possible in (
        (c.Basket(50), False),
        (c.Basket(51), True),
        (c.Basket(0, 2), False),
        (c.Basket(0, 3), True),
    ):
        assert reach.can(reach.of_condition(c.All((some, c.Not(below))))) is possible
    other = c.Not(c.Lines(TAG, amount_min=50))
    assert reach.can(reach.of_condition(c.All((some, other))))


def test_a_count_of_any_kind_is_that_of_the_only_one():
    """`first: {kind: visit}` speaks of visits, `nth` of the activity's own kind."""
    contrary = c.All((c.First("visit"), c.Nth(2)))
    for kinds, possible in ((f({"visit"}), False), (f({"purchase"}), True), (f({"visit", "purchase"}), True)):
        assert reach.can(reach.of_condition(c.All((contrary, c.Is("kind", kinds))))) is possible


@pytest.mark.parametrize(
    ("spans", "possible"),
    [
        (((0, None), (5, None), (None, 7), (None, 99)), False), (((1, None), (0, None), (None, 7), (None, 99)), True),
        (((1, 2), (0, 99)), True), (((2, 8), (0, 99)), False), (((2, 9), (0, 99)), True), (((0, 1), (0, 99)), False),
        (((None, 7), (None, 99)), True), (((2, None), (3, None)), True),
    ],
)  # fmt: skip
def test_a_weekday_comes_in_the_days_that_all_spans_share(spans, possible):
    """A Tuesday: the second day, and the ninth."""
    asked = [c.Dates(*[None if number is None else days(number) for number in span]) for span in spans]
    assert reach.can(reach.of_condition(c.All((*asked, c.Weekday(f({2})))))) is possible
    assert (
        reach.can(reach.of_condition(c.All((c.Weekday(f({1, 2})), *reversed(asked), c.Weekday(f({2, 3})))))) is possible
    )


def test_a_tree_of_just_as_many_alternatives_is_looked_at():
    def either(number):
        return c.Any((c.Is("store", f({f"a{number}"})), c.Is("store", f({f"b{number}"}))))

    fits = 1
    while 2 ** (fits + 1) <= limits.ALTERNATIVES_MAX:
        fits += 1
    assert len(reach.of_condition(c.All(tuple(map(either, range(fits)))))) == 2**fits
    assert reach.of_condition(c.All(tuple(map(either, range(fits + 1))))) == reach.ALWAYS
    some = tuple(c.Is("store", f({f"s{number}"})) for number in range(limits.ALTERNATIVES_MAX + 1))
    assert len(reach.of_condition(c.Any(some[1:]))) == limits.ALTERNATIVES_MAX
    assert reach.of_condition(c.Any(some)) == reach.ALWAYS
