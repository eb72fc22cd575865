"""What members are told is what they see: how long a voucher is good, what a draw costs them, how a plan began."""

import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from guerdon.faces.api.expirations import ExpirationView
from guerdon.faces.portal import home
from tests import vouchers
from tests.faces.portal import aurora
from tests.faces.portal.test_portal import sent, told
from tests.shop import FAR


@pytest.fixture
def cafe(database):
    found = aurora.opened()
    found.give("ann", 1_500)
    return found


def rows(text):
    """The items of a list, without marks."""
    items = re.findall(r"<li>(.*?)</li>", text, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", " ", one).split()) for one in items]


@pytest.mark.parametrize(("language", "said"), [("en", "until 1"), ("bg", "до 1"), ("tr", "son gün: 1")])
def test_a_voucher_says_until_when_it_is_good_and_a_withdrawn_one_no_day(cafe, language, said):
    day = f"{aurora.clock.now():%Y-%m-%d}"
    code = vouchers.given(cafe, "ann", "five_off", day)
    client = cafe.client("ann")
    (row,) = [one for one in rows(told(client.get(cafe.at("vouchers"), {"language": language}))) if code[:4] in one]
    assert said.split(" 1")[0] in row and re.search(r"\d{4}", row.replace(code, ""))


def test_what_is_drawn_for_nothing_costs_nothing_and_is_no_longer_offered_once_it_is_used_up(cafe):
    client = cafe.client("ann")
    place = cafe.at("rewards/surprise")
    before = told(client.get(place))
    assert "or free" in before and "once a month" in rules(before)
    asked = client.post(place, {"token": "t-1", "price": "2"})
    assert "It costs nothing." in told(client.get(asked.headers["Location"]))
    assert sent(client, place, price="2").status_code == 303
    after = told(client.get(place))
    assert "or free" not in after and 'name="price" value="1"' in after


def rules(text):
    """What stands under “Who can have it”."""
    return text[text.index("Who can have it") :]


def test_what_too_little_is_there_for_has_no_button(cafe):
    offered = told(cafe.client("ann").get(cafe.at("rewards/cake")))
    short = told(cafe.client("ben").get(cafe.at("rewards/cake")))
    assert "I want this" in offered and "I want this" not in short and "as soon as you have enough" in short


def test_a_trial_that_has_begun_is_called_so(cafe):
    client = cafe.client("ann")
    done = sent(client, cafe.at("membership/join/aurora-plus"))
    assert "Your free trial of Aurora Plus has begun." in told(client.get(done.headers["Location"]))


def test_who_sends_and_to_whom_is_told_on_every_side(cafe):
    cafe.give("ann", 500)
    ann, ben = cafe.client("ann"), cafe.client("ben")
    sent(ann, cafe.at("send"), to=cafe.email("ben"), points="60", unit="points")
    assert "To Ben" in told(ann.get(cafe.at("send"))) and "From Ann" in told(ben.get(cafe.at("send")))
    assert "From Ann" in told(ben.get(cafe.at()))


def test_who_invites_into_the_household_is_told_and_who_is_invited(cafe):
    ann, ben = cafe.client("ann"), cafe.client("ben")
    sent(ann, cafe.at("household/found"))
    sent(ann, cafe.at("household/invite"), to=cafe.email("ben"), role="adult")
    page = told(ann.get(cafe.at("household")))
    assert "<strong>Ben</strong><span>Adult" in page
    assert "<strong>From Ann</strong>" in told(ben.get(cafe.at("household"))) and "From Ann" in told(ben.get(cafe.at()))


def test_points_of_several_awards_that_are_sent_stand_in_one_line(cafe):
    cafe.give("ann", 34, days=3)
    client, ben = cafe.client("ann"), cafe.client("ben")
    sent(client, cafe.at("send"), to=cafe.email("ben"), points="60", unit="points")
    offered = re.search(r"/send/(trf_\w+)/accept", told(ben.get(cafe.at("send"))))[1]
    ben.post(cafe.at(f"send/{offered}/accept"))
    page = told(ben.get(cafe.at("activity")))
    assert page.count("Came from Ann") == 1 and "+60 points" in page


def test_a_purchase_is_told_by_its_sum_with_the_rule_as_the_reason_and_one_that_came_late_says_so(cafe):
    now = aurora.clock.now()
    early, late = f"{now - aurora.timedelta(days=2):%Y-%m-%d}", f"{now - aurora.timedelta(days=27):%Y-%m-%d}"
    cafe.buy("ben", 2_500, at=early)
    cafe.tell(cafe.purchase("ben", 1_100, at=late), now=now.isoformat())
    client = cafe.client("ben")
    page = told(client.get(cafe.at("activity")))
    assert "Purchase of 25.00 EUR" in page and "A point for every euro · " in page
    marked = [one for one in rows(page) if "entered on" in one]
    assert marked and all("Purchase of 11.00 EUR" in one for one in marked) and page.count("<h2>") == 1
    receipt = re.search(r"activity/(act_\w+)", page)[0]
    assert "Total" in told(client.get(cafe.at(receipt)))


@pytest.mark.parametrize(
    ("language", "said"), [("en", "This file is no picture"), ("bg", "не е снимка"), ("tr", "resim değil")]
)
def test_a_file_that_is_no_photo_is_told_once_and_plainly(cafe, language, said):
    client = cafe.client("ann")
    client.get(cafe.at(), {"language": language})
    form = {"kind": "question", "text": "Look", "photos": [SimpleUploadedFile("a.png", b"none", "image/png")]}
    page = told(client.post(cafe.at("claims/new"), {"token": "t-photo", **form}), 422)
    assert page.count(said) == 1


def test_the_first_page_shows_the_vouchers_that_can_be_used(cafe):
    client = cafe.client("ann")
    assert "Five euros off" not in told(client.get(cafe.at()))
    vouchers.given(cafe, "ann", "five_off", f"{aurora.clock.now():%Y-%m-%d}")
    page = told(client.get(cafe.at()))
    assert "Five euros off" in page and "until " in page


def test_many_ends_of_one_unit_hide_no_other():
    first = date(2026, 12, 1)
    ends = [ExpirationView("points", 0, 1, None, first.replace(day=day), day, FAR) for day in range(1, 7)]
    ends.append(ExpirationView("status", 0, 5, None, date(2027, 12, 31), 400, FAR))
    assert [(one.unit, one.last_day.day) for one in home.soonest(ends)] == [
        ("points", 1), ("points", 2), ("points", 3), ("status", 31),
    ]  # fmt: skip


def test_the_welcome_page_says_what_joining_gives(cafe):
    steps = told(Client(SERVER_NAME="localhost").get(cafe.at("welcome")))
    assert "100 points" in steps and steps.index("100 points") < steps.index("euro")
