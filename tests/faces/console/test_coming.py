"""A version that is published but not in force yet: what pages say of it, and the time that is told for it."""

from datetime import timedelta

import pytest

from guerdon.faces import words
from guerdon.kit import clock
from tests.faces.console import aurora
from tests.faces.console.test_drafts import drafted, revision
from tests.faces.console.test_rules import fields, told

WEEKEND = "Double points at the weekend"


@pytest.fixture
def cafe(database):
    return aurora.opened(aurora.Free)


def day(ahead):
    """A day as forms send it and as pages show it."""
    found = (clock.now() + timedelta(days=ahead)).date()
    return f"{found}T00:00", f"{found.day} {found:%B %Y}"


def published(client, draft, at="", why=""):
    return client.post(f"{draft}/publish", {"revision": revision(client, draft), "at": at, "why": why})


def test_a_rule_reads_what_is_in_force_and_says_what_it_will_from_when_on(cafe):
    emil = cafe.client("emil")
    at, shown = day(30)
    answer = published(emil, drafted(cafe, emil, by="3"), at)
    assert answer.status_code == 303, told(answer)
    versions = told(emil.get(answer.headers["Location"]))
    assert f"Version 2 is published and comes into force on {shown}." in versions
    assert versions.count(">To come<") == versions.count(">In force<") == 1
    page = told(emil.get(cafe.at("rules/weekend")))
    reads = page[page.index("How it reads") :]
    assert ">In force<" in page and "coffee by 2" in reads and "coffee by 3" not in reads, page
    note = page[page.index(f"From {shown}: ") : page.index("How it reads")]
    assert "coffee by 3" in note
    assert f"From {shown}" not in told(emil.get(cafe.at("rules/base")))  # says the same then
    notice = words.say("drafts.begins_with", "en", number=2, when=shown)
    for place in ("rules/weekend/edit", "new-rule", "rewards/mug/edit", "ladders/status/edit", "settings/",
                  "vouchers/kinds/summer/edit", "plans/aurora-plus/edit"):  # fmt: skip
        page = emil.get(cafe.at(place))
        assert page.status_code == 200 and notice in told(page), place
    draft = drafted(cafe, emil, by="4")
    assert notice not in told(emil.get(f"{cafe.at('rules/weekend/edit')}?draft={draft.rpartition('/')[2]}"))


def test_a_rule_that_only_a_coming_version_has_is_to_come_and_one_that_it_drops_is_told(cafe):
    emil = cafe.client("emil")
    place, (at, shown) = cafe.at("new-rule"), day(30)
    sent = fields(emil.get(f"{place}?like=weekend").content.decode()) | {"key": "summer", "name.en": "Summer"}
    draft = emil.post(place, sent | {"act": "save"}).headers["Location"]
    sent = {"draft": draft.rpartition("/")[2], "revision": revision(emil, draft)}
    told(emil.post(cafe.at("rules/weekend/remove"), sent), 303)
    assert published(emil, draft, at).status_code == 303
    page = told(emil.get(cafe.at("rules/summer")))
    assert ">To come<" in page and ">In force<" not in page
    assert f"It comes with the version that comes into force on {shown}." in page
    page = told(emil.get(cafe.at("rules/weekend")))
    assert ">In force<" in page and f"From {shown}: this rule is no longer there." in page
    assert "rules/weekend/edit" not in page  # a draft begins from the newest, which has it no more
    assert emil.get(cafe.at("rules/never")).status_code == 404


@pytest.mark.parametrize("language", ["en", "bg", "tr"])
def test_a_time_that_can_not_be_is_told_at_its_field_and_the_reason_stays(cafe, language):
    emil = cafe.client("emil")
    draft = drafted(cafe, emil)
    emil.post("/language", {"language": language})
    for at, fault in (
        ("2026-01-05T10:00", words.say("drafts.at_past", language, now="@").split("@")[0]),
        ("9999-12-31T00:00", words.say("drafts.at_far", language, years=10, day="@").split("@")[0]),
        ("2027-03-28T03:30", None), ("soon", words.say("drafts.at_wrong", language)),
    ):  # fmt: skip
        answer = emil.post(
            f"{draft}/publish?language={language}",
            {"revision": revision(emil, draft), "at": at, "why": "Summer is slow."},
        )
        page = told(answer, 422)
        assert ">\nSummer is slow.</textarea>" in page and 'id="at-fault"' in page, page
        assert fault is None or fault in page, page
        assert "effective_at" not in page and "+00:00" not in page
    assert "version 2" not in told(emil.get(cafe.at("versions/"))).casefold()
