"""Rows of a table become chunks of whole activities; a faulty row takes its whole activity with it, others go on."""

from collections.abc import Iterator, Sequence
from typing import Any

from guerdon.core import limits
from guerdon.faces.imports import encodings, lines
from guerdon.faces.imports.chunks import Chunk, Draft
from guerdon.faces.imports.faults import Fault, Wrong, excerpt, explain
from guerdon.faces.imports.mapping import Mapping, Skip
from guerdon.faces.imports.recipe import Numbered, Recipe
from guerdon.faces.imports.rows import Flaw, Row
from guerdon.faces.imports.tables import Table


class Group:
    """The rows of one activity, and what was met on the way to it."""

    __slots__ = ("end", "faults", "key", "left_out", "line", "name", "rows", "seen", "tainted")

    def __init__(self, key: object, line: int) -> None:
        self.key = key
        self.name = ""
        self.line = line
        self.rows: list[Numbered] = []
        self.seen = 0  # rows of the activity, broken ones too
        self.end = 0
        self.faults: list[Fault] = []
        self.left_out: dict[str, int] = {}
        self.tainted = False

    def taint(self, fault: Fault) -> None:
        """Take in a row that may belong to the activities on both sides."""
        self.faults.append(fault)
        self.tainted = True

    def absorb(self, loose: "Group") -> None:
        """Take over what was met before the latest row."""
        self.faults += loose.faults
        for reason, count in loose.left_out.items():
            self.left_out[reason] = self.left_out.get(reason, 0) + count


