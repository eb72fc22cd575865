"""Members are found by whatever somebody at a desk types."""

import pytest

from guerdon.engine import reindex
from guerdon.insight import verify
from guerdon.kit import digests, store
from guerdon.kit.store import Statement

PEOPLE = ("Ann Angelova", "Анна Петрова", "Йордан Петров", "Işıl Demir", "İsmail Aydın", "Annette Bauer")
_WORDS = Statement("SELECT token FROM members_word WHERE member_id = :member")
_SPOIL = Statement("DELETE FROM members_word WHERE programme_id = :programme")


@pytest.fixture
def people(api):
    return {name: api.post("/v1/members", {"person": {"name": name}}).json["id"] for name in PEOPLE}


def found(api, text):
    answer = api.get("/v1/members?" + text)
    assert answer.status == 200, answer.body
    return [one["person"]["name"] for one in answer.json["members"]]


def named(api, **query):
    from urllib.parse import urlencode

    return found(api, urlencode(query))


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("ann", ["Ann Angelova", "Анна Петрова", "Annette Bauer"]), ("annette ", ["Annette Bauer"]),
        ("anna pet", ["Анна Петрова"]), ("petrov", ["Анна Петрова", "Йордан Петров"]), ("йордан", ["Йордан Петров"]),
        ("Yordan", ["Йордан Петров"]), ("ангелова", ["Ann Angelova"]),
        ("ann ange", ["Ann Angelova"]), ("ANGELOVA ANN", ["Ann Angelova"]),
        ("ПЕТРОВ", ["Анна Петрова", "Йордан Петров"]),
        ("иордан", ["Йордан Петров"]), ("йо", ["Йордан Петров"]), ("isil", ["Işıl Demir"]),
        ("IS", ["Işıl Demir", "İsmail Aydın"]),
        ("demir i", []), ("nobody", []), ("aydin ismail", ["İsmail Aydın"]),
    ],
)  # fmt: skip
def test_names_are_found_by_their_words(api, people, typed, names):
    assert named(api, q=typed) == names


def test_what_is_found_comes_in_pages(api, people):
    first = api.get("/v1/members?q=ann&limit=1").json
    second = api.get(f"/v1/members?q=ann&limit=1&cursor={first['next']}").json
    third = api.get(f"/v1/members?q=ann&limit=1&cursor={second['next']}").json
    names = [one["person"]["name"] for page in (first, second, third) for one in page["members"]]
    assert names == ["Ann Angelova", "Анна Петрова", "Annette Bauer"]
    assert api.get(f"/v1/members?q=ann&limit=1&cursor={third['next']}").json["members"] == []


@pytest.mark.parametrize("typed", ["7", "au 1001", "ann@example.COM", "+359 88 123 456"])
def test_whole_identifiers_are_found_beside_names(api, people, typed):
    person = {"name": "Zoe", "email": "Ann@Example.com", "phone": "+35988123456"}
    api.post("/v1/members", {"external_ids": ["7"], "cards": ["AU1001"], "person": person})
    assert named(api, q=typed) == ["Zoe"]


@pytest.mark.parametrize(
    ("query", "code"),
    [("q=a", "search_too_short"), ("q=%E2%80%A6", "search_too_short"), ("q=", "value_refused"),
     ("q=ann&card=1", "filter_invalid"), ("q=" + "a" * 256, "value_refused")],
)  # fmt: skip
def test_searches_that_can_find_nobody_are_refused(api, query, code):
    assert api.get("/v1/members?" + query).code == code


def test_a_new_name_replaces_the_old_one_and_none_finds_nobody(api, people):
    at = f"/v1/members/{people['Ann Angelova']}"
    api.patch(at, {"person": {"name": "Ann Boneva"}}, headers={"if-match": "*"})
    assert named(api, q="angelova") == [] and named(api, q="boneva") == ["Ann Boneva"]
    api.patch(at, {"person": None}, headers={"if-match": "*"})
    assert named(api, q="boneva") == []
    assert verify.run(api.shop.programme_id).ok


def test_who_was_merged_is_found_as_who_stayed_and_parts_again(api, people):
    stays, goes = people["Ann Angelova"], people["Анна Петрова"]
    assert api.post(f"/v1/members/{stays}/merge", {"from": {"id": goes}}).status == 200
    assert named(api, q="петрова") == named(api, q="petrova") == ["Ann Angelova"]
    assert verify.run(api.shop.programme_id).ok
    assert api.post(f"/v1/members/{stays}/unmerge", {"from": {"id": goes}}).status == 200
    assert named(api, q="петрова") == ["Анна Петрова"] and named(api, q="angelova") == ["Ann Angelova"]
    assert verify.run(api.shop.programme_id).ok


def test_the_words_are_built_anew_from_the_vault(api, people, monkeypatch):
    monkeypatch.setattr(reindex, "MEMBERS_PER_PAGE", 4)
    store.committed(lambda at_hand: at_hand.fetch(_SPOIL, programme=api.shop.programme_id))
    assert named(api, q="ann") == [] and not verify.run(api.shop.programme_id).ok
    seen = []
    assert reindex.run(programme_id=api.shop.programme_id, progress=seen.append) == len(PEOPLE) == sum(seen)
    assert named(api, q="anne") == ["Annette Bauer"] and verify.run(api.shop.programme_id).ok


def test_what_is_stored_is_keyed_and_belongs_to_one_programme():
    one, other = (digests.numbers(f"names:{programme}", ["=ann"]) for programme in ("a", "b"))
    assert one != other and one == digests.numbers("names:a", ["=ann"])
