"""What a cashier does at the till: whoever comes is known, all is recorded once, and the last thing can be undone."""

import html
import re
from datetime import timedelta

import pytest
from django.urls import reverse

from guerdon.core import codes, limits, rotating
from guerdon.core.activities import Line, Member
from guerdon.engine import enrolment, vouchers
from guerdon.faces.till import pages
from guerdon.faces.words import say
from guerdon.features.activities import queries as journal
from guerdon.features.members import revocations
from guerdon.kit import clock, ids, store
from tests.faces.till import counter
from tests.faces.till.counter import at, form, member, seen, till, told


@pytest.fixture
def cafe(database):
    found = counter.opened()
    found.give("ann", 1_500)
    return found


def balance(cafe, name="ann"):
    return cafe.amounts(name, clock.now().isoformat())


def recorded(cafe, client, amount="12.40", name="ann", **more):
    """A purchase from the field to its receipt; the address of the receipt, and the form that recorded it."""
    place = at(cafe, f"members/{member(cafe, name)}/purchase")
    fields = form(seen(client, place, {"amount": amount}), place) | more
    answer = client.post(place, fields)
    assert answer.status_code == 303, answer.content.decode()[:3000]
    return answer.headers["Location"], place, fields


@pytest.mark.parametrize("language", ["en", "bg", "tr"])
def test_every_page_reads_in_every_language(cafe, language):
    client = till(cafe)
    for one in pages.PAGES:
        if "GET" in one.methods and one.path.count("<") == 1:
            answer = client.get("/" + one.path.replace("<slug:programme>", cafe.key), {"language": language})
            assert answer.status_code == 200, one.path
    seen(client, at(cafe, f"members/{member(cafe)}"), {"language": language})


def test_a_new_device_is_asked_once_which_till_it_is(cafe):
    client = till(cafe)
    assert "sofia-1 · 1" in seen(client, at(cafe))
    client.cookies.pop("till")
    assert client.get(at(cafe)).headers["Location"] == at(cafe, "device")
    page = told(client.post(at(cafe, "device"), {"store": "a:b", "number": "1"}), 422)
    assert "neither a colon nor a vertical bar" in page
    assert "Latin letters, digits and dashes" in told(
        client.post(at(cafe, "device"), {"store": "a", "number": "каса 1"}), 422
    )
    assert "at most 12 characters" in told(client.post(at(cafe, "device"), {"store": "a", "number": "1" * 13}), 422)


@pytest.mark.parametrize("language", ["en", "bg", "tr"])
def test_a_form_from_before_another_cashier_signed_in_leads_to_the_first_field(cafe, language):
    client = till(cafe)
    client.handler.enforce_csrf_checks = True  # signing in makes a new secret, so what was begun before fails it
    place = at(cafe, f"members/{member(cafe)}/purchase")
    before = balance(cafe)
    page = told(client.post(f"{place}?language={language}", {"amount": "5.00"}), 403)
    assert say("till.stale", language) in page and say("till.stale_about", language) in page
    assert (
        any(name in page for name in ("Aurora", "Аврора"))
        and f'href="{at(cafe)}"' in page[page.index("<main") :]
        and balance(cafe) == before
    )
    assert "This form is too old" in told(client.post("/till/nowhere/members/x/purchase?language=en"), 403)


def test_a_member_is_found_by_whatever_is_shown(cafe):
    client = till(cafe)
    code = rotating.shown(cafe.ids["ann"], revocations.secret(store.current(), cafe.ids["ann"]), clock.now())
    for shown in (f"{cafe.key}ann", cafe.email("ann"), code, member(cafe)):
        assert client.post(at(cafe), {"shown": shown}).headers["Location"] == at(cafe, f"members/{member(cafe)}")
    assert f"members/{member(cafe)}" in told(client.post(at(cafe), {"shown": "Ann"}))  # a name: which one is it?
    page = told(client.post(at(cafe), {"shown": "nobody-knows"}), 404)
    assert 'role="alert"' in page and "nobody-knows" in page
    page = seen(client, at(cafe, f"members/{member(cafe)}"))
    assert "1,500 points" in page and "15.00 EUR" in page and "flat white" in page.lower()