class Reading:
    """One pass over a table under a mapping."""

    def __init__(
        self,
        table: Table,
        recipe: Recipe,
        *,
        repeated: frozenset[int] = frozenset(),
        chunk_activities: int = limits.IMPORT_CHUNK_ACTIVITIES,
    ) -> None:
        self._table = table
        self._recipe = recipe
        self._mapping: Mapping = recipe.mapping
        self._repeated = repeated  # lines whose external id an earlier line has told (rows: activities)
        self._most = chunk_activities
        self._encoding = lines.codec(self._mapping.file.encoding)
        self._position = 0
        self._columns = {place: column for column, place in table.places.items()}
        self._skips = [(table.places[skip.column], skip, _words(skip)) for skip in self._mapping.skip]

    def chunks(self, *, skip: int = 0, limit: int | None = None) -> Iterator[Chunk]:
        """The chunks behind the first `skip` rows; at most `limit` activities, faulty ones counted."""
        draft, begin, taken = Draft(), skip, 0
        for group in self._groups(skip):
            self._enter(group, draft)
            taken += bool(group.seen)
            full = (
                len(draft.activities) + draft.faulty >= self._most or group.end - begin >= limits.IMPORT_CHUNK_ROWS_MAX
            )
            done = limit is not None and taken >= limit
            if full or done or len(draft.faults) >= self._most:
                yield draft.close(position=group.end, rows=group.end - begin)
                draft, begin = Draft(), group.end
            if done:
                return
        if self._position > begin:
            yield draft.close(position=self._position, rows=self._position - begin)

    def groups(self) -> "Iterator[Group]":
        """Every activity's rows, good or not, without building any; `name` is the external id as it is compared."""
        for group in self._groups(0):
            group.name = self._name(group.key) if group.seen else ""
            yield group

    def _enter(self, group: Group, draft: Draft) -> None:
        """Build the activity of a group, or enter what is wrong with it."""
        draft.faults += group.faults
        draft.leave_out(group.left_out)
        if not group.seen:
            return
        if group.tainted or group.line in self._repeated or group.seen > limits.IMPORT_GROUP_ROWS_MAX:
            reason = "neighbour_unattached" if group.tainted else "told_twice"
            reason = "too_many_lines" if group.seen > limits.IMPORT_GROUP_ROWS_MAX else reason
            column = self._mapping.columns.external_id
            draft.faults.append(Fault(group.line, column, reason, excerpt(group.key)))
            draft.faulty += 1
            return
        if group.seen > len(group.rows):  # some row was broken
            draft.faulty += 1
            return
        made = self._recipe.build(group.rows)
        if isinstance(made, list):
            draft.faults += made
            draft.faulty += 1
            return
        draft.activities.append(made[0])
        draft.lines.append(group.line)
        if made[1]:
            draft.leave_out(made[1])

    def _name(self, key: object) -> str:
        try:
            return str(self._recipe.read_id(key))
        except Wrong:
            return str(key)

    # --- rows to groups ---

    def _groups(self, skip: int) -> Iterator[Group]:
        """Activities in the order of the file; the last one may have no rows and carry only what was met after them."""
        self._position = 0
        rows = self._table.rows()
        for _ in range(skip):
            if next(rows, None) is None:
                return
            self._position += 1
        yield from self._single(rows) if self._mapping.rows == "activities" else self._gathered(rows)

    def _single(self, rows: Iterator[Row]) -> Iterator[Group]:
        """Each row is an activity."""
        id_at = self._recipe.id_at
        for line, cells, flaw in rows:
            self._position += 1
            group = Group(cells[id_at] if len(cells) > id_at else None, line)
            group.end = self._position
            if flaw is not None:
                group.seen = 1
                group.faults.append(self._flawed(line, cells, flaw))
            elif self._skips and (reason := self._skipped(cells)) is not None:
                group.left_out[reason] = 1
            else:
                group.seen = 1
                group.rows.append((line, cells))
            yield group

    def _gathered(self, rows: Iterator[Row]) -> Iterator[Group]:
        """Rows that follow each other with one external id are an activity.

        A row of which that cannot be said taints the activities on both sides: half a basket is never imported. What
        lies between two activities belongs to the second, so that a chunk that ends with the first can be resumed.
        """
        id_at = self._recipe.id_at
        current: Group | None = None
        loose = Group(None, 0)
        for line, cells, flaw in rows:
            self._position += 1
            if flaw is None and self._skips and (reason := self._skipped(cells)) is not None:
                loose.left_out[reason] = loose.left_out.get(reason, 0) + 1
                continue
            fault = self._unattached(line, cells, flaw)
            if fault is not None:
                if len(loose.faults) >= self._most:
                    yield from self._hand_on(current, loose)
                    current, loose = None, Group(None, 0)
                loose.taint(fault)
                if current is not None:
                    current.tainted = True
                continue
            if current is None or cells[id_at] != current.key:
                if current is not None:
                    yield current
                current = Group(cells[id_at], line)
                current.tainted = loose.tainted
            if loose.faults or loose.left_out:
                current.absorb(loose)
                loose = Group(None, 0)
            self._take(current, line, cells, flaw)
        if current is not None:
            yield current
        loose.end = self._position
        yield loose

    def _hand_on(self, current: Group | None, loose: Group) -> Iterator[Group]:
        """Part of a long stretch of broken rows; the latest is not in it, so that it taints a resumed run too."""
        if current is not None:
            yield current
        loose.end = self._position - 1
        yield loose

    def _unattached(self, line: int, cells: Sequence[Any], flaw: Flaw | None) -> Fault | None:
        """The fault of a row that may belong to any activity near it."""
        if flaw is not None:
            return self._flawed(line, cells, flaw) if flaw[1] < 0 or flaw[1] == self._recipe.id_at else None
        key = cells[self._recipe.id_at]
        if key is None or (isinstance(key, str) and (not key or key.isspace())):
            return Fault(line, self._mapping.columns.external_id, "unattached", "")
        return None

    def _take(self, group: Group, line: int, cells: Sequence[Any], flaw: Flaw | None) -> None:
        group.seen += 1
        group.end = self._position
        if flaw is not None:
            group.faults.append(self._flawed(line, cells, flaw))
        elif group.seen <= limits.IMPORT_GROUP_ROWS_MAX:
            group.rows.append((line, cells))

    def _flawed(self, line: int, cells: Sequence[Any], flaw: Flaw) -> Fault:
        reason, place = flaw
        shown = cells[place] if place >= 0 else " | ".join(str(cell) for cell in cells[:6])
        told = ""
        if reason == "not_decodable":
            told = f"{explain(reason)} {encodings.advice(shown, self._encoding)}"
        return Fault(line, self._columns.get(place, ""), reason, excerpt(shown), told)

    def _skipped(self, cells: Sequence[Any]) -> str | None:
        for place, skip, words in self._skips:
            cell = cells[place]
            among = ("" if cell is None else str(cell).strip()) in words
            if among == (skip.any_of is not None):
                return skip.reason
        return None


def _words(skip: Skip) -> frozenset[str]:
    chosen = skip.any_of if skip.any_of is not None else skip.none_of or ()
    return frozenset(str(word).lower() if isinstance(word, bool) else str(word) for word in chosen)
