"""Drafts: changed part by part, approved by a second person, published on the newest version only, rolled back."""

from datetime import timedelta

import pytest

from guerdon.core.edits import Edit
from guerdon.core.errors import Refusal
from guerdon.engine import drafts
from guerdon.engine.adjust import Actor
from guerdon.features.drafts import queries
from guerdon.features.programmes import documents as texts
from guerdon.features.programmes import queries as programmes
from guerdon.kit import ids, store
from tests import shop
from tests.shop import Shop

EMIL, DORA, MAYA = Actor("Emil", "e"), Actor("Dora", "d"), Actor("Maya", "m")
NOW = shop.moment("2026-01-05")
DOUBLE = Edit("put", "/rules/base/then/0/points/give", 2)


def begin(cafe, **more):
    return drafts.begin(programme_id=cafe.programme_id, title="Spring", actor=EMIL, now=NOW, **more)


def deed(cafe, draft, actor=EMIL, **more):
    return drafts.Deed(cafe.programme_id, draft.id, actor, NOW, **more)


def refused(call, *facts, **more):
    with pytest.raises(Refusal) as found:
        call(*facts, **more)
    return found.value.code


def numbers(cafe):
    return [one.number for one in programmes.all_versions(store.current(), cafe.programme_id)]


@pytest.fixture
def cafe(database):
    return Shop()


@pytest.fixture
def careful(database):
    return Shop({"review": "required"})


def test_a_change_of_one_number_is_the_next_version(cafe):
    cafe.enrol("Ann")
    draft = begin(cafe, why="More in spring")
    draft = drafts.edit(deed(cafe, draft, why="Double"), [DOUBLE])
    assert (draft.state, draft.revision, draft.base) == ("open", 2, 1)
    cafe.buy("Ann", 1_000, "2026-01-05")
    assert cafe.amounts("Ann", "2026-01-05").available == 10  # a draft is no law
    draft, version = drafts.publish(deed(cafe, draft))
    assert (draft.state, draft.version, version.number, version.effective_at) == ("published", 2, 2, NOW)
    cafe.buy("Ann", 1_000, "2026-01-06")
    assert cafe.amounts("Ann", "2026-01-06").available == 30
    steps = queries.steps(store.current(), cafe.programme_id, draft.id)
    assert [(one.number, one.verb, one.why) for one in steps] == [
        (1, "begin", "More in spring"), (2, "edit", "Double"), (3, "publish", ""),
    ]  # fmt: skip
    assert steps[1].changes == (Edit("put", "/rules/base/then", [{"points": {"unit": "points", "give": 2, "per": "1.00"}}]),)  # noqa: E501 # fmt: skip


def test_it_comes_into_force_when_it_is_to(cafe):
    draft = drafts.edit(deed(cafe, begin(cafe)), [DOUBLE])
    assert refused(drafts.publish, deed(cafe, draft), effective_at=shop.moment("2026-01-04")) == "draft_in_past"
    late = NOW.replace(year=NOW.year + 10) + timedelta(days=1)
    assert refused(drafts.publish, deed(cafe, draft), effective_at=late) == "version_too_far"
    _, version = drafts.publish(deed(cafe, draft), effective_at=shop.moment("2026-02-01"))
    assert version.effective_at == shop.moment("2026-02-01")
    assert programmes.latest(store.current(), cafe.programme_id).in_force(NOW) == 1


@pytest.mark.parametrize(
    ("edit", "at"),
    [
        (Edit("put", "/rules/base/then/0/points/unit", "gold"), "/rules/base/then/0/points/unit"),
        (Edit("put", "/rules/new", {"when": "purchase"}), "/rules/new"),
        (Edit("remove", "/units/points"), "/units"),
        (Edit("put", "/brand", {"colour": "green"}), "/brand/colour"),
    ],
)
def test_what_is_wrong_is_told_where_it_is_and_nothing_is_kept(cafe, edit, at):
    draft = begin(cafe)
    with pytest.raises(Refusal) as found:
        drafts.edit(deed(cafe, draft), [DOUBLE, edit])
    assert found.value.code == "programme_invalid"
    assert [pointer for pointer, _, _ in found.value.faults if pointer.startswith(at)]
    assert queries.get(store.current(), cafe.programme_id, draft.id) == draft


def test_a_file_of_another_programme_is_no_draft(cafe):
    changed = Edit("put", "/programme", "other")
    assert refused(drafts.edit, deed(cafe, begin(cafe)), [changed]) == "programme_key_changed"


def test_the_text_keeps_what_it_says_beside_the_rules(cafe):
    draft = begin(cafe)
    drafts.write(deed(cafe, draft), draft.source.replace("rules:", "# our rules\nrules:"))
    changed = drafts.edit(deed(cafe, draft), [DOUBLE])
    assert "# our rules\nrules:" in changed.source
    assert texts.read(changed.source).document["rules"]["base"]["then"][0]["points"]["give"] == 2


