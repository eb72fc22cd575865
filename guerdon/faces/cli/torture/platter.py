"""What a disk holds after a power cut: all that was synced, and of the rest whatever chance says.

Modelled is what a disk and ext4 (data=ordered) promise, and nothing more:
- What was written to a file before a sync of it began is there once that sync has ended.
- Of each later write any of its sectors (512 bytes) may be there or not, each for itself: torn, in any order.
- A file's size is any that it had since its last sync; what it grew by and was not written reads as zeros.
- Names (create, rename, link, unlink) reach the disk in their order. How far is chance, but at least to the last that
  a sync covers: of the folder, of the file for its own names, of its contents alone for its being made.

Not modelled: a disk that lies about syncs, that spoils what it held before, or sectors torn within; files written by
stdio or by memory maps (SQLite's -shm and PostgreSQL's statistics, which both make anew); O_DSYNC.
"""

import os
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Final

from guerdon.faces.cli.torture import record
from guerdon.faces.cli.torture.record import Line

SECTOR: Final = 512


@dataclass(slots=True, eq=False)
class File:
    """A file: what of it is surely on the disk, and what was done to it since."""

    source: Path | None = None  # its contents lie here until it is touched
    sure: bytearray = field(default_factory=bytearray)
    since: list[tuple[int, Line]] = field(default_factory=list)  # with the number of the line

    def load(self) -> bytearray:
        """Its contents as they are surely there."""
        if self.source is not None:
            self.sure, self.source = bytearray(self.source.read_bytes()), None
        return self.sure

    def settle(self, before: int) -> None:
        """What was done before a line is there for sure."""
        content = self.load()
        kept = 0
        for number, line in self.since:
            if number >= before:
                break
            _do(content, line)
            kept += 1
        del self.since[:kept]

    def after_cut(self, chance: Random, share: float) -> bytes | None:
        """What it holds after a cut, when a sector survives with this share; None where it was never touched."""
        if self.source is not None and not self.since:
            return None
        content = bytearray(self.load())
        if not self.since:
            return bytes(content)
        sized = chance.randint(0, len(self.since))
        size, roof = len(content), None
        for place, (_, line) in enumerate(self.since):
            if line.kind == record.TRUNCATE:
                if place < sized:
                    _do(content, line)
                    size = line.at
                else:  # what comes after can't be where the disk still has the old end
                    roof = line.at if roof is None else min(roof, line.at)
                continue
            length = len(line.content) or line.number
            if place < sized:
                size = max(size, line.at + length)
            if line.kind == record.WRITE:
                _some(content, line, chance, share, roof)
        return bytes(content[:size]) + bytes(max(0, size - len(content)))


@dataclass(slots=True)
class Platter:
    """The files of a folder as they are surely on the disk, and their names; lines are told to it one by one."""

    root: Path
    names: dict[str, File] = field(default_factory=dict)  # for sure
    folders: set[str] = field(default_factory=set)
    _since: list[tuple[int, Line, File | None]] = field(default_factory=list)
    _files: dict[int, File] = field(default_factory=dict)  # by inode
    _paths: dict[int, str] = field(default_factory=dict)  # of folders
    _syncs: dict[int, int] = field(default_factory=dict)  # where each began
    _number: int = 0

    @classmethod
    def of(cls, root: Path, copy: Path, *, prefix: str = "") -> "Platter":
        """The disk with what is in a folder now, nobody writing; its contents are read from a copy when needed."""
        platter = cls(root)
        for folder, _, names in os.walk(root):
            inside = os.path.relpath(folder, root)
            platter.folders.add(inside)
            platter._paths[os.stat(folder).st_ino] = folder
            for name in names:
                if not name.startswith(prefix):
                    continue
                file = File(copy / inside / name)
                path = os.path.join(folder, name)
                platter.names[path] = file
                platter._files[os.stat(path).st_ino] = file
        return platter

    def tell(self, line: Line) -> None:
        """The next line of the record."""
        self._number += 1
        if line.kind in record.NAMING:
            self._named(line)
        elif line.kind == record.SYNC:
            self._syncs[line.number] = self._number
        elif line.kind == record.SYNCED:
            self._synced(line, self._syncs.pop(line.number))
        elif (file := self._files.get(line.file)) is not None:
            file.since.append((self._number, line))

    def _named(self, line: Line) -> None:
        if line.kind == record.CREATE:
            self._files[line.file] = File()
        elif line.kind == record.MKDIR:
            self._paths[line.file] = line.names[0]
            self.folders.add(os.path.relpath(line.names[0], self.root))
        self._since.append((self._number, line, self._files.get(line.file)))

    def _synced(self, line: Line, began: int) -> None:
        folder, file = self._paths.get(line.file), self._files.get(line.file)
        if file is not None:
            file.settle(began)
        last = 0
        for place, (number, naming, about) in enumerate(self._since):
            if number >= began:
                break
            covered = folder in {os.path.dirname(name) for name in naming.names} or (
                file is not None and about is file and (naming.kind == record.CREATE or not line.at)
            )
            last = place + 1 if covered else last
        for _, naming, about in self._since[:last]:
            _name(self.names, naming, about)
        del self._since[:last]

    def cut(self, chance: Random, into: Path) -> None:
        """Write what is there after a cut now into a folder."""
        share = chance.choice((0.0, 1.0, 0.5, chance.random()))
        names = dict(self.names)
        for _, naming, about in self._since[: chance.randint(0, len(self._since))]:
            _name(names, naming, about)
        into.mkdir(mode=0o700)
        for folder in sorted(self.folders):
            (into / folder).mkdir(exist_ok=True, mode=0o700)
        for path, file in names.items():
            content = file.after_cut(chance, share)
            to = into / os.path.relpath(path, self.root)
            to.write_bytes(file.source.read_bytes() if content is None and file.source else content or b"")


def _name(names: dict[str, File], line: Line, file: File | None) -> None:
    first, *rest = line.names
    if line.kind in (record.UNLINK, record.RMDIR):
        names.pop(first, None)
    elif line.kind == record.CREATE and file is not None:
        names[first] = file
    elif rest:
        moved = names.get(first) if line.kind == record.LINK else names.pop(first, None)
        if moved is not None:
            names[rest[0]] = moved


def _do(content: bytearray, line: Line) -> None:
    if line.kind == record.TRUNCATE:
        del content[line.at :]
        content.extend(bytes(line.at - len(content)))
        return
    end = line.at + (len(line.content) or line.number)
    content.extend(bytes(max(0, end - len(content))))
    if line.kind == record.WRITE:
        content[line.at : end] = line.content


def _some(content: bytearray, line: Line, chance: Random, share: float, roof: int | None) -> None:
    """Write some of the sectors of a write."""
    end = line.at + len(line.content)
    content.extend(bytes(max(0, end - len(content))))
    at = line.at
    while at < end:
        until = min(end, at - at % SECTOR + SECTOR)
        if (share >= 1.0 or chance.random() < share) and (roof is None or at < roof):
            content[at:until] = line.content[at - line.at : until - line.at]
        at = until
