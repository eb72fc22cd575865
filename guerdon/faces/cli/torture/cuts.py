"""Simulated power cuts: the disk as it may have been at any moment under load is started from, and nothing is missing.

The database runs on a disk that records what is written and synced (shim.py, disk.c) while callers are at it; each
answer is kept with how far the record was when it came. Then the disk is built anew as of random moments with no more
than a disk promises (platter.py says what is modelled and what is not). From each the database recovers by itself, and:
every write answered before the cut is there under its number; there is nothing that was not there at the end, nothing
twice; every balance is the sum of its postings; SQLite's integrity_check holds, on PostgreSQL all checksums do. On some
Guerdon is started, too: what was answered and is told again is answered with the same number, and `verify` holds.

One cut is made of each disk, none during the recovery from another; the disk syncs in half a millisecond at least.
"""

import contextlib
import shutil
import sqlite3
import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import psycopg

from guerdon.faces.cli.torture import clients, deeds, record, scratch, shim, stand
from guerdon.faces.cli.torture.battery import Findings, Trial, folder_of
from guerdon.faces.cli.torture.caller import Caller, judge
from guerdon.faces.cli.torture.cluster import Cluster
from guerdon.faces.cli.torture.history import Done
from guerdon.faces.cli.torture.platter import Platter
from guerdon.faces.cli.torture.shim import Shim
from guerdon.faces.cli.torture.stand import Server, Stand

CALLERS: Final = 6
PAUSE_MICROS: Final = 500
RETOLD_MAX: Final = 60
# Small segments of the log change often, and checkpoints come often, so that a cut finds one going on; what nobody but
# the log's own writer syncs is late. Durability is as PostgreSQL ships it.
OWN: Final = {
    "shared_buffers": "32MB", "max_wal_size": "8MB", "min_wal_size": "2MB", "checkpoint_timeout": "30s",
    "wal_writer_delay": "10s", "max_connections": "60",
}  # fmt: skip
UNSAFE: Final = {"fsync": "off"}  # for looking at what is thrown away afterwards
_ROWS: Final = "SELECT seq, external_id, source, kind FROM activities_activity"
_UNEVEN: Final = """\
SELECT count(*) FROM ledger_balance b WHERE balance <> (
    SELECT coalesce(sum(CASE WHEN p.destination = p.account_id THEN p.amount ELSE -p.amount END), 0)
    FROM ledger_posting p WHERE p.account_id = b.account_id AND p.unit = b.unit)
"""

Row = tuple[int, str, str, str]


@dataclass(frozen=True, slots=True)
class Kept:
    """A deed that was answered, and how far the record was by then."""

    done: Done
    at: int


class Sqlite:
    """A SQLite database whose disk is recorded: the server writes it itself."""

    def __init__(self, one: Stand) -> None:
        self.one = one
        self.file = scratch.file_of(one.address).resolve()
        self.root, self.above, self.prefix = self.file, self.file.parent, self.file.name

    def serve(self, disk: Shim) -> Server:
        """Serve from the disk."""
        return self.one.serve(processes=1, port=0, working=False, **disk.environment)

    def end(self) -> list[Row]:
        """What is there at the end; the server has been killed."""
        with contextlib.closing(sqlite3.connect(self.file)) as connection:
            return connection.execute(_ROWS).fetchall()

    def examine(self, image: Path) -> tuple[list[Row], list[str]]:
        """What is there after a cut, and what is wrong with it."""
        (image / f"{self.prefix}-shm").unlink(missing_ok=True)
        try:
            with contextlib.closing(sqlite3.connect(image / self.prefix)) as connection:
                rows = connection.execute(_ROWS).fetchall()
                uneven = connection.execute(_UNEVEN).fetchone()[0]
                told = connection.execute("PRAGMA integrity_check(3)").fetchall()
        except sqlite3.DatabaseError as error:
            return [], [f"the database can't be read: {error}"]
        return rows, _wrong(uneven, "; ".join(row[0] for row in told if row[0] != "ok"))

    def install(self, image: Path) -> None:
        """Put an image where the installation lives."""
        for path in self.above.glob(f"{self.prefix}*"):
            path.unlink()
        for path in image.glob(f"{self.prefix}*"):
            shutil.copy(path, self.above)


