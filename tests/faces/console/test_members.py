"""Members in the console: found, enrolled, seen from all sides, adjusted, merged, blocked, noted, exported, erased."""

import re
from datetime import timedelta

import pytest

from guerdon.core import rights
from guerdon.core.members import Person
from guerdon.engine import enrolment
from guerdon.faces.console import pages
from guerdon.features.looks import actions as looking
from guerdon.features.looks import queries as looks
from guerdon.features.members import queries as members
from guerdon.features.members.records import Enrolment
from guerdon.kit import audit, clock, ids, store
from tests.faces.console import staff

LANGUAGES = ("en", "bg", "tr")
TABS = ("", "/timeline", "/lots", "/vouchers", "/redemptions", "/segments", "/notes", "/privacy", "/adjust", "/merge",
        "/block", "/revoke", "/lift", "/view")  # fmt: skip


@pytest.fixture
def cafe(database):
    return staff.opened()


@pytest.fixture
def emil(cafe):
    return staff.appoint(cafe, "emil", "owner")


def told(answer, status=200):
    text = answer.content.decode()
    assert answer.status_code == status, text[:3000]
    return text


def member(cafe, page="", name="ann"):
    return staff.at(cafe, f"members/mem_{cafe.ids[name]}{page}")


def hidden(text):
    return dict(re.findall(r'<input type="hidden" name="([\w.\[\]]+)" value="([^"]*)"', text[: text.rindex("</main>")]))


def book(cafe):
    return [
        (one.action, one.before, one.after, one.reason)
        for one in audit.page(store.current(), cafe.programme_id, most=9)
    ]


def test_members_are_listed_with_what_is_known_at_a_glance(cafe, emil):
    page = told(emil.get(staff.at(cafe, "members/")))
    assert page.count('role="row"') == 3 and "1,500 points" in page and "never" in page
    assert "Ann" in told(emil.get(staff.at(cafe, "members/"), {"q": "an"}))
    assert "Nobody found" in told(emil.get(staff.at(cafe, "members/"), {"q": "zora"}))
    assert 'role="alert"' in told(emil.get(staff.at(cafe, "members/"), {"q": "a"}))
    found = told(emil.get(staff.at(cafe, "members/"), {"q": cafe.email("ben")}))
    assert "Ben" in found and "Ann" not in found


def test_a_cashier_makes_no_member_of_two(cafe):
    cashier = staff.appoint(cafe, "cash", "cashier")
    assert cashier.get(member(cafe, "/merge")).status_code == 403
    for deed in ("merge", "unmerge"):
        sent = cashier.post(member(cafe, f"/{deed}", "ben"), {"goes": cafe.email("ann"), "sure": "true"})
        assert sent.status_code == 403


def test_the_number_of_a_receipt_finds_its_purchase_and_whose_it_was(cafe, emil):
    for source in ("pos-1", "pos-2"):
        cafe.tell(cafe.purchase("ben", 900, "2026-01-05", source=source, external_id="0117"))
    page = told(emil.get(staff.at(cafe, "members/"), {"q": "0117"}))
    assert page.count(f'href="{member(cafe, "/timeline", "ben")}"') == 2
    assert "9.00" in page and "pos-2" in page
    assert "0118" not in told(emil.get(staff.at(cafe, "members/"), {"q": "0117"}))
    nobody = told(emil.get(staff.at(cafe, "members/"), {"q": "zz-0118"}))
    assert "/timeline" not in nobody


def test_a_list_goes_on_where_it_ended(cafe, emil):
    for number in range(30):
        cafe.join(f"guest{number}")
    first = told(emil.get(staff.at(cafe, "members/")))
    assert first.count('role="row"') == 26
    more = re.search(r'href="(\?cursor=[^"]+)"', first).group(1)
    assert told(emil.get(staff.at(cafe, "members/") + more)).count('role="row"') == 8


