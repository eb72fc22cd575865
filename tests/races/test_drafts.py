"""Two people at the same draft, or at two drafts of one version, at the same moment."""

import threading
from contextlib import suppress

import pytest

from guerdon.core.edits import Edit
from guerdon.core.errors import Refusal
from guerdon.engine import drafts
from guerdon.engine.adjust import Actor
from guerdon.features.drafts import actions, queries
from guerdon.features.programmes import actions as programmes_actions
from guerdon.features.programmes import queries as programmes
from guerdon.kit import ids, store
from guerdon.kit.store import Statement
from tests import effort, shop
from tests.races import crowd
from tests.shop import Shop

NOW = shop.moment("2026-01-05")
RIVALS = effort.times(4, 12)


def begun(cafe, give):
    """A draft that changes one number."""
    draft = drafts.begin(programme_id=cafe.programme_id, title="x", actor=Actor("Emil", "e"), now=NOW)
    return drafts.edit(deed(cafe, draft), [Edit("put", "/rules/base/then/0/points/give", give)])


def first(cafe, path, value, who, known=()):
    """What a form saves that was read while no draft was open."""
    return drafts.put(
        [Edit("put", path, value)], programme_id=cafe.programme_id, title=f"by {who}", actor=Actor(who, who), now=NOW,
        seen=1, known=known,
    )  # fmt: skip


def of_two_firsts(cafe, monkeypatch, known=()):
    """Two forms that are saved at once; the drafts there are then, and what the two were answered."""
    meeting(monkeypatch, 2)
    wanted = (("/name", {"en": "Aurora"}, "emil"), ("/rules/base/then/0/points/give", 7, "mara"))
    results = crowd.together([lambda one=one: first(cafe, *one, known) for one in wanted])
    return queries.page(store.current(), cafe.programme_id, after=ids.NIL, most=9), results


def deed(cafe, draft, who=0, revision=None):
    return drafts.Deed(cafe.programme_id, draft.id, Actor(f"Maya {who}", f"m{who}"), NOW, revision)


def meeting(monkeypatch, rivals):
    """Let the rivals meet after each has decided and before any has written."""
    put, barrier = actions.put, threading.Barrier(rivals)

    def together(*facts):
        with suppress(threading.BrokenBarrierError):
            barrier.wait(crowd.MEETING_SECONDS)
        put(*facts)

    monkeypatch.setattr(actions, "put", together)


def test_of_two_drafts_of_one_version_one_is_published(database, monkeypatch):
    cafe = Shop()
    found = [begun(cafe, give) for give in range(2, 2 + RIVALS)]
    meeting(monkeypatch, 2)
    results = crowd.together([lambda one=one: drafts.publish(deed(cafe, one)) for one in found])
    assert sorted(one.code for one in results if isinstance(one, Refusal)) == ["draft_outdated"] * (RIVALS - 1)
    assert len(programmes.all_versions(store.current(), cafe.programme_id)) == 2


@pytest.mark.parametrize("_", range(effort.times(2, 10)))
def test_two_who_save_where_no_draft_is_open_make_one(database, monkeypatch, _):
    cafe = Shop()
    (draft,), results = of_two_firsts(cafe, monkeypatch)
    assert sorted(there for _, there in results) == [False, True]
    assert {row.id for row, _ in results} == {draft.id}
    programme = drafts.valid(draft.source)
    assert programme.name["en"] == "Aurora" and "give: 7" in draft.source


def test_two_hosts_whose_clocks_are_behind_make_one_too(database, monkeypatch):
    cafe = Shop()
    with monkeypatch.context() as ahead:
        ahead.setattr(drafts.ids, "new", lambda: "f" * 32)  # of a host whose clock is ahead of theirs
        known = begun(cafe, 2).id
    found, results = of_two_firsts(cafe, monkeypatch, known=[known])
    assert sorted(there for _, there in results) == [False, True]
    assert [one.id for one in found] == [results[0][0].id, known]


@crowd.control
def test_without_the_lock_each_makes_their_own(database, monkeypatch):
    """The control."""
    crowd.unlock(monkeypatch)
    monkeypatch.setattr(programmes_actions, "_LOCK", Statement("SELECT id FROM programmes_programme WHERE id = :id"))
    found, _ = of_two_firsts(Shop(), monkeypatch)
    assert len(found) == 2


def test_of_two_who_saw_the_same_revision_one_edits(database, monkeypatch):
    cafe = Shop()
    draft = begun(cafe, 2)
    meeting(monkeypatch, 2)
    edits = [Edit("put", "/rules/base/then/0/points/give", 10 + place) for place in range(RIVALS)]
    results = crowd.together(
        [lambda one=one: drafts.edit(deed(cafe, draft, revision=draft.revision), [one]) for one in edits]
    )
    assert sorted(one.code for one in results if isinstance(one, Refusal)) == ["draft_changed"] * (RIVALS - 1)
    assert len(queries.steps(store.current(), cafe.programme_id, draft.id)) == 3


@pytest.mark.parametrize("_", range(effort.times(2, 10)))
def test_published_or_discarded_and_never_both(database, monkeypatch, _):
    cafe = Shop()
    draft = begun(cafe, 2)
    meeting(monkeypatch, 2)
    results = crowd.together([lambda: drafts.publish(deed(cafe, draft)), lambda: drafts.discard(deed(cafe, draft))])
    assert [one.code for one in results if isinstance(one, Refusal)] == ["draft_state_wrong"]
    state = queries.get(store.current(), cafe.programme_id, draft.id).state
    versions = len(programmes.all_versions(store.current(), cafe.programme_id))
    assert (state, versions) in (("published", 2), ("discarded", 1))


@crowd.control
def test_without_locks_both_happen(database, monkeypatch):
    """The control: only the key of the steps is left, over which one of them falls."""
    crowd.unlock(monkeypatch)
    monkeypatch.setattr(queries, "LOCK", queries._GET)
    monkeypatch.setattr(programmes_actions, "_LOCK", Statement("SELECT id FROM programmes_programme WHERE id = :id"))
    stumbles = crowd.stumbles(monkeypatch)
    cafe = Shop()
    draft = begun(cafe, 2)
    meeting(monkeypatch, 2)
    results = crowd.together([lambda: drafts.publish(deed(cafe, draft)), lambda: drafts.discard(deed(cafe, draft))])
    assert stumbles or any(isinstance(one, BaseException) and not isinstance(one, Refusal) for one in results)


def test_a_file_that_is_sent_twice_at_once_is_one_draft(database, monkeypatch):
    cafe = Shop()
    source = drafts.source_of(programmes.latest(store.current(), cafe.programme_id).versions[0]) + "\n# once\n"
    wanted = {"programme_id": cafe.programme_id, "title": "Whole", "actor": Actor("Emil", "e"), "now": NOW}
    meeting(monkeypatch, 2)
    results = crowd.together([lambda: drafts.bring(**wanted, source=source)] * RIVALS)
    (draft,) = queries.page(store.current(), cafe.programme_id, after=ids.NIL, most=9)
    assert {one.id for one in results} == {draft.id}
