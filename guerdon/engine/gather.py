"""Everything a batch needs to know, locked and read in a handful of statements whatever its size."""

from dataclasses import dataclass, field
from datetime import date, datetime

import msgspec

from guerdon.core.activities import IdentifierKind, Key
from guerdon.core.law import Law
from guerdon.core.period import add_months
from guerdon.core.standing import Standing
from guerdon.core.tiers import YEAR, Grant, Step
from guerdon.features.activities import queries as activities
from guerdon.features.activities.actions import Idempotency
from guerdon.features.ledger import made as ledger_made
from guerdon.features.ledger import queries as ledger
from guerdon.features.ledger.lots import Purse
from guerdon.features.members import known
from guerdon.features.members import queries as members
from guerdon.features.members.queries import MemberRow
from guerdon.features.memberships import queries as memberships
from guerdon.features.memberships.queries import Held
from guerdon.features.programmes import queries as programmes
from guerdon.features.rulebook import queries as rulebook
from guerdon.features.tiers import queries as tiers
from guerdon.features.tiers.queries import Climbed
from guerdon.kit import clock
from guerdon.kit.store import Statement, Store, overtaken

Ladders = tuple[dict[str, list[Step]], dict[str, dict[date, int]], list[Grant]]
Name = tuple[IdentifierKind, str]


@dataclass(slots=True)
class Wants:
    """What the batch will look at."""

    names: set[Name] = field(default_factory=set)  # members, by identifiers in their stored form
    keys: set[Key] = field(default_factory=set)  # natural keys told, and those of returned purchases
    kept: set[Key] = field(default_factory=set)  # those of them whose accounts must be locked, too, wherever they are
    windows: set[str] = field(default_factory=set)  # counter windows
    answers: list[Idempotency] = field(default_factory=list)
    seqs: int = 0
    memberships: bool = False  # whether facts are decided by a law that has plans of them
    climbs_from: date | None = None  # the first local day of facts that ladders look at; None where there are none

    def looks_at(self, in_force: Law, day: date) -> None:
        """A fact of the local day under the law: its counter windows, and its ladders, where it has any."""
        self.windows.update(in_force.windows(day))
        self.memberships = self.memberships or bool(in_force.programme.plans)
        if in_force.programme.tiers:
            self.climbs_from = min(day, self.climbs_from or day)


@dataclass(slots=True)
class Gathered:
    """What the database said, with the members locked until the transaction ends."""

    members: dict[Name, MemberRow]
    accounts: set[str]  # theirs, and the own accounts of those who lead to another one, which guards them
    purses: dict[tuple[str, str], Purse]
    counters: dict[str, dict[tuple[str, str], tuple[int, datetime | None]]]
    owners: dict[Key, tuple[str, str]]  # natural key → account, activity
    heirs: dict[str, str]  # of those accounts the ones that were merged or share another one → the account they lead to
    answers: dict[tuple[str, str, str], tuple[str, str]]  # credential, route, key → digest, outcome
    seqs: list[int]
    versions: int
    climbed: dict[str, Climbed]
    waiting: bool  # whether the programme has parked facts at all
    ladders: dict[str, Ladders] = field(default_factory=dict)
    held: list[Held] | None = None  # the memberships of all of them; None where nobody asked

    def heir(self, account_id: str) -> str:
        """The account in which what a looked-up fact earned is by now."""
        return self.heirs.get(account_id, account_id)

    def standing(self, member: MemberRow) -> Standing:
        """The member as decisions see one."""
        standing = Standing.of_member(
            account_id=member.id,
            enrolled_at=member.enrolled_at,
            attributes=member.attributes,
            segments=member.segments,
            birthday_month=member.birthday_month,
            counters=self.counters.setdefault(member.id, {}),
            person_id=member.person_id,
            role=member.role,
        )
        standing.steps, standing.basis, standing.grants = self._ladders(member.id)
        if self.held:
            standing.held = memberships.mine(self.held, member.id, standing.who)
        return standing

    def _ladders(self, account_id: str) -> Ladders:
        """What has been climbed, shared by all persons of an account as its counters are."""
        known = self.ladders.get(account_id)
        if known is None:
            climbed = self.climbed.get(account_id) or Climbed([], {}, [])
            grants = [row.grant for row in climbed.grants]
            known = self.ladders[account_id] = (climbed.history(), climbed.basis, grants)
        return known


_PARTS = (
    ledger.BALANCES_OF, rulebook.COUNTERS_OF, activities.KEYS_OF, activities.NEXT_SEQS, programmes.VERSION_COUNT,
    activities.ANY_WAITING,
)  # fmt: skip


def _select(*parts: Statement) -> Statement:
    return Statement(
        "SELECT " + ", ".join(f"{part.text}::text" for part in parts),
        sqlite="SELECT " + ", ".join(part.sqlite or part.text for part in parts),
    )


