"""The till as a cashier has it: a purchase by keyboard alone, none lost without a network, every screen whole."""

from zoneinfo import ZoneInfo

import pytest

from guerdon.faces.refusals import people
from guerdon.kit import clock
from tests.browser import looks, tills
from tests.browser.looks import said
from tests.browser.tills import till
from tests.faces.portal import aurora
from tests.faces.till import counter

cafe, link = tills.cafe, tills.link  # fixtures are found by their names
PAIRS = (("en", "light"), ("bg", "dark"), ("tr", "light"))


@pytest.fixture
def gita(cafe):
    return cafe.ways["gita"]


@pytest.mark.parametrize(("language", "mode"), PAIRS)
def test_a_purchase_by_keyboard_in_three_acts_and_its_undo(browser, cafe, link, language, mode):
    with till(browser, link, language=language, mode=mode, width=360) as page:
        looks.whole(page)
        page.keyboard.type(f"{cafe.key}ann")  # as a scanner types it
        looks.enter(page)
        looks.whole(page)
        page.keyboard.type("12.40")
        looks.enter(page)
        looks.whole(page)
        looks.enter(page)
        assert "/receipts/act_" in page.url
        assert page.locator("h1").inner_text() == said("till.recorded", language)
        looks.whole(page)
        page.get_by_role("button", name=said("till.undo", language)).press("Enter")
        page.wait_for_url("**/undo?sure=*")
        looks.whole(page)
        looks.enter(page)
        assert page.locator("h1").inner_text() == said("states.taken_back", language)
        page.keyboard.press("Escape")
        page.wait_for_url(f"**{counter.at(cafe)}")
        for place in ("day", "enrol", "device", "offline"):
            page.goto(page.url.partition("/till/")[0] + counter.at(cafe, place))
            looks.whole(page)


def _elsewhere():
    """A zone in which it is another day than at the café: a till whose clock was set up far from there."""
    zones = map(ZoneInfo, ("Pacific/Kiritimati", "Pacific/Niue"))
    return next(one.key for one in zones if clock.now().astimezone(one).date() != aurora.today())


def test_what_is_told_without_a_network_is_sent_once_and_in_order_when_it_is_back(site, browser, cafe, link):
    with till(browser, link, number="7", zone=_elsewhere()) as page:
        looks.through_the_worker(page)
        page.context.set_offline(True)
        page.goto(site.url + counter.at(cafe))
        assert page.locator("h1").inner_text() == said("till.offline")
        for amount in ("3.00", "4.00", "5.00"):
            page.get_by_label(said("till.card")).fill(f"{cafe.key}ann" if amount != "4.00" else f"{cafe.key}ben")
            page.get_by_label(said("till.amount")).fill(amount)
            page.keyboard.press("Enter")
        assert page.locator("#waiting").inner_text() == said("till.wait").replace("0", "3")
        kept = page.evaluate("localStorage.getItem(`wait ${location.pathname}`)")
        assert "ann" not in kept.replace(f"{cafe.key}ann", "").lower()  # no names
        page.goto(site.url + counter.at(cafe, "enrol"))  # what was kept outlives the page
        assert "3" in page.locator("#waiting").inner_text()
        twice = page.evaluate("(key) => localStorage.getItem(key)", f"wait {counter.at(cafe)}")
        looks.online(page)
        page.locator("#waiting").wait_for(state="hidden")
        page.evaluate("([key, list]) => localStorage.setItem(key, list)", [f"wait {counter.at(cafe)}", twice])
        page.reload()  # as if the answers had been lost
        page.locator("#waiting").wait_for(state="hidden")
        page.goto(site.url + counter.at(cafe, "day"))
        assert "12.00" in page.locator("main").inner_text()
        assert page.locator(".facts dd").first.inner_text() == "3"


def test_a_purchase_whose_answer_was_lost_is_told_again_under_its_name(site, browser, cafe, link):
    with till(browser, link, number="8") as page:
        looks.through_the_worker(page)
        page.goto(site.url + counter.at(cafe, f"members/{counter.member(cafe)}/purchase?amount=6.00"))
        page.context.set_offline(True)
        page.get_by_role("button", name=said("till.record")).press("Enter")
        page.locator("#waiting").wait_for(state="visible")
        looks.online(page)
        page.locator("#waiting").wait_for(state="hidden")
        page.goto(site.url + counter.at(cafe, "day"))
        assert page.locator(".facts dd").first.inner_text() == "1"


def test_what_is_refused_after_waiting_is_said_with_its_reason(site, browser, cafe, link):
    old = {
        "store": "sofia-1", "number": "9", "name": f"20010101-{'a' * 32}-{cafe.ids['dora'][-12:]}",
        "card": f"{cafe.key}ann", "amount": "1.00", "at": "2001-01-01T10:00:00Z",
    }  # fmt: skip
    with till(browser, link, number="9") as page:
        page.evaluate(
            "([key, one]) => localStorage.setItem(key, JSON.stringify([one]))", [f"wait {counter.at(cafe)}", old]
        )
        page.reload()
        page.locator("#refused").wait_for(state="visible")
        assert f"{cafe.key}ann" in page.locator("#refused li").inner_text()
        page.faults.clear()  # the browser notes the status of the refusal
        looks.whole(page)
        page.get_by_role("button", name=said("till.refused_seen")).press("Enter")
        page.locator("#refused").wait_for(state="hidden")


