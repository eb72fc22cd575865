"""The doctor says what is wrong and what to do, reuses what start-up refuses, and ends with 1 where something is."""

import os
import sqlite3
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from guerdon.core import limits
from guerdon.faces import life, server
from guerdon.faces.cli import terminal
from guerdon.faces.cli.doctor import database as base
from guerdon.faces.cli.doctor import house, work
from guerdon.insight import pulse
from guerdon.kit import clock, durability, job_list, mail, store
from guerdon.kit.durability import Durability
from tests import shop
from tests.faces.cli.command import guerdon, run

NOW = clock.now()
IDLE = job_list.Standing(0, None, 0, 0)
WELL = {
    "at": NOW, "outbox": 0, "outbox_since": None, "parked": (), "letters": 0, "letters_since": None,
    "letters_failed": 0, "jobs": IDLE, "night": NOW, "unsealed_since": None, "uncounted_months": 0,
    "alerts": 0, "alerts_since": None,
}  # fmt: skip


def states(found):
    return {one.about: one.state for one in found}


def felt(**more):
    return pulse.Pulse(**{**WELL, **more})


def ago(**span):
    return NOW - timedelta(**span)


def test_a_sound_installation_has_no_faults_and_a_worker_s_absence_is_one(pristine_database):
    cafe = shop.Shop(key="cafe")
    cafe.enrol("Ann")
    before = guerdon("doctor", "--json")
    assert before.code == terminal.FINDING
    assert "worker" in {one["about"] for one in before.json["findings"] if one["state"] == "fault"}
    assert guerdon("work", "--once").code == 0
    after = guerdon("doctor", "--json")
    assert after.code == terminal.OK and after.json["ok"], after.out
    assert {"python", "home", "disk", "database", "durability", "migrations", "outbox", "night", "backup"} <= {
        one["about"] for one in after.json["findings"]
    }
    assert "✓ database" in guerdon("doctor").out


def test_without_a_database_it_says_how_to_make_one(tmp_path):
    ended = run("doctor", GUERDON_HOME=str(tmp_path), GUERDON_DATABASE_URL="")
    assert ended.code == terminal.FINDING and "✗ database" in ended.out and "guerdon migrate" in ended.out
    assert list(tmp_path.iterdir()) == [], "a look leaves nothing behind"


def test_a_database_that_does_not_answer_is_told(tmp_path):
    ended = run("doctor", GUERDON_HOME=str(tmp_path), GUERDON_DATABASE_URL="postgresql://x@127.0.0.1:1/x")
    assert ended.code == terminal.FINDING and "✗ database" in ended.out


def test_settings_that_are_none_are_told(tmp_path):
    ended = run("doctor", "--json", GUERDON_HOME=str(tmp_path), GUERDON_DATABASE_URL="mysql://x")
    assert ended.code == terminal.FINDING and "GUERDON_DATABASE_URL" in ended.json["findings"][0]["told"]


def test_a_database_without_its_tables_is_told(tmp_path):
    sqlite3.connect(tmp_path / "guerdon.db").close()
    ended = run("doctor", GUERDON_HOME=str(tmp_path), GUERDON_DATABASE_URL="")
    assert ended.code == terminal.FINDING and "guerdon migrate" in ended.out


SECRETS = ["x" * 64, "short", "django-insecure-" + "abcdefghij0123456789" * 2, "changeme" + "0123456789abcdef" * 3]


@pytest.mark.parametrize("secret", SECRETS)
def test_start_up_refuses_a_secret_that_can_be_guessed(pristine_database, monkeypatch, secret):
    monkeypatch.setattr(settings, "SECRET_KEY", secret)
    with pytest.raises(life.Unfit, match="can be guessed"):
        life.check_database()
    assert guerdon("doctor").code == terminal.FINDING


def test_start_up_refuses_debug(pristine_database, monkeypatch):
    life.check_database()
    monkeypatch.setattr(settings, "DEBUG", True)
    with pytest.raises(life.Unfit, match="DEBUG"):
        life.check_database()
    assert "DEBUG is on" in guerdon("doctor").out


def test_start_up_refuses_weak_durability_and_the_doctor_says_how_to_mend_it(pristine_database):
    name, weaken, mend = (
        ("synchronous", "PRAGMA synchronous=NORMAL", "PRAGMA synchronous=FULL")
        if connection.vendor == "sqlite"
        else ("synchronous_commit", "SET synchronous_commit = off", "SET synchronous_commit = on")
    )
    with connection.cursor() as cursor:
        cursor.execute(weaken)
        try:
            with pytest.raises(life.Unfit, match=name):
                life.check_database()
            found = list(base.durable(durability.inspect(store.current())))
        finally:
            cursor.execute(mend)
    assert states(found)["durability"] == "fault" and name in found[0].told and name in found[0].do


def test_start_up_refuses_missing_triggers_and_the_doctor_names_them(pristine_database):
    with connection.cursor() as cursor:
        table = "" if connection.vendor == "sqlite" else " ON ledger_posting"
        trigger = next(one for one in durability.triggers(connection.vendor) if one.startswith("ledger_posting"))
        cursor.execute(f"DROP TRIGGER {trigger}{table}")
    with pytest.raises(life.Unfit, match=trigger):
        life.check_database()
    ended = guerdon("doctor")
    assert ended.code == terminal.FINDING and trigger in ended.out and "backup" in ended.out


