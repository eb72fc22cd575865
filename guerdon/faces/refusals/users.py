"""The refusals of sign-in and of staff in every language: headline, cause with its facts, cure."""

from typing import Final

SENTENCES: Final[dict[str, dict[str, tuple[str, str, str]]]] = {
    "en": {
        "attempts_too_many": (
            "Too many tries",
            "This was tried too often in a short while.",
            "Wait {retry_after_seconds} s, then try again.",
        ),
        "right_missing": (
            "Not yours to open",
            "This needs the right “{right}”, which your role does not have.",
            "Ask an owner of the programme if you should have it.",
        ),
        "staff_invitation_over": (
            "This invitation is over",
            "It was {outcome}: an invitation can be accepted once, for three days.",
            "Ask for a new one.",
        ),
        "staff_invitation_unknown": (
            "No such invitation",
            "Nobody has sent an invitation with this address.",
            "Open the whole link of the letter, or ask for a new one.",
        ),
        "staff_changed": (
            "Changed meanwhile",
            "The role is {role} by now, not the one that was seen.",
            "Read it again, and decide on what it is now.",
        ),
        "staff_last_owner": (
            "The last owner stays",
            "A programme without an owner could be changed by nobody.",
            "Make somebody else an owner first.",
        ),
        "staff_name_invalid": (
            "Name not accepted",
            "A name has printable characters, at most {chars_max}.",
            "Write the name as colleagues know it.",
        ),
        "staff_unknown": (
            "Not one of the staff",
            "Nobody with the id {user} is or was staff of this programme.",
            "Look at the list of staff.",
        ),
    },
    "bg": {
        "attempts_too_many": (
            "Твърде много опити",
            "Това е опитвано твърде често за кратко време.",
            "Изчакайте {retry_after_seconds} сек., после опитайте пак.",
        ),
        "right_missing": (
            "Нямате достъп",
            "За това е нужно правото „{right}“, което ролята ви няма.",
            "Помолете собственик на програмата, ако трябва да го имате.",
        ),
        "staff_invitation_over": (
            "Поканата е приключила",
            "Състояние: {outcome}. Покана може да се приеме веднъж, до три дни.",
            "Поискайте нова.",
        ),
        "staff_invitation_unknown": (
            "Няма такава покана",
            "Никой не е изпращал покана с този адрес.",
            "Отворете целия линк от писмото или поискайте нова.",
        ),
        "staff_changed": (
            "Променена междувременно",
            "Ролята вече е {role}, не тази, която е видяна.",
            "Прочетете я отново и решете според сегашната.",
        ),
        "staff_last_owner": (
            "Последният собственик остава",
            "Програма без собственик не би могъл да промени никой.",
            "Първо направете друг човек собственик.",
        ),
        "staff_name_invalid": (
            "Името не е прието",
            "Името се състои от печатни знаци, най-много {chars_max}.",
            "Напишете името, както го знаят колегите.",
        ),
        "staff_unknown": (
            "Не е от персонала",
            "Никой с номер {user} не е и не е бил от персонала на програмата.",
            "Вижте списъка на персонала.",
        ),
    },
    "tr": {
        "attempts_too_many": (
            "Çok fazla deneme",
            "Bu, kısa sürede çok sık denendi.",
            "{retry_after_seconds} sn bekleyip yeniden deneyin.",
        ),
        "right_missing": (
            "Bu size açık değil",
            "Bunun için rolünüzde olmayan “{right}” hakkı gerekir.",
            "Sizde olması gerekiyorsa programın bir sahibinden isteyin.",
        ),
        "staff_invitation_over": (
            "Bu davet sona erdi",
            "Durumu: {outcome}. Bir davet üç gün içinde bir kez kabul edilebilir.",
            "Yeni bir davet isteyin.",
        ),
        "staff_invitation_unknown": (
            "Böyle bir davet yok",
            "Bu adresle kimse davet göndermedi.",
            "Mektuptaki bağlantının tamamını açın ya da yenisini isteyin.",
        ),
        "staff_changed": (
            "Bu arada değişti",
            "Rol artık {role}; görülen rol değil.",
            "Yeniden okuyup şimdiki duruma göre karar verin.",
        ),
        "staff_last_owner": (
            "Son sahip kalır",
            "Sahibi olmayan bir programı kimse değiştiremezdi.",
            "Önce başka birini sahip yapın.",
        ),
        "staff_name_invalid": (
            "Ad kabul edilmedi",
            "Ad yazdırılabilir karakterlerden oluşur, en çok {chars_max}.",
            "Adı iş arkadaşlarının bildiği gibi yazın.",
        ),
        "staff_unknown": (
            "Personelden değil",
            "{user} numaralı kimse bu programın personeli değil ve olmadı.",
            "Personel listesine bakın.",
        ),
    },
}
