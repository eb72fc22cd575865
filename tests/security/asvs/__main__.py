"""The page of the map, docs/reference/asvs.md: `python -m tests.security.asvs --write`."""

import sys
from collections import Counter
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

from tests.security.asvs import table
from tests.security.asvs.table import Requirement

PAGE = Path(__file__).resolve().parents[3] / "docs" / "reference" / "asvs.md"
HEAD = """\
# The map to OWASP ASVS

Every requirement of the OWASP [Application Security Verification Standard 5.0.0](https://github.com/OWASP/ASVS), levels
1 and 2, by its number, with what it asks in our words – the standard (CC BY-SA 4.0) has the exact ones –, how it stands
here, and the tests that prove it, as pytest takes them. `python -m tests.security.asvs --write` prints this page from
`tests/security/asvs/`; a test holds that every requirement is here once, that whatever holds has tests, and that all
tests that are named exist.

- **holds**: it applies, and tests prove it.
- **open**: it applies and does not hold, or not wholly, for the reason that is told.
- **operator**: it is up to whoever runs an installation; [the guide](../guides/operator/security.md) says how.
- **not here**: there is nothing of that kind.
"""


def render(found: Sequence[Requirement]) -> str:
    """The page for all that is said."""
    lines = [HEAD, "", "| | holds | open | operator | not here | all |", "| --- | ---: | ---: | ---: | ---: | ---: |"]
    for level in (1, 2):
        counted = Counter(one.verdict for one in found if table.level(one.id) == level)
        told = [str(counted[verdict]) for verdict in table.VERDICTS]
        lines.append(f"| level {level} | {' | '.join(told)} | {counted.total()} |")
    lines += ["", "## What is open", "", "| requirement | asks | why |", "| --- | --- | --- |"]
    lines += [
        f"| [v5.0.0-{one.id}](#{chapter(one)}) | {one.asks} | {one.why} |" for one in found if one.verdict == "open"
    ]
    for number, many in groupby(found, key=lambda one: int(one.id.partition(".")[0])):
        lines += ["", f"## V{number} {table.CHAPTERS[number]}", ""]
        lines += ["| requirement | level | asks | stands | proof |", "| --- | ---: | --- | --- | --- |"]
        lines += map(_row, many)
    return "\n".join(lines) + "\n"


def chapter(one: Requirement) -> str:
    """The anchor of the chapter of a requirement."""
    number = int(one.id.partition(".")[0])
    return f"V{number} {table.CHAPTERS[number]}".lower().replace(" ", "-")


def _row(one: Requirement) -> str:
    stands = f"**{one.verdict}**" + (f": {one.why}" if one.why else "")
    proof = "<br>".join("`{}::{}`".format(*table.place(test)) for test in one.tests)
    return f"| v5.0.0-{one.id} | {table.level(one.id)} | {one.asks} | {stands} | {proof or '–'} |"


def main(words: Sequence[str]) -> int:
    """Print the page, or write it."""
    page = render(table.whole())
    if list(words) == ["--write"]:
        PAGE.write_text(page, "utf-8")
    elif words:
        print("usage: python -m tests.security.asvs [--write]", file=sys.stderr)
        return 2
    else:
        print(page, end="")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
