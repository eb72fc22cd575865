"""What a value should have been, in plain words: the hint of `value_refused` in every language."""

from typing import Final

from guerdon.core import limits

# hint, or hint:what it is about → how it is said; a kind of value, or several joined by |, is said by TYPES.
HINTS: Final[dict[str, dict[str, str]]] = {
    "en": {
        "type": "send {0}",
        "minor_units": "send whole minor units: 1250 for 12.50",
        "no_such_day": "the day {0} does not exist",
        "all_missing": "these are missing: {0}",
        "at_least": "send {0} or more",
        "at_most": "send {0} or less",
        "shortest": "send a text of length {0} or more",
        "longest": "send a text of length {0} or less",
        "fewest": "it needs {0} or more",
        "most": "there may be {0} or fewer",
    },
    "bg": {
        "type": "изпратете {0}",
        "minor_units": "изпратете сумата като цяло число в най-малките парични единици: 1250 за 12,50",
        "no_such_day": "денят {0} не съществува",
        "all_missing": "липсват: {0}",
        "at_least": "изпратете {0} или повече",
        "at_most": "изпратете {0} или по-малко",
        "shortest": "изпратете текст с дължина поне {0}",
        "longest": "изпратете текст с дължина най-много {0}",
        "fewest": "нужни са поне {0}",
        "most": "може да са най-много {0}",
    },
    "tr": {
        "type": "{0} gönderin",
        "minor_units": "tutarı en küçük para biriminde tam sayı olarak gönderin: 12,50 için 1250",
        "no_such_day": "{0} diye bir gün yok",
        "all_missing": "şunlar eksik: {0}",
        "at_least": "{0} ya da daha büyük bir sayı gönderin",
        "at_most": "{0} ya da daha küçük bir sayı gönderin",
        "shortest": "en az {0} karakter gerekli",
        "longest": "en çok {0} karakter olabilir",
        "fewest": "en az {0} tane gerekli",
        "most": "en çok {0} tane olabilir",
    },
}

TYPES: Final[dict[str, dict[str, str]]] = {
    "en": {
        "int": "a whole number",
        "float": "a number",
        "str": "a text",
        "bool": "true or false",
        "array": "a list",
        "object": "an object",
        "datetime": "a time with its zone like 2026-06-05T10:00:00+03:00",
        "date": "a day like 1990-04-12",
    },
    "bg": {
        "int": "цяло число",
        "float": "число",
        "str": "текст",
        "bool": "true или false",
        "array": "списък",
        "object": "обект",
        "datetime": "час с отместване, например 2026-06-05T10:00:00+03:00",
        "date": "ден, например 1990-04-12",
    },
    "tr": {
        "int": "tam sayı",
        "float": "sayı",
        "str": "metin",
        "bool": "true ya da false",
        "array": "liste",
        "object": "nesne",
        "datetime": "2026-06-05T10:00:00+03:00 gibi saat dilimi farkını da söyleyen bir zaman",
        "date": "1990-04-12 gibi bir gün",
    },
}
OR: Final = {"en": " or ", "bg": " или ", "tr": " ya da "}

# reason.pointer, or reason.its last step → the reason with the bounds that hold there.
BOUNDS: Final[dict[str, dict[str, str]]] = {
    "en": {
        "out_of_range.amount": f"send whole minor units from 0 to {limits.MONEY_MAX}",
        "out_of_range.discount": "a discount goes from 0 to the amount of its line",
        "out_of_range.quantity": f"send a whole number from 0 to {limits.QUANTITY_MAX}",
        "out_of_range.lines": f"the lines may come to {limits.MONEY_MAX} minor units together, not more",
        "out_of_range.currency": "by its exchange rate it is more than can be counted",
        "out_of_range./occurred_at": f"send a time up to the year {limits.YEAR_MAX}",
        "out_of_range./at": f"send a time from the year 1900 to {limits.YEAR_MAX}",
        "missing./amount": "a purchase needs lines or an amount; 0 where it was given away",
    },
    "bg": {
        "out_of_range.amount": f"изпратете цяло число най-малки парични единици от 0 до {limits.MONEY_MAX}",
        "out_of_range.discount": "отстъпката е от 0 до сумата на реда си",
        "out_of_range.quantity": f"изпратете цяло число от 0 до {limits.QUANTITY_MAX}",
        "out_of_range.lines": f"редовете заедно може да са най-много {limits.MONEY_MAX} най-малки парични единици",
        "out_of_range.currency": "по курса си е повече, отколкото може да се отчете",
        "out_of_range./occurred_at": f"изпратете час най-късно от {limits.YEAR_MAX} г.",
        "out_of_range./at": f"изпратете час от 1900 до {limits.YEAR_MAX} г.",
        "missing./amount": "покупката има нужда от редове или сума; 0, ако е подарена",
    },
    "tr": {
        "out_of_range.amount": f"en küçük para biriminde 0 ile {limits.MONEY_MAX} arasında bir tam sayı gönderin",
        "out_of_range.discount": "indirim 0 ile satırının tutarı arasında olur",
        "out_of_range.quantity": f"0 ile {limits.QUANTITY_MAX} arasında bir tam sayı gönderin",
        "out_of_range.lines": f"satırlar toplamda en çok {limits.MONEY_MAX} en küçük para birimi olabilir",
        "out_of_range.currency": "kuruna göre sayılabilecekten fazla",
        "out_of_range./occurred_at": f"en geç {limits.YEAR_MAX} yılından bir zaman gönderin",
        "out_of_range./at": f"1900 ile {limits.YEAR_MAX} yılları arasından bir zaman gönderin",
        "missing./amount": "bir alışverişe satırlar ya da tutar gerekir; hediye edildiyse 0",
    },
}


def hint(code: str, language: str) -> str | None:
    """The hint in words; None for one that is no more than its reason."""
    name, _, about = code.partition(":")
    words = HINTS[language].get(name)
    if words is None:
        return None
    if name == "type":
        about = OR[language].join(TYPES[language].get(one, one) for one in about.split("|"))
    return words.format(about)
