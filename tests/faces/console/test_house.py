"""The house's own business in the console: approvals, the book, keys, staff, work; who may, and what is noted."""

import csv
import io
import re
from datetime import timedelta

import pytest
from django.test import Client

from guerdon.core import rights
from guerdon.engine import staff
from guerdon.faces import words
from guerdon.faces.api import audit as audited
from guerdon.faces.console import account, approvals, audit, keys, parked, works
from guerdon.faces.console import staff as staff_pages
from guerdon.faces.signin import entry
from guerdon.faces.words import console_works
from guerdon.features.keys import queries as key_queries
from guerdon.features.users import queries
from guerdon.kit import audit as book
from guerdon.kit import clock, ids, store
from guerdon.kit.audit import Actor
from tests.faces.portal import aurora

OPERATOR = Actor("operator", "test")
MODULES = (approvals, audit, keys, parked, works, staff_pages, account)
READ = [page for module in MODULES for page in module.PAGES if "GET" in page.methods]


@pytest.fixture
def cafe(database):
    found = aurora.opened()
    for name, role in (("emil", "owner"), ("fay", "finance"), ("sue", "support")):
        staff.appoint(programme_id=found.programme_id, email=found.email(name), name=name.title(), role=role,
                      by=OPERATOR, now=clock.now())  # fmt: skip
    return found


def come(cafe, name):
    client = Client(SERVER_NAME="localhost")
    client.get(entry.link(email=cafe.email(name), to="/"))
    return client


def told(answer, status=200):
    text = answer.content.decode()
    assert answer.status_code == status, text[:3000]
    return text


def at(cafe, place):
    return f"/console/{cafe.key}/{place}"


def ask_for(cafe, points):
    """Points by hand of which a second person must approve."""
    cafe.adjust("ann", points, unit="points", at=f"{clock.now():%Y-%m-%d}")


def lines(cafe, **wanted):
    return book.page(store.current(), cafe.programme_id, most=50, **wanted)


@pytest.mark.parametrize("language", ["en", "bg", "tr"])
def test_every_page_reads_in_every_language_empty_and_full(cafe, language):
    client = come(cafe, "emil")
    for _ in range(2):
        for page in READ:
            told(client.get("/" + page.path.replace("<slug:programme>", cafe.key), {"language": language}))
        ask_for(cafe, 9_000)
        client.post(at(cafe, "keys/"), {"name": "till-1", "role": "cashier"})
        client.post(at(cafe, "staff/"), {"name": "Dora", "email": f"d{ids.new()}@x.example", "role": "cashier"})


def test_a_key_is_shown_once_ended_and_written_down(cafe):
    client = come(cafe, "emil")
    answer = client.post(at(cafe, "keys/"), {"name": "till-1", "role": "cashier", "reason": "new till"})
    text = told(client.get(answer.headers["Location"]))
    (secret,) = re.findall(r"gdn_[0-9a-f]{32}_\w{43}", text)
    assert secret not in told(client.get(at(cafe, "keys/")))
    (key,) = key_queries.every(store.current(), cafe.programme_id)
    assert key.scopes == rights.of("cashier")
    page = told(client.get(at(cafe, "keys/"), {"language": "en"}))
    assert "Record purchases" in page and 'value="activities:write"' in page
    about = ids.show("key", key.id)
    assert client.post(at(cafe, f"keys/{about}/revoke"), {"reason": "sold"}).status_code == 303
    assert [(one.action, one.reason) for one in lines(cafe, about=about)] == [
        ("key.revoked", "sold"), ("key.made", "new till"),
    ]  # fmt: skip
    page = told(client.get(at(cafe, "audit/"), {"about": about}))
    assert "made an API key" in page and "sold" in page and "signed in" not in page.split("timeline")[1]
    sheet = client.get(at(cafe, "audit/table.csv"), {"action": "key.made"})
    assert sheet.headers["Content-Type"].startswith("text/csv") and sheet.content.decode().count("key.made") == 1


