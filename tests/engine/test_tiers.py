"""Tiers through the engine: rises inside the purchase, reviews by the night, returns, merges, late facts (LAW 7)."""

import itertools
from typing import Any

import pytest

from guerdon.core.activities import Member, Reference
from guerdon.engine import households, merge
from guerdon.features.members import queries as members
from guerdon.features.programmes import forms
from guerdon.features.programmes import queries as programmes
from guerdon.features.tiers import queries as tiers
from guerdon.insight import tiers as insight
from guerdon.insight import verify
from guerdon.kit import ids, store
from tests.shop import FAR, Shop, code, document, moment, points, taken

pytestmark = pytest.mark.usefixtures("database")

LEVELS = {
    "silver": {"name": {"en": "Silver"}, "from": "100.00"},
    "gold": {"name": {"en": "Gold"}, "from": "300.00"},
    "black": {"name": {"en": "Black"}, "invitation_only": True},
}
RULES = {
    "base": {"when": "purchase", "then": [{"points": {"unit": "points", "give": 1, "per": "1.00"}}]},
    "double": {
        "when": "purchase", "if": [{"tier": {"in": ["gold"]}}], "then": [{"multiply": {"unit": "points", "by": 2}}],
    },
    "hooray": {
        "when": "tier_upgraded", "if": [{"tier": {"in": ["gold"]}}],
        "then": [{"fixed": {"unit": "points", "give": 500}}],
    },
}  # fmt: skip


def ladder(**facts: Any) -> dict[str, Any]:
    whole = {"name": {"en": "Status"}, "basis": {"spend": True}, "window": "calendar_year", "levels": LEVELS}
    return {"status": whole | facts}


def cafe(**facts: Any) -> Shop:
    return Shop({"rules": RULES, "tiers": ladder(**facts)})


def steps(shop: Shop, name: str) -> list[tuple[str | None, str, str]]:
    """Level, day and cause of each booked step."""
    account = shop.account(name)
    found = tiers.climbed(store.current(), [account], first=moment("1990-01-01").date())
    if account not in found:
        return []
    return [(row.step.level, row.step.since.date().isoformat(), row.step.cause) for row in found[account].steps]


def test_the_purchase_that_rises_still_earns_with_the_tier_before_and_brings_the_bonus_once() -> None:
    shop = cafe()
    shop.enrol("ann")
    first = shop.buy("ann", 30_000, "2026-02-01")
    assert points([first]) == 300
    assert shop.amounts("ann", "2026-02-01").available == 800
    assert points([shop.buy("ann", 1_000, "2026-02-02")]) == 20
    assert steps(shop, "ann") == [("gold", "2026-02-01", "upgrade")]


def test_where_the_ladder_says_so_it_earns_with_the_tier_after() -> None:
    shop = cafe(crossing="after")
    shop.enrol("ann")
    assert points([shop.buy("ann", 30_000, "2026-02-01")]) == 600


def test_all_of_a_batch_climb_one_after_the_other() -> None:
    shop = cafe()
    shop.enrol("ann")
    found = shop.tell(*[shop.purchase("ann", 15_000, f"2026-02-0{day}") for day in (1, 2, 3)])
    assert [points([one]) for one in found] == [150, 150, 300]
    assert [level for level, *_ in steps(shop, "ann")] == ["silver", "gold"]


def test_the_night_reviews_and_falls_by_one() -> None:
    shop = cafe(grace_days=10)
    shop.enrol("ann")
    shop.buy("ann", 30_000, "2026-02-01")
    assert shop.night("2027-01-11").reviews == 1
    assert shop.night("2028-01-10").reviews == 0
    assert shop.night("2028-01-11").reviews == 1
    assert shop.night("2028-01-11").reviews == 0
    assert steps(shop, "ann")[1:] == [("gold", "2027-01-10", "kept"), ("silver", "2028-01-10", "review")]


def test_without_any_night_the_next_purchase_knows_what_was_due() -> None:
    shop = cafe()
    shop.enrol("ann")
    shop.buy("ann", 30_000, "2026-02-01")
    assert points([shop.buy("ann", 1_000, "2028-01-05")]) == 10
    assert [cause for *_, cause in steps(shop, "ann")] == ["upgrade", "kept", "review"]


