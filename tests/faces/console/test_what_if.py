"""What-ifs in the console: one button on a draft, how far it is, the answer in plain words, who may see which part."""

import re

import pytest
from django.conf import settings

from guerdon.core.simulations import How, Own, Responses
from guerdon.engine import drafts
from guerdon.engine.adjust import Actor
from guerdon.features.simulations import queries
from guerdon.kit import clock, ids, store
from guerdon.kit.worker import Worker
from tests.faces.console import aurora
from tests.faces.console.test_rules import told

EMIL = Actor("Emil", "e" * 32, "user")


@pytest.fixture
def cafe(pristine_database, monkeypatch):
    monkeypatch.setattr(settings, "SIMULATOR", "tests.engine.simulators.answer")
    return aurora.opened(aurora.Free)


@pytest.fixture
def draft(cafe):
    return begun(cafe, "More for everybody")


def begun(cafe, title):
    made = drafts.begin(programme_id=cafe.programme_id, title=title, actor=EMIL, now=clock.now())
    return ids.show("draft", made.id)


def work():
    worker = Worker(plan=lambda _: None)
    while worker.turn():
        pass


def tab(cafe, draft):
    return cafe.at(f"drafts/{draft}/what-if")


def asked(client, place, **fields):
    answer = client.post(place, fields)
    assert answer.status_code == 303, told(answer, 422)
    return answer.headers["Location"]


def test_one_button_and_then_the_answer_in_plain_words(cafe, draft):
    emil = cafe.client("emil")
    page = told(emil.get(cafe.at(f"drafts/{draft}")))
    assert tab(cafe, draft) in page
    page = told(emil.get(tab(cafe, draft)))
    assert "Try it on my history" in page and "hx-get" not in page
    place = asked(emil, tab(cafe, draft))
    page = told(emil.get(place))
    assert "Your history is being replayed." in page
    assert "Waiting for its turn" in page and 'hx-trigger="every 1s"' in page and "Look how far it is" in page
    work()
    page = told(emil.get(place))
    assert "hx-trigger" not in page
    assert "Members would have got 1,200 points instead of 1,000: 20% more." in page
    assert "It would have cost 2.40 EUR more." in page
    assert "At the end you would owe 1.40 EUR more in points." in page
    assert "Of 3 members 1 would have got more, 1 less, 1 the same." in page
    assert "1 members would stand in a higher tier, 0 in a lower one." in page
    assert "for all 3 members, in all 40 postings" in page
    assert "+200 (+20%)" in page and "+150 to +260" in page
    assert 'data-number="12.0"' in page or 'data-number="1200.0"' in page


def test_tiers_are_told_as_tables(pristine_database, monkeypatch):
    """Replayed for real: silver from 60 instead of 40 points lets Ben fall, gold from 70 instead of 100 lifts Dora."""
    monkeypatch.setenv("GUERDON_PLAIN_LOOPS", "1")
    cafe = aurora.opened(aurora.Free)
    for name, amount in (("Ann", 12_000), ("Ben", 5_000), ("Cleo", 1_000), ("Dora", 8_000)):
        cafe.enrol(name)
        cafe.buy(name, amount, "2025-10-06")
    made = drafts.begin(programme_id=cafe.programme_id, title="Other tiers", actor=EMIL, now=clock.now())
    source = drafts.queries.get(store.current(), cafe.programme_id, made.id).source
    for was, becomes in (("from: 40\n", "from: 60\n"), ("from: 100\n", "from: 70\n")):
        assert source.count(was) == 1
        source = source.replace(was, becomes)
    drafts.write(drafts.Deed(cafe.programme_id, made.id, EMIL, clock.now()), source)
    emil = cafe.client("emil")
    days = {"from": "2025-10-01", "until": "2025-11-30"}
    place = asked(emil, cafe.at("what-if/"), draft=ids.show("draft", made.id), **days)
    work()
    page = told(emil.get(place))
    assert "1 members would stand in a higher tier, 1 in a lower one." in page
    assert "Every step of tiers is the same, too, with its moment: 3." in page
    head, mix = table(page, "Aurora Circle: how many stand where")
    assert head == ["Tier", "As it was", "As it would be", "Difference"]
    assert mix == [["none", "1", "2", "+1"], ["Silver", "2", "0", "−2"], ["Gold", "1", "2", "+1"]]
    head, matrix = table(page, "Aurora Circle: who moves where")
    assert head == ["As it was", "none", "Silver", "Gold"]
    assert matrix == [["none", "1", "–", "–"], ["Silver", "1", "–", "1"], ["Gold", "–", "–", "1"]]
    bulgarian = told(emil.get(f"{place}?language=bg"))
    assert table(bulgarian, "Кръгът „Аврора“: колко къде стоят")[1][1][0] == "Сребро"


