"""The refusals of consents and erasures in every language: headline, cause with its facts, cure."""

from typing import Final

SENTENCES: Final[dict[str, dict[str, tuple[str, str, str]]]] = {
    "en": {
        "download_too_large": (
            "Too much at once",
            "There are more than {most} rows.",
            "Let the operator write it: guerdon member download.",
        ),
        "consent_unknown": (
            "Unknown consent",
            "The programme asks for no consent “{consent}”; it asks for: {known}.",
            "Check the key.",
        ),
        "consent_wording": (
            "No such wording",
            "“{consent}” has the wordings 1 to {version}.",
            "Say the one that was shown, or none for the one in force.",
        ),
        "consent_required": (
            "Needed to take part",
            "Nobody can be a member without “{consent}”, so it can't be withdrawn alone.",
            "Erase the member instead.",
        ),
        "erasure_waiting": (
            "About to be erased",
            "The member {member} is to be erased on {due}.",
            "Take the erasure back first.",
        ),
        "erasure_none": (
            "Nothing to take back",
            "Nobody has asked for the member {member} to be erased.",
            "Nothing is left to do.",
        ),
        "erasure_due": (
            "Too late",
            "The time to think is over: the member {member} is being erased.",
            "Enrol them anew, if they wish.",
        ),
    },
    "bg": {
        "download_too_large": (
            "Твърде много наведнъж",
            "Редовете са повече от {most}.",
            "Операторът може да го запише: guerdon member download.",
        ),
        "consent_unknown": (
            "Непознато съгласие",
            "Програмата не иска съгласие „{consent}“; тя иска: {known}.",
            "Проверете ключа.",
        ),
        "consent_wording": (
            "Няма такъв текст",
            "„{consent}“ има текстове от 1 до {version}.",
            "Посочете показания или никой – за действащия.",
        ),
        "consent_required": (
            "Нужно е за участие",
            "Без „{consent}“ никой не може да бъде член, затова не може да се оттегли само то.",
            "Вместо това изтрийте члена.",
        ),
        "erasure_waiting": (
            "Предстои изтриване",
            "Членът {member} ще бъде изтрит на {due}.",
            "Първо отменете изтриването.",
        ),
        "erasure_none": (
            "Няма какво да се отмени",
            "Никой не е искал членът {member} да бъде изтрит.",
            "Няма какво повече да се направи.",
        ),
        "erasure_due": (
            "Твърде късно",
            "Времето за размисъл изтече: членът {member} се изтрива.",
            "Запишете го отново, ако желае.",
        ),
    },
    "tr": {
        "download_too_large": (
            "Tek seferde çok fazla",
            "{most} satırdan fazla var.",
            "İşletmeci yazsın: guerdon member download.",
        ),
        "consent_unknown": (
            "Bilinmeyen onay",
            "Program “{consent}” onayını istemiyor; istedikleri: {known}.",
            "Anahtarı denetleyin.",
        ),
        "consent_wording": (
            "Böyle bir metin yok",
            "“{consent}” için 1 ile {version} arasında metinler var.",
            "Gösterilen metni söyleyin; söylemezseniz yürürlükteki sayılır.",
        ),
        "consent_required": (
            "Katılım için gerekli",
            "“{consent}” olmadan kimse üye olamaz, bu yüzden tek başına geri alınamaz.",
            "Bunun yerine üyeyi silin.",
        ),
        "erasure_waiting": (
            "Silinmek üzere",
            "{member} üyesi {due} tarihinde silinecek.",
            "Önce silmeyi geri alın.",
        ),
        "erasure_none": (
            "Geri alınacak bir şey yok",
            "Kimse {member} üyesinin silinmesini istemedi.",
            "Yapılacak bir şey yok.",
        ),
        "erasure_due": (
            "Çok geç",
            "Düşünme süresi doldu: {member} üyesi siliniyor.",
            "İsterse yeniden kaydedin.",
        ),
    },
}
