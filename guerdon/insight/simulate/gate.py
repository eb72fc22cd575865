"""The equality gate: the published programmes replayed are the books to the point, or there is no forecast at all."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from guerdon.core import errors
from guerdon.insight.simulate.answers import Gate
from guerdon.insight.simulate.history import History, Whole
from guerdon.insight.simulate.runs import Run
from guerdon.kit import ids

WHAT_IF_DIFFERS = errors.declare(
    "clash", "what_if_differs", "members", "member", "unit", "of", "month", "ledger", "replay"
)
FLOWS = ("issued", "redeemed", "expired", "outstanding")


class Difference(NamedTuple):
    """What a member has by the books and by the replay, in the smallest steps of the unit."""

    member: str
    unit: str
    of: str
    month: str
    ledger: int
    replay: int


def differences(history: History, run: Run) -> Iterator[Difference]:
    """Every cell in which the replay is not what the books say, the first month of each member first."""
    for of, unit, ledger, replay in _cells(history, run):
        for member, month in np.argwhere(ledger != replay).tolist():
            yield Difference(
                history.people[member].account, unit, of, history.months[month], int(ledger[member, month]),
                int(replay[member, month]),
            )  # fmt: skip


def check(history: History, run: Run) -> Gate:
    """How many members, postings and points are equal: all. Raises `what_if_differs` with the first that is not."""
    wrong = np.zeros(len(history.people), dtype=np.bool_)
    for _, _, ledger, replay in _cells(history, run):
        wrong |= (ledger != replay).any(axis=1)
    if wrong.any():
        first = next(differences(history, run))
        raise WHAT_IF_DIFFERS(
            members=int(wrong.sum()), member=ids.show("member", first.member), unit=first.unit, of=first.of,
            month=first.month, ledger=first.ledger, replay=first.replay,
        )  # fmt: skip
    issued = sum(int(flow.sum()) for flow in history.ledger.issued.values())
    return Gate(members=len(history.people), postings=history.ledger.postings, points=issued)


def _cells(history: History, run: Run) -> Iterator[tuple[str, str, Whole, Whole]]:
    """What is compared, as arrays of [member, month]; a unit that the books do not know must have nothing."""
    for of in FLOWS:
        books: dict[str, Whole] = getattr(history.ledger, of)
        for unit, flow in run.flows.items():
            replay: Whole = getattr(flow, of)
            yield of, unit, books.get(unit, np.zeros_like(replay)), replay