def test_a_member_is_enrolled_once_however_often_the_form_is_sent(cafe, emil):
    form = {"person.name": "Zora", "person.email": f"zora@{cafe.key}.example", "cards[]": "", "token": ids.new()}
    first, again = (emil.post(staff.at(cafe, "enrol"), form) for _ in range(2))
    assert first.status_code == again.status_code == 303
    assert first.headers["Location"] == again.headers["Location"]
    page = told(emil.get(first.headers["Location"]))
    assert "Zora is a member now: 100 points and" in page and "for joining" in page
    timeline = told(emil.get(first.headers["Location"] + "/timeline"))
    assert "Joined" in timeline and "console mem_" not in timeline
    taken = told(emil.post(staff.at(cafe, "enrol"), form | {"token": ids.new()}), 422)
    assert 'value="Zora"' in taken and "circle-alert" in taken
    wrong = told(emil.post(staff.at(cafe, "enrol"), {"person.birthday": "soon"}), 422)
    assert 'value="soon"' in wrong and "person.birthday-fault" in wrong


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_side_reads_in_every_language(cafe, emil, language):
    for name in ("ann", "ben"):
        for tab in TABS:
            told(emil.get(member(cafe, tab, name), {"language": language}))
    for page in ("members/", "enrol", "segments/", "segments/new"):
        told(emil.get(staff.at(cafe, page), {"language": language}))


def test_every_page_asks_for_its_right(cafe):
    clients = {
        role: staff.appoint(cafe, f"x{role}", role) for role in ("cashier", "analyst", "marketer", "finance", "support")
    }
    for one in pages.PAGES:
        if "GET" not in one.methods or "key>" in one.path or not re.search(r"/(members|segments|enrol)", one.path):
            continue
        place = "/" + one.path.replace("<slug:programme>", cafe.key).replace("<str:id>", f"mem_{cafe.ids['ann']}")
        for role, client in clients.items():
            status = client.get(place).status_code
            assert (status == 403) == (one.needs not in rights.of(role)), (place, role, status)


def test_the_timeline_tells_the_rule_that_gave_points_and_who_did_what_by_hand(cafe, emil):
    cafe.buy("ann", 2_000, "2026-03-02")
    page = told(emil.get(member(cafe, "/timeline")))
    assert "+1,500 points" in page and "By hand" in page and "Purchase" in page
    assert page.index("Purchase") < page.index("+1,500 points") or page.index("By hand") < page.index("Purchase")
    only = told(emil.get(member(cafe, "/timeline"), {"kind": "purchase"}))
    assert "+1,500 points" not in only and "20.00 EUR" in only
    assert "Nothing happened" in told(emil.get(member(cafe, "/timeline"), {"kind": "birthday"}))


def test_what_other_systems_tell_is_said_as_people_say_it(cafe, emil):
    said = {"diet": "vegetarian", "asked_on": "2026-05-01T00:00:00Z", "first_visit": "2026-04-30", "has_bike": True}
    cafe.join("zoe", attributes=said)
    cafe.tell(cafe.purchase("zoe", 900, "2026-01-05", store="sofia-centre", channel="kiosk", partner="roastery"))
    page = told(emil.get(member(cafe, "", "zoe")))
    facts = dict(re.findall(r"<dt[^>]*>([^<]+)</dt>\s*<dd[^>]*>\s*([^<]+?)\s*</dd>", page))
    assert facts["Diet"] == "vegetarian" and facts["Has bike"] == "yes"
    assert (facts["Asked on"], facts["First visit"]) == ("1 May 2026, 03:00", "30 April 2026")
    page = told(emil.get(member(cafe, "", "zoe"), {"language": "tr"}))
    assert "Beslenme" in page and "vejetaryen" in page and "30 Nisan 2026" in page and "evet" in page
    page = told(emil.get(member(cafe, "/timeline", "zoe"), {"language": "en"}))
    assert "Sofia Centre · the kiosk · the roastery" in page and "sofia-centre" not in page


