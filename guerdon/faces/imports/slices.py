"""The program that decodes a Parquet file beside the importer: slices of columns go out through a pipe.

polars runs in a process of its own because damaged bytes can make it abort, because the importer then decodes on one
core what it maps on the other, and because neither holds the memory of both.
"""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO, Final

import msgspec
import polars

from guerdon.faces.imports.parquet import LENGTH_BYTES, Kind, read_groups

SLICE_ROWS: Final = 20_000
SLICE_BYTES: Final = 8 * 1024 * 1024
_KINDS: Final[tuple[tuple[Any, Kind], ...]] = (
    (polars.String, "plain"), (polars.Categorical, "text"), (polars.Enum, "text"), (polars.Boolean, "plain"),
    (polars.Float32, "plain"), (polars.Float64, "plain"), (polars.Null, "plain"), (polars.Decimal, "decimal"),
    (polars.Date, "date"),
    *((kind, "plain") for kind in (polars.Int8, polars.Int16, polars.Int32, polars.Int64)),
    *((kind, "plain") for kind in (polars.UInt8, polars.UInt16, polars.UInt32, polars.UInt64)),
)  # fmt: skip


class Unfit(Exception):
    """A column holds what no cell can be."""


def serve() -> None:
    """Write frames to the standard output: the kinds of the columns, slices of columns, and an empty one at the end.

    A list whose first part is None tells instead why there are none: reason and detail.
    """
    out = sys.stdout.buffer
    try:
        kinds, slices = read(Path(sys.argv[1]), sys.argv[2:])
        _send(out, kinds)
        for part in slices:
            _send(out, [column.to_list() for column in part.get_columns()])
        _send(out, [])
    except Unfit as unfit:
        _send(out, [None, "column_type", str(unfit)])
    except polars.exceptions.PolarsError as error:
        _send(out, [None, "not_parquet", str(error)[:200]])
    except BrokenPipeError:
        sys.exit(1)  # the importer has heard enough


def read(path: Path, wanted: Sequence[str]) -> tuple[list[Kind], Iterator[polars.DataFrame]]:
    """The kinds of the wanted columns, and their slices; raises `Unfit`."""
    frame = polars.scan_parquet(path)
    schema = frame.collect_schema()
    kinds = [_kind(name, schema[name]) for name in wanted]
    columns = [_portable(name, kind) for name, kind in zip(wanted, kinds, strict=True)]
    return kinds, _slices(frame.select(columns), [group.rows for group in read_groups(path)])


def _slices(frame: polars.LazyFrame, groups: list[int]) -> Iterator[polars.DataFrame]:
    """Slices never cross a row group, so that only one is ever decoded."""
    begin, rows_max = 0, 1_000
    for rows in groups:
        done = 0
        while done < rows:
            part = frame.slice(begin + done, min(rows_max, rows - done)).collect(engine="streaming")
            yield part
            done += part.height
            # Wide rows make short slices, so the memory does not depend on what the cells hold.
            fitting = int(SLICE_BYTES * part.height / (part.estimated_size() or 1))
            rows_max = max(1, min(SLICE_ROWS, 2 * rows_max, fitting))
        begin += rows


def _kind(name: str, dtype: polars.DataType) -> Kind:
    if isinstance(dtype, polars.Datetime):
        return "local" if dtype.time_zone is None else "instant"
    for known, kind in _KINDS:
        if isinstance(dtype, known):
            return kind
    raise Unfit(f"“{name}” is {dtype}")


def _portable(name: str, kind: Kind) -> polars.Expr:
    """The column as texts and numbers, which any pipe can carry without loss."""
    column = polars.col(name)
    if kind in ("text", "decimal"):
        return column.cast(polars.String)
    if kind == "date":
        return column.cast(polars.Int32)
    return column.dt.timestamp("us") if kind in ("local", "instant") else column


def _send(out: BinaryIO, value: object) -> None:
    frame = msgspec.msgpack.encode(value)
    out.write(len(frame).to_bytes(LENGTH_BYTES, "big"))
    out.write(frame)
    out.flush()
