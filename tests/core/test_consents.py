"""Consents: which wording is meant, how long one stands, and the stricter of two where members become one (LAW 6.3)."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from guerdon.core import consents
from guerdon.core.consents import RULES, Consent, Purpose, Said
from guerdon.core.errors import Refusal

SOFIA = ZoneInfo("Europe/Sofia")
GIVEN_AT = datetime(2026, 1, 5, 12, tzinfo=UTC)
NEWS = Purpose("news", {"en": "News"}, {"en": "May we write?"}, version=3, keep_days=10)
OVER = datetime(2026, 1, 15, 22, tzinfo=UTC)  # the local midnight after ten days, the fifth being none of them


def said(given=True, version=2, purpose="news"):
    return Consent(purpose, given, version, GIVEN_AT, "portal", "ann", "c")


@pytest.mark.parametrize(("version", "meant"), [(None, 3), (1, 1), (3, 3)])
def test_a_wording_is_one_that_there_was(version, meant):
    assert consents.check({"news": NEWS}, "news", Said(True, version)) == meant


@pytest.mark.parametrize(("key", "given", "version", "code"), [
    ("news", True, 0, "consent_wording"), ("news", True, 4, "consent_wording"), ("other", True, 1, "consent_unknown"),
    ("rules", False, 1, "consent_required"),
])  # fmt: skip
def test_what_cannot_be_said(key, given, version, code):
    needed = Purpose("rules", {"en": "Rules"}, {"en": "You accept"}, required=True)
    consents.check({"rules": needed}, "rules", Said(True))
    consents.check({"news": NEWS}, "news", Said(False))
    with pytest.raises(Refusal, match=code):
        consents.check({"news": NEWS, "rules": needed}, key, Said(given, version))


def test_a_consent_stands_to_the_end_of_its_last_day():
    before = OVER - timedelta(microseconds=1)
    assert consents.stands(NEWS, said(), before, SOFIA) and not consents.over(NEWS, said(), before, SOFIA)
    assert consents.over(NEWS, said(), OVER, SOFIA) and not consents.stands(NEWS, said(), OVER, SOFIA)
    assert not consents.over(NEWS, said(given=False), OVER, SOFIA) and not consents.over(NEWS, None, OVER, SOFIA)
    for_ever = Purpose("news", {}, {}, keep_days=None)
    assert consents.stands(for_ever, said(), OVER, SOFIA) and not consents.stands(for_ever, None, OVER, SOFIA)
    assert consents.stands(Purpose("news", {}, {}, keep_days=10, required=True), said(), OVER, SOFIA)
    assert not consents.stands(NEWS, said(given=False), before, SOFIA)


@pytest.mark.parametrize(("before", "given", "version", "new"), [
    (None, True, 1, True), (None, False, 1, False), (said(), True, 2, False), (said(), True, 3, True),
    (said(), False, 2, True), (said(given=False), False, 2, False),
])  # fmt: skip
def test_what_is_new(before, given, version, new):
    known = {} if before is None else {"news": before}
    assert consents.news(known, "news", given=given, version=version) is new


@pytest.mark.parametrize(("mine", "other", "left"), [
    (said(), None, (False, 2)), (said(), said(given=False), (False, 2)), (said(), said(version=1), (True, 1)),
    (said(), said(version=3), None), (said(), said(), None), (said(given=False), said(), None),
])  # fmt: skip
def test_of_two_the_stricter(mine, other, left):
    changed = consents.stricter({"news": mine}, {} if other is None else {"news": other})
    assert [(one.given, one.version) for one in changed.values()] == ([] if left is None else [left])


def test_who_accepted_the_rules_has_accepted_them():
    assert consents.stricter({RULES: said(purpose=RULES), "news": said()}, {}).keys() == {"news"}


def test_what_was_given_in_the_first_instant_of_a_day_has_all_its_days():
    midnight = datetime(2026, 1, 4, 22, tzinfo=UTC)
    one = Consent("news", True, 2, midnight, "portal", "ann", "c")
    assert consents.over_before(NEWS, OVER - timedelta(microseconds=1), SOFIA) == midnight
    assert consents.stands(NEWS, one, OVER - timedelta(microseconds=1), SOFIA)
    assert consents.over(NEWS, one, OVER, SOFIA)
    earlier = Consent("news", True, 2, midnight - timedelta(microseconds=1), "portal", "ann", "c")
    assert consents.over(NEWS, earlier, OVER - timedelta(microseconds=1), SOFIA)
