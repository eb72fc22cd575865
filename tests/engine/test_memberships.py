"""Paid memberships through the engine: joined, paid, renewed by the night, paused, changed, cancelled, given back."""

import msgspec
import pytest

from guerdon.core.activities import Member
from guerdon.core.errors import Refusal
from guerdon.engine import dues, households, memberships, merge, redemptions
from guerdon.features.activities import queries as activities
from guerdon.features.members import queries as members
from guerdon.features.memberships import queries
from guerdon.features.programmes import queries as programmes
from guerdon.insight import catalogue, verify
from guerdon.kit import store
from tests.engine.plans import PLANS, act, cafe, held, join, pay, payments, spans, state
from tests.shop import FAR, code, moment, points, taken

pytestmark = pytest.mark.usefixtures("database")


def test_nothing_begins_before_the_first_payment() -> None:
    shop = cafe()
    taken(join(shop, "ann", "plus", "2026-01-05"))
    assert state(shop, "ann", "2026-01-05") == "awaiting"
    assert points([shop.buy("ann", 1000, "2026-01-06")]) == 10
    assert code(join(shop, "ann", "gold", "2026-01-06")) == "membership_exists"
    taken(pay(shop, "ann", "2026-01-07T10:00", reference="R-1"))
    assert spans(shop, "ann") == [("period", 1, "plus", "2026-01-07", "2026-02-07")]
    assert points([shop.buy("ann", 1000, "2026-01-07T10:00")]) == 20, "benefits count from the first second"
    assert points([shop.buy("ann", 1000, "2026-01-07T09:59")]) == 10
    assert shop.amounts("ann", "2026-01-08").available == 10 + 100 + 20 + 10
    assert [(one.state, one.amount, one.reference) for one in payments(shop, "ann")] == [("paid", 1200, "R-1")]


def test_paid_at_the_till_it_begins_at_once_and_told_again_it_is_the_same() -> None:
    shop = cafe()
    first = taken(join(shop, "ann", "plus", "2026-01-31", reference="cash", external_id="m-1"))
    again = taken(join(shop, "ann", "plus", "2026-02-02", reference="cash", external_id="m-1"))
    assert again.replayed and again.activity_id == first.activity_id
    assert spans(shop, "ann") == [("period", 1, "plus", "2026-01-31", "2026-02-28")]


def test_months_are_counted_from_the_anchor_and_never_chained() -> None:
    shop = cafe()
    taken(join(shop, "ann", "plus", "2026-01-31", reference="cash"))
    for day in ("2026-02-25", "2026-03-27"):
        shop.night(day)
        taken(pay(shop, "ann", day))
    assert [ends for *_, ends in spans(shop, "ann")] == ["2026-02-28", "2026-03-31", "2026-04-30"]


def test_the_night_asks_then_there_is_grace_and_then_it_ends() -> None:
    shop = cafe()
    taken(join(shop, "ann", "plus", "2026-01-05", reference="cash"))
    assert shop.night("2026-01-28").memberships == 0
    assert shop.night("2026-01-29").memberships == 1
    assert shop.night("2026-01-29").memberships == 0
    assert [one.state for one in payments(shop, "ann")] == ["paid", "asked"]
    assert state(shop, "ann", "2026-02-06") == "grace"
    assert points([shop.buy("ann", 1000, "2026-02-06")]) == 20
    assert state(shop, "ann", "2026-02-12") == "ended", "whether or not any night has looked"
    assert points([shop.buy("ann", 1000, "2026-02-12")]) == 10
    assert code(pay(shop, "ann", "2026-02-12")) == "payment_late"
    assert shop.night("2026-02-13").memberships == 1
    assert shop.night("2026-02-14").memberships == 0
    assert [one.state for one in payments(shop, "ann")] == ["paid", "withdrawn"]
    taken(join(shop, "ann", "plus", "2026-02-15", reference="cash"))


