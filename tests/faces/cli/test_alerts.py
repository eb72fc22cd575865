"""`guerdon alerts`: what looks like fraud, one alert with its evidence, and what it was."""

import pytest

from guerdon.engine import guessing
from guerdon.faces.cli import terminal
from guerdon.kit import ids
from tests.engine import alerted
from tests.faces.cli.command import guerdon
from tests.shop import moment


@pytest.fixture
def cafe(pristine_database):
    found = alerted.cafe(share_percent=100)
    alerted.at_till(found, "Ann", "2026-01-05", 6)
    assert found.night("2026-01-06T01:00").alerts == 1
    return found


def test_an_alert_is_seen_and_settled_once(cafe):
    (listed,) = guerdon("alerts", "list", "--json").json
    assert (listed["kind"], listed["who"], listed["times"]) == ("repeated_card", "17 · Vitosha", 6)
    told = guerdon("alerts", "list").out
    assert listed["id"] in told and "17 · Vitosha" in told
    shown = guerdon("alerts", "show", listed["id"])
    assert "more purchases on this card in a day" in " ".join(shown.out.split())
    assert "6 times" in shown.out and ids.show("member", cafe.account("Ann")) in shown.out
    assert "60 points" in shown.out and all(entry in shown.out for entry in listed["activities"])
    assert len(listed["activities"]) == 6
    settled = guerdon("alerts", "settle", listed["id"], "--cleared", "She buys for her office", "--by", "Emil")
    assert settled.code == terminal.OK and "is cleared" in settled.out
    assert "Nothing waits." in guerdon("alerts", "list").out
    (after,) = guerdon("alerts", "list", "--state", "cleared", "--json").json
    assert (after["settled_by"], after["reason"]) == ("Emil", "She buys for her office")
    assert "Emil" in guerdon("alerts", "show", listed["id"]).out
    again = guerdon("alerts", "settle", listed["id"], "--confirmed", "No, it was not")
    assert again.code == terminal.UNREADABLE and "cleared" in again.err
    assert "There is none." in guerdon("alerts", "list", "--state", "confirmed").out


@pytest.mark.parametrize("words", [(), ("--cleared", " "), ("--cleared", "a", "--confirmed", "b")])
def test_what_it_was_is_said_once_and_why(cafe, words):
    (listed,) = guerdon("alerts", "list", "--json").json
    refused = guerdon("alerts", "settle", listed["id"], *words)
    assert refused.code == terminal.USAGE and "--confirmed" in refused.err
    assert len(guerdon("alerts", "list", "--json").json) == 1


def test_what_is_no_alert_and_no_state_is_said(cafe):
    assert guerdon("alerts", "show", "alr_" + "0" * 32).code == terminal.UNREADABLE
    assert guerdon("alerts", "list", "--state", "closed").code == terminal.USAGE


def test_codes_that_are_tried_out_are_told_with_who_typed_them(cafe):
    dora = alerted.own(cafe)
    for number in range(30):
        guessing.count(
            programme_id=cafe.programme_id, credential=dora, watched=True,
            client=f"client {number}", now=moment("2026-01-06T12:00"),
        )  # fmt: skip
    assert cafe.night("2026-01-07T01:00").alerts == 1
    [listed] = [one for one in guerdon("alerts", "list", "--json").json if one["kind"] == "wrong_codes"]
    assert (listed["who"], listed["times"], listed["members"], listed["activities"]) == ("Dora", 30, [], [])
    shown = " ".join(guerdon("alerts", "show", listed["id"]).out.split())
    assert "typed many wrong codes within an hour" in shown and "Dora" in shown and "30 times" in shown
