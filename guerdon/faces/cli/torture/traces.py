"""A member known by words found nowhere else takes everything along and is erased; then no file says who it was."""

import contextlib
import gzip
import json
import sqlite3
import tarfile
import zipfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final

import psycopg

from guerdon.faces.cli.torture import ports, scratch, stand, trails
from guerdon.faces.cli.torture.battery import Findings, Trial, folder_of
from guerdon.faces.cli.torture.caller import Caller
from guerdon.faces.cli.torture.cluster import Cluster
from guerdon.faces.cli.torture.stand import Server, Stand
from guerdon.faces.cli.torture.trails import Trail

# So that PostgreSQL lets go of its log as soon as it has no use for it any more, as an operator can tell it to.
OWN: Final = {"wal_recycle": "off", "min_wal_size": "2MB", "max_wal_size": "8MB"}
EVENTS: Final = "events"  # the file to which news go
BEFORE: Final = "before.tar"
# What docs/guides/operator/privacy.md tells whoever wants rows that were deleted to leave the files at once.
SWEEP_SQLITE: Final = ("VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)")
SWEEP_POSTGRESQL: Final = (
    "VACUUM (FULL, ANALYZE) members_vault, members_identifier, members_member, members_merge, redemptions_delivery",
    "VACUUM FULL pg_statistic",
    "CHECKPOINT",
    "SELECT pg_switch_wal()",
    "CHECKPOINT",
)


def run(trial: Trial, findings: Findings) -> None:
    """Torture one installation; where something is found in one part, the others are not gone into."""
    with (
        stand.ground(trial, settings=OWN, made_with=("--wal-segsize=1",)) as (own, there),
        stand.standing(there, programme=trails.PROGRAMME) as one,
    ):
        kept = folder_of(trial, "kept")  # where nobody searches: what is older than an erasure may say everything
        server = _serve(one)
        trail = Trail(Caller(server.port, one.key), trial.chance("words"), findings)
        for person in range(trial.times(1, 10)):
            trail.live(person)
        _take_along(one, kept, trail, findings)
        one.guerdon("work", "--once", "--events", str(one.home / EVENTS))
        _look_before(one, own, trail, findings)
        if not findings.broken:
            one.guerdon("backup", str(kept / BEFORE))
            trail.erase()
            server.stop()
            _look_after(one, own, trail, findings)
        if not findings.broken:
            findings.expect(server.log.stat().st_size > 0, "the server wrote no log that could be searched")
            one.prove(findings, deep=True)
            one.guerdon("backup", str(kept / "after.tar"))  # the list of who was erased is kept beside backups
            _bring_back(one, there, own, kept / BEFORE, trail, findings)


def _serve(one: Stand) -> Server:
    """Letters find nobody who takes them, and wait."""
    return one.serve(
        processes=2, GUERDON_MAIL=f"smtp://127.0.0.1:{ports.free()}", GUERDON_MAIL_FROM="house@house.example",
        GUERDON_URL="https://house.example",
    )  # fmt: skip


def _take_along(one: Stand, kept: Path, trail: Trail, findings: Findings) -> None:
    """What a member can take along holds every word that was ever said of them."""
    for member, said in trail.members.items():
        path = kept / f"{member}.zip"
        one.guerdon("member", "download", member, str(path))
        told = trail.caller.read(f"/v1/members/{member}/download")
        whole, packed = json.dumps(told.answer, ensure_ascii=False).lower().encode(), b"".join(_unzipped(path)).lower()
        for word, what in said.items():
            there = word in packed and (what in trails.PICTURES or word in whole)
            findings.expect(there or what in trails.NOT_TAKEN_ALONG, f"what is taken along lacks {what}")
        findings.count("words taken along", len(said))


