"""What is given back and undone stands in the book of who did what: no entry without the deed, no deed without it."""

from typing import Any

import pytest

from guerdon.engine import cancel, redemptions, undo
from guerdon.engine.batch import Batch
from guerdon.features.activities import queries as activities
from guerdon.kit import audit, ids, store
from tests import shop
from tests.engine.catalogue import COFFEE, cafe, has, redeem, refused, settle
from tests.shop import DORA, Shop

NOON = shop.moment("2026-02-01T13:00")


class Crash(Exception):
    """The process ends here."""


def book(made: Shop) -> list[tuple[Any, ...]]:
    """The lines of the book, the first one first."""
    lines = audit.page(store.current(), made.programme_id, most=100)
    return [
        (one.actor, one.action, one.about, one.before, one.after, one.reason)
        for one in reversed(lines)
        if one.action != "programme.published"
    ]


def give_up(made: Shop, got: Any, **more: Any) -> Any:
    told = {"programme_id": made.programme_id, "found": [has(made, got)], "deed": "cancel", "by": DORA, "now": NOON}
    return redemptions.settle_many(**(told | more))[0]


@pytest.fixture
def made(database) -> Shop:
    return cafe(coffee=COFFEE)


def test_a_redemption_that_is_given_back_stands_there_once(made):
    got = redeem(made, "coffee")
    id = ids.show("redemption", shop.taken(got).activity_id)
    assert not isinstance(give_up(made, got, dry_run=True), Exception) and book(made) == []
    shop.taken(give_up(made, got, reason="The machine is broken"))
    assert shop.taken(give_up(made, got, reason="Again")).replayed
    assert book(made) == [
        (
            DORA, "redemption.cancel", id, '{"state":"confirmed"}', '{"state":"cancelled"}', "The machine is broken",
        )
    ]  # fmt: skip


def test_every_step_of_a_person_stands_there_and_none_of_time_alone(made):
    first, second = redeem(made, "coffee", reserve=True), redeem(made, "coffee", "ben", reserve=True)
    shop.taken(settle(made, first, "confirm", "2026-02-01T12:05"))
    shop.taken(settle(made, first, "fulfil", "2026-02-01T12:06"))
    refused(settle(made, first, "cancel", "2026-02-01T12:07"), "redemption_ended")
    shop.taken(give_up(made, second, deed="expire", by=None))
    assert [line[1:5:2] for line in book(made)] == [
        ("redemption.confirm", '{"state":"reserved"}'),
        ("redemption.fulfil", '{"state":"confirmed"}'),
    ]


def test_a_purchase_and_a_burn_that_are_undone_stand_there_once(made):
    bought = made.buy("ann", 1_000, "2026-02-01")
    burned = shop.taken(made.burn("ann", 30, "2026-02-01"))
    for one in (bought, burned, bought):
        told = undo.undo(
            programme_id=made.programme_id, activity_id=one.activity_id, now=NOON, by=DORA, reason="A slip"
        )
        shop.taken(told)
    assert book(made) == [
        (DORA, "purchase.undo", ids.show("activity", bought.activity_id), None, None, "A slip"),
        (DORA, "burn.cancel", ids.show("burn", burned.activity_id), None, None, "A slip"),
    ]


def test_a_burn_that_is_cancelled_stands_there(made):
    burned = shop.taken(made.burn("ann", 30, "2026-02-01"))
    found = activities.one(store.current(), made.programme_id, burned.activity_id)
    wanted = [cancel.Cancellation(found, DORA, 10), cancel.Cancellation(found, DORA, 900)]
    done, not_done = cancel.cancel_many(programme_id=made.programme_id, cancellations=wanted, now=NOON)
    shop.taken(done)
    refused(not_done, "cancelled_too_much")
    assert [line[1] for line in book(made)] == ["burn.cancel"]


def deeds(made: Shop) -> list[Any]:
    got, bought = redeem(made, "coffee"), made.buy("ann", 1_000, "2026-02-01")
    undone = {"programme_id": made.programme_id, "activity_id": bought.activity_id, "now": NOON, "by": DORA}
    return [lambda: give_up(made, got), lambda: undo.undo(**undone)]


def test_whoever_crashes_before_the_end_leaves_neither_the_deed_nor_its_line(made, monkeypatch):
    every = deeds(made)
    before, commit = made.amounts("ann", "2026-02-01T13:00"), Batch.commit

    def crash(batch: Batch) -> None:
        commit(batch)
        raise Crash

    with monkeypatch.context() as broken:
        broken.setattr(Batch, "commit", crash)
        for deed in every:
            with pytest.raises(Crash):
                deed()
    assert book(made) == [] and made.amounts("ann", "2026-02-01T13:00") == before
    for deed in every:
        shop.taken(deed())
    assert [line[1] for line in book(made)] == ["redemption.cancel", "purchase.undo"]
    assert made.amounts("ann", "2026-02-01T13:00") != before


def test_what_the_book_does_not_take_is_not_done(made, monkeypatch):
    every = deeds(made)
    before, row = made.amounts("ann", "2026-02-01T13:00"), audit.row
    with monkeypatch.context() as broken:
        broken.setattr(audit, "row", lambda **told: (*row(**told)[:-1], None))
        for deed in every:
            with pytest.raises(Exception, match=r"(?i)null"):
                deed()
    assert book(made) == [] and made.amounts("ann", "2026-02-01T13:00") == before
