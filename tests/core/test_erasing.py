"""Erasing: at once where no days are given to think, else at the local midnight after the last of them."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from guerdon.core import erasing

SOFIA = ZoneInfo("Europe/Sofia")
NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)


def test_when_a_member_is_erased():
    assert erasing.due_at(NOON, 0, SOFIA) == NOON
    assert erasing.due_at(NOON, 1, SOFIA) == datetime(2026, 1, 6, 22, tzinfo=UTC)
    assert erasing.due_at(NOON, 14, SOFIA) == datetime(2026, 1, 19, 22, tzinfo=UTC)


def test_what_lost_points_were_worth():
    assert [erasing.worth(points, 50, 100) for points in (0, 1, 199, 200)] == [0, 0, 99, 100]
