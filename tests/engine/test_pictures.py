"""Pictures of rewards: of what is in force or will be, each change with its news and its actor, the night tidies up."""

import pytest

from guerdon.core.errors import Refusal
from guerdon.engine import pictures
from guerdon.features.rewards import pictures as kept
from guerdon.kit import store
from tests import shop
from tests.engine import catalogue
from tests.engine.catalogue import COFFEE, MUG
from tests.shop import Shop, moment

pytestmark = pytest.mark.usefixtures("database")


def rewards(**told):
    return {"rewards": {key: shop.named(key, one) for key, one in told.items()}}


@pytest.fixture
def cafe(database) -> Shop:
    """There are mugs until March, and coffee from then on."""
    made = Shop(rewards(mug=MUG))
    made.publish(since=moment("2026-03-01"), now=moment("2026-01-02"), **rewards(coffee=COFFEE))
    return made


def take(cafe, reward, at="2026-02-01", seen=None):
    return pictures.take(programme_id=cafe.programme_id, reward=reward, actor="Dora", now=moment(at), seen=seen)


def test_nothing_is_done_to_another_picture_than_was_looked_at(cafe):
    first = catalogue.show(cafe, "mug", seen="").hash
    second = catalogue.show(cafe, "mug", colour=20, seen=first).hash
    with pytest.raises(Refusal, match="picture_changed"):
        catalogue.show(cafe, "mug", colour=30, seen=first)
    with pytest.raises(Refusal, match="picture_changed"):
        take(cafe, "mug", seen="")
    catalogue.show(cafe, "mug", colour=20, seen=first)  # what is wanted is there already
    assert kept.hash_of(store.current(), cafe.programme_id, "mug") == second
    last = kept.last_change(store.current(), cafe.programme_id, "mug")
    assert last is not None and (last.hash, last.actor) == (second, "Emil")
    take(cafe, "mug", seen=second)
    take(cafe, "mug", seen=second)
    assert shown(cafe) == set()


def shown(cafe):
    return set(kept.hashes(store.current(), cafe.programme_id))


def changes(cafe):
    found = store.Statement(
        "SELECT c.reward, c.number, c.hash IS NOT NULL, c.actor FROM rewards_picture_change c JOIN kit_outgoing o"
        " ON o.subject_id = c.id AND o.topic = 'reward.picture_changed' AND o.programme_id = c.programme_id"
        " WHERE c.programme_id = :programme ORDER BY o.id"
    )
    return [
        (reward, number, bool(put), actor)
        for reward, number, put, actor in store.current().fetch(found, programme=cafe.programme_id)
    ]


def test_what_is_in_force_or_will_be_has_one_and_nothing_else(cafe):
    catalogue.show(cafe, "mug")
    catalogue.show(cafe, "coffee")
    assert shown(cafe) == {"mug", "coffee"}
    with pytest.raises(Refusal, match="reward_unknown"):
        catalogue.show(cafe, "tea")
    with pytest.raises(Refusal, match="reward_unknown"):
        catalogue.show(cafe, "mug", at="2026-03-02")


def test_one_of_a_reward_that_is_gone_can_be_taken_away(cafe):
    catalogue.show(cafe, "mug")
    assert take(cafe, "mug", at="2026-03-02") is None and shown(cafe) == set()
    for reward in ("mug", "tea"):
        with pytest.raises(Refusal, match="reward_unknown"):
            take(cafe, reward, at="2026-03-03")
    assert take(cafe, "coffee") is None, "there is the reward, and no picture"
    assert changes(cafe) == [("mug", 1, True, "Emil"), ("mug", 2, False, "Dora")]
    catalogue.holds(cafe)


def test_every_change_is_told_once_with_whose_it_was(cafe):
    for colour in (0, 0, 1):
        catalogue.show(cafe, "mug", colour=colour)
    take(cafe, "mug")
    take(cafe, "mug")
    catalogue.show(cafe, "mug")
    assert changes(cafe) == [
        ("mug", 1, True, "Emil"), ("mug", 2, True, "Emil"), ("mug", 3, False, "Dora"), ("mug", 4, True, "Emil"),
    ]  # fmt: skip
    catalogue.holds(cafe)


def test_the_night_takes_away_what_no_version_has_any_more(cafe):
    image = catalogue.show(cafe, "mug", colour=9)
    catalogue.show(cafe, "coffee")
    cafe.night("2026-02-28T03:00")
    assert shown(cafe) == {"mug", "coffee"}
    for _ in range(2):
        cafe.night("2026-03-02T03:00")
        assert shown(cafe) == {"coffee"}
    assert changes(cafe)[-1] == ("mug", 2, False, "night")
    with pytest.raises(Refusal, match="picture_unknown"):
        kept.by_hash(store.current(), image.hash)
    catalogue.holds(cafe)


def test_a_version_that_was_replaced_before_it_came_has_nothing(cafe):
    cafe.publish(since=moment("2026-02-20"), now=moment("2026-02-02"), **rewards(mug=MUG))
    with pytest.raises(Refusal, match="reward_unknown"):
        catalogue.show(cafe, "coffee", at="2026-02-03")
    catalogue.show(cafe, "mug", at="2026-03-02")
