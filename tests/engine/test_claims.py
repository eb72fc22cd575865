"""Claims from the first word to the last: who says the next one by when, what is granted once, what nobody may read."""

from datetime import date, timedelta

import msgspec
import pytest

from guerdon.core.activities import Member
from guerdon.core.claims import Told
from guerdon.core.errors import Refusal
from guerdon.engine import claims as engine
from guerdon.engine import merge
from guerdon.features.claims import actions, queries
from guerdon.kit import clock, ids, secrets, store
from tests import claims, explained
from tests.shop import OPENING, Shop, moment

pytestmark = pytest.mark.usefixtures("database")
SUPPORT = {"answer_hours": 24, "reopen_days": 7, "tiers": {"gold": {"priority": 1, "answer_hours": 4}}}


@pytest.fixture
def cafe(database) -> Shop:
    made = Shop({"adjustments": {"approve_above": {"points": 200}}, "support": SUPPORT})
    made.enrol("Ann", "Ben")
    return made


def points(cafe, name="Ann", at="2026-02-01"):
    return cafe.amounts(name, at).available


def test_the_next_word_is_promised_by_tier(cafe):
    plain, gold = claims.claim(cafe, "Ben"), claims.claim(cafe, tiers=("gold",), at="2026-01-05T13:00")
    assert claims.one(cafe, plain).due_at == moment("2026-01-06")
    found = claims.one(cafe, gold)
    assert (found.priority, found.due_at, found.state) == (1, moment("2026-01-05T17:00"), "open")
    assert queue(cafe, "2026-01-05T14:00") == [gold, plain]
    counts = queries.counts(store.current(), cafe.programme_id, moment("2026-01-05T18:00"))
    assert msgspec.to_builtins(counts) == {"open": {"claims": 2, "overdue": 1}}


def queue(cafe, at, most=10):
    """The queue as somebody reads it who begins at the instant, page by page."""
    found, place = [], queries.Place(clock.micros(moment(at)))
    while page := queries.queue(store.current(), cafe.programme_id, state=None, place=place, most=most):
        found += [one.id for one in page]
        place = place.next(page[-1])
    return found


def test_priority_comes_before_the_hour_and_what_is_overdue_before_priority(database):
    cafe = Shop({"support": {"answer_hours": 24, "tiers": {"gold": {"priority": 1}, "silver": {"priority": 2}}}})
    cafe.enrol("Ann", "Ben", "Cleo", "Emil")
    plain, silver = claims.claim(cafe, "Ann"), claims.claim(cafe, "Ben", "2026-01-05T13:00", tiers=("silver",))
    gold = claims.claim(cafe, "Cleo", "2026-01-05T14:00", tiers=("gold",))
    late = claims.claim(cafe, "Emil", "2026-01-04")
    for most in (1, 2, 10):
        assert queue(cafe, "2026-01-05T15:00", most) == [late, gold, silver, plain]
    assert queue(cafe, "2026-01-06T12:30") == [late, plain, gold, silver]


@pytest.mark.parametrize(
    ("name", "index"),
    [("_OVERDUE", "claims_claim_queue"), ("_OF_PRIORITY", "claims_claim_priorities"),
     ("_IN_STATE", "claims_claim_states")],
)  # fmt: skip
def test_a_page_of_the_queue_is_read_in_its_order_whatever_waits(name, index):
    told = {"programme": ids.NIL, "kind": "", "whose": "", "due": 1, "after": ids.NIL, "most": 50}
    told |= {"as_of": 1, "priority": 9, "state": "granted"}
    plan = explained.plan(getattr(queries, name), **told)
    assert index in plan and not explained.sorts(plan), plan


def test_each_page_of_one_priority_begins_where_the_last_one_ended(cafe):
    """Those of a priority that are overdue stand before, and are neither told again nor passed over."""
    late = [claims.claim(cafe, name, f"2026-01-04T1{hour}:00") for hour, name in enumerate(("Ann", "Ben"))]
    rest = [claims.claim(cafe, name, f"2026-01-05T1{hour}:00") for hour, name in enumerate(("Ben", "Ann"))]
    gold = claims.claim(cafe, tiers=("gold",), at="2026-01-05T14:00")
    for most in (1, 2, 3, 10):
        assert queue(cafe, "2026-01-05T15:00", most) == [*late, gold, *rest]


def test_what_a_claim_was_opened_with_is_read_without_the_rest(cafe, monkeypatch):
    id = claims.claim(cafe)
    found = claims.say(cafe, id, "note", "His third one")
    unsealed, unseal = [], secrets.unseal_under
    monkeypatch.setattr(secrets, "unseal_under", lambda *sealed: unsealed.append(sealed) or unseal(*sealed))
    assert queries.told_first(store.current(), [found])[id].text == "I forgot my card" and len(unsealed) == 1


