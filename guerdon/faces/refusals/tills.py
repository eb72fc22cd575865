"""The refusals of the till in every language: headline, cause with its facts, cure."""

from typing import Final

SENTENCES: Final[dict[str, dict[str, tuple[str, str, str]]]] = {
    "en": {
        "code_stale": (
            "This code is over",
            "A code is good for about a minute, and this one is not of now.",
            "Scan the code that the phone shows now; is its clock right?",
        ),
        "undo_too_late": (
            "Too late to undo",
            "A till can undo what was recorded in the last {minutes} minutes.",
            "Record a return, or cancel the redemption or the burn.",
        ),
        "not_undone": (
            "Can't be undone here",
            "An entry of the kind {kind} is not undone at a till.",
            "Undo a purchase, a redemption or a burn.",
        ),
    },
    "bg": {
        "code_stale": (
            "Този код е изтекъл",
            "Един код важи около минута, а този не е сегашен.",
            "Сканирайте кода, който телефонът показва сега; верен ли е часовникът му?",
        ),
        "undo_too_late": (
            "Късно е за отмяна",
            "Касата може да отмени записаното през последните {minutes} минути.",
            "Запишете връщане или отменете замяната или харченето.",
        ),
        "not_undone": (
            "Тук не се отменя",
            "Запис от вида {kind} не се отменя на касата.",
            "Отменете покупка, замяна или харчене.",
        ),
    },
    "tr": {
        "code_stale": (
            "Bu kodun süresi doldu",
            "Bir kod yaklaşık bir dakika geçerlidir; bu, şimdiki kod değil.",
            "Telefonun şimdi gösterdiği kodu okutun; saati doğru mu?",
        ),
        "undo_too_late": (
            "Geri almak için geç",
            "Kasa, son {minutes} dakikada kaydedileni geri alabilir.",
            "Bir iade kaydedin ya da ödül kullanımını veya harcamayı iptal edin.",
        ),
        "not_undone": (
            "Burada geri alınmaz",
            "{kind} türünden bir kayıt kasada geri alınmaz.",
            "Bir alışverişi, ödül kullanımını ya da harcamayı geri alın.",
        ),
    },
}  # fmt: skip
