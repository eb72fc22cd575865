"""The desk: what was taken once is known for ever, what was answered is answered again, and who may be asked."""

from guerdon.core import limits
from guerdon.core.activities import Activity
from guerdon.core.errors import Refusal
from guerdon.engine import earn, enrolment
from guerdon.engine.batch import Outcome, Told
from guerdon.kit import store
from tests.shop import BASE, Shop, code, keyed, moment, taken

QUIZ = {"when": "quiz", "then": [{"fixed": {"unit": "points", "give": 5}}]}


def block(shop: Shop, name: str) -> None:
    enrolment.change(
        programme_id=shop.programme_id,
        member_id=shop.ids[name],
        etag=None,
        wanted=enrolment.MemberChange(status="blocked"),
        now=moment("2026-01-06"),
    )


def told_with(shop: Shop, activity: Activity, key: str, now: str) -> Outcome | Refusal:
    (result,) = earn.record_many(programme_id=shop.programme_id, told=[Told(activity, keyed(key))], now=moment(now))
    return result


def test_what_was_taken_is_known_also_when_the_law_would_refuse_it_now(database):
    shop = Shop({"kinds": {"quiz": {}}, "rules": {"base": BASE, "quiz": QUIZ}})
    shop.enrol("Ann")
    quiz = shop.purchase("Ann", None, kind="quiz", external_id="q-1")
    first = taken(told_with(shop, quiz, "k-1", "2026-01-05"))
    shop.publish(since=moment("2026-01-05T00:00"), now=moment("2026-01-05T15:00"), rules={"base": BASE})

    assert code(shop.tell(shop.purchase("Ann", None, kind="quiz"))[0]) == "activity_kind_unknown"
    again = taken(told_with(shop, quiz, "k-1", "2026-01-05T16:00"))
    without_key = taken(shop.tell(quiz, now="2026-01-05T16:00")[0])
    assert (again.decision, again.replayed) == (first.decision, True)
    assert (without_key.activity_id, without_key.replayed) == (first.activity_id, True)


def test_goods_come_back_from_a_blocked_member(database):
    shop = Shop()
    shop.enrol("Ann")
    shop.buy("Ann", 1000, external_id="order-a")
    block(shop, "Ann")

    assert code(shop.tell(shop.purchase("Ann", 1000, "2026-01-07"))[0]) == "member_not_active"
    assert code(shop.burn("Ann", 1, "2026-01-07")) == "member_not_active"
    taken(shop.tell(shop.giving_back("Ann", "order-a", "2026-01-07"))[0])
    assert shop.amounts("Ann", "2026-01-07").available == 0


def test_a_person_may_correct_a_blocked_account(database):
    shop = Shop()
    shop.enrol("Ann")
    shop.buy("Ann", 1000)
    block(shop, "Ann")
    taken(shop.adjust("Ann", -4, "2026-01-07"))
    assert shop.amounts("Ann", "2026-01-07").available == 6


def test_a_parked_return_is_answered_as_parked_for_ever_under_its_key(database):
    shop = Shop()
    shop.enrol("Ann")
    back = shop.giving_back("Ann", "order-a")
    first = taken(told_with(shop, back, "k-9", "2026-01-06"))
    assert first.decision.parked == "purchase_missing"
    before = taken(told_with(shop, back, "k-9", "2026-01-06T13:00"))
    shop.buy("Ann", 1000, external_id="order-a")
    after = taken(told_with(shop, back, "k-9", "2026-01-07"))
    for again in (before, after):
        assert (again.decision, again.seq, again.recorded_at) == (first.decision, first.seq, first.recorded_at)
        assert again.replayed
    # Told without the key it is the fact as it stands now.
    assert taken(shop.tell(back, now="2026-01-07")[0]).decision.taken[0].asked == 10


def test_a_burn_that_the_law_forbids_burns_its_key(database):
    shop = Shop({"units": {"points": {}, "status": {"kind": "qualifying"}}})
    shop.enrol("Ann")
    shop.buy("Ann", 1000)

    def burn(unit: str, digest: str) -> Outcome | Refusal:
        return shop.burn(
            "Ann", 1, "2026-01-07", unit=unit, external_id="b-1", idempotency=keyed("k-2", digest, "burns")
        )

    assert code(burn("status", "one")) == "unit_not_spendable"
    assert code(burn("points", "another")) == "idempotency_conflict"
    assert code(burn("status", "one")) == "unit_not_spendable"
    assert shop.amounts("Ann", "2026-01-07").available == 10


def test_nobody_becomes_a_member_by_giving_back_what_somebody_else_bought(database):
    shop = Shop({"enrol_unknown": True})
    shop.enrol("Ann")
    shop.buy("Ann", 1000, external_id="order-a")
    before = shop.count("members_member")
    assert code(shop.tell(shop.giving_back("Nobody", "order-a"))[0]) == "return_of_another"
    assert shop.count("members_member") == before


def test_a_return_that_comes_before_a_newcomers_purchase_is_not_lost(database):
    shop = Shop({"enrol_unknown": True})
    assert taken(shop.tell(shop.giving_back("Ben", "order-b"))[0]).decision.parked == "purchase_missing"
    shop.buy("Ben", 1000, external_id="order-b")
    assert shop.amounts("Ben", "2026-01-08").available == 0


def test_counters_are_read_by_window(database):
    """A purchase looks at a handful of windows, whatever number of days the member has been here."""
    at_hand = store.current()
    explain = "EXPLAIN " if at_hand.postgresql else "EXPLAIN QUERY PLAN "
    text = f"{explain} SELECT amount FROM rulebook_counter WHERE account_id = :account AND win = :window"
    with at_hand.transaction():
        if at_hand.postgresql:  # which reads a small table whole
            at_hand.fetch(store.Statement("SET LOCAL enable_seqscan = off"))
        plan = " ".join(str(row) for row in at_hand.fetch(store.Statement(text), account="0" * 32, window="all"))
    assert "Index Cond: ((account_id = " in plan if at_hand.postgresql else "(account_id=? AND win=?)" in plan, plan


def test_nobody_becomes_a_member_by_a_purchase_that_is_refused(database):
    rich = {"when": "purchase", "then": [{"points": {"unit": "points", "give": 1000, "per": "0.01"}}]}
    shop = Shop({"enrol_unknown": True, "rules": {"base": rich}})
    members, news = shop.count("members_member"), shop.count("kit_outgoing")
    much, little = shop.purchase("Ben", limits.MONEY_MAX), shop.purchase("Ben", 1)
    assert code(shop.tell(much)[0]) == "award_too_large"
    assert (shop.count("members_member"), shop.count("kit_outgoing")) == (members, news)
    refused, bought = shop.tell(much, little)
    assert code(refused) == "award_too_large"
    assert taken(bought).decision.awards[0].points == 1000
    assert shop.count("members_member") == members + 1
    refused_again, _ = shop.tell(shop.purchase("Ben", limits.MONEY_MAX), shop.purchase("Ben", 2))
    assert code(refused_again) == "award_too_large"
    assert shop.count("members_member") == members + 1
