"""Alerts in the console: what waits on the first page, what each says, and how it is settled."""

from datetime import timedelta

import pytest

from guerdon.core import codes, rights, rotating
from guerdon.engine import alerts, staff
from guerdon.features.alerts import queries
from guerdon.kit import clock, ids, store
from guerdon.kit.audit import Actor
from tests import shop
from tests.engine import family
from tests.faces.console import counter
from tests.faces.portal.test_portal import told
from tests.faces.till import counter as till

LANGUAGES = {"en": "One card again and again", "bg": "Една карта отново и отново", "tr": "Aynı kart tekrar tekrar"}


@pytest.fixture
def cafe(database):
    found = counter.opened()
    yesterday = f"{clock.now() - timedelta(days=1):%Y-%m-%d}"
    for _ in range(9):  # one more than its file lets pass
        found.buy("ann", 1000, yesterday, facts={"cashier": "17"}, store="sofia-1")
    alerts.run(programme_id=found.programme_id, now=clock.now())
    return found


def alert(cafe, kind="repeated_card", state="open"):
    found = queries.queue(store.current(), cafe.programme_id, state=state, before=queries.LAST, most=9)
    return next((one for one in found if one.kind == kind), None)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_alert_is_told_in_words(cafe, language):
    client = cafe.staffed("manager", headers={"accept-language": language})
    page = told(client.get(cafe.desk("alerts/")))
    assert LANGUAGES[language] in page and "17 · sofia-1" in page
    assert f"/members/{ids.show('member', cafe.ids['ann'])}/timeline" in page


def test_it_waits_on_the_first_page_for_who_may_settle_it(cafe):
    assert cafe.desk("alerts/") in told(cafe.staffed("manager").get(cafe.desk()))
    for role in ("support", "analyst"):
        client = cafe.staffed(role)
        assert cafe.desk("alerts/") not in told(client.get(cafe.desk()))
        assert client.get(cafe.desk("alerts/")).status_code == 403
    assert cafe.staffed("cashier").get(cafe.desk("alerts/")).status_code == 403


@pytest.mark.parametrize(("deed", "state"), [("clear", "cleared"), ("confirm", "confirmed")])
def test_it_is_settled_with_words(cafe, deed, state):
    client, one = cafe.staffed("finance"), alert(cafe)
    place = cafe.desk(f"alerts/{ids.show('alert', one.id)}/{deed}")
    page = told(client.post(place, {"reason": " "}), 422)
    assert 'role="alert"' in page and alert(cafe) is not None
    too_long = "she buys for her office " * 99
    assert f'value="{too_long.strip()}' in told(client.post(place, {"reason": too_long}), 422), "what was typed is kept"
    assert client.post(place, {"reason": "she buys for her office"}).status_code == 303
    done = alert(cafe, state=state)
    assert (done.reason, done.settled_by) == ("she buys for her office", "Emil finance")
    assert "she buys for her office" in told(client.get(cafe.desk("alerts/"), {"state": state}))
    assert ids.show("alert", one.id) not in told(client.get(cafe.desk("alerts/")))
    assert "Somebody has looked at this alert" in told(client.post(place, {"reason": "once more"}), 422)


def test_who_may_not_read_all_about_members_is_led_to_no_timeline(cafe, monkeypatch):
    monkeypatch.setitem(rights.OF_ROLE, "finance", rights.OF_ROLE["finance"] - {"profiles:read"})
    page = told(cafe.staffed("finance").get(cafe.desk("alerts/")))
    assert "17 · sofia-1" in page and "/timeline" not in page


def test_nobody_is_offered_to_settle_what_is_about_them(cafe):
    staff.appoint(
        programme_id=cafe.programme_id, email=cafe.email("ann"), name="Ann", role="manager",
        by=Actor("operator", "operator"), now=clock.now(),
    )  # fmt: skip
    client, one = cafe.client("ann"), alert(cafe)
    page = told(client.get(cafe.desk("alerts/")))
    assert "so somebody else looks at it" in page and ids.show("alert", one.id) not in page
    place = cafe.desk(f"alerts/{ids.show('alert', one.id)}/clear")
    assert "This alert is about you" in told(client.post(place, {"reason": "that was me"}), 422)
    assert alert(cafe) is not None
    assert cafe.desk("alerts/") not in told(client.get(cafe.desk())).partition("<main")[2]


POTS = {
    "en": "In and out of households", "bg": "Влизане и излизане от домакинства", "tr": "Hanelere giriş çıkış",
}  # fmt: skip


@pytest.mark.parametrize("language", POTS)
def test_a_household_that_is_a_pot_leads_to_what_happened_there(cafe, language):
    today = f"{clock.now():%Y-%m-%dT%H:%M}"
    pot = family.found(cafe, "ann", today).household.id
    shop.taken(cafe.burn("ann", 1_500, today))
    for name in ("ben", "cleo", "dan"):
        if name != "ben":
            cafe.join(name)
            cafe.give(name, 100)
        family.joined(cafe, pot, name, today, by="ann")
        shop.taken(cafe.burn("ann", 100, today))
        family.left(cafe, pot, name, today)
    alerts.run(programme_id=cafe.programme_id, now=clock.now())
    client = cafe.staffed("manager", headers={"accept-language": language})
    page = told(client.get(cafe.desk("alerts/")))
    assert POTS[language] in page
    place = cafe.desk(f"members/{ids.show('member', pot)}/timeline")
    assert place in page and client.get(place).status_code == 200


TRIED = {"en": "Codes that are tried out", "bg": "Пробване на кодове", "tr": "Denenen kodlar"}


@pytest.mark.parametrize("language", TRIED)
def test_codes_that_are_tried_out_at_a_till_are_told_with_nothing_of_the_codes(cafe, language):
    """Dora shows phones and vouchers that are none, and the gift card of nobody; who types slips is no alert."""
    for name in ("dora", "gita"):
        cafe.ids[name] = staff.appoint(
            programme_id=cafe.programme_id, email=cafe.email(name), name=name.title(), role="cashier",
            by=Actor("operator", "operator"), now=clock.now(),
        )  # fmt: skip
    shown = [codes.made([number % 23] * (codes.RANDOM - 1) + [number // 23]) for number in range(28)]
    shown += [rotating.shown(cafe.ids["ann"], b"of another secret", clock.now()) for _ in range(2)]
    place, tills = till.at(cafe), {name: till.till(cafe, name) for name in ("dora", "gita")}
    for code in shown:
        assert tills["dora"].post(place, {"shown": code}).status_code in (303, 404, 410, 422)
    for typed in (*shown[:29], *["Annn", "+359888000111", "ann@nowhere.example"] * 9):
        tills["gita"].post(place, {"shown": typed})
    alerts.run(programme_id=cafe.programme_id, now=clock.now())
    one = alert(cafe, "wrong_codes")
    assert (one.giver, one.times) == (cafe.ids["dora"], 30)
    others = queries.typed(store.current(), cafe.programme_id, times=1)[cafe.ids["gita"]]
    assert sum(each.tries for each in others) == 29
    page = told(cafe.staffed("manager", headers={"accept-language": language}).get(cafe.desk("alerts/")))
    assert TRIED[language] in page and "Dora" in page and "Gita" not in page
    assert not [code for code in shown if code in page]
    kept = store.current().fetch(
        store.Statement("SELECT * FROM alerts_alert WHERE programme_id = :programme AND kind = 'wrong_codes'"),
        programme=cafe.programme_id,
    )
    assert not [code for code in shown if code in str(kept)]
