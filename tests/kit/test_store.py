"""Writing rows: what a statement says comes from its tables, all of each."""

from guerdon.kit import store
from guerdon.kit.store import Table
from tests.shop import Shop

KIND = Table(
    "ledger_unit", {"programme_id": "uuid", "code": "text", "kind": "text"}, ("programme_id", "code"), mode="update"
)
SCALE = Table(
    "ledger_unit", {"programme_id": "uuid", "code": "text", "scale": "bigint"}, ("programme_id", "code"), mode="update"
)


def test_two_ways_to_write_one_table_are_two_statements(database: str) -> None:
    programme_id = Shop().programme_id
    at_hand = store.current()
    with at_hand.transaction():
        at_hand.write([(KIND, [(programme_id, "points", "seals")])])
        at_hand.write([(SCALE, [(programme_id, "points", 7)])])
        asked = store.Statement("SELECT kind, scale FROM ledger_unit WHERE programme_id = :programme")
        told = at_hand.fetch(asked, programme=programme_id)
    assert told == [("seals", 7)]
