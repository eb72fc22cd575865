"""What is said of each requirement of ASVS 5.0.0, read from the files beside, and which requirements there are."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).resolve().parent
# How it stands: it holds and is proved; it does not, or not wholly; it is up to the operator; there is no such thing.
VERDICTS: Final = ("holds", "open", "operator", "not here")
_HEAD: Final = re.compile(rf"(\d+\.\d+\.\d+) ({'|'.join(VERDICTS)}): (\S.*)")
# The requirements of each section in their order, each by its level.
LEVELS: Final = {
    "1.1": "22", "1.2": "1111122223", "1.3": "112222222223", "1.4": "222", "1.5": "123",
    "2.1": "122", "2.2": "112", "2.3": "12223", "2.4": "23",
    "3.1": "3", "3.2": "113", "3.3": "12223", "3.4": "11222233", "3.5": "11122333", "3.6": "3", "3.7": "22333",
    "4.1": "12233", "4.2": "23333", "4.3": "22", "4.4": "1222",
    "5.1": "2", "5.2": "112333", "5.3": "113", "5.4": "222",
    "6.1": "122", "6.2": "111111112222", "6.3": "11223333", "6.4": "112233", "6.5": "22222333", "6.6": "2223",
    "6.7": "33", "6.8": "2222",
    "7.1": "222", "7.2": "1111", "7.3": "22", "7.4": "11222", "7.5": "223", "7.6": "22",
    "8.1": "1233", "8.2": "1123", "8.3": "133", "8.4": "23",
    "9.1": "111", "9.2": "1222",
    "10.1": "22", "10.2": "223", "10.3": "22223", "10.4": "1111122222233333", "10.5": "22222", "10.6": "22",
    "10.7": "222",
    "11.1": "2233", "11.2": "22233", "11.3": "11233", "11.4": "1222", "11.5": "23", "11.6": "23", "11.7": "33",
    "12.1": "12233", "12.2": "11", "12.3": "22223",
    "13.1": "2333", "13.2": "222223", "13.3": "2233", "13.4": "1222233",
    "14.1": "22", "14.2": "12223333", "14.3": "122",
    "15.1": "12233", "15.2": "12233", "15.3": "1222222", "15.4": "3333",
    "16.1": "2", "16.2": "22222", "16.3": "2222", "16.4": "222", "16.5": "2223",
    "17.1": "23", "17.2": "22223333", "17.3": "22",
}  # fmt: skip
CHAPTERS: Final = {
    1: "Encoding and sanitization", 2: "Validation and business logic", 3: "Web front end", 4: "API and web service",
    5: "Files", 6: "Authentication", 7: "Sessions", 8: "Authorization", 9: "Self-contained tokens",
    10: "OAuth and OIDC", 11: "Cryptography", 12: "Communication", 13: "Configuration", 14: "Data protection",
    15: "Code and architecture", 16: "Logs and errors", 17: "WebRTC",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Requirement:
    """One requirement: what it asks in our words, how it stands here and why, and the tests that prove it.

    Tests are written as `security/test_headers::test_name`, below `tests/`.
    """

    id: str
    verdict: str
    asks: str
    why: str
    tests: tuple[str, ...]


def level(id: str) -> int:
    """The level of a requirement like `1.2.5`. Raises KeyError, IndexError."""
    section, _, place = id.rpartition(".")
    return int(LEVELS[section][int(place) - 1])


def every(most: int) -> list[str]:
    """The ids of all requirements up to a level, in their order."""
    ids = [f"{section}.{place}" for section, levels in LEVELS.items() for place in range(1, len(levels) + 1)]
    return [id for id in ids if level(id) <= most]


def read(text: str) -> list[Requirement]:
    """The requirements of a file: `1.2.5 holds: what it asks`, and under it, indented, why and the tests.

    Raises ValueError for a line that is none of these.
    """
    found: list[Requirement] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        head = _HEAD.fullmatch(line)
        if head is not None:
            found.append(Requirement(*head.groups(), "", ()))
        elif line.startswith("    ") and found:
            found[-1] = _more(found[-1], line.strip())
        else:
            raise ValueError(f"line {number} is no requirement: {line}")
    return found


def _more(one: Requirement, told: str) -> Requirement:
    if "::" in told:
        return Requirement(one.id, one.verdict, one.asks, one.why, (*one.tests, told))
    return Requirement(one.id, one.verdict, one.asks, f"{one.why} {told}".strip(), one.tests)


def whole() -> list[Requirement]:
    """All that is said, in the order of the standard."""
    found = [one for path in FOLDER.glob("*.txt") for one in read(path.read_text("utf-8"))]
    return sorted(found, key=lambda one: [int(part) for part in one.id.split(".")])


def place(test: str) -> tuple[str, str]:
    """The file of a test, below the root of the repository, and its function."""
    file, _, name = test.partition("::")
    return f"tests/{file}.py", name
