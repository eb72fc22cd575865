"""The page of KPIs is printed from their definitions, and every square of RFM has a name."""

from tests import kpis_page


def test_the_page_is_what_the_definitions_say():
    assert kpis_page.PAGE.read_text("utf-8") == kpis_page.render(), "print it: python -m tests.kpis_page --write"


def test_every_square_has_a_name():
    names = {name for _, row in kpis_page.squares() for name in row}
    assert len(names) == 11 and "" not in names
    assert [row[4] for _, row in kpis_page.squares()] == [
        "champions", "champions", "potential loyal", "potential loyal", "new",
    ]  # fmt: skip
