"""What staff see and do with rewards, redemptions, vouchers, cards, tiers and plans: as far as their role goes."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from guerdon.core.activities import Member
from guerdon.engine import redemptions as engine
from guerdon.faces import words
from guerdon.features.programmes import queries as programmes
from guerdon.features.redemptions import queries
from guerdon.kit import clock, ids, store
from tests.core.test_images import png
from tests.faces.console import counter

AREAS = ("rewards", "queue", "vouchers", "cards", "tiers", "plans")
# Which areas each role comes into.
SEES = {
    "manager": AREAS,
    "marketer": ("rewards", "queue", "vouchers", "tiers", "plans"),
    "support": ("rewards", "queue", "vouchers", "tiers", "plans"),
    "cashier": ("cards",),
}
ADDRESS = {"name": "Ann Ivanova", "street": "Shipka 1", "city": "Sofia", "country": "BG"}


@pytest.fixture
def cafe(database):
    return counter.opened()


def told(answer, status=200):
    text = answer.content.decode()
    assert answer.status_code == status, text[:3000]
    return text


def followed(client, answer):
    assert answer.status_code == 303, answer.content.decode()[:3000]
    return told(client.get(answer.headers["Location"]))


def redeemed(cafe, name, reward="flat_white", **more):
    """A redemption of a member's, as of now."""
    wanted = engine.NewRedemption(
        member=Member(external_id=name), reward=reward, source="test", external_id=ids.new(), **more
    )
    (result,) = engine.redeem_many(programme_id=cafe.programme_id, wanted=[wanted], now=clock.now())
    return "rdm_" + result.activity_id


def state(cafe, id):
    return queries.one(store.current(), cafe.programme_id, id[4:]).state


@pytest.mark.parametrize("role", SEES)
@pytest.mark.parametrize("language", ["en", "bg", "tr"])
def test_each_role_comes_into_its_areas_and_no_others(cafe, role, language):
    client = cafe.staffed(role)
    for area in AREAS:
        answer = client.get(cafe.desk(area), {"language": language})
        assert answer.status_code == (200 if area in SEES[role] else 403), (role, area)
    page = told(client.get(cafe.desk(SEES[role][0])))
    for area in AREAS:
        assert (f'href="{cafe.desk(area)}"' in page) is (area in SEES[role]), (role, area)


def test_a_reward_is_shown_supplied_and_pictured_by_who_may(cafe):
    marketer, support = cafe.staffed("marketer"), cafe.staffed("support")
    place = cafe.desk("rewards/shirt")
    assert "console/" in told(support.get(place)) and "Write off" not in told(support.get(place))
    assert support.post(f"{place}/supply", {"pieces": "5", "reason": "x"}).status_code == 403
    page = told(marketer.get(place))
    variant = re.search(r'<option value="([^"]+)"', page[page.index('id="variant"') :]).group(1)
    form = {"pieces": "7", "reason": "delivery", "variant": variant, "token": ids.new()}
    assert re.search(r'name="seen" value="([^"]*)"', page).group(1) == "0"
    for _ in range(2):  # once, however often it is sent
        page = followed(marketer, marketer.post(f"{place}/supply", form))
    assert page.count("+7") == 1 and "delivery" in page
    seen = re.search(r'name="seen" value="([^"]*)"', page).group(1)
    lost = {"token": ids.new(), "lost": "true", "pieces": "2", "seen": seen}
    page = followed(marketer, marketer.post(f"{place}/supply", form | lost))
    assert "-2" in page or "−2" in page
    wrong = told(marketer.post(f"{place}/supply", {"pieces": "many", "reason": "", "token": ids.new()}), 422)
    assert 'value="many"' in wrong and "aria-invalid" in wrong
    picture = SimpleUploadedFile("mug.png", png(30, 20), "image/png")
    assert "/v1/pictures/" in followed(marketer, marketer.post(f"{place}/picture", {"picture": picture}))
    assert "/v1/pictures/" not in followed(marketer, marketer.post(f"{place}/picture/take"))
    assert told(marketer.post(f"{place}/picture", {"picture": SimpleUploadedFile("x.png", b"no")}), 422)


