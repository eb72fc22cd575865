"""The law of earning read line by line, with fractions and no cleverness: the oracle of the compiled one.

No closures, no bit masks, no memory, no common denominators; conditions are asked again for every line and every rule.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from itertools import product
from math import floor
from zoneinfo import ZoneInfo

from guerdon.core import conditions as c
from guerdon.core import effects
from guerdon.core.activities import Activity, Line
from guerdon.core.programme import Programme
from guerdon.core.rules import Caps, Rule
from guerdon.core.standing import Standing

Given = tuple[str, Fraction, int]  # rule, exact, points
SPANS = ("day", "week", "month", "quarter", "year", "lifetime")


def window(day: date, span: str) -> str:
    """The name of a counter's window, as the house spells it."""
    if span == "week":
        return "w{:04}{:02}".format(*day.isocalendar()[:2])
    quarter = (day.month + 2) // 3
    return {
        "day": f"d{day:%Y%m%d}", "month": f"m{day:%Y%m}", "quarter": f"q{day:%Y}{quarter}", "year": f"y{day:%Y}",
        "lifetime": "all",
    }[span]  # fmt: skip


@dataclass(slots=True)
class Asked:
    """One activity, one member, one programme; and what is left of budgets."""

    programme: Programme
    activity: Activity
    standing: Standing
    budgets: dict[str, int]

    @property
    def local(self) -> datetime:
        return self.activity.occurred_at.astimezone(ZoneInfo(self.programme.zone_key))

    def so_far(self, counter: str, span: str) -> int:
        return self.standing.counted(counter, window(self.local.date(), span))

    # --- money ---

    @property
    def rate(self) -> Fraction:
        currency = self.activity.currency or self.programme.currency
        if currency == self.programme.currency:
            return Fraction(1)
        valid = [rate for rate in self.programme.rates[currency] if rate.start <= self.local.date().isoformat()]
        return Fraction(valid[-1].home, valid[-1].units)

    @property
    def lines(self) -> list[Line]:
        """The lines that earn."""
        switches = {name for name in ("tax", "shipping", "fee", "gift_card") if getattr(self.programme.earning, name)}
        return [line for line in self.activity.goods if line.net > 0 and line.kind in {"goods", *switches}]

    @property
    def counts(self) -> Fraction:
        """What a minor unit on a line counts."""
        goods = sum(line.net for line in self.lines)
        idle = sum(t.amount for t in self.activity.tenders if t.kind in self.programme.earning.tenders_without)
        return self.rate * (Fraction(max(0, goods - idle), goods) if goods else 1)

    # --- conditions ---

    def passes(self, where: c.LineFilter | None, line: Line) -> bool:
        if where is None:
            return True
        if isinstance(where, c.LineAll):
            return all(self.passes(part, line) for part in where.of)
        if isinstance(where, c.LineAny):
            return any(self.passes(part, line) for part in where.of)
        if isinstance(where, c.LineNot):
            return not self.passes(where.of, line)
        if isinstance(where, c.LineReaches):
            return line.net * self.rate >= where.amount_min and line.quantity >= where.quantity_min
        words = {"product": {line.product}, "category": {line.category}, "brand": {line.brand}, "tag": {*line.tags}}
        return _among(words[where.what], where.any_of, where.none_of)

    def reaches(self, lines: list[Line], node: c.Basket | c.Lines) -> bool:
        amount = sum(line.net for line in lines) * self.counts
        pieces = sum(line.quantity for line in lines)
        return amount >= node.amount_min and pieces >= node.quantity_min and len(lines) >= node.lines_min

    def holds(self, node: c.Condition | None) -> bool:
        if node is None:
            return True
        if isinstance(node, c.All):
            return all(self.holds(part) for part in node.of)
        if isinstance(node, c.Any):
            return any(self.holds(part) for part in node.of)
        if isinstance(node, c.Not):
            return not self.holds(node.of)
        if isinstance(node, c.Lines):
            return self.reaches([line for line in self.lines if self.passes(node.where, line)], node)
        if isinstance(node, c.Basket):
            return self.reaches(self.lines, node)
        return self._asked(node)

    def _asked(self, node: c.Condition) -> bool:
        activity, standing, local = self.activity, self.standing, self.local
        if isinstance(node, c.Is):
            words: dict[str, set[str | None]] = {
                "kind": {activity.kind}, "channel": {activity.channel}, "store": {activity.store},
                "partner": {activity.partner}, "currency": {activity.currency or self.programme.currency},
                "tender": {tender.kind for tender in activity.tenders}, "segment": {*standing.segments},
                "tier": {*standing.tiers}, "membership": {*standing.memberships},
            }  # fmt: skip
            return _among(words[node.what], node.any_of, node.none_of)
        if isinstance(node, c.Attribute):
            return _named(node, standing.attributes.get(node.name))
        if isinstance(node, c.Fact):
            return _named(node, activity.facts.get(node.name))
        if isinstance(node, c.Dates):
            return (node.start or date.min) <= local.date() and (node.until is None or local.date() < node.until)
        if isinstance(node, c.Weekday):
            return local.isoweekday() in node.any_of
        if isinstance(node, c.Hour):
            minutes = [minute % 1440 for minute in range(node.start, node.until + 1440 * (node.until < node.start))]
            return local.hour * 60 + local.minute in minutes
        if isinstance(node, c.BirthdayMonth):
            return standing.birthday_month == local.month
        return self._counted(node)

    def _counted(self, node: c.Condition) -> bool:
        if isinstance(node, c.First):
            return self.standing.counted("count:" + (node.kind or self.activity.kind)) == 0
        if isinstance(node, c.Nth):
            number = self.standing.counted("count:" + self.activity.kind) + 1
            return number % node.n == 0 if node.every else number == node.n
        if isinstance(node, c.DaysSince):
            last = self.standing.last(node.kind or self.activity.kind)
            if last is None:
                return False
            return (self.local.date() - last.astimezone(self.local.tzinfo).date()).days >= node.days_min
        assert isinstance(node, c.Counter)
        found = self.so_far(node.what, node.period)
        return (node.min is None or found >= node.min) and (node.max is None or found <= node.max)

    # --- rules ---

    def fires(self, rule: Rule) -> bool:
        during, at = rule.during, self.activity.occurred_at
        inside = (during.start is None or during.start <= at) and (during.until is None or at < during.until)
        used_up = any(self.so_far("uses:" + rule.key, span) >= most for span, most in _capped(rule.uses))
        return self.activity.kind in rule.when and inside and self.holds(rule.condition) and not used_up

    def decide(self) -> dict[str, list[Given]]:
        """By unit, what each effect gives, in the order of the stages: base, multipliers, bonuses."""
        ordered = sorted(self.programme.rules, key=lambda rule: (rule.priority, rule.key))
        fired = [rule for rule in ordered if self.fires(rule)]
        groups = sorted({rule.group for rule in fired if rule.group})
        best: dict[str, list[Given]] = {}
        most = -1
        for chosen in product(*([*sorted((r for r in fired if r.group == group), key=_key)] for group in groups)):
            found = self.total([rule for rule in fired if rule.group is None or rule in chosen])
            points = sum(part[2] for parts in found.values() for part in parts)
            if points > most:
                best, most = found, points
        return best

    def total(self, fired: list[Rule]) -> dict[str, list[Given]]:
        units = {effect.unit: None for rule in fired for effect in rule.then}
        return {unit: [*self.in_unit(unit, fired)] for unit in units}

    def in_unit(self, unit: str, fired: list[Rule]) -> Iterator[Given]:
        parts = [(rule, effect) for rule in fired for effect in rule.then if effect.unit == unit]
        base = [part for part in parts if isinstance(part[1], effects.PerAmount | effects.PerPiece)]
        times = [part for part in parts if isinstance(part[1], effects.Multiply)]
        bonus = [part for part in parts if isinstance(part[1], effects.Fixed | effects.Table)]
        exact = [Fraction(0)] * len(base + times)
        for line in self.lines:
            row = self.on_line(line, base, times)
            if self.programme.earning.per == "line":
                row = [Fraction(points) for points in self.rounded(row)]
            exact = [before + more for before, more in zip(exact, row, strict=True)]
        exact += [Fraction(self.bonus(rule, effect)) for rule, effect in bonus]
        rules = [rule for rule, _ in base + times + bonus]
        exact = self.clamped(unit, rules, exact)
        for rule, one, points in zip(rules, exact, self.by_rule(rules, exact), strict=True):
            yield rule.key, one, points

    def on_line(
        self, line: Line, base: list[tuple[Rule, effects.Effect]], times: list[tuple[Rule, effects.Effect]]
    ) -> list[Fraction]:
        row = [Fraction(0)] * len(base)
        for place, (rule, effect) in enumerate(base):
            if self.passes(rule.where, line):
                assert isinstance(effect, effects.PerAmount | effects.PerPiece)
                on = line.net * self.counts if isinstance(effect, effects.PerAmount) else Fraction(line.quantity)
                row[place] = on * effect.give / effect.per
        before = running = sum(row, Fraction(0))
        for rule, effect in times:
            surplus = Fraction(0)
            if self.passes(rule.where, line):
                assert isinstance(effect, effects.Multiply)
                of = before if self.programme.earning.stacking == "add" else running
                surplus = of * (Fraction(effect.by, effect.over) - 1)
            running += surplus
            row.append(surplus)
        return row

    def bonus(self, rule: Rule, effect: effects.Effect) -> int:
        if isinstance(effect, effects.Fixed):
            there = rule.where is None or any(self.passes(rule.where, line) for line in self.lines)
            return effect.give if there else 0
        assert isinstance(effect, effects.Table)
        amount = sum(line.net for line in self.lines if self.passes(rule.where, line)) * self.counts
        return max((step.give for step in effect.steps if amount >= step.amount_min), default=0)

    def clamped(self, unit: str, rules: list[Rule], exact: list[Fraction]) -> list[Fraction]:
        """Each rule to its own room, then all together to the unit's, the last added cut first."""
        left = {rule.key: self.room(rule) for rule in rules}
        found: list[Fraction] = []
        for rule, one in zip(rules, exact, strict=True):
            room = left[rule.key]
            part = one if room is None else min(one, room)
            left[rule.key] = None if room is None else room - part
            found.append(part)
        caps = self.programme.units[unit].caps
        mosts = [] if caps.order is None else [caps.order]
        mosts += [max(0, most - self.so_far("unit:" + unit, span)) for span, most in _capped(caps)]
        for most in mosts:
            rest = Fraction(most)
            for place, one in enumerate(found):
                found[place] = min(one, rest)
                rest -= found[place]
        return found

    def room(self, rule: Rule) -> Fraction | None:
        mosts = [most - self.so_far("rule:" + rule.key, span) for span, most in _capped(rule.caps)]
        mosts += [rule.caps.order] if rule.caps.order is not None else []
        mosts += [self.budgets.get(rule.key, 0)] if rule.budget is not None else []
        return Fraction(max(0, min(mosts))) if mosts else None

    def rounded(self, exact: list[Fraction]) -> list[int]:
        """The rounded sum, spread by largest remainder, ties by place."""
        total = sum(exact, Fraction(0))
        whole = floor(total + Fraction(1, 2)) if self.programme.earning.rounding == "half_up" else floor(total)
        return self.spread(exact, whole)

    def by_rule(self, rules: list[Rule], exact: list[Fraction]) -> list[int]:
        """Rules are rounded as wholes, then the parts of each share what it got: so no rule rounds above its cap."""
        keys = list(dict.fromkeys(rule.key for rule in rules))
        places = {key: [place for place, rule in enumerate(rules) if rule.key == key] for key in keys}
        sums = [sum((exact[place] for place in places[key]), Fraction(0)) for key in keys]
        found = [0] * len(exact)
        for key, whole in zip(keys, self.rounded(sums), strict=True):
            of_rule = self.spread([exact[place] for place in places[key]], whole)
            for place, part in zip(places[key], of_rule, strict=True):
                found[place] = part
        return found

    def spread(self, exact: list[Fraction], whole: int) -> list[int]:
        parts = [floor(one) for one in exact]
        by_remainder = sorted(range(len(exact)), key=lambda place: (parts[place] - exact[place], place))
        for place in by_remainder[: whole - sum(parts)]:
            parts[place] += 1
        return parts


def _key(rule: Rule) -> str:
    return rule.key


def _capped(caps: Caps) -> list[tuple[str, int]]:
    return [(span, most) for span in SPANS if (most := getattr(caps, span)) is not None]


def _among(words: set[str | None], any_of: frozenset[str], none_of: frozenset[str]) -> bool:
    return (not any_of or bool(words & any_of)) and not words & none_of


def _named(node: c.Attribute | c.Fact, value: c.Scalar | None) -> bool:
    same: Callable[[c.Scalar], bool] = lambda word: type(word) is type(value) and word == value  # noqa: E731
    if node.exists is not None and (value is not None) is not node.exists:
        return False
    if (node.any_of and not any(map(same, node.any_of))) or any(map(same, node.none_of)):
        return False
    if node.min is None and node.max is None:
        return True
    if type(value) is not int:
        return False
    return (node.min is None or value >= node.min) and (node.max is None or value <= node.max)
