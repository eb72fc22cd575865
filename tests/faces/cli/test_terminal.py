"""What commands print for people: an end is told as pages tell it."""

import re
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from guerdon.core import sentences
from guerdon.faces.cli import terminal

SOFIA = ZoneInfo("Europe/Sofia")


@pytest.mark.parametrize(
    ("end", "told"),
    [
        (datetime(2026, 6, 30, 21, tzinfo=UTC), "30 June 2026"),
        (datetime(2026, 6, 30, 11, 30, tzinfo=UTC), "30 June 2026, 14:30"),
    ],
)
def test_an_end_at_midnight_is_the_last_day(end, told):
    assert terminal.until(end, SOFIA) == told == sentences.tongue("en").until(end, SOFIA)


def test_no_command_tells_an_end_as_the_midnight_after_it():
    sources = sorted(Path(terminal.__file__).parent.rglob("*.py"))
    told = [line for path in sources for line in path.read_text("utf-8").splitlines() if "terminal." in line]
    assert sum("terminal.until(" in line for line in told) > 5
    assert not [line for line in told if re.search(r"terminal\.moment\([^)]*(until|expires_at|ends|covered)\b", line)]
