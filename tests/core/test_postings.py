"""Why a posting was written, in words: each kind of it, and what its points were for."""

from datetime import UTC, date, datetime

import pytest

from guerdon.core import sentences
from guerdon.core.activities import Activity, Member, Reference
from guerdon.core.adjustments import ByHand, Reason
from guerdon.core.decisions import Exchange
from guerdon.core.sentences import postings, purposes
from guerdon.core.sentences.purposes import Purpose

NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)
ENGLISH = sentences.tongue("en")
TOLD = Activity("return", "till", "R-1", NOON, Member(id="m"), returns=Reference("O-7"),
                facts={"actor": "Emil", "reason": "sorry", "other": "Ben"})  # fmt: skip
LISTED = ByHand({"sorry": Reason({"en": "Goodwill"})})


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("earn", "Earned by R-1."), ("expire", "Expired: 31 January 2027 was their last day."),
        ("claw_back", "Taken back, because O-7 was returned (R-1)."), ("adjust_up", "Given by hand by Emil: “sorry”."),
        ("pool_in", "Came from Ben, with which this account shares points, with the life they had there."),
    ],
)  # fmt: skip
def test_why_a_posting_was_written(kind, told):
    assert postings.reason(kind, TOLD, ENGLISH, last_day=date(2027, 1, 31)) == told


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("merge_in", "Came back from Ben, into which this one had been merged, with the life they had there."),
        ("merge_out", "Went back to Ben, which is no longer merged into this one."),
        ("expire", "Expired: 31 January 2027 was their last day."),
    ],
)  # fmt: skip
def test_why_a_posting_was_written_when_a_merge_was_undone(kind, told):
    undone = Activity("unmerge", "console", "U-1", NOON, Member(id="m"), facts={"other": "Ben"})
    assert postings.reason(kind, undone, ENGLISH, last_day=date(2027, 1, 31)) == told


def test_what_is_not_known_is_left_open():
    assert postings.reason("expire", None, ENGLISH) == "Expired:  was their last day."
    bare = Activity("adjust", "console", "A-1", NOON, Member(id="m"))
    assert postings.reason("adjust_down", bare, ENGLISH) == "Taken by hand by –: “–”."
    assert postings.reason("adjust_up", TOLD, ENGLISH, by_hand=LISTED) == "Given by hand by Emil: “Goodwill”."
    assert postings.by_hand_for("other", LISTED, ENGLISH) == "other"


BACK = {"because": "returned", "order": "O-7", "told": "R-1"}


@pytest.mark.parametrize(
    ("kind", "purpose", "told"),
    [
        ("burn", Purpose("redemption", {"en": "A mug"}), "Redeemed for “A mug”."),
        ("hold", Purpose("redemption", {"en": "A “small” mug"}), "Reserved for “A ‘small’ mug”."),
        ("burn", Purpose("conversion"), "Converted, because enough of them were there."),
        ("earn", Purpose("conversion"), "Given for points that were converted."),
        ("burn", Purpose("payment", order="O-7"), "Paid for the order O-7."),
        ("reinstate", Purpose("payment", **BACK),
         "Given back into the lots they were spent from, because the order O-7 was returned (R-1)."),
    ],
)  # fmt: skip
def test_what_points_were_for_is_told_instead(kind, purpose, told):
    assert purposes.told(kind, purpose, ENGLISH) == told
    assert postings.reason(kind, TOLD, ENGLISH, purpose=purpose) == told


def test_what_has_nothing_to_do_with_it_is_told_as_ever():
    purpose = Purpose("redemption", {"en": "A mug"})
    assert purposes.told("expire", purpose, ENGLISH) is None
    assert postings.reason("earn", TOLD, ENGLISH, purpose=purpose) == "Earned by R-1."


def test_foreign_money_and_closed_months():
    rate = Exchange("USD", "2026-02-01", 86, 100)
    assert postings.rate(rate, "EUR", ENGLISH) == (
        "Foreign money was counted at the rate since 1 February 2026: 1.00 USD = 0.86 EUR."
    )
    assert postings.late(date(2026, 12, 5), date(2027, 1, 1), ENGLISH) == (
        "Counts in December 2026, which was closed before this came; it is accounted for in January 2027."
    )
