"""Merging and un-merging members through the engine: every number, every identifier, and back again (LAW 6.3)."""

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guerdon.core.activities import Member
from guerdon.core.errors import Refusal
from guerdon.core.members import Person
from guerdon.engine import earn, enrolment, merge, redeem
from guerdon.engine.batch import Told
from guerdon.engine.enrolment import MemberChange
from guerdon.features.members import queries as members
from guerdon.kit import ids, store
from tests import shop
from tests.engine.pairs import RULES, UNITS, cafe_of_two, holds, lives, merged, refused, unmerged
from tests.shop import Shop


def test_all_lots_move_with_their_dates_origin_and_funder(database):
    cafe = cafe_of_two()
    before = lives(cafe, "Ann") + lives(cafe, "Ben")
    tried = merged(cafe, "Ann", "Ben", "2026-01-20", dry_run=True)
    assert cafe.lots("Ben") and cafe.amounts("Ann", "2026-01-20").available == 30
    told = merged(cafe, "Ann", "Ben", "2026-01-20")
    assert [(one.unit, one.points, one.lots) for one in told.passed] == [("points", 37, 3), ("stamps", 1, 1)]
    assert tried.passed == told.passed and tried.identifiers == told.identifiers == {"external_id": 1}
    assert lives(cafe, "Ann") == sorted(before) and cafe.lots("Ben") == []
    holds(cafe)


def test_every_identifier_leads_to_who_stayed(database):
    cafe = Shop()
    cafe.enrol("Ann")
    cafe.enrol("Ben", cards=("4711",), person=Person(name="Ben", email="ben@example.com", phone="+359881234567"))
    ben = "mem_" + cafe.account("Ben")
    cafe.buy("Ben", 1000)
    assert merged(cafe, "Ann", "Ben", "2026-01-06").identifiers == {"card": 1, "email": 1, "external_id": 1, "phone": 1}
    names = (
        Member(id=ben), Member(external_id="Ben"), Member(card="4711"), Member(email="ben@example.com"),
        Member(phone="+359881234567"),
    )  # fmt: skip
    for name in names:
        bought = shop.taken(cafe.tell(cafe.purchase("", 100, "2026-01-07", member=name))[0])
        assert bought.account_id == cafe.account("Ann")
    told = [Told(cafe.purchase("", 100, "2026-01-07", member=name)) for name in names]
    together = earn.record_many(programme_id=cafe.programme_id, told=told, now=shop.moment("2026-01-07"))
    assert {shop.taken(one).account_id for one in together} == {cafe.account("Ann")}
    burn = redeem.Burn(member=Member(id=ben), unit="points", points=20, source="till", external_id="b1")
    (burned,) = redeem.burn_many(programme_id=cafe.programme_id, burns=[burn], now=shop.moment("2026-01-08"))
    assert shop.taken(burned).account_id == cafe.account("Ann")
    assert cafe.amounts("Ann", "2026-01-08").available == 0
    assert members.get(store.current(), cafe.programme_id, cafe.account("Ben")).id == cafe.account("Ann")
    person = members.person(store.current(), cafe.account("Ann"))
    assert person is not None and person.email == "ben@example.com"
    holds(cafe)


def test_merging_again_is_a_no_op_that_answers_the_same(database):
    cafe = cafe_of_two()
    first = merged(cafe, "Ann", "Ben", "2026-01-20")
    again, known = merge.merge(
        programme_id=cafe.programme_id, into=cafe.account("Ann"), goes=Member(external_id="Ben"), actor="Emil",
        now=shop.moment("2026-01-21"),
    )  # fmt: skip
    assert known and again == first
    assert refused(lambda: merged(cafe, "Ben", "Ann", "2026-01-21")).code == "member_merged"
    assert refused(lambda: merged(cafe, "Ann", "Ann", "2026-01-21")).code == "merge_of_one"


def test_one_key_is_one_merge_also_after_its_undoing(database):
    cafe = cafe_of_two()
    key = shop.keyed("m1", route="merge")
    first = merged(cafe, "Ann", "Ben", "2026-01-20", idempotency=key)
    unmerged(cafe, "Ann", "Ben", "2026-01-21")
    assert merged(cafe, "Ann", "Ben", "2026-01-22", idempotency=key) == first
    assert lives(cafe, "Ben") != []
    assert merged(cafe, "Ann", "Ben", "2026-01-22").id != first.id
    holds(cafe)


