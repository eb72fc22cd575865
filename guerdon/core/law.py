"""A programme version as law in force: rules indexed by trigger and compiled once, and the decision they make."""

from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from itertools import product

from guerdon.core import activities, conditions, earning, expiry, limits, matching, period, rules, vesting
from guerdon.core.activities import Activity
from guerdon.core.decisions import Award, Capped, Count, Decision, Ruling, Share
from guerdon.core.earning import Given, LineUp, Part
from guerdon.core.matching import Calendar, Case
from guerdon.core.programme import Programme, Rate
from guerdon.core.standing import EVER, Standing

Outcome = dict[str, tuple[list[Given], int, list[Capped]]]  # by unit: contributions, denominator, limits that bit
_FIRST, _LAST = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)
_MEMO_MAX = 10_000


class Compiled:
    """A rule with its condition as a closure and its effects by unit and stage."""

    __slots__ = ("key", "line_ups", "rule", "start", "test", "until", "use_windows")

    def __init__(self, rule: rules.Rule, filters: matching.Filters) -> None:
        self.rule = rule
        self.key = rule.key
        self.start = rule.during.start or _FIRST
        self.until = rule.during.until or _LAST
        self.test = matching.test(rule.condition, filters) if rule.condition is not None else None
        self.use_windows = rule.uses.windows()
        bit = filters.bit(rule.where)
        self.line_ups: dict[str, LineUp] = {}
        for effect in rule.then:
            self.line_ups.setdefault(effect.unit, LineUp()).add(Part(rule, bit, effect))

    def holds(self, case: Case) -> bool:
        """Whether the rule's window and condition are met."""
        if not self.start <= case.activity.occurred_at < self.until:
            return False
        return self.test is None or self.test(case)


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
        self.kinds = frozenset((*activities.BUILT_IN_KINDS, *programme.kinds))
        self.currencies = frozenset((None, programme.currency, *programme.rates))
        self.counted = _counted(programme)
        self._unit_windows = {code: unit.caps.windows() for code, unit in programme.units.items()}
        self._calendars: dict[date, Calendar] = {}
        self._ends: dict[tuple[expiry.Policy, date, date], datetime | None] = {}

    # --- what the engine must know before it gathers ---

    def calendar(self, day: date) -> Calendar:
        """The local day with its window names, remembered."""
        known = self._calendars.get(day)
        if known is None:
            if len(self._calendars) >= _MEMO_MAX:
                self._calendars.clear()
            known = self._calendars[day] = Calendar(day, self.zone)
        return known

    def windows(self, day: date) -> set[str]:
        """The names of all counter windows that hold the local day and that some rule looks at."""
        names = self.calendar(day).names
        return {EVER, *(names[span] for _, span in self.counted)}

    def budgets(self, kind: str) -> list[rules.Rule]:
        """The rules with a budget that an activity of the kind may draw on."""
        return [compiled.rule for compiled in self.by_kind.get(kind, ()) if compiled.rule.budget is not None]

    def check(self, activity: Activity, *, now: datetime) -> None:
        """Refuse an activity that this programme cannot take: its kind, its facts, its currency, its time."""
        if activity.kind not in self.kinds:
            known = ", ".join((*activities.BUILT_IN_KINDS, *self.programme.kinds))
            raise activities.ACTIVITY_KIND_UNKNOWN(kind=activity.kind[:64], known=known)
        if activity.occurred_at > now and activity.occurred_at > now + _SKEW:
            raise activities.ACTIVITY_IN_FUTURE(
                occurred_at=activity.occurred_at.isoformat(), now=now.isoformat(timespec="seconds")
            )
        if activity.currency not in self.currencies:
            known = ", ".join((self.programme.currency, *self.programme.rates))
            raise activities.CURRENCY_UNKNOWN(currency=str(activity.currency), known=known)
        custom = self.programme.kinds.get(activity.kind)
        if custom is not None:
            custom.check(activity.facts)

    def rate(self, activity: Activity) -> Rate | None:
        """The exchange rate of the activity's day; None for home money. Raises LookupError where none is known."""
        if activity.currency is None or activity.currency == self.programme.currency:
            return None
        day = period.local_day(activity.occurred_at, self.zone).isoformat()
        valid = [rate for rate in self.programme.rates.get(activity.currency, ()) if rate.start <= day]
        if not valid:
            raise LookupError(activity.currency)
        return valid[-1]

    # --- deciding ---

    def case(self, activity: Activity, standing: Standing, *, by_line: bool = False) -> Case:
        """The activity as the conditions see it."""
        by_line = by_line or self.programme.earning.per == "line"
        rate = self.rate(activity)
        buckets = earning.eligible(activity, self.programme.earning, self.filters, by_line=by_line, rate=rate)
        up, down = earning.fraction(activity, buckets, self.programme.earning, rate)
        local = activity.occurred_at.astimezone(self.zone)
        return Case(
            activity=activity,
            standing=standing,
            calendar=self.calendar(local.date()),
            local=local,
            home=self.programme.currency,
            buckets=buckets,
            up=up,
            down=down,
        )

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
        awards: list[Award] = []
        counts = self._told(case)
        spent: dict[str, int] = {}
        gave: set[str] = set()
        for unit, (given, down, hit) in _best(self, case, fired, budgets or {}).items():
            capped += hit
            found = earning.shares(given, down, case, self.programme.earning.rounding)
            awards += self._awards(unit, found, case, posted_at)
            counts += self._gave(case, unit, found)
            for part, share in found:
                gave.add(share.rule)
                if part.rule.budget is not None:
                    spent[share.rule] = spent.get(share.rule, 0) + share.points
        for compiled in fired:
            if compiled.use_windows and compiled.key in gave:
                names = case.calendar.names
                counts += [Count("uses:" + compiled.key, names[span], 1) for span, _ in compiled.use_windows]
        decision = Decision(version=self.version, awards=tuple(awards), capped=tuple(capped))
        return Ruling(decision, tuple(counts), spent)

    def _fired(self, case: Case, capped: list[Capped]) -> list[Compiled]:
        """The rules whose window, condition and use limits let them through."""
        fired: list[Compiled] = []
        at = case.activity.occurred_at
        for compiled in self.by_kind.get(case.activity.kind, ()):
            if not compiled.start <= at < compiled.until:
                continue
            if compiled.test is not None and not compiled.test(case):
                continue
            full = None
            for span, most in compiled.use_windows:
                if case.so_far("uses:" + compiled.key, span) >= most:
                    full = Capped(of="uses", key=compiled.key, window=span, most=most)
            if full is None:
                fired.append(compiled)
            else:
                capped.append(full)
        return fired

    def total(self, case: Case, fired: list[Compiled], budgets: dict[str, int]) -> Outcome:
        """By unit: the clamped contributions of the rules, their denominator and the limits that bit."""
        by_unit: dict[str, LineUp] = {}
        for compiled in fired:
            for unit, line_up in compiled.line_ups.items():
                if unit not in by_unit:
                    by_unit[unit] = LineUp()
                by_unit[unit].join(line_up)
        outcome: Outcome = {}
        for unit, line_up in by_unit.items():
            given, down = earning.contributions(line_up, case, self.programme.earning)
            hit: list[Capped] = []
            limited = [one.part for one in given if one.part.limited]
            if limited:
                hit += earning.clamp(given, down, _room(case, limited, budgets))
            hit += self._trim(case, unit, given, down)
            outcome[unit] = (given, down, hit)
        return outcome

    def _trim(self, case: Case, unit: str, given: list[Given], down: int) -> list[Capped]:
        hit: list[Capped] = []
        order = self.programme.units[unit].caps.order
        if order is not None and earning.trim(given, down, order):
            hit.append(Capped(of="unit", key=unit, window="order", most=order))
        for span, most in self._unit_windows[unit]:
            if earning.trim(given, down, max(0, most - case.so_far("unit:" + unit, span))):
                hit.append(Capped(of="unit", key=unit, window=span, most=most))
        return hit

    def _awards(self, unit: str, found: list[tuple[Part, Share]], case: Case, posted_at: datetime) -> list[Award]:
        """One award per life and funder, so that points which die together are one lot."""
        groups: dict[tuple[vesting.Vesting, expiry.Policy, str | None], list[Share]] = {}
        of_unit = self.programme.units[unit]
        for part, share in found:
            rule = part.rule
            life = (rule.vesting or of_unit.vesting, rule.expires or of_unit.expires, rule.funder)
            groups.setdefault(life, []).append(share)
        awards: list[Award] = []
        occurred_at = case.activity.occurred_at
        for (vests, expires, funder), parts in groups.items():
            points = sum([share.points for share in parts])
            if points:
                awards.append(
                    Award(
                        unit=unit,
                        points=points,
                        shares=tuple(parts),
                        available_at=vesting.available_at(vests, effective_at=occurred_at, zone=self.zone),
                        expires_at=self.expires_at(expires, occurred_at, posted_at, day=case.calendar.day),
                        funder=funder,
                    )
                )
        return awards

    def expires_at(
        self, policy: expiry.Policy, effective_at: datetime, posted_at: datetime, *, day: date | None = None
    ) -> datetime | None:
        """The end of life under the policy, remembered per pair of local days (`day` is that of `effective_at`)."""
        day = day or period.local_day(effective_at, self.zone)
        name = (policy, day, period.local_day(posted_at, self.zone))
        if name not in self._ends:
            if len(self._ends) >= _MEMO_MAX:
                self._ends.clear()
            self._ends[name] = expiry.expires_at(policy, effective_at=effective_at, posted_at=posted_at, zone=self.zone)
        return self._ends[name]

    # --- counting ---

    def happened(self, kind: str, day: date) -> list[Count]:
        """The counters that move because an activity of the kind happened on the local day."""
        what, names = "count:" + kind, self.calendar(day).names
        windows = [names[span] for key, span in self.counted if key == what and span != "lifetime"]
        return [Count(what, window, 1) for window in (EVER, *windows)]

    def _told(self, case: Case) -> list[Count]:
        counts = self.happened(case.activity.kind, case.calendar.day)
        if case.activity.kind == activities.PURCHASE:
            windows = [case.calendar.names[span] for key, span in self.counted if key == "spend"]
            spend = sum([bucket.amount for bucket in case.buckets]) * case.up // case.down if windows else 0
            counts += [Count("spend", window, spend) for window in windows]
        return counts

    def _gave(self, case: Case, unit: str, found: list[tuple[Part, Share]]) -> list[Count]:
        """The counters of points that rules and the unit gave, where some cap looks at them."""
        names = case.calendar.names
        counts = [
            Count("rule:" + share.rule, names[span], share.points)
            for part, share in found
            for span, _ in part.cap_windows
        ]
        total = sum([share.points for _, share in found])
        return counts + [Count("unit:" + unit, names[span], total) for span, _ in self._unit_windows[unit]]


