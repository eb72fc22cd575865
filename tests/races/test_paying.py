"""Purchases paid at the same moment by one gift card or by one burn: exact to the cent – each with its control."""

from collections import Counter
from typing import Any

import pytest

from guerdon.core.activities import Tender
from guerdon.core.errors import Refusal
from guerdon.engine.batch import Outcome
from guerdon.features.cards.queries import Card
from guerdon.insight import verify
from guerdon.kit import ids
from tests import effort, gifts, shop
from tests.gifts import left, sell, spend
from tests.races import crowd
from tests.races.test_threads import harmed, no_errors, race
from tests.shop import Shop

RIVALS = effort.times(16, 64)
NAMES = ("Ann", "Ben")


def told(results: list[Any]) -> Counter[str]:
    return Counter(
        one.code if isinstance(one, Refusal) else "won" if isinstance(one, Outcome) else "stumbled" for one in results
    )


def proved(at: Shop) -> None:
    assert at.audit() == []
    report = verify.run(at.programme_id, at=shop.FAR)
    assert report.ok, report.broken


# --- one card, many tills ---


def pay(at: Shop, card: Card, place: int) -> Any:
    """One buys for 4.00, three of them off the card."""
    tenders = (Tender("gift_card", 300, card=card.code), Tender("cash", 100))
    return at.tell(at.purchase(NAMES[place % 2], 400, "2026-01-06", external_id=f"o-{place}", tenders=tenders))[0]


def paid_everywhere(monkeypatch: pytest.MonkeyPatch, amount: int, rivals: int) -> tuple[Shop, Card, list[Any]]:
    at = gifts.cafe()
    card = sell(at, amount)
    deeds = [lambda place=place: pay(at, card, place) for place in range(rivals)]
    return at, card, race(monkeypatch, deeds)


def test_a_card_pays_as_often_as_there_is_money_on_it(database, monkeypatch):
    stumbles = crowd.stumbles(monkeypatch)
    at, card, results = paid_everywhere(monkeypatch, 1_600, RIVALS)
    assert told(no_errors(results)) == {"won": 5, "gift_card_short": RIVALS - 5}
    assert left(card) == 100
    points = sum(at.amounts(name, "2026-01-07").available for name in NAMES)
    assert points == 5, "the losers bought nothing, and earned nothing"
    assert not stumbles, "members and cards are locked in one order, so nobody waits in a circle"
    proved(at)


@crowd.control
def test_without_locks_a_euro_pays_twice(database, monkeypatch):
    crowd.unlock(monkeypatch)
    at, _, results = paid_everywhere(monkeypatch, 300, 3)
    assert told(results)["won"] > 1 or harmed(at, results)


def test_what_pays_for_a_purchase_is_not_spent_beside_it(database, monkeypatch):
    at = gifts.cafe()
    card = sell(at, 1_000)
    deeds = [
        (lambda place=place: pay(at, card, place)) if place % 2 else (lambda: spend(at, card, 300))
        for place in range(RIVALS)
    ]
    results = told(no_errors(race(monkeypatch, deeds)))
    assert (results["won"], left(card)) == (3, 100)
    proved(at)


# --- one burn, named by many purchases ---


def named_everywhere(monkeypatch: pytest.MonkeyPatch, rivals: int) -> tuple[Shop, list[Any]]:
    at = Shop()
    at.enrol("Ann")
    at.buy("Ann", 10_000, external_id="old")
    burn = ids.show("burn", shop.taken(at.burn("Ann", 30, "2026-01-06", external_id="cup")).activity_id)
    orders = [
        at.purchase("Ann", 300, "2026-01-06", external_id=f"o-{place}", tenders=(Tender("points", 300, burn),))
        for place in range(rivals)
    ]
    return at, race(monkeypatch, [lambda order=order: at.tell(order)[0] for order in orders])


def test_a_burn_pays_for_one_of_them(database, monkeypatch):
    stumbles = crowd.stumbles(monkeypatch)
    at, results = named_everywhere(monkeypatch, RIVALS)
    assert told(no_errors(results)) == {"won": 1, "burn_spent": RIVALS - 1}
    assert not stumbles, "who comes later is told by the law, and not by the key of the table"
    proved(at)


def named_or_cancelled(monkeypatch: pytest.MonkeyPatch, rivals: int) -> tuple[Shop, list[Any]]:
    """One burn pays at some tills while it is cancelled at as many others."""
    at = Shop()
    at.enrol("Ann")
    at.buy("Ann", 10_000, external_id="old")
    burn = ids.show("burn", shop.taken(at.burn("Ann", 30, "2026-01-06", external_id="cup")).activity_id)
    order = at.purchase("Ann", 300, "2026-01-06", external_id="order", tenders=(Tender("points", 300, burn),))
    deeds = [lambda: at.tell(order)[0], lambda: at.cancel("cup", "2026-01-06", external_id="back")]
    return at, race(monkeypatch, deeds * rivals)


@pytest.mark.parametrize("_", range(effort.times(3, 12)))
def test_a_burn_pays_or_is_cancelled(database, monkeypatch, _):
    at, results = named_or_cancelled(monkeypatch, RIVALS // 2)
    found, rivals = told(no_errors(results)), RIVALS // 2
    assert found in ({"won": rivals, "burn_bound": rivals}, {"won": rivals, "burn_cancelled": rivals})
    assert at.amounts("Ann", "2026-01-07").available == (70 if found["burn_bound"] else 100)
    proved(at)


@crowd.control
def test_without_locks_it_pays_and_is_cancelled(database, monkeypatch):
    crowd.unlock(monkeypatch)
    at, results = named_or_cancelled(monkeypatch, 1)
    assert told(results)["won"] == 2 or harmed(at, results)


@crowd.control
def test_without_locks_several_name_it(database, monkeypatch):
    """All of them have decided that it is theirs; then only the key of the table stands between them."""
    crowd.unlock(monkeypatch)
    stumbles = crowd.stumbles(monkeypatch)
    at, results = named_everywhere(monkeypatch, 3)
    assert stumbles or harmed(at, results)
