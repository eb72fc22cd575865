"""Rules give vouchers: once for an activity, as often as they may, and no longer than the purchase earns them."""

import pytest

from guerdon.core.decisions import Issue
from guerdon.features.vouchers import queries
from guerdon.insight import verify
from guerdon.kit import ids, store
from tests import shop, vouchers
from tests.shop import Shop, taken
from tests.vouchers import bring, code_of, redeem

RULES = {
    "base": shop.BASE,
    "welcome": {"when": "signup", "then": [{"voucher": "five"}], "uses": {"lifetime": 1}},
    "large": {"when": "purchase", "if": [{"basket": {"amount_min": "50.00"}}], "then": [{"voucher": "five"}]},
    "cakes": {
        "when": "purchase", "lines": [{"category": {"in": ["cakes"]}}],
        "then": [{"fixed": {"unit": "points", "give": 3}}, {"voucher": "film"}],
    },
}  # fmt: skip
OFFERS = vouchers.offers(five={"amount": "5.00"}, film={"gift": {"en": "A film"}, "codes": "pool", "alarm_below": 2})


@pytest.fixture
def aurora(database):
    found = Shop({"rules": RULES, **OFFERS})
    found.enrol("Ann", "Ben")
    return found


def proved(at):
    assert at.audit() == []
    report = verify.run(at.programme_id, at=shop.FAR, deep=True)
    assert report.ok, report.broken


def has(at, name):
    """The state of each voucher that somebody was given."""
    found = queries.of_accounts(store.current(), [at.ids[name]], after=ids.NIL, most=50)
    return [(one.voucher, one.as_of(shop.FAR)) for one in found]


def test_a_voucher_for_signing_up_is_given_once(aurora):
    first = taken(aurora.tell(aurora.purchase("Ann", None, kind="signup", external_id="s-1"))[0])
    again = taken(aurora.tell(aurora.purchase("Ann", None, kind="signup", external_id="s-1"))[0])
    assert (again.replayed, again.decision.issued) == (True, first.decision.issued)
    other = taken(aurora.tell(aurora.purchase("Ann", None, kind="signup", external_id="s-2"))[0])
    assert (other.decision.issued, [capped.of for capped in other.decision.capped]) == ((), ["uses"])
    assert has(aurora, "Ann") == [("five", "active")]
    assert first.decision.issued[0].rule == "welcome"
    taken(redeem(aurora, code_of(first)))
    proved(aurora)


def test_a_return_takes_an_unused_one_back(aurora):
    bought = aurora.buy("Ann", 6_000, external_id="o-1")
    aurora.tell(aurora.giving_back("Ann", "o-1", external_id="r-1", amount=500))
    assert has(aurora, "Ann") == [("five", "active")], "55.00 still earn it"
    back = taken(aurora.tell(aurora.giving_back("Ann", "o-1", external_id="r-2", amount=600))[0])
    assert back.decision.withdrawn == (code_of(bought),)
    assert has(aurora, "Ann") == [("five", "withdrawn")]
    assert str(redeem(aurora, code_of(bought))).startswith("voucher_withdrawn")
    proved(aurora)


def test_a_return_leaves_a_used_one(aurora):
    bought = aurora.buy("Ann", 6_000, external_id="o-1")
    taken(redeem(aurora, code_of(bought)))
    back = taken(aurora.tell(aurora.giving_back("Ann", "o-1", "2026-01-07"))[0])
    assert back.decision.withdrawn == () and has(aurora, "Ann") == [("five", "used")]
    proved(aurora)


def test_a_return_that_came_first_takes_it_at_once(aurora):
    aurora.tell(aurora.giving_back("Ann", "o-1", external_id="r-1"))
    outcome = aurora.buy("Ann", 6_000, external_id="o-1")
    assert outcome.returned
    assert has(aurora, "Ann") == [("five", "withdrawn")]
    proved(aurora)


