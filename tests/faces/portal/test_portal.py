"""What members see and do on their own pages: it is theirs alone, it is done once, and what is wrong is told there."""

import base64
import json
import re
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

import pytest
import segno

from guerdon.core import rotating, sentences
from guerdon.faces.portal import pages
from guerdon.features.consents import queries as consents
from guerdon.features.members import queries as members
from guerdon.features.members import revocations
from guerdon.features.programmes import queries as programmes
from guerdon.kit import clock, ids, store
from tests import mail
from tests.faces.portal import aurora


@pytest.fixture
def cafe(database):
    found = aurora.opened()
    found.give("ann", 1_500)
    return found


def told(answer, status=200):
    text = answer.content.decode()
    assert answer.status_code == status, text[:2000]
    return text


def form(text):
    """The hidden fields of the last form in a page."""
    text = text[: text.index("</main>")]
    part = text[text.rindex("<form", 0, text.rindex('type="submit"')) :]
    return dict(re.findall(r'<input type="hidden" name="([\w.]+)" value="([^"]*)"', part))


def sent(client, place, **fields):
    """Fill in a form, say yes where it is asked, and answer what came."""
    asked = client.post(place, {"token": ids.new(), **fields})
    if "?sure=" not in asked.headers.get("Location", ""):
        return asked
    return client.post(place, form(told(client.get(asked.headers["Location"]))))


READ = [one for one in pages.PAGES if "GET" in one.methods and one.needs == "self" and one.path.count("<") == 1]


@pytest.mark.parametrize("language", ["en", "bg", "tr"])
@pytest.mark.parametrize("who", ["ann", "ben"])
def test_every_page_reads_in_every_language(cafe, who, language):
    client = cafe.client(who)
    for one in READ:
        place = "/" + one.path.replace("<slug:programme>", cafe.key)
        answer = client.get(place, {"language": language})
        assert answer.status_code == 200, place
        assert answer.headers["Cache-Control"] == "no-store, private", place


def test_the_first_page_tells_what_there_is_and_what_it_leads_to(cafe):
    page = told(cafe.client("ann").get(cafe.at()))
    assert "1,500" in page
    assert "worth 15.00 EUR" in page
    assert "status credits to Silver" in page
    assert "A gift card of 25 euros" in page and "900 points to go" in page  # the next reward


def test_nobody_sees_what_is_anothers(cafe):
    ann, ben = cafe.client("ann"), cafe.client("ben")
    made = sent(ann, cafe.at("rewards/flat_white"), price="1")
    place = made.headers["Location"]
    assert told(ann.get(place))
    assert ben.get(place).status_code == 404
    assert ben.post(f"{place}/cancel", {"sure": "true"}).status_code == 404
    page = told(ann.get(cafe.at("activity")))
    receipt = re.search(r'href="([^"]*/activity/act_[^"]+)"', page).group(1)
    assert "1,500" in told(ann.get(receipt)) or "150" in told(ann.get(receipt))
    assert ben.get(receipt).status_code == 404
    assert ben.get(f"{receipt}/receipt.json").status_code == 404


def test_a_reward_is_redeemed_once_however_often_the_form_is_sent(cafe):
    ann = cafe.client("ann")
    asked = told(ann.post(cafe.at("rewards/flat_white"), {"price": "1", "token": ids.new()}, follow=True))
    assert "It costs 150 points." in asked
    assert cafe.amounts("ann", "2100-01-01").available in (0, 1_500)  # nothing was taken by asking
    first, again = (ann.post(cafe.at("rewards/flat_white"), form(asked)) for _ in range(2))
    assert first.status_code == again.status_code == 303
    assert first.headers["Location"] == again.headers["Location"]
    assert "1,350" in told(ann.get(cafe.at()))
    shown = told(ann.get(first.headers["Location"]))
    assert re.search(r"[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{5}", shown)
    assert sent(ann, first.headers["Location"] + "/cancel").status_code == 303
    assert "1,500" in told(ann.get(cafe.at()))


def test_what_is_missing_and_what_is_in_the_way_is_told(cafe):
    ann = cafe.client("ann")
    page = told(ann.get(cafe.at("rewards")))
    assert "to go" in page
    wrong = told(ann.post(cafe.at("rewards/shirt"), {"price": "1", "choices.size": "xxl"}), 422)
    assert 'role="alert"' in wrong
    assert told(ann.post(cafe.at("rewards/mug"), {"price": "1"}), 422)


