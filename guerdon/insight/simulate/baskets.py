"""Lines summed up into baskets once for a set of filters: however many programmes ask the same of them, that is all."""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from guerdon.core import conditions, errors
from guerdon.core.conditions import LineFilter
from guerdon.core.programme import Earning
from guerdon.insight.simulate.history import Code, Facts, History, Whole
from guerdon.insight.simulate.jit import jit

Yes = NDArray[np.bool_]
WHAT_IF_TOO_LARGE = errors.declare("forbidden", "what_if_too_large", "unit")


class Baskets(NamedTuple):
    """Lines that earn, summed by what they are: those of a row from `first` on; `sign` says which filters they pass.

    `amount` and `pieces` are as told; rows say how often they count.
    """

    first: Whole
    sign: Code
    amount: Whole
    pieces: Whole
    lines: Whole
    passes: Yes  # [sign, filter]
    kinds: Whole  # of each sign, the kind of its lines, as its place in `KINDS`


KINDS = ("goods", "tax", "shipping", "gift_card", "fee")


class Signs:
    """Which filters each line passes, as the number of a row of `passes`."""

    def __init__(self, history: History, filters: Sequence[LineFilter | None]) -> None:
        self.facts = history.facts
        self._codes = _codes_of(history)
        self._kinds = np.array([KINDS.index(item.kind) for item in history.items], dtype=np.int64)
        self._tags = [frozenset(item.tags) for item in history.items]
        self._row: Whole | None = None
        fixed = {number: where for number, where in enumerate(filters) if where is not None and not _moves(where)}
        moving = {number: where for number, where in enumerate(filters) if where is not None and _moves(where)}
        table = np.ones((len(history.items), len(filters) + 1), dtype=np.int64)
        for number, where in fixed.items():
            table[:, number] = self._of_items(where)
        table[:, -1] = self._kinds
        rows, of_item = np.unique(table, axis=0, return_inverse=True)
        sign: Whole = of_item.reshape(-1).astype(np.int64)[self.facts.item]
        if moving:
            bits = np.zeros(len(self.facts.net), dtype=np.int64)
            for place, where in enumerate(moving.values()):
                bits |= self._of_lines(where).astype(np.int64) << place
            both, sign = np.unique((sign << len(moving)) | bits, return_inverse=True)
            rows = rows[both >> len(moving)]
            for place, number in enumerate(moving):
                rows[:, number] = (both >> place) & 1
        self.sign: Code = sign.reshape(-1).astype(np.int32)
        self.passes: Yes = rows[:, :-1].astype(np.bool_)
        self.kinds: Whole = rows[:, -1].copy()

    def _of_items(self, where: LineFilter) -> Yes:
        return _tree(where, self._is, lambda node: np.ones(len(self._kinds), dtype=np.bool_))

    def _of_lines(self, where: LineFilter) -> Yes:
        return _tree(where, lambda node: self._is(node)[self.facts.item], self._reaches)

    def _is(self, node: conditions.LineIs) -> Yes:
        if node.what == "tag":
            wanted, refused = node.any_of, node.none_of
            found = [(not wanted or not wanted.isdisjoint(tags)) and refused.isdisjoint(tags) for tags in self._tags]
            return np.array(found, dtype=np.bool_)
        codes, words = self._codes[node.what]
        passes = np.ones(len(codes), dtype=np.bool_)
        if node.any_of:
            passes &= np.isin(codes, [words[word] for word in node.any_of if word in words])
        if node.none_of:
            passes &= ~np.isin(codes, [words[word] for word in node.none_of if word in words])
        return passes

    def _reaches(self, node: conditions.LineReaches) -> Yes:
        """Whether a line alone reaches so much; of foreign money, or a part that was kept, without rounding."""
        facts = self.facts
        if self._row is None:
            self._row = np.repeat(np.arange(facts.rows), np.diff(facts.line_first))
        up, down = facts.up[self._row], facts.down[self._row]
        enough = facts.net * up * facts.home[self._row] >= node.amount_min * down * facts.units[self._row]
        return enough & (facts.quantity * up >= node.quantity_min * down)


def _codes_of(history: History) -> dict[str, tuple[Whole, dict[str, int]]]:
    """The words of the items by numbers: of products, categories and brands."""
    found: dict[str, tuple[Whole, dict[str, int]]] = {}
    for name in ("product", "category", "brand"):
        words: dict[str | None, int] = {}
        codes = [words.setdefault(getattr(item, name), len(words)) for item in history.items]
        told = {word: code for word, code in words.items() if word is not None}
        found[name] = (np.array(codes, dtype=np.int64), told)
    return found


def _moves(where: LineFilter) -> bool:
    if isinstance(where, conditions.LineAll | conditions.LineAny):
        return any(_moves(part) for part in where.of)
    if isinstance(where, conditions.LineNot):
        return _moves(where.of)
    return isinstance(where, conditions.LineReaches)


def _tree(
    where: LineFilter,
    word: Callable[[conditions.LineIs], Yes],
    reaches: Callable[[conditions.LineReaches], Yes],
) -> Yes:
    if isinstance(where, conditions.LineIs):
        return word(where)
    if isinstance(where, conditions.LineReaches):
        return reaches(where)
    if isinstance(where, conditions.LineNot):
        return ~_tree(where.of, word, reaches)
    parts = [_tree(part, word, reaches) for part in where.of]
    how = np.logical_and if isinstance(where, conditions.LineAll) else np.logical_or
    found: Yes = how.reduce(parts)
    return found


