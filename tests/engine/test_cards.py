"""Gift cards in the engine: sold, loaded, spent from, given back, ended, handed on – and nobody's members."""

import pytest

from guerdon.core.activities import Member
from guerdon.core.errors import Refusal
from guerdon.engine import cancel, cards, enrolment, households, merge
from guerdon.features.activities import queries as activities
from guerdon.features.ledger import queries as ledger
from guerdon.features.members import queries as members
from guerdon.insight import verify
from guerdon.kit import ids, store
from tests import gifts, shop
from tests.gifts import hand, left, load, sell, spend
from tests.shop import taken


@pytest.fixture
def aurora(database):
    return gifts.cafe(amount_min="5.00", amount_max="200.00", balance_max="300.00")


def proved(at):
    assert at.audit() == []
    report = verify.run(at.programme_id, at=shop.FAR, deep=True)
    assert report.ok, report.broken


def back(at, burn, amount=None, name="void"):
    found = activities.one(store.current(), at.programme_id, burn.activity_id)
    wanted = cancel.Cancellation(found, shop.DORA, amount, "till", name)
    return cancel.cancel_many(programme_id=at.programme_id, cancellations=[wanted], now=shop.moment("2026-01-06"))[0]


def test_a_partial_use_leaves_the_rest_and_a_rollback_restores_once(aurora):
    card = sell(aurora, 2_500)
    assert left(card) == 2_500
    first = spend(aurora, card, 1_000)
    spend(aurora, card, 400)
    assert left(card) == 1_100
    with pytest.raises(Refusal, match="insufficient_points"):
        spend(aurora, card, 1_101)
    taken(back(aurora, first, 300, "part"))
    taken(back(aurora, first, None, "rest"))
    assert left(card) == 2_100
    assert str(back(aurora, first, None, "again")).startswith("burn_cancelled")
    proved(aurora)


def test_sold_again_under_its_name_it_is_the_same_card(aurora):
    first, again = sell(aurora, 2_500, name="x"), sell(aurora, 2_500, name="x")
    assert first == again and left(first) == 2_500
    load(aurora, first, 1_000, name="y")
    assert load(aurora, first, 1_000, name="y").replayed
    assert left(first) == 3_500
    proved(aurora)


def test_it_is_sold_within_limits(aurora):
    for amount in (499, 20_001):
        with pytest.raises(Refusal, match="gift_card_amount"):
            sell(aurora, amount)
    card = sell(aurora, 20_000)
    with pytest.raises(Refusal, match="gift_card_full") as refused:
        load(aurora, card, 10_001)
    assert refused.value.facts == {"asked": 10_001, "left": 10_000}
    aurora.publish(since=shop.moment("2026-01-06"), now=shop.moment("2026-01-06"), units=gifts.PARTS["units"])
    with pytest.raises(Refusal, match="gift_cards_off"):
        sell(aurora, 1_000, "2026-01-07")
    spend(aurora, card, 5_000, "2026-01-07")


def test_what_is_on_it_ends_with_its_unit(aurora):
    card = sell(aurora, 2_500, "2026-01-05")
    assert left(card, "2029-01-05T21:59") == 2_500
    assert left(card, "2029-01-05T22:00") == 0
    with pytest.raises(Refusal, match="insufficient_points"):
        spend(aurora, card, 1, "2029-01-06")
    aurora.night("2029-01-07T03:00")
    proved(aurora)


def test_it_is_loaded_onto_a_member_with_its_dates(aurora):
    card = sell(aurora, 2_500, "2026-01-05")
    hand(aurora, card, "Ann", 2_000)
    assert (left(card), aurora.amounts("Ann", "2026-01-07", "credit").available) == (500, 2_000)
    (lot,) = aurora.lots("Ann", "2026-01-07")
    assert lot.expires_at == shop.moment("2029-01-05T22:00")
    with pytest.raises(Refusal, match="insufficient_points"):
        hand(aurora, card, "Ben", 501)
    with pytest.raises(Refusal, match="member_unknown"):
        hand(aurora, card, "Zoe", 1)
    taken(aurora.burn("Ann", 700, "2026-01-08", unit="credit"))
    proved(aurora)


def test_a_code_is_found_however_it_is_typed(aurora):
    card = sell(aurora, 2_500)
    assert cards.find(aurora.programme_id, f" {card.code[:4]}-{card.code[4:].lower()}") == card
    other = "3" if card.code.endswith("2") else "2"
    for typed in ("", "SUMMER10", card.code[:-1] + other, card.code[::-1]):
        with pytest.raises(Refusal, match="gift_card_unknown"):
            cards.find(aurora.programme_id, typed)


def test_a_card_is_nobodys_member(database):
    aurora = shop.Shop(gifts.PARTS | {"households": {}})
    aurora.enrol("Ann", "Ben")
    card = sell(aurora, 2_500)
    member, now = Member(id=ids.show("member", card.account_id)), shop.moment("2026-01-06")
    unknown = "member_unknown"
    assert str(aurora.tell(aurora.purchase("Ann", member=member))[0]).startswith(unknown)
    assert str(aurora.burn("Ann", 1, "2026-01-06", unit="credit")).startswith("insufficient")
    for verb in (
        lambda: members.get(store.current(), aurora.programme_id, card.account_id),
        lambda: merge.merge(
            programme_id=aurora.programme_id, into=aurora.ids["Ann"], goes=member, actor="Emil", now=now
        ),
        lambda: merge.merge(
            programme_id=aurora.programme_id, into=card.account_id, goes=Member(external_id="Ann"), actor="Emil",
            now=now,
        ),
        lambda: households.found(households.Asked(aurora.programme_id, "Emil", now), owner=member),
        lambda: enrolment.change(
            programme_id=aurora.programme_id, member_id=card.account_id, etag=None, wanted=enrolment.MemberChange(),
            now=now,
        ),
        lambda: hand(aurora, card, "Ann", 1) and cards.transfer(
            programme_id=aurora.programme_id, card=card, to=Member(id=ids.show("member", sell(aurora, 500).account_id)),
            deed=gifts.deed(1), now=now,
        ),
    ):  # fmt: skip
        with pytest.raises(Refusal, match=unknown):
            verb()
    listed = members.page(store.current(), aurora.programme_id, after=ids.NIL, most=10)
    assert {row.id for row in listed} == {aurora.ids["Ann"], aurora.ids["Ben"]}
    assert members.count(store.current(), aurora.programme_id) == 2
    found, _ = ledger.balances_of(store.current(), aurora.programme_id, [card.account_id], now)
    assert found == {}
