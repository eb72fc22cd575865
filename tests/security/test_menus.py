"""The menu of the console leads each role to pages that open, and partners and cashiers not into the workshop."""

import re

import pytest

from guerdon.core import rights
from guerdon.core.rights import STAFF
from guerdon.faces.console import frame
from tests.faces.console import staff

WORKSHOP = ("rules/", "drafts/", "settings/", "versions/", "approvals/", "members/", "segments/", "queue", "parked/")
PRIVATE = (
    "/v1/programme", "/v1/programme/versions", "/v1/programme/versions/1", "/v1/programme/drafts",
    "/v1/programme/summary", "/v1/programme/conflicts", "/v1/programme/expirations", "/v1/members/{ann}",
    "/v1/members/{ann}/statement", "/v1/members/{ann}/lots", "/v1/members/{ann}/letters", "/v1/members/{ann}/reminders",
    "/v1/redemptions", "/v1/adjustments", "/v1/activities?status=parked", "/v1/activities?member={ann}",
    "/v1/activities?member={ann}&order=newest&kind=purchase&limit=6",
    "/v1/activities?member={ann}&order=newest&kind=purchase&limit=5&explain=full",
)  # fmt: skip
AT_TILL = (
    "/v1/members/{ann}/balances", "/v1/members/{ann}/tiers", "/v1/members/{ann}/rewards",
    "/v1/members/{ann}/vouchers", "/v1/members/{ann}/redemptions", "/v1/members/{ann}/expirations", "/v1/rewards",
    "/v1/tiers", "/v1/plans", "/v1/activities?external_id=17",
    "/v1/activities?member={ann}&order=newest&kind=purchase&limit=5",
)  # fmt: skip


@pytest.fixture
def cafe(database):
    return staff.opened()


@pytest.fixture
def shop(cafe):
    """The one whose API is at hand."""
    return cafe


def menu(text):
    """The ways in the menu of a page."""
    return re.findall(r'href="([^"]+)"', text[text.index("<nav") : text.index("<main")])


@pytest.mark.parametrize("role", STAFF)
def test_all_that_the_menu_offers_opens(cafe, role):
    client = staff.appoint(cafe, role, role)
    page = client.get(staff.at(cafe, "account")).content.decode()
    offered = set(menu(page)) if "<nav" in page else set()
    home = staff.at(cafe)
    areas = {client.get(one).status_code for one in offered if one.startswith(home)}
    assert areas <= {200, 302} if role in ("cashier", "partner") else areas == {200}, offered
    wanted = {one for areas in frame.AREAS.values() for one in areas if one.needs in rights.of(role)}
    assert len([one for one in offered if one.startswith(home) and one != home]) >= len(wanted - {frame.AREAS[""][0]})


@pytest.mark.parametrize("role", ["cashier", "partner"])
def test_who_works_outside_sees_neither_the_workshop_nor_members(cafe, role):
    client = staff.appoint(cafe, role, role)
    for page in (*WORKSHOP, "rewards", "tiers", f"members/mem_{cafe.ids['ann']}", "rules/base", "settings/brand"):
        answer = client.get(staff.at(cafe, page))
        assert answer.status_code == 403, page
        assert "Ann" not in answer.content.decode()
    assert ("cards" in client.get(staff.at(cafe, "account")).content.decode()) == (role == "cashier")


def test_a_partner_is_led_to_the_page_that_says_what_they_can_do(cafe):
    client = staff.appoint(cafe, "pia", "partner")
    front = client.get(staff.at(cafe))
    assert (front.status_code, front.headers["Location"]) == (302, staff.at(cafe, "account"))
    text = client.get(staff.at(cafe, "account")).content.decode()
    assert "What you can do here" in text and "Record purchases" in text and "Use vouchers" in text
    shut = client.get(staff.at(cafe, "rules/")).content.decode()
    assert f'href="{staff.at(cafe, "account")}"' in shut
    other = staff.appoint(cafe, "ada", "analyst").get(staff.at(cafe, "account")).content.decode()
    assert "What you can do here" not in other


def test_a_cashiers_key_does_all_that_a_till_needs_and_reads_no_profile(api, cafe):
    till, partner = api.new_key(rights.of("cashier")), api.new_key(rights.of("partner"), name="partner")
    ann = f"mem_{cafe.ids['ann']}"
    for path in PRIVATE:
        for key in (till, partner):
            assert api.get(path.format(ann=ann), key=key).status == 403, path
        assert api.get(path.format(ann=ann)).status == 200, path
    for path in AT_TILL:
        assert api.get(path.format(ann=ann), key=till).status == 200, path
    assert api.get("/v1/rewards", key=partner).status == 200
    assert api.get(f"/v1/members/{ann}/balances", key=partner).status == 403