def test_a_second_person_looks_at_it(careful):
    draft = drafts.edit(deed(careful, begin(careful)), [DOUBLE])
    assert refused(drafts.publish, deed(careful, draft)) == "draft_not_approved"
    assert refused(drafts.approve, deed(careful, draft, DORA)) == "draft_state_wrong"
    drafts.submit(deed(careful, draft))
    assert refused(drafts.publish, deed(careful, draft)) == "draft_not_approved"
    assert refused(drafts.approve, deed(careful, draft)) == "own_draft"
    assert refused(drafts.send_back, deed(careful, draft, DORA)) == "draft_words_missing"
    drafts.send_back(deed(careful, draft, DORA, why="Too much"))
    drafts.edit(deed(careful, draft, MAYA), [Edit("put", "/rules/base/then/0/points/give", 3)])
    drafts.submit(deed(careful, draft))
    assert refused(drafts.approve, deed(careful, draft, MAYA)) == "own_draft"
    approved = drafts.approve(deed(careful, draft, DORA))
    assert approved.state == "approved"
    assert drafts.publish(deed(careful, draft))[1].number == 2


def test_what_was_approved_is_what_is_published(careful):
    draft = drafts.edit(deed(careful, begin(careful)), [DOUBLE])
    seen = drafts.submit(deed(careful, draft)).revision
    drafts.edit(deed(careful, draft), [Edit("put", "/rules/base/then/0/points/give", 900)])
    assert refused(drafts.approve, deed(careful, draft, DORA, revision=seen)) == "draft_changed"
    drafts.submit(deed(careful, draft))
    drafts.approve(deed(careful, draft, DORA))
    edited = drafts.edit(deed(careful, draft), [DOUBLE])
    assert edited.state == "open"
    assert refused(drafts.publish, deed(careful, draft)) == "draft_not_approved"


def test_who_drops_the_review_needs_one(careful):
    draft = drafts.edit(deed(careful, begin(careful)), [Edit("remove", "/review")])
    assert refused(drafts.publish, deed(careful, draft)) == "draft_not_approved"


def test_a_draft_of_an_old_version_is_brought_up_to_date(cafe):
    mine = drafts.edit(deed(cafe, begin(cafe)), [DOUBLE])
    visit = {"name": {"en": "Visit"}, "when": "visit", "then": [{"fixed": {"unit": "points", "give": 5}}]}
    theirs = drafts.edit(deed(cafe, begin(cafe)), [Edit("put", "/rules/visit", visit)])
    drafts.publish(deed(cafe, theirs))
    assert refused(drafts.publish, deed(cafe, mine)) == "draft_outdated"
    assert drafts.check(store.current(), cafe.programme_id, mine.id).clashes == ()
    rebased = drafts.rebase(deed(cafe, mine), {})
    assert rebased.base == 2
    _, version = drafts.publish(deed(cafe, mine))
    document = texts.read(version.source).document
    assert list(document["rules"]) == ["base", "visit"]
    assert document["rules"]["base"]["then"][0]["points"]["give"] == 2


@pytest.mark.parametrize(("side", "give"), [("mine", 2), ("theirs", 3)])
def test_what_both_changed_is_told_and_decided(cafe, side, give):
    mine = drafts.edit(deed(cafe, begin(cafe)), [DOUBLE, Edit("put", "/remind_days", [5])])
    theirs = drafts.edit(deed(cafe, begin(cafe)), [Edit("put", "/rules/base/then/0/points/give", 3)])
    drafts.publish(deed(cafe, theirs))
    assert drafts.check(store.current(), cafe.programme_id, mine.id).clashes == ("/rules/base",)
    assert refused(drafts.rebase, deed(cafe, mine), {}) == "draft_clashes"
    rebased = drafts.rebase(deed(cafe, mine), {"/rules/base": side})
    document = texts.read(rebased.source).document
    assert (document["rules"]["base"]["then"][0]["points"]["give"], document["remind_days"]) == (give, [5])


def test_rolling_back_is_a_new_version_with_the_old_content(cafe):
    drafts.publish(deed(cafe, drafts.edit(deed(cafe, one := begin(cafe)), [DOUBLE]) and one))
    back = begin(cafe, content_of=1)
    assert (back.base, drafts.publish(deed(cafe, back))[1].number) == (2, 3)
    one, _, three = programmes.all_versions(store.current(), cafe.programme_id)
    assert one.digest == three.digest
    assert refused(begin, cafe, content_of=9) == "version_unknown"


