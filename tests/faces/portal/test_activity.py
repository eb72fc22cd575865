"""What a member reads of what happened is plain words: no key, number or id of the house stands on a member's page."""

import html
import re

import pytest

from guerdon.core.activities import Activity, Member
from guerdon.engine import donate
from guerdon.faces.portal import pages
from guerdon.kit import clock, ids
from tests.faces.portal import aurora
from tests.faces.portal.test_household import receipts, statement
from tests.faces.portal.test_portal import sent, told
from tests.shop import taken

PREFIXES = "|".join(sorted({one for one in ids.PREFIXES.values() if one}))
HOUSE = re.compile(
    rf"(?:{PREFIXES})[0-9a-f]{{4,}}|\b[a-z]+(?:_[a-z]+)+\b|[0-9a-f]{{16,}}|\b(?:order|burn|ann|cancel)-[\w-]+"
)
READ = [one for one in pages.PAGES if "GET" in one.methods and one.needs == "self" and one.path.count("<") == 1]


@pytest.fixture
def cafe(database):
    """Ann has spent, redeemed, given back, sent and donated; goods came back, and points were given by hand."""
    found, now = aurora.opened(), clock.now().isoformat()
    found.give("ann", 1_900)
    found.burn("ann", 20, at=now, external_id="ann-cake")
    found.burn("ann", 30, at=now, external_id="ann-tea")
    found.cancel("ann-tea", at=now)
    found.buy("ann", 4_000, at=f"{clock.now():%Y-%m-%d}", external_id="ann-order")
    found.tell(found.giving_back("ann", "ann-order", at=now, amount=1_000), now=now)
    given = donate.Donation(Member(external_id="ann"), "trees", "points", 50, "till", "ann-gift")
    donate.donate_many(programme_id=found.programme_id, donations=[given], now=clock.now())
    ann = found.client("ann")
    sent(ann, found.at("rewards/flat_white"), price="1")
    sent(ann, found.at("send"), to=found.email("ben"), points="100", unit="points")
    back = sent(ann, found.at("rewards/delivery"), price="1").headers["Location"]
    sent(ann, f"{back}/cancel")
    sent(accepted(found), found.at("household/found"))
    return found


def accepted(cafe):
    """Ben's browser, once he has taken what Ann sends."""
    ben = cafe.client("ben")
    offered = re.search(r"/send/(trf_\w+)/accept", told(ben.get(cafe.at("send")))).group(1)
    ben.post(cafe.at(f"send/{offered}/accept"))
    return ben


def read(page):
    """What somebody reads on a page: without tags, and without the numbers by which a receipt is asked after."""
    main = page[page.index("<main") : page.index("</main>")]
    main = re.sub(r"<p>[^<]* (act_[0-9a-f]+|ann-order)</p>", "", main)
    return html.unescape(re.sub(r"<[^>]*>", " ", re.sub(r"<svg.*?</svg>|<code>.*?</code>", "", main, flags=re.S)))


@pytest.mark.parametrize("language", ["en", "bg", "tr"])
@pytest.mark.parametrize("who", ["ann", "ben"])
def test_no_page_of_a_member_says_a_key_or_an_id(cafe, who, language):
    client = cafe.client(who)
    places = ["/" + one.path.replace("<slug:programme>", cafe.key) for one in READ]
    client.get(cafe.at(), {"language": language})
    for place in [*places, *receipts(statement(client, cafe.at("activity")))]:
        answer = client.get(place)
        if answer.headers["Content-Type"].startswith("text/html"):
            assert HOUSE.findall(read(told(answer)).replace(cafe.key, "")) == [], place


def test_every_line_says_why_in_plain_words(cafe):
    ann = html.unescape(statement(cafe.client("ann"), cafe.at("activity")))
    for why in (
        "Given by us: ", "Spent", "Given back", "Redeemed for “A flat white”",
        "Back, because “Free delivery” was given up",
        "Taken back, because goods were returned", "Given to new trees", "Sent to Ben", "Fee for sending points",
        "A point for every euro",
    ):  # fmt: skip
        assert why in ann, why
    assert "Came from Ann" in statement(cafe.client("ben"), cafe.at("activity"))


def test_facts_of_other_kinds_name_nobody(database, monkeypatch):
    """A flight goes from somewhere to somewhere, and a gift stands beside it."""
    name = "name: {en: Flight, bg: Полет, tr: Uçuş}"
    flight = f"kinds:\n  flight: {{{name}, facts: {{from: {{type: text}}, to: {{type: text}}}}}}\n"
    rule = f"rules:\n  flown: {{{name}, when: flight, then: [{{fixed: {{unit: points, give: 7}}}}]}}\n"
    text = aurora.text().replace("\nkinds:\n", f"\n{flight}").replace("\nrules:\n", f"\n{rule}")
    monkeypatch.setattr(aurora, "text", lambda: text)
    cafe = aurora.opened()
    cafe.give("ann", 500)
    ann = cafe.client("ann")
    sent(ann, cafe.at("send"), to=cafe.email("ben"), points="100", unit="points")
    accepted(cafe)
    trip = Activity("flight", "air", "f-1", clock.now(), Member(external_id="ann"), facts={"from": "SOF", "to": "IST"})
    taken(cafe.tell(trip)[0])
    page = statement(ann, cafe.at("activity"))
    assert "Sent to Ben" in page and "Flight" in page


def test_the_sums_say_that_they_count_what_is_pending(cafe):
    page = told(cafe.client("ann").get(cafe.at("activity")))
    pending = cafe.amounts("ann", clock.now().isoformat()).pending
    assert (
        pending > 0
        and "In all counts what can't be spent yet, too" in html.unescape(page)
        and f"{pending} points pending" in page
    )
