"""The smallest shapes of the grammar: numbers and words, each read, written and described by one class."""

import re
import unicodedata
from enum import Enum
from typing import Final, Generic, TypeVar
from zoneinfo import ZoneInfo

import msgspec

from guerdon.core import documents, limits, money
from guerdon.core.documents import Document, Mapping

V_co = TypeVar("V_co", covariant=True)

SCALE_UNKNOWN: Final = limits.SCALE_MAX  # where the unit is not known, decimals are not a second problem

_NUMBER: Final = re.compile(r"([+-]?)([0-9]{1,20})(?:\.([0-9]{1,12}))?\Z")
_HUGE: Final = 10**21
_NINES: Final = "9" * 20
_KEY: Final = re.compile(r"[a-z0-9][a-z0-9_-]*\Z")


class Wrong(Enum):
    """What a shape answers where it told a problem instead of a value."""

    WRONG = "wrong"


WRONG: Final = Wrong.WRONG


class TooManyProblems(Exception):
    """Stops the reading of a document that is hardly one."""


class Scope:
    """What the whole document says of itself, and the problems found so far."""

    def __init__(
        self,
        *,
        currency: str = "EUR",
        zone: ZoneInfo | None = None,
        languages: tuple[str, ...] = (),
        scales: dict[str, int] | None = None,
        facts: dict[str, dict[str, str]] | None = None,
        currencies: tuple[str, ...] = (),
        keys: dict[str, tuple[str, ...]] | None = None,
    ) -> None:
        self.currency = currency
        self.zone = zone
        self.languages = languages
        self.scales = scales or {}
        self.facts = facts or {}  # the types of the facts of each custom kind
        self.currencies = currencies
        self.keys = keys or {}  # of vouchers, tiers, plans and reward categories: those that are declared
        self.compared = False  # whether the parts have been compared with each other
        self.problems: list[documents.Problem] = []


class At(msgspec.Struct, frozen=True):
    """A place in the document: where it is, and what holds there."""

    scope: Scope
    pointer: str = ""
    step: str = ""  # the last step of the pointer, as it was written
    scale: int = 0  # the decimals of points here
    depth: int = 0
    negated: bool = False  # under an odd number of `not`
    kinds: tuple[str, ...] = ()  # the triggers of the rule around

    def under(self, step: str | int) -> "At":
        return msgspec.structs.replace(self, pointer=documents.under(self.pointer, step), step=str(step))

    def wrong(self, reason: str, message: str, suggestion: str | None = None, *, of_key: bool = False) -> Wrong:
        """Note a problem of this place. Raises TooManyProblems at the last one that is told."""
        found = documents.problem(self.pointer, reason, message, suggestion, of_key=of_key)
        self.scope.problems.append(found)
        if len(self.scope.problems) >= documents.PROBLEMS_MAX:
            raise TooManyProblems
        return WRONG

    def mistyped(self, found: Document, form: str, suggestion: str | None = None) -> Wrong:
        return self.wrong("wrong_type", f"Expected {form}, found {documents.kind_of(found)}.", suggestion)


class Shape(Generic[V_co]):
    """One form of value: it reads a document, writes the value back and describes itself to editors."""

    form: str = "a value"

    def read(self, found: Document, at: At) -> V_co | Wrong:
        raise NotImplementedError

    def write(self, value: object, at: At) -> Document:
        raise NotImplementedError

    def schema(self, defs: Mapping) -> Mapping:
        raise NotImplementedError


class Whole(Shape[int]):
    """A whole number between two bounds."""

    def __init__(self, least: int, most: int) -> None:
        self.least, self.most = least, most
        self.form = f"a whole number, like {max(least, min(10, most))}"

    def read(self, found: Document, at: At) -> int | Wrong:
        if isinstance(found, bool) or not isinstance(found, int):
            return at.mistyped(found, self.form)
        return bounded(found, at, self.least, self.most)

    def write(self, value: object, at: At) -> Document:
        assert isinstance(value, int)
        return value

    def schema(self, defs: Mapping) -> Mapping:
        return {"type": "integer", "minimum": self.least, "maximum": self.most}


