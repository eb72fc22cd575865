"""Every read of programmes: by key, their versions, and the law in force at an instant."""

from dataclasses import dataclass
from datetime import datetime

from guerdon.core import activities, errors
from guerdon.core.law import Law
from guerdon.core.programme import Programme
from guerdon.features.programmes import forms
from guerdon.kit import clock
from guerdon.kit.store import Statement, Store

PROGRAMME_UNKNOWN = errors.declare("unknown", "programme_unknown", "key", "known")
PROGRAMME_UNPUBLISHED = errors.declare("unknown", "programme_unpublished", "key")
PROGRAMME_KEY_CHANGED = errors.declare("clash", "programme_key_changed", "expected", "got")
VERSION_UNKNOWN = errors.declare("unknown", "version_unknown", "number", "last")

_BY_KEY = Statement("SELECT id, key, created_at, sandbox, clock FROM programmes_programme WHERE key = :key")
_BY_ID = Statement("SELECT id, key, created_at, sandbox, clock FROM programmes_programme WHERE id = :id")
_ALL = Statement("SELECT id, key, created_at, sandbox, clock FROM programmes_programme ORDER BY key")
_VERSIONS = Statement(
    "SELECT number, digest, source, document, effective_at, published_at, published_by FROM programmes_version"
    " WHERE programme_id = :programme ORDER BY number"
)
_COUNT = Statement("SELECT count(*) FROM programmes_version WHERE programme_id = :programme")
# Part of the engine's one gathering statement: a higher count than the cached one means a new version is out.
VERSION_COUNT = Statement("(SELECT count(*) FROM programmes_version WHERE programme_id = :programme)")


# Its row is the lock of whatever a programme has a list of: not so strong that it would hold up what refers to it.
_LOCK_LISTS = Statement(
    "SELECT 1 FROM programmes_programme WHERE id = :programme FOR NO KEY UPDATE",
    sqlite="SELECT 1 FROM programmes_programme WHERE id = :programme",
)
_LAST_NIGHT = Statement("SELECT max(as_of) FROM programmes_night WHERE programme_id = :programme")


@dataclass(frozen=True, slots=True)
class ProgrammeRow:
    """A programme as stored."""

    id: str
    key: str
    created_at: datetime
    sandbox: bool
    clock: datetime | None = None  # of a sandbox: where its test clock was put


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A published version as stored."""

    number: int
    digest: str
    source: str
    document: str
    effective_at: datetime
    published_at: datetime
    published_by: str

    def covers(self, digest: str, source: str, effective_at: datetime) -> bool:
        """Whether this version says just that already, from then on."""
        return self.digest == digest and self.effective_at <= effective_at and self.source == source


class Lawbook:
    """All versions of a programme, compiled when first needed."""

    def __init__(self, programme: ProgrammeRow, versions: list[VersionRow]) -> None:
        self.programme = programme
        self.versions = versions
        self._laws: dict[int, Law] = {}

    def in_force(self, instant: datetime) -> int:
        """The number of the version in force: the last published one whose time has come; 0 before any is."""
        return next((row.number for row in reversed(self.versions) if row.effective_at <= instant), 0)

    def at(self, instant: datetime) -> Law:
        """The law in force. Raises when none was."""
        number = self.in_force(instant)
        if not number:
            raise activities.ACTIVITY_BEFORE_PROGRAMME(occurred_at=instant.isoformat(), first=self.begins().isoformat())
        return self.law(number)

    def said(self, *, before: datetime, known: datetime) -> Law:
        """The law in force just before an instant as it was known at another: no later version changes that."""
        return self.law(next(
            (row.number for row in reversed(self.versions) if row.effective_at < before and row.published_at <= known),
            1,
        ))  # fmt: skip

    def current(self, instant: datetime) -> Law:
        """The law to show things by: the one in force, or before any is the one that will be first."""
        return self.law(self.in_force(instant) or self.in_force(self.begins()))

    def ahead(self, instant: datetime) -> list[Law]:
        """The laws in force at the instant and at any later one, in this order."""
        starts = sorted({instant, *[row.effective_at for row in self.versions if row.effective_at > instant]})
        return [self.law(number) for number in dict.fromkeys(map(self.in_force, starts)) if number]

    def newest(self) -> Law:
        """The last published law, in force or not yet. Raises `programme_unpublished`."""
        self.begins()
        return self.law(len(self.versions))

    def said_ever(self) -> list[Programme]:
        """What every published version says, the newest last."""
        return [self.law(row.number).programme for row in self.versions]

    def begins(self) -> datetime:
        """When the first law comes into force. Raises `programme_unpublished`."""
        if not self.versions:
            raise PROGRAMME_UNPUBLISHED(key=self.programme.key)
        return min(version.effective_at for version in self.versions)

    def law(self, number: int) -> Law:
        """One version, whether in force or not. Raises `version_unknown`."""
        if number not in self._laws:
            if not 1 <= number <= len(self.versions):
                raise VERSION_UNKNOWN(number=number, last=len(self.versions))
            self._laws[number] = Law(forms.stored(self.versions[number - 1].document), number)
        return self._laws[number]


_lawbooks: dict[str, Lawbook] = {}


def lawbook(store: Store, programme_id: str, *, versions: int | None = None) -> Lawbook:
    """The programme's lawbook, cached in this process; read again when the database holds more `versions`."""
    known = _lawbooks.get(programme_id)
    if known is None or (versions is not None and versions != len(known.versions)):
        known = _lawbooks[programme_id] = Lawbook(by_id(store, programme_id), all_versions(store, programme_id))
    return known


