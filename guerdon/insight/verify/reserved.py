"""What was reserved in which lot when, put together from holds, their steps and their burns."""

import msgspec

from guerdon.core.ledger import Take
from guerdon.insight.verify.accounts import Account, Hold, Step


class Move(msgspec.Struct, gc=False):
    """Points of a lot that were reserved (+), or were no longer (−), by an entry of the journal."""

    seq: int
    hold: Hold
    step: Step | None  # None when the hold was made
    takes: tuple[Take, ...]
    sign: int
    captured: bool = False


def moves(account: Account) -> list[Move]:
    """Everything that reserved points or set them free, by the number of the entry."""
    if not account.holds:
        return []
    found: list[Move] = []
    for hold in account.holds:
        parts = sorted((one for one in account.parts if one.hold_id == hold.id), key=lambda one: one.place)
        left = {part.lot_id: part.amount for part in parts}
        found.append(Move(hold.seq, hold, None, _takes(left), 1))
        steps = sorted((one for one in account.steps if one.hold_id == hold.id), key=lambda one: one.seq)
        for step in steps:
            taken = captured(account, step)
            if taken:
                found.append(Move(step.seq, hold, step, _takes(taken), -1, captured=True))
                for lot, points in taken.items():
                    left[lot] = left.get(lot, 0) - points
            if step.released or step.expired:
                found.append(Move(step.seq, hold, step, _takes(left), -1))
                left = {}
    return sorted(found, key=lambda one: one.seq)


def captured(account: Account, step: Step) -> dict[str, int]:
    """What the burn of a capture took, by lot."""
    taken: dict[str, int] = {}
    for posting in account.caused.get(step.activity_id, ()) if step.kind == "capture" else ():
        for take in account.allocated.get(posting.id, ()) if posting.kind == "burn" else ():
            taken[take.lot_id] = taken.get(take.lot_id, 0) + take.amount
    return taken


def held(account: Account, lot_id: str, *, before: int) -> int:
    """What was reserved in a lot when an entry was made."""
    return sum(
        move.sign * take.points
        for move in moves(account)
        if move.seq < before
        for take in move.takes
        if take.lot == lot_id
    )


def freed(account: Account, lot_id: str) -> set[int]:
    """The instants at which points of the lot were no longer reserved without being taken."""
    return {
        move.step.at
        for move in moves(account)
        if move.step is not None and not move.captured and any(take.lot == lot_id for take in move.takes)
    }


def _takes(points: dict[str, int]) -> tuple[Take, ...]:
    return tuple(Take(lot, part) for lot, part in points.items() if part)
