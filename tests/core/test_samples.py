"""A member who is nobody: conditions see of the sample what it says it is, has and did."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

import guerdon
from guerdon.core import climbing, effects, memberships, samples
from guerdon.core import conditions as c
from guerdon.core.activities import Activity, Member
from guerdon.core.law import Law
from guerdon.core.samples import SampleMember
from guerdon.core.standing import EVER
from guerdon.features.programmes import forms
from tests.core.test_conflicts import rule

AURORA = forms.load((Path(guerdon.__file__).parent / "demo" / "aurora.yaml").read_bytes())
AT = datetime(2026, 6, 1, 12, tzinfo=UTC)
EVERYTHING = SampleMember(("staff",), {"diet": "vegan", "children": 2}, ("gold",), ("aurora-plus",), 6, {"visit": 9})


def stands(sample=EVERYTHING, programme=AURORA):
    return samples.standing(sample, programme, AT)


def test_a_sample_is_what_it_says():
    found = stands()
    assert (found.segments, found.tiers, found.memberships) == ({"staff"}, {"gold"}, {"aurora-plus"})
    assert (found.attributes, found.birthday_month) == ({"diet": "vegan", "children": 2}, 6)
    assert found.counters == {("count:visit", EVER): (9, AT - timedelta(days=1))}
    assert found.enrolled_at < AT and found.account_id == ""
    nobody = stands(SampleMember())
    assert not (nobody.segments or nobody.tiers or nobody.memberships or nobody.counters or nobody.held)
    assert not (nobody.grants or nobody.attributes) and nobody.birthday_month is None


def test_it_has_its_tiers_and_memberships_at_the_instant():
    found = stands()
    assert [(grant.ladder, grant.level, grant.alive(AT)) for grant in found.grants] == [("status", "gold", True)]
    assert climbing.as_of(AURORA.tiers, AURORA.zone, found, AT).tiers == {"gold"}
    assert memberships.in_force(found.held, AT, AURORA.zone) == {"aurora-plus"}
    year = timedelta(days=365)
    for when in (AT - year, AT + year):
        assert found.grants[0].alive(when) and memberships.in_force(found.held, when, AURORA.zone) == {"aurora-plus"}


def test_the_lowest_tier_is_one_too():
    found = stands(SampleMember(tiers=(AURORA.tiers[0].levels[0].key,)))
    assert [grant.level for grant in found.grants] == ["silver"]


def test_what_the_programme_does_not_have_is_nothing():
    found = stands(SampleMember(tiers=("bronze",), memberships=("minus",)))
    assert not found.grants and not found.held


@pytest.mark.parametrize(
    ("condition", "fires"),
    [
        (c.Is("tier", frozenset({"gold"})), True), (c.Is("tier", frozenset({"silver"})), False),
        (c.Is("membership", frozenset({"aurora-plus"})), True), (c.Is("segment", frozenset({"staff"})), True),
        (c.Counter("count:visit", "lifetime", 9, 9), True), (c.DaysSince(1, "visit"), True),
        (c.DaysSince(2, "visit"), False), (c.BirthdayMonth(), True), (c.Attribute("children", min=3), False),
    ],
)  # fmt: skip
def test_rules_see_it(condition, fires):
    then = (effects.Fixed("stars", 10),)
    told = rule("a", when=("visit",), condition=condition, then=then)
    whole = Law(msgspec.structs.replace(AURORA, rules=(told,)), 1)
    visit = Activity("visit", "till", "1", AT, Member(id="m"))
    decision = whole.decide(visit, stands(), posted_at=AT, budgets={}).decision
    assert decision.awarded() == ({"stars": 10} if fires else {})