def test_debts_move_and_are_repaid_first(database):
    cafe = cafe_of_two()
    shop.taken(cafe.burn("Ben", 27, "2026-01-10"))
    cafe.tell(cafe.giving_back("Ben", "ben-1", "2026-01-11"))
    assert cafe.amounts("Ben", "2026-01-20").debt == 27
    told = merged(cafe, "Ann", "Ben", "2026-01-20")
    assert told.repaid == {"points": 27} and told.passed[0].debt == 27
    assert cafe.amounts("Ann", "2026-01-20").available == 3
    assert cafe.amounts("Ann", "2026-01-20").debt == cafe.amounts("Ben", "2026-01-20").debt == 0
    holds(cafe)
    unmerged(cafe, "Ann", "Ben", "2026-01-20T13:00")
    assert (cafe.amounts("Ann", "2026-01-20").available, cafe.amounts("Ben", "2026-01-20").pending) == (3, 10)
    holds(cafe)


def test_what_of_a_debt_is_unpaid_goes_back(database):
    cafe = cafe_of_two()
    shop.taken(cafe.burn("Ann", 25, "2026-01-12"))
    shop.taken(cafe.burn("Ben", 27, "2026-01-10"))
    cafe.tell(cafe.giving_back("Ben", "ben-1", "2026-01-11"))
    merged(cafe, "Ann", "Ben", "2026-01-20")
    assert cafe.amounts("Ann", "2026-01-20").debt == 22
    told = unmerged(cafe, "Ann", "Ben", "2026-01-21")
    assert told.passed[0].debt == 22
    assert (cafe.amounts("Ann", "2026-01-21").debt, cafe.amounts("Ben", "2026-01-21").debt) == (0, 22)
    holds(cafe)


def test_debts_above_the_limit_are_refused(database):
    cafe = Shop({"units": UNITS, "rules": RULES})
    cafe.enrol("Ann", "Ben")
    for who in ("Ann", "Ben"):
        cafe.buy(who, 6000, "2026-01-01", external_id=f"{who}-1")
        shop.taken(cafe.burn(who, 60, "2026-01-10"))
        cafe.tell(cafe.giving_back(who, f"{who}-1", "2026-01-11"))
    no = refused(lambda: merged(cafe, "Ann", "Ben", "2026-01-20"))
    assert (no.code, no.facts) == ("merge_debt", {"unit": "points", "owed": 120, "most": 100})
    holds(cafe)


def test_counters_add_and_part_again(database):
    cafe = cafe_of_two()
    for day in ("2026-01-06", "2026-01-07"):
        cafe.tell(cafe.purchase("Ann", None, day, kind="visit"))
    before = cafe.counters("Ann"), cafe.counters("Ben")
    merged(cafe, "Ann", "Ben", "2026-01-20")
    counted = {(key, win): amount for key, win, amount, _ in cafe.counters("Ann")}
    assert counted["count:visit", "all"] == 3
    assert shop.points(cafe.tell(cafe.purchase("Ben", None, "2026-01-21", kind="visit")), "stamps") == 0  # used up
    holds(cafe)
    unmerged(cafe, "Ann", "Ben", "2026-01-22")
    after = {(key, win): amount for key, win, amount, _ in cafe.counters("Ann")}
    assert after["count:visit", "all"] == 3 and cafe.counters("Ben") == before[1]
    holds(cafe)


