"""What time alone does to an account: holds end, debts are repaid, points expire or are cancelled (LAW 4.3, 5)."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final, Literal

import msgspec

from guerdon.core import ledger
from guerdon.core.holds import Hold
from guerdon.core.ledger import Lot, Take

Kind = Literal["free", "repay", "cancel", "expire"]
ORDER: Final[dict[Kind, int]] = {"free": 0, "repay": 1, "cancel": 2, "expire": 3}


class Due(msgspec.Struct, frozen=True):
    """What time has done at an instant: a hold's points became free, points went into a debt or died."""

    kind: Kind
    at: datetime
    takes: tuple[Take, ...]
    hold: str | None = None  # whose points became free

    @property
    def points(self) -> int:
        return sum(take.points for take in self.takes)


def due(lots: Iterable[Lot], debt: int, holds: Sequence[Hold] = (), *, at: datetime) -> list[Due]:
    """All that time has done by the instant and nobody has booked: holds that ended, debts repaid, points dead.

    The lots are those left since the account was last touched, when everything available went into the debt. So it
    does not matter how late this is asked, nor whether a lot that vested, or was held, has expired since. Each part
    bears its own instant; they come in the order in which they are booked.
    """
    lots = list(lots)
    ended = [hold for hold in holds if hold.ends_at <= at]
    free = {lot.id: lot.free for lot in lots}
    instants = {lot.available_at for lot in lots if lot.available_at <= at}
    instants |= {lot.expires_at for lot in lots if lot.expires_at is not None and lot.expires_at <= at}
    instants |= {hold.ends_at for hold in ended}
    found: list[Due] = []
    for instant in sorted(instants):
        freed: set[str] = set()
        for hold in sorted((hold for hold in ended if hold.ends_at == instant), key=lambda hold: hold.id):
            found.append(Due("free", instant, hold.parts, hold.id))
            for part in hold.parts:
                free[part.lot] += part.points
                freed.add(part.lot)
        fresh = [lot for lot in lots if (lot.available_at == instant or lot.id in freed) and not lot.lapsed(instant)]
        takes = _draw(fresh, free, debt)
        debt -= sum(take.points for take in takes)
        found += [Due("repay", instant, takes)] if takes else []
        dead = [lot for lot in lots if lot.expires_at == instant or (lot.id in freed and lot.lapsed(instant))]
        for kind, of_kind in by_kind(dead).items():
            takes = _draw(of_kind, free, ledger.NO_LIMIT * len(of_kind))
            found += [Due(kind, instant, takes)] if takes else []
    return sorted(found, key=lambda one: ORDER[one.kind])


def by_kind(dead: Iterable[Lot]) -> dict[Kind, list[Lot]]:
    """Lots at their end, by what becomes of them: points that waited for an activity were never anybody's (LAW 5.3)."""
    kinds: dict[Kind, list[Lot]] = {}
    for lot in dead:
        kinds.setdefault("cancel" if lot.waits else "expire", []).append(lot)
    return dict(sorted(kinds.items(), key=lambda one: ORDER[one[0]]))


def _draw(lots: Iterable[Lot], free: dict[str, int], points: int) -> tuple[Take, ...]:
    """Draw up to so many free points from the lots, first expiring first."""
    takes: list[Take] = []
    for lot in ledger.in_order(lots):
        part = min(points, free[lot.id])
        if part:
            takes.append(Take(lot.id, part))
            free[lot.id] -= part
            points -= part
    return tuple(takes)
