"""The programmes to begin with: their files, what each asks, and the file that the answers make."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import guerdon
from guerdon.core import templates
from guerdon.core.templates import TEMPLATE_UNKNOWN, Template
from guerdon.features.programmes import documents as texts
from guerdon.features.programmes import forms, rewriting

_FOLDER: Final = Path(guerdon.__file__).parent / "demo" / "templates"
_GIVE: Final = "/rules/base/then/0/points/give"
_ABOUT: Final[dict[str, dict[str, str]]] = {
    "cafe": {
        "en": "Points for every purchase, a welcome, and a coffee as the first reward.",
        "bg": "Точки за всяка покупка, подарък за добре дошли и кафе като първа награда.",
        "tr": "Her alışverişte puan, bir hoş geldin ve ilk ödül olarak bir kahve.",
    },
    "grocery": {
        "en": "Points on what is spent, twice on own brands, money off as the reward.",
        "bg": "Точки за похарченото, двойно за собствени марки, отстъпка като награда.",
        "tr": "Harcamaya puan, kendi markalarda iki kat, ödül olarak indirim.",
    },
    "fashion": {
        "en": "Tiers by what is spent in a year; points wait until an order can't be sent back.",
        "bg": "Нива според похарченото за година; точките чакат, докато поръчката не може да се върне.",
        "tr": "Bir yıldaki harcamaya göre seviyeler; puanlar sipariş geri gönderilemez olana dek bekler.",
    },
    "miles": {
        "en": "Miles to spend and status miles that lead to a higher tier, as airlines have them.",
        "bg": "Мили за харчене и статусни мили, които водят до по-високо ниво, както при авиокомпаниите.",
        "tr": "Havayollarındaki gibi: harcanan miller ve daha yüksek seviyeye götüren statü milleri.",
    },
    "b2b": {
        "en": "Points on orders that are spent once the order is delivered; more for large ones.",
        "bg": "Точки за поръчки, налични след доставка; повече за големите.",
        "tr": "Siparişlere, teslimden sonra harcanan puanlar; büyük siparişlere fazlası.",
    },
    "employees": {
        "en": "Points for ideas and for years of service, a free afternoon as the first reward.",
        "bg": "Точки за идеи и за години служба, свободен следобед като първа награда.",
        "tr": "Fikirler ve hizmet yılları için puan, ilk ödül olarak serbest bir öğleden sonra.",
    },
}
_LIFE: Final = "/units/points/expires/rolling/months"
# By template: its key and name, and the numbers that it asks for, with what they are by default and where they stand.
_ASKED: Final = {
    "cafe": templates.questions(
        "cafe", "Café", rate=("10", _GIVE), months=("12", _LIFE),
        price=("100", "/rewards/coffee/prices/0/points/points")
    ),
    "grocery": templates.questions(
        "grocery", "Grocery", rate=("1", _GIVE), worth=("100", "/units/points/worth/points"), months=("18", _LIFE),
        price=("500", "/rewards/five_off/prices/0/points/points"),
    ),
    "fashion": templates.questions(
        "fashion", "Fashion", rate=("1", _GIVE), months=("12", _LIFE),
        price=("200", "/rewards/ten_off/prices/0/points/points"),
    ),
    "miles": templates.questions(
        "miles", "Miles", rate=("5", _GIVE, "/rules/status/then/0/points/give"),
        months=("36", "/units/miles/expires/sliding/months"), price=("4000", "/rewards/upgrade/prices/0/points/miles"),
    ),
    "b2b": templates.questions(
        "b2b", "Partners", per=("10.00", "/rules/base/then/0/points/per"), months=("24", _LIFE),
        price=("2000", "/rewards/training/prices/0/points/points"),
    ),
    "employees": templates.questions(
        "team", "Team", idea=("50", "/rules/idea/then/0/fixed/give"),
        year=("500", "/rules/anniversary/then/0/fixed/give"),
        price=("300", "/rewards/free_day/prices/0/points/points"),
    ),
}  # fmt: skip
KEYS: Final = tuple(_ASKED)
_STEPS: Final = "/rules/large/then/0/table/steps"
_THRESHOLDS: Final = {
    "fashion": ("/tiers/status/levels/silver/from", "/tiers/status/levels/gold/from"),
    "miles": ("/tiers/club/levels/silver/from", "/tiers/club/levels/gold/from"),
    "b2b": (f"{_STEPS}/0/amount_min", f"{_STEPS}/1/amount_min"),
}


def get(key: str) -> Template:
    """One template. Raises `template_unknown`."""
    document = texts.read(source(key)).document
    assert isinstance(document, dict), "a template is a programme"
    names = document["name"]
    assert isinstance(names, dict), "a template has a name in each language"
    return Template(
        key,
        {one: str(name) for one, name in names.items()},
        _ABOUT[key],
        document,
        _ASKED[key],
        _THRESHOLDS.get(key, ()),
    )


def source(key: str) -> str:
    """The file of a template, as it is written. Raises `template_unknown`."""
    if key not in KEYS:
        raise TEMPLATE_UNKNOWN(key=key[:64], known=", ".join(KEYS))
    return (_FOLDER / f"{key}.yaml").read_text("utf-8")


def fill(key: str, answers: Mapping[str, str], languages: Sequence[str] = ()) -> str:
    """The file that the answers make of a template, comments and all; with names in the languages, or in all of them.

    Raises `template_unknown`, `question_unknown`, and `programme_invalid` where an answer can't stand where it belongs.
    """
    made = filled(key, answers, languages)
    forms.load(made)
    return made


def filled(key: str, answers: Mapping[str, str], languages: Sequence[str] = ()) -> str:
    """The same, which may be no programme yet: whoever asked the questions tells what is wrong with the answers."""
    return rewriting.rewritten(source(key), get(key).filled(answers, languages))
