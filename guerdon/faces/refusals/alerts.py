"""The refusals of alerts in every language: headline, cause with its facts, cure."""

from typing import Final

SENTENCES: Final[dict[str, dict[str, tuple[str, str, str]]]] = {
    "en": {
        "alert_settled": (
            "Already settled",
            "Somebody has looked at this alert: it is {state}.",
            "Read it to see who did, and why.",
        ),
        "alert_unknown": ("Unknown alert", "There is no alert {id}.", "Use an id from the list of alerts."),
        "own_alert": (
            "Second person needed",
            "This alert is about you, or about your own membership.",
            "Let somebody else look at it and settle it.",
        ),
    },
    "bg": {
        "alert_settled": (
            "Вече е приключен",
            "Някой вече е погледнал този сигнал; състоянието му е: {state}.",
            "Прочетете го, за да видите кой и защо.",
        ),
        "alert_unknown": ("Непознат сигнал", "Няма сигнал {id}.", "Използвайте номер от списъка със сигнали."),
        "own_alert": (
            "Нужен е втори човек",
            "Този сигнал е за Вас или за собственото Ви членство.",
            "Нека друг го погледне и приключи.",
        ),
    },
    "tr": {
        "alert_settled": (
            "Zaten sonuçlandı",
            "Bu uyarıya biri bakmış; durumu: {state}.",
            "Kimin, neden sonuçlandırdığını görmek için okuyun.",
        ),
        "alert_unknown": ("Bilinmeyen uyarı", "{id} uyarısı yok.", "Uyarı listesindeki bir numarayı kullanın."),
        "own_alert": (
            "İkinci kişi gerekli",
            "Bu uyarı sizinle ya da kendi üyeliğinizle ilgili.",
            "Başka biri baksın ve sonuçlandırsın.",
        ),
    },
}  # fmt: skip
