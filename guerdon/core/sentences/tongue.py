"""A language: its texts, and the few rules of its grammar that no text can hold – numbers, lists, plurals, ordinals."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import ClassVar, Final
from zoneinfo import ZoneInfo

from guerdon.core import money, period
from guerdon.core.programme import Programme, Unit

WORDS_MAX: Final = 8  # of a long list; the others are counted
DECIMALS_MAX: Final = 6

Nouns = dict[str, dict[str, str]]


class Tongue:
    """What every language must bring; English is the one the others are compared with in the tests."""

    code: str
    texts: dict[str, str]
    nouns: ClassVar[Nouns]  # forms of counted things: day, month, piece, line, time …
    kinds: ClassVar[Nouns]  # forms of the kinds of activity; `own` stands for a programme's own kinds, `any` for all
    months: tuple[str, ...]
    weekdays: tuple[str, ...]
    decimal = "."
    thousands = ","
    grouped_from = 4  # digits before the decimal mark
    quotes = ("“", "”")
    inner_quotes = ("‘", "’")

    # --- texts ---

    def say(self, key: str, **facts: str) -> str:
        """The text of the key with its facts filled in."""
        return self.nested(self.texts[key].format(**facts))

    def nested(self, text: str) -> str:
        """The text with other quotation marks inside quotation marks; what does not pair off stays as it is."""
        (begin, end), (inner_begin, inner_end) = self.quotes, self.inner_quotes
        if text.count(begin) < 2 or text.count(begin) != text.count(end):
            return text
        found, depth = "", 0
        for letter in text:
            depth += letter == begin
            inside = depth > 1
            found += inner_begin if inside and letter == begin else inner_end if inside and letter == end else letter
            depth -= letter == end
        return found

    def capital(self, text: str) -> str:
        """The text with a capital first letter."""
        return text[:1].upper() + text[1:]

    def small(self, text: str) -> str:
        """The text with a small first letter."""
        return text[:1].lower() + text[1:]

    def kind(self, key: str | None, programme: Programme) -> dict[str, str]:
        """The forms of a kind's noun, as facts; None is any kind."""
        if key is None:
            return self.kinds["any"]
        known = self.kinds.get(key)
        if known is not None and key not in ("own", "any"):
            return known
        name = self.named(programme.kinds[key].name) if key in programme.kinds else key
        return {form: text.format(name=name) for form, text in self.kinds["own"].items()}

    def named(self, names: dict[str, str]) -> str:
        """The name in this language, or the first there is."""
        return names.get(self.code) or next(iter(names.values()), "")

    # --- numbers and money ---

    def number(self, steps: int, scale: int = 0) -> str:
        """A number of `scale` decimals: whole ones without them, others with all of them."""
        if scale and steps % 10**scale == 0:
            steps, scale = steps // 10**scale, 0
        return self._grouped(money.plain(steps, scale))

    def money(self, minor: int, currency: str) -> str:
        return f"{self._grouped(money.plain(minor, money.decimals(currency)))} {currency}"

    def ratio(self, number: Fraction) -> str:
        """An exact number where it ends within six decimals, else the fraction."""
        if 10**DECIMALS_MAX % number.denominator:
            return f"{number.numerator}/{number.denominator}"
        plain = money.plain(int(number * 10**DECIMALS_MAX), DECIMALS_MAX).rstrip("0").rstrip(".")
        return self._grouped(plain)

    def percent(self, hundredths: int) -> str:
        """Hundredths of a percent, as percent."""
        return self.say("percent", percent=self.ratio(Fraction(hundredths, 100)))

    def _grouped(self, plain: str) -> str:
        sign, digits = ("-", plain[1:]) if plain.startswith("-") else ("", plain)
        whole, _, fraction = digits.partition(".")
        grouped = f"{int(whole):,}".replace(",", self.thousands) if len(whole) >= self.grouped_from else whole
        return sign + grouped + (self.decimal + fraction if fraction else "")

    # --- counting ---

    def form(self, noun: dict[str, str], number: Fraction | int) -> str:
        """The form of a noun after a number."""
        raise NotImplementedError

    def counted(self, number: int, noun: str) -> str:
        return f"{self.number(number)} {self.form(self.nouns[noun], number)}"

    def times(self, number: int) -> str:
        """How often: once, twice, three times."""
        known = self.texts.get(f"times.{number}")
        return known or self.counted(number, "time")

    def unit(self, unit: Unit, number: Fraction | int | None = None) -> str:
        """The unit's name, in the form after a number where one is given."""
        name = self.named(unit.name)
        return name if number is None else self.unit_after(name, number)

    def unit_after(self, name: str, number: Fraction | int) -> str:
        """A name that a programme chose, after a number; known words are bent, all others stay as they are."""
        raise NotImplementedError

    def points(self, steps: int, unit: Unit) -> str:
        """A number of points with the unit's name."""
        return f"{self.number(steps, unit.scale)} {self.unit(unit, Fraction(steps, 10**unit.scale))}"

    def ordinal(self, number: int, kind: dict[str, str]) -> str:
        """The place in a row, as the kind's noun needs it."""
        raise NotImplementedError

    # --- time ---

    def day(self, day: date) -> str:
        return f"{day.day} {self.months[day.month - 1]} {day.year}"

    def moment(self, local: datetime) -> str:
        return f"{self.day(local.date())}, {local:%H:%M}"

    def since(self, start: datetime, zone: ZoneInfo) -> str:
        """The beginning of a period: where it is a local midnight the day that begins there, else the moment."""
        day = period.local_day(start, zone)
        return self.day(day) if period.midnight(day, zone) == start else self.moment(start.astimezone(zone))

    def until(self, end: datetime, zone: ZoneInfo) -> str:
        """The end of a period, which is exclusive: at a local midnight the last day that counts, else the moment.

        Whatever ends is told to people by this, so that nobody reads “until 1 January, 00:00” of a year.
        """
        day = period.local_day(end, zone)
        whole = period.midnight(day, zone) == end
        return self.day(day - timedelta(days=1)) if whole else self.moment(end.astimezone(zone))

    def clock(self, minutes: int) -> str:
        return f"{minutes // 60:02}:{minutes % 60:02}"

    def yearless(self, month: int, day: int) -> str:
        return f"{day} {self.months[month - 1]}"

    def into(self, text: str) -> str:
        """The text after a preposition, where that changes it."""
        return text

    # --- lists ---

    def any_of(self, words: Sequence[str]) -> str:
        return self._joined(words, self.texts["glue.or"])

    def all_of(self, words: Sequence[str]) -> str:
        return self._joined(words, self.texts["glue.and"])

    def _joined(self, words: Sequence[str], glue: str) -> str:
        shown = list(words)
        if len(shown) > WORDS_MAX + 1:
            shown = [*shown[:WORDS_MAX], self.say("others", n=self.number(len(words) - WORDS_MAX))]
        return shown[0] if len(shown) == 1 else ", ".join(shown[:-1]) + glue + shown[-1]