def test_paid_in_grace_the_next_period_begins_where_the_last_one_ended() -> None:
    shop = cafe()
    taken(join(shop, "ann", "plus", "2026-01-05", reference="cash"))
    shop.night("2026-02-06")
    assert dues.failed(programme_id=shop.programme_id, payment_id=payments(shop, "ann")[-1].id,
                       now=moment("2026-02-06")).attempts == 1  # fmt: skip
    taken(pay(shop, "ann", "2026-02-08"))
    assert spans(shop, "ann")[1] == ("period", 2, "plus", "2026-02-05", "2026-03-05")
    again = memberships.pay(
        programme_id=shop.programme_id, payment_id=payments(shop, "ann")[-1].id, now=moment("2026-02-09")
    )
    assert taken(again).replayed
    assert len(spans(shop, "ann")) == 2


def test_a_trial_is_asked_for_before_it_ends_and_had_once() -> None:
    shop = cafe()
    taken(join(shop, "ann", "tried", "2026-01-05"))
    assert state(shop, "ann", "2026-01-05") == "trial"
    assert spans(shop, "ann") == [("trial", 0, "tried", "2026-01-05", "2026-01-20")]
    shop.night("2026-01-14")
    taken(pay(shop, "ann", "2026-01-15"))
    assert spans(shop, "ann")[1] == ("period", 1, "tried", "2026-01-20", "2026-02-20")
    taken(act(shop, "ann", "cancel", "2026-01-16", when="now"))
    taken(join(shop, "ann", "tried", "2026-01-17"))
    assert state(shop, "ann", "2026-01-17") == "awaiting", "one trial of a plan"


def test_what_costs_nothing_goes_on_by_itself() -> None:
    shop = cafe()
    taken(join(shop, "ann", "free", "2026-01-05"))
    assert state(shop, "ann", "2026-06-01") == "active"
    shop.night("2026-03-06")
    assert [number for _, number, *_ in spans(shop, "ann")] == [1, 2, 3]
    assert payments(shop, "ann") == []


def test_once_for_some_days_and_for_ever() -> None:
    shop = cafe()
    taken(join(shop, "ann", "week", "2026-01-05", reference="cash"))
    assert spans(shop, "ann") == [("period", 1, "week", "2026-01-05", "2026-01-13")]
    assert state(shop, "ann", "2026-01-13") == "ended"
    shop.night("2026-01-14")
    taken(join(shop, "ann", "ever", "2026-01-15", reference="cash"))
    assert (spans(shop, "ann")[0][-1], state(shop, "ann", "2099-01-01")) == (None, "active")
    assert code(act(shop, "ann", "pause", "2026-01-16")) == "membership_endless"


def test_a_pause_keeps_the_days_that_were_left() -> None:
    shop = cafe()
    taken(join(shop, "ann", "plus", "2026-01-05", reference="cash"))
    taken(act(shop, "ann", "pause", "2026-01-10"))
    assert state(shop, "ann", "2026-04-10") == "paused"
    assert points([shop.buy("ann", 1000, "2026-02-01")]) == 10
    assert code(act(shop, "ann", "pause", "2026-02-01")) == "membership_state"
    assert shop.night("2026-03-01").memberships == 0
    taken(act(shop, "ann", "resume", "2026-03-01"))
    assert spans(shop, "ann")[1] == ("rest", 1, "plus", "2026-04-11", "2026-04-11"), "it would have gone on later"
    assert spans(shop, "ann")[2] == ("rest", 1, "plus", "2026-03-01", "2026-03-27")  # 26 days
    assert points([shop.buy("ann", 1000, "2026-03-02")]) == 20
    assert points([shop.buy("ann", 1000, "2026-02-02")]) == 10, "the pause stays one"
    shop.night("2026-03-25")
    taken(pay(shop, "ann", "2026-03-25"))
    assert spans(shop, "ann")[3] == ("period", 2, "plus", "2026-03-27", "2026-04-27")