def test_a_key_is_made_once_however_often_its_form_is_sent(cafe):
    client = come(cafe, "emil")
    form = {"name": "till-1", "role": "cashier", "token": ids.new()}
    first, second = (client.post(at(cafe, "keys/"), form) for _ in range(2))  # as a double click sends it
    assert (first.status_code, second.status_code) == (303, 303)
    assert first.headers["Location"] == second.headers["Location"] == at(cafe, "keys/")
    assert re.search(r"gdn_[0-9a-f]{32}_\w{43}", told(client.get(at(cafe, "keys/"))))
    assert not re.search(r"gdn_[0-9a-f]{32}_\w{43}", told(client.get(at(cafe, "keys/"))))
    again = client.post(at(cafe, "keys/"), form)
    assert again.status_code == 303 and "This key is made already" in told(client.get(again.headers["Location"]))
    assert [one.name for one in key_queries.every(store.current(), cafe.programme_id)] == ["till-1"]
    staff.appoint(programme_id=cafe.programme_id, email=cafe.email("olga"), name="Olga", role="owner", by=OPERATOR,
                  now=clock.now())  # fmt: skip
    other = come(cafe, "olga")  # whoever else has guessed the name of a form has made a key of their own
    assert other.post(at(cafe, "keys/"), form).status_code == 303
    assert len(key_queries.every(store.current(), cafe.programme_id)) == 2


@pytest.mark.parametrize("language", ["en", "bg", "tr"])
def test_a_key_without_any_right_is_told_at_the_rights(cafe, language):
    client = come(cafe, "emil")
    place = at(cafe, f"keys/?language={language}")
    refused = told(client.post(place, {"name": "nothing"}), 422)
    assert words.say("console_house.key_rightless", language) in refused and "“–”" not in refused
    assert "<details open>" in refused
    assert key_queries.every(store.current(), cafe.programme_id) == []


def test_roles_open_their_pages_and_no_others(cafe):
    client = come(cafe, "sue")
    for place, status in (("approvals/", 200), ("audit/", 200), ("works/", 200), ("keys/", 403), ("staff/", 403)):
        assert client.get(at(cafe, place)).status_code == status, place
    assert client.post(at(cafe, "keys/"), {"name": "x", "role": "owner"}).status_code == 403
    assert Client(SERVER_NAME="localhost").get(at(cafe, "audit/")).status_code == 302


def test_nobody_is_invited_as_something_that_nobody_chose_and_the_second_invitation_counts(cafe):
    client, asked = come(cafe, "emil"), {"name": "Dora", "email": cafe.email("dora")}
    page = told(client.get(at(cafe, "staff/"), {"language": "en"}))
    form = page[page.index('name="role"', page.index("Invite somebody")) :]
    assert "selected" in form[: form.index("Choose a role")] and form.count("selected", 0, form.index("</select>")) == 1
    unchosen = told(client.post(at(cafe, "staff/"), asked | {"role": ""}), 422)
    assert 'id="role-fault"' in unchosen
    assert queries.invitations(store.current(), cafe.programme_id) == []
    anew = "The earlier invitation to this address is good no more."
    assert anew not in told(client.post(at(cafe, "staff/"), asked | {"role": "owner"}))
    assert anew in told(client.post(at(cafe, "staff/"), asked | {"role": "cashier"}))
    assert [one.role for one in queries.invitations(store.current(), cafe.programme_id)] == ["cashier"]