def test_points_are_adjusted_after_a_look_once(cafe, emil):
    form = {"way": "give", "points": "40", "unit": "points", "reason": "goodwill", "token": ids.new()}
    asked = told(emil.post(member(cafe, "/adjust"), form, follow=True))
    assert "1,500 points" in asked and "1,540 points" in asked and "second person" not in asked
    assert "1,500" in told(emil.get(member(cafe)))
    for _ in range(2):
        assert emil.post(member(cafe, "/adjust"), hidden(asked)).status_code == 303
    assert "1,540" in told(emil.get(member(cafe)))
    wrong = told(emil.post(member(cafe, "/adjust"), form | {"way": "take", "points": "1600"}), 422)
    assert 'value="1600"' in wrong and 'role="alert"' in wrong
    assert "points-fault" in told(emil.post(member(cafe, "/adjust"), form | {"points": ""}), 422)


def test_a_large_one_is_announced_and_waits_for_somebody_else(cafe, emil):
    assert "needs a second person" in told(emil.get(member(cafe, "/adjust")))
    form = {"way": "give", "points": "2500", "unit": "points", "reason": "goodwill", "token": ids.new()}
    asked = told(emil.post(member(cafe, "/adjust"), form, follow=True))
    assert "That needs a second person" in asked
    emil.post(member(cafe, "/adjust"), hidden(asked))
    fay = staff.appoint(cafe, "fay", "finance")
    queue = told(fay.get(staff.at(cafe, "approvals/")))
    place = re.search(r'action="([^"]+/approve)"', queue).group(1)
    assert told(emil.post(place, {"token": ids.new()}), 422)  # nobody approves their own
    assert fay.post(place, {"token": ids.new()}).status_code == 303
    assert "4,000" in told(emil.get(member(cafe)))


def test_what_waits_for_a_second_person_is_told_at_the_member_and_what_was_refused_is_marked(cafe, emil):
    form = {"way": "give", "points": "2500", "unit": "points", "reason": "goodwill", "token": ids.new()}
    emil.post(member(cafe, "/adjust"), hidden(told(emil.post(member(cafe, "/adjust"), form, follow=True))))
    overview = told(emil.get(member(cafe)))
    assert "+2,500 points" in overview and "waits for a second person" in overview
    fay = staff.appoint(cafe, "fay", "finance")
    place = re.search(r'action="([^"]+)/approve"', told(fay.get(staff.at(cafe, "approvals/")))).group(1)
    assert fay.post(f"{place}/refuse", {"note": "twice", "token": ids.new()}).status_code == 303
    assert "+2,500 points" not in told(emil.get(member(cafe)))
    for language, badge, why in (("en", "Refused", "Goodwill"), ("bg", "Отказано", "Жест на добра воля")):
        page = told(emil.get(member(cafe, "/timeline"), {"language": language}))
        event = next(one for one in page.split("<li>") if "· twice" in one)
        assert f"{badge}<" in event and "Fay" in event and "2" in event and why in event and "goodwill" not in event


def test_points_by_hand_are_told_by_the_name_of_their_reason(cafe, emil):
    form = {"way": "give", "points": "40", "unit": "points", "reason": "goodwill", "token": ids.new()}
    emil.post(member(cafe, "/adjust"), hidden(told(emil.post(member(cafe, "/adjust"), form, follow=True))))
    assert "Given by hand by Emil: “Goodwill”." in told(emil.get(member(cafe, "/timeline")))


