"""Threads at the same moment: nothing is doubled, overshot or lost – and each race is lost once the lock is off."""

from collections.abc import Callable, Sequence
from random import Random
from typing import Any

import psycopg
import pytest
from django.db import connection

from guerdon.core.errors import Refusal
from guerdon.engine import earn, enrolment, gather
from guerdon.engine.batch import Outcome, Told
from guerdon.features.members import records
from guerdon.features.members.records import Enrolment
from tests import effort, shop
from tests.races import crowd
from tests.shop import Shop

RIVALS = effort.times(8, 24)
FIRST = {"when": "purchase", "if": [{"first": True}], "then": [{"fixed": {"unit": "points", "give": 50}}]}


def bonus(give: int, **more: Any) -> dict[str, Any]:
    """A rule that gives so much for every purchase."""
    return {"when": "purchase", "then": [{"fixed": {"unit": "points", "give": give}}], **more}


def no_errors(results: Sequence[Any]) -> list[Any]:
    """The results of a race in which nobody may have stumbled."""
    errors = [result for result in results if isinstance(result, BaseException) and not isinstance(result, Refusal)]
    assert not errors, errors
    return list(results)


def harmed(cafe: Shop, results: Sequence[Any]) -> bool:
    """Whether somebody stumbled over a rival, or the books no longer add up: what a race without locks comes to."""
    errors = [result for result in results if isinstance(result, BaseException) and not isinstance(result, Refusal)]
    return bool(errors or cafe.audit())


def race(monkeypatch: pytest.MonkeyPatch, deeds: Sequence[Callable[[], Any]]) -> list[Any]:
    """Everything at once, meeting before the writing."""
    with crowd.meeting(monkeypatch, min(len(deeds), 3)):
        return crowd.together(deeds)


# --- a purchase that enrols, told twice at once ---


def told_between(monkeypatch: pytest.MonkeyPatch) -> Outcome:
    """A stranger's purchase, told again by who has looked for the member before the first telling was there."""
    cafe = Shop({"enrol_unknown": True})
    order = cafe.purchase("Stranger", 4000, external_id="order-1")
    shop.taken(cafe.tell(order)[0])
    lock, looked = gather.members.lock, []

    def look_too_early(*asked: Any) -> Any:
        looked.append(asked)
        return lock(*asked) if len(looked) > 1 else {}

    monkeypatch.setattr(gather.members, "lock", look_too_early)
    outcome: Outcome = shop.taken(cafe.tell(order)[0])
    assert outcome.replayed
    return outcome


def test_who_is_enrolled_meanwhile_is_no_other_member(database, monkeypatch):
    assert told_between(monkeypatch).differs == ()


def test_without_looking_again_it_is(database, monkeypatch):
    monkeypatch.setattr(gather.known, "somebody", lambda *asked: False)
    assert told_between(monkeypatch).differs == ("/member",)


# --- the same order, forty times ---


def same_order(monkeypatch: pytest.MonkeyPatch, rivals: int) -> tuple[Shop, list[Any]]:
    cafe = Shop()
    cafe.enrol("Ann")
    order = cafe.purchase("Ann", 4000, external_id="order-1")
    return cafe, race(monkeypatch, [lambda: shop.taken(cafe.tell(order)[0])] * rivals)


def test_the_same_order_forty_times_is_one_order(database, monkeypatch):
    cafe, results = same_order(monkeypatch, 40)
    outcomes: list[Outcome] = no_errors(results)
    assert len({outcome.activity_id for outcome in outcomes}) == 1
    assert [outcome.replayed for outcome in outcomes].count(False) == 1
    assert cafe.amounts("Ann", "2026-01-06").available == 40
    assert cafe.audit() == []


@crowd.control
def test_without_locks_and_keys_it_is_several(database, monkeypatch):
    crowd.unlock(monkeypatch)
    crowd.forget_keys(monkeypatch)
    cafe, results = same_order(monkeypatch, 3)
    assert len({result.activity_id for result in results if isinstance(result, Outcome)}) > 1 or harmed(cafe, results)
    assert cafe.audit() != []


