"""`guerdon report`: on the terminal, as files, in the language asked for."""

from guerdon.faces.cli import terminal
from tests.faces.cli.command import guerdon
from tests.faces.reports import shown


def test_a_month_is_told_and_written(pristine_database, tmp_path):
    shown.lived("aurora")
    told = guerdon("report", "2026-02")
    assert told.code == terminal.OK and "In short" in told.out and "500.00 EUR" in told.out and "Closing" in told.out
    page, paper = tmp_path / "february.html", tmp_path / "february.pdf"
    words = ("--html", str(page), "--pdf", str(paper), "--language", "bg")
    written = guerdon("report", "2026-02", *words)
    assert written.code == terminal.OK and "february.pdf" in written.out and "In short" not in written.out
    assert "Накратко" in page.read_text("utf-8") and paper.read_bytes().startswith(b"%PDF")
    assert guerdon("report", "2026-02", "--json").json["sections"][0]["title"] == "In short"


def test_wrong_words_are_told(pristine_database, tmp_path):
    shown.lived("aurora")
    assert guerdon("report", "2026-02", "--language", "de").code == terminal.USAGE
    assert guerdon("report", "february").code != terminal.OK
    assert guerdon("report", "2031-01").code == terminal.UNREADABLE
    there = guerdon("report", "2026-02", "--html", str(tmp_path / "no" / "such.html"))
    assert there.code == terminal.UNREADABLE and "can't be written" in there.err
