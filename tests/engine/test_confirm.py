"""Confirmations in the engine: each award by its own kind, the trigger on a lot's beginning, and what the books say."""

from typing import Any

import pytest

from guerdon.core.errors import Refusal
from guerdon.features.ledger import queries
from guerdon.insight import verify
from guerdon.kit import store
from tests import shop
from tests.engine.pairs import merged
from tests.shop import Shop

TWO_KINDS: dict[str, Any] = {
    "kinds": {"delivered": {}, "unpacked": {}},
    "units": {"points": shop.POINTS | {"vesting": {"activity": "delivered", "cancel_after_days": 30}}},
    "rules": {
        "base": {"when": "purchase", "then": [{"points": {"unit": "points", "give": 1, "per": "1.00"}}]},
        "video": {
            "when": "purchase",
            "then": [{"fixed": {"unit": "points", "give": 5}}],
            "vesting": {"activity": "unpacked", "days": 2, "cancel_after_days": 30},
        },
    },
}


class _Undone(Exception):
    """Rolls back what was tried."""


@pytest.fixture
def cafe(database: str) -> Shop:
    made = Shop(TWO_KINDS)
    made.enrol("ann")
    return made


def _amounts(cafe: Shop, at: str) -> tuple[int, int, int]:
    (found,) = queries.balances(store.current(), cafe.account("ann"), shop.moment(at))
    return found.available, found.pending, found.lapsed


def test_each_award_waits_for_its_own_kind(cafe: Shop) -> None:
    cafe.buy("ann", 4_000, external_id="order")
    first = shop.taken(cafe.tell(cafe.delivery("ann", "order", "2026-01-07", kind="unpacked"))[0])
    assert [(one.points, one.available_at) for one in first.decision.released] == [(5, shop.moment("2026-01-08T22:00"))]
    assert _amounts(cafe, "2026-01-09") == (5, 40, 0)
    second = shop.taken(cafe.tell(cafe.delivery("ann", "order", "2026-01-10"))[0])
    assert [one.points for one in second.decision.released] == [40]
    assert _amounts(cafe, "2026-01-10") == (45, 0, 0)
    assert not verify.run(cafe.programme_id, deep=True, at=shop.FAR).broken


def test_all_of_it_in_one_batch(cafe: Shop) -> None:
    told = (
        cafe.delivery("ann", "order", "2026-01-05"),
        cafe.purchase("ann", 4_000, "2026-01-05", external_id="order"),
        cafe.delivery("ann", "order", "2026-01-05", kind="unpacked"),
        cafe.giving_back("ann", "order", "2026-01-05"),
    )
    parked, _, late, back = (shop.taken(one) for one in cafe.tell(*told))
    assert parked.decision.parked == "purchase_missing"
    assert [one.points for one in late.decision.released] == [5]
    assert back.decision.taken[0].origin == 45
    assert not verify.run(cafe.programme_id, deep=True, at=shop.FAR).broken


def test_a_rule_that_waits_no_longer_still_keeps_its_word(cafe: Shop) -> None:
    """A later version may know no such wait: what waits under the earlier one is confirmed all the same."""
    cafe.buy("ann", 4_000, external_id="order")
    rules = {"base": TWO_KINDS["rules"]["base"]}
    cafe.publish(
        since=shop.moment("2026-01-06"), now=shop.moment("2026-01-06"), units={"points": shop.POINTS}, rules=rules,
        kinds=TWO_KINDS["kinds"],
    )  # fmt: skip
    confirmed = shop.taken(cafe.tell(cafe.delivery("ann", "order", "2026-01-07"))[0])
    assert [one.points for one in confirmed.decision.released] == [40]
    refused = cafe.tell(cafe.purchase("ann", None, "2026-01-07", kind="visit", confirms=None))[0]
    assert not isinstance(refused, Refusal)
    assert not verify.run(cafe.programme_id, deep=True, at=shop.FAR).broken


