"""Of two who change the same at once the second is told what the first has changed; nothing is overwritten unseen."""

import re

import pytest

from guerdon.engine import drafts
from guerdon.faces import words
from guerdon.features.drafts import queries
from guerdon.kit import ids, store
from tests.faces.console import aurora
from tests.faces.console.test_drafts import drafted, drafts_of, revision
from tests.faces.console.test_rules import fields, told
from tests.faces.console.test_settings import fields as settings_fields

LANGUAGES = ("en", "bg", "tr")
TICK = re.compile(r'<input type="checkbox" id="([^"]+)" name="\1" value="([^"]*)"[^>]* checked')


@pytest.fixture
def cafe(database):
    return aurora.opened()


@pytest.fixture
def free(database):
    return aurora.opened(aurora.Free)


def saved(client, place, form, **more):
    return client.post(place, form | {"act": "save"} | more)


def over(page):
    """The newer state that a form offers to count over, when one has looked at it."""
    return re.search(r'name="over" value="(\d+)"', page).group(1)


def rule_file(client, cafe, draft):
    page = client.get(cafe.at(f"drafts/{draft}/file")).content.decode()
    return page[page.index("weekend:") :][:600]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_second_of_two_who_edit_a_rule_is_told_and_loses_nothing(cafe, language):
    emil, mara = cafe.client("emil"), cafe.client("mara")
    draft = drafted(cafe, emil).rsplit("/", 1)[1]
    place = cafe.at(f"rules/weekend/edit?draft={draft}")
    mara.get(cafe.at("rules/"), {"language": language})
    first, second = (fields(one.get(place).content.decode()) for one in (emil, mara))
    assert saved(emil, place, first, **{"then.0.by": "5"}).status_code == 303
    page = told(saved(mara, place, second, **{"then.0.by": "7"}), 422)
    assert words.say("drafts.meanwhile", language) in page and "Emil" in page
    assert "5" in page[page.index("Emil") : page.index('name="over"')]  # what he changed, in words
    kept = fields(page)
    assert kept["then.0.by"] == ["7"] and kept["revision"] == second["revision"]
    assert saved(mara, place, kept).status_code == 422  # once more is no yes
    grown = told(mara.post(place, kept | {"if.new": ["store"], "act": "add if"}))
    assert fields(grown)["revision"] == second["revision"]  # nor is another button
    assert "by: 5" in rule_file(emil, cafe, draft)
    assert saved(mara, place, kept, over=over(page)).status_code == 303
    assert "by: 7" in rule_file(emil, cafe, draft)


def test_who_looked_at_a_change_is_told_of_the_next(cafe):
    emil, mara = cafe.client("emil"), cafe.client("mara")
    draft = drafted(cafe, emil).rsplit("/", 1)[1]
    place = cafe.at(f"rules/weekend/edit?draft={draft}")
    form = fields(mara.get(place).content.decode())
    for by in ("5", "6"):
        now = fields(emil.get(place).content.decode())
        assert saved(emil, place, now, **{"then.0.by": by}).status_code == 303
        if by == "5":
            looked = over(told(saved(mara, place, form, **{"then.0.by": "7"}), 422))
    page = told(saved(mara, place, form, over=looked, **{"then.0.by": "7"}), 422)
    assert int(over(page)) == int(looked) + 1


def test_a_rule_that_was_removed_meanwhile_is_written_again_only_by_who_saw_that(cafe):
    emil, mara = cafe.client("emil"), cafe.client("mara")
    draft = drafted(cafe, emil).rsplit("/", 1)[1]
    place = cafe.at(f"rules/weekend/edit?draft={draft}")
    form = fields(mara.get(place).content.decode())
    page = told(emil.post(cafe.at("rules/weekend/remove"), {"draft": draft}), 422)  # of no state that he saw
    assert words.say("drafts.meanwhile_own", "en") in page and f'href="{place}"' in page, "it begins again at the form"
    assert f'action="{place.partition("?")[0]}"' in page
    seen = {"draft": draft, "revision": form["revision"]}
    assert emil.post(cafe.at("rules/weekend/remove"), seen).status_code == 303
    page = told(saved(mara, place, form), 422)
    assert saved(mara, place, form, over=over(page)).status_code == 303
    assert "weekend" in told(mara.get(cafe.at(f"rules/weekend?draft={draft}")))