def bounded(number: int, at: At, least: int, most: int, *, scale: int = 0) -> int | Wrong:
    """The number, where it lies within its bounds."""
    if number < least:
        told = money.plain(least, scale)
        return at.wrong("too_small", f"The smallest possible number here is {told}.", f"write {told} or more")
    if number > most:
        told = money.plain(most, scale)
        return at.wrong("too_large", f"The largest possible number here is {told}.", f"write {told} or less")
    return number


class Flag(Shape[bool]):
    """Yes or no; `only` allows just one of them."""

    def __init__(self, only: bool | None = None) -> None:
        self.only = only
        self.form = "true or false" if only is None else str(only).lower()

    def read(self, found: Document, at: At) -> bool | Wrong:
        if not isinstance(found, bool) or self.only not in (None, found):
            likely = {"yes": "true", "on": "true", "no": "false", "off": "false"}.get(str(found).lower())
            return at.mistyped(found, self.form, likely and f"write {likely}")
        return found

    def write(self, value: object, at: At) -> Document:
        assert isinstance(value, bool)
        return value

    def schema(self, defs: Mapping) -> Mapping:
        return {"type": "boolean"} if self.only is None else {"const": self.only}


class Word(Shape[str]):
    """One of a few fixed words."""

    def __init__(self, *words: str) -> None:
        self.words = words
        self.form = f"one of {', '.join(words)}"

    def read(self, found: Document, at: At) -> str | Wrong:
        if not isinstance(found, str):
            return at.mistyped(found, self.form)
        if found not in self.words:
            meant = documents.nearest(found, self.words)
            return at.wrong(
                "unknown_word",
                f"“{documents.shortened(found)}” is not possible here; it must be {self.form}.",
                f"did you mean “{meant}”?" if meant else f"write {self.form}",
            )
        return found

    def write(self, value: object, at: At) -> Document:
        assert isinstance(value, str)
        return value

    def schema(self, defs: Mapping) -> Mapping:
        return {"enum": list(self.words)}


class Text(Shape[str]):
    """Free text on one line. `lenient` reads whole numbers as the text they are written as: store numbers."""

    def __init__(self, chars_max: int, *, lenient: bool = False) -> None:
        self.chars_max = chars_max
        self.lenient = lenient
        self.form = "a text"

    def read(self, found: Document, at: At) -> str | Wrong:
        if self.lenient and isinstance(found, int) and not isinstance(found, bool):
            found = str(found)
        if not isinstance(found, str):
            quoted = isinstance(found, bool | int)
            return at.mistyped(found, self.form, f'write "{str(found).lower()}" in quotes' if quoted else None)
        text = unicodedata.normalize("NFC", found)
        if not text.strip():
            return at.wrong("empty", "The text is empty.")
        if any(unicodedata.category(letter) in ("Cc", "Cs") for letter in text):
            return at.wrong("bad_text", "The text has control characters or broken Unicode.", "write it on one line")
        if text != text.strip():
            return at.wrong("bad_text", "The text begins or ends with a blank.", "write it without")
        if len(text) > self.chars_max:
            return at.wrong("too_long", f"The text has {len(text)} characters; {self.chars_max} are possible.")
        return text

    def write(self, value: object, at: At) -> Document:
        assert isinstance(value, str)
        return value

    def schema(self, defs: Mapping) -> Mapping:
        kind: Document = ["string", "integer"] if self.lenient else "string"
        return {"type": kind, "minLength": 1, "maxLength": self.chars_max}


class Key(Shape[str]):
    """A key that programmes, rules, units and kinds are called by."""

    form = "a key of small letters, digits, “_” and “-”"
    pattern = "^[a-z0-9][a-z0-9_-]*$"

    def read(self, found: Document, at: At) -> str | Wrong:
        if not isinstance(found, str):
            return at.mistyped(found, self.form)
        if _KEY.match(found) is None or len(found) > limits.KEY_CHARS_MAX:
            kinder = re.sub(r"[^a-z0-9_-]+", "_", found.lower()).strip("_-")[: limits.KEY_CHARS_MAX]
            return at.wrong(
                "bad_key",
                f"“{documents.shortened(found)}” is not {self.form} (at most {limits.KEY_CHARS_MAX}).",
                f"write “{kinder}”" if kinder else None,
                of_key=True,
            )
        return found

    def write(self, value: object, at: At) -> Document:
        assert isinstance(value, str)
        return value

    def schema(self, defs: Mapping) -> Mapping:
        return {"type": "string", "pattern": self.pattern, "maxLength": limits.KEY_CHARS_MAX}


