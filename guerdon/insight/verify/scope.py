"""What a proof looks at: the whole installation or one programme, and the law of each programme by version."""

import re
from dataclasses import dataclass, field
from typing import Final

from guerdon.core import expiry
from guerdon.core.activities import ANSWERED, LEDGER_KINDS
from guerdon.core.law import Law
from guerdon.core.period import WindowKind
from guerdon.core.rules import Caps
from guerdon.core.standing import EVER
from guerdon.features.programmes import queries as programmes
from guerdon.features.programmes.queries import Lawbook, ProgrammeRow
from guerdon.kit import clock, snapshot
from guerdon.kit.snapshot import Snapshot
from guerdon.kit.store import Statement, allow_fanout

# Clocks of all zones agree on what a quarter of an hour is, so its instants share their local day.
QUARTER_HOUR: Final = 15 * 60 * 1_000_000
QUARTERS_MAX: Final = 100_000
_MINE: Final = re.compile(r"\[mine (\w+)\]")
_OWNED: Final = re.compile(r"\[owned (\w+)\]")
_WITHIN: Final = re.compile(r"\[within ([\w.]+)\]")
# A clock may lie, and a batch may have waited for its turn while a version was published.
PUBLISHED_SLACK: Final = 10 * 60 * 1_000_000


@dataclass(frozen=True, slots=True)
class Scope:
    """All programmes, or the one with this id; of their accounts all, or those from `first` up to `until`."""

    programme_id: str | None = None
    first: str | None = None
    until: str | None = None

    def ask(self, text: str) -> Statement:
        """A statement of the scope: `[mine p]` is a condition on p.programme_id, `[owned a]` joins a's member,
        `[within a.account_id]` is a condition on an account."""
        mine, owned = "1 = 1", ""
        if self.programme_id is not None:
            mine = r"\1.programme_id = :programme"
            owned = r"JOIN members_member owner ON owner.id = \1.account_id AND owner.programme_id = :programme"
        edges = [r"\1 >= :first"] * (self.first is not None) + [r"\1 < :until"] * (self.until is not None)
        within = " AND ".join(edges) or "1 = 1"
        asked = snapshot.both(_OWNED.sub(owned, _MINE.sub(mine, _WITHIN.sub(within, text))))
        return allow_fanout("a proof looks at every account", asked)

    @property
    def is_whole(self) -> bool:
        """Whether nothing is left out."""
        return self == Scope()

    @property
    def params(self) -> dict[str, str]:
        named = {"programme": self.programme_id, "first": self.first, "until": self.until}
        return {name: id for name, id in named.items() if id is not None}


Limit = tuple[str, WindowKind, int]  # counter, window, most