def test_words_go_back_and_forth_and_notes_stay_inside(cafe):
    id = claims.claim(cafe)
    assert claims.say(cafe, id, "note", "His third one").state == "open"
    assert claims.say(cafe, id, "ask", "Which till?").state == "waiting_for_member"
    replied = claims.say(cafe, id, "reply", "The left one", at="2026-01-08")
    assert (replied.state, replied.due_at) == ("waiting_for_us", moment("2026-01-09"))
    assert replied.answered_at == moment("2026-01-06")
    told = queries.told(store.current(), [replied])[id]
    assert {number: one.text for number, one in told.items()} == {
        1: "I forgot my card", 2: "His third one", 3: "Which till?", 4: "The left one",
    }  # fmt: skip
    assert told[1].receipt == "A-0117" and claims.deeds(cafe, id) == ["open", "note", "ask", "reply"]


def test_what_was_told_is_sealed_and_can_be_erased(cafe):
    id = claims.claim(cafe)
    found = claims.one(cafe, id)
    media_type, content = queries.photo(store.current(), found, claims.PHOTO.hash)
    assert (media_type, content) == ("image/png", claims.PHOTO.content)
    (row,) = store.current().fetch(store.Statement("SELECT sealed FROM claims_text WHERE claim_id = :id"), id=id)
    assert "A-0117" not in row[0]
    store.committed(lambda at_hand: actions.forget(at_hand, found.account_id))
    assert queries.told(store.current(), [found]) == {} and queries.photos(store.current(), [found]) == {found.id: []}
    with pytest.raises(Refusal, match="member_not_active"):
        claims.say(cafe, id, "ask", "Hello?")
    assert claims.end(cafe, id, "refuse", "Erased").state == "refused"


def test_the_missing_purchase_is_recorded_once(cafe):
    id = claims.claim(cafe)
    granted = claims.by_purchase(cafe, id)
    assert granted.claim.state == "granted" and granted.claim.entry_id == granted.outcome.activity_id
    assert points(cafe) == 12
    assert claims.by_purchase(cafe, id).outcome.replayed
    (told,) = cafe.tell(cafe.purchase("Ann", 1_250, "2026-01-04", external_id="order-117"))
    assert told.replayed and points(cafe) == 12
    assert claims.deeds(cafe, id) == ["open", "grant"] and cafe.audit() == []


def test_a_purchase_that_somebody_got_is_not_given_twice(cafe):
    cafe.tell(cafe.purchase("Ben", 1_250, "2026-01-04", external_id="order-117"))
    id = claims.claim(cafe)
    with pytest.raises(Refusal, match="purchase_known") as refused:
        claims.by_purchase(cafe, id)
    assert refused.value.facts["member"] == ids.show("member", cafe.account("Ben"))
    assert claims.one(cafe, id).state == "open" and points(cafe) == 0


def test_goodwill_is_given_once_and_within_the_limits(cafe):
    id = claims.claim(cafe)
    assert claims.by_goodwill(cafe, id).claim.state == "granted"
    assert claims.by_goodwill(cafe, id).outcome.replayed
    for wanted in (lambda: claims.by_goodwill(cafe, id, 150), lambda: claims.by_goodwill(cafe, id, who="Emil")):
        with pytest.raises(Refusal, match="claim_state"):
            wanted()
    with pytest.raises(Refusal, match="claim_state"):
        claims.by_purchase(cafe, id)
    assert points(cafe) == 100 and cafe.audit() == []


@pytest.mark.parametrize(
    ("verdict", "state", "left"), [("approval", "granted", 500), ("rejection", "waiting_for_us", 0)]
)
def test_much_goodwill_waits_for_a_second_person_and_the_claim_with_it(cafe, verdict, state, left):
    id = claims.claim(cafe)
    waiting = claims.by_goodwill(cafe, id, 500)
    assert waiting.claim.state == "waiting_for_approval" and points(cafe) == 0
    with pytest.raises(Refusal, match="claim_state"):
        claims.end(cafe, id, "withdraw")
    cafe.judge(waiting.outcome.activity_id, verdict, "2026-01-08", actor="Maya")
    found = claims.one(cafe, id)
    assert (found.state, points(cafe)) == (state, left)
    assert claims.deeds(cafe, id) == ["open", "request", "approve" if left else "reject"]
    assert cafe.audit() == []


def test_after_a_rejection_it_can_be_settled_another_way(cafe):
    id = claims.claim(cafe)
    cafe.judge(claims.by_goodwill(cafe, id, 500).outcome.activity_id, "rejection", "2026-01-08", actor="Maya")
    assert claims.by_goodwill(cafe, id, 50, at="2026-01-09").claim.state == "granted"
    assert points(cafe) == 50


