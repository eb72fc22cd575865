"""The refusals of the server in every language: headline, cause with its facts, cure."""

from typing import Final

SENTENCES: Final[dict[str, dict[str, tuple[str, str, str]]]] = {
    "en": {
        "database_busy": (
            "Busy",
            "The database had no turn for this request; nothing was written.",
            "Try again in {retry_after_seconds} s.",
        ),
        "database_unavailable": (
            "Database not reachable",
            "The database does not answer.",
            "Send the request again, unchanged, in {retry_after_seconds} s: whatever was recorded is not "
            "recorded twice.",
        ),
        "internal": (
            "Our mistake",
            "Something went wrong here, and it has been noted under {request}.",
            "Send the request again, unchanged; if it fails again, tell the operator this id.",
        ),
        "server_busy": (
            "Busy",
            "Too many requests are waiting; this one was not looked at.",
            "Try again in {retry_after_seconds} s.",
        ),
    },
    "bg": {
        "database_busy": (
            "Заето",
            "Базата данни не успя да обслужи заявката; нищо не е записано.",
            "Опитайте отново след {retry_after_seconds} сек.",
        ),
        "database_unavailable": (
            "Базата данни е недостъпна",
            "Базата данни не отговаря.",
            "Повторете същата заявка след {retry_after_seconds} сек.: записаното няма да се запише два пъти.",
        ),
        "internal": (
            "Грешката е наша",
            "Нещо се обърка тук и е отбелязано под {request}.",
            "Повторете същата заявка; ако пак не стане, кажете този номер на оператора.",
        ),
        "server_busy": (
            "Заето",
            "Чакат твърде много заявки; тази не е разгледана.",
            "Опитайте отново след {retry_after_seconds} сек.",
        ),
    },
    "tr": {
        "database_busy": (
            "Meşgul",
            "Veritabanında bu isteğe sıra gelmedi; hiçbir şey yazılmadı.",
            "{retry_after_seconds} sn sonra yeniden deneyin.",
        ),
        "database_unavailable": (
            "Veritabanına ulaşılamıyor",
            "Veritabanı yanıt vermiyor.",
            "Aynı isteği {retry_after_seconds} sn sonra yineleyin: kayıtlı olan iki kez kaydedilmez.",
        ),
        "internal": (
            "Hata bizde",
            "Burada bir şey ters gitti ve {request} adıyla not edildi.",
            "Aynı isteği yineleyin; yine olmazsa bu numarayı işletmeciye bildirin.",
        ),
        "server_busy": (
            "Meşgul",
            "Çok fazla istek bekliyor; bu isteğe bakılmadı.",
            "{retry_after_seconds} sn sonra yeniden deneyin.",
        ),
    },
}  # fmt: skip