def test_settings_are_kept_from_being_overwritten_too(cafe):
    emil, mara = cafe.client("emil"), cafe.client("mara")
    draft = drafted(cafe, emil).rsplit("/", 1)[1]
    place = cafe.at("settings/programme")
    forms = [settings_fields(told(one.get(place, {"draft": draft}))) for one in (emil, mara)]
    assert emil.post(place, forms[0] | {"name.en": ["Aurora by Emil"]}).status_code == 303
    page = told(mara.post(place, forms[1] | {"name.en": ["Aurora by Mara"]}), 422)
    assert "Aurora by Emil" in page and 'value="Aurora by Mara"' in page
    assert f'href="{place}?draft={draft}"' in page
    assert mara.post(place, settings_fields(page) | {"name.en": ["Aurora by Mara"]}).status_code == 422
    answer = mara.post(place, forms[1] | {"name.en": ["Aurora by Mara"], "over": over(page)})
    assert answer.status_code == 303


def test_a_file_in_the_editor_of_text_is_kept_from_it_too(cafe):
    emil, mara = cafe.client("emil"), cafe.client("mara")
    draft = drafted(cafe, emil)
    place, text = f"{draft}/file", cafe.file().replace("Café Aurora", "Café Mara")
    stale = revision(mara, draft)
    assert emil.post(place, {"file": cafe.file().replace("by: 2", "by: 9"), "revision": stale}).status_code == 303
    page = told(mara.post(place, {"file": text, "revision": stale}), 422)
    assert "Café Mara" in page and "9" in page[: page.index('name="over"')]
    assert mara.post(place, {"file": text, "revision": stale}).status_code == 422
    assert mara.post(place, {"file": text, "revision": stale, "over": over(page)}).status_code == 303


def test_a_form_of_a_version_is_not_saved_on_a_newer_one(free):
    emil, mara = free.client("emil"), free.client("mara")
    place = free.at("rules/weekend/edit")
    form = fields(mara.get(place).content.decode())
    draft = drafted(free, emil, by="5")
    emil.post(f"{draft}/publish", {"revision": revision(emil, draft)})
    before = told(mara.get(free.at("drafts/"))).count("/drafts/drf_")
    page = told(saved(mara, place, form, **{"then.0.by": "7"}), 422)
    assert "Emil" in page and fields(page)["then.0.by"] == ["7"]
    assert told(mara.get(free.at("drafts/"))).count("/drafts/drf_") == before  # none was begun
    assert saved(mara, place, form, over=over(page), **{"then.0.by": "7"}).status_code == 303


def test_a_draft_is_told_as_of_every_revision_it_had(cafe):
    emil = cafe.client("emil")
    draft = drafted(cafe, emil).rsplit("/", 1)[1]
    id = ids.read("draft", draft)
    place = cafe.at(f"rules/weekend/edit?draft={draft}")
    said = [drafts.check(store.current(), cafe.programme_id, id).programme]
    for by in ("4", "5"):
        form = fields(emil.get(place).content.decode())
        assert saved(emil, place, form, **{"then.0.by": by}).status_code == 303
        said.append(drafts.check(store.current(), cafe.programme_id, id).programme)
    newest = queries.get(store.current(), cafe.programme_id, id).revision
    for back, programme in enumerate(reversed(said)):
        assert drafts.as_of(store.current(), cafe.programme_id, id, newest - back) == programme
    assert drafts.as_of(store.current(), cafe.programme_id, id, newest + 1) is None
    assert drafts.as_of(store.current(), cafe.programme_id, id, 0) is None


def test_two_tabs_without_a_draft_make_one(cafe):
    emil, mara = cafe.client("emil"), cafe.client("mara")
    rule, setting = cafe.at("rules/weekend/edit"), cafe.at("settings/programme")
    first, second = fields(told(emil.get(rule))), settings_fields(told(mara.get(setting)))
    draft = saved(emil, rule, first, **{"then.0.by": "5"}).headers["Location"]
    answer = mara.post(setting, second | {"name.en": ["Aurora by Mara"]})
    assert (answer.status_code, answer.headers["Location"]) == (303, draft)
    page = told(mara.get(draft))
    assert "which Emil has begun meanwhile" in page and "Aurora by Mara" in page
    assert len(drafts_of(emil, cafe)) == 1
    assert mara.post(setting, settings_fields(told(mara.get(setting))) | {"name.en": ["M"]}).status_code == 303
    assert len(drafts_of(emil, cafe)) == 2  # who has seen that there is one means another


