"""Rewards that hand over a voucher or a gift card: at once, whole, and back again as long as nobody has used it."""

from typing import Any

import pytest

from guerdon.core.activities import Member
from guerdon.core.errors import Refusal
from guerdon.engine import cancel, cards, merge, redemptions
from guerdon.engine.batch import Outcome
from guerdon.engine.handing import Handing
from guerdon.features.activities import queries as activities
from guerdon.features.cards.queries import Card
from guerdon.features.members import queries as members
from guerdon.features.programmes import queries as programmes
from guerdon.features.programmes.actions import VOUCHER_CHANGED
from guerdon.insight import catalogue as catalogues
from guerdon.kit import store
from tests import gifts, shop, vouchers
from tests.engine import catalogue
from tests.engine.catalogue import has, holds, redeem, refused, settle
from tests.shop import Shop

PRICE: dict[str, Any] = {"prices": [{"points": {"points": 300}}], "cost": "5.00"}
REWARDS: dict[str, Any] = {
    "five": {**PRICE, "kind": "money_off", "amount": "5.00"},
    "tenth": {**PRICE, "kind": "percent_off", "percent": 10, "amount": "3.00"},
    "tea": {**PRICE, "kind": "free_product", "product": "tea"},
    "delivery": {**PRICE, "kind": "free_shipping"},
    "once": {**PRICE, "kind": "money_off", "voucher": "once"},
    "film": {**PRICE, "kind": "partner", "voucher": "film"},
    "welcome": {**PRICE, "kind": "money_off", "voucher": "welcome"},
    "present": {**PRICE, "kind": "gift_card", "amount": "25.00", "stocked": "whole"},
    "plastic": {**PRICE, "kind": "gift_card", "amount": "25.00", "fulfilment": "by_hand"},
}
OFFERS = vouchers.offers(
    film={"gift": {"en": "A film"}, "codes": "pool", "alarm_below": 1},
    once={"amount": "4.00", "uses_per_member": 1, "valid_days": 30},
    welcome={"amount": "4.00", "valid_days": 5, "until": "2026-03-01", "uses": 2},
)


@pytest.fixture
def aurora(database: None) -> Shop:
    made = Shop(gifts.PARTS | OFFERS | {"rewards": {key: shop.named(key, one) for key, one in REWARDS.items()}})
    made.enrol("ann", "ben")
    made.tell(made.purchase("ann", 100_000), made.purchase("ben", 100_000))
    return made


def given(made: Shop, result: Any) -> str:
    """The code of what a redemption handed over."""
    code = has(made, result).given
    assert code is not None
    return code


def card(made: Shop, result: Any) -> Card:
    return cards.find(made.programme_id, given(made, result))


@pytest.mark.parametrize(
    ("reward", "basket", "off"),
    [
        ("five", {"amount": 1200}, 500),
        ("tenth", {"amount": 1200}, 120),
        ("tenth", {"amount": 9000}, 300),
        ("tea", {"lines": [{"amount": 350, "product": "tea"}, {"amount": 400, "product": "cake"}]}, 350),
        ("delivery", {"lines": [{"amount": 990}, {"amount": 490, "kind": "shipping"}]}, 490),
        ("welcome", {"amount": 1200}, 400),
    ],
)
def test_a_reward_gives_the_voucher_that_it_says_or_names(aurora, reward, basket, off):
    got = redeem(aurora, reward)
    assert has(aurora, got).state == "fulfilled"
    (use,) = shop.taken(
        vouchers.redeem(aurora, given(aurora, got), who="ann", day="2026-02-02", **basket)
    ).decision.uses
    assert use.off == off
    assert aurora.amounts("ann", "2026-02-02").available == 700
    holds(aurora)


