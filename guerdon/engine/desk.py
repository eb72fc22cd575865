"""The desk at which every kind of fact is taken in: gather, decide each in turn, commit, answer (LAW 2)."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import msgspec

from guerdon.core import activities as law
from guerdon.core import errors, period
from guerdon.core.activities import Activity, Key, Member
from guerdon.core.decisions import Decision
from guerdon.core.errors import Refusal
from guerdon.core.law import Law
from guerdon.core.standing import Standing
from guerdon.engine import entries
from guerdon.engine.batch import Batch, Outcome, Told, Unlocked
from guerdon.engine.gather import Name, Wants, gather
from guerdon.features.activities import queries as activities
from guerdon.features.activities.actions import Idempotency
from guerdon.features.members import queries as members
from guerdon.features.members.queries import MemberRow
from guerdon.features.programmes import queries as programmes
from guerdon.features.programmes.queries import Lawbook
from guerdon.kit import audit, ids, store
from guerdon.kit.store import Store

IDEMPOTENCY_CONFLICT = errors.declare("clash", "idempotency_conflict", "key")

# Refusals of these families are answers and burn an Idempotency-Key; malformed or passing ones do not (LAW 2.2).
BURNING = frozenset({"unknown", "forbidden", "clash", "spent"})
UNREAD = Decision(version=0)

Result = Outcome | Refusal


class Clerk:
    """What differs between kinds of facts; the desk does the rest alike for all.

    What a clerk says nothing about is as most of them have it: nobody is enrolled, blocked members are refused, and the
    lots of all members are at hand.
    """

    def check(self, activity: Activity, in_force: Law, now: datetime) -> None:
        """Refuse a new fact that the law in force cannot take; one that was taken once is known whatever the law is."""

    def looks_at(self, activity: Activity) -> Sequence[Key]:
        """Natural keys to look up besides the activity's own."""
        return ()

    def enrols(self, in_force: Law) -> bool:
        """Whether an unknown identifier becomes a member."""
        return False

    def needs_active(self, activity: Activity) -> bool:
        """Whether the fact is refused for a member who is not active."""
        return True

    def entries_beside(self, activity: Activity, in_force: Law) -> int:
        """How many entries of the journal the fact makes besides its own."""
        return 0

    def beside(self, at_hand: Store, programme_id: str, told: Sequence[Told]) -> set[str]:
        """Accounts to lock with those that the facts are told of, by a directory of which no row ever changes."""
        return set()

    def takes_cards(self, activity: Activity) -> bool:
        """Whether the fact may be told of the account of a gift card."""
        return False

    def prepare(self, batch: Batch, told: Sequence[Told]) -> None:
        """Read what only this batch needs, in a fixed number of statements."""
        batch.take_lots({row.id for row in batch.gathered.members.values()})

    def decide(self, batch: Batch, one: Told, standing: Standing, in_force: Law) -> Outcome:
        """Decide and enter one fact that is new."""
        raise NotImplementedError

    def deed(self, one: Told, outcome: Outcome) -> audit.Deed | None:
        """Whose deed a fact that was just entered or parked is, for the book of who did what."""
        return one.deed

    def changed(self, activity: Activity) -> tuple[object, object]:
        """How what a fact that was just entered is about was before and after, for the book of who did what."""
        return None, None


