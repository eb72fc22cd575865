"""Numbers as people type them into forms: read in one way everywhere, or refused with what to type instead."""

import re
import unicodedata
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NoReturn

from guerdon.core import limits, money, sentences
from guerdon.core.programme import Programme
from guerdon.core.sentences.tongue import DECIMALS_MAX
from guerdon.faces import web, words
from guerdon.faces.visits import Visit

# How people write a currency beside its code. A sign that several share is the programme's own where it is one of them.
_SIGNS: Final = {
    "EUR": ("€",), "BGN": ("лв.", "лв"), "TRY": ("₺", "TL"), "GBP": ("£",), "JPY": ("¥",), "CNY": ("¥",),
    "USD": ("$",), "CAD": ("$",), "AUD": ("$",), "NZD": ("$",), "CHF": ("Fr.", "Fr"), "PLN": ("zł",), "RON": ("lei",),
}  # fmt: skip
_AS_EVER: Final[Mapping[str, str]] = MappingProxyType({})
_MINUS: Final = ("-", "\u2212", "\u2013")
_ONE_MARK: Final = re.compile(r"([0-9]*)[.,]([0-9]*)\Z")
_GROUPED: Final = re.compile(
    r"([0-9]{1,3}(?:(?P<mark>[ '.,])[0-9]{3})(?:(?P=mark)[0-9]{3})*)(?:(?!(?P=mark))[.,]([0-9]*))?\Z"
)
_POWER: Final = re.compile(r"([0-9]{1,20})(?:[.,]([0-9]{1,20}))?[eE]\+?([0-9]{1,4})\Z")
_CODE: Final = re.compile(r"(?<![A-Za-z])[A-Z]{3}(?![A-Za-z])")
_EXACT: Final = re.compile(r"-?[0-9]+\.[0-9]+")
_THREE: Final = 3  # decimals, which look like thousands
_DIGITS_MAX: Final = 20  # more than any amount has


def amount(visit: Visit, text: str | None, *, at: str = "/amount", least: int = 1) -> int:
    """An amount of the programme's currency in minor units. Raises `value_refused` at the field that `at` points to."""
    currency = visit.programme.currency
    return number(text, scale=money.decimals(currency), at=at, currency=currency, least=least)


def points(visit: Visit, text: str | None, unit: str | None, *, at: str = "/points", least: int = 1) -> int:
    """Points of a unit in its smallest steps. Raises `value_refused`, and `unit_unknown` for a unit that is none."""
    scale = visit.programme.unit(unit).scale if unit else 0
    return number(text, scale=scale, at=at, least=least, most=limits.POINTS_MAX)


def marks(currency: str) -> tuple[str, ...]:
    """What may stand beside an amount of the currency: its code and its signs."""
    return (currency, *_SIGNS.get(currency, ())) if currency else ()


def number(
    text: str | None, *, scale: int, at: str, currency: str = "", least: int = 1, most: int = limits.MONEY_MAX,
    otherwise: Mapping[str, str] = _AS_EVER,
) -> int:  # fmt: skip
    """A number of `scale` decimals as an integer, from `least` to `most`.

    Taken are a point or a comma before decimals, marks between thousands where they can mean nothing else, and the sign
    or code of the currency. What could be read in two ways is refused with both. `otherwise` are reasons for
    which the field has others, `no_minus` and `too_large`. Raises `value_refused` at `at`.
    """
    return _Typed(text or "", scale, at, currency, most, otherwise).read(least)


def exact(text: str, *, at: str, fine: bool = True) -> str:
    """A number for the programme file, whose grammar knows how many decimals it has: exact text with a point.

    Where `fine`, three digits behind a single mark are decimals if it is the mark that the reader's language writes
    before decimals, as in 1.125 or 1,125; all else that could be read in two ways is refused. It may have a minus.
    Raises `value_refused` at `at`.
    """
    bare = text.strip()
    minus = bare[:1] in _MINUS
    scale = DECIMALS_MAX if fine else _THREE - 1
    found = _Typed(bare[minus:], scale, at, "", limits.MONEY_MAX, _AS_EVER, _mark())
    return "-" * minus + found.exact()


def shown(text: str) -> str:
    """A number of the programme file as the reader's language writes it into a field."""
    return text.replace(".", _mark()) if _EXACT.fullmatch(text) else text


def fine(programme: Programme) -> bool:
    """Whether three decimals mean something in its amounts: in its currency, or in one of its units."""
    scales = (money.decimals(programme.currency), *[one.scale for one in programme.units.values()])
    return max(scales) >= _THREE


def _mark() -> str:
    return sentences.tongue(words.language()).decimal


