"""The programmes to begin with: their files, what each asks, and the file that the answers make."""

from collections.abc import Mapping
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
        "bg": "Точки за всяка покупка, за добре дошли, и кафе като първа награда.",
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
        "tr": "Bir yıldaki harcamaya göre kademeler; puanlar sipariş geri gönderilemez olana dek bekler.",
    },
    "miles": {
        "en": "Miles that are spent and status miles that lift, as airlines have them.",
        "bg": "Мили за харчене и статусни мили, които издигат, както при авиокомпаниите.",
        "tr": "Havayollarındaki gibi: harcanan miller ve yükselten statü milleri.",
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
# By template: its key and name, what it asks of the rate and the first reward, and what they are by default.
_ASKED: Final = {
    "cafe": templates.questions("cafe", "Café", rate=_GIVE, give="10", price="/rewards/coffee/prices/0/points/points"),
    "grocery": templates.questions(
        "grocery", "Grocery", rate=_GIVE, price="/rewards/five_off/prices/0/points/points", costs="500"
    ),
    "fashion": templates.questions(
        "fashion", "Fashion", rate=_GIVE, price="/rewards/ten_off/prices/0/points/points", costs="200"
    ),
    "miles": templates.questions(
        "miles", "Miles", rate=_GIVE, give="5", price="/rewards/upgrade/prices/0/points/miles", costs="4000"
    ),
    "b2b": templates.questions(
        "b2b", "Partners", price="/rewards/training/prices/0/points/points", costs="2000"
    ),
    "employees": templates.questions("team", "Team", price="/rewards/free_day/prices/0/points/points", costs="300"),
}  # fmt: skip
KEYS: Final = tuple(_ASKED)


def get(key: str) -> Template:
    """One template. Raises `template_unknown`."""
    document = texts.read(source(key)).document
    assert isinstance(document, dict), "a template is a programme"
    names = document["name"]
    assert isinstance(names, dict), "a template has a name in each language"
    return Template(key, {one: str(name) for one, name in names.items()}, _ABOUT[key], document, _ASKED[key])


def source(key: str) -> str:
    """The file of a template, as it is written. Raises `template_unknown`."""
    if key not in KEYS:
        raise TEMPLATE_UNKNOWN(key=key[:64], known=", ".join(KEYS))
    return (_FOLDER / f"{key}.yaml").read_text("utf-8")


def fill(key: str, answers: Mapping[str, str]) -> str:
    """The file that the answers make of a template, comments and all.

    Raises `template_unknown`, `answer_unknown`, and `programme_invalid` where an answer can't stand where it belongs.
    """
    made = rewriting.rewritten(source(key), get(key).filled(answers))
    forms.load(made)
    return made
