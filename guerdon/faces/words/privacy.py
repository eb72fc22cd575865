"""What the console says about a member's privacy."""

from typing import Final

from guerdon.faces.words.text import Words

WORDS: Final[dict[str, Words]] = {
    "consents": Words("Consents", "Съгласия", "İzinler"),
    "no_consents": Words("The programme asks for none.", "Програмата не иска съгласия.", "Program izin istemiyor."),
    "given": Words("Given", "Дадено", "Verildi"),
    "not_given": Words("Not given", "Не е дадено", "Verilmedi"),
    "give": Words("The member gives it", "Членът го дава", "Üye veriyor"),
    "withdraw": Words("The member withdraws it", "Членът го оттегля", "Üye geri çekiyor"),
    "said_by": Words("{at}, told by {who}", "{at}, казано от {who}", "{at}, söyleyen: {who}"),
    "said": Words("It is written down.", "Записано е.", "Not edildi."),
    "lookups": Words("Who looked", "Кой е гледал", "Kim baktı"),
    "who": Words("Who", "Кой", "Kim"),
    "purpose": Words("What for", "За какво", "Ne için"),
    "looks": Words("How often", "Колко пъти", "Kaç kez"),
    "last_look": Words("Last", "Последно", "Son"),
    "known": Words("All that is known", "Всичко, което се знае", "Bilinen her şey"),
    "known_about": Words(
        "Both ask first who you are, and both are written down.",
        "И двете първо питат кой сте и се записват.",
        "İkisi de önce kim olduğunuzu sorar ve not edilir.",
    ),
    "download": Words("Download", "Изтегли", "İndir"),
    "erase": Words("Erase the member", "Изтрий члена", "Üyeyi sil"),
    "erase_sure": Words("Erase {name}?", "Да изтрием ли {name}?", "{name} silinsin mi?"),
    "erase_yes": Words("Erase", "Изтрий", "Sil"),
    "erase_about": Words(
        "Nothing will say any more who it was, and all of this is lost.",
        "Нищо вече няма да показва кой е бил и всичко това се губи.",
        "Kim olduğunu artık hiçbir şey söylemez ve bunların hepsi yitirilir.",
    ),
    "erase_done": Words("The erasure is asked for.", "Изтриването е поискано.", "Silme istendi."),
    "waiting": Words(
        "This member will be erased. Last day to take it back: {day}.",
        "Този член ще бъде изтрит. Последен ден за отказ: {day}.",
        "Bu üye silinecek. Vazgeçmek için son gün: {day}.",
    ),
    "due": Words(
        "This member is being erased; it can't be taken back any more.",
        "Този член се изтрива и това вече не може да се спре.",
        "Bu üye siliniyor; artık vazgeçilemez.",
    ),
    "keep": Words("Keep the member", "Запази члена", "Üyeyi tut"),
    "kept": Words("The member stays.", "Членът остава.", "Üye kalıyor."),
    "erased": Words("This member is erased.", "Този член е изтрит.", "Bu üye silindi."),
    "vouchers": Words("Vouchers", "Ваучери", "Kuponlar"),
    "gift_cards": Words("Gift cards", "Карти за подарък", "Hediye kartları"),
    "holds": Words("Held points", "Запазени точки", "Ayrılan puanlar"),
    "transfers": Words("Open transfers", "Отворени преводи", "Açık gönderiler"),
    "tiers": Words("Tiers", "Нива", "Seviyeler"),
    "memberships": Words("Memberships", "Абонаменти", "Üyelikler"),
    "redemptions": Words("Rewards", "Награди", "Ödüller"),
}
