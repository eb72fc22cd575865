"""How pages write for who looks: ends as their last day, sentences that end with a year."""

from datetime import UTC, datetime
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest

from guerdon.core.claims import CLAIM_UNKNOWN
from guerdon.core.households import NOT_IN_HOUSEHOLD
from guerdon.faces import words
from guerdon.faces.refusals import people
from guerdon.faces.show import Pen


def pen(language="en"):
    return Pen(SimpleNamespace(zone=ZoneInfo("Europe/Sofia"), language=language, programme=None))


@pytest.mark.parametrize(
    ("at", "told"),
    [
        (datetime(2026, 12, 28, 22, tzinfo=UTC), "28 December 2026"),  # midnight in Sofia, which is exclusive
        (datetime(2026, 12, 28, 22, 0, 1, tzinfo=UTC), "29 December 2026, 00:00"),
        (datetime(2026, 12, 29, 10, tzinfo=UTC), "29 December 2026, 12:00"),
    ],
)
def test_an_end_at_midnight_is_the_day_before(at, told):
    assert pen().until(at) == told


def test_a_year_that_ends_a_sentence_ends_it():
    until = pen("bg").until(datetime(2026, 12, 31, 22, tzinfo=UTC))
    assert words.say("portal.held_until", "bg", until=until) == "Запазени за вас до 31 декември 2026 г."


def test_a_beginning_at_midnight_is_its_day():
    assert pen().since(datetime(2026, 12, 28, 22, tzinfo=UTC)) == "29 December 2026"
    assert pen().since(datetime(2026, 12, 28, 23, tzinfo=UTC)) == "29 December 2026, 01:00"


@pytest.mark.parametrize("language", ["en", "bg", "tr"])
def test_people_are_told_no_ids(language):
    for refusal in (CLAIM_UNKNOWN(id="clm_01a2"), NOT_IN_HOUSEHOLD(member="mem_01a2", household="hsh_01a2")):
        told = people.told(refusal, language)
        assert "_01a2" not in told.detail and told.cure