def test_a_settled_claim_is_reopened_once_and_in_time(cafe):
    id = claims.claim(cafe)
    with pytest.raises(Refusal, match="claim_invalid"):
        claims.end(cafe, id, "refuse")
    claims.end(cafe, id, "refuse", "No such receipt")
    reopened, _ = engine.reopen(claims.asked(cafe, "2026-01-09"), id, Told("Look again"))
    assert (reopened.state, reopened.settled_at, reopened.reopened) == ("waiting_for_us", None, 1)
    claims.by_goodwill(cafe, id, at="2026-01-10")
    with pytest.raises(Refusal, match="claim_reopened"):
        engine.reopen(claims.asked(cafe, "2026-01-11"), id, Told())
    late = claims.claim(cafe, told=msgspec.structs.replace(claims.RECEIPT, receipt="B"))
    claims.end(cafe, late, "close", at="2026-01-07")
    with pytest.raises(Refusal, match="claim_too_old"):
        engine.reopen(claims.asked(cafe, "2026-01-14"), late, Told())


def test_the_same_receipt_is_seen_again_whoever_shows_it(cafe):
    first = claims.claim(cafe)
    again = msgspec.structs.replace(claims.RECEIPT, receipt=" a 0117", store="Sofia One")
    second = claims.claim(cafe, "Ben", told=again)
    other = claims.claim(cafe, "Ben", told=msgspec.structs.replace(claims.RECEIPT, day=date(2026, 1, 3)))
    found = {id: queries.twins(store.current(), claims.one(cafe, id)) for id in (first, second, other)}
    assert found == {first: [second], second: [first], other: []}


def test_nobody_floods_the_desk(cafe):
    for place in range(5):
        claims.claim(cafe, told=msgspec.structs.replace(claims.RECEIPT, receipt=str(place)))
    with pytest.raises(Refusal, match="claims_open"):
        claims.claim(cafe)
    for id in [one.id for one in queries.of_member(store.current(), [cafe.account("Ann")], before="f" * 32, most=9)]:
        claims.end(cafe, id, "withdraw")
    with pytest.raises(Refusal, match="claims_today"):
        claims.claim(cafe)
    claims.claim(cafe, at="2026-01-06")
    claims.claim(cafe, "Ben")


def test_claims_follow_who_is_merged(cafe):
    id = claims.claim(cafe, "Ben")
    merge.merge(
        programme_id=cafe.programme_id, into=cafe.account("Ann"), goes=Member(external_id="Ben"), actor="Emil",
        now=moment("2026-01-06"),
    )  # fmt: skip
    mine = claims.asked(cafe, member=cafe.account("Ann"))
    assert engine.say(mine, id, "reply", Told("It is me"))[0].steps == 2
    assert claims.by_purchase(cafe, id).claim.state == "granted" and points(cafe) == 12
    assert cafe.audit() == []


def test_of_somebody_else_it_is_not_there(cafe):
    id = claims.claim(cafe, "Ben")
    with pytest.raises(Refusal, match="claim_unknown"):
        engine.end(claims.asked(cafe, member=cafe.account("Ann")), id, "withdraw")


@pytest.mark.parametrize(
    ("told", "kind"),
    [
        (Told("?"), "missing_points"), (Told(), "question"),
        (msgspec.structs.replace(claims.RECEIPT, receipt="-"), "missing_points"),
    ],
)  # fmt: skip
def test_a_claim_nobody_could_look_into_is_refused(cafe, told, kind):
    with pytest.raises(Refusal, match="claim_invalid"):
        claims.claim(cafe, told=told, kind=kind)


@pytest.mark.parametrize(
    ("day", "reason"),
    [(date(2026, 1, 6), "day_ahead"), (OPENING.date() - timedelta(days=1), "day_before_programme")],
)
def test_a_purchase_is_of_a_day_between_the_beginning_of_the_programme_and_today(cafe, day, reason):
    with pytest.raises(Refusal, match="claim_invalid") as refused:
        claims.claim(cafe, told=msgspec.structs.replace(claims.RECEIPT, day=day))
    assert refused.value.facts == {"pointer": "/day", "reason": reason}
    for last in (date(2026, 1, 5), OPENING.date()):
        claims.claim(cafe, told=msgspec.structs.replace(claims.RECEIPT, day=last, receipt=f"A {last}"))


def test_every_step_has_its_news(cafe):
    id = claims.claim(cafe)
    claims.say(cafe, id, "ask", "Which till?")
    claims.by_goodwill(cafe, id)
    found = store.Statement(
        "SELECT s.deed FROM claims_step s JOIN kit_outgoing o ON o.account_id = s.account_id AND o.subject_id = s.id"
        " AND o.topic = 'claim.changed' WHERE s.claim_id = :id ORDER BY s.number"
    )
    assert [deed for (deed,) in store.current().fetch(found, id=id)] == ["open", "ask", "grant"]
