"""What was reserved in which lot when, put together from holds, their steps and their burns."""

from guerdon.core.ledger import Take
from guerdon.insight.verify.accounts import Account, Move, Part, Step


def moves(account: Account) -> list[Move]:
    """Everything that reserved points or set them free, by the number of the entry; put together once."""
    if account.moves is None:
        account.moves = _put_together(account)
        for move in account.moves:
            for name in {take.lot for take in move.takes} | ({move.step.activity_id} if move.step else set()):
                account.moves_of.setdefault(name, []).append(move)
    return account.moves


def moves_by(account: Account, activity_id: str) -> list[Move]:
    """Those that an entry of the journal made."""
    moves(account)
    return account.moves_of.get(activity_id, [])


def _of_lot(account: Account, lot_id: str) -> list[Move]:
    moves(account)
    return account.moves_of.get(lot_id, [])


def _put_together(account: Account) -> list[Move]:
    found: list[Move] = []
    parts: dict[str, list[Part]] = {}
    steps: dict[str, list[Step]] = {}
    for part in sorted(account.parts, key=lambda one: one.place):
        parts.setdefault(part.hold_id, []).append(part)
    for step in sorted(account.steps, key=lambda one: one.seq):
        steps.setdefault(step.hold_id, []).append(step)
    for hold in account.holds:
        left = {part.lot_id: part.amount for part in parts.get(hold.id, ())}
        found.append(Move(hold.seq, hold, None, _takes(left), 1))
        for step in steps.get(hold.id, ()):
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
        for move in _of_lot(account, lot_id)
        if move.seq < before
        for take in move.takes
        if take.lot == lot_id
    )


def freed(account: Account, lot_id: str) -> set[int]:
    """The instants at which points of the lot were no longer reserved without being taken."""
    return {move.step.at for move in _of_lot(account, lot_id) if move.step is not None and not move.captured}


def _takes(points: dict[str, int]) -> tuple[Take, ...]:
    return tuple(Take(lot, part) for lot, part in points.items() if part)