def test_a_return_undoes_the_rise_and_not_the_bonus() -> None:
    shop = cafe(after_return="immediate")
    shop.enrol("ann")
    shop.buy("ann", 30_000, "2026-02-01", external_id="big")
    shop.tell(shop.giving_back("ann", "big", "2026-02-05", amount=5_000))
    assert steps(shop, "ann")[1:] == [("silver", "2026-02-05", "return")]
    assert shop.amounts("ann", "2026-02-06").available == 750
    shop.buy("ann", 5_000, "2026-03-01")
    assert steps(shop, "ann")[-1] == ("gold", "2026-03-01", "upgrade")
    assert shop.amounts("ann", "2026-03-02").available == 800  # no second bonus in that period


def test_a_late_purchase_lifts_from_where_the_history_is() -> None:
    shop = cafe()
    shop.enrol("ann")
    shop.buy("ann", 20_000, "2026-06-01")
    shop.tell(shop.purchase("ann", 10_000, "2026-05-01"), now="2026-07-01")
    assert steps(shop, "ann") == [("silver", "2026-06-01", "upgrade"), ("gold", "2026-06-01", "upgrade")]


def test_an_exchanged_order_counts_once() -> None:
    shop = cafe(after_return="immediate")
    shop.enrol("ann")
    shop.buy("ann", 30_000, "2026-02-01", external_id="one")
    taken(shop.tell(shop.purchase("ann", 10_000, "2026-02-03", replaces=Reference(external_id="one")))[0])
    assert steps(shop, "ann")[-1][0] == "silver"


def test_points_and_visits_can_be_the_basis() -> None:
    units = {"points": {"kind": "redeemable"}, "stars": {"kind": "qualifying"}}
    levels = {"silver": {"name": {"en": "Silver"}, "from": 3}}
    rules = {"star": {"when": "visit", "then": [{"fixed": {"unit": "stars", "give": 2}}]}}
    both = {
        "stars": {"name": {"en": "x"}, "basis": {"points": "stars"}, "levels": levels},
        "visits": {
            "name": {"en": "y"}, "basis": {"visits": ["visit"]}, "window": "lifetime",
            "levels": {"regular": {"name": {"en": "Regular"}, "from": 3}},
        },
    }  # fmt: skip
    shop = Shop({"units": units, "rules": rules, "tiers": both})
    shop.enrol("ann")
    for day in (1, 2, 3):
        shop.tell(shop.purchase("ann", None, f"2026-02-0{day}", kind="visit"))
    assert steps(shop, "ann") == [("silver", "2026-02-02", "upgrade"), ("regular", "2026-02-03", "upgrade")]


def test_a_merge_keeps_the_higher_or_what_both_qualify_for_and_can_be_undone() -> None:
    shop = cafe()
    shop.enrol("ann", "ben")
    shop.buy("ann", 20_000, "2026-02-01")
    shop.buy("ben", 15_000, "2026-02-01")
    facts = {"programme_id": shop.programme_id, "into": shop.account("ann"), "actor": "Emil"}
    merge.merge(**facts, goes=Member(external_id="ben"), now=moment("2026-03-01"))
    assert steps(shop, "ann")[-1] == ("gold", "2026-03-01", "merge")
    before = steps(shop, "ben")
    shop.night("2026-03-15")
    merge.unmerge(**facts, goes=Member(id=ids.show("member", shop.ids["ben"])), now=moment("2026-04-01"))
    assert steps(shop, "ann")[-1] == ("silver", "2026-04-01", "unmerge")
    assert steps(shop, "ben") == before == [("silver", "2026-02-01", "upgrade")]
    assert shop.night("2028-01-15").reviews == 2
    assert [steps(shop, name)[-1][0] for name in ("ann", "ben")] == [None, None]


def test_programmes_without_ladders_count_nothing() -> None:
    shop = Shop()
    shop.enrol("ann")
    shop.buy("ann", 30_000, "2026-02-01")
    assert steps(shop, "ann") == []