def test_a_purchase_is_previewed_with_its_reasons_then_recorded_once(cafe):
    client = till(cafe)
    place = at(cafe, f"members/{member(cafe)}/purchase")
    before = balance(cafe)
    page = seen(client, place, {"amount": "12,40"})
    assert "+12 points" in page and "12.40" in page and "1 point" in page
    assert balance(cafe) == before  # nothing was kept
    receipt, _, fields = recorded(cafe, client)
    again = client.post(place, fields)
    assert again.status_code == 303 and again.headers["Location"] == receipt
    assert balance(cafe).pending == before.pending + 12
    assert "Recorded" in seen(client, receipt)
    again = told(client.post(place, fields | {"amount": "99.00"}, follow=True))
    assert "This sale is already recorded with 12.40 EUR. Begin anew for 99.00 EUR." in again
    assert balance(cafe).pending == before.pending + 12


def test_what_is_no_amount_is_said_at_the_field(cafe):
    page = seen(till(cafe), at(cafe, f"members/{member(cafe)}/purchase"), {"amount": "12.345"}, status=422)
    assert 'aria-invalid="true"' in page and "12.345" in page


LINES = {"amount": "12,40", "category.1": "beans", "quantity.1": "2", "amount.1": "9.00"}


def test_goods_that_rules_ask_for_stand_beside_the_total_and_count_in_the_preview_and_the_purchase(cafe):
    client = till(cafe)
    place = at(cafe, f"members/{member(cafe)}/purchase")
    plain = seen(client, place, {"amount": "12.40"})
    page = seen(client, place, LINES)
    assert "stamps" not in plain and "+2 stamps" in page and "12.40" in page
    before = balance(cafe).pending
    fields = form(page, place)
    receipt = client.post(place, {name: html.unescape(value) for name, value in fields.items()}).headers["Location"]
    points = int(re.search(r"\+(\d+) points", page).group(1))
    assert points >= 12 and balance(cafe).pending == before + points  # as was previewed
    assert "+2 stamps" in seen(client, receipt)
    found = journal.recorded(store.current(), [(cafe.ids["ann"], ids.read("activity", receipt.rpartition("/")[2]))])
    (one,) = found.values()
    assert one.activity.lines == (Line(900, category="beans", quantity=2), Line(340))


def test_lines_that_do_not_fit_are_said_at_their_field_and_stay_filled_in(cafe):
    client = till(cafe)
    place = at(cafe, f"members/{member(cafe)}/purchase")
    assert "less than the lines" in seen(client, place, LINES | {"amount": "5.00"}, status=422)
    page = seen(client, place, LINES | {"quantity.1": "0"}, status=422)
    assert 'id="quantity.1-fault"' in page and 'value="9.00"' in page
    page = seen(client, place, LINES | {"amount.1": "x"}, status=422)
    assert 'id="amount.1-fault"' in page
    assert "9.00" in seen(client, place, LINES | {"amount": ""})  # the lines are the sum
    page = seen(client, at(cafe, f"members/{member(cafe)}"), LINES | {"more": "yes"})
    assert 'name="amount.2"' in page and 'name="amount.3"' not in page and 'value="12,40"' in page


def test_points_pay_a_part(cafe):
    client = till(cafe)
    page = seen(client, at(cafe, f"members/{member(cafe)}/purchase"), {"amount": "12.40"})
    pay = re.search(r'value="(points:\d+)"', page).group(1)
    receipt, _, _ = recorded(cafe, client, pay=pay)
    assert "paid with points" in seen(client, receipt)
    assert balance(cafe).available < 1_500