class Postgresql:
    """A PostgreSQL cluster whose disk is recorded."""

    def __init__(self, one: Stand, own: Cluster) -> None:
        self.one, self.own = one, own
        self.root = self.above = own.files.resolve()
        self.prefix = ""
        self.settings = {"fsync": "off"} if one.fault == "never_syncs" else {}

    def serve(self, disk: Shim) -> Server:
        """Serve from the cluster on the disk."""
        self.own.start(settings=self.settings, environment=disk.environment)
        return self.one.serve(processes=2)

    def end(self) -> list[Row]:
        """What is there at the end; then its processes are killed."""
        with psycopg.connect(self.one.address) as connection:
            rows = connection.execute(_ROWS).fetchall()
        self.own.kill()
        return rows

    def examine(self, image: Path) -> tuple[list[Row], list[str]]:
        """What is there after a cut, and what is wrong with it."""
        (image / "postmaster.pid").unlink(missing_ok=True)
        self.own.give(image)
        try:
            self.own.start(image, settings=UNSAFE)
        except RuntimeError as error:
            if self.own.runs:
                self.own.kill()
            return [], [str(error)]
        try:
            with psycopg.connect(self.one.address) as connection:
                rows = connection.execute(_ROWS).fetchall()
                uneven = connection.execute(_UNEVEN).fetchone()
        except psycopg.Error as error:
            self.own.kill()
            return [], [f"the database can't be read: {error}"]
        self.own.stop()
        return rows, _wrong(uneven[0] if uneven else 0, self.own.unsound(image))

    def install(self, image: Path) -> None:
        """Start from an image in the place of the installation."""
        self.own.stop()
        (image / "postmaster.pid").unlink(missing_ok=True)
        self.own.give(image)
        self.own.start(image)


def run(trial: Trial, findings: Findings) -> None:
    """Torture one installation."""
    with ground(trial) as (own, there), stand.standing(there, programme=deeds.programme()) as one:
        database = Postgresql(one, own) if own else Sqlite(one)
        disk = Shim.made(own.folder if own else folder_of(trial, "disk"), database.root)
        if own:
            own.stop()
        copy = trial.place.folder / "copy"
        shutil.copytree(database.above, copy)
        platter = Platter.of(database.above, copy, prefix=database.prefix)
        disk.recording(True, pause_micros=PAUSE_MICROS)
        server = database.serve(disk)
        kept = load(one, server, trial, disk, findings)
        server.kill()
        disk.recording(False)
        rows = database.end()
        images = sweep(database, platter, disk, kept, rows, trial, findings)
        for at, image in images if not findings.broken else []:
            resume(database, image, [one for one in kept if one.at <= at], kept, findings)
        if own and not own.runs:
            own.start()  # whoever drops the database needs it


@contextlib.contextmanager
def ground(trial: Trial) -> Iterator[tuple[Cluster | None, Trial]]:
    """Where a torture of disks stands: a PostgreSQL of its own, or a file."""
    shim.compiler()  # asked before everything else is made
    with stand.ground(trial, settings=OWN, made_with=("--data-checksums", "--wal-segsize=1")) as found:
        yield found


