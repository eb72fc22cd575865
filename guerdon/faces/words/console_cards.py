"""What the console says of gift cards."""

from typing import Final

from guerdon.faces.words.text import Words

WORDS: Final[dict[str, Words]] = {
    "title": Words("Gift cards", "Подаръчни карти", "Hediye kartları"),
    "about": Words(
        "What is on a card, until when, and how it came.",
        "Колко има в картата, докога и откъде.",
        "Kartta ne var, ne zamana kadar ve nereden geldi.",
    ),
    "find": Words("The code of the card", "Код на картата", "Kartın kodu"),
    "off": Words("There are no gift cards here", "Тук няма подаръчни карти", "Burada hediye kartı yok"),
    "off_about": Words(
        "They are switched on in the programme file, under “gift_cards”.",
        "Включват се в програмния файл, под „gift_cards“.",
        "Program dosyasında “gift_cards” altında açılır.",
    ),
    "sell": Words("Sell a card", "Продай карта", "Kart sat"),
    "sold": Words(
        "The card is sold. Give its code to whoever bought it.",
        "Картата е продадена. Дайте кода на купувача.",
        "Kart satıldı. Kodunu alana verin.",
    ),
    "load": Words("Load money", "Зареди", "Para yükle"),
    "loaded": Words("The money is on the card.", "Парите са в картата.", "Para karta yüklendi."),
    "amount": Words("Amount", "Сума", "Tutar"),
    "balance": Words("Then on it", "После в нея", "Sonra kartta"),
    "on_it": Words("On the card", "В картата", "Kartta"),
    "lots": Words("What ends when", "Какво кога изтича", "Ne zaman sona erer"),
    "ends": Words("Ends", "Изтича", "Biter"),
    "never": Words("never", "никога", "hiç"),
    "statement": Words("Statement", "Извлечение", "Döküm"),
    "since": Words("Sold on {day}", "Продадена на {day}", "{day} tarihinde satıldı"),
    "when": Words("When", "Кога", "Ne zaman"),
    "what": Words("What", "Какво", "Ne"),
    "in": Words("Loaded or given back", "Заредено или върнато", "Yüklendi ya da geri verildi"),
    "out": Words("Spent or ended", "Похарчено или изтекло", "Harcandı ya da bitti"),
}
