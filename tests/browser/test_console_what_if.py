"""What-ifs of the console in a browser: asked by keyboard, followed while they are answered, read at every width."""

import threading
from contextlib import contextmanager

import pytest
from django.conf import settings

from guerdon.core.simulations import How
from guerdon.core.sweeping import Axis, Goal, Limit, Sweep
from guerdon.engine import drafts, simulations
from guerdon.engine.adjust import Actor
from guerdon.engine.simulations import Wish
from guerdon.faces.signin import entry
from guerdon.kit import clock, ids
from guerdon.kit.worker import Worker
from tests.browser import looks
from tests.browser.looks import said
from tests.faces.console import aurora

VARY = (
    Axis("/tiers/status/levels/gold/from", (80, 100, 120, 150)),
    Axis("/units/points/expires/rolling/months", (6, 12, 18, 24)),
)
EMIL = Actor("Emil", "e" * 32, "user")


@pytest.fixture(scope="module", autouse=True)
def cafe(site):
    """A draft that is answered, one that can't be, and one that nobody has asked about; before there is a browser."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "SIMULATOR", "tests.engine.simulators.answer")
        found = aurora.opened(aurora.Free)
        found.drafts = {title: begun(found, title) for title in ("rich", "refused", "nobody asked")}
        for title in ("rich", "refused"):
            wish = Wish(draft_id=ids.read("draft", found.drafts[title]))
            simulations.ask(wish, programme_id=found.programme_id, actor=EMIL, now=clock.now())
        wish = Wish(how=How(Sweep(VARY, (Goal("kept", "most"), Goal("burden")), limits=(Limit("burden", 18_000),))))
        one, _ = simulations.ask(wish, programme_id=found.programme_id, actor=EMIL, now=clock.now())
        found.swept = f"what-if/{ids.show('simulation', one.id)}"
        work()
        found.way_in = site.url + entry.link(email=found.email("emil"), to=found.at())
        yield found


def begun(cafe, title):
    made = drafts.begin(programme_id=cafe.programme_id, title=title, actor=EMIL, now=clock.now())
    return ids.show("draft", made.id)


def work():
    worker = Worker(plan=lambda _: None)
    while worker.turn():
        pass


def screens(cafe):
    drafts = [f"drafts/{id}/what-if" for id in cafe.drafts.values()]
    return (*drafts, "what-if/", cafe.swept, f"what-if/sweep?draft={cafe.drafts['rich']}")


@contextmanager
def signed_in(site, browser, cafe, page="", **how):
    there = looks.opened(browser, cafe.way_in, **how)
    there.goto(site.url + cafe.at(page))
    try:
        yield there
    finally:
        there.context.close()


@pytest.mark.parametrize(("language", "mode"), [("en", "light"), ("bg", "dark"), ("tr", "light")])
def test_every_screen_is_whole_and_anybody_can_use_it(site, browser, cafe, language, mode):
    with signed_in(site, browser, cafe, language=language, mode=mode) as page:
        for screen in screens(cafe):
            page.goto(site.url + cafe.at(screen))
            looks.whole(page)


def test_it_is_asked_by_keyboard_and_followed_until_it_is_answered(site, browser, cafe):
    with signed_in(site, browser, cafe, f"drafts/{cafe.drafts['nobody asked']}/what-if", width=360) as page:
        looks.reach(page, said("what_if.ask"))
        looks.enter(page)
        waits = page.get_by_text(said("what_if.stage_waiting")).last
        assert waits.is_visible()
        looks.whole(page)
        thread = threading.Thread(target=work)  # whose own loop there is none
        thread.start()
        page.get_by_text("Members would have got").last.wait_for()
        thread.join()
        assert page.locator(".uplot").count() == 4  # drawn without being loaded again
        assert page.locator("#what-if-said").text_content().startswith("Members would have got")
        asked = page.locator("#what-if").get_attribute("hx-trigger")
        assert asked is None


def test_a_sweep_is_asked_by_keyboard_and_its_best_is_made_a_draft(site, browser, cafe):
    with signed_in(site, browser, cafe, "what-if/", width=360) as page:
        looks.reach(page, said("sweeps.title"))
        looks.enter(page)
        looks.whole(page)
        page.set_viewport_size({"width": 360, "height": 800})
        looks.reach(page, said("sweeps.which"))
        page.keyboard.type("Aurora Circle: Gold")
        looks.reach(page, said("sweeps.values"))
        page.keyboard.type("80 100 120 150")
        looks.reach(page, said("sweeps.ask"))
        looks.enter(page)
        assert page.get_by_text(said("what_if.stage_waiting")).last.is_visible()
        thread = threading.Thread(target=work)  # whose own loop there is none
        thread.start()
        page.get_by_text("Best: Aurora Circle: Gold from: 150").last.wait_for()
        thread.join()
        assert page.locator("#what-if-said").text_content().startswith("Best: ")
        best = page.locator(".drawn .dot.best")
        assert best.count() == 1 and "150" in best.locator("title").text_content()
        looks.whole(page)
        page.set_viewport_size({"width": 360, "height": 800})
        looks.reach(page, said("sweeps.number", number="1"))
        looks.enter(page)
        assert page.locator("#chosen h2").inner_text() == said("sweeps.number", number="1")
        looks.reach(page, said("sweeps.make"))
        looks.enter(page)
        assert page.get_by_text(said("sweeps.drafted")).first.is_visible()


def test_a_sweep_reads_without_scripts(site, browser, cafe):
    with signed_in(site, browser, cafe, cafe.swept, scripts=False) as page:
        assert page.locator(".drawn .dot").count() == 17  # drawn by the server: sixteen scenarios, and today
        page.locator("details.fold > summary").click()
        assert page.get_by_role("row").count() > 25


def test_it_reads_without_scripts(site, browser, cafe):
    with signed_in(site, browser, cafe, f"drafts/{cafe.drafts['rich']}/what-if", scripts=False) as page:
        assert page.get_by_text("Members would have got").first.is_visible()
        assert page.get_by_role("row").count() > 60
