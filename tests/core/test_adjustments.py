"""Points by hand: a reason is given, and from where on a second person must agree (LAW 6.4)."""

import pytest

from guerdon.core.adjustments import FREE, ByHand, Reason
from guerdon.core.errors import Refusal

LISTED = ByHand({"sorry": Reason({"en": "Sorry"})}, {"points": 100})


def test_a_reason_is_given_and_is_one_of_those_that_are_listed():
    FREE.check_reason("whatever it was")
    LISTED.check_reason("sorry")
    for law, reason, code in (
        (FREE, " ", "reason_missing"),
        (LISTED, "", "reason_missing"),
        (LISTED, "x", "reason_unknown"),
    ):
        with pytest.raises(Refusal, match=code):
            law.check_reason(reason)


@pytest.mark.parametrize(
    ("points", "before", "second"), [(100, 0, False), (101, 0, True), (-101, 0, True), (-40, 60, False), (41, 60, True)]
)
def test_a_large_amount_needs_a_second_person_also_in_small_pieces(points, before, second):
    assert LISTED.needs_second("points", points, before) is second
    assert not LISTED.needs_second("stars", points, before)
