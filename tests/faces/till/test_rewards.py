"""Rewards at the till: at what this member pays, undone by who gave them, and called as everywhere else."""

import html
import re
from datetime import timedelta

import pytest
from django.test import Client

from guerdon.core import limits
from guerdon.core.activities import Member
from guerdon.engine import redemptions as engine
from guerdon.engine import staff
from guerdon.faces import words
from guerdon.faces.signin import entry
from guerdon.features.redemptions import queries
from guerdon.kit import clock, ids, store
from tests.faces.till import counter
from tests.faces.till.counter import at, form, member, seen, till, told

LANGUAGES = ("en", "bg", "tr")


@pytest.fixture
def cafe(database):
    found = counter.opened()
    found.give("ann", 500)
    return found


def available(cafe, name="ann"):
    return cafe.amounts(name, clock.now().isoformat()).available


def page_of(cafe, client, name="ann"):
    return seen(client, at(cafe, f"members/{member(cafe, name)}"))


def redeemed(cafe, client, key, name="ann"):
    """The address of a redemption that was asked for and meant."""
    place = at(cafe, f"members/{member(cafe, name)}/rewards/{key}")
    sale = form(page_of(cafe, client, name), place)
    return client.post(place, form(told(client.post(place, sale, follow=True)), "")).headers["Location"]


def state(cafe, place):
    id = ids.read("redemption", place.split("?")[0].rpartition("/")[2])
    return queries.one(store.current(), cafe.programme_id, id).state


def undo(client, place):
    """Ask for it, then mean it; what is told then."""
    asked = told(client.post(f"{place}/cancel", follow=True))
    return asked, told(client.post(f"{place}/cancel", form(asked, ""), follow=True))


def line(page, key):
    """What the list says of a reward that can be had."""
    part = page[page.index(f"/rewards/{key}") :]
    return part[: part.index("</li>")]


def test_a_reward_stands_at_what_this_member_pays_and_beside_it_the_normal_price(cafe):
    client = till(cafe)
    cake = line(page_of(cafe, client), "cake")
    assert "for 500 points and 1.00 EUR, the money at the counter · normally 600 points" in cake
    coffee = line(page_of(cafe, client), "flat_white")
    assert "for 150 points" in coffee and "normally" not in coffee and "EUR" not in coffee
    place = redeemed(cafe, client, "cake")  # as it was said
    assert available(cafe) == 0 and "500 points and 1.00 EUR" in seen(client, place)
    cafe.give("ann", 600)
    assert "for 600 points" in line(page_of(cafe, client), "ten_percent").replace("500", "600")
    assert "1.00 EUR" not in page_of(cafe, client)


def test_what_is_free_no_more_is_offered_at_its_other_price(cafe):
    client = till(cafe)
    wanted = [
        engine.NewRedemption(Member(id=member(cafe)), "surprise", "tests", f"free-{cafe.key}", number=2)
    ]  # the one of this month
    engine.redeem_many(programme_id=cafe.programme_id, wanted=wanted, now=clock.now())
    assert "for 300 points" in line(page_of(cafe, client), "surprise")
    assert redeemed(cafe, client, "surprise") and available(cafe) == 200


def test_what_waits_is_undone_with_points_and_piece_and_counts_no_more(cafe):
    client = till(cafe)
    place = redeemed(cafe, client, "flat_white")
    assert available(cafe) == 350 and state(cafe, place) == "confirmed"
    assert counted(cafe, client) == ("1", "0")
    asked, done = undo(client, place)
    assert "Undo A flat white?" in asked and "Undone: the points are back." in done
    assert available(cafe) == 500 and state(cafe, place) == "cancelled"
    assert "Given back" in seen(client, place) and "/cancel" not in seen(client, place).partition("<main")[2]
    assert counted(cafe, client) == ("0", "1")
    assert client.post(f"{place}/cancel").headers["Location"] == place  # told once more it asks nothing


def counted(cafe, client):
    """How many rewards the day counts, and how many acts were taken back."""
    facts = dict(re.findall(r"<dt class=\"soft\">([^<]+)</dt>\s*<dd>([^<]*)</dd>", seen(client, at(cafe, "day"))))
    return facts["Rewards redeemed"].strip(), facts["Undone"].strip()


def test_money_that_was_paid_with_it_is_to_be_given_back(cafe):
    client = till(cafe)
    asked, _ = undo(client, redeemed(cafe, client, "cake"))
    assert "Give back at the counter: 1.00 EUR." in asked and available(cafe) == 500


