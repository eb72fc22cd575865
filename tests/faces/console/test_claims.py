"""The support desk: the queue, a claim from all sides, and each of its ends."""

from datetime import timedelta

import pytest

from guerdon.core.activities import Member
from guerdon.engine import claims as engine
from guerdon.engine import households
from guerdon.faces.console import claims as desk_pages
from guerdon.features.claims import queries
from guerdon.kit import clock, ids, store
from tests import claims
from tests.faces.console import counter
from tests.faces.portal.test_portal import told


@pytest.fixture
def cafe(database):
    return counter.opened()


def opened(cafe):
    asked = engine.Asked(cafe.programme_id, claims.Actor("member", "portal"), clock.now())
    opening = engine.Opening(
        claims.Member(id=ids.show("member", cafe.ids["ann"])), "missing_points", claims.RECEIPT, (claims.PHOTO,)
    )
    return engine.open_(asked, opening)[0].id


def desk(cafe, page=""):
    return f"/console/{cafe.key}/claims/{page}"


def state(cafe, id):
    return queries.one(store.current(), cafe.programme_id, id).state


def test_a_claim_is_found_looked_at_and_taken(cafe):
    client, id = cafe.staffed("support"), opened(cafe)
    shown = ids.show("claim", id)
    assert shown in told(client.get(desk(cafe)))
    assert shown not in told(client.get(desk(cafe), {"mine": "yes"}))
    assert client.post(desk(cafe, f"{shown}/assign"), {"mine": "true"}).status_code == 303
    assert shown in told(client.get(desk(cafe), {"mine": "yes", "kind": "missing_points"}))
    page = told(client.get(desk(cafe, shown)))
    assert "I forgot my card" in page and "A-0117" in page and "Ann" in page
    place = desk(cafe, f"{shown}/photos/{claims.PHOTO.hash}")
    assert place in page
    assert client.get(place).headers["Content-Type"] == "image/png"
    assert client.post(desk(cafe, f"{shown}/message"), {"text": "she often asks", "note": "true"}).status_code == 303
    page = told(client.get(desk(cafe, shown), {"answer": "photo"}))
    assert "Dear Ann" in page[page.index("<textarea") : page.index("</textarea>")]  # to be changed before it is sent
    assert client.post(desk(cafe, f"{shown}/message"), {"answer": "photo"}).status_code == 303
    page = told(client.get(desk(cafe, shown)))
    assert "she often asks" in page and "Dear Ann" in page
    assert state(cafe, id) == "waiting_for_member"


def test_the_queue_tells_who_asks_what_and_since_when(cafe):
    cafe.buy("ann", 60_000, at=f"{clock.now() - timedelta(days=5):%Y-%m-%d}")  # gold
    opened(cafe)
    page = told(cafe.staffed("support").get(desk(cafe)))
    row = page[page.index('<ul class="list"') : page.index("</ul>", page.index('<ul class="list"'))]
    for said in (
        "<strong>Ann · Gold</strong>", "Missing points · Sofia 1 · 4 January 2026 · 12.50 EUR · receipt A-0117",
        "I forgot my card", "Waits since", "Answer until", "nobody works on it yet",
    ):  # fmt: skip
        assert said in row, said


@pytest.mark.parametrize(
    ("language", "who", "why"), [("bg", "членът", "Жест на добра воля"), ("tr", "üye", "İyi niyet")]
)
def test_the_steps_of_a_claim_are_in_the_language_of_the_clerk(cafe, language, who, why):
    client, shown = cafe.staffed("support", HTTP_ACCEPT_LANGUAGE=language), ids.show("claim", opened(cafe))
    form = {"how": "goodwill", "unit": "points", "points": "50000", "reason": "goodwill", "token": ids.new()}
    assert client.post(desk(cafe, f"{shown}/settle"), form).status_code == 303
    page = told(client.get(desk(cafe, shown)))
    steps = page[page.index("I forgot my card") - 600 :]
    assert f"· {who}<" in steps and why in steps and "goodwill<" not in steps and "· member" not in steps


def test_an_approval_leads_to_the_claim_and_says_what_was_asked(cafe):
    shown = ids.show("claim", opened(cafe))
    form = {"how": "goodwill", "unit": "points", "points": "50000", "reason": "goodwill", "token": ids.new()}
    assert cafe.staffed("support").post(desk(cafe, f"{shown}/settle"), form).status_code == 303
    place = f"/console/{cafe.key}/approvals/"
    owner = cafe.staffed("owner")
    page = told(owner.get(place))
    assert desk(cafe, shown) in page and f"members/{ids.show('member', cafe.ids['ann'])}" in page
    assert "Missing points · Sofia 1" in page and "I forgot my card" in page and "50,000 points" in page
    assert place in told(owner.get(desk(cafe, shown)))


def test_the_whole_queue_is_narrowed_not_its_page(cafe, monkeypatch):
    monkeypatch.setattr(desk_pages, "_ROWS", 1)
    client, first = cafe.staffed("support"), ids.show("claim", opened(cafe))
    asked = engine.Asked(cafe.programme_id, claims.Actor("member", "portal"), clock.now())
    who = claims.Member(id=ids.show("member", cafe.ids["ann"]))
    question = ids.show("claim", engine.open_(asked, engine.Opening(who, "question", claims.RECEIPT))[0].id)
    page = told(client.get(desk(cafe), {"kind": "question"}))
    assert question in page and first not in page
    assert client.post(desk(cafe, f"{question}/assign"), {"mine": "true"}).status_code == 303
    assert question in told(client.get(desk(cafe), {"mine": "yes"}))


