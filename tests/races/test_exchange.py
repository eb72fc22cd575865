"""Several who release at once: each waiting fact is decided once."""

from typing import Any

import msgspec
import pytest

from guerdon.core.decisions import Decision
from guerdon.engine import exchange
from guerdon.features.activities import queries as activities
from guerdon.insight import verify
from tests import shop
from tests.races import crowd
from tests.shop import FAR, Shop


def released_at_once(monkeypatch: pytest.MonkeyPatch) -> tuple[Shop, list[Any]]:
    """Three who release ten purchases that waited, meeting before the writing where nothing keeps them apart."""
    cafe = Shop()
    cafe.enrol("Ann", "Ben")
    cafe.tell_rates(("USD", "2026-01-08", 86, 100))
    for name in ("Ann", "Ben") * 5:
        cafe.tell(cafe.purchase(name, 10_000, "2026-01-05", currency="USD"))
    cafe.tell_rates(("USD", "2026-01-01", 85, 100))
    at = shop.moment("2026-01-10")
    with crowd.meeting(monkeypatch, 3):
        results = crowd.together([lambda: exchange.release(programme_id=cafe.programme_id, now=at)] * 3)
    return cafe, results


def test_each_is_decided_once(database: str, monkeypatch: pytest.MonkeyPatch):
    cafe, results = released_at_once(monkeypatch)
    assert not [one for one in results if isinstance(one, BaseException)], results
    assert sum(one.released for one in results) == 10
    assert (cafe.amounts("Ann", "2026-01-11").available, cafe.amounts("Ben", "2026-01-11").available) == (425, 425)
    report = verify.run(cafe.programme_id, at=FAR, deep=True)
    assert report.ok, report.broken


def test_without_looking_again_under_the_lock_they_stumble(database: str, monkeypatch: pytest.MonkeyPatch):
    """The control: who believes what was read before the locks writes a second time, and the database refuses."""
    recorded = activities.recorded

    def blindly(store: Any, names: Any) -> Any:
        found = recorded(store, names)
        parked = Decision(version=0, parked="rate_missing")
        return {id: msgspec.structs.replace(one, decision=parked) for id, one in found.items()}

    monkeypatch.setattr(activities, "recorded", blindly)
    _, results = released_at_once(monkeypatch)
    assert [one for one in results if isinstance(one, BaseException)], results