def test_a_granted_tier_earns_until_the_end_of_its_last_day() -> None:
    shop = cafe()
    shop.enrol("ann")
    taken(shop.grant("ann", "gold", "2026-02-01", "2026-02-28", kind="status_match"))
    assert points([shop.buy("ann", 1_000, "2026-02-28T21:59")]) == 20
    assert points([shop.buy("ann", 1_000, "2026-02-28T22:00")]) == 10
    assert code(shop.grant("ann", "tin", "2026-02-01", "2026-02-28")) == "tier_unknown"
    assert code(shop.grant("ann", "gold", "2026-02-02", "2026-02-01")) == "grant_invalid"
    assert code(shop.grant("ann", "black", "2026-02-02", "2026-03-01")) == "grant_invalid"
    taken(shop.grant("ann", "black", "2026-02-02", "2026-03-01", kind="invitation"))


def test_grants_come_with_a_merge_and_go_back_with_its_undoing() -> None:
    shop = cafe()
    shop.enrol("ann", "ben")
    taken(shop.grant("ben", "gold", "2026-02-01", "2027-01-31"))
    facts = {"programme_id": shop.programme_id, "into": shop.account("ann"), "actor": "Emil"}
    merge.merge(**facts, goes=Member(external_id="ben"), now=moment("2026-03-01"))
    assert points([shop.buy("ann", 1_000, "2026-03-02")]) == 20
    merge.unmerge(**facts, goes=Member(id=ids.show("member", shop.ids["ben"])), now=moment("2026-04-01"))
    assert points([shop.buy("ann", 1_000, "2026-04-02")]) == 10
    assert points([shop.buy("ben", 1_000, "2026-04-02")]) == 20


def told(shop: Shop, name: str, at: str) -> insight.Climb:
    at_hand = store.current()
    in_force = programmes.latest(at_hand, shop.programme_id).current(moment(at))
    member = members.get(at_hand, shop.programme_id, shop.account(name))
    return insight.of_member(at_hand, in_force, member, moment(at))[0][0]


def test_the_tier_of_any_instant_can_be_asked_whether_or_not_the_night_was_there() -> None:
    shop = cafe()
    shop.enrol("ann", now=moment("2026-01-10"))
    shop.buy("ann", 30_000, "2026-02-01")
    days = ("2026-01-15", "2026-02-02", "2027-12-31", "2028-01-01", "2029-01-01")
    before = [told(shop, "ann", day).tier for day in days]
    assert before == [None, "gold", "gold", "silver", None]
    shop.night("2029-06-01")
    assert [told(shop, "ann", day).tier for day in days] == before
    history = told(shop, "ann", "2029-06-01").history
    assert [one.tier for one in history] == [None, "gold", "gold", "silver", None]
    assert all(one.until == other.since for one, other in itertools.pairwise(history))


def test_a_draft_is_tried_on_everybody_before_it_is_published() -> None:
    shop = cafe()
    shop.enrol("ann", "ben", "cleo")
    shop.buy("ann", 32_000, "2026-02-01")
    shop.buy("ben", 9_000, "2026-02-01")
    lower = {"silver": LEVELS["silver"] | {"from": "50.00"}, "gold": LEVELS["gold"] | {"from": "400.00"}}
    draft = forms.read_document(document(shop.key, rules=RULES, tiers=ladder(levels=LEVELS | lower))).programme
    assert draft is not None
    found = insight.preview(shop.programme_id, draft, now=moment("2026-03-01"))
    assert found.members == 3 and not found.uncounted
    assert [(one.when, one.before, one.after, one.count) for one in found.moves] == [
        ("at_once", None, "silver", 1), ("review", "gold", "silver", 1)
    ]  # fmt: skip
    assert found.moves[1].members == [shop.account("ann")]


