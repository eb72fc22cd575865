"""Vouchers in the engine: given, looked at, redeemed, rolled back and withdrawn, each once for ever."""

import pytest

from guerdon.core import codes
from guerdon.core.activities import Member
from guerdon.core.errors import Refusal
from guerdon.engine import merge, vouchers
from guerdon.features.vouchers import queries
from guerdon.kit import store
from tests import shop
from tests.shop import taken
from tests.vouchers import bring, cafe, code_of, give, given, redeem, roll_back, stored, validate

FIVE = {"amount": "5.00"}


@pytest.fixture
def aurora(database):
    return cafe(
        five=FIVE, tenth={"percent": 10, "valid_days": 30}, thrice={"amount": "1.00", "uses": 3},
        flyer={"amount": "2.00", "bearer": True, "uses": 2, "uses_per_member": 1},
        film={"gift": {"en": "A film"}, "codes": "pool", "alarm_below": 2},
        twenty={"amount": "4.00", "if": [{"basket": {"amount_min": "20.00"}}]},
        one={"amount": "1.00", "group": "g"}, two={"amount": "2.00", "group": "g"},
        alone={"amount": "3.00", "exclusive": True},
    )  # fmt: skip


def refused(result, code):
    assert isinstance(result, Refusal), result
    assert result.code == code
    return result.facts


def test_a_voucher_is_given_and_redeemed_once(aurora):
    code = given(aurora, "Ann", "five")
    assert codes.read(code) == code
    use = taken(redeem(aurora, code, amount=700)).decision.uses[0]
    assert (use.voucher, use.off, use.lines) == ("five", 500, {"1": 500})
    assert refused(redeem(aurora, code), "voucher_used") == {"code": code, "most": 1}
    assert stored(aurora, code).as_of(shop.moment("2026-01-07")) == "used"


def test_it_never_takes_more_than_there_is(aurora):
    assert taken(redeem(aurora, given(aurora, "Ann", "five"), amount=120)).decision.uses[0].off == 120


def test_given_again_it_is_the_same_voucher(aurora):
    first, again = (taken(give(aurora, "Ann", "five", external_id="x")) for _ in "ab")
    assert again.replayed and code_of(again) == code_of(first)


def test_redeemed_again_under_its_name_it_is_the_same_use(aurora):
    code = given(aurora, "Ann", "thrice")
    first = taken(redeem(aurora, code, external_id="sale-1"))
    again = taken(redeem(aurora, code, external_id="sale-1"))
    assert again.replayed and again.decision == first.decision
    assert stored(aurora, code).used == 1


def test_it_is_nobody_elses(aurora):
    code = given(aurora, "Ann", "five")
    refused(redeem(aurora, code, who="Ben"), "voucher_of_another")
    taken(redeem(aurora, code, who=None))


def test_what_is_over_cannot_be_used(aurora):
    code = given(aurora, "Ann", "tenth", "2026-01-05")
    taken(redeem(aurora, given(aurora, "Ann", "tenth", "2026-01-05"), day="2026-02-04T21:59"))
    assert refused(redeem(aurora, code, day="2026-02-04T22:00"), "voucher_expired")["until"].startswith("2026-02-04T22")


def test_unknown_codes_are_unknown(aurora):
    refused(redeem(aurora, "NONE"), "voucher_unknown")
    refused(redeem(aurora, "NONE", who=None), "voucher_unknown")
    refused(give(aurora, "Ann", "none"), "voucher_undefined")


def test_a_rollback_restores_once(aurora):
    code = given(aurora, "Ann", "five")
    use = taken(redeem(aurora, code))
    back = taken(roll_back(aurora, use, external_id="back-1"))
    assert taken(roll_back(aurora, use, external_id="back-1")).activity_id == back.activity_id
    refused(roll_back(aurora, use), "voucher_rolled_back")
    assert stored(aurora, code).used == 0
    taken(redeem(aurora, code))


def test_a_bearer_code_is_anybodys_as_often_as_it_may_be(aurora):
    (code,) = bring(aurora, "flyer", "summer10")
    use = taken(redeem(aurora, "Summer10 "))
    assert use.decision.uses[0].code == code == "SUMMER10"
    assert refused(redeem(aurora, code), "voucher_limit") == {"voucher": "flyer", "most": 1}
    taken(redeem(aurora, code, who="Ben"))
    aurora.enrol("Cleo")
    refused(redeem(aurora, code, who="Cleo"), "voucher_used")
    taken(roll_back(aurora, use))
    taken(redeem(aurora, code, who="Ann"))
    refused(redeem(aurora, code, who=None), "activity_invalid")


def test_codes_are_brought_in_once(aurora):
    assert bring(aurora, "flyer", "a1", "A1", "b1", name="x") == ["A1", "B1"]
    assert bring(aurora, "flyer", "a1", "c1", name="x") == []
    assert bring(aurora, "flyer", "a1", "c1", name="y") == ["C1"]
    made = queries.batch(store.current(), aurora.programme_id, source="till", external_id="y")
    assert made is not None and (made.codes, made.known, made.elsewhere) == (1, 1, 0)
    assert bring(aurora, "film", "a1", "f1", "b1", name="z") == ["F1"]
    made = queries.batch(store.current(), aurora.programme_id, source="till", external_id="z")
    assert made is not None and (made.codes, made.known, made.elsewhere) == (1, 0, 2)
    with pytest.raises(Refusal, match="voucher_pool_none"):
        bring(aurora, "five", "d1")
    with pytest.raises(Refusal, match="voucher_codes_differ"):
        bring(aurora, "film", "d1", name="x")


