"""Conditions and line filters compiled once into closures; the tree stays the one source of their meaning."""

from collections.abc import Callable
from datetime import date, datetime
from operator import attrgetter
from typing import TypeVar
from zoneinfo import ZoneInfo

from guerdon.core import conditions, period
from guerdon.core.activities import Activity, Line
from guerdon.core.decisions import Count
from guerdon.core.standing import Standing

Test = Callable[["Case"], bool]
LineTest = Callable[[Line], bool]
_T = TypeVar("_T")


class Bucket:
    """Eligible lines that pass the same filters, summed: minor units, pieces, lines."""

    __slots__ = ("mask", "amount", "pieces", "lines")

    def __init__(self, mask: int) -> None:
        self.mask = mask
        self.amount = 0
        self.pieces = 0
        self.lines = 0


class Calendar:
    """A local day in the programme's zone, with the names of the counter windows that hold it."""

    __slots__ = ("day", "happened", "names", "zone")

    def __init__(self, day: date, zone: ZoneInfo) -> None:
        self.day = day
        self.zone = zone
        self.names = {span: period.window(day, span) for span in period.WINDOWS}
        self.happened: dict[str, tuple[Count, ...]] = {}  # the law's memory, by kind of activity


class Case:
    """One activity before the law: its eligible basket in buckets, the member's standing, the local time.

    Amounts count as `amount × up ÷ down` minor units of the programme's currency: tenders that earn nothing and
    foreign money make the fraction. Pieces count in parts, `of_piece` of them to a piece: one where nothing was given
    back.
    """

    __slots__ = ("activity", "buckets", "calendar", "down", "home", "local", "of_piece", "standing", "up")

    def __init__(
        self,
        *,
        activity: Activity,
        standing: Standing,
        calendar: "Calendar",
        local: datetime,
        home: str,
        buckets: list[Bucket],
        up: int,
        down: int,
        of_piece: int = 1,
    ) -> None:
        self.activity = activity
        self.standing = standing
        self.calendar = calendar
        self.local = local  # the wall-clock time of the activity in the programme's zone
        self.home = home  # the programme's currency: that of money told without one
        self.buckets = buckets
        self.up = up
        self.down = down
        self.of_piece = of_piece

    def so_far(self, counter: str, span: period.WindowKind) -> int:
        """The member's counter in the window that holds the activity, before it."""
        found = self.standing.counters.get((counter, self.calendar.names[span]))
        return found[0] if found else 0

    @property
    def spend(self) -> int:
        """The eligible amount of the basket, in minor units of the programme's currency."""
        return sum([bucket.amount for bucket in self.buckets]) * self.up // self.down

    def reaches(self, bit: int, amount_min: int, quantity_min: int, lines_min: int) -> bool:
        """Whether the lines under the filter reach all three."""
        amount = pieces = lines = 0
        for bucket in self.buckets:
            if bucket.mask & bit:
                amount += bucket.amount
                pieces += bucket.pieces
                lines += bucket.lines
        enough = amount * self.up >= amount_min * self.down and pieces >= quantity_min * self.of_piece
        return enough and lines >= lines_min


class Filters:
    """All line filters of a version, one bit each; bit 0 is every line."""

    EVERY = 1
    MEMO_MAX = 200_000

    def __init__(self) -> None:
        self._bits: dict[conditions.LineFilter, int] = {}
        self._fixed: list[tuple[int, LineTest]] = []  # depend only on what the product is
        # Depend on the line's amount or pieces, too; the first test says whether the product alone rules them out.
        self._moving: list[tuple[LineTest, int, LineTest]] = []
        self._memo: dict[object, tuple[int, list[tuple[int, LineTest]]]] = {}
        self._words: set[str] = set()  # of a line that some filter looks at
        self._product: Callable[[Line], object] = attrgetter("kind")

    def bit(self, where: conditions.LineFilter | None) -> int:
        """The bit of a filter, compiled at its first use; None is every line."""
        if where is None:
            return self.EVERY
        known = self._bits.get(where)
        if known is None:
            known = self._bits[where] = 2 << len(self._bits)
            self._words |= _words(where)
            self._product = attrgetter(*sorted(self._words or {"kind"}))
            self._memo.clear()
            if _moves(where):
                self._moving.append((_bound(where, most=True), known, line_test(where)))
            else:
                self._fixed.append((known, line_test(where)))
        return known

    def mask(self, line: Line) -> int:
        """The bits of all filters the line passes."""
        product = self._product(line)
        mask, open_filters = self._memo.get(product) or self._learn(product, line)
        for bit, passes in open_filters:
            if passes(line):
                mask |= bit
        return mask

    def _learn(self, product: object, line: Line) -> tuple[int, list[tuple[int, LineTest]]]:
        """What is certain of a product, whatever its amount: the bits it has, and the filters that stay open."""
        mask = self.EVERY
        for bit, passes in self._fixed:
            if passes(line):
                mask |= bit
        open_filters = [(bit, passes) for may_pass, bit, passes in self._moving if may_pass(line)]
        if len(self._memo) >= self.MEMO_MAX:
            self._memo.clear()
        self._memo[product] = (mask, open_filters)
        return mask, open_filters


