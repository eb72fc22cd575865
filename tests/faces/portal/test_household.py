"""What a person of a household sees: the own life from before, what the household shares, and what each step brings."""

import re
from datetime import timedelta

import pytest

from guerdon.faces.portal import activity
from guerdon.features.members import queries as members
from guerdon.features.programmes import queries as programmes
from guerdon.insight import tiers as insight
from guerdon.kit import clock, ids, store
from tests.faces.portal import aurora
from tests.faces.portal.test_portal import sent, told


@pytest.fixture
def cafe(database):
    found = aurora.opened()
    found.buy("ann", 4000, at=f"{clock.now():%Y-%m-%d}", external_id="A-1")
    found.give("ann", 300)
    found.give("ann", 200)
    return found


def statement(client, place):
    """All pages of what happened."""
    text, more = "", place
    while more:
        page = told(client.get(more))
        main = page[page.index("<main") : page.index("</main>")]
        text += main
        found = re.search(r'href="(\?[^"]*cursor=[^"]*)"', main)
        more = f"{place}{found.group(1)}" if found else ""
    return text


def receipts(text):
    return re.findall(r'href="([^"]*/activity/act_[^"]+)"', text)


@pytest.mark.parametrize("rows", [2, 25])
def test_who_founds_a_household_keeps_the_own_history(cafe, monkeypatch, rows):
    monkeypatch.setattr(activity, "_ROWS", rows)
    ann, place = cafe.client("ann"), cafe.at("activity")
    before = receipts(statement(ann, place))
    old = {one: told(ann.get(one)) for one in before}
    assert sent(ann, cafe.at("household/found")).status_code == 303
    text = statement(ann, place)
    after = receipts(text)
    assert [one for one in after if one in before] == before  # each line, in its order
    assert "Came from your own account" in text and "Went to the household" in text
    assert "mem_" not in re.sub(r"<[^>]*>", "", text)
    for one in before:
        told_now = told(ann.get(one))
        lines = re.search(r'<ul role="list">.*?</ul>', told_now, re.S).group()
        assert lines == re.search(r'<ul role="list">.*?</ul>', old[one], re.S).group() and "<li>" in lines


def test_what_passes_is_told_once_not_lot_by_lot(cafe):
    ann = cafe.client("ann")
    sent(ann, cafe.at("household/found"))
    text = statement(ann, cafe.at("activity"))
    units = len(re.findall(r"Went to the household", text))
    assert len(re.findall(r"Came from your own account", text)) == units < 3


def test_who_joins_sees_the_household_from_then_on(cafe):
    ann, ben = cafe.client("ann"), cafe.client("ben")
    cafe.give("ben", 70)
    sent(ann, cafe.at("household/found"))
    cafe.buy("ann", 900, at=f"{clock.now():%Y-%m-%d}", external_id="A-2")
    earlier = set(receipts(statement(ann, cafe.at("activity"))))
    ann.post(cafe.at("household/invite"), {"to": cafe.email("ben"), "role": "adult", "token": ids.new()})
    accept = re.search(r'action="([^"]*/accept)"', told(ben.get(cafe.at("household")))).group(1)
    sent(ben, accept)
    cafe.buy("ann", 800, at=f"{clock.now():%Y-%m-%d}", external_id="A-3")
    text = statement(ben, cafe.at("activity"))
    assert "+70" in text and "Came from your own account" in text
    assert not earlier & set(receipts(text))
    hers = statement(ann, cafe.at("activity"))
    assert "Somebody brought them along" in hers and earlier < set(receipts(hers))
    assert set(receipts(text)) & set(receipts(hers))


def question(client, place, **fields):
    """What is asked before it is done."""
    return told(client.get(client.post(place, {"token": ids.new(), **fields}).headers["Location"]))


def test_the_tier_is_told_before_the_yes(cafe):
    ann, ben = cafe.client("ann"), cafe.client("ben")
    at = clock.now() - timedelta(days=1)
    cafe.grant("ann", "silver", at=f"{at:%Y-%m-%d}", last_day=f"{at + timedelta(days=300):%Y-%m-%d}")
    asked = question(ann, cafe.at("household/found"))
    assert "Your tier now: Silver." in asked and "has no tier yet" in asked
    sent(ann, cafe.at("household/found"))
    in_force = programmes.latest(store.current(), cafe.programme_id).current(clock.now())
    row = members.get(store.current(), cafe.programme_id, cafe.ids["ann"])
    found, _ = insight.of_member(store.current(), in_force, row, clock.now())
    assert [one.tier for one in found] == [None]  # as it was said
    ann.post(cafe.at("household/invite"), {"to": cafe.email("ben"), "role": "adult", "token": ids.new()})
    accept = re.search(r'action="([^"]*/accept)"', told(ben.get(cafe.at("household")))).group(1)
    asked = question(ben, accept)
    assert "Your tier now" not in asked and "has no tier yet" in asked


def test_what_goes_along_is_told_and_what_is_in_the_way_before_the_yes(cafe):
    ann, ben = cafe.client("ann"), cafe.client("ben")
    sent(ann, cafe.at("household/found"))
    asked = question(ann, cafe.at("household/leave"))
    assert "Goes along: " in asked and "Nobody else is left" in asked
    ann.post(cafe.at("household/invite"), {"to": cafe.email("ben"), "role": "adult", "token": ids.new()})
    sent(ben, re.search(r'action="([^"]*/accept)"', told(ben.get(cafe.at("household")))).group(1))
    assert "No points go along" in question(ben, cafe.at("household/leave"))
    cafe.give("ben", 70, days=0)
    assert re.search(r"Goes along: 70 [Pp]oints\.", question(ben, cafe.at("household/leave")))
    assert "hand" in told(ann.post(cafe.at("household/leave"), {"token": ids.new()}), 422).lower()
