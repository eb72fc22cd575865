"""Reports of months: the numbers of a café worked out by hand, in three languages, as a page and as paper."""

import re
import sys

import pytest

from guerdon.core.errors import Refusal
from guerdon.faces.reports import charts, made
from guerdon.faces.reports.charts import Scale, Series
from guerdon.faces.reports.content import Chart, Paragraph
from tests.faces.reports import shown
from tests.faces.reports.shown import LANGUAGES


@pytest.fixture
def cafe(database):
    return shown.lived()


def test_what_happened_stands_in_plain_words(cafe):
    """500.00 after 400.00 are a quarter more; 400 + 500 − 100 points are 800, worth a hundredth each."""
    told = shown.content(cafe)
    [*said] = [block.text for block in told.sections[0].blocks if isinstance(block, Paragraph)]
    active = "2 different members were active in the 30 days up to the end of the month"
    assert said[0] == f"{active} (+100% against January 2026). 0 joined."
    assert said[1] == "Members bought 2 times for 500.00 EUR, less what came back (+25% against January 2026)."
    assert said[2] == (
        "Points: 500 issued, 100 redeemed, 0 expired. Members had 800 at the end (+100% against January 2026). They are"
        " worth 8.00 EUR to members. In March 2026 300 points end unless they are spent."
    )
    assert told.title == f"{shown.NAMES['en']}: February 2026" and "not closed yet" in told.about[0]


def test_points_come_to_their_closing_beside_the_month_and_the_year_before(cafe):
    text = shown.texts(shown.content(cafe))
    for row in ("Opening | 400 | 0 | –", "Issued | 500 | 400 | –", "Spent | −100 | 0 | –", "Closing | 800 | 400 | –",
                "Worth at the closing | 8.00 EUR | 4.00 EUR | –",
                "Revenue of members | 500.00 EUR | 400.00 EUR | +25% | 0",
                "March 2026 | 300 points | 3.00 EUR", "April 2026 | 500 points | 5.00 EUR"):  # fmt: skip
        assert row in text, row


def test_deferred_revenue_of_a_closed_month(cafe):
    """400.00 between goods for 400.00 and 400 points × 0.01 × 80 %: 400 × 3.20 ÷ 403.20 = 3.17."""
    told = shown.content(cafe, month="2026-01")
    text = shown.texts(told)
    assert "closed on 2 February 2026" in told.about[0]
    assert "Deferred | 3.17 EUR | – | –" in text and "Closing | 3.17 EUR | – | –" in text
    assert "3.17 EUR is deferred for them at the end" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_says_all_of_it(cafe, language):
    told = shown.content(cafe, language)
    text = shown.texts(told)
    assert len(told.sections) == 7 and not re.search(r"[{}]", text) and "None" not in text
    words = {"en": "February 2026", "bg": "Февруари 2026", "tr": "Şubat 2026"}
    money = {"en": "500.00 EUR", "bg": "500,00 EUR", "tr": "500,00 EUR"}
    assert words[language] in told.title and money[language] in text
    if language != "en":
        english = shown.content(cafe)
        for one, other in zip(told.sections, english.sections, strict=True):
            assert one.title != other.title


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_needs_nothing_else(cafe, language):
    told = shown.content(cafe, language)
    text = made.page(told).decode()
    assert (
        f'<html lang="{language}">' in text
        and text.count("<svg") == 4
        and text.count("<table>") == text.count("<caption>")
    )
    assert not re.search(r"<script|<link|\bsrc=|\bhref=|url\(|@import", text)
    if language == "en":
        assert "Café &lt;Aurora&gt; &amp; #panic()" in text and "<Aurora>" not in text
    for chart in [block for section in told.sections for block in section.blocks if isinstance(block, Chart)]:
        assert chart.svg in text and chart.about in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_paper_is_tagged_and_says_its_title_and_language(cafe, language):
    """It is set as PDF/UA-1, which fails where an alternative text, a title or the order of headings is missing."""
    content = made.paper(shown.content(cafe, language))
    assert content.startswith(b"%PDF-1.7") and len(content) < 300_000
    assert b"/StructTreeRoot" in content and b"/S/Figure" in content and f"/Lang({language})".encode() in content
    assert b"pdfuaid:part" in content
    assert made.paper(shown.content(cafe, language)) is content  # kept


def test_without_what_sets_papers_there_are_none(cafe, monkeypatch):
    monkeypatch.setitem(sys.modules, "typst", None)
    made._set.cache_clear()
    with pytest.raises(Refusal, match="paper_not_installed"):
        made.paper(shown.content(cafe))


def test_a_month_that_is_not_over_or_before_all_has_no_report(cafe):
    for month, code in (
        ("2026-03", "month_not_over"),
        ("2024-12", "month_before_programme"),
        ("2026", "month_invalid"),
    ):
        with pytest.raises(Refusal, match=code):
            shown.read(cafe, month)


def test_scales_have_round_steps_with_zero_among_them():
    def scale(*numbers):
        found = Scale.of([Series("", "#000", numbers)])
        return found.low, found.high, found.step

    assert scale(0, 1_968) == (0, 2_000, 500) and scale(7) == (0, 8, 2) and scale(1) == (0, 1, 1)
    assert scale(None, 0) == (0, 1, 1) and scale(-300, 900) == (-500, 1_000, 500)


def test_bars_are_as_high_as_their_numbers_and_lines_break_where_nothing_is_known():
    drawn = charts.bars([Series("a", "#000", (100, 50, None))], ["Jan 2026", "Feb", "Mar"], str)
    heights = [float(one) for one in re.findall(r'height="([\d.]+)" rx="1.5"', drawn)]
    assert len(heights) == 2 and heights[0] == pytest.approx(2 * heights[1], abs=0.2)
    line = charts.lines([Series("<a>", "#000", (1, 2, None, 3)), Series("b", "#111", (1, 1, 1, 1))], list("abcd"), str)
    assert line.count("<polyline") == 3 and "&lt;a&gt;" in line
