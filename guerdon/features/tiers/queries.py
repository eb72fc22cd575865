"""Every read of tiers: what decisions look at, what is due, the history of one member, all members in pages."""

from collections.abc import Iterable
from datetime import date, datetime

import msgspec

from guerdon.core.tiers import Cause, Grant, GrantKind, Step
from guerdon.kit import clock
from guerdon.kit.store import Statement, Store, allow_fanout

_STEP = (
    "account_id, ladder, number, level, since, cause, counts_from, counts_until, review_at, grace_until, seq, version"
)
_GRANT = "account_id, id, ladder, level, kind, since, until, reason, actor, ended_at, seq"
# The days of a review that nobody has booked yet count as well, however long ago they were.
_BASIS = "b.account_id, b.measure, b.day, b.amount"
_WANTED = (
    " (b.day >= :first OR b.measure LIKE 'ever:%' OR b.day >= (SELECT min(r.counts_from) FROM tiers_rank r"
    " WHERE r.account_id = b.account_id))"
)
_SEEN = Statement(
    f"SELECT (SELECT json_agg(json_build_array({_STEP}) ORDER BY account_id, ladder, number) FROM tiers_step"  # noqa: S608
    " WHERE account_id = ANY(:accounts::uuid[]))::text,"
    f" (SELECT json_agg(json_build_array({_BASIS})) FROM tiers_basis b"
    f" WHERE b.account_id = ANY(:accounts::uuid[]) AND {_WANTED})::text,"
    f" (SELECT json_agg(json_build_array({_GRANT}) ORDER BY account_id, id) FROM tiers_grant"
    " WHERE account_id = ANY(:accounts::uuid[]))::text",
    sqlite=f"SELECT (SELECT json_group_array(json_array({_STEP})) FROM (SELECT * FROM tiers_step"  # noqa: S608
    " WHERE account_id IN (SELECT value FROM json_each(:accounts)) ORDER BY account_id, ladder, number)),"
    f" (SELECT json_group_array(json_array({_BASIS})) FROM tiers_basis b"
    f" WHERE b.account_id IN (SELECT value FROM json_each(:accounts)) AND {_WANTED}),"
    f" (SELECT json_group_array(json_array({_GRANT})) FROM (SELECT * FROM tiers_grant"
    " WHERE account_id IN (SELECT value FROM json_each(:accounts)) ORDER BY account_id, id))",
)
_STEPS = Statement(
    f"SELECT {_STEP} FROM tiers_step WHERE account_id = ANY(:accounts::uuid[])"  # noqa: S608 - our own
    " ORDER BY account_id, ladder, number",
    sqlite=f"SELECT {_STEP} FROM tiers_step"  # noqa: S608 - our own
    " WHERE account_id IN (SELECT value FROM json_each(:accounts)) ORDER BY account_id, ladder, number",
)
_DUE = allow_fanout(
    "the night looks for reviews of every member",
    Statement(
        "SELECT DISTINCT r.account_id FROM tiers_rank r WHERE r.programme_id = :programme AND r.due_at <= :at"
        " AND r.account_id > :after AND EXISTS (SELECT 1 FROM members_member m WHERE m.id = r.account_id"
        " AND m.merged_into IS NULL AND m.household_id IS NULL) ORDER BY r.account_id LIMIT :most"
    ),
)
_COUNTED = allow_fanout(
    "new thresholds are held against everybody once",
    Statement(
        "SELECT m.id FROM members_member m WHERE m.programme_id = :programme AND m.id > :after"
        " AND m.merged_into IS NULL AND m.household_id IS NULL"
        " AND EXISTS (SELECT 1 FROM tiers_basis b WHERE b.account_id = m.id) ORDER BY m.id LIMIT :most"
    ),
)
_LEVELS = allow_fanout(
    "how many members have which tier is counted of all of them, at night",
    Statement(
        "SELECT s.ladder, s.level, count(*) FROM tiers_rank r JOIN tiers_step s ON s.account_id = r.account_id"
        " AND s.ladder = r.ladder AND s.number = r.number JOIN members_member m ON m.id = r.account_id"
        " WHERE r.programme_id = :programme AND m.merged_into IS NULL AND s.level IS NOT NULL"
        " GROUP BY s.ladder, s.level ORDER BY s.ladder, s.level"
    ),
)
_LEVELS_PAGE = allow_fanout(
    "a person looks at the members of tiers, a page at a time",
    Statement(
        "SELECT r.account_id, r.ladder, s.level FROM tiers_rank r JOIN tiers_step s ON s.account_id = r.account_id"
        " AND s.ladder = r.ladder AND s.number = r.number JOIN members_member m ON m.id = r.account_id"
        " WHERE r.programme_id = :programme AND m.merged_into IS NULL AND s.level IS NOT NULL"
        " AND (r.account_id > :after OR (r.account_id = :after AND r.ladder > :ladder))"
        " ORDER BY r.account_id, r.ladder LIMIT :most"
    ),
)

