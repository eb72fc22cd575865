"""Points and debts pass between two accounts that are one to somebody: merged members, a household and its persons."""

from typing import Final

from guerdon.core import ledger
from guerdon.core.activities import Activity, Member
from guerdon.core.decisions import Decision, Moved
from guerdon.core.ledger import Passing, Take
from guerdon.core.standing import Standing
from guerdon.engine import entries
from guerdon.engine.batch import Batch
from guerdon.features.ledger.actions import Cause
from guerdon.kit import ids

# By the way: the kinds of the two entries, of who gives and of who takes.
FOLLOWING: Final[dict[Passing, tuple[str, str]]] = {"merge": ("merged", "merge"), "pool": ("pooling_out", "pooling_in")}
SOURCES: Final[dict[Passing, str]] = {"merge": "merge", "pool": "household"}


def pass_on(batch: Batch, way: Passing, giver: Cause, taker: Cause, unit: str, lots: list[ledger.Lot]) -> int:
    """Move what is free of the lots to the account of the other; answers how many points."""
    takes = [Take(lot.id, lot.free) for lot in ledger.in_order(lots)]
    if not takes:
        return 0
    return batch.books.pass_on(way, giver=giver, taker=taker, unit=unit, takes=takes, at=batch.now)


def take_over(batch: Batch, way: Passing, unit: str, points: int, *, debtor: Cause, taker: Cause) -> None:
    """Let another account owe a debt: the house lends it to the one, who passes it on, and the other repays it."""
    loan = batch.books.lend(taker, unit=unit, points=points)
    batch.books.pass_on(way, giver=taker, taker=debtor, unit=unit, takes=(loan,), at=batch.now)
    repaid = batch.books.repay(debtor, unit=unit)
    assert repaid == points, "a debtor who has points had not repaid before"
    batch.owes(taker.account_id)


def follow(batch: Batch, way: Passing, *, goes: str, stays: Standing) -> None:
    """Let what has come to an account that leads to another one follow the rest of its points, by entries of its own.

    The lots of both accounts must be in the batch's hands.
    """
    assert goes != stays.account_id, "an account follows another one"
    at_goes = Cause(goes, ids.new(), batch.next_seq(), batch.now)
    at_stays = batch.cause(stays)
    moved: list[Moved] = []
    for purse in batch.books.purses_of(goes):
        lots = [lot for lot in batch.books.lots(goes, purse.unit) if lot.remaining]
        points = pass_on(batch, way, at_goes, at_stays, purse.unit, lots)
        if points:
            moved.append(Moved(purse.unit, points))
    if moved:
        repaid = batch.settle_debts(at_stays)
        version = batch.lawbook.at(batch.now).version
        gives, takes = FOLLOWING[way]
        enter(batch, way, gives, at_goes, at_stays, Decision(version=version, moved=tuple(moved)))
        enter(batch, way, takes, at_stays, at_goes, Decision(version=version, moved=tuple(moved), repaid=repaid))


def enter(batch: Batch, way: Passing, kind: str, cause: Cause, other: Cause, decision: Decision) -> str:
    """Enter into a journal that points came from the other account, or went there; answers the entry's id."""
    activity = Activity(
        kind=kind,
        source=SOURCES[way],
        external_id=cause.activity_id,
        occurred_at=batch.now,
        member=Member(id=ids.show("member", cause.person_id or cause.account_id)),
        facts={"other": ids.show("member", other.account_id)},
    )
    entries.enter(batch, activity, cause, decision)
    return cause.activity_id
