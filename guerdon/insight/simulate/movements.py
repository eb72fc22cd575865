"""What moves points by itself becomes events: burns and what comes back of them, holds, gifts, points by hand."""

from array import array
from collections.abc import Callable
from typing import Any

from guerdon.core import redemptions
from guerdon.insight.simulate import entries
from guerdon.insight.simulate.entries import Entry
from guerdon.insight.simulate.history import ADJUST, BURN, CANCEL, CAPTURE, GIVE, HOLD, NONE, RECEIVE, RELEASE
from guerdon.kit import clock, ids

_COLUMNS = "member what seq row at posted version climbs_by of unit points cost spent"


class Words:
    """Words by their codes, in the order in which they came."""

    def __init__(self) -> None:
        self.codes: dict[Any, int] = {}

    def code(self, word: object) -> int:
        return NONE if word is None else self.codes.setdefault(word, len(self.codes))


def longs() -> "array[int]":
    return array("q")


class Movements:
    """The events while they grow, and which event each entry of the journal became."""

    def __init__(self) -> None:
        self.version = 0  # of the entry at hand
        self.units = Words()
        self.event = {name: longs() for name in _COLUMNS.split()}
        self.events: dict[str, int] = {}
        self.costs: dict[str, int] = {}  # of redemptions, by id
        self.given_up: list[int] = []  # events of cancelled redemptions
        self.strange: dict[str, int] = {}
        self._takers: dict[str, Callable[[int | None, Entry], None]] = {
            "burn": self._burned,
            "burn_cancel": self._cancelled,
            "hold": self._held,
            "capture": self._captured,
            "release": self._released,
            "adjustment": self._adjusted,
            "transfer": self._given,
            "transfer_accepted": self._given,
            "transfer_received": self._received,
            "donation": self._donated,
            "redemption": self._redeemed,
        }

    def _odd(self, kind: str) -> None:
        self.strange[kind] = self.strange.get(kind, 0) + 1

    def _redeemed(self, member: int | None, entry: Entry) -> None:
        done = entries.decided(entry.decision).redeemed
        if done is not None:
            self.costs[done.id] = done.cost

    def _burned(self, member: int | None, entry: Entry) -> None:
        """So many points of a unit leave."""
        if member is None:
            self._odd(entry.kind)
            return
        unit, points = self._asked(entry)
        event = self._event(member, BURN, entry.seq, NONE, entry.posted, entry.posted, unit=unit, points=points)
        self.events[entry.id] = event
        if entry.source == redemptions.SOURCE:
            self.events[f"burn {entry.external_id}"] = event

    def _held(self, member: int | None, entry: Entry) -> None:
        """Points are reserved."""
        hold = entries.decided(entry.decision).hold
        if member is None or hold is None:
            self._odd(entry.kind)
            return
        event = self.events[entry.id] = self._event(
            member, HOLD, entry.seq, NONE, entry.posted, entry.posted, unit=self.units.code(hold.unit),
            points=hold.amount,
        )  # fmt: skip
        self.event["cost"][event] = clock.micros(hold.ends_at)

    def _captured(self, member: int | None, entry: Entry) -> None:
        """Points that are reserved leave; where the hold is over, the rest of it is free."""
        hold, decision = self._hold(member, entry), entries.decided(entry.decision)
        if hold is None:
            return
        (spent,) = decision.spent
        event = self._follow(hold, CAPTURE, entry, unit=self.units.code(spent.unit), points=spent.points)
        self.events[entry.id] = event
        if entry.source == redemptions.SOURCE:
            self.events[f"burn {entry.external_id}"] = event
        if decision.hold is not None and decision.hold.state != "open":
            self._follow(hold, RELEASE, entry)

    def _released(self, member: int | None, entry: Entry) -> None:
        """Points are free again."""
        hold = self._hold(member, entry)
        if hold is not None:
            self._follow(hold, RELEASE, entry)

    def _hold(self, member: int | None, entry: Entry) -> int | None:
        """The event of the hold that an entry is of; None, and noted as odd, where it is another member's."""
        hold = self.events.get(ids.read("hold", str(entries.told(entry.facts).facts["hold"])))
        if member is None or hold is None or self.event["member"][hold] != member:
            self._odd(entry.kind)
            return None
        return hold

    def _follow(self, of: int, what: int, entry: Entry, *, unit: int = NONE, points: int = 0) -> int:
        event = self._event(
            self.event["member"][of], what, entry.seq, NONE, entry.posted, entry.posted, unit=unit, points=points
        )  # fmt: skip
        self.event["of"][event] = of
        return event

    def _adjusted(self, member: int | None, entry: Entry) -> None:
        """So many points of a unit are given by hand, or taken."""
        if member is None:
            self._odd(entry.kind)
            return
        unit, points = self._asked(entry)
        self._event(member, ADJUST, entry.seq, NONE, entry.at, entry.posted, unit=unit, points=points)

    def _asked(self, entry: Entry) -> tuple[int, int]:
        told = entries.told(entry.facts).facts
        return self.units.code(told["unit"]), int(told["points"])

    def _cancelled(self, member: int | None, entry: Entry) -> None:
        """A burn is given back, wholly or a part of it."""
        burn = self.events.get(ids.read("burn", str(entries.told(entry.facts).facts["burn"])))
        if member is None or burn is None or self.event["member"][burn] != member:
            self._odd(entry.kind)
            return
        ((unit, points),) = entries.decided(entry.decision).reinstated.items()
        event = self._follow(burn, CANCEL, entry, unit=self.units.code(unit), points=points)
        if entry.source == redemptions.SOURCE:  # the reward comes back whole, and with it what it cost
            self.given_up.append(event)

    def _given(self, member: int | None, entry: Entry) -> None:
        """Points go to another member; where they are only offered, nothing happens yet."""
        for one in entries.decided(entry.decision).sent:
            if member is None:
                self._odd("transfer")
                continue
            id = entry.id if entry.kind == "transfer" else ids.read("transfer", entry.external_id)
            event = self.events[f"transfer {id}"] = self._event(
                member, GIVE, entry.seq, NONE, entry.posted, entry.posted, unit=self.units.code(one.unit),
                points=one.points,
            )  # fmt: skip
            self.event["cost"][event] = one.fee

    def _received(self, member: int | None, entry: Entry) -> None:
        """What was given arrives."""
        gift = self.events.get(f"transfer {ids.read('transfer', entry.external_id)}")
        if member is None or gift is None:
            self._odd("transfer")
            return
        self.event["of"][gift] = self._event(member, RECEIVE, entry.seq, NONE, entry.posted, entry.posted)

    def _donated(self, member: int | None, entry: Entry) -> None:
        """Points go to a cause."""
        if member is None:
            self._odd(entry.kind)
            return
        unit, points = self._asked(entry)
        self._event(member, GIVE, entry.seq, NONE, entry.posted, entry.posted, unit=unit, points=points)

    def _event(
        self, member: int, what: int, seq: int, row: int, at: int, posted: int, *, unit: int = NONE, points: int = 0,
        spent: int = 0,
    ) -> int:  # fmt: skip
        cells = {
            "member": member, "what": what, "seq": seq, "row": row, "at": at, "posted": posted,
            "version": self.version, "climbs_by": self.version, "of": NONE,
            "unit": unit, "points": points, "cost": 0, "spent": spent,
        }  # fmt: skip
        for name, cell in cells.items():
            self.event[name].append(cell)
        return len(self.event["what"]) - 1

    def tell_costs(self) -> None:
        """Say what each redemption cost at the first of its burns, and at what gives that back; bind its burns."""
        for id, cost in self.costs.items():
            named = [f"burn {redemptions.name(id, unit)}" for unit in self.units.codes]
            burns = sorted(self.events[name] for name in named if name in self.events)
            if burns:
                self.event["cost"][burns[0]] = cost
            if len(burns) > 1:
                for burn in burns:
                    if self.event["what"][burn] == BURN:
                        self.event["of"][burn] = burns[0]
        for event in self.given_up:
            self.event["cost"][event] = self.event["cost"][self.event["of"][event]]
