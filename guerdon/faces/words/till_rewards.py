"""What the till says of rewards and vouchers: what is collected for them, and what became of a code."""

from typing import Final

from guerdon.faces.words.text import Words

WORDS: Final[dict[str, Words]] = {
    "money": Words("Collected for rewards", "Взети пари за награди", "Ödüller için alınan para"),
    "number": Words("Receipt", "Бележка", "Fiş"),
    "costs": Words("Price", "Цена", "Bedeli"),
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
    "tapped": Words("Taken off this sale", "Приспаднато от тази продажба", "Bu satıştan düşülenler"),
    "tapped_before": Words(
        "Taken off a moment ago, and no purchase recorded",
        "Приспаднато преди малко, без записана покупка",
        "Az önce düşüldü, alışveriş kaydedilmedi",
    ),
    "off": Words("{money} off", "{money} отстъпка", "{money} indirim"),
    "untap": Words("Don't use it", "Без него", "Kullanma"),
    "untap_all": Words("Don't use vouchers", "Без ваучери", "Kupon kullanma"),
    "off_again": Words(
        "The voucher can be used again.", "Ваучерът отново може да се ползва.", "Kupon yeniden kullanılabilir."
    ),
    "changed": Words(
        "Vouchers were taken off another amount. Give them back below, then type the new amount.",
        "Ваучерите са приспаднати от друга сума. Върнете ги отдолу, после въведете новата сума.",
        "Kuponlar başka bir tutardan düşüldü. Aşağıdan geri verin, sonra yeni tutarı yazın.",
    ),
    "undo_vouchers": Words(
        "The vouchers that were taken off can be used again.",
        "Приспаднатите ваучери отново могат да се ползват.",
        "Düşülen kuponlar yeniden kullanılabilir.",
    ),
    "stay_used": Words("Vouchers that stay used", "Ваучери, които остават използвани", "Kullanılmış kalan kuponlar"),
    "goods": Words(
        "It is for these goods. Tap what is bought, then type its price in the line:",
        "Важи за тези стоки. Докоснете купеното, после въведете цената му в реда:",
        "Şu ürünler için geçerlidir. Alınana dokunun, sonra fiyatını satıra yazın:",
    ),
}