def test_a_code_of_a_pool_is_given_and_an_empty_pool_takes_no_points(aurora):
    refused(redeem(aurora, "film"), "voucher_pool_empty")
    refused(redeem(aurora, "film", reserve=True), "voucher_pool_empty")
    vouchers.bring(aurora, "film", "f1", "f2")
    kept = redeem(aurora, "film", "ben", reserve=True)
    assert has(aurora, kept).given is None
    assert {given(aurora, redeem(aurora, "film")) for _ in range(2)} == {"F1", "F2"}
    refused(settle(aurora, kept, "confirm", "2026-02-01T12:05"), "voucher_pool_empty")
    assert aurora.amounts("ben", "2026-02-01T12:06").held == 300
    vouchers.bring(aurora, "film", "f3", day="2026-02-01")
    assert isinstance(settle(aurora, kept, "confirm", "2026-02-01T12:07"), Outcome)
    assert given(aurora, kept) == "F3"
    assert [aurora.amounts(name, "2026-02-02").available for name in ("ann", "ben")] == [400, 700]
    holds(aurora)


def test_a_voucher_that_is_over_is_not_sold(aurora):
    kept = redeem(aurora, "welcome", at="2026-03-01T00:00", reserve=False)
    refused(kept, "voucher_expired")
    assert aurora.amounts("ann", "2026-03-02").available == 1000


def obstacle(made: Shop, reward: str, at: str = "2026-02-03") -> str | None:
    """What the catalogue says is in Ann's way."""
    law, at_hand = programmes.lawbook(store.current(), made.programme_id).current(shop.moment(at)), store.current()
    member = members.get(at_hand, made.programme_id, made.ids["ann"])
    offers = catalogues.of_member(at_hand, made.programme_id, law, member, shop.moment(at))
    found = next(one.obstacle for one in offers if one.reward.key == reward)
    return None if found is None else found.code


def test_a_voucher_that_its_buyer_could_never_use_is_not_sold(aurora):
    kept = redeem(aurora, "once", reserve=True)
    got = redeem(aurora, "once")
    refused(redeem(aurora, "once"), "voucher_limit")
    refused(redeem(aurora, "once", reserve=True), "voucher_limit")
    refused(settle(aurora, kept, "confirm", "2026-02-01T12:05"), "voucher_limit")
    assert obstacle(aurora, "once") == "voucher_limit"
    shop.taken(settle(aurora, got, "cancel"))
    assert obstacle(aurora, "once") is None
    use = shop.taken(vouchers.redeem(aurora, given(aurora, redeem(aurora, "once", at="2026-02-03")), who="ann",
                                     day="2026-02-03"))  # fmt: skip
    refused(redeem(aurora, "once", at="2026-02-03"), "voucher_limit")
    assert (obstacle(aurora, "once"), obstacle(aurora, "five")) == ("voucher_limit", None)
    assert aurora.amounts("ann", "2026-02-03").available == 700
    shop.taken(redeem(aurora, "once", "ben", at="2026-02-03"))
    shop.taken(vouchers.roll_back(aurora, use, day="2026-02-04"))
    assert obstacle(aurora, "once", "2026-02-04") == "voucher_limit", "the voucher can be used again"
    assert obstacle(aurora, "once", "2026-03-20") is None, "its time is over, so it takes no use from another one"
    holds(aurora)


def test_of_those_that_are_wanted_together_one_is_sold(aurora):
    wanted = [
        redemptions.NewRedemption(member=Member(external_id="ann"), reward="once", source="app", external_id=f"o-{n}")
        for n in range(3)
    ]
    told = redemptions.redeem_many(programme_id=aurora.programme_id, wanted=wanted, now=shop.moment("2026-02-01"))
    assert [shop.code(one) for one in told] == [None, "voucher_limit", "voucher_limit"]
    holds(aurora)


def test_cancelling_withdraws_the_voucher_and_gives_the_points_back(aurora):
    got = redeem(aurora, "five")
    done = settle(aurora, got, "cancel")
    assert shop.taken(done).decision.withdrawn == (given(aurora, got),)
    assert shop.taken(settle(aurora, got, "cancel")).replayed
    assert aurora.amounts("ann", "2026-02-03").available == 1000
    refused(vouchers.redeem(aurora, given(aurora, got), who="ann", day="2026-02-03"), "voucher_withdrawn")
    assert catalogue.stock(aurora, "five") == (None, 0, 0)
    holds(aurora)


