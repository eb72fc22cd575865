"""What is mutated, by which tests, and where what was found out is kept."""

import dataclasses
import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
CODE = ("guerdon/core", "guerdon/features/ledger")
# Those of the law and the ledger, and the stories in the pure core and in the engine; over HTTP they are the same.
TESTS = ("tests/core", "tests/features", "tests/stories")
LEFT_OUT = ("::test_over_http",)


@dataclasses.dataclass(frozen=True, slots=True)
class Ground:
    """One tree: its code and its tests relative to `root`."""

    root: Path = ROOT
    code: Sequence[str] = CODE
    tests: Sequence[str] = TESTS

    @property
    def kept(self) -> Path:
        """Where everything that was found out is kept; git ignores it."""
        return self.root / ".mutation"

    def modules(self) -> Iterator[tuple[str, Path]]:
        """Each module by its name inside the program, `core.lots`, with its file; what Django wrote is no law."""
        for place in self.code:
            for file in sorted((self.root / place).rglob("*.py")):
                if "migrations" not in file.parts:
                    inside = file.relative_to(self.root).with_suffix("").parts
                    yield ".".join(part for part in inside if part not in ("guerdon", "features", "__init__")), file

    def stamps(self) -> dict[str, str]:
        """What each module says, in short."""
        return {name: digest(file) for name, file in self.modules()}

    def test_files(self) -> list[Path]:
        """Every file of tests."""
        return [file for place in self.tests for file in sorted((self.root / place).rglob("test_*.py"))]


def digest(*files: Path) -> str:
    """What the files say, in short."""
    return hashlib.sha256(b"\0".join(file.read_bytes() for file in files)).hexdigest()[:16]
