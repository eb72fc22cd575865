"""What `verify` counts again of the limits of rewards: for accounts, persons and the merged, version by version."""

import pytest

from guerdon.core import redemptions
from guerdon.insight import verify
from tests import shop
from tests.engine import family
from tests.engine.catalogue import MUG, cafe, holds, redeem, refused, settle, supply
from tests.engine.pairs import merged
from tests.shop import Shop


@pytest.fixture
def unlimited(monkeypatch):
    """Redeeming forgets the limits of members; the proof does not."""

    def forgetful(made: Shop, name: str, at: str) -> None:
        with monkeypatch.context() as patch:
            patch.setattr(redemptions, "check_limits", lambda *told, **more: None)
            shop.taken(redeem(made, "mug", name, at))

    return forgetful


def broken(made: Shop) -> set[str]:
    return {one.name for one in verify.run(made.programme_id, at=shop.FAR).broken}


def test_one_more_than_a_month_has_is_found(database, unlimited):
    made = cafe(mug=MUG)
    supply(made, "mug", 9)
    shop.taken(redeem(made, "mug"))
    shop.taken(redeem(made, "mug", at="2026-03-01"))
    holds(made)
    unlimited(made, "ann", "2026-03-31")
    assert broken(made) == {"10.20 helpings"}


def test_what_a_merged_member_had_is_counted_from_then_on(database, unlimited):
    made = cafe(mug=MUG)
    supply(made, "mug", 9)
    shop.taken(redeem(made, "mug", "ann"))
    shop.taken(redeem(made, "mug", "ben"))
    merged(made, "ann", "ben", "2026-02-02")
    holds(made)  # each had one while they were two
    shop.taken(redeem(made, "mug", "ann", "2026-03-02"))
    holds(made)
    unlimited(made, "ann", "2026-03-03")
    assert broken(made) == {"10.20 helpings"}


def test_nobody_takes_a_turn_into_a_household_or_out_of_it(database, unlimited):
    made = Shop({"rewards": {"mug": shop.named("mug", MUG)}, "households": {"leaving": "take"}})
    made.enrol("Ann", "Ben")
    made.tell(made.purchase("Ann", 100_000), made.purchase("Ben", 100_000))
    supply(made, "mug", 9)
    home = family.found(made, "Ann", "2026-01-06").household.id
    family.joined(made, home, "Ben", "2026-01-07")
    shop.taken(redeem(made, "mug", "Ben", "2026-02-01"))
    family.left(made, home, "Ben", "2026-02-02")
    refused(redeem(made, "mug", "Ben", "2026-02-03"), "reward_limit")
    refused(redeem(made, "mug", "Ann", "2026-02-03"), "reward_limit")
    holds(made)
    unlimited(made, "Ben", "2026-02-03")
    assert broken(made) == {"10.20 helpings"}


def test_the_own_turn_of_who_joins_counts_in_the_household(database, unlimited):
    made = Shop({"rewards": {"mug": shop.named("mug", MUG)}, "households": {}})
    made.enrol("Ann", "Ben")
    made.tell(made.purchase("Ann", 100_000), made.purchase("Ben", 100_000))
    supply(made, "mug", 9)
    shop.taken(redeem(made, "mug", "Ben", "2026-02-01"))
    home = family.found(made, "Ann", "2026-02-02").household.id
    family.joined(made, home, "Ben", "2026-02-03")
    shop.taken(redeem(made, "mug", "Ann", "2026-02-04"))
    holds(made)  # Ann's is the household's first
    unlimited(made, "Ben", "2026-02-05")
    assert broken(made) == {"10.20 helpings"}


def test_what_was_given_up_or_ended_leaves_its_turn(database):
    made = cafe(mug={**MUG, "fulfil_days": 1})
    supply(made, "mug", 9)
    settle(made, redeem(made, "mug"), "cancel", "2026-02-02")
    shop.taken(redeem(made, "mug", at="2026-02-02", reserve=True))  # ends by itself
    shop.taken(redeem(made, "mug", at="2026-02-02T12:15"))  # is never fetched
    got = redeem(made, "mug", at="2026-02-05")
    settle(made, got, "fulfil", "2026-02-05")
    refused(redeem(made, "mug", at="2026-02-06"), "reward_limit")
    holds(made)
    made.night("2026-02-07")
    holds(made)


def test_each_version_is_held_to_its_own_limit(database):
    made = cafe(mug={**MUG, "limits": {"month": 3}})
    supply(made, "mug", 9)
    for day in (1, 2, 3):
        shop.taken(redeem(made, "mug", at=f"2026-02-0{day}", number=2))
    lower = {"mug": shop.named("mug", {**MUG, "limits": {"month": 1}})}
    made.publish(since=shop.moment("2026-02-04"), now=shop.moment("2026-02-03T18:00"), rewards=lower)
    refused(redeem(made, "mug", at="2026-02-05"), "reward_limit")
    shop.taken(redeem(made, "mug", at="2026-03-01"))
    holds(made)
