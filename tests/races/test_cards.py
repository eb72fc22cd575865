"""Gift cards at the same moment: never below zero, each euro once, losers lose nothing – each with its control."""

from collections import Counter
from typing import Any

import pytest

from guerdon.core.errors import Refusal
from guerdon.engine.batch import Outcome
from guerdon.features.cards.queries import Card
from guerdon.insight import verify
from tests import effort, gifts, shop
from tests.gifts import hand, left, sell, spend
from tests.races import crowd
from tests.races.test_threads import harmed, no_errors, race
from tests.shop import Shop

RIVALS = effort.times(16, 64)


def told(results: list[Any]) -> Counter[str]:
    return Counter(
        result.code if isinstance(result, Refusal) else "won" if isinstance(result, Outcome | Card) else "stumbled"
        for result in results
    )


def proved(at: Shop) -> None:
    assert at.audit() == []
    report = verify.run(at.programme_id, at=shop.FAR)
    assert report.ok, report.broken


def spent_everywhere(monkeypatch: pytest.MonkeyPatch, rivals: int) -> tuple[Shop, Card, list[Any]]:
    at = gifts.cafe()
    card = sell(at, 1_000)
    return at, card, race(monkeypatch, [lambda: spend(at, card, 300)] * rivals)


def test_a_card_never_goes_below_zero(database, monkeypatch):
    at, card, results = spent_everywhere(monkeypatch, RIVALS)
    assert told(no_errors(results)) == {"won": 3, "insufficient_points": RIVALS - 3}
    assert left(card) == 100
    proved(at)


@crowd.control
def test_without_locks_a_euro_is_spent_twice(database, monkeypatch):
    crowd.unlock(monkeypatch)
    at = gifts.cafe()
    card = sell(at, 300)
    results = race(monkeypatch, [lambda: spend(at, card, 300)] * 3)
    assert told(results)["won"] > 1 or harmed(at, results)


def handed_on(monkeypatch: pytest.MonkeyPatch, rivals: int) -> tuple[Shop, Card, list[Any]]:
    at = gifts.cafe()
    card = sell(at, 1_000)
    names = ["Ann", "Ben"]
    deeds = [
        (lambda n=n: hand(at, card, names[n % 2], 300)) if n % 3 else (lambda: spend(at, card, 300))
        for n in range(rivals)
    ]
    return at, card, race(monkeypatch, deeds)


def test_what_is_handed_on_is_not_spent(database, monkeypatch):
    at, card, results = handed_on(monkeypatch, RIVALS)
    assert told(no_errors(results)) == {"won": 3, "insufficient_points": RIVALS - 3}
    have = [at.amounts(name, "2026-01-07", "credit").available for name in ("Ann", "Ben")]
    spent = sum(isinstance(one, Outcome) and one.activity.kind == "burn" for one in results)
    assert sum(have) + 300 * spent + left(card) == 1_000
    proved(at)


@crowd.control
def test_without_locks_it_is_handed_on_twice(database, monkeypatch):
    crowd.unlock(monkeypatch)
    at = gifts.cafe()
    card = sell(at, 300)
    results = race(monkeypatch, [lambda name=name: hand(at, card, name, 300) for name in ("Ann", "Ben")])
    assert told(results)["won"] > 1 or harmed(at, results)


def test_a_sale_told_by_all_tills_is_one_card(database, monkeypatch):
    at = gifts.cafe()
    results = no_errors(race(monkeypatch, [lambda: sell(at, 2_500, name="one")] * RIVALS))
    (code,) = {card.code for card in results}
    assert left(results[0]) == 2_500 and code
    proved(at)