def table(page, title):
    """The heads and the cells of the table below a title."""
    text = page[page.index(title) :]
    text = text[text.index("<table") : text.index("</table>")]
    cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in text.split("<tr")[1:]]
    head, *rows = [[re.sub(r"<[^>]+>", "", cell).strip() for cell in row] for row in cells]
    return head, rows


def test_the_same_is_answered_at_once(cafe, draft):
    emil = cafe.client("emil")
    asked(emil, tab(cafe, draft))
    work()
    place = asked(emil, tab(cafe, draft))
    assert "This was asked before" in told(emil.get(place))
    assert len(queries.page(store.current(), cafe.programme_id, most=9)) == 1


def test_a_draft_that_changed_since_says_so(cafe, draft):
    emil = cafe.client("emil")
    place = asked(emil, tab(cafe, draft))
    work()
    assert "The draft has changed" not in told(emil.get(place))
    deed = drafts.Deed(cafe.programme_id, ids.read("draft", draft), EMIL, clock.now())
    source = drafts.queries.get(store.current(), cafe.programme_id, ids.read("draft", draft)).source
    drafts.write(deed, source.replace("Aurora", "Aurora Two", 1))
    assert "The draft has changed since this was asked." in told(emil.get(place))


def test_the_list_asks_for_what_is_published_and_for_days(cafe, draft):
    emil = cafe.client("emil")
    page = told(emil.get(cafe.at("what-if/")))
    assert "Nobody has asked yet" in page and "Version 1, from the beginning" in page and "More for everybody" in page
    place = asked(emil, cafe.at("what-if/"), **{"from": "2025-06-01", "until": "2025-06-30"})
    work()
    page = told(emil.get(place))
    assert "In your own history, 1 June 2025 – 30 June 2025" in page
    assert "1 June 2025 – 30 June 2025" in told(emil.get(cafe.at("what-if/")))


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({"from": "soon"}, "That is no day."), ({"until": "9999-12-31"}, "That is no day."),
        ({"from": "2025-06-02", "until": "2025-06-01"}, "none before 1 January 2025"),
        ({"from": "2999-01-01"}, "There must be at least one day that is over"),
    ],
)  # fmt: skip
def test_days_that_are_none_are_said_at_the_field(cafe, draft, fields, fault):
    emil = cafe.client("emil")
    for place in (cafe.at("what-if/"), tab(cafe, draft)):
        page = told(emil.post(place, fields), 422)
        assert fault in page
        assert fields.get("from", "") in page
    assert "no draft" in told(emil.post(cafe.at("what-if/"), {"draft": "drf_" + "0" * 32}), 422)


def test_a_file_takes_all_of_it_along(cafe, draft):
    emil = cafe.client("emil")
    place = asked(emil, cafe.at("what-if/"), draft=draft)
    assert told(emil.get(place + ".csv")).count("\n") == 1
    work()
    csv = emil.get(place + ".csv").content.decode()
    assert "mechanical,points,all,,3,EUR,1000,1200,300,360,0,0,50,50,650,790,6.00,8.40,6.50,7.90" in csv
    assert "mechanical,points,better_off,mem_aaaa" in csv


