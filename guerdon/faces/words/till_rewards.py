"""What the till says of rewards and vouchers: what is collected for them, and what became of a code."""

from typing import Final

from guerdon.faces.words.text import Words

WORDS: Final[dict[str, Words]] = {
    "money": Words("Collected for rewards", "Взети пари за награди", "Ödüller için alınan para"),
    "costs": Words("Price", "Цена", "Bedeli"),
    "given": Words("Given as a voucher", "Дадена като ваучер", "Kupon olarak verildi"),
    "given_about": Words(
        "Hand nothing over for the code alone: it is used when it is taken off a purchase.",
        "Само срещу кода не давайте нищо: той се използва, когато се приспадне от покупка.",
        "Yalnız kod için bir şey vermeyin: kod, bir alışverişten düşülünce kullanılmış olur.",
    ),
    "take_off": Words("Take it off a purchase now", "Приспадни от покупка сега", "Şimdi bir alışverişten düş"),
    "collect_then": Words(
        "Collect {money} when it is taken off.",
        "Вземете {money}, когато се приспадне.",
        "Düşüldüğünde {money} tahsil edin.",
    ),
    "collect_for": Words("Collect {money} for {name}", "Вземете {money} за {name}", "{name} için {money} tahsil edin"),
}
