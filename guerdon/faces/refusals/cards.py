"""The refusals of gift cards in every language: headline, cause with its facts, cure."""

from typing import Final

SENTENCES: Final[dict[str, dict[str, tuple[str, str, str]]]] = {
    "en": {
        "gift_cards_off": (
            "No gift cards",
            "The programme sells no gift cards.",
            "Add “gift_cards” to the programme file.",
        ),
        "gift_card_unknown": ("Unknown gift card", "There is no gift card with this code.", "Check the code."),
        "gift_card_differs": (
            "Told before",
            "Something else was told under the name “{name}”.",
            "Use another external_id; nothing was taken or loaded.",
        ),
        "gift_card_amount": (
            "Not for this amount",
            "A gift card is loaded with {least} to {most}; {asked} were asked.",
            "Choose an amount in between.",
        ),
        "gift_card_short": (
            "Not enough on the card",
            "{asked} were to be paid by the card, but {left} are left on it.",
            "Pay what is left by the card and the rest otherwise.",
        ),
        "gift_card_full": (
            "The card would hold too much",
            "{asked} were to be loaded, but there is room for {left} only.",
            "Load less, or sell another card.",
        ),
    },
    "bg": {
        "gift_cards_off": (
            "Няма карти за подарък",
            "Програмата не продава карти за подарък.",
            "Добавете „gift_cards“ във файла на програмата.",
        ),
        "gift_card_unknown": ("Непозната карта", "Няма карта за подарък с този код.", "Проверете кода."),
        "gift_card_differs": (
            "Вече е казано",
            "Под името „{name}“ е казано нещо друго.",
            "Използвайте друг external_id; нищо не е взето или заредено.",
        ),
        "gift_card_amount": (
            "Не за тази сума",
            "Карта за подарък се зарежда с {least} до {most}; поискани са {asked}.",
            "Изберете сума между тях.",
        ),
        "gift_card_short": (
            "В картата няма достатъчно",
            "С картата трябваше да се платят {asked}, но в нея има {left}.",
            "Платете с картата каквото има, а останалото по друг начин.",
        ),
        "gift_card_full": (
            "Картата не може да побере толкова",
            "Щяха да се заредят {asked}, но има място само за {left}.",
            "Заредете по-малко или продайте друга карта.",
        ),
    },
    "tr": {
        "gift_cards_off": (
            "Hediye kartı yok",
            "Program hediye kartı satmıyor.",
            "Program dosyasına “gift_cards” ekleyin.",
        ),
        "gift_card_unknown": ("Bilinmeyen hediye kartı", "Bu kodla bir hediye kartı yok.", "Kodu denetleyin."),
        "gift_card_differs": (
            "Daha önce söylendi",
            "“{name}” adıyla başka bir şey söylendi.",
            "Başka bir external_id kullanın; hiçbir şey alınmadı ya da yüklenmedi.",
        ),
        "gift_card_amount": (
            "Bu tutar olmaz",
            "Bir hediye kartına {least} ile {most} arası yüklenir; istenen {asked}.",
            "Bu aralıkta bir tutar seçin.",
        ),
        "gift_card_short": (
            "Kartta yeterli tutar yok",
            "Kartla {asked} ödenecekti, ama kartta {left} kaldı.",
            "Kartta kalanı kartla, gerisini başka türlü ödeyin.",
        ),
        "gift_card_full": (
            "Kart bu kadarını alamaz",
            "{asked} yüklenecekti, ama yalnızca {left} için yer var.",
            "Daha az yükleyin ya da başka bir kart satın.",
        ),
    },
}
