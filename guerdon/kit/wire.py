"""PostgreSQL at the level of libpq: prepared statements with text parameters, and nothing between.

A cursor's adaptation of every parameter and result costs more than the statements themselves when a lone purchase takes
five of them; here a parameter is its text and a result is read by its type.
"""

from collections.abc import Callable, Sequence
from typing import Any

import psycopg
from psycopg import pq

_OK = frozenset((pq.ExecStatus.COMMAND_OK, pq.ExecStatus.TUPLES_OK, pq.ExecStatus.EMPTY_QUERY))


def _hex(cell: bytes) -> str:
    return cell.decode().replace("-", "")


def _bytes(cell: bytes) -> bytes:
    return bytes.fromhex(cell[2:].decode())


# By the type's number in pg_type; whatever is not named here is text.
_READERS: dict[int, Callable[[bytes], object]] = {
    16: lambda cell: cell == b"t",
    17: _bytes,
    20: int,
    21: int,
    23: int,
    1700: int,  # numeric: sums of bigint, whole in this house
    2950: _hex,
}


class Wire:
    """One connection's prepared statements."""

    def __init__(self, connection: "psycopg.Connection[Any]") -> None:
        self._pq = connection.pgconn
        self._names: dict[str, bytes] = {}

    def command(self, text: bytes) -> None:
        """Run a command that has neither parameters nor rows."""
        result = self._pq.exec_(text)
        if result.status not in _OK:
            raise psycopg.errors.error_from_result(result)

    def run(self, text: str, params: Sequence[object]) -> list[tuple[Any, ...]]:
        """Run a statement with `$1` … parameters, prepared at its first use; answers its rows."""
        name = self._names.get(text)
        if name is None:
            name = f"g{len(self._names)}".encode()
            prepared = self._pq.prepare(name, text.encode())
            if prepared.status not in _OK:
                raise psycopg.errors.error_from_result(prepared)
            self._names[text] = name
        texts: Any = [_text(param) for param in params]  # None is NULL, which psycopg's type hint forgets
        return self._answered(self._pq.exec_prepared(name, texts))

    def once(self, text: str, params: Sequence[object]) -> list[tuple[Any, ...]]:
        """The same for a statement that hardly comes again: nothing of it is kept."""
        texts: Any = [_text(param) for param in params]
        return self._answered(self._pq.exec_params(text.encode(), texts))

    def _answered(self, result: pq.abc.PGresult) -> list[tuple[Any, ...]]:
        if result.status not in _OK:
            raise psycopg.errors.error_from_result(result)
        if result.ntuples == 0:
            return []
        return _rows(result)


def _rows(result: pq.abc.PGresult) -> list[tuple[Any, ...]]:
    readers = [_READERS.get(result.ftype(column), bytes.decode) for column in range(result.nfields)]
    columns = list(enumerate(readers))
    rows: list[tuple[Any, ...]] = []
    for row in range(result.ntuples):
        cells = [(result.get_value(row, column), read) for column, read in columns]
        rows.append(tuple([None if cell is None else read(cell) for cell, read in cells]))
    return rows


def _text(param: object) -> bytes | None:
    """A parameter as PostgreSQL reads it."""
    if param is None:
        return None
    if isinstance(param, str):
        return param.encode()
    if isinstance(param, bool):
        return b"t" if param else b"f"
    if isinstance(param, int):
        return b"%d" % param
    if isinstance(param, bytes):
        return b"\\x" + param.hex().encode()
    assert isinstance(param, list | tuple), f"a {type(param).__name__} is no parameter"
    return array(param).encode()


def array(cells: Sequence[object]) -> str:
    """An array literal; texts are quoted, numbers and ids need no quotes."""
    return "{" + ",".join([_element(cell) for cell in cells]) + "}"


def _element(cell: object) -> str:
    if cell is None:
        return "NULL"
    if isinstance(cell, int):
        return str(cell)
    return '"' + str(cell).replace("\\", "\\\\").replace('"', '\\"') + '"'
