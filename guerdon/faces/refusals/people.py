"""What pages say of a refusal where the API speaks to programs: to people, who fill in forms."""

from typing import Final

from guerdon.core import limits, sentences
from guerdon.core.errors import Refusal
from guerdon.core.programme import Programme
from guerdon.faces.refusals import Telling, tell

# What to do, where the API names a field or a header that people do not see.
CURES: Final[dict[str, dict[str, str]]] = {
    "en": {
        "member_unknown": "Check what was typed.",
        "transfer_to_self": "Choose somebody else.",
        "unit_not_transferable": "Choose points that can be sent.",
    },
    "bg": {
        "member_unknown": "Проверете написаното.",
        "transfer_to_self": "Изберете някой друг.",
        "unit_not_transferable": "Изберете точки, които може да се изпращат.",
    },
    "tr": {
        "member_unknown": "Yazdığınızı kontrol edin.",
        "transfer_to_self": "Başka birini seçin.",
        "unit_not_transferable": "Gönderilebilen puanları seçin.",
    },
}
# What is wrong and what to do, where the API speaks of ids and headers that people never see.
_GONE: Final = ("claim", "household", "membership", "payment", "redemption", "transfer")
_MEGABYTES: Final = limits.BODY_BYTES_MAX // (1024 * 1024)
_SAID: Final[dict[str, dict[str, tuple[str, str]]]] = {
    "en": {
        "body_too_large": (
            f"Everything in a form together may have at most {_MEGABYTES} MB; this was more, so nothing was done.",
            "Go back and choose a smaller file, or fewer of them.",
        ),
        "gone": ("It is not there, or it is somebody else's.", "Go back and choose it from the list."),
        "idempotency_conflict": (
            "This form was sent before with something else in it.", "Open the page anew and fill it in again.",
        ),
        "in_household": ("This person belongs to a household already.", "Whoever leaves the one can join the other."),
        "invited_already": ("This person is invited already.", "Wait for the answer, or take the invitation back."),
        "joined_since": (
            "One of you has joined or left a household since the offer was made, so no points were moved.",
            "Put it away; whoever sends the points makes a new one.",
        ),
        "not_in_household": ("This person does not belong to the household.", "Choose one of its persons."),
        "staff_changed": (
            "Somebody else has changed this person's role since you opened this, so nothing was done.",
            "Look at the role they have now, and decide again.",
        ),
        "picture_changed": (
            "Somebody else has changed this picture since you opened this, so nothing was done.",
            "Look at what is shown now, and decide again.",
        ),
        "stock_changed": (
            "Somebody else has changed this stock since you opened this, so nothing was done.",
            "Look at what there is now, and decide again.",
        ),
        "draft_begun": (
            "Somebody else has begun a draft meanwhile that changes the same, so nothing was done.",
            "Open it under “Drafts”, and decide again.",
        ),
        "draft_changed": (
            "Somebody else has changed this draft since you opened it, so nothing was done.",
            "Look at what it says now, and decide again.",
        ),
        "draft_outdated": (
            "A newer version of the programme has come out since you opened this, so nothing was done.",
            "Look at what it says now, and decide again.",
        ),
        "segment_outdated": (
            "Somebody else has changed this segment since you opened it, so nothing was done.",
            "Look at what it says now, and decide again.",
        ),
        "letters_off": (
            "No e-mails go out from here yet, so no code can reach you.",
            "Ask the people of the programme; who has a password signs in with it.",
        ),
        "kpi_unknown": ("No figure has this name.", "Choose one of those on the first page of the console."),
        "right_missing": (
            "This is more than you may do here, so nothing was done.",
            "If it is part of your work, ask an owner of the programme to let you.",
        ),
    },
    "bg": {
        "body_too_large": (
            f"Всичко във формуляра може да е най-много {_MEGABYTES} MB; това беше повече и нищо не беше направено.",
            "Върнете се и изберете по-малък файл или по-малко файлове.",
        ),
        "gone": ("Няма го или е на някой друг.", "Върнете се и изберете от списъка."),
        "idempotency_conflict": (
            "Този формуляр вече беше изпратен с друго съдържание.", "Отворете страницата отново и го попълнете пак.",
        ),
        "in_household": ("Този човек вече е в домакинство.", "Който напусне едното, може да влезе в другото."),
        "invited_already": ("Този човек вече е поканен.", "Изчакайте отговора или оттеглете поканата."),
        "joined_since": (
            "Откакто е направено предложението, един от двама ви влезе в домакинство или излезе; точките не мръднаха.",
            "Откажете го; който праща точките, прави ново.",
        ),
        "not_in_household": ("Този човек не е от домакинството.", "Изберете някого от него."),
        "staff_changed": (
            "Някой друг промени ролята на този човек, откакто отворихте това, и затова нищо не беше направено.",
            "Вижте каква е сега и решете отново.",
        ),
        "picture_changed": (
            "Друг е променил тази картинка, откакто сте отворили страницата, затова нищо не е направено.",
            "Вижте какво се показва сега и решете отново.",
        ),
        "stock_changed": (
            "Някой друг промени тази наличност, откакто отворихте това, и затова нищо не беше направено.",
            "Вижте какво има сега и решете отново.",
        ),
        "draft_begun": (
            "Някой друг междувременно започна чернова, която променя същото, и затова нищо не беше направено.",
            "Отворете я в „Чернови“ и решете отново.",
        ),
        "draft_changed": (
            "Някой друг промени черновата, откакто я отворихте, и затова нищо не беше направено.",
            "Вижте какво казва тя сега и решете отново.",
        ),
        "draft_outdated": (
            "Излезе по-нова версия на програмата, откакто отворихте това, и затова нищо не беше направено.",
            "Вижте какво казва тя сега и решете отново.",
        ),
        "segment_outdated": (
            "Някой друг промени сегмента, откакто го отворихте, и затова нищо не беше направено.",
            "Вижте какво казва той сега и решете отново.",
        ),
        "letters_off": (
            "Оттук още не се пращат имейли и кодът няма как да стигне до вас.",
            "Попитайте хората от програмата; който има парола, влиза с нея.",
        ),
        "kpi_unknown": ("Няма показател с това име.", "Изберете някой от началната страница на конзолата."),
        "right_missing": (
            "Това е повече, отколкото можете да правите тук, и затова нищо не беше направено.",
            "Ако е част от работата ви, помолете собственик на програмата да ви разреши.",
        ),
    },
    "tr": {
        "body_too_large": (
            f"Bir formdaki her şey birlikte en fazla {_MEGABYTES} MB olabilir; bu daha fazlaydı, bir şey yapılmadı.",
            "Geri dönüp daha küçük bir dosya ya da daha az dosya seçin.",
        ),
        "gone": ("Yok ya da başkasının.", "Geri dönüp listeden seçin."),
        "idempotency_conflict": (
            "Bu form daha önce başka içerikle gönderildi.", "Sayfayı yeniden açıp tekrar doldurun.",
        ),
        "in_household": ("Bu kişi zaten bir hanede.", "Birinden ayrılan ötekine katılabilir."),
        "invited_already": ("Bu kişi zaten davetli.", "Yanıtı bekleyin ya da daveti geri alın."),
        "joined_since": (
            "Teklif yapıldıktan sonra biriniz bir haneye katıldı ya da ayrıldı; bu yüzden puan aktarılmadı.",
            "Teklifi kapatın; puanları gönderen yenisini yapar.",
        ),
        "not_in_household": ("Bu kişi haneden değil.", "Haneden birini seçin."),
        "staff_changed": (
            "Siz açtıktan sonra başka biri bu kişinin rolünü değiştirdi; bu yüzden hiçbir şey yapılmadı.",
            "Şimdiki role bakıp yeniden karar verin.",
        ),
        "picture_changed": (
            "Siz bunu açtıktan sonra bir başkası bu resmi değiştirdi, bu yüzden bir şey yapılmadı.",
            "Şimdi gösterilene bakın ve yeniden karar verin.",
        ),
        "stock_changed": (
            "Siz açtıktan sonra başka biri bu stoku değiştirdi; bu yüzden hiçbir şey yapılmadı.",
            "Şimdiki duruma bakıp yeniden karar verin.",
        ),
        "draft_begun": (
            "Bu arada başka biri aynı yeri değiştiren bir taslak başlattı; bu yüzden hiçbir şey yapılmadı.",
            "“Taslaklar” bölümünde açıp yeniden karar verin.",
        ),
        "draft_changed": (
            "Siz açtıktan sonra başka biri bu taslağı değiştirdi; bu yüzden hiçbir şey yapılmadı.",
            "Şimdi ne dediğine bakıp yeniden karar verin.",
        ),
        "draft_outdated": (
            "Siz açtıktan sonra programın daha yeni bir sürümü çıktı; bu yüzden hiçbir şey yapılmadı.",
            "Şimdi ne dediğine bakıp yeniden karar verin.",
        ),
        "segment_outdated": (
            "Siz açtıktan sonra başka biri bu segmenti değiştirdi; bu yüzden hiçbir şey yapılmadı.",
            "Şimdi ne dediğine bakıp yeniden karar verin.",
        ),
        "letters_off": (
            "Buradan henüz e-posta gönderilmiyor; bu yüzden size kod ulaşamaz.",
            "Programı yürütenlere sorun; parolası olan onunla girer.",
        ),
        "kpi_unknown": ("Bu adda bir gösterge yok.", "Konsolun ilk sayfasındakilerden birini seçin."),
        "right_missing": (
            "Bu, burada yapabileceğinizden fazlası; bu yüzden hiçbir şey yapılmadı.",
            "İşinizin bir parçasıysa programın bir sahibinden izin isteyin.",
        ),
    },
}  # fmt: skip
# A reason, or a hint without its bound, at one field; the bound stands for {0}.
REASONS: Final[dict[str, dict[str, str]]] = {
    "en": {
        "missing": "Please fill this in.",
        "not_a_picture": "This file is no picture. Choose a photo: PNG, JPEG or WebP.",
        "all_missing": "Please fill this in.",
        "amount_missing": "Type an amount, like 12.40.",
        "not_a_number": "Write a plain number, like 12.34.",
        "minor_units": "Write an amount, like 12.34.",
        "too_many_decimals": "Write fewer digits after the point.",
        "too_large": "This number is too large.",
        "not_positive": "It must be more than 0.",
        "no_minus": "Type it without a minus.",
        "typed_number": "This is no number. Type it like {0}.",
        "typed_only": "Type only the number: {0}.",
        "typed_currency": "Amounts are in {0} here. Type what it is in {0}, only the number.",
        "typed_digits": "Type it with the digits 0 to 9: {0}.",
        "typed_power": "Type all of its digits: {0}.",
        "typed_unclear": "Is it {0} or {1}? Type the one that you mean, without a mark for thousands.",
        "typed_torn": "Type it without blanks: {0}.",
        "typed_marks": "A point or comma stands in the wrong place. Type it like {0}.",
        "typed_whole": "Only whole numbers count here. Type {0} or {1}.",
        "typed_decimals": "Digits after the point: at most {0}. Type {1} or {2}.",
        "less_than_lines": "It is less than the lines come to. Write the whole amount, or leave it blank.",
        "minus": "An amount has no minus. What comes back is a purchase that is undone or returned.",
        "more_than_a_sale": "That is more than one sale comes to. Was a barcode scanned into this field?",
        "type:int": "Write a whole number.",
        "type:float": "Write a number.",
        "type:bool": "Say yes or no.",
        "type:date": "Choose a day.",
        "type:datetime": "Choose a day and a time.",
        "no_such_day": "There is no such day.",
        "not_a_day": "Choose a day.",
        "birthday_too_old": "This is more than 120 years ago. Look at the year once more.",
        "day_ahead": "This day lies in the future.",
        "day_before_programme": "This day lies before the programme began.",
        "day_far_off": "This day lies before 1970, or more than a year ahead.",
        "year_far_off": f"This day is too far off: at most the year {limits.YEAR_MAX}.",
        "over": "This day is over.",
        "at_least": "Write {0} or more.",
        "at_most": "Write {0} or less.",
        "shortest": "Write at least {0} characters.",
        "longest": "Write at most {0} characters.",
        "fewest": "Choose at least {0}.",
        "most": "Choose at most {0}.",
        "not_a_choice": "Choose one of these.",
        "malformed": "It is not written as it must be.",
        "length": "It is empty or too long.",
        "out_of_range": "This number is too small or too large.",
    },
    "bg": {
        "missing": "Моля, попълнете.",
        "not_a_picture": "Този файл не е снимка. Изберете снимка: PNG, JPEG или WebP.",
        "all_missing": "Моля, попълнете.",
        "amount_missing": "Въведете сума, например 12,40.",
        "not_a_number": "Напишете обикновено число, например 12,34.",
        "minor_units": "Напишете сума, например 12,34.",
        "too_many_decimals": "Напишете по-малко цифри след запетаята.",
        "too_large": "Числото е твърде голямо.",
        "not_positive": "Трябва да е повече от 0.",
        "no_minus": "Напишете без минус.",
        "typed_number": "Това не е число. Напишете го като {0}.",
        "typed_only": "Напишете само числото: {0}.",
        "typed_currency": "Сумите тук са в {0}. Напишете колко е в {0}, само числото.",
        "typed_digits": "Напишете го с цифрите от 0 до 9: {0}.",
        "typed_power": "Напишете всичките му цифри: {0}.",
        "typed_unclear": "{0} ли е или {1}? Напишете това, което имате предвид, без знак за хилядите.",
        "typed_torn": "Напишете го без интервали: {0}.",
        "typed_marks": "Точка или запетая е на грешно място. Напишете го като {0}.",
        "typed_whole": "Тук се броят само цели числа. Напишете {0} или {1}.",
        "typed_decimals": "Цифри след запетаята: най-много {0}. Напишете {1} или {2}.",
        "less_than_lines": "По-малко е от сбора на редовете. Напишете цялата сума или оставете полето празно.",
        "minus": "Сумата няма минус. Връща се покупка – като се отмени или върне.",
        "more_than_a_sale": "Повече е, отколкото струва една продажба. Да не е сканиран баркод в полето?",
        "type:int": "Напишете цяло число.",
        "type:float": "Напишете число.",
        "type:bool": "Изберете да или не.",
        "type:date": "Изберете ден.",
        "type:datetime": "Изберете ден и час.",
        "no_such_day": "Няма такъв ден.",
        "not_a_day": "Изберете ден.",
        "birthday_too_old": "Това е преди повече от 120 години. Проверете годината.",
        "day_ahead": "Този ден е в бъдещето.",
        "day_before_programme": "Този ден е преди началото на програмата.",
        "day_far_off": "Този ден е преди 1970 г. или след повече от година.",
        "year_far_off": f"Този ден е твърде далеч: най-късно {limits.YEAR_MAX} г.",
        "over": "Този ден е минал.",
        "at_least": "Напишете поне {0}.",
        "at_most": "Напишете най-много {0}.",
        "shortest": "Напишете поне {0} знака.",
        "longest": "Напишете най-много {0} знака.",
        "fewest": "Изберете поне {0}.",
        "most": "Изберете най-много {0}.",
        "not_a_choice": "Изберете едно от тези.",
        "malformed": "Не е написано както трябва.",
        "length": "Празно е или е твърде дълго.",
        "out_of_range": "Числото е твърде малко или твърде голямо.",
    },
    "tr": {
        "missing": "Lütfen doldurun.",
        "not_a_picture": "Bu dosya bir resim değil. Bir fotoğraf seçin: PNG, JPEG ya da WebP.",
        "all_missing": "Lütfen doldurun.",
        "amount_missing": "12,40 gibi bir tutar yazın.",
        "not_a_number": "12,34 gibi düz bir sayı yazın.",
        "minor_units": "12,34 gibi bir tutar yazın.",
        "too_many_decimals": "Virgülden sonra daha az basamak yazın.",
        "too_large": "Bu sayı çok büyük.",
        "not_positive": "0'dan büyük olmalı.",
        "no_minus": "Eksi olmadan yazın.",
        "typed_number": "Bu bir sayı değil. {0} gibi yazın.",
        "typed_only": "Yalnızca sayıyı yazın: {0}.",
        "typed_currency": "Tutarlar burada {0} cinsindendir. {0} karşılığını yazın, yalnızca sayıyı.",
        "typed_digits": "0'dan 9'a kadar olan rakamlarla yazın: {0}.",
        "typed_power": "Tüm rakamlarını yazın: {0}.",
        "typed_unclear": "{0} mı, {1} mi? Kastettiğinizi binlik işareti olmadan yazın.",
        "typed_torn": "Boşluksuz yazın: {0}.",
        "typed_marks": "Nokta ya da virgül yanlış yerde. {0} gibi yazın.",
        "typed_whole": "Burada yalnızca tam sayılar geçer. {0} ya da {1} yazın.",
        "typed_decimals": "Virgülden sonraki basamaklar: en çok {0}. {1} ya da {2} yazın.",
        "less_than_lines": "Satırların toplamından az. Tutarın tamamını yazın ya da boş bırakın.",
        "minus": "Tutarda eksi olmaz. Geri gelen, geri alınan ya da iade edilen bir alışveriştir.",
        "more_than_a_sale": "Tek bir satış için çok fazla. Bu alana bir barkod mu okutuldu?",
        "type:int": "Tam sayı yazın.",
        "type:float": "Sayı yazın.",
        "type:bool": "Evet ya da hayır seçin.",
        "type:date": "Bir gün seçin.",
        "type:datetime": "Bir gün ve saat seçin.",
        "no_such_day": "Böyle bir gün yok.",
        "not_a_day": "Bir gün seçin.",
        "birthday_too_old": "Bu 120 yıldan daha eski. Yıla bir kez daha bakın.",
        "day_ahead": "Bu gün gelecekte.",
        "day_before_programme": "Bu gün programın başlangıcından önce.",
        "day_far_off": "Bu gün 1970'ten önce ya da bir yıldan daha ileride.",
        "year_far_off": f"Bu gün çok ileride: en geç {limits.YEAR_MAX} yılı.",
        "over": "Bu gün geçti.",
        "at_least": "En az {0} yazın.",
        "at_most": "En çok {0} yazın.",
        "shortest": "En az {0} karakter yazın.",
        "longest": "En çok {0} karakter yazın.",
        "fewest": "En az {0} tane seçin.",
        "most": "En çok {0} tane seçin.",
        "not_a_choice": "Bunlardan birini seçin.",
        "malformed": "Gerektiği gibi yazılmamış.",
        "length": "Boş ya da çok uzun.",
        "out_of_range": "Bu sayı çok küçük ya da çok büyük.",
    },
}