def test_staff_are_invited_changed_and_let_go(cafe):
    client = come(cafe, "emil")
    email = cafe.email("dora")
    page = told(client.post(at(cafe, "staff/"), {"name": "Dora", "email": email, "role": "cashier"}))
    (link,) = re.findall(r'value="http://localhost(/invited/[^"]+)"', page)
    assert told(client.get(at(cafe, "staff/"))).count("/invited/") == 0
    dora = Client(SERVER_NAME="localhost")
    assert dora.post(link).status_code == 302
    id = ids.show("user", queries.by_email(store.current(), email))
    assert client.post(at(cafe, f"staff/{id}/role"), {"role": "support", "reason": "answers"}).status_code == 303
    assert queries.one(store.current(), cafe.programme_id, id[4:]).role == "support"
    assert client.post(at(cafe, f"staff/{id}/end"), {"reason": "moved"}).status_code == 303
    assert [one.action for one in lines(cafe, about=id)][:3] == ["staff.ended", "staff.changed", "staff.appointed"]
    emil = ids.show("user", queries.by_email(store.current(), cafe.email("emil")))
    assert "without an owner" in told(client.post(at(cafe, f"staff/{emil}/end"), {}), 422)
    assert "faults" not in told(
        client.post(at(cafe, "staff/"), {"name": "", "email": "nobody", "role": "cashier"}), 422
    )


def over(page):
    return re.search(r'name="over" value="(\w+)"', page).group(1)


@pytest.mark.parametrize("language", ["en", "bg", "tr"])
@pytest.mark.parametrize("deed", ["role", "end"])
def test_the_second_of_two_who_change_a_role_is_told_and_decides(cafe, language, deed):
    emil, sue = come(cafe, "emil"), queries.by_email(store.current(), cafe.email("sue"))
    place = at(cafe, f"staff/{ids.show('user', sue)}")
    emil.get(at(cafe, "staff/"), {"language": language})
    shown = told(emil.get(at(cafe, "staff/")))
    form = shown[shown.index(f'action="{place}/role"') :]
    sent = {"seen": re.search(r'name="seen" value="(\w+)"', form).group(1), "role": "manager", "reason": "grown"}
    fay = Actor("user", queries.by_email(store.current(), cafe.email("fay")))
    staff.change(
        programme_id=cafe.programme_id, user_id=sue, role="finance", by=fay, reason="", now=clock.now()
    )  # fmt: skip
    page = told(emil.post(f"{place}/{deed}", sent), 422)
    assert words.say("drafts.meanwhile", language) in page
    assert re.search(r"<p>Fay, ", page)
    assert f"Sue: {words.say('signin.as_finance', language)}" in page
    assert queries.one(store.current(), cafe.programme_id, sue).role == "finance"
    kept = {name: re.search(rf'name="{name}" value="(\w*)"', page).group(1) for name in sent}
    assert kept == sent and f'action="{place}/{deed}"' in page
    assert emil.post(f"{place}/{deed}", kept).status_code == 422  # once more is no yes
    assert emil.post(f"{place}/{deed}", kept | {"over": over(page)}).status_code == 303
    now = queries.one(store.current(), cafe.programme_id, sue)
    assert now.role == "manager" if deed == "role" else now.ended_at is not None


def test_who_was_let_go_meanwhile_gets_no_role_by_an_old_form(cafe):
    emil, sue = come(cafe, "emil"), queries.by_email(store.current(), cafe.email("sue"))
    staff.end(programme_id=cafe.programme_id, user_id=sue, by=OPERATOR, reason="", now=clock.now())
    place = at(cafe, f"staff/{ids.show('user', sue)}/role")
    page = told(emil.post(place, {"seen": "support", "role": "manager"}), 422)
    assert words.say("console_house.gone", "en", name="Sue") in page and 'name="over"' not in page
    assert queries.one(store.current(), cafe.programme_id, sue).ended_at is not None


def test_who_works_here_already_is_not_invited_but_shown(cafe):
    client = come(cafe, "emil")
    form = {"name": "Fay", "email": cafe.email("fay").upper(), "role": "manager"}
    page = told(client.post(at(cafe, "staff/"), form), 422)
    assert "Fay works here already. Role: Finance" in page
    place = re.search(r'href="#(usr_\w+)"', page).group(1)
    assert f'<li id="{place}">' in page and not lines(cafe, actions=["staff.invited"])