class Watch:
    """What one version limits and counts, ready for tallying decisions."""

    def __init__(self, law: Law) -> None:
        programme = law.programme
        self.law = law
        self.caps = {rule.key: _named("rule:" + rule.key, rule.caps) for rule in programme.rules}
        self.uses = {rule.key: _named("uses:" + rule.key, rule.uses) for rule in programme.rules}
        self.orders = {rule.key: rule.caps.order for rule in programme.rules if rule.caps.order is not None}
        self.budgets = {rule.key: rule.budget for rule in programme.rules if rule.budget is not None}
        self.unit_caps = {code: _named("unit:" + code, unit.caps) for code, unit in programme.units.items()}
        self.unit_orders = {code: unit.caps.order for code, unit in programme.units.items()}
        self.rules = {kind: frozenset(one.key for one in found) for kind, found in law.by_kind.items()}
        self.limited = frozenset(
            rule.key
            for rule in programme.rules
            if self.caps[rule.key] or self.uses[rule.key] or rule.key in self.orders or rule.key in self.budgets
        )
        self.limited_units = frozenset(
            code for code in programme.units if self.unit_caps[code] or self.unit_orders[code] is not None
        )
        self._names: dict[int, dict[WindowKind, str]] = {}
        self._counted: dict[tuple[str, int], list[tuple[str, str]]] = {}
        self.counts: dict[str, list[WindowKind]] = {}
        for key, span in law.counted:
            if key.startswith("count:") and span != "lifetime":
                self.counts.setdefault(key, []).append(span)

    def names(self, occurred_at: int) -> dict[WindowKind, str]:
        """The windows that hold the instant, by their kind."""
        quarter = occurred_at // QUARTER_HOUR
        found = self._names.get(quarter)
        if found is None:
            if len(self._names) >= QUARTERS_MAX:
                self._names.clear()
            local = clock.instant(occurred_at).astimezone(self.law.zone)
            found = self._names[quarter] = self.law.calendar(local.date()).names
        return found

    def counted(self, kind: str, occurred_at: int) -> list[tuple[str, str]]:
        """The counters, with their windows, that count an activity of the kind at the instant."""
        name = (kind, occurred_at // QUARTER_HOUR)
        found = self._counted.get(name)
        if found is None:
            if len(self._counted) >= QUARTERS_MAX:
                self._counted.clear()
            what, names = "count:" + kind, self.names(occurred_at)
            found = self._counted[name] = [(what, EVER), *((what, names[span]) for span in self.counts.get(what, ()))]
        return found


def _named(counter: str, caps: Caps) -> list[Limit]:
    return [(counter, span, most) for span, most in caps.windows()]


@dataclass(slots=True)
class Book:
    """One programme with all its versions as law."""

    row: ProgrammeRow
    lawbook: Lawbook
    sliding: frozenset[str] = frozenset()  # units that slide in some version
    _watches: dict[int, Watch] = field(default_factory=dict)
    _times: list[tuple[int, int, int]] = field(default_factory=list)  # published_at, effective_at, number
    _alone: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        self._times = [
            (clock.micros(version.published_at), clock.micros(version.effective_at), version.number)
            for version in self.lawbook.versions
        ]
        self._alone = frozenset(version.number for version in self.lawbook.versions)
        self.sliding = frozenset(
            unit.code
            for version in self.lawbook.versions
            for unit in self.lawbook.law(version.number).programme.units.values()
            if isinstance(unit.expires, expiry.Sliding)
        )

    @property
    def key(self) -> str:
        return self.row.key

    def has(self, version: int) -> bool:
        return 1 <= version <= len(self.lawbook.versions)

    def law(self, version: int) -> Law:
        return self.lawbook.law(version)

    def watch(self, version: int) -> Watch:
        """The limits of a version, prepared once."""
        found = self._watches.get(version)
        if found is None:
            found = self._watches[version] = Watch(self.law(version))
        return found

    def in_force(self, *, occurred_at: int, recorded_at: int) -> frozenset[int]:
        """The versions that may have been in force when the fact was recorded: one, or two around a publication."""
        if len(self._times) == 1 and self._times[0][1] <= occurred_at:
            return self._alone
        possible: set[int] = set()
        best = 0
        for published_at, effective_at, number in self._times:
            if published_at > recorded_at + PUBLISHED_SLACK:
                break
            if published_at > recorded_at - PUBLISHED_SLACK and best:
                possible.add(best)
            if effective_at <= occurred_at:
                best = number
        return frozenset((*possible, best))


def books(view: Snapshot, scope: Scope) -> dict[str, Book]:
    """The programmes of the scope by id. Raises `programme_unknown`."""
    one = scope.programme_id
    rows = programmes.every(view) if one is None else [programmes.by_id(view, one)]
    return {row.id: Book(row, Lawbook(row, programmes.all_versions(view, row.id))) for row in rows}


def is_told(kind: str) -> bool:
    """Whether rules decide on the fact: somebody told it, or rules can answer it; the house writes the others alone."""
    return kind in ANSWERED or kind not in LEDGER_KINDS
