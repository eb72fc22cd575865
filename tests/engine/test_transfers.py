"""Points pass between members: what moves, what it costs, what bounds it, and what becomes of offers (LAW 6.1)."""

from datetime import timedelta
from typing import Any

import pytest

from guerdon.core.activities import Member
from guerdon.engine import donate, transfers
from guerdon.engine.transfers import Deed, NewTransfer
from guerdon.features.transfers import queries
from guerdon.insight import verify
from guerdon.kit import ids, store
from tests import shop
from tests.engine.pairs import merged
from tests.shop import POINTS, Shop


def cafe(**policy: Any) -> Shop:
    """Ann has 40 points until 5 January 2027; points may pass on as the policy says."""
    found = Shop({"units": {"points": POINTS | {"transfers": policy}}, "causes": {"trees": {"name": {"en": "Trees"}}}})
    found.enrol("Ann", "Ben", "Cleo")
    found.buy("Ann", 4000, external_id="ann-1")
    return found


def send(at: Shop, who: str, to: str, points: int, day: str = "2026-01-06", **more: Any) -> Any:
    """Ann sends Ben points."""
    dry_run = more.pop("dry_run", False)
    more = {"unit": "points", "source": "app", "external_id": f"send-{next(at._numbers)}"} | more
    wanted = NewTransfer(member=Member(external_id=who), to=Member(external_id=to), points=points, **more)
    return transfers.send_many(programme_id=at.programme_id, wanted=[wanted], now=shop.moment(day), dry_run=dry_run)[0]


def settle(at: Shop, offer: Any, deed: Deed, day: str = "2026-01-07") -> Any:
    """Ben accepts, declines, or Ann withdraws."""
    return transfers.settle(
        programme_id=at.programme_id, transfer_id=offer.activity_id, deed=deed, now=shop.moment(day)
    )


def give(at: Shop, who: str, points: int, day: str = "2026-01-06", **more: Any) -> Any:
    """Ann gives points to the trees."""
    more = {"cause": "trees", "unit": "points", "source": "app", "external_id": f"gift-{next(at._numbers)}"} | more
    donation = donate.Donation(member=Member(external_id=who), points=points, **more)
    return donate.donate_many(programme_id=at.programme_id, donations=[donation], now=shop.moment(day))[0]


def available(at: Shop, *names: str, day: str = "2026-01-08") -> list[int]:
    return [at.amounts(name, day).available for name in names]


def state(at: Shop, offer: Any, day: str) -> str:
    return queries.one(store.current(), at.programme_id, offer.activity_id).as_of(shop.moment(day))


def whole(at: Shop) -> None:
    """Everything adds up, to the eye of the shop and to the proof."""
    assert at.audit() == []
    report = verify.run(at.programme_id, at=shop.FAR, deep=True)
    assert report.ok, report.broken


def test_points_keep_who_earned_them_and_their_dates(database):
    at = cafe()
    outcome = shop.taken(send(at, "Ann", "Ben", 15, "2026-03-01"))
    assert [(one.unit, one.points, one.fee) for one in outcome.decision.sent] == [("points", 15, 0)]
    assert available(at, "Ann", "Ben", day="2026-03-02") == [25, 15]
    (own,), (given,) = at.lots("Ann"), at.lots("Ben")
    assert (given.origin, given.earned_at, given.available_at, given.expires_at, given.funder) == (
        own.origin, own.earned_at, own.available_at, own.expires_at, own.funder,
    )  # fmt: skip
    assert [(line.kind, line.points) for line in at.statement("Ann")] == [("earn", 40), ("transfer_out", -15)]
    assert [(line.kind, line.points) for line in at.statement("Ben")] == [("transfer_in", 15)]
    whole(at)


@pytest.mark.parametrize(
    ("fee", "paid"),
    [
        ({"points": 3}, 3), ({"percent": 5}, 1), ({"percent": "12.5", "rounding": "up"}, 3),
        ({"percent": "12.5", "rounding": "down"}, 2), ({"points": 2, "percent": 10}, 4),
    ],
)  # fmt: skip
def test_a_fee_is_paid_on_top_by_the_sender(database, fee, paid):
    at = cafe(fee=fee)
    shop.taken(send(at, "Ann", "Ben", 20))
    assert available(at, "Ann", "Ben") == [20 - paid, 20]
    assert [line.kind for line in at.statement("Ann")] == ["earn", "transfer_out", "fee"]
    refused = send(at, "Ann", "Ben", 20 - paid)
    assert shop.code(refused) == "insufficient_points" and refused.facts["asked"] > refused.facts["available"]
    whole(at)


