"""Changing the text of a programme file no more than its document changed: comments and layout of the rest stay."""

import json
from collections.abc import Iterator
from typing import NamedTuple

import yaml

from guerdon.core import documents
from guerdon.core.documents import Document, Mapping
from guerdon.features.programmes import documents as texts


class _Splice(NamedTuple):
    """The lines from `start` up to `end` are replaced; an insertion where they are the same."""

    start: int
    end: int
    lines: list[str]
    depth: int


def rewritten(source: str, document: Mapping) -> str:
    """The file, saying what the document says: only the entries that differ are written anew.

    It is read again before it is believed: where a text can't be changed in places, all of it is written canonically.
    """
    source = source.removeprefix("\ufeff")
    before = texts.read(source).document
    if _exact(before) == _exact(document):
        return source
    root = yaml.compose(source, Loader=texts.LOADER) if isinstance(before, dict) else None
    if root is not None and isinstance(before, dict) and _fits(root, before, document):
        lines = source.split("\n")
        splices = list(_Comparing(lines).mapping(root, before, document, "", len(lines), 0))
        # From the end on, so that line numbers stay true; of insertions at one line the outer ones come later in it.
        for one in sorted(splices, key=lambda one: (-one.start, one.start == one.end, one.depth)):
            lines[one.start : one.end] = one.lines
        text = "\n".join(lines)
        if _exact(texts.read(text).document) == _exact(document):
            return text
    return texts.write(document)


def _exact(document: Document) -> str:
    """A text that is the same for the same document only, the order of keys included."""
    return json.dumps(document, ensure_ascii=True)


def _fits(node: yaml.Node, before: Document, after: Document) -> bool:
    """Whether the entries of a mapping can be changed one by one: it is in blocks, and those that stay keep order."""
    if not isinstance(node, yaml.MappingNode) or node.flow_style:
        return False
    if not isinstance(before, dict) or not isinstance(after, dict):
        return False
    common = [key for key in before if key in after]
    return bool(common) and common == [key for key in after if key in before]


class _Comparing:
    """Walks down the mappings of a text as far as they differ in parts only."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines

    def mapping(
        self, node: yaml.Node, before: Mapping, after: Mapping, pointer: str, until: int, depth: int
    ) -> Iterator[_Splice]:
        """The splices of a mapping that stands on the lines up to `until`."""
        starts = [key.start_mark.line for key, _ in node.value]
        column = node.value[0][0].start_mark.column
        ends = [self._end(first, end) for first, end in zip(starts, [*starts[1:], until], strict=True)]
        for (name, (_, value)), first, end in zip(zip(before, node.value, strict=True), starts, ends, strict=True):
            here = documents.under(pointer, name)
            if name not in after:
                yield _Splice(*self._with_remarks(first, end, column), [], depth)
            elif _exact(before[name]) == _exact(after[name]):
                continue
            elif _fits(value, before[name], after[name]):
                inner, other = before[name], after[name]
                assert isinstance(inner, dict) and isinstance(other, dict), "what fits is a mapping"
                yield from self.mapping(value, inner, other, here, end, depth + 1)
            else:
                new = texts.entry(here, name, after[name], column)
                yield _Splice(first, end, self._remarked(new, first, end, value), depth)
        yield from self._added(before, after, pointer, dict(zip(before, ends, strict=True)), starts[0], column, depth)

    def _added(
        self,
        before: Mapping,
        after: Mapping,
        pointer: str,
        ends: dict[str, int],
        first: int,
        column: int,
        depth: int,
    ) -> Iterator[_Splice]:
        """Each new entry after the one that it follows in the document."""
        at = self._above(first, column)
        found: dict[int, list[str]] = {}
        for name, value in after.items():
            if name in before:
                at = ends[name]
                continue
            new = texts.entry(documents.under(pointer, name), name, value, column)
            loose = pointer.removeprefix("/") in texts.SPACED or (not pointer and len(new) > 1)
            found.setdefault(at, []).extend(["", *new] if loose else new)
        for start, lines in found.items():
            yield _Splice(start, start, lines, depth)

    def _end(self, first: int, end: int) -> int:
        """The line after the last one of an entry: blank lines and remarks below it belong to what follows."""
        while end > first + 1 and self._is_remark(end - 1):
            end -= 1
        return end

    def _is_remark(self, line: int) -> bool:
        text = self.lines[line].strip()
        return not text or text.startswith("#")

    def _above(self, first: int, column: int) -> int:
        """The first of the remarks that stand right above an entry, indented as it is."""
        while first and self.lines[first - 1].startswith(" " * column + "#"):
            first -= 1
        return first

    def _with_remarks(self, first: int, end: int, column: int) -> tuple[int, int]:
        """An entry with the remarks right above it, and one of two blank lines around it."""
        first = self._above(first, column)
        around = first and end < len(self.lines) and not self.lines[first - 1].strip() and not self.lines[end].strip()
        return (first - 1 if around else first), end

    def _remarked(self, new: list[str], first: int, end: int, value: yaml.Node) -> list[str]:
        """The new lines; the remark at the end of an entry of one line stays where it still is one."""
        if end != first + 1 or len(new) != 1 or value.end_mark.line != first:
            return new
        rest = self.lines[first][value.end_mark.column :]
        return [new[0] + rest] if rest.lstrip().startswith("#") else new
