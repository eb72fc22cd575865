"""The operator's steps to another secret, the files and variables that keep it, and what backups know of it."""

import contextlib
import json
import sqlite3
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from django.conf import settings

from guerdon.core.members import Person
from guerdon.engine import notes, resealing
from guerdon.faces import life
from guerdon.faces.cli import terminal
from guerdon.faces.cli.doctor import secret as look
from guerdon.kit import audit, clock, digests, ids, secrets, sessions, store
from guerdon.kit import resealing as columns
from guerdon.kit.audit import Actor
from guerdon.kit.store import Statement
from tests.faces.cli.command import guerdon, run
from tests.secrecy import NEW, OLD, found, opened, secret

BLANKS = 'correct horse battery  staple\tand "all" the bridges 42'


@pytest.fixture
def cafe(pristine_database):
    with opened() as made:
        yield made


@pytest.fixture
def home(cafe, tmp_path, monkeypatch):
    """The secret is kept in the data folder, as it is where nobody sets one."""
    monkeypatch.delenv("GUERDON_SECRET", raising=False)
    monkeypatch.setattr(settings, "HOME", tmp_path)
    (tmp_path / "secret").write_text(OLD)
    yield tmp_path


def _started(home: Path) -> Callable[[], contextlib.AbstractContextManager[None]]:
    """A process that starts now: what it knows of secrets, it knows as long as it runs."""
    return partial(secret, secrets.find(home), *secrets.find_former(home), next=secrets.find_next(home))


def _done(*words: str) -> str:
    ended = guerdon("secret", *words)
    assert ended.code == terminal.OK, ended.err
    return ended.out + ended.err


def _step() -> str:
    """What the doctor says is to be done now."""
    return look.look(store.current()).do


def test_an_operator_gives_the_installation_another_secret(cafe, home):
    assert look.look(store.current()).state == "fine"
    early = guerdon("secret", "use", "--yes")
    assert early.code == terminal.USAGE and "secret new" in early.err
    said = _done("new")
    fresh = (home / "secret.next").read_text()
    assert (settings.SECRET_KEY, fresh != OLD, len(fresh)) == (OLD, True, 64), "nothing is sealed with it yet"
    assert _step().endswith("guerdon secret use")
    again = guerdon("secret", "new")
    assert again.code == terminal.USAGE and "secret use" in again.err and (home / "secret.next").read_text() == fresh
    assert guerdon("secret", "use").code == terminal.USAGE, "nobody is there to be asked"
    said += _done("use", "--yes")
    assert [(home / name).read_text() for name in ("secret", "secret.former")] == [fresh, OLD]
    assert fresh == settings.SECRET_KEY and not (home / "secret.next").exists()
    assert [(home / name).stat().st_mode & 0o777 for name in ("secret", "secret.former")] == [0o600, 0o600]
    assert _step().endswith("guerdon secret rotate")
    for words in (("new",), ("forget", "--yes")):
        early = guerdon("secret", *words)
        assert early.code == terminal.USAGE and "secret rotate" in early.err
    said += _done("rotate")
    assert "can be taken away" in said and "secret forget" in _step()
    assert guerdon("secret", "forget").code == terminal.USAGE, "nobody is there to be asked"
    said += _done("forget", "--yes")
    assert not (home / "secret.former").exists()
    digests._keys.clear()
    assert found(cafe) == "Ann Aurora" and look.look(store.current()).state == "fine"
    assert OLD not in said and fresh not in said


def test_each_step_is_in_the_book_and_tells_nothing_of_the_secrets(cafe, home):
    for words in (["new"], ["use", "--yes"], ["rotate"], ["forget", "--yes"]):
        _done(*words)
    rows = [one for one in audit.page(store.current(), ids.NIL, before=audit.LAST, most=10) if one.about == "secret"]
    told = [(one.action, json.loads(one.before or one.after)["former"]) for one in reversed(rows)]
    assert told == [("secret.made", 0), ("secret.used", 0), ("secret.rotated", 1), ("secret.forgotten", 1)]
    assert {one.actor.kind for one in rows} == {"operator"}
    assert not [one for one in (OLD, settings.SECRET_KEY, *secrets.marks()) if one in repr(rows)]


def test_processes_open_what_the_others_seal_at_every_step(cafe, home):
    """Those that were restarted before a step, and those that were restarted after it."""
    _done("new")
    before = _started(home)
    _done("use", "--yes")
    after = _started(home)
    for number, (writer, reader) in enumerate([(before, after), (after, before)]):
        with writer():
            cafe.enrol(f"m{number}", person=Person(name="Maya", email=f"m{number}@aurora.example"))
            session = sessions.SessionStore().encode({"who": "Maya"})
            mark = secrets.signed("cursor", "text", chars=32)
        with reader():
            assert found(cafe, f"m{number}") == "Maya"
            assert sessions.SessionStore().decode(session)["who"] == "Maya"
            assert secrets.is_signed("cursor", "text", mark, chars=32)


