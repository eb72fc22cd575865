"""One sale at the till: no minus, no nothing, no barcode; recorded once under its name, whoever comes back to it."""

import re
from datetime import timedelta

import pytest

from guerdon.core import limits
from guerdon.core.activities import Member
from guerdon.engine import vouchers
from guerdon.features.members import queries as members
from guerdon.features.vouchers import queries as voucher_queries
from guerdon.insight import tills
from guerdon.kit import clock, store
from tests.faces.portal import aurora
from tests.faces.till import counter
from tests.faces.till.counter import at, form, member, seen, till, told


@pytest.fixture
def cafe(database):
    found = counter.opened()
    found.give("ann", 1_500)
    return found


def balance(cafe, name="ann"):
    return cafe.amounts(name, clock.now().isoformat())


def preview(cafe, name="ann"):
    return at(cafe, f"members/{member(cafe, name)}/purchase")


def sold(cafe, client, amount="12.40"):
    """The address of the receipt of a sale, and the form that recorded it."""
    fields = form(seen(client, preview(cafe), {"amount": amount}), preview(cafe))
    return client.post(preview(cafe), fields).headers["Location"], fields


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("-5", "An amount has no minus"), ("\u22125", "An amount has no minus"), ("0", "more than 0"),
        ("0.00", "more than 0"), ("", "Type an amount"), ("4006381333931", "Was a barcode scanned"),
        ("40123455", "Was a barcode scanned"), ("abc", "no number"), ("12.345", "Is it 12345 or 12.34?"),
        ("1,000", "Is it 1000 or 1.00?"), ("1e9", "all of its digits"), ("$12", "Amounts are in EUR"),
        ("12 34", "without blanks: 1234"), ("١٢", "digits 0 to 9: 12"),
    ],
)  # fmt: skip
def test_what_no_sale_comes_to_is_said_at_the_field_and_never_recorded(cafe, amount, words):
    client = till(cafe)
    page = seen(client, preview(cafe), {"amount": amount}, status=422)
    assert words in page and 'id="amount-fault"' in page and "data-purchase" not in page
    before = balance(cafe)
    assert words in told(client.post(preview(cafe), {"amount": amount or " 0", "token": ""}), 422) or not amount
    assert balance(cafe) == before


def test_the_most_that_a_sale_comes_to_is_still_one(cafe):
    most = 10**limits.TILL_DIGITS_MAX - 1
    assert "data-purchase" in seen(till(cafe), preview(cafe), {"amount": f"{most}.99"})


def test_an_uncommon_amount_is_asked_for_once_more_and_recorded_under_its_name(cafe):
    client = till(cafe)
    fields = form(seen(client, preview(cafe), {"amount": "500.01"}), preview(cafe))
    before = balance(cafe)
    page = told(client.post(preview(cafe), fields, follow=True))
    assert "Is it really 500.01 EUR?" in page and balance(cafe) == before
    again = form(page, "")
    assert again["token"] == fields["token"]
    receipts = {client.post(preview(cafe), again).headers["Location"] for _ in range(2)}
    assert len(receipts) == 1 and "500.01" in seen(client, receipts.pop())
    assert sold(cafe, client, "500.00")[0]  # which is still common


def test_less_than_its_lines_is_said_as_a_sentence(cafe):
    page = seen(till(cafe), preview(cafe), {"amount": "1", "category.1": "beans", "amount.1": "2"}, status=422)
    assert "It is less than the lines come to." in page


def test_lines_of_nothing_are_no_sale(cafe):
    page = seen(till(cafe), preview(cafe), {"amount": "", "category.1": "beans", "amount.1": "0"}, status=422)
    assert "more than 0" in page


def test_a_minus_leads_to_the_last_purchases(cafe):
    client = till(cafe)
    receipt, _ = sold(cafe, client)
    page = seen(client, preview(cafe), {"amount": "-12.40"}, status=422)
    assert receipt in page and "Take one of these back?" in page
    assert receipt not in seen(client, at(cafe, f"members/{member(cafe)}"))
    asked = told(client.post(f"{receipt}/undo", follow=True))
    client.post(f"{receipt}/undo", form(asked, ""))
    page = seen(client, preview(cafe), {"amount": "-12.40"}, status=422)
    assert "Taken back · " in page[page.index(receipt) :][:1500]  # and when
    assert f'action="{receipt}/undo"' not in seen(client, receipt)


