"""What a person of a household sees: the own life from before, what the household shares, and what each step brings."""

import re

import pytest

from guerdon.faces.portal import activity
from guerdon.kit import clock, ids
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
