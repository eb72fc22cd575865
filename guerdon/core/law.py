"""A programme version as law in force: rules indexed by trigger and compiled once, and the decision they make."""

from collections import defaultdict
from datetime import date, datetime, timedelta
from itertools import product

from guerdon.core import activities, conditions, earning, expiry, limits, matching, period, rules, vesting
from guerdon.core.activities import Activity
from guerdon.core.decisions import Award, Capped, Count, Decision, Ruling, Share
from guerdon.core.earning import Given, Part
from guerdon.core.matching import Case
from guerdon.core.programme import Programme, Rate
from guerdon.core.standing import EVER, Standing


class Compiled:
    """A rule with its condition as a closure and its effects by unit."""

    __slots__ = ("rule", "test", "parts", "use_windows")

    def __init__(self, rule: rules.Rule, filters: matching.Filters) -> None:
        self.rule = rule
        self.test = matching.test(rule.condition, filters) if rule.condition is not None else None
        bit = filters.bit(rule.where)
        self.parts: dict[str, list[Part]] = defaultdict(list)
        for effect in rule.then:
            self.parts[effect.unit].append(Part(rule, bit, effect))
        self.use_windows = rule.uses.windows()

    def holds(self, case: Case) -> bool:
        """Whether the rule's window and condition are met."""
        return self.rule.during.holds(case.activity.occurred_at) and (self.test is None or self.test(case))


