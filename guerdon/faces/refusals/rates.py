"""The refusals of exchange rates in every language: headline, cause with its facts, cure."""

from typing import Final

SENTENCES: Final[dict[str, dict[str, tuple[str, str, str]]]] = {
    "en": {
        "rate_invalid": (
            "Rate not accepted",
            "{pointer} can't be: {reason}.",
            "Name a foreign currency, a day like 2026-10-01, once, and two whole amounts of minor units above 0.",
        ),
    },
    "bg": {
        "rate_invalid": (
            "Курсът не е приет",
            "{pointer} не може да е такова: {reason}.",
            "Посочете чужда валута, ден като 2026-10-01, само веднъж, и две цели суми в минимални единици над 0.",
        ),
    },
    "tr": {
        "rate_invalid": (
            "Kur kabul edilmedi",
            "{pointer} böyle olamaz: {reason}.",
            "Bir kez: yabancı para birimi, 2026-10-01 gibi bir gün, 0'dan büyük iki tam tutar (en küçük birim) yazın.",
        ),
    },
}  # fmt: skip
