"""Exported months: each row once, tied to the closing, written once, and never half."""

import fcntl
import shutil
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from guerdon.core import limits
from guerdon.features.closings import queries as closings
from guerdon.features.programmes import queries as programmes
from guerdon.insight.exports import files, months, shapes
from guerdon.insight.exports.files import Damaged
from guerdon.kit import clock, snapshot, store
from tests.engine import catalogue
from tests.insight import closed as history
from tests.insight.lived import Lived
from tests.shop import Shop

LADDER = {
    "status": {
        "name": {"en": "Status"}, "basis": {"spend": True}, "window": "calendar_year",
        "levels": {"silver": {"name": {"en": "Silver"}, "from": "100.00"}},
    }
}  # fmt: skip


def export(cafe: Shop, folder: Path) -> months.Report:
    book = programmes.latest(store.current(), cafe.programme_id)
    with snapshot.taken() as view:
        return months.export(view, cafe.programme_id, book, folder, version="1", advance=lambda rows: None)


def table(folder: Path, name: str, month: str = "*") -> pl.DataFrame:
    return pl.read_parquet(str(folder / f"month={month}" / name / "*.parquet"), hive_partitioning=True)


@pytest.fixture
def cafe(database: str) -> Shop:
    """Two closed months; a purchase of January that was told in February, after January had been closed."""
    one = Shop({"tiers": LADDER})
    one.enrol("Ann", "Ben")
    one.buy("Ann", 12_000, "2026-01-10", store="north", external_id="first", lines=(
        {"amount": 9_000, "product": "beans", "quantity": 3}, {"amount": 4_000, "product": "cup", "discount": 1_000},
    ))  # fmt: skip
    one.buy("Ben", 2_000, "2026-01-31T22:30", store="south")  # half past midnight in Sofia: February
    one.burn("Ann", 50, "2026-01-20")
    one.night("2026-02-01T08:00")
    one.close("2026-01", "2026-02-01T09:00")
    one.tell(one.purchase("Ben", 700, "2026-01-15"), now="2026-02-03")
    one.tell(one.giving_back("Ann", "first", "2026-02-04"))
    one.night("2026-03-01T08:00")
    one.close("2026-02", "2026-03-01T09:00")
    return one


def test_each_row_is_in_the_month_in_which_it_counts(cafe: Shop, tmp_path: Path):
    report = export(cafe, tmp_path)
    assert [one.manifest.closing.month for one in report.written] == ["2026-01", "2026-02"] and not report.checked
    ann, ben = cafe.account("Ann"), cafe.account("Ben")
    bought = table(tmp_path, "activities").filter(pl.col("kind") == "purchase").sort("seq")
    # By hand: 120.00 of Ann in three pieces and one, Ben's of the night, Ben's late one of the fifteenth.
    assert bought.select("month", "person", "day", "spent", "pieces", "store", "late").rows() == [
        ("2026-01", ann, date(2026, 1, 10), 12_000, 4, "north", False),
        ("2026-02", ben, date(2026, 2, 1), 2_000, 0, "south", False),
        ("2026-02", ben, date(2026, 1, 15), 700, 0, None, True),
    ]
    moved = table(tmp_path, "postings").sort("seq", "part")
    assert moved.select("month", "kind", "points", "day", "late").rows() == [
        ("2026-01", "earn", 120, date(2026, 1, 10), False),
        ("2026-02", "earn", 20, date(2026, 2, 1), False),
        ("2026-01", "burn", -50, date(2026, 1, 20), False),
        ("2026-02", "earn", 7, date(2026, 2, 3), True),  # the day on which it was posted, as in the figures
        ("2026-02", "lend", 50, date(2026, 2, 4), False),  # 120 come back, 70 are there
        ("2026-02", "claw_back", -120, date(2026, 2, 4), False),
    ]
    assert table(tmp_path, "lines").select("product", "pieces", "amount", "discount").rows() == [
        ("beans", 3, 9_000, 0), ("cup", 1, 4_000, 1_000),
    ]  # fmt: skip
    assert table(tmp_path, "takings", "2026-01").select("kind", "points").rows() == [("burn", -50)]
    # All that made Ann silver came back in February.
    assert table(tmp_path, "tiers").select("month", "member", "level").rows() == [("2026-01", ann, "silver")]


def test_each_redemption_is_of_one_piece_whatever_its_price(database: str, tmp_path: Path):
    """By hand: one mug for points alone, and one for fewer points and money, the second of its prices."""
    prices = [{"points": {"points": 50}}, {"points": {"points": 20}, "money": "1.00"}]
    mug = {"name": {"en": "Mug"}, "kind": "merchandise", "cost": "3.00", "prices": prices}
    one = Shop({"rewards": {"mug": mug}})
    one.enrol("Ann")
    one.buy("Ann", 12_000, "2026-01-10")
    for number in (1, 2):
        catalogue.has(one, catalogue.redeem(one, "mug", "Ann", "2026-01-20", number=number))
    one.night("2026-02-01T08:00")
    one.close("2026-01", "2026-02-01T09:00")
    export(one, tmp_path)
    assert table(tmp_path, "redemptions").select("pieces", "cost").rows() == [(1, 300), (1, 300)]


