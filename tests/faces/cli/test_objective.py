"""Objectives at the terminal: set, computed of exported months, listed, ended."""

import pytest

from guerdon.faces.cli import terminal
from guerdon.insight import schedule
from tests.faces.cli.command import guerdon
from tests.faces.console import insights


@pytest.fixture
def cafe(sampled, tmp_path, monkeypatch):
    monkeypatch.setenv("GUERDON_HOME", str(tmp_path))
    return sampled(insights.opened)


def test_one_is_set_told_and_ended(cafe):
    """No month of it is closed for a long time, so it is not known how it goes."""
    assert "no objective is set yet" in guerdon("objective", "list").out
    schedule.write_months.func(cafe.programme_id)
    told = guerdon("objective", "new", "average_order_value", "--by", "-10", "--first", "2099-01", "--last", "2099-06")
    assert "Average order value: −10% or less by June 2099 against the same months last year" in told.out
    assert "none of its months is closed" in told.out
    (one,) = guerdon("objective", "list", "--json").json
    assert (one["verdict"], one["reason"], one["goal"]["target"]) == ("not_known", "no_month", -1_000)
    ended = guerdon("objective", "end", one["id"], "--why", "prices went up")
    assert "prices went up" in ended.out
    assert guerdon("objective", "end", one["id"], "--why", "again").code != terminal.OK


def test_a_number_to_come_to_and_months_to_hold_it_against(cafe):
    guerdon(
        "objective", "new", "churn", "--to", "12.5", "--at-most", "--first", "2099-01", "--last", "2099-06", "--base",
        "2025-01:2025-02", "--name", "Fewer leave",
    )  # fmt: skip
    (one,) = guerdon("objective", "list", "--json").json
    goal = one["goal"]
    assert (goal["name"], goal["target"], goal["direction"], goal["measure"]) == ("Fewer leave", 1_250, "at_most",
                                                                                   "absolute")  # fmt: skip
    assert (goal["base_first"], goal["base_last"]) == ("2025-01", "2025-02")


@pytest.mark.parametrize(
    "typed",
    [
        ("--last", "2099-06"), ("--last", "2099-06", "--by", "5", "--to", "5"), ("--last", "2099-06", "--by", "five"),
        ("--last", "2099-06", "--to", "1.234"),
    ],
)  # fmt: skip
def test_what_is_no_target_is_told(cafe, typed):
    assert guerdon("objective", "new", "average_order_value", "--first", "2099-01", *typed).code == terminal.USAGE


def test_what_is_refused_is_told(cafe):
    told = guerdon("objective", "new", "retention", "--by", "5", "--last", "2099-06")
    assert told.code != terminal.OK and "many numbers a month" in (told.out + told.err)
