"""The refusals of activities and returns in every language: headline, cause with its facts, cure."""

from typing import Final

SENTENCES: Final[dict[str, dict[str, tuple[str, str, str]]]] = {
    "en": {
        "activity_before_programme": (
            "Before the programme began",
            "The activity happened at {occurred_at}; the programme's first version is in force from {first}.",
            "Check the date, or publish a version that was already in force then.",
        ),
        "activity_in_future": (
            "From the future",
            "The activity claims to have happened at {occurred_at}, and it is only {now}.",
            "Check the clock and the time zone of the sender.",
        ),
        "activity_invalid": (
            "Activity not accepted",
            "“{pointer}” of the activity is not right: {reason}.",
            "Correct it and send the activity again.",
        ),
        "activity_kind_unknown": (
            "Unknown kind of activity",
            "The programme knows no activity of the kind “{kind}”.",
            "Send one of these: {known}; or add the kind to the programme file.",
        ),
        "activity_unknown": (
            "No such activity",
            "There is no activity {id} in this programme.",
            "Check the id; activities of other programmes can't be seen with this key.",
        ),
        "adjustment_unknown": (
            "No such adjustment",
            "There is no adjustment {id} in this programme.",
            "Check the id; adjustments of other programmes can't be seen with this key.",
        ),
        "already_returned": (
            "Already returned",
            "The purchase {purchase} has been returned as a whole before.",
            "Nothing more can be taken back for it.",
        ),
        "award_too_large": (
            "Too many points at once",
            "This would give more {unit} than one award can hold: {most} of the smallest step.",
            "Check the amounts of the activity, and what the rules give for them.",
        ),
        "currency_unknown": (
            "Unknown currency",
            "The programme has no exchange rate for “{currency}”.",
            "Use one of these: {known}; or add rates to the programme file.",
        ),
        "purchase_of_another": (
            "Another member's purchase",
            "The purchase {purchase} belongs to another member than the activity that confirms it.",
            "Send the confirmation for the member who bought.",
        ),
        "return_not_whole": (
            "Only whole returns",
            "The return gives back something else than the whole purchase {purchase}.",
            "Return the whole purchase: leave lines and amount out.",
        ),
        "return_of_another": (
            "Another member's purchase",
            "The purchase {purchase} belongs to another member than this return.",
            "Send the return for the member who bought.",
        ),
        "return_unnamed": (
            "Return of what?",
            "The return does not say which purchase it gives back.",
            "Name the purchase in “returns” by its external_id.",
        ),
    },
    "bg": {
        "activity_before_programme": (
            "Преди началото на програмата",
            "Действието е станало на {occurred_at}, а първата версия на програмата е в сила от {first}.",
            "Проверете датата или публикувайте версия, която тогава вече е била в сила.",
        ),
        "activity_in_future": (
            "От бъдещето",
            "Според заявката действието е станало на {occurred_at}, а сега е едва {now}.",
            "Проверете часовника и часовата зона на изпращащата система.",
        ),
        "activity_invalid": (
            "Действието не е прието",
            "„{pointer}“ на действието не е наред: {reason}.",
            "Поправете го и изпратете действието отново.",
        ),
        "activity_kind_unknown": (
            "Непознат вид действие",
            "Програмата не познава действие от вида „{kind}“.",
            "Изпратете едно от тези: {known}; или добавете вида във файла на програмата.",
        ),
        "activity_unknown": (
            "Няма такова действие",
            "В тази програма няма действие {id}.",
            "Проверете идентификатора; действията на други програми не се виждат с този ключ.",
        ),
        "adjustment_unknown": (
            "Няма такава корекция",
            "В тази програма няма корекция {id}.",
            "Проверете идентификатора; корекциите на други програми не се виждат с този ключ.",
        ),
        "already_returned": (
            "Вече е върната",
            "Покупката {purchase} вече е върната изцяло.",
            "За нея не може да се отнеме нищо повече.",
        ),
        "award_too_large": (
            "Твърде много точки наведнъж",
            "Това би дало повече {unit}, отколкото побира едно начисление: {most} най-малки стъпки.",
            "Проверете сумите на действието и какво дават правилата за тях.",
        ),
        "currency_unknown": (
            "Непозната валута",
            "Програмата няма курс за „{currency}“.",
            "Използвайте една от тези: {known}; или добавете курсове във файла на програмата.",
        ),
        "purchase_of_another": (
            "Покупка на друг член",
            "Покупката {purchase} е на друг член, а не на този от действието, което я потвърждава.",
            "Изпратете потвърждението за члена, който е купил.",
        ),
        "return_not_whole": (
            "Само цели връщания",
            "Връща се нещо различно от цялата покупка {purchase}.",
            "Върнете цялата покупка: пропуснете редовете и сумата.",
        ),
        "return_of_another": (
            "Покупка на друг член",
            "Покупката {purchase} е на друг член, а не на този, който връща.",
            "Изпратете връщането за члена, който е купил.",
        ),
        "return_unnamed": (
            "Връщане на какво?",
            "Връщането не казва коя покупка се връща.",
            "Посочете покупката в „returns“ чрез нейния external_id.",
        ),
    },
    "tr": {
        "activity_before_programme": (
            "Program başlamadan önce",
            "Etkinlik {occurred_at} anında olmuş; programın ilk sürümü {first} anından beri yürürlükte.",
            "Tarihi denetleyin ya da o zaman yürürlükte olan bir sürüm yayımlayın.",
        ),
        "activity_in_future": (
            "Gelecekten",
            "Etkinliğin {occurred_at} anında olduğu bildirildi, oysa şimdi daha {now}.",
            "Gönderen sistemin saatini ve saat dilimini denetleyin.",
        ),
        "activity_invalid": (
            "Etkinlik kabul edilmedi",
            "Etkinliğin “{pointer}” alanı doğru değil: {reason}.",
            "Düzeltip etkinliği yeniden gönderin.",
        ),
        "activity_kind_unknown": (
            "Bilinmeyen etkinlik türü",
            "Program “{kind}” türünde bir etkinlik tanımıyor.",
            "Şunlardan birini gönderin: {known}; ya da türü program dosyasına ekleyin.",
        ),
        "activity_unknown": (
            "Böyle bir etkinlik yok",
            "Bu programda {id} etkinliği yok.",
            "Kimliği denetleyin; başka programların etkinlikleri bu anahtarla görülmez.",
        ),
        "adjustment_unknown": (
            "Böyle bir düzeltme yok",
            "Bu programda {id} düzeltmesi yok.",
            "Kimliği denetleyin; başka programların düzeltmeleri bu anahtarla görülmez.",
        ),
        "already_returned": (
            "Zaten iade edildi",
            "{purchase} alışverişi daha önce tümüyle iade edildi.",
            "Bunun için geri alınacak başka bir şey yok.",
        ),
        "award_too_large": (
            "Bir kerede çok fazla puan",
            "Bu, tek bir kazanımın alabileceğinden çok {unit} verirdi: en küçük adımla {most}.",
            "Etkinliğin tutarlarını ve kuralların bunlar için ne verdiğini denetleyin.",
        ),
        "currency_unknown": (
            "Bilinmeyen para birimi",
            "Programda “{currency}” için kur yok.",
            "Şunlardan birini kullanın: {known}; ya da program dosyasına kur ekleyin.",
        ),
        "purchase_of_another": (
            "Başka üyenin alışverişi",
            "{purchase} alışverişi, onu onaylayan etkinliğinkinden başka bir üyeye ait.",
            "Onayı alışverişi yapan üye için gönderin.",
        ),
        "return_not_whole": (
            "Yalnızca tam iade",
            "İade, {purchase} alışverişinin tamamından başka bir şeyi geri veriyor.",
            "Alışverişin tamamını iade edin: satırları ve tutarı yazmayın.",
        ),
        "return_of_another": (
            "Başka üyenin alışverişi",
            "{purchase} alışverişi, iade edenden başka bir üyeye ait.",
            "İadeyi alışverişi yapan üye için gönderin.",
        ),
        "return_unnamed": (
            "Neyin iadesi?",
            "İade, hangi alışverişin geri verildiğini söylemiyor.",
            "Alışverişi “returns” içinde external_id ile belirtin.",
        ),
    },
}  # fmt: skip
