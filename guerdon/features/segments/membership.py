"""Who is in a segment, of all members at once: its tree as one condition of SQL, over what is booked."""

import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from guerdon.core import limits, period
from guerdon.core.conditions import Attribute, BirthdayMonth, Counter, DaysSince, Is, Scalar
from guerdon.core.ladders import Ladder
from guerdon.core.law import Law
from guerdon.core.segments import PURCHASE, All, Any, Ask, Balance, Born, Holds, Joined, Last, Leaf, Not, days
from guerdon.core.standing import EVER
from guerdon.features.members.queries import COLUMNS, COLUMNS_SQLITE, MemberRow, of_cells
from guerdon.kit import clock
from guerdon.kit.store import Statement, Store, fanout_mark

_MARK: Final = fanout_mark("a segment is of all members")
# Active persons who stand for themselves; counters, tiers and points are the account's.
_OF_ALL: Final = (
    " FROM members_member m WHERE m.programme_id = :programme AND m.kind = 'person' AND m.merged_into IS NULL"
    " AND m.status = 'active'"
)
_ACCOUNT: Final = "coalesce(m.household_id, m.id)"
Both = tuple[str, str]  # a condition for PostgreSQL and for SQLite


def count(store: Store, law: Law, programme_id: str, node: Ask, at: datetime) -> int:
    """How many members are in. Raises `read_too_long`."""
    asked = _Asked(law, at)
    postgresql, sqlite = asked.told(node)
    head = f"{_MARK}SELECT count(*) {_OF_ALL} AND "
    rows = store.fetch_within(
        Statement(head + postgresql, sqlite=head + sqlite),
        limits.SEGMENT_READ_MILLIS_MAX,
        programme=programme_id,
        **asked.params,
    )
    return int(rows[0][0])


def page(
    store: Store, law: Law, programme_id: str, node: Ask, at: datetime, *, after: str, most: int
) -> list[MemberRow]:
    """The members who are in, by id after `after`. Raises `read_too_long`."""
    asked = _Asked(law, at)
    postgresql, sqlite = asked.told(node)
    tail = " AND m.id > :after ORDER BY m.id LIMIT :most"
    statement = Statement(
        f"{_MARK}SELECT {COLUMNS} {_OF_ALL} AND {postgresql}{tail}",
        sqlite=f"{_MARK}SELECT {COLUMNS_SQLITE} {_OF_ALL} AND {sqlite}{tail}",
    )
    rows = store.fetch_within(
        statement,
        limits.SEGMENT_READ_MILLIS_MAX,
        programme=programme_id,
        after=after,
        most=most,
        **asked.params,
    )
    return [of_cells(cells) for cells in rows]


def ids(store: Store, law: Law, programme_id: str, node: Ask, at: datetime) -> list[str]:
    """The ids of all who are in, in their order, however long that takes: for work that nobody waits for."""
    asked = _Asked(law, at)
    postgresql, sqlite = asked.told(node)
    head = f"{_MARK}SELECT m.id {_OF_ALL} AND "
    statement = Statement(f"{head}{postgresql} ORDER BY m.id", sqlite=f"{head}{sqlite} ORDER BY m.id")
    return [str(row[0]) for row in store.fetch(statement, programme=programme_id, **asked.params)]