def test_a_mystery_tells_its_odds_and_proves_its_draw(cafe):
    ann = cafe.client("ann")
    page = told(ann.get(cafe.at("rewards/surprise")))
    assert re.search(r"\d+ in \d+", page)
    switched = ann.post(cafe.at("chance"), {"on": "false"})
    assert switched.status_code == 303
    assert "Chance is off" in told(ann.get(cafe.at("rewards/surprise")))


def test_the_statement_is_newest_first_and_tells_why(cafe):
    cafe.give("ann", 7, days=0)
    page = told(cafe.client("ann").get(cafe.at("activity")))
    assert page.index("+7 points") < page.index("+1,500 points")


def test_what_was_taken_back_is_not_told_to_be_pending(cafe):
    """The purchase of a moment ago is pending for two weeks, until it is taken back, in part and then whole."""
    at = clock.now() - timedelta(hours=1)
    first, second = [cafe.purchase("ann", 1600, at=at.isoformat()) for _ in range(2)]
    cafe.tell(first, second, now=clock.now().isoformat())
    ann = cafe.client("ann")
    page = told(ann.get(cafe.at("activity")))
    assert page.count("Pending: you can spend them from") == 2 and "aken back" not in page
    place = re.search(rf'href="({cafe.at("activity")}/act_\w+)"', page)[1]
    assert "Pending: you can spend them from" in told(ann.get(place))
    half = cafe.giving_back("ann", first.external_id, at=(at + timedelta(minutes=1)).isoformat(), amount=600)
    rest = cafe.giving_back("ann", first.external_id, at=(at + timedelta(minutes=2)).isoformat(), amount=1000)
    cafe.tell(half, now=clock.now().isoformat())
    page = told(ann.get(cafe.at("activity")))
    assert page.count("Partly taken back · Pending: you can spend them from") == 1
    assert page.count("Pending: you can spend them from") == 2
    cafe.tell(rest, now=clock.now().isoformat())
    page = told(ann.get(cafe.at("activity")))
    assert page.count("Taken back: nothing of it is left") == 2  # its points, and its status credits
    assert page.count("Pending: you can spend them from") == 1


def test_the_card_shows_a_code_that_changes(cafe):
    ann = cafe.client("ann")
    page = told(ann.get(cafe.at("card")))
    assert "<svg" in page
    codes = json.loads(ann.get(cafe.at("card/codes")).content)
    assert len(set(codes["codes"])) == len(codes["codes"]) == 120
    secret = revocations.secret(store.current(), cafe.ids["ann"])
    for place in (0, 1, 119):
        at = datetime.fromtimestamp(codes["from"] / 1000 + 30 * place, UTC)
        matrix = segno.make(rotating.shown(cafe.ids["ann"], secret, at), error="m", micro=False).matrix
        dots = "".join(f"{byte:08b}" for byte in base64.b64decode(codes["codes"][place]))
        assert dots[: 29 * 29] == "".join("1" if dot else "0" for row in matrix for dot in row)
    assert codes["size"] == 29 and codes["from"] <= codes["now"] < codes["from"] + codes["period"]


def test_points_are_sent_and_wrong_names_are_counted(cafe):
    ann, ben = cafe.client("ann"), cafe.client("ben")
    sending = {"to": cafe.email("ben"), "points": "100", "unit": "points"}
    asked = told(ann.post(cafe.at("send"), sending, follow=True))
    assert "A fee of 2 points" in asked
    assert ann.post(cafe.at("send"), form(asked)).status_code == 303
    page = told(ben.get(cafe.at("send")))
    place = re.search(r'action="([^"]*/accept)"', page).group(1)
    assert ann.post(place).status_code == 404  # who sends does not accept
    assert ben.post(place).status_code == 303
    assert "100" in told(ben.get(cafe.at()))
    assert told(ann.post(cafe.at("send"), {"to": "nobody@else.example", "points": "100", "unit": "points"}), 422)
    for _ in range(40):
        answer = ann.post(cafe.at("send"), {"to": "nobody@else.example", "points": "100", "unit": "points"})
    assert "too" in told(answer, 422).lower()