class _Kept(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is kept under an Idempotency-Key: where the recorded fact stands, or the refusal."""

    account: str | None = None
    activity: str | None = None
    waiting: tuple[int, str, datetime, int] | None = None  # of a parked fact: seq, reason, when, version
    stranger: bool = False  # whether it named another member than the first telling
    refusal: str | None = None
    facts: dict[str, errors.Fact] = {}


class _Outdated(Exception):
    def __init__(self, versions: int) -> None:
        self.versions = versions


class _DryRun(Exception):
    def __init__(self, results: list[Result]) -> None:
        self.results = results


def run(*, programme_id: str, told: Sequence[Told], now: datetime, clerk: Clerk, dry_run: bool = False) -> list[Result]:
    """Take in facts in one durable transaction; answers each with its outcome or its own refusal, in order.

    `dry_run` takes the same path and rolls back. Raises what the database raises when the batch as a whole could not
    be written, and `database_busy` when it never got a turn; then nothing was written.
    """

    more: set[str] = set()

    def attempt() -> list[Result]:
        at_hand = store.current()
        book = programmes.lawbook(at_hand, programme_id)
        with at_hand.transaction():
            results = _Sitting(at_hand, book, told, now, clerk, more).results()
            if dry_run:
                raise _DryRun(results)
        return results

    while True:
        try:
            return store.retrying(attempt)
        except _Outdated as meanwhile:
            programmes.lawbook(store.current(), programme_id, versions=meanwhile.versions)
        except Unlocked as found:
            more |= found.accounts
        except _DryRun as finished:
            return finished.results


def sit(at_hand: Store, *, programme_id: str, told: Sequence[Told], now: datetime, clerk: Clerk) -> list[Result]:
    """Take in facts in the transaction at hand, with whatever else it does; the rest is as in `run`."""
    more: set[str] = set()
    while True:  # nothing is written before a sitting is at its end
        book = programmes.lawbook(at_hand, programme_id)
        try:
            return _Sitting(at_hand, book, told, now, clerk, more).results()
        except _Outdated as meanwhile:
            programmes.lawbook(at_hand, programme_id, versions=meanwhile.versions)
        except Unlocked as found:
            more |= found.accounts


class _Sitting:
    """One attempt at one batch."""

    def __init__(
        self, at_hand: Store, book: Lawbook, told: Sequence[Told], now: datetime, clerk: Clerk, more: set[str]
    ) -> None:
        self.store = at_hand
        self.more = more  # accounts to be locked besides those that are told of
        self.book = book
        self.told = told
        self.now = now
        self.clerk = clerk
        self.found: list[Result | None] = [None] * len(told)
        self.names: list[Name] = []
        self.others: dict[int, Name] = {}  # by place
        self._kept: dict[tuple[str, str, str], tuple[str, str]] = {}

    def results(self) -> list[Result]:
        """Gather, decide, commit."""
        wants = self._wants()
        alive = [one for one, result in zip(self.told, self.found, strict=True) if result is None]
        beside = self.clerk.beside(self.store, self.book.programme.id, alive)
        wants.names.update(("id", account) for account in beside)
        gathered = gather(self.store, self.book.programme.id, wants, now=self.now)
        if gathered.versions != len(self.book.versions):
            raise _Outdated(gathered.versions)
        self.batch = Batch(self.store, self.book.programme.id, self.now, self.book, gathered)
        self.batch.take_what_time_moves()
        self.clerk.prepare(self.batch, alive)

        for place, one in enumerate(self.told):
            if self.found[place] is None:
                self.found[place] = self._answer(one, self.names[place], self.others.get(place))

        self.batch.commit()
        return self._read_replayed()

    def _wants(self) -> Wants:
        """What to gather; malformed facts are refused here and take no further part."""
        wants = Wants(names={("id", account) for account in self.more})
        days: set[tuple[int, object]] = set()
        for place, one in enumerate(self.told):
            activity = one.activity
            try:
                law.check(activity)
                in_force = self.book.at(activity.occurred_at)
                name = name_of(activity.member)
                if one.other is not None:
                    self.others[place] = name_of(one.other)
                    wants.names.add(self.others[place])
                looked_at = self.clerk.looks_at(activity)
                wants.keys.update(looked_at)
                wants.kept.update(looked_at)  # another account may keep it, or its burn, whoever tells of it
            except Refusal as refusal:
                self.found[place] = refusal
                self.names.append(("id", ""))
                continue
            self.names.append(name)
            wants.names.add(name)
            wants.keys.add(law.key(activity))
            wants.seqs += 1 if one.other is None else 2  # the second member gets an entry, too
            wants.seqs += bool(in_force.programme.tiers)  # and a rise
            wants.seqs += self.clerk.entries_beside(activity, in_force)
            if one.idempotency is not None:
                wants.answers.append(one.idempotency)
            day = period.local_day(activity.occurred_at, in_force.zone)
            if (in_force.version, day) not in days:
                days.add((in_force.version, day))
                wants.looks_at(in_force, day)
        return wants

    def _answer(self, one: Told, name: Name, other: Name | None) -> Result:
        """One fact: known from before, refused, parked or recorded."""
        result: Result
        try:
            result = self._known(one, name) or self._decide(one, name, other)
        except Refusal as refusal:
            result = refusal
        if one.idempotency is not None:
            self._keep(one.idempotency, result)
        return result

    def _known(self, one: Told, name: Name) -> Outcome | None:
        """What was answered under the same Idempotency-Key, or the first telling of the same fact."""
        if one.idempotency is not None:
            under = scope(one.idempotency)
            kept = self._kept.get(under) or self.batch.gathered.answers.get(under)
            if kept is not None:
                return self._kept_answer(one, one.idempotency, *kept, name)
        key = law.key(one.activity)
        again = self.batch.outcomes.get(key)
        owner = self.batch.gathered.owners.get(key) if again is None else (again.account_id, again.activity_id)
        if owner is None:
            return None
        row = self.batch.gathered.members.get(name)
        stranger = row is None or row.id != self.batch.gathered.heir(owner[0])
        return self._replay(one.activity, *owner, row, stranger=stranger)

    def _kept_answer(self, one: Told, idempotency: Idempotency, digest: str, text: str, name: Name) -> Outcome:
        if digest != idempotency.digest:
            raise IDEMPOTENCY_CONFLICT(key=idempotency.key[:64])
        kept = msgspec.json.decode(text, type=_Kept)
        if kept.refusal is not None:
            raise errors.again(kept.refusal, kept.facts)
        assert kept.account is not None and kept.activity is not None
        if kept.waiting is not None:  # it may have been recorded since, but this is what was answered
            seq, reason, at, version = kept.waiting
            decision = Decision(version=version, parked=reason)
            return Outcome(one.activity, kept.activity, kept.account, seq, at, decision, replayed=True)
        row = self.batch.gathered.members.get(name)
        return self._replay(one.activity, kept.account, kept.activity, row, stranger=kept.stranger)

    def _replay(
        self, activity: Activity, account_id: str, activity_id: str, row: MemberRow | None, *, stranger: bool
    ) -> Outcome:
        """The outcome in this batch, or a mark that `_read_replayed` fills in, all of a batch in one read.

        Whether the `member` is the first telling's is known here, by the account; the rest when that has been read.
        """
        differs: tuple[str, ...] = ("/member",) if stranger else ()
        for outcome in self.batch.outcomes.values():
            if outcome.activity_id == activity_id:
                differs = _of_person(differs, row, outcome.activity, account_id)
                differs += law.differing(activity, outcome.activity)
                return msgspec.structs.replace(outcome, replayed=True, differs=differs)
        return Outcome(activity, activity_id, account_id, 0, self.now, UNREAD, replayed=True, differs=differs)

    def _decide(self, one: Told, name: Name, other: Name | None) -> Outcome:
        activity = one.activity
        in_force = self.book.at(activity.occurred_at)
        self.clerk.check(activity, in_force, self.now)
        enrol_at = activity.occurred_at if self.clerk.enrols(in_force) else None
        active = self.clerk.needs_active(activity)
        known = name in self.batch.gathered.members
        standing = self.batch.standing(
            name,
            enrol_at=enrol_at,
            told=activity.member,
            active=active,
            person_id=one.person_id,
            card=self.clerk.takes_cards(activity),
        )
        entries.settle(self.batch, standing.account_id)
        # The journal is kept for ever, so it names a member by the id, never by an e-mail or a card (LAW 10.30).
        activity = msgspec.structs.replace(activity, member=Member(id=ids.show("member", standing.who)))
        one = msgspec.structs.replace(one, activity=activity)
        if other is not None:
            second = self.batch.standing(other, enrol_at=None, told=Member(), active=active)
            entries.settle(self.batch, second.account_id)
            to = Member(id=ids.show("member", second.account_id))
            one = msgspec.structs.replace(one, other=to, other_person=second.person_id)
        before = self.batch.written
        try:
            outcome = self.clerk.decide(self.batch, one, standing, in_force)
        except Refusal:
            assert self.batch.written == before, "what is refused leaves no trace"
            if not known:
                self.batch.forget(name)
            raise
        self.batch.outcomes[law.key(activity)] = outcome
        if (deed := self.clerk.deed(one, outcome)) is not None:
            self._note(deed, *self.clerk.changed(activity))
        return outcome

    def _note(self, deed: audit.Deed, before: object, after: object) -> None:
        self.batch.keep(audit.AUDIT, audit.row(
            programme_id=self.batch.programme_id, actor=deed.by, action=deed.action, about=deed.about,
            before=before, after=after, reason=deed.reason, now=self.now,
        ))  # fmt: skip

    def _keep(self, idempotency: Idempotency, result: Result) -> None:
        under = scope(idempotency)
        if under in self.batch.gathered.answers or under in self._kept:
            return
        if isinstance(result, Refusal):
            if result.family not in BURNING:
                return
            kept = _Kept(refusal=result.code, facts=result.facts)
        else:
            stranger = "/member" in result.differs
            kept = _Kept(result.account_id, result.activity_id, waiting=_waiting(result), stranger=stranger)
        text = msgspec.json.encode(kept).decode()
        self._kept[under] = (idempotency.digest, text)
        self.batch.journal.answer(idempotency, text)

    def _read_replayed(self) -> list[Result]:
        """The results, those known from before as the journal holds them."""
        unread = {
            (result.account_id, result.activity_id)
            for result in self.found
            if isinstance(result, Outcome) and result.decision is UNREAD
        }
        first = activities.recorded(self.store, unread)
        bought = [(one.account_id, one.activity_id) for one in first.values() if one.activity.kind == law.PURCHASE]
        back = self._waited_for(first, bought)
        answers: list[Result] = []
        for place, result in enumerate(self.found):
            assert result is not None
            if not isinstance(result, Outcome) or result.decision is not UNREAD:
                answers.append(result)
                continue
            known = first[result.activity_id]
            first_told = (known.activity, known.activity_id, known.account_id, known.seq, known.recorded_at)
            row = self.batch.gathered.members.get(self.names[place])
            differs = _of_person(result.differs, row, known.activity, known.account_id)
            differs += law.differing(result.activity, known.activity)
            returned = back.get(known.activity_id, ())
            answers.append(Outcome(*first_told, known.decision, replayed=True, differs=differs, returned=returned))
        return answers

    def _waited_for(
        self, first: Mapping[str, activities.Recorded], bought: Sequence[tuple[str, str]]
    ) -> dict[str, tuple[str, ...]]:
        """By purchase the returns that had waited for it; later ones are no part of its first answer.

        Their ids are earlier than its own. Where a clock was behind, or put back, so are those of others: what had
        waited was also recorded in the instant in which it was.
        """
        back = activities.returns(self.store, bought) if bought else {}
        older = [(one.account_id, one.return_id) for id, found in back.items() for one in found if one.return_id < id]
        at = {id: one.recorded_at for id, one in activities.recorded(self.store, older).items()} if older else {}
        return {
            id: tuple(one.return_id for one in found if at.get(one.return_id) == first[id].recorded_at)
            for id, found in back.items()
        }


def name_of(member: Member) -> Name:
    """The identifier that was given, in its stored form."""
    kind, value = member.identifier()
    return (kind, ids.read("member", value) if kind == "id" else members.stored(kind, value))


def _of_person(differs: tuple[str, ...], row: MemberRow | None, first: Activity, account_id: str) -> tuple[str, ...]:
    """What differs, where the account of the first telling is a household's: whether it was told of the same person."""
    if row is None or first.member.id == ids.show("member", account_id):
        return differs
    rest = tuple(pointer for pointer in differs if pointer != "/member")
    return rest if first.member.id == ids.show("member", row.person_id or row.id) else ("/member", *rest)


def _waiting(outcome: Outcome) -> tuple[int, str, datetime, int] | None:
    """What only the answer knows of a parked fact, once it is recorded."""
    decision = outcome.decision
    if decision.parked is None or outcome.replayed:
        return None
    return (outcome.seq, decision.parked, outcome.recorded_at, decision.version)


def scope(idempotency: Idempotency) -> tuple[str, str, str]:
    return (idempotency.credential, idempotency.route, idempotency.key)
