"""No read grows with a member's history: a long one costs no more than a short one, where as much is asked of both."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from guerdon.core.figures import Calendar
from guerdon.features.activities import queries as activities
from guerdon.features.activities import receipts
from guerdon.features.figures import behind
from guerdon.features.ledger import lapsed
from guerdon.features.ledger import queries as ledger
from guerdon.kit import clock, ids, store
from guerdon.kit.store import Statement, Store
from tests import shop

SHORT, LONG = 4, 400
SLACK = 1.5  # a tree with one more level


class Past:
    """A member who spent so many purchases and has so many returns waiting; one purchase expired, three are alive."""

    def __init__(self, length: int) -> None:
        cafe = shop.Shop()
        self.programme_id, self.account = cafe.programme_id, cafe.enrol("ann")
        cafe.tell(*[cafe.purchase("ann", 100) for _ in range(length)])
        shop.taken(cafe.burn("ann", length, "2026-01-06"))
        cafe.tell(*[cafe.giving_back("ann", f"unknown-{number}") for number in range(length)])
        expired = cafe.buy("ann", 900, "2026-01-07", external_id="the-receipt")
        self.expired = (self.account, expired.seq, expired.activity_id)
        cafe.night("2027-02-01")
        self.seq = cafe.buy("ann", 500, "2027-02-02").seq
        for _ in range(2):
            cafe.buy("ann", 500, "2027-02-02")


_DAY, _CALENDAR = date(2027, 2, 2).toordinal(), Calendar(ZoneInfo("Europe/Sofia"), ())
NOON, FAR = shop.moment("2027-02-02"), shop.moment("2040-01-01")
Read = Callable[[Store, Past], list[Any]]
READS: dict[str, Read] = {
    "a balance that time has changed": lambda at_hand, past: ledger.balances(at_hand, past.account, FAR),
    "the lots a batch takes into its hands": lambda at_hand, past: ledger.lots(at_hand, [past.account]),
    "what expired out of an award": lambda at_hand, past: [*lapsed.of_awards(at_hand, [past.expired])],
    "living lots": lambda at_hand, past: ledger.account_lots(
        at_hand, past.account, NOON, after=ids.NIL, most=2, spent_too=False
    ),
    "the end of the statement": lambda at_hand, past: ledger.statement(
        at_hand, past.account, FAR, seq=past.seq, part=0, most=9
    )[0],
    "the end of a member's activities": lambda at_hand, past: activities.of_account(
        at_hand, past.account, seq=past.seq, most=9
    ),
    "the latest activities": lambda at_hand, past: activities.latest(at_hand, past.account, most=2),
    "the purchase of a receipt's number": lambda at_hand, past: receipts.called(
        at_hand, past.programme_id, "the-receipt", kind="purchase", most=9
    ),
    "the first parked facts": lambda at_hand, past: activities.parked(at_hand, past.programme_id, seq=0, most=2),
    "what members had before a day": lambda at_hand, past: behind.balances(
        at_hand,
        past.programme_id,
        until=clock.micros(NOON),
        day=_DAY,
        seq=past.seq + 9,
        calendar=_CALENDAR,
        after=(ids.NIL, ""),
        most=9,
    ),
    "the next number": lambda at_hand, past: at_hand.fetch(_NEXT, wanted=1),
}
_NEXT = Statement(f"SELECT {activities.NEXT_SEQS.text}", sqlite=f"SELECT {activities.NEXT_SEQS.sqlite}")


def _grows(read: Read, monkeypatch: pytest.MonkeyPatch) -> bool:
    found: list[int] = []
    for length in (SHORT, LONG):
        past, at_hand = Past(length), store.current()
        if at_hand.postgresql:
            at_hand.fetch(Statement("VACUUM ANALYZE"))  # else it is chance how far PostgreSQL has tidied up by itself
        rows, effort = (_look_at_rows if at_hand.postgresql else _count_steps)(at_hand, read, past, monkeypatch)
        assert rows, "a read that finds nothing proves nothing"
        found.append(effort)
    return found[1] > SLACK * found[0]


def _count_steps(at_hand: Store, read: Read, past: Past, _: pytest.MonkeyPatch) -> tuple[list[Any], int]:
    """The steps of SQLite's machine."""
    steps = 0

    def step() -> int:
        nonlocal steps
        steps += 1
        return 0

    at_hand.raw.set_progress_handler(step, 1)
    try:
        return read(at_hand, past), steps
    finally:
        at_hand.raw.set_progress_handler(None, 0)


def _look_at_rows(at_hand: Store, read: Read, past: Past, monkeypatch: pytest.MonkeyPatch) -> tuple[list[Any], int]:
    """The rows that PostgreSQL looks at, by the plan that the write path gets: one for all parameters."""
    fetch, looked = store.Store.fetch, 0

    def looking_fetch(at_hand: Store, statement: Statement, **params: Any) -> list[tuple[Any, ...]]:
        nonlocal looked
        told = ", ".join(_literal(params[name]) for name in statement.names)
        fetch(at_hand, Statement("SET enable_seqscan = off"))  # a small table has no plan to choose
        fetch(at_hand, Statement(f"PREPARE looked AS {statement.postgresql}"))
        plan = fetch(at_hand, Statement(f"EXPLAIN (ANALYZE, FORMAT JSON) EXECUTE looked ({told})"))[0][0]
        fetch(at_hand, Statement("DEALLOCATE looked"))
        fetch(at_hand, Statement("RESET enable_seqscan"))
        looked += _rows(json.loads(plan)[0]["Plan"])
        return fetch(at_hand, statement, **params)

    with monkeypatch.context() as patch:
        patch.setattr(store.Store, "fetch", looking_fetch)
        return read(at_hand, past), looked


def _literal(value: object) -> str:
    if isinstance(value, int):
        return str(value)
    return "'{" + ",".join(map(str, value)) + "}'" if isinstance(value, list) else f"'{value}'"


def _rows(node: dict[str, Any]) -> int:
    removed = sum(count for name, count in node.items() if name.startswith("Rows Removed by"))
    own = (node["Actual Rows"] + removed) * node["Actual Loops"]
    return int(own) + sum(_rows(inner) for inner in node.get("Plans", ()))


@pytest.mark.parametrize("name", READS)
def test_a_long_history_costs_no_more(database: str, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    assert not _grows(READS[name], monkeypatch)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT max(amount) FROM ledger_posting WHERE account_id = :account",
        "SELECT id FROM ledger_lot WHERE account_id = :account AND (remaining > 0 OR origin = :account)",
        "SELECT seq FROM ledger_posting WHERE account_id = :account AND part + seq > 0 ORDER BY amount, seq LIMIT 1",
    ],
)
def test_what_walks_the_history_is_seen(database: str, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    """The control."""
    assert _grows(lambda at_hand, past: at_hand.fetch(Statement(text), account=past.account), monkeypatch)