def test_a_used_voucher_stays_used_until_its_use_is_rolled_back(aurora):
    got = redeem(aurora, "five")
    use = shop.taken(vouchers.redeem(aurora, given(aurora, got), who="ann", day="2026-02-01T13:00"))
    refused(settle(aurora, got, "cancel"), "redemption_used")
    shop.taken(vouchers.roll_back(aurora, use, day="2026-02-03"))
    shop.taken(settle(aurora, got, "cancel", "2026-02-03T13:00"))
    assert aurora.amounts("ann", "2026-02-04").available == 1000
    holds(aurora)


def test_what_was_let_expire_is_not_given_back(aurora):
    got = redeem(aurora, "welcome")
    refused(settle(aurora, got, "cancel", "2026-02-08"), "redemption_used")


def test_a_bought_voucher_is_worth_what_it_was_when_it_was_bought(aurora):
    got = redeem(aurora, "five")
    cheaper = {**REWARDS["five"], "amount": "1.00"}
    parts = {key: shop.named(key, one) for key, one in {**REWARDS, "five": cheaper}.items() if key != "tea"}
    aurora.publish(**gifts.PARTS, **OFFERS, rewards=parts, since=shop.moment("2026-02-02"))
    (use,) = shop.taken(vouchers.redeem(aurora, given(aurora, got), who="ann", day="2026-02-03")).decision.uses
    assert use.off == 500
    holds(aurora)


def test_a_gift_card_is_opened_and_loaded(aurora):
    catalogue.supply(aurora, "present", 2)
    kept = redeem(aurora, "present", reserve=True)
    assert has(aurora, kept).given is None
    shop.taken(settle(aurora, kept, "confirm", "2026-02-01T12:05"))
    assert gifts.left(card(aurora, kept)) == 0, "in January nothing was on it"
    assert gifts.left(card(aurora, kept), "2026-02-02") == 2500
    gifts.spend(aurora, card(aurora, kept), 1000, "2026-02-02")
    refused(settle(aurora, kept, "cancel", "2026-02-03"), "redemption_used")
    assert catalogue.stock(aurora, "present") == (1, 0, 1)
    holds(aurora)


def test_an_untouched_card_is_taken_back(aurora):
    catalogue.supply(aurora, "present", 1)
    got = redeem(aurora, "present")
    gifts.load(aurora, card(aurora, got), 700, "2026-02-01T13:00")
    shop.taken(settle(aurora, got, "cancel"))
    assert gifts.left(card(aurora, got), "2026-02-03") == 700, "what somebody else paid stays"
    assert aurora.amounts("ann", "2026-02-03").available == 1000
    assert catalogue.stock(aurora, "present") == (1, 0, 0)
    refused(settle(aurora, redeem(aurora, "present", at="2026-02-04"), "cancel", "2029-06-01"), "redemption_used")
    holds(aurora)


def test_a_card_whose_money_came_back_in_parts_is_whole(database):
    """What was taken off comes back after its end, and lives on for the grace as a lot for each burn."""
    credit = {**gifts.CREDIT, "expires": {"rolling": {"days": 10}}}
    parts = {**gifts.PARTS, "units": {**gifts.PARTS["units"], "credit": credit}, "reinstate": {"grace_days": 3}}
    made = Shop(
        {**parts, "rewards": {"present": shop.named("present", {**PRICE, "kind": "gift_card", "amount": "25.00"})}}
    )
    made.enrol("ann")
    made.tell(made.purchase("ann", 100_000))
    got = redeem(made, "present")
    burns = [gifts.spend(made, card(made, got), amount, "2026-02-02") for amount in (1000, 1500)]
    for at, whole in (("2026-02-20", False), ("2026-02-21", True)):
        found = [activities.one(store.current(), made.programme_id, burns.pop(0).activity_id)]
        back = [cancel.Cancellation(one, shop.DORA, source="till") for one in found]
        cancel.cancel_many(programme_id=made.programme_id, cancellations=back, now=shop.moment(at))
        if not whole:
            refused(settle(made, got, "cancel", at), "redemption_used")
    shop.taken(settle(made, got, "cancel", "2026-02-21"))
    assert (gifts.left(card(made, got), "2026-02-21"), made.amounts("ann", "2026-02-21").available) == (0, 1000)
    holds(made)


