"""What an operator runs: migrate, key, night, work, serve."""

import json
import re
import signal
import socket
import sqlite3
import stat
import urllib.request

import psycopg
import pytest

from guerdon.core.members import Person
from guerdon.faces.cli import terminal
from guerdon.features.keys import queries as keys
from guerdon.kit import clock, store
from tests import databases, shop
from tests.faces.cli.command import guerdon, run, started, watched


def test_migrate_makes_the_database_and_then_has_nothing_to_do(tmp_path):
    address = {"GUERDON_DATABASE_URL": f"sqlite:///{tmp_path}/deep/new.db", "GUERDON_HOME": str(tmp_path)}
    made = run("migrate", "--json", **address)
    assert made.code == terminal.OK and "ledger.0001_initial" in made.json["applied"]
    assert "nothing to do" in run("migrate", **address).out
    assert run("programme", "list", "--json", **address).json == []


def test_migrate_counts_its_steps(tmp_path):
    address = {"GUERDON_DATABASE_URL": f"sqlite:///{tmp_path}/new.db", "GUERDON_HOME": str(tmp_path)}
    told = watched("migrate", **address)
    steps = len(run("migrate", "--json", GUERDON_HOME=str(tmp_path), GUERDON_DATABASE_URL=f"sqlite:///{tmp_path}/2.db")
                .json["applied"])  # fmt: skip
    assert f"0 of {steps}" in told and f"{steps} of {steps}" in told


def test_the_secret_comes_with_the_database_and_only_its_owner_can_read_either(tmp_path):
    home = tmp_path / "var"
    address = {"GUERDON_DATABASE_URL": "", "GUERDON_HOME": str(home)}
    assert run("migrate", **address).code == terminal.OK
    made = {name: stat.S_IMODE((home / name).stat().st_mode) for name in ("guerdon.db", "secret")}
    assert made == {"guerdon.db": 0o600, "secret": 0o600}
    kept = (home / "secret").read_text()
    assert run("migrate", **address).code == terminal.OK and (home / "secret").read_text() == kept


def test_a_lost_secret_is_told_and_no_other_is_made_beside_personal_data(pristine_database, tmp_path):
    cafe = shop.Shop(key="cafe")
    cafe.enrol("Ben")
    empty = {"GUERDON_HOME": str(tmp_path)}
    assert run("member", "show", "Ben", **empty).code == terminal.OK  # nothing of him is private
    for words in (["member", "show", "email:ann@aurora.example"], ["serve", "--port", "0"]):
        ended = run(*words, **empty)
        assert ended.code in (terminal.UNREADABLE, terminal.NO_DATABASE) and "secret" in ended.err

    cafe.enrol("Ann", person=Person(name="Ann", email="ann@aurora.example"))
    ended = run("migrate", **empty)
    assert ended.code == terminal.UNREADABLE and "holds personal data" in ended.err and "backup" in ended.err
    assert list(tmp_path.iterdir()) == []


def test_a_key_is_shown_once_and_can_be_revoked(pristine_database):
    cafe = shop.Shop(key="cafe")
    made = guerdon("key", "create", "--name", "till", "--scope", "activities:write", "--json")
    assert made.code == terminal.OK and made.json["scopes"] == ["activities:write"]
    assert (
        keys.Keyring().find(store.current(), made.json["key"].encode(), now=clock.now()).programme_id
        == cafe.programme_id
    )
    listed = guerdon("key", "list")
    assert made.json["id"] in listed.out and made.json["key"] not in listed.out
    assert "revoked" in guerdon("key", "revoke", made.json["id"]).out
    assert guerdon("key", "list", "--json").json[0]["revoked_at"] is not None


def test_the_key_alone_goes_to_the_output(pristine_database):
    """So that KEY=$(guerdon key create …) works."""
    shop.Shop(key="cafe")
    ended = guerdon("key", "create", "--name", "shop")
    assert re.fullmatch(r"gdn_[0-9a-f]{32}_\w{43}\n", ended.out)
    assert "can't be shown again" in ended.err


@pytest.mark.parametrize(
    "words",
    [
        ["create", "--name", "x", "--scope", "everything"],
        ["create", "--name", " "],
        ["revoke", "key_" + "0" * 32],
        ["revoke", "gdn_x"],
    ],
)
def test_what_a_key_cannot_be_ends_with_3(pristine_database, words):
    shop.Shop(key="cafe")
    ended = guerdon("key", *words)
    assert ended.code == terminal.UNREADABLE and ended.err
    assert words[0] != "revoke" or words[1] in ended.err  # as it was typed


def test_night_reports_by_unit_and_does_nothing_twice(pristine_database):
    cafe = shop.Shop(key="cafe")
    cafe.enrol("Ann")
    cafe.buy("Ann", 4_000, "2025-02-01")
    asked = guerdon("night", "--as-of", "2026-03-01")
    assert asked.code == terminal.USAGE and "Nothing was booked" in asked.err and "--yes" in asked.err
    assert [line.kind for line in cafe.statement("Ann")] == ["earn"]
    first = guerdon("night", "--as-of", "2026-03-01", "--yes")
    assert first.code == terminal.OK and "cafe: 1 account " in first.out and "40" in first.out
    again = guerdon("night", "--as-of", "2026-03-01", "--json").json
    nothing = {"accounts": 0, "expired": {}, "repaid": {}, "cancelled": {}, "reminders": 0, "reviews": 0}
    nothing |= {"redemptions": 0, "conversions": 0, "conversions_refused": 0, "memberships": 0, "erased": 0}
    nothing |= {"consents": 0, "looks": 0, "unused": 0, "alerts": 0, "held_up": False, "alerts_failed": False}
    assert again == [{"programme": "cafe", "as_of": "2026-02-28T22:00:00Z", "report": nothing}]