def digits(found: int | str) -> str:
    """A number as it is written, or as many nines as are too many anyway: Python refuses to write very long ones."""
    return str(found) if isinstance(found, str) or abs(found) < _HUGE else _NINES


def exact(found: Document, at: At, scale: int, form: str, finer: str | None = None) -> int | Wrong:
    """The number in steps of `scale` decimals, read from digits and never through a float.

    `finer` says how a number with more decimals can be told; `{decimals}` in it are those it has.
    """
    if isinstance(found, bool) or not isinstance(found, int | str):
        inexact = isinstance(found, float)
        return at.mistyped(found, form, "write it as text, in quotes" if inexact else None)
    text = digits(found)
    match = _NUMBER.match(text.strip())
    if match is None:
        kinder = text.strip().replace("_", "").replace(" ", "").replace(",", ".")
        hint = f"write {kinder}" if _NUMBER.match(kinder) else f"write {form.rpartition(' ')[2]}"
        return at.wrong("not_a_number", f"“{documents.shortened(text)}” is not {form}.", hint)
    sign, whole, fraction = match.group(1), match.group(2), (match.group(3) or "").rstrip("0")
    if len(fraction) > scale:
        most = "no decimals" if scale == 0 else f"at most {scale} decimals"
        told = f"{text} has too many decimals; {most} are possible here."
        possible = len(fraction) <= limits.SCALE_MAX
        return at.wrong("too_many_decimals", told, finer.format(decimals=len(fraction)) if finer and possible else None)
    number = int(whole + fraction.ljust(scale, "0"))
    return -number if sign == "-" else number


def written(number: int, scale: int) -> Document:
    """The number as a document says it: whole without decimals, exact text with them."""
    return number if scale == 0 else money.plain(number, scale)


def _number_schema(least: int) -> Mapping:
    bound: Mapping = {"exclusiveMinimum": 0} if least > 0 else {"minimum": 0}
    return {"type": ["number", "string"], "pattern": r"^[0-9]+(\.[0-9]+)?$", **bound}


class Amount(Shape[int]):
    """Money of the programme's currency (or of the one `foreign` finds), in minor units."""

    form = "an amount of money, like 12.50"

    def __init__(self, least: int = 1, most: int = limits.MONEY_MAX, *, foreign: bool = False) -> None:
        self.least, self.most = least, most
        self.foreign = foreign

    def read(self, found: Document, at: At) -> int | Wrong:
        decimals = self._decimals(at)
        number = exact(found, at, decimals, self.form)
        return number if isinstance(number, Wrong) else bounded(number, at, self.least, self.most, scale=decimals)

    def write(self, value: object, at: At) -> Document:
        assert isinstance(value, int)
        return written(value, self._decimals(at))

    def schema(self, defs: Mapping) -> Mapping:
        return _number_schema(self.least)

    def _decimals(self, at: At) -> int:
        """Of foreign money: the currency is the step three above, /rates/<currency>/<place>/units."""
        return money.decimals(at.pointer.split("/")[-3] if self.foreign else at.scope.currency)


class Points(Shape[int]):
    """Points of the unit that holds here, in its smallest step."""

    form = "a number of points, like 100"

    def __init__(self, least: int = 1, most: int = limits.POINTS_MAX) -> None:
        self.least, self.most = least, most

    def read(self, found: Document, at: At) -> int | Wrong:
        finer = "give the unit “scale: {decimals}”"
        if at.pointer.endswith("/points/give"):  # so many for so much money
            finer += ", or say it in whole points, as 3 per 2.00"
        number = exact(found, at, at.scale, self.form, finer)
        return number if isinstance(number, Wrong) else bounded(number, at, self.least, self.most, scale=at.scale)

    def write(self, value: object, at: At) -> Document:
        assert isinstance(value, int)
        return written(value, at.scale)

    def schema(self, defs: Mapping) -> Mapping:
        return _number_schema(self.least)
