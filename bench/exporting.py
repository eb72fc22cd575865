"""What writing closed months as Parquet takes beside a raw copy of the same rows: `python -m bench.exporting`."""

import argparse
import csv
import io
import json
import multiprocessing
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import IO, Final, NamedTuple

import msgspec
import psycopg

from bench import processes, shop, stand

MONTHS: Final = ("2026-01", "2026-02", "2026-03", "2026-04")
BATCH: Final = 500
ROUNDS: Final = 3
# What is copied raw, and the table of the export that has a row for each row of it.
TABLES: Final = {
    "activities_activity": "activities", "ledger_posting": "postings", "ledger_lot": "lots",
    "ledger_allocation": "takings",
}  # fmt: skip


class Took(NamedTuple):
    """One run: rows, what it wrote, the clock, the processor time of all that took part, and the peak of memory."""

    rows: int
    size: int
    seconds: float
    cpu: float
    peak: int = 0  # bytes


def main() -> None:
    """Both databases, one after the other."""
    parser = argparse.ArgumentParser(prog="python -m bench.exporting", description=__doc__)
    parser.add_argument("--purchases", type=int, default=40_000, help="ten-line purchases in four months")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), action="append")
    told = parser.parse_args()
    for kind in told.database or ("sqlite", "postgresql"):
        with (
            tempfile.TemporaryDirectory(prefix="guerdon-bench-") as folder,
            stand.databases(kind, Path(folder), ["exporting"]) as (url,),
        ):
            # Django knows one database in a process.
            child = multiprocessing.get_context("spawn").Process(target=_fill, args=(folder, url, told.purchases))
            child.start()
            child.join()
            assert child.exitcode == 0, f"{kind} could not be filled"
            _measure(kind, Path(folder), url, told.rounds)


def _fill(home: str, url: str, purchases: int) -> None:
    """Purchases and some burns in four months, each of which is closed and counted."""
    folder = Path(home)
    around = stand.environment(folder, url)
    os.environ.update(around)
    (folder / "bench.yaml").write_text(shop.PROGRAMME)
    stand.guerdon(around, "migrate")
    stand.guerdon(around, "programme", "publish", str(folder / "bench.yaml"), "--as-of", "2025-12-01", "--yes")
    os.environ["DJANGO_SETTINGS_MODULE"] = "guerdon.site.settings"
    import django

    django.setup()
    from guerdon.core import closing as law
    from guerdon.core.activities import Activity, Member
    from guerdon.engine import closing as month_end
    from guerdon.engine import earn, night, redeem
    from guerdon.engine.batch import Told
    from guerdon.features.programmes import queries as programmes
    from guerdon.kit import store

    row = programmes.by_key(store.current(), "bench")
    zone = programmes.latest(store.current(), row.id).current(datetime(2026, 1, 1, tzinfo=UTC)).zone
    for number, month in enumerate(MONTHS):
        each = purchases // len(MONTHS)
        at = law.starts(month, zone) + timedelta(days=10)
        told = shop.purchases(f"e{number}", each, seed=number, at=at.isoformat())
        facts = [Told(msgspec.convert(one, Activity)) for one in told]
        for start in range(0, each, BATCH):
            earn.record_many(programme_id=row.id, told=facts[start : start + BATCH], now=at)
        burns = [
            redeem.Burn(
                member=Member(external_id=f"m{member}"), unit="points", points=20, source="bench",
                external_id=f"b{number}-{member}",
            )
            for member in range(shop.MEMBERS)
        ]  # fmt: skip
        for start in range(0, len(burns), BATCH):
            redeem.burn_many(programme_id=row.id, burns=burns[start : start + BATCH], now=at + timedelta(days=5))
        over = law.ends(month, zone) + timedelta(hours=5)
        night.run(programme_id=row.id, as_of=over)
        month_end.close(programme_id=row.id, month=month, now=over, by="bench")
        month_end.count(programme_id=row.id, month=month, now=over)


