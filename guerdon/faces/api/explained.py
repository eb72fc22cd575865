"""Postings explained: for every point the rule, the version and the arithmetic, for every loss the lots and why."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec

from guerdon.core import closing, period, sentences
from guerdon.core.decisions import Award, Exchange, Share
from guerdon.core.sentences import postings as reasons
from guerdon.core.sentences.purposes import Purpose
from guerdon.faces.api.months import Months
from guerdon.features.activities import queries as activities
from guerdon.features.activities.queries import Recorded
from guerdon.features.ledger import moves
from guerdon.features.ledger.moves import Move
from guerdon.features.ledger.queries import DueLine, StatementLine
from guerdon.features.programmes import queries as programmes
from guerdon.features.programmes.queries import Lawbook
from guerdon.insight import purposes
from guerdon.kit import ids
from guerdon.kit.store import Store

EARNING = frozenset({"earn", "adjust_up"})


class LotMove(msgspec.Struct, frozen=True):
    """So many points of one lot: `made` by the posting, taken `out` by it, or given `back` to it."""

    lot: str
    direction: str
    points: int
    origin: str
    funder: str | None
    available_at: datetime
    expires_at: datetime | None


class Explanation(msgspec.Struct, frozen=True):
    """Why a posting is there: the version that decided, the rules' shares of an award, its lots, and all in words.

    `rate` is the one by which the foreign money behind an award was counted.
    """

    version: int | None
    shares: tuple[Share, ...]
    rate: Exchange | None
    lots: tuple[LotMove, ...]
    why: tuple[str, ...]


class Explainer:
    """Explains the postings of one account, in three statements whatever their number, one more where any came late,
    and one to five where points were spent on rewards or paid for orders."""

    def __init__(self, store: Store, programme_id: str, language: str, months: Months) -> None:
        self._store = store
        self._programme_id = programme_id
        self._language = language
        self._months = months
        self._book: Lawbook = programmes.lawbook(store, programme_id)
        self._purposes: dict[str, Purpose] = {}

    def lines(self, account_id: str, lines: Sequence[StatementLine]) -> dict[str, Explanation]:
        """The explanations of posted lines, by posting."""
        names = {(account_id, line.activity_id) for line in lines}
        entries = activities.recorded(self._store, names)
        lots = moves.of_postings(self._store, account_id, [line.id for line in lines])
        awards = self._awards(account_id, lines, entries)
        self._purposes |= purposes.of(self._store, self._book, entries.values())
        return {
            line.id: self._one(line, entries.get(line.activity_id), lots.get(line.id, []), awards.get(line.id))
            for line in lines
        }

    def due(self, line: DueLine) -> Explanation:
        """What time has done and nobody has booked yet."""
        return Explanation(None, (), None, (), (self._why(line.kind, None, line.effective_at),))

    def _awards(
        self, account_id: str, lines: Sequence[StatementLine], entries: dict[str, Recorded]
    ) -> dict[str, Award]:
        """The award behind each earning posting: the n-th of an entry is the n-th of its decision."""
        found: dict[str, Award] = {}
        cut = lines[0] if lines and lines[0].part else None  # the page begins within an entry
        for id, entry in entries.items():
            mine = [line for line in lines if line.activity_id == id]
            if cut is not None and cut.activity_id == id:
                mine = moves.of_entry(self._store, account_id, entry.seq)
            earned = [line.id for line in mine if line.kind in EARNING]
            found |= dict(zip(earned, entry.decision.awards, strict=False))
        return found

    def _one(self, line: StatementLine, entry: Recorded | None, lots: list[Move], award: Award | None) -> Explanation:
        version = entry.decision.version if entry is not None else None
        shares = award.shares if award is not None else ()
        rate = entry.decision.rate if entry is not None and award is not None else None
        why = [self._why(line.kind, entry, line.effective_at)]
        if award is not None and version and version <= len(self._book.versions):
            programme = self._book.law(version).programme
            why += [sentences.share(share, award.unit, programme, self._language) for share in shares]
            why += (
                [reasons.rate(rate, programme.currency, sentences.tongue(self._language))] if rate is not None else []
            )
        return Explanation(version, shares, rate, tuple(_move(one) for one in lots), (*why, *self._late(line)))

    def _late(self, line: StatementLine) -> tuple[str, ...]:
        """What is to be said of a posting whose own month was closed before it came."""
        place = self._months.place(seq=line.seq, effective_at=line.effective_at, posted_at=line.posted_at)
        if not place.late:
            return ()
        own = period.local_day(line.effective_at, self._book.current(line.posted_at).zone)
        return (reasons.late(own, closing.first_day(place.month), sentences.tongue(self._language)),)

    def _why(self, kind: str, entry: Recorded | None, at: datetime) -> str:
        zone: ZoneInfo = self._book.at(at).zone
        last_day = (at.astimezone(zone) - timedelta(microseconds=1)).date() if kind == "expire" else None
        tongue = sentences.tongue(self._language)
        activity = entry.activity if entry is not None else None
        purpose = self._purposes.get(entry.activity_id) if entry is not None else None
        by_hand = self._book.at(at).programme.adjustments
        return reasons.reason(kind, activity, tongue, last_day=last_day, purpose=purpose, by_hand=by_hand)


def _move(one: Move) -> LotMove:
    origin = ids.show("activity", one.origin)
    lot = ids.show("lot", one.lot)
    return LotMove(lot, one.direction, one.points, origin, one.funder, one.available_at, one.expires_at)
