"""How pages write for who looks: ends as their last day, sentences that end with a year."""

from datetime import UTC, datetime
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest

from guerdon.faces import words
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