def test_the_money_taken_back_is_that_of_the_redemption(aurora):
    """Also where other money on the card would be spent first."""
    catalogue.supply(aurora, "present", 1)
    got = redeem(aurora, "present")
    shorter = {**gifts.PARTS["units"], "credit": {**gifts.CREDIT, "expires": {"rolling": {"days": 10}}}}
    parts = {key: shop.named(key, one) for key, one in REWARDS.items()}
    aurora.publish(**{**gifts.PARTS, **OFFERS, "units": shorter}, rewards=parts, since=shop.moment("2026-02-02"))
    gifts.load(aurora, card(aurora, got), 2500, "2026-02-03")
    shop.taken(settle(aurora, got, "cancel", "2026-02-04"))
    assert [gifts.left(card(aurora, got), at) for at in ("2026-02-05", "2026-02-20")] == [2500, 0]
    holds(aurora)


@pytest.mark.parametrize("again", [True, False])
def test_a_card_that_is_opened_while_somebody_cancels_is_looked_at_again(aurora, monkeypatch, again):
    """What was confirmed between the first look and the lock: the card has to be locked, too, before it is judged.

    Without the second look, which is the control, it seems to be used.
    """
    catalogue.supply(aurora, "present", 1)
    got = redeem(aurora, "present")
    looks: list[int] = []

    def before_it_was_confirmed(at_hand: Any, programme_id: str, keys: Any, see: Any = activities.owners) -> Any:
        looks.append(len(keys))
        found = see(at_hand, programme_id, keys)
        return found if len(looks) > 1 else [one for one in found if one[0] != card(aurora, got).account_id]

    monkeypatch.setattr(activities, "owners", before_it_was_confirmed)
    if not again:
        monkeypatch.setattr(Handing, "_check_locked", lambda hands, handed: None)
        refused(settle(aurora, got, "cancel"), "redemption_used")
        return
    shop.taken(settle(aurora, got, "cancel"))
    assert len(looks) == 2
    holds(aurora)


def test_a_card_handed_over_by_hand_is_no_card_of_ours(aurora):
    got = has(aurora, redeem(aurora, "plastic"))
    assert (got.state, got.given) == ("confirmed", None)


def test_what_was_bought_before_a_merge_is_taken_back_after_it(aurora):
    kept = redeem(aurora, "five", "ben")
    merge.merge(
        programme_id=aurora.programme_id, goes=Member(external_id="ben"), into=aurora.ids["ann"], actor="Emil",
        now=shop.moment("2026-02-02"),
    )  # fmt: skip
    shop.taken(vouchers.redeem(aurora, given(aurora, kept), who="ann", day="2026-02-03"))
    refused(settle(aurora, kept, "cancel", "2026-02-03"), "redemption_used")
    got = redeem(aurora, "five", "ben", at="2026-02-03")
    shop.taken(settle(aurora, got, "cancel", "2026-02-04"))
    holds(aurora)


def test_nothing_is_given_by_a_trial(aurora):
    vouchers.bring(aurora, "film", "f1")
    wanted = redemptions.NewRedemption(member=Member(external_id="ann"), reward="film", source="app", external_id="try")
    (tried,) = redemptions.redeem_many(
        programme_id=aurora.programme_id, wanted=[wanted], now=shop.moment("2026-02-01"), dry_run=True
    )
    assert isinstance(tried, Outcome)
    assert given(aurora, redeem(aurora, "film")) == "F1"


@pytest.mark.parametrize(
    ("before", "after"), [({"codes": "pool"}, {"bearer": True}), ({"bearer": True}, {"codes": "pool"})]
)
def test_codes_of_a_pool_never_become_anybodys(database, before, after):
    five = {"amount": "5.00"}
    made = vouchers.cafe(five={**five, **before})
    made.publish(**vouchers.offers(five=five))
    with pytest.raises(Refusal) as caught:
        made.publish(**vouchers.offers(five={**five, **after}))
    assert caught.value.kind is VOUCHER_CHANGED
    made.publish(**vouchers.offers(five={**five, **before}, other={**five, **after}))