def test_a_household_is_founded_shared_and_left(cafe):
    ann, ben = cafe.client("ann"), cafe.client("ben")
    assert sent(ann, cafe.at("household/found")).status_code == 303
    invited = ann.post(cafe.at("household/invite"), {"to": cafe.email("ben"), "role": "adult", "token": ids.new()})
    assert invited.status_code == 303
    page = told(ben.get(cafe.at("household")))
    place = re.search(r'action="([^"]*/accept)"', page).group(1)
    assert ann.post(place).status_code == 404
    assert sent(ben, place).status_code == 303
    assert "1,500" in told(ben.get(cafe.at()))
    assert "Ann" in told(ben.get(cafe.at("household")))
    assert sent(ben, cafe.at("household/leave")).status_code == 303


def test_a_membership_is_joined_and_ended(cafe):
    ann = cafe.client("ann")
    zone = programmes.latest(store.current(), cafe.programme_id).current(clock.now()).zone
    today = clock.now().astimezone(zone).date()
    tongue = sentences.tongue("en")
    last, first = (tongue.day(today + timedelta(days=days)) for days in (14, 15))
    asked = ann.post(cafe.at("membership/join/aurora-plus"), {"token": ids.new()})
    page = told(ann.get(asked.headers["Location"]))
    assert re.search(rf"Free until {last}, then \S*29\.00.* for 12 months\. End it here by then", page)
    assert sent(ann, cafe.at("membership/join/aurora-plus")).status_code == 303
    page = told(ann.get(cafe.at("membership")))
    assert "On trial" in page
    assert (
        re.search(rf"Free until {last}\. The first price is due on {first}: \S*29\.00", page) and "Ends on" not in page
    )
    place = re.search(r'action="([^"]*/cancel)"', page).group(1)
    assert cafe.client("ben").post(place).status_code == 404
    asked = told(ann.get(ann.post(place, {"token": ids.new()}).headers["Location"]))
    assert f"You keep it free until {last}. Nothing is due." in asked and "what is paid" not in asked
    assert sent(ann, place).status_code == 303


def test_whoever_is_no_member_joins_with_the_address_that_was_shown(cafe):
    assert "Send me a code" in told(cafe.client("cleo").get(cafe.at("join")))  # a link has shown nothing
    new = aurora.Client(SERVER_NAME="localhost")
    with mail.server() as box:
        assert new.post("/sign-in/", {"email": cafe.email("cleo")}).status_code == 302
    code = mail.code(box)
    assert new.post("/sign-in/code", {"code": code}).status_code == 302
    page = told(new.get(cafe.at("join")))
    assert f"{cafe.email('cleo')} is new here" in page and 'action="/sign-in/out"' in page
    fields = {"name": "Cleo", "language": "bg", "birthday": "1990-02-03"}
    shown = re.search(r'name="rules" value="(\d+)"', page)[1]
    outdated = told(new.post(cafe.at("join"), {**fields, "consents[]": "terms", "rules": "99"}), 409)
    assert "have changed while you read" in outdated
    fields["rules"] = shown
    for empty in ({}, {"birthday": "x"}):  # all at once, each led to, and the keys are where it is told
        page = told(new.post(cafe.at("join"), {"rules": shown, "language": "en", **empty}), 422)
        assert 'role="alert" tabindex="-1" data-focus' in page
        assert all(f'<a href="#{name}">' in page and f'id="{name}"' in page for name in ("name", "consents-terms"))
        assert ('<a href="#birthday">' in page) is bool(empty)
    assert "accept the terms" in told(new.post(cafe.at("join"), fields), 422)
    unborn = {**fields, "consents[]": "terms", "birthday": f"{clock.now() + timedelta(days=3):%Y-%m-%d}"}
    page = told(new.post(cafe.at("join"), unborn), 422)
    assert 'id="birthday-fault"' in page and "lies in the future" in page
    page = told(new.post(cafe.at("join"), unborn | {"birthday": "1700-01-01"}), 422)
    assert 'id="birthday-fault"' in page and "more than 120 years ago" in page
    assert new.post(cafe.at("join"), {**fields, "consents[]": "terms"}).headers["Location"] == cafe.at()
    assert new.post(cafe.at("join"), {**fields, "consents[]": "terms"}).headers["Location"] == cafe.at()
    first = told(new.get(cafe.at()))
    assert "Cleo" in first and "You are a member now: 100 points and" in first and "for joining" in first
    found = members.find(
        store.current(), cafe.programme_id, "email", members.stored("email", cafe.email("cleo").upper())
    )
    assert members.person(store.current(), found).birthday.isoformat() == "1990-02-03"
    said = consents.of_member(store.current(), found)
    assert {key: (one.given, one.how) for key, one in said.items()} == {
        "@rules": (True, "portal"), "terms": (True, "portal"),
    }  # fmt: skip
    assert said["@rules"].version == int(shown)
    assert f"under version {shown} of the rules" in told(new.get(cafe.at("privacy")))
    document = told(new.get(cafe.at("privacy/download.json")))
    assert '"@rules"' in document and '"consents"' in document


