"""Writing closed months: what one snapshot says of each, tied to the figures with which it was closed."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import msgspec

from guerdon.core import returns
from guerdon.core.activities import FactValue, Line
from guerdon.core.closing import Closing, Flow, Sums
from guerdon.core.figures import Calendar, Moved, is_active
from guerdon.core.hold_out import is_held_out
from guerdon.core.ledger import CREDITS
from guerdon.core.programme import Programme
from guerdon.features.closings import queries as closings
from guerdon.features.closings.queries import ClosedMonth
from guerdon.features.figures import queries as figures
from guerdon.features.programmes.queries import Lawbook
from guerdon.features.segments import membership
from guerdon.features.segments import queries as segments
from guerdon.insight.exports import files, offers, reading
from guerdon.insight.exports.files import Damaged, Draft, Manifest, Month, Progress
from guerdon.kit import clock
from guerdon.kit.snapshot import Snapshot

_INSTANT: Final = timedelta(microseconds=1)


class Report(msgspec.Struct, frozen=True):
    """The months that were written now, and those that were there and are as they were written."""

    written: tuple[Month, ...]
    checked: tuple[Month, ...]


class _Facts(msgspec.Struct, frozen=True, gc=False):
    """Of free facts the one by which satisfaction is measured."""

    score: FactValue | None = None


class _Told(msgspec.Struct, gc=False):
    """The few parts of what was told that leave the house: nothing by which a person could be known."""

    lines: tuple[Line, ...] = ()
    channel: str | None = None
    partner: str | None = None
    facts: _Facts = _Facts()


_told = msgspec.json.Decoder(_Told).decode
_slice = msgspec.json.Decoder(returns.Slice).decode
_segments = msgspec.json.Decoder(list[str]).decode


def export(
    view: Snapshot, programme_id: str, book: Lawbook, folder: Path, *, version: str, advance: Progress,
    now: datetime | None = None, anew: bool = True,
) -> Report:  # fmt: skip
    """Write every closed month that is not in the folder yet, and check those that are. Raises Damaged.

    A month is written only where the points of its postings come to what it was closed with, kind by kind. `now` says
    as of when saved segments are looked at: without it they are not. Without `anew` the bytes of months that are there
    are believed.
    """
    saved = {} if now is None else _saved(view, programme_id, book, now)
    with files.locked(folder):
        present = {month.manifest.closing.month: month for month in files.months(folder)}
        written: list[Month] = []
        checked: list[Month] = []
        before: Month | None = None
        closed = closings.every(view, programme_id)
        strays = present.keys() - {one.closing.month for one in closed}
        if strays:
            raise Damaged(f"{min(strays)} is not closed in this programme: it was written from another database")
        borders = [one.closing for one in closed]
        for number, one in enumerate(closed):
            month = present.get(one.closing.month)
            if month is None:
                if len(checked) < len(present):
                    raise Damaged(f"{one.closing.month} was closed before the first month that is there")
                desk = _Desk(view, programme_id, book, borders, number, saved, advance)
                before = _written(desk, one, before, folder, version)
                written.append(before)
            else:
                _same(month, one, programme_id)
                if anew:
                    files.check(month, advance)
                checked.append(month)
                before = month
        return Report(tuple(written), tuple(checked))


def _saved(view: Snapshot, programme_id: str, book: Lawbook, now: datetime) -> dict[str, list[str]]:
    """By member, the saved segments that they are in."""
    found: dict[str, list[str]] = {}
    for one in segments.every(view, programme_id):
        for id in membership.ids(view, book.current(now), programme_id, one.segment.condition, now):
            found.setdefault(id, []).append(one.segment.key)
    return found


def _score(told: FactValue | None) -> int | None:
    """A score as surveys have it; nothing where it is no whole number."""
    return told if type(told) is int else None


def _same(month: Month, one: ClosedMonth, programme_id: str) -> None:
    told = month.manifest
    if (told.programme_id, told.closing, told.sums) != (programme_id, one.closing, one.sums):
        raise Damaged(f"{told.closing.month} was closed otherwise than it was written: with other borders or sums")


def _written(desk: "_Desk", one: ClosedMonth, before: Month | None, folder: Path, version: str) -> Month:
    """One month on disk, or nothing of it. Raises Damaged where its postings do not come to its sums."""
    month = one.closing.month
    if one.sums is None:
        raise Damaged(f"the figures of {month} are not counted yet")
    with files.drafted(folder, month) as draft:
        desk.fill(draft)
        tables = draft.close()
        differs = _first(desk.sums(before.manifest.sums if before else ()), one.sums)
        if differs:
            raise Damaged(f"the postings of {month} do not come to what it was closed with: {differs}")
        manifest = Manifest(
            format=files.FORMAT, version=version, programme_id=desk.programme_id, programme=desk.book.programme.key,
            zone=desk.zone.key, currency=desk.programme.currency, closing=one.closing,
            since=desk.previous.seq if desk.previous else None, previous=before.sha256 if before else None,
            sums=one.sums, tables=tables,
        )  # fmt: skip
        return files.publish(draft, folder, manifest)


def _first(found: tuple[Sums, ...], closed: tuple[Sums, ...]) -> str:
    """The first unit whose points differ, with both of its sums; nothing where none does."""
    mine, theirs = ({one.unit: _points(one) for one in sums} for sums in (found, closed))
    units = sorted(unit for unit in mine | theirs if mine.get(unit) != theirs.get(unit))
    return f"{units[0]}: {mine.get(units[0])} is not {theirs.get(units[0])}" if units else ""


def _points(sums: Sums) -> Sums:
    """What postings can tell of the sums: not what was paid where the points were earned, nor what they are worth."""
    return msgspec.structs.replace(sums, sold=None, past=None, valued=None)


class _Desk:
    """Everything that is needed to write one month, and what its postings came to."""

    def __init__(
        self, view: Snapshot, programme_id: str, book: Lawbook, borders: list[Closing], number: int,
        saved: dict[str, list[str]], advance: Progress,
    ) -> None:  # fmt: skip
        self.view = view
        self.programme_id = programme_id
        self.book = book
        self.closing = borders[number]
        self.previous = borders[number - 1] if number else None
        self.saved = saved
        self.advance = advance
        law = book.current(self.closing.until - _INSTANT)
        self.programme: Programme = law.programme
        self.zone = law.zone
        self.calendar = Calendar(law.zone, borders[: number + 1])
        self.start = clock.micros(self.closing.start)
        self.opening: dict[str, int] = {}
        self.flows: dict[tuple[str, str], list[int]] = {}

    def fill(self, draft: Draft) -> None:
        self._entries(draft)
        self._returns(draft)
        self._postings(draft)
        self._lots(draft)
        self._takings(draft)
        self._redemptions(draft)
        self._vouchers(draft)
        self._members(draft)
        self._units(draft)
        self._intervals(draft)
        self._versions(draft)
        for one in offers.at_end(self.book, self.closing.until, self._day):
            draft.sheets["offers"].add(msgspec.structs.astuple(one))

    def sums(self, before: tuple[Sums, ...]) -> tuple[Sums, ...]:
        """What the postings came to, after a month that closed with `before`."""
        opening = {one.unit: one.closing for one in before} or self.opening
        units = sorted({*opening, *(unit for unit, _ in self.flows)})
        return tuple([
            Sums(unit, opening.get(unit, 0), tuple([
                Flow(kind, *sums) for (of, kind), sums in sorted(self.flows.items()) if of == unit and any(sums)
            ]))
            for unit in units
        ])  # fmt: skip

    def _rows(self, statement: Any) -> Iterator[tuple[Any, ...]]:
        for row in reading.rows(self.view, statement, self.programme_id, self.closing, self.previous):
            self.advance(1)
            yield row

    def _day(self, at: int) -> date:
        return date.fromordinal(self.calendar.day(at))

    def _is_late(self, seq: int, at: int) -> bool:
        return self.previous is not None and at < self.start and seq > self.previous.seq

    def _entries(self, draft: Draft) -> None:
        entries, lines, fired = draft.sheets["activities"], draft.sheets["lines"], draft.sheets["fired"]
        for account, id, seq, kind, source, at, version, facts, decision in self._rows(reading.ENTRIES):
            fact = figures.fact(
                account_id=account, seq=seq, kind=kind, source=source, occurred_at=at, facts=facts, decision=decision,
                moved=(), home=self.programme.currency,
            )  # fmt: skip
            told = _told(facts)
            goods = told.lines if kind == "purchase" else ()
            money, day = kind == "purchase" or fact.returned != 0, self._day(at)
            for given in offers.fired(decision):
                fired.add((id, seq, day, *given))
            entries.add((
                id, seq, account, fact.person_id, kind, source, at, day, self._is_late(seq, at),
                fact.store or None, told.channel, told.partner, fact.currency if money else None,
                fact.spent if kind == "purchase" else 0, fact.returned,
                sum([line.quantity for line in goods if line.kind == "goods"]), fact.amends, is_active(fact), version,
                _score(told.facts.score),
            ))  # fmt: skip
            for place, line in enumerate(goods, 1):
                lines.add((
                    id, seq, place, line.kind, line.product, line.category, line.brand, list(line.tags), line.quantity,
                    line.amount, line.discount,
                ))  # fmt: skip

    def _returns(self, draft: Draft) -> None:
        sheet = draft.sheets["returns"]
        for id, purchase, seq, text in self._rows(reading.RETURNS):
            told = _slice(text)
            back: list[tuple[int | None, str | None, int | None, int | None]] = [
                (each.line, None, each.quantity, each.amount) for each in told.numbered
            ]
            back += [(None, each.product, each.quantity, each.amount - each.discount) for each in told.lines]
            for place, each in enumerate(back or [(None, None, None, told.amount or None)], 1):
                sheet.add((id, purchase, seq, place, *each, told.reopens))

    def _postings(self, draft: Draft) -> None:
        sheet = draft.sheets["postings"]
        for id, activity, seq, part, account, person, unit, kind, amount, at, posted_at in self._rows(reading.POSTINGS):
            points = amount if kind in CREDITS else -amount
            late = self._is_late(seq, at)
            before = at < self.start and not late
            if before:
                self.opening[unit] = self.opening.get(unit, 0) + points
                self.flows.setdefault((unit, kind), [0, 0])
            else:
                flow = self.flows.setdefault((unit, kind), [0, 0])
                flow[0] += points
                flow[1] += points if late else 0
            sheet.add((
                id, activity, seq, part, account, person or account, unit, kind, points, at, posted_at,
                self._counts(unit, kind, amount, at, posted_at, seq), late, before,
            ))  # fmt: skip

    def _counts(self, unit: str, kind: str, amount: int, at: int, posted_at: int, seq: int) -> date:
        """The day on which a posting counts, as figures have it."""
        return date.fromordinal(self.calendar.counts(Moved(unit, kind, amount, at, posted_at), seq)[0])

    def _lots(self, draft: Draft) -> None:
        sheet = draft.sheets["lots"]
        for *cells, earned_at, available_at, expires_at in self._rows(reading.LOTS):
            over = None if expires_at is None else self._day(expires_at)
            sheet.add((*cells, earned_at, self._day(earned_at), available_at, expires_at, over))

    def _takings(self, draft: Draft) -> None:
        sheet = draft.sheets["takings"]
        for *names, unit, kind, direction, amount, at, posted_at in self._rows(reading.TAKINGS):
            points = amount if direction == "back" else -amount
            day = self._counts(unit, kind, amount, at, posted_at, names[3])
            sheet.add((*names, unit, kind, points, at, day))

    def _redemptions(self, draft: Draft) -> None:
        sheet = draft.sheets["redemptions"]
        for *cells, at in self._rows(reading.REDEMPTIONS):
            sheet.add((*cells, at, self._day(at)))

    def _vouchers(self, draft: Draft) -> None:
        for *cells, at, expires_at in self._rows(reading.VOUCHERS):
            over = None if expires_at is None else self._day(expires_at)
            draft.sheets["vouchers"].add((*cells, at, self._day(at), over))
        for *names, direction, off, at in self._rows(reading.USES):
            sign = 1 if direction == "use" else -1
            draft.sheets["uses"].add((*names, sign, sign * off, at, self._day(at)))

    def _members(self, draft: Draft) -> None:
        sheet, tiers = draft.sheets["members"], draft.sheets["tiers"]
        levels = self._levels()
        for id, stands_for, account, status, enrolled_at, told in self._rows(reading.MEMBERS):
            day, saved = self._day(enrolled_at), self.saved.get(id, [])
            held_out = is_held_out(self.programme.hold_out, self.programme.key, id)
            sheet.add((id, stands_for, account, status, enrolled_at, day, _segments(told), saved, held_out))
            for place, ladder in enumerate(self.programme.tiers):
                level = max([levels.get((account, place), -1), ladder.floor])
                if level >= 0:
                    tiers.add((id, ladder.key, ladder.key_at(level), level))

    def _levels(self) -> dict[tuple[str, int], int]:
        """By account and the ladder's place, the place of the highest level that it has, earned or given by hand."""
        ladders = {ladder.key: (place, ladder) for place, ladder in enumerate(self.programme.tiers)}
        found: dict[tuple[str, int], int] = {}
        for statement in (reading.LEVELS, reading.GRANTS):
            for account, key, level in self._rows(statement):
                if key in ladders:
                    number, ladder = ladders[key]
                    found[account, number] = max(found.get((account, number), -1), ladder.place(level))
        return found

    def _units(self, draft: Draft) -> None:
        sheet = draft.sheets["units"]
        for row in self.book.versions:
            if row.effective_at < self.closing.until:
                programme = self.book.law(row.number).programme
                for unit in programme.units.values():
                    worth = (None, None) if unit.worth is None else (unit.worth.points, unit.worth.amount)
                    sheet.add((
                        row.number, clock.micros(row.effective_at), unit.code, unit.kind, unit.scale, unit.spendable,
                        programme.currency, *worth,
                    ))  # fmt: skip

    def _intervals(self, draft: Draft) -> None:
        sheet = draft.sheets["intervals"]
        for *cells, start, until, cut in self._rows(reading.INTERVALS):
            sheet.add((*cells, start, until, cut, self._day(start)))

    def _versions(self, draft: Draft) -> None:
        sheet = draft.sheets["versions"]
        for row in self.book.versions:
            if row.effective_at < self.closing.until:
                programme, at = self.book.law(row.number).programme, clock.micros(row.effective_at)
                share = programme.hold_out.share if programme.hold_out is not None else None
                sheet.add((row.number, at, self._day(at), share, programme.margin))
