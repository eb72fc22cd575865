"""Reports over the API: as PDF and as HTML, in the language asked for, and to whom they are refused."""

from datetime import UTC, datetime

import pytest

from tests.faces.api import door
from tests.faces.reports import shown

REPORT = "/v1/reports/2026-02"


@pytest.fixture
def api(database):
    opened = door.opened(shown.lived(), now=lambda: datetime(2026, 3, 2, 8, tzinfo=UTC))
    opened.checked = False  # documents are no JSON
    yield opened
    opened.close()


def test_a_report_is_a_document_in_the_language_asked_for(api):
    pdf = api.get(REPORT)
    assert pdf.headers["content-type"] == "application/pdf" and pdf.body.startswith(b"%PDF")
    assert pdf.headers["content-disposition"] == 'attachment; filename="report-2026-02.pdf"'
    html = api.get(f"{REPORT}?form=html&language=tr")
    assert html.headers["content-type"] == "text/html; charset=utf-8" and "Şubat 2026" in html.body.decode()
    assert "Февруари 2026" in api.get(f"{REPORT}?form=html", headers={"accept-language": "bg"}).body.decode()


def test_what_is_no_report_is_refused(api):
    assert api.get("/v1/reports/2026-03").code == "month_not_over"
    assert api.get("/v1/reports/2024-01").code == "month_before_programme"
    assert api.get("/v1/reports/soon").code == "month_invalid"
    assert api.get(f"{REPORT}?form=docx").status == 422
    key = api.new_key(["members:read"], name="till")
    assert api.get(REPORT, key=key).status == 403
