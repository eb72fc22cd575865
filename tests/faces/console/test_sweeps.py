"""Sweeps in the console: what is varied is picked by name, what came of it is told by hand, a draft is made of it."""

import re

import pytest
from django.conf import settings

from guerdon.core.sweeping import Axis, Goal, Limit
from guerdon.engine import drafts, staff
from guerdon.engine.adjust import Actor
from guerdon.faces.console import plots, sweep_form
from guerdon.faces.console.plots import Spot
from guerdon.features.programmes import forms
from guerdon.features.simulations import queries
from guerdon.kit import clock, ids, store
from guerdon.kit.audit import Actor as By
from tests import shop
from tests.faces.console import aurora
from tests.faces.console.test_rules import told
from tests.faces.console.test_what_if import asked, begun, table, work

EMIL = Actor("Emil", "e" * 32, "user")
GIVE = "/rules/base/then/0/points/give"
POINTS = {"kind": "redeemable", "name": {"en": "points"}, "expires": "never", "worth": {"points": 100, "money": "1.00"}}


class Plain(aurora.Free):
    """A café with one rule: a point for a euro, a hundred of which are owed as one."""

    def file(self):
        return forms.written(shop.document(self.key, units={"points": POINTS}))


@pytest.fixture
def cafe(pristine_database, monkeypatch):
    monkeypatch.setattr(settings, "SIMULATOR", "tests.engine.simulators.answer")
    return aurora.opened(aurora.Free)


def sweep(cafe):
    return cafe.at("what-if/sweep")


def test_every_scenario_is_replayed_and_the_best_within_limits_is_made_a_draft(pristine_database, monkeypatch):
    """170 points are owed as 1.70; twice as many as 3.40, three times as 5.10, which is more than 4.00."""
    monkeypatch.setenv("GUERDON_PLAIN_LOOPS", "1")
    cafe = aurora.opened(Plain)
    for name, amount in (("Ann", 12_000), ("Ben", 5_000)):
        cafe.enrol(name)
        cafe.buy(name, amount, "2025-10-06")
    emil = cafe.client("emil")
    fields = {"vary1": GIVE, "from1": "1", "to1": "3", "goal": "kept", "against": "burden", "liability": "4.00"}
    place = asked(emil, sweep(cafe), **fields)
    work()
    page = told(emil.get(place))
    assert "3 scenarios, replayed on your whole history" in page
    assert "Best: Base: points for every 1.00 EUR: 2." in page
    assert "3.40 EUR of worth instead of 1.70 EUR" in page and "come to 3.40 EUR instead of 1.70 EUR" in page
    assert "Without limits it would be Base: points for every 1.00 EUR: 3" in page and "5.10 EUR" in page
    assert "for all 2 members" in page and 'class="dot best"' in page
    head, rows = table(page, "All 3 scenarios")
    assert head[1:3] == ["Values", "Given"] and "<li>Base: points for every 1.00 EUR: 1</li>" in page
    assert [row[:3] for row in rows] == [
        ["Today", "1", "170"], ["Scenario 1", "1", "170"], ["Scenario 2", "2", "340"], ["Scenario 3", "3", "510"],
    ]  # fmt: skip
    assert [row[-1] for row in rows] == ["", "On the front", "Best", "Breaks a limit"]
    head, chosen = table(page, '<div id="chosen">')
    assert "90% sure between" in head and ["Owed at the end", "1.70 EUR", "3.40 EUR", "+1.70 EUR"] in [
        row[:4] for row in chosen
    ]
    third = told(emil.get(f"{place}?scenario=2"))
    assert (
        "+3.40 EUR" in third and "It breaks a limit: Owed at the end." in third and 'name="scenario" value="2"' in third
    )
    answer = emil.post(f"{place}/draft", {"scenario": "2", "title": "Three of them"})
    draft = answer.headers["Location"].rpartition("/")[2]
    one = drafts.queries.get(store.current(), cafe.programme_id, ids.read("draft", draft))
    assert one.title == "Three of them"
    assert drafts.document_of(one.source)["rules"]["base"]["then"] == [
        {"points": {"unit": "points", "give": 3, "per": "1.00"}}
    ]
    again = emil.post(f"{place}/draft", {"scenario": "2", "title": "Three of them"})
    assert again.headers["Location"] == answer.headers["Location"]  # sent twice is meant once
    assert "no scenario 3" in told(emil.post(f"{place}/draft", {"scenario": "3"}), 404)