def test_it_is_given_for_goods_as_long_as_some_are_kept(aurora):
    bring(aurora, "film", "f1", "f2", "f3")
    lines = [{"amount": 400, "category": "cakes"}, {"amount": 300, "category": "tea"}]
    aurora.tell(aurora.purchase("Ann", lines=lines, external_id="o-1"))
    assert has(aurora, "Ann") == [("film", "active")]
    tea = {"returns": shop.Reference(external_id="o-1", lines=(shop_line(2),))}
    cake = {"returns": shop.Reference(external_id="o-1", lines=(shop_line(1),))}
    for external, part, state in (("r-1", tea, "active"), ("r-2", cake, "withdrawn")):
        told = aurora.purchase("Ann", None, "2026-01-06", kind="return", external_id=external, **part)
        taken(aurora.tell(told)[0])
        assert has(aurora, "Ann") == [("film", state)]
    assert taken(aurora.tell(aurora.purchase("Ben", lines=lines[1:], external_id="o-2"))[0]).decision.issued == ()
    proved(aurora)


def shop_line(number):
    from guerdon.core.activities import ReturnedLine

    return ReturnedLine(line=number)


def test_an_empty_pool_refuses_no_purchase(aurora):
    bring(aurora, "film", "f1")
    lines = [{"amount": 400, "category": "cakes"}]
    told = [aurora.purchase(name, lines=lines, external_id=f"o-{n}") for n, name in enumerate(("Ann", "Ben", "Ann"))]
    issued = [taken(result).decision.issued[0] for result in aurora.tell(*told)]
    assert [one.code for one in issued] == ["F1", "", ""]
    assert issued[1] == Issue("film", "cakes")
    assert taken(aurora.tell(aurora.giving_back("Ben", "o-1"))[0]).decision.withdrawn == ()
    proved(aurora)


def test_as_many_codes_are_taken_as_rules_give(database):
    twice = {key: {"when": "purchase", "then": [{"voucher": "film"}]} for key in ("one", "two")}
    at = Shop({"rules": twice, **OFFERS})
    at.enrol("Ann")
    bring(at, "film", "f1", "f2", "f3")
    given = [
        issued.code
        for result in at.tell(*[at.purchase("Ann", 100, external_id=f"o-{number}") for number in range(2)])
        for issued in taken(result).decision.issued
    ]
    assert sorted(given) == ["", "F1", "F2", "F3"], "all there are, and none twice"
    proved(at)


def test_a_trial_gives_nothing(aurora):
    aurora.tell(aurora.purchase("Ann", 6_000), dry_run=True)
    assert has(aurora, "Ann") == []
    assert aurora.count("vouchers_code") == 0


def test_a_rise_to_a_tier_can_give_one(database):
    tiers = {
        "circle": {
            "name": {"en": "Circle"}, "basis": {"spend": True},
            "levels": {"gold": {"name": {"en": "Gold"}, "from": "40.00"}},
        }
    }  # fmt: skip
    rules = {"gold": {"when": "tier_upgraded", "then": [{"voucher": "five"}]}}
    at = Shop({"rules": rules, "tiers": tiers, **OFFERS})
    at.enrol("Ann")
    at.buy("Ann", 4_000, external_id="o-1")
    assert has(at, "Ann") == [("five", "active")]
    aurora_back = at.giving_back("Ann", "o-1", "2026-01-07")
    taken(at.tell(aurora_back)[0])
    assert has(at, "Ann") == [("five", "active")], "an upgrade's voucher is not taken back (LAW 4.5)"
    proved(at)


def test_what_a_rule_with_vouchers_cannot_say():
    from guerdon.features.programmes import forms

    for more, reason in (
        ({"group": "g"}, "vouchers_ungrouped"), ({"caps": {"day": 5}}, "no_points"), ({"budget": 5}, "no_points"),
        ({"then": [{"voucher": "five"}, {"voucher": "five"}]}, "duplicate"),
        ({"then": [{"voucher": "fife"}]}, "voucher_unknown"),
    ):  # fmt: skip
        rule = {"when": "purchase", "then": [{"voucher": "five"}], **more}
        reading = forms.read_document(shop.document("cafe", rules={"r": rule}, **OFFERS))
        assert reason in {problem.reason for problem in reading.problems}, reading.problems
