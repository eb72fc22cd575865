"""Tenders: every burn pays for one purchase, once, just what its tender says, and comes back with its returns alone."""

import heapq
from collections.abc import Iterable
from itertools import groupby
from operator import itemgetter
from typing import Any, Final

import msgspec

from guerdon.core import codes, paying
from guerdon.core.activities import PURCHASE, Activity, Tender
from guerdon.core.returns import Slice
from guerdon.insight.verify.invariant import Found, Invariant
from guerdon.kit import ids

_activity = msgspec.json.Decoder(Activity).decode
_slice = msgspec.json.Decoder(Slice).decode


class Burnt(msgspec.Struct, frozen=True):
    """The burn that pays a tender, as it was noted and as the journal and the books have it."""

    purchase_id: str
    place: int
    id: str
    kind: str | None
    source: str | None
    external_id: str | None
    points: int | None
    back: int
    code: str | None  # of the gift card whose account it is


class Tenders(Invariant):
    """What purchases say of their tenders, the burns that were noted for them, and what returns gave back of these."""

    clause = "10.14"
    part = "tenders"
    sentence = (
        "A burn pays for one purchase, once; what a gift card pays is what its tender says, and goes back onto it."
    )

    TOLD: Final = (
        "SELECT [id a.id], 'told', [id a.account_id], a.facts FROM activities_activity a"
        " WHERE a.kind = 'purchase' AND a.facts LIKE '%\"burn\":%' AND [mine a] ORDER BY a.id"
    )
    WAITING: Final = (
        "SELECT [id p.id], 'told', [id p.account_id], p.facts FROM activities_parked p"
        " WHERE p.facts LIKE '%\"burn\":%' AND [mine p] ORDER BY p.id"
    )
    NOTED: Final = (
        "SELECT [id x.purchase_id], 'noted', x.place, [id x.burn_id], b.kind, b.source, b.external_id, p.amount,"
        " (SELECT CAST(coalesce(sum(q.amount), 0) AS bigint) FROM ledger_reversal r"
        "  JOIN ledger_posting q ON q.account_id = r.account_id AND q.id = r.posting_id"
        "  WHERE r.account_id = p.account_id AND r.reverses = p.id), c.code FROM activities_paid x"
        " LEFT JOIN activities_activity b ON b.account_id = x.account_id AND b.id = x.burn_id"
        " LEFT JOIN ledger_posting p ON p.account_id = b.account_id AND p.seq = b.seq AND p.kind = 'burn'"
        " LEFT JOIN cards_card c ON c.account_id = x.account_id [owned x] ORDER BY x.purchase_id"
    )
    BACK: Final = (
        "SELECT [id r.purchase_id], 'back', r.slice FROM activities_returned r [owned r]"
        " WHERE r.slice LIKE '%\"points\":%' ORDER BY r.purchase_id"
    )
    IDLE: Final = (
        "SELECT [id b.account_id], [id b.id] FROM activities_activity b"
        " LEFT JOIN activities_paid x ON x.account_id = b.account_id AND x.burn_id = b.id"
        " WHERE b.kind = 'burn' AND b.source = 'tender' AND x.burn_id IS NULL AND [mine b]"
    )

    def ask(self, found: Found) -> None:
        for account, burn in found.rows(self.IDLE):
            what = "a burn that was made to pay pays for nothing"
            self.breaks(what, expected="a tender", found="none", member=account, burn=burn)
        streams = [found.rows(text) for text in (self.TOLD, self.WAITING, self.NOTED, self.BACK)]
        for purchase_id, rows in groupby(heapq.merge(*streams, key=itemgetter(0)), key=itemgetter(0)):
            self._follow(purchase_id, list(rows))

    def _follow(self, purchase_id: str, rows: list[tuple[Any, ...]]) -> None:
        """One purchase with all that is known of it."""
        tenders, where = dict[int, Tender](), dict[str, object]({"activity": purchase_id})
        for _, _, account, facts in _of("told", rows):
            told = _activity(facts)
            where["member"] = account
            if told.kind == PURCHASE:
                tenders = {place: one for place, one in enumerate(told.tenders, 1) if one.burn is not None}
        burns = {place: Burnt(purchase_id, place, *more) for _, _, place, *more in _of("noted", rows)}
        expected = {place: ids.show("burn", one.id) for place, one in burns.items()}
        named = {place: one.burn for place, one in tenders.items()}
        if expected != named:
            self.breaks("a purchase names other burns than pay for it", expected=expected, found=named, **where)
        given = [_slice(text).points for _, _, text in _of("back", rows)]
        for place in sorted(tenders.keys() & burns.keys()):
            self.count("tenders", 1)
            back = sum(points[place - 1] for points in given if points)
            self._weigh(tenders[place], burns[place], back, where | {"burn": burns[place].id})

    def _weigh(self, tender: Tender, burn: Burnt, back: int, where: dict[str, object]) -> None:
        if burn.kind != "burn" or burn.points is None:
            self.breaks("a tender is paid by what is no burn", expected="burn", found=burn.kind, **where)
            return
        bound = burn.source == paying.SOURCE
        name = f"{burn.purchase_id}:{burn.place}"
        if bound != tender.pays_now or (bound and burn.external_id != name):
            self.breaks("a tender is paid by another one's burn", expected=name, found=burn.external_id, **where)
        said = None if tender.card is None else (tender.card, tender.amount)
        found = None if burn.code is None else (codes.ending(burn.code), burn.points)
        if said != found:
            self.breaks("a gift card paid what its tender does not say", expected=said, found=found, **where)
        if burn.back != back:
            what = "not what returns gave back came back of a burn"
            self.breaks(what, expected=back, found=burn.back, **where)


def _of(what: str, rows: Iterable[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    return [row for row in rows if row[1] == what]