def test_points_that_pay_are_previewed_as_they_will_be_recorded_and_undone_with_the_money_to_hand_back(cafe):
    cafe.give("ben", 230)
    client = till(cafe)
    page = seen(client, at(cafe, f"members/{member(cafe, 'ben')}/purchase"), {"amount": "10.00"})
    without, pays = page[page.index('<fieldset class="field" id="pay"') :].split('name="pay"')[1:]
    assert "+10 points" in without and "Collect" not in without
    pay = re.search(r'value="(points:\d+)"', pays).group(1)
    rest = f"{(1_000 - int(pay.split(':')[1])) / 100:.2f} EUR"
    spent = re.search(r"−([\d,]+ points)", pays).group(1)
    points = re.search(r"\+([\d,]+ points)", pays).group(1)
    assert f"Collect {rest}" in pays and points != "10 points"
    receipt, _, _ = recorded(cafe, client, "10.00", "ben", pay=pay)
    page = seen(client, receipt)
    assert f"+{points}" in page and f"−{spent}" in page and f"Collect {rest}" in page
    asked = told(client.post(f"{receipt}/undo", follow=True))
    assert f"Give back at the counter: {rest}." in asked
    page = told(client.post(f"{receipt}/undo", form(asked, ""), follow=True))
    assert f"Give back at the counter: {rest}." in page and "Collect" not in page


def test_the_last_purchase_is_undone_by_its_cashier_for_a_while(cafe):
    dora, gita = till(cafe), till(cafe, "gita")
    before = balance(cafe)
    receipt, _, _ = recorded(cafe, dora)
    assert "usable from" in seen(dora, receipt)
    assert f"{receipt}/undo" not in seen(gita, receipt)
    assert "Only the cashier" in told(gita.post(f"{receipt}/undo", {"sure": "true"}), 422)
    asked = told(dora.post(f"{receipt}/undo", follow=True))
    assert balance(cafe).pending == before.pending + 12  # asking does nothing
    for _ in range(2):
        dora.post(f"{receipt}/undo", form(asked, ""))
    assert balance(cafe) == before
    page = seen(dora, receipt)
    assert "+12 points" in page and "Taken back" in page
    assert "usable from" not in page


@pytest.mark.parametrize(("back", "said"), [(400, "Partly taken back"), (1_000, "Taken back")])
def test_a_receipt_says_how_much_of_it_came_back(cafe, back, said):
    now = clock.now()
    bought = cafe.purchase("ann", 1_000, at=(now - timedelta(minutes=2)).isoformat())
    cafe.tell(bought, now=now.isoformat())
    (made,) = journal.newest(store.current(), cafe.account("ann"), most=1)
    cafe.tell(cafe.giving_back("ann", bought.external_id, at=now.isoformat(), amount=back), now=now.isoformat())
    page = seen(till(cafe), at(cafe, f"receipts/{ids.show('activity', made.activity_id)}"))
    assert f"<h1>{said}</h1>" in page


