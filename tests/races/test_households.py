"""Persons of a household at the same moment: they share one lock as they share one balance."""

import threading
import time
from typing import Any

import msgspec
from django.db import connection

from guerdon.core.activities import Member
from guerdon.core.errors import Refusal
from guerdon.engine import households
from guerdon.engine.batch import Batch
from guerdon.engine.households import Asked
from guerdon.features.ledger import queries as ledger
from guerdon.features.members import queries as members
from guerdon.insight import verify
from guerdon.kit import store
from tests import shop
from tests.races import crowd
from tests.shop import Shop

DAY = "2026-01-10"


def named(name: str) -> Member:
    return Member(external_id=name)


def asked(cafe: Shop, day: str = DAY) -> Asked:
    return Asked(cafe.programme_id, "Emil", shop.moment(day))


def invited(cafe: Shop, home: str, who: str, by: str) -> dict[str, str]:
    guest = {"household_id": home, "by": named(by), "member": named(who), "role": "adult"}
    made = households.invite(asked(cafe), **guest).invitation
    assert made is not None
    return {"household_id": home, "invitation_id": made.id}


def joining(cafe: Shop, invitation: dict[str, str]) -> Any:
    return lambda: households.answer(asked(cafe, "2026-01-11"), deed="accept", **invitation)


def leaving(cafe: Shop, home: str, who: str) -> Any:
    return lambda: households.leave(asked(cafe, "2026-01-11"), household_id=home, member=named(who))


def burning(cafe: Shop, who: str, points: int) -> Any:
    return lambda: cafe.burn(who, points, "2026-01-11")


def two(**policy: Any) -> tuple[Shop, str]:
    """Ann (10 points) and Ben (10 points), who share a balance."""
    cafe = Shop({"households": policy})
    cafe.enrol("Ann", "Ben", "Cleo")
    for name in ("Ann", "Ben"):
        cafe.buy(name, 1000)
    home = households.found(asked(cafe), owner=named("Ann")).household.id
    households.answer(asked(cafe), deed="accept", **invited(cafe, home, "Ben", "Ann"))
    return cafe, home


def race(monkeypatch: Any, deeds: list[Any]) -> list[Any]:
    with crowd.meeting(monkeypatch, len(deeds)):
        return crowd.together(deeds)


def holds(cafe: Shop) -> None:
    assert cafe.audit() == []
    report = verify.run(cafe.programme_id, at=shop.moment("2026-02-01"))
    assert report.ok, [(one.name, str(one.first)) for one in report.broken]


def harmed(cafe: Shop, results: list[Any]) -> bool:
    """Whether somebody fell over the other, or the books are wrong."""
    broken = [one for one in results if isinstance(one, BaseException) and not isinstance(one, Refusal)]
    return bool(broken or cafe.audit() or not verify.run(cafe.programme_id, at=shop.moment("2026-02-01")).ok)


def codes(results: list[Any]) -> list[str]:
    return sorted(getattr(one, "code", "done") for one in results)


def test_two_persons_burn_one_balance_once(database, monkeypatch):
    cafe, _ = two()
    results = race(monkeypatch, [burning(cafe, "Ann", 15), burning(cafe, "Ben", 15)])
    assert codes(results) == ["done", "insufficient_points"], results
    holds(cafe)


@crowd.control
def test_without_locks_the_balance_is_burned_twice(database, monkeypatch):
    crowd.unlock(monkeypatch)
    stumbles = crowd.stumbles(monkeypatch)
    cafe, _ = two()
    results = race(monkeypatch, [burning(cafe, "Ann", 15), burning(cafe, "Ben", 15)])
    assert stumbles or harmed(cafe, results) or codes(results) == ["done", "done"]


def rival_homes() -> tuple[Shop, list[Any]]:
    """Cleo, whom two households have invited."""
    cafe = Shop({"households": {}})
    cafe.enrol("Ann", "Ben", "Cleo")
    cafe.buy("Cleo", 1000)
    homes = [households.found(asked(cafe), owner=named(name)).household.id for name in ("Ann", "Ben")]
    invitations = [invited(cafe, home, "Cleo", by) for home, by in zip(homes, ("Ann", "Ben"), strict=True)]
    return cafe, [joining(cafe, one) for one in invitations]


