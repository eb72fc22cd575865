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
            "Not accepted",
            "“{pointer}” is not right: {reason}.",
            "Correct it and send it again.",
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
        "nothing_returned": (
            "Nothing came back",
            "Nothing of the purchase {purchase} has been returned, so there is nothing to open again.",
            "Check which order was cancelled.",
        ),
        "purchase_of_another": (
            "Another member's purchase",
            "The purchase {purchase} belongs to another member than the activity that confirms it.",
            "Send the confirmation for the member who bought.",
        ),
        "purchase_unknown": (
            "No such purchase",
            "The purchase {purchase}, which this one shall replace, is not known here.",
            "Tell that purchase first, or leave “replaces” out.",
        ),
        "return_currency": (
            "Another currency",
            "The purchase {purchase} was paid in {currency}; the return is told in another currency.",
            "Tell the return in {currency}, or leave the currency out.",
        ),
        "return_line_unknown": (
            "No such line",
            "“{pointer}” of the return names something that the purchase {purchase} did not have.",
            "Name lines by their numbers in the purchase, or as they were told then.",
        ),
        "return_too_much": (
            "More than is left",
            "The purchase {purchase} has less left than the return gives back: {left} in minor units (line: {line}).",
            "Return at most what is left; leave lines and amount out to return all of it.",
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
            "Не е прието",
            "„{pointer}“ не е наред: {reason}.",
            "Поправете го и изпратете отново.",
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
        "nothing_returned": (
            "Нищо не е върнато",
            "От покупката {purchase} нищо не е върнато, затова няма какво да се отвори отново.",
            "Проверете коя поръчка е отменена.",
        ),
        "purchase_of_another": (
            "Покупка на друг член",
            "Покупката {purchase} е на друг член, а не на този от действието, което я потвърждава.",
            "Изпратете потвърждението за члена, който е купил.",
        ),
        "purchase_unknown": (
            "Няма такава покупка",
            "Покупката {purchase}, която тази трябва да замени, не е известна тук.",
            "Първо изпратете онази покупка или пропуснете „replaces“.",
        ),
        "return_currency": (
            "Друга валута",
            "Покупката {purchase} е платена в {currency}; връщането е в друга валута.",
            "Изпратете връщането в {currency} или пропуснете валутата.",
        ),
        "return_line_unknown": (
            "Няма такъв ред",
            "„{pointer}“ на връщането посочва нещо, което покупката {purchase} няма.",
            "Посочете редовете с номерата им в покупката или както са били изпратени тогава.",
        ),
        "return_too_much": (
            "Повече от останалото",
            "От покупката {purchase} е останало по-малко, отколкото се връща: {left} в най-малки парични единици"
            " (ред: {line}).",
            "Върнете най-много останалото; пропуснете редовете и сумата, за да върнете всичко.",
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
            "Etkinlik {occurred_at} anında olmuş; programın ilk sürümü {first} tarihinden beri yürürlükte.",
            "Tarihi denetleyin ya da o zaman yürürlükte olan bir sürüm yayımlayın.",
        ),
        "activity_in_future": (
            "Gelecekten",
            "Etkinliğin {occurred_at} anında olduğu bildirildi, oysa şimdi daha {now}.",
            "Gönderen sistemin saatini ve saat dilimini denetleyin.",
        ),
        "activity_invalid": (
            "Kabul edilmedi",
            "“{pointer}” alanı doğru değil: {reason}.",
            "Düzeltip yeniden gönderin.",
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
        "nothing_returned": (
            "Hiçbir şey iade edilmedi",
            "{purchase} alışverişinden hiçbir şey iade edilmedi, yeniden açılacak bir şey yok.",
            "Hangi siparişin iptal edildiğine bakın.",
        ),
        "purchase_of_another": (
            "Başka üyenin alışverişi",
            "{purchase} alışverişi, onu onaylayan etkinliğinkinden başka bir üyeye ait.",
            "Onayı alışverişi yapan üye için gönderin.",
        ),
        "purchase_unknown": (
            "Böyle bir alışveriş yok",
            "Bunun yerine geçeceği {purchase} alışverişi burada bilinmiyor.",
            "Önce o alışverişi gönderin ya da “replaces” alanını yazmayın.",
        ),
        "return_currency": (
            "Başka para birimi",
            "{purchase} alışverişi {currency} ile ödendi; iade başka bir para biriminde.",
            "İadeyi {currency} olarak gönderin ya da para birimini yazmayın.",
        ),
        "return_line_unknown": (
            "Böyle bir satır yok",
            "İadenin “{pointer}” alanı, {purchase} alışverişinde olmayan bir şeyi gösteriyor.",
            "Satırları alışverişteki numaralarıyla ya da o zaman gönderildikleri gibi belirtin.",
        ),
        "return_too_much": (
            "Kalandan fazla",
            "{purchase} alışverişinden iade edilenden daha az kaldı: en küçük para biriminde {left} (satır: {line}).",
            "En fazla kalanı iade edin; tümünü iade etmek için satırları ve tutarı yazmayın.",
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
