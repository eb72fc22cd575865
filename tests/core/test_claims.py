"""The law of claims: every way through the states, the promise of the next word, and what is compared of a receipt."""

from datetime import UTC, date, datetime, timedelta
from typing import get_args

import msgspec
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


WHOLE = Told(store="Vitosha", day=date(2026, 1, 4), amount=900, receipt="A-0117")


@pytest.mark.parametrize(
    ("kind", "told", "pointer", "reason"),
    [
        ("question", Told(" "), "/text", "missing"),
        ("missing_points", Told("Where?"), "/store", "missing"),
        ("missing_points", msgspec.structs.replace(WHOLE, amount=None), "/amount", "missing"),
        ("missing_points", msgspec.structs.replace(WHOLE, receipt=" - "), "/receipt", "missing"),
        ("missing_points", msgspec.structs.replace(WHOLE, day=date(2026, 1, 6)), "/day", "day_ahead"),
        ("missing_points", msgspec.structs.replace(WHOLE, day=date(2025, 12, 31)), "/day", "day_before_programme"),
    ],
)
def test_what_nobody_could_look_into(kind, told, pointer, reason):
    with pytest.raises(Refusal) as refused:
        law.check(kind, told, first=date(2026, 1, 1), today=date(2026, 1, 5))
    assert refused.value.facts == {"pointer": pointer, "reason": reason}


@pytest.mark.parametrize("day", [date(2026, 1, 1), date(2026, 1, 5)])
def test_the_first_day_and_today_can_be_claimed(day):
    law.check("missing_points", msgspec.structs.replace(WHOLE, day=day), first=date(2026, 1, 1), today=date(2026, 1, 5))
    law.check("question", Told("Why?"), first=day, today=day)


def test_how_many_claims_there_is_room_for():
    law.check_room(limits.CLAIMS_OPEN_MAX - 1, limits.CLAIMS_A_DAY_MAX - 1)
    with pytest.raises(Refusal, match="claims_open"):
        law.check_room(limits.CLAIMS_OPEN_MAX, 0)
    with pytest.raises(Refusal, match="claims_today"):
        law.check_room(0, limits.CLAIMS_A_DAY_MAX)


def test_a_word_is_owed_from_the_promised_instant_on():
    assert OPEN.ours_since == NOON
    assert not OPEN.overdue(OPEN.due_at - timedelta(microseconds=1)) and OPEN.overdue(OPEN.due_at)
    assert not law.step(OPEN, "ask", at=NOON).overdue(OPEN.due_at)


def test_a_settled_claim_is_opened_again_once_and_in_time():
    settled = law.step(OPEN, "close", at=NOON)
    until = NOON + timedelta(days=14)
    law.check_reopening(settled, Support(), at=until - timedelta(microseconds=1))
    with pytest.raises(Refusal, match="claim_too_old") as refused:
        law.check_reopening(settled, Support(), at=until)
    assert refused.value.facts == {"until": until.isoformat()}
    with pytest.raises(Refusal, match="claim_state"):
        law.check_reopening(OPEN, Support(), at=NOON)
    again = law.step(law.step(settled, "reopen", at=NOON), "close", at=NOON)
    assert (settled.reopened, again.reopened) == (0, 1)
    with pytest.raises(Refusal, match="claim_reopened"):
        law.check_reopening(again, Support(), at=NOON)


def test_points_are_given_for_a_claim_once_and_anew_after_it_was_opened_again():
    names = [law.goodwill(msgspec.structs.replace(OPEN, **seen)) for seen in ({}, {"reopened": 1}, {"rejected": 1})]
    assert names == ["c:0", "c:1", "c:1"]
    assert law.goodwill(msgspec.structs.replace(OPEN, reopened=1, rejected=2)) == "c:3"
    assert {law.goodwill_for(name) for name in names} == {"c"}


def test_ready_answers():
    answers = Support(answers={"sorry": law.Answer({"en": "Sorry"}, {"en": "Dear {name}"})})
    assert answers.answer("sorry").name == {"en": "Sorry"}
    with pytest.raises(Refusal, match="answer_unknown"):
        answers.answer("thanks")
    assert law.places("Dear {name}, {points} of {name}") == ["name", "points", "name"]