def _moves(where: conditions.LineFilter) -> bool:
    if isinstance(where, conditions.LineAll | conditions.LineAny):
        return any(_moves(part) for part in where.of)
    if isinstance(where, conditions.LineNot):
        return _moves(where.of)
    return isinstance(where, conditions.LineReaches)


def _words(where: conditions.LineFilter) -> set[str]:
    """The attributes of a line that the filter looks at, amounts and pieces aside."""
    if isinstance(where, conditions.LineAll | conditions.LineAny):
        return {word for part in where.of for word in _words(part)}
    if isinstance(where, conditions.LineNot):
        return _words(where.of)
    if isinstance(where, conditions.LineReaches):
        return set()
    return {"tags" if where.what == "tag" else where.what}


def line_test(where: conditions.LineFilter) -> LineTest:
    """The closure of a line filter."""
    if isinstance(where, conditions.LineReaches):
        amount_min, quantity_min = where.amount_min, where.quantity_min
        return lambda line: line.net >= amount_min and line.quantity >= quantity_min
    return _line_tree(where, line_test, line_test)


def _bound(where: conditions.LineFilter, *, most: bool) -> LineTest:
    """The filter with amounts and pieces left open: whether it may pass at the most, or passes at the least."""
    if isinstance(where, conditions.LineReaches):
        return lambda line: most
    return _line_tree(where, lambda part: _bound(part, most=most), lambda part: _bound(part, most=not most))


def _line_tree(
    where: conditions.LineAll | conditions.LineAny | conditions.LineNot | conditions.LineIs,
    close: Callable[[conditions.LineFilter], LineTest],
    close_negated: Callable[[conditions.LineFilter], LineTest],
) -> LineTest:
    if isinstance(where, conditions.LineAll):
        return _every([close(part) for part in where.of])
    if isinstance(where, conditions.LineAny):
        return _some([close(part) for part in where.of])
    if isinstance(where, conditions.LineNot):
        inner = close_negated(where.of)
        return lambda line: not inner(line)
    return _line_is(where)


def _every(tests: list[Callable[[_T], bool]]) -> Callable[[_T], bool]:
    """All of them; a plain loop, because a generator costs more than most tests do."""

    def holds(subject: _T) -> bool:
        for one in tests:  # noqa: SIM110 - see above
            if not one(subject):
                return False
        return True

    return tests[0] if len(tests) == 1 else holds


def _some(tests: list[Callable[[_T], bool]]) -> Callable[[_T], bool]:
    """One of them at least."""

    def holds(subject: _T) -> bool:
        for one in tests:  # noqa: SIM110 - as in `_every`
            if one(subject):
                return True
        return False

    return tests[0] if len(tests) == 1 else holds


def _line_is(where: conditions.LineIs) -> LineTest:
    any_of, none_of = where.any_of, where.none_of
    if where.what == "tag":
        return lambda line: (not any_of or not any_of.isdisjoint(line.tags)) and none_of.isdisjoint(line.tags)
    read: Callable[[Line], str | None] = {
        "product": lambda line: line.product,
        "category": lambda line: line.category,
        "brand": lambda line: line.brand,
    }[where.what]
    return lambda line: (not any_of or read(line) in any_of) and read(line) not in none_of


def test(node: conditions.Condition, filters: Filters) -> Test:
    """The closure of a condition."""
    if isinstance(node, conditions.All):
        return _every([test(part, filters) for part in node.of])
    if isinstance(node, conditions.Any):
        return _some([test(part, filters) for part in node.of])
    if isinstance(node, conditions.Not):
        inner = test(node.of, filters)
        return lambda case: not inner(case)
    if isinstance(node, conditions.Is):
        return _is(node)
    if isinstance(node, conditions.Basket | conditions.Lines):
        bit = filters.bit(node.where) if isinstance(node, conditions.Lines) else Filters.EVERY
        amount_min, quantity_min, lines_min = node.amount_min, node.quantity_min, node.lines_min
        return lambda case: case.reaches(bit, amount_min, quantity_min, lines_min)
    if isinstance(node, conditions.Attribute | conditions.Fact):
        return _named(node)
    return _time_or_history(node)


