"""An erasure and purchases at the same moment: whatever is earned ends with the member – with its control."""

from typing import Any

import pytest

from guerdon.core.errors import Refusal
from guerdon.engine import erase
from guerdon.features.members import queries as members
from guerdon.insight import verify
from guerdon.kit import store
from tests import effort, shop
from tests.races import crowd
from tests.races.test_threads import harmed, no_errors, race
from tests.shop import Shop

RIVALS = effort.times(12, 48)
AT = "2026-01-06"


def buying_while_erased(monkeypatch: pytest.MonkeyPatch, rivals: int) -> tuple[Shop, list[Any]]:
    cafe = Shop()
    cafe.enrol("Ann")
    cafe.buy("Ann", 1000)
    buys = [lambda order=order: cafe.tell(order)[0] for order in [cafe.purchase("Ann", 500, AT) for _ in range(rivals)]]
    buys[rivals // 2 : rivals // 2] = [lambda: leave(cafe), lambda: leave(cafe)]
    return cafe, race(monkeypatch, buys)


def leave(cafe: Shop) -> str:
    found, _ = erase.ask(
        programme_id=cafe.programme_id, member_id=cafe.account("Ann"), actor="Emil", now=shop.moment(AT)
    )  # fmt: skip
    return "" if found.erasure is None else found.erasure.id


def left(cafe: Shop) -> int:
    return cafe.amounts("Ann", AT).available


def test_nothing_is_earned_after_an_erasure_and_it_happens_once(database, monkeypatch):
    cafe, results = buying_while_erased(monkeypatch, RIVALS)
    refused = {one.code for one in no_errors(results) if isinstance(one, Refusal)}
    assert refused <= {"member_not_active", "member_unknown"}
    assert len({one for one in results if isinstance(one, str)}) == 1
    assert members.get(store.current(), cafe.programme_id, cafe.account("Ann")).status == "erased"
    assert left(cafe) == 0
    assert cafe.audit() == []
    report = verify.run(cafe.programme_id, at=shop.FAR)
    assert report.ok, report.broken


@crowd.control
def test_without_locks_points_are_earned_by_nobody(database, monkeypatch):
    crowd.unlock(monkeypatch)
    cafe, results = buying_while_erased(monkeypatch, 6)
    erased = members.self_of(store.current(), cafe.programme_id, cafe.account("Ann"))
    assert (erased is not None and erased.status == "erased" and left(cafe) > 0) or harmed(cafe, results)


def test_who_was_erased_meanwhile_is_not_closed_again(database, monkeypatch):
    """Two erase the same member, and one of them is done between the other's look and its lock."""
    cafe = Shop()
    cafe.enrol("Ann")
    looked = erase.erase_parts.lost
    meanwhile = [lambda: leave(cafe)]

    def slowly(*given, **named):
        found = looked(*given, **named)
        if meanwhile:
            meanwhile.pop()()
        return found

    monkeypatch.setattr(erase.erase_parts, "lost", slowly)
    leave(cafe)
    assert not meanwhile
    assert members.get(store.current(), cafe.programme_id, cafe.account("Ann")).status == "erased"