_StepCells = tuple[
    str, str, int, str | None, int, Cause, int | None, int | None, int | None, int | None, int, int
]  # fmt: skip
_GrantCells = tuple[str, str, str, str, GrantKind, int, int, str, str, int | None, int]
_steps = msgspec.json.Decoder(list[_StepCells]).decode
_basis = msgspec.json.Decoder(list[tuple[str, str, int, int]]).decode
_grants = msgspec.json.Decoder(list[_GrantCells]).decode


class StepRow(msgspec.Struct, frozen=True):
    """A step with the entry of the journal and the version that made it."""

    step: Step
    seq: int
    version: int


class GrantRow(msgspec.Struct, frozen=True):
    """A grant with its id and its entry of the journal."""

    id: str
    grant: Grant
    seq: int


class Climbed(msgspec.Struct):
    """What is known of one account's tiers."""

    steps: list[StepRow]
    basis: dict[str, dict[date, int]]
    grants: list[GrantRow]

    def history(self) -> dict[str, list[Step]]:
        """The steps by ladder."""
        found: dict[str, list[Step]] = {}
        for row in self.steps:
            found.setdefault(row.step.ladder, []).append(row.step)
        return found


def climbed(store: Store, accounts: Iterable[str], *, first: date) -> dict[str, Climbed]:
    """Steps, grants and the basis from the day `first` on (earlier where a review needs it) of each account.

    An account without any of them is not in the answer.
    """
    (row,) = store.fetch(_SEEN, accounts=sorted(accounts), first=first.toordinal())
    found: dict[str, Climbed] = {}

    def of(account: str) -> Climbed:
        return found.setdefault(account.replace("-", ""), Climbed([], {}, []))

    for cells in _steps(row[0] or "[]"):
        of(cells[0]).steps.append(_step(cells))
    for account, measure, day, amount in _basis(row[1] or "[]"):
        of(account).basis.setdefault(measure, {})[date.fromordinal(day)] = amount
    for account, id, ladder, level, kind, since, until, reason, actor, ended_at, seq in _grants(row[2] or "[]"):
        grant = Grant(ladder, level, kind, _at(since), _at(until), reason, actor, clock.instant(ended_at))
        of(account).grants.append(GrantRow(id.replace("-", ""), grant, seq))
    return found


def steps_of(store: Store, accounts: Iterable[str]) -> dict[str, list[StepRow]]:
    """All steps of accounts, ladder by ladder in their order, by account."""
    found: dict[str, list[StepRow]] = {}
    for account, ladder, number, level, since, cause, *rest in store.fetch(_STEPS, accounts=sorted(accounts)):
        found.setdefault(account, []).append(_step((account, ladder, number, level, since, cause, *rest)))
    return found


def due(store: Store, programme_id: str, at: datetime, *, after: str, most: int) -> list[str]:
    """The next so many accounts after `after` that have something due on a ladder.

    Whoever shares a household's account climbs there; their own waits until they leave.
    """
    rows = store.fetch(_DUE, programme=programme_id, at=clock.micros(at), after=after, most=most)
    return [account for (account,) in rows]


def counted(store: Store, programme_id: str, *, after: str, most: int) -> list[str]:
    """The next so many accounts after `after` that have anything counted."""
    return [account for (account,) in store.fetch(_COUNTED, programme=programme_id, after=after, most=most)]


def _step(cells: _StepCells) -> StepRow:
    _, ladder, number, level, since, cause, start, until, review_at, grace_until, seq, version = cells
    step = Step(
        ladder, number, level, _at(since), cause, _day(start), _day(until), clock.instant(review_at),
        clock.instant(grace_until),
    )  # fmt: skip
    return StepRow(step, seq, version)


def _at(micros: int) -> datetime:
    found = clock.instant(micros)
    assert found is not None
    return found


def _day(ordinal: int | None) -> date | None:
    return date.fromordinal(ordinal) if ordinal is not None else None


def count_levels(store: Store, programme_id: str) -> list[tuple[str, str, int]]:
    """How many members have earned which tier, as (ladder, tier, members): of everybody, so it is for the night."""
    rows = store.fetch(_LEVELS, programme=programme_id)
    return [(ladder, level, int(members)) for ladder, level, members in rows]


def levels(store: Store, programme_id: str, *, after: tuple[str, str], most: int) -> list[tuple[str, str, str]]:
    """The tiers that members have earned, as (account, ladder, tier), in this order, a page at a time."""
    rows = store.fetch(_LEVELS_PAGE, programme=programme_id, after=after[0], ladder=after[1], most=most)
    return [(account, ladder, level) for account, ladder, level in rows]