def test_numbers_are_offered_by_name_with_what_they_are_today(cafe):
    page = told(cafe.client("emil").get(sweep(cafe)))
    options = [re.sub(r"\s+", " ", one) for one in re.findall(r"<option[^>]*>([^<]+)</option>", page)]
    for one in (
        "Aurora Circle: Gold from – today 100", "Points: live for so many months – today 12",
        "Points: at most in a day – today 5000",
    ):  # fmt: skip
        assert one in options, options


def test_a_draft_is_asked_about_with_its_own_numbers(cafe):
    emil = cafe.client("emil")
    draft = begun(cafe, "Another")
    source = drafts.queries.get(store.current(), cafe.programme_id, ids.read("draft", draft)).source
    drafts.write(
        drafts.Deed(cafe.programme_id, ids.read("draft", draft), EMIL, clock.now()),
        source.replace("from: 100\n", "from: 90\n"),
    )
    tab = told(emil.get(cafe.at(f"drafts/{draft}/what-if")))
    assert f"{sweep(cafe)}?draft={draft}" in tab
    page = told(emil.get(f"{sweep(cafe)}?draft={draft}"))
    assert "Gold from – today 90" in page
    fields = {"vary1": "/tiers/status/levels/gold/from", "values1": "80 90 120", "draft": draft, "goal": "kept"}
    place = asked(emil, sweep(cafe), **fields)
    one = queries.of_draft(store.current(), cafe.programme_id, ids.read("draft", draft), most=1)[0]
    assert one.how.sweep.vary == (Axis("/tiers/status/levels/gold/from", (80, 90, 120)),)
    assert one.how.sweep.goals == (Goal("kept", "most"),)
    page = told(emil.get(place))
    assert "Waiting for its turn" in page and "3 scenarios" in page
    work()
    assert "Aurora Circle: Gold from: 120" in told(emil.get(place))
    assert "3 scenarios · Emil" in told(emil.get(cafe.at("what-if/")))
    csv = emil.get(place + ".csv").content.decode().splitlines()
    assert csv[0].startswith("number,scenario,tiers.status.levels.gold.from,breaks,currency,issued")
    assert csv[1].startswith(",today,80,,EUR,") and csv[4].startswith("2,best,120,,EUR,15000,")


GOLD, LIFE = "/tiers/status/levels/gold/from", "/units/points/expires/rolling/months"


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({}, "Pick a number to vary."), ({"vary1": "/rules"}, "no such number any more"),
        ({"vary1": GOLD, "vary2": GOLD}, "picked above already"), ({"vary1": GOLD, "from1": "5"}, "both from and to"),
        ({"vary1": GOLD, "from1": "5", "to1": "4"}, "must not be above"),
        ({"vary1": GOLD, "from1": "1", "to1": "900"}, "At most 40 values"),
        ({"vary1": GOLD, "values1": "many"}, "many"), ({"vary1": GOLD, "liability": "much"}, "much"),
        ({"vary1": GOLD, "worse": "101"}, "worse"),
        ({"vary1": GOLD, "from1": "1", "to1": "30", "vary2": LIFE, "from2": "1", "to2": "30"}, "more than 400"),
        ({"vary1": GOLD, "draft": "drf_" + "0" * 32}, "draft"),
    ],
)  # fmt: skip
def test_what_can_t_be_asked_is_said_at_its_place(cafe, fields, fault):
    answer = cafe.client("emil").post(sweep(cafe), fields)
    assert answer.status_code == (404 if "draft" in fields else 422)
    assert fault in answer.content.decode()
    assert queries.page(store.current(), cafe.programme_id, most=9) == []


@pytest.mark.parametrize(
    ("typed", "language", "values"),
    [
        ("1 2 3", "en", ["1", "2", "3"]), ("1,2,3", "en", ["1", "2", "3"]), ("1, 2; 3", "bg", ["1", "2", "3"]),
        ("1,5 2,5", "bg", ["1,5", "2,5"]), ("1.5, 2", "en", ["1.5", "2"]), ("1,2,3", "tr", ["1", "2", "3"]),
    ],
)  # fmt: skip
def test_lists_are_read_as_people_write_them(typed, language, values):
    assert sweep_form._listed(typed, language) == values


