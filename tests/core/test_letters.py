"""Letters: how long to wait after one that did not go out, and which a member can do without."""

from guerdon.core import letters, limits
from guerdon.core.letters import Recipient


def test_waiting_doubles_up_to_a_bound():
    first = limits.LETTER_BACK_OFF_SECONDS
    assert [letters.pause_seconds(attempts) for attempts in (0, 1, 2, 3)] == [first, first, 2 * first, 4 * first]
    assert letters.pause_seconds(200) == limits.LETTER_BACK_OFF_SECONDS_MAX


def test_a_letter_has_the_kind_of_what_it_tells():
    for content in (letters.SignIn, letters.Invitation, letters.Notice, letters.Expiring):
        assert letters.may_stop(content.__struct_config__.tag) is (content.__struct_config__.tag in letters.STOPPABLE)
    assert letters.may_stop("expiring") and not letters.may_stop("sign_in")
    assert Recipient("ann@aurora.example").name is None
