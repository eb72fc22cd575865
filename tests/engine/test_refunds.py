"""What a membership that is given back takes along: all that nobody would have got without it, and no more."""

from typing import Any

import pytest

from guerdon.core.activities import Member
from guerdon.engine import households, memberships
from guerdon.features.memberships import queries
from guerdon.insight import verify
from guerdon.kit import store
from tests.engine.plans import PLANS, RULES, act, cafe, held, join, payments
from tests.shop import FAR, Shop, moment, points, taken

pytestmark = pytest.mark.usefixtures("database")

WELCOME = {"when": "membership_renew", "then": [{"fixed": {"unit": "points", "give": 1000}}]}
PAID = ["plus", "gold", "home"]


def doubling(*asked: Any) -> dict[str, Any]:
    return {"when": "purchase", "if": list(asked), "then": [{"multiply": {"unit": "points", "by": 2}}]}


def shop_with(**rules: Any) -> Shop:
    return cafe(rules={"base": RULES["base"], **rules})


def has(shop: Shop, at: str, name: str = "ann") -> int:
    return shop.amounts(name, at).available


def proven(shop: Shop) -> None:
    assert shop.audit() == []
    report = verify.run(shop.programme_id, deep=True, at=FAR)
    assert report.ok, [(verdict.name, str(verdict.first)) for verdict in report.broken]


def test_a_welcome_is_not_kept_however_often_the_money_comes_back() -> None:
    shop = shop_with(welcome=WELCOME)
    shop.buy("ann", 100, "2026-01-04")
    for day in range(5, 10):
        taken(join(shop, "ann", "plus", f"2026-01-0{day}", reference="cash"))
        assert has(shop, f"2026-01-0{day}") == 1001
        taken(act(shop, "ann", "refund", f"2026-01-0{day}"))
        assert payments(shop, "ann")[0].state == "refunded"
        assert has(shop, f"2026-01-0{day}") == 1
    proven(shop)


def test_what_any_of_several_plans_gives_is_taken_back_where_nothing_else_was_held() -> None:
    shop = shop_with(double=doubling({"membership": {"in": PAID}}))
    taken(join(shop, "ann", "plus", "2026-01-05", reference="cash"))
    assert points([shop.buy("ann", 10_000, "2026-01-06", external_id="o-1")]) == 200
    taken(act(shop, "ann", "refund", "2026-01-07"))
    assert has(shop, "2026-01-07") == 100
    shop.tell(shop.giving_back("ann", "o-1", "2026-01-08"))
    assert has(shop, "2026-01-08") == 0
    proven(shop)


def test_what_is_told_late_of_a_period_that_was_given_back_earns_as_if_it_had_never_been() -> None:
    shop = shop_with(double=doubling({"membership": {"in": PAID}}))
    taken(join(shop, "ann", "plus", "2026-01-05", reference="cash"))
    taken(act(shop, "ann", "refund", "2026-01-07"))
    late = shop.purchase("ann", 10_000, "2026-01-06", external_id="late")
    assert points(shop.tell(late, now="2026-01-08")) == 100
    assert has(shop, "2026-01-08") == 100
    proven(shop)


def test_what_another_reason_would_have_given_stays() -> None:
    either = {"any": [{"membership": {"in": PAID}}, {"attribute": {"name": "staff", "exists": True}}]}
    large = {"any": [{"membership": {"in": PAID}}, {"basket": {"amount_min": "50.00"}}]}
    shop = shop_with(staff=doubling(either), large=doubling(large))
    taken(join(shop, "ann", "plus", "2026-01-05", reference="cash"))
    assert points([shop.buy("ann", 1000, "2026-01-06")]) == 40
    assert points([shop.buy("ann", 10_000, "2026-01-06")]) == 400
    taken(act(shop, "ann", "refund", "2026-01-07"))
    assert has(shop, "2026-01-07") == 10 + 200, "a large basket is doubled for everybody"
    proven(shop)


def test_a_rule_for_whoever_has_no_plan_takes_nothing_back() -> None:
    shop = shop_with(other=doubling({"membership": {"not_in": ["gold"]}}))
    taken(join(shop, "ann", "plus", "2026-01-05", reference="cash"))
    assert points([shop.buy("ann", 1000, "2026-01-06")]) == 20
    taken(act(shop, "ann", "refund", "2026-01-07"))
    assert has(shop, "2026-01-07") == 20
    proven(shop)


def test_a_period_that_is_paid_ahead_takes_its_welcome_along_and_nothing_from_before_it() -> None:
    shop = shop_with(welcome=WELCOME, double=doubling({"membership": {"in": PAID}}))
    taken(join(shop, "ann", "plus", "2026-01-05", reference="cash"))
    named = {"programme_id": shop.programme_id, "membership_id": held(shop, "ann").id}
    taken(memberships.renew(now=moment("2026-01-06"), **named))
    shop.buy("ann", 1000, "2026-01-07")
    assert has(shop, "2026-01-07") == 2000 + 20
    taken(act(shop, "ann", "refund", "2026-01-08"))
    assert [one.refunded for one in payments(shop, "ann")] == [0, 1200]
    assert has(shop, "2026-01-08") == 1000 + 20
    proven(shop)


def test_a_change_on_the_first_day_leaves_nothing_paid_and_a_later_one_what_was_used() -> None:
    for day, kept in (("2026-01-05T15:00", 0), ("2026-01-20", 1000)):
        shop = shop_with(welcome=WELCOME)
        taken(join(shop, "ann", "plus", "2026-01-05", reference="cash"))
        taken(act(shop, "ann", "change", day, plan="gold", reference="card"))
        assert has(shop, "2026-01-20") == 2000
        taken(act(shop, "ann", "refund", "2026-01-21" if kept else "2026-01-06"))
        assert sum(one.refunded for one in payments(shop, "ann")) == 3100
        assert has(shop, "2026-01-21") == kept
        proven(shop)


def test_what_the_household_shares_besides_stays_until_that_is_given_back_too() -> None:
    joint = {key: one | {"joint": True} for key, one in PLANS.items()}
    shop = cafe(
        households={}, plans=joint, rules={"base": RULES["base"], "double": doubling({"membership": {"in": PAID}})}
    )
    asked = households.Asked(shop.programme_id, "Emil", moment("2026-01-04"))
    home = households.found(asked, owner=Member(external_id="ann")).household.id
    given = {"household_id": home, "by": Member(external_id="ann"), "member": Member(external_id="ben")}
    invitation = households.invite(asked, role="adult", **given).invitation
    assert invitation is not None
    households.answer(asked, household_id=home, invitation_id=invitation.id, deed="accept")
    shop.ids["home"] = home
    taken(join(shop, "ann", "plus", "2026-01-05", reference="cash"))
    taken(join(shop, "ben", "gold", "2026-01-05", reference="cash"))
    assert points([shop.buy("ben", 1000, "2026-01-06")]) == 20
    for name, left in (("ann", 20), ("ben", 10)):
        every = queries.of_member(store.current(), home, shop.account(name))
        own = next(one for one in every if one.account_id == shop.account(name))
        wanted = memberships.Asked("refund", own.id)
        taken(memberships.act(programme_id=shop.programme_id, asked=wanted, now=moment("2026-01-07")))
        assert has(shop, "2026-01-07", "home") == left
    proven(shop)
