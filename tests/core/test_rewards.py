"""Rewards: prices in parts, who may have one when, how many, what is chosen and where it is sent (LAW 9)."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guerdon.core import limits, period, redemptions
from guerdon.core.activities import Activity, Member
from guerdon.core.errors import Refusal
from guerdon.core.ladders import Basis, Benefit, Ladder, Level
from guerdon.core.redemptions import Had, Stock
from guerdon.core.rewards import Address, Choice, Price, Reward, TopUp
from guerdon.core.rules import Caps

SOFIA = ZoneInfo("Europe/Sofia")
NOON = datetime(2026, 5, 20, 12, tzinfo=UTC)
TODAY = date(2026, 5, 20)
NAME = {"en": "x"}


def reward(**facts):
    return Reward("mug", NAME, "merchandise", (Price({"points": 500}),), **facts)


@pytest.mark.parametrize(
    ("kind", "facts", "later"),
    [
        ("merchandise", {}, True), ("merchandise", {"fulfilment": "at_once"}, False), ("gift_card", {}, False),
        ("merchandise", {"voucher": "five_off"}, True), ("free_product", {}, True), ("mystery", {}, False),
    ],
)  # fmt: skip
def test_who_takes_the_money_of_a_reward_in_later(kind, facts, later):
    """Whoever hands it over, or takes its voucher off a basket; what is there with its confirmation has nobody."""
    assert Reward("x", NAME, kind, (Price({"points": 500}),), **facts).collected_later is later


# --- prices ---

MIXED = Price({"points": 500}, 200, TopUp(100, 90, 200))


@pytest.mark.parametrize(
    ("points", "price"),
    [(500, ({"points": 500}, 200)), (499, ({"points": 499}, 201)), (400, ({"points": 400}, 290)),
     (200, ({"points": 200}, 470)),
     (None, None)],
)  # fmt: skip
def test_money_makes_up_for_points_rounded_up(points, price):
    found = MIXED.paid_with(points)
    assert found == (MIXED if price is None else Price(*price))


@pytest.mark.parametrize(("price", "points"), [(MIXED, 199), (MIXED, 501), (Price({"points": 500}), 499),
                                               (Price({"points": 5, "stars": 5}), 5), (Price(money=5), 1)])  # fmt: skip
def test_what_money_does_not_make_up_for(price, points):
    with pytest.raises(Refusal, match="top_up_invalid") as refused:
        price.paid_with(points)
    unit, full = next(iter(price.points.items()), ("", 0))
    least = price.top_up.least if price.top_up is not None else full
    assert refused.value.facts == {"unit": unit, "points": points, "least": least, "most": full}


def test_what_there_must_be_and_what_can_be_paid():
    assert MIXED.needed == {"points": 200} and Price({"points": 500}).needed == {"points": 500}
    assert [MIXED.affordable(have).points["points"] for have in (0, 199, 200, 450, 500, 900)] == [
        200,
        200,
        200,
        450,
        500,
        500,
    ]
    assert Price({"points": 500}).affordable(3) == Price({"points": 500})
    assert Price({"points": 100}, 0, TopUp(100, 90, 0)).paid_with(0) == Price({}, 90)


@pytest.mark.parametrize(("number", "there"), [(0, False), (1, True), (2, True), (3, False)])
def test_prices_are_numbered_from_one(number, there):
    one = Reward("mug", NAME, "merchandise", (Price({"points": 5}), Price(money=5)))
    if there:
        assert one.price(number) == one.prices[number - 1]
        return
    with pytest.raises(Refusal, match="price_unknown"):
        one.price(number)


# --- when ---


def early(hours):
    return Benefit("e", "early_access", NAME, hours=hours)


LADDERS = (
    Ladder("x", NAME, Basis(spend=True),
    (Level("silver", NAME, 1), Level("gold", NAME, 9, benefits=(early(10), early(20))))),
    Ladder("y", NAME, Basis(spend=True),
    (Level("friend", NAME, 1, benefits=(Benefit("h", "other", NAME, hours=99),)),)),
)  # fmt: skip


@pytest.mark.parametrize(
    ("tiers", "hours"),
    [(set(), 0), ({"silver"}, 5), ({"gold"}, 20), ({"gold", "silver"}, 20), ({"friend"}, 30), ({"bronze"}, 0),
     ({"gold", "friend"}, 30)],
)  # fmt: skip
def test_it_begins_earlier_by_the_most_hours_that_a_tier_has(tiers, hours):
    one = reward(start=NOON, early_access={"silver": 5, "friend": 30})
    assert one.begins(frozenset(tiers), LADDERS) == NOON - timedelta(hours=hours)
    assert reward().begins(frozenset(tiers), LADDERS) is None


@given(st.sampled_from(period.WINDOWS), st.dates(date(2020, 1, 1), date(2032, 1, 1)))
def test_a_limit_looks_back_to_the_first_day_of_its_window(window, day):
    since = redemptions.since([reward(limits=Caps(**{window: 1}))], day, SOFIA)
    first = period.local_day(since, SOFIA)
    assert since == period.midnight(first, SOFIA) and first <= day
    assert period.window(first, window) == period.window(day, window)
    if window != "lifetime":
        assert period.window(first - timedelta(days=1), window) != period.window(day, window)


def test_the_widest_window_of_all_counts():
    several = [reward(limits=Caps(week=1)), reward(free_limits=Caps(month=1)), reward()]
    assert redemptions.since(several, TODAY, SOFIA) == period.midnight(date(2026, 5, 1), SOFIA)
    assert redemptions.since([reward()], TODAY, SOFIA) is None
    assert redemptions.since([reward(limits=Caps(lifetime=1))], TODAY, SOFIA) < datetime(1970, 1, 1, tzinfo=UTC)


# --- how many ---


def had(*, account="a", person=None, key="mug", days=0, free=False):
    return Had(account, person, key, NOON - timedelta(days=days), free)


@pytest.mark.parametrize(
    ("before", "code"),
    [
        ([], None), ([had()], None), ([had(), had()], "reward_limit"), ([had(), had(key="cup")], None),
        ([had(), had(days=30)], None), ([had(days=19), had()], "reward_limit"), ([had(days=20), had()], None),
        ([had(), had(account="b")], None), ([had(account="old"), had()], "reward_limit"),
        # Of the person, whichever account paid: one's own before, or a household's.
        ([had(account="h", person="p"), had(account="h", person="q")], None),
        ([had(account="h", person="p"), had(account="g", person="p")], "reward_limit"),
        ([had(account="p"), had(account="h", person="p")], "reward_limit"),
    ],
)  # fmt: skip
def test_how_many_a_member_may_have(before, code):
    def check():
        one = reward(limits=Caps(month=2))
        redemptions.check_limits(one, before, accounts={"a", "old"}, persons={"p"}, day=TODAY, zone=SOFIA)

    if code is None:
        return check()
    with pytest.raises(Refusal, match=code):
        check()


@pytest.mark.parametrize(
    ("before", "free", "refused"),
    [([had(free=True)], True, True), ([had()], True, False), ([had(free=True)], False, False), ([], True, False)],
)  # fmt: skip
def test_how_many_may_be_free(before, free, refused):
    def check():
        one = reward(free_limits=Caps(week=1))
        redemptions.check_limits(one, before, accounts={"a"}, persons={"p"}, day=TODAY, zone=SOFIA, free=free)

    if not refused:
        return check()
    with pytest.raises(Refusal, match="free_limit"):
        check()


@pytest.mark.parametrize(
    ("facts", "stocks", "cost", "code"),
    [
        ({"total": 5}, [(2, 2)], None, None), ({"total": 5}, [(2, 2), (1, 0)], None, "reward_gone"),
        ({"budget": 90, "cost": 10}, [(1, 1, 80)], None, None),
        ({"budget": 90, "cost": 10}, [(1, 1, 81)], None, "budget_spent"),
        ({"budget": 90, "cost": 10}, [(1, 1, 81)], 9, None),
        ({"budget": 90, "cost": 10}, [(1, 1, 81)], 10, "budget_spent"),
        ({}, [(9, 9, 999)], None, None),
    ],
)  # fmt: skip
def test_how_many_there_are_for_all(facts, stocks, cost, code):
    found = [
        Stock("mug", str(number), claimed=one[0], given=one[1], spent=sum(one[2:])) for number, one in enumerate(stocks)
    ]
    if code is None:
        return redemptions.for_all(reward(**facts), found, cost=cost)
    with pytest.raises(Refusal, match=code):
        redemptions.for_all(reward(**facts), found, cost=cost)


PIECES = Stock("mug", "", True, 5, 3, 2, 1, 30)


def test_pieces():
    assert PIECES.left == 5 and Stock("mug", "", claimed=9).left is None
    claimed = PIECES.claim(7)
    assert (claimed.left, claimed.claimed, claimed.spent) == (4, 3, 37)
    assert claimed.free(7) == PIECES and PIECES.give().take_back(0).left == 6
    assert (PIECES.give().left, PIECES.give().given, PIECES.give().claimed) == (5, 2, 1)
    assert PIECES.supply(-5).left == 0 and PIECES.supply(4).left == 9
    with pytest.raises(Refusal, match="stock_too_low"):
        PIECES.supply(-6)
    with pytest.raises(Refusal, match="out_of_stock"):
        PIECES.supply(-5).claim(1)
    assert PIECES.supply(-4).claim(1).left == 0


def test_pieces_that_were_not_counted_for_a_while():
    open_ended = PIECES.under(False)
    assert open_ended.left is None and PIECES.under(True) is PIECES
    assert open_ended.under(True).left == PIECES.left, "nothing went out meanwhile"
    assert open_ended.claim(1).claim(1).under(True).left == PIECES.left, "what goes out uncounted is no part of it"
    assert Stock("mug", "", claimed=2, given=1).under(True).left == 0


# --- what and where ---

SIZE = Choice("size", NAME, {"s": NAME, "m": NAME})
COLOUR, TEXT = Choice("colour", NAME, {"red": NAME}), Choice("text", NAME)


def test_variants():
    one = reward(stocked="per_choice", choices=(SIZE, TEXT, COLOUR))
    assert one.variants() == ["s/red", "m/red"] and reward(choices=(SIZE,)).variants() == [""]
    assert one.chosen({"size": "m", "text": "Ann", "colour": "red"}) == "m/red"
    assert reward(stocked="whole", choices=(SIZE,)).chosen({"size": "s"}) == ""


@pytest.mark.parametrize(
    ("told", "place", "reason"),
    [
        ({"size": "m"}, "/choices/text", "missing"), ({"size": "m", "text": " "}, "/choices/text", "missing"),
        ({"size": "xl", "text": "a"}, "/choices/size", "not_an_option"), ({"text": "a"}, "/choices/size", "missing"),
        ({"size": "m", "text": "a", "c": "d"}, "/choices/c", "unknown_choice"),
    ],
)  # fmt: skip
def test_what_can_not_be_chosen(told, place, reason):
    with pytest.raises(Refusal, match="choice_invalid") as refused:
        reward(choices=(SIZE, TEXT)).chosen(told)
    assert (refused.value.facts["pointer"], refused.value.facts["reason"]) == (place, reason)


HOME = {"name": "Ann", "street": "Rose 1", "city": "Sofia", "country": "BG"}


@pytest.mark.parametrize(
    ("more", "part", "reason"),
    [
        ({}, None, ""), ({"phone": "x" * limits.NAME_CHARS_MAX, "name": "n" * limits.NAME_CHARS_MAX}, None, ""),
        ({"phone": "x" * (limits.NAME_CHARS_MAX + 1)}, "phone", "length"), ({"name": " "}, "name", "missing"),
        ({"street": ""}, "street", "missing"), ({"city": ""}, "city", "missing"),
        ({"region": "", "postal_code": ""}, None, ""),
        ({"country": "bg"}, "country", "not_a_country"), ({"country": "BGR"}, "country", "not_a_country"),
        ({"country": "БГ"}, "country", "not_a_country"), ({"country": ""}, "country", "not_a_country"),
    ],
)  # fmt: skip
def test_an_address_can_be_read(more, part, reason):
    told = Address(**(HOME | more))
    if part is None:
        return reward(address=True).check_address(told)
    with pytest.raises(Refusal) as refused:
        reward(address=True).check_address(told)
    assert (refused.value.facts["pointer"], refused.value.facts["reason"]) == (f"/address/{part}", reason)


def test_an_address_is_told_where_one_is_asked_for():
    reward().check_address(None)
    for one, told, reason in ((reward(), Address(**HOME), "unknown_choice"), (reward(address=True), None, "missing")):
        with pytest.raises(Refusal) as refused:
            one.check_address(told)
        assert refused.value.facts["reason"] == reason


# --- the life of a redemption ---


def redeemed(state="reserved", **facts):
    price = facts.pop("price", Price({"points": 500}))
    return redemptions.Redemption("r", "a", "mug", "", state, price, 0, NOON, **facts)


@pytest.mark.parametrize(
    ("state", "deed", "given", "ends"),
    [
        ("reserved", "confirm", None, "confirmed"), ("reserved", "cancel", None, "cancelled"),
        ("reserved", "expire", None, "expired"), ("reserved", "fulfil", None, "redemption_unconfirmed"),
        ("confirmed", "fulfil", None, "fulfilled"), ("confirmed", "confirm", None, "redemption_ended"),
        ("confirmed", "cancel", None, "cancelled"), ("confirmed", "expire", None, "expired"),
        ("fulfilled", "cancel", None, "redemption_ended"), ("fulfilled", "cancel", "CODE", "cancelled"),
        ("fulfilled", "expire", "CODE", "redemption_ended"), ("cancelled", "cancel", "CODE", "redemption_ended"),
        ("expired", "confirm", None, "redemption_ended"),
    ],
)  # fmt: skip
def test_where_each_deed_leads(state, deed, given, ends):
    one = redeemed(state, given=given)
    if ends.startswith("redemption"):
        with pytest.raises(Refusal, match=ends):
            redemptions.moved(one, deed, NOON)
    else:
        assert redemptions.moved(one, deed, NOON) == ends


@pytest.mark.parametrize(
    ("state", "until", "seen"),
    [
        ("reserved", NOON, "expired"), ("confirmed", NOON, "expired"), ("fulfilled", NOON, "fulfilled"),
        ("reserved", NOON + timedelta(seconds=1), "reserved"), ("reserved", None, "reserved"),
        ("cancelled", NOON, "cancelled"),
    ],
)  # fmt: skip
def test_what_has_become_of_it_whether_or_not_anybody_has_booked_it(state, until, seen):
    one = redeemed(state, until=until)
    assert one.as_of(NOON) == seen
    if (state, seen) == ("reserved", "expired"):
        assert redemptions.moved(one, "expire", NOON) == "expired"
        with pytest.raises(Refusal, match="redemption_ended"):
            redemptions.moved(one, "confirm", NOON)


def test_until_when():
    assert redemptions.reserved_until(reward(reserve_minutes=30), NOON) == NOON + timedelta(minutes=30)
    assert redemptions.fulfil_until(reward(), NOON, SOFIA) is None
    for days in (0, 3):
        ends = period.midnight(TODAY + timedelta(days=days + 1), SOFIA)
        assert redemptions.fulfil_until(reward(fulfil_days=days), NOON, SOFIA) == ends


def test_what_nobody_hands_over_is_fulfilled_with_its_confirmation():
    given = redemptions.confirmed(redeemed(until=NOON), reward(fulfilment="at_once"), NOON, SOFIA)
    assert (given.state, given.until, given.confirmed_at, given.settled_at) == ("fulfilled", None, NOON, NOON)
    waits = redemptions.confirmed(redeemed(until=NOON), reward(fulfil_days=0), NOON, SOFIA)
    assert (waits.state, waits.confirmed_at, waits.settled_at) == ("confirmed", NOON, None)
    assert waits.until == period.midnight(date(2026, 5, 21), SOFIA)


def test_what_a_redemption_did_is_not_undone_by_itself():
    one = Activity("burn", redemptions.SOURCE, redemptions.name("r7", "points"), NOON, Member(id="m"), amount=5)
    with pytest.raises(Refusal, match="of_redemption") as refused:
        redemptions.check_foreign(one)
    assert refused.value.facts["redemption"] == "r7"
    redemptions.check_foreign(Activity("burn", "till", "r7:points", NOON, Member(id="m"), amount=5))
