"""Segments in the console: said with a form that grows by posting, tried, saved, exported, and told for one member."""

import re

import pytest
from django.http import QueryDict

from guerdon.faces import refusals
from guerdon.faces.console import trees
from guerdon.faces.console.trees import Branch
from guerdon.faces.refusals import people
from guerdon.kit import audit, store
from tests.faces.console import staff
from tests.faces.console.test_members import hidden, told

FORM = {
    "0.of": "all", "0.0.word": "balance", "0.0.unit": "points", "0.0.op": "min", "0.0.value": "1000", "key": "rich",
    "name.en": "Rich", "name.bg": "Богати", "name.tr": "Zengin", "why": "spring",
}  # fmt: skip


@pytest.fixture
def cafe(database):
    return staff.opened()


@pytest.fixture
def mia(cafe):
    return staff.appoint(cafe, "mia", "marketer")


def test_a_segment_is_tried_saved_listed_and_exported(cafe, mia):
    tried = told(mia.post(staff.at(cafe, "segments/new"), FORM | {"act": "preview"}))
    assert "1 found" in tried and "Ann" in tried and "at least 1,000 points" in tried and 'value="Rich"' in tried
    assert mia.post(staff.at(cafe, "segments/new"), FORM | {"act": "save"}).status_code == 303
    listed = told(mia.get(staff.at(cafe, "segments/")))
    assert "Rich" in listed and "counted just now" not in listed and staff.at(cafe, "segments/rich/count") in listed
    counted = told(mia.get(staff.at(cafe, "segments/rich/count")))
    assert "<strong>1</strong>" in counted and "counted just now" in counted
    listed = told(mia.get(staff.at(cafe, "segments/")))
    assert "counted just now" in listed and staff.at(cafe, "segments/rich/count") not in listed
    assert "Богати" in told(mia.get(staff.at(cafe, "segments/"), {"language": "bg"}))
    page = told(mia.get(staff.at(cafe, "segments/rich"), {"language": "en"}))
    assert "Ann" in page and "spring" in page
    sheet = mia.get(staff.at(cafe, "segments/rich/members.csv"))
    assert sheet.headers["Content-Type"].startswith("text/csv") and cafe.email("ann") in sheet.content.decode()
    assert audit.page(store.current(), cafe.programme_id, most=1)[0].action == "segment.exported"
    only = told(mia.get(staff.at(cafe, "members/"), {"segment": "rich"}))
    assert "Ann" in only and "Ben" not in only


def test_a_segment_is_changed_by_whoever_saw_its_state_and_taken_away(cafe, mia):
    mia.post(staff.at(cafe, "segments/new"), FORM | {"act": "save"})
    page = told(mia.get(staff.at(cafe, "segments/rich/edit")))
    richer = FORM | {"0.0.value": "2000", "act": "save", "revision": hidden(page)["revision"]}
    assert mia.post(staff.at(cafe, "segments/rich/edit"), richer).status_code == 303
    late = told(mia.post(staff.at(cafe, "segments/rich/edit"), richer | {"0.0.value": "3000"}), 422)
    assert 'role="alert"' in late and 'value="3000"' in late and "2,000" in late  # what somebody else has said
    again = hidden(late) | {"0.0.value": "3000", "act": "save"}
    assert 'value="3000"' in told(mia.post(staff.at(cafe, "segments/rich/edit"), richer | again), 422)
    over = richer | again | {"over": re.search(r'name="over" value="(\d+)"', late).group(1)}
    assert mia.post(staff.at(cafe, "segments/rich/edit"), over).status_code == 303
    sure = {"revision": hidden(told(mia.get(staff.at(cafe, "segments/rich"))))["revision"]}
    asked = told(mia.post(staff.at(cafe, "segments/rich/take"), sure, follow=True))
    assert mia.post(staff.at(cafe, "segments/rich/take"), hidden(asked)).status_code == 303
    assert "No segments yet" in told(mia.get(staff.at(cafe, "segments/")))


def test_the_form_grows_and_shrinks_by_posting(cafe, mia):
    place = staff.at(cafe, "segments/new")
    more = told(mia.post(place, FORM | {"act": "add 0", "0.new": "tier"}))
    assert 'name="0.1.word" value="tier"' in more and 'value="1000"' in more
    nested = told(mia.post(place, FORM | {"act": "nest 0"}))
    assert 'name="0.1.of"' in nested and 'name="0.1.0.word"' in nested
    less = told(mia.post(place, FORM | {"act": "remove 0.0"}))
    assert 'name="0.0.word"' not in less
    assert told(mia.post(place, FORM | {"act": "remove 0.9.9"})) and told(mia.post(place, FORM | {"act": "add x.y"}))


@pytest.mark.parametrize("language", refusals.LANGUAGES)
def test_every_condition_is_a_sentence_of_the_form(cafe, mia, language):
    place = staff.at(cafe, f"segments/new?language={language}")
    for one in trees.SEGMENTS.sentences:
        page = told(mia.post(place, FORM | {"act": "add 0", "0.new": one.word}))
        assert f'name="0.1.word" value="{one.word}"' in page
        for key in [each.key for each in one.places] or [one.word]:
            assert f'name="0.1.{key}"' in page or (one.word, key) == ("voucher", "in"), key


