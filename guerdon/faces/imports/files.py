"""A CSV or Parquet file under a mapping, as a source that can be read several times and is checked to stay the same."""

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from guerdon.core import limits
from guerdon.faces.imports import faults
from guerdon.faces.imports.chunks import Chunk
from guerdon.faces.imports.mapping import Mapping
from guerdon.faces.imports.reading import Reading
from guerdon.faces.imports.recipe import Recipe
from guerdon.faces.imports.repeats import Repeats
from guerdon.faces.imports.tables import Table, open_table

# Half of what one transaction may hold: a large basket more or less must not take the program beyond 256 MB.
CHUNK_ACTIVITIES: Final = limits.IMPORT_CHUNK_ACTIVITIES // 2
SHOWN_MAX: Final = 5
TOLD_EVERY: Final = 5_000


class ShopFile:
    """The source; `scan` must be the first pass, because only it knows which rows repeat earlier ones."""

    def __init__(
        self,
        path: Path,
        mapping: Mapping,
        *,
        zone: ZoneInfo,
        home_currency: str,
        chunk_activities: int = CHUNK_ACTIVITIES,
    ) -> None:
        self.path = path
        self.name = path.name.encode("utf-8", "replace").decode()
        self.mapping = mapping
        self.rows = 0
        self._zone = zone
        self._home_currency = home_currency
        self._chunk_activities = chunk_activities
        self._repeated: frozenset[int] = frozenset()
        self._open()  # says what is wrong with it before anything long begins
        self._state = self._look()
        self.size = self._state[1]
        self.mapping_digest = mapping.digest
        with path.open("rb") as file:
            self.digest = hashlib.file_digest(file, "sha256").hexdigest()

    def scan(self, advance: Callable[[int], None] = lambda octets: None) -> None:
        """Read the whole file once: count its rows and find what it tells twice; `advance` is told bytes.

        Raises `import_file_unreadable` for whatever makes the file as a whole untrustworthy.
        """
        seen = Repeats()
        try:
            told, table = 0, self._open()
            for place, group in enumerate(self._reading(table).groups()):
                if group.seen:
                    seen.add(group.name, group.line)
                self.rows = group.end
                if place % TOLD_EVERY == 0:
                    done = int(table.fraction * self.size)
                    advance(done - told)
                    told = done
            advance(self.size - told)
            self._repeated = self._find_repeated(seen)
        finally:
            seen.close()
        self._check_unchanged()

    def chunks(self, *, skip: int = 0, limit: int | None = None) -> Iterator[Chunk]:
        """The chunks of the file; raises `import_file_unreadable` (changed) rather than mixing two files."""
        self._check_unchanged()
        yield from self._reading(self._open()).chunks(skip=skip, limit=limit)
        self._check_unchanged()

    def _open(self) -> Table:
        return open_table(self.path, self.mapping.file, self.mapping.wanted)

    def _reading(self, table: Table) -> Reading:
        recipe = Recipe(self.mapping, table.places, zone=self._zone, home_currency=self._home_currency)
        return Reading(table, recipe, repeated=self._repeated, chunk_activities=self._chunk_activities)

    def _find_repeated(self, seen: Repeats) -> frozenset[int]:
        """Lines that tell an earlier activity again: single rows are left out, torn baskets stop the import."""
        by_line: list[tuple[int, int]] = []
        count = 0
        for first, later in seen.found():
            count += 1
            if count <= limits.IMPORT_REPEATS_MAX:
                by_line.append((later, first))
        if not count:
            return frozenset()
        shown = ", ".join(f"line {later} goes on with line {first}" for later, first in sorted(by_line)[:SHOWN_MAX])
        if self.mapping.rows == "lines":
            detail = f"{count} times: {shown}" + (", …" if count > SHOWN_MAX else "")
            raise faults.unreadable(self.name, "scattered", line=min(by_line)[0], detail=detail)
        if count > limits.IMPORT_REPEATS_MAX:
            detail = f"{count} times: {shown}"
            raise faults.unreadable(self.name, "too_many_repeats", line=min(by_line)[0], detail=detail)
        return frozenset(later for later, _ in by_line)

    def _look(self) -> tuple[int, int, int]:
        found = self.path.stat()
        return found.st_ino, found.st_size, found.st_mtime_ns

    def _check_unchanged(self) -> None:
        try:
            same = self._look() == self._state
        except OSError:
            same = False
        if not same:
            raise faults.unreadable(self.name, "changed")
