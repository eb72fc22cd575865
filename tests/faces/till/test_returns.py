"""Goods that come back at the till: told before the yes, once, of lines or an amount; and what the day counts of it."""

import re
from datetime import timedelta

import pytest

from guerdon.faces.words import say
from guerdon.features.activities import queries as journal
from guerdon.kit import clock, ids, store
from tests.faces.till import counter
from tests.faces.till.counter import at, form, member, seen, till, told


@pytest.fixture
def cafe(database):
    found = counter.opened()
    found.give("ann", 1_500)
    return found


def bought(cafe, amount=None, *, at=None, **more):
    """The id of a purchase of some minutes ago, or of the instant, told by another system."""
    now = clock.now()
    one = cafe.purchase("ann", amount, at=(at or now - timedelta(minutes=20)).isoformat(), **more)
    cafe.tell(one, now=now.isoformat())
    (made,) = journal.newest(store.current(), cafe.account("ann"), kind="purchase", most=1)
    return ids.show("activity", made.activity_id)


def balance(cafe):
    return cafe.amounts("ann", clock.now().isoformat())


def asked(cafe, client, id, **fields):
    """The question, after the form of what comes back was sent."""
    place = at(cafe, f"receipts/{id}/return")
    return told(client.post(place, form(seen(client, place), place) | fields, follow=True))


def facts(page):
    """What a page says by its terms."""
    pairs = re.findall(r"<dt class=\"soft\">([^<]+)</dt>\s*<dd>(.*?)</dd>", page, re.S)
    return {term: " ".join(re.sub(r"<br>", " ", text).split()) for term, text in pairs}


def test_all_that_is_left_is_three_taps_from_the_receipt_and_taken_back_once(cafe):
    client, id = till(cafe), bought(cafe, 1_000)
    given = balance(cafe)
    page = seen(client, at(cafe, f"receipts/{id}"))
    place = at(cafe, f"receipts/{id}/return")
    assert f'href="{place}"' in page  # the first
    assert 'value="10.00"' in seen(client, place)
    page = asked(cafe, client, id, amount="10.00")  # the second
    assert balance(cafe) == given
    assert "Take back goods for 10.00 EUR?" in page
    terms = facts(page)
    assert "10 points" in terms["Points taken"] and terms["Give back at the counter"] == "10.00 EUR"
    assert terms["Left of the purchase"] == "0.00 EUR"
    done = client.post(place, form(page, place), follow=True)  # the third
    client.post(place, form(page, place))  # and nothing more by tapping it twice
    assert "Taken back. Give back at the counter: 10.00 EUR." in told(done)
    assert balance(cafe).pending == given.pending - 10
    assert place not in told(done)
    assert "All of it has come back already." in seen(client, place)


def test_who_comes_back_to_the_form_is_told_that_it_was_done_and_gives_no_money_again(cafe):
    lines = [{"amount": 1_000, "product": "beans"}, {"amount": 450, "category": "cakes"}]
    client, id = till(cafe), bought(cafe, lines=lines)
    place, said = at(cafe, f"receipts/{id}/return"), say("till.already", "en")
    sent = form(seen(client, place), place)
    question = told(client.post(place, sent | {"line.1": "yes"}, follow=True))
    other = told(client.post(place, sent | {"line.2": "yes"}, follow=True))  # in a second window, before any yes
    assert "10.00 EUR" in told(client.post(place, form(question, place), follow=True))
    given = balance(cafe)
    for again in ({"line.1": "yes"}, {"line.2": "yes"}):  # the way back, to the same lines and to others
        page = told(client.post(place, sent | again, follow=True))
        assert said in page and "Take back goods" not in page and "Give back at the counter" not in page
    page = told(client.post(place, form(other, place), follow=True))
    assert said in page and "Give back at the counter" not in page and balance(cafe) == given


def test_a_part_leaves_what_the_rest_earns_and_more_than_is_left_is_refused(cafe):
    client, id = till(cafe), bought(cafe, 1_000)
    place, given = at(cafe, f"receipts/{id}/return"), balance(cafe)
    page = asked(cafe, client, id, amount="2.50")
    assert facts(page)["Left of the purchase"] == "7.50 EUR"
    client.post(place, form(page, place))
    assert balance(cafe).pending == given.pending - 3  # 7 are kept
    assert 'value="7.50"' in seen(client, place)
    answer = client.post(place, form(seen(client, place), place) | {"amount": "8.00"})
    assert "7.50" in told(answer, 422) and balance(cafe).pending == given.pending - 3
    assert "Type an amount" in told(client.post(place, {"amount": ""}), 422)


