"""Rows as lines of JSON, each row exactly one line that is the same whichever engine it came from, and back."""

import hashlib
import itertools
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any, Final

import msgspec

from guerdon.kit.archive.shapes import Column, Kind, Shape, quoted
from guerdon.kit.snapshot import Snapshot
from guerdon.kit.store import Statement

ROWS_PER_PIECE: Final = 1_000
_WHOLE_MAX: Final = Decimal(10) ** 40
_encoder: Final = msgspec.json.Encoder(order="sorted", decimal_format="number")
_rows: Final = msgspec.json.Decoder(list[list[str | int | bool | None]])
Cell = str | int | bool | None

# How PostgreSQL tells a value of a type as text that SQLite has, too.
_TOLD: Final = {
    "uuid": "encode(uuid_send({}), 'hex')",
    "jsonb": "{}::text",
    "inet": "host({})",
    "timestamptz": "to_char({} AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')",
}
# SQLite's types are names; without them its driver hands values over as they are stored.
_STORED: Final = {"bool": "{} + 0", "time": "CAST({} AS TEXT)"}


def header(shape: Shape) -> bytes:
    """The first line of a table: what it is called, what its columns are, and in which order its rows stand."""
    plain = {
        "table": shape.table,
        "columns": [[one.name, one.kind] for one in shape.columns],
        "key": shape.key,
    }
    return msgspec.json.encode(plain) + b"\n"


def pieces(view: Snapshot, shape: Shape) -> Iterator[tuple[bytes, int]]:
    """The rows of a table in their order, a few at a time, as text and how many they are."""
    turns = _turns(shape, {"bool": bool} if view.postgresql else {"bool": bool, "time": _instant})
    rows = view.stream(_select(shape, view.postgresql))
    while batch := list(itertools.islice(rows, ROWS_PER_PIECE)):
        yield _encoder.encode_lines(_turned(batch, turns) if turns else batch), len(batch)


def count(view: Snapshot, shape: Shape) -> int:
    """How many rows a table has."""
    return int(view.fetch(Statement(f"SELECT count(*) FROM {quoted(shape.table)}"))[0][0])  # noqa: S608 - its own name


def cells(text: bytes, shape: Shape, *, postgresql: bool) -> list[list[Cell]]:
    """The rows of whole lines, as this engine takes them. Raises msgspec.DecodeError."""
    rows = _rows.decode(b"[" + text.rstrip(b"\n").replace(b"\n", b",") + b"]") if text else []
    turns = [] if postgresql else _turns(shape, {"bool": int, "time": _django})
    return _turned(rows, turns) if turns else rows


class Hashing:
    """The hash over a whole dump and over each of its tables."""

    def __init__(self) -> None:
        self._whole = hashlib.sha256()
        self._table = hashlib.sha256()

    def table(self) -> None:
        """Another table begins."""
        self._table = hashlib.sha256()

    def add(self, text: bytes) -> None:
        self._whole.update(text)
        self._table.update(text)

    @property
    def of_table(self) -> str:
        return self._table.hexdigest()

    @property
    def of_all(self) -> str:
        return self._whole.hexdigest()


def _select(shape: Shape, postgresql: bool) -> Statement:
    told = ", ".join(_expression(one, postgresql) for one in shape.columns)
    types = {one.name: one.type.partition("(")[0] for one in shape.columns}
    order = ", ".join(
        quoted(name) + (' COLLATE "C"' if postgresql and types[name] in ("text", "varchar", "bpchar") else "")
        for name in shape.key
    )
    return Statement(f"SELECT {told} FROM {quoted(shape.table)} ORDER BY {order}")  # noqa: S608 - its own names


def _expression(column: Column, postgresql: bool) -> str:
    kinds = _TOLD.get(column.type, "{}") if postgresql else _STORED.get(column.kind, "{}")
    return kinds.format(quoted(column.name))


Turn = tuple[int, Callable[[Any], Cell]]


def _turns(shape: Shape, how: dict[Kind, Callable[[Any], Cell]]) -> list[Turn]:
    """Which places of a row are turned into what."""
    known: dict[Kind, Callable[[Any], Cell]] = {"json": _canonical, **how}
    return [(place, known[one.kind]) for place, one in enumerate(shape.columns) if one.kind in known]


def _turned(rows: "list[Any]", turns: list[Turn]) -> list[list[Cell]]:
    made = [list(row) for row in rows]
    for row in made:
        for place, turn in turns:
            if row[place] is not None:
                row[place] = turn(row[place])
    return made


def _number(text: str) -> Decimal | int:
    """A number that is no int as it stands: both engines write some of them in several ways."""
    told = Decimal(text)
    if abs(told) < _WHOLE_MAX and told == told.to_integral_value():
        return int(told)
    return told.normalize()


_loose: Final = msgspec.json.Decoder(float_hook=_number)


def _canonical(text: str) -> str:
    """JSON with its keys in order and no spaces."""
    return _encoder.encode(_loose.decode(text)).decode()


def _instant(text: str) -> str:
    """A time of Django's on SQLite, which is in UTC and leaves out microseconds of zero."""
    return f"{text[:10]}T{text[11:19]}.{(text[20:] + '000000')[:6]}Z"


def _django(text: str) -> str:
    told = text.rstrip("Z").replace("T", " ")
    return told.removesuffix(".000000")