def load(one: Stand, server: Server, trial: Trial, disk: Shim, findings: Findings) -> list[Kept]:
    """Let callers do deeds; answers those that were answered, each with how far the record was by then."""
    Caller(server.port, one.key).enrol(clients.names())
    each = trial.times(25, 400)
    kept: list[Kept] = []

    def go(number: int) -> None:
        caller, worker = Caller(server.port, one.key), clients.Worker(f"c{number}", trial.chance(f"c{number}"))
        for _ in range(each):
            done = worker.step(caller)
            kept.append(Kept(done, disk.here()))

    threads = [threading.Thread(target=go, args=(number,)) for number in range(CALLERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for known in kept:
        judge(known.done.call, findings)
    findings.count("requests", len(kept))
    findings.count("acknowledged", sum(1 for known in kept if known.done.call.ok))
    return sorted((known for known in kept if known.done.call.ok), key=lambda known: known.at)


def sweep(
    database: Sqlite | Postgresql,
    platter: Platter,
    disk: Shim,
    kept: list[Kept],
    final: list[Row],
    trial: Trial,
    findings: Findings,
) -> list[tuple[int, Path]]:
    """Cut the power at random moments, and look at what is left; answers some images with where they were cut."""
    chance = trial.chance("cuts")
    lines = sum(1 for _ in record.read(disk.record))
    quick, full = (40, 1_000) if isinstance(database, Sqlite) else (4, 100)
    moments = Counter(chance.randrange(lines) for _ in range(trial.times(quick, full)))
    sampled = set(chance.sample(sorted(moments), trial.times(1, 20)))
    images: list[tuple[int, Path]] = []
    findings.figures["lines recorded"] = lines
    folder = folder_of(trial, "cut") if isinstance(database, Sqlite) else database.own.folder
    for number, line in enumerate(record.read(disk.record)):
        platter.tell(line)
        if findings.enough:
            break
        for _ in range(moments[number]):
            image = folder / f"image{number}"
            platter.cut(chance, image)
            if number in sampled and not image.with_name(f"spare{number}").exists():
                spare = image.with_name(f"spare{number}")
                shutil.copytree(image, spare, dirs_exist_ok=True)
                images.append((line.end, spare))
            look(database, image, number, [one.done for one in kept if one.at <= line.end], final, findings)
            shutil.rmtree(image)
    return images


def look(
    database: Sqlite | Postgresql, image: Path, moment: int, sure: list[Done], final: list[Row], findings: Findings
) -> None:
    """Recover from an image, and hold it against what was answered."""
    rows, wrong = database.examine(image)
    findings.count("cuts")
    findings.broken += [f"cut at line {moment}: {told}" for told in wrong]
    there = {(row[0], row[1]) for row in rows}
    lost = [f"{done.deed.kind} {done.deed.key}" for done in sure if (done.seq, done.deed.key) not in there]
    findings.count("acknowledged before a cut, and there", len(sure) - len(lost))
    findings.expect(not lost, f"cut at line {moment}: {len(lost)} acknowledged writes are lost: {lost[:3]}")
    more = Counter(rows) - Counter(final)
    findings.expect(not more, f"cut at line {moment}: there twice, or never written: {list(more)[:3]}")


def resume(database: Sqlite | Postgresql, image: Path, sure: list[Kept], every: list[Kept], findings: Findings) -> None:
    """Start Guerdon from an image, tell it again what it was told, and prove it."""
    database.install(image)
    server = database.one.serve()
    caller = Caller(server.port, database.one.key)
    known = {one.done.deed.key: one.done.seq for one in sure}
    lately = [*sure[-RETOLD_MAX // 2 :], *every[len(sure) :][: RETOLD_MAX // 2]]
    for one in lately:
        deed = one.done.deed
        if deed.about is not None and deed.about.key not in known:
            continue  # it is about what this disk has never heard of
        call = caller.insist(deed.path, deed.body)
        judge(call, findings)
        if deed.key in known:
            again = call.answer.get("seq")
            findings.expect(
                call.ok and again == known[deed.key],
                f"{deed.kind} {deed.key} had the number {known[deed.key]}, and told again {again or call.code}",
            )
        findings.count("told again after a cut")
    server.stop()
    database.one.prove(findings)
    findings.count("started from")


def _wrong(uneven: int, unsound: str) -> list[str]:
    told = [f"{uneven} balances are not the sum of their postings"] if uneven else []
    return told + ([unsound] if unsound else [])
