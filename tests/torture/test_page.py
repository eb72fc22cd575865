"""The page of the proof keeps the lines of what was not run again."""

from guerdon.faces.cli.torture.battery import Outcome
from tests.torture import __main__ as page


def outcome(name: str, fault: str | None = None, broken: int = 0) -> Outcome:
    return Outcome(name, "sqlite", 7, True, fault, 61.3, {"requests": 1_234}, [], broken)


def test_lines_are_read_as_they_were_written(tmp_path, monkeypatch):
    monkeypatch.setattr(page, "PAGE", tmp_path / "proof.md")
    assert page._told() == {}
    rows = [page._row(one) for one in (outcome("kills", "commits_late", 2), outcome("crowd"), outcome("kills"))]
    told = {name: cells for name, cells, _ in rows}
    page.PAGE.write_text(page.HEAD + page._table(told), "utf-8")
    assert page._told() == told
    text = page.PAGE.read_text("utf-8")
    assert (
        text.index("| crowd |") < text.index("| kills | sqlite | – | held |") < text.index("| commits_late | found |")
    )
    assert "1,234 requests" in text and [held for _, _, held in rows] == [True, True, True]


def test_what_is_broken_or_not_found_is_no_success():
    assert not page._row(outcome("crowd", broken=1))[2]
    assert page._row(outcome("crowd", "loses"))[1][0] == "NOT FOUND"
