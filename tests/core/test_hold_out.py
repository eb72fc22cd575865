"""Who is held out goes without campaigns and has all else, and is always the same."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

import guerdon
from guerdon.core import conflicts, hold_out, sentences, silence
from guerdon.core.activities import Activity, Line, Member
from guerdon.core.decisions import Silent
from guerdon.core.effects import Fixed
from guerdon.core.hold_out import HoldOut
from guerdon.core.law import Law
from guerdon.core.period import Period
from guerdon.core.rules import NO_CAPS
from guerdon.core.sentences import summaries
from guerdon.core.standing import Standing
from guerdon.features.programmes import forms

AURORA = forms.load((Path(guerdon.__file__).parent / "demo" / "aurora.yaml").read_bytes())
SATURDAY = datetime(2026, 6, 6, 10, 0, tzinfo=UTC)
MEMBERS = [f"00000000-0000-7000-8000-{number:012x}" for number in range(20_000)]


def held(share, *, key="aurora", members=MEMBERS):
    return {one for one in members if hold_out.is_held_out(HoldOut(share), key, one)}


def with_campaign(*keys, share=500, **facts):
    rules = tuple([msgspec.structs.replace(rule, campaign=rule.key in keys) for rule in AURORA.rules])
    return msgspec.structs.replace(AURORA, rules=rules, hold_out=HoldOut(share) if share else None, **facts)


PLACES = (11_706_947_645_746_941_937, 5_972_107_514_961_675_040)
IN, OUT = min(held(500)), min(set(MEMBERS) - held(5_000))


def bought(at=SATURDAY):
    line = Line(amount=3_000, category="coffee")
    return Activity("purchase", "till", "1", at, Member(id="mem_1"), lines=(line,), store="plovdiv")


def decided(programme, member, person=None):
    standing = Standing(account_id=member, enrolled_at=SATURDAY - timedelta(days=9))
    standing.person_id = person
    law, budgets = Law(programme, 1), {one.key: one.budget for one in programme.rules if one.budget}
    ruling = law.decide(bought(), standing, posted_at=SATURDAY, budgets=budgets)
    gave = {share.rule for award in ruling.decision.awards for share in award.shares}
    said = {one.rule: one for one in silence.explain(law, bought(), standing, budgets=budgets)}
    return gave, said


def test_about_as_many_as_the_share_says():
    assert len(held(500)) == pytest.approx(1_000, abs=100)  # three standard errors
    assert held(10_000) == set(MEMBERS)


def test_a_larger_share_only_adds():
    assert held(100) < held(500) < held(2_000)


def test_two_programmes_draw_by_themselves():
    both = held(500) & held(500, key="borealis")
    assert len(both) == pytest.approx(50, abs=22)


def test_the_draw_never_changes():
    """Written down once: whoever changes these numbers draws all hold-outs of the world anew."""
    assert hold_out.place("aurora", MEMBERS[0]) == PLACES[0]
    assert hold_out.place("k" * 64, "m" * 200) == PLACES[1]


@given(st.text(min_size=1), st.text(min_size=1), st.integers(1, 10_000))
def test_any_share_is_a_bound(key, member, share):
    place = hold_out.place(key, member)
    assert 0 <= place < 2**64
    assert hold_out.is_held_out(HoldOut(share), key, member) == (place < share * 2**64 / 10_000)


def test_nobody_and_nothing():
    assert not hold_out.is_held_out(None, "aurora", IN)
    assert not hold_out.is_held_out(HoldOut(10_000), "aurora", "")  # a sample member


def test_campaigns_only():
    programme = with_campaign("weekend")
    gave, said = decided(programme, IN)
    assert "base" in gave and "weekend" not in gave
    assert said["weekend"] == Silent("weekend", "held_out", "/rules/weekend/campaign")
    assert {"base", "weekend"} <= decided(programme, OUT)[0]


def test_without_a_hold_out_campaigns_are_for_all():
    assert "weekend" in decided(with_campaign("weekend", share=0), IN)[0]


def test_a_rule_that_is_no_campaign_is_for_all():
    assert "weekend" in decided(with_campaign("first-order"), IN)[0]


def test_in_a_household_the_person_counts():
    programme = with_campaign("weekend")
    assert "weekend" in decided(programme, IN, person=OUT)[0]
    assert "weekend" not in decided(programme, OUT, person=IN)[0]


def test_a_campaign_that_is_over_is_over_for_all():
    programme = with_campaign("weekend")
    ended = Period(None, SATURDAY)
    rules = [msgspec.structs.replace(one, during=ended) if one.key == "weekend" else one for one in programme.rules]
    said = decided(msgspec.structs.replace(programme, rules=tuple(rules)), IN)[1]
    assert said["weekend"].reason == "no_longer"


@pytest.mark.parametrize(
    ("language", "why", "how"),
    [("en", "held out of campaigns", "5 %"), ("bg", "контролната група", "5 %"), ("tr", "kontrol grubunda", "%5")],
)
def test_it_is_told(language, why, how):
    programme = with_campaign("weekend", margin=3_500)
    said = sentences.reason(Silent("weekend", "held_out", "/rules/weekend/campaign"), programme, language)
    assert why in said
    told = sentences.programme(programme, language)
    assert any(how.replace(" ", "") in one.replace("\N{NO-BREAK SPACE}", "").replace(" ", "") for one in told)
    weekend = next(one for one in programme.rules if one.key == "weekend")
    plain = msgspec.structs.replace(weekend, campaign=False)
    assert sentences.rule(weekend, programme, language) != sentences.rule(plain, programme, language)


def test_members_are_not_told_what_is_measured():
    programme = with_campaign("weekend")
    for member in (IN, OUT, None):
        seen = summaries.seen_by(programme, member)
        assert ("weekend" in {rule.key for rule in seen.rules}) == (member != IN)
        whole = [one.sentence for section in sentences.summary(seen, "en") for one in section.paragraphs]
        assert not any("held out" in one for one in whole)


def test_a_campaign_shadows_no_rule_that_is_for_all():
    """The better rule of a group is a campaign: for who is held out, the other one counts."""
    first = msgspec.structs.replace(AURORA.rules[0], key="b", group="g", then=(Fixed("points", 10),), caps=NO_CAPS)
    first = msgspec.structs.replace(first, condition=None, where=None)
    for campaign, silent in ((False, ["b"]), (True, [])):
        twin = msgspec.structs.replace(first, key="a", campaign=campaign)
        found = conflicts.report(msgspec.structs.replace(AURORA, rules=(twin, first)), SATURDAY)
        assert [one.rule for one in found.rules if one.kind == "shadowed"] == silent