def latest(store: Store, programme_id: str) -> Lawbook:
    """The programme's lawbook with all that is published by now."""
    return lawbook(store, programme_id, versions=store.fetch(_COUNT, programme=programme_id)[0][0])


def check_key(row: ProgrammeRow, programme: Programme) -> None:
    """A version, or a draft of one, is of its very programme. Raises `programme_key_changed`."""
    if programme.key != row.key:
        raise PROGRAMME_KEY_CHANGED(expected=row.key, got=programme.key)


def by_id(store: Store, programme_id: str) -> ProgrammeRow:
    """A programme by its id. Raises `programme_unknown`."""
    rows = store.fetch(_BY_ID, id=programme_id)
    if not rows:
        raise PROGRAMME_UNKNOWN(key=programme_id, known="")
    return _programme(rows[0])


def by_key(store: Store, key: str) -> ProgrammeRow:
    """A programme by its key. Raises `programme_unknown`, naming those there are."""
    rows = store.fetch(_BY_KEY, key=key)
    if not rows:
        raise PROGRAMME_UNKNOWN(key=key[:64], known=", ".join(one.key for one in every(store)))
    return _programme(rows[0])


def every(store: Store) -> list[ProgrammeRow]:
    """All programmes of the installation, by key."""
    return [_programme(row) for row in store.fetch(_ALL)]


def all_versions(store: Store, programme_id: str) -> list[VersionRow]:
    """The published versions in the order of their numbers."""
    return [
        VersionRow(number, digest, source, document, clock.instant(effective), clock.instant(published), by)
        for number, digest, source, document, effective, published, by in store.fetch(_VERSIONS, programme=programme_id)
    ]


def replaced(versions: list[VersionRow], *, effective_at: datetime) -> list[VersionRow]:
    """The versions, in force or scheduled, that rule no instant any more when a further one counts from this one on."""
    return [
        one
        for one in versions
        if one.effective_at >= effective_at
        and not any(later.effective_at <= one.effective_at for later in versions[one.number :])
    ]


def _programme(row: tuple[str, str, int, bool, int | None]) -> ProgrammeRow:
    id, key, created_at, sandbox, at = row
    return ProgrammeRow(id, key, clock.instant(created_at), bool(sandbox), clock.instant(at))


def last_night(store: Store, programme_id: str) -> datetime | None:
    """For which instant the last night was that has been at every account."""
    as_of: int | None = store.fetch(_LAST_NIGHT, programme=programme_id)[0][0]
    return clock.instant(as_of)


def lock_lists(store: Store, programme_id: str) -> None:
    """Whoever else wants to change its segments, objectives or cost book waits until the transaction ends."""
    store.fetch(_LOCK_LISTS, programme=programme_id)