def test_a_bound_that_is_a_day_is_filled_in_as_one(cafe, mia):
    joined = {"0.of": "all", "0.0.word": "joined", "0.0.value": "30", "act": "preview"}
    place = staff.at(cafe, "segments/new")
    assert re.search(r'name="0.0.value"[^>]* type="text"', told(mia.post(place, joined | {"0.0.op": "days_max"})))
    day = told(mia.post(place, joined | {"0.0.op": "from", "0.0.value": "2026-01-01"}))
    assert re.search(r'name="0.0.value" value="2026-01-01"[^>]* type="date"', day)


def test_what_is_wrong_is_told_at_its_condition(cafe, mia):
    place = staff.at(cafe, "segments/new")
    wrong = told(mia.post(place, FORM | {"0.0.value": "many", "act": "preview"}), 422)
    assert re.search(r'class="fault" role="alert"', wrong) and 'value="many"' in wrong
    assert 'role="alert"' in told(mia.post(place, FORM | {"key": "Not a key!", "act": "save"}), 422)
    empty = {"0.of": "all", "act": "preview"}
    assert 'role="alert"' in told(mia.post(place, empty), 422)
    raw = {"0.of": "all", "0.0.word": "yaml", "0.0.yaml": "{oh", "act": "preview"}
    assert 'role="alert"' in told(mia.post(place, raw), 422)


def test_all_that_is_wrong_with_a_segment_is_told_at_once_each_at_its_field(cafe, mia):
    place = staff.at(cafe, "segments/new")
    bad = FORM | {"0.0.value": "many", "key": "", "name.en": "", "name.bg": "", "name.tr": "", "act": "save"}
    page = told(mia.post(place, bad), 422)
    above = page[page.index("data-focus") : page.index("</ul>", page.index("data-focus"))]
    missing = people.at_field("missing", "", "en")
    linked = dict(re.findall(r'<a href="#([\w.]+)">([^<]+)</a>', above))
    languages = [f"name.{one}" for one in ("en", "bg", "tr") if f'href="#name.{one}"' in above]
    assert {"key", "0.0", "name.en"} <= set(linked) and len(languages) > 1
    assert {linked[one] for one in ("key", *languages)} == {missing}
    assert all(f'id="{one}"' in page for one in linked)
    assert "At “" not in page and "/if/" not in page and 'id="key-fault"' in page
    found = told(mia.post(place, FORM | {"act": "preview"}))
    assert re.search(r'<div class="notice good"[^>]* data-focus', found)  # what was found is where one goes on
    turkish = told(mia.post(f"{place}?language=tr", bad), 422)
    assert people.at_field("missing", "", "tr") in turkish


def test_why_somebody_is_in_or_not_is_told_clause_by_clause(cafe, mia):
    mia.post(staff.at(cafe, "segments/new"), FORM | {"act": "save"})
    ann = told(mia.get(staff.at(cafe, f"members/mem_{cafe.ids['ann']}/segments")))
    assert "Has: 1,500 points" in ann and "holds" in ann
    ben = told(mia.get(staff.at(cafe, f"members/mem_{cafe.ids['ben']}/segments")))
    assert "Not in" in ben and "does not hold" in ben


DOCUMENTS = [
    [{"tier": {"in": ["gold"]}}],
    [{"tier": {"not_in": ["gold", "silver"]}}, {"joined": {"days_max": 30}}],
    [{"any": [{"last": {"days_min": 90}}, {"last": {"kind": "visit", "until": "2026-03-01"}}]}],
    [{"all": [{"birthday_month": True}, {"birthday_month": {"in": [5]}}]}, {"voucher": {"in": ["summer"]}}],
    [{"not": {"any": [{"balance": {"unit": "points", "max": 10}}, {"segment": {"in": ["vip"]}}]}}],
    [{"counter": {"what": "spend", "period": "month", "min": "2.00"}}],
    [{"counter": {"what": "count:visit", "period": "month", "min": 1, "max": 3}}],  # two bounds: stays as it is written
    [{"attribute": {"name": "city", "is": "Sofia"}}, {"days_since": {"kind": "visit", "days_min": 3}}],
]


@pytest.mark.parametrize("document", DOCUMENTS)
def test_what_a_document_says_the_form_says_too(document):
    tree = trees.read(document, trees.SEGMENTS)
    sent = QueryDict(mutable=True)
    sent.update(dict(fields(tree)))
    again = trees.document(trees.posted(sent, "0", trees.SEGMENTS), trees.SEGMENTS)
    assert again == document


def fields(part, path="0"):
    """The fields of the form in which a tree is drawn."""
    if isinstance(part, Branch):
        yield f"{path}.of", part.of
        for place, one in enumerate(part.parts):
            yield from fields(one, f"{path}.{place}")
    else:
        yield f"{path}.word", part.word
        for key, text in part.filled.items():
            yield f"{path}.{key}", text


@pytest.mark.parametrize(
    ("language", "least"),
    [("en", "at least so many days ago:"), ("bg", "преди поне толкова дни:"), ("tr", "en az şu kadar gün önce:")],
)
def test_how_long_ago_reads_as_a_sentence(cafe, mia, language, least):
    page = told(mia.get(staff.at(cafe, "segments/new"), {"language": language}))
    assert 'value="days_min" selected' in page
    chosen = re.sub(r"<option(?![^>]* selected)[^>]*>[^<]*</option>", "", page)
    assert least in " ".join(re.sub(r"<[^>]*>", " ", chosen).split())