def _look_before(one: Stand, own: Cluster | None, trail: Trail, findings: Findings) -> None:
    """What is sealed stands nowhere in clear, and what is not is found: a search that finds nothing proves nothing."""
    _flush(one)
    found = _found(_folders(one, own), trail.words)
    missed = sorted(trails.READABLE - found)
    findings.expect(not missed, f"the search is blind for {', '.join(missed)}")
    told = sorted(found - trails.READABLE)
    findings.expect(not told, f"before the erasure files say in clear: {', '.join(told)}")


def _look_after(one: Stand, own: Cluster | None, trail: Trail, findings: Findings) -> None:
    """What is written after an erasure says nothing either: news, a night, a backup, a dump."""
    one.guerdon("work", "--once", "--events", str(one.home / EVENTS))
    one.guerdon("night", "--yes")
    one.guerdon("backup", str(one.home / "after.tar"))
    (one.home / "after.jsonl").write_text(one.guerdon("dump", "--canonical"), "utf-8")
    _look(one, own, trail, "after the erasure", findings)


def _look(one: Stand, own: Cluster | None, trail: Trail, when: str, findings: Findings) -> None:
    """After what the guide tells an operator to do, no file says any word."""
    _sweep(one)
    folders = _folders(one, own)
    found = sorted(_found(folders, trail.words))
    findings.expect(not found, f"{when} files still say: {', '.join(found)}")
    findings.figures["words looked for"] = len(trail.words)
    findings.count("bytes searched", sum(path.stat().st_size for path in _files(folders)))


def _bring_back(one: Stand, trial: Trial, own: Cluster | None, backup: Path, trail: Trail, findings: Findings) -> None:
    """A backup from before the erasure is restored: who was erased since is erased again."""
    home = folder_of(trial, "again")
    (home / "secret").write_bytes((one.home / "secret").read_bytes())
    address = trial.place.address(home)
    scratch.create(address)
    again = Stand(home, address, one.key)
    try:
        again.guerdon("restore", str(backup))
        _look(again, own, trail, "after a restore", findings)
        again.prove(findings, deep=True)
    finally:
        scratch.drop(address)


def _folders(one: Stand, own: Cluster | None) -> list[Path]:
    return [one.home, *([own.files] if own else [])]


def _flush(one: Stand) -> None:
    """Have what was written in the files."""
    if one.address.startswith("sqlite"):
        return  # its log is a file, too
    with psycopg.connect(one.address, autocommit=True) as connection:
        connection.execute("CHECKPOINT")


def _sweep(one: Stand) -> None:
    """Let what was deleted leave the files."""
    if one.address.startswith("sqlite"):
        with contextlib.closing(sqlite3.connect(scratch.file_of(one.address))) as file:
            for statement in SWEEP_SQLITE:
                file.execute(statement)
        return
    with psycopg.connect(one.address, autocommit=True) as connection:
        for statement in SWEEP_POSTGRESQL:
            connection.execute(statement)


def _files(folders: Sequence[Path]) -> Iterator[Path]:
    for folder in folders:
        yield from (path for path in sorted(folder.rglob("*")) if path.is_file())


def _found(folders: Sequence[Path], words: dict[bytes, str]) -> set[str]:
    """What is said of the words somewhere in the files, and in what is packed in them."""
    found: set[str] = set()
    for path in _files(folders):
        unpack: Callable[[Path], Iterator[bytes]] = {".tar": _unpacked, ".zip": _unzipped}.get(path.suffix, _plain)
        for content in unpack(path):
            text = content.lower()
            found |= {what for word, what in words.items() if word in text}
    return found


def _plain(path: Path) -> Iterator[bytes]:
    with contextlib.suppress(FileNotFoundError):  # PostgreSQL lets files go while they are listed
        yield path.read_bytes()


def _unpacked(path: Path) -> Iterator[bytes]:
    with tarfile.open(path) as file:
        for member in file:
            content = file.extractfile(member)
            if content is not None:
                held = content.read()
                yield gzip.decompress(held) if held.startswith(b"\x1f\x8b") else held


def _unzipped(path: Path) -> Iterator[bytes]:
    with zipfile.ZipFile(path) as file:
        for name in file.namelist():
            yield file.read(name)
