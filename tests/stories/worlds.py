"""Where a story can happen: what any world must be able to do, and the engine on the database of the run."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

import msgspec

from guerdon.core import activities as law
from guerdon.core.activities import Activity
from guerdon.core.decisions import Decision
from guerdon.core.errors import Refusal
from guerdon.core.holds import Hold, TimeToLive
from guerdon.core.members import Person
from guerdon.core.programme import Programme
from guerdon.engine import cancel, earn, night, publish, redeem, reserve
from guerdon.engine.batch import Told
from guerdon.engine.desk import Result
from guerdon.features.activities import queries as activities
from guerdon.features.holds import queries as holds
from guerdon.features.ledger import queries
from guerdon.features.members import actions as members
from guerdon.kit import clock, ids, store
from tests.stories.reader import Person as Somebody


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered to one fact, or what a night did."""

    decision: Decision | None = None
    refusal: Refusal | None = None
    known: bool = False
    expired: dict[str, int] = field(default_factory=dict)
    repaid: dict[str, int] = field(default_factory=dict)
    cancelled: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Amounts:
    """A balance at an instant."""

    available: int = 0
    pending: int = 0
    debt: int = 0
    lapsed: int = 0
    held: int = 0


@dataclass(frozen=True, slots=True)
class Life:
    """A living lot: what is left of it, from when to when it can be spent."""

    points: int
    available_at: datetime
    expires_at: datetime | None
    earned_at: datetime
    id: str


class World(Protocol):
    """One programme in which a story happens; instants never go back."""

    def publish(self, programme: Programme, *, since: datetime, now: datetime) -> None: ...
    def enrol(self, somebody: Somebody, *, now: datetime) -> None: ...
    def record(self, told: Sequence[Activity], *, now: datetime, dry_run: bool) -> list[Answer]: ...
    def spend(self, who: str, unit: str, points: int, *, key: str, now: datetime, dry_run: bool) -> Answer: ...
    def hold(self, who: str, unit: str, points: int, *, life: TimeToLive, key: str, now: datetime) -> Answer: ...
    def capture(self, hold: str, points: int | None, *, final: bool, key: str, now: datetime) -> Answer: ...
    def release(self, hold: str, *, key: str, now: datetime) -> Answer: ...
    def cancel(self, burn: str, points: int | None, *, key: str, now: datetime) -> Answer: ...
    def state(self, hold: str, now: datetime) -> str:
        """What has become of a hold."""

    def adjust(
        self, who: str, unit: str, points: int, *, key: str, actor: str, reason: str, now: datetime
    ) -> Answer: ...
    def night(self, now: datetime) -> tuple[dict[str, int], dict[str, int], dict[str, int]]:
        """What expired, what repaid debt and what was cancelled, by unit."""

    def amounts(self, who: str, unit: str, now: datetime) -> Amounts: ...
    def lots(self, who: str, unit: str, now: datetime) -> list[Life]: ...
    def statement(self, who: str, unit: str) -> list[tuple[str, int]]:
        """The postings in their order: kind and signed points."""


def person_of(somebody: Somebody) -> Person | None:
    """The personal data of somebody in a story."""
    return Person(name=somebody.name, birthday=date.fromisoformat(somebody.born)) if somebody.born else None