def test_whoever_goes_on_editing_is_in_their_open_draft(cafe):
    emil, mara = cafe.client("emil"), cafe.client("mara")
    rule, reward, setting = map(cafe.at, ("rules/weekend/edit", "rewards/cake/edit", "settings/unit-points"))
    draft = drafted(cafe, emil).rsplit("/", 1)[1]
    for place, change in ((rule, {"then.0.by": "4"}), (reward, {"limits.day": "2"}), (setting, {"debt_max": "7"})):
        page = told(emil.get(place))
        assert "You are in the draft" in page and "You are in the draft" not in told(mara.get(place))
        assert saved(emil, place, form_of(page), **change).headers["Location"].endswith(draft)
    assert drafts_of(emil, cafe) == {draft}
    found = draft_file(cafe, draft)
    assert (part(found, "rules/weekend/then/0/multiply/by"), part(found, "units/points/debt_max")) == (4, 7)
    page = told(emil.get(cafe.at("rules/welcome")))  # which shows what is in force
    form = page[page.index("rules/welcome/remove") :]
    answer = emil.post(cafe.at("rules/welcome/remove"), dict(re.findall(r'name="(\w+)" value="([^"]*)"', form)))
    assert answer.headers["Location"].endswith(draft) and "It went into your open draft" in told(emil.get(cafe.at()))
    assert "You are in the draft" not in told(emil.get(cafe.at("rules/welcome/edit"))), "it is in force, but not there"


def test_whoever_changes_nothing_makes_no_draft(cafe):
    emil = cafe.client("emil")
    for place in _TWO:
        page = cafe.at(place[0])
        answer = saved(emil, page, form_of(told(emil.get(page))))
        assert answer.headers["Location"] == page
        assert "Nothing differs from what was there" in told(emil.get(page))
    assert not drafts_of(emil, cafe)


@pytest.mark.parametrize("language", LANGUAGES)
def test_two_tabs_that_change_the_same_are_asked(cafe, language):
    emil, mara = cafe.client("emil"), cafe.client("mara")
    place = cafe.at("rules/weekend/edit")
    mara.get(cafe.at("rules/"), {"language": language})
    first, second = (fields(told(one.get(place))) for one in (emil, mara))
    draft = saved(emil, place, first, **{"then.0.by": "5"}).headers["Location"]
    page = told(saved(mara, place, second, **{"then.0.by": "7"}), 422)
    assert words.say("drafts.meanwhile", language) in page and "Emil" in page[: page.index('name="over"')]
    kept = fields(page)
    assert kept["then.0.by"] == ["7"] and kept["draft"] == [draft.rsplit("/", 1)[1]]
    assert f'href="{place}?draft={kept["draft"][0]}"' in page
    assert saved(mara, place, kept).status_code == 422  # once more is no yes
    assert len(drafts_of(emil, cafe)) == 1
    assert saved(mara, place, kept, over=over(page)).headers["Location"] == draft
    assert "by: 7" in rule_file(emil, cafe, kept["draft"][0])


def draft_file(cafe, draft):
    """The document of a draft as its file says it."""
    return drafts.document_of(queries.get(store.current(), cafe.programme_id, ids.read("draft", draft)).source)


def part(document, path):
    for step in path.split("/"):
        document = document[step] if isinstance(document, dict) else document[int(step)]
    return document


_TWO = [  # a form, a field that Emil changes, one that Mara changes, and where both stand in the file
    ("rewards/cake/edit", {"prices.0.points.points": "610"}, {"limits.day": "2"}, "rewards/cake",
     {"prices/0/points/points": 610, "limits/day": 2}),
    ("plans/aurora-plus/edit", {"price.EUR": "31"}, {"trial_days": "5"}, "plans/aurora-plus",
     {"prices/EUR": 31, "trial_days": 5}),
    ("rules/weekend/edit", {"then.0.by": "5"}, {"caps.month": "900"}, "rules/weekend",
     {"then/0/multiply/by": 5, "caps/month": 900}),
    ("settings/unit-points", {"debt_max": "7"}, {"converts_at": "11"}, "units/points",
     {"debt_max": 7, "converts_at": 11}),
]  # fmt: skip


def form_of(page):
    if 'name="act" value="save"' not in page:
        return settings_fields(page)
    return fields(page) | dict(TICK.findall(page))


@pytest.mark.parametrize(("page", "first", "second", "at", "both"), _TWO)
@pytest.mark.parametrize("begun", [True, False])
def test_what_nobody_touched_in_the_second_tab_is_not_undone(cafe, page, first, second, at, both, begun):
    emil = cafe.client("emil")
    if begun:
        emil.post(cafe.at("drafts/"), {"title": "Autumn", "token": ids.new()})
    query = f"?draft={drafts_of(emil, cafe).pop()}" if begun else ""
    tabs = [form_of(told(emil.get(cafe.at(page + query)))) for _ in range(2)]
    answer = saved(emil, cafe.at(page + query), tabs[0], **first)
    draft = answer.headers["Location"].rsplit("/", 1)[1]
    asked = told(saved(emil, cafe.at(page + query), tabs[1], **second), 422)
    name, text = next(iter(first.items()))
    again = form_of(asked)
    assert again[name] in (text, [text]), "the form shows what the other tab has put"
    assert saved(emil, cafe.at(page + query), again, over=over(asked)).status_code == 303
    found = part(draft_file(cafe, draft), at)
    assert {path: part(found, path) for path in both} == both
