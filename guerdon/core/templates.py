"""Programmes to begin with: a whole document with a few questions, whose answers stand in it."""

from collections.abc import Mapping as ReadMapping
from typing import Final

import msgspec

from guerdon.core import edits, errors
from guerdon.core.documents import Mapping
from guerdon.core.edits import Edit

TEMPLATE_UNKNOWN = errors.declare("unknown", "template_unknown", "key", "known")
QUESTION_UNKNOWN = errors.declare("invalid", "question_unknown", "key", "known")

Names = dict[str, str]


class Question(msgspec.Struct, frozen=True):
    """What a template asks: its answer stands at every pointer of `into`, in every language where it is a name."""

    key: str
    asks: Names
    default: str
    into: tuple[str, ...]


class Template(msgspec.Struct, frozen=True):
    """A programme to begin with."""

    key: str
    name: Names
    about: Names
    document: Mapping
    questions: tuple[Question, ...]

    def filled(self, answers: ReadMapping[str, str]) -> Mapping:
        """The document with the answers; defaults where nothing was answered. Raises `answer_unknown`."""
        known = [one.key for one in self.questions]
        for key in answers:
            if key not in known:
                raise QUESTION_UNKNOWN(key=key[:64], known=", ".join(known))
        made: list[Edit] = []
        for one in self.questions:
            answer = answers.get(one.key, one.default)
            value = int(answer) if answer.isascii() and answer.isdecimal() else answer
            made += [Edit("put", pointer, value) for pointer in one.into]
        return edits.edited(self.document, made)


_NAME: Final = {"en": "What is it called?", "bg": "Как се казва?", "tr": "Adı ne?"}
_KEY: Final = {"en": "Its short key?", "bg": "Краткият му ключ?", "tr": "Kısa anahtarı?"}
_CURRENCY: Final = {"en": "Which currency?", "bg": "Коя валута?", "tr": "Hangi para birimi?"}
_ZONE: Final = {"en": "Which time zone?", "bg": "Коя часова зона?", "tr": "Hangi saat dilimi?"}
_RATE: Final = {
    "en": "How many points for each 1.00 spent?",
    "bg": "По колко точки за всяка похарчена 1,00?",
    "tr": "Harcanan her 1,00 için kaç puan?",
}
_PRICE: Final = {
    "en": "How many points does the first reward cost?",
    "bg": "Колко точки струва първата награда?",
    "tr": "İlk ödül kaç puan?",
}
LANGUAGES: Final = ("en", "bg", "tr")


def questions(key: str, name: str, *, rate: str = "", give: str = "1", price: str = "", costs: str = "100") -> tuple[
    Question, ...
]:  # fmt: skip
    """Those that every template asks, and of the rate and the first reward where it says where they stand."""
    found = [
        Question("key", _KEY, key, ("/programme",)),
        Question("name", _NAME, name, tuple(f"/name/{language}" for language in LANGUAGES)),
        Question("currency", _CURRENCY, "EUR", ("/currency",)),
        Question("zone", _ZONE, "Europe/Sofia", ("/zone",)),
    ]
    if rate:
        found.append(Question("rate", _RATE, give, (rate,)))
    if price:
        found.append(Question("price", _PRICE, costs, (price,)))
    return tuple(found)