def test_a_pause_is_over_by_itself_whether_or_not_any_night_has_run() -> None:
    for nightly in (True, False):
        shop = cafe(plans=PLANS | {"plus": PLANS["plus"] | {"pause_days_max": 30}})
        taken(join(shop, "ann", "plus", "2026-01-05", reference="cash"))
        taken(act(shop, "ann", "pause", "2026-01-10"))
        if nightly:
            assert shop.night("2026-02-09").memberships == 0
            assert held(shop, "ann").paused_at is not None
            assert shop.night("2026-02-10").memberships == 1
            assert held(shop, "ann").paused_at is None and shop.night("2026-02-10").memberships == 0
        assert [state(shop, "ann", at) for at in ("2026-02-09T21:59:59", "2026-02-09T22:00")] == ["paused", "active"]
        assert spans(shop, "ann")[1] == ("rest", 1, "plus", "2026-02-10", "2026-03-08")  # 26 days
        assert points([shop.buy("ann", 1000, "2026-02-09T21:00")]) == 10
        assert points([shop.buy("ann", 1000, "2026-02-11")]) == 20
        assert code(act(shop, "ann", "resume", "2026-02-12")) == "membership_state"
        taken(act(shop, "ann", "pause", "2026-02-20"))
        assert spans(shop, "ann")[2] == ("rest", 1, "plus", "2026-03-23", "2026-04-08"), "another pause, 16 days left"
        shop.night("2026-04-02")
        taken(pay(shop, "ann", "2026-04-02"))
        assert spans(shop, "ann")[3] == ("period", 2, "plus", "2026-04-08", "2026-05-08")
        assert shop.audit() == []
        assert verify.run(shop.programme_id, deep=True, at=FAR).ok


def test_nobody_goes_on_and_the_paused_membership_runs_out_in_the_end() -> None:
    shop = cafe()
    taken(join(shop, "ann", "plus", "2026-01-05", reference="cash"))
    taken(act(shop, "ann", "pause", "2026-01-10"))
    assert [state(shop, "ann", at) for at in ("2026-05-06", "2026-05-07", "2026-05-14")] == ["active", "grace", "ended"]
    shop.night("2026-06-01")
    assert held(shop, "ann").ended
    assert verify.run(shop.programme_id, deep=True, at=FAR).ok


def test_a_plan_without_pauses() -> None:
    shop = cafe(plans=PLANS | {"plus": PLANS["plus"] | {"pause_days_max": 0}})
    taken(join(shop, "ann", "plus", "2026-01-05", reference="cash"))
    assert code(act(shop, "ann", "pause", "2026-01-10")) == "membership_pauseless"


def test_what_was_paid_ahead_waits_through_a_pause_and_is_given_back_after_it() -> None:
    shop = cafe()
    taken(join(shop, "ann", "plus", "2026-01-05", reference="cash"))
    taken(
        memberships.renew(
            programme_id=shop.programme_id,
            membership_id=held(shop, "ann").id,
            now=moment("2026-01-06"),
        )
    )
    taken(act(shop, "ann", "pause", "2026-01-10"))
    assert code(act(shop, "ann", "refund", "2026-01-11")) == "membership_state", "it goes on first"
    taken(act(shop, "ann", "resume", "2026-01-12"))
    assert spans(shop, "ann")[4:] == [
        ("rest", 1, "plus", "2026-01-12", "2026-02-07"), ("rest", 2, "plus", "2026-02-07", "2026-03-07"),
    ]  # fmt: skip
    taken(act(shop, "ann", "refund", "2026-01-13"))
    assert [one.refunded for one in payments(shop, "ann")] == [0, 1200]
    assert (state(shop, "ann", "2026-02-06"), state(shop, "ann", "2026-02-07")) == ("cancelled", "ended")
    assert shop.audit() == []