def about_member(node: conditions.Condition, filters: Filters) -> tuple[Test, ...]:
    """The closures of the conditions on the member, in the order of `conditions.walk`.

    Only for trees in which they stand beside conditions on the basket or on memberships, which are asked again when
    something is given back, under an `any` or a `not`: elsewhere all of them held where the whole did, or nothing but
    they decided.
    """
    nodes = conditions.walk(node)
    if not any(conditions.asked_again(one) for one in nodes):
        return ()
    if not any(isinstance(one, conditions.Any | conditions.Not) for one in nodes):
        return ()
    return tuple([test(one, filters) for one in nodes if conditions.about_member(one)])


def _is(node: conditions.Is) -> Test:
    any_of, none_of = node.any_of, node.none_of
    one: dict[str, Callable[[Case], str | None]] = {
        "kind": lambda case: case.activity.kind,
        "channel": lambda case: case.activity.channel,
        "store": lambda case: case.activity.store,
        "partner": lambda case: case.activity.partner,
        "currency": lambda case: case.activity.currency or case.home,
    }
    if node.what in one:
        read = one[node.what]
        return lambda case: (not any_of or read(case) in any_of) and read(case) not in none_of
    many: dict[str, Callable[[Case], frozenset[str]]] = {
        "tender": lambda case: frozenset(tender.kind for tender in case.activity.tenders),
        "segment": lambda case: case.standing.segments,
        "tier": lambda case: case.standing.tiers,
        "membership": lambda case: case.standing.memberships,
    }
    words = many[node.what]
    return lambda case: (not any_of or not any_of.isdisjoint(words(case))) and none_of.isdisjoint(words(case))


def named(node: conditions.Attribute | conditions.Fact) -> Callable[[conditions.Scalar | None], bool]:
    """Whether a value is what is asked of an attribute or a fact; None is none at all."""
    low, high, exists = node.min, node.max, node.exists
    # With their types, because Python takes true for 1 and false for 0; a manager does not.
    any_of = frozenset((type(word), word) for word in node.any_of)
    none_of = frozenset((type(word), word) for word in node.none_of)

    def holds(value: conditions.Scalar | None) -> bool:
        if exists is not None and (value is not None) is not exists:
            return False
        word = (type(value), value)
        if (any_of and word not in any_of) or word in none_of:
            return False
        if low is None and high is None:
            return True
        if not isinstance(value, int) or isinstance(value, bool):
            return False
        return (low is None or value >= low) and (high is None or value <= high)

    return holds


def _named(node: conditions.Attribute | conditions.Fact) -> Test:
    name, holds = node.name, named(node)
    if isinstance(node, conditions.Attribute):
        return lambda case: holds(case.standing.attributes.get(name))
    return lambda case: holds(case.activity.facts.get(name))


def _time_or_history(node: conditions.Condition) -> Test:
    if isinstance(node, conditions.Dates):
        first, until = node.start or date.min, node.until
        return lambda case: first <= case.calendar.day and (until is None or case.calendar.day < until)
    if isinstance(node, conditions.Weekday):
        days = node.any_of
        return lambda case: case.local.isoweekday() in days
    if isinstance(node, conditions.Hour):
        return _hour(node)
    if isinstance(node, conditions.BirthdayMonth):
        return lambda case: case.standing.birthday_month == case.local.month
    if isinstance(node, conditions.First):
        kind = node.kind
        return lambda case: case.standing.counted("count:" + (kind or case.activity.kind)) == 0
    if isinstance(node, conditions.Nth):
        n, every = node.n, node.every
        return lambda case: _is_nth(case.standing.counted("count:" + case.activity.kind) + 1, n, every)
    if isinstance(node, conditions.DaysSince):
        return _days_since(node)
    assert isinstance(node, conditions.Counter)
    return _counter(node)


def _is_nth(number: int, n: int, every: bool) -> bool:
    return number % n == 0 if every else number == n


def _hour(node: conditions.Hour) -> Test:
    start, until = node.start, node.until

    def holds(case: Case) -> bool:
        minute = case.local.hour * 60 + case.local.minute
        return start <= minute < until if start <= until else minute >= start or minute < until

    return holds


def _days_since(node: conditions.DaysSince) -> Test:
    def holds(case: Case) -> bool:
        last = case.standing.last(node.kind or case.activity.kind)
        if last is None:
            return False
        return (case.calendar.day - period.local_day(last, case.calendar.zone)).days >= node.days_min

    return holds


def _counter(node: conditions.Counter) -> Test:
    what, span, low, high = node.what, node.period, node.min, node.max

    def holds(case: Case) -> bool:
        value = case.so_far(what, span)
        return (low is None or value >= low) and (high is None or value <= high)

    return holds