def test_the_app_is_the_programmes_own(cafe):
    client = cafe.client("ann")
    manifest = json.loads(client.get(cafe.at("manifest.webmanifest")).content)
    assert manifest["scope"] == manifest["start_url"] == cafe.at()
    for one in manifest["icons"]:
        assert client.get(one["src"]).headers["Content-Type"].partition(";")[0] == one["type"]
    worker = client.get(cafe.at("worker.js"))
    assert worker.headers["Content-Type"] == "text/javascript; charset=utf-8"
    left = client.post("/sign-in/out")
    assert "storage" in left.headers["Clear-Site-Data"]
    assert client.get(cafe.at()).status_code == 302


def test_the_door_is_open_to_everybody(cafe):
    page = told(aurora.Client(SERVER_NAME="localhost").get(cafe.at("welcome")))
    assert "point" in page and "/sign-in/" not in page
    for way, said, other in (("", "I am new: join", "join"), ("join", "I am a member already", "")):
        assert f'href="{cafe.at(way)}"' in page
        gate = aurora.Client(SERVER_NAME="localhost").get(cafe.at(way), follow=True).content.decode()
        assert said in gate and f"next={quote(cafe.at(other))}" in gate
        assert ("Join Café Aurora" in gate) == (way == "join") and ("passkey_login" in gate) == (way == "")
    staff = aurora.Client(SERVER_NAME="localhost").get(f"/sign-in/?next=/console/{cafe.key}/").content.decode()
    assert "I am new" not in staff and "already" not in staff


@pytest.mark.parametrize(
    ("language", "title", "button"),
    [("en", "New for you", "Seen"), ("bg", "Новини за вас", "Видях"), ("tr", "Sizin için yeni", "Gördüm")],
)
def test_what_others_gave_is_on_the_first_page_until_it_was_seen(cafe, language, title, button):
    ann, ben = cafe.client("ann"), cafe.client("ben")
    assert title not in told(ben.get(cafe.at(), {"language": language}))
    cafe.give("ann", 300)
    sending = {"to": cafe.email("ben"), "points": "100", "unit": "points"}
    assert ann.post(cafe.at("send"), form(told(ann.post(cafe.at("send"), sending, follow=True)))).status_code == 303
    page = told(ben.get(cafe.at()))
    news = page[page.index(title) :]
    assert button in news and news.index(f'href="{cafe.at("send")}"') < news.index("</section>")
    names = re.search(r'name="names" value="([^"]+)"', page)[1]
    assert title not in told(ann.get(cafe.at(), {"language": language}))
    assert ann.post(cafe.at("seen"), {"names": names}).status_code == 303  # the own ones, not those of others
    assert title in told(ben.get(cafe.at()))
    for wrong in ({}, {"until": "soon"}, {"names": "a" * 20_000}):
        assert ben.post(cafe.at("seen"), wrong).status_code == 422
    assert ben.post(cafe.at("seen"), {"names": "gift:of-nobody"}).status_code == 303
    assert title in told(ben.get(cafe.at()))
    assert ben.post(cafe.at("seen"), {"names": names}).status_code == 303
    assert title not in told(ben.get(cafe.at()))


@pytest.mark.parametrize(
    ("language", "share", "hours"), [("en", "10%", "48 hours"), ("bg", "10%", "48 часа"), ("tr", "%10", "48 saat")]
)
def test_what_a_tier_gives_is_told_as_the_language_writes_figures(cafe, language, share, hours):
    page = told(cafe.client("ann").get(cafe.at("club"), {"language": language}))
    assert f": {share}" in page
    assert f": {hours}" in page and "0 %" not in page
