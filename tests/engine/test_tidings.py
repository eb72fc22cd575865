"""News of a member: gifts, invitations and claims, on the first page until they were seen, and by letter."""

from datetime import timedelta

import pytest

from guerdon.core import limits
from guerdon.core.activities import Member
from guerdon.core.errors import Refusal
from guerdon.core.members import Person
from guerdon.engine import households, letters, tidings, transfers, wishes
from guerdon.engine.households import Asked
from guerdon.features.households import queries as households_read
from guerdon.features.transfers import queries as transfers_read
from guerdon.kit import clock, ids, outbox, store
from guerdon.kit.worker import Worker
from tests import claims, explained, gifts
from tests import mail as postbox
from tests.shop import POINTS, Shop, moment

pytestmark = pytest.mark.usefixtures("pristine_database")
TODAY = clock.now().replace(microsecond=0)


def cafe_of(*names, **giving):
    units = {"points": POINTS | {"transfers": giving}}
    cafe = Shop({"units": units, "households": {}})
    for name in names:
        cafe.enrol(name, person=Person(name=name.title(), email=f"{name.lower()}@aurora.example", language="tr"))
    cafe.adjust("Ann", 500, at=f"{TODAY - timedelta(days=40):%Y-%m-%d}")
    return cafe


def give(cafe, points=100, to="Ben", at=TODAY):
    wanted = transfers.NewTransfer(
        Member(external_id="Ann"), Member(external_id=to), "points", points, "app", f"gift-{ids.new()}"
    )
    (result,) = transfers.send_many(programme_id=cafe.programme_id, wanted=[wanted], now=at)
    assert not isinstance(result, Refusal), result
    return result


def invite(cafe, who="Ben", at=TODAY):
    asked = Asked(cafe.programme_id, "member", at)
    home = households.found(asked, owner=Member(external_id="Ann")).household.id
    return households.invite(
        asked, household_id=home, by=Member(external_id="Ann"), member=Member(external_id=who), role="adult"
    )


def news(cafe, name="Ben", at=TODAY):
    found = tidings.of_member(store.current(), cafe.programme_id, cafe.ids[name], now=at)
    return [(one.deed, one.points) for one in found.news], {one.name for one in found.news}


def see(cafe, names, name="Ben", at=TODAY):
    tidings.see(programme_id=cafe.programme_id, member_id=cafe.ids[name], names=names, now=at)


def work():
    working = Worker(plan=lambda _: None)
    while working.turn():
        pass


def test_a_gift_is_news_to_who_got_it_until_it_was_seen():
    cafe = cafe_of("Ann", "Ben")
    give(cafe, 100)
    told, shown = news(cafe)
    assert told == [("gift", 100)] and news(cafe, "Ann")[0] == []
    earlier = TODAY - timedelta(seconds=5)
    give(cafe, 50, at=earlier)  # it was made before what the page shows, and was there only after it
    see(cafe, shown)
    told, rest = news(cafe)
    assert told == [("gift", 50)]
    see(cafe, rest)
    see(cafe, shown)  # an older window: what was seen stays seen
    assert news(cafe)[0] == []


def test_nothing_but_news_is_kept_as_seen_and_that_no_longer_than_it_would_be_news():
    cafe = cafe_of("Ann", "Ben")
    give(cafe, 100)
    see(cafe, {*news(cafe)[1], "gift:of-nobody"})
    assert cafe.count("letters_seen") == 1
    give(cafe, 50, at=TODAY + timedelta(days=31))
    see(cafe, news(cafe, at=TODAY + timedelta(days=31))[1], at=TODAY + timedelta(days=31))
    assert cafe.count("letters_seen") == 1


def test_what_is_not_shown_is_not_seen_and_is_counted():
    cafe = cafe_of("Ann", "Ben")
    for number in range(limits.NEWS_SHOWN_MAX + 2):
        give(cafe, number + 1, at=TODAY + timedelta(seconds=number))
    at = TODAY + timedelta(minutes=1)
    found = tidings.of_member(store.current(), cafe.programme_id, cafe.ids["Ben"], now=at)
    assert (found.news[0].points, len(found.news), found.more) == (12, 10, 2)  # the latest first
    see(cafe, news(cafe, at=at)[1], at=at)
    assert news(cafe, at=at)[0] == [("gift", 2), ("gift", 1)]


def test_what_was_given_lately_is_found_by_when_and_what_is_open_by_whom():
    plan = explained.plan(transfers_read._RECEIVED, accounts=[ids.NIL], since=1, most=10)
    assert "transfers_transfer_received" in plan, plan
    plan = explained.plan(households_read._WAITING, persons=[ids.NIL], now=1, most=10)
    # What PostgreSQL chooses where nobody is invited tells nothing.
    assert "households_invitation_waiting" in plan or store.current().postgresql, plan


def test_news_grow_old():
    cafe = cafe_of("Ann", "Ben")
    give(cafe, 100)
    assert news(cafe, at=TODAY + timedelta(days=29))[0] == [("gift", 100)]
    assert news(cafe, at=TODAY + timedelta(days=30))[0] == []


def test_an_offer_is_news_while_it_waits():
    cafe = cafe_of("Ann", "Ben", acceptance="needed", offer_days=3)
    offer = give(cafe, 70)
    assert news(cafe)[0] == [("offer", 70)]
    assert news(cafe, at=TODAY + timedelta(days=5))[0] == []
    transfers.settle(programme_id=cafe.programme_id, transfer_id=offer.activity_id, deed="accept", now=TODAY)
    assert news(cafe)[0] == []  # the member has just done it


