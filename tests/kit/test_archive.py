"""A backup holds one moment, every byte of it counts, and what comes back is what was there."""

import io
import json
import random

import msgspec
import pytest

from guerdon.core.members import Person
from guerdon.kit import durability, snapshot, store
from guerdon.kit.archive import backup, chest, lines, restoration, shapes
from guerdon.kit.archive.chest import Damaged, Opened
from guerdon.kit.archive.shapes import Column, Shape
from tests import shop

FLIPS = 400


def _written(path, **more):
    with snapshot.taken() as view:
        return backup.write(path, view, version="0.1.0", secret=None, marks=[], progress=_unheard, **more)


def _unheard(more):
    """Nobody watches."""


def _summed():
    with snapshot.taken() as view:
        return backup.summed(view, _unheard)


@pytest.fixture
def cafe(pristine_database):
    made = shop.Shop(key="cafe")
    made.enrol("Ann", person=Person(name="Ann", email="ann@aurora.example"))
    made.enrol("Борис")
    for number in range(30):
        made.buy("Борис" if number % 3 else "Ann", 1_000 + number)
    return made


def test_a_backup_is_what_the_manifest_says(cafe, tmp_path):
    told = _written(tmp_path / "a.tar")
    with chest.opened(tmp_path / "a.tar") as file:
        assert backup.check(file, _unheard) == told
    assert told.sha256 == _summed().sha256
    assert {one.shape.table: one.rows for one in told.tables}["activities_activity"] == 30


def test_every_flipped_byte_is_found(cafe, tmp_path):
    """Wherever it is: in a heading, in what is compressed, in what fills up, in the checksums, at the very end."""
    _written(tmp_path / "a.tar")
    whole = (tmp_path / "a.tar").read_bytes()
    chance = random.Random(6)
    for place in [0, len(whole) - 1, *(chance.randrange(len(whole)) for _ in range(FLIPS))]:
        flipped = bytearray(whole)
        flipped[place] ^= 1 << chance.randrange(8)
        with pytest.raises(Damaged):
            backup.check(Opened(io.BytesIO(flipped)), _unheard)
    for cut in (0, 1, 511, len(whole) // 2, len(whole) - 1):
        with pytest.raises(Damaged):
            backup.check(Opened(io.BytesIO(whole[:cut])), _unheard)
    with pytest.raises(Damaged):
        backup.check(Opened(io.BytesIO(whole + b"\0")), _unheard)


def test_a_part_that_another_backup_has_is_not_taken_for_its_own(cafe, tmp_path):
    """A file put together by hand has right checksums, and is not what its manifest says."""
    _written(tmp_path / "a.tar")
    with chest.opened(tmp_path / "a.tar") as file, chest.made(tmp_path / "b.tar") as other:
        for part in file.parts:
            if part == chest.SUMS:
                continue
            with other.part(part) as put:
                text = b"".join(file.read(part))
                put(text if "ledger_posting" not in part else text[: text.index(b"\n") + 1])
    with chest.opened(tmp_path / "b.tar") as file, pytest.raises(Damaged, match="ledger_posting"):
        backup.check(file, _unheard)


def test_a_backup_holds_one_moment_whatever_is_written_meanwhile(cafe, tmp_path):
    before = _summed()
    with snapshot.taken() as view:
        backup.count(view)  # the first read is the moment
        cafe.buy("Ann", 7_000)
        told = backup.write(tmp_path / "a.tar", view, version="0.1.0", secret=None, marks=[], progress=_unheard)
    assert told.sha256 == before.sha256 != _summed().sha256


def test_nothing_is_left_of_a_backup_that_failed(cafe, tmp_path):
    def fail(more):
        raise KeyboardInterrupt

    with snapshot.taken() as view, pytest.raises(KeyboardInterrupt):
        backup.write(tmp_path / "a.tar", view, version="0.1.0", secret=None, marks=[], progress=fail)
    assert list(tmp_path.iterdir()) == []


def test_every_column_of_the_house_has_a_kind(database):
    """Else `guerdon backup` would refuse it."""
    found = shapes.every(store.current())
    assert len(found) > 100 and all(shape.key for shape in found)
    kinds = {(shape.table, one.name): one.kind for shape in found for one in shape.columns}
    assert kinds["members_member", "attributes"] == kinds["mfa_authenticator", "data"] == "json"
    assert kinds["account_emailaddress", "verified"] == "bool" and kinds["django_migrations", "applied"] == "time"


def test_a_value_is_the_same_text_whichever_engine_tells_it():
    shape = Shape("t", (Column("at", "time"), Column("is", "bool"), Column("j", "json")), ("at",))
    stored = ["2026-01-02 03:04:05", 1, '{"b": 1.50, "a": [1e3, 2.0, null, "ж"]}']
    turns = lines._turns(shape, {"bool": bool, "time": lines._instant})
    told = lines._turned([stored], turns)
    assert told == [["2026-01-02T03:04:05.000000Z", True, '{"a":[1000,2,null,"ж"],"b":1.5}']]
    # jsonb tells the same numbers and keys in its own way
    assert lines._canonical('{"a": [1000, 2.0, null, "ж"], "b": 1.50}') == told[0][2]
    text = msgspec.json.encode(told[0]) + b"\n"
    assert lines.cells(text, shape, postgresql=False) == [["2026-01-02 03:04:05", 1, told[0][2]]]
    assert lines.cells(text, shape, postgresql=True) == told
    assert lines._django("2026-01-02T03:04:05.000600Z") == "2026-01-02 03:04:05.000600"


def test_a_half_restore_is_not_served(pristine_database):
    at_hand = store.current()
    assert not durability.inspect(at_hand).faults
    at_hand.raw.execute(restoration._BEGIN)
    assert any("begin it again" in fault for fault in durability.inspect(at_hand).faults)


def test_a_database_is_empty_until_something_is_in_it(pristine_database):
    assert restoration.occupied(store.current()) is None
    shop.Shop(key="cafe")
    assert restoration.occupied(store.current()) is not None


def test_the_first_line_of_a_table_names_its_columns(database):
    shape = next(one for one in shapes.every(store.current()) if one.table == "kit_sent")
    assert json.loads(lines.header(shape)) == {
        "table": "kit_sent",
        "columns": [["news", "int"], ["programme_id", "text"], ["topic", "text"]],
        "key": ["programme_id", "topic"],
    }
