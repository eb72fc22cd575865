"""The refusals of closings in every language: headline, cause with its facts, cure."""

from typing import Final

SENTENCES: Final[dict[str, dict[str, tuple[str, str, str]]]] = {
    "en": {
        "month_invalid": (
            "No month",
            "“{month}” is no month.",
            "Write the year and the month, like 2026-10.",
        ),
        "month_not_over": (
            "The month is not over",
            "{month} runs until {ends}; until then points can still be earned and spent in it.",
            "Close it when it is over.",
        ),
        "month_out_of_order": (
            "Another month is next",
            "Months are closed one after the other, and after the last closed one comes {next}, not {month}.",
            "Close {next}; a closed month is never opened again.",
        ),
        "month_before_programme": (
            "The programme begins later",
            "{month} lies before the first version of the programme, which came into force in {first}.",
            "The first month that can be closed is {first}.",
        ),
        "month_unswept": (
            "What expired is not booked yet",
            "No nightly run has been at every account since {month} ended ({ends}).",
            "Wait for the night, or run `guerdon night`, and close the month again.",
        ),
        "month_unknown": (
            "This month is not closed",
            "{month} has not been closed.",
            "GET /v1/closings lists the closed months.",
        ),
        "month_uncounted": (
            "The figures are being counted",
            "{month}, or a month before it, is closed, but its final figures are not there yet.",
            "Wait a minute for the worker, or run `guerdon close {month}`, and ask again.",
        ),
    },
    "bg": {
        "month_invalid": (
            "Това не е месец",
            "„{month}“ не е месец.",
            "Напишете годината и месеца, например 2026-10.",
        ),
        "month_not_over": (
            "Месецът не е свършил",
            "{month} продължава до {ends}; дотогава в него още се печелят и харчат точки.",
            "Приключете го, когато свърши.",
        ),
        "month_out_of_order": (
            "На ред е друг месец",
            "Месеците се приключват един след друг; след последния приключен идва {next}, а не {month}.",
            "Приключете {next}; приключен месец не се отваря отново.",
        ),
        "month_before_programme": (
            "Програмата започва по-късно",
            "{month} е преди първата версия на програмата, която е в сила от {first}.",
            "Първият месец, който може да се приключи, е {first}.",
        ),
        "month_unswept": (
            "Изтеклото още не е осчетоводено",
            "След края на {month} ({ends}) нощната обработка не е минала през всички сметки.",
            "Изчакайте нощта или изпълнете `guerdon night` и приключете месеца отново.",
        ),
        "month_unknown": (
            "Този месец не е приключен",
            "{month} не е приключен.",
            "GET /v1/closings показва приключените месеци.",
        ),
        "month_uncounted": (
            "Числата още се броят",
            "{month} или месец преди него е приключен, но окончателните му числа още ги няма.",
            "Изчакайте минута или изпълнете `guerdon close {month}` и опитайте отново.",
        ),
    },
    "tr": {
        "month_invalid": (
            "Böyle bir ay yok",
            "“{month}” bir ay değil.",
            "Yılı ve ayı yazın, örneğin 2026-10.",
        ),
        "month_not_over": (
            "Ay henüz bitmedi",
            "{month}, {ends} tarihine kadar sürer; o zamana kadar içinde puan kazanılabilir ve harcanabilir.",
            "Bittiğinde kapatın.",
        ),
        "month_out_of_order": (
            "Sıra başka bir ayda",
            "Aylar sırayla kapatılır; son kapatılan aydan sonra {month} değil {next} gelir.",
            "{next} ayını kapatın; kapatılan bir ay yeniden açılmaz.",
        ),
        "month_before_programme": (
            "Program daha sonra başlıyor",
            "{month}, programın {first} ayında yürürlüğe giren ilk sürümünden önce.",
            "Kapatılabilecek ilk ay {first}.",
        ),
        "month_unswept": (
            "Süresi dolanlar henüz işlenmedi",
            "{month} bittikten ({ends}) sonra gece çalışması bütün hesaplara uğramadı.",
            "Geceyi bekleyin ya da `guerdon night` çalıştırın ve ayı yeniden kapatın.",
        ),
        "month_unknown": (
            "Bu ay kapatılmadı",
            "{month} kapatılmadı.",
            "GET /v1/closings kapatılan ayları listeler.",
        ),
        "month_uncounted": (
            "Sayılar henüz sayılıyor",
            "{month} ya da ondan önceki bir ay kapatıldı, ama kesin sayıları henüz hazır değil.",
            "Bir dakika bekleyin ya da `guerdon close {month}` çalıştırın ve yeniden sorun.",
        ),
    },
}  # fmt: skip