def test_a_pool_gives_its_codes_out_one_by_one(aurora):
    bring(aurora, "film", "f1", "f2", "f3")
    refused(redeem(aurora, "f1"), "voucher_not_given_out")
    before = aurora.count("kit_outgoing")
    found = [given(aurora, name, "film") for name in ("Ann", "Ben", "Ann")]
    assert found == ["F1", "F2", "F3"]
    refused(give(aurora, "Ben", "film"), "voucher_pool_empty")
    (pool,) = queries.pools(store.current(), aurora.programme_id)
    assert (pool.added, pool.taken, pool.left) == (3, 3, 0)
    assert aurora.count("kit_outgoing") - before == 2 * 3 + 1, "the alarm is told once"
    taken(redeem(aurora, "f1"))


def test_conditions_are_those_of_rules_and_say_what_held_it_back(aurora):
    code = given(aurora, "Ann", "twenty")
    facts = refused(redeem(aurora, code, amount=1999), "voucher_unmet")
    assert facts == {"voucher": "twenty", "condition": "basket", "pointer": "/vouchers/twenty/if/0/basket"}
    taken(redeem(aurora, code, amount=2000))


def test_only_one_of_a_group_goes_with_a_basket(aurora):
    one, two, alone = (given(aurora, "Ann", key) for key in ("one", "two", "alone"))
    assert refused(redeem(aurora, one, two), "vouchers_together") == {"voucher": "two", "other": "one"}
    refused(redeem(aurora, one, alone), "vouchers_together")
    assert stored(aurora, one).used == 0, "all or nothing"
    found = validate(aurora, one, two, "NONE")
    assert [verdict.use.off if verdict.use else verdict.refusal.code for verdict in found] == [
        100, "vouchers_together", "voucher_unknown",
    ]  # fmt: skip
    five = given(aurora, "Ann", "five")
    uses = taken(redeem(aurora, one, five, amount=550)).decision.uses
    assert sum(use.off for use in uses) == 550


def test_looking_changes_nothing(aurora):
    code = given(aurora, "Ann", "five")
    rows = aurora.count("activities_activity")
    assert validate(aurora, code)[0].use.off == 500
    assert (aurora.count("activities_activity"), stored(aurora, code).used) == (rows, 0)


def test_what_is_withdrawn_is_of_no_use_to_anybody(aurora):
    bring(aurora, "flyer", "s1")
    bring(aurora, "film", "f1")
    for code in (given(aurora, "Ann", "five"), "S1", "F1"):
        for known in (False, True):
            found, replayed = vouchers.withdraw(
                programme_id=aurora.programme_id, code=code, reason="a mistake", now=shop.moment("2026-01-06")
            )
            assert found.withdrawn_at == shop.moment("2026-01-06")
            assert replayed is (known and found.account_id is not None)
        refused(redeem(aurora, code), "voucher_withdrawn" if code != "F1" else "voucher_not_given_out")
    refused(give(aurora, "Ann", "film"), "voucher_pool_empty")
    assert queries.pools(store.current(), aurora.programme_id)[0].left == 0


def test_what_the_programme_no_longer_has_is_worth_what_it_said(aurora):
    code = given(aurora, "Ann", "five")
    aurora.publish(since=shop.moment("2026-01-06"), now=shop.moment("2026-01-06"))
    assert taken(redeem(aurora, code)).decision.uses[0].off == 500
    refused(give(aurora, "Ann", "five", "2026-01-07"), "voucher_undefined")


def test_who_was_merged_keeps_the_vouchers(aurora):
    code = given(aurora, "Ben", "five")
    other = given(aurora, "Ben", "thrice")
    use = taken(redeem(aurora, other, who="Ben"))
    merge.merge(
        programme_id=aurora.programme_id, into=aurora.ids["Ann"], goes=Member(external_id="Ben"),
        now=shop.moment("2026-01-07"), actor="Emil",
    )  # fmt: skip
    taken(redeem(aurora, code, day="2026-01-08"))
    taken(roll_back(aurora, use, day="2026-01-08"))
    assert stored(aurora, other).used == 0


def test_a_member_who_is_not_active_uses_none(aurora):
    code = given(aurora, "Ann", "five")
    with store.current().transaction():
        store.current().fetch(
            store.Statement("UPDATE members_member SET status = 'blocked' WHERE id = :id"), id=aurora.ids["Ann"]
        )
    refused(redeem(aurora, code), "member_not_active")


def test_the_number_of_statements_does_not_grow(aurora, monkeypatch):
    given(aurora, "Ann", "five")  # whatever is read once has been read
    wanted = [
        vouchers.Issuance(Member(external_id=("Ann", "Ben")[n % 2]), "five", "till", f"many-{n}") for n in range(40)
    ]
    counts = []
    for some in (wanted[:2], wanted[2:]):
        seen = []

        def noted(at_hand, statement, seen=seen, fetch=store.Store.fetch, **given):
            seen.append(statement)
            return fetch(at_hand, statement, **given)

        with monkeypatch.context() as patch:
            patch.setattr(store.Store, "fetch", noted)
            results = vouchers.issue_many(programme_id=aurora.programme_id, wanted=some, now=shop.moment("2026-01-05"))
        assert not any(isinstance(result, Refusal) for result in results)
        counts.append(len(seen))
    assert counts[0] == counts[1]