def test_nobody_joins_two_households(database, monkeypatch):
    cafe, deeds = rival_homes()
    results = race(monkeypatch, deeds)
    assert codes(results) == ["done", "in_household"], results
    holds(cafe)


@crowd.control
def test_without_locks_somebody_would_be_in_two(database, monkeypatch):
    crowd.unlock(monkeypatch)
    stumbles = crowd.stumbles(monkeypatch)
    cafe, deeds = rival_homes()
    results = race(monkeypatch, deeds)
    assert stumbles or harmed(cafe, results) or codes(results) == ["done", "done"]


def test_a_burn_meanwhile_is_of_the_household_or_of_who_has_left(database, monkeypatch):
    cafe, home = two(leaving="take")
    results = race(monkeypatch, [leaving(cafe, home, "Ben"), burning(cafe, "Ben", 10)])
    assert codes(results) == ["done", "done"], results
    holds(cafe)


@crowd.control
def test_without_locks_who_leaves_takes_what_is_being_burned(database, monkeypatch):
    crowd.unlock(monkeypatch)
    stumbles = crowd.stumbles(monkeypatch)
    cafe, home = two(leaving="take")
    results = race(monkeypatch, [leaving(cafe, home, "Ben"), burning(cafe, "Ben", 20)])
    assert stumbles or harmed(cafe, results)


def test_a_purchase_while_joining_is_in_the_household_in_the_end(database, monkeypatch):
    cafe = Shop({"households": {}})
    cafe.enrol("Ann", "Ben")
    cafe.buy("Ben", 1000)
    home = households.found(asked(cafe), owner=named("Ann")).household.id
    deed = joining(cafe, invited(cafe, home, "Ben", "Ann"))
    bought = cafe.purchase("Ben", 500, "2026-01-11")
    results = race(monkeypatch, [deed, lambda: shop.taken(cafe.tell(bought)[0])])
    assert codes(results) == ["done", "done"], results
    assert sum(lot.remaining for lot in cafe.lots("Ben")) == 0
    holds(cafe)


def burned_while_leaving(monkeypatch: Any) -> tuple[Shop, str]:
    """Ben leaves and takes his points along; while that is being written, he spends them."""
    cafe, home = two(leaving="take")
    decided, commit = threading.Event(), Batch.commit

    def slowly(batch: Batch) -> None:
        if not decided.is_set():
            decided.set()
            time.sleep(crowd.MEETING_SECONDS)
        commit(batch)

    def spending() -> Any:
        assert decided.wait(crowd.PATIENCE_SECONDS)
        return shop.taken(cafe.burn("Ben", 10, "2026-01-12"))

    monkeypatch.setattr(Batch, "commit", slowly)
    results = crowd.together([leaving(cafe, home, "Ben"), spending])
    assert not [one for one in results if isinstance(one, BaseException)], results
    return cafe, home


def left_in(cafe: Shop, home: str) -> list[int]:
    accounts = (home, cafe.account("Ben"))
    return [sum(one.available for one in ledger.balances(store.current(), account, shop.moment("2026-01-13")))
            for account in accounts]  # fmt: skip


def test_who_spends_while_leaving_spends_what_went_along(database, monkeypatch):
    cafe, home = burned_while_leaving(monkeypatch)
    assert left_in(cafe, home) == [10, 0]
    holds(cafe)


def test_without_a_second_look_the_others_would_pay(database, monkeypatch):
    """SQLite has one writer, who looks when the others are done."""
    looking = members._settled

    def once(at_hand: Any, programme: str, found: Any, stands: Any) -> Any:
        if any(row.kind == "household" for row in found.values()) and all(kind != "id" for kind, _ in found):
            told = {"kind": "person", "role": "adult"}
            return {name: msgspec.structs.replace(row, person_id=stands[name], **told) for name, row in found.items()}
        return looking(at_hand, programme, found, stands)

    monkeypatch.setattr(members, "_settled", once)
    cafe, home = burned_while_leaving(monkeypatch)
    if connection.vendor == "sqlite":
        assert left_in(cafe, home) == [10, 0]
    else:
        assert left_in(cafe, home) == [0, 10]