def test_a_card_of_nobody_typed_without_a_network_is_corrected_and_sent_again(site, browser, cafe, link):
    with till(browser, link, number="6", width=360) as page:
        page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        page.reload()
        page.context.set_offline(True)
        page.goto(site.url + counter.at(cafe))
        wrong = {
            "9999|abc": "amount",
            "9999|-7": "minus",
            "9999|999999999999": "most",
            "|4.00": "card",
            "9\U0001f600|4": "card",
        }
        for typed, fault in wrong.items():
            card, _, amount = typed.partition("|")
            page.get_by_label(said("till.card")).fill(card)
            page.get_by_label(said("till.amount")).fill(amount)
            page.keyboard.press("Enter")
            assert page.locator(f"#wrong-{fault}").inner_text() == said(f"till.wrong_{fault}")
            assert page.locator("#waiting").is_hidden() and page.locator("[id^=wrong-]:visible").count() == 1
        looks.whole(page)
        page.get_by_label(said("till.card")).fill("9999")
        page.get_by_label(said("till.amount")).fill("1,000")
        page.keyboard.press("Enter")
        asked = people.at_field("not_a_number", "typed_unclear:1000|1.00", "en")  # as with a network
        assert page.locator("[id^=wrong-]:visible").all_inner_texts() == [asked]
        assert page.locator("#waiting").is_hidden()
        page.get_by_label(said("till.amount")).fill("4.00")
        page.keyboard.press("Enter")
        assert page.locator("#waiting").is_visible() and page.locator("[id^=wrong-]:visible").count() == 0
        looks.online(page)
        looks.until(page, "!document.getElementById('refused').hidden")
        page.faults.clear()  # the browser notes the status of the refusal
        looks.whole(page)
        page.locator("#refused").get_by_label(said("till.card")).fill(f"{cafe.key}ben")
        page.get_by_role("button", name=said("till.resend")).click()
        looks.until(page, "document.getElementById('refused').hidden && document.getElementById('waiting').hidden")
        page.goto(site.url + counter.at(cafe, "day"))
        assert page.locator(".facts dd").first.inner_text() == "1"


def test_whoever_goes_back_from_the_receipt_sells_nothing_twice(site, browser, cafe, link):
    with till(browser, link, number="11") as page:
        page.keyboard.type(f"{cafe.key}ann")
        for typed in ("", "6.00", ""):
            page.keyboard.type(typed)
            looks.enter(page)
        receipt = page.url
        page.go_back()
        assert page.url == receipt and page.locator("main .notice, #toasts").first.inner_text()
        page.go_back()
        page.get_by_label(said("till.amount")).fill("8.00")
        looks.enter(page)
        assert page.url == f"{receipt}?typed=8.00"
        told = said("till.already_other", recorded="6.00 EUR", typed="8.00 EUR")
        assert told in page.locator("main .notice").inner_text()
        looks.whole(page)
        page.goto(site.url + counter.at(cafe, "day"))
        assert page.locator(".facts dd").first.inner_text() == "1"


def test_training_shows_itself_and_records_nothing(site, browser, cafe, link):
    with till(browser, link, number="3") as page:
        page.get_by_role("button", name=said("till.more")).or_(page.locator("details[data-menu] summary")).first.click()
        page.get_by_role("button", name=said("till.train")).click()
        page.wait_for_selector(f"text={said('till.training')}")
        page.goto(site.url + counter.at(cafe, f"members/{counter.member(cafe)}/purchase?amount=6.00"))
        looks.enter(page)
        assert page.locator("h1").inner_text() == said("till.trained")
        looks.whole(page)
        page.goto(site.url + counter.at(cafe, "day"))
        assert said("till.day_none") in page.locator("main").inner_text()


def test_a_double_tap_records_once(site, browser, cafe, link):
    with till(browser, link, number="4") as page:
        page.goto(site.url + counter.at(cafe, f"members/{counter.member(cafe)}/purchase?amount=6.00"))
        page.get_by_role("button", name=said("till.record")).dblclick()
        page.wait_for_url("**/receipts/**")
        page.reload()
        page.goto(site.url + counter.at(cafe, "day"))
        assert page.locator(".facts dd").first.inner_text() == "1"


LEAVE = """
async () => {
  const body = new FormData(document.querySelector("[data-waiting]"));
  return (await fetch("/sign-in/out", {method: "POST", body, headers: {Accept: "text/html"}})).ok;
}
"""


def test_what_waits_outlives_signing_out_elsewhere_and_waits_for_whoever_typed_it(site, browser, cafe, link, gita):
    one = {
        "store": "sofia-1", "number": "5", "name": f"{aurora.today():%Y%m%d}-{'a' * 32}-{cafe.ids['gita'][-12:]}",
        "card": f"{cafe.key}ann", "amount": "3.00", "at": f"{clock.now():%Y-%m-%dT%H:%M:%SZ}",
    }  # fmt: skip
    with till(browser, link, number="5") as page:
        page.evaluate("(one) => put(one)", one)  # as Gita has typed it before
        page.reload()
        assert page.locator("#waiting-others").inner_text() == said("till.wait_others").replace("0", "1")
        assert page.locator("#waiting").is_hidden()
        looks.whole(page)
        assert page.evaluate(LEAVE)
        page.goto(site.url + counter.at(cafe))
        assert page.locator(".notice").inner_text() == said("signin.waits")
        page.goto(gita)
        sent = "document.getElementById('waiting').hidden && localStorage.length > 0 && document.cookie === ''"
        looks.until(page, sent)
        page.goto(site.url + counter.at(cafe, "day"))
        assert page.locator(".facts dd").first.inner_text() == "1"
        assert page.evaluate("document.getElementById('waiting-others').hidden")