def test_lines_come_back_by_ticking_them_whole_or_by_pieces(cafe):
    lines = [
        {"amount": 800, "product": "flat-white", "quantity": 2}, {"amount": 450, "category": "cakes"}, {"amount": 300},
    ]  # fmt: skip
    client, id = till(cafe), bought(cafe, lines=lines)
    place = at(cafe, f"receipts/{id}/return")
    page = seen(client, place)
    assert "flat white · 8.00 EUR" in page and "cakes · 4.50 EUR" in page and "Goods · 3.00 EUR" in page
    assert "How many of 2" in page and 'name="pieces.2"' not in page
    page = asked(cafe, client, id, **{"pieces.1": "1", "line.2": "yes"})
    assert "Take back goods for 8.50 EUR?" in page
    client.post(place, form(page, place))
    page = seen(client, place)
    assert "flat white · 4.00 EUR" in page and "cakes" not in page
    answer = client.post(place, {"pieces.1": "2", "token": ""})
    assert "flat white · 4.00 EUR" in told(answer, 422)
    both = told(client.post(place, {"line.1": "yes", "amount": "1.00", "token": ""}), 422)
    assert "Choose lines or type an amount, not both." in both


def test_points_that_paid_come_back_and_what_was_spent_meanwhile_is_owed(cafe):
    client = till(cafe)
    id = sold(cafe, client, "12.40", pay="points:414").rpartition("/")[2]
    terms = facts(asked(cafe, client, id, amount="12.40"))
    assert terms["Points given back"] == "460 points" and terms["Give back at the counter"] == "8.26 EUR"
    old = bought(cafe, 1_000, at=clock.now() - timedelta(days=30))
    cafe.burn("ann", cafe.amounts("ann", clock.now().isoformat()).available, at=clock.now().isoformat())
    assert "of them are owed" in facts(asked(cafe, client, old, amount="10.00"))["Points taken"]


def test_the_last_purchases_of_a_member_lead_to_it_without_a_minus(cafe):
    client, id = till(cafe), bought(cafe, 1_000)
    place = at(cafe, f"members/{member(cafe)}/purchases")
    assert f'href="{place}"' in seen(client, at(cafe, f"members/{member(cafe)}"))
    assert at(cafe, f"receipts/{id}") in seen(client, place)
    assert "No purchases yet" in seen(client, at(cafe, f"members/{member(cafe, 'ben')}/purchases"))


def test_what_is_no_purchase_is_not_there(cafe):
    client, id = till(cafe), bought(cafe, 1_000)
    place = at(cafe, f"receipts/{id}/return")
    page = asked(cafe, client, id, amount="1.00")
    client.post(place, form(page, place))
    (made,) = journal.newest(store.current(), cafe.account("ann"), most=1)
    assert client.get(at(cafe, f"receipts/{ids.show('activity', made.activity_id)}/return")).status_code == 404


def test_training_takes_nothing_back(cafe):
    client, id = till(cafe), bought(cafe, 1_000)
    client.post(at(cafe, "training"), {"on": "true"})
    given = balance(cafe)
    page = asked(cafe, client, id, amount="10.00")
    done = client.post(at(cafe, f"receipts/{id}/return"), form(page, ""), follow=True)
    assert "that would have worked" in told(done) and balance(cafe) == given


@pytest.mark.parametrize("language", ["en", "bg", "tr"])
def test_its_pages_read_in_every_language(cafe, language):
    client, id = till(cafe), bought(cafe, 1_000)
    page = seen(client, at(cafe, f"receipts/{id}/return"), {"language": language})
    assert say("till_returns.title", language) in page
    assert say("till_returns.purchases", language) in seen(
        client, at(cafe, f"members/{member(cafe)}/purchases"), {"language": language}
    )
    assert say("till.offline_not", language) in told(client.get(at(cafe, "offline"), {"language": language}))


def sold(cafe, client, amount, **more):
    place = at(cafe, f"members/{member(cafe)}/purchase")
    fields = form(seen(client, place, {"amount": amount}), place)
    return client.post(place, fields | more).headers["Location"]


