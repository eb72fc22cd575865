"""One batch on its way through gather → decide → commit: its working memory and the rows it will write."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

import msgspec

from guerdon.core import households
from guerdon.core import members as members_law
from guerdon.core.activities import Activity, Key, Member
from guerdon.core.decisions import Count, Decision, Silent
from guerdon.core.law import Law
from guerdon.core.members import Person
from guerdon.core.rewards import Address
from guerdon.core.standing import Standing
from guerdon.core.tiers import Step
from guerdon.engine.gather import Gathered, Name, Wants, gather
from guerdon.features.activities import queries as activities_queries
from guerdon.features.activities.actions import Idempotency, Journal
from guerdon.features.holds import queries as holds_queries
from guerdon.features.holds.actions import Reservations
from guerdon.features.ledger import queries as ledger_queries
from guerdon.features.ledger.actions import Books, Cause
from guerdon.features.members import actions as members
from guerdon.features.members import records
from guerdon.features.members.queries import MemberRow
from guerdon.features.programmes import queries as programmes
from guerdon.features.programmes.queries import Lawbook
from guerdon.features.rulebook import actions as rulebook
from guerdon.features.tiers.actions import Ascents
from guerdon.features.vouchers.actions import Issuing
from guerdon.kit import clock, ids, outbox
from guerdon.kit.audit import Deed
from guerdon.kit.store import Row, Store, Table, overtaken


class Told(msgspec.Struct, frozen=True):
    """An activity as a caller told it, with the key under which the answer is to be kept."""

    activity: Activity
    idempotency: Idempotency | None = None
    explain: bool = False  # also say which rules stayed silent, and why
    other: Member | None = None  # whom it concerns, too: locked with the member, and then known by the id alone
    person_id: str | None = None  # whose it is, where it is told for the account of a household
    other_person: str | None = None  # the same of whom it concerns, too; the desk says it
    address: Address | None = None  # where a reward is sent: the journal never keeps it
    deed: Deed | None = None  # whose deed it is, for the book of who did what


class Outcome(msgspec.Struct, frozen=True):
    """What became of a fact: recorded with its decision, parked, or known from before (`replayed`)."""

    activity: Activity
    activity_id: str
    account_id: str
    seq: int
    recorded_at: datetime
    decision: Decision
    replayed: bool = False
    silent: tuple[Silent, ...] = ()
    differs: tuple[str, ...] = ()  # of a replay: JSON pointers to what was told otherwise the first time
    returned: tuple[str, ...] = ()  # of a purchase: the returns that had waited for it and took effect at once


class _Newcomer(NamedTuple):
    """The rows of a member who came in by a fact of this batch."""

    member: Row
    identifier: Row
    vault: list[Row]
    news: Row


class Unlocked(Exception):
    """A batch came upon accounts that it must lock first; it begins again with them."""

    def __init__(self, accounts: set[str]) -> None:
        super().__init__("accounts came to light that are not locked")
        self.accounts = accounts


@dataclass(slots=True)
class Batch:
    """The working memory of one transaction."""

    store: Store
    programme_id: str
    now: datetime
    lawbook: Lawbook
    gathered: Gathered
    books: Books = field(init=False)
    holds: Reservations = field(init=False)
    journal: Journal = field(init=False)
    ascents: Ascents = field(init=False)
    issuing: Issuing = field(init=False)
    rose: list[tuple[Standing, datetime, Step]] = field(default_factory=list)  # rises that no entry says yet
    budgets: dict[str, tuple[int, int]] = field(default_factory=dict)  # rule → spent, most; locked
    outcomes: dict[Key, Outcome] = field(default_factory=dict)  # recorded in this very batch
    _standings: dict[tuple[str, str | None], Standing] = field(default_factory=dict)  # by account and person
    _seqs: Iterator[int] = field(init=False)
    _last_seq: int = 0
    _newcomers: dict[str, "_Newcomer"] = field(default_factory=dict)
    _cards: list[Row] = field(default_factory=list)  # accounts of gift cards
    _ungreeted: set[str] = field(default_factory=set)  # newcomers of whom no entry says yet that they are
    _counted: set[tuple[str, str, str]] = field(default_factory=set)
    _spent: set[str] = field(default_factory=set)
    _news: list[Row] = field(default_factory=list)
    _more: dict[tuple[str, str], tuple[Table, dict[Row, Row]]] = field(default_factory=dict)
    _with_lots: set[str] = field(default_factory=set)
    _with_holds: set[str] = field(default_factory=set)
    owing: set[str] = field(init=False)  # accounts that may have debt

    def __post_init__(self) -> None:
        self.books = Books(self.programme_id, self.now, self.gathered.accounts, self.gathered.purses)
        self.holds = Reservations(self.programme_id)
        self.journal = Journal(self.programme_id, self.now)
        self.ascents = Ascents(self.programme_id)
        self.issuing = Issuing(self.programme_id, self.now)
        self._seqs = iter(self.gathered.seqs)
        self.owing = {purse.account_id for purse in self.gathered.purses.values() if purse.debt}

    # --- members ---

    def standing(
        self,
        name: Name,
        *,
        enrol_at: datetime | None,
        told: Member,
        active: bool,
        person_id: str | None = None,
        card: bool = False,
    ) -> Standing:
        """The member behind an identifier; enrolled on the spot, as `told`, where `enrol_at` says so.

        What is told for the account of a household must be somebody's, who is `person_id`. Raises `member_unknown`,
        `household_unnamed`, or `member_not_active` where `active` says that only those will do.
        """
        row = self.gathered.members.get(name)
        if row is not None and row.kind == "card" and not card:
            raise members_law.MEMBER_UNKNOWN(kind=name[0])  # only the code leads there
        if row is None:
            if enrol_at is None or name[0] == "id":
                raise members_law.MEMBER_UNKNOWN(kind=name[0])
            row = self._enrol(name, enrol_at, told)
        if row.kind == "household":
            if person_id is None:
                raise households.HOUSEHOLD_UNNAMED(household=ids.show("member", row.id))
            return self.standing_of(row.id, person_id)
        if active and row.status != "active":
            raise members_law.MEMBER_NOT_ACTIVE(status=row.status)
        return self._standing(row)

    def standing_of(self, account_id: str, person_id: str | None = None) -> Standing:
        """The standing of a locked account by its id; in that of a household, of one of its persons, or who was one."""
        assert account_id in self.gathered.accounts, "only who is locked has a standing"
        rows = list(self.gathered.members.values())
        own = [row for row in rows if row.id == account_id]
        assert own, "an account that leads elsewhere has no standing of its own"
        found = next((row for row in own if row.person_id == person_id), None)
        if found is None and any(row.kind == "household" or row.person_id is not None for row in own):
            # Somebody who has left: what is known of a person, with the account and the counters of the household.
            who = next((row for row in rows if person_id in (row.id, row.person_id)), own[0])
            found = msgspec.structs.replace(who, id=account_id, person_id=person_id, role=None)
        return self._standing(found or own[0])

    def _standing(self, row: MemberRow) -> Standing:
        name = (row.id, row.person_id)
        known = self._standings.get(name)
        if known is None:
            known = self._standings[name] = self.gathered.standing(row)
        return known

    def standings(self) -> list[Standing]:
        """Whoever has been asked for in this batch."""
        return list(self._standings.values())

    def cause(self, standing: Standing, at: datetime | None = None, *, id: str | None = None) -> Cause:
        """A new entry of the member's journal, effective now where nothing else is said."""
        return Cause(standing.account_id, id or ids.new(), self.next_seq(), at or self.now, standing.person_id)

    def _enrol(self, name: Name, at: datetime, told: Member) -> MemberRow:
        kind, value = name
        row = MemberRow(ids.new(), self.programme_id, min(at, self.now), "active", None, {}, [], 1)
        programme_id = self.programme_id
        vault: list[Row] = []
        if kind in members_law.PRIVATE_KINDS:  # the directory has only a digest of it
            person = Person(email=told.email, phone=told.phone)
            vault.append(records.vault_row(member_id=row.id, person=person, now=self.now))
        self._newcomers[row.id] = _Newcomer(
            records.member_row(member_id=row.id, programme_id=programme_id, now=row.enrolled_at),
            records.identifier_row(programme_id=programme_id, kind=kind, value=value, member_id=row.id, now=self.now),
            vault,
            self._news_row("member.enrolled", account_id=row.id, subject_id=row.id, seq=0),
        )
        self._ungreeted.add(row.id)
        self.gathered.accounts.add(row.id)
        self.gathered.members[name] = row
        return row

    def open_card(self) -> str:
        """Open the account of a new gift card, to which only a code will lead; answers its id."""
        id = ids.new()
        self._cards.append(records.member_row(member_id=id, programme_id=self.programme_id, now=self.now, kind="card"))
        self.gathered.accounts.add(id)
        return id

    def greet(self, account_id: str) -> bool:
        """Whether the member came in by the fact that is entered now; true once for each."""
        if account_id not in self._ungreeted:
            return False
        self._ungreeted.remove(account_id)
        return True

    def forget(self, name: Name) -> None:
        """Nobody becomes a member by a fact that was refused."""
        row = self.gathered.members.pop(name)
        del self._newcomers[row.id]
        self._ungreeted.discard(row.id)
        self._standings.pop((row.id, None), None)

    # --- the ledger ---

    def next_seq(self) -> int:
        """The next number of the journal; entries of a batch are numbered in the order they are made."""
        found = next(self._seqs, None)
        if found is None:  # a released fact needs a number that nobody could foresee
            found = self._last_seq + 1 if not self.store.postgresql else activities_queries.next_seq(self.store)
        self._last_seq = found
        return found

    def owes(self, account_id: str) -> None:
        """The account has debt from now on."""
        self.owing.add(account_id)

    def take_lots(self, accounts: set[str]) -> None:
        """Take the living lots of the accounts into the batch's hands, in one statement."""
        missing = sorted(accounts - self._with_lots)
        if missing:
            self._with_lots.update(missing)
            for account, unit, lot in ledger_queries.lots(self.store, missing):
                self.books.keep(account, unit, lot)

    def take_what_time_moves(self) -> None:
        """Take the lots of all who have debt or hold points, and their holds; who has neither costs no statement."""
        holding = {purse.account_id for purse in self.gathered.purses.values() if purse.held}
        self.take_lots(self.owing | holding)
        if holding - self._with_holds:
            accounts = sorted(holding - self._with_holds)
            self._with_holds.update(accounts)
            for hold in holds_queries.open_of(self.store, accounts):
                self.holds.keep(hold)
                # Not through the books, which would write it: where every fact is refused, nothing ends this hold.
                purse = self.gathered.purses[hold.account_id, hold.unit]
                purse.changes(clock.micros(hold.ends_at), now=clock.micros(self.now))

    def settle_debts(self, cause: Cause) -> dict[str, int]:
        """Repay the account's debts out of what is available now; answers how much by unit."""
        repaid: dict[str, int] = {}
        if cause.account_id not in self.owing:
            return repaid
        for purse in [purse for purse in self.books.purses_of(cause.account_id) if purse.debt]:
            points = self.books.repay(cause, unit=purse.unit)
            if points:
                repaid[purse.unit] = points
        return repaid

    # --- counters, budgets, news ---

    def count(self, standing: Standing, counts: tuple[Count, ...], occurred_at: datetime) -> None:
        """Move the member's counters, for the next activity of the batch and for the database."""
        standing.count(counts, occurred_at)
        for count in counts:
            self._counted.add((standing.account_id, count.key, count.window))

    def room(self, in_force: Law, kind: str) -> dict[str, int]:
        """What is left of each budget under the law in force, which may be another one than today's."""
        return {rule.key: (rule.budget or 0) - self.budgets[rule.key][0] for rule in in_force.budgets(kind)}

    def spend(self, spent: dict[str, int]) -> None:
        """Take points from campaign budgets."""
        for rule, points in spent.items():
            before, most = self.budgets[rule]
            self.budgets[rule] = (before + points, max(most, before + points))
            self._spent.add(rule)

    def keep(self, table: Table, *rows: Row) -> None:
        """Write rows of a feature that only some facts concern; of rows that change, the last one of each key."""
        kept = self._more.setdefault((table.name, table.mode), (table, {}))[1]
        places = [list(table.columns).index(column) for column in table.key or table.columns]
        for row in rows:
            kept[tuple(row[place] for place in places)] = row

    @property
    def written(self) -> tuple[int, ...]:
        """How much is to be written so far: of the journal, of the ledger, of features, of news."""
        rows = sum([len(kept) for _, kept in self._more.values()])
        return self.journal.written, len(self.books.postings), rows, len(self._news)

    def tell(self, topic: str, *, account_id: str, subject_id: str, seq: int) -> None:
        """Put news into the outbox."""
        self._news.append(self._news_row(topic, account_id=account_id, subject_id=subject_id, seq=seq))

    def _news_row(self, topic: str, *, account_id: str, subject_id: str, seq: int) -> Row:
        return outbox.row(
            programme_id=self.programme_id, topic=topic, account_id=account_id, subject_id=subject_id, seq=seq,
            at=clock.micros(self.now),
        )  # fmt: skip

    def commit(self) -> None:
        """Write everything; the caller's transaction makes it durable."""
        assert not self.rose, "every rise is entered"
        counters: list[Row] = []
        for account, key, window in self._counted:
            amount, last_at = self.gathered.counters[account][key, window]
            assert last_at is not None
            counters.append(rulebook.counter_row(account, key, window, amount, last_at))
        budgets = [rulebook.budget_row(self.programme_id, rule, *self.budgets[rule]) for rule in sorted(self._spent)]
        self.books.apply_slides(self.store)
        self.journal.apply_releases(self.store)
        newcomers = self._newcomers.values()
        ledger_rows, journal_rows = self.books.rows(), self.journal.rows()
        self.store.write(
            [
                (members.MEMBERS, [*[one.member for one in newcomers], *self._cards]),
                # In one order of keys for everybody, so that rivals wait and do not deadlock.
                (members.IDENTIFIERS, sorted([one.identifier for one in newcomers])),
                (members.VAULTS, [row for one in newcomers for row in one.vault]),
                *journal_rows,
                *ledger_rows,
                *self.holds.rows(),
                *self.ascents.rows(),
                *self.issuing.rows(),
                (rulebook.COUNTERS, counters),
                (rulebook.BUDGETS, budgets),
                *[(table, list(rows.values())) for table, rows in self._more.values()],
                (outbox.OUTGOING, [*[one.news for one in newcomers], *self._news]),
            ]
        )


def opened(at_hand: Store, programme_id: str, wants: Wants, *, now: datetime, book: Lawbook | None = None) -> Batch:
    """A batch with its members locked, under the newest law.

    `book` is the law by which it was said what the batch wants; where a version came meanwhile it begins again.
    """
    gathered = gather(at_hand, programme_id, wants, now=now)
    if book is not None and gathered.versions != len(book.versions):
        raise overtaken("a version was published meanwhile")
    newest = book or programmes.lawbook(at_hand, programme_id, versions=gathered.versions)
    return Batch(at_hand, programme_id, now, newest, gathered)
