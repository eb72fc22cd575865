"""Refusals tell money in its currency and times in the programme's zone, as people write them."""

import re
from datetime import datetime

import pytest

from guerdon.core import errors, paying
from guerdon.core.ledger import INSUFFICIENT_POINTS
from guerdon.core.vouchers import VOUCHER_EXPIRED
from guerdon.faces import refusals, visits
from guerdon.faces.api import (
    examples,
    routes,  # noqa: F401 - whatever the API may refuse is declared
)
from guerdon.faces.refusals import amounts, people
from guerdon.features.programmes import forms
from tests import shop

OVER = VOUCHER_EXPIRED(code="EJHP-7KTH-DAHCP", until="2026-12-04T22:00:00+00:00")


@pytest.fixture(scope="module")
def cafe():
    credit = {"kind": "money", "name": {"en": "credit"}, "scale": 2, "expires": "never"}
    found = forms.read_document(shop.document("cafe", units={"points": shop.POINTS, "credit": credit})).programme
    assert found is not None and (found.zone.key, found.currency) == ("Europe/Sofia", "EUR")
    return found


@pytest.mark.parametrize(
    ("language", "when"),
    [("en", "until 4 December 2026."), ("bg", "до 4 декември 2026 г."), ("tr", "4 Aralık 2026 tarihine kadar")],
)
def test_an_end_at_midnight_is_told_as_its_last_day(cafe, language, when):
    told = refusals.tell(OVER, language, cafe).cause
    assert when in told and "00:00" not in told
    assert refusals.speaks_of_programme(OVER)


def test_an_end_within_a_day_keeps_its_time(cafe):
    noon = VOUCHER_EXPIRED(code="EJHP-7KTH-DAHCP", until="2026-12-04T10:00:00+00:00")
    assert "until 4 December 2026, 12:00." in refusals.tell(noon, "en", cafe).cause


# Neither ends nor beginnings: instants at which something is or was, and facts that are a day, a month or a text.
OTHERS = {
    "activity_before_programme": {"occurred_at"}, "activity_in_future": {"occurred_at", "now"},
    "clock_backwards": {"now"}, "draft_in_past": {"now"}, "figures_period_invalid": {"since", "until"},
    "month_before_programme": {"first"}, "months_invalid": {"since", "until"}, "programme_invalid": {"first"},
    "simulation_period_invalid": {"since", "until", "first"}, "what_if_period": {"since", "until"},
}  # fmt: skip


def _is_instant(fact):
    try:
        return datetime.fromisoformat(str(fact)).tzinfo is not None
    except ValueError:
        return False


@pytest.mark.parametrize("language", refusals.LANGUAGES)
def test_no_refusal_tells_midnight(cafe, language):
    """Every instant of a refusal is the end of a period, its beginning, or one of the few moments that are neither."""
    seen = set()
    for code, kind in errors.declared().items():
        facts = {name: examples.FACTS.get(name, "") for name in kind.facts}
        instants = {name for name, fact in facts.items() if "T" in str(fact) and _is_instant(fact)}
        known = {table[code] for table in (amounts.ENDS, amounts.STARTS) if code in table}
        assert instants == known | OTHERS.get(code, set()), code
        if known:
            seen.add(code)
            midnight = dict.fromkeys(known, "2026-12-04T22:00:00+00:00")
            told = refusals.tell(kind(**facts | midnight), language, cafe)
            assert "00:00" not in told.cause, code
            assert ("4" if code in amounts.ENDS else "5") in told.cause, code
    assert seen == amounts.ENDS.keys() | amounts.STARTS.keys()


def test_without_a_programme_a_time_says_where(cafe):
    assert "EJHP-7KTH-DAHCP" in refusals.tell(VOUCHER_EXPIRED(code="EJHP7KTHDAHCP", until=""), "en").cause
    assert "4 December 2026, 22:00 (UTC)" in refusals.tell(OVER, "en").cause
    there = VOUCHER_EXPIRED(code="X", until="2026-12-04T22:00:00+02:00")
    assert "4 December 2026, 22:00 (+02:00)" in refusals.tell(there, "en").cause


def test_money_has_its_currency(cafe):
    much = paying.PAYS_TOO_MUCH(unit="points", amount=123_400, limit=450)
    assert "1,234.00 EUR were to be" in refusals.tell(much, "en", cafe).cause
    assert (
        "4,50 EUR" in refusals.tell(much, "bg", cafe).cause and "1.234,00 EUR" in refusals.tell(much, "tr", cafe).cause
    )
    assert "450 minor units" in refusals.tell(much, "en").cause


def test_money_that_is_short_is_not_called_points(cafe):
    short = INSUFFICIENT_POINTS(unit="credit", asked=999_999, available=0)
    for language in refusals.LANGUAGES:
        told = refusals.tell(short, language, cafe)
        assert not any(word in (told.title + told.detail).lower() for word in ("point", "точк", "puan"))
    assert "points" in refusals.tell(INSUFFICIENT_POINTS(unit="points", asked=9, available=0), "en", cafe).title


@pytest.mark.parametrize(
    "code",
    ("kpi_unknown", visits.RIGHT_MISSING.code, "draft_begun", "draft_changed", "draft_outdated", "segment_outdated"),
)
def test_a_page_speaks_to_people_where_the_api_speaks_of_keys_and_rights(code):
    facts = {"kpi": "profit", "known": "members", "right": "members:write", "role": "support", "expected": 3, "got": 2,
             "base": 1, "newest": 2, "draft": "drf_1", "pointers": "/rules/1"}  # fmt: skip
    kind = errors.declared()[code]
    refusal = kind(**{name: facts[name] for name in kind.facts})
    told = {language: people.told(refusal, language).detail for language in refusals.LANGUAGES}
    assert len(set(told.values())) == len(told)
    for detail in told.values():
        assert not re.search(r"profit|members|support|\d", detail), detail