def test_nobody_undoes_what_is_long_ago(cafe, monkeypatch):
    dora = till(cafe)
    receipt, _, _ = recorded(cafe, dora)
    later = clock.now() + timedelta(minutes=limits.TILL_UNDO_MINUTES_MAX, seconds=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert "within 15 minutes" in told(dora.post(f"{receipt}/undo", {"sure": "true"}), 422)


def test_training_records_nothing(cafe):
    client = till(cafe)
    before = balance(cafe)
    assert client.post(at(cafe, "training"), {"on": "true"}).status_code == 303
    assert "nothing is recorded" in seen(client, at(cafe))
    place = at(cafe, f"members/{member(cafe)}/purchase")
    page = told(client.post(place, form(seen(client, place, {"amount": "12.40"}), place)))
    assert "that would have worked" in page and "+12 points" in page
    client.post(at(cafe, f"members/{member(cafe)}/rewards/flat_white"), {"sure": "true"})
    client.post(at(cafe, "enrol"), {"shown": "new-card"})
    assert client.post(at(cafe), {"shown": "new-card"}).status_code == 404
    assert balance(cafe) == before


def test_a_reward_is_redeemed_and_handed_over(cafe):
    client = till(cafe)
    place = at(cafe, f"members/{member(cafe)}/rewards/flat_white")
    asked = told(client.post(place, follow=True))
    assert "150 points" in asked
    made = [client.post(place, form(asked, "")).headers["Location"] for _ in range(2)]
    assert made[0] == made[1] and balance(cafe).available == 1_350
    page = seen(client, made[0])
    code = re.search(r"<code>([^<]+)</code>", page).group(1)
    assert client.post(at(cafe), {"shown": code}).headers["Location"] == made[0]
    assert code in seen(client, at(cafe, f"members/{member(cafe)}"))  # it waits
    if "hand-over" in page:
        for _ in range(2):
            client.post(f"{made[0]}/hand-over", form(page, f"{made[0]}/hand-over"))
        page = seen(client, made[0])
    assert "hand-over" not in page


def given(cafe, name="ann"):
    """The code of a voucher of five euros off that somebody was given."""
    wanted = vouchers.Issuance(Member(id=member(cafe, name)), "five_off", "tests", f"given-{cafe.key}")
    (result,) = vouchers.issue_many(programme_id=cafe.programme_id, wanted=[wanted], now=clock.now())
    return result.decision.issued[0].code


def test_a_voucher_in_the_one_field_leads_to_its_member_and_comes_off_the_purchase_once(cafe):
    client = till(cafe)
    code = given(cafe)
    place = client.post(at(cafe), {"shown": code.lower()}).headers["Location"]
    assert place.startswith(at(cafe, f"members/{member(cafe)}?voucher="))
    assert "Type the amount" in seen(client, place)
    preview = at(cafe, f"members/{member(cafe)}/purchase")
    assert "notice bad" in seen(client, preview, {"amount": "12.40", "voucher": code})  # it asks for 20.00
    page = seen(client, preview, {"amount": "25.00", "voucher": code})
    used = at(cafe, f"members/{member(cafe)}/voucher")
    fields = form(page, used)
    answers = [client.post(used, fields) for _ in range(2)]
    assert {one.headers["Location"] for one in answers} == {f"{preview}?amount=20.00&sale={fields['token']}"}
    page = seen(client, preview, {"amount": "25.00", "voucher": code})
    assert "notice bad" in page  # it is used up


def test_a_code_that_is_nobodys_asks_who_brings_it_and_is_refused_where_it_is_none(cafe):
    client = till(cafe)
    code = codes.made(range(12))
    told(client.post(at(cafe), {"shown": f"{code[:-2]}{code[-1]}{code[-2]}"}), 404)  # two letters exchanged
    place = client.post(at(cafe), {"shown": code}).headers["Location"]
    assert place == f"{at(cafe)}?voucher={code}" and code in seen(client, place)
    place = client.post(place, {"shown": cafe.email("ann")}).headers["Location"]
    assert place == at(cafe, f"members/{member(cafe)}?voucher={code}")
    page = seen(client, at(cafe, f"members/{member(cafe)}/purchase"), {"amount": "5.00", "voucher": code})
    assert "notice bad" in page and "Record" in page


def test_who_is_blocked_is_said_so_and_can_do_nothing(cafe):
    client = till(cafe)
    preview = at(cafe, f"members/{member(cafe)}/purchase")
    fields = form(seen(client, preview, {"amount": "12.40"}), preview)
    enrolment.restate(
        programme_id=cafe.programme_id, member_id=cafe.ids["ann"], status="blocked", by=counter.OPERATOR, reason="lost",
        now=clock.now(),
    )  # fmt: skip
    page = seen(client, at(cafe, f"members/{member(cafe)}"))
    assert "This account is blocked" in page and 'name="amount"' not in page and "rewards/" not in page
    before = balance(cafe)
    assert "blocked" in told(client.post(preview, fields), 422)
    assert balance(cafe) == before


def test_somebody_is_enrolled_once(cafe):
    client = till(cafe)
    fields = form(seen(client, at(cafe, "enrol")), "") | {"shown": "+359888123456", "name": "Cleo Ivanova"}
    first, again = (client.post(at(cafe, "enrol"), fields) for _ in range(2))
    assert first.headers["Location"] == again.headers["Location"]
    page = seen(client, first.headers["Location"])
    assert "Cleo I." in page and "The account is open: 100 points" in page and "for joining" in page
    assert client.post(at(cafe), {"shown": "+359 888 123456"}).headers["Location"] == first.headers["Location"]
    for home in ("0888 123 456", "0888/123-456", "00359888123456", "(0888) 12 34 56"):  # as it is dialled in Bulgaria
        assert client.post(at(cafe), {"shown": home}).headers["Location"] == first.headers["Location"]
    told(client.post(at(cafe), {"shown": "0888 123 457"}), 404)
    fields = form(seen(client, at(cafe, "enrol")), "") | {"shown": "0887 654 321"}
    second = client.post(at(cafe, "enrol"), fields).headers["Location"]
    assert client.post(at(cafe), {"shown": "+359887654321"}).headers["Location"] == second != first.headers["Location"]
    assert "aria-invalid" in told(client.post(at(cafe, "enrol"), {"shown": ""}), 422)


def test_the_day_counts_what_this_till_did_by_cashier(cafe):
    dora, gita, other = till(cafe), till(cafe, "gita"), till(cafe, "gita", number="2")
    recorded(cafe, dora)
    recorded(cafe, gita, "20.00")
    recorded(cafe, other, "500.00")
    receipt, _, _ = recorded(cafe, dora, "7.00")
    dora.post(f"{receipt}/undo", {"sure": "true"})
    page = seen(dora, at(cafe, "day"))
    assert "32.40" in page and "32 points" in page and "500" not in page
    assert "Dora" in page and "Gita" in page and "12.40" in page
    assert "Nothing was recorded" in seen(dora, at(cafe, "day"), {"day": "2026-01-01"})


def test_the_lock_signs_out_and_leads_back(cafe):
    client = till(cafe)
    answer = client.post(at(cafe, "lock"))
    assert answer.headers["Location"].endswith(f"?next={at(cafe)}")
    assert "Clear-Site-Data" not in answer.headers  # what waits in the browser stays
    assert client.get(at(cafe)).status_code == 302


def test_signing_out_elsewhere_leaves_what_waits_in_the_browser_and_says_so(cafe):
    client = till(cafe)
    client.cookies["waits"] = "1"  # as the script of the till has it
    left = client.post(reverse("account_logout"), follow=True)
    assert left.redirect_chain and "Purchases wait on this device" in told(left)
    client = till(cafe)
    client.cookies["waits"] = "1"
    assert client.post(reverse("account_logout")).headers["Clear-Site-Data"] == '"cache"'


def waited(cafe, name="dora"):
    """A purchase that has waited in the browser, as typed by a cashier."""
    mark = cafe.ids[name][-12:]
    return {"store": "sofia-1", "number": "1", "amount": "8.00", "name": f"20260301-{'a' * 32}-{mark}"}


def test_what_has_waited_is_recorded_once_or_refused_with_the_reason(cafe):
    client = till(cafe)
    fields = waited(cafe) | {"card": f"{cafe.key}ann", "at": f"{clock.now():%Y-%m-%dT%H:%M:%SZ}"}
    before = balance(cafe)
    for _ in range(2):
        assert client.post(at(cafe, "waiting"), fields).json()["state"] == "recorded"
    assert balance(cafe).pending == before.pending + 8
    other = fields | {"name": fields["name"].replace("a" * 32, "c" * 32)}
    refused = client.post(at(cafe, "waiting"), other | {"at": "2001-01-01T10:00:00Z"})
    assert refused.status_code == 422 and refused.json()["state"] == "refused" and refused.json()["said"]
    assert client.post(at(cafe, "waiting"), fields | {"name": "short"}).json()["state"] == "refused"


def test_what_another_cashier_has_typed_waits_for_them(cafe):
    fields = waited(cafe) | {"card": f"{cafe.key}ann", "at": f"{clock.now():%Y-%m-%dT%H:%M:%SZ}"}
    before = balance(cafe)
    answer = till(cafe, "gita").post(at(cafe, "waiting"), fields)
    assert answer.status_code == 409 and not answer.content  # which the script takes for no answer: it waits on
    assert balance(cafe) == before
    assert till(cafe).post(at(cafe, "waiting"), fields).json()["state"] == "recorded"