def test_whoever_comes_back_to_a_sale_does_not_sell_again(cafe):
    client = till(cafe)
    start = client.get(at(cafe, f"members/{member(cafe)}")).headers["Location"]  # as the way back knows it
    again = f"{preview(cafe)}?amount=12.40&sale={_sale(told(client.get(start)))}"
    before = balance(cafe).pending
    receipt = client.post(preview(cafe), form(told(client.get(again)), preview(cafe))).headers["Location"]
    assert client.get(again).headers["Location"] == receipt  # back from the receipt
    changed = client.get(preview(cafe), {"amount": "99.00", "sale": _sale(told(client.get(start)))})
    assert changed.headers["Location"] == f"{receipt}?typed=99.00"  # back twice, and another amount
    page = seen(client, f"{receipt}?typed=99.00")
    assert "This sale is already recorded with 12.40 EUR. Begin anew for 99.00 EUR." in page
    assert f'href="{at(cafe, f"members/{member(cafe)}")}?amount=99.00"' in page and 'data-answer="bad"' in page
    assert "already recorded" not in seen(client, f"{receipt}?typed=abc") + seen(client, receipt)
    assert balance(cafe).pending == before + 12
    assert client.get(at(cafe, f"members/{member(cafe)}")).headers["Location"] != start  # from the field it begins anew


def _sale(page):
    return page.partition('name="sale" value="')[2].partition('"')[0]


def test_a_form_of_another_cashier_is_refused_and_keeps_its_name(cafe):
    dora, gita = till(cafe), till(cafe, "gita")
    receipt, fields = sold(cafe, dora)
    before = balance(cafe)
    assert "Another cashier has begun this" in told(gita.post(preview(cafe), fields), 409)  # the answer was lost
    assert "Another cashier has begun this" in seen(gita, f"{preview(cafe)}?sale={fields['token']}", status=409)
    forged = fields["token"][:-12] + cafe.ids["gita"][-12:]
    assert dora.post(preview(cafe), fields | {"token": forged}).status_code == 409
    assert balance(cafe) == before
    assert dora.post(preview(cafe), fields).headers["Location"] == receipt
    page = seen(dora, at(cafe, "day"))
    assert "Dora" in page and "Gita" not in page


def test_the_number_of_a_receipt_leads_to_its_purchase_whatever_till_it_is_of(cafe):
    client, number = till(cafe), f"A-{cafe.key}"
    for source in ("pos-1", "pos-2"):
        cafe.tell(cafe.purchase("ben", 900, clock.now().isoformat(), source=source, external_id=f"{number}-{source}"))
        cafe.tell(cafe.purchase("ann", 700, clock.now().isoformat(), source=source, external_id=number))
    place = client.post(at(cafe), {"shown": f"{number}-pos-2"}).headers["Location"]
    page = told(client.get(place))
    assert "/receipts/act_" in place and "9.00 EUR" in page and f"members/{member(cafe, 'ben')}" in page
    which = told(client.post(at(cafe), {"shown": number}))
    assert which.count("/receipts/act_") == 2 and "pos-1" in which and "7.00 EUR" in which


def test_a_voucher_and_its_sale_have_names_of_their_own_and_a_voucher_may_pay_all(cafe):
    client = till(cafe)
    wanted = vouchers.Issuance(Member(id=member(cafe)), "five_off", "tests", f"given-{cafe.key}")
    (result,) = vouchers.issue_many(programme_id=cafe.programme_id, wanted=[wanted], now=clock.now())
    code = result.decision.issued[0].code
    used = at(cafe, f"members/{member(cafe)}/voucher")
    page = seen(client, preview(cafe), {"amount": "25.00", "voucher": code})
    left = client.post(used, form(page, used)).headers["Location"]
    assert "amount=20.00" in left
    receipt = client.post(preview(cafe), form(told(client.get(left)), preview(cafe))).headers["Location"]
    assert "20.00" in seen(client, receipt)