@pytest.mark.parametrize("language", ["en", "bg", "tr"])
def test_the_second_of_two_who_count_a_stock_is_told_and_decides(cafe, language):
    marketer, place = cafe.staffed("marketer"), cafe.desk("rewards/shirt")
    page = told(marketer.get(place, {"language": language}))
    variant = re.search(r'<option value="([^"]+)"', page[page.index('id="variant"') :]).group(1)
    form = {"pieces": "7", "reason": "found", "variant": variant, "seen": "0"}
    first = form | {"token": ids.new(), "reason": "delivery"}
    assert marketer.post(f"{place}/supply", first).status_code == 303
    second = form | {"token": ids.new()}
    page = told(marketer.post(f"{place}/supply", second), 422)
    notice = page[page.index(words.say("drafts.meanwhile", language)) : page.index('name="over"')]
    assert "+7" in notice and "delivery" in notice and 'value="found"' in page
    assert 'name="seen" value="0"' in page
    assert marketer.post(f"{place}/supply", second).status_code == 422  # once more is no yes
    over = re.search(r'name="over" value="([^"]+)"', page).group(1)
    assert marketer.post(f"{place}/supply", second | {"over": over}).status_code == 303
    assert marketer.post(f"{place}/supply", first).status_code == 303  # sent twice it is still done once
    page = told(marketer.get(place))
    assert page.count("+7") == 2 and 'name="over"' not in page


@pytest.mark.parametrize("language", ["en", "bg", "tr"])
def test_the_second_of_two_who_put_a_picture_is_told_and_decides(cafe, language):
    marketer, place = cafe.staffed("marketer"), cafe.desk("rewards/shirt")

    def looked(page):
        return re.search(r'name="looked" value="([^"]*)"', page).group(1)

    def put(size, **form):
        return marketer.post(f"{place}/picture", {"picture": SimpleUploadedFile("a.png", png(size, 20)), **form})

    before = looked(told(marketer.get(place, {"language": language})))
    assert before == "-" and put(30, looked=before).status_code == 303
    shown = looked(told(marketer.get(place)))
    page = told(put(40, looked=before), 422)
    notice = page[page.index(words.say("drafts.meanwhile", language)) : page.index('name="over"')]
    assert words.say("console_rewards.picture_other", language) in notice and looked(page) == before
    assert put(40, looked=before).status_code == 422  # once more is no yes
    assert shown in told(marketer.get(place))
    over = re.search(r'name="over" value="([^"]+)"', page).group(1)
    assert over == shown and put(40, looked=before, over=over).status_code == 303
    assert told(marketer.post(f"{place}/picture/take", {"looked": shown}), 422)  # nor is one taken away unseen
    now = looked(told(marketer.get(place)))
    assert now != shown and marketer.post(f"{place}/picture/take", {"looked": now}).status_code == 303
    page = told(put(50, looked=now), 422)
    assert words.say("console_rewards.picture_gone", language) in page
    assert put(50, looked=now, over="-").status_code == 303


def test_the_queue_is_worked_off_many_at_once(cafe):
    made = [redeemed(cafe, name) for name in ("ann", "ben")]
    support, marketer = cafe.staffed("support"), cafe.staffed("marketer")
    page = told(support.get(cafe.desk("queue")))
    assert all(id in page for id in made) and "Ann" in page and "Ben" in page
    assert 'type="checkbox"' not in told(marketer.get(cafe.desk("queue")))
    assert marketer.post(cafe.desk("queue"), {"deed": "fulfil", "redemptions": made}).status_code == 403
    assert told(support.post(cafe.desk("queue"), {"deed": "fulfil"}), 422)
    form = {"deed": "fulfil", "redemptions": made, "back": "state=confirmed", "token": ids.new()}
    assert "Handed over: 2" in followed(support, support.post(cafe.desk("queue"), form))
    assert {state(cafe, id) for id in made} == {"fulfilled"}
    again = followed(support, support.post(cafe.desk("queue"), form | {"token": ids.new(), "deed": "confirm"}))
    assert all(f"…{id[-6:]}: " in again for id in made)  # each says why not
    assert all(id in told(support.get(cafe.desk("queue?state=fulfilled"))) for id in made)


