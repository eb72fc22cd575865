"""The refusals of the till in every language: headline, cause with its facts, cure."""

from typing import Final

SENTENCES: Final[dict[str, dict[str, tuple[str, str, str]]]] = {
    "en": {
        "nobody_shown": (
            "Nobody found",
            "No member of this programme has this card number, external id, e-mail address or phone number.",
            "Scan or type it again, a phone number with its country (+359…), or enrol the member first.",
        ),
        "code_stale": (
            "This code is over",
            "A code is good for about a minute, and this one is not of now.",
            "Scan the code that the phone shows now; is its clock right?",
        ),
        "sale_of_another": (
            "Another cashier has begun this",
            "What was sent here was begun by another cashier, and may be recorded already.",
            "Begin anew from the first field, or let them sign in again and send it.",
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
        "nobody_shown": (
            "Никой не е намерен",
            "Никой член на тази програма няма такава карта, външен номер, имейл или телефон.",
            "Сканирайте или напишете отново, телефона с кода на страната (+359…), или първо запишете члена.",
        ),
        "code_stale": (
            "Този код е изтекъл",
            "Един код важи около минута, а този не е сегашен.",
            "Сканирайте кода, който телефонът показва сега; верен ли е часовникът му?",
        ),
        "sale_of_another": (
            "Друг касиер е започнал това",
            "Изпратеното тук е започнато от друг касиер и може вече да е записано.",
            "Започнете отначало от първото поле или нека той влезе пак и го изпрати.",
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
        "nobody_shown": (
            "Kimse bulunamadı",
            "Bu programın hiçbir üyesinde bu kart, dış numara, e-posta ya da telefon yok.",
            "Yeniden okutun ya da yazın, telefonu ülke koduyla (+359…), ya da önce üyeyi kaydedin.",
        ),
        "code_stale": (
            "Bu kodun süresi doldu",
            "Bir kod yaklaşık bir dakika geçerlidir; bu, şimdiki kod değil.",
            "Telefonun şimdi gösterdiği kodu okutun; saati doğru mu?",
        ),
        "sale_of_another": (
            "Bunu başka bir kasiyer başlattı",
            "Buradan gönderileni başka bir kasiyer başlattı; kaydedilmiş olabilir.",
            "İlk alandan yeniden başlayın ya da o kasiyer yeniden oturum açıp göndersin.",
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