class _Asked:
    """A tree on its way into SQL: what it compares goes beside the text, under names of its own."""

    def __init__(self, law: Law, at: datetime) -> None:
        self.law = law
        self.at = at
        self.day = period.local_day(at, law.zone)
        self.params: dict[str, object] = {}

    def told(self, node: Ask) -> Both:
        if isinstance(node, All | Any):
            glue = " AND " if isinstance(node, All) else " OR "
            parts = [self.told(part) for part in node.of]
            return f"({glue.join(one for one, _ in parts)})", f"({glue.join(one for _, one in parts)})"
        if isinstance(node, Not):
            postgresql, sqlite = self.told(node.of)
            return f"(NOT {postgresql})", f"(NOT {sqlite})"
        return self._leaf(node)

    def _leaf(self, node: Leaf) -> Both:
        if isinstance(node, Is):
            return self._words(node)
        if isinstance(node, Attribute):
            return self._attribute(node)
        if isinstance(node, Last | DaysSince):
            return self._last(node)
        if isinstance(node, Joined):
            return _same(self._span("m.enrolled_at", node))
        if isinstance(node, Holds):
            return self._holds(node)
        if isinstance(node, BirthdayMonth | Born):
            months = [self.day.month] if isinstance(node, BirthdayMonth) else sorted(node.months)
            found = ", ".join(self.param(month) + "::bigint" for month in months)
            return _same(f"coalesce(m.birthday_month IN ({found}), 1 = 0)")
        return _same(self._number(node))

    def param(self, value: object) -> str:
        """The place of a value; the names have letters only."""
        name = "x" + "".join(chr(ord("a") + int(digit)) for digit in str(len(self.params)))
        self.params[name] = value
        return f":{name}"

    def _number(self, node: Counter | Balance) -> str:
        if isinstance(node, Counter):
            window = self.param(period.window(self.day, node.period))
            found = (
                f"SELECT c.amount FROM rulebook_counter c WHERE c.account_id = {_ACCOUNT}"
                f" AND c.win = {window}::text AND c.key = {self.param(node.what)}::text"
            )
        else:
            found = (
                f"SELECT b.available FROM ledger_balance b WHERE b.account_id = {_ACCOUNT}"
                f" AND b.unit = {self.param(node.unit)}::text"
            )
        low = [] if node.min is None else [f"coalesce(({found}), 0) >= {self.param(node.min)}::bigint"]
        high = [] if node.max is None else [f"coalesce(({found}), 0) <= {self.param(node.max)}::bigint"]
        return _every([*low, *high])

    def _last(self, node: Last | DaysSince) -> Both:
        key = self.param(f"count:{node.kind or PURCHASE}")
        return _same(
            f"EXISTS (SELECT 1 FROM rulebook_counter c WHERE c.account_id = {_ACCOUNT}"
            f" AND c.win = {self.param(EVER)}::text AND c.key = {key}::text AND {self._span('c.last_at', node)})"
        )

    def _span(self, column: str, node: Last | DaysSince | Joined) -> str:
        first, until = days(node, self.day)
        low = [] if first is None else [f"{column} >= {self._midnight(first)}"]
        high = [] if until is None else [f"{column} < {self._midnight(until)}"]
        return _every([*low, *high])

    def _midnight(self, day: date) -> str:
        return self.param(clock.micros(period.midnight(day, self.law.zone))) + "::bigint"

    def _holds(self, node: Holds) -> Both:
        listed, now = self.param(sorted(node.any_of)), self.param(clock.micros(self.at))
        # Vouchers stay in the account to which they were given, also of who was merged.
        theirs = (
            f"SELECT 1 FROM members_member o JOIN vouchers_voucher v ON v.account_id = o.id WHERE (o.id = m.id"
            f" OR o.id = {_ACCOUNT} OR o.merged_into = m.id OR o.merged_into = {_ACCOUNT})"
            f" AND v.used < v.uses AND v.withdrawn_at IS NULL AND"
            f" (v.expires_at IS NULL OR v.expires_at > {now}::bigint)"
        )
        postgresql, sqlite = _any_of(listed)
        return f"EXISTS ({theirs} AND v.voucher {postgresql})", _same(f"EXISTS ({theirs} AND v.voucher {sqlite})")[1]

    # --- words ---

    def _words(self, node: Is) -> Both:
        """One of, and none of: of the labels that were given by hand, or of the tiers."""
        one = self._label if node.what == "segment" else self._tier
        parts = [one(node.any_of)] if node.any_of else []
        if node.none_of:
            postgresql, sqlite = one(node.none_of)
            parts.append((f"(NOT {postgresql})", f"(NOT {sqlite})"))
        return _every([one for one, _ in parts]), _every([one for _, one in parts])

    def _label(self, words: frozenset[str]) -> Both:
        postgresql, sqlite = _any_of(self.param(sorted(words)))
        return (
            f"EXISTS (SELECT 1 FROM jsonb_array_elements_text(m.segments) AS l(word) WHERE l.word {postgresql})",
            f"EXISTS (SELECT 1 FROM json_each(m.segments) AS l WHERE l.value {sqlite})",
        )

    def _tier(self, words: frozenset[str]) -> Both:
        ladders = self.law.programme.tiers
        if not ladders:
            return self._attribute(Attribute("tier", any_of=frozenset(words)))
        parts = [f"{self._place(one)} IN ({', '.join(map(str, found))})" for one, found in _places(ladders, words)]
        return _same(f"({' OR '.join(parts)})" if parts else "(1 = 0)")

    def _place(self, ladder: Ladder) -> str:
        """The place on the ladder that is booked: by the last step, or by a grant in force that is higher."""
        key, now = self.param(ladder.key), self.param(clock.micros(self.at))
        cases = "".join(f" WHEN {self.param(level.key)}::text THEN {n}" for n, level in enumerate(ladder.levels))
        return (
            f"(SELECT max(x.place) FROM (SELECT {ladder.floor} AS place"
            f" UNION ALL SELECT CASE s.level{cases} ELSE -1 END FROM tiers_rank r JOIN tiers_step s"
            " ON s.account_id = r.account_id AND s.ladder = r.ladder AND s.number = r.number"
            f" WHERE r.account_id = {_ACCOUNT} AND r.ladder = {key}::text"
            f" UNION ALL SELECT CASE g.level{cases} ELSE -1 END FROM tiers_grant g WHERE g.account_id = {_ACCOUNT}"
            f" AND g.ladder = {key}::text AND g.since <= {now}::bigint AND g.until > {now}::bigint"
            f" AND (g.ended_at IS NULL OR g.ended_at > {now}::bigint)) AS x)"
        )

    def _attribute(self, node: Attribute) -> Both:
        """An attribute with its type: true is not 1. What is not there is none of any words, and no number."""
        name = self.param(node.name)
        value = f"(m.attributes->{name}::text)"
        row = f"FROM json_each(m.attributes) AS a WHERE a.key = {name}"
        parts: list[Both] = []
        if node.exists is not None:
            there = (f"({value} IS NOT NULL)", f"EXISTS (SELECT 1 {row})")
            parts.append(there if node.exists else (f"(NOT {there[0]})", f"(NOT {there[1]})"))
        for words, contrary in ((node.any_of, ""), (node.none_of, "NOT ")):
            if words:
                listed = self.param(_json(words))
                parts.append(
                    (
                        f"({contrary}coalesce({value} IN (SELECT w FROM jsonb_array_elements({listed}::jsonb) AS w),"
                        " 1 = 0))",
                        f"({contrary}EXISTS (SELECT 1 {row} AND EXISTS (SELECT 1 FROM json_each({listed}) AS w"
                        " WHERE w.type = a.type AND w.value = a.value)))",
                    )
                )
        for sign, bound in ((">=", node.min), ("<=", node.max)):
            if bound is not None:
                limit = self.param(bound)
                number = f"CASE WHEN jsonb_typeof({value}) = 'number' THEN {value}::numeric {sign} {limit}::bigint"
                parts.append(
                    (
                        f"({number} ELSE 1 = 0 END)",
                        f"EXISTS (SELECT 1 {row} AND a.type = 'integer' AND a.value {sign} {limit})",
                    )
                )
        return _every([one for one, _ in parts]), _every([one for _, one in parts])


def _places(ladders: Sequence[Ladder], words: frozenset[str]) -> list[tuple[Ladder, list[int]]]:
    """The ladders that have some of these tiers, with their places."""
    found = [(one, [one.place(word) for word in sorted(words) if one.place(word) >= 0]) for one in ladders]
    return [(one, places) for one, places in found if places]


def _same(text: str) -> Both:
    """A condition written for PostgreSQL; SQLite needs no casts."""
    return text, text.replace("::text", "").replace("::bigint", "")


def _any_of(listed: str) -> Both:
    return f"= ANY({listed}::text[])", f"IN (SELECT value FROM json_each({listed}))"


def _every(parts: Sequence[str]) -> str:
    return f"({' AND '.join(parts)})"


def _json(words: frozenset[Scalar]) -> str:
    return json.dumps(sorted(words, key=repr), ensure_ascii=False)
