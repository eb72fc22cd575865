"""Two tills at the same moment: the rise comes once, with one bonus, and the history is one."""

import pytest

from guerdon.core.errors import Refusal
from guerdon.insight import verify
from tests import effort
from tests.races import crowd
from tests.shop import FAR, Shop

RIVALS = effort.times(6, 16)
TIERS = {
    "status": {
        "name": {"en": "Status"}, "basis": {"spend": True}, "window": "calendar_year",
        "levels": {"gold": {"name": {"en": "Gold"}, "from": "100.00"}},
    }
}  # fmt: skip
BONUS = {"when": "tier_upgraded", "then": [{"fixed": {"unit": "points", "give": 500}}]}


def cafe() -> Shop:
    """Ann is one purchase away from gold."""
    found = Shop({"tiers": TIERS, "rules": {"bonus": BONUS}})
    found.enrol("Ann")
    found.buy("Ann", 9_000, "2026-01-05")
    return found


def buy(one, monkeypatch, rivals):
    orders = [one.purchase("Ann", 1_000, "2026-01-06", external_id=f"o-{place}") for place in range(rivals)]
    with crowd.meeting(monkeypatch, min(rivals, 3)):
        return crowd.together([lambda order=order: one.tell(order)[0] for order in orders])


def bonuses(one):
    return one.amounts("Ann", "2026-01-07").available // 500


@pytest.mark.parametrize("_", range(effort.times(3, 20)))
def test_parallel_purchases_rise_once(database, monkeypatch, _):
    one = cafe()
    results = buy(one, monkeypatch, RIVALS)
    assert not [result for result in results if isinstance(result, BaseException)], results
    assert bonuses(one) == 1
    report = verify.run(one.programme_id, deep=True, at=FAR)
    assert report.ok, [(verdict.name, str(verdict.first)) for verdict in report.broken]


@crowd.control
def test_without_locks_they_stumble_over_the_history(database, monkeypatch):
    """The control: then the numbers of the steps and the key of the rise are left, over which all but one fall."""
    crowd.unlock(monkeypatch)
    stumbles = crowd.stumbles(monkeypatch)
    one = cafe()
    results = buy(one, monkeypatch, 2)
    broken = [result for result in results if isinstance(result, BaseException) and not isinstance(result, Refusal)]
    assert stumbles or broken
    assert bonuses(one) <= 1