def test_a_card_of_nobody_enrols_nobody_after_waiting_and_can_be_corrected_under_its_name(cafe):
    client = till(cafe)
    name = f"20260301-{'a' * 32}-{cafe.ids['dora'][-12:]}"
    fields = {
        "store": "sofia-1",
        "number": "1",
        "amount": "4.00",
        "name": name,
        "at": f"{clock.now():%Y-%m-%dT%H:%M:%SZ}",
    }
    refused = client.post(at(cafe, "waiting"), fields | {"card": "9999"})
    assert refused.status_code == 404 and refused.json()["state"] == "refused"
    assert "enrol the member first" in refused.json()["said"]
    assert members.find(store.current(), cafe.programme_id, "card", members.stored("card", "9999")) is None
    before = balance(cafe).pending
    assert client.post(at(cafe, "waiting"), fields | {"card": f"{cafe.key}ann"}).json()["state"] == "recorded"
    assert balance(cafe).pending == before + 4
    for amount in ("-7", "0", "999999999999"):
        again = fields | {"card": f"{cafe.key}ann", "amount": amount, "name": name.replace("a" * 32, "b" * 32)}
        assert client.post(at(cafe, "waiting"), again).json()["state"] == "refused"
    assert balance(cafe).pending == before + 4


def test_a_reward_that_is_gone_back_to_is_redeemed_once_in_a_sale(cafe):
    client, place = till(cafe), at(cafe, f"members/{member(cafe)}/rewards/flat_white")
    sale = form(seen(client, preview(cafe), {"amount": "5"}), preview(cafe))["token"]
    before, made = balance(cafe).available, []
    for _ in range(2):  # asked, told yes, gone back to the member, and asked again
        asked = told(client.post(place, {"token": sale}, follow=True))
        assert f"?sale={sale}" in asked
        made.append(client.post(place, form(asked, "")).headers["Location"])
    assert made[0] == made[1] and balance(cafe).available == before - 150
    client.post(place, form(told(client.post(place, follow=True)), ""))  # another sale is another cup
    assert balance(cafe).available == before - 300


def given(cafe, key="five_off", name="ann"):
    """The code of a voucher that a member was given."""
    wanted = vouchers.Issuance(Member(id=member(cafe, name)), key, "tests", f"{key}-{cafe.key}")
    (result,) = vouchers.issue_many(programme_id=cafe.programme_id, wanted=[wanted], now=clock.now())
    return result.decision.issued[0].code


def tapped(cafe, client, code, amount="40.00"):
    """The page of a sale from which a voucher was taken off."""
    used = at(cafe, f"members/{member(cafe)}/voucher")
    page = seen(client, preview(cafe), {"amount": amount, "voucher": code})
    return client.post(used, form(page, used)).headers["Location"]


def is_used(cafe, code):
    (found,) = voucher_queries.find(store.current(), cafe.programme_id, [code]).values()
    return bool(found.used)


def test_a_tapped_voucher_is_given_back_and_can_be_tapped_again(cafe):
    client, code = till(cafe), given(cafe)
    back = at(cafe, f"members/{member(cafe)}/vouchers-back")
    page = told(client.get(tapped(cafe, client, code)))
    assert is_used(cafe, code) and "Taken off this sale" in page and "5.00 EUR off" in page
    again = told(client.post(back, form(page, back), follow=True))
    assert not is_used(cafe, code) and "can be used again" in again and ">40.00 EUR<" in again
    used = at(cafe, f"members/{member(cafe)}/voucher")
    left = client.post(used, form(again, used)).headers["Location"]
    assert is_used(cafe, code) and "amount=35.00" in left
    page = told(client.get(left))
    assert client.post(back, form(page, back) | {"then": "home"}).headers["Location"] == at(cafe)
    assert not is_used(cafe, code)


def test_an_amount_is_changed_only_with_its_vouchers_given_back(cafe):
    client, code = till(cafe), given(cafe)
    back = at(cafe, f"members/{member(cafe)}/vouchers-back")
    page = told(client.get(tapped(cafe, client, code)))
    fields = form(page, preview(cafe))
    walked = told(client.get(preview(cafe), {"amount": "4.00", "sale": fields["token"]}), 422)
    assert "Vouchers were taken off another amount" in walked and "data-purchase" not in walked
    assert "another amount" in told(client.post(preview(cafe), fields | {"amount": "4.00"}), 422)
    changed = client.post(back, form(page, back) | {"then": "amount"}).headers["Location"]
    assert "amount=40.00" in changed and not is_used(cafe, code)
    assert "data-purchase" in told(client.get(preview(cafe), {"amount": "4.00", "sale": fields["token"]}))


