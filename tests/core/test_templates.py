"""Programmes to begin with: answers stand where they are asked for, thresholds suit the currency, names the readers."""

import pytest

from guerdon.core import templates
from guerdon.core.errors import Refusal
from guerdon.core.templates import Question, Template

NAMES = {"en": "Points", "bg": "Точки", "tr": "Puan"}
DOCUMENT = {
    "programme": "x", "currency": "EUR", "languages": ["en", "bg", "tr"], "name": dict(NAMES), "rate": 1,
    "tiers": {"gold": {"name": dict(NAMES), "from": "12.50", "perks": {"en": 1, "de": 2}}},
}  # fmt: skip
QUESTIONS = (
    Question("key", NAMES, "cafe", ("/programme",)),
    Question("currency", NAMES, "EUR", ("/currency",)),
    Question("rate", NAMES, "3", ("/rate",)),
)
CAFE = Template("cafe", NAMES, NAMES, DOCUMENT, QUESTIONS, ("/tiers/gold/from",))


def test_what_nobody_answered_is_as_usual():
    made = CAFE.filled({})
    assert (made["programme"], made["currency"], made["rate"]) == ("cafe", "EUR", 3)
    assert made["tiers"] == DOCUMENT["tiers"] and made["name"] == NAMES and DOCUMENT["programme"] == "x"


@pytest.mark.parametrize(("answer", "stands"), [("5", 5), ("0.5", "0.5"), ("٣", "٣"), ("many", "many")])
def test_only_a_whole_number_is_one(answer, stands):
    assert CAFE.filled({"rate": answer})["rate"] == stands
    assert CAFE.filled({"key": "5"})["programme"] == "5", "it does not ask for a number"


@pytest.mark.parametrize(("currency", "threshold"), [("EUR", "12.50"), ("GBP", "12.50"), ("BGN", 25), ("TRY", 625)])
def test_thresholds_suit_the_currency(currency, threshold):
    assert CAFE.filled({"currency": currency})["tiers"]["gold"]["from"] == threshold


@pytest.mark.parametrize(("answer", "ends"), [("", "never"), ("6", {"after": {"months": 6}})])
def test_points_whose_months_nobody_says_never_end(answer, ends):
    asks = Question("months", NAMES, "12", ("/units/points/expires/after/months",))
    document = {"units": {"points": {"expires": {"after": {"months": 1}}}}}
    made = Template("x", NAMES, NAMES, document, (asks,)).filled({"months": answer})
    assert made["units"]["points"]["expires"] == ends


def test_names_in_the_languages_alone():
    made = CAFE.filled({}, ["tr", "en"])
    assert made["languages"] == ["en", "tr"]
    assert made["name"] == made["tiers"]["gold"]["name"] == {"en": "Points", "tr": "Puan"}
    assert made["tiers"]["gold"]["perks"] == {"en": 1, "de": 2}, "no names"


def test_what_is_not_asked():
    with pytest.raises(Refusal, match="question_unknown"):
        CAFE.filled({"colour": "red"})


def test_every_template_asks_the_same_first():
    asked = templates.questions("cafe", "Café", rate=("2", "/rate", "/other"))
    assert [one.key for one in asked] == ["key", "name", "currency", "zone", "rate"]
    assert asked[1].into == ("/name/en", "/name/bg", "/name/tr")
    assert (asked[4].default, asked[4].into, asked[4].counts, asked[0].counts) == (
        "2",
        ("/rate", "/other"),
        True,
        False,
    )