def test_what_cannot_be_sent(database):
    at = cafe(minimum=10)
    codes = [
        shop.code(send(at, "Ann", "Ann", 20)), shop.code(send(at, "Ann", "Ben", 9)),
        shop.code(send(at, "Ann", "Ben", 41)), shop.code(send(at, "Ann", "Zoe", 20)),
        shop.code(send(at, "Ann", "Ben", 20, unit="stars")), shop.code(send(at, "Ann", "Ben", -20)),
    ]  # fmt: skip
    assert codes == [
        "transfer_to_self", "transfer_too_small", "insufficient_points", "member_unknown", "unit_unknown",
        "points_invalid",
    ]  # fmt: skip
    closed = Shop()
    closed.enrol("Ann", "Ben")
    closed.buy("Ann", 4000)
    assert shop.code(send(closed, "Ann", "Ben", 1)) == "transfers_off"
    assert available(at, "Ann", "Ben") == [40, 0]
    whole(at)


def test_limits_by_day_and_by_pair(database):
    at = cafe(caps={"day": 20}, per_pair={"month": 15})
    shop.taken(send(at, "Ann", "Ben", 12))
    pair = send(at, "Ann", "Ben", 4)
    assert (shop.code(pair), pair.facts["left"]) == ("transfer_pair_limit", 3)
    day = send(at, "Ann", "Cleo", 9)
    assert (shop.code(day), day.facts["left"]) == ("transfer_limit", 8)
    shop.taken(send(at, "Ann", "Cleo", 8))
    # A day is the programme's: 22:30 UTC is half past midnight in Sofia, and the month is still January.
    assert shop.code(send(at, "Ann", "Cleo", 1, "2026-01-06T21:30")) == "transfer_limit"
    shop.taken(send(at, "Ann", "Cleo", 1, "2026-01-06T22:30"))
    assert shop.code(send(at, "Ann", "Ben", 4, "2026-01-31")) == "transfer_pair_limit"
    shop.taken(send(at, "Ann", "Ben", 4, "2026-02-01"))
    shop.taken(send(at, "Ben", "Ann", 15, "2026-02-01"))  # the other way is another pair
    whole(at)


def test_told_again_it_moves_once(database):
    at = cafe(per_pair={"month": 15})
    first = shop.taken(send(at, "Ann", "Ben", 15, external_id="s1"))
    again = shop.taken(send(at, "Ann", "Ben", 15, "2026-01-09", external_id="s1"))
    assert (again.replayed, again.activity_id, again.differs) == (True, first.activity_id, ("/occurred_at",))
    other = shop.taken(send(at, "Ann", "Cleo", 14, external_id="s1"))
    assert set(other.differs) == {"/facts/points", "/facts/to"}
    assert available(at, "Ann", "Ben", "Cleo") == [25, 15, 0]
    whole(at)


def test_told_again_after_a_merge_it_is_the_same(database):
    at = cafe()
    shop.taken(send(at, "Ann", "Ben", 15, external_id="s1"))
    merged(at, "Cleo", "Ben", "2026-01-07")
    for receiver in ("Ben", "Cleo"):
        again = shop.taken(send(at, "Ann", receiver, 15, external_id="s1"))
        assert again.replayed and again.differs == ()
    assert shop.taken(send(at, "Ann", "Ann", 15, external_id="s1")).differs == ("/facts/to",)


def test_a_rehearsal_moves_nothing(database):
    at = cafe()
    assert shop.taken(send(at, "Ann", "Ben", 15, dry_run=True)).decision.sent[0].points == 15
    assert available(at, "Ann", "Ben") == [40, 0] and at.count("transfers_transfer") == 0


def test_received_points_repay_a_debt_first(database):
    at = cafe()
    at.buy("Ben", 3000, external_id="ben-1")
    shop.taken(at.burn("Ben", 25, "2026-01-05"))
    at.tell(at.giving_back("Ben", "ben-1", "2026-01-05"))
    assert at.amounts("Ben", "2026-01-06").debt == 25
    shop.taken(send(at, "Ann", "Ben", 30))
    found = at.amounts("Ben", "2026-01-07")
    assert (found.available, found.debt) == (5, 0)
    whole(at)


