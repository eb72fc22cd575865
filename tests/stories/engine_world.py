"""The world of the engine: a story on the database of the run."""

import secrets
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import msgspec

from guerdon.core import activities as law
from guerdon.core import closing as closing_law
from guerdon.core import expiring
from guerdon.core.activities import Activity, Tender
from guerdon.core.errors import Refusal
from guerdon.core.holds import Hold, TimeToLive
from guerdon.core.programme import Programme
from guerdon.core.rates import ToldRate
from guerdon.core.tiers import GrantKind
from guerdon.engine import (
    adjust,
    cancel,
    closing,
    donate,
    earn,
    exchange,
    grants,
    households,
    merge,
    night,
    publish,
    redeem,
    reserve,
    transfers,
)
from guerdon.engine.adjust import Verdict
from guerdon.engine.batch import Told
from guerdon.engine.desk import Result
from guerdon.features.activities import queries as activities
from guerdon.features.cards.queries import Card
from guerdon.features.closings import queries as closings
from guerdon.features.expirations import queries as expirations
from guerdon.features.holds import queries as holds
from guerdon.features.ledger import queries
from guerdon.features.members import actions as members
from guerdon.features.members import queries as member_queries
from guerdon.features.members import records
from guerdon.features.programmes import queries as programmes
from guerdon.features.transfers import queries as passing
from guerdon.insight import tiers
from guerdon.kit import clock, ids, store
from tests.shop import DORA
from tests.stories.engine_consents import EngineConsents
from tests.stories.engine_memberships import EngineMemberships
from tests.stories.engine_rewards import EngineRewards
from tests.stories.engine_vouchers import EngineVouchers
from tests.stories.story import Person as Somebody
from tests.stories.worlds import Amounts, Answer, Deal, Life, Stand, person_of