def test_the_day_counts_returns_and_what_was_undone_apart(cafe):
    dora, gita = till(cafe), till(cafe, "gita")
    receipt, undone = sold(cafe, dora, "12.40"), sold(cafe, dora, "7.00")
    dora.post(f"{undone}/undo", {"sure": "true"})
    page = told(
        gita.post(f"{receipt}/return", form(seen(gita, f"{receipt}/return"), "") | {"amount": "2.50"}, follow=True)
    )
    gita.post(f"{receipt}/return", form(page, ""))
    terms = facts(seen(dora, at(cafe, "day")))
    assert (terms["Purchases"], terms["Sum"]) == ("1", "12.40 EUR")  # it was sold, whatever came back of it
    assert terms["Goods taken back"] == "1 · 2.50 EUR" and "3 points" in terms["Points taken back"]
    assert terms["Undone"] == "1"
    row = re.search(r"<tr[^>]*>(?:(?!</tr>).)*Gita.*?</tr>", seen(dora, at(cafe, "day")), re.S).group()
    assert "2.50" in row and "12.40" not in row


def test_the_day_counts_what_was_handed_over_at_this_till_wherever_it_was_redeemed(cafe):
    dora, other = till(cafe), till(cafe, "gita", number="2")
    ann = cafe.client("ann")
    for _ in range(2):
        page = told(ann.post(cafe.at("rewards/flat_white"), {"price": "1", "token": ids.new()}, follow=True))
        place = ann.post(cafe.at("rewards/flat_white"), form(page, "")).headers["Location"]
        id = place.rpartition("/")[2]
        dora.post(at(cafe, f"redemptions/{id}/hand-over"))
        other.post(at(cafe, f"redemptions/{id}/hand-over"))  # it is gone already
    terms = facts(seen(dora, at(cafe, "day")))
    assert terms["Rewards handed over"] == "2 · worth 3.00 EUR" and terms["Rewards redeemed"] == "0"
    assert "Nothing was recorded" in seen(other, at(cafe, "day"))


def test_more_than_there_is_is_said_in_money_and_in_words_of_the_counter(cafe):
    client, id = till(cafe), bought(cafe, lines=[{"amount": 900, "product": "beans", "quantity": 3}, {"amount": 450}])
    place = at(cafe, f"receipts/{id}/return")
    page = told(client.post(place, {"pieces.1": "5", "token": ""}), 422)
    assert "Only 3 pieces are left." in page and 'id="pieces.1-fault"' in page
    fields = form(page, place) | {"pieces.1": "2"}
    done = form(told(client.post(place, fields, follow=True)), place)
    assert client.post(place, done).status_code == 303
    assert "Only 1 piece is left." in told(client.post(place, {"pieces.1": "2", "token": ""}), 422)
    client, id = till(cafe), bought(cafe, lines=[{"amount": 900, "product": "beans", "quantity": 3}, {"amount": 450}])
    place = at(cafe, f"receipts/{id}/return")
    page = told(client.post(place, {"amount": "50.00", "token": ""}), 422)
    assert "Only 13.50 EUR of it is left." in page and 'id="amount-fault"' in page and "minor" not in page


def test_the_receipt_keeps_what_came_back_what_is_left_and_what_to_hand_back(cafe):
    client = till(cafe)
    receipt = sold(cafe, client, "45.00")
    page = told(
        client.post(f"{receipt}/return", form(seen(client, f"{receipt}/return"), "") | {"amount": "20.00"}, follow=True)
    )
    client.post(f"{receipt}/return", form(page, ""))
    page = seen(client, receipt)
    assert "−20.00 EUR" in page and "20.00 EUR handed back" in page
    assert ">25.00 EUR<" in page


def test_the_list_of_last_purchases_leads_to_the_question_what_comes_back(cafe):
    client, id = till(cafe), bought(cafe, 1_000)
    place = at(cafe, f"members/{member(cafe)}/purchases")
    assert f'href="{at(cafe, f"receipts/{id}/return")}"' in seen(client, place)
    page = asked(cafe, client, id, amount="10.00")
    client.post(at(cafe, f"receipts/{id}/return"), form(page, ""))
    assert f'href="{at(cafe, f"receipts/{id}")}"' in seen(client, place)  # nothing of it is left


def test_a_receipt_shows_a_short_number_by_which_it_is_found(cafe):
    client = till(cafe)
    receipt = sold(cafe, client, "12.40")
    number = re.search(r"Receipt <code>([^<]+)</code>", seen(client, receipt)).group(1)
    assert re.fullmatch(r"\d{8}-[0-9a-f]{12}", number)
    found = till(cafe, "gita", number="2").post(at(cafe), {"shown": number})
    assert found.headers["Location"] == receipt.partition("?")[0]
    assert (
        "Location" not in client.post(at(cafe), {"shown": f"{number[:-1]}{'0' if number[-1] != '0' else '1'}"}).headers
    )