class _Typed:
    """One text, and all that is said where it is no number."""

    def __init__(
        self, text: str, scale: int, at: str, currency: str, most: int, otherwise: Mapping[str, str],
        mark: str = "",
    ) -> None:  # fmt: skip
        self.text = text.strip()
        self.scale, self.at, self.currency, self.most, self.otherwise = scale, at, currency, most, otherwise
        self.mark = mark  # the only one that may stand before three decimals; any where it is ""
        self.example = {0: "12", 1: "12.5"}.get(scale, f"12.4{'0' * (scale - 1)}")

    def read(self, least: int) -> int:
        found = self._scaled(*self._digits())
        if found < least:
            self._refuse("not_positive")
        return found

    def exact(self) -> str:
        whole, behind = self._digits()
        whole = whole.lstrip("0") or "0"
        if len(whole) > _DIGITS_MAX:
            self._refuse("too_large", "at_most", str(self.most))
        return f"{whole}.{behind}" if behind else whole

    def _digits(self) -> tuple[str, str]:
        """The digits before and behind the decimal mark of the whole text."""
        if not self.text:
            self._refuse("amount_missing" if self.currency else "missing")
        text = self._bare(self.text)
        if text[:1] in _MINUS:
            self._refuse("no_minus")
        text = _spaced(text.removeprefix("+"))
        if re.fullmatch(r"[0-9.,' ]+", text) is None:
            self._strange(text)
        return self._split(text)

    def _bare(self, text: str) -> str:
        """The same without what says the currency that it is in anyway."""
        for mark in marks(self.currency):
            if text.casefold().startswith(mark.casefold()):
                return text[len(mark) :].strip()
            if text.casefold().endswith(mark.casefold()):
                return text[: -len(mark)].strip()
        return text

    def _split(self, text: str) -> tuple[str, str]:
        """The same of what has digits and marks alone."""
        if text.isdecimal():
            return text, ""
        one, many = _ONE_MARK.match(text), _GROUPED.match(text)
        if one is not None and any(one.groups()):
            whole, behind = one.groups()
            foreign = self.scale < _THREE or self.mark not in ("", text[len(whole)])
            if many is not None and foreign and whole.strip("0"):  # it may as well be a mark of thousands
                self._refuse("not_a_number", "typed_unclear", whole + behind, self._cut(whole, behind))
            return whole or "0", behind
        if many is not None:
            return re.sub(r"[^0-9]", "", many[1]), many[3] or ""
        torn = text.replace(" ", "")
        if torn != text and re.fullmatch(r"[0-9]+([.,][0-9]+)?", torn) is not None:
            self._refuse("not_a_number", "typed_torn", torn.replace(",", "."))
        self._refuse("not_a_number", "typed_marks", self.example)

    def _scaled(self, whole: str, behind: str) -> int:
        whole = whole.lstrip("0") or "0"
        if len(whole) > _DIGITS_MAX or int(whole) * 10**self.scale > self.most:
            self._refuse("too_large", "at_most", money.plain(self.most, self.scale))
        if len(behind.rstrip("0")) > self.scale:
            lower = self._cut(whole, behind)
            upper = money.plain(int(lower.replace(".", "")) + 1, self.scale)
            if self.scale:
                self._refuse("too_many_decimals", "typed_decimals", str(self.scale), lower, upper)
            self._refuse("too_many_decimals", "typed_whole", lower, upper)
        found = int(whole + behind[: self.scale].ljust(self.scale, "0"))
        if found > self.most:
            self._refuse("too_large", "at_most", money.plain(self.most, self.scale))
        return found

    def _cut(self, whole: str, behind: str) -> str:
        """The number without the decimals that are too many."""
        scale = min(self.scale, max(len(behind), 2)) if self.mark else self.scale
        return money.plain(int(whole + behind[:scale].ljust(scale, "0")), scale)

    def _strange(self, text: str) -> NoReturn:
        """Refuse what is not written with digits and marks alone, and say how it would be."""
        usual = "".join([str(unicodedata.decimal(one)) if one.isdecimal() else one for one in text])
        usual = usual.replace("\u066b", ".").replace("\u066c", "")  # the marks that belong to digits of the East
        if usual != text and re.fullmatch(r"[0-9]{1,20}([.,][0-9]{1,6})?", usual) is not None:
            self._refuse("not_a_number", "typed_digits", usual.replace(",", "."))
        power = _POWER.match(text)
        if power is not None:
            self._power(power[1], power[2] or "", int(power[3]))
        codes = {one for one in _CODE.findall(text) if money.known(one)}
        if self.currency and (codes or any(unicodedata.category(one) == "Sc" for one in text)):
            self._refuse("not_a_number", "typed_currency", self.currency)
        inside = re.findall(r"[0-9]+(?:[.,][0-9]+)?", text)
        if len(inside) == 1 and len(inside[0]) <= _DIGITS_MAX and "-" not in text:
            self._refuse("not_a_number", "typed_only", inside[0].replace(",", "."))
        self._refuse("not_a_number", "typed_number", self.example)

    def _power(self, whole: str, behind: str, power: int) -> NoReturn:
        """Refuse a number with a power of ten: the digits are what it means, where they are few enough."""
        if power > _DIGITS_MAX or len(behind) > power or len(whole) + power > _DIGITS_MAX:
            self._refuse("not_a_number", "typed_number", self.example)
        self._refuse("not_a_number", "typed_power", whole + behind.ljust(power, "0"))

    def _refuse(self, reason: str, hint: str = "", *about: str) -> NoReturn:
        told = f"{hint}:{'|'.join(about)}" if hint else ""
        if reason in self.otherwise:
            reason, told = self.otherwise[reason], ""
        raise web.VALUE_REFUSED(pointer=self.at, reason=reason, hint=told)


def _spaced(text: str) -> str:
    """The same with one blank for every blank of print, and one mark for every apostrophe."""
    return re.sub(r"\s", " ", text).replace("\u2019", "'")
