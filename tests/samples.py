"""Worlds that take seconds to make and that many tests begin in: made once in a process, and then copied."""

import copy
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests import databases


@dataclass(frozen=True, slots=True)
class Sample:
    """What was made, the database it was made on, and the folder of its exports; nobody writes to either again."""

    made: Any
    database: str
    exports: Path


@dataclass(slots=True)
class Samples:
    """The samples of a process by what made them; `template` is where each begins."""

    template: str
    folder: Path
    kept: dict[Callable[[], Any], Sample] = field(default_factory=dict)

    @contextmanager
    def living(self, make: Callable[[], Any], exports: Path) -> Iterator[Any]:
        """What `make` answers, on a selected database of its own and with exports in this folder."""
        sample = self.kept.get(make) or self._made(make)
        own = databases.name_new(self.template)
        databases.copy(sample.database, to=own)
        shutil.copytree(sample.exports, exports, dirs_exist_ok=True)
        with databases.selected(own), exporting_to(exports):
            yield copy.deepcopy(sample.made)
        databases.drop(own)

    def _made(self, make: Callable[[], Any]) -> Sample:
        database, exports = databases.name_new(self.template), self.folder / f"exports-{len(self.kept)}"
        exports.mkdir()
        databases.copy(self.template, to=database)
        with databases.selected(database), exporting_to(exports):
            self.kept[make] = sample = Sample(make(), database, exports)
        return sample

    def drop(self) -> None:
        """Forget them."""
        for sample in self.kept.values():
            databases.drop(sample.database)


@contextmanager
def exporting_to(folder: Path) -> Iterator[None]:
    """Exports are kept in this folder meanwhile."""
    from django.conf import settings

    before, settings.EXPORTS = settings.EXPORTS, folder
    try:
        yield
    finally:
        settings.EXPORTS = before
