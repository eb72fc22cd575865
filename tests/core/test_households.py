"""The law of households: who may spend, who may leave and with what, and how long an invitation stands."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guerdon.core import households as law
from guerdon.core.errors import Refusal
from guerdon.core.households import Households, Person

SOFIA = ZoneInfo("Europe/Sofia")
NOON = datetime(2026, 1, 10, 10, tzinfo=UTC)
roles = st.sampled_from(law.ROLES)
policies = st.builds(
    Households, leaving=st.sampled_from(("stay", "take")), may_spend=st.lists(roles, min_size=1, unique=True).map(tuple)
)


def persons(*of: str) -> dict[str, Person]:
    return {str(place): Person(str(place), role, NOON, 1) for place, role in enumerate(of)}


def code(deed) -> str | None:
    try:
        deed()
    except Refusal as refusal:
        return refusal.code
    return None


@given(policies, st.none() | roles)
def test_who_may_spend_is_who_the_programme_says_and_everybody_alone(policy, role):
    refused = code(lambda: law.check_spending(policy, role))
    assert (refused is None) is (role is None or role in policy.may_spend)
    assert refused in (None, "role_may_not_spend")


@given(policies, st.lists(st.sampled_from(("adult", "child")), max_size=4))
def test_the_owner_leaves_last_and_takes_all(policy, others):
    found = persons("owner", *others)
    if others:
        assert code(lambda: law.leaves(policy, found, "0")) == "owner_stays"
        assert all(law.leaves(policy, found, who) == policy.leaving for who in found if who != "0")
    else:
        assert law.leaves(policy, found, "0") == "all"


def test_only_the_owner_rules():
    found = persons("owner", "adult")
    asked = {"household": "mem_h", "shown": "mem_x"}
    assert code(lambda: law.check_owner(found, "0", **asked)) is None
    assert code(lambda: law.check_owner(found, "1", **asked)) == "owner_only"
    assert code(lambda: law.check_owner(found, "2", **asked)) == "not_in_household"


@pytest.mark.parametrize(("already", "refused"), [(0, None), (1, None), (2, "household_full"), (3, "household_full")])
def test_there_is_room_for_so_many(already, refused):
    assert code(lambda: law.check_room(Households(persons_max=2), already)) == refused


@pytest.mark.parametrize(("owed", "more", "most", "refused"), [
    (5, 5, None, None), (5, 5, 10, None), (5, 6, 10, "household_debt"), (0, 11, 10, "household_debt"),
])  # fmt: skip
def test_debt_together_stays_within_the_limit(owed, more, most, refused):
    assert code(lambda: law.check_debt(owed, more, most, "points")) == refused


def test_an_invitation_stands_to_the_end_of_its_last_day():
    until = law.open_until(Households(invitation_days=14), NOON, SOFIA)
    assert until == datetime(2026, 1, 24, 22, tzinfo=UTC)  # local midnight after 24 January
    assert law.state("open", until, until) == "lapsed"
    assert law.state("open", until, NOON) == "open"
    assert law.state("declined", until, until) == "declined"
