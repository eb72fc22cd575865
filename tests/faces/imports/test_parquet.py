"""Parquet files are read in slices of row groups; what is no Parquet, or no table of values, is told."""

import subprocess
from datetime import UTC, date, datetime
from decimal import Decimal

import polars
import pytest

from guerdon.core import limits
from guerdon.core.errors import Refusal
from guerdon.faces.imports import parquet, slices
from tests.faces.imports import samples

MAP = """
source: till
rows: lines
columns: {external_id: order, occurred_at: at, member: {external_id: who}, store: shop}
line: {amount: gross, product: sku, quantity: qty}
"""


def local(day, hour):
    """A wall-clock time of January, as files have them."""
    return datetime(2026, 1, day, hour)  # noqa: DTZ001 - what it means is for the mapping to say


def frame(**changes):
    """Three lines of two baskets."""
    columns = {
        "order": [1, 1, 2],
        "at": [local(5, 10), local(5, 10), local(6, 9)],
        "who": ["ann", "ann", "ben"],
        "shop": ["centre", None, "beach"],
        "sku": ["latte", "bun", "latte"],
        "gross": [3.18, 2.5, 3.18],
        "qty": [1, 2, 1],
    }
    return polars.DataFrame(columns | changes, strict=False)


def read(folder, content, text=MAP):
    path = folder / "sales.parquet"
    content.write_parquet(path)
    return list(samples.opened(path, text).chunks())


def test_three_lines(tmp_path):
    [chunk] = read(tmp_path, frame())
    first, second = chunk.activities
    assert (first.external_id, second.external_id) == ("1", "2")
    assert first.occurred_at == datetime(2026, 1, 5, 8, tzinfo=UTC)  # ten o'clock in Sofia
    assert [(line.product, line.amount, line.quantity) for line in first.lines] == [("latte", 318, 1), ("bun", 250, 2)]
    assert (chunk.lines, chunk.position, chunk.rows) == ([1, 3], 3, 3)


@pytest.mark.parametrize(
    "gross", [["3.18", "2.50", "3.18"], [Decimal("3.18"), Decimal("2.50"), Decimal("3.18")], [3.18, 2.5, 3.18]]
)
def test_money_of_any_type_is_exact(tmp_path, gross):
    [chunk] = read(tmp_path, frame(gross=gross))
    assert [line.amount for activity in chunk.activities for line in activity.lines] == [318, 250, 318]


@pytest.mark.parametrize(
    ("column", "values", "reason"),
    [
        ("gross", [3.18, float("nan"), 1.0], "not_a_number"),
        ("gross", [3.18, 2.505, 1.0], "too_many_decimals"),
        ("gross", [3.18, None, 1.0], "empty"),
        ("gross", [3.18, 1e300, 1.0], "out_of_range"),
        ("qty", [1.0, 1.5, 1.0], "not_an_integer"),
        ("at", [local(5, 10), local(5, 11), local(5, 11)], "differs"),
        ("sku", ["a", "b\nc", "d"], "control_character"),
    ],
)
def test_a_wrong_value_is_told_with_its_row_number(tmp_path, column, values, reason):
    [chunk] = read(tmp_path, frame(**{column: values}))
    assert [(fault.line, fault.column, fault.reason) for fault in chunk.faults] == [(2, column, reason)]
    assert [activity.external_id for activity in chunk.activities] == ["2"]
    assert chunk.faulty == 1


@pytest.mark.parametrize(
    ("column", "values"), [("gross", [True, False, True]), ("gross", [date(2026, 1, 1)] * 3), ("qty", [True] * 3)]
)
def test_a_column_of_the_wrong_type_is_wrong_in_every_row(tmp_path, column, values):
    [chunk] = read(tmp_path, frame(**{column: values}))
    assert {(fault.column, fault.reason) for fault in chunk.faults} == {(column, "wrong_type")}
    assert chunk.activities == []


def test_columns_of_lists_are_refused_at_once(tmp_path):
    with pytest.raises(Refusal) as refused:
        read(tmp_path, frame(gross=[[1], [2], [3]]))
    assert samples.told(refused.value) == ("column_type", None)
    assert "“gross” is List" in str(refused.value.facts["detail"])


@pytest.mark.parametrize("cut", [0, 3, 4, 12, 200, -1, -5, -300])
def test_a_file_that_was_cut_short(tmp_path, cut):
    path = tmp_path / "sales.parquet"
    frame().write_parquet(path)
    content = path.read_bytes()
    path.write_bytes(content[:cut])
    with pytest.raises(Refusal) as refused:
        samples.opened(path, MAP)
    assert samples.told(refused.value) == ("not_parquet", None)


