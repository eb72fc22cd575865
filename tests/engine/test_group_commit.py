"""Group commit: who arrives together shares a transaction, nobody waits for company, and trouble stays where it is."""

import asyncio
from datetime import UTC, datetime

import psycopg
import pytest

from guerdon.core import limits
from guerdon.core.activities import Activity, Member
from guerdon.core.decisions import Decision
from guerdon.core.ledger import INSUFFICIENT_POINTS
from guerdon.engine import group_commit
from guerdon.engine.batch import Outcome, Told
from guerdon.engine.group_commit import GroupCommit
from guerdon.kit.store import DATABASE_BUSY

AT = datetime(2026, 1, 5, tzinfo=UTC)


def told(name):
    return Told(Activity(kind="visit", source="door", external_id=str(name), occurred_at=AT, member=Member(id="x")))


class Book:
    """Notes the groups it is given; refuses, breaks or is away when it finds certain names in them."""

    def __init__(self):
        self.groups = []

    def record(self, *, programme_id, told, now, dry_run=False):
        names = [one.activity.external_id for one in told]
        self.groups.append(names)
        if "away" in names:
            raise psycopg.OperationalError("gone")
        if "busy" in names:
            raise DATABASE_BUSY(retry_after_seconds=1)
        if any(name.startswith("poison") for name in names):
            raise psycopg.errors.CheckViolation("poison")
        return [self._one(one) for one in told]

    def _one(self, one):
        if one.activity.external_id == "poor":
            return INSUFFICIENT_POINTS(unit="points", asked=2, available=1)
        return Outcome(one.activity, "a", "b", 1, AT, Decision(version=1))


def submit(names, *, programmes=("p",), rounds=1):
    """Submit the names from tasks that wake in so many rounds of the loop; answers the groups and the results."""
    book = Book()

    async def one(group, place, name):
        for _ in range(place * rounds // max(1, len(names))):
            await asyncio.sleep(0)
        return await group.submit(programmes[place % len(programmes)], told(name))

    async def play():
        group = GroupCommit(lambda _: AT, book.record)
        tasks = [asyncio.create_task(one(group, place, name)) for place, name in enumerate(names)]
        return await asyncio.gather(*tasks, return_exceptions=True)

    return book.groups, asyncio.run(play())


def test_who_arrives_together_shares_a_transaction():
    groups, results = submit(range(20))
    assert groups == [[str(n) for n in range(20)]]
    assert [result.activity.external_id for result in results] == groups[0]


def test_who_has_been_read_but_not_looked_at_comes_along():
    groups, _ = submit(range(20), rounds=3)
    assert len(groups) <= 2


def test_a_lone_caller_goes_straight_through():
    book = Book()

    async def play():
        group = GroupCommit(lambda _: AT, book.record)
        future = group.submit("p", told(1))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        assert future.done()

    asyncio.run(play())


def test_groups_have_a_bound_and_programmes_their_own():
    groups, _ = submit(range(limits.GROUP_MAX + 5))
    assert [len(group) for group in groups] == [limits.GROUP_MAX, 5]
    groups, _ = submit(range(6), programmes=("p", "q"))
    assert groups == [["0", "2", "4"], ["1", "3", "5"]]


def test_one_refused_activity_harms_nobody():
    _, results = submit(["a", "poor", "b"])
    assert [type(result).__name__ for result in results] == ["Outcome", "Refusal", "Outcome"]


@pytest.mark.parametrize("size", [1, 2, 3, 16, 33])
def test_what_the_database_refuses_stands_alone_in_the_end(size):
    names = [f"n{n}" for n in range(size)] + ["poison"]
    groups, results = submit(names)
    assert [type(result).__name__ for result in results] == ["Outcome"] * size + ["CheckViolation"]
    assert len(groups) <= 2 * (size + 1).bit_length() + 1


@pytest.mark.parametrize(("name", "kind"), [("busy", "Refusal"), ("away", "OperationalError")])
def test_when_the_database_has_no_turn_nobody_is_tried_again(name, kind):
    groups, results = submit(["a", name, "b"])
    assert len(groups) == 1
    assert {type(result).__name__ for result in results} == {kind}


def test_a_caller_who_hung_up_is_recorded_all_the_same():
    book = Book()

    async def play():
        group = GroupCommit(lambda _: AT, book.record)
        gone, there = group.submit("p", told("gone")), group.submit("p", told("there"))
        gone.cancel()
        assert (await there).activity.external_id == "there"

    asyncio.run(play())
    assert book.groups == [["gone", "there"]]


def test_alone_it_is_a_plain_function():
    results = group_commit.record_each(programme_id="p", told=[told("a"), told("poison")], now=AT, record=Book().record)
    assert [type(result).__name__ for result in results] == ["Outcome", "CheckViolation"]
