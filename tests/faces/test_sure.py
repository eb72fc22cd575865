"""Whether something is really meant is asked by a page of its own, which may be loaded again, left and come back to."""

import re

import pytest

from guerdon.core import limits
from guerdon.faces import words
from guerdon.kit import ids
from tests.faces.portal import aurora
from tests.faces.portal.test_portal import form as fields
from tests.faces.portal.test_portal import told
from tests.faces.till import counter
from tests.faces.till.counter import seen, till

LANGUAGES = ("en", "bg", "tr")


@pytest.fixture
def cafe(database):
    found = aurora.opened()
    found.give("ann", 1_500)
    return found


def form(page):
    """What the form of a question sends, without what the browser's session adds to every form."""
    return {name: value for name, value in fields(page).items() if name != "csrfmiddlewaretoken"}


def asked(client, place, **more):
    """The address of the question that a form leads to."""
    answer = client.post(place, more)
    assert answer.status_code == 303, answer.content.decode()[:2000]
    address = answer.headers["Location"]
    assert address.startswith(f"{place}?sure=")
    return address


def test_a_question_is_loaded_again_gone_back_to_and_answered_once(cafe):
    ann, place = cafe.client("ann"), cafe.at("rewards/flat_white")
    address = asked(ann, place, price="1", token=ids.new())
    answers = [ann.get(address) for _ in range(2)]
    first, again = (form(told(one)) for one in answers)
    assert first == again and first["price"] == "1" and first["sure"] == "true"
    assert answers[0].headers["Cache-Control"] == "no-store, private"
    made = ann.post(place, first).headers["Location"]
    assert "mine/" in made
    assert "1,350" in told(ann.get(cafe.at(), {"language": "en"}))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("way", ("back", "the page that a browser kept"))
def test_a_question_that_was_answered_leads_to_what_came_of_it_and_does_it_no_second_time(cafe, language, way):
    ann, place = cafe.client("ann"), cafe.at("rewards/flat_white")
    ann.get(cafe.at(), {"language": language})
    address = asked(ann, place, price="1", token=ids.new())
    sent = form(told(ann.get(address)))
    made = ann.post(place, sent).headers["Location"]
    assert words.say("page.sure_done", language) not in told(ann.get(made))
    for _ in range(2):
        answer = ann.get(address) if way == "back" else ann.post(place, sent | {"token": ids.new()})
        assert (answer.status_code, answer.headers["Location"]) == (303, made)
        assert words.say("page.sure_done", language) in told(ann.get(made))
    assert "1,350" in told(ann.get(cafe.at(), {"language": "en"}))


def test_a_yes_that_was_refused_can_be_said_again(cafe):
    ann, place = cafe.client("ann"), cafe.at("household/found")
    address = asked(ann, place, token=ids.new())
    sent = form(told(ann.get(address)))
    other = form(told(ann.get(asked(ann, place, token=ids.new()))))
    assert ann.post(place, other).status_code == 303
    assert ann.post(place, sent).status_code != 303  # she has a household now
    assert form(told(ann.get(address))) == sent


def test_two_questions_of_one_page_do_not_mix(cafe):
    ann, place, token = cafe.client("ann"), cafe.at("rewards/flat_white"), ids.new()
    first, twice, other = (
        asked(ann, place, token=name, price="1") for name in (token, token, ids.new())
    )  # fmt: skip
    made = ann.post(place, form(told(ann.get(first)))).headers["Location"]
    assert ann.get(twice).headers["Location"] == made  # the button was pressed twice
    again = ann.post(place, form(told(ann.get(other)))).headers["Location"]
    assert "mine/" in again and again != made
    assert [ann.get(one).headers["Location"] for one in (first, other)] == [made, again]
    assert "1,200" in told(ann.get(cafe.at()))


def test_two_windows_ask_each_their_own(cafe):
    ann, token = cafe.client("ann"), ids.new()
    coffee = asked(ann, cafe.at("rewards/flat_white"), price="1", token=token)
    found = asked(ann, cafe.at("household/found"), token=ids.new())
    assert form(told(ann.get(coffee)))["token"] == token
    assert ann.post(cafe.at("household/found"), form(told(ann.get(found)))).status_code == 303
    assert "mine/" in ann.post(cafe.at("rewards/flat_white"), form(told(ann.get(coffee)))).headers["Location"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_question_that_is_gone_or_anothers_leads_back_and_says_so(cafe, language):
    ann, ben = cafe.client("ann"), cafe.client("ben")
    said = words.say("page.sure_gone", language)
    for place, home in (("rewards/flat_white", "rewards/flat_white"), ("household/found", "")):
        address = asked(ann, cafe.at(place), price="1", token=ids.new())
        for client, wanted in ((ben, address), (ann, f"{cafe.at(place)}?sure={ids.new()}")):
            client.get(cafe.at(), {"language": language})
            answer = client.get(wanted)
            assert (answer.status_code, answer.headers["Location"]) == (303, cafe.at(home))
            page = told(client.get(cafe.at(home)))
            assert said in page and 'class="notice warn"' in page


def test_what_was_asked_elsewhere_is_not_asked_here(cafe):
    ann = cafe.client("ann")
    address = asked(ann, cafe.at("household/found"), token=ids.new())
    moved = address.replace("household/found", "household/leave")
    assert ann.get(moved).headers["Location"] == cafe.at()


def test_the_oldest_of_many_gives_way(cafe):
    ann = cafe.client("ann")
    places = [asked(ann, cafe.at("household/found"), token=ids.new()) for _ in range(limits.QUESTIONS_MAX + 1)]
    assert [ann.get(one).status_code for one in places] == [303, *[200] * limits.QUESTIONS_MAX]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_form_that_is_too_long_is_not_kept(cafe, language):
    ann = cafe.client("ann")
    ann.get(cafe.at(), {"language": language})
    answer = ann.post(cafe.at("household/found"), {"more": "x" * limits.QUESTION_CHARS_MAX})
    assert str(limits.QUESTION_CHARS_MAX) in told(answer, 422)
    assert "sure" not in ann.session


def test_a_question_is_only_for_who_may_do_it(cafe):
    ann = cafe.client("ann")
    address = asked(ann, cafe.at("household/found"), token=ids.new())
    ann.logout()
    assert "/sign-in/" in ann.get(address).headers["Location"]
    assert ann.get(cafe.at("household/found")).status_code == 405  # without a question nothing is shown there


def test_the_words_of_a_question_say_in_which_language_they_are(cafe):
    ann = cafe.client("ann")
    address = asked(ann, cafe.at("household/found"), token=ids.new())
    page = told(ann.get(f"{address}&language=tr"))
    assert '<html lang="tr"' in page and re.search(r'<section class="card " lang="en">', page)


def test_a_till_asks_by_the_name_of_the_sale(database):
    cafe = counter.opened()
    cafe.give("ann", 1_500)
    client = till(cafe)
    place = counter.at(cafe, f"members/{counter.member(cafe)}/rewards/flat_white")
    address = client.post(place).headers["Location"]
    first, again = (form(seen(client, address)) for _ in range(2))
    assert first == again
    assert client.post(place, first).headers["Location"] == client.post(place, again).headers["Location"]
