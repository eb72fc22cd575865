"""The page of limits, docs/reference/limits.md, from guerdon/core/limits.py: `python -m tests.limits --write`."""

import ast
import io
import sys
import tokenize
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "guerdon" / "core" / "limits.py"
PAGE = ROOT / "docs" / "reference" / "limits.md"
HEADING = "# ── "
UNITS = ((1024 * 1024, "MiB"), (1024, "KiB"))

HEAD = """\
# Limits

Everything has a limit, so that no file, request or member makes the house slow for the others; what goes beyond one is
refused and told so, who is too slow is cut off. They all stand in `guerdon/core/limits.py`, of which this page is
printed (`python -m tests.limits --write`). None of them is an option: a limit in your way is a reason to
[talk about it](../../CONTRIBUTING.md).
"""


def render(source: str) -> str:
    """The page for a file of limits. Raises ValueError for a limit without a meaning."""
    values: dict[str, object] = {}
    exec(compile(source, str(SOURCE), "exec"), values)  # noqa: S102 - our own file, as importing it would do
    said = dict(_list_comments(source))
    found = [node for node in ast.parse(source).body if isinstance(node, ast.AnnAssign)]
    named = {node.lineno: node.target.id for node in found if isinstance(node.target, ast.Name)}
    lines = [HEAD]
    for line in sorted(said.keys() | named.keys()):
        comment = said.get(line, "")
        if line in named:
            if not comment:
                raise ValueError(f"{named[line]} in line {line} has no comment that says what it limits")
            lines.append(f"| `{named[line]}` | {spell(named[line], values[named[line]])} | {comment} |\n")
        elif comment.startswith(HEADING.removeprefix("# ")):
            heading = comment.removeprefix(HEADING.removeprefix("# "))
            lines.append(f"\n## {heading}\n\n| limit | value | of what |\n| --- | ---: | --- |\n")
    return "".join(lines)


def spell(name: str, value: object) -> str:
    """A limit as people read it; bytes in the largest unit that is whole."""
    if not isinstance(value, int):
        raise ValueError(f"{name} is no whole number")
    if "BYTES" in name:
        for size, unit in UNITS:
            if value % size == 0:
                return f"{value // size:,} {unit}"
    return f"{value:,}"


def _list_comments(source: str) -> Iterator[tuple[int, str]]:
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string.removeprefix("#").strip()


def main(words: Sequence[str]) -> int:
    """Print the page, or write it."""
    page = render(SOURCE.read_text("utf-8"))
    if list(words) == ["--write"]:
        PAGE.write_text(page, "utf-8")
    elif words:
        print("usage: python -m tests.limits [--write]", file=sys.stderr)
        return 2
    else:
        print(page, end="")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
