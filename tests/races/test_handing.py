"""Rewards that give vouchers at the same moment: no code goes twice, no used one comes back; each with its control."""

from typing import Any

import pytest

from guerdon.core.activities import Tender
from guerdon.engine.batch import Outcome
from guerdon.features.redemptions import queries as redemptions
from guerdon.kit import store
from tests import effort, gifts, shop, vouchers
from tests.engine import catalogue
from tests.races import crowd, test_redemptions, test_vouchers
from tests.races.test_redemptions import RIVALS, kept, names
from tests.races.test_threads import harmed, no_errors, race
from tests.races.test_vouchers import told
from tests.shop import Shop

OFFERS = vouchers.offers(film={"gift": {"en": "A film"}, "codes": "pool"})
REWARDS: dict[str, Any] = {
    "film": shop.named("film", {"kind": "partner", "voucher": "film", "prices": [{"points": {"points": 300}}]}),
    "card": shop.named("card", {"kind": "gift_card", "amount": "3.00", "prices": [{"points": {"points": 300}}]}),
    "five": shop.named("five", {"kind": "money_off", "amount": "5.00", "prices": [{"points": {"points": 300}}]}),
}


def cafe(members: int) -> Shop:
    """So many members with 1,000 points each."""
    found = Shop(gifts.PARTS | OFFERS | {"rewards": REWARDS})
    found.enrol(*names(members))
    found.tell(*[found.purchase(name, 100_000) for name in names(members)])
    return found


def unlock(monkeypatch: pytest.MonkeyPatch) -> None:
    """The locks of members, stocks, codes and pools."""
    test_redemptions.unlock(monkeypatch)
    test_vouchers.unlock(monkeypatch)


def given(at: Shop, result: Outcome) -> str:
    """The code that a redemption handed over."""
    code = redemptions.one(store.current(), at.programme_id, result.activity_id).given
    assert code is not None
    return code


# --- the last codes of a pool ---


def last_codes(monkeypatch: pytest.MonkeyPatch, rivals: int, codes: int) -> tuple[Shop, list[Any]]:
    at = cafe(rivals)
    vouchers.bring(at, "film", *[f"film-{n}" for n in range(codes)])
    deeds = [lambda n=n: catalogue.redeem(at, "film", n, external_id=f"race-{n}") for n in names(rivals)]
    return at, race(monkeypatch, deeds)


def test_the_last_codes_are_had_once(database, monkeypatch):
    at, results = last_codes(monkeypatch, RIVALS, 5)
    assert told(no_errors(results)) == {"won": 5, "voucher_pool_empty": RIVALS - 5}
    codes = {given(at, result) for result in results if isinstance(result, Outcome)}
    assert codes == {f"FILM-{n}" for n in range(5)}
    assert kept(at, RIVALS) == RIVALS * 1000 - 5 * 300, "who comes too late keeps every point"
    catalogue.holds(at)


@crowd.control
def test_without_locks_a_code_is_had_twice(database, monkeypatch):
    unlock(monkeypatch)
    at, results = last_codes(monkeypatch, 3, 1)
    assert told(results)["won"] > 1 or harmed(at, results)


# --- cancelled and used ---


def regretted(monkeypatch: pytest.MonkeyPatch, rivals: int) -> tuple[Shop, list[Any]]:
    """Ann gives it up at some tills, and uses its voucher at as many others."""
    at = cafe(1)
    made = shop.taken(catalogue.redeem(at, "five", "m0"))
    code = given(at, made)
    cancel = [lambda: catalogue.settle(at, made, "cancel")] * rivals
    use = [lambda: vouchers.redeem(at, code, who="m0", day="2026-02-02")] * rivals
    return at, race(monkeypatch, [deed for pair in zip(cancel, use, strict=True) for deed in pair])


@pytest.mark.parametrize("_", range(effort.times(3, 12)))
def test_of_cancelling_and_using_one_wins(database, monkeypatch, _):
    at, results = regretted(monkeypatch, RIVALS // 2)
    found = told(no_errors(results))
    rivals = RIVALS // 2
    used = {"won": 1, "voucher_used": rivals - 1, "redemption_used": rivals}
    cancelled = {"won": rivals, "voucher_withdrawn": rivals}  # told again it is the same
    assert found in (used, cancelled)
    assert at.amounts("m0", "2026-02-03").available == (700 if found == used else 1000)
    catalogue.holds(at)


@crowd.control
def test_without_locks_both_win(database, monkeypatch):
    unlock(monkeypatch)
    at, results = regretted(monkeypatch, 1)
    assert told(results)["won"] == 2 or harmed(at, results)


# --- a card, confirmed and cancelled, and cancelled and spent ---


def hurried(monkeypatch: pytest.MonkeyPatch, rivals: int) -> tuple[Shop, list[Any]]:
    """Ann's reservation of a card is confirmed at some tills, and given up at as many others.

    Its control is in `tests/engine/test_handing.py`, where the look that is overtaken is made to be.
    """
    at = cafe(1)
    made = shop.taken(catalogue.redeem(at, "card", "m0", at="2026-02-02", reserve=True))
    deeds = [lambda: catalogue.settle(at, made, "confirm"), lambda: catalogue.settle(at, made, "cancel")]
    return at, race(monkeypatch, deeds * rivals)


@pytest.mark.parametrize("_", range(effort.times(3, 12)))
def test_a_card_that_was_confirmed_a_moment_ago_is_still_whole(database, monkeypatch, _):
    at, results = hurried(monkeypatch, RIVALS // 2)
    found, rivals = told(no_errors(results)), RIVALS // 2
    assert found in ({"won": 2 * rivals}, {"won": rivals, "redemption_ended": rivals}), "nobody has used it"
    assert at.amounts("m0", "2026-02-03").available == 1000
    catalogue.holds(at)


def paid_or_returned(monkeypatch: pytest.MonkeyPatch, rivals: int) -> tuple[Shop, list[Any]]:
    """Ann's card pays at some tills, and is given up at as many others."""
    at = cafe(1)
    made = shop.taken(catalogue.redeem(at, "card", "m0"))
    tenders = (Tender("gift_card", 300, card=given(at, made)), Tender("cash", 100))
    orders = [at.purchase("m0", 400, "2026-02-02", external_id=f"o-{n}", tenders=tenders) for n in range(rivals)]
    pay = [lambda order=order: at.tell(order)[0] for order in orders]
    cancel = [lambda: catalogue.settle(at, made, "cancel")] * rivals
    return at, race(monkeypatch, [deed for pair in zip(pay, cancel, strict=True) for deed in pair])


@pytest.mark.parametrize("_", range(effort.times(3, 12)))
def test_a_card_pays_or_goes_back(database, monkeypatch, _):
    at, results = paid_or_returned(monkeypatch, RIVALS // 2)
    found, rivals = told(no_errors(results)), RIVALS // 2
    paid = {"won": 1, "gift_card_short": rivals - 1, "redemption_used": rivals}
    assert found in (paid, {"won": rivals, "gift_card_short": rivals})
    assert at.amounts("m0", "2026-02-03").available == (701 if found == paid else 1000)
    catalogue.holds(at)


@crowd.control
def test_without_locks_a_card_pays_and_goes_back(database, monkeypatch):
    unlock(monkeypatch)
    at, results = paid_or_returned(monkeypatch, 1)
    assert told(results)["won"] == 2 or harmed(at, results)
