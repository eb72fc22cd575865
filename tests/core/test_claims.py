"""The law of claims: every way through the states, the promise of the next word, and what is compared of a receipt."""

from datetime import UTC, date, datetime, timedelta
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guerdon.core import claims as law
from guerdon.core import limits
from guerdon.core.claims import Attention, Claim, Deed, State, Support, Told
from guerdon.core.errors import Refusal

NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)
OPEN = Claim("c", "a", "p", "question", "open", 9, 24, NOON, "portal", NOON + timedelta(hours=24), steps=1)
ENDS = ("granted", "refused", "closed", "withdrawn")


@given(st.lists(st.sampled_from(get_args(Deed)), max_size=30))
def test_whatever_is_done_a_claim_stays_lawful(deeds):
    claim = OPEN
    for hours, deed in enumerate(deeds):
        at = NOON + timedelta(hours=hours)
        if claim.state not in law.WAYS[deed]:
            with pytest.raises(Refusal, match="claim_state"):
                law.step(claim, deed, at=at)
            continue
        after = law.step(claim, deed, at=at, entry_id="e")
        assert after.steps == claim.steps + 1
        assert (after.state in ENDS) is (after.settled_at is not None)
        assert (after.state not in ("granted", "waiting_for_approval")) or after.entry_id == "e"
        assert after.due_at >= claim.due_at or after.state == "waiting_for_us"
        claim = after


def test_every_deed_and_state_is_somewhere():
    assert set(law.WAYS) == set(get_args(Deed))
    assert {state for ways in law.WAYS.values() for state in ways.values()} == set(get_args(State))


def test_only_a_new_word_of_the_member_moves_the_promise():
    asked = law.step(OPEN, "ask", at=NOON)
    later = NOON + timedelta(hours=30)
    replied = law.step(asked, "reply", at=later)
    assert (asked.due_at, replied.due_at) == (OPEN.due_at, later + timedelta(hours=24))
    assert law.step(replied, "reply", at=later + timedelta(hours=1)).due_at == replied.due_at
    assert asked.answered_at == NOON and law.step(replied, "ask", at=later).answered_at == NOON


def test_who_has_several_tiers_gets_the_best_of_each():
    support = Support(48, {"gold": Attention(3, 8), "vip": Attention(1)})
    assert support.attention(["gold", "vip"]) == (1, 8)
    assert support.attention(["silver"]) == (limits.CLAIM_PRIORITY_LAST, 48)


def test_a_claim_that_never_ends_can_still_be_settled():
    full = law.step(OPEN, "note", at=NOON)
    while full.steps < limits.CLAIM_STEPS_MAX:
        full = law.step(full, "note", at=NOON)
    with pytest.raises(Refusal, match="claim_over"):
        law.step(full, "reply", at=NOON)
    assert law.step(full, "close", at=NOON).state == "closed"


@pytest.mark.parametrize("spelt", ["A-0117", " a 0117", "A.01/17"])
def test_a_receipt_is_known_however_it_is_spelt(spelt):
    assert Told(day=date(2026, 1, 4), receipt=spelt).paper == "2026-01-04 a0117"


def test_what_is_not_known_is_left_out_of_an_answer():
    assert law.filled("Dear {name}, {points}!", {"name": "{points}"}) == "Dear {points}, !"
