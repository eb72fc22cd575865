"""The disk that a torture puts under a database by LD_PRELOAD: compiled here, told when to record and to fail."""

import mmap
import os
import shutil
import struct
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from guerdon.faces.cli.torture.battery import Skipped

SOURCE: Final = Path(__file__).with_name("disk.c")
WRITES, SYNCS, NAMES = 1, 2, 4  # what may fail: writing, syncing, making and removing files

# Where things are in `struct control` of disk.c, behind its lock.
_RECORDING, _PAUSE, _ERROR, _KINDS, _COUNTDOWN, _LASTING, _HITS = range(72, 72 + 7 * 8, 8)
_SIZE: Final = mmap.PAGESIZE


def compiler() -> str:
    """The C compiler. Raises Skipped where there is none, or where it would be of no use."""
    if not sys.platform.startswith("linux"):
        raise Skipped("a disk is put under the database by LD_PRELOAD, which is Linux alone")
    found = shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
    if found is None:
        raise Skipped("there is no C compiler (cc), which compiles the disk that is put under the database")
    return found


@dataclass(slots=True)
class Shim:
    """A compiled shim with its record and its control, for the files whose names begin with `root`."""

    folder: Path
    root: Path
    _control: mmap.mmap

    @classmethod
    def made(cls, folder: Path, root: Path) -> "Shim":
        """Compile it into a folder. Raises Skipped where it can't be had."""
        command = [
            compiler(),
            "-O2",
            "-shared",
            "-fPIC",
            "-o",
            str(folder / "disk.so"),
            str(SOURCE),
            "-ldl",
            "-pthread",
        ]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            raise Skipped(f"the disk could not be compiled: {done.stderr.strip()[-500:]}")
        (folder / "record").touch(mode=0o666)
        (folder / "control").write_bytes(bytes(_SIZE))
        with (folder / "control").open("r+b") as file:
            shim = cls(folder, root, mmap.mmap(file.fileno(), _SIZE))
        for name in ("record", "control"):
            (folder / name).chmod(0o666)  # PostgreSQL is another user where root runs the battery
        return shim

    @property
    def environment(self) -> dict[str, str]:
        """What a process needs to have it under its files."""
        return {
            "LD_PRELOAD": str(self.folder / "disk.so"),
            "GUERDON_DISK": str(self.folder),
            "GUERDON_DISK_ROOT": str(self.root.resolve()),
        }

    @property
    def record(self) -> Path:
        """Where what is written is recorded."""
        return self.folder / "record"

    def recording(self, on: bool, *, pause_micros: int = 0) -> None:
        """Record from now on, or no longer; each sync takes so long at least, as on a disk that turns."""
        self._set(_PAUSE, pause_micros)
        self._set(_RECORDING, int(on))

    def here(self) -> int:
        """How far the record is now."""
        return os.stat(self.record).st_size

    def sicken(self, error: int, *, kinds: int, after: int, lasting: bool) -> None:
        """Let calls fail with this error of the system: the one after so many, or all from there on."""
        for place, amount in ((_HITS, 0), (_KINDS, kinds), (_COUNTDOWN, after), (_LASTING, int(lasting))):
            self._set(place, amount)
        self._set(_ERROR, error)

    def heal(self) -> int:
        """All is well again; answers how many calls failed."""
        self._set(_ERROR, 0)
        return self.hits

    @property
    def hits(self) -> int:
        """How many calls have failed since it was sickened."""
        found: int = struct.unpack_from("=q", self._control, _HITS)[0]
        return found

    def wait_hit(self, seconds: float) -> bool:
        """Wait until something failed; whether it did in time."""
        until = time.monotonic() + seconds
        while not self.hits and time.monotonic() < until:
            time.sleep(0.002)
        return self.hits > 0

    def _set(self, place: int, amount: int) -> None:
        struct.pack_into("=q", self._control, place, amount)
