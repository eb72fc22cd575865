"""What became of a redemption, a purchase or a voucher: one word for one state at till, portal and console."""

from typing import Final

from guerdon.faces.words.text import Words

WORDS: Final[dict[str, Words]] = {
    # a redemption
    "reserved": Words("Reserved", "Запазена", "Ayrıldı"),
    "confirmed": Words("To be handed over", "За предаване", "Teslim edilecek"),
    "fulfilled": Words("Handed over", "Предадена", "Teslim edildi"),
    "given": Words("Given as a voucher", "Дадена като ваучер", "Kupon olarak verildi"),
    "cancelled": Words("Given back", "Върната", "Geri verildi"),
    "expired": Words("Expired", "С изтекъл срок", "Süresi doldu"),
    # a purchase
    "taken_back": Words("Taken back", "Върната", "Geri alındı"),
    "taken_back_part": Words("Partly taken back", "Частично върната", "Kısmen geri alındı"),
    # a voucher
    "active": Words("To use", "За ползване", "Kullanılabilir"),
    "used": Words("Used", "Използван", "Kullanıldı"),
    "withdrawn": Words("Withdrawn", "Оттеглен", "Geri çekildi"),
}