def test_the_last_purchases_stand_beside_the_claim(cafe):
    client, id = cafe.staffed("support"), ids.show("claim", opened(cafe))
    cafe.buy("ann", 1250, at="2026-01-05", external_id="A-0117")
    page = told(client.get(desk(cafe, id)))
    assert "Last purchases" in page and "the receipt of this claim" in page


@pytest.mark.parametrize(
    ("form", "ends"),
    [
        ({"how": "refused", "reason": "the receipt is another one"}, "refused"),
        ({"how": "closed"}, "closed"),
        (
            {
                "how": "purchase", "source": "till", "external_id": "order-117", "day": "2026-01-04",
                "amount": "12.50", "store": "Sofia 1",
            },
            "granted",
        ),
        ({"how": "goodwill", "unit": "points", "points": "50", "reason": "goodwill"}, "granted"),
        ({"how": "goodwill", "unit": "points", "points": "50000", "reason": "goodwill"}, "waiting_for_approval"),
    ],
)  # fmt: skip
def test_a_claim_ends_in_each_way(cafe, form, ends):
    client, id = cafe.staffed("support"), opened(cafe)
    place = desk(cafe, f"{ids.show('claim', id)}/settle")
    answer = client.post(place, {"token": ids.new(), **form})
    assert answer.status_code == 303, answer.content.decode()[-4000:]
    assert state(cafe, id) == ends
    page = told(client.get(desk(cafe, ids.show("claim", id))))
    mine = told(cafe.client("ann").get(cafe.at(f"claims/{ids.show('claim', id)}")))
    given = (
        {"purchase": "The purchase of 12.50 EUR was added: ", "goodwill": "Given: 50 points."}[form["how"]]
        if (ends == "granted")
        else ""
    )
    for text in (page, mine):
        assert given in text if given else "Given:" not in text and "was added" not in text
    settled = ends != "waiting_for_approval"
    assert settled == ("Settled on" in page) and settled != ("Answer until" in page and "yet" in page)
    if ends == "refused":
        assert client.post(place, form).status_code == 422


@pytest.mark.parametrize(
    ("day", "fault"), [("", "fill this in"), ("04.01.2026", "Choose a day"), ("2999-01-01", "future")]
)
def test_a_missed_purchase_has_a_day_that_was(cafe, day, fault):
    client, id = cafe.staffed("support"), opened(cafe)
    form = {"how": "purchase", "source": "till", "external_id": "order-117", "day": day, "amount": "12.50"}
    page = told(client.post(desk(cafe, f"{ids.show('claim', id)}/settle"), form), 422)
    assert 'id="day-fault"' in page and fault in page
    assert state(cafe, id) == "open"


def test_a_refusal_needs_its_reason_and_a_cashier_has_no_desk(cafe):
    client, id = cafe.staffed("support"), opened(cafe)
    told(client.post(desk(cafe, f"{ids.show('claim', id)}/settle"), {"how": "refused"}), 422)
    assert state(cafe, id) == "open"
    assert cafe.staffed("cashier").get(desk(cafe)).status_code == 403


@pytest.mark.parametrize(("back", "said"), [(None, ""), (400, "Partly taken back · "), (1_000, "Taken back · ")])
def test_the_last_purchases_say_what_came_back_and_when(cafe, back, said):
    now = clock.now()
    bought = cafe.purchase("ann", 1_000, at=(now - timedelta(minutes=2)).isoformat())
    cafe.tell(bought, now=now.isoformat())
    if back is not None:
        cafe.tell(cafe.giving_back("ann", bought.external_id, at=now.isoformat(), amount=back), now=now.isoformat())
    page = told(cafe.staffed("support").get(desk(cafe, ids.show("claim", opened(cafe)))))
    card = page[page.index("Last purchases") :]
    assert "10.00 EUR" in card and (said in card if said else "aken back" not in card)


def test_what_came_back_is_told_by_when_it_did_as_in_the_timeline(cafe):
    bought = cafe.purchase("ann", 1_000, at="2026-01-05")
    cafe.tell(bought, cafe.giving_back("ann", bought.external_id, at="2026-01-30T08:05"))  # told today
    client = cafe.staffed("support")
    assert "Taken back · 30 January 2026, 10:05" in told(client.get(desk(cafe, ids.show("claim", opened(cafe)))))
    timeline = f"/console/{cafe.key}/members/{ids.show('member', cafe.ids['ann'])}/timeline"
    assert "30 January 2026, 10:05" in told(client.get(timeline))


def test_who_founds_a_household_keeps_the_last_purchases_and_the_timeline(cafe):
    client, id = cafe.staffed("support"), ids.show("claim", opened(cafe))
    cafe.buy("ann", 1250, at="2026-01-05", external_id="A-0117")
    timeline = f"/console/{cafe.key}/members/{ids.show('member', cafe.ids['ann'])}/timeline"
    assert "A-0117" in told(client.get(timeline))
    owner = Member(id=ids.show("member", cafe.ids["ann"]))
    households.found(households.Asked(cafe.programme_id, "ann", clock.now()), owner=owner)
    page = told(client.get(desk(cafe, id)))
    assert "the receipt of this claim" in page
    page = told(client.get(timeline))
    assert "A-0117" in page and "Household" in page
    assert "A-0117" in told(client.get(timeline, {"kind": "purchase"}))