def test_no_secret_is_forgotten_while_a_single_cell_needs_it(cafe, home, monkeypatch):
    """Of the rows that were looked at last, none does: the cell is of an old account."""
    monkeypatch.setattr(columns, "ROWS_PER_PAGE", 2)
    for number in range(6):
        cafe.enrol(f"m{number}", person=Person(name=f"Member {number}", email=f"m{number}@aurora.example"))
        _note(cafe, f"m{number}")
    for words in (["new"], ["use", "--yes"], ["rotate"]):
        _done(*words)
    fresh = settings.SECRET_KEY
    with secret(OLD, next=fresh):  # a worker that was not restarted
        _note(cafe, "ann")
    assert resealing.standing(store.current()).done, "a quick look does not see it"
    refused = guerdon("secret", "forget", "--yes")
    assert refused.code == terminal.USAGE and "1 cell" in refused.err and "secret rotate" in refused.err
    assert (home / "secret.former").read_text() == OLD and settings.SECRET_KEY_FALLBACKS == [OLD]
    monkeypatch.setenv("GUERDON_SECRET_FORMER", OLD)
    named = guerdon("secret", "forget")
    assert named.code == terminal.USAGE and "1 cell" in named.err, "nor is it said where the operator takes it away"
    monkeypatch.delenv("GUERDON_SECRET_FORMER")
    _done("rotate")
    _done("forget", "--yes")
    with secret(fresh):
        resealing.check()


def _note(cafe, name: str) -> None:
    text = {"text": "She likes tea", "author": "Emil", "author_id": ids.new(), "now": clock.now()}
    notes.write(programme_id=cafe.programme_id, member_id=cafe.account(name), **text)


def test_a_secret_that_becomes_a_former_one_during_the_look_is_not_forgotten(cafe, home):
    for words in (["new"], ["use", "--yes"], ["rotate"], ["new"]):
        _done(*words)
    present, given = settings.SECRET_KEY, {"actor": Actor("operator", "olga"), "now": clock.now()}
    process = _started(home)

    def meanwhile(cells: int) -> None:
        with process():  # somebody else
            if secrets.upcoming():
                resealing.renew(home, **given)

    resealing.forget(home, **given, progress=meanwhile)
    assert (home / "secret.former").read_text() == present and [present] == settings.SECRET_KEY_FALLBACKS


def test_a_key_of_digests_under_the_former_secret_is_needed(cafe, home):
    for words in (["new"], ["use", "--yes"], ["rotate"]):
        _done(*words)
    with secret(OLD):
        covered = secrets.cover("digests", "chance")
    store.current().fetch(Statement("UPDATE kit_key SET covered = :covered"), covered=covered)
    refused = guerdon("secret", "forget", "--yes")
    assert refused.code == terminal.USAGE and (home / "secret.former").exists()


def test_a_secret_of_the_environment_is_changed_there(cafe, home, monkeypatch):
    told = guerdon("secret", "new", GUERDON_SECRET=OLD)
    assert told.code == terminal.USAGE and "GUERDON_SECRET_NEXT" in told.err and OLD not in told.err
    told = guerdon("secret", "use", "--yes", GUERDON_SECRET=OLD, GUERDON_SECRET_NEXT=NEW)
    assert told.code == terminal.USAGE and "GUERDON_SECRET_FORMER" in told.err and NEW not in told.err
    assert [one.name for one in home.iterdir()] == ["secret"]
    with secret(NEW, OLD):
        _done("rotate")
        told = guerdon("secret", "forget", GUERDON_SECRET=NEW, GUERDON_SECRET_FORMER=OLD)
        assert told.code == terminal.USAGE and "Nothing needs" in told.err
    monkeypatch.setenv("GUERDON_SECRET", OLD)
    monkeypatch.setenv("GUERDON_SECRET_NEXT", NEW)
    assert (secrets.find_next(home), secrets.find_others(home)) == (NEW, [NEW])
    monkeypatch.setenv("GUERDON_SECRET", NEW)
    assert secrets.find_next(home) == "", "it came"


def test_no_step_goes_on_where_something_cannot_be_opened(cafe, home):
    with secret("e" * 64, next=NEW):
        for words in (("use", "--yes"), ("rotate",)):
            told = guerdon("secret", *words)
            assert told.code == terminal.UNREADABLE and "can't be opened" in told.err
    assert [one.name for one in home.iterdir()] == ["secret"]


def test_a_next_secret_that_can_be_guessed_is_not_served_with(cafe):
    with secret(OLD, next=NEW):
        assert not life.weaknesses()
    with secret(OLD, next="changeme"):
        assert "next secret" in life.weaknesses()[0]


