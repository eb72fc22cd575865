"""News become letters: to who has an address and wants them, of what is new, each thing once."""

from datetime import timedelta
from typing import Any

import pytest

from guerdon.core.letters import Climbed, Expiring, Redeemed
from guerdon.core.members import Person
from guerdon.engine import enrolment, letters, night, wishes
from guerdon.features.letters import queries
from guerdon.features.redemptions import queries as redemptions
from guerdon.kit import clock, ids, outbox, store
from guerdon.kit.outbox import News
from guerdon.kit.worker import Worker
from tests import mail as postbox
from tests import shop
from tests.engine import catalogue, family, pairs
from tests.engine.test_tiers import ladder
from tests.shop import POINTS, Shop, moment

pytestmark = pytest.mark.usefixtures("pristine_database")
UNIT: dict[str, Any] = POINTS | {"expires": {"rolling": {"days": 90}}, "worth": {"points": 10, "money": "0.50"}}
COFFEE = shop.named("coffee", {**catalogue.COFFEE})
TODAY = clock.now().replace(microsecond=0)
SOON = TODAY.isoformat()


@pytest.fixture
def server():
    with postbox.server() as box:
        yield box


def cafe_of(*names: str, sandbox: bool = False) -> Shop:
    parts = {"units": {"points": UNIT}, "tiers": ladder(window="lifetime"), "rewards": {"coffee": COFFEE}}
    cafe = Shop(parts, sandbox=sandbox)
    for name in names:
        cafe.enrol(name, person=Person(name=name.title(), email=f"{name}@aurora.example", language="tr"))
    return cafe


def work() -> None:
    working = Worker(plan=lambda _: None)
    while working.turn():
        pass


def opened(cafe: Shop) -> list[Any]:
    """What the letters that wait tell, in the order they were made."""
    waiting = queries.listed(store.current(), "waiting", after=ids.NIL, most=100)
    return [one.opened().content for one in waiting if one.programme_id == cafe.programme_id]


def heard(cafe: Shop, now: Any = TODAY) -> int:
    """Put letters into the queue for all news of the programme, which stay; answers how many are new."""
    rows = store.current().fetch(
        store.Statement(
            "SELECT id, programme_id, topic, account_id, subject_id, seq, created_at FROM kit_outgoing"
            " WHERE programme_id = :programme ORDER BY id"
        ),
        programme=cafe.programme_id,
    )
    news = [News(*cells, clock.instant(at)) for *cells, at in rows]

    def write(at_hand: store.Store) -> int:
        found = letters.told(at_hand, cafe.programme_id, news, now=now)
        return letters.write(at_hand, cafe.programme_id, found, now=now)

    return store.committed(write)