def test_a_trial_that_is_paid_ahead_is_over_with_a_change_at_once() -> None:
    shop = cafe()
    taken(join(shop, "ann", "tried", "2026-01-05"))
    taken(
        memberships.renew(
            programme_id=shop.programme_id,
            membership_id=held(shop, "ann").id,
            now=moment("2026-01-06"),
        )
    )
    taken(act(shop, "ann", "change", "2026-01-07", plan="gold", reference="cash"))
    assert spans(shop, "ann")[-1] == ("period", 2, "gold", "2026-01-07", "2026-02-07")
    assert payments(shop, "ann")[-1].amount == 3100 - 1200


def test_what_costs_nothing_has_nothing_to_wait_for() -> None:
    shop = cafe()
    taken(join(shop, "ann", "free", "2026-01-05"))
    assert code(act(shop, "ann", "pause", "2026-03-01")) == "membership_endless"
    shop.night("2026-03-01")
    assert code(act(shop, "ann", "pause", "2026-03-01")) == "membership_endless", "whether or not a night has been"


def test_an_upgrade_costs_what_it_is_more() -> None:
    shop = cafe()
    taken(join(shop, "ann", "plus", "2026-01-05", reference="cash"))
    assert code(act(shop, "ann", "change", "2026-01-06", plan="plus")) == "same_plan"
    taken(act(shop, "ann", "change", "2026-01-20", plan="gold"))
    asked = payments(shop, "ann")[-1]
    assert (asked.purpose, asked.amount) == ("change", 3100 - 619)  # 16 of 31 days left: 1200 × 16 / 31 = 619.35…
    assert state(shop, "ann", "2026-01-20") == "active"
    assert points([shop.buy("ann", 1000, "2026-01-20")]) == 20
    taken(pay(shop, "ann", "2026-01-21"))
    assert spans(shop, "ann") == [
        ("period", 1, "plus", "2026-01-05", "2026-01-21"), ("period", 2, "gold", "2026-01-21", "2026-02-21"),
    ]  # fmt: skip
    assert points([shop.buy("ann", 1000, "2026-01-22")]) == 10


def test_a_downgrade_waits_for_the_end_of_the_period() -> None:
    shop = cafe()
    taken(join(shop, "ann", "gold", "2026-01-05", reference="cash"))
    taken(act(shop, "ann", "change", "2026-01-20", plan="plus"))
    shop.night("2026-01-30")
    taken(pay(shop, "ann", "2026-02-04"))
    assert spans(shop, "ann") == [
        ("period", 1, "gold", "2026-01-05", "2026-02-05"), ("period", 2, "plus", "2026-02-05", "2026-03-05"),
    ]  # fmt: skip
    assert payments(shop, "ann")[-1].amount == 1200


def test_a_change_that_costs_less_gives_money_back() -> None:
    shop = cafe()
    taken(join(shop, "ann", "gold", "2026-01-05", reference="cash"))
    taken(act(shop, "ann", "change", "2026-01-06", plan="plus", when="now"))
    (paid,) = payments(shop, "ann")
    assert (paid.state, paid.refunded) == ("paid", 3000 - 1200)  # 30 of 31 days: 3000
    assert spans(shop, "ann")[1][1:3] == (2, "plus")


def test_cancelled_at_the_end_it_can_be_kept_and_cancelled_now_it_is_over() -> None:
    shop = cafe()
    taken(join(shop, "ann", "plus", "2026-01-05", reference="cash"))
    taken(act(shop, "ann", "cancel", "2026-01-10"))
    assert state(shop, "ann", "2026-01-10") == "cancelled"
    assert points([shop.buy("ann", 1000, "2026-01-10")]) == 20
    taken(act(shop, "ann", "resume", "2026-01-11"))
    assert state(shop, "ann", "2026-03-01") == "ended"
    taken(act(shop, "ann", "cancel", "2026-01-12"))
    assert state(shop, "ann", "2026-02-05") == "ended"
    taken(act(shop, "ann", "cancel", "2026-01-13", when="now"))
    assert state(shop, "ann", "2026-01-13") == "ended"
    assert code(act(shop, "ann", "cancel", "2026-01-14", when="now")) == "membership_state"
    assert points([shop.buy("ann", 1000, "2026-01-14")]) == 10