def test_a_blocked_member_neither_sends_nor_receives(database):
    at = cafe(acceptance="needed")
    offer = shop.taken(send(at, "Ann", "Ben", 10))
    block(at, "Ben")
    assert shop.code(send(at, "Ann", "Ben", 5)) == "member_not_active"
    assert shop.code(send(at, "Ben", "Ann", 5)) == "member_not_active"
    assert shop.code(settle(at, offer, "accept")) == "member_not_active"
    shop.taken(settle(at, offer, "withdraw"))
    whole(at)


def block(at: Shop, name: str) -> None:
    at_hand = store.current()
    with at_hand.transaction():
        statement = store.Statement("UPDATE members_member SET status = 'blocked' WHERE id = :id")
        at_hand.fetch(statement, id=at.account(name))


# --- offers ---


def test_an_offer_moves_points_when_it_is_accepted(database):
    at = cafe(acceptance="needed", fee={"points": 1}, per_pair={"month": 20})
    offer = shop.taken(send(at, "Ann", "Ben", 20))
    assert (available(at, "Ann", "Ben"), state(at, offer, "2026-01-07")) == ([40, 0], "offered")
    accepted = shop.taken(settle(at, offer, "accept"))
    assert (available(at, "Ann", "Ben"), state(at, offer, "2026-01-07")) == ([19, 20], "accepted")
    again = shop.taken(settle(at, offer, "accept", "2026-01-09"))
    assert again.replayed and again.activity_id == accepted.activity_id
    late = settle(at, offer, "withdraw", "2026-01-09")
    assert (shop.code(late), late.facts) == ("transfer_settled", {"state": "accepted"})
    assert shop.code(send(at, "Ann", "Ben", 1)) == "transfer_pair_limit"
    whole(at)


@pytest.mark.parametrize(("deed", "becomes"), [("decline", "declined"), ("withdraw", "withdrawn")])
def test_an_offer_that_is_put_away_moves_nothing(database, deed, becomes):
    at = cafe(acceptance="needed", caps={"day": 40})
    offer = shop.taken(send(at, "Ann", "Ben", 40))
    shop.taken(settle(at, offer, deed))
    assert state(at, offer, "2026-01-07") == becomes
    assert shop.code(settle(at, offer, "accept")) == "transfer_settled"
    assert available(at, "Ann", "Ben") == [40, 0]
    shop.taken(settle(at, shop.taken(send(at, "Ann", "Cleo", 40)), "accept", "2026-01-06"))
    whole(at)


@pytest.mark.parametrize(("into", "goes"), [("Cleo", "Ben"), ("Cleo", "Ann"), ("Ann", "Ben"), ("Ben", "Ann")])
@pytest.mark.parametrize(("deed", "becomes"), [("decline", "declined"), ("withdraw", "withdrawn")])
def test_an_offer_of_merged_members_is_put_away_and_moves_nothing(database, into, goes, deed, becomes):
    at = cafe(acceptance="needed")
    offer = send(at, "Ann", "Ben", 10)
    merged(at, into, goes, "2026-01-06T13:00")
    before = available(at, "Ann", "Ben", "Cleo")
    refusal = settle(at, offer, "accept")
    assert refusal.code == "member_merged"
    assert refusal.facts == {"member": ids.show("member", at.ids[goes]), "into": ids.show("member", at.account(into))}
    shop.taken(settle(at, offer, deed))
    assert state(at, offer, "2026-01-08") == becomes and available(at, "Ann", "Ben", "Cleo") == before
    whole(at)


def test_an_offer_lapses_by_itself(database):
    at = cafe(acceptance="needed", offer_days=2)
    offer = shop.taken(send(at, "Ann", "Ben", 10))
    # Offered on the 6th, good through the 8th, to the last moment of it in Sofia.
    assert state(at, offer, "2026-01-08T21:59") == "offered"
    assert state(at, offer, "2026-01-08T22:00") == "lapsed"
    assert shop.code(settle(at, offer, "accept", "2026-01-08T22:00")) == "offer_lapsed"
    assert shop.code(settle(at, offer, "withdraw", "2026-01-09")) == "offer_lapsed"
    whole(at)


def test_an_offer_reserves_nothing(database):
    at = cafe(acceptance="needed")
    offer = shop.taken(send(at, "Ann", "Ben", 30))
    shop.taken(at.burn("Ann", 20, "2026-01-07"))
    assert shop.code(settle(at, offer, "accept")) == "insufficient_points"
    at.buy("Ann", 1000, "2026-01-08")
    shop.taken(settle(at, offer, "accept", "2026-01-08"))
    assert available(at, "Ann", "Ben", day="2026-01-09") == [0, 30]
    whole(at)


