"""What an operator does about disaster: back up, check, restore, move to the other engine."""

import contextlib
import json
import signal
import sqlite3
import tarfile
import time
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest

from guerdon.core.members import Person
from guerdon.engine import erase
from guerdon.faces.cli import erased, terminal
from guerdon.features.activities import queries as activities
from guerdon.features.members import queries as members
from guerdon.kit import clock, ids, store
from guerdon.kit.archive.shapes import MARK
from guerdon.kit.store import Statement
from tests import databases, shop
from tests.faces.cli.command import guerdon, run, started, watched


@pytest.fixture
def cafe(pristine_database):
    made = shop.Shop(key="cafe")
    made.enrol("Ann", person=Person(name="Ann", email="ann@aurora.example"))
    made.buy("Ann", 4_000)
    return made


def _home(path: Path) -> str:
    path.mkdir(exist_ok=True)
    return str(path)


def _hash(address: str) -> str:
    return run("dump", "--canonical", "--hash", GUERDON_DATABASE_URL=address).out


def _half(address: str) -> bool:
    """Whether a restore has begun there."""
    if databases.is_sqlite(address):
        path = databases._file_of(address)
        if not path.exists():
            return False
        with contextlib.closing(sqlite3.connect(path)) as there:
            return there.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (MARK,)).fetchone() is not None
    with psycopg.connect(address) as there:
        return there.execute("SELECT to_regclass(%s) IS NOT NULL", (MARK,)).fetchone() == (True,)


