"""The clock of a scratch installation under torture: its processes go by the real time and what it is put ahead."""

import mmap
import os
import secrets
import struct
import threading
from collections.abc import Callable
from datetime import datetime, timedelta, tzinfo
from pathlib import Path
from typing import Final, Self

from guerdon.kit import clock, ids

VARIABLE: Final = "GUERDON_TORTURE_CLOCK"  # the file that says how far ahead; read where faults may be planted alone
STEERED: Final = "steered"
IDLE_SECONDS_MAX: Final = 0.3  # of a worker, who else notices only after seconds that it has become another day
_AHEAD: Final = struct.Struct("=q")  # in microseconds


class Wheel:
    """Turns the clock of all processes of an installation, forwards and backwards."""

    def __init__(self, file: Path) -> None:
        self.file = file
        file.write_bytes(_AHEAD.pack(0))
        self._ahead = _mapped(file, mmap.ACCESS_WRITE)

    def now(self) -> datetime:
        """What time it is in the installation."""
        return clock.now() + _read(self._ahead)

    def turn(self, to: datetime) -> None:
        """Put the clock to an instant; from there it goes on."""
        _AHEAD.pack_into(self._ahead, 0, (to - clock.now()) // timedelta(microseconds=1))


def steer() -> None:
    """No fault: this process goes by the clock of its installation, its ids too, and its worker does not doze."""
    from guerdon.kit import worker

    worker.IDLE_SECONDS_MAX = IDLE_SECONDS_MAX  # type: ignore[misc]
    ahead = _mapped(Path(os.environ[VARIABLE]), mmap.ACCESS_READ)

    class Steered(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Self:
            real = super().now(tz)
            plain = datetime.combine(real.date(), real.timetz())  # some look at the very class of what they are given
            return plain + _read(ahead)  # type: ignore[return-value]

    # Whoever was given the function that reads the clock when it was imported goes by this one, too.
    clock.datetime = Steered  # type: ignore[attr-defined]
    ids.new = _numbering()


def _numbering() -> Callable[[], str]:
    """Ids of version 7 by our clock: as with the real ones, later ones of a process sort after earlier ones of it."""
    turn, last = threading.Lock(), 0

    def new() -> str:
        nonlocal last
        with turn:
            last = top = max(last + 1, (clock.micros(clock.now()) << 12) // 1_000)  # milliseconds and twelve bits
        value = top >> 12 << 80 | 7 << 76 | (top & 0xFFF) << 64 | 2 << 62 | secrets.randbits(62)
        return f"{value:032x}"

    return new


def _mapped(file: Path, access: int) -> mmap.mmap:
    with file.open("r+b" if access == mmap.ACCESS_WRITE else "rb") as opened:
        return mmap.mmap(opened.fileno(), _AHEAD.size, access=access)


def _read(ahead: mmap.mmap) -> timedelta:
    (micros,) = _AHEAD.unpack_from(ahead)
    return timedelta(microseconds=micros)