def test_large_points_wait_for_a_second_person_who_is_not_the_first(cafe):
    ask_for(cafe, 9_000)
    page = told(come(cafe, "sue").get(at(cafe, "approvals/")))
    assert "9,000" in page and "Your role may look" in page
    client = come(cafe, "fay")
    (id,) = re.findall(r"approvals/(adj_\w+)/approve", told(client.get(at(cafe, "approvals/"))))
    assert client.post(at(cafe, f"approvals/{id}/refuse"), {"note": "too much"}).status_code == 303
    line, _ = lines(cafe, about=id)
    assert (line.action, line.reason, line.actor.kind) == ("adjustment.rejected", "too much", "user")
    assert "Nothing waits" in told(client.get(at(cafe, "approvals/")))
    assert told(client.post(at(cafe, f"approvals/{id}/approve"), {}), 422)


def test_the_book_tells_whose_points_how_many_and_why_and_who_asked_for_them(cafe):
    form = {"way": "give", "points": "2500", "unit": "points", "reason": "goodwill", "sure": "true", "token": ids.new()}
    sue, fay = come(cafe, "sue"), come(cafe, "fay")
    assert sue.post(at(cafe, f"members/mem_{cafe.ids['ann']}/adjust"), form).status_code == 303
    (id,) = re.findall(r"approvals/(adj_\w+)/approve", told(fay.get(at(cafe, "approvals/"))))
    fay.post(at(cafe, f"approvals/{id}/refuse"), {"token": ids.new()})
    assert [(one.action, one.actor.kind) for one in lines(cafe, about=id)] == [
        ("adjustment.rejected", "user"), ("adjustment.asked", "user"),
    ]  # fmt: skip
    page = told(come(cafe, "emil").get(at(cafe, "audit/"), {"about": id}))
    assert "Sue: asked for points by hand" in page and "waiting → refused" in page
    assert page.count("Ann · +2,500 points · Goodwill") == 2 and "goodwill" not in page


def test_the_book_is_narrowed_by_groups_and_days_and_so_is_its_file(cafe):
    client = come(cafe, "emil")
    client.post(at(cafe, "keys/"), {"name": "till-1", "role": "cashier"})
    today, tomorrow = (str(aurora.today() + timedelta(days=days)) for days in (0, 1))
    for asked, seen in (
        ({"action": "people"}, {"key.made", "staff.appointed"}),
        ({"action": "sign_ins"}, {"staff.signed_in"}),
        ({"action": "but_sign_ins", "until": today}, {"key.made", "staff.appointed", "programme.published"}),
        ({"action": "points"}, set()),
        ({"from": tomorrow}, set()),
    ):
        sheet = client.get(at(cafe, "audit/table.csv"), asked).content.decode()
        assert {one["action"] for one in csv.DictReader(io.StringIO(sheet))} == seen, asked
        page = told(client.get(at(cafe, "audit/"), asked))
        assert ("No such line" in page) == (not seen)
        for name, value in asked.items():
            assert f"{name}={value}" in page  # the file is of the same lines
    assert "This is no day." in told(client.get(at(cafe, "audit/"), {"from": "soon", "until": "9999-12-31"}))


def test_every_act_that_has_words_is_in_one_group(cafe):
    named = [one for acts in audited.GROUPS.values() for one in acts]
    assert sorted(named) == sorted(one.removeprefix("act_") for one in console_works.WORDS if one.startswith("act_"))


def test_who_has_not_shown_who_they_are_for_long_shows_it_again(cafe, monkeypatch):
    client = come(cafe, "emil")
    monkeypatch.setattr("guerdon.faces.sessions.recent", lambda request, **how: False)
    for page in (one for module in MODULES for one in module.PAGES if one.fresh):
        place = "/" + page.path.replace("<slug:programme>", cafe.key).replace("<str:id>", "x")
        answer = client.post(place, {})
        assert answer.status_code == 302 and "/sign-in/again" in answer.headers["Location"], place