def test_a_backup_goes_into_a_folder_under_the_time_and_is_checked(cafe, tmp_path):
    made = guerdon("backup", str(tmp_path))
    assert made.code == terminal.OK and "secret is not in it" in made.err
    (file,) = tmp_path.iterdir()
    assert file.name.startswith("guerdon-20") and file.suffix == ".tar" and file.stat().st_mode & 0o777 == 0o600
    with tarfile.open(file) as tar:  # without Guerdon
        assert "tables/ledger_posting.jsonl.gz" in tar.getnames() and "secret" not in tar.getnames()
    checked = guerdon("backup", "--check", str(file), "--json")
    assert checked.code == terminal.OK and checked.json["tables"]["ledger_posting"] == 1
    whole = bytearray(file.read_bytes())
    whole[len(whole) // 3] ^= 4
    file.write_bytes(whole)
    broken = guerdon("backup", "--check", str(file))
    assert broken.code == terminal.FINDING and "damaged" in broken.err
    assert run("restore", str(file), "--into", f"sqlite:///{tmp_path}/x.db").code == terminal.FINDING
    assert not (tmp_path / "x.db").exists()


def test_a_backup_is_not_written_over_another(cafe, tmp_path):
    (tmp_path / "a.tar").write_text("mine")
    assert guerdon("backup", str(tmp_path / "a.tar")).code == terminal.USAGE
    assert (tmp_path / "a.tar").read_text() == "mine"
    assert guerdon("backup", str(tmp_path / "none" / "a.tar")).code == terminal.UNREADABLE


def test_a_backup_shows_how_far_it_is(cafe, tmp_path):
    assert "Writing the backup" in watched("backup", str(tmp_path / "a.tar"))


def test_the_dump_is_a_text_whose_hash_it_says(cafe, tmp_path):
    told = guerdon("dump", "--canonical", "--to", str(tmp_path / "all.jsonl"), "--json")
    lines = (tmp_path / "all.jsonl").read_text().splitlines()
    tables = [line for line in lines if line.startswith('{"table"')]
    assert told.json["rows"] == len(lines) - len(tables) and tables == sorted(tables)
    assert guerdon("dump", "--canonical", "--hash").out.strip() == told.json["sha256"]
    assert guerdon("dump").code == terminal.USAGE


def test_a_restore_never_writes_into_what_is_there(cafe, pristine_database, tmp_path):
    guerdon("backup", str(tmp_path / "a.tar"))
    before = _hash(pristine_database)
    ended = run("restore", str(tmp_path / "a.tar"))
    assert ended.code == terminal.USAGE and "not empty" in ended.err
    other = run("restore", str(tmp_path / "a.tar"), "--into", f"sqlite:///{tmp_path}/x.db", GUERDON_SECRET="x" * 64)
    assert other.code == terminal.UNREADABLE and "secret" in other.err
    assert _hash(pristine_database) == before


def test_an_installation_moves_to_the_other_engine_and_back(cafe, pristine_database, tmp_path):
    """PostgreSQL → SQLite → PostgreSQL where the suite has a server; killed in the middle on the way back."""
    home = {"GUERDON_HOME": _home(tmp_path / "home")}
    there = f"sqlite:///{quote(str(tmp_path))}/there.db"
    assert guerdon("backup", str(tmp_path / "a.tar"), "--with-secrets").code == terminal.OK
    moved = run("restore", str(tmp_path / "a.tar"), "--into", there, **home)
    assert moved.code == terminal.OK and "Every invariant holds" in moved.out
    assert (tmp_path / "home" / "secret").stat().st_mode & 0o777 == 0o600
    run("backup", str(tmp_path / "b.tar"), GUERDON_DATABASE_URL=there, **home)
    back = databases.name_new(pristine_database)
    databases.create(back)
    try:
        _kill_in_the_middle(tmp_path / "b.tar", back, home)
        for words in (["serve", "--port", "0"], ["verify"], ["migrate"]):
            refused = run(*words, GUERDON_DATABASE_URL=back, **home)
            assert refused.code == terminal.NO_DATABASE and "Begin it again" in refused.err
        again = run("restore", str(tmp_path / "b.tar"), "--into", back, "--json", **home)
        assert again.code == terminal.OK and again.json["holds"] is True
        assert _hash(back) == _hash(there) == _hash(pristine_database)
        _numbers_go_on(back)
        shown = run("member", "show", "email:ann@aurora.example", GUERDON_DATABASE_URL=back, **home)
        assert shown.code == terminal.OK, shown.err  # her data are opened with the secret that the backup brought
    finally:
        databases.drop(back)


def _kill_in_the_middle(file: Path, into: str, home: dict[str, str]) -> None:
    restoring = started("restore", str(file), "--into", into, **home)
    while not _half(into):
        assert restoring.poll() is None
        time.sleep(0.05)
    time.sleep(1)
    restoring.send_signal(signal.SIGKILL)
    restoring.communicate()


def _numbers_go_on(address: str) -> None:
    """The next activity gets the next number, also where the engine has a counter for it."""
    with databases.selected(address):
        part = activities.NEXT_SEQS
        next_number = Statement(f"SELECT {part.text}", sqlite=f"SELECT {part.sqlite}")
        (numbers,) = store.current().fetch(next_number, wanted=1)[0]
    assert json.loads(numbers) == [2]


def test_who_was_erased_after_a_backup_is_erased_again(cafe, tmp_path):
    """The list beside the backup tells a restore whom to erase; whoever is not there is passed over."""
    line = {"erased_at": "2026-11-01T00:00:00+00:00", "programme_id": cafe.programme_id}
    here, never, other = ({**line, "member_id": each} for each in (cafe.ids["Ann"], ids.new(), ids.new()))
    listed = [here, never, {**other, "programme_id": ids.new()}]
    (tmp_path / erased.NAME).write_text("".join(json.dumps(one) + "\n" for one in listed))
    assert erased.again(tmp_path) == 1 and erased.again(tmp_path) == 0
    member = members.get(store.current(), cafe.programme_id, cafe.ids["Ann"])
    assert member.status == "erased" and members.person(store.current(), member.id) is None
    assert guerdon("backup", str(tmp_path / "a.tar")).code == terminal.OK
    kept = erased.read(tmp_path)
    assert [one.member_id for one in kept].count(cafe.ids["Ann"]) == 2 and len(kept) == 4  # both times
    assert (tmp_path / erased.NAME).stat().st_mode & 0o777 == 0o600
    assert guerdon("verify").code == terminal.OK


def test_an_erasure_that_waited_waits_no_longer(pristine_database, tmp_path):
    cafe = shop.Shop(key="cafe", parts={"erase_after_days": 14})
    cafe.enrol("Ann", person=Person(name="Ann", email="ann@aurora.example"))
    about = {"programme_id": cafe.programme_id, "member_id": cafe.ids["Ann"]}
    erase.ask(**about, actor="Ann", now=clock.now())
    assert members.get(store.current(), cafe.programme_id, cafe.ids["Ann"]).status == "active"
    assert erase.again(**about, actor="restore", now=clock.now())
    assert members.get(store.current(), cafe.programme_id, cafe.ids["Ann"]).status == "erased"
    assert guerdon("verify").code == terminal.OK
