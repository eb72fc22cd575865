"""Every way in which a file can be broken is told with its line, and none swallows the file."""

import csv
import gzip
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guerdon.core import limits
from guerdon.core.errors import Refusal
from guerdon.faces.imports import encodings, lines, tables
from tests.faces.imports import samples

WORDS = {"latin-1": "crème", "cp1251": "Кафе", "cp1254": "şekerli çay", "iso-8859-9": "ışık"}
GOOD = "a,b\n1,2\n3,4\n"


def rows_of(path, wanted=("a", "b"), **layout):
    """All rows as (line, cells, flaw)."""
    return list(tables.open_table(path, tables.Layout(**layout), wanted).rows())


@pytest.mark.parametrize(
    ("content", "layout", "reason", "line"),
    [
        (b"", {}, "empty", None),
        (b"a,c\n1,2\n", {}, "header_missing", 1),
        (b"a,b,a\n1,2,3\n", {}, "header_twice", 1),
        (b"a;b\n1;2\n", {}, "header_missing", 1),
        (b'a,b\n1,2\n3,"4\n5,6\n', {}, "unclosed_quote", 3),
        (b'a,b\n"1\n2 ""x""",2\n"3\n4","5\n6 ""x"" a"b\n7,8\n', {}, "unclosed_quote", 5),
        (b'a,b\n"1\n2 ""x""",2\n"3\n4","5\n6 ""x"" \n7,8\n', {}, "unclosed_quote", 5),
        ("име,b\n1,2\n".encode("cp1251"), {}, "header_broken", 1),
        (b'a,b\n1,2\n3,"4', {}, "cut_short", 3),
        (b'a,b\n1,"2"x\n', {}, "broken_quote", 2),
        (b'a,b\n1,"2\n3,"4"\n', {}, "unclosed_quote", 2),
        (b'a,b\n1,2\n3,"' + b"x,y\n" * 400_000, {}, "unclosed_quote", 3),
        (b"a,b\n1,2\n3," + b"x" * 3_000_000, {}, "row_too_long", 3),
        ("a,b\n1,2\n".encode("utf-16"), {}, "looks_utf16", None),
        (b"a,b\n1,2\n", {"encoding": "utf-16"}, "no_utf16_mark", None),
        (b"\xef\xbb\xbfa,b\n1,2\n", {"encoding": "cp1251"}, "looks_utf8", None),
        ("a,b\n1,2\n3,4".encode("utf-16")[:-1], {"encoding": "utf-16"}, "not_utf16", 3),
        (b"PK\x03\x04rest", {}, "is_zip", None),
        (b"PAR1rest", {}, "is_parquet", None),
        (gzip.compress(GOOD.encode(), mtime=0)[:-9], {}, "gzip_cut_short", None),
        (gzip.compress(GOOD.encode(), mtime=0)[:15] + b"\0\1\2\3" * 9, {}, "gzip_damaged", None),
        (b"1,2,3\n", {"header": ("a", "b")}, "header_width", 1),
    ],
)
def test_what_no_file_may_be(tmp_path, content, layout, reason, line):
    path = samples.write(tmp_path, content)
    with pytest.raises(Refusal) as refused:
        rows_of(path, **layout)
    assert samples.told(refused.value) == (reason, line)


def test_missing_files_and_folders(tmp_path):
    with pytest.raises(Refusal) as refused:
        rows_of(tmp_path / "none.csv")
    assert samples.told(refused.value) == ("not_found", None)
    with pytest.raises(Refusal) as refused:
        rows_of(tmp_path)
    assert samples.told(refused.value) == ("not_a_file", None)


def test_a_missing_column_is_answered_with_the_nearest_one(tmp_path):
    path = samples.write(tmp_path, "order_number,b\n1,2\n")
    with pytest.raises(Refusal) as refused:
        rows_of(path, ("order_numer", "b"))
    assert "Did you mean “order_number”?" in str(refused.value.facts["detail"])
    with pytest.raises(Refusal) as refused:
        rows_of(samples.write(tmp_path, "a;b\n1;2\n"))
    assert "delimiter" in str(refused.value.facts["detail"])


def test_a_gzip_that_expands_beyond_measure_is_a_trap(tmp_path, monkeypatch):
    monkeypatch.setattr(limits, "IMPORT_GZIP_FREE_BYTES", 1024 * 1024)
    path = samples.write(tmp_path, gzip.compress(b"a,b\n" + b"1,2\n" * 2_000_000, 9), "sales.csv.gz")
    with pytest.raises(Refusal) as refused:
        rows_of(path)
    assert samples.told(refused.value)[0] == "gzip_too_large"


@pytest.mark.parametrize(
    ("row", "flaw"),
    [
        (b"1\n", ("too_few_cells", -1)),
        (b"1,2,3\n", ("too_many_cells", -1)),
        (b"1,x\0y\n", ("nul", 1)),
        (b"1,\xff\xfe\n", ("not_decodable", 1)),
        (b"1," + b"x" * (limits.IMPORT_CELL_CHARS_MAX + 1) + b"\n", ("cell_too_long", 1)),
        (b"1,2", None),  # the last line needs no newline
        (b'1,"two\nlines, one cell"\n', None),
        (b'1,"say ""hi"""\n', None),
    ],
)
def test_a_broken_row_leaves_its_neighbours_alone(tmp_path, row, flaw):
    path = samples.write(tmp_path, b"a,b\n0,0\n\n" + row + (b"9,9\n" if row.endswith(b"\n") else b""))
    found = rows_of(path)
    assert [(line, found_flaw) for line, _, found_flaw in found][:2] == [(2, None), (4, flaw)]
    if row.endswith(b"\n"):
        assert list(found[-1][1]) == ["9", "9"]
        assert found[-1][2] is None


