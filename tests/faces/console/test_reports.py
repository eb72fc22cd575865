"""Reports in the console: from the page of a closed month and from the files of finance, for those who read figures."""

import pytest

from tests import shop
from tests.faces.console import counted
from tests.faces.console.test_finance import told
from tests.faces.reports.shown import PARTS


@pytest.fixture
def cafe(database):
    cafe = counted.Cafe(PARTS)
    cafe.enrol("Ann")
    cafe.buy("Ann", 40_000, "2025-10-05")
    cafe.night("2025-11-02T03:00")
    cafe.close("2025-10", "2025-11-02")
    shop.count(cafe, at="2025-11-03")
    return cafe


def test_a_report_is_saved_from_the_page_of_the_month(cafe):
    client = cafe.client("finance")
    page = told(client.get(cafe.at("finance/closings/2025-10")))
    for form, kind in (("pdf", "application/pdf"), ("html", "text/html; charset=utf-8")):
        assert cafe.at(f"finance/reports/2025-10.{form}") in page
        answer = client.get(cafe.at(f"finance/reports/2025-10.{form}"))
        assert answer.status_code == 200 and answer.headers["Content-Type"] == kind
        assert answer.headers["Content-Disposition"] == f'attachment; filename="report-2025-10.{form}"'
    assert "400.00 EUR" in answer.content.decode()


def test_the_last_month_stands_with_the_files(cafe):
    client = cafe.client("finance")
    assert "Report of " in told(client.get(cafe.at("finance/exports")))


def test_whoever_reads_no_figures_gets_none(cafe):
    assert cafe.client("cashier").get(cafe.at("finance/reports/2025-10.pdf")).status_code == 403