def test_it_is_taken_away_and_stopped(cafe, draft):
    emil = cafe.client("emil")
    asked(emil, tab(cafe, draft))
    page = told(emil.get(tab(cafe, draft)))
    (remove,) = re.findall(r'action="([^"]+/remove)"', page)
    answer = emil.post(remove, {"back": "draft"})
    assert answer.headers["Location"] == tab(cafe, draft)
    assert queries.page(store.current(), cafe.programme_id, most=9) == []
    place = asked(emil, cafe.at("what-if/"))
    assert emil.post(f"{place}/remove").headers["Location"] == cafe.at("what-if/")


@pytest.mark.parametrize(
    ("title", "said"), [("refused", "These days can’t be looked at"), ("broken", "ended without an answer")]
)
def test_what_has_no_answer_says_why(cafe, title, said, monkeypatch):
    monkeypatch.setattr("guerdon.core.limits.SIMULATION_TRIES_MAX", 1)
    emil = cafe.client("emil")
    place = asked(emil, tab(cafe, begun(cafe, title)))
    work()
    assert said in told(emil.get(place))


def test_who_only_looks_is_offered_no_button_and_who_may_not_see_members_sees_none(cafe, draft):
    emil, gita = cafe.client("emil"), cafe.client("gita")
    place = asked(emil, cafe.at("what-if/"), draft=draft)
    work()
    assert "mem_aaaa" in told(emil.get(place))
    assert "Take it away" in told(gita.get(place))  # an analyst may ask
    from guerdon.engine import staff
    from guerdon.kit.audit import Actor as By

    staff.appoint(
        programme_id=cafe.programme_id, email=cafe.email("sofi"), name="Sofi", role="support",
        by=By("operator", "operator"), now=clock.now(),
    )  # fmt: skip
    sofi = cafe.client("sofi")
    page = told(sofi.get(place))
    assert "Take it away" not in page and "Members would have got" in page
    assert "Try it on my history" not in told(sofi.get(tab(cafe, draft)))
    assert sofi.post(f"{place}/remove").status_code == 403


def test_after_publishing_the_answer_stays(cafe, draft):
    emil = cafe.client("emil")
    asked(emil, tab(cafe, draft))
    work()
    deed = drafts.Deed(cafe.programme_id, ids.read("draft", draft), EMIL, clock.now())
    drafts.discard(deed)
    page = told(emil.get(cafe.at(f"drafts/{draft}")))
    assert tab(cafe, draft) in page
    assert "Members would have got" in told(emil.get(tab(cafe, draft)))


def test_how_members_respond_is_chosen_with_the_priors_in_sight(cafe, draft):
    emil = cafe.client("emil")
    page = told(emil.get(tab(cafe, draft)))
    assert "Middle: 1.0% (± 0.5)" in page and "High: 17.9% (± 6.7)" in page and "Kivetz, Urminsky" in page
    fields = {"response_spend": "low", "response_goal": "off", "response_redemption": "own"}
    fields |= {"response_redemption_percent": "-12.5", "response_redemption_unsure": "2.5"}
    asked(emil, tab(cafe, draft), **fields)
    (one,) = queries.page(store.current(), cafe.programme_id, most=2)
    assert one.how.responses == Responses("low", "off", Own(-1_250, 250))
    asked(emil, tab(cafe, draft), mechanical="yes", as_it_happened="yes")
    newest = queries.page(store.current(), cafe.programme_id, most=2)[0]
    assert newest.how == How(None, Responses("off", "off", "off"), as_it_happened=True)
    work()  # while one is on its way nothing is asked for
    for wrong, fault in (({"response_spend": "own"}, "response_spend-fault"), ({"response_goal": "much"}, "Pick one")):
        page = told(emil.post(tab(cafe, draft), wrong), 422)
        assert fault in page and len(queries.page(store.current(), cafe.programme_id, most=9)) == 2


@pytest.mark.parametrize(("language", "said"), [("bg", "с 20% повече"), ("tr", "%20 daha fazla")])
def test_it_is_said_in_every_language(cafe, draft, language, said):
    emil = cafe.client("emil")
    place = asked(emil, cafe.at("what-if/"), draft=draft)
    work()
    assert said in told(emil.get(f"{place}?language={language}"))