def test_cancelling_is_asked_and_gives_back(cafe):
    id = redeemed(cafe, "ann")
    support = cafe.staffed("support")
    sent = {"deed": "cancel", "redemptions": [id], "token": ids.new()}
    asked = told(support.post(cafe.desk("queue"), sent, follow=True))
    assert state(cafe, id) == "confirmed" and f'value="{id}"' in asked
    assert waiting(cafe, "flat_white") == 1 and waiting(cafe, "mug") == 0
    support.post(cafe.desk("queue"), {"deed": "cancel", "redemptions": [id], "sure": "true", "token": ids.new()})
    assert state(cafe, id) == "cancelled" and waiting(cafe, "flat_white") == 0


def waiting(cafe, reward):
    """How many redemptions of a reward somebody is told of who takes it out."""
    return queries.count_open(store.current(), cafe.programme_id, reward)


def test_a_code_leads_to_its_redemption_and_a_wrong_one_says_so(cafe):
    id = redeemed(cafe, "ann")
    code = queries.one(store.current(), cafe.programme_id, id[4:]).code
    support = cafe.staffed("support")
    found = support.get(cafe.desk("queue/find"), {"code": code.lower()})
    assert id in found.headers["Location"] and "Hand over" in followed(support, found)
    assert 'role="alert"' in told(support.get(cafe.desk("queue/find"), {"code": "nothing"}), 404)
    assert "A flat white" in told(support.get(cafe.desk("queue/packing")))


def test_a_voucher_is_given_looked_up_and_withdrawn(cafe):
    support, marketer = cafe.staffed("support"), cafe.staffed("marketer")
    place = cafe.desk("vouchers/kinds/five_off")
    assert told(marketer.post(f"{place}/give", {"member": "nobody@x.example", "token": ids.new()}), 422)
    made = marketer.post(f"{place}/give", {"member": cafe.email("ann"), "token": ids.new()})
    assert "Good" in followed(marketer, made) and "Ann" in followed(marketer, made)
    at = made.headers["Location"]
    assert support.get(cafe.desk("vouchers/find"), {"code": at.rpartition("/")[2]}).status_code == 303
    assert 'role="alert"' in told(support.get(cafe.desk("vouchers/find"), {"code": "WRONG"}), 404)
    assert told(support.post(f"{at}/withdraw", {"reason": ""}), 422)
    assert "Somebody has withdrawn it" in followed(support, support.post(f"{at}/withdraw", {"reason": "a mistake"}))


def test_the_list_of_vouchers_tells_what_is_over_and_where_codes_are_missing(cafe):
    page = told(cafe.staffed("manager").get(cafe.desk("vouchers")))
    rows = {one.split("</a>")[0].rsplit(">")[-1]: one for one in page.split('<tr role="row">')[2:]}
    for key, one in (
        programmes.latest(store.current(), cafe.programme_id).current(clock.now()).programme.vouchers.items()
    ):
        row = rows[one.name["en"]]
        over = one.during.until is not None and one.during.until <= clock.now()
        assert ("Over" in row) == over and ("In force" in row) == (not over), key
        filled = one.codes == "pool" or one.bearer
        assert (re.search(r'class="badge bad"[^>]*>\s*0', row) is not None) == (filled and not over), (key, row)
        assert (">–<" in row) == (not filled)
    assert "Over" in page


def test_codes_are_made_brought_in_and_downloaded(cafe):
    marketer = cafe.staffed("marketer")
    page = told(marketer.get(cafe.desk("vouchers")))
    keys = re.findall(r"vouchers/kinds/([a-z_0-9-]+)", page)
    place = next(f"{cafe.desk('vouchers')}/kinds/{key}" for key in keys
                 if "codes.csv" in told(marketer.get(cafe.desk(f"vouchers/kinds/{key}")))
                 or 'name="count"' in told(marketer.get(cafe.desk(f"vouchers/kinds/{key}"))))  # fmt: skip
    assert "New: 3." in followed(marketer, marketer.post(f"{place}/codes", {"count": "3", "token": ids.new()}))
    file = SimpleUploadedFile("codes.csv", b"code;price\nFILM-0001;1\nFILM-0002;2\n", "text/csv")
    assert "New: 2." in followed(marketer, marketer.post(f"{place}/codes", {"codes": file, "token": ids.new()}))
    assert marketer.get(f"{place}/codes.csv").content.decode().count("\n") == 6
    assert told(marketer.post(f"{place}/codes", {"count": "none", "token": ids.new()}), 422)


