"""Two nights look ahead at the same moment: every reminder is told once."""

import threading
from typing import Any

import pytest

from guerdon.engine import remind
from guerdon.features.expirations import actions
from guerdon.kit import store
from tests import shop
from tests.races import crowd
from tests.shop import POINTS, Shop

SIXTY = shop.moment("2026-02-04T01:00")
UNIT = POINTS | {"expires": {"rolling": {"days": 90}}}


def race(monkeypatch: pytest.MonkeyPatch) -> tuple[list[Any], int, int]:
    """Two nights that have both looked before either tells; what they answer, the reminders and their news."""
    cafe = Shop({"units": {"points": UNIT}})
    names = [f"m{number}" for number in range(6)]
    cafe.enrol(*names)
    for name in names:
        cafe.buy(name, 4_000, "2026-01-05")
    met, tell = threading.Barrier(2), remind._tell

    def together(*told: Any) -> int:
        met.wait(crowd.PATIENCE_SECONDS)
        return tell(*told)

    with monkeypatch.context() as patch:
        patch.setattr(remind, "_tell", together)
        results = crowd.together([lambda: remind.run(programme_id=cafe.programme_id, as_of=SIXTY)] * 2)
    counts = [
        store.current().fetch(
            store.Statement(f"SELECT count(*) FROM {table} WHERE programme_id = :programme"),
            programme=cafe.programme_id,
        )[0][0]
        for table in ("expirations_reminder", "kit_outgoing")
    ]
    return results, counts[0], counts[1] - 2 * len(names)  # less those of the members and their purchases


def test_two_nights_at_once_tell_everything_once(database: str, monkeypatch: pytest.MonkeyPatch):
    results, reminders, news = race(monkeypatch)
    assert not [one for one in results if isinstance(one, BaseException)], results
    assert sum(results) == reminders == news == 6


def test_without_the_unique_key_both_tell(pristine_database: str, monkeypatch: pytest.MonkeyPatch):
    """The control: where a told reminder is not recognised, it is told by both."""
    text = actions._TELL
    loose = (text.text, text.sqlite or "")
    without = [one.replace(" ON CONFLICT (account_id, unit, ends_at, days) DO NOTHING", "") for one in loose]
    monkeypatch.setattr(actions, "_TELL", store.Statement(*without))
    _drop_the_key()
    results, reminders, news = race(monkeypatch)
    assert not [one for one in results if isinstance(one, BaseException)], results
    assert sum(results) == reminders == news == 12


def _drop_the_key() -> None:
    """SQLite can't drop a constraint, so there the table is made anew without it."""
    at_hand = store.current()
    if at_hand.postgresql:
        [(name,)] = at_hand.fetch(
            store.Statement(
                "SELECT conname FROM pg_constraint WHERE conrelid = 'expirations_reminder'::regclass AND contype = 'u'"
            )
        )
        at_hand.fetch(store.Statement(f"ALTER TABLE expirations_reminder DROP CONSTRAINT {name}"))
        return
    at_hand.fetch(store.Statement("CREATE TABLE loose AS SELECT * FROM expirations_reminder"))
    at_hand.fetch(store.Statement("DROP TABLE expirations_reminder"))
    at_hand.fetch(store.Statement("ALTER TABLE loose RENAME TO expirations_reminder"))
