"""Points are reserved, and then captured or released: holds, each verb once for ever (LAW 5.4)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

import msgspec

from guerdon.core import activities as law
from guerdon.core import holds, households, ledger
from guerdon.core.activities import Activity, Member
from guerdon.core.decisions import Decision, Held, Spent
from guerdon.core.holds import Hold, TimeToLive
from guerdon.core.law import Law
from guerdon.core.ledger import Take
from guerdon.core.standing import Standing
from guerdon.engine import desk, effects, entries
from guerdon.engine.batch import Batch, Outcome, Told
from guerdon.engine.desk import Result
from guerdon.features.activities.actions import Idempotency
from guerdon.features.holds import queries
from guerdon.features.ledger.actions import Cause
from guerdon.kit import ids

VERBS: Final = ("capture", "release")


class NewHold(msgspec.Struct, frozen=True):
    """Points to reserve; (source, external_id) names the hold for ever."""

    member: Member
    unit: str
    points: int
    life: TimeToLive | datetime
    source: str
    external_id: str
    idempotency: Idempotency | None = None


class Ending(msgspec.Struct, frozen=True):
    """What shall become of a hold: so many points captured, all where none are named, or everything released."""

    hold: Hold  # as it was when it was looked up; the desk looks again under the lock
    verb: str
    points: int | None = None
    final: bool = True
    source: str = "api"
    external_id: str = ""  # where the caller gives it no name, it is named by itself
    idempotency: Idempotency | None = None


def hold_many(*, programme_id: str, holds: Sequence[NewHold], now: datetime, dry_run: bool = False) -> list[Result]:
    """Reserve points, first expiring first, all or nothing each. Refuses `insufficient_points`."""
    told = [_told_hold(one, now) for one in holds]
    return desk.run(programme_id=programme_id, told=told, now=now, clerk=_Reserving(), dry_run=dry_run)


def end_many(*, programme_id: str, endings: Sequence[Ending], now: datetime, dry_run: bool = False) -> list[Result]:
    """Capture or release. Refuses `hold_ended`: a hold ends once, whoever comes first."""
    told = [_told_ending(one, now) for one in endings]
    return desk.run(programme_id=programme_id, told=told, now=now, clerk=_Reserving(), dry_run=dry_run)


def _told_hold(one: NewHold, now: datetime) -> Told:
    facts: dict[str, law.FactValue] = {"unit": one.unit, "points": one.points}
    if isinstance(one.life, datetime):
        facts["ends_at"] = one.life.isoformat()
    else:
        given = msgspec.to_builtins(one.life)
        facts |= given if len(given) == 1 else {"life": "unclear"}
    return Told(Activity("hold", one.source, one.external_id, now, one.member, facts=facts), one.idempotency)


def _told_ending(one: Ending, now: datetime) -> Told:
    facts: dict[str, law.FactValue] = {"hold": ids.show("hold", one.hold.id), "unit": one.hold.unit}
    if one.verb == "capture":
        facts |= {"final": one.final} if one.points is None else {"final": one.final, "points": one.points}
    member = Member(id=ids.show("member", one.hold.account_id))
    external_id = one.external_id or ids.new()
    activity = Activity(one.verb, one.source, external_id, now, member, facts=facts)
    return Told(activity, one.idempotency, person_id=one.hold.person_id)


class _Reserving(desk.Clerk):
    """The clerk for holds; what is asked stands in the facts, as the journal will keep it."""

    def check(self, activity: Activity, in_force: Law, now: datetime) -> None:
        points = activity.facts.get("points")
        if points is not None:
            ledger.check_points(int(points))
        if activity.kind in VERBS:
            return
        unit = in_force.programme.unit(str(activity.facts["unit"]))
        if not unit.spendable:
            raise ledger.UNIT_NOT_SPENDABLE(unit=unit.code)
        holds.check_life(now, _ends_at(activity, in_force, now), in_force.zone)

    def needs_active(self, activity: Activity) -> bool:
        return activity.kind != "release"  # points go back to whomever they are

    def prepare(self, batch: Batch, told: Sequence[Told]) -> None:
        super().prepare(batch, told)
        names = [(str(one.activity.member.id), str(one.activity.facts["hold"])) for one in told if _ends(one.activity)]
        wanted = [(ids.read("member", member), ids.read("hold", hold)) for member, hold in names]
        for hold in queries.named(batch.store, wanted).values():
            if batch.holds.find(hold.id) is None:
                batch.holds.keep(hold)

    def decide(self, batch: Batch, one: Told, standing: Standing, in_force: Law) -> Outcome:
        if one.activity.kind == "hold":
            households.check_spending(in_force.programme.sharing, standing.role)
            return hold(batch, one.activity, standing, in_force)
        found = batch.holds.find(ids.read("hold", str(one.activity.facts["hold"])))
        if found is None:
            raise holds.HOLD_UNKNOWN(id=str(one.activity.facts["hold"]))
        # A member whose points are held is not merged, so the holds of one who was have all ended.
        assert found.account_id == standing.account_id or found.state != "open", "a merged member holds points"
        end = release if one.activity.kind == "release" else capture
        return end(batch, one.activity, found, in_force)


def _ends(activity: Activity) -> bool:
    return activity.kind in VERBS


def _ends_at(activity: Activity, in_force: Law, now: datetime) -> datetime:
    facts = activity.facts
    if "ends_at" in facts:
        return datetime.fromisoformat(str(facts["ends_at"]))
    given = {name: int(facts[name]) for name in TimeToLive.__struct_fields__ if name in facts}
    return holds.ends_at(TimeToLive(**given), created_at=now, zone=in_force.zone)


def hold(batch: Batch, activity: Activity, standing: Standing, in_force: Law) -> Outcome:
    """Reserve the points that the fact says, and enter it. Raises `insufficient_points`, `holds_too_many`."""
    account, unit, points = standing.account_id, str(activity.facts["unit"]), int(activity.facts["points"])
    takes = ledger.take(batch.books.lots(account, unit), points, at=batch.now, unit=unit)
    ends_at = _ends_at(activity, in_force, batch.now)
    cause = batch.cause(standing)
    made = Hold(
        cause.activity_id, account, unit, points, batch.now, ends_at, takes, person_id=standing.person_id
    )  # fmt: skip
    batch.holds.make(made, seq=cause.seq)
    batch.books.reserve(account, unit, takes, until=ends_at)
    return entries.enter(batch, activity, cause, Decision(version=in_force.version, hold=_held(made)))


def _held(hold: Hold) -> Held:
    """The hold as the journal remembers it."""
    became = (hold.state, hold.captured, hold.released, hold.expired)
    return Held(hold.id, hold.unit, hold.amount, hold.created_at, hold.ends_at, *became)


def capture(batch: Batch, activity: Activity, hold: Hold, in_force: Law) -> Outcome:
    """The first points in order leave, as of the instant at which they were reserved; the rest is free again."""
    points = activity.facts.get("points")
    asked = None if points is None else int(points)
    after, taken, rest = holds.capture(hold, asked, final=bool(activity.facts["final"]))
    # As of the hold's beginning: nothing that happened since can take the points from whoever they were promised to.
    cause = Cause(hold.account_id, ids.new(), batch.next_seq(), hold.created_at, hold.person_id)
    batch.books.free(hold.account_id, hold.unit, taken)
    spent = batch.books.debit("burn", cause, unit=hold.unit, takes=taken, at=hold.created_at)
    decision = Decision(version=in_force.version, spent=(Spent(unit=hold.unit, points=spent),))
    effects.slide(batch.books, cause, in_force, hold.unit)
    return _step(batch, activity, cause, after, rest, decision)


def release(batch: Batch, activity: Activity, hold: Hold, in_force: Law) -> Outcome:
    """All that is still reserved is free again. Raises `hold_ended`."""
    after = holds.release(hold)
    cause = Cause(hold.account_id, ids.new(), batch.next_seq(), batch.now, hold.person_id)
    return _step(batch, activity, cause, after, hold.parts, Decision(version=in_force.version))


def _step(
    batch: Batch, activity: Activity, cause: Cause, after: Hold, rest: Sequence[Take], decision: Decision
) -> Outcome:
    """The rest is free: what its lots have not lived to see expires at once, the other repays debt first (LAW 5.4)."""
    unit = after.unit
    batch.books.free(after.account_id, unit, rest)
    cause.effective_at = batch.now
    dead = batch.books.expire_at_once(cause, unit=unit, takes=rest).get("expire")
    repaid = batch.settle_debts(cause) if rest else {}
    decision = msgspec.structs.replace(decision, hold=_held(after), expired={unit: dead} if dead else {}, repaid=repaid)
    batch.holds.step(activity.kind, after, activity_id=cause.activity_id, seq=cause.seq, at=batch.now)
    return entries.enter(batch, activity, cause, decision)