def test_what_ended_moves_no_more(cafe):
    draft = begin(cafe)
    assert refused(drafts.publish, deed(cafe, draft)) == "draft_unchanged"
    assert refused(drafts.submit, deed(cafe, draft)) == "draft_unchanged"
    assert drafts.edit(deed(cafe, draft), [Edit("put", "/zone", "Europe/Sofia")]) == draft
    drafts.discard(deed(cafe, draft))
    for verb in (drafts.submit, drafts.approve, drafts.discard, drafts.publish):
        assert refused(verb, deed(cafe, draft, DORA)) == "draft_state_wrong"
    assert refused(drafts.edit, deed(cafe, draft), [DOUBLE]) == "draft_state_wrong"
    assert numbers(cafe) == [1]


def test_drafts_of_another_programme_are_not_there(cafe):
    draft = begin(cafe)
    assert refused(drafts.submit, deed(Shop(), draft)) == "draft_unknown"


NAME = Edit("put", "/name", {"en": "Aurora"})


def put(cafe, *made, actor=EMIL, known=(), seen=1):
    return drafts.put(made, programme_id=cafe.programme_id, title="Form", actor=actor, now=NOW, seen=seen, known=known)


def test_a_form_goes_on_in_the_draft_that_was_begun_after_it_was_read(cafe):
    draft, there = put(cafe, DOUBLE)
    assert not there and [one.verb for one in queries.steps(store.current(), cafe.programme_id, draft.id)] == [
        "begin", "edit",
    ]  # fmt: skip
    joined, there = put(cafe, NAME, actor=DORA)
    assert there and (joined.id, joined.revision, joined.by) == (draft.id, 3, "Emil")
    assert "give: 2" in joined.source and "Aurora" in joined.source
    again, there = put(cafe, NAME, actor=DORA)  # sent twice
    assert there and again.revision == 3
    other, there = put(cafe, NAME, actor=DORA, known=[draft.id])  # who knew of it means another one
    assert not there and other.id != draft.id


def test_what_a_draft_changes_the_same_is_told_and_not_written_over(cafe):
    draft, _ = put(cafe, DOUBLE)
    assert refused(put, cafe, Edit("put", DOUBLE.path, 9), actor=DORA) == "draft_begun"
    assert queries.get(store.current(), cafe.programme_id, draft.id) == draft
    assert len(queries.page(store.current(), cafe.programme_id, after=ids.NIL, most=9)) == 1


def test_nothing_comes_into_a_draft_that_others_look_at_or_that_rolls_back(cafe):
    drafts.submit(deed(cafe, put(cafe, DOUBLE)[0]))
    drafts.publish(deed(cafe, put(cafe, NAME)[0]))
    rolling = begin(cafe, content_of=1)
    draft, there = put(cafe, DOUBLE, seen=2)
    assert not there and draft.id != rolling.id and draft.base == 2


def test_a_form_that_is_wrong_leaves_no_draft_behind(cafe):
    assert refused(put, cafe, Edit("put", "/rules/base/then/0/points/give", "many")) == "programme_invalid"
    assert refused(put, cafe, NAME, seen=2) == "draft_outdated"
    assert queries.page(store.current(), cafe.programme_id, after=ids.NIL, most=9) == []


def test_a_draft_of_a_host_whose_clock_is_behind_is_gone_on_in_all_the_same(cafe, monkeypatch):
    other = begin(cafe)  # which the form has seen
    early = ids.NIL[:-1] + "1"
    monkeypatch.setattr(drafts.ids, "new", lambda: early)
    behind, there = put(cafe, DOUBLE, known=[other.id])
    assert not there and behind.id == early < other.id
    monkeypatch.undo()
    joined, there = put(cafe, NAME, actor=DORA, known=[other.id])
    assert there and joined.id == behind.id


def test_a_form_of_an_older_version_comes_into_no_draft_that_is_outdated_too(cafe):
    draft, _ = put(cafe, DOUBLE)
    newer, _ = put(cafe, NAME, known=[draft.id])
    drafts.publish(deed(cafe, newer))
    assert refused(put, cafe, Edit("put", "/name", {"en": "Night"}), actor=DORA) == "draft_outdated"
    assert queries.get(store.current(), cafe.programme_id, draft.id) == draft


def test_what_the_same_person_brings_twice_is_one_draft(cafe):
    base = begin(cafe)
    drafts.publish(deed(cafe, drafts.edit(deed(cafe, base), [DOUBLE])))
    file = queries.get(store.current(), cafe.programme_id, base.id).source + "\n# by hand\n"
    for more in ({"content_of": 1}, {"source": file}):
        first, second = (bring(cafe, **more) for _ in range(2))
        assert first == second
        assert bring(cafe, actor=DORA, **more).id != first.id  # of somebody else it is meant otherwise
        drafts.edit(deed(cafe, first), [NAME])
        assert bring(cafe, **more).id != first.id  # it says something else by now
    assert len(queries.of_base(store.current(), cafe.programme_id, 2)) == 6


def bring(cafe, actor=EMIL, **more):
    return drafts.bring(programme_id=cafe.programme_id, title="Whole", actor=actor, now=NOW, **more)