@pytest.mark.parametrize(
    ("now", "values"),
    [(12, [6, 9, 12, 18, 24]), (1, [1, 2, 3]), (2, [1, 2, 3, 4]), ("1.50", ["0.75", "1.12", "1.5", "2.25", 3]),
     (0, [0, 1, 2])],
)  # fmt: skip
def test_what_is_left_empty_is_tried_around_what_it_is(now, values):
    assert sweep_form.around(now) == values


def test_limits_are_asked_for_as_people_say_them(cafe):
    emil = cafe.client("emil")
    asked(emil, sweep(cafe), vary1=GOLD, liability="50.00", worse="5%", nobody="yes", goal="burden", against="burden")
    (one,) = queries.page(store.current(), cafe.programme_id, most=2)
    assert one.how.sweep.limits == (Limit("liability", 5_000), Limit("worse_off", 500), Limit("losing", 0))
    assert one.how.sweep.goals == (Goal("burden"),)
    work()
    assert "No scenario keeps all limits." in told(emil.get(cafe.at(f"what-if/{ids.show('simulation', one.id)}")))


def test_it_is_stopped_and_taken_away(cafe):
    emil = cafe.client("emil")
    place = asked(emil, sweep(cafe), vary1=GOLD)
    assert "Stop" in told(emil.get(place))
    assert emil.post(f"{place}/remove").headers["Location"] == cafe.at("what-if/")
    assert queries.page(store.current(), cafe.programme_id, most=2) == []


def test_who_may_what(cafe):
    emil, gita = cafe.client("emil"), cafe.client("gita")
    place = asked(emil, sweep(cafe), vary1=GOLD)
    work()
    assert "Make a draft of it" in told(emil.get(place))
    page = told(gita.get(place))  # an analyst may ask, and not change
    assert "Make a draft of it" not in page and gita.get(sweep(cafe)).status_code == 200
    assert gita.post(f"{place}/draft", {"scenario": "0"}).status_code == 403
    staff.appoint(
        programme_id=cafe.programme_id, email=cafe.email("sofi"), name="Sofi", role="support",
        by=By("operator", "operator"), now=clock.now(),
    )  # fmt: skip
    sofi = cafe.client("sofi")
    assert sofi.get(sweep(cafe)).status_code == 403 and sofi.post(sweep(cafe), {"vary1": GOLD}).status_code == 403
    assert sweep(cafe) not in told(sofi.get(cafe.at("what-if/")))


@pytest.mark.parametrize(("language", "said"), [("bg", "Най-добър: "), ("tr", "En iyisi: ")])
def test_it_is_said_in_every_language(cafe, language, said):
    emil = cafe.client("emil")
    place = asked(emil, sweep(cafe), vary1=GOLD, goal="kept")
    work()
    assert said in told(emil.get(f"{place}?language={language}"))


def test_points_stand_where_their_figures_say():
    spots = [
        Spot("front", 0, 10, "a"),
        Spot("best", 50, 30, "b"),
        Spot("other", 100, 20, "c"),
        Spot("today", 0, 10, ""),
    ]
    names = dict.fromkeys(("best", "front", "other", "today"), "")
    found = plots.of(spots, str, str, along="x", up="y", line="front", names=names)
    assert [one.kind for one in found.dots] == ["today", "other", "front", "best"]  # the best lies on top
    by_kind = {one.kind: (one.x, one.y) for one in found.dots}
    assert by_kind["front"] == by_kind["today"] == ("14.00%", "88.00%")
    assert by_kind["best"] == ("55.00%", "6.00%") and by_kind["other"] == ("96.00%", "47.00%")
    assert [(one.x1, one.x2) for one in found.lines] == [("14.00%", "55.00%")]
    assert [one.text for one in found.along_ticks] == ["0", "50", "100"]
    alone = plots.of(spots[:1], str, str, along="x", up="y", line="front", names=names)
    assert [one.text for one in (*alone.along_ticks, *alone.up_ticks)] == ["0", "10"]