class EngineWorld:
    """The engine on the database that Django has at hand."""

    def __init__(self) -> None:
        self.key = "s" + secrets.token_hex(8)
        self.programme_id = ""
        self.made: dict[str, str] = {}  # burns and holds by what they are called

    def publish(self, programme: Programme, *, since: datetime, now: datetime) -> None:
        own = msgspec.structs.replace(programme, key=self.key)
        publish.publish(programme=own, source="", effective_at=since, now=now, by="Emil")
        statement = store.Statement("SELECT id FROM programmes_programme WHERE key = :key")
        self.programme_id = store.current().fetch(statement, key=self.key)[0][0]

    def enrol(self, somebody: Somebody, *, now: datetime) -> None:
        at_hand = store.current()
        enrolment = members.Enrolment(
            external_ids=(somebody.name,), person=person_of(somebody), attributes=dict(somebody.attributes),
            segments=somebody.segments,
        )  # fmt: skip
        with at_hand.transaction():
            members.enrol(at_hand, self.programme_id, enrolment, now=now)

    def record(self, told: Sequence[Activity], *, now: datetime, dry_run: bool) -> list[Answer]:
        results = earn.record_many(
            programme_id=self.programme_id, told=[Told(one) for one in told], now=now, dry_run=dry_run
        )
        return [_answer(result) for result in results]

    def spend(self, who: str, unit: str, points: int, *, key: str, now: datetime, dry_run: bool) -> Answer:
        burn = redeem.Burn(member=law.Member(external_id=who), unit=unit, points=points, source="till", external_id=key)
        return self._noted(
            key, redeem.burn_many(programme_id=self.programme_id, burns=[burn], now=now, dry_run=dry_run)[0]
        )

    def _noted(self, key: str, result: Result) -> Answer:
        if not isinstance(result, Refusal):
            self.made[key] = result.activity_id
        return _answer(result)

    def hold(self, who: str, unit: str, points: int, *, life: TimeToLive, key: str, now: datetime) -> Answer:
        hold = reserve.NewHold(law.Member(external_id=who), unit, points, life, source="shop", external_id=key)
        return self._noted(key, reserve.hold_many(programme_id=self.programme_id, holds=[hold], now=now)[0])

    def capture(self, hold: str, points: int | None, *, final: bool, key: str, now: datetime) -> Answer:
        ending = reserve.Ending(self._hold(hold), "capture", points, final, source="shop", external_id=key)
        return self._noted(key, reserve.end_many(programme_id=self.programme_id, endings=[ending], now=now)[0])

    def release(self, hold: str, *, key: str, now: datetime) -> Answer:
        ending = reserve.Ending(self._hold(hold), "release", source="shop", external_id=key)
        return _answer(reserve.end_many(programme_id=self.programme_id, endings=[ending], now=now)[0])

    def cancel(self, burn: str, points: int | None, *, key: str, now: datetime) -> Answer:
        found = activities.one(store.current(), self.programme_id, self.made[burn])
        wanted = cancel.Cancellation(found, points, source="till", external_id=key)
        return _answer(cancel.cancel_many(programme_id=self.programme_id, cancellations=[wanted], now=now)[0])

    def state(self, hold: str, now: datetime) -> str:
        found = self._hold(hold)
        return "expired" if found.state == "open" and found.ends_at <= now else found.state

    def _hold(self, name: str) -> Hold:
        id = self.made[name]
        account = activities.one(store.current(), self.programme_id, id).account_id
        return holds.named(store.current(), [(account, id)])[id]

    def adjust(self, who: str, unit: str, points: int, *, key: str, actor: str, reason: str, now: datetime) -> Answer:
        adjustment = redeem.Adjustment(
            member=law.Member(external_id=who), unit=unit, points=points, reason=reason, actor=actor, source="desk",
            external_id=key,
        )  # fmt: skip
        return _answer(redeem.adjust_many(programme_id=self.programme_id, adjustments=[adjustment], now=now)[0])

    def night(self, now: datetime) -> tuple[dict[str, int], dict[str, int], dict[str, int]]:
        report = night.run(programme_id=self.programme_id, as_of=now)
        return report.expired, report.repaid, report.cancelled

    def amounts(self, who: str, unit: str, now: datetime) -> Amounts:
        for found in queries.balances(store.current(), self._account(who), now):
            if found.unit == unit:
                return Amounts(found.available, found.pending, found.debt, found.lapsed, found.held)
        return Amounts()

    def lots(self, who: str, unit: str, now: datetime) -> list[Life]:
        found = queries.account_lots(
            store.current(), self._account(who), now, after=ids.NIL, most=100_000, spent_too=False
        )
        return [
            Life(lot.remaining, lot.available_at, lot.expires_at, lot.earned_at, lot.id)
            for lot in found
            if lot.unit == unit
        ]

    def statement(self, who: str, unit: str) -> list[tuple[str, int]]:
        lines, _ = queries.statement(store.current(), self._account(who), clock.instant(0), seq=0, part=0, most=100_000)
        return [(line.kind, line.points) for line in lines if line.unit == unit]

    def _account(self, who: str) -> str:
        statement = store.Statement(
            "SELECT member_id FROM members_identifier WHERE programme_id = :programme AND value = :value"
        )
        return str(store.current().fetch(statement, programme=self.programme_id, value=who)[0][0])


def _answer(result: Result) -> Answer:
    if isinstance(result, Refusal):
        return Answer(refusal=result)
    return Answer(decision=result.decision, known=result.replayed)
