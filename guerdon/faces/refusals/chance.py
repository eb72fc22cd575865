"""The refusals of draws in every language: headline, cause with its facts, cure."""

from typing import Final

SENTENCES: Final[dict[str, dict[str, tuple[str, str, str]]]] = {
    "en": {
        "chance_off": (
            "Chance is switched off",
            "This member has switched chance off, so “{reward}” can't be drawn.",
            "Choose a reward that is no draw; nothing was taken.",
        ),
        "chance_cooling": (
            "Not yet",
            "Chance was switched off and can be switched on again from {until} on.",
            "Come back then.",
        ),
        "draw_not_reserved": (
            "Nothing to reserve",
            "Chance says what “{reward}” is, so it can't be reserved.",
            "Send it without “reserve”: it is drawn at once.",
        ),
        "draw_unknown": ("Unknown draw", "The redemption {id} is no draw.", "Check the id."),
        "free_limit": (
            "Free draws used",
            "Free draws of “{reward}” are limited, {most} per {window}, and all of them are used.",
            "Wait for the next {window}, or choose another price.",
        ),
    },
    "bg": {
        "chance_off": (
            "Късметът е изключен",
            "Членът е изключил тегленията на късмет, затова „{reward}“ не може да се тегли.",
            "Изберете награда без теглене; нищо не е взето.",
        ),
        "chance_cooling": (
            "Още не",
            "Тегленията на късмет са изключени и могат да се включат отново от {until}.",
            "Опитайте тогава.",
        ),
        "draw_not_reserved": (
            "Няма какво да се запази",
            "Късметът решава какво е „{reward}“, затова не може да се запази.",
            "Изпратете без „reserve“: тегли се веднага.",
        ),
        "draw_unknown": ("Непознато теглене", "{id} не е теглене.", "Проверете идентификатора."),
        "free_limit": (
            "Безплатните тегления са използвани",
            "Безплатните тегления на „{reward}“ са ограничени, {most} за период ({window}), и всички са използвани.",
            "Изчакайте следващия период или изберете друга цена.",
        ),
    },
    "tr": {
        "chance_off": (
            "Şans kapalı",
            "Bu üye çekilişleri kapattı, bu yüzden “{reward}” çekilemez.",
            "Çekiliş olmayan bir ödül seçin; hiçbir şey alınmadı.",
        ),
        "chance_cooling": (
            "Henüz değil",
            "Çekilişler kapatıldı ve {until} tarihinden itibaren yeniden açılabilir.",
            "O zaman yeniden deneyin.",
        ),
        "draw_not_reserved": (
            "Ayırtılacak bir şey yok",
            "“{reward}” ödülünün ne olduğunu şans belirler, bu yüzden ayırtılamaz.",
            "“reserve” olmadan gönderin: hemen çekilir.",
        ),
        "draw_unknown": ("Bilinmeyen çekiliş", "{id} bir çekiliş değil.", "Kimliği denetleyin."),
        "free_limit": (
            "Ücretsiz çekilişler kullanıldı",
            "“{reward}” için ücretsiz çekilişler sınırlıdır, dönemde ({window}) {most}; hepsi kullanıldı.",
            "Sonraki dönemi bekleyin ya da başka bir fiyat seçin.",
        ),
    },
}