def test_whoever_goes_back_to_before_a_voucher_has_typed_no_other_amount(cafe):
    client = till(cafe)
    left = told(client.get(tapped(cafe, client, given(cafe))))
    fields = form(left, preview(cafe))
    receipt = client.post(preview(cafe), fields).headers["Location"]
    for amount, place in (("40.00", receipt), ("35.00", receipt), ("41.00", f"{receipt}?typed=41.00")):
        back = client.get(preview(cafe), {"amount": amount, "sale": fields["token"]})
        assert back.headers["Location"] == place


def test_the_day_counts_as_undone_what_somebody_undid(cafe):
    client, code = till(cafe), given(cafe)
    back = at(cafe, f"members/{member(cafe)}/vouchers-back")
    page = told(client.get(tapped(cafe, client, code)))
    client.post(back, form(page, back) | {"then": "amount"})
    place = at(cafe, f"members/{member(cafe)}/rewards/flat_white")
    client.post(place, form(told(client.post(place, follow=True)), ""))
    later = clock.now() + timedelta(days=400)
    found = tills.day(
        store.current(), cafe.programme_id, source="till:sofia-1:1", day=aurora.today(), now=later
    )  # fmt: skip
    assert {(one.kind, one.gone, one.undone) for one in found.acts} == {
        ("voucher_redeem", True, False),
        ("redemption", True, False),
    }
    page = seen(client, at(cafe, "day"))
    assert re.search(r"Undone</dt>\s*<dd>0</dd>", page) and re.search(r"Vouchers used</dt>\s*<dd>0</dd>", page)


def test_what_was_taken_off_beside_no_purchase_is_offered_back_on_the_members_page(cafe):
    client, code = till(cafe), given(cafe)
    left = tapped(cafe, client, code)
    place = at(cafe, f"members/{member(cafe)}")
    page = seen(client, place)
    assert "no purchase recorded" in page and "no purchase recorded" not in seen(till(cafe, "gita"), place)
    back = f"{place}/vouchers-back"
    assert client.post(back, form(page, back)).status_code == 303 and not is_used(cafe, code)
    assert "no purchase recorded" not in seen(client, place)
    left = tapped(cafe, client, code)
    receipt = client.post(preview(cafe), form(told(client.get(left)), preview(cafe))).headers["Location"]
    assert is_used(cafe, code) and "no purchase recorded" not in seen(client, place)
    assert "5.00 EUR off" in seen(client, receipt)


def test_an_undone_sale_gives_its_vouchers_back_and_a_return_says_that_they_stay_used(cafe):
    client, code = till(cafe), given(cafe)
    left = tapped(cafe, client, code)
    receipt = client.post(preview(cafe), form(told(client.get(left)), preview(cafe))).headers["Location"]
    place = f"{receipt}/return"
    asked = told(client.post(place, form(seen(client, place), place) | {"amount": "35.00"}, follow=True))
    assert "Vouchers that stay used" in asked and "(−5.00 EUR)" in asked and is_used(cafe, code)
    asked = told(client.post(f"{receipt}/undo", follow=True))
    assert "vouchers that were taken off can be used again" in asked
    client.post(f"{receipt}/undo", form(asked, ""))
    assert not is_used(cafe, code)


def test_what_was_typed_for_nobody_is_carried_to_the_form_of_a_new_member(cafe):
    client = till(cafe)
    page = told(client.post(at(cafe), {"shown": "+359888123456"}), 404)
    fields = form(page, at(cafe, "enrol"))
    page = told(client.post(at(cafe, "enrol"), fields))
    assert 'name="shown" value="+359888123456"' in page and 'name="begin"' not in page
    assert members.find(store.current(), cafe.programme_id, "phone", members.stored("phone", "+359888123456")) is None


def test_a_refused_sale_that_waited_tells_its_time_as_pages_do(cafe):
    name = f"20260301-{'c' * 32}-{cafe.ids['dora'][-12:]}"
    fields = {"store": "sofia-1", "number": "1", "amount": "4.00", "name": name, "at": "2026-03-01T10:05:00Z"}
    told_of = till(cafe).post(at(cafe, "waiting"), fields | {"card": "9999"}).json()
    assert "12:05" in told_of["moment"] and "2026" in told_of["moment"]  # of Sofia


def test_a_tier_that_a_purchase_reaches_is_named_before_and_after(cafe):
    client = till(cafe)
    page = seen(client, preview(cafe), {"amount": "480.00"})
    assert "New tier with it: Gold" in page
    receipt = client.post(preview(cafe), form(page, preview(cafe))).headers["Location"]
    assert "New tier with it: Gold" in seen(client, receipt)