def test_what_was_not_spent_goes_back_and_later_activity_stays(database):
    cafe = cafe_of_two()
    merged(cafe, "Ann", "Ben", "2026-01-20")
    cafe.buy("Ben", 500, "2026-01-20", external_id="later")
    shop.taken(cafe.burn("Ann", 32, "2026-01-21"))  # first expiring first: Ben's 27, then 5 of Ann's
    told = unmerged(cafe, "Ann", "Ben", "2026-01-22")
    assert {one.unit: one.points for one in told.passed} == {"points": 10, "stamps": 1}
    ann, ben = cafe.amounts("Ann", "2026-01-22"), cafe.amounts("Ben", "2026-01-22")
    assert (ann.available, ann.pending, ben.available, ben.pending) == (25, 5, 0, 10)
    assert refused(lambda: unmerged(cafe, "Ann", "Ben", "2026-01-23")).code == "not_merged"
    assert shop.taken(cafe.tell(cafe.purchase("Ben", 100, "2026-01-23"))[0]).account_id == cafe.account("Ben")
    holds(cafe)


def test_chains_are_flat_and_come_apart_in_reverse(database):
    cafe = Shop()
    cafe.enrol("Ann", "Ben", "Cleo")
    for who, amount in (("Ann", 100), ("Ben", 200), ("Cleo", 400)):
        cafe.buy(who, amount)
    merged(cafe, "Ben", "Cleo", "2026-01-06")
    merged(cafe, "Ann", "Ben", "2026-01-07")
    cleo = members.lock_each(store.current(), cafe.programme_id, [cafe.account("Cleo")])[cafe.account("Cleo")]
    assert cleo.merged_into == cafe.account("Ann")
    no = refused(lambda: unmerged(cafe, "Ann", "Cleo", "2026-01-08"))
    assert (no.code, no.facts["member"]) == ("member_merged", "mem_" + cafe.account("Ben"))
    holds(cafe)
    unmerged(cafe, "Ann", "Ben", "2026-01-08")
    assert [cafe.amounts(who, "2026-01-08").available for who in ("Ann", "Ben", "Cleo")] == [1, 6, 0]
    holds(cafe)
    unmerged(cafe, "Ben", "Cleo", "2026-01-09")
    assert [cafe.amounts(who, "2026-01-09").available for who in ("Ann", "Ben", "Cleo")] == [1, 2, 4]
    assert shop.taken(cafe.tell(cafe.purchase("Cleo", 100, "2026-01-09"))[0]).account_id == cafe.account("Cleo")
    holds(cafe)


def test_the_profile_is_filled_and_restored(database):
    cafe = Shop()
    cafe.enrol("Ann", attributes={"diet": "vegan", "size": 1}, segments=("gold",))
    early = shop.moment("2024-01-01")
    cafe.enrol(
        "Ben", now=early, attributes={"diet": "all", "shoe": 42, "hat": 7}, segments=("staff",),
        person=Person(name="Ben", email="ben@example.com"),
    )  # fmt: skip
    told = merged(cafe, "Ann", "Ben", "2026-01-06")
    assert [(one.name, one.kept, one.given_up) for one in told.filled.conflicts] == [("diet", "vegan", "all")]
    at_hand = store.current()
    ann = members.get(at_hand, cafe.programme_id, cafe.account("Ann"))
    assert ann.attributes == {"diet": "vegan", "size": 1, "shoe": 42, "hat": 7}
    assert (ann.segments, ann.enrolled_at) == (["gold", "staff"], early)
    enrolment.change(
        programme_id=cafe.programme_id, member_id=cafe.account("Ben"), etag=ann.etag,
        wanted=MemberChange(attributes={"hat": 8}, external_ids=("Ann", "Ben", "Annie")), now=shop.moment("2026-01-07"),
    )  # fmt: skip
    unmerged(cafe, "Ann", "Ben", "2026-01-08")
    ann = members.get(at_hand, cafe.programme_id, cafe.account("Ann"))
    ben = members.get(at_hand, cafe.programme_id, cafe.account("Ben"))
    assert ann.attributes == {"diet": "vegan", "size": 1, "hat": 8} and ann.segments == ["gold"]
    assert ann.enrolled_at == shop.OPENING and members.person(at_hand, ann.id) is None
    assert ben.attributes == {"diet": "all", "shoe": 42, "hat": 7} and ben.status == "active"
    assert members.identifiers(at_hand, ben.id) == {"external_id": ["Ben"]}
    assert members.identifiers(at_hand, ann.id) == {"external_id": ["Ann", "Annie"]}
    holds(cafe)