def test_a_restore_that_never_ended_and_migrations_are_told():
    found = list(base.durable(Durability("sqlite", unapplied=("kit.0001",), unfinished=True)))
    assert states(found) == {"migrations": "fault", "restore": "fault"}


def test_clocks_and_versions_are_compared():
    assert base.skewed(timedelta(seconds=0.2)).state == "fine"
    assert "behind" in base.skewed(timedelta(seconds=-9)).told and base.skewed(timedelta(seconds=9)).state == "warning"
    assert base.version(13, "13.4").state == "fault" and base.version(15, "15.1").state == "fine"
    assert states(house.sqlite((3, 30, 0))) == {"sqlite": "fault"} and not list(house.sqlite((3, 40, 1)))


def test_the_clock_of_the_database_is_read(pristine_database):
    if connection.vendor == "postgresql":
        assert abs(base._skew(store.current())) < timedelta(seconds=2)


def test_files_that_others_can_read_are_told(tmp_path):
    assert states(house.home(tmp_path / "nowhere")) == {"home": "fault"}
    for name in ("secret", "guerdon.db"):
        (tmp_path / name).write_text("x")
        (tmp_path / name).chmod(0o600)
    assert not list(house.home(tmp_path))
    os.chmod(tmp_path / "secret", 0o640)
    os.chmod(tmp_path / "guerdon.db", 0o644)
    assert [one.state for one in house.home(tmp_path)] == ["fault", "warning"]


def test_little_room_and_few_files_are_told():
    assert [[one.state for one in house.disk(free)] for free in (10**12, 5 * 10**8, 10**6)] == [
        [], ["warning"], ["fault"],
    ]  # fmt: skip
    assert states(house.files(1_024)) == {"files": "warning"} and not list(house.files(server.files_wanted()))
    assert server.files_wanted() > limits.CONNECTIONS_MAX


@pytest.mark.parametrize(
    ("url", "https", "proxies", "hosts", "word"),
    [
        ("https://a.example", False, 0, ["a.example"], "GUERDON_HTTPS=1"),
        ("https://a.example", True, 0, ["a.example"], "GUERDON_PROXIES"),
        ("https://a.example", True, 1, ["b.example"], "GUERDON_HOSTS=b.example,a.example"),
        ("https://a.example", True, 1, ["*"], "GUERDON_HOSTS"),
        ("", True, 1, ["localhost"], "GUERDON_HOSTS"),
        ("https://a.example", True, 1, [".example"], ""),
    ],
)
def test_addresses_that_do_not_fit_together_are_told(monkeypatch, url, https, proxies, hosts, word):
    for name, value in (
        ("PUBLIC_URL", url), ("HTTPS", https), ("ALLAUTH_TRUSTED_PROXY_COUNT", proxies), ("ALLOWED_HOSTS", hosts),
    ):  # fmt: skip
        monkeypatch.setattr(settings, name, value)
    assert word in "".join(one.do for one in house.addresses())
    assert bool(list(house.addresses())) == bool(word)


def test_a_mail_server_that_does_not_answer_is_told(monkeypatch, tmp_path):
    assert house.letters().state == "fine"
    monkeypatch.setattr(settings, "MAIL", mail.Outlet("a@b.example", host="127.0.0.1", port=1))
    assert house.letters().state == "fault"
    monkeypatch.setattr(settings, "MAIL", mail.Outlet("a@b.example", folder=str(tmp_path)))
    assert house.letters().state == "warning"


@pytest.mark.parametrize(
    ("about", "more", "state"),
    [
        ("outbox", {"outbox": 9, "outbox_since": ago(minutes=9)}, "fault"),
        ("jobs", {"jobs": job_list.Standing(0, None, 0, 2)}, "warning"),
        ("letters", {"letters_failed": 1}, "warning"),
        ("letters", {"letters": 1, "letters_since": ago(hours=2)}, "warning"),
        ("seals", {"unsealed_since": ago(hours=4)}, "warning"),
    ],
)
def test_what_waits_too_long_or_failed_is_told(about, more, state):
    assert states(work.queues(felt()))[about] == "fine"
    assert states(work.queues(felt(**more)))[about] == state


def test_a_night_that_did_not_come_and_a_queue_that_nobody_works_are_told():
    assert [work.last_night(felt(night=night)).state for night in (None, ago(hours=20), ago(hours=40))] == [
        "unknown", "fine", "fault",
    ]  # fmt: skip
    assert [work.worker(felt(), planned).state for planned in (None, True, False)] == ["unknown", "fine", "fault"]
    stuck = felt(jobs=job_list.Standing(1, ago(minutes=6), 0, 0))
    assert work.worker(stuck, True).state == "fault"


def test_the_age_of_the_last_backup_is_told(tmp_path: Path):
    at = datetime(2026, 3, 5, 12, tzinfo=NOW.tzinfo)
    assert work.kept(None, at).state == "unknown" and work.kept(tmp_path, at).state == "fault"
    for name in ("guerdon-2026-03-01T020000Z.tar", "guerdon-2026-03-05T020000Z.tar", "other.tar"):
        (tmp_path / name).write_bytes(b"")
    assert work.kept(tmp_path, at).state == "fine" and "10 hours" in work.kept(tmp_path, at).told
    assert work.kept(tmp_path, at + timedelta(days=3)).state == "fault"
