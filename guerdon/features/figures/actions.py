"""Every write to daily figures: adding what entries did with the number they reach, and what is counted anew."""

from collections.abc import Iterable
from typing import Final

from guerdon.core.figures import Day, Tally
from guerdon.features.figures.queries import Counted, Watermark
from guerdon.kit.store import Row, Statement, Store, Table, allow_fanout

DAYS: Final = Table(
    "figures_day",
    {
        "programme_id": "uuid", "store": "text", "day": "bigint", "measure": "text", "what": "text",
        "amount": "bigint", "late": "bigint",
    },
    key=("programme_id", "store", "day", "measure", "what"),
    mode="upsert",
    adds=("amount", "late"),
)  # fmt: skip
SEEN: Final = Table(
    "figures_seen",
    {
        "account_id": "uuid", "person_id": "uuid", "day": "bigint", "store": "text", "programme_id": "uuid",
        "active": "bigint", "bought": "bigint", "spent": "bigint",
    },
    key=("account_id", "person_id", "day", "store"),
    fixed=("programme_id",),
    mode="upsert",
    adds=("active", "bought", "spent"),
)  # fmt: skip
STANDINGS: Final = Table(
    "figures_standing",
    {
        "programme_id": "uuid", "store": "text", "day": "bigint", "measure": "text", "what": "text",
        "amount": "bigint",
    },
    key=("programme_id", "store", "day", "measure", "what"),
    mode="upsert",
)  # fmt: skip
# The row is made where there is none, and held until the transaction ends: nobody else counts, and no month closes.
_LOCK = Statement(
    "INSERT INTO figures_watermark (programme_id, seq, zone) VALUES (:programme, 0, '')"
    " ON CONFLICT (programme_id) DO UPDATE SET seq = figures_watermark.seq RETURNING seq, zone, stale, finished"
)
_REACH = Statement(
    "UPDATE figures_watermark SET seq = :seq, zone = :zone,"
    " stale = CASE WHEN stale < :stale THEN stale ELSE coalesce(:stale, stale) END WHERE programme_id = :programme"
)
_FINISH = Statement("UPDATE figures_watermark SET stale = NULL, finished = :day WHERE programme_id = :programme")
_RESET = Statement(
    "UPDATE figures_watermark SET seq = 0, zone = :zone, stale = NULL, finished = NULL WHERE programme_id = :programme"
)
_FORGET_DAYS = Statement("DELETE FROM figures_day WHERE programme_id = :programme")
_FORGET_STANDINGS = Statement("DELETE FROM figures_standing WHERE programme_id = :programme")
_FORGET_SEEN = allow_fanout(
    "days begin elsewhere when the zone of a programme has changed, and everything is counted again",
    Statement("DELETE FROM figures_seen WHERE programme_id = :programme"),
)
_CLEAR_MEASURES = Statement(
    "DELETE FROM figures_standing WHERE programme_id = :programme AND day BETWEEN :first AND :last"
    " AND measure = ANY(:measures::text[])",
    sqlite="DELETE FROM figures_standing WHERE programme_id = :programme AND day BETWEEN :first AND :last"
    " AND measure IN (SELECT value FROM json_each(:measures))",
)


def lock(store: Store, programme_id: str) -> Watermark:
    """How far the figures are counted, to be moved by nobody else until the transaction ends."""
    seq, zone, stale, finished = store.fetch(_LOCK, programme=programme_id)[0]
    return Watermark(seq, zone, stale, finished)


def add(store: Store, programme_id: str, tally: Tally, *, seq: int, zone: str) -> None:
    """Add what entries did, and that all are counted up to the number; in the transaction that holds the lock."""
    cells = [
        (programme_id, place, day, measure, what, amount, late)
        for (day, place, measure, what), (amount, late) in sorted(tally.cells.items())
    ]
    seen: list[Row] = [
        (account, person, day, place, programme_id, *often)
        for (account, person, day, place), often in sorted(tally.seen.items())
    ]
    store.write([(DAYS, cells), (SEEN, seen)])
    stale = min((day for _, _, day, _ in tally.seen), default=None)
    store.fetch(_REACH, programme=programme_id, seq=seq, zone=zone, stale=stale)


def reset(store: Store, programme_id: str, *, zone: str) -> None:
    """Forget everything, to be counted again from the beginning with the days of another zone."""
    for statement in (_FORGET_DAYS, _FORGET_STANDINGS, _FORGET_SEEN):
        store.fetch(statement, programme=programme_id)
    store.fetch(_RESET, programme=programme_id, zone=zone)


def keep(
    store: Store, programme_id: str, found: Iterable[Counted], *, first: Day, last: Day, measures: Iterable[str]
) -> None:
    """Keep what was counted of the measures, in place of all that was kept of these days."""
    store.fetch(_CLEAR_MEASURES, programme=programme_id, first=first, last=last, measures=list(measures))
    set_days(store, programme_id, found)


def set_days(store: Store, programme_id: str, found: Iterable[Counted]) -> None:
    """Keep what was counted of single days in place of what was kept of each."""
    rows = [(programme_id, one.store, one.day, one.measure, one.what, one.amount) for one in found]
    store.write([(STANDINGS, sorted(rows))])


def finish(store: Store, programme_id: str, *, day: Day) -> None:
    """Note that the counts of different members are made up to the day."""
    store.fetch(_FINISH, programme=programme_id, day=day)
