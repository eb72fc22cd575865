"""What tills name their acts by: who did it and when can be told from a name, and from no other text."""

import pytest

from guerdon.core import till_names

USER = "0199" + "ab" * 14
MARK = "ab" * 6
TOKEN = "20260105-" + "0123456789ab" + "0" * 20 + "-" + MARK


def test_an_act_says_its_receipt_and_who_did_it():
    assert till_names.is_token(TOKEN) and till_names.mark(USER) == MARK == till_names.whose(TOKEN)
    assert till_names.number(TOKEN) == "20260105-0123456789ab"
    assert till_names.is_number(till_names.number(TOKEN))


@pytest.mark.parametrize("text", ["", "order-1", TOKEN + "0", "x" + TOKEN, TOKEN[:-1], TOKEN.replace("-", "_")])
def test_what_was_named_elsewhere_stays_whole(text):
    assert not till_names.is_token(text)
    assert till_names.number(text) == text and till_names.whose(text) == ""


@pytest.mark.parametrize("text", ["", "20260105-0123456789a", "20260105-0123456789abc", "2026010-50123456789ab", TOKEN])
def test_what_is_no_number_of_a_receipt(text):
    assert not till_names.is_number(text)


def test_a_till_says_that_it_is_one():
    assert till_names.is_till("till:vitosha") and not till_names.is_till("web") and not till_names.is_till("a till:")
