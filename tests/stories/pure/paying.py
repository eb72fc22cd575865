"""Purchases paid with points, in the pure world: the burn of a tender comes back with what is returned."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from guerdon.core.activities import Activity
from guerdon.core.burns import BURN_BOUND, BURN_SPENT, BURN_UNKNOWN
from guerdon.core.decisions import TenderBack
from guerdon.core.returns import Slice
from tests.stories.pure.cards import Cards
from tests.stories.pure.ground import Account
from tests.stories.worlds import Answer


class Paying(Cards):
    """Purchases paid with points; a tender's burn is what the story calls it."""

    __slots__ = ()

    def cancel(self, burn: str, points: int | None, *, key: str, now: datetime) -> Answer:
        """By hand: one that pays comes back with its order alone."""
        if any(tender.burn == burn for _, told, _ in self.told.values() for tender in told.tenders):
            return Answer(refusal=BURN_BOUND())
        return super().cancel(burn, points, key=key, now=now)

    def _check_paid(self, purchase: Activity, account: Account, now: datetime) -> None:
        paid = [tender.burn for _, told, _ in self.told.values() for tender in told.tenders]
        for tender in purchase.tenders:
            if tender.burn is not None:
                if self.burns.get(tender.burn, ("",))[0] != account.who:
                    raise BURN_UNKNOWN(id=tender.burn)
                if tender.burn in paid:
                    raise BURN_SPENT(id=tender.burn)
                paid.append(tender.burn)
        self._check_cards(purchase, now)

    def _with_points(
        self, purchase: Activity, before: Sequence[Slice], money: Sequence[int], back: Sequence[TenderBack]
    ) -> tuple[TenderBack, ...]:
        """A share of the burn's points, as large as that of the tender's money that is back by now."""
        told: list[TenderBack] = []
        for place, (tender, one) in enumerate(zip(purchase.tenders, back, strict=True)):
            if tender.burn is not None:
                _, unit, takes = self.burns[tender.burn]
                whole = sum(take.points for take in takes)
                share = whole * money[place] // tender.amount - sum(part.points[place] for part in before)
                points = max(0, min(share, whole - self.given_back.get(tender.burn, 0)))
                told.append(msgspec.structs.replace(one, points=points, unit=unit))
            else:
                told.append(one)
        return tuple(told)

    def _pay_back(self, purchase: Activity, back: Sequence[TenderBack], key: str, now: datetime) -> None:
        for tender, one in zip(purchase.tenders, back, strict=True):
            if tender.burn is not None and one.points:
                super().cancel(tender.burn, one.points, key=key, now=now)