_SKEW = timedelta(seconds=limits.CLOCK_SKEW_SECONDS_MAX)


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


def _room(case: Case, limited: list[Part], budgets: dict[str, int]) -> dict[str, tuple[int, Capped]]:
    """What the tightest limit leaves to each limited rule."""
    room: dict[str, tuple[int, Capped]] = {}

    def narrow(most: int, why: Capped) -> None:
        if why.key not in room or most < room[why.key][0]:
            room[why.key] = (max(0, most), why)

    for part in limited:
        rule = part.rule
        if rule.caps.order is not None:
            narrow(rule.caps.order, Capped(of="rule", key=rule.key, window="order", most=rule.caps.order))
        for span, most in part.cap_windows:
            left = most - case.so_far("rule:" + rule.key, span)
            narrow(left, Capped(of="rule", key=rule.key, window=span, most=most))
        if rule.budget is not None:
            left = budgets.get(rule.key, 0)
            narrow(left, Capped(of="budget", key=rule.key, window="lifetime", most=rule.budget))
    return room


def _best(law: Law, case: Case, fired: list[Compiled], budgets: dict[str, int]) -> Outcome:
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
    rivals = [sorted(group, key=lambda one: one.key) for _, group in sorted(groups.items())]
    best: Outcome = {}
    most = -1
    order = {id(compiled): place for place, compiled in enumerate(fired)}
    for chosen in product(*rivals):
        line_up = sorted((*free, *chosen), key=lambda one: order[id(one)])
        outcome = law.total(case, line_up, budgets)
        # Compared as it will be rounded, or a tie would hide a lost half.
        points = sum(
            earning.whole(sum(one.numerator for one in given), down, law.programme.earning.rounding)
            for given, down, _ in outcome.values()
        )
        if points > most:
            best, most = outcome, points
    return best
