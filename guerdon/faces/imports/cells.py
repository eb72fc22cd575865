"""Readers of single cells: the text of a CSV cell or the typed value of a Parquet cell becomes a value, or is wrong."""

import re
import unicodedata
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from math import isfinite
from typing import Any, Final
from zoneinfo import ZoneInfo

from guerdon.core import errors, limits, money
from guerdon.core.activities import FactValue
from guerdon.faces.imports import instants
from guerdon.faces.imports.faults import Wrong
from guerdon.faces.imports.mapping import Money, Time

Reader = Callable[[Any], Any]

KEPT_ANSWERS_MAX: Final = 20_000
KEPT_CHARS_MAX: Final = 64
_CONTROL: Final = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_GROUPED: Final = re.compile(r"[+-]?\d{1,3}(?:_\d{3})*(?:\.\d*)?\Z")
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_TRUE: Final = frozenset({"true", "yes", "y", "t", "1"})
_FALSE: Final = frozenset({"false", "no", "n", "f", "0"})


class Kept(dict[Any, Any]):
    """A reader that remembers its answers, because most columns repeat few values; bounded."""

    def __init__(self, read: Reader) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, cell: Any) -> Any:
        answer = self._read(cell)
        if type(cell) is not str or len(cell) <= KEPT_CHARS_MAX:
            if len(self) >= KEPT_ANSWERS_MAX:
                self.clear()
            self[cell] = answer
        return answer


def kept(read: Reader) -> Reader:
    """The same reader with a bounded memory."""
    return Kept(read).__getitem__


def text(chars_max: int) -> Reader:
    """A trimmed text in Unicode's composed form; None for an empty cell."""

    def read(cell: Any) -> str | None:
        if cell is None:
            return None
        plain = (cell if isinstance(cell, str) else _whole_text(cell)).strip()
        if not plain:
            return None
        if _CONTROL.search(plain):
            raise Wrong("control_character")
        if not plain.isascii():
            plain = unicodedata.normalize("NFC", plain)
        if len(plain) > chars_max:
            raise Wrong("too_long")
        return plain

    return read


def needed(read: Reader) -> Reader:
    """The reader, with an empty cell being wrong."""

    def read_needed(cell: Any) -> Any:
        value = read(cell)
        if value is None:
            raise Wrong("empty")
        return value

    return read_needed


def _whole_text(cell: Any) -> str:
    """Numbers that name something, customer 1234 or 1234.0; nothing else is taken for a text."""
    if isinstance(cell, bool):
        raise Wrong("wrong_type")
    if isinstance(cell, int):
        return str(cell)
    if isinstance(cell, float | Decimal) and cell == cell // 1:
        return str(int(cell))
    raise Wrong("wrong_type")


def amount(way: Money, decimals: int) -> Reader:
    """Money in minor units of a currency with so many decimals, exactly; None for an empty cell."""
    scale = 0 if way.unit == "minor" else decimals

    def read(cell: Any) -> int | None:
        if cell is None or cell == "":
            return None
        if isinstance(cell, str):
            return _scaled(_plain_number(cell, way), scale)
        return _scaled_number(cell, scale)

    return read


def _plain_number(cell: str, way: Money) -> str:
    """The number with a decimal point and without separators of thousands, which must stand where they belong."""
    plain = cell.strip()
    if way.thousands and way.thousands in plain:
        plain = plain.replace(way.thousands, "_")
        if way.decimal != ".":
            plain = plain.replace(".", "?").replace(way.decimal, ".")
        if not _GROUPED.match(plain):
            raise Wrong("not_a_number")
        return plain.replace("_", "")
    return plain if way.decimal == "." else plain.replace(".", "?").replace(way.decimal, ".")


def _scaled(plain: str, scale: int) -> int:
    try:
        return money.scaled(plain, scale)
    except errors.Refusal as refusal:
        reason = str(refusal.facts["reason"])
        raise Wrong("out_of_range" if reason == "too_large" else reason) from None


def _scaled_number(cell: Any, scale: int) -> int:
    if isinstance(cell, bool) or not isinstance(cell, int | float | Decimal):
        raise Wrong("wrong_type")
    if isinstance(cell, float) and not isfinite(cell):
        raise Wrong("not_a_number")
    large = cell * 10**scale
    whole = round(large)
    if abs(whole) > limits.MONEY_MAX:
        raise Wrong("out_of_range")
    # 3.18 is not exact as a binary number; a difference in the last binary digits is not a hidden decimal.
    if abs(large - whole) > (1e-6 + abs(whole) * 1e-12 if isinstance(cell, float) else 0):
        raise Wrong("too_many_decimals")
    return int(whole)


def quantity(way: Money, *, fraction_is_one: bool) -> Reader:
    """A whole number of pieces; what is weighed (0.350) counts as one piece where the mapping says so."""
    pieces = amount(Money(decimal=way.decimal, thousands=way.thousands), 0)

    def read(cell: Any) -> int | None:
        try:
            count: int | None = pieces(cell)
        except Wrong as wrong:
            if wrong.reason != "too_many_decimals":
                raise
            if not fraction_is_one:
                raise Wrong("not_an_integer") from None
            return -1 if str(cell).lstrip().startswith("-") else 1
        if count is not None and abs(count) > limits.QUANTITY_MAX:
            raise Wrong("out_of_range")
        return count

    return read


def currency(cell: Any) -> str | None:
    """An ISO 4217 code, in capitals."""
    code = text(limits.KEY_CHARS_MAX)(cell)
    if code is not None and not money.known(code.upper()):
        raise Wrong("currency_unknown")
    return code.upper() if code is not None else None


def instant(way: Time, zone: ZoneInfo) -> Reader:
    """The instant something happened at, aware, in UTC; None for an empty cell."""

    def read(cell: Any) -> datetime | None:
        if cell is None or cell == "":
            return None
        try:
            told = _moment(cell, way)
            if told.tzinfo is not None:
                return told.astimezone(UTC)
            return instants.resolve(told, zone, twice=way.twice, missing=way.missing)
        except (ValueError, OverflowError):
            raise Wrong("not_a_time") from None

    return read


def _moment(cell: Any, way: Time) -> datetime:
    if isinstance(cell, datetime):
        return cell
    if isinstance(cell, date):
        return datetime(cell.year, cell.month, cell.day)  # noqa: DTZ001 - the zone of the file is put on by the caller
    if way.format in ("unix", "unix_ms"):
        number = int(cell) if not isinstance(cell, bool) else _refused()
        return _EPOCH + (timedelta(seconds=number) if way.format == "unix" else timedelta(milliseconds=number))
    if not isinstance(cell, str):
        raise Wrong("wrong_type")
    if way.format == "iso":
        return datetime.fromisoformat(cell.strip())
    return datetime.strptime(cell.strip(), way.format)  # noqa: DTZ007 - the zone of the file is put on by the caller


def _refused() -> int:
    raise Wrong("wrong_type")


def fact(kind: str) -> Reader:
    """A fact of the declared type: text, integer or boolean."""
    if kind == "text":
        return text(limits.TEXT_CHARS_MAX)
    return _integer if kind == "integer" else _boolean


def _integer(cell: Any) -> FactValue | None:
    if cell is None or cell == "":
        return None
    number = _scaled(cell.strip(), 0) if isinstance(cell, str) else _scaled_number(cell, 0)
    return number


def _boolean(cell: Any) -> FactValue | None:
    if cell is None or cell == "":
        return None
    if isinstance(cell, bool):
        return cell
    word = str(cell).strip().lower()
    if word in _TRUE or word in _FALSE:
        return word in _TRUE
    raise Wrong("not_a_boolean")
