"""The doctor's look at the database: does it answer, does it keep what it acknowledged, does its clock go right."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from django.db import connection

from guerdon.faces.cli.doctor.finding import Finding, fine
from guerdon.faces.cli.terminal import Failure
from guerdon.kit import clock, durability
from guerdon.kit.durability import Durability
from guerdon.kit.store import Statement, Store

POSTGRESQL_MIN: Final = 14
SKEW_MAX: Final = timedelta(seconds=2)
_VERSION: Final = Statement("SELECT current_setting('server_version_num'), current_setting('server_version')")
# The clock of the database is asked once, to be compared; nothing ever goes by it.
_CLOCK: Final = Statement(
    "SELECT CAST(EXTRACT(EPOCH FROM query_start) * 1000000 AS bigint) FROM pg_stat_activity"
    " WHERE pid = pg_backend_pid()"
)


def look(at_hand: Store) -> Iterator[Finding]:
    """Everything about a database that answers."""
    yield fine("database", f"The database answers ({connection.vendor}).")
    yield from durable(durability.inspect(at_hand))
    if at_hand.postgresql:
        number, name = at_hand.fetch(_VERSION)[0]
        yield version(int(number) // 10_000, name)
        yield skewed(_skew(at_hand))


def durable(found: Durability) -> Iterator[Finding]:
    """What the server refuses to start with, each with its remedy."""
    setting = (
        "ALTER SYSTEM SET {} = on; SELECT pg_reload_conf() – and look for it at the role and the database, too."
        if found.engine == "postgresql"
        else "Guerdon sets {} itself at every connection: is SQLite, or the file system, one that can't keep it?"
    )
    for name in found.weak:
        told = f"The setting {name} is {found.settings.get(name)}: what was acknowledged can be lost."
        yield Finding("durability", "fault", told, setting.format(name))
    if found.unapplied:
        told = f"{len(found.unapplied)} migrations are not applied, {found.unapplied[0]} the first."
        yield Finding("migrations", "fault", told, "guerdon migrate")
    for name in found.missing:
        do = "Somebody took it away. Prove what is there with guerdon verify --deep, then restore the last backup."
        yield Finding("triggers", "fault", f"The trigger {name} is missing: history could be changed.", do)
    if found.unfinished:
        yield Finding(
            "restore", "fault", "A restore began and never came to its end.", "Begin it again: guerdon restore"
        )
    if not found.faults:
        yield fine(
            "durability", ", ".join(f"{name} is {value}" for name, value in sorted(found.settings.items())) + "."
        )
        yield fine("migrations", "All migrations are applied, and all triggers are there.")


def version(number: int, name: str) -> Finding:
    """Whether PostgreSQL is young enough."""
    if number < POSTGRESQL_MIN:
        return Finding("postgresql", "fault", f"PostgreSQL {name} is too old.", f"Move to {POSTGRESQL_MIN} or newer.")
    return fine("postgresql", f"PostgreSQL {name}.")


def _skew(at_hand: Store) -> timedelta:
    """How far the clock of the database is ahead of ours, to within the time of the question."""
    before = clock.now()
    theirs = clock.instant(int(at_hand.fetch(_CLOCK)[0][0]))
    return theirs - (before + (clock.now() - before) / 2)


def skewed(ahead: timedelta) -> Finding:
    """Whether two clocks agree. No answer goes by the database's clock, but one of the two is wrong."""
    way = "ahead" if ahead > timedelta() else "behind"
    told = f"The clock of the database is {abs(ahead.total_seconds()):.1f} s {way}."
    if abs(ahead) > SKEW_MAX:
        return Finding("clock", "warning", told, "Let both machines keep time by NTP; see which of them is wrong.")
    return fine("clock", "The clocks of this machine and of the database agree.")


def away(failure: Failure) -> Finding:
    """The database does not answer, or not as it should."""
    return Finding("database", "fault", " ".join(f"{failure.what} {failure.why}".split()), failure.hint)
