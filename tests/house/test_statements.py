"""A batch takes a fixed number of statements, whatever its size; BEGIN and COMMIT are counted apart."""

import pytest

from guerdon.kit import store
from tests import shop

MOST = 10


class Counted:
    """Counts what the write path sends to the database."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.statements = 0
        fetch, write = store.Store.fetch, store.Store.write

        def counting_fetch(at_hand: store.Store, statement: store.Statement, **params: object) -> object:
            self.statements += 1
            return fetch(at_hand, statement, **params)

        def counting_write(at_hand: store.Store, sets: object) -> None:
            filled = [rows for _, rows in sets if rows]  # type: ignore[attr-defined]
            self.statements += min(1, len(filled)) if at_hand.postgresql else len(filled)
            write(at_hand, sets)  # type: ignore[arg-type]

        monkeypatch.setattr(store.Store, "fetch", counting_fetch)
        monkeypatch.setattr(store.Store, "write", counting_write)


@pytest.mark.parametrize("size", [1, 10, 1_000])
def test_a_purchase_takes_ten_statements_at_most(database: str, monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    cafe = shop.Shop()
    names = [f"guest-{number}" for number in range(max(1, size // 4))]
    cafe.enrol(*names)
    cafe.tell(*[cafe.purchase(name, 100) for name in names])
    told = [cafe.purchase(names[number % len(names)], 1_200) for number in range(size)]
    counted = Counted(monkeypatch)
    cafe.tell(*told)
    assert 0 < counted.statements <= MOST


def test_the_count_sees_a_statement_per_row(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: telling the same facts one by one takes more statements than telling them together."""
    cafe = shop.Shop()
    cafe.enrol("ann")
    counted = Counted(monkeypatch)
    for _ in range(10):
        cafe.tell(cafe.purchase("ann", 1_200))
    assert counted.statements > MOST
