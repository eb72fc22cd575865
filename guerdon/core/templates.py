"""Programmes to begin with: a whole document with a few questions, whose answers stand in it."""

from collections.abc import Mapping as ReadMapping
from collections.abc import Sequence
from fractions import Fraction
from types import MappingProxyType
from typing import Final

import msgspec

from guerdon.core import edits, errors
from guerdon.core.documents import Mapping
from guerdon.core.edits import Edit

TEMPLATE_UNKNOWN = errors.declare("unknown", "template_unknown", "key", "known")
QUESTION_UNKNOWN = errors.declare("invalid", "question_unknown", "key", "known")

Names = dict[str, str]
# How much of a currency is about what one euro is, roundly: thresholds that are sensible in euros are so in it.
ABOUT: Final[ReadMapping[str, int]] = MappingProxyType({
    "ALL": 100, "BGN": 2, "BRL": 6, "CNY": 8, "CZK": 25, "DKK": 8, "EGP": 50, "HUF": 400, "INR": 100, "ISK": 150,
    "JPY": 150, "KRW": 1_500, "MDL": 20, "MKD": 60, "MXN": 20, "NOK": 12, "PLN": 4, "RON": 5, "RSD": 120, "RUB": 100,
    "SEK": 12, "THB": 40, "TRY": 50, "UAH": 50, "VND": 30_000, "ZAR": 20,
})  # fmt: skip


LIFE: Final = "months"  # asks how long points live; left empty they never end
NEVER: Final = "never"


class Question(msgspec.Struct, frozen=True):
    """What a template asks: its answer stands at every pointer of `into`, in every language where it is a name."""

    key: str
    asks: Names
    default: str
    into: tuple[str, ...]

    @property
    def counts(self) -> bool:
        """Whether it asks for a whole number."""
        return self.default.isdecimal()


class Template(msgspec.Struct, frozen=True):
    """A programme to begin with."""

    key: str
    name: Names
    about: Names
    document: Mapping
    questions: tuple[Question, ...]
    thresholds: tuple[str, ...] = ()  # pointers to amounts of what is spent, or of points for it, as they are in euros

    def filled(self, answers: ReadMapping[str, str], languages: Sequence[str] = ()) -> Mapping:
        """The document with the answers, defaults where nothing was answered, and thresholds that suit the currency;
        with names in the languages alone, or in all of them. Raises `question_unknown`."""
        known = [one.key for one in self.questions]
        for key in answers:
            if key not in known:
                raise QUESTION_UNKNOWN(key=key[:64], known=", ".join(known))
        made: list[Edit] = []
        for one in self.questions:
            answer = answers.get(one.key, one.default)
            if one.key == LIFE and not answer:
                made += [Edit("put", pointer.rsplit("/", 2)[0], NEVER) for pointer in one.into]
                continue
            value = int(answer) if one.counts and answer.isascii() and answer.isdecimal() else answer
            made += [Edit("put", pointer, value) for pointer in one.into]
        about = ABOUT.get(answers.get("currency", ""), 1)
        for pointer in self.thresholds if about > 1 else ():
            made.append(Edit("put", pointer, int(Fraction(str(edits.part(self.document, pointer))) * about)))
        found = edits.edited(self.document, made)
        return _spoken(found, languages) if languages else found


def _spoken(document: Mapping, languages: Sequence[str]) -> Mapping:
    """The document with names in these languages alone."""
    found: Mapping = {}
    for key, value in document.items():
        if isinstance(value, dict):
            if set(value) == set(LANGUAGES):
                found[key] = {one: value[one] for one in LANGUAGES if one in languages}
            else:
                found[key] = _spoken(value, languages)
        else:
            found[key] = value
    if "languages" in found:
        found["languages"] = [one for one in LANGUAGES if one in languages]
    return found


_NAME: Final = {"en": "What is it called?", "bg": "Как се казва?", "tr": "Adı ne?"}
_KEY: Final = {"en": "Its short key?", "bg": "Краткият му ключ?", "tr": "Kısa anahtarı?"}
_CURRENCY: Final = {"en": "Which currency?", "bg": "Коя валута?", "tr": "Hangi para birimi?"}
_ZONE: Final = {"en": "Which time zone?", "bg": "Коя часова зона?", "tr": "Hangi saat dilimi?"}
LANGUAGES: Final = ("en", "bg", "tr")
# The numbers of a programme, which a template asks for where it has them.
NUMBERS: Final[dict[str, Names]] = {
    "rate": {
        "en": "How many points for each 1.00 spent?",
        "bg": "По колко точки за всяка похарчена 1,00?",
        "tr": "Harcanan her 1,00 için kaç puan?",
    },
    "per": {
        "en": "One point for each how much spent?",
        "bg": "Една точка за всеки колко похарчени?",
        "tr": "Ne kadar harcamaya bir puan?",
    },
    "worth": {
        "en": "How many points are worth 1.00?",
        "bg": "Колко точки струват 1,00?",
        "tr": "Kaç puan 1,00 değerinde?",
    },
    "months": {
        "en": "After how many months do points end?",
        "bg": "След колко месеца изтичат точките?",
        "tr": "Puanlar kaç ay sonra sona erer?",
    },
    "idea": {
        "en": "How many points for an idea?",
        "bg": "Колко точки за идея?",
        "tr": "Bir fikre kaç puan?",
    },
    "year": {
        "en": "How many points for a year of service?",
        "bg": "Колко точки за година служба?",
        "tr": "Bir hizmet yılına kaç puan?",
    },
    "price": {
        "en": "How many points does the first reward cost?",
        "bg": "Колко точки струва първата награда?",
        "tr": "İlk ödül kaç puan?",
    },
}


def questions(key: str, name: str, **numbers: tuple[str, ...]) -> tuple[Question, ...]:
    """Those that every template asks, then its numbers: by their key the default, and the pointers where it stands."""
    return (
        Question("key", _KEY, key, ("/programme",)),
        Question("name", _NAME, name, tuple(f"/name/{language}" for language in LANGUAGES)),
        Question("currency", _CURRENCY, "EUR", ("/currency",)),
        Question("zone", _ZONE, "Europe/Sofia", ("/zone",)),
        *(Question(one, NUMBERS[one], default, tuple(into)) for one, (default, *into) in numbers.items()),
    )
