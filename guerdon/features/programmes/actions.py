"""Every write to programmes: founding one, publishing immutable versions, noting finished nights."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from guerdon.core import errors, limits, period
from guerdon.core.programme import Programme
from guerdon.features.programmes import forms, queries
from guerdon.features.programmes.queries import ProgrammeRow, VersionRow
from guerdon.kit import clock, ids
from guerdon.kit.store import Statement, Store, Table

PROGRAMME_CURRENCY_CHANGED = errors.declare("clash", "programme_currency_changed", "expected", "got")
UNIT_CHANGED = errors.declare("clash", "unit_changed", "unit", "what")
VOUCHER_CHANGED = errors.declare("clash", "voucher_changed", "voucher")
VERSION_TOO_FAR = errors.declare("invalid", "version_too_far", "years", "last_day")

VERSIONS = Table(
    "programmes_version",
    {
        "id": "uuid", "programme_id": "uuid", "number": "bigint", "digest": "text", "source": "text",
        "document": "text", "effective_at": "bigint", "published_at": "bigint", "published_by": "text",
    },
)  # fmt: skip
_FOUND = Statement(
    "INSERT INTO programmes_programme (id, key, created_at, sandbox) VALUES (:id, :key, :now, :sandbox)"
    " ON CONFLICT (key) DO NOTHING"
)
_FINISH_NIGHT = Statement(
    "INSERT INTO programmes_night (programme_id, as_of, began_seq) VALUES (:programme, :as_of, :began_seq)"
    " ON CONFLICT (programme_id, as_of) DO UPDATE SET began_seq = excluded.began_seq"
    " WHERE excluded.began_seq > programmes_night.began_seq"  # what was proved once stays so
)
NOTHING_SURE = 0  # where a night began: the journal's numbers are larger
_PUT_CLOCK = Statement("UPDATE programmes_programme SET clock = :at WHERE id = :id AND (clock IS NULL OR clock < :at)")
_LOCK = Statement(
    "SELECT id FROM programmes_programme WHERE id = :id FOR UPDATE",
    sqlite="SELECT id FROM programmes_programme WHERE id = :id",
)
# Reading goes on meanwhile; SQLite has one writer anyway.
_LOCK_ALL = Statement("LOCK TABLE programmes_programme IN SHARE ROW EXCLUSIVE MODE", sqlite="SELECT 1")


def found(store: Store, key: str, *, now: datetime, sandbox: bool = False) -> ProgrammeRow:
    """The programme of this key, made where it was not there yet; in the transaction at hand."""
    store.fetch(_FOUND, id=ids.new(), key=key, now=clock.micros(now), sandbox=sandbox)
    return queries.by_key(store, key)


def publish(
    store: Store,
    programme_id: str,
    programme: Programme,
    source: str,
    *,
    effective_at: datetime,
    now: datetime,
    by: str,
) -> VersionRow:
    """Store the next version, in force from `effective_at`; the same content in force from then is not stored twice.

    In the transaction at hand. Raises `programme_key_changed`, `programme_currency_changed`, `unit_changed` or
    `voucher_changed` when it would give recorded points, or codes that are there, another meaning, and
    `version_too_far` where nobody who publishes it would see it come into force.
    """
    last_day = period.add_months(period.local_day(now, programme.zone), 12 * limits.VERSION_YEARS_AHEAD_MAX)
    if effective_at >= period.midnight(last_day + timedelta(days=1), programme.zone):
        raise VERSION_TOO_FAR(years=limits.VERSION_YEARS_AHEAD_MAX, last_day=last_day.isoformat())
    store.fetch(_LOCK, id=programme_id)
    queries.check_key(queries.by_id(store, programme_id), programme)
    versions = queries.all_versions(store, programme_id)
    digest = forms.digest(programme)
    if versions:
        last = versions[-1]
        _compare(forms.stored(last.document), programme)
        if last.covers(digest, source, effective_at):
            return last
        _compare_codes([forms.stored(one.document) for one in versions], programme)
    version = VersionRow(len(versions) + 1, digest, source, forms.document(programme), effective_at, now, by)
    micros = (clock.micros(effective_at), clock.micros(now))
    cells = (ids.new(), programme_id, version.number, digest, source, version.document, *micros, by)
    store.write([(VERSIONS, [cells])])
    return version


def lock(store: Store, programme_id: str) -> None:
    """Let nobody else publish for the programme or move its clock until the transaction ends."""
    store.fetch(_LOCK, id=programme_id)


def lock_all(store: Store) -> None:
    """Let nobody else found a programme until the transaction ends."""
    store.fetch(_LOCK_ALL)


def put_clock(store: Store, programme_id: str, at: datetime) -> datetime:
    """Put a test clock on, never back; in the transaction at hand. Answers where it stands then."""
    store.fetch(_PUT_CLOCK, id=programme_id, at=clock.micros(at))
    return queries.by_id(store, programme_id).clock or at


def finish_night(store: Store, programme_id: str, *, as_of: datetime, began_seq: int) -> None:
    """Note that a night has been at every account; in the transaction at hand.

    `began_seq` is a number of the journal: nothing that has it or a smaller one was still on its way when it began. It
    is `NOTHING_SURE` where that could not be told; a second run never takes back what the first was sure of.
    """
    store.fetch(_FINISH_NIGHT, programme=programme_id, as_of=clock.micros(as_of), began_seq=began_seq)


def _compare(before: Programme, after: Programme) -> None:
    """What is counted may get a new name or life, but never another size: recorded points would change worth."""
    if before.currency != after.currency:
        raise PROGRAMME_CURRENCY_CHANGED(expected=before.currency, got=after.currency)
    for code, unit in before.units.items():
        new = after.units.get(code)
        if new is None:
            raise UNIT_CHANGED(unit=code, what="missing")
        if new.scale != unit.scale:
            raise UNIT_CHANGED(unit=code, what="scale")
        if new.kind != unit.kind:
            raise UNIT_CHANGED(unit=code, what="kind")


def _compare_codes(every: Sequence[Programme], after: Programme) -> None:
    """Codes that anybody may show never become those of a pool, nor the other way round, however long ago it was.

    Flyers would be given to members, and codes that wait for a member would be worth something to whoever finds one.
    """
    for before in every:
        for key, voucher in before.vouchers.items():
            new = after.vouchers.get(key)
            if new is None:
                continue
            if (voucher.bearer and new.codes == "pool") or (voucher.codes == "pool" and new.bearer):
                raise VOUCHER_CHANGED(voucher=key)
