"""What the walls look at: the files of the repository, and the Python of the product as syntax trees."""

import ast
import functools
import subprocess
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

Node = TypeVar("Node", bound=ast.AST)
ROOT = Path(__file__).resolve().parents[2]
PRODUCT = ROOT / "guerdon"


@functools.cache
def list_files() -> tuple[Path, ...]:
    """Every file git tracks or would track, so that a wall sees a file before it is committed."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    paths = (ROOT / name for name in listed.stdout.split("\0") if name)
    return tuple(sorted(path for path in paths if path.is_file()))


@functools.cache
def list_modules() -> tuple[Path, ...]:
    """The product's Python files without migrations, which Django writes and history keeps."""
    found = (path for path in list_files() if path.suffix == ".py" and path.is_relative_to(PRODUCT))
    return tuple(path for path in found if "migrations" not in path.parts)


@functools.cache
def parse(path: Path) -> ast.Module:
    """The syntax tree of a file."""
    return ast.parse(path.read_text("utf-8"), filename=str(path))


def name(path: Path) -> str:
    """A path as the walls print it and the allow-lists write it."""
    return path.relative_to(ROOT).as_posix()


def walk(*kinds: type[Node]) -> Iterator[tuple[str, Node]]:
    """Every node of these kinds in every module, of all kinds where none is named, each with the name of its file."""
    for kind in kinds or _nodes():
        yield from _nodes()[kind]


@functools.cache
def _nodes() -> dict[type[ast.AST], list[tuple[str, Any]]]:
    """All of them by kind: to walk through everything takes seconds."""
    found: dict[type[ast.AST], list[tuple[str, Any]]] = defaultdict(list)
    for path in list_modules():
        for node in ast.walk(parse(path)):
            found[type(node)].append((name(path), node))
    return found


def spell(node: ast.AST) -> str:
    """A dotted name as written, `datetime.now` for instance; empty for anything else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        before = spell(node.value)
        return f"{before}.{node.attr}" if before else ""
    return ""