class Law:
    """One version, compiled. `decide` is pure: the same activity, standing and instant give the same ruling."""

    def __init__(self, programme: Programme, version: int) -> None:
        self.programme = programme
        self.version = version
        self.zone = programme.zone
        self.filters = matching.Filters()
        self.by_kind: dict[str, list[Compiled]] = defaultdict(list)
        for rule in sorted(programme.rules, key=lambda rule: (rule.priority, rule.key)):
            compiled = Compiled(rule, self.filters)
            for kind in rule.when:
                self.by_kind[kind].append(compiled)
        self.counted = _counted(programme)
        self._ends: dict[tuple[expiry.Policy, date, date | None], datetime | None] = {}

    # --- what the engine must know before it gathers ---

    def windows(self, day: date) -> list[str]:
        """The names of all counter windows that hold the local day and that some rule looks at."""
        kinds = {kind for _, kind in self.counted}
        return [EVER, *(period.window(day, kind) for kind in kinds if kind != "lifetime")]

    def budgets(self, kind: str) -> list[rules.Rule]:
        """The rules with a budget that an activity of the kind may draw on."""
        return [compiled.rule for compiled in self.by_kind.get(kind, ()) if compiled.rule.budget is not None]

    def check(self, activity: Activity, *, now: datetime) -> None:
        """Refuse an activity that this programme cannot take: its kind, its facts, its currency, its time."""
        kinds = (*activities.BUILT_IN_KINDS, *self.programme.kinds)
        if activity.kind not in kinds:
            raise activities.ACTIVITY_KIND_UNKNOWN(kind=activity.kind[:64], known=", ".join(kinds))
        if activity.occurred_at > now + timedelta(seconds=limits.CLOCK_SKEW_SECONDS_MAX):
            raise activities.ACTIVITY_IN_FUTURE(
                occurred_at=activity.occurred_at.isoformat(), now=now.isoformat(timespec="seconds")
            )
        if activity.currency not in (None, self.programme.currency, *self.programme.rates):
            known = ", ".join((self.programme.currency, *self.programme.rates))
            raise activities.CURRENCY_UNKNOWN(currency=str(activity.currency), known=known)
        custom = self.programme.kinds.get(activity.kind)
        if custom is not None:
            custom.check(activity.facts)

    def rate(self, activity: Activity) -> Rate | None:
        """The exchange rate of the activity's day; None for home money. Raises LookupError where none is known."""
        if activity.currency in (None, self.programme.currency):
            return None
        day = period.local_day(activity.occurred_at, self.zone).isoformat()
        valid = [rate for rate in self.programme.rates.get(str(activity.currency), ()) if rate.start <= day]
        if not valid:
            raise LookupError(activity.currency)
        return valid[-1]

    # --- deciding ---

    def case(self, activity: Activity, standing: Standing, *, by_line: bool = False) -> Case:
        """The activity as the conditions see it."""
        by_line = by_line or self.programme.earning.per == "line"
        buckets = earning.eligible(activity, self.programme.earning, self.filters, by_line=by_line)
        up, down = earning.fraction(activity, buckets, self.programme.earning, self.rate(activity))
        return Case(activity=activity, standing=standing, zone=self.zone, buckets=buckets, up=up, down=down)

    def decide(
        self,
        activity: Activity,
        standing: Standing,
        *,
        posted_at: datetime,
        budgets: dict[str, int] | None = None,
    ) -> Ruling:
        """What the activity earns and why. `budgets` holds what is left of each budgeted rule's budget.

        A missing exchange rate parks the activity; it is never treated as 1:1 (LAW 3.2).
        """
        try:
            case = self.case(activity, standing)
        except LookupError:
            return Ruling(Decision(version=self.version, parked="rate_missing"))
        capped: list[Capped] = []
        fired = self._fired(case, capped)
        outcome = _best(self, case, fired, budgets or {})
        awards: list[Award] = []
        counts = self._told(case)
        spent: dict[str, int] = {}
        for unit, (given, down, hit) in outcome.items():
            capped += hit
            found = earning.shares(given, down, case, self.programme.earning.rounding)
            awards += self._awards(unit, found, activity, posted_at)
            counts += self._gave(case, unit, found)
            for part, share in found:
                if part.rule.budget is not None:
                    spent[share.rule] = spent.get(share.rule, 0) + share.points
        counts += self._used(case, awards)
        return Ruling(
            Decision(version=self.version, awards=tuple(awards), capped=tuple(capped)), tuple(counts), spent
        )

    def _fired(self, case: Case, capped: list[Capped]) -> list[Compiled]:
        """The rules whose window, condition and use limits let them through."""
        fired: list[Compiled] = []
        for compiled in self.by_kind.get(case.activity.kind, ()):
            if not compiled.holds(case):
                continue
            full = None
            for span, most in compiled.use_windows:
                window = period.window(case.local.date(), span)
                if case.standing.counted("uses:" + compiled.rule.key, window) >= most:
                    full = Capped(of="uses", key=compiled.rule.key, window=span, most=most)
            if full is None:
                fired.append(compiled)
            else:
                capped.append(full)
        return fired

    def total(
        self, case: Case, fired: list[Compiled], budgets: dict[str, int]
    ) -> dict[str, tuple[list[Given], int, list[Capped]]]:
        """By unit: the clamped contributions of the rules, their denominator and the limits that bit."""
        by_unit: dict[str, list[Part]] = {}
        for compiled in fired:
            for unit, parts in compiled.parts.items():
                by_unit.setdefault(unit, []).extend(parts)
        outcome: dict[str, tuple[list[Given], int, list[Capped]]] = {}
        for unit, parts in by_unit.items():
            table, down = earning.contributions(parts, case, self.programme.earning)
            if self.programme.earning.per == "line":
                earning.floor_lines(table, down)
            given = earning.summed(table)
            hit = earning.clamp(given, down, _room(case, parts, budgets))
            hit += self._trim(case, unit, given, down)
            outcome[unit] = (given, down, hit)
        return outcome

    def _trim(self, case: Case, unit: str, given: list[Given], down: int) -> list[Capped]:
        hit: list[Capped] = []
        caps = self.programme.units[unit].caps
        if caps.order is not None and earning.trim(given, down, caps.order):
            hit.append(Capped(of="unit", key=unit, window="order", most=caps.order))
        for span, most in caps.windows():
            so_far = case.standing.counted("unit:" + unit, period.window(case.local.date(), span))
            if earning.trim(given, down, max(0, most - so_far)):
                hit.append(Capped(of="unit", key=unit, window=span, most=most))
        return hit

    def _awards(
        self, unit: str, found: list[tuple[Part, Share]], activity: Activity, posted_at: datetime
    ) -> list[Award]:
        """One award per life and funder, so that points which die together are one lot."""
        groups: dict[tuple[datetime, datetime | None, str | None], list[Share]] = {}
        of_unit = self.programme.units[unit]
        for part, share in found:
            rule = part.rule
            start = vesting.available_at(
                rule.vesting or of_unit.vesting, effective_at=activity.occurred_at, zone=self.zone
            )
            end = self.expires_at(rule.expires or of_unit.expires, activity.occurred_at, posted_at)
            groups.setdefault((start, end, rule.funder), []).append(share)
        return [
            Award(
                unit=unit,
                points=points,
                shares=tuple(parts),
                available_at=start,
                expires_at=end,
                funder=funder,
            )
            for (start, end, funder), parts in groups.items()
            if (points := sum(share.points for share in parts)) > 0
        ]

    def expires_at(
        self, policy: expiry.Policy, effective_at: datetime, posted_at: datetime
    ) -> datetime | None:
        """The end of life under the policy, remembered per pair of local days."""
        day, posted_day = (period.local_day(at, self.zone) for at in (effective_at, posted_at))
        name = (policy, day, posted_day)
        if name not in self._ends:
            if len(self._ends) > 10_000:
                self._ends.clear()
            self._ends[name] = expiry.expires_at(
                policy, effective_at=effective_at, posted_at=posted_at, zone=self.zone
            )
        return self._ends[name]

    # --- counting ---

    def _told(self, case: Case) -> list[Count]:
        """The counters that move because the activity happened."""
        what = "count:" + case.activity.kind
        counts = [Count(what, EVER, 1)]
        day = case.local.date()
        spend: int | None = None
        for key, span in self.counted:
            if key == what and span != "lifetime":
                counts.append(Count(key, period.window(day, span), 1))
            elif key == "spend" and case.activity.kind == activities.PURCHASE:
                if spend is None:
                    spend = sum(bucket.amount for bucket in case.buckets) * case.up // case.down
                counts.append(Count(key, period.window(day, span), spend))
        return counts

    def _gave(self, case: Case, unit: str, found: list[tuple[Part, Share]]) -> list[Count]:
        """The counters of points that rules and the unit gave, where some cap looks at them."""
        day = case.local.date()
        counts: list[Count] = []
        total = 0
        for part, share in found:
            total += share.points
            for span, _ in part.rule.caps.windows():
                counts.append(Count("rule:" + share.rule, period.window(day, span), share.points))
        for span, _ in self.programme.units[unit].caps.windows():
            counts.append(Count("unit:" + unit, period.window(day, span), total))
        return counts

    def _used(self, case: Case, awards: list[Award]) -> list[Count]:
        """The use counters of the rules that gave something."""
        gave = {share.rule for award in awards for share in award.shares}
        day = case.local.date()
        return [
            Count("uses:" + compiled.rule.key, period.window(day, span), 1)
            for compiled in self.by_kind.get(case.activity.kind, ())
            if compiled.rule.key in gave
            for span, _ in compiled.use_windows
        ]


