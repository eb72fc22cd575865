"""The journal becomes columns: entry by entry, in one pass, from one moment of the database."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final

import numpy as np

from guerdon.core import activities as law
from guerdon.core import returns
from guerdon.core.activities import FactValue, Line
from guerdon.core.law import Law
from guerdon.insight.simulate import columns, entries, reading
from guerdon.insight.simulate.climbs import Stairs
from guerdon.insight.simulate.entries import Entry
from guerdon.insight.simulate.history import EARN, GRANT, NONE, RETURN, REVIEW, Granted, History, Item, Person
from guerdon.insight.simulate.movements import Movements, Words, longs
from guerdon.kit import clock
from guerdon.kit.snapshot import Snapshot

Progress = Callable[[int], None]
# What the house writes that moves no points, or that a replay comes to by itself.
_KNOWN: Final = frozenset({
    "expiry", "repayment", "rejection", "hold_end", "redemption_confirm", "redemption_fulfil", "redemption_cancel",
    "redemption_expire", "transfer_declined", "transfer_withdrawn", law.TIER_UPGRADED, law.VOUCHER_ISSUE,
    law.VOUCHER_REDEEM, law.VOUCHER_ROLLBACK, law.VOUCHER_WITHDRAWAL, "erasure",
})  # fmt: skip
_LEDGER: Final = frozenset(law.LEDGER_KINDS)


def read(view: Snapshot, programme_id: str, in_force: Law, *, until: datetime, advance: Progress) -> History:
    """All that happened up to the moment of the snapshot; `in_force` says the zone and the currency."""
    teller = _Teller(view, programme_id, in_force)
    for row in view.stream(reading.ENTRIES, programme=programme_id):
        teller.enter(Entry._make(row))
        advance(1)
    teller.take_back()
    return teller.history(until)


class _Teller(Movements):
    """The columns while they grow."""

    def __init__(self, view: Snapshot, programme_id: str, in_force: Law) -> None:
        super().__init__()
        self.view = view
        self.programme_id = programme_id
        self.programme = in_force.programme
        self.joined: set[int] = set()  # members with a paid membership
        self.stairs = Stairs(view, programme_id)
        self.people = [
            Person(id, at, month, entries.attributes(attributes or "{}"), frozenset(entries.segments(segments or "[]")))
            for id, at, month, attributes, segments in view.stream(reading.MEMBERS, programme=programme_id)
        ]
        self.places = {one.account: place for place, one in enumerate(self.people)}
        self.words, self.items = Words(), Words()
        self.told: list[dict[str, FactValue]] = [{}]
        self.rows: dict[str, int] = {}  # of activities that can be returned, by id
        self.returned: dict[str, int] = {}  # events of returns, by id
        self.grants: list[Granted] = []
        self.given = self.stairs.grants()
        for unit in self.programme.units:
            self.units.code(unit)
        names = "member kind at store channel partner currency told home units of up down lines tenders"
        self.fact = {name: longs() for name in names.split()}
        self.line = {name: longs() for name in ("item", "net", "quantity")}
        self.tender = {name: longs() for name in ("kind", "amount")}
        self._takers |= {
            law.RETURN: self._came_back,
            law.REOPEN: lambda member, entry: self._odd("reopen"),
            "membership_join": self._joined,
            law.MEMBERSHIP_RENEW: self._joined,
            law.TIER_REVIEW: self._reviewed,
            law.TIER_GRANT: self._granted,
        }

    def enter(self, entry: Entry) -> None:
        """Take in one entry of the journal."""
        self.version, member, kind = entry.version, self.places.get(entry.account), entry.kind
        take = self._takers.get(kind)
        if take is not None:
            take(member, entry)
        elif kind not in _LEDGER:
            self._answered(member, entry)
        elif kind not in _KNOWN:
            self._odd(kind)

    def _came_back(self, member: int | None, entry: Entry) -> None:
        """A return."""
        if member is None or entry.source == "exchange":
            self._odd("exchange")
            return
        spent = self._refunded(entry.decision)
        self.returned[entry.id] = self._event(member, RETURN, entry.seq, NONE, entry.at, entry.posted, spent=spent)

    def _joined(self, member: int | None, entry: Entry) -> None:
        if member is None:
            self._odd(entry.kind)
        else:
            self.joined.add(member)

    def _reviewed(self, member: int | None, entry: Entry) -> None:
        if member is None:
            self._odd(entry.kind)
        else:
            self._event(member, REVIEW, entry.seq, NONE, entry.at, entry.posted)

    def _granted(self, member: int | None, entry: Entry) -> None:
        """A tier given by hand, for so many days."""
        if member is None:
            self._odd(entry.kind)
            return
        self._event(member, GRANT, entry.seq, NONE, entry.at, entry.posted, points=len(self.grants))
        self.grants.append(self.given[entry.id])

    @staticmethod
    def _refunded(decision: str) -> int:
        refund = entries.decided(decision).refund
        return -refund.amount if refund is not None else 0

    def _answered(self, member: int | None, entry: Entry) -> None:
        """A fact that rules answer."""
        kind, decision, told = entry.kind, entry.decision, entries.told(entry.facts)
        if member is None or told.replaces is not None or told.confirms is not None:
            self._odd("household" if member is None else "replaces" if told.replaces is not None else "confirms")
            return
        if member in self.joined:  # what rules say of who has a membership
            self._odd("membership")
        rate = entries.decided(decision).rate if '"rate"' in decision else None
        row = len(self.fact["kind"])
        goods = told.lines or (() if told.amount is None else (Line(amount=told.amount),))
        if told.facts:
            self.told.append(told.facts)
        self._fact(
            member=member, kind=self.words.code(kind), at=entry.at, store=self.words.code(told.store),
            channel=self.words.code(told.channel), partner=self.words.code(told.partner),
            currency=self.words.code(told.currency or self.programme.currency),
            told=len(self.told) - 1 if told.facts else 0, home=rate.home if rate else 1,
            units=rate.units if rate else 1, of=row, up=1, down=1, lines=len(goods), tenders=len(told.tenders),
        )  # fmt: skip
        net = self._lines(goods)
        for tender in told.tenders:
            if tender.card is not None:  # what was on it is another account's
                self._odd("tender")
            self.tender["kind"].append(self.words.code(tender.kind))
            self.tender["amount"].append(tender.amount)
        spent = (net * rate.home // rate.units if rate else net) if kind == law.PURCHASE else 0
        self.rows[entry.id] = row
        self.events[entry.id] = self._event(member, EARN, entry.seq, row, entry.at, entry.posted, spent=spent)

    def _fact(self, **cells: int) -> None:
        for name, cell in cells.items():
            self.fact[name].append(cell)

    def _lines(self, goods: "tuple[Line, ...]") -> int:
        item, net, quantity = self.line["item"], self.line["net"], self.line["quantity"]
        codes, total = self.items.codes, 0
        for line in goods:
            word = (line.kind, line.product, line.category, line.brand, line.tags)
            item.append(codes.setdefault(word, len(codes)))
            net.append(line.amount - line.discount)
            quantity.append(line.quantity)
            total += line.amount - line.discount
        return total

    def take_back(self) -> None:
        """The parts of purchases that were kept after each return of them, as rows of their own."""
        slices: dict[str, list[returns.Slice]] = {}
        for purchase_id, account, return_id, return_account, text, facts in self.view.stream(
            reading.RETURNS, programme=self.programme_id
        ):
            event, row = self.returned.get(return_id), self.rows.get(purchase_id)
            part = entries.slice_of(text)
            if event is None or row is None or account != return_account or part.reopens or part.voids:
                self._odd("reopen" if part.reopens else "void" if part.voids else "return_of_another")
                continue
            before = slices.setdefault(purchase_id, [])
            before.append(part)
            bought = entries.activity(facts)
            back = [sum(given) for given in zip(*(one.tenders for one in before), strict=True)]
            paid = [
                (tender.kind, tender.amount - given) for tender, given in zip(bought.tenders, back, strict=True)
            ]  # fmt: skip
            self._kept(event, row, purchase_id, returns.kept(bought, before), paid)

    def _kept(
        self, event: int, row: int, purchase_id: str, rest: returns.Kept, paid: Sequence[tuple[str, int]]
    ) -> None:
        """The part of a purchase that is left after a return, with what is left of each tender."""
        up, down = rest.part
        place = len(self.fact["kind"])
        same = {name: self.fact[name][row] for name in self.fact}
        self._fact(**same | {"of": row, "up": up, "down": down, "lines": len(rest.lines), "tenders": len(paid)})
        self._lines(rest.lines)
        for kind, amount in paid:
            self.tender["kind"].append(self.words.code(kind))
            self.tender["amount"].append(amount)
        self.event["row"][event] = place
        of = self.event["of"][event] = self.events[purchase_id]
        at = self.event["at"][event] = max(self.event["at"][event], self.event["at"][of])
        self.event["climbs_by"][event] = self.stairs.in_force(at, self.event["posted"][event])

    def history(self, until: datetime) -> History:
        """The columns in their order, with the books beside them."""
        self.tell_costs()
        facts, events = columns.ordered(self.fact, self.event, self.line, self.tender, len(self.people))
        columns.tell_time(facts, self.programme.zone)
        starts, months = columns.months(events.at, until, self.programme.zone)
        units = tuple(self.units.codes)
        books = columns.Books(self.places, units, starts, clock.micros(until))
        for row in self.view.stream(reading.POSTINGS, programme=self.programme_id):
            books.post(*row)
        for ended in (reading.ENDED, reading.ENDED_HELD):
            for row in self.view.stream(ended, programme=self.programme_id, until=clock.micros(until)):
                books.end(*row)
        lines = int(facts.line_first[int((facts.of == np.arange(facts.rows)).sum())])
        return History(
            programme=self.programme.key, zone_key=self.programme.zone_key, currency=self.programme.currency,
            until=until, people=tuple(self.people), words=tuple(self.words.codes),
            items=tuple(Item(*word) for word in self.items.codes), told=tuple(self.told), units=units, facts=facts,
            events=events, months=months, month_starts=starts, ledger=books.closed(self.stairs.climbs(self.places)),
            nights=self.stairs.nights(events), grants=tuple(self.grants), lines=lines, joined=len(self.joined),
            strange=self.strange,
        )  # fmt: skip