def test_a_card_is_sold_loaded_and_read(cafe):
    manager, cashier = cafe.staffed("manager"), cafe.staffed("cashier")
    assert cashier.post(cafe.desk("cards"), {"amount": "20"}).status_code == 403
    sold = manager.post(cafe.desk("cards"), {"amount": "20,00", "token": ids.new()})
    at = sold.headers["Location"]
    assert "20.00" in followed(manager, sold)
    assert "25.00" in followed(manager, manager.post(at, {"amount": "5", "token": ids.new()}))
    assert "25.00" in told(cashier.get(at)) and "Load money" not in told(cashier.get(at))
    assert told(manager.post(at, {"amount": "much", "token": ids.new()}), 422)
    assert told(cashier.get(cafe.desk("cards/find"), {"code": "WRONG"}), 404)


def test_other_thresholds_are_tried_and_a_tier_is_given(cafe):
    manager = cafe.staffed("manager")
    page = told(manager.get(cafe.desk("tiers")))
    fields = dict(re.findall(r'name="(threshold\.\w+)" value="([^"]+)"', page))
    assert fields
    assert "Nobody would move" in told(manager.post(cafe.desk("tiers/preview"), fields))
    cafe.give("ann", 10, "status")
    first = next(iter(fields))
    moved = told(manager.post(cafe.desk("tiers/preview"), fields | {first: "5"}))
    assert "Ann" in moved and "at once" in moved
    assert told(manager.post(cafe.desk("tiers/preview"), fields | {first: "many"}), 422)
    *_, below, above = fields
    for wrong, field, said in (
        ({first: "many"}, first, "This is no number"),
        ({below: "900", above: "5"}, above, "more than the tier below"),
    ):
        page = told(manager.post(cafe.desk("tiers/preview"), fields | wrong), 422)
        at_it = page[page.index(f'id="{field}-fault"') :]
        assert said in at_it[: at_it.index("</span>")] and f'href="#{field}"' in page and "/file" not in page
    form = {"member": cafe.email("ann"), "tier": "gold", "last_day": "2030-01-01", "reason": "loyal", "kind": "manual"}
    assert told(manager.post(cafe.desk("tiers/grants"), form | {"reason": "", "token": ids.new()}), 422)
    for day, fault in (("2020-01-01", "This day is over"), ("9999-12-31", "too far off")):
        page = told(manager.post(cafe.desk("tiers/grants"), form | {"last_day": day, "token": ids.new()}), 422)
        assert 'id="last_day-fault"' in page and fault in page
    assert "loyal" in followed(manager, manager.post(cafe.desk("tiers/grants"), form | {"token": ids.new()}))


def test_a_membership_is_seen_and_ended_by_who_may(cafe):
    ann, support, marketer = cafe.client("ann"), cafe.staffed("support"), cafe.staffed("marketer")
    ann.post(cafe.at("membership/join/aurora-plus"), {"sure": "true", "token": ids.new()})
    page = told(support.get(cafe.desk("plans")))
    at = re.search(rf'href="({cafe.desk("memberships")}/mbr_[^"]+)"', page).group(1)
    assert "Ann" in page and "End it" in told(support.get(at)) and "End it" not in told(marketer.get(at))
    assert marketer.post(at, {"deed": "cancel"}).status_code == 403
    asked = told(support.post(at, {"deed": "cancel", "token": ids.new()}, follow=True))
    assert 'name="sure"' in asked
    page = followed(support, support.post(at, {"deed": "cancel", "sure": "true", "token": ids.new()}))
    assert "The membership ends with what is paid." in page