def _counted(programme: Programme) -> list[tuple[str, period.WindowKind]]:
    """All (counter, window kind) pairs that some rule or cap of the programme looks at, without doubles."""
    found: dict[tuple[str, period.WindowKind], None] = {}
    for rule in programme.rules:
        for span, _ in rule.caps.windows():
            found["rule:" + rule.key, span] = None
        for span, _ in rule.uses.windows():
            found["uses:" + rule.key, span] = None
        for node in conditions.walk(rule.condition) if rule.condition is not None else ():
            if isinstance(node, conditions.Counter):
                found[node.what, node.period] = None
    for unit in programme.units.values():
        for span, _ in unit.caps.windows():
            found["unit:" + unit.code, span] = None
    return list(found)


def _room(case: Case, parts: list[Part], budgets: dict[str, int]) -> dict[str, tuple[int, Capped]]:
    """What the tightest limit leaves to each limited rule."""
    room: dict[str, tuple[int, Capped]] = {}

    def narrow(most: int, why: Capped) -> None:
        if why.key not in room or most < room[why.key][0]:
            room[why.key] = (max(0, most), why)

    for rule in {part.rule.key: part.rule for part in parts}.values():
        if rule.caps.order is not None:
            narrow(rule.caps.order, Capped(of="rule", key=rule.key, window="order", most=rule.caps.order))
        for span, most in rule.caps.windows():
            so_far = case.standing.counted("rule:" + rule.key, period.window(case.local.date(), span))
            narrow(most - so_far, Capped(of="rule", key=rule.key, window=span, most=most))
        if rule.budget is not None:
            left = budgets.get(rule.key, 0)
            narrow(left, Capped(of="budget", key=rule.key, window="lifetime", most=rule.budget))
    return room


def _best(
    law: Law, case: Case, fired: list[Compiled], budgets: dict[str, int]
) -> dict[str, tuple[list[Given], int, list[Capped]]]:
    """The outcome in which each exclusivity group lets only one rule through, the one that gives most; ties by key.

    All combinations are tried (their number is bounded when the programme is checked), so that spending more can
    never earn less: the maximum of growing functions grows.
    """
    groups: dict[str, list[Compiled]] = {}
    for compiled in fired:
        if compiled.rule.group is not None:
            groups.setdefault(compiled.rule.group, []).append(compiled)
    if not any(len(group) > 1 for group in groups.values()):
        return law.total(case, fired, budgets)
    free = [compiled for compiled in fired if compiled.rule.group is None]
    rivals = [sorted(group, key=lambda one: one.rule.key) for _, group in sorted(groups.items())]
    best: dict[str, tuple[list[Given], int, list[Capped]]] = {}
    most = -1
    order = {id(compiled): place for place, compiled in enumerate(fired)}
    for chosen in product(*rivals):
        lineup = sorted((*free, *chosen), key=lambda one: order[id(one)])
        outcome = law.total(case, lineup, budgets)
        points = sum(sum(one.numerator for one in given) // down for given, down, _ in outcome.values())
        if points > most:
            best, most = outcome, points
    return best