def test_what_went_out_by_a_code_is_undone_by_its_cashier_for_a_while(cafe, monkeypatch):
    dora, gita = till(cafe), till(cafe, "gita")
    place = redeemed(cafe, dora, "ten_percent")
    assert state(cafe, place) == "fulfilled" and available(cafe) == 0
    assert place in page_of(cafe, dora) and "Redeemed a moment ago" in page_of(cafe, dora)
    assert place not in page_of(cafe, gita)
    assert "Only the cashier who redeemed it" in told(gita.post(f"{place}/cancel", {"sure": "true"}), 422)
    later = clock.now() + timedelta(minutes=limits.TILL_UNDO_MINUTES_MAX, seconds=1)
    with monkeypatch.context() as patched:
        patched.setattr(clock, "now", lambda: later)
        assert "within 15 minutes" in told(dora.post(f"{place}/cancel", {"sure": "true"}), 422)
    undo(dora, place)
    assert state(cafe, place) == "cancelled" and available(cafe) == 500


def test_what_was_used_or_handed_over_is_refused_in_words(cafe):
    client = till(cafe)
    place = redeemed(cafe, client, "five_euros")
    code = re.search(r"<code>([^<]+)</code>", seen(client, place)).group(1)
    _used(cafe, client, code)
    assert "used" in told(client.post(f"{place}/cancel"), 422) and state(cafe, place) == "fulfilled"
    cafe.give("ann", 150)
    coffee = redeemed(cafe, client, "flat_white")
    client.post(f"{coffee}/hand-over")
    assert "What was handed over can" in told(client.post(f"{coffee}/cancel"), 422)


def _used(cafe, client, code):
    place = at(cafe, f"members/{member(cafe)}/voucher")
    assert client.post(place, {"code": code, "amount": "50.00", "token": ""}).status_code == 303


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_state_has_one_word_at_till_portal_and_console(cafe, language):
    client, member_page, desk = till(cafe), cafe.client("ann"), at_desk(cafe)
    place = redeemed(cafe, client, "flat_white")
    id = place.split("?")[0].rpartition("/")[2]
    for name, deed in (("confirmed", None), ("fulfilled", f"{place}/hand-over")):
        if deed is not None:
            client.post(deed)
        word = words.say(f"states.{name}", language)
        for browser, where in (
            (client, place), (member_page, cafe.at(f"mine/{id}")), (member_page, cafe.at("mine")),
            (desk, f"/console/{cafe.key}/queue/{id}"),
            (desk, f"/console/{cafe.key}/members/{member(cafe)}/redemptions"),
        ):  # fmt: skip
            assert word in told(browser.get(where, {"language": language}, follow=True)), where


def at_desk(cafe):
    """A browser in which somebody of support works in the console."""
    staff.appoint(
        programme_id=cafe.programme_id, email=cafe.email("hana"), name="Hana", role="support", by=counter.OPERATOR,
        now=clock.now(),
    )  # fmt: skip
    client = Client(SERVER_NAME="localhost")
    client.get(entry.link(email=cafe.email("hana"), to=f"/console/{cafe.key}/queue"))
    return client


def test_the_desk_says_of_each_what_it_waits_for(cafe):
    client, desk = till(cafe), at_desk(cafe)
    redeemed(cafe, client, "flat_white")
    redeemed(cafe, client, "delivery")
    page = told(desk.get(f"/console/{cafe.key}/members/{member(cafe)}"))
    card = page[page.index("What waits") :]
    assert "To be handed over · " in card and "To use · " in card and ">Open<" not in page


def test_points_have_one_worth_wherever_they_are_shown_or_each_by_its_name(cafe):
    both = "worth 5.00 EUR as rewards · pay up to 4.50 EUR of a purchase"  # 500 points, at 0.90 for 100 when they pay
    assert both in page_of(cafe, till(cafe))
    assert both in told(cafe.client("ann").get(cafe.at()))
    assert both in told(at_desk(cafe).get(f"/console/{cafe.key}/members/{member(cafe)}"))
    how = told(cafe.client("ann").get(cafe.at("how")))
    assert "100 points: worth 1.00 EUR as rewards." in how and "200 points: pay 1.80 EUR of a purchase." in how


