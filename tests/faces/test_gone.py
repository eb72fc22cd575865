"""Addresses of what is not there, on every page that has an id or a key in its address: a page of its own, in words."""

import re
from collections.abc import Iterator

import pytest
from django.test import Client

from guerdon.core import rights
from guerdon.core.rights import STAFF
from guerdon.faces import gone, words
from guerdon.faces.signin import entry
from guerdon.kit import ids
from guerdon.site import urls
from tests.faces.console import staff

STEP = re.compile(r"<(\w+):(\w+)>")
PAGES = [one for one in urls.PAGES if STEP.search(one.path.partition("<slug:programme>")[2]) and "icon" not in one.path]
DEVELOPERS = re.compile(r"[a-z]{3}_…|UUID|expected|_unknown|id_malformed|Traceback|identifier", re.IGNORECASE)
# What is sent along, so that it is the address that is looked at and not the form.
SENT = {
    "deed": "fulfil", "reason": "x", "pieces": "1", "role": "analyst", "text": "x", "status": "resolved", "count": "1",
    "member": "ann@x.example", "last_day": "2100-01-01", "words": "x", "sure": "true", "revision": "1", "why": "x",
    "price": "0", "amount": "12.40", "code": "x", "effective_at": "", "title": "x", "body": "x", "answer": "x",
}  # fmt: skip


@pytest.fixture(scope="module")
def cafe(scratch_database) -> Iterator[staff.aurora.Cafe]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        yield staff.opened()


@pytest.fixture(scope="module")
def owner(cafe):
    """An owner who has points of her own, so that every page opens."""
    staff.appoint(cafe, "ann", "owner")
    client = Client(SERVER_NAME="localhost")
    client.get(entry.link(email=cafe.email("ann"), to=staff.at(cafe)))
    client.post(f"/till/{cafe.key}/device", {"store": "sofia-1", "number": "1"})
    return client


def address(cafe, page, told):
    """The address with what is told for its id or key; of two the first is that of a member there is, if it is one."""
    path = page.path.replace("<slug:programme>", cafe.key)
    if path.count("<") > 1 and "members/<str:id>" in path:
        path = path.replace("<str:id>", f"mem_{cafe.ids['ann']}")
    things = gone.things(page.path)

    def value(found):
        if found[1] == "int":
            return "99"
        noun = things[found[2]].noun
        return f"{ids.PREFIXES[noun]}{'0' * 31}1" if noun and told == "unknown" else "no-such-thing"

    return "/" + STEP.sub(value, path)


def test_every_id_and_key_of_an_address_leads_to_a_thing():
    """A new address fails until it stands in the table, with words and a list."""
    for page in PAGES:
        named = {name for _, name in STEP.findall(page.path)} - {"programme"}
        assert set(gone.things(page.path)) == named, page.key
    every = [one for face in gone.THINGS.values() for one in face.values()]
    assert {one.word for one in every} <= set(words.TABLES["gone"])


@pytest.mark.parametrize("role", STAFF)
def test_whoever_may_open_a_page_may_open_its_list(role):
    lists = {one.name: {one.needs, *one.also} for one in urls.PAGES if "GET" in one.methods}
    for page in PAGES:
        if {page.needs, *page.also} <= rights.of(role):
            for thing in gone.things(page.path).values():
                assert lists[thing.at] <= rights.of(role), (page.key, thing.at)


@pytest.mark.parametrize("told", ["unknown", "garbage"])
@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("face", ["console", "till", "my"])
def test_what_is_not_there_is_said_in_words_with_a_way_to_its_list(cafe, owner, face, method, told):
    wrong = []
    for page in PAGES:
        if not page.path.startswith(f"{face}/") or method not in page.methods:
            continue
        place = address(cafe, page, told)
        place = f"{place}?language=en"
        answer = owner.get(place, follow=True) if method == "GET" else owner.post(place, SENT)
        text = answer.content.decode("latin-1")
        body = text[text.index("<main") :] if "<main" in text else text
        titles = [words.say(f"gone.{one.word}", "en") for one in gone.things(page.path).values()]
        lists = [f'href="/{face}/' in body, "To the list" in body, any(one in body for one in titles)]
        if method == "POST" and answer.status_code == 422 and not DEVELOPERS.search(body):
            continue  # the page it was sent from once more, which says so itself
        if answer.status_code != 404 or DEVELOPERS.search(body) or not all(lists):
            wrong.append((page.key, answer.status_code, DEVELOPERS.findall(body), lists))
    assert not wrong, "\n".join(map(str, wrong))