def test_an_invitation_is_news_while_it_is_open():
    cafe = cafe_of("Ann", "Ben")
    made = invite(cafe)
    assert [deed for deed, _ in news(cafe)[0]] == ["invited"]
    asked = Asked(cafe.programme_id, "member", TODAY)
    households.answer(asked, household_id=made.household.id, invitation_id=made.invitation.id, deed="decline")
    assert news(cafe)[0] == []


def test_whoever_shares_a_household_sees_what_was_given_to_it():
    cafe = cafe_of("Ann", "Ben", "Cleo")
    give(cafe, 40, to="Cleo")
    asked = Asked(cafe.programme_id, "member", TODAY)
    households.found(asked, owner=Member(external_id="Ben"))
    give(cafe, 30, at=TODAY + timedelta(seconds=1))
    assert news(cafe, at=TODAY + timedelta(seconds=2))[0] == [("gift", 30)]


@pytest.mark.parametrize("deed", ["granted", "refused", "closed"])
def test_a_settled_claim_is_news(deed):
    cafe = Shop()
    cafe.enrol("Ann")
    at = moment("2026-02-01")
    id = claims.claim(cafe)
    assert news(cafe, "Ann", at)[0] == []
    if deed == "granted":
        claims.by_purchase(cafe, id)
    else:
        claims.end(cafe, id, "refuse" if deed == "refused" else "close", "it was another shop")
    assert [one for one, _ in news(cafe, "Ann", at)[0]] == [deed]


def test_a_question_about_a_claim_is_news_until_it_is_answered():
    cafe = Shop()
    cafe.enrol("Ann")
    id = claims.claim(cafe)
    claims.say(cafe, id, "ask", "Which till was it?", at="2026-01-06")
    assert [one for one, _ in news(cafe, "Ann", moment("2026-01-07"))[0]] == ["asked"]
    claims.say(cafe, id, "note", "she will know", at="2026-01-07")
    assert [one for one, _ in news(cafe, "Ann", moment("2026-01-08"))[0]] == ["asked"]
    claims.say(cafe, id, "reply", "the left one", at="2026-01-08")
    assert news(cafe, "Ann", moment("2026-01-09"))[0] == []


@pytest.fixture
def server():
    with postbox.server() as box:
        yield box


def test_what_others_do_is_told_by_letter_once_and_leads_there(server):
    cafe = cafe_of("Ann", "Ben", "Cleo")
    give(cafe, 100)
    invite(cafe, "Cleo")
    work()
    assert sorted(server.recipients) == ["ben@aurora.example", "cleo@aurora.example"]
    told = {to: postbox.text(one) for to, one in zip(server.recipients, server.messages, strict=True)}
    assert "100 points" in told["ben@aurora.example"] and f"/my/{cafe.key}/activity" in told["ben@aurora.example"]
    assert f"/my/{cafe.key}/household" in told["cleo@aurora.example"]
    assert all(one["List-Unsubscribe"] and "Hello" not in postbox.text(one) for one in server.messages)
    assert postbox.states(cafe.programme_id) == [("news", "sent", None, False)] * 2
    work()
    assert len(server.messages) == 2


def test_who_does_without_gets_none(server):
    cafe = cafe_of("Ann", "Ben")
    wishes.turn(
        programme_id=cafe.programme_id, member_id=cafe.ids["Ben"], kind="news", on=False, actor="member", now=TODAY
    )
    give(cafe, 100)
    work()
    assert server.messages == [] and news(cafe)[0] == [("gift", 100)]


def test_a_claim_is_told_by_the_steps_that_asked_and_settled_it():
    cafe = Shop()
    cafe.enrol("Ann", person=Person(name="Ann", email="ann@aurora.example"))
    id = claims.claim(cafe)
    claims.say(cafe, id, "ask", "Which till was it?", at="2026-01-06")
    claims.by_purchase(cafe, id)
    claims.say(cafe, id, "note", "It was the second till", at="2026-01-08")
    at_hand, at = store.current(), moment("2026-01-10")
    rows = at_hand.fetch(
        store.Statement(
            "SELECT id, programme_id, topic, account_id, subject_id, seq, created_at FROM kit_outgoing"
            " WHERE programme_id = :programme ORDER BY id"
        ),
        programme=cafe.programme_id,
    )
    heard = [outbox.News(*cells, clock.instant(when)) for *cells, when in rows]
    assert [one.content.deed for one in letters.told(at_hand, cafe.programme_id, heard, now=at)] == ["asked", "granted"]


def test_who_loads_the_own_card_is_given_nothing_by_anybody():
    cafe = gifts.cafe()
    gifts.hand(cafe, gifts.sell(cafe, 1_000), "Ben", 400)
    assert news(cafe, at=moment("2026-01-07"))[0] == []
    found = transfers_read.received(store.current(), [cafe.ids["Ben"]], since=moment("2026-01-01"), most=1)
    assert found == []  # so that it takes the place of no gift
    topics = store.current().fetch(
        store.Statement("SELECT topic FROM kit_outgoing WHERE programme_id = :programme"), programme=cafe.programme_id
    )
    assert ("transfer.received",) not in topics
