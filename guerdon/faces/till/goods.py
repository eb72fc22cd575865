"""The goods of a purchase, where rules or vouchers ask for them: lines beside the total, whose rest is other goods."""

from collections.abc import Iterator
from typing import Final, get_args
from urllib.parse import urlencode

import msgspec

from guerdon.core import conditions, limits, money, sentences
from guerdon.core.activities import ACTIVITY_INVALID, PURCHASE, Line
from guerdon.core.conditions import LineChoice, LineIs
from guerdon.core.errors import Refusal
from guerdon.core.vouchers import Voucher
from guerdon.faces import posted, typed, web
from guerdon.faces.design.shapes import Choice
from guerdon.faces.till import device
from guerdon.faces.visits import Visit

MINUS: Final = "minus"  # why an amount is none that is rather something to be taken back
_SAID: Final = {"no_minus": MINUS, "too_large": "more_than_a_sale"}  # what a cashier is told of these instead
_KINDS: Final[tuple[LineChoice, ...]] = get_args(LineChoice)


class Basket(msgspec.Struct, frozen=True):
    """What is bought: the total in minor units, and its lines where some were told."""

    total: int
    lines: tuple[Line, ...] = ()

    @property
    def amount(self) -> int | None:
        """The total as an activity tells it: beside lines it is their sum."""
        return None if self.lines else self.total

    @property
    def kept(self) -> str:
        """The lines as a form carries them on."""
        return msgspec.json.encode(self.lines).decode() if self.lines else ""


class Column(msgspec.Struct, frozen=True):
    """One word of a line that can be said: one of a few, or anything that is scanned or typed."""

    name: str
    label: str
    value: str
    choices: tuple[Choice, ...] = ()
    known: tuple[Choice, ...] = ()  # what is suggested where anything can be said


class Row(msgspec.Struct, frozen=True):
    """A line as it was typed, and what is wrong with its figures."""

    number: int
    columns: tuple[Column, ...]
    quantity: str
    amount: str
    quantity_fault: str = ""
    amount_fault: str = ""


class Offered(msgspec.Struct, frozen=True):
    """Goods by their name, and where they become a line."""

    name: str
    address: str


def asked(visit: Visit) -> dict[LineChoice, tuple[str, ...]]:
    """The words of goods that rules for purchases and vouchers know, by what they are words of."""
    found: dict[LineChoice, set[str]] = {}
    for one in _leaves(visit):
        found.setdefault(one.what, set()).update(one.any_of | one.none_of)
    return {what: tuple(sorted(found[what])) for what in _KINDS if what in found}


def _leaves(visit: Visit) -> Iterator[LineIs]:
    programme = visit.programme
    for rule in programme.rules:
        if PURCHASE in rule.when:
            yield from conditions.words_of(rule.where)
            yield from conditions.words_asked(rule.condition)
    given = [voucher for reward in programme.rewards.values() if (voucher := programme.given_by(reward)) is not None]
    for voucher in (*programme.vouchers.values(), *given):
        yield from _taken_off(voucher)
        yield from conditions.words_asked(voucher.condition)


def _taken_off(voucher: Voucher) -> Iterator[LineIs]:
    """The words of the goods that a voucher is for."""
    yield from conditions.words_of(voucher.where)
    if voucher.product is not None:
        yield LineIs("product", frozenset({voucher.product}))


def offered(visit: Visit, voucher: Voucher) -> tuple[Offered, ...]:
    """The goods that a voucher is for, each with the address of the page on which they are a line."""
    found = {(one.what, key): None for one in _taken_off(voucher) for key in sorted(one.any_of)}
    told = visit.request.GET.copy()
    addresses = []
    for what, key in list(found)[: limits.TILL_LINES_MAX]:
        told[f"{what}.1"] = key
        addresses.append(Offered(sentences.word(what, key, visit.programme, visit.language), f"?{told.urlencode()}"))
        del told[f"{what}.1"]
    return tuple(addresses)


def any_in(visit: Visit) -> bool:
    """Whether lines were filled in, or are asked for."""
    return bool(_numbers(visit)) or "more" in visit.request.GET


def rows(visit: Visit, *, judged: bool) -> tuple[Row, ...]:
    """The lines to be filled in: those that were, or one, and one more where it is asked for; none where nothing asks
    for goods. What is wrong with them is said where they are `judged`, and not while they are still filled in."""
    words = asked(visit)
    if not words:
        return ()
    told = visit.request.GET
    numbers = _numbers(visit)
    most = min(limits.TILL_LINES_MAX, max([1, *numbers]) + ("more" in told))
    return tuple([_row(visit, number, words, judged=judged) for number in range(1, most + 1)])