def test_a_refund_takes_back_what_the_plan_gave_and_returns_after_it_take_the_rest() -> None:
    shop = cafe()
    taken(join(shop, "ann", "plus", "2026-01-05", reference="cash"))
    shop.buy("ann", 5000, "2026-01-06", external_id="o-1")  # 50 + 50
    shop.buy("ann", 2000, "2026-01-07", external_id="o-2")  # 20 + 20
    shop.tell(shop.giving_back("ann", "o-2", "2026-01-08", amount=1000))  # 20 stay
    assert shop.amounts("ann", "2026-01-09").available == 100 + 100 + 20
    taken(act(shop, "ann", "refund", "2026-01-10"))
    assert shop.amounts("ann", "2026-01-10").available == 50 + 10
    assert payments(shop, "ann")[0].state == "refunded"
    assert state(shop, "ann", "2026-01-10") == "ended"
    shop.tell(shop.giving_back("ann", "o-1", "2026-01-11", amount=2500))
    assert shop.amounts("ann", "2026-01-11").available == 25 + 10
    shop.tell(shop.giving_back("ann", "o-1", "2026-01-12"))
    shop.tell(shop.giving_back("ann", "o-1", "2026-01-13", kind="reopen"))
    assert shop.amounts("ann", "2026-01-13").available == 50 + 10, "what is void stays void"
    shop.tell(shop.giving_back("ann", "o-1", "2026-01-14"))
    shop.tell(shop.giving_back("ann", "o-2", "2026-01-14"))
    assert shop.amounts("ann", "2026-01-15").available == 0
    assert shop.audit() == []
    assert code(act(shop, "ann", "refund", "2026-01-16")) == "nothing_to_refund"


def test_a_refund_comes_too_late() -> None:
    shop = cafe()
    taken(join(shop, "ann", "plus", "2026-01-05", reference="cash"))
    assert code(act(shop, "ann", "refund", "2026-01-20")) == "refund_too_late"
    assert state(shop, "ann", "2026-01-20") == "active"


def test_a_household_shares_a_joint_membership() -> None:
    shop = cafe(households={})
    taken(join(shop, "ann", "home", "2026-01-05", reference="cash"))
    asked = households.Asked(shop.programme_id, "Emil", moment("2026-01-06"))
    home = households.found(asked, owner=Member(external_id="ann")).household.id
    given = {"household_id": home, "by": Member(external_id="ann"), "member": Member(external_id="ben")}
    invitation = households.invite(asked, role="adult", **given).invitation
    assert invitation is not None
    assert points([shop.buy("ben", 1000, "2026-01-06")]) == 10
    households.answer(asked, household_id=home, invitation_id=invitation.id, deed="accept")
    assert points([shop.buy("ben", 1000, "2026-01-07")]) == 30
    assert code(join(shop, "ben", "home", "2026-01-07")) == "membership_shared"
    taken(act(shop, "ann", "refund", "2026-01-08"))
    shop.ids["home"] = home
    assert shop.amounts("home", "2026-01-08").available == 20, "what all earned by it is taken back"
    assert shop.audit() == []


