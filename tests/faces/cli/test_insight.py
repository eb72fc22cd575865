"""`guerdon insight`: closed months into files, and what is said of files that are not right."""

from pathlib import Path

from guerdon.faces.cli import terminal
from tests import shop
from tests.faces.cli.command import guerdon


def test_closed_months_are_exported_once_and_checked(pristine_database: str, tmp_path: Path):
    cafe = shop.Shop(key="aurora")
    cafe.enrol("Ann")
    cafe.buy("Ann", 4_000, "2025-10-05")
    folder = str(tmp_path / "exports")
    none = guerdon("insight", "export", folder)
    assert none.code == terminal.OK and "No month is closed yet" in none.out
    cafe.night("2025-11-01T08:00")
    shop.closing.close(programme_id=cafe.programme_id, month="2025-10", now=shop.moment("2025-11-02"), by="Emil")
    written = guerdon("insight", "export", folder)  # whose figures nobody has counted yet
    assert written.code == terminal.OK and "2025-10: " in written.out and "month=2025-10" in written.out
    again = guerdon("insight", "export", folder, "--json")
    assert again.json["months"][0]["month"] == "2025-10" and not again.json["months"][0]["written"]
    assert "as it was written" in guerdon("insight", "export", folder).out
    (tmp_path / "exports" / "aurora" / "month=2025-10" / "lots" / "00000.parquet").write_bytes(b"")
    wrong = guerdon("insight", "export", folder)
    assert (
        wrong.code == terminal.FINDING and "lots/00000.parquet is missing" in wrong.err and "Traceback" not in wrong.err
    )


def test_a_folder_that_is_none_is_told(pristine_database: str, tmp_path: Path):
    shop.Shop(key="aurora")
    (tmp_path / "file").write_text("")
    told = guerdon("insight", "export", str(tmp_path / "file"))
    assert told.code == terminal.UNREADABLE and "can't be written" in told.err