def test_what_a_member_does_is_told_by_letter_once(server):
    cafe = cafe_of("ann")
    cafe.buy("ann", 15_000, SOON)
    got = catalogue.redeem(cafe, "coffee", at=SOON)
    work()
    assert postbox.states(cafe.programme_id) == [("redemption", "sent", None, False), ("tier", "sent", None, False)]
    reward, tier = server.messages
    assert "Silver" in tier["Subject"] and "coffee" in reward["Subject"]
    code = catalogue.has(cafe, got).code
    assert f"{code[:4]}-{code[4:8]}-{code[8:]}" in postbox.text(reward)
    assert server.recipients == ["ann@aurora.example"] * 2
    assert tier["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click" and reward["List-Unsubscribe"] is None
    assert tier["List-Unsubscribe"].strip().startswith(f"<{postbox.URL}/letters/stop/")


def test_the_letter_of_a_draw_names_the_prize_and_has_its_code():
    """The code of the draw opens nothing: it is the prize that somebody hands over."""
    box = shop.named("box", {**catalogue.BOX, "prizes": {"coffee": 1}})
    cafe = Shop({"units": {"points": UNIT}, "rewards": {"coffee": COFFEE, "box": box}})
    cafe.enrol("ann", person=Person(name="Ann", email="ann@aurora.example"))
    cafe.buy("ann", 1_000, SOON)
    drawn = shop.taken(catalogue.redeem(cafe, "box", at=SOON)).decision.drawn
    assert drawn is not None and heard(cafe) == 1
    (told,) = opened(cafe)
    prize = redemptions.one(store.current(), cafe.programme_id, drawn.redemption)
    assert (told.reward, told.prize, told.code, told.until) == ("box", "coffee", prize.code, prize.until)


def test_news_that_are_heard_twice_write_once():
    cafe = cafe_of("ann")
    cafe.buy("ann", 35_000, SOON)
    catalogue.redeem(cafe, "coffee", at=SOON)
    assert heard(cafe) == 2
    assert heard(cafe) == 0
    reward, tier = opened(cafe)
    assert isinstance(tier, Climbed) and (tier.before, tier.level, tier.rose) == (None, "gold", True)
    assert isinstance(reward, Redeemed) and reward.points == {"points": 80}


def test_points_that_end_are_told_with_their_worth():
    cafe = cafe_of("ann")
    cafe.buy("ann", 4_000, "2026-01-05")
    night.run(programme_id=cafe.programme_id, as_of=moment("2026-02-04T01:00"))
    assert heard(cafe, moment("2026-02-04T02:00")) == 1
    (one,) = opened(cafe)
    assert one == Expiring("points", 40, 200, moment("2026-04-05T21:00"))


def test_what_happened_long_ago_is_not_told():
    """An import of years is silent, and so is a worker that was away for long."""
    cafe = cafe_of("ann")
    cafe.buy("ann", 35_000, (TODAY - timedelta(days=8)).isoformat())
    catalogue.redeem(cafe, "coffee", at=(TODAY - timedelta(days=8)).isoformat())
    assert heard(cafe) == 0
    assert heard(cafe, TODAY - timedelta(days=2)) == 2  # the control


def test_who_has_no_address_or_is_in_a_sandbox_gets_none(server):
    cafe = cafe_of()
    cafe.enrol("ann")
    cafe.buy("ann", 15_000, SOON)
    sandbox = cafe_of("ben", sandbox=True)
    sandbox.buy("ben", 15_000, SOON)
    work()
    assert server.messages == [] and postbox.states(cafe.programme_id) == postbox.states(sandbox.programme_id) == []
    assert outbox.waiting(store.current()) == 0


def test_who_does_not_want_a_kind_gets_the_others(server):
    cafe = cafe_of("ann")
    wishes.turn(programme_id=cafe.programme_id, member_id=cafe.account("ann"), kind="tier", on=False, actor="member",
                now=TODAY)  # fmt: skip
    cafe.buy("ann", 15_000, SOON)
    catalogue.redeem(cafe, "coffee", at=SOON)
    work()
    assert [kind for kind, *_ in postbox.states(cafe.programme_id)] == ["redemption"]


def test_what_is_stopped_while_it_waits_is_not_sent(server):
    cafe = cafe_of("ann")
    cafe.buy("ann", 15_000, SOON)
    assert heard(cafe) == 1
    wishes.choose(programme_id=cafe.programme_id, member_id=cafe.account("ann"), kinds=["statement"], actor="app",
                  now=TODAY)  # fmt: skip
    work()
    assert postbox.states(cafe.programme_id) == [("tier", "dropped", "stopped", False)]
    assert server.messages == []


def test_whoever_was_merged_stopped_it_for_both_until_it_is_wanted_again():
    cafe = cafe_of("ann", "ben")
    ann, ben = cafe.account("ann"), cafe.account("ben")
    wishes.turn(programme_id=cafe.programme_id, member_id=ben, kind="tier", on=False, actor="member", now=TODAY)
    pairs.merged(cafe, "ann", "ben", TODAY.isoformat())
    cafe.buy("ann", 15_000, SOON)
    assert heard(cafe) == 0
    wishes.turn(programme_id=cafe.programme_id, member_id=ann, kind="tier", on=True, actor="member", now=TODAY)
    assert wishes.wanted(store.current(), cafe.programme_id, ben) == (ann, {})
    assert heard(cafe) == 1


def test_a_merged_member_is_written_to_where_the_other_has_the_address(server):
    cafe = cafe_of("ben")
    cafe.enrol("ann")
    pairs.merged(cafe, "ann", "ben", TODAY.isoformat())
    cafe.buy("ann", 15_000, SOON)
    work()
    assert server.recipients == ["ben@aurora.example"]


def test_a_level_that_is_kept_or_undone_is_told_as_it_is():
    cafe = cafe_of("ann")
    cafe.buy("ann", 15_000, SOON, external_id="o-1")
    assert heard(cafe) == 1
    cafe.buy("ann", 100, SOON)  # nothing changes
    assert heard(cafe) == 0


def test_a_member_that_is_closed_gets_nothing(server):
    cafe = cafe_of("ann")
    cafe.buy("ann", 15_000, SOON)
    assert heard(cafe) == 1
    wanted = enrolment.MemberChange(status="closed")
    enrolment.change(programme_id=cafe.programme_id, member_id=cafe.account("ann"), etag=None, wanted=wanted, now=TODAY)
    work()
    assert postbox.states(cafe.programme_id) == [("tier", "dropped", "no_address", False)]


def test_grown_ups_of_a_household_are_told_of_its_points_and_who_redeemed_of_the_reward():
    cafe = Shop({"units": {"points": UNIT}, "households": {}, "rewards": {"coffee": COFFEE}})
    for name in ("ann", "ben", "cleo"):
        cafe.enrol(name, person=Person(email=f"{name}@aurora.example"))
    home = family.found(cafe, "ann", "2026-01-04").household.id
    family.joined(cafe, home, "ben", "2026-01-04", by="ann")
    family.joined(cafe, home, "cleo", "2026-01-04", "child", by="ann")
    cafe.buy("ann", 9_000, "2026-01-05")
    shop.taken(catalogue.redeem(cafe, "coffee", name="ben", at="2026-02-04"))
    night.run(programme_id=cafe.programme_id, as_of=moment("2026-02-04T01:00"))
    assert heard(cafe, moment("2026-02-04T12:00")) == 3
    waiting = queries.listed(store.current(), "waiting", after=ids.NIL, most=10)
    told = {(one.kind, one.member_id) for one in waiting}
    assert told == {
        ("redemption", cafe.ids["ben"]), ("expiring", cafe.ids["ann"]), ("expiring", cafe.ids["ben"]),
    }  # fmt: skip