def test_one_order_told_for_two_members_belongs_to_the_first(database, monkeypatch):
    cafe = Shop()
    cafe.enrol("Ann", "Ben")
    orders = [cafe.purchase(who, 4000, external_id="order-1") for who in ("Ann", "Ben")]
    outcomes = no_errors(race(monkeypatch, [lambda order=order: shop.taken(cafe.tell(order)[0]) for order in orders]))
    assert len({outcome.account_id for outcome in outcomes}) == 1
    assert cafe.amounts("Ann", "2026-01-06").available + cafe.amounts("Ben", "2026-01-06").available == 40


# --- the bonus for the first purchase ---


def first_orders(monkeypatch: pytest.MonkeyPatch, members_count: int, rivals: int) -> tuple[Shop, list[str], list[Any]]:
    """Every member buys in every batch; each rival tells its own orders, in its own order of members."""
    cafe = Shop({"rules": {"first": FIRST}})
    names = [f"member-{number}" for number in range(members_count)]
    cafe.enrol(*names)

    def batch(seed: int) -> list[Any]:
        shuffled = Random(seed).sample(names, len(names))
        return cafe.tell(*[cafe.purchase(name, 100, external_id=f"{seed}-{name}") for name in shuffled])

    return cafe, names, race(monkeypatch, [lambda seed=seed: batch(seed) for seed in range(rivals)])


def test_fifty_members_get_one_first_order_each(database, monkeypatch):
    stumbles = crowd.stumbles(monkeypatch)
    cafe, names, results = first_orders(monkeypatch, 50, RIVALS)
    no_errors(results)
    assert [cafe.amounts(name, "2026-01-06").available for name in names] == [50] * 50
    assert cafe.audit() == []
    assert not stumbles, "batches with the same members wait for each other, they never deadlock"


@crowd.control
def test_without_locks_somebody_gets_two(database, monkeypatch):
    crowd.unlock(monkeypatch)
    cafe, _, results = first_orders(monkeypatch, 2, 3)
    assert sum(shop.points(result) for result in results if isinstance(result, list)) > 2 * 50
    assert cafe.audit() != []


# --- caps and budgets ---


def capped(monkeypatch: pytest.MonkeyPatch, rivals: int) -> tuple[Shop, list[Any]]:
    cafe = Shop({"rules": {"base": bonus(20, caps={"day": 50})}})
    cafe.enrol("Ann")
    orders = [cafe.purchase("Ann", 100) for _ in range(rivals)]
    return cafe, race(monkeypatch, [lambda order=order: cafe.tell(order)[0] for order in orders])


def test_a_cap_is_never_exceeded(database, monkeypatch):
    cafe, results = capped(monkeypatch, RIVALS)
    assert shop.points(no_errors(results)) == 50
    assert cafe.amounts("Ann", "2026-01-06").available == 50
    assert cafe.audit() == []


@crowd.control
def test_without_locks_a_cap_is_exceeded(database, monkeypatch):
    crowd.unlock(monkeypatch)
    cafe, results = capped(monkeypatch, 3)
    assert shop.points(results) > 50 or harmed(cafe, results)


def budgeted(monkeypatch: pytest.MonkeyPatch, rivals: int) -> tuple[Shop, list[Any]]:
    """Everybody draws on one budget that is enough for two and a half."""
    cafe = Shop({"rules": {"campaign": bonus(40, budget=100)}})
    names = [f"member-{number}" for number in range(rivals)]
    cafe.enrol(*names)
    orders = [cafe.purchase(name, 100) for name in names]
    return cafe, race(monkeypatch, [lambda order=order: cafe.tell(order)[0] for order in orders])


def test_a_budget_is_never_overshot(database, monkeypatch):
    cafe, results = budgeted(monkeypatch, RIVALS)
    assert shop.points(no_errors(results)) == 100
    assert cafe.audit() == []


@crowd.control
def test_without_locks_a_budget_is_overshot(database, monkeypatch):
    crowd.unlock(monkeypatch)
    cafe, results = budgeted(monkeypatch, 3)
    assert shop.points(results) > 100 or harmed(cafe, results)


# --- the last points ---


