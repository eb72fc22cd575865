"""Two clerks at the same claim at the same moment: one settles it, and the other one is told so."""

import pytest

from guerdon.core.errors import Refusal
from guerdon.engine.claim_grants import Granted
from tests import claims, effort
from tests.races import crowd
from tests.shop import Shop


def opened() -> tuple[Shop, str]:
    """Ann claims the points of a receipt."""
    cafe = Shop()
    cafe.enrol("Ann")
    return cafe, claims.claim(cafe)


def settle(cafe, id):
    """Dora finds the purchase, and Emil says sorry."""
    return crowd.together([
        lambda: claims.by_purchase(cafe, id, who="Dora"), lambda: claims.by_goodwill(cafe, id, 100, who="Emil"),
    ])  # fmt: skip


@pytest.mark.parametrize("_", range(effort.times(3, 20)))
def test_a_claim_is_settled_once(database, monkeypatch, _):
    cafe, id = opened()
    with crowd.meeting(monkeypatch, 2):
        results = settle(cafe, id)
    [won] = [one for one in results if isinstance(one, Granted)]
    [lost] = [one for one in results if isinstance(one, Refusal)]
    assert (lost.code, lost.facts["state"]) == ("claim_state", "granted")
    given = 12 if won.outcome.activity.kind == "purchase" else 100
    assert cafe.amounts("Ann", "2026-02-01").available == given
    assert claims.deeds(cafe, id) == ["open", "grant"] and cafe.audit() == []


@crowd.control
def test_without_locks_both_give(database, monkeypatch):
    """The control: then both have seen an open claim."""
    crowd.unlock(monkeypatch)
    stumbles = crowd.stumbles(monkeypatch)
    cafe, id = opened()
    with crowd.meeting(monkeypatch, 2):
        results = settle(cafe, id)
    granted = [one for one in results if isinstance(one, Granted)]
    assert len(granted) > 1 or stumbles


def test_nobody_opens_more_than_fit_by_opening_them_at_once(database):
    cafe = Shop()
    cafe.enrol("Ann")
    results = crowd.together([lambda: claims.claim(cafe)] * 8)
    refused = [one for one in results if isinstance(one, Refusal)]
    assert {one.code for one in refused} <= {"claims_open", "claims_today"} and len(results) - len(refused) == 5
