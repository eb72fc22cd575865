"""What the constraints and triggers of the ledger refuse, and the same where nothing is wrong with it."""

import sqlite3

import psycopg
import pytest

from guerdon.kit import ids, store
from tests import shop


@pytest.fixture
def lived(database: str) -> shop.Shop:
    """Ann has points and stars, and spent some of both; Ben has points. Another programme is there, too."""
    units = {"points": shop.POINTS, "stars": shop.POINTS}
    both = [{"points": {"unit": unit, "give": 1, "per": "1.00"}} for unit in units]
    cafe = shop.Shop({"units": units, "rules": {"base": {"when": "purchase", "then": both}}})
    cafe.enrol("ann", "ben")
    cafe.buy("ann", 4_000)
    cafe.buy("ben", 4_000)
    for unit in units:
        shop.taken(cafe.burn("ann", 5, "2026-01-06", unit=unit))
    return cafe


LOT = {
    "account_id": ":ann", "id": ":spare", "programme_id": "programme_id", "unit": "unit", "posting_id": ":spare",
    "origin": "origin", "funder": "funder", "amount": "amount", "remaining": "remaining", "held": "held",
    "earned_at": "earned_at", "available_at": "available_at", "expires_at": "expires_at",
}  # fmt: skip


def _lot(**other: str) -> str:
    """A lot of Ann's spare posting, like her own one of points but for the columns told."""
    values = LOT | other
    return (
        f"INSERT INTO ledger_lot ({', '.join(values)}) SELECT {', '.join(values.values())} FROM ledger_lot"
        " WHERE account_id = :ann AND unit = 'points'"
    )


def _allocation(posting_unit: str, lot_unit: str) -> str:
    """An allocation of a posting of one unit to a lot of another."""
    return (
        "INSERT INTO ledger_allocation (account_id, id, posting_id, lot_id, direction, amount, at)"
        " SELECT p.account_id, :other, p.id, l.id, 'out', 1, 1 FROM ledger_posting p"
        " JOIN ledger_lot l ON l.account_id = p.account_id WHERE p.account_id = :ann AND p.kind = 'burn'"
        f" AND p.unit = '{posting_unit}' AND l.unit = '{lot_unit}'"
    )


BROKEN = {
    "a lot of another programme": ("foreign key", _lot(programme_id=":programme")),
    "a lot of a unit that nobody knows": ("foreign key", _lot(unit="'nonsense'")),
    "a second lot of a posting": ("check", _lot(id=":other")),
    "a lot of nobody's posting": ("foreign key", _lot(id=":other", posting_id=":other")),
    "a lot of another member's posting": ("foreign key", _lot(id=":bens", posting_id=":bens")),
    "a lot twice": ("unique", _lot(id="id", posting_id="posting_id")),
    "points out of a lot of stars": ("differ in unit", _allocation("points", "stars")),
    "stars out of a lot of points": ("differ in unit", _allocation("stars", "points")),
    **{
        f"another {column}": ("append-only", f"UPDATE ledger_lot SET {column} = {value} WHERE account_id = :ann")
        for column, value in {
            "account_id": ":bens", "id": ":other", "programme_id": ":programme", "unit": "'stars'",
            "posting_id": ":other", "origin": ":other", "funder": "'bakery'", "amount": "amount + 1",
            "earned_at": "earned_at - 1", "available_at": "available_at - 1",
        }.items()
    },
    "a lot that leaves": ("append-only", "DELETE FROM ledger_lot WHERE account_id = :ann AND unit = 'stars'"),
}  # fmt: skip
ALLOWED = {
    "a lot of a new posting": _lot(),
    "points out of a lot of points": _allocation("points", "points"),
    "less left": "UPDATE ledger_lot SET remaining = remaining - 1 WHERE account_id = :ann",
    "some held": "UPDATE ledger_lot SET held = held + 1 WHERE account_id = :ann",
    "a later end": "UPDATE ledger_lot SET expires_at = expires_at + 1 WHERE account_id = :ann",
}
_SPARE_POSTING = (
    "INSERT INTO ledger_posting (account_id, id, programme_id, unit, seq, part, kind, source, destination, amount,"
    " balance_after, activity_id, effective_at, posted_at)"
    " SELECT account_id, :spare, programme_id, unit, seq, part + 9, kind, source, destination, amount,"
    " balance_after, activity_id, effective_at, posted_at FROM ledger_posting"
    " WHERE account_id = :ann AND kind = 'earn' AND unit = 'points'"
)


class _Undone(Exception):
    """Ends a trial."""


def _try(cafe: shop.Shop, attempt: str) -> None:
    """Make the attempt, with a posting at hand that has no lot yet, and take everything back."""
    at_hand, ann = store.current(), cafe.account("ann")
    postings = store.Statement("SELECT id FROM ledger_posting WHERE account_id = :account")
    bens = at_hand.fetch(postings, account=cafe.account("ben"))
    named = {
        "ann": ann, "spare": ids.new(), "other": ids.new(), "programme": shop.Shop().programme_id, "bens": bens[0][0],
    }  # fmt: skip
    count = "SELECT count(*), sum(remaining), sum(held), sum(expires_at - 0) FROM ledger_lot WHERE account_id = :ann"
    allocations = "SELECT count(*) FROM ledger_allocation WHERE account_id = :ann"
    look = [store.Statement(count), store.Statement(allocations)]
    before = [at_hand.fetch(one, ann=ann) for one in look]
    with pytest.raises(_Undone), at_hand.transaction():
        _run(at_hand, _SPARE_POSTING, named)
        _run(at_hand, attempt, named)
        assert [at_hand.fetch(one, ann=ann) for one in look] != before, "the attempt did nothing"
        raise _Undone


def _run(at_hand: store.Store, text: str, named: dict[str, str]) -> None:
    """Run it with the ids written in: PostgreSQL takes them for what they are compared with."""
    for name, value in named.items():
        text = text.replace(f":{name}", f"'{value}'" + ("::uuid" if at_hand.postgresql else ""))
    at_hand.fetch(store.Statement(text))


REFUSALS = (sqlite3.IntegrityError, psycopg.IntegrityError)


@pytest.mark.parametrize("name", BROKEN)
def test_the_ledger_refuses(lived: shop.Shop, name: str) -> None:
    reason, attempt = BROKEN[name]
    with pytest.raises(REFUSALS, match=f"(?i){reason}"):
        _try(lived, attempt)


@pytest.mark.parametrize("name", ALLOWED)
def test_the_ledger_takes(lived: shop.Shop, name: str) -> None:
    """The control: the same attempts pass where nothing is wrong with them."""
    _try(lived, ALLOWED[name])