def test_who_was_merged_brings_the_membership_along_and_two_of_them_are_refused() -> None:
    shop = cafe()
    taken(join(shop, "ben", "plus", "2026-01-05", reference="cash"))
    both = {"programme_id": shop.programme_id, "into": shop.account("ann"), "actor": "Emil"}
    merge.merge(goes=Member(external_id="ben"), now=moment("2026-01-06"), **both)
    assert points([shop.buy("ann", 1000, "2026-01-07")]) == 20
    taken(act(shop, "ann", "pause", "2026-01-08"))
    other = cafe()
    for name in ("ann", "ben"):
        taken(join(other, name, "plus", "2026-01-05", reference="cash"))
    both = {"programme_id": other.programme_id, "into": other.account("ann"), "actor": "Emil"}
    with pytest.raises(Refusal, match="merge_memberships"):
        merge.merge(goes=Member(external_id="ben"), now=moment("2026-01-06"), **both)
    assert [state(other, name, "2026-01-06") for name in ("ann", "ben")] == ["active", "active"]
    taken(act(other, "ben", "refund", "2026-01-06"))
    merge.merge(goes=Member(external_id="ben"), now=moment("2026-01-06T13:00"), **both)
    account = other.account("ann")
    kept = [(one.account_id == account, one.ended) for one in queries.of_member(store.current(), account, account)]
    assert kept == [(True, False), (False, True)], "the one that runs, and the one that ended"
    assert verify.run(other.programme_id, deep=True, at=FAR).ok


def test_what_nobody_sells() -> None:
    shop = cafe()
    assert code(join(shop, "ann", "silver", "2026-01-05")) == "plan_unknown"
    assert code(join(shop, "ann", "gold", "2026-01-05", currency="USD")) == "plan_not_sold_in"
    taken(join(shop, "ann", "plus", "2026-01-05", currency="JPY"))
    assert payments(shop, "ann")[0].amount == 2000


def test_a_reward_asks_for_a_membership() -> None:
    tea = {"kind": "free_product", "product": "tea", "name": {"en": "Tea"}, "prices": [{"points": {"points": 5}}]}
    shop = cafe(rewards={"tea": tea | {"if": [{"membership": {"in": ["plus"]}}]}})
    shop.buy("ann", 2000, "2026-01-05")
    wanted = redemptions.NewRedemption(Member(external_id="ann"), "tea", "till", "r-1")
    named = {"programme_id": shop.programme_id, "wanted": [wanted]}
    assert code(redemptions.redeem_many(now=moment("2026-01-06"), **named)[0]) == "not_eligible"
    taken(join(shop, "ann", "plus", "2026-01-07", reference="cash"))
    member = members.get(store.current(), shop.programme_id, shop.account("ann"))
    in_force = programmes.latest(store.current(), shop.programme_id).at(moment("2026-01-08"))
    (offer,) = catalogue.of_member(store.current(), shop.programme_id, in_force, member, moment("2026-01-08"))
    assert offer.obstacle is None, "the catalogue says the same"
    again = msgspec.structs.replace(wanted, external_id="r-2")
    taken(redemptions.redeem_many(programme_id=shop.programme_id, wanted=[again], now=moment("2026-01-08"))[0])


def test_a_refund_takes_the_vouchers_of_the_plan_with_it() -> None:
    gives = {
        "gift": {
            "when": "purchase", "if": [{"membership": {"in": ["plus"]}}],
            "then": [{"voucher": "tea"}],
        },
        "all": {"when": "purchase", "then": [{"voucher": "cake"}]},
    }  # fmt: skip
    offers = {key: {"name": {"en": key}, "amount": "1.00"} for key in ("tea", "cake")}
    shop = cafe(rules=gives, vouchers=offers)
    taken(join(shop, "ann", "plus", "2026-01-05", reference="cash"))
    bought = shop.buy("ann", 1000, "2026-01-06")
    assert sorted(one.voucher for one in bought.decision.issued) == ["cake", "tea"]
    taken(act(shop, "ann", "refund", "2026-01-06"))  # at the very instant of the purchase
    gone = [one.code for one in bought.decision.issued if one.voucher == "tea"]
    voided = [one for one in activities.of_account(store.current(), shop.account("ann"), seq=0, most=50)
              if one.decision.withdrawn]  # fmt: skip
    assert [tuple(one.decision.withdrawn) for one in voided] == [tuple(gone)]
    report = verify.run(shop.programme_id, deep=True, at=FAR)
    assert report.ok, [(verdict.name, str(verdict.first)) for verdict in report.broken]
