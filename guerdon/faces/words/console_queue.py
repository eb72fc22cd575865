"""What the console says of redemptions that wait, and of what became of them."""

from typing import Final

from guerdon.faces.words.text import Words

WORDS: Final[dict[str, Words]] = {
    "title": Words("Fulfilment", "Изпълнение", "Teslimat"),
    "about": Words(
        "What members have redeemed and wait for, the oldest first.",
        "Какво са взели членовете и чакат, най-старото отгоре.",
        "Üyelerin alıp beklediği ödüller, en eskisi başta.",
    ),
    "find": Words("Find by code", "Търси по код", "Kodla bul"),
    "reward": Words("Reward", "Награда", "Ödül"),
    "store": Words("Store", "Магазин", "Mağaza"),
    "every": Words("All rewards", "Всички награди", "Tüm ödüller"),
    "member": Words("Member", "Член", "Üye"),
    "to": Words("Where to", "Къде", "Nereye"),
    "age": Words("Age", "Чака от", "Bekleme"),
    "until": Words("Until", "До", "Son gün"),
    "code": Words("Code", "Код", "Kod"),
    "tick": Words("Tick", "Отметни", "Seç"),
    "tick_all": Words("Tick all", "Отметни всички", "Tümünü seç"),
    "tick_none": Words("Tick none", "Без отметки", "Seçimi kaldır"),
    "today": Words("today", "днес", "bugün"),
    "days": Words("{days} d", "{days} дни", "{days} gün"),
    "settled_about": Words(
        "Of the last {days} days, the latest first.",
        "От последните {days} дни, най-новите отгоре.",
        "Son {days} günün, en yenisi başta.",
    ),
    "none": Words("Nothing here", "Тук няма нищо", "Burada bir şey yok"),
    "none_about": Words(
        "Whatever members redeem stands here until somebody hands it over.",
        "Каквото вземат членовете, стои тук, докато някой го предаде.",
        "Üyelerin aldığı her şey, biri teslim edene kadar burada durur.",
    ),
    "none_ticked": Words("Tick at least one redemption.", "Отметнете поне една награда.", "En az bir ödül seçin."),
    "confirm": Words("Confirm", "Потвърди", "Onayla"),
    "fulfil": Words("Hand over", "Предай", "Teslim et"),
    "cancel": Words("Cancel", "Откажи", "İptal et"),
    "confirm_done": Words("Confirmed: {count}", "Потвърдени: {count}", "Onaylanan: {count}"),
    "fulfil_done": Words("Handed over: {count}", "Предадени: {count}", "Teslim edilen: {count}"),
    "cancel_done": Words("Cancelled: {count}", "Отказани: {count}", "İptal edilen: {count}"),
    "cancel_sure": Words("Cancel {count}?", "Да се откажат ли {count}?", "{count} iptal edilsin mi?"),
    "cancel_about": Words(
        "Points and pieces go back to where they came from.",
        "Точките и бройките се връщат, откъдето са дошли.",
        "Puanlar ve adetler geldikleri yere döner.",
    ),
    "packing": Words("Packing list", "Списък за опаковане", "Paketleme listesi"),
    "print": Words("Print", "Отпечатай", "Yazdır"),
    "address": Words("Where it goes", "Къде се изпраща", "Gideceği yer"),
    "looked": Words(
        "That you looked at this address is noted.",
        "Отбелязано е, че сте видели този адрес.",
        "Bu adrese baktığınız kaydedildi.",
    ),
    "prize": Words("What was drawn", "Какво се падна", "Çekilen"),
    "proof": Words("Proof of the draw", "Доказателство за тегленето", "Çekilişin kanıtı"),
    "costs": Words("Costs", "Струва", "Karşılığı"),
    "chosen": Words("Chosen", "Избрано", "Seçilen"),
    "given": Words("Gave", "Даде", "Verdiği"),
    "made": Words("Redeemed", "Взета", "Alındı"),
    "kept_until": Words("Kept until", "Пази се до", "Saklanma sonu"),
    "confirmed_at": Words("Confirmed", "Потвърдена", "Onaylandı"),
    "settled_at": Words("Ended", "Приключена", "Sonlandı"),
}
