"""Points pass from one member to another, at once or when the receiver accepts, each once for ever (LAW 6.1)."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final, Literal, TypeGuard

import msgspec

from guerdon.core import households, ledger, merging, period
from guerdon.core import transfers as sending
from guerdon.core.activities import Activity, Member
from guerdon.core.decisions import Count, Decision, Received, Sent
from guerdon.core.law import Law
from guerdon.core.programme import Unit
from guerdon.core.standing import Standing
from guerdon.engine import desk, entries
from guerdon.engine.batch import Batch, Outcome, Told
from guerdon.engine.caution import Caution
from guerdon.engine.desk import Result
from guerdon.features.activities import queries as activities
from guerdon.features.activities.actions import Idempotency
from guerdon.features.ledger.actions import Cause
from guerdon.features.members import queries as members
from guerdon.features.rulebook import queries as rulebook
from guerdon.features.transfers import actions
from guerdon.features.transfers import queries as transfers
from guerdon.features.transfers.queries import Transfer
from guerdon.kit import ids, store
from guerdon.kit.store import Store

SEND: Final = "transfer"
RECEIVED: Final = "transfer_received"
SOURCE: Final = "transfer"  # of the entries that follow from a transfer; its id names them
Deed = Literal["accept", "decline", "withdraw"]
KINDS: Final[dict[Deed, str]] = {
    "accept": "transfer_accepted", "decline": "transfer_declined", "withdraw": "transfer_withdrawn",
}  # fmt: skip
STATES: Final[dict[str, sending.State]] = {
    "transfer_accepted": "accepted", "transfer_declined": "declined", "transfer_withdrawn": "withdrawn",
}  # fmt: skip
MOVES: Final = frozenset({SEND, KINDS["accept"]})


class NewTransfer(msgspec.Struct, frozen=True):
    """Points that a member sends to another one; (source, external_id) names it for ever."""

    member: Member
    to: Member
    unit: str
    points: int
    source: str
    external_id: str
    idempotency: Idempotency | None = None


def send_many(
    *, programme_id: str, wanted: Sequence[NewTransfer], now: datetime, dry_run: bool = False
) -> list[Result]:
    """Send points, all or nothing each; where the programme wants acceptance, offer them: nothing moves yet."""
    told = [Told(_activity(one, now), one.idempotency, other=one.to) for one in wanted]
    results = desk.run(programme_id=programme_id, told=told, now=now, clerk=Sending(), dry_run=dry_run)
    return compared(programme_id, [one.to for one in wanted], results)


def settle(
    *,
    programme_id: str,
    transfer_id: str,
    deed: Deed,
    now: datetime,
    idempotency: Idempotency | None = None,
    dry_run: bool = False,
) -> Result:
    """Accept, decline or withdraw an offer; the first of them wins, and doing it again answers the same.

    Points leave the sender when the offer is accepted, under the limits of that day and for the fee that was told when
    it was made. Raises `transfer_unknown`.
    """
    offer = transfers.one(store.current(), programme_id, transfer_id)
    made = activities.one(store.current(), programme_id, offer.id).activity  # who of a household made it, and for whom
    to = str(made.facts["to"])
    activity = Activity(
        kind=KINDS[deed],
        source=SOURCE,
        external_id=ids.show("transfer", offer.id),
        occurred_at=now,
        member=made.member,
        facts={"unit": offer.unit, "points": offer.points, "to": to},
    )
    told = [Told(activity, idempotency, other=Member(id=to))]
    sides = ((offer.sender, made.member.id), (offer.receiver, to))
    shared = frozenset(account for account, who in sides if who != ids.show("member", account))
    clerk = Sending([offer], shared)
    return desk.run(programme_id=programme_id, told=told, now=now, clerk=clerk, dry_run=dry_run)[0]


def acceptable(at_hand: Store, programme_id: str, offers: Sequence[Transfer]) -> frozenset[str]:
    """Which offers can still be accepted: those between accounts that both members have now, as `_between` asks."""
    told = activities.named(at_hand, programme_id, [one.id for one in offers])
    sides = {id: [_shown(fact.activity.member.id), _shown(fact.activity.facts["to"])] for id, fact in told.items()}
    leads = members.leads(at_hand, sorted({who for both in sides.values() for who in both}))
    stand = {id: [leads[who].account_id for who in both if who in leads] for id, both in sides.items()}
    return frozenset(one.id for one in offers if stand.get(one.id) == [one.sender, one.receiver])


def _shown(member: object) -> str:
    return ids.read("member", str(member))


def _activity(one: NewTransfer, now: datetime) -> Activity:
    return Activity(
        kind=SEND,
        source=one.source,
        external_id=one.external_id,
        occurred_at=now,
        member=one.member,
        facts={"unit": one.unit, "points": one.points},
    )


def compared(programme_id: str, wanted: Sequence[Member], results: Sequence[Result]) -> list[Result]:
    """Transfers told again: whether `wanted`, the receivers, are others shows only now: the journal knows ids alone."""
    again = {desk.name_of(one) for one, result in zip(wanted, results, strict=True) if _replayed(result)}
    if not again:
        return list(results)
    found = store.retrying(lambda: members.lock(store.current(), programme_id, again))
    followers = members.followers_of(store.current(), sorted({row.person_id or row.id for row in found.values()}))

    def differs(one: Member, known: Outcome) -> tuple[str, ...]:
        row = found.get(desk.name_of(one))
        who = "" if row is None else row.person_id or row.id
        same = () if row is None else (who, *followers.get(who, ()))  # all who lead to the same member
        pointers = tuple(pointer for pointer in known.differs if pointer != "/facts/to")
        to = ids.read("member", str(known.activity.facts["to"]))
        return pointers if to in same else (*pointers, "/facts/to")

    return [
        msgspec.structs.replace(result, differs=differs(one, result)) if _replayed(result) else result
        for one, result in zip(wanted, results, strict=True)
    ]


def _replayed(result: Result) -> TypeGuard[Outcome]:
    return isinstance(result, Outcome) and result.replayed


class Sending(desk.Clerk):
    """The clerk for transfers; what is asked stands in the facts, as the journal will keep it."""

    def __init__(self, offers: Sequence[Transfer] = (), shared: frozenset[str] = frozenset()) -> None:
        self._told = {one.id: one for one in offers}  # as they stood before the members were locked
        self._shared = shared  # accounts among theirs that were a household's when they were made
        self._offers: dict[str, Transfer] = {}
        self._kin: dict[str, list[str]] = {}  # by receiver, the members who were merged into it

    def check(self, activity: Activity, in_force: Law, now: datetime) -> None:
        if activity.kind != SEND:
            return
        code, points = entries.asked(activity)
        unit = in_force.programme.unit(code)
        ledger.check_points(points)
        sending.check(self.policy(unit), unit=code, points=points)

    def policy(self, unit: Unit | None) -> sending.Transfers | None:
        """How points of the unit may be passed on by these."""
        return None if unit is None else unit.transfers

    def needs_active(self, activity: Activity) -> bool:
        return activity.kind in MOVES  # of both; an offer can be put away whoever has been blocked since

    def prepare(self, batch: Batch, told: Sequence[Told]) -> None:
        """Read the lots of all, the counters that bound each transfer, and the offers that are settled."""
        super().prepare(batch, told)
        policies = batch.lawbook.at(batch.now).programme.units
        self._kin = _kin(batch, told)
        names: dict[tuple[str, str, str], None] = {}
        offers: dict[tuple[str, str], None] = {}
        for one in told:
            assert one.other is not None
            sender = batch.gathered.members.get(desk.name_of(one.activity.member))
            receiver = batch.gathered.members.get(desk.name_of(one.other))
            if sender is None or receiver is None:
                continue
            if one.activity.kind != SEND:
                offer = self._told[ids.read("transfer", one.activity.external_id)]
                offers[offer.sender, offer.id] = None  # whose it was when it was made, whoever stands for them now
            code, _ = entries.asked(one.activity)
            policy = self.policy(policies.get(code))
            if policy is not None and one.activity.kind in MOVES:
                for to in (receiver.id, *self._kin.get(receiver.id, ())):
                    for (key, window), *_ in sending.counters(policy, unit=code, to=to, day=_day(batch)):
                        names[sender.id, window, key] = None
        for account, name, counted in rulebook.counters(batch.store, list(names)):
            batch.gathered.counters.setdefault(account, {})[name] = counted
        self._offers = transfers.of_accounts(batch.store, list(offers))
        self._caution = Caution(batch)

    def decide(self, batch: Batch, one: Told, standing: Standing, in_force: Law) -> Outcome:
        assert one.other is not None and one.other.id is not None
        receiver = batch.standing_of(ids.read("member", one.other.id), one.other_person)
        if one.activity.kind in MOVES:
            households.check_spending(in_force.programme.sharing, standing.role)
            self._caution.giving(standing)
        if one.activity.kind == SEND:
            if receiver.account_id == standing.account_id:  # who share one balance send nothing to each other
                raise sending.TRANSFER_TO_SELF()
            return self._send(batch, one.activity, standing, receiver, in_force)
        return self._settle(batch, one.activity, standing, receiver, in_force)

    def _send(self, batch: Batch, told: Activity, standing: Standing, receiver: Standing, in_force: Law) -> Outcome:
        """Move the points, or offer them."""
        code, points = entries.asked(told)
        policy = sending.check(self.policy(in_force.programme.unit(code)), unit=code, points=points)
        cause = batch.cause(standing)
        fee = policy.fee.of(points) if policy.fee is not None else 0
        made = Transfer(
            cause.activity_id, standing.account_id, receiver.account_id, code, points, fee, "done", cause.seq,
            batch.now, settled_at=batch.now,
        )  # fmt: skip
        activity = msgspec.structs.replace(told, facts={**told.facts, "to": ids.show("member", receiver.who)})
        if policy.acceptance == "none":
            decision = self._move(batch, made, cause, standing, receiver, in_force)
            if not self.takes_cards(told):  # who loads the own card is given nothing by anybody
                batch.tell("transfer.received", account_id=receiver.account_id, subject_id=made.id, seq=cause.seq)
        else:
            until = sending.open_until(policy, batch.now, in_force.zone)
            made = msgspec.structs.replace(made, state="offered", until=until, settled_at=None)
            self._bounded(batch, made, standing, in_force)
            _takes(batch, made)  # what can't be paid today is not offered; it is looked at again when it is accepted
            decision = Decision(version=in_force.version)
            batch.tell("transfer.offered", account_id=receiver.account_id, subject_id=made.id, seq=cause.seq)
        batch.keep(actions.TRANSFERS, *actions.rows(batch.programme_id, made))
        return entries.enter(batch, activity, cause, decision)

    def _settle(self, batch: Batch, told: Activity, standing: Standing, receiver: Standing, in_force: Law) -> Outcome:
        """Move what was offered, or put the offer away."""
        offer = self._offers[ids.read("transfer", told.external_id)]
        state = offer.as_of(batch.now)
        if state == "lapsed":
            assert offer.until is not None
            raise sending.OFFER_LAPSED(until=offer.until.isoformat())
        if state != "offered":
            raise sending.TRANSFER_SETTLED(state=state)
        cause = batch.cause(standing)
        becomes = STATES[told.kind]
        decision = Decision(version=in_force.version)
        if becomes == "accepted":
            _between(offer, standing, receiver, self._shared)
            decision = self._move(batch, offer, cause, standing, receiver, in_force)
        elif becomes == "withdrawn":
            batch.tell("transfer.withdrawn", account_id=offer.receiver, subject_id=offer.id, seq=cause.seq)
        batch.keep(actions.SETTLED, *actions.settled(offer, becomes, batch.now))
        self._offers[offer.id] = msgspec.structs.replace(offer, state=becomes, settled_at=batch.now)
        return entries.enter(batch, told, cause, decision)

    def _bounded(self, batch: Batch, one: Transfer, standing: Standing, in_force: Law) -> tuple[Count, ...]:
        """The counters that the transfer moves, under the limits in force now."""
        policy = self.policy(in_force.programme.units.get(one.unit))
        if policy is None:
            raise sending.TRANSFERS_OFF(unit=one.unit)
        return sending.within(
            policy, unit=one.unit, to=one.receiver, points=one.points, day=_day(batch),
            so_far=standing.counted, kin=self._kin.get(one.receiver, ()),
        )  # fmt: skip

    def _move(
        self, batch: Batch, one: Transfer, cause: Cause, standing: Standing, receiver: Standing, in_force: Law
    ) -> Decision:
        """Pass the points on, take the fee, and enter the receiver's side; answers the sender's."""
        counts = self._bounded(batch, one, standing, in_force)
        takes = _takes(batch, one)
        books = batch.books
        lots = {lot.id: lot for lot in books.lots(one.sender, one.unit)}
        taker = batch.cause(receiver)
        books.pass_on("transfer", giver=cause, taker=taker, unit=one.unit, takes=takes, at=batch.now)
        if one.fee:
            fee = ledger.take(books.lots(one.sender, one.unit), one.fee, at=batch.now, unit=one.unit)
            books.debit("fee", cause, unit=one.unit, takes=fee, at=batch.now)
        batch.count(standing, counts, batch.now)
        received = tuple(_received(one.unit, take.points, lots[take.lot]) for take in takes)
        repaid = batch.settle_debts(taker)
        _enter_received(batch, one, taker, cause, Decision(version=in_force.version, received=received, repaid=repaid))
        return Decision(version=in_force.version, sent=(Sent(one.unit, one.points, one.receiver, one.fee),))


def _kin(batch: Batch, told: Sequence[Told]) -> dict[str, list[str]]:
    """By receiver, the members who were merged into it; asked only where a limit between two members stands."""
    units = batch.lawbook.at(batch.now).programme.units.values()
    if not any(unit.transfers is not None and any(unit.transfers.per_pair.windows()) for unit in units):
        return {}
    rows = [batch.gathered.members.get(desk.name_of(one.other)) for one in told if one.other is not None]
    return members.followers_of(batch.store, sorted({row.id for row in rows if row is not None}))


def _between(offer: Transfer, sender: Standing, receiver: Standing, shared: frozenset[str]) -> None:
    """An offer is between two accounts: when one of the two has another one since, it can be put away and made anew.

    Raises `member_merged` or, where somebody joined or left a household, `joined_since`.
    """
    for was, stands in ((offer.sender, sender), (offer.receiver, receiver)):
        if stands.account_id != was:
            if stands.person_id is not None or was in shared:
                household = was if was in shared else stands.account_id
                raise households.JOINED_SINCE(
                    member=ids.show("member", stands.who), household=ids.show("member", household)
                )
            raise merging.MEMBER_MERGED(member=ids.show("member", was), into=ids.show("member", stands.account_id))


def _day(batch: Batch) -> date:
    return period.local_day(batch.now, batch.lawbook.at(batch.now).zone)


def _takes(batch: Batch, one: Transfer) -> tuple[ledger.Take, ...]:
    """The lots that go to the receiver; the fee must be there as well. Raises `insufficient_points`."""
    lots = batch.books.lots(one.sender, one.unit)
    ledger.take(lots, one.points + one.fee, at=batch.now, unit=one.unit)
    return ledger.take(lots, one.points, at=batch.now, unit=one.unit)


def _received(unit: str, points: int, lot: ledger.Lot) -> Received:
    return Received(unit, points, lot.origin, lot.earned_at, lot.available_at, lot.expires_at, lot.funder)


def _enter_received(batch: Batch, one: Transfer, cause: Cause, sender: Cause, decision: Decision) -> None:
    activity = Activity(
        kind=RECEIVED,
        source=SOURCE,
        external_id=ids.show("transfer", one.id),
        occurred_at=batch.now,
        member=Member(id=ids.show("member", cause.person_id or cause.account_id)),
        facts={
            "unit": one.unit,
            "points": one.points,
            "from": ids.show("member", sender.person_id or sender.account_id),
        },
    )
    entries.enter(batch, activity, cause, decision)