def test_what_stands_in_columns_nobody_uses_harms_nobody(tmp_path):
    path = samples.write(tmp_path, b"a,b,notes\n1,2,\xff\0" + b"x" * 20_000 + b"\n")
    assert [flaw for _, _, flaw in rows_of(path)] == [None]


@pytest.mark.parametrize(
    ("encoding", "codec"),
    [
        ("utf-8", "utf-8"),
        ("utf-8", "utf-8-sig"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("cp1251", "cp1251"),
        ("cp1254", "cp1254"),
        ("iso-8859-9", "iso-8859-9"),
        ("latin-1", "latin-1"),
    ],
)
@pytest.mark.parametrize("packed", [False, True])
def test_encodings(tmp_path, encoding, codec, packed):
    word = WORDS.get(encoding, "Кафе crème ☕")
    content = f"a,b\r\n{word},2\r\n".encode(codec)
    path = samples.write(tmp_path, gzip.compress(content) if packed else content)
    assert [list(cells) for _, cells, _ in rows_of(path, encoding=encoding)] == [[word, "2"]]


def test_line_endings_may_be_mixed(tmp_path):
    path = samples.write(tmp_path, b"a,b\r\n1,2\n3,4\r5,6\r\n\r\n7,8")
    assert [(line, *cells) for line, cells, _ in rows_of(path)] == [
        (2, "1", "2"), (3, "3", "4"), (4, "5", "6"), (6, "7", "8"),
    ]  # fmt: skip


def test_a_file_without_a_header_takes_the_names_of_the_mapping(tmp_path):
    path = samples.write(tmp_path, "1,2\n3,4\n")
    assert [(line, *cells) for line, cells, _ in rows_of(path, header=("a", "b"))] == [(1, "1", "2"), (2, "3", "4")]


CELL = st.text(
    st.one_of(st.sampled_from(list("a\",;\t|\n\r '\u2028\x0bé")), st.characters(exclude_characters="\0", codec="utf-8"))
)


@given(
    table=st.lists(st.lists(CELL, min_size=2, max_size=2), max_size=30),
    delimiter=st.sampled_from([",", ";", "\t", "|"]),
    ending=st.sampled_from(["\n", "\r\n", "\r"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    quoting=st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]),
    block=st.integers(4, 40),
)
def test_well_formed_tables_are_read_as_the_standard_reader_reads_them(
    tmp_path_factory, table, delimiter, ending, encoding, quoting, block
):
    text = io.StringIO(newline="")
    # Left to itself the writer forgets to quote a lone \r; what it means then is for the standard reader to say.
    writer = csv.writer(text, delimiter=delimiter, lineterminator=ending, quoting=quoting)
    writer.writerow(["a", "b"])
    writer.writerows(table)
    path = tmp_path_factory.mktemp("table") / "t.csv"
    path.write_bytes(text.getvalue().encode(encoding))
    text.seek(0)
    expected = list(csv.reader(text, delimiter=delimiter, strict=True))[1:]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lines, "BLOCK_BYTES", block)  # cells and line endings lie across the blocks
        found = rows_of(path, encoding=encoding, delimiter=delimiter)
    assert [list(cells) for _, cells, _ in found] == expected
    assert quoting != csv.QUOTE_ALL or expected == table


def test_memory_is_bounded_by_the_block_and_the_row(tmp_path):
    """However long the file, no more is taken from it than the rows asked for and one block."""
    path = samples.write(tmp_path, "a,b\n" + "1,2\n" * 2_000_000)
    table = tables.open_table(path, tables.Layout(), ("a", "b"))
    rows = table.rows()
    for _ in range(10):
        next(rows)
    assert table.fraction * path.stat().st_size <= lines.BLOCK_BYTES


@pytest.mark.parametrize(
    ("text", "encoding", "declared"),
    [
        ("Кафе Аврора 1", "cp1251", "utf-8"),
        ("order at поръчка total", "cp1251", "utf-8"),
        ("Kahve ışığı", "cp1254", "utf-8"),
        ("Café crème", "cp1252", "utf-8"),
        ("été", "cp1252", "utf-8"),
        ("ışığı", "cp1254", "utf-8"),
        ("A-класс", "cp1251", "utf-8"),
        ("Яна", "cp1251", "utf-8"),
        ("Обяд", "utf-8", "cp1252"),
    ],
)
def test_an_encoding_is_guessed_from_words(text, encoding, declared):
    kept = text.encode(encoding).decode(declared, "surrogateescape")
    assert f"`encoding: {encoding}`" in encodings.advice(kept, declared)
    assert text in encodings.advice(kept, declared)


def test_no_encoding_is_guessed_from_noise():
    told = encodings.advice(b"\x81\x8d\x98\x9d".decode("utf-8", "surrogateescape"), "utf-8")
    assert "cp1251, cp1254, iso-8859-9, utf-16" in told