def _measure(kind: str, folder: Path, url: str, rounds: int) -> None:
    """Both ways by turns, each into a new folder; the first round warms up."""
    ours: list[Took] = []
    raw: list[Took] = []
    for number in range(rounds + 1):
        for way, found in ((_raw, raw), (_export, ours)):
            place = folder / "out"
            took = way(folder, url, place)
            shutil.rmtree(place)
            if number:
                found.append(took)
    assert {one.rows for one in ours} == {one.rows for one in raw}, "not the same rows"
    faster = median([one.seconds / two.seconds for one, two in zip(ours, raw, strict=True)])
    dearer = median([one.cpu / two.cpu for one, two in zip(ours, raw, strict=True)])
    print(f"{kind}: {ours[0].rows:,} rows of journal, postings, lots and takings in {len(MONTHS)} months")
    for name, some in (("raw copy", raw), ("guerdon insight export", ours)):
        seconds, cpu = median([one.seconds for one in some]), median([one.cpu for one in some])
        print(
            f"  {name}: {some[0].rows / seconds:,.0f} rows/s, {seconds:.2f} s, CPU {cpu:.2f} s,"
            f" {some[0].size / 1e6:.1f} MB written"
        )
    peak = max(one.peak for one in ours) / 1e6
    print(f"  ours ÷ raw: time {faster:.2f}, CPU {dearer:.2f}; peak memory {peak:.0f} MB", flush=True)


def _raw(folder: Path, url: str, place: Path) -> Took:
    """Every row as text into a file for each table, made durable: COPY, or what stands for it on SQLite."""
    place.mkdir()
    server = stand.postmaster(url)
    before, own, began = processes.cpu_seconds(server) if server else 0.0, time.process_time(), time.perf_counter()
    rows = 0
    for table in TABLES:
        with (place / f"{table}.csv").open("wb") as out:
            rows += _copy(url, table, out)
            out.flush()
            os.fsync(out.fileno())
    seconds, used = time.perf_counter() - began, time.process_time() - own
    used += processes.cpu_seconds(server) - before if server else 0.0
    return Took(rows, _size(place), seconds, used)


def _copy(url: str, table: str, out: IO[bytes]) -> int:
    """The rows of a table as CSV; answers how many."""
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as lite:
            text = io.TextIOWrapper(out, "utf-8", newline="", write_through=False)
            rows = 0
            found, lines = lite.execute(f"SELECT * FROM {table}"), csv.writer(text)
            while some := found.fetchmany(5_000):
                lines.writerows(some)
                rows += len(some)
            text.flush()
            text.detach()
            return rows
    with psycopg.connect(url) as full, full.cursor() as cursor:
        with cursor.copy(f"COPY {table} TO STDOUT (FORMAT csv)") as copied:
            for chunk in copied:
                out.write(chunk)
        return cursor.rowcount


def _size(place: Path) -> int:
    return sum(one.stat().st_size for one in place.rglob("*") if one.is_file())


def _export(folder: Path, url: str, place: Path) -> Took:
    """The command as whoever runs it has it, start of the program included."""
    server = stand.postmaster(url)
    before, began = processes.cpu_seconds(server) if server else 0.0, time.perf_counter()
    command = [sys.executable, "-m", "guerdon.faces.cli.main", "insight", "export", str(place)]
    done = subprocess.Popen(command, env=stand.environment(folder, url), stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(done.pid, 0)
    assert status == 0, "the export failed"
    seconds = time.perf_counter() - began
    cpu = used.ru_utime + used.ru_stime + (processes.cpu_seconds(server) - before if server else 0.0)
    rows = 0
    for manifest in place.rglob("manifest.json"):
        told = json.loads(manifest.read_text())
        rows += sum(part["rows"] for name in TABLES.values() for part in told["tables"][name]["parts"])
    return Took(rows, _size(place), seconds, cpu, used.ru_maxrss * 1_024)


if __name__ == "__main__":
    main()