def test_a_member_with_waiting_facts_or_blocked_is_not_merged(database):
    cafe = cafe_of_two()
    cafe.tell(cafe.giving_back("Ben", "never", "2026-01-19"))
    assert refused(lambda: merged(cafe, "Ann", "Ben", "2026-01-20")).code == "merge_waiting"
    wanted = MemberChange(status="blocked")
    enrolment.change(
        programme_id=cafe.programme_id, member_id=cafe.account("Ann"), etag=None, wanted=wanted,
        now=shop.moment("2026-01-20"),
    )  # fmt: skip
    for into, goes in (("Ann", "Ben"), ("Ben", "Ann")):
        assert refused(lambda into=into, goes=goes: merged(cafe, into, goes, "2026-01-20")).code == "member_not_active"
    assert refused(lambda: unmerged(cafe, "Ann", "Ben", "2026-01-20")).code == "not_merged"


def test_a_waiting_adjustment_is_named_and_decided_on_first(database):
    cafe = Shop({"adjustments": {"approve_above": {"points": 100}}})
    cafe.enrol("Ann", "Ben")
    asked = shop.taken(cafe.adjust("Ben", 500, "2026-01-05"))
    found = refused(lambda: merged(cafe, "Ann", "Ben", "2026-01-06"))
    assert (found.code, found.facts["fact"]) == ("merge_waiting", ids.show("adjustment", asked.activity_id))
    merged(cafe, "Ben", "Ann", "2026-01-06", dry_run=True)  # what waits under the one who stays is no hindrance
    cafe.judge(asked.activity_id, "rejection", "2026-01-07")
    merged(cafe, "Ann", "Ben", "2026-01-08")
    assert refused(lambda: cafe.judge(asked.activity_id, "approval", "2026-01-09")).facts == {"state": "rejected"}
    assert cafe.judge(asked.activity_id, "rejection", "2026-01-09").replayed
    holds(cafe)


def held(cafe: Shop, name: str) -> list[Any]:
    """The stored balances in which there is anything."""
    return [purse for purse in cafe.purses(name) if any(purse[1:])]


deeds = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(["Ann", "Ben"]), st.just("buy"), st.integers(1, 60)),
        st.tuples(st.sampled_from(["Ann", "Ben"]), st.just("burn"), st.integers(1, 40)),
        st.tuples(st.sampled_from(["Ann", "Ben"]), st.just("back"), st.integers(0, 5)),
    ),
    max_size=8,
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds=deeds)
def test_merging_and_parting_at_once_restores_every_lot(database, deeds):
    cafe = Shop({"units": {"points": {"expires": {"rolling": {"days": 20}}, "vesting": {"days": 3}}}})
    cafe.enrol("Ann", "Ben")
    for day, (who, what, number) in enumerate(deeds, start=1):
        at = f"2026-01-{day * 3:02}"
        if what == "buy":
            cafe.buy(who, number * 100, at, external_id=f"{who}-{day}")
        elif what == "burn":
            cafe.burn(who, number, at)
        else:
            cafe.tell(cafe.giving_back(who, f"{who}-{max(1, day - number)}", at))
    cafe.night("2026-01-30T03:00")
    at = "2026-01-30T12:00"
    debts = [cafe.amounts(who, at).debt for who in ("Ann", "Ben")]
    whole = [(lives(cafe, who), held(cafe, who), cafe.counters(who)) for who in ("Ann", "Ben")]
    try:
        told = merged(cafe, "Ann", "Ben", at)
    except Refusal as refusal:
        assert refusal.code == "merge_waiting"
        return
    total = sum(purse[1] for _, purses, _ in whole for purse in purses)
    assert sum(purse[1] for purse in cafe.purses("Ann")) == total - told.repaid.get("points", 0)
    unmerged(cafe, "Ann", "Ben", at)
    if not told.repaid:
        after = [(lives(cafe, who), held(cafe, who), cafe.counters(who)) for who in ("Ann", "Ben")]
        assert after == whole
    else:
        assert sum(debts) - told.repaid["points"] == sum(cafe.amounts(who, at).debt for who in ("Ann", "Ben"))
    assert cafe.audit() == []
