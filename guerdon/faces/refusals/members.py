"""The refusals of members in every language: headline, cause with its facts, cure."""

from typing import Final

SENTENCES: Final[dict[str, dict[str, tuple[str, str, str]]]] = {
    "en": {
        "address_new": (
            "New address",
            "The member got another e-mail or phone a short while ago, and can give nothing away until {until}.",
            "Wait until then. If it was not the member who changed it, block the member.",
        ),
        "address_wait_none": (
            "Nothing to wait for",
            "The member has no new e-mail or phone for which somebody must wait.",
            "Nothing is to be done.",
        ),
        "own_address_wait": (
            "Your own account",
            "Nobody lifts the wait of their own account.",
            "Ask a colleague who has the right.",
        ),
        "etag_missing": (
            "If-Match needed",
            "A change must say which state it starts from, so that nobody overwrites what another changed.",
            "Read it and send its ETag in the header If-Match.",
        ),
        "etag_outdated": (
            "Changed meanwhile",
            "Somebody changed the member since you read it: you saw state {expected}, now it is {got}.",
            "Read the member again and repeat the change on what is there now.",
        ),
        "identifier_invalid": (
            "Identifier not accepted",
            "The {kind} is not right: {reason}.",
            "Correct it and try again.",
        ),
        "identifier_taken": (
            "Identifier taken",
            "This {kind} belongs to another member already.",
            "Search for that member by the identifier, or use another one.",
        ),
        "member_invalid": (
            "Member not accepted",
            "“{pointer}” of the member is not right: {reason}.",
            "Correct it and try again.",
        ),
        "member_not_active": (
            "Member not active",
            "The member can't earn or spend: the status is “{status}”.",
            "Set the status to active first.",
        ),
        "search_too_short": (
            "Too short to search",
            "Members are found by at least {letters_min} letters of a name, or by a whole identifier.",
            "Type more of the name.",
        ),
        "member_unknown": (
            "No such member",
            "No member of this programme has this {kind}.",
            "Check the identifier, or enrol the member first.",
        ),
    },
    "bg": {
        "address_new": (
            "Нов адрес",
            "Членът има нов имейл или телефон отскоро и до {until} не може да дава точки.",
            "Изчакайте дотогава. Ако не членът го е сменил, блокирайте го.",
        ),
        "address_wait_none": (
            "Няма изчакване",
            "Членът няма нов имейл или телефон, заради който да се чака.",
            "Не е нужно да правите нищо.",
        ),
        "own_address_wait": (
            "Вашият профил",
            "Никой не прекратява изчакването за собствения си профил.",
            "Помолете колега, който има това право.",
        ),
        "etag_missing": (
            "Нужен е If-Match",
            "Промяната трябва да каже от кое състояние тръгва, за да не изтрие чужда промяна.",
            "Прочетете го и изпратете неговия ETag в заглавието If-Match.",
        ),
        "etag_outdated": (
            "Междувременно е променен",
            "Някой е променил члена, след като сте го прочели: видели сте състояние {expected}, сега е {got}.",
            "Прочетете члена отново и повторете промяната върху новото състояние.",
        ),
        "identifier_invalid": (
            "Идентификаторът не е приет",
            "Има грешка в данните „{kind}“: {reason}.",
            "Поправете го и опитайте отново.",
        ),
        "identifier_taken": (
            "Идентификаторът е зает",
            "Този {kind} вече принадлежи на друг член.",
            "Потърсете този член по идентификатора или използвайте друг.",
        ),
        "member_invalid": (
            "Членът не е приет",
            "„{pointer}“ на члена не е наред: {reason}.",
            "Поправете го и опитайте отново.",
        ),
        "member_not_active": (
            "Членът не е активен",
            "Членът не може да печели и да харчи: състоянието е „{status}“.",
            "Първо го направете активен (active).",
        ),
        "search_too_short": (
            "Твърде кратко за търсене",
            "Членовете се намират поне по {letters_min} букви от името или по цял идентификатор.",
            "Въведете повече от името.",
        ),
        "member_unknown": (
            "Няма такъв член",
            "Никой член на тази програма няма такъв {kind}.",
            "Проверете идентификатора или първо запишете члена.",
        ),
    },
    "tr": {
        "address_new": (
            "Yeni adres",
            "Üyenin e-postası ya da telefonu kısa süre önce değişti; {until} tarihine kadar bir şey veremez.",
            "O zamana kadar bekleyin. Değiştiren üye değilse üyeyi engelleyin.",
        ),
        "address_wait_none": (
            "Bekleme yok",
            "Üyenin beklemeyi gerektiren yeni bir e-postası ya da telefonu yok.",
            "Yapılacak bir şey yok.",
        ),
        "own_address_wait": (
            "Kendi hesabınız",
            "Kimse kendi hesabının beklemesini kaldırmaz.",
            "Bu hakkı olan bir iş arkadaşınızdan isteyin.",
        ),
        "etag_missing": (
            "If-Match gerekli",
            "Bir değişiklik, başkasının değişikliğini silmemek için hangi durumdan yola çıktığını söylemelidir.",
            "Onu okuyun ve ETag değerini If-Match başlığında gönderin.",
        ),
        "etag_outdated": (
            "Bu arada değişti",
            "Siz okuduktan sonra biri üyeyi değiştirdi: gördüğünüz durum {expected}, şimdiki {got}.",
            "Üyeyi yeniden okuyun ve değişikliği yeni durum üzerinde yineleyin.",
        ),
        "identifier_invalid": (
            "Tanıtıcı kabul edilmedi",
            "Gönderilen {kind} doğru değil: {reason}.",
            "Düzeltip yeniden deneyin.",
        ),
        "identifier_taken": (
            "Tanıtıcı kullanımda",
            "Bu {kind} zaten başka bir üyeye ait.",
            "O üyeyi bu tanıtıcıyla arayın ya da başka bir tanıtıcı kullanın.",
        ),
        "member_invalid": (
            "Üye kabul edilmedi",
            "Üyenin “{pointer}” alanı doğru değil: {reason}.",
            "Düzeltip yeniden deneyin.",
        ),
        "member_not_active": (
            "Üye etkin değil",
            "Üye puan kazanamaz ve harcayamaz: durumu “{status}”.",
            "Önce durumu etkin (active) yapın.",
        ),
        "search_too_short": (
            "Aramak için çok kısa",
            "Üyeler adın en az {letters_min} harfiyle ya da tam bir tanıtıcıyla bulunur.",
            "Adın daha fazlasını yazın.",
        ),
        "member_unknown": (
            "Böyle bir üye yok",
            "Bu programın hiçbir üyesinde bu {kind} yok.",
            "Tanıtıcıyı denetleyin ya da önce üyeyi kaydedin.",
        ),
    },
}  # fmt: skip