def last_points(monkeypatch: pytest.MonkeyPatch, rivals: int) -> tuple[Shop, list[Any]]:
    cafe = Shop()
    cafe.enrol("Ann")
    cafe.buy("Ann", 4000)
    return cafe, race(monkeypatch, [lambda: cafe.burn("Ann", 30, "2026-01-06")] * rivals)


def test_the_last_points_are_spent_once(database, monkeypatch):
    cafe, results = last_points(monkeypatch, RIVALS)
    assert sorted(map(str, map(shop.code, no_errors(results)))) == ["None"] + ["insufficient_points"] * (RIVALS - 1)
    assert cafe.amounts("Ann", "2026-01-06").available == 10
    assert cafe.audit() == []


@crowd.control
def test_without_locks_they_are_spent_twice(database, monkeypatch):
    crowd.unlock(monkeypatch)
    cafe, results = last_points(monkeypatch, 3)
    assert len([result for result in results if isinstance(result, Outcome)]) > 1 or harmed(cafe, results)
    assert cafe.audit() != []


# --- enrolment ---


def newcomers(monkeypatch: pytest.MonkeyPatch, rivals: int) -> tuple[Shop, list[Any]]:
    """Unknown customers, told of by everybody at once, in different orders."""
    cafe = Shop({"enrol_unknown": True})
    names = [f"new-{number}" for number in range(6)]

    def batch(seed: int) -> list[Any]:
        shuffled = Random(seed).sample(names, len(names))
        return cafe.tell(*[cafe.purchase(name, 100, external_id=f"{seed}-{name}") for name in shuffled])

    return cafe, race(monkeypatch, [lambda seed=seed: batch(seed) for seed in range(rivals)])


def test_a_newcomer_becomes_one_member(database, monkeypatch):
    cafe, results = newcomers(monkeypatch, min(RIVALS, 6))
    no_errors(results)
    assert cafe.count("members_member") == 6
    assert [cafe.amounts(f"new-{number}", "2026-01-06").available for number in range(6)] == [min(RIVALS, 6)] * 6
    assert cafe.audit() == []


def test_without_the_directory_a_newcomer_becomes_several(database, monkeypatch):
    crowd.unlock(monkeypatch)
    row = records.identifier_row
    monkeypatch.setattr(records, "identifier_row", lambda *, value, member_id, **more: row(
        value=value + member_id, member_id=member_id, **more))  # fmt: skip
    cafe, _ = newcomers(monkeypatch, 3)
    assert cafe.count("members_member") > 6


def test_enrolled_by_hand_at_once_one_is_first(database):
    cafe = Shop()
    enrol = lambda: enrolment.enrol(  # noqa: E731
        programme_id=cafe.programme_id, enrolment=Enrolment(external_ids=("Ann",)), now=shop.OPENING
    )
    results = no_errors(crowd.together([enrol] * 6))
    assert sorted(str(shop.code(result)) for result in results) == ["None"] + ["identifier_taken"] * 5


# --- returns ---


def return_and_purchase(monkeypatch: pytest.MonkeyPatch) -> tuple[Shop, list[Any]]:
    cafe = Shop()
    cafe.enrol("Ann")
    deeds = [
        lambda: cafe.tell(cafe.purchase("Ann", 4000, external_id="order-1"), now="2026-01-07"),
        lambda: cafe.tell(cafe.giving_back("Ann", "order-1"), now="2026-01-07"),
    ]
    with crowd.meeting(monkeypatch, 2):
        return cafe, crowd.together(deeds)


@pytest.mark.parametrize("_", range(effort.times(4, 30)))
def test_a_return_meets_its_purchase(database, monkeypatch, _):
    cafe, results = return_and_purchase(monkeypatch)
    no_errors(results)
    assert cafe.amounts("Ann", "2026-01-07").available == 0
    assert cafe.count("activities_parked") == 0
    assert cafe.audit() == []


@crowd.control
def test_without_locks_they_miss_each_other(database, monkeypatch):
    crowd.unlock(monkeypatch)
    cafe, _ = return_and_purchase(monkeypatch)
    assert cafe.count("activities_parked") == 1
    assert cafe.count("activities_key") == 2, "both are known, and neither knows of the other"


# --- Idempotency-Key ---