def _by_member(cafe, key, number=1, points=None, name="ann"):
    """A redemption that a member made away from the till: its address at the till, and the voucher's code."""
    wanted = [
        engine.NewRedemption(
            Member(id=member(cafe, name)), key, "portal", f"{key}-{cafe.key}", number=number, points=points
        )
    ]
    (made,) = engine.redeem_many(programme_id=cafe.programme_id, wanted=wanted, now=clock.now())
    one = queries.one(store.current(), cafe.programme_id, made.activity_id)
    return at(cafe, f"redemptions/{ids.show('redemption', one.id)}"), one.given


def day_facts(cafe, client):
    return dict(re.findall(r"<dt class=\"soft\">([^<]+)</dt>\s*<dd>([^<]*)</dd>", seen(client, at(cafe, "day"))))


def test_the_till_that_redeems_collects_the_money_and_the_day_counts_it(cafe):
    client = till(cafe)
    place = redeemed(cafe, client, "cake")
    assert "<strong>Collect 1.00 EUR</strong>" in seen(client, place)
    assert day_facts(cafe, client)["Collected for rewards"] == "1.00 EUR"
    _, done = undo(client, place)
    assert "the points are back. Give back at the counter: 1.00 EUR." in done
    assert day_facts(cafe, client)["Collected for rewards"] == "0.00 EUR"


def test_what_a_code_gave_is_not_called_handed_over_before_it_is_taken_off(cafe):
    client = till(cafe)
    place = redeemed(cafe, client, "five_euros")
    page = seen(client, place).partition("<main")[2]
    assert "Given as a voucher" in page and "Handed over" not in page and "Hand nothing over" in page
    code = re.search(r"<code>([^<]+)</code>", page).group(1)
    assert f"members/{member(cafe)}?voucher={code}" in page
    assert "Given as a voucher" in page_of(cafe, client)
    _used(cafe, client, code)
    page = seen(client, place).partition("<main")[2]
    assert ">Used<" in page and "Given as a voucher" not in page and "Hand nothing over" not in page


def test_money_of_what_a_member_redeemed_is_given_back_by_nobody_who_has_not_collected_it(cafe):
    client = till(cafe)
    place, _ = _by_member(cafe, "cake", points=500)
    page = seen(client, place)
    assert "Collect 1.00 EUR when it is taken off." in page
    assert day_facts(cafe, client).get("Collected for rewards", "0.00 EUR") == "0.00 EUR"


def test_the_till_that_takes_the_voucher_off_collects_the_money_of_what_the_member_redeemed(cafe):
    client = till(cafe)
    place, code = _by_member(cafe, "cake", points=500)
    used = at(cafe, f"members/{member(cafe)}/voucher")
    fields = {"code": code, "amount": "10.00", "basket": '[{"amount":450,"product":"walnut-cake"},{"amount":550}]'}
    page = told(client.post(used, fields | {"token": ""}, follow=True))
    assert "Collect 1.00 EUR for A slice of walnut cake" in page
    assert "Collect" not in seen(client, place).partition("<main")[2]
    assert day_facts(cafe, client)["Collected for rewards"] == "1.00 EUR"


def test_a_voucher_that_is_brought_has_its_name_and_the_goods_it_is_for_are_a_tap_away(cafe):
    client = till(cafe)
    _, code = _by_member(cafe, "cake", points=500)
    page = told(client.post(at(cafe), {"shown": code}, follow=True))
    assert "A slice of walnut cake · " in page
    address = html.unescape(re.search(r'href="([^"]*product\.1=walnut-cake[^"]*)">walnut cake<', page).group(1))
    line = told(client.get(f"{at(cafe, f'members/{member(cafe)}')}{address}"))
    assert (
        '<option value="walnut-cake">walnut cake</option>' in line
        and "<details open>" in line
        and 'value="walnut-cake"' in line
        and "-fault" not in line
    )
    fields = {"amount": "10.00", "product.1": "walnut-cake", "amount.1": "4.50", "voucher": code}
    preview = seen(client, at(cafe, f"members/{member(cafe)}/purchase"), fields)
    assert "−4.50 EUR" in preview


def test_a_code_that_was_used_says_so_at_once_and_when(cafe):
    client = till(cafe)
    code = re.search(r"<code>([^<]+)</code>", seen(client, redeemed(cafe, client, "five_euros"))).group(1)
    _used(cafe, client, code)
    page = told(client.post(at(cafe), {"shown": code}, follow=True))
    assert re.search(r"Used · [^<]*\d", page) and "it is taken off with a tap" not in page
    assert 'name="voucher"' not in page
