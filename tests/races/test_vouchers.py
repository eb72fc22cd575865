"""Vouchers at the same moment: no limit is overshot, no code goes twice, losers know why – each with its control."""

import threading
from collections import Counter
from typing import Any

import pytest

from guerdon.core import limits
from guerdon.core.errors import Refusal
from guerdon.engine import guessing
from guerdon.engine.batch import Outcome
from guerdon.features.vouchers import queries
from guerdon.insight import verify
from guerdon.kit import attempts, store
from guerdon.kit.store import Statement
from tests import effort, shop
from tests.races import crowd, guesser
from tests.races.test_threads import harmed, no_errors, race
from tests.shop import Shop
from tests.vouchers import bring, cafe, code_of, give, given, redeem, roll_back, stored

RIVALS = effort.times(16, 64)


def told(results: list[Any]) -> Counter[str]:
    """How many won, and why the others did not."""
    return Counter(result.code if isinstance(result, Refusal) else "won" for result in results)


def unlock(monkeypatch: pytest.MonkeyPatch) -> None:
    """The members' locks and those of codes and pools."""
    crowd.unlock(monkeypatch)
    for name, found in list(vars(queries).items()):
        if isinstance(found, Statement) and "FOR NO KEY UPDATE" in found.text:
            bare = found.text.partition(" FOR NO KEY UPDATE")[0]
            monkeypatch.setattr(queries, name, Statement(bare, sqlite=found.sqlite))


def proved(at: Shop) -> None:
    assert at.audit() == []
    report = verify.run(at.programme_id, at=shop.FAR)
    assert report.ok, report.broken


# --- one code that may be used seven times, shown by many ---


def flyers(monkeypatch: pytest.MonkeyPatch, rivals: int, uses: int) -> tuple[Shop, list[Any]]:
    at = cafe(flyer={"amount": "1.00", "bearer": True, "uses": uses})
    names = [f"guest-{n}" for n in range(rivals)]
    at.enrol(*names)
    bring(at, "flyer", "sun")
    return at, race(monkeypatch, [lambda name=name: redeem(at, "sun", who=name) for name in names])


def test_a_code_is_used_as_often_as_it_may(database, monkeypatch):
    at, results = flyers(monkeypatch, RIVALS, 7)
    assert told(no_errors(results)) == {"won": 7, "voucher_used": RIVALS - 7}
    assert stored(at, "SUN").used == 7
    proved(at)


@crowd.control
def test_without_locks_it_is_used_once_too_often(database, monkeypatch):
    unlock(monkeypatch)
    at, results = flyers(monkeypatch, 3, 1)
    assert told(results)["won"] > 1 or harmed(at, results)


# --- a voucher of Ann, shown at every till at once ---


def anns(monkeypatch: pytest.MonkeyPatch, rivals: int) -> tuple[Shop, str, list[Any]]:
    at = cafe(five={"amount": "5.00"})
    code = given(at, "Ann", "five")
    return at, code, race(monkeypatch, [lambda: redeem(at, code)] * rivals)


def test_anns_voucher_is_used_once(database, monkeypatch):
    at, code, results = anns(monkeypatch, RIVALS)
    assert told(no_errors(results)) == {"won": 1, "voucher_used": RIVALS - 1}
    assert stored(at, code).used == 1
    proved(at)


@crowd.control
def test_without_locks_anns_voucher_is_used_twice(database, monkeypatch):
    unlock(monkeypatch)
    at, _, results = anns(monkeypatch, 3)
    assert told(results)["won"] > 1 or harmed(at, results)


# --- a limit for each member over several codes ---


def codes_for_ann(monkeypatch: pytest.MonkeyPatch, rivals: int) -> tuple[Shop, list[Any]]:
    at = cafe(flyer={"amount": "1.00", "bearer": True, "uses_per_member": 2})
    codes = bring(at, "flyer", *[f"sun-{n}" for n in range(rivals)])
    return at, race(monkeypatch, [lambda code=code: redeem(at, code) for code in codes])


def test_a_member_uses_no_more_than_may_be(database, monkeypatch):
    at, results = codes_for_ann(monkeypatch, RIVALS)
    assert told(no_errors(results)) == {"won": 2, "voucher_limit": RIVALS - 2}
    proved(at)


@crowd.control
def test_without_locks_a_member_uses_more(database, monkeypatch):
    unlock(monkeypatch)
    at, results = codes_for_ann(monkeypatch, 3)
    assert told(results)["won"] > 2 or harmed(at, results)


# --- the last codes of a pool ---


def seats(monkeypatch: pytest.MonkeyPatch, rivals: int) -> tuple[Shop, list[Any]]:
    at = cafe(film={"gift": {"en": "A film"}, "codes": "pool"})
    names = [f"guest-{n}" for n in range(rivals)]
    at.enrol(*names)
    bring(at, "film", "f1", "f2", "f3")
    return at, race(monkeypatch, [lambda name=name: give(at, name, "film") for name in names])


