"""Seeing what a member sees: only for whoever may, noted before and at every page, and nothing can be changed."""

import pytest
from django.contrib.sessions.models import Session

from guerdon.core import rights
from guerdon.engine import staff as people
from guerdon.faces.portal import pages
from guerdon.features.looks import queries as looks
from guerdon.features.users import queries as users
from guerdon.kit import audit, clock, ids, store
from tests.faces.console import staff


@pytest.fixture
def cafe(database):
    return staff.opened()


def begin(cafe, client, name="ann", **form):
    told = {"reason": "Ann asks why the mug is missing", **form}
    return client.post(staff.at(cafe, f"members/mem_{cafe.ids[name]}/view"), told)


def looked(cafe):
    found = looks.of_member(store.current(), [cafe.ids["ann"]], after=looks.FIRST, most=50)
    return {(one.who.name, one.who.purpose): one.looks for one in found}


def book(cafe):
    return [(one.action, one.reason) for one in audit.page(store.current(), cafe.programme_id, most=20)]


def test_staff_see_the_members_pages_under_a_banner_and_it_is_noted(cafe):
    sue = staff.appoint(cafe, "sue", "support")
    begun = begin(cafe, sue)
    assert begun.status_code == 303 and begun.headers["Location"] == cafe.at()
    assert ("member.viewed", "Ann asks why the mug is missing") in book(cafe)
    before = looked(cafe)["Sue", "members.view"]
    for page in ("", "rewards", "activity", "club", "mine", "vouchers", "card"):
        answer = sue.get(cafe.at(page))
        text = answer.content.decode()
        assert answer.status_code == 200, page
        assert "You see what Ann sees" in text and 'action="/console/' in text
        assert answer.headers["Guerdon-Viewing"] == "yes"
        assert answer.headers["Cache-Control"] == "no-store, private"
        assert "data-worker" not in text
    assert looked(cafe)["Sue", "members.view"] == before + 7
    ended = sue.post(staff.at(cafe, "view/end"))
    assert ended.headers["Location"] == staff.at(cafe, f"members/mem_{cafe.ids['ann']}")
    assert sue.get(cafe.at()).headers["Location"] == cafe.at("join")  # Sue is no member
    assert book(cafe)[0][0] == "member.left"


def test_nothing_can_be_sent_from_there(cafe):
    sue = staff.appoint(cafe, "sue", "support")
    begin(cafe, sue)
    writes = [one for one in pages.PAGES if one.needs == "self" and one.methods != ("GET",)]
    assert len(writes) > 15
    for one in writes:
        place = "/" + one.path.replace("<slug:programme>", cafe.key).replace("<str:", "x<").replace("<int:", "x<")
        answer = sue.post(place.replace("<", "").replace(">", ""), {"sure": "true", "price": "1", "on": "false"})
        assert answer.status_code == 403, place
        assert "right_missing" in answer.content.decode(), place
    assert sue.post(cafe.at("rewards/flat_white"), {"price": "1", "sure": "true"}).status_code == 403
    assert cafe.amounts("ann", "2100-01-01").available in (0, 1_500)


def test_the_code_that_makes_somebody_the_member_is_not_shown(cafe):
    sue = staff.appoint(cafe, "sue", "support")
    begin(cafe, sue)
    assert "for the member alone" in sue.get(cafe.at("card")).content.decode()
    assert sue.get(cafe.at("card/codes")).status_code == 403


def test_a_reason_is_needed(cafe):
    sue = staff.appoint(cafe, "sue", "support")
    refused = begin(cafe, sue, reason=" ")
    assert refused.status_code == 422 and "aria-invalid" in refused.content.decode()
    assert sue.get(cafe.at()).status_code == 302 and "member.viewed" not in dict(book(cafe))


@pytest.mark.parametrize("role", [one for one in rights.STAFF if "privacy:read" not in rights.of(one)])
def test_other_roles_may_not(cafe, role):
    other = staff.appoint(cafe, "pat", role)
    assert begin(cafe, other).status_code == 403
    assert other.get(cafe.at()).headers["Location"] == cafe.at("join")


def test_a_member_never_can_not_even_with_the_key_in_the_session(cafe):
    ben = cafe.client("ben")
    assert begin(cafe, ben).status_code == 403
    session = ben.session
    session[f"viewing:{cafe.programme_id}"] = cafe.ids["ann"]
    session.save()
    page = ben.get(cafe.at())
    assert "Guerdon-Viewing" not in page.headers and "1,500" not in page.content.decode()
    assert f"viewing:{cafe.programme_id}" not in ben.session
    assert not [one for one in looked(cafe) if one[0] != "Emil"]


def test_it_ends_with_the_role_and_does_not_come_back_with_it(cafe):
    sue = staff.appoint(cafe, "sue", "support")
    begin(cafe, sue)
    assert "You see what Ann sees" in sue.get(cafe.at()).content.decode()
    who = users.by_email(store.current(), cafe.email("sue"))
    people.end(programme_id=cafe.programme_id, user_id=who, by=staff.OPERATOR, reason="left", now=clock.now())
    assert sue.get(cafe.at()).headers["Location"] == cafe.at("join")
    people.appoint(
        programme_id=cafe.programme_id, email=cafe.email("sue"), name="Sue", role="support", by=staff.OPERATOR,
        now=clock.now(),
    )  # fmt: skip
    assert sue.get(cafe.at()).headers["Location"] == cafe.at("join")


def test_it_ends_with_the_right_of_the_role(cafe):
    sue = staff.appoint(cafe, "sue", "support")
    begin(cafe, sue)
    who = users.by_email(store.current(), cafe.email("sue"))
    people.change(
        programme_id=cafe.programme_id, user_id=who, role="cashier", by=staff.OPERATOR, reason="", now=clock.now()
    )
    assert "Guerdon-Viewing" not in sue.get(cafe.at()).headers


def test_it_holds_in_one_programme_and_one_session_only(cafe):
    other = staff.opened()
    sue = staff.appoint(cafe, "sue", "support")
    begin(cafe, sue)
    assert sue.get(other.at()).headers["Location"] == other.at("join")
    fresh = cafe.client("sue")
    assert fresh.get(cafe.at()).headers["Location"] == cafe.at("join")
    foreign = sue.post(staff.at(cafe, f"members/mem_{other.ids['ann']}/view"), {"reason": "x"})
    assert foreign.status_code == 404
    assert Session.objects.count() >= 2


def test_the_members_own_looks_stay_the_members(cafe):
    ann = cafe.client("ann")
    assert ann.get(cafe.at()).status_code == 200
    assert ("Ann", "members.view") not in looked(cafe)
    assert ids.show("member", cafe.ids["ann"]).startswith("mem_")