def test_the_manifest_says_what_the_month_was_closed_with(cafe: Shop, tmp_path: Path):
    for month in export(cafe, tmp_path).written:
        told, closed = month.manifest, closings.one(store.current(), cafe.programme_id, month.manifest.closing.month)
        assert (told.closing, told.sums) == (closed.closing, closed.sums)
        own = told.sums[0].closing - told.sums[0].opening
        assert told.tables["postings"].sums["points"] == own
        assert told.tables["postings"].rows == table(tmp_path, "postings", told.closing.month).height


def test_a_month_is_written_once_and_then_checked(cafe: Shop, tmp_path: Path):
    export(cafe, tmp_path)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if path.name != ".lock"}
    again = export(cafe, tmp_path)
    assert not again.written and len(again.checked) == 2
    assert before == {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if path.name != ".lock"}
    cafe.night("2026-04-01T08:00")
    cafe.close("2026-03", "2026-04-01T09:00")
    third = export(cafe, tmp_path)
    assert [one.manifest.closing.month for one in third.written] == ["2026-03"] and len(third.checked) == 2
    assert third.written[0].manifest.previous == third.checked[1].sha256


def test_what_is_half_written_is_never_read(cafe: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    class PowerCut(BaseException): ...

    def cut(*_: object) -> None:
        raise PowerCut

    with monkeypatch.context() as patch, pytest.raises(PowerCut):
        patch.setattr(months._Desk, "_takings", cut)
        export(cafe, tmp_path)
    assert files.months(tmp_path) == [] and not list(tmp_path.glob(".draft*"))
    (tmp_path / ".draft-2026-01" / "postings").mkdir(parents=True)  # what a power cut leaves
    assert files.months(tmp_path) == []
    assert len(export(cafe, tmp_path).written) == 2 and not list(tmp_path.glob(".draft*"))


def test_two_never_write_at_once(cafe: Shop, tmp_path: Path):
    with (tmp_path / ".lock").open("wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(Damaged, match="somebody else"):
            export(cafe, tmp_path)


def test_sums_that_do_not_tie_are_refused(cafe: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """The control: a posting that is overlooked, and one of another month."""
    rows = months.reading.rows
    for missing in (True, False):

        def skewed(view, statement, *rest, missing=missing):
            found = list(rows(view, statement, *rest))
            if statement is months.reading.POSTINGS:
                return found[1:] if missing else [*found, found[0]]
            return found

        with monkeypatch.context() as patch, pytest.raises(Damaged, match="do not come to"):
            patch.setattr(months.reading, "rows", skewed)
            export(cafe, tmp_path)
        assert files.months(tmp_path) == []


@pytest.mark.parametrize("wrong", ["byte", "file", "month", "manifest", "programme"])
def test_damage_is_seen(cafe: Shop, tmp_path: Path, wrong: str):
    export(cafe, tmp_path)
    path = tmp_path / "month=2026-01" / "postings" / "00000.parquet"
    if wrong == "byte":
        text = bytearray(path.read_bytes())
        text[len(text) // 2] ^= 1
        path.write_bytes(text)
    elif wrong == "file":
        path.unlink()
    elif wrong == "month":
        shutil.rmtree(tmp_path / "month=2026-01")
    elif wrong == "manifest":
        (tmp_path / "month=2026-01" / "manifest.json").write_text("{}")
    else:
        cafe = Shop()
    with pytest.raises(Damaged):
        export(cafe, tmp_path)


def test_many_rows_are_many_files(cafe: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(limits, "EXPORT_ROWS_MAX", 1)
    month = export(cafe, tmp_path).written[0]
    told = month.manifest.tables["postings"]
    assert [part.rows for part in told.parts] == [1, 1] and told.rows == 2
    assert table(tmp_path, "postings", "2026-01")["points"].sum() == told.sums["points"] == 70


_ALL = {
    "activities": "SELECT id FROM activities_activity WHERE {} AND occurred_at < :until",
    "postings": "SELECT id FROM ledger_posting WHERE {} AND effective_at < :until",
}


def test_a_rich_history_ties_and_names_nobody(copy: Lived, tmp_path: Path):
    """Every kind of entry: all rows in one month each and none twice, and nothing by which a person is known."""
    at_hand = store.current()
    for one in (copy.cafe, copy.grocer, copy.club):
        history.close_all(one)
        folder = tmp_path / one.key
        found = export(one, folder)
        assert len(found.written) >= 12
        border, words = found.written[-1].manifest.closing, set[str]()
        for name, text in _ALL.items():
            statement = store.Statement(text.format("programme_id = :programme AND seq <= :seq"))
            until = clock.micros(border.until)
            rows = at_hand.fetch(statement, programme=one.programme_id, seq=border.seq, until=until)
            exported = table(folder, name).to_series(0).to_list()
            assert sorted(exported) == sorted(id for (id,) in rows) and len(exported) > 5
        for name in shapes.TABLES:
            frame = table(folder, name)
            words |= {str(cell) for column in frame.select(pl.col(pl.String)) for cell in column.unique()}
        told = at_hand.fetch(store.Statement("SELECT value FROM members_identifier"))
        names = {value for (value,) in told} | {"ann@example.com"}
        assert names and not words & names and not any("@" in word for word in words)