def test_two_members_become_one_after_a_look_and_two_again(cafe, emil):
    asked = told(emil.post(member(cafe, "/merge", "ben"), {"goes": cafe.email("ann")}, follow=True))
    assert "1,500 points" in asked and "Cards: 1" in asked
    assert "1,500" not in told(emil.get(member(cafe, "", "ben")))
    assert emil.post(member(cafe, "/merge", "ben"), hidden(asked)).status_code == 303
    assert "1,500" in told(emil.get(member(cafe, "", "ben")))
    back = told(emil.post(member(cafe, "/unmerge", "ben"), {"goes": f"mem_{cafe.ids['ann']}"}, follow=True))
    assert emil.post(member(cafe, "/unmerge", "ben"), hidden(back)).status_code == 303
    assert "1,500" in told(emil.get(member(cafe)))
    assert "goes-fault" in told(emil.post(member(cafe, "/merge"), {"goes": ""}), 422)
    assert 'role="alert"' in told(emil.post(member(cafe, "/merge"), {"goes": "nobody@nowhere.example"}), 422)


def test_a_member_is_blocked_and_let_in_again_with_reasons_in_the_book(cafe, emil):
    assert told(emil.post(member(cafe, "/block"), {"reason": ""}), 422)
    for _ in range(2):  # the same again changes nothing
        assert emil.post(member(cafe, "/block"), {"reason": "fraud?"}).status_code == 303
    assert "Blocked" in told(emil.get(member(cafe)))
    assert emil.post(member(cafe, "/unblock"), {"reason": "no fraud"}).status_code == 303
    assert [one for one in book(cafe) if one[0].startswith("member.")] == [
        ("member.active", '{"status":"blocked"}', '{"status":"active"}', "no fraud"),
        ("member.blocked", '{"status":"active"}', '{"status":"blocked"}', "fraud?"),
    ]


def test_notes_are_sealed_read_by_those_who_may_and_noted_as_looks(cafe, emil):
    assert emil.post(member(cafe, "/notes"), {"text": "Allergic to nuts"}).status_code == 303
    assert "Allergic to nuts" in told(emil.get(member(cafe, "/notes")))
    stored = store.current().fetch(
        store.Statement("SELECT sealed FROM notes_note WHERE account_id = :a"), a=cafe.ids["ann"]
    )
    assert len(stored) == 1 and "nuts" not in str(stored)
    assert "Notes of the staff" in told(emil.get(member(cafe, "/privacy")))
    assert "text-fault" in told(emil.post(member(cafe, "/notes"), {"text": ""}), 422)
    assert "nuts" not in told(cafe.client("ann").get(cafe.at("activity")))


def test_all_that_is_known_is_taken_and_the_member_erased_by_whoever_showed_who_they_are(cafe, emil):
    emil.post(member(cafe, "/notes"), {"text": "Allergic to nuts"})
    archive = emil.get(member(cafe, "/download.zip"))
    assert archive.status_code == 200 and archive.content[:2] == b"PK"
    asked = told(emil.get(member(cafe, "/erase"), follow=True))
    assert "1,500" in asked
    assert emil.post(member(cafe, "/erase"), hidden(asked)).status_code == 303
    for page in ("", "/timeline", "/privacy"):  # whoever looks at the member sees it, and takes it back there
        shown = told(emil.get(member(cafe, page)))
        assert "Last day to take it back" in shown and f'action="{member(cafe, "/keep")}"' in shown
    assert emil.post(member(cafe, "/keep")).status_code == 303
    assert "Last day to take it back" not in told(emil.get(member(cafe)))
    session = emil.session
    session["account_authentication_methods"] = [one | {"at": 0} for one in session["account_authentication_methods"]]
    session.save()
    for page in ("/erase", "/download.zip"):
        assert emil.get(member(cafe, page, "ben")).headers["Location"].startswith("/sign-in/again")


def test_consents_are_said_as_support(cafe, emil):
    page = told(emil.get(member(cafe, "/privacy")))
    consent = re.findall(r'name="consent" value="(\w+)"', page)[0]
    assert emil.post(member(cafe, "/consent"), {"consent": consent, "given": "true"}).status_code == 303
    assert "told by Emil" in told(emil.get(member(cafe, "/privacy")))


