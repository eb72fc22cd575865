"""A form of joining that is sent twice at the same moment: one member, one sign-up, once its points."""

import pytest

from guerdon.core.errors import Refusal
from guerdon.core.members import Person
from guerdon.engine import enrolment
from guerdon.features.members import queries as members
from guerdon.features.members.records import Enrolment
from guerdon.kit import store
from guerdon.kit.store import Statement
from tests import effort
from tests.races import crowd
from tests.shop import BASE, Shop, moment

WELCOME = {"when": "signup", "then": [{"fixed": {"unit": "points", "give": 100}}]}
RIVALS = 3


def joins(cafe):
    made = Enrolment(person=Person(name="Ann", email=f"ann@{cafe.key}.example"))
    one = {"programme_id": cafe.programme_id, "enrolment": made, "now": moment("2026-01-05"), "window": "portal"}
    return crowd.together([lambda: enrolment.enrol(**one)] * RIVALS)


def given(cafe):
    """How many sign-ups the journal holds, and the points of all of them."""
    rows = store.current().fetch(
        Statement(
            "SELECT (SELECT count(*) FROM activities_activity WHERE programme_id = :programme AND kind = 'signup'),"
            " (SELECT coalesce(sum(available), 0) FROM ledger_balance b JOIN members_member m ON m.id = b.account_id"
            " WHERE m.programme_id = :programme)"
        ),
        programme=cafe.programme_id,
    )
    return tuple(map(int, rows[0]))


@pytest.mark.parametrize("_", range(effort.times(3, 20)))
def test_one_joins_and_is_told_once(database, monkeypatch, _):
    cafe = Shop({"rules": {"base": BASE, "welcome": WELCOME}})
    with crowd.meeting(monkeypatch, RIVALS):
        results = joins(cafe)
    [_] = [one for one in results if not isinstance(one, BaseException)]
    assert {one.code for one in results if isinstance(one, Refusal)} == {"identifier_taken"} and len(results) == RIVALS
    assert members.find(store.current(), cafe.programme_id, "email", members.stored("email", f"ann@{cafe.key}.example"))
    assert given(cafe) == (1, 100) and cafe.audit() == []


@crowd.control
def test_by_no_directory_everybody_joins(database, monkeypatch):
    """The control: without the directory of addresses each form makes a member, with points for each."""
    monkeypatch.setattr("guerdon.features.members.actions._identifiers", lambda _: ())
    cafe = Shop({"rules": {"base": BASE, "welcome": WELCOME}})
    joins(cafe)
    assert given(cafe) == (RIVALS, 100 * RIVALS)