def test_no_code_of_a_pool_goes_twice(database, monkeypatch):
    at, results = seats(monkeypatch, RIVALS)
    assert told(no_errors(results)) == {"won": 3, "voucher_pool_empty": RIVALS - 3}
    assert {code_of(result) for result in results if isinstance(result, Outcome)} == {"F1", "F2", "F3"}
    proved(at)


@crowd.control
def test_without_locks_a_code_goes_twice(database, monkeypatch):
    unlock(monkeypatch)
    at, results = seats(monkeypatch, 3)
    won = [code_of(result) for result in results if isinstance(result, Outcome)]
    assert len(set(won)) < len(won) or harmed(at, results)


# --- one use, rolled back everywhere ---


def regretted(monkeypatch: pytest.MonkeyPatch, rivals: int) -> tuple[Shop, str, list[Any]]:
    at = cafe(five={"amount": "5.00", "uses": 3})
    code = given(at, "Ann", "five")
    shop.taken(redeem(at, code))
    use = shop.taken(redeem(at, code))
    return at, code, race(monkeypatch, [lambda: roll_back(at, use)] * rivals)


def test_a_rollback_restores_once(database, monkeypatch):
    stumbles = crowd.stumbles(monkeypatch)
    at, code, results = regretted(monkeypatch, RIVALS)
    assert not stumbles
    assert told(no_errors(results)) == {"won": 1, "voucher_rolled_back": RIVALS - 1}
    assert stored(at, code).used == 1
    proved(at)


@crowd.control
def test_without_locks_it_restores_twice(database, monkeypatch):
    """Or would, if there were room for it: then only the index of rollbacks refuses the second one."""
    stumbles = crowd.stumbles(monkeypatch)
    unlock(monkeypatch)
    at, _, results = regretted(monkeypatch, 3)
    assert told(results)["won"] > 1 or stumbles or harmed(at, results)


# --- guesses ---


def guess(at: Shop, client: str, day: str = "2026-01-06") -> str:
    try:
        guessing.count(
            programme_id=at.programme_id, credential=at.programme_id, client=client, now=shop.moment(day)
        )  # fmt: skip
    except Refusal as refusal:
        return refusal.code
    return "wrong"


def guessed(rivals: int) -> list[Any]:
    at = Shop()
    return crowd.together([lambda: guess(at, "web")] * rivals)


def test_no_more_wrong_codes_are_answered_than_may_be(database):
    found = Counter(no_errors(guessed(RIVALS)))
    assert found == {"wrong": limits.GUESSES_MAX, "guesses_too_many": RIVALS - limits.GUESSES_MAX}


def test_nor_by_several_processes(database):
    at = Shop()
    found = guesser.guess_all(4, 8, programme_id=at.programme_id, now=shop.moment("2026-01-06"))
    assert found == {"wrong": limits.GUESSES_MAX, "guesses_too_many": 32 - limits.GUESSES_MAX}


def test_a_key_that_names_a_new_client_each_time_guesses_no_more(database):
    at, left = Shop(), 5
    for number in range(limits.GUESSES_OF_KEY_MAX - left):
        assert guess(at, f"web-{number}") == "wrong"
    found = crowd.together([lambda number=number: guess(at, f"new-{number}") for number in range(RIVALS)])
    assert Counter(no_errors(found)) == {"wrong": left, "guesses_too_many": RIVALS - left}
    asked = {"programme_id": at.programme_id, "credential": at.programme_id, "client": "late"}
    with pytest.raises(Refusal):
        guessing.check(now=shop.moment("2026-01-06"), **asked)
    who = [f"{at.programme_id}:{at.programme_id}:client:new-{number}" for number in range(RIVALS)]
    counted = [one for one in who if attempts.tried(store.current(), what="guesses", who=one)]
    assert len(counted) == left, "what was not answered is not counted"
    guessing.check(now=shop.moment("2026-01-06T12:15"), **asked)
    assert guess(at, "late", "2026-01-06T12:15") == "wrong"


def test_looked_at_before_they_are_counted_more_are_answered(database, monkeypatch):
    """The control: all look, and only then everybody counts."""
    all_looked = threading.Barrier(RIVALS)

    def look_first(at_hand: Any, **given: Any) -> None:
        attempts.check(at_hand, **given)
        all_looked.wait(crowd.PATIENCE_SECONDS)

    monkeypatch.setattr(attempts, "add", look_first)
    monkeypatch.setattr(store, "committed", lambda write: write(store.current()))
    assert Counter(no_errors(guessed(RIVALS)))["wrong"] > limits.GUESSES_MAX