def told(refusal: Refusal, language: str, programme: Programme | None = None) -> Telling:
    """The refusal as a page says it."""
    whole = tell(refusal, language, programme)
    spoken = language if language in CURES else "en"
    if refusal.code == "money_invalid":
        said = at_field(str(refusal.facts["reason"]), "", language)
        return whole if said is None else Telling(whole.title, said, "")
    what, _, end = refusal.code.rpartition("_")
    plain = _SAID[spoken].get("gone" if end == "unknown" and what in _GONE else refusal.code)
    if plain is not None:
        return Telling(whole.title, *plain)
    cure = CURES[spoken].get(refusal.code)
    return whole if cure is None else Telling(whole.title, whole.cause, cure)


def at_field(reason: str, hint: str, language: str) -> str | None:
    """What is wrong with what was filled in; None where no page has words of its own for it."""
    known = REASONS.get(language, REASONS["en"])
    name, _, about = hint.partition(":")
    found = known.get(hint) or known.get(name) or known.get(reason)
    if found is None:
        return None
    if name in ("at_least", "at_most"):
        return found.format(_grouped(about, language))
    told = about if language == "en" else about.replace(".", ",")  # numbers as they are typed there
    return found.format(*told.split("|"))


def _grouped(number: str, language: str) -> str:
    """A limit as people read it, with its thousands apart."""
    whole, mark, behind = number.partition(".")
    if not whole.isdecimal():
        return number
    tongue = sentences.tongue(language)
    return f"{tongue.number(int(whole))}{tongue.decimal if mark else ''}{behind}"