def test_who_looked_in_several_hours_is_one_line_with_how_often(cafe, emil):
    looker = looks.Looker("person", "f" * 32, "Sue", "members.read")
    for hours in (1, 2, 3):
        at = clock.now() - timedelta(hours=hours)
        store.committed(
            lambda at_hand, at=at: looking.note(at_hand, cafe.programme_id, [cafe.ids["ann"]], looker, now=at)
        )
    page = told(emil.get(member(cafe, "/privacy")))
    lines = [one for one in page.split('<tr role="row">') if ">Sue<" in one]
    assert len(lines) == 1 and ">3<" in lines[0]


@pytest.mark.parametrize(
    ("language", "name", "purpose"),
    [
        ("en", "Diet", "Looking at the profile"),
        ("bg", "Хранене", "Преглед на профила"),
        ("tr", "Beslenme", "Profile bakma"),
    ],
)
def test_attributes_and_what_was_looked_for_are_words(cafe, emil, language, name, purpose):
    id, _ = enrolment.enrol(
        programme_id=cafe.programme_id, now=clock.now(),
        enrolment=Enrolment(external_ids=(f"cleo-{language}",), attributes={"diet": "vegan", "shoe_size": 39},
                            person=Person(name="Cleo")),
    )  # fmt: skip
    page = told(emil.get(staff.at(cafe, f"members/mem_{id}"), {"language": language}))
    assert name in page and "Shoe size" in page and "shoe_size" not in page
    page = told(emil.get(staff.at(cafe, f"members/mem_{id}/privacy"), {"language": language}))
    assert purpose in page and "members.read" not in page


def test_codes_of_a_lost_phone_are_ended(cafe, emil):
    assert emil.post(member(cafe, "/revoke"), {"token": ids.new()}).status_code == 303
    assert cafe.count("members_revocation") == 1
    assert members.get(store.current(), cafe.programme_id, cafe.ids["ann"]).status == "active"


LIFTS = {"en": "Lift the wait", "bg": "Прекрати изчакването", "tr": "Beklemeyi kaldır"}


@pytest.mark.parametrize("language", LIFTS)
def test_the_wait_after_a_new_address_is_seen_and_lifted_with_a_reason(cafe, language):
    """By a manager, who shows again who they are; support, which writes addresses down, is not offered it."""
    cafe.publish(since=clock.now(), now=clock.now(), address_wait_hours=24)
    manager, support = (staff.appoint(cafe, role, role) for role in ("manager", "support"))
    assert LIFTS[language] not in told(manager.get(member(cafe), {"language": language})), "nothing to wait for"
    enrolment.change(
        programme_id=cafe.programme_id, member_id=cafe.ids["ann"], etag=None, now=clock.now(),
        wanted=enrolment.MemberChange(person=enrolment.PersonChange(email="new@aurora.example")),
    )  # fmt: skip
    assert member(cafe, "/lift") in told(manager.get(member(cafe)))
    assert member(cafe, "/lift") not in told(support.get(member(cafe)))
    assert support.post(member(cafe, "/lift"), {"reason": "x", "token": ids.new()}).status_code == 403
    assert LIFTS[language] in told(manager.get(member(cafe, "/lift")))
    assert manager.post(member(cafe, "/lift"), {"reason": " ", "token": ids.new()}).status_code == 422
    assert cafe.count("members_lift") == 0
    assert manager.post(member(cafe, "/lift"), {"reason": "by passport", "token": ids.new()}).status_code == 303
    assert cafe.count("members_lift") == 1
    assert member(cafe, "/lift") not in told(manager.get(member(cafe)))
    again = manager.post(member(cafe, "/lift"), {"reason": "by passport", "token": ids.new()})
    assert again.status_code == 422 and cafe.count("members_lift") == 1
    assert "by passport" in told(manager.get(staff.at(cafe, "audit/")))