def _row(visit: Visit, number: int, words: dict[LineChoice, tuple[str, ...]], *, judged: bool) -> Row:
    told = visit.request.GET
    columns = tuple([_column(visit, what, number, known) for what, known in words.items()])
    row = Row(number, columns, told.get(f"quantity.{number}", ""), told.get(f"amount.{number}", ""))
    if not judged:
        return row
    try:
        _line(visit, number)
    except Refusal as refusal:
        of_quantity = refusal.facts["pointer"] == f"/quantity.{number}"
        fault = posted.fault(refusal, visit.language)
        return msgspec.structs.replace(row, **{"quantity_fault" if of_quantity else "amount_fault": fault})
    return row


def _column(visit: Visit, what: LineChoice, number: int, known: tuple[str, ...]) -> Column:
    """Products are scanned, or typed; of all else there are few."""
    name, label = f"{what}.{number}", visit.say(f"till.{what}")
    value = visit.request.GET.get(name, "")
    if what == "product":
        named = [Choice(one, sentences.word(what, one, visit.programme, visit.language)) for one in known]
        return Column(name, label, value, known=tuple(named))
    called = [Choice(one, sentences.word(what, one, visit.programme, visit.language)) for one in known]
    return Column(name, label, value, (Choice("", visit.say("till.other_goods")), *called))


def read(visit: Visit) -> Basket:
    """What was typed: a total, lines, or both. Raises `value_refused` and `activity_invalid`."""
    lines = tuple([_line(visit, number) for number in sorted(_numbers(visit))])
    together = sum([line.amount for line in lines])
    text = visit.request.GET.get("amount", "")
    total = together if lines and not text.strip() else amount(visit, text)
    if not total:
        raise web.VALUE_REFUSED(pointer="/amount", reason="not_positive", hint="")
    if lines and total < together:
        raise ACTIVITY_INVALID(pointer="/amount", reason="less_than_lines")
    return Basket(total, (*lines, Line(total - together)) if lines and total > together else lines)


def carried(visit: Visit, text: str, kept: str | None) -> Basket:
    """What a form has carried on. Raises `value_refused`."""
    lines = () if kept is None else posted.carried(kept, tuple[Line, ...])
    basket = Basket(sum([line.net for line in lines]) if lines else amount(visit, text), lines)
    if not basket.total:
        raise web.VALUE_REFUSED(pointer="/amount", reason="not_positive", hint="")
    return basket


def amount(visit: Visit, text: str, *, at: str = "/amount") -> int:
    """An amount as a cashier types it, in minor units. Raises `value_refused`."""
    currency = visit.programme.currency
    scale = money.decimals(currency)
    return typed.number(
        text, scale=scale, at=at, currency=currency, least=0, most=10 ** (limits.TILL_DIGITS_MAX + scale) - 1,
        otherwise=_SAID,
    )  # fmt: skip


def query(visit: Visit, basket: Basket, *, sale: str) -> str:
    """A basket as the page that previews it is asked."""
    told = {"amount": plain(visit, basket.total), device.SALE: sale}
    for number, line in enumerate(basket.lines, 1):
        words = {
            "product": line.product,
            "category": line.category,
            "brand": line.brand,
            "tag": next(iter(line.tags), None),
        }
        told |= {f"{what}.{number}": word for what, word in words.items() if word is not None}
        told |= {f"quantity.{number}": str(line.quantity), f"amount.{number}": plain(visit, line.net)}
    return urlencode(told)


def plain(visit: Visit, minor: int) -> str:
    """Minor units as they are typed."""
    return money.plain(minor, money.decimals(visit.programme.currency))


def _numbers(visit: Visit) -> set[int]:
    """The lines in which something was filled in."""
    told = visit.request.GET
    return {
        number
        for number in range(1, limits.TILL_LINES_MAX + 1)
        if any(told.get(f"{name}.{number}", "").strip() for name in (*_KINDS, "amount"))
    }


def _line(visit: Visit, number: int) -> Line:
    def said(name: str) -> str | None:
        return visit.request.GET.get(f"{name}.{number}", "").strip() or None

    told, pieces = said("amount"), said("quantity") or "1"
    if told is None and not any(said(what) for what in _KINDS):
        return Line(0)
    quantity = typed.number(pieces, scale=0, at=f"/quantity.{number}", most=limits.QUANTITY_MAX)
    tag = said("tag")
    return Line(
        amount(visit, told or "", at=f"/amount.{number}"), product=said("product"), category=said("category"),
        brand=said("brand"), tags=() if tag is None else (tag,), quantity=quantity,
    )  # fmt: skip