def same_key(monkeypatch: pytest.MonkeyPatch, digests: Sequence[str]) -> tuple[Shop, list[Any]]:
    """Different orders of different members under one Idempotency-Key."""
    cafe = Shop()
    names = [f"member-{number}" for number in range(len(digests))]
    cafe.enrol(*names)

    def tell(name: str, digest: str) -> Any:
        told = [Told(cafe.purchase(name, 1000), shop.keyed("key-1", digest))]
        return earn.record_many(programme_id=cafe.programme_id, told=told, now=shop.moment("2026-01-06"))[0]

    pairs = zip(names, digests, strict=True)
    return cafe, race(monkeypatch, [lambda name=name, digest=digest: tell(name, digest) for name, digest in pairs])


def test_one_key_has_one_effect(database, monkeypatch):
    cafe, results = same_key(monkeypatch, ["same"] * RIVALS)
    outcomes = no_errors(results)
    assert len({outcome.activity_id for outcome in outcomes}) == 1
    assert cafe.count("activities_activity") == 1


def test_one_key_with_several_bodies_has_one_effect_and_conflicts(database, monkeypatch):
    cafe, results = same_key(monkeypatch, [f"body-{number}" for number in range(RIVALS)])
    codes = sorted(str(shop.code(result)) for result in no_errors(results))
    assert codes == ["None"] + ["idempotency_conflict"] * (RIVALS - 1)
    assert cafe.count("activities_activity") == 1


def test_without_stored_answers_one_key_has_several_effects(database, monkeypatch):
    crowd.unlock(monkeypatch)
    crowd.forget_answers(monkeypatch)
    cafe, _ = same_key(monkeypatch, ["same"] * 3)
    assert cafe.count("activities_activity") > 1


# --- everything at once ---


def busy(cafe: Shop, dice: Random, key: str, names: Sequence[str]) -> None:
    """One thing out of all that can happen."""
    at, who, order = "2026-01-20", names[0], f"{key}-{names[0]}"
    deeds: list[Callable[[], Any]] = [
        lambda: cafe.tell(*[cafe.purchase(name, 700, at, external_id=f"{key}-{name}") for name in names]),
        lambda: cafe.tell(cafe.purchase(who, 900, at, external_id=order), cafe.giving_back(who, order, at)),
        lambda: cafe.tell(cafe.giving_back(who, f"old-{who}", at)),
        lambda: cafe.burn(who, dice.choice([3, 10]), at),
        lambda: cafe.adjust(who, dice.choice([-4, 9]), at),
        lambda: cafe.night(at),
    ]
    dice.choice(deeds)()


def test_a_busy_minute(database, monkeypatch):
    """Purchases, returns, burns, adjustments and the night, all over the same few members."""
    cafe = Shop({"units": {"points": shop.POINTS | {"expires": {"rolling": {"days": 10}}}}})
    names = ["Ann", "Ben", "Cleo", "Dora"]
    cafe.enrol(*names)
    cafe.tell(*[cafe.purchase(name, 5000, "2026-01-01", external_id=f"old-{name}") for name in names])

    def rival(seed: int) -> None:
        dice = Random(seed)
        for number in range(effort.times(6, 40)):
            busy(cafe, dice, f"{seed}-{number}", dice.sample(names, 3))

    stumbles = crowd.stumbles(monkeypatch)
    no_errors(crowd.together([lambda seed=seed: rival(seed) for seed in range(6)]))
    assert cafe.audit() == []
    assert not stumbles


def test_without_an_order_of_locks_rivals_embrace(database, monkeypatch):
    """The control for deadlocks: one locks Ann and then Ben, the other Ben and then Ann. SQLite has one writer."""
    cafe = Shop()
    cafe.enrol("Ann", "Ben")
    crowd.disorder(monkeypatch)
    stumbles = crowd.stumbles(monkeypatch)
    tell = lambda: cafe.tell(cafe.purchase("Ann"), cafe.purchase("Ben"))  # noqa: E731
    no_errors(crowd.together([tell, tell]))
    deadlocks = [error for error in stumbles if isinstance(error, psycopg.errors.DeadlockDetected)]
    assert bool(deadlocks) is (connection.vendor == "postgresql")
    assert cafe.audit() == [], "and even then the loser is tried again"