def test_both_sides_list_it(database):
    at = cafe()
    sent = [shop.taken(send(at, "Ann", "Ben", points)) for points in (5, 6, 7)]
    at_hand = store.current()
    for name in ("Ann", "Ben"):
        found = queries.of_member(at_hand, at.account(name), after=ids.NIL, most=2)
        assert [one.id for one in found] == [one.activity_id for one in sent[:2]]
        rest = queries.of_member(at_hand, at.account(name), after=found[-1].id, most=2)
        assert [(one.sender, one.receiver, one.points) for one in rest] == [(at.account("Ann"), at.account("Ben"), 7)]


# --- sliding units ---


def test_neither_sending_nor_receiving_moves_a_sliding_end(database):
    at = Shop({"units": {"points": {"expires": {"sliding": {"months": 6}}, "transfers": {}}}})
    at.enrol("Ann", "Ben")
    at.buy("Ann", 4000, "2026-01-05")
    at.buy("Ben", 1000, "2026-02-05")
    before = {name: at.lots(name)[0].expires_at for name in ("Ann", "Ben")}
    shop.taken(send(at, "Ann", "Ben", 10, "2026-03-05"))
    shop.taken(send(at, "Ben", "Ann", 5, "2026-03-06"))
    assert {lot.expires_at for lot in at.lots("Ann")} == {before["Ann"]}
    assert sorted(lot.expires_at or shop.FAR for lot in at.lots("Ben")) == [before["Ann"], before["Ben"]]
    at.buy("Ben", 100, "2026-04-01")  # Ben earns: all that is his slides, what he was given, too
    assert len({lot.expires_at for lot in at.lots("Ben")}) == 1
    shop.taken(send(at, "Ben", "Ann", 2, "2026-04-02"))
    whole(at)


# --- returns of what was given away ---


def test_a_return_takes_what_came_back_before_anything_else(database):
    at = cafe()
    shop.taken(send(at, "Ann", "Ben", 40))
    shop.taken(send(at, "Ben", "Ann", 30))
    at.buy("Ann", 500)
    (taken,) = shop.taken(at.tell(at.giving_back("Ann", "ann-1", "2026-01-09"))[0]).decision.taken
    assert (taken.origin, taken.other, taken.debt) == (30, 5, 5)
    assert available(at, "Ben", day="2026-01-09") == [10]
    whole(at)


@pytest.mark.parametrize("night", [False, True])
def test_what_came_back_and_expired_counts_as_taken_whether_or_not_the_night_has_run(database, night):
    at = cafe()
    shop.taken(send(at, "Ann", "Ben", 40))
    shop.taken(send(at, "Ben", "Ann", 30))
    at.buy("Ann", 2000, "2027-01-10")
    if night:
        at.night("2027-01-20T03:00")
    (taken,) = shop.taken(at.tell(at.giving_back("Ann", "ann-1", "2027-01-21"))[0]).decision.taken
    assert (taken.lapsed, taken.origin, taken.other, taken.debt) == (30, 0, 10, 0)
    whole(at)


# --- donations ---


def test_a_donation_goes_to_its_cause(database):
    at = cafe()
    shop.taken(give(at, "Ann", 10))
    shop.taken(give(at, "Ann", 5, "2026-01-07", external_id="g"))
    assert shop.taken(give(at, "Ann", 5, "2026-01-08", external_id="g")).replayed
    assert available(at, "Ann") == [25]
    assert [(one.cause, one.points, one.donations) for one in queries.causes(store.current(), at.programme_id)] == [
        ("trees", 15, 2)
    ]
    assert shop.code(give(at, "Ann", 26)) == "insufficient_points"
    assert shop.code(give(at, "Ann", 1, cause="bees")) == "cause_unknown"
    assert [(line.kind, line.points) for line in at.statement("Ann")][1:] == [("donate", -10), ("donate", -5)]
    whole(at)


def test_many_gifts_at_once_are_one_total(database):
    at = cafe()
    gifts = [
        donate.Donation(member=Member(external_id="Ann"), cause="trees", unit="points", points=n, source="app",
                        external_id=f"g{n}")
        for n in (1, 2, 3)
    ]  # fmt: skip
    donate.donate_many(programme_id=at.programme_id, donations=gifts, now=shop.moment("2026-01-06") + timedelta(1))
    (total,) = queries.causes(store.current(), at.programme_id)
    assert (total.points, total.donations) == (6, 3)
    whole(at)
