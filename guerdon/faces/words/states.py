"""What became of a redemption or a voucher: one word for one state, at the till, in the portal and in the console."""

from typing import Final

from guerdon.faces.words.text import Words

WORDS: Final[dict[str, Words]] = {
    # a redemption
    "reserved": Words("Reserved", "Запазена", "Ayrıldı"),
    "confirmed": Words("To be handed over", "За предаване", "Teslim edilecek"),
    "fulfilled": Words("Handed over", "Предадена", "Teslim edildi"),
    "cancelled": Words("Given back", "Върната", "Geri verildi"),
    "expired": Words("Expired", "С изтекъл срок", "Süresi doldu"),
    # a voucher
    "active": Words("To use", "За ползване", "Kullanılabilir"),
    "used": Words("Used", "Използван", "Kullanıldı"),
    "withdrawn": Words("Withdrawn", "Оттеглен", "Geri çekildi"),
}
