"""A programme version as law in force: rules indexed by trigger and compiled once, and the decision they make."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import partial
from itertools import product

import msgspec

from guerdon.core import (
    activities,
    bases,
    belonging,
    climbing,
    earning,
    expiry,
    limits,
    matching,
    period,
    rooms,
    rules,
    vesting,
)  # fmt: skip
from guerdon.core.activities import Activity
from guerdon.core.compiled import Compiled, Outcome, Total, spares
from guerdon.core.decisions import Award, Capped, Count, Decision, Exchange, Ruling, Share
from guerdon.core.earning import Given, LineUp, Part
from guerdon.core.matching import Calendar, Case
from guerdon.core.programme import Programme, Rate
from guerdon.core.rates import NO_RATES, Rates, latest
from guerdon.core.standing import EVER, Standing

_MEMO_MAX = 10_000
_Life = tuple[vesting.Vesting, expiry.Policy, str | None]


class Law:
    """One version, compiled. `decide` is pure: the same activity, standing and instant give the same ruling."""

    def __init__(self, programme: Programme, version: int) -> None:
        self.programme = programme
        self.version = version
        self.zone = programme.zone
        self.filters = matching.Filters()
        self.by_kind: dict[str, list[Compiled]] = defaultdict(list)
        self._lives: list[_Life] = []
        for rule in sorted(programme.rules, key=lambda rule: (rule.priority, rule.key)):
            compiled = Compiled(rule, self.filters, self._lives_of(rule), spares(programme))
            for kind in rule.when:
                self.by_kind[kind].append(compiled)
        self.kinds = frozenset((*activities.BUILT_IN_KINDS, *programme.kinds))
        self.currencies = frozenset((None, programme.currency, *programme.rates))
        self.counted = rooms.counted(programme)
        self.measures = climbing.measured(programme.tiers)
        self._unit_windows = {code: unit.caps.windows() for code, unit in programme.units.items()}
        self._spend_windows = [span for what, span in self.counted if what == "spend"]
        self._budgets = {
            kind: [one.rule for one in of if one.rule.budget is not None] for kind, of in self.by_kind.items()
        }
        self.awaited = frozenset(vests.activity for vests, _, _ in self._lives if vests.activity is not None)
        self._calendars: dict[date, Calendar] = {}
        self._met: dict[tuple[Compiled, ...], dict[str, LineUp]] = {}
        self._ends: dict[tuple[expiry.Policy, date, date], datetime | None] = {}

    def _lives_of(self, rule: rules.Rule) -> dict[str, int]:
        """The numbers, by unit, of the lives that points of the rule have: vesting, expiry and funder."""
        numbers: dict[str, int] = {}
        for unit in {effect.unit: None for effect in rule.then}:
            of_unit = self.programme.units[unit]
            life = (rule.vesting or of_unit.vesting, rule.expires or of_unit.expires, rule.funder)
            if life not in self._lives:
                self._lives.append(life)
            numbers[unit] = self._lives.index(life)
        return numbers

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
        return self._budgets.get(kind, [])

    def check(self, activity: Activity, *, now: datetime, rates: Rates = NO_RATES) -> None:
        """Refuse an activity that this programme cannot take: its kind, its facts, its currency, its time.

        Foreign money is taken where the programme file has rates of it, or `rates`, those told beside the file.
        """
        if activity.kind not in self.kinds:
            known = ", ".join((*activities.BUILT_IN_KINDS, *self.programme.kinds))
            raise activities.ACTIVITY_KIND_UNKNOWN(kind=activity.kind[:64], known=known)
        if activity.occurred_at > now and activity.occurred_at > now + _SKEW:
            raise activities.ACTIVITY_IN_FUTURE(
                occurred_at=activity.occurred_at.isoformat(), now=now.isoformat(timespec="seconds")
            )
        if activity.currency not in self.currencies and activity.currency not in rates:
            known = ", ".join((self.programme.currency, *self.programme.rates))
            raise activities.CURRENCY_UNKNOWN(currency=str(activity.currency), known=known)
        custom = self.programme.kinds.get(activity.kind)
        if custom is not None:
            custom.check(activity.facts)

    def rate(self, activity: Activity, rates: Rates = NO_RATES) -> Rate | None:
        """The exchange rate of the activity's day; None for home money. Raises LookupError where none is known."""
        if activity.currency is None or activity.currency == self.programme.currency:
            return None
        day = period.local_day(activity.occurred_at, self.zone).isoformat()
        return latest(day, self.programme.rates.get(activity.currency, ()), rates.get(activity.currency, ()))

    # --- deciding ---

    def case(
        self,
        activity: Activity,
        standing: Standing,
        *,
        by_line: bool = False,
        part: tuple[int, int] = earning.WHOLE,
        rates: Rates = NO_RATES,
    ) -> Case:
        """The activity as the conditions see it; only a `part` (up, down) of its basket where the rest was returned."""
        by_line = by_line or self.programme.earning.per == "line"
        rate = self.rate(activity, rates)
        switches = self.programme.earning
        buckets = earning.eligible(activity, switches, self.filters, by_line=by_line, rate=rate, part=part)
        up, down = earning.fraction(activity, buckets, switches, rate, part)
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
            of_piece=part[1],
        )

    def decide(
        self,
        activity: Activity,
        standing: Standing,
        *,
        posted_at: datetime,
        budgets: dict[str, int] | None = None,
        rates: Rates = NO_RATES,
    ) -> Ruling:
        """What the activity earns and why. `budgets` holds what is left of each budgeted rule's budget.

        A missing exchange rate parks the activity; it is never treated as 1:1 (LAW 3.2).
        """
        standing = belonging.seen(self.programme, standing, min(activity.occurred_at, posted_at))
        ladders = self.programme.tiers
        earn = partial(self.earn, activity, posted_at=posted_at, budgets=budgets, rates=rates)
        return climbing.decide(ladders, self.zone, activity, standing, earn) if ladders else earn(standing)

    def earn(
        self,
        activity: Activity,
        standing: Standing,
        *,
        posted_at: datetime,
        budgets: dict[str, int] | None,
        rates: Rates,
    ) -> Ruling:
        """What the activity earns with the tiers that the standing says."""
        try:
            case = self.case(activity, standing, rates=rates)
        except LookupError:
            return Ruling(Decision(version=self.version, parked="rate_missing"))
        capped: list[Capped] = []
        fired = self._fired(case, capped)
        awards: list[Award] = []
        counts = self._told(case)
        spent: dict[str, int] = {}
        gave: set[str] = set()
        rounding = self.programme.earning.rounding
        outcome = best(self, case, fired, budgets or {})
        for unit, total in outcome.items():
            capped += total.capped
            found = earning.shares(total.given, total.down, case, rounding, one_each=total.line_up.one_each)
            awards += self._awards(unit, found, case, posted_at)
            counts += self._gave(case, unit, found)
            for part, share in found:
                if share.points:
                    gave.add(part.key)
                    if part.rule.budget is not None:
                        spent[part.key] = spent.get(part.key, 0) + share.points
        issued = [issue for compiled in fired for issue in compiled.issues(case)]
        gave |= {str(issue.rule) for issue in issued}
        for compiled in fired:
            if compiled.use_windows and compiled.key in gave:
                names = case.calendar.names
                counts += [Count(compiled.use_counter, names[span], 1) for span, _ in compiled.use_windows]
        basis = None
        if awards or issued:
            left = partial(self._rooms, budgets=budgets or {})
            by_line = self.programme.earning.per == "line"
            basis = bases.of(case, fired, outcome, awards, left, by_line=by_line)
        exchange = self._exchange(activity, rates)
        decision = Decision(
            version=self.version,
            awards=tuple(awards),
            capped=tuple(capped),
            rate=exchange,
            basis=basis,
            issued=tuple(issued),
        )
        if self.measures:
            points = decision.awarded()
            moves = climbing.counted(self.measures, activity, case.calendar.day, case.spend, points)
            decision = msgspec.structs.replace(decision, moves=moves)
        return Ruling(decision, tuple(counts), spent)

    def _exchange(self, activity: Activity, rates: Rates) -> Exchange | None:
        rate = self.rate(activity, rates)
        if rate is None or activity.currency is None:
            return None
        return Exchange(activity.currency, rate.start, rate.home, rate.units)

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
                if case.so_far(compiled.use_counter, span) >= most:
                    full = Capped(of="uses", key=compiled.key, window=span, most=most)
            if full is None:
                fired.append(compiled)
            else:
                capped.append(full)
        return fired

    def _line_ups(self, fired: tuple[Compiled, ...]) -> dict[str, LineUp]:
        """The line-ups of rules that meet, by unit, remembered: the same few meet again and again."""
        known = self._met.get(fired)
        if known is None:
            parts: dict[str, list[Part]] = {}
            for compiled in fired:
                for part in compiled.parts:
                    parts.setdefault(part.effect.unit, []).append(part)
            if len(self._met) >= _MEMO_MAX:
                self._met.clear()
            known = self._met[fired] = {unit: LineUp(of_unit) for unit, of_unit in parts.items()}
        return known

    def total(self, case: Case, fired: list[Compiled], budgets: dict[str, int]) -> Outcome:
        """By unit: the clamped contributions of the rules, their denominator and the limits that bit."""
        outcome: Outcome = {}
        for unit, line_up in self._line_ups(tuple(fired)).items():
            given, down = earning.contributions(line_up, case, self.programme.earning)
            capped: list[Capped] = []
            if line_up.limited:
                capped += earning.clamp(given, down, rooms.of_rules(case, line_up.limited, budgets))
            capped += self._trim(case, unit, given, down)
            outcome[unit] = Total(line_up, given, down, capped)
        return outcome

    def _trim(self, case: Case, unit: str, given: list[Given], down: int) -> list[Capped]:
        hit: list[Capped] = []
        order = self.programme.units[unit].caps.order
        if order is not None and earning.trim(given, down, order):
            hit.append(Capped(of="unit", key=unit, window="order", most=order, left=order))
        for span, most in self._unit_windows[unit]:
            left = max(0, most - case.so_far("unit:" + unit, span))
            if earning.trim(given, down, left):
                hit.append(Capped(of="unit", key=unit, window=span, most=most, left=left))
        return hit

    def _awards(self, unit: str, found: list[tuple[Part, Share]], case: Case, posted_at: datetime) -> list[Award]:
        """One award per life and funder, so that points which die together are one lot."""
        groups: dict[int, list[Share]] = {}
        for part, share in found:
            groups.setdefault(part.life, []).append(share)
        awards: list[Award] = []
        occurred_at = case.activity.occurred_at
        for life, parts in groups.items():
            vests, expires, funder = self._lives[life]
            points = sum([share.points for share in parts])
            if points:
                ends = expires if vests.activity is None else vesting.patience(vests)
                awards.append(
                    Award(
                        unit=unit,
                        points=points,
                        shares=tuple(parts),
                        available_at=vesting.available_at(vests, effective_at=occurred_at, zone=self.zone),
                        expires_at=self.expires_at(ends, occurred_at, posted_at, day=case.calendar.day),
                        funder=funder,
                        awaits=vests.activity,
                    )
                )
        return awards

    def life_of(self, award: Award) -> tuple[vesting.Vesting, expiry.Policy]:
        """When points that this version gave vest and expire: all shares of an award have one life."""
        rule = next(rule for rule in self.programme.rules if rule.key == award.shares[0].rule)
        of_unit = self.programme.units[award.unit]
        return rule.vesting or of_unit.vesting, rule.expires or of_unit.expires

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

    def _rooms(self, case: Case, fired: Sequence[Compiled], budgets: dict[str, int]) -> dict[str, int]:
        """What limits left to every rule and every unit that met in this case."""
        limited = [part for compiled in fired for part in compiled.parts if part.limited]
        found = {"rule:" + key: left for key, (left, _) in rooms.of_rules(case, limited, budgets).items()}
        for unit in {unit: None for compiled in fired for unit in compiled.units}:
            lefts = [most - case.so_far("unit:" + unit, span) for span, most in self._unit_windows[unit]]
            if lefts:
                found["unit:" + unit] = max(0, min(lefts))
        return found

    # --- counting ---

    def _happened(self, kind: str, calendar: Calendar) -> tuple[Count, ...]:
        """The counters that move because an activity of the kind happened on the local day."""
        known = calendar.happened.get(kind)
        if known is None:
            what, names = "count:" + kind, calendar.names
            windows = [names[span] for key, span in self.counted if key == what and span != "lifetime"]
            known = calendar.happened[kind] = tuple([Count(what, window, 1) for window in (EVER, *windows)])
        return known

    def _told(self, case: Case) -> list[Count]:
        counts = [*self._happened(case.activity.kind, case.calendar)]
        if self._spend_windows and case.activity.kind == activities.PURCHASE:
            counts += [Count("spend", case.calendar.names[span], case.spend) for span in self._spend_windows]
        return counts

    def _gave(self, case: Case, unit: str, found: list[tuple[Part, Share]]) -> list[Count]:
        """The counters of points that rules and the unit gave, where some cap looks at them."""
        names = case.calendar.names
        counts = [
            Count(part.counter, names[span], share.points) for part, share in found for span, _ in part.cap_windows
        ]
        total = sum([share.points for _, share in found])
        return counts + [Count("unit:" + unit, names[span], total) for span, _ in self._unit_windows[unit]]


_SKEW = timedelta(seconds=limits.CLOCK_SKEW_SECONDS_MAX)


def best(law: Law, case: Case, fired: list[Compiled], budgets: dict[str, int]) -> Outcome:
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
            earning.whole(sum([one.numerator for one in total.given]), total.down, law.programme.earning.rounding)
            for total in outcome.values()
        )
        if points > most:
            best, most = outcome, points
    return best
