"""Backups while a crowd is at work, restored elsewhere: each holds one moment, with all that was answered before it."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Final

import msgspec

from guerdon.faces.cli.torture import clients, deeds, scratch, stand
from guerdon.faces.cli.torture.battery import Findings, Trial
from guerdon.faces.cli.torture.caller import Caller
from guerdon.faces.cli.torture.clients import Scene
from guerdon.faces.cli.torture.history import Done
from guerdon.faces.cli.torture.load import Load
from guerdon.faces.cli.torture.stand import Server, Stand
from guerdon.kit.archive import backup, chest
from guerdon.kit.archive.chest import Damaged

WORKERS: Final = 6  # fewer than in a crowd: the backup wants a processor, too
BEFORE_SECONDS: Final = 1.0  # of work before a backup begins
FLIPS: Final = 25
NEWEST: Final = "segments"  # the street that nothing else stands on: as if its tables were new
NEWEST_TABLES: Final = ("segments_count", "segments_segment", "segments_version")
JOURNAL: Final = "activities_activity"


def run(trial: Trial, findings: Findings) -> None:
    """Torture one installation."""
    with stand.standing(trial, programme=deeds.programme()) as one:
        server = one.serve(processes=2)
        Caller(server.port, one.key).enrol(clients.names())
        files = []
        for number in range(trial.times(1, 10)):
            path = one.home / f"{number}.tar"
            with _load(server, one, trial, findings, f"r{number}").running() as load:
                time.sleep(BEFORE_SECONDS)
                began = time.monotonic_ns()
                _back_up(one, path, findings)
                ended = time.monotonic_ns()
            load.report()
            _look(path, load.done, began, findings)
            findings.count("written meanwhile", sum(1 for each in load.done if began < each.call.left < ended))
            files.append(path)
        _upgrade(server, one, trial, findings)
        server.stop()
        one.prove(findings)
        for path in files:
            _flip(path, trial.chance(f"flips {path.name}"), findings)
            _elsewhere(one, trial, path, trial.place, findings)
            if trial.full and trial.place.server is not None:
                _elsewhere(one, trial, path, replace(trial.place, server=None), findings)


def _load(server: Server, one: Stand, trial: Trial, findings: Findings, named: str) -> Load:
    return Load(server.port, one.key, trial, findings, clients=WORKERS, rest_seconds=0, scene=Scene(named))


def _back_up(one: Stand, path: Path, findings: Findings) -> None:
    command = one.command("backup", str(path))
    made = subprocess.run(command, env=one.environment(), capture_output=True, text=True, check=False)
    if made.returncode != 0:
        raise RuntimeError(f"guerdon backup failed:\n{made.stdout}{made.stderr}")
    findings.count("backups")


def _upgrade(server: Server, one: Stand, trial: Trial, findings: Findings) -> None:
    """Migrate while the server of the version before still serves: nobody but itself has to notice."""
    scratch.execute(one.address, *(f"DROP TABLE {table}" for table in NEWEST_TABLES))
    scratch.execute(one.address, f"DELETE FROM django_migrations WHERE app = '{NEWEST}'")  # noqa: S608 - ours
    with _load(server, one, trial, findings, "upgrade").running() as load:
        time.sleep(BEFORE_SECONDS)
        one.guerdon("migrate")
    load.report()
    findings.count("written during an upgrade", len(load.done))


def _look(path: Path, done: list[Done], began: int, findings: Findings) -> None:
    """Whether all that was answered before the backup began is in it."""
    wanted = {each.deed.key for each in done if each.call.ok and each.call.came < began}
    with chest.opened(path) as file:
        there = set(_keys(file))
    missing = sorted(wanted - there)
    findings.count("answered before a backup", len(wanted))
    findings.expect(
        not missing, f"{path.name}: {len(missing)} deeds that were answered before it are not in it: {missing[:3]}"
    )


def _keys(file: chest.Opened) -> Iterator[str]:
    """The keys of everything in the journal."""
    told = backup.manifest(file)
    shape = next(table.shape for table in told.tables if table.shape.table == JOURNAL)
    place = [column.name for column in shape.columns].index("external_id")
    for lines in file.lines(backup.name(shape)):
        for line in lines.splitlines():
            row = msgspec.json.decode(line)
            if isinstance(row, list) and row[place] is not None:
                yield row[place]


def _flip(path: Path, chance: Random, findings: Findings) -> None:
    """Change one byte at a time, and put it back."""
    with path.open("r+b") as file:
        for _ in range(FLIPS):
            place = chance.randrange(path.stat().st_size)
            before = _swap(file.fileno(), place, lambda byte: byte ^ (1 << chance.randrange(8)))
            findings.count("bytes flipped")
            findings.expect(_damaged(path), f"{path.name}: the byte {place} was flipped, and nobody noticed")
            _swap(file.fileno(), place, lambda _, before=before: before)  # type: ignore[misc]
    findings.expect(not _damaged(path), f"{path.name}: it is said to be damaged, and is not")


def _swap(file: int, place: int, turn: Callable[[int], int]) -> int:
    """Change a byte of a file; answers what it was."""
    before = os.pread(file, 1, place)[0]
    os.pwrite(file, bytes([turn(before)]), place)
    return before


def _damaged(path: Path) -> bool:
    try:
        with chest.opened(path) as file:
            backup.check(file, lambda _: None)
    except Damaged:
        return True
    return False


def _elsewhere(one: Stand, trial: Trial, path: Path, place: scratch.Place, findings: Findings) -> None:
    """Restore it into another database, and prove that."""
    home = trial.place.folder / f"elsewhere-{path.stem}-{place.engine}"
    home.mkdir()
    (home / "secret").write_bytes((one.home / "secret").read_bytes())
    address = place.address(home)
    scratch.create(address)
    there = Stand(home, address, one.key)
    try:
        began = time.monotonic()
        command = [sys.executable, "-m", "guerdon.faces.cli.main", "restore", str(path)]
        made = subprocess.run(command, env=there.environment(), capture_output=True, text=True, check=False)
        findings.count("restored")
        findings.figures["slowest restore, s"] = max(
            round(time.monotonic() - began, 1), findings.figures.get("slowest restore, s", 0)
        )
        if made.returncode != 0:
            findings.broken.append(f"{path.name} could not be restored: {made.stdout}{made.stderr}")
            return
        there.prove(findings, deep=True)
    finally:
        scratch.drop(address)