def test_a_night_of_the_future_is_refused_and_ends_no_points(pristine_database):
    cafe = shop.Shop(key="cafe")
    cafe.enrol("Ann")
    cafe.buy("Ann", 4_000, clock.now().isoformat())
    ended = guerdon("night", "--as-of", f"{clock.now().year + 2}-01-01")
    assert ended.code == terminal.USAGE and "has not come yet" in ended.err
    assert [line.kind for line in cafe.statement("Ann")] == ["earn"]
    assert guerdon("night").code == terminal.OK


def test_night_counts_the_accounts_that_are_due(pristine_database):
    cafe = shop.Shop(key="cafe")
    for name in ("Ann", "Ben", "Cleo"):
        cafe.enrol(name)
    cafe.buy("Ann", 4_000, "2025-02-01")
    cafe.buy("Ben", 4_000, "2025-02-01")
    assert "2 of 2" in watched("night", "--as-of", "2026-03-01", "--yes")


def test_night_without_a_programme_says_what_to_do(pristine_database):
    ended = guerdon("night")
    assert ended.code == terminal.UNREADABLE and "publish" in ended.err


def test_work_once_sends_the_news_runs_the_night_and_seals(pristine_database, tmp_path):
    cafe = shop.Shop(key="cafe")
    cafe.enrol("Ann")
    cafe.buy("Ann")
    events = tmp_path / "news.jsonl"
    done = run("work", "--once", "--events", str(events), "--json")
    assert done.code == terminal.OK
    assert done.json == {"news": {"member.enrolled": 1, "activity.recorded": 1}, "jobs": 3}
    assert {json.loads(line)["topic"] for line in events.read_text().splitlines()} == {
        "member.enrolled",
        "activity.recorded",
    }
    assert run("work", "--once", "--json", GUERDON_EVENTS=str(events)).json == {"news": {}, "jobs": 0}


def test_work_with_a_file_that_cannot_be_written_ends_with_3(pristine_database, tmp_path):
    assert run("work", "--once", "--events", str(tmp_path)).code == terminal.UNREADABLE


def test_serve_answers_and_ends_in_order(pristine_database, tmp_path):
    shop.Shop(key="cafe").enrol("Ann")
    key = guerdon("key", "create", "--name", "till").out.strip()
    serving = started("serve", "--port", "0", "--events", str(tmp_path / "news.jsonl"))
    assert serving.stderr is not None
    try:
        for line in serving.stderr:
            if found := re.search(r"serves at (http://[\d.:]+)", line):
                break
        fact = {"kind": "purchase", "source": "till", "external_id": "1", "occurred_at": "2026-01-05T12:00:00Z",
                "member": {"external_id": "Ann"}, "amount": 1250}  # fmt: skip
        head = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
        request = urllib.request.Request(f"{found[1]}/v1/activities", json.dumps(fact).encode(), head)
        answers = [urllib.request.urlopen(request, timeout=20) for _ in range(2)]
        first, again = (json.load(answer) for answer in answers)
        assert first == again and first["decision"]["awards"][0]["points"] == 12
        assert answers[1].headers["Idempotency-Replayed"] == "true"
    finally:
        serving.send_signal(signal.SIGINT)
        _, told = serving.communicate(timeout=30)
    assert serving.returncode == terminal.OK, told
    assert "Stopped." in told and "Traceback" not in told


def test_several_processes_serve_and_leave_the_work_to_others(pristine_database, tmp_path):
    shop.Shop(key="cafe").enrol("Ann")
    events = tmp_path / "news.jsonl"
    serving = started("serve", "--port", "0", "--processes", "2", "--no-work", "--events", str(events))
    assert serving.stderr is not None
    told = ""
    try:
        for line in serving.stderr:
            told += line
            if found := re.search(r"serves at (http://[\d.:]+)", line):
                break
        assert urllib.request.urlopen(f"{found[1]}/healthz", timeout=20).status == 200
    finally:
        serving.send_signal(signal.SIGINT)
        serving.communicate(timeout=30)
    assert serving.returncode == terminal.OK
    assert ("SQLite has one writer" in told) == databases.is_sqlite(pristine_database)
    assert not events.exists()
    assert run("work", "--once", "--json").json["news"] == {"member.enrolled": 1}


def test_a_taken_port_is_told_and_what_to_do(pristine_database, tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        ended = run("serve", "--port", str(port))
        demo = run("demo", "--serve", "--port", str(port), GUERDON_HOME=str(tmp_path))
    assert ended.code == demo.code == terminal.USAGE
    assert f"--port {port + 1}" in ended.err and "make up ARGS=" in ended.err
    assert demo.err == ended.err and not demo.out  # before it has done anything


def test_a_database_without_its_triggers_is_not_served(pristine_database):
    if databases.is_sqlite(pristine_database):
        trigger = "ledger_posting_no_delete"
        with sqlite3.connect(pristine_database.removeprefix("sqlite:///")) as connection:
            connection.execute(f"DROP TRIGGER {trigger}")
    else:
        trigger = "ledger_posting_append_only"
        with psycopg.connect(pristine_database) as connection:
            connection.execute(f"DROP TRIGGER {trigger} ON ledger_posting")
    ended = run("serve", "--port", "0")
    assert ended.code == terminal.NO_DATABASE and trigger in ended.err


def test_start_prints_the_link_of_the_first_steps_until_there_is_a_programme(pristine_database):
    ended = run("start", "--json")
    assert ended.code == terminal.OK and re.fullmatch(r"/start/open/[0-9a-f]+-[0-9a-f]{32}", ended.json["link"])
    shop.Shop(key="cafe")
    again = run("start")
    assert again.code == terminal.FINDING and "guerdon staff link" in again.err