def gather(history: History, filters: Sequence[LineFilter | None], *, by_line: bool) -> Baskets:
    """Sum up the lines of every row by the filters they pass; `by_line` leaves each line by itself."""
    signs = Signs(history, filters)
    facts = history.facts
    room = len(facts.net)
    first = np.zeros(facts.rows + 1, dtype=np.int64)
    sign, amount = np.empty(room, dtype=np.int32), np.empty(room, dtype=np.int64)
    pieces, lines = np.empty(room, dtype=np.int64), np.empty(room, dtype=np.int64)
    place = np.full(len(signs.passes), -1, dtype=np.int64)
    used = _gather(
        facts.line_first, signs.sign, facts.net, facts.quantity, place, by_line, first, sign, amount, pieces, lines,
    )  # fmt: skip
    cut = (sign[:used].copy(), amount[:used].copy(), pieces[:used].copy(), lines[:used].copy())
    return Baskets(first, *cut, signs.passes, signs.kinds)


@jit
def _gather(  # noqa: PLR0913, PLR0917 - a compiled loop sees arrays only
    line_first: Whole, signs: Code, net: Whole, quantity: Whole, place: Whole, by_line: bool, first: Whole, sign: Code,
    amount: Whole, pieces: Whole, lines: Whole,
) -> int:  # fmt: skip
    """Fill in the sums row by row; answers how many there are."""
    used = 0
    for row in range(len(line_first) - 1):
        begin = used
        for line in range(line_first[row], line_first[row + 1]):
            if net[line] <= 0:
                continue
            one = signs[line]
            at = place[one]
            if by_line or at < begin:
                at = used
                place[one] = at
                sign[at] = one
                amount[at] = 0
                pieces[at] = 0
                lines[at] = 0
                used += 1
            amount[at] += net[line]
            pieces[at] += quantity[line]
            lines[at] += 1
        first[row + 1] = used
    return used


class Counted(NamedTuple):
    """How much a row counts under one way to earn: amounts × `up` ÷ `down`, pieces × `piece` ÷ `down`."""

    up: Whole
    down: Whole
    piece: Whole
    spend: Whole  # the eligible amount, minor units of the programme's currency
    earns: Yes  # by kind of line

    @property
    def shares(self) -> tuple[Whole, Whole, Whole]:
        """How much of what was told counts."""
        return self.up, self.down, self.piece


def counted(history: History, baskets: Baskets, earning: Earning) -> Counted:
    """Tenders that earn nothing, foreign money and kept parts make fractions of what was told (LAW 3.1, 3.2)."""
    facts = history.facts
    earns = np.array([kind == "goods" or bool(getattr(earning, kind)) for kind in KINDS], dtype=np.bool_)
    goods = summed(baskets, baskets.amount, earns[baskets.kinds])
    idle = _idle(history, earning.tenders_without)
    if (
        max(product(facts.up, facts.home), product(facts.down, facts.units)) * max(1, int(goods.max(initial=0)))
        >= 2**62
    ):
        raise WHAT_IF_TOO_LARGE(unit=history.currency)
    up, down = facts.up * facts.home, facts.down * facts.units
    some = idle > 0
    if max(product(goods, facts.up), product(idle, facts.down)) >= 2**62:
        raise WHAT_IF_TOO_LARGE(unit=history.currency)
    whole = np.maximum(1, goods[some] * facts.up[some])
    counts = np.maximum(0, goods[some] * facts.up[some] - idle[some] * facts.down[some])
    both = np.gcd(counts, whole)
    if max(product(up[some], counts // both), product(down[some], whole // both)) >= 2**62:
        raise WHAT_IF_TOO_LARGE(unit=history.currency)
    up[some] *= counts // both
    down[some] *= whole // both
    if product(goods, up) >= 2**62:
        raise WHAT_IF_TOO_LARGE(unit=history.currency)
    piece = facts.up * (down // facts.down)
    return Counted(up, down, piece, goods * up // down, earns)


def summed(baskets: Baskets, of: Whole, which: Yes) -> Whole:
    """The sum over each row of its baskets whose signs are among these."""
    sums = np.zeros(len(of) + 1, dtype=np.int64)
    np.cumsum(np.where(which[baskets.sign], of, 0), out=sums[1:])
    found: Whole = sums[baskets.first[1:]] - sums[baskets.first[:-1]]
    return found


def _idle(history: History, kinds: Iterable[str]) -> Whole:
    facts: Facts = history.facts
    idle = np.isin(facts.tender, [history.code(kind) for kind in kinds])
    sums = np.zeros(len(idle) + 1, dtype=np.int64)
    np.cumsum(np.where(idle, facts.tendered, 0), out=sums[1:])
    found: Whole = sums[facts.tender_first[1:]] - sums[facts.tender_first[:-1]]
    return found


def product(one: Whole, other: Whole) -> int:
    """The largest product, as a number that can't overflow."""
    most = int(one.max(initial=0)) * int(other.max(initial=0))
    if most < 2**62:
        return int((one * other).max(initial=0))
    return max((a * b for a, b in zip(one.tolist(), other.tolist(), strict=True)), default=0)