def test_damaged_footers_are_told_and_never_raise_anything_else(tmp_path):
    path = tmp_path / "sales.parquet"
    frame().write_parquet(path)
    content = bytearray(path.read_bytes())
    length = int.from_bytes(content[-8:-4], "little")
    for place in range(len(content) - 8 - length, len(content) - 8, 7):
        broken = bytearray(content)
        broken[place] ^= 0xFF
        path.write_bytes(broken)
        try:
            parquet.read_groups(path)
        except Refusal as refused:
            assert samples.told(refused) == ("not_parquet", None)


def test_slices_never_cross_a_row_group(tmp_path):
    rows = 12_345
    table = polars.DataFrame({"n": range(rows), "text": [f"row {n}" for n in range(rows)]})
    path = tmp_path / "many.parquet"
    table.write_parquet(path, row_group_size=5_000)
    assert [group.rows for group in parquet.read_groups(path)] == [5_000, 5_000, 2_345]
    found = list(parquet.ParquetTable(path, ["n", "text"]).rows())
    assert [line for line, _, _ in found] == list(range(1, rows + 1))
    assert [cells[0] for _, cells, _ in found] == list(range(rows))


def test_wide_rows_make_short_slices(tmp_path):
    table = polars.DataFrame({"text": ["x" * 9_000] * 4_000})
    path = tmp_path / "wide.parquet"
    table.write_parquet(path)
    _, parts = slices.read(path, ["text"])
    heights = [part.height for part in parts]
    assert sum(heights) == 4_000
    assert max(heights) * 9_000 <= 2 * slices.SLICE_BYTES
    assert len(list(parquet.ParquetTable(path, ["text"]).rows())) == 4_000


def test_values_come_through_the_pipe_as_they_are(tmp_path):
    columns = {
        "text": ["a", None, "ж☕"],
        "flag": [True, False, None],
        "int": [2**63 - 1, -(2**63), None],
        "uint": polars.Series([2**64 - 1, 0, None], dtype=polars.UInt64),
        "float": [0.1, -1e300, None],
        "decimal": [Decimal("12.340"), Decimal("-0.001"), None],
        "day": [date(1, 1, 1), date(9999, 12, 31), None],
        "local": [local(5, 10), datetime(1, 1, 1), None],  # noqa: DTZ001
        "instant": [datetime(2026, 1, 5, 8, 0, 0, 123456, tzinfo=UTC), datetime(1969, 12, 31, tzinfo=UTC), None],
        "kind": polars.Series(["x", "y", None], dtype=polars.Categorical),
        "nothing": [None, None, None],
    }
    path = tmp_path / "all.parquet"
    polars.DataFrame(columns).write_parquet(path)
    found = [cells for _, cells, _ in parquet.ParquetTable(path, list(columns)).rows()]
    assert [list(column) for column in zip(*found, strict=True)] == [list(column) for column in columns.values()]


def test_a_pass_that_is_given_up_leaves_no_program_behind(tmp_path, monkeypatch):
    started = []
    opened = subprocess.Popen
    monkeypatch.setattr(
        subprocess, "Popen", lambda *words, **more: started.append(opened(*words, **more)) or started[-1]
    )
    path = tmp_path / "many.parquet"
    polars.DataFrame({"n": range(300_000)}).write_parquet(path)
    rows = parquet.ParquetTable(path, ["n"]).rows()
    next(rows)
    rows.close()
    assert [program.returncode for program in started] == [-9]


def test_a_row_group_too_large_for_little_memory_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(limits, "PARQUET_ROW_GROUP_BYTES_MAX", 100)
    with pytest.raises(Refusal) as refused:
        read(tmp_path, frame())
    assert samples.told(refused.value)[0] == "row_group_too_large"


def test_pages_that_would_bring_the_reader_down_are_refused(tmp_path):
    path = tmp_path / "sales.parquet"
    frame().write_parquet(path)
    content = path.read_bytes()
    start = len(content) - 8 - int.from_bytes(content[-8:-4], "little")
    path.write_bytes(content[:4] + b"\xff" * (start - 4) + content[start:])
    with pytest.raises(Refusal) as refused:
        samples.opened(path, MAP)
    assert samples.told(refused.value)[0] == "not_parquet"
