"""Two who give staff another role at the same moment: one of them, each having seen the one before, or each other."""

import threading
from contextlib import suppress

from guerdon.core.errors import Refusal
from guerdon.engine import staff
from guerdon.features.users import actions, queries
from guerdon.kit import ids, store
from guerdon.kit.audit import Actor
from tests import shop
from tests.races import crowd
from tests.shop import Shop

NOW = shop.moment("2026-01-05")
BY = Actor("operator", "test")
ROLES = ("support", "finance")


def invited(monkeypatch):
    """How many invitations to one address are open after two who invite at once; they meet before either writes."""
    cafe, invite, barrier = Shop(), actions.invite, threading.Barrier(2)
    staff.appoint(
        programme_id=cafe.programme_id, email=f"{ids.new()}@x.example", name="Emil", role="owner", by=BY, now=NOW
    )

    def together(*facts, **more):
        with suppress(threading.BrokenBarrierError):
            barrier.wait(crowd.MEETING_SECONDS)
        return invite(*facts, **more)

    monkeypatch.setattr(actions, "invite", together)
    told = {"programme_id": cafe.programme_id, "email": "dora@aurora.example", "name": "Dora", "by": BY, "now": NOW}
    crowd.together([lambda role=role: staff.invite(role=role, **told) for role in ROLES])
    return len(queries.invitations(store.current(), cafe.programme_id))


def test_of_two_who_invite_one_address_at_once_one_invitation_counts(database, monkeypatch):
    assert invited(monkeypatch) == 1


@crowd.control
def test_without_the_lock_both_invitations_stay(database, monkeypatch):
    """The control."""
    with monkeypatch.context() as patch:
        crowd.unlock(patch)
        patch.setattr(queries, "_LOCK_OWNERS", queries._OWNERS_NOW)
        assert invited(patch) == 2


def changed(monkeypatch):
    """What became of two who saw a cashier; they meet after each has looked and before any has written."""
    cafe, appoint, barrier = Shop(), actions.appoint, threading.Barrier(2)
    dora = staff.appoint(
        programme_id=cafe.programme_id, email=f"{ids.new()}@x.example", name="Dora", role="cashier", by=BY, now=NOW
    )

    def together(*facts, **more):
        with suppress(threading.BrokenBarrierError):
            barrier.wait(crowd.MEETING_SECONDS)
        appoint(*facts, **more)

    monkeypatch.setattr(actions, "appoint", together)
    deeds = [
        lambda role=role: staff.change(
            programme_id=cafe.programme_id, user_id=dora, role=role, by=BY, reason="", now=NOW, seen="cashier"
        )
        for role in ROLES
    ]
    results = crowd.together(deeds)
    return [one.code for one in results if isinstance(one, Refusal)], queries.one(
        store.current(), cafe.programme_id, dora
    )


def test_of_two_who_saw_the_same_role_one_changes_it(database, monkeypatch):
    refused, dora = changed(monkeypatch)
    assert refused == ["staff_changed"] and dora.role in ROLES


@crowd.control
def test_without_the_lock_the_second_is_told_nothing(database, monkeypatch):
    """The control."""
    with monkeypatch.context() as patch:
        crowd.unlock(patch)
        patch.setattr(queries, "_LOCK", queries._ONE)
        patch.setattr(queries, "_LOCK_OWNERS", queries._OWNERS_NOW)
        refused, _ = changed(patch)
    assert refused == []


def owners_of(cafe, *names):
    """Users of these names who own the programme; their ids."""
    owning = {"programme_id": cafe.programme_id, "role": "owner", "by": BY, "now": NOW}
    return [staff.appoint(email=f"{ids.new()}@x.example", name=name, **owning) for name in names]


def parted(monkeypatch, cafe, one, other):
    """Two owners who take the role of each other; they meet after each has locked the other, if they can."""
    lock, barrier = queries.lock, threading.Barrier(2)

    def together(*facts, **more):
        found = lock(*facts, **more)
        with suppress(threading.BrokenBarrierError):
            barrier.wait(crowd.MEETING_SECONDS)
        return found

    monkeypatch.setattr(queries, "lock", together)
    to_other = {"programme_id": cafe.programme_id, "by": BY, "reason": "", "now": NOW, "seen": "owner"}
    deeds = [
        lambda: staff.change(user_id=one, role="support", **to_other),
        lambda: staff.end(user_id=other, **to_other),
    ]
    results = crowd.together(deeds)
    assert all(found is None or isinstance(found, Refusal) for found in results), results
    return [found.code for found in results if found is not None]


def test_owners_who_take_the_role_of_each_other_wait_in_turn(database, monkeypatch):
    cafe = Shop()
    first, second, third = owners_of(cafe, "Dora", "Emil", "Ann")
    stumbled = crowd.stumbles(monkeypatch)
    assert parted(monkeypatch, cafe, first, second) == []
    assert stumbled == [] and queries.owners(store.current(), cafe.programme_id) == {third}


def test_of_two_owners_who_take_the_role_of_each_other_one_stays(database, monkeypatch):
    cafe = Shop()
    both = owners_of(cafe, "Dora", "Emil")
    assert parted(monkeypatch, cafe, *both) == ["staff_last_owner"]
    assert len(queries.owners(store.current(), cafe.programme_id)) == 1
