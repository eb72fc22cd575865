"""Hypothesis strategies for conditions and line filters, as rules, rewards and vouchers ask them."""

from functools import cache

from hypothesis import strategies as st

from guerdon.core import conditions as c
from guerdon.core import period
from guerdon.core.grammar.words import COUNTED_KINDS
from tests.words import amounts, days, labels, pieces, scalars, words


def either(values):
    """Values as (any_of, none_of), one of them at least, that some word can pass."""
    empty = st.just(frozenset())
    pair = st.tuples(values | empty, values | empty)
    return pair.filter(lambda both: bool(both[0] | both[1]) and not (both[0] and both[0] <= both[1]))


def _bounds(numbers):
    """(min, max), one of them at least, in order."""
    pair = st.tuples(st.none() | numbers, st.none() | numbers)
    return pair.filter(lambda both: both != (None, None)).map(
        lambda both: tuple(sorted(both)) if None not in both else both
    )


def _is(what, values=words):
    return either(values).map(lambda both: c.Is(what, *both))


def _line_leaves(negated):
    plain = st.tuples(st.sampled_from(("product", "category", "brand", "tag")), either(words))
    found = plain.map(lambda told: c.LineIs(told[0], *told[1]))
    if negated:  # a lower bound under `not` would let members who spend more earn less
        return found
    return found | st.builds(c.LineReaches, amounts, pieces) | st.builds(c.LineReaches, quantity_min=pieces)


@cache
def line_filters(*, negated=False, depth=3):
    """Line filters; under `not` without lower bounds."""
    if depth <= 1:
        return _line_leaves(negated)
    below = st.deferred(lambda: line_filters(negated=negated, depth=depth - 1))
    flipped = st.deferred(lambda: line_filters(negated=not negated, depth=depth - 1))
    several = st.lists(below, min_size=1, max_size=3).map(tuple)
    return st.one_of(
        _line_leaves(negated),
        several.map(c.LineAll),
        several.map(c.LineAny),
        flipped.map(c.LineNot),
    )


def _dates():
    both = st.tuples(days, days).filter(lambda pair: pair[0] != pair[1]).map(sorted)
    return st.one_of(both.map(lambda pair: c.Dates(*pair)), days.map(c.Dates), days.map(lambda day: c.Dates(until=day)))


def _named(of):
    tested = st.tuples(either(scalars), st.none() | st.just(True)).map(
        lambda told: {"any_of": told[0][0], "none_of": told[0][1], "exists": told[1]}
    )
    ranged = _bounds(st.integers(-(10**9), 10**9)).map(lambda both: {"min": both[0], "max": both[1]})
    known = st.booleans().map(lambda exists: {"exists": exists})
    return st.builds(lambda name, facts: of(name, **facts), labels, tested | ranged | known)


def _counters(kinds, negated):
    spans = st.sampled_from(period.WINDOWS)
    times = st.builds(
        lambda kind, span, both: c.Counter("count:" + kind, span, *both),
        st.sampled_from(kinds), spans, _bounds(st.integers(0, 500)),
    )  # fmt: skip
    bound = st.integers(0, 10**8)
    spend = st.builds(lambda span, most: c.Counter("spend", span, **{"max" if negated else "min": most}), spans, bound)
    return times | spend


@cache
def _leaves(kinds, currencies, negated):
    kind = st.sampled_from(kinds)
    free = [_is(what) for what in ("channel", "store", "partner", "tender", "segment", "tier", "membership")]
    hours = st.tuples(st.integers(0, 1439), st.integers(0, 1440)).filter(lambda told: told[0] != told[1])
    found = [
        *free,
        _is("kind", st.frozensets(kind, min_size=1, max_size=3)),
        _is("currency", st.frozensets(st.sampled_from(currencies), min_size=1)),
        _dates(),
        st.frozensets(st.integers(1, 7), min_size=1).map(c.Weekday),
        hours.map(lambda told: c.Hour(*told)),
        (st.none() | kind).map(c.First),
        st.builds(c.Nth, st.integers(1, 1_000), st.booleans()),
        st.builds(c.DaysSince, st.integers(1, 400), st.none() | kind),
        _named(c.Attribute),
        _named(c.Fact),
        st.just(c.BirthdayMonth()),
        _counters(kinds, negated),
    ]
    if not negated:
        found += [
            st.builds(c.Basket, amounts, st.integers(0, 50), st.integers(0, 50)),
            st.builds(c.Lines, line_filters(), st.integers(0, 10**6), st.integers(0, 50), st.integers(1, 50)),
            line_filters(depth=1).map(c.Lines),
        ]
    return st.one_of(found)


@cache
def conditions(*, kinds=COUNTED_KINDS, currencies=("EUR",), negated=False, depth=3):
    """Conditions; lower bounds on spending stand only where more spending helps."""
    leaves = _leaves(kinds, currencies, negated)
    if depth <= 1:
        return leaves
    inner = {"kinds": kinds, "currencies": currencies, "depth": depth - 1}
    below = st.deferred(lambda: conditions(negated=negated, **inner))
    flipped = st.deferred(lambda: conditions(negated=not negated, **inner))
    several = st.lists(below, min_size=1, max_size=3).map(tuple)
    return st.one_of(leaves, leaves, several.map(c.All), several.map(c.Any), flipped.map(c.Not))
