"""What somebody who is new to the console stumbles over: it answers in their words, and says why."""

import html
import re

import pytest

from guerdon.engine import staff as engine
from guerdon.faces import words
from guerdon.kit import clock
from tests.faces.console import aurora, counted, staff
from tests.faces.console.test_drafts import drafted
from tests.faces.console.test_rules import fields

LANGUAGES = ("en", "bg", "tr")


def told(answer, status=200):
    text = html.unescape(answer.content.decode())
    assert answer.status_code == status, text[:3000]
    return text


@pytest.fixture
def cafe(database):
    return staff.opened()


@pytest.fixture
def emil(cafe):
    return staff.appoint(cafe, "emil", "owner")


@pytest.fixture
def free(database):
    return aurora.opened(aurora.Free)


def test_a_member_is_found_by_id(cafe, emil):
    found = told(emil.get(staff.at(cafe, "members/"), {"q": f" mem_{cafe.ids['ann']} "}))
    assert "Ann" in found and found.count('role="row"') == 2
    for nobody in ("mem_" + "0" * 32, "mem_x"):
        assert "Nobody found" in told(emil.get(staff.at(cafe, "members/"), {"q": nobody}))


@pytest.mark.parametrize("text", ["x" * 5_000, "a\0b"])
def test_what_nobody_can_be_called_finds_nobody_and_stays_in_the_box(cafe, emil, text):
    page = told(emil.get(staff.at(cafe, "members/"), {"q": text}))
    assert "Nobody found" in page and f'value="{text}"' in page.replace("\ufffd", "\0")


def test_what_an_erasure_takes_is_told_in_names(cafe, emil):
    cafe.give("ann", 2, unit="stamps")
    page = told(emil.get(staff.at(cafe, f"members/mem_{cafe.ids['ann']}/erase"), follow=True))
    assert not re.search(r"<dt>Points</dt>\s*<dd>[\d,]+ stamp", page) and "Stamps" in page and "2 stamps" not in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_operator_is_called_so_once(cafe, emil, language):
    page = told(emil.get(staff.at(cafe, "audit/"), headers={"Accept-Language": language}))
    assert f"{words.say('console_works.the_operator', language)}:" in page
    assert words.say("console_works.operator", language, name="operator") not in page


def test_equal_names_are_told_apart_in_the_book(cafe, emil):
    other = f"other@{cafe.key}.example"
    engine.appoint(
        programme_id=cafe.programme_id, email=other, name="Emil", role="analyst", by=staff.OPERATOR, now=clock.now()
    )
    page = told(emil.get(staff.at(cafe, "audit/")))
    titles = re.findall(r">(Emil[^<]*)</option>", page)
    assert len(titles) == len(set(titles)) == 2 and all(re.fullmatch(r"Emil \(….{6}\)", one) for one in titles)


def test_segments_are_chosen_and_a_moment_too_far_off_is_said_at_its_field(free):
    emil = free.client("emil")
    draft = drafted(free, emil, key="gold", by="3")
    basket = {"kind": "purchase", "amount": "12,00", "act": "try"}
    page = told(emil.post(f"{draft}/try", basket | {"segments": ["zzz"]}), 422)
    assert "Choose one of these" in page
    page = told(emil.post(f"{draft}/try", basket | {"at": "9999-12-31T00:00"}), 422)
    assert "too far off" in page and "too small or too large" not in page
    page = told(emil.post(f"{draft}/try", basket | {"member": "nobody"}), 422)
    assert "Nobody has this number of a card, e-mail or id" in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_in_another_tab_of_ones_own_nobody_else_changed_it(free, language):
    emil = free.client("emil")
    draft = drafted(free, emil).rsplit("/", 1)[1]
    place = free.at(f"rules/weekend/edit?draft={draft}")
    emil.get(free.at("rules/"), {"language": language})
    first, second = (fields(emil.get(place).content.decode()) for _ in range(2))
    assert emil.post(place, first | {"act": "save", "then.0.by": "5"}).status_code == 303
    page = told(emil.post(place, second | {"act": "save", "then.0.by": "7"}), 422)
    assert words.say("drafts.meanwhile_own", language) in page
    assert words.say("drafts.meanwhile", language) not in page


def test_points_owed_say_as_of_when_and_why_months_are_senseless(database):
    cafe = counted.opened()
    client = cafe.client("finance")
    assert "Counted as of" in told(client.get(cafe.at("finance/?from=2025-01&until=2025-02")))
    page = told(client.get(cafe.at("finance/?from=2026-12&until=2026-01")), 422)
    assert "2026-01 lies before 2026-12" in page
    form = {"currency": "USD", "day": "2026-01-01", "rate": "9" * 18}
    page = told(client.post(cafe.at("finance/rates"), form), 422)
    assert "too large" in page and "plain number" not in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_stand_in_quotes_in_titles(free, language):
    page = told(free.client("emil").get(free.at("rewards/shirt/edit"), headers={"Accept-Language": language}))
    assert re.search(r"<h1[^>]*>[^<]*[“„][^<]+[”“][^<]*</h1>", page)


def test_one_thing_is_wrong(free):
    emil = free.client("emil")
    draft = drafted(free, emil)
    text = re.search(r'<textarea[^>]*name="file"[^>]*>\n(.*?)</textarea>', told(emil.get(f"{draft}/file")), re.DOTALL)
    page = told(
        emil.post(f"{draft}/file", {"file": text.group(1).replace("zone: Europe/Sofia", "zone: Nowhere", 1)}),
        422,
    )
    assert "1 thing is wrong" in page
