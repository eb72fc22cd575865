"""Burns are cancelled: their points go back where they came from, wholly or in parts, never twice (LAW 5.5)."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

import msgspec

from guerdon.core import activities as law
from guerdon.core import burns, ledger, redemptions, returns
from guerdon.core.activities import Activity, Member
from guerdon.core.decisions import Decision
from guerdon.core.law import Law
from guerdon.core.ledger import Passing, Take
from guerdon.core.standing import Standing
from guerdon.engine import desk, entries, passing
from guerdon.engine.batch import Batch, Outcome, Told
from guerdon.engine.desk import Result
from guerdon.features.activities import queries as activities
from guerdon.features.activities.actions import Idempotency
from guerdon.features.activities.queries import Recorded
from guerdon.features.ledger import burned
from guerdon.features.ledger.actions import Cause
from guerdon.features.ledger.burned import Burned
from guerdon.kit import ids
from guerdon.kit.audit import Actor, Deed

_OWNERS: Final = (
    redemptions.SOURCE,
    returns.SOURCE,
)  # what gives back burns of their own: redemptions, returns of orders


class Cancellation(msgspec.Struct, frozen=True):
    """A burn to be cancelled: so many of its points, or all that have not come back yet."""

    burn: Recorded
    by: Actor  # who does it, for the book of who did what
    points: int | None = None
    source: str = "api"
    external_id: str = ""  # where the caller gives it no name, it is named by itself
    idempotency: Idempotency | None = None
    reason: str = ""  # why, for the book


def cancel_many(
    *, programme_id: str, cancellations: Sequence[Cancellation], now: datetime, dry_run: bool = False
) -> list[Result]:
    """Give burned points back. Refuses `burn_cancelled` when all of them are back."""
    told = [_told(one, now) for one in cancellations]
    clerk = _Cancelling([one.burn for one in cancellations])
    return desk.run(programme_id=programme_id, told=told, now=now, clerk=clerk, dry_run=dry_run)


def _told(one: Cancellation, now: datetime) -> Told:
    facts: dict[str, law.FactValue] = {"burn": ids.show("burn", one.burn.activity_id)}
    if one.points is not None:
        facts["points"] = one.points
    member = Member(id=ids.show("member", one.burn.account_id))
    external_id = one.external_id or ids.new()
    activity = Activity("burn_cancel", one.source, external_id, now, member, facts=facts)
    deed = Deed(one.by, "burn.cancel", str(facts["burn"]), one.reason)
    return Told(activity, one.idempotency, person_id=one.burn.person_id, deed=deed)


class Burns:
    """Burns with the lots they took, in the hands of a batch that cancels them."""

    def __init__(self, batch: Batch) -> None:
        self.batch = batch
        self._burns: dict[str, Recorded] = {}
        self._burned: dict[str, Burned] = {}
        self.paying: dict[str, str] = {}  # those that pay for a purchase, and for which

    def read(self, found: Iterable[Recorded]) -> None:
        """Read what these took and what has come back of it, in two statements."""
        new = {burn.activity_id: burn for burn in found if burn.activity_id not in self._burns}
        self._burns |= new
        made = sorted({(burn.account_id, burn.seq) for burn in new.values()})
        self.batch.take_lots({account for account, _ in made})
        taken = burned.of_entries(self.batch.store, made)
        self._burned |= taken
        for one in taken.values():
            for lot in one.lots:
                self.batch.books.keep(one.account_id, one.unit, lot)

    def read_paying(self, named: Iterable[tuple[str, str]]) -> None:
        """Read which of the burns (account, id) pay for purchases; none named costs nothing."""
        self.paying |= activities.paying(self.batch.store, named)

    def note(self, burn: Outcome, unit: str, takes: Sequence[Take]) -> None:
        """Take a burn of this very batch into these hands."""
        told = (burn.account_id, burn.activity_id, burn.seq, burn.recorded_at, burn.activity, burn.decision)
        self._burns[burn.activity_id] = Recorded(*told)
        points = sum(take.points for take in takes)
        posting = str(self.batch.books.postings[-1][1])
        self._burned[burn.activity_id] = Burned(burn.account_id, posting, unit, points, 0, list(takes), [])

    def check(self, id: str) -> None:
        """Refuse a burn that belongs to something else. Raises `of_redemption`, `burn_bound`."""
        burn = self.recorded(id).activity
        redemptions.check_foreign(burn)
        burns.check_free(burn)

    def recorded(self, id: str) -> Recorded:
        """One of these, by its id as it is shown."""
        return self._burns[ids.read("burn", id)]

    def find(self, id: str) -> Burned | None:
        """What a burn took, by its id as it is shown; None where it is none of these."""
        return self._burned.get(ids.read("burn", id))

    def cancel(self, activity: Activity, standing: Standing, in_force: Law) -> Outcome:
        """Enter a cancellation; its facts name the burn and how many points. Raises the refusals of `burns.returned`.

        The points go on to where the others of the account have gone since: to the standing's.
        """
        batch, id = self.batch, str(activity.facts["burn"])
        found = self.find(id)
        if found is None:
            raise burns.BURN_UNKNOWN(id=id)
        if activity.source not in _OWNERS:
            self.check(id)
            if ids.read("burn", id) in self.paying:
                raise burns.BURN_BOUND()
        points = activity.facts.get("points")
        backs = burns.returned(found.takes, found.back, None if points is None else int(points))
        burn = self.recorded(id)
        cause = Cause(found.account_id, ids.new(), batch.next_seq(), batch.now, burn.person_id)
        decision = _reinstate(batch, cause, found, backs, in_force)
        owner = Member(id=ids.show("member", burn.person_id or found.account_id))
        outcome = entries.enter(batch, msgspec.structs.replace(activity, member=owner), cause, decision)
        if found.account_id != standing.account_id:
            way: Passing = "merge" if standing.person_id is None and burn.person_id is None else "pool"
            passing.follow(batch, way, goes=found.account_id, stays=standing)
        return outcome


class _Cancelling(desk.Clerk):
    """The clerk for cancellations."""

    def __init__(self, found: list[Recorded]) -> None:
        self._found = found
        self._burns: Burns | None = None

    def check(self, activity: Activity, in_force: Law, now: datetime) -> None:
        points = activity.facts.get("points")
        if points is not None:
            ledger.check_points(int(points))

    def needs_active(self, activity: Activity) -> bool:
        return False  # what was taken by mistake goes back to whomever it was taken from

    def takes_cards(self, activity: Activity) -> bool:
        return True  # the burn is known by its id

    def prepare(self, batch: Batch, told: Sequence[Told]) -> None:
        self._burns = Burns(batch)
        self._burns.read(self._found)
        self._burns.read_paying([(burn.account_id, burn.activity_id) for burn in self._found])

    def decide(self, batch: Batch, one: Told, standing: Standing, in_force: Law) -> Outcome:
        assert self._burns is not None
        return self._burns.cancel(one.activity, standing, in_force)


def _reinstate(batch: Batch, cause: Cause, found: Burned, backs: tuple[Take, ...], in_force: Law) -> Decision:
    """Back into the very lots; what finds its lot ended expires at once, or gets a new life for the grace."""
    books, unit = batch.books, found.unit
    grace = in_force.programme.reinstate.grace_days
    dead = [back for back in backs if books.lot(cause.account_id, unit, back.lot).lapsed(batch.now)]
    revived = dead if grace is not None else []
    same = [back for back in backs if back not in revived]
    total = books.give_back(cause, unit=unit, backs=same, reverses=found.posting_id) if same else 0
    for back in revived:
        assert grace is not None
        until = burns.grace_ends(batch.now, grace, in_force.zone)
        total += books.revive(cause, unit=unit, back=back, until=until, reverses=found.posting_id)
    found.back += total
    expired = books.expire_at_once(cause, unit=unit, takes=same).get("expire")
    repaid = batch.settle_debts(cause)
    return Decision(
        version=in_force.version,
        reinstated={unit: total},
        expired={unit: expired} if expired else {},
        repaid=repaid,
    )
