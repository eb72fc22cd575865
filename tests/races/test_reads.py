"""A reader and a writer at the same moment: whatever is read is how it stood before the write, or after it."""

import threading
from collections.abc import Callable
from typing import Any, TypeVar

import pytest

from guerdon.core.due import due
from guerdon.features.ledger import queries as ledger
from guerdon.kit import store
from guerdon.kit.store import Statement, Store
from tests import shop
from tests.races import crowd
from tests.shop import Shop

T = TypeVar("T")
MOST = 4  # statements of one read


def in_debt() -> Shop:
    """Ann spent 50 points of an order and gave it back: she owes 50."""
    cafe = Shop()
    cafe.enrol("Ann")
    cafe.buy("Ann", 5000, "2026-01-05", external_id="order-1")
    shop.taken(cafe.burn("Ann", 50, "2026-01-05"))
    shop.taken(cafe.tell(cafe.giving_back("Ann", "order-1"))[0])
    return cafe


def seen(monkeypatch: pytest.MonkeyPatch, read: Callable[[Shop], T], write: Callable[[Shop], Any]) -> list[list[T]]:
    """For each statement of the read, before which somebody writes: what was read before, then, and after it."""
    found = []
    for place in range(MOST):
        cafe = in_debt()
        before = read(cafe)
        with monkeypatch.context() as patch:
            happened = _write_before(patch, place, lambda cafe=cafe: write(cafe))
            then = read(cafe)
        if not happened:
            break
        found.append([before, then, read(cafe)])
    return found


def _write_before(patch: pytest.MonkeyPatch, place: int, write: Callable[[], Any]) -> list[str]:
    fetch, reader, happened = Store.fetch, threading.get_ident(), []
    left = iter(range(place + 1))

    def interrupted_fetch(at_hand: Store, statement: Statement, **params: object) -> list[tuple[Any, ...]]:
        if threading.get_ident() == reader and next(left, None) == place:
            happened.append("written")
            assert not isinstance(crowd.together([write])[0], BaseException)
        return fetch(at_hand, statement, **params)

    patch.setattr(Store, "fetch", interrupted_fetch)
    return happened


def earns(cafe: Shop) -> None:
    cafe.buy("Ann", 10_000, "2026-01-07")


def the_balance(cafe: Shop) -> tuple[int, int]:
    found = cafe.amounts("Ann", "2026-01-08")
    return found.available, found.debt


def test_a_balance_is_of_one_moment(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    found = seen(monkeypatch, the_balance, earns)
    assert len(found) > 1, "a debt is read in more than one statement"
    for before, then, after in found:
        assert (before, after) == ((0, 50), (50, 0))
        assert then in (before, after)


def test_debt_and_lots_of_two_moments_are_seen(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: read one after the other, they contradict each other."""

    def in_two(cafe: Shop) -> tuple[int, int]:
        rows = store.current().fetch(ledger._BALANCE, account=cafe.account("Ann"))
        lots = [lot for _, _, lot in ledger.lots(store.current(), [cafe.account("Ann")])]
        repaid = sum(one.points for one in due(lots, rows[0][5], at=shop.moment("2026-01-08")))
        return rows[0][2] - repaid, rows[0][5] - repaid

    assert any(then not in (before, after) for before, then, after in seen(monkeypatch, in_two, earns))