def test_a_lot_begins_once(cafe: Shop) -> None:
    cafe.buy("ann", 4_000, external_id="order")
    cafe.tell(cafe.delivery("ann", "order", "2026-01-07"))
    at_hand = store.current()
    mine = f"account_id = '{cafe.account('ann')}'"
    change = f"UPDATE ledger_lot SET available_at = available_at + 1 WHERE {mine} AND amount = {{}}"
    with pytest.raises(Exception, match="append-only"), at_hand.transaction():
        at_hand.fetch(store.Statement(change.format(40)))
    with pytest.raises(_Undone), at_hand.transaction():  # the control: what still waits may begin
        at_hand.fetch(store.Statement(change.format(5)))
        raise _Undone


def test_what_begins_repays_the_debt_at_once(cafe: Shop) -> None:
    """A lot's life and its points are written together, be it one row."""
    cafe.buy("ann", 4_000, external_id="first")
    cafe.tell(cafe.delivery("ann", "first", "2026-01-06"))
    shop.taken(cafe.burn("ann", 40, "2026-01-07"))
    shop.taken(cafe.tell(cafe.giving_back("ann", "first", "2026-01-08"))[0])
    cafe.buy("ann", 5_000, "2026-01-09", external_id="second")
    cafe.tell(cafe.delivery("ann", "second", "2026-01-10"))
    assert _amounts(cafe, "2026-01-10") == (10, 5, 0)
    assert [(lot.remaining, lot.available_at > shop.FAR) for lot in cafe.lots("ann")] == [(10, False), (5, True)]
    assert not verify.run(cafe.programme_id, deep=True, at=shop.FAR).broken


def test_a_stored_order_is_delivered_and_comes_back_in_one_batch(cafe: Shop) -> None:
    cafe.buy("ann", 4_000, external_id="order")
    told = (cafe.delivery("ann", "order", "2026-01-07"), cafe.giving_back("ann", "order", "2026-01-07", amount=1_000))
    begun, back = (shop.taken(one) for one in cafe.tell(*told, now="2026-01-07"))
    assert [one.points for one in begun.decision.released] == [40]
    assert sum(one.origin for one in back.decision.taken) == 10
    assert _amounts(cafe, "2026-01-07") == (35, 0, 0)  # what waits goes first (LAW 4.3)
    assert not verify.run(cafe.programme_id, deep=True, at=shop.FAR).broken


def test_whoever_books_a_hold_that_ended_books_the_cancelling_too(cafe: Shop) -> None:
    cafe.buy("ann", 4_000, external_id="order")
    shop.taken(cafe.adjust("ann", 30, "2026-01-06"))
    shop.taken(cafe.hold("ann", 10, "2026-01-07", days=5, external_id="hold"))
    assert _amounts(cafe, "2026-02-10") == (30, 0, 45)
    shop.taken(cafe.burn("ann", 5, "2026-02-10"))
    assert _amounts(cafe, "2026-02-10") == (25, 0, 0)
    lines, _ = queries.statement(
        store.current(), cafe.account("ann"), shop.moment("2026-02-10"), seq=0, part=0, most=100
    )
    gone = [(line.points, line.effective_at) for line in lines if line.kind == "cancel"]
    assert gone == [(-45, shop.moment("2026-02-04T22:00"))]
    late = shop.taken(cafe.tell(cafe.delivery("ann", "order", "2026-02-10"))[0])
    assert late.decision.released == ()
    assert not verify.run(cafe.programme_id, deep=True, at=shop.FAR).broken


@pytest.mark.parametrize("spent", [39, 40])
def test_what_waits_is_found_though_what_did_not_was_spent_before_a_merge(database: str, spent: int):
    """The award that never waited stays behind with its old account where nothing is left of it."""
    parts = {"units": {"points": shop.POINTS}, "rules": {**TWO_KINDS["rules"]}, "kinds": TWO_KINDS["kinds"]}
    cafe = Shop(parts)
    cafe.enrol("Ann", "Ben")
    cafe.buy("Ben", 4_000, external_id="order")
    shop.taken(cafe.burn("Ben", spent, "2026-01-06"))
    merged(cafe, "Ann", "Ben", "2026-01-07")
    told = shop.taken(cafe.tell(cafe.delivery("Ben", "order", "2026-01-08", kind="unpacked"))[0])
    assert [one.points for one in told.decision.released] == [5]
    assert cafe.amounts("Ann", "2026-01-11").available == 45 - spent
    assert not verify.run(cafe.programme_id, deep=True, at=shop.FAR).broken