@pytest.fixture(autouse=True)
def _proved(database: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Whatever a test has done, `guerdon verify` finds nothing against it."""
    shops: list[str] = []
    publish = Shop.publish

    def noted(self: Shop, **parts: Any) -> None:
        publish(self, **parts)
        shops.append(self.programme_id)

    monkeypatch.setattr(Shop, "publish", noted)
    yield
    for programme_id in shops:
        report = verify.run(programme_id, deep=True, at=FAR)
        assert report.ok, [(one.name, str(one.first)) for one in report.broken]


def test_the_first_night_after_new_thresholds_lifts_whoever_has_enough() -> None:
    shop = cafe()
    shop.enrol("ann", "ben")
    shop.buy("ann", 20_000, "2026-02-01")
    shop.buy("ben", 1_000, "2026-02-01")
    shop.night("2026-02-02T01:00")
    lower = {"silver": LEVELS["silver"], "gold": LEVELS["gold"] | {"from": "150.00"}}
    shop.publish(since=moment("2026-02-03"), now=moment("2026-02-03"), rules=RULES, tiers=ladder(levels=LEVELS | lower))
    assert shop.night("2026-02-04T01:00").reviews == 1
    assert steps(shop, "ann")[-1] == ("gold", "2026-02-04", "upgrade")
    assert shop.amounts("ann", "2026-02-04T02:00").available == 700  # with the bonus for the rise
    assert shop.night("2026-02-05T01:00").reviews == 0


def test_a_ladder_that_is_gone_is_asked_about_no_more() -> None:
    shop = cafe()
    shop.enrol("ann")
    shop.buy("ann", 20_000, "2026-02-01")
    shop.publish(since=moment("2026-03-01"), now=moment("2026-03-01"), rules={"base": RULES["base"]})
    assert shop.night("2028-02-01").reviews == 0
    assert shop.night("2028-02-02").reviews == 0
    assert steps(shop, "ann") == [("silver", "2026-02-01", "upgrade")]


def test_a_ladder_that_comes_again_is_asked_about_again() -> None:
    both = ladder() | {
        "visits": ladder(basis={"visits": ["visit"]}, levels={"often": {"name": {"en": "O"}, "from": 5}})["status"]
    }
    base = {"base": RULES["base"]}
    shop = Shop({"rules": base, "tiers": both})
    shop.enrol("ann")
    shop.buy("ann", 20_000, "2026-02-01")
    for day, tiers_then in (("2026-03-01", {"visits": both["visits"]}), ("2026-04-01", both)):
        shop.publish(since=moment(day), now=moment(day), rules=base, tiers=tiers_then)
        shop.night(f"{day}T20:00")
    shop.night("2028-02-01")
    kept, fell = steps(shop, "ann")[1:]
    assert (kept, fell) == (("silver", "2026-12-31", "kept"), (None, "2027-12-31", "review"))


def test_a_household_climbs_as_one_account_whoever_of_it_buys() -> None:
    shop = Shop({"rules": RULES, "tiers": ladder(after_return="immediate"), "households": {}})
    shop.enrol("ann", "ben")
    shop.buy("ann", 29_000, "2026-01-05", external_id="own")
    asked = households.Asked(shop.programme_id, "Emil", moment("2026-02-01"))
    ann, ben = Member(external_id="ann"), Member(external_id="ben")
    home = households.found(asked, owner=ann).household.id
    invitation = households.invite(asked, household_id=home, by=ann, member=ben, role="adult").invitation
    assert invitation is not None
    households.answer(asked, household_id=home, invitation_id=invitation.id, deed="accept")
    orders = [("ann", "one"), ("ben", "two"), ("ann", "three"), ("ben", "four")]
    told = shop.tell(*[shop.purchase(who, 10_000, "2026-02-02", external_id=order) for who, order in orders])
    assert [points([one]) for one in told] == [100, 100, 100, 200]
    climbed = tiers.climbed(store.current(), [home], first=moment("1990-01-01").date())[home]
    assert [row.step.level for row in climbed.steps] == ["silver", "gold"]
    # What Ann bought alone was counted there, and takes nothing out of what the household has counted.
    shop.tell(shop.giving_back("ann", "own", "2026-02-03"))
    shop.tell(shop.giving_back("ben", "two", "2026-02-04"), shop.giving_back("ann", "one", "2026-02-04"))
    climbed = tiers.climbed(store.current(), [home], first=moment("1990-01-01").date())[home]
    assert [row.step.level for row in climbed.steps] == ["silver", "gold", "silver"]
    assert shop.night("2028-01-05").reviews == 1