def test_former_secrets_are_read_from_the_environment_and_the_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("GUERDON_SECRET", "c")
    monkeypatch.setenv("GUERDON_SECRET_FORMER", "b  c")
    (tmp_path / "secret.former").write_text("b\na\n")
    assert secrets.find_former(tmp_path) == ["b", "a"]
    monkeypatch.setenv("GUERDON_SECRET_FORMER", json.dumps([BLANKS]))
    assert secrets.find_former(tmp_path) == [BLANKS, "b", "a"]


@pytest.mark.parametrize("blanks", [BLANKS, f" {BLANKS}", f"{BLANKS}\n{BLANKS}", "0" + BLANKS.replace(" ", "")])
def test_a_secret_with_blanks_stays_whole(cafe, home, monkeypatch, blanks):
    store.current().fetch(Statement("DELETE FROM kit_key"))
    with secret(blanks):
        assert not secrets.is_weak()
        store.committed(lambda at_hand: digests.provide(at_hand, old=True))
        assert digests.derived("x") == secrets._derived(blanks, "x"), "what was found before the upgrade is found"
        told, mark = secrets.told(), secrets.marks()[0]
    (home / "secret").unlink()
    with secret(""):
        secrets.adopt(home, told, mark)
        assert secrets.find(home) == settings.SECRET_KEY == blanks
        for _ in range(2):
            secrets.prepare(home)
            secrets.renew(home)
        assert secrets.find_former(home)[1:] == [blanks] and settings.SECRET_KEY_FALLBACKS[1:] == [blanks]


def test_a_key_of_digests_is_made_of_the_oldest_secret_and_not_of_the_next(cafe):
    for known, first in (((OLD,), OLD), ((NEW, OLD), OLD)):
        store.current().fetch(Statement("DELETE FROM kit_key"))
        with secret(*known, next="f" * 64):
            store.committed(lambda at_hand: digests.provide(at_hand, old=True))
            assert digests.derived("x") == secrets._derived(first, "x")


def test_backups_from_before_there_was_a_list_are_read(home):
    (home / "secret").unlink()
    for text, now, brought in ((BLANKS, BLANKS, []), (f"{NEW} {OLD}", NEW, [OLD])):
        with secret(now):
            mark = secrets.marks()[0]
        with secret(""):
            secrets.adopt(home, text, mark)
            assert (secrets.find(home), secrets.find_former(home)) == (now, brought)
        (home / "secret").unlink()


def test_former_secrets_of_a_backup_come_to_those_that_are_here(home):
    (home / "secret").unlink()
    (home / "secret.former").write_text("b" * 64)
    with secret(NEW, OLD):
        told, mark = secrets.told(), secrets.marks()[0]
    with secret(""):
        secrets.adopt(home, told, mark)
        assert (secrets.find(home), secrets.find_former(home)) == (NEW, ["b" * 64, OLD])
        secrets.adopt(home, told, mark)
        assert secrets.find_former(home) == ["b" * 64, OLD], "each once"
        assert settings.SECRET_KEY_FALLBACKS == ["b" * 64, OLD]


def test_a_restore_needs_every_secret_of_the_backup_before_it_writes(cafe, tmp_path):
    for number in range(2):
        cafe.enrol(f"m{number}", person=Person(name="Maya", email=f"m{number}@aurora.example"))
    with secret(NEW, OLD):  # between `use` and `rotate`
        cafe.enrol("ben", person=Person(name="Ben", email="ben@aurora.example"))
        assert guerdon("backup", str(tmp_path / "a.tar")).code == terminal.OK
        assert guerdon("backup", str(tmp_path / "b.tar"), "--with-secrets").code == terminal.OK
    there, given = tmp_path / "x.db", {"GUERDON_HOME": str(tmp_path / "home"), "GUERDON_SECRET": NEW}
    words = ("restore", str(tmp_path / "a.tar"), "--into", f"sqlite:///{there}")
    refused = run(*words, **given)
    assert refused.code == terminal.UNREADABLE and "former secret" in refused.err
    with contextlib.closing(sqlite3.connect(there)) as database:
        assert database.execute("SELECT name FROM sqlite_master").fetchall() == [], "nothing was written"
    restored = run(*words, "--json", **given, GUERDON_SECRET_FORMER=OLD)
    assert restored.code == terminal.OK and restored.json["holds"] is True, restored.err
    brought = run("restore", str(tmp_path / "b.tar"), "--into", f"sqlite:///{tmp_path}/y.db", **given)
    assert brought.code == terminal.OK and (tmp_path / "home" / "secret.former").read_text() == OLD, brought.err


def test_a_restore_that_is_refused_leaves_the_secrets_as_they_are(cafe, home, tmp_path):
    with secret(OLD, NEW):
        guerdon("backup", str(tmp_path / "b.tar"), "--with-secrets")
    assert guerdon("restore", str(tmp_path / "b.tar")).code == terminal.USAGE, "the database is not empty"
    assert not (home / "secret.former").exists()