class EngineWorld(EngineRewards, EngineVouchers, EngineMemberships, EngineConsents):
    """The engine on the database that Django has at hand."""

    def __init__(self) -> None:
        self.key = "s" + secrets.token_hex(8)
        self.programme_id = ""
        self.made: dict[str, str] = {}  # burns and holds by what they are called
        self.transfers: dict[str, str] = {}  # by what the story calls them
        self.redeemed: dict[str, str] = {}
        self.used: dict[str, str] = {}
        self.cards: dict[str, Card] = {}
        self.homes: dict[str, str] = {}  # households by their names
        self.invited: dict[tuple[str, str], str] = {}  # invitations by household and person

    def publish(self, programme: Programme, *, since: datetime, now: datetime) -> None:
        own = msgspec.structs.replace(programme, key=self.key)
        publish.publish(programme=own, source="", effective_at=since, now=now, by="Emil")
        statement = store.Statement("SELECT id FROM programmes_programme WHERE key = :key")
        self.programme_id = store.current().fetch(statement, key=self.key)[0][0]

    def enrol(self, somebody: Somebody, *, now: datetime) -> None:
        at_hand = store.current()
        enrolment = records.Enrolment(
            external_ids=(somebody.name,), person=person_of(somebody), attributes=dict(somebody.attributes),
            segments=somebody.segments,
        )  # fmt: skip
        with at_hand.transaction():
            members.enrol(at_hand, self.programme_id, enrolment, now=now)

    def record(self, told: Sequence[Activity], *, now: datetime, dry_run: bool) -> list[Answer]:
        results = earn.record_many(
            programme_id=self.programme_id, told=[Told(self._paid(one)) for one in told], now=now, dry_run=dry_run
        )
        return [_answer(result) for result in results]

    def _paid(self, one: Activity) -> Activity:
        """With the ids of the burns that its tenders name, and the codes of gift cards."""
        return msgspec.structs.replace(one, tenders=tuple(map(self._tender, one.tenders)))

    def _tender(self, told: Tender) -> Tender:
        if told.burn is not None:
            return msgspec.structs.replace(told, burn=ids.show("burn", self.made.get(told.burn, ids.NIL)))
        known = None if told.card is None else self.cards.get(told.card)
        return told if known is None else msgspec.structs.replace(told, card=known.code)

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
        wanted = cancel.Cancellation(found, DORA, points, source="till", external_id=key)
        return _answer(cancel.cancel_many(programme_id=self.programme_id, cancellations=[wanted], now=now)[0])

    def state(self, hold: str, now: datetime) -> str:
        found = self._hold(hold)
        return "expired" if found.state == "open" and found.ends_at <= now else found.state

    def _hold(self, name: str) -> Hold:
        id = self.made[name]
        account = activities.one(store.current(), self.programme_id, id).account_id
        return holds.named(store.current(), [(account, id)])[id]

    def adjust(self, who: str, unit: str, points: int, *, key: str, actor: str, reason: str, now: datetime) -> Answer:
        adjustment = adjust.Adjustment(
            member=law.Member(external_id=who), unit=unit, points=points, reason=reason,
            actor=adjust.Actor(actor, actor), source="desk", external_id=key,
        )  # fmt: skip
        return _answer(adjust.adjust_many(programme_id=self.programme_id, adjustments=[adjustment], now=now)[0])

    def judge(self, verdict: Verdict, what: str, *, actor: str, now: datetime) -> Answer:
        try:
            outcome = adjust.decide(
                programme_id=self.programme_id, adjustment_id=self._adjustment(what), verdict=verdict,
                actor=adjust.Actor(actor, actor), now=now,
            )  # fmt: skip
        except Refusal as refusal:
            return Answer(refusal=refusal)
        return _answer(outcome)

    def _adjustment(self, key: str) -> str:
        statement = store.Statement(
            "SELECT activity_id FROM activities_key WHERE programme_id = :programme AND kind = 'adjustment'"
            " AND external_id = :key"
        )
        return str(store.current().fetch(statement, programme=self.programme_id, key=key)[0][0])

    def household(self, deed: str, home: str, *, who: str, by: str, role: Any, now: datetime) -> Answer:
        asked = households.Asked(self.programme_id, "Emil", now)
        try:
            done = self._deed(asked, deed, home, law.Member(external_id=who), law.Member(external_id=by), role, who)
        except Refusal as refusal:
            return Answer(refusal=refusal)
        self.homes[home] = done.household.id
        if done.invitation is not None:
            self.invited[home, who] = done.invitation.id
        return Answer(passed={one.unit: (one.points, one.debt) for one in done.moved}, repaid=done.repaid)

    def _deed(
        self, asked: households.Asked, deed: str, home: str, who: law.Member, by: law.Member, role: Any, name: str
    ) -> households.Done:
        if deed == "found":
            return households.found(asked, owner=who)
        own = {"household_id": self.homes[home]}
        if deed in ("accept", "decline"):
            return households.answer(asked, invitation_id=self.invited[home, name], deed=deed, **own)  # type: ignore[arg-type]
        if deed in ("leave", "remove"):
            return households.leave(asked, member=who, by=by if deed == "remove" else None, **own)
        if deed == "hand_over":
            return households.hand_over(asked, to=who, by=by, **own)
        change = households.invite if deed == "invite" else households.change_role
        return change(asked, member=who, by=by, role=role, **own)

    def share(self, who: str, unit: str, home: str) -> list[tuple[str, int]]:
        lines, _ = queries.statement(
            store.current(), self.homes[home], clock.instant(0), seq=0, part=0, most=100_000,
            person_id=self.own_id(who),
        )  # fmt: skip
        return [(line.kind, line.points) for line in lines if line.unit == unit]

    def merge(self, stays: str, goes: str, *, now: datetime, dry_run: bool) -> Answer:
        return self._join_or_part(merge.merge, stays, goes, now, dry_run)

    def unmerge(self, stays: str, goes: str, *, now: datetime, dry_run: bool) -> Answer:
        return self._join_or_part(merge.unmerge, stays, goes, now, dry_run)

    def _join_or_part(self, deed: Any, stays: str, goes: str, now: datetime, dry_run: bool) -> Answer:
        own = {"programme_id": self.programme_id, "into": self.own_id(stays), "actor": "Emil", "now": now}
        try:
            told, known = deed(**own, goes=law.Member(external_id=goes), dry_run=dry_run)
        except Refusal as refusal:
            return Answer(refusal=refusal)
        passed = {one.unit: (one.points, one.debt) for one in told.passed}
        return Answer(known=known, passed=passed, repaid=told.repaid)

    def own_id(self, who: str) -> str:
        """The id a member was given, whomever it leads to by now."""
        statement = store.Statement(
            "SELECT coalesce(came_from, member_id) FROM members_identifier"
            " WHERE programme_id = :programme AND value = :value"
        )
        return str(store.current().fetch(statement, programme=self.programme_id, value=who)[0][0])

    def send(self, who: str, to: str, unit: str, points: int, *, key: str, now: datetime, dry_run: bool) -> Answer:
        wanted = transfers.NewTransfer(
            member=law.Member(external_id=who), to=law.Member(external_id=to), unit=unit, points=points, source="app",
            external_id=key,
        )  # fmt: skip
        (result,) = transfers.send_many(programme_id=self.programme_id, wanted=[wanted], now=now, dry_run=dry_run)
        if not isinstance(result, Refusal):
            self.transfers[key] = result.activity_id
        return _answer(result)

    def settle(self, key: str, deal: Deal, *, now: datetime) -> Answer:
        named = {"programme_id": self.programme_id, "transfer_id": self.transfers[key]}
        return _answer(transfers.settle(deed=deal, now=now, **named))

    def donate(self, who: str, cause: str, unit: str, points: int, *, key: str, now: datetime) -> Answer:
        gift = donate.Donation(
            member=law.Member(external_id=who), cause=cause, unit=unit, points=points, source="app", external_id=key
        )
        return _answer(donate.donate_many(programme_id=self.programme_id, donations=[gift], now=now)[0])

    def given(self, cause: str, unit: str) -> int:
        totals = passing.causes(store.current(), self.programme_id)
        return sum(one.points for one in totals if (one.cause, one.unit) == (cause, unit))

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
            Life(lot.remaining, lot.available_at, lot.expires_at, lot.earned_at, lot.id, lot.funder)
            for lot in found
            if lot.unit == unit
        ]

    def statement(self, who: str, unit: str) -> list[tuple[str, int]]:
        lines, _ = queries.statement(store.current(), self._account(who), clock.instant(0), seq=0, part=0, most=100_000)
        return [(line.kind, line.points) for line in lines if line.unit == unit]

    def close_month(self, month: str, *, actor: str, now: datetime) -> Answer:
        try:
            closing.close(programme_id=self.programme_id, month=month, now=now, by=actor)
        except Refusal as refusal:
            return Answer(refusal=refusal)
        closing.count(programme_id=self.programme_id, month=month, now=now)
        return Answer()

    def figures(self, month: str, unit: str) -> tuple[int, dict[str, tuple[int, int]]]:
        for sums in closings.one(store.current(), self.programme_id, month).sums or ():
            if sums.unit == unit:
                flows = closing_law.columns(sums)
                return sums.opening, {name: (flow.points, flow.prior) for name, flow in flows.items() if flow.points}
        return 0, {}

    def months(self, who: str, unit: str) -> list[tuple[int, str, bool]]:
        at_hand = store.current()
        borders = closings.borders(at_hand, self.programme_id)
        lines, _ = queries.statement(at_hand, self._account(who), clock.instant(0), seq=0, part=0, most=100_000)
        zone = programmes.latest(at_hand, self.programme_id).law(1).zone
        found = []
        for line in lines:
            place = closing_law.place(seq=line.seq, effective_at=line.effective_at, closings=borders, zone=zone)
            if line.unit == unit:
                found.append((line.points, place.month, place.late))
        return found

    def expiring(self, who: str, unit: str, now: datetime, until: date | None) -> list[tuple[int, date]]:
        found = queries.account_lots(
            store.current(), self._account(who), now, after=ids.NIL, most=100_000, spent_too=False
        )
        zone = programmes.latest(store.current(), self.programme_id).law(1).zone
        lots = [(lot.unit, lot.as_lot()) for lot in found if lot.unit == unit]
        return [(one.points, one.last_day) for one in expiring.preview(lots, at=now, zone=zone, until=until)]

    def reminders(self, who: str, now: datetime) -> list[tuple[int, str, date, int]]:
        zone = programmes.latest(store.current(), self.programme_id).law(1).zone
        found = expirations.reminders(store.current(), self._account(who), after=ids.NIL, most=100_000)
        told = [one.reminder for one in found if one.told_at == now]
        lines = [(one.points, one.unit, expiring.last_day(one.ends_at, zone), one.days) for one in told]
        return sorted(lines, key=lambda one: (one[2], one[1]))

    def ending(self, unit: str) -> list[tuple[int, str]]:
        _, found = expirations.months(store.current(), self.programme_id)
        return [(one.points, one.month) for one in found if one.unit == unit]

    def grant(
        self, who: str, tier: str, *, kind: GrantKind, last_day: date, key: str, reason: str, actor: str, now: datetime
    ) -> Answer:
        wanted = grants.Granting(
            member=law.Member(external_id=who), tier=tier, kind=kind, last_day=last_day, reason=reason,
            actor=adjust.Actor(actor, actor), source="desk", external_id=key,
        )  # fmt: skip
        return _answer(grants.grant_many(programme_id=self.programme_id, grants=[wanted], now=now)[0])

    def climbed(self, who: str, at: datetime, now: datetime) -> dict[str, Stand]:
        at_hand = store.current()
        in_force = programmes.latest(at_hand, self.programme_id).current(now)
        member = member_queries.get(at_hand, self.programme_id, self._account(who))
        found, _ = tiers.of_member(at_hand, in_force, member, at)
        told = [(one.ladder.key, one.tier, one.progress) for one in found]
        return {key: Stand(tier, of.next, of.missing, of.keep, of.keep_by) for key, tier, of in told}

    def rate(self, rate: ToldRate, *, now: datetime) -> Answer:
        exchange.tell(programme_id=self.programme_id, rates=[rate], now=now, by="Emil")
        return Answer(released=exchange.release(programme_id=self.programme_id, now=now).released)

    def _account(self, who: str) -> str:
        statement = store.Statement(
            "SELECT coalesce(m.household_id, m.id) FROM members_identifier i JOIN members_member m"
            " ON m.id = i.member_id WHERE i.programme_id = :programme AND i.value = :value"
        )
        return str(store.current().fetch(statement, programme=self.programme_id, value=who)[0][0])


def _answer(result: Result) -> Answer:
    if isinstance(result, Refusal):
        return Answer(refusal=result)
    sent = result.decision.sent
    moved = {"points": sent[0].points, "fee": sent[0].fee} if sent else None
    return Answer(decision=result.decision, known=result.replayed, sent=moved)