_ALL = _select(*_PARTS)
_ALL_WITH_ANSWERS = _select(*_PARTS, activities.ANSWERS_OF)

_balances = msgspec.json.Decoder(list[tuple[str, str, int, int, int, int, int, int, int]]).decode
_counters = msgspec.json.Decoder(list[tuple[str, str, str, int, int]]).decode
_keys = msgspec.json.Decoder(list[tuple[str, str, str, str, str, str | None]]).decode
_answers = msgspec.json.Decoder(list[tuple[str, str, str, str, str]]).decode
_seqs = msgspec.json.Decoder(list[int]).decode


def gather(store: Store, programme_id: str, wants: Wants, *, now: datetime) -> Gathered:
    """Lock the members, then read what was committed before the locks were had."""
    owners = activities.owners(store, programme_id, sorted(wants.kept)) if wants.kept else []
    reached = {*ledger_made.reached(store, owners), *(account for account, _ in owners)} if owners else set()
    kept: list[Name] = [("id", account) for account in sorted(reached)]
    found = members.lock(store, programme_id, wants.names.union(kept))
    # The own account of a member who was merged is locked by the one who stayed, that of a person by the household.
    accounts = sorted(
        {row.id for row in found.values()}
        | {value for kind, value in found if kind == "id"}
        | {row.person_id for row in found.values() if row.person_id is not None}
    )
    statement = _ALL_WITH_ANSWERS if wants.answers else _ALL
    params = _params(store, programme_id, wants, accounts)
    row = store.fetch(statement, **params)[0]
    told = _keys(row[2] or "[]")
    strangers = sorted(name for name in wants.names if name[0] != "id" and name not in found)
    if told and strangers and known.somebody(store, programme_id, strangers):
        # Else the same fact, told again, would be taken for one of another member.
        raise overtaken("somebody was enrolled meanwhile")
    gathered = Gathered(
        members=found,
        accounts=set(accounts),
        purses={},
        counters={},
        owners={(source, kind, external): (_hex(account), _hex(id)) for source, kind, external, account, id, _ in told},
        heirs={_hex(account): _hex(heir) for *_, account, _, heir in told if heir is not None},
        answers={},
        seqs=_numbers(store, row[3], wants.seqs),
        versions=int(row[4]),
        climbed={},
        waiting=str(row[5]) == "1",
    )  # fmt: skip
    for account, unit, *amounts in _balances(row[0] or "[]"):
        purse = Purse(_hex(account), unit, *amounts)
        gathered.purses[purse.account_id, unit] = purse
    for account, key, window, amount, last_at in _counters(row[1] or "[]"):
        gathered.counters.setdefault(_hex(account), {})[key, window] = (amount, clock.instant(last_at))
    if wants.answers:
        for credential, route, key, digest, outcome in _answers(row[6] or "[]"):
            gathered.answers[credential, route, key] = (digest, outcome)
    if wants.climbs_from is not None:
        first = add_months(wants.climbs_from, -2 * YEAR)  # what was counted then may still uphold a tier
        gathered.climbed = tiers.climbed(store, accounts, first=first)
    if wants.memberships:
        gathered.held = memberships.held(store, accounts)
    stale = [purse for purse in gathered.purses.values() if not purse.is_fresh(clock.micros(now))]
    if stale:
        ledger.fresh(store, stale, now)
    return gathered


def _params(store: Store, programme_id: str, wants: Wants, accounts: list[str]) -> dict[str, object]:
    answers = [(one.credential, one.route, one.key) for one in wants.answers]
    keys = list(wants.keys)
    if not store.postgresql:
        encode = msgspec.json.encode
        return {
            "accounts": encode(accounts).decode(),
            "windows": encode(sorted(wants.windows)).decode(),
            "keys": encode(keys).decode(),
            "answers": encode(answers).decode(),
            "programme": programme_id,
            "wanted": wants.seqs,
        }
    return {
        "accounts": accounts,
        "windows": sorted(wants.windows),
        "sources": [source for source, _, _ in keys],
        "kinds": [kind for _, kind, _ in keys],
        "externals": [external for _, _, external in keys],
        "credentials": [credential for credential, _, _ in answers],
        "routes": [route for _, route, _ in answers],
        "idempotency": [key for _, _, key in answers],
        "programme": programme_id,
        "wanted": wants.seqs,
    }


def _numbers(store: Store, text: str | None, wanted: int) -> list[int]:
    """The journal numbers of this batch; SQLite tells only the first."""
    if not wanted:
        return []
    found = _seqs(text or "[]")
    return found if store.postgresql else list(range(found[0], found[0] + wanted))


def _hex(id: str) -> str:
    return id.replace("-", "")
