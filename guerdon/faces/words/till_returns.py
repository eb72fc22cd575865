"""What the till says where goods come back: what is taken for them, what is given, and what the day counts of it."""

from typing import Final

from guerdon.faces.words.text import Words

WORDS: Final[dict[str, Words]] = {
    "begin": Words("Take goods back", "Върни стоки", "Ürün iadesi al"),
    "title": Words("What comes back?", "Какво се връща?", "Ne iade ediliyor?"),
    "of": Words("Purchase of {moment}: {money}", "Покупка от {moment}: {money}", "{moment} alışverişi: {money}"),
    "left": Words(
        "{money} of it can come back.", "Може да се върнат {money} от нея.", "Bunun {money} kadarı iade edilebilir."
    ),
    "lines": Words("Lines of the receipt", "Редове от бележката", "Fişin satırları"),
    "line": Words("{name} · {money}", "{name} · {money}", "{name} · {money}"),
    "goods": Words("Goods", "Стоки", "Ürünler"),
    "pieces": Words("How many of {pieces}", "Колко от {pieces}", "{pieces} adetten kaçı"),
    "pieces_hint": Words("Blank: all of them.", "Празно: всички.", "Boş bırakın: hepsi."),
    "amount": Words("Or an amount of it", "Или сума от нея", "Ya da tutarı"),
    "amount_alone": Words("Amount that comes back", "Сума, която се връща", "İade edilen tutar"),
    "amount_hint": Words(
        "It is taken off all lines evenly.", "Намалява поравно всички редове.", "Tüm satırlardan eşit düşülür."
    ),
    "look": Words("See what it takes", "Виж какво се отнема", "Ne geri alınacağına bak"),
    "nothing": Words(
        "Choose lines, or type an amount.", "Изберете редове или въведете сума.", "Satır seçin ya da tutar yazın."
    ),
    "too_much": Words("Only {money} of it is left.", "От нея остават само {money}.", "Ondan yalnızca {money} kaldı."),
    "too_much_line": Words(
        "Of line {line} only {money} is left. Choose fewer pieces.",
        "От ред {line} остават само {money}. Изберете по-малко бройки.",
        "{line}. satırdan yalnızca {money} kaldı. Daha az adet seçin.",
    ),
    "too_many_pieces": Words(
        "Only {count} pieces are left.", "Остават само {count} бройки.", "Yalnızca {count} adet kaldı."
    ),
    "too_many_pieces_one": Words("Only 1 piece is left.", "Остава само 1 бройка.", "Yalnızca 1 adet kaldı."),
    "handed_back": Words("{money} handed back", "върнати {money}", "{money} geri verildi"),
    "both": Words(
        "Choose lines or type an amount, not both.",
        "Изберете редове или въведете сума, не и двете.",
        "Satır seçin ya da tutar yazın; ikisi birden olmaz.",
    ),
    "all_back": Words("All of it has come back already.", "Вече е върната изцяло.", "Bunun tamamı zaten iade edildi."),
    "sure": Words(
        "Take back goods for {money}?", "Да се върнат ли стоки за {money}?", "{money} tutarında ürün iade alınsın mı?"
    ),
    "yes": Words("Yes, take them back", "Да, върни ги", "Evet, iade al"),
    "taken": Words("Points taken", "Отнети точки", "Geri alınan puanlar"),
    "taken_none": Words("none", "няма", "yok"),
    "debt": Words("{points} of them are owed", "{points} от тях остават дълг", "{points} borç kalır"),
    "lapsed": Words("{points} had expired", "{points} вече бяха изтекли", "{points} zaten sona ermişti"),
    "shortfall": Words(
        "{points} can't be taken any more", "{points} вече не може да се отнемат", "{points} artık geri alınamaz"
    ),
    "restored": Words("Points given", "Дадени точки", "Verilen puanlar"),
    "points_back": Words("Points given back", "Върнати точки", "Geri verilen puanlar"),
    "card_back": Words("Back on the gift card", "Обратно в картата за подарък", "Hediye kartına geri"),
    "money_back": Words("Give back at the counter", "Върнете на касата", "Kasada geri verin"),
    "vouchers_back": Words("Vouchers of no use any more", "Ваучери, които вече не важат", "Artık geçmeyen kuponlar"),
    "rest": Words("Left of the purchase", "Остава от покупката", "Alışverişten kalan"),
    "done": Words("Taken back.", "Върнато.", "İade alındı."),
    "purchases": Words("Last purchases", "Последни покупки", "Son alışverişler"),
    "purchases_none": Words("No purchases yet", "Още няма покупки", "Henüz alışveriş yok"),
    "purchases_about": Words(
        "An older one is found by the number of its receipt.",
        "По-стара се намира по номера на бележката.",
        "Daha eskisi fiş numarasıyla bulunur.",
    ),
    # the end of the day
    "returns": Words("Goods taken back", "Върнати стоки", "Alınan iadeler"),
    "points_taken": Words("Points taken back", "Отнети точки", "Geri alınan puanlar"),
    "handed": Words("Rewards handed over", "Предадени награди", "Teslim edilen ödüller"),
    "returns_short": Words("Back", "Върнати", "İade"),
    "redeemed_short": Words("Redeemed", "Взети", "Kullanılan"),
    "handed_short": Words("Handed over", "Предадени", "Teslim"),
    "counted": Words("{count} · {money}", "{count} · {money}", "{count} · {money}"),
    "worth": Words("{count} · worth {money}", "{count} · на стойност {money}", "{count} · değeri {money}"),
    "undone": Words("Undone", "Отменени", "İptal edilen"),
}
