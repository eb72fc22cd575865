"""Who a member is to the rules: what is remembered of one, with the attributes that name tier and membership."""

import pytest

from guerdon.core.standing import Standing
from tests.core.small import NOON


def told(**attributes):
    return Standing.of_member(
        account_id="m", enrolled_at=NOON, attributes=attributes, segments=["staff"], birthday_month=None
    )


def test_two_attributes_name_tier_and_membership():
    ann = told(tier="gold", membership="plus", diet="vegan")
    assert (ann.tiers, ann.memberships, ann.segments) == ({"gold"}, {"plus"}, {"staff"})
    assert ann.attributes == {"tier": "gold", "membership": "plus", "diet": "vegan"}


@pytest.mark.parametrize("odd", [{}, {"tier": 1, "membership": True}])
def test_what_is_no_text_names_none(odd):
    assert (told(**odd).tiers, told(**odd).memberships) == (frozenset(), frozenset())
