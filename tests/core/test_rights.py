"""Rights: nobody gives away what they may not do themselves, and a role is known by its name."""

import pytest

from guerdon.core import rights
from guerdon.core.errors import Refusal


def test_only_own_rights_are_given_away():
    rights.check_within(["a", "b"], ["b", "a", "c"])
    with pytest.raises(Refusal, match="rights_beyond") as refused:
        rights.check_within(["c", "b", "a"], ["b"])
    assert refused.value.facts == {"rights": "a, c"}


def test_a_role_has_its_rights():
    for name in rights.STAFF:
        assert rights.role(name) == name and rights.of_named(name) == rights.of(name) == rights.OF_ROLE[name]
    for name in ("member", "king"):
        with pytest.raises(Refusal, match="role_unknown"):
            rights.role(name)
