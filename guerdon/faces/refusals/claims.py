"""The refusals of claims in every language: headline, cause with its facts, cure."""

from typing import Final

SENTENCES: Final[dict[str, dict[str, tuple[str, str, str]]]] = {
    "en": {
        "answer_unknown": (
            "Unknown answer",
            "The programme has no answer “{answer}” ready.",
            "Use one of these: {known}; or write a text.",
        ),
        "claim_invalid": (
            "Claim incomplete",
            "{pointer} is not right: {reason}.",
            "A claim for missing points needs store, day, amount and receipt; a question or complaint needs its words.",
        ),
        "claim_over": (
            "Claim full",
            "A claim has {most} {what} at most.",
            "Settle it; what is left to say belongs into another claim.",
        ),
        "claim_reopened": (
            "Reopened before",
            "A claim is opened again once, and this one was.",
            "Open a new claim that says what is still missing.",
        ),
        "claim_state": (
            "Not possible now",
            "The claim is in the state {state}.",
            "Read it to see what became of it meanwhile.",
        ),
        "claim_too_old": (
            "Settled too long ago",
            "This claim could be opened again until {until}.",
            "Open a new claim.",
        ),
        "claim_unknown": (
            "Unknown claim",
            "There is no claim {id}.",
            "Use the id from the answer that opened it.",
        ),
        "claims_open": (
            "Many open claims",
            "This member has {open} open claims; {most} are possible at once.",
            "Wait until one is settled, or withdraw one.",
        ),
        "claims_today": (
            "Enough for today",
            "A member opens {most} claims a day at most.",
            "Come back tomorrow, or add to a claim that is open.",
        ),
        "purchase_known": (
            "Purchase known already",
            "This purchase is {fact}, of the member {member}.",
            "Nothing was given. Look at that entry, and refuse the claim where the receipt is somebody else's.",
        ),
    },
    "bg": {
        "answer_unknown": (
            "Непознат отговор",
            "Програмата няма готов отговор „{answer}“.",
            "Използвайте някой от тези: {known}; или напишете текст.",
        ),
        "claim_invalid": (
            "Непълно заявление",
            "{pointer} не е наред: {reason}.",
            "За липсващи точки са нужни магазин, ден, сума и бележка; за въпрос или оплакване – думите.",
        ),
        "claim_over": (
            "Заявлението е пълно",
            "Едно заявление побира най-много {most} ({what}).",
            "Приключете го; останалото е за друго заявление.",
        ),
        "claim_reopened": (
            "Вече е отваряно отново",
            "Заявление се отваря отново само веднъж и това вече е било.",
            "Подайте ново, в което пише какво още липсва.",
        ),
        "claim_state": (
            "Сега не може",
            "Състоянието на заявлението е {state}.",
            "Прочетете го, за да видите какво е станало междувременно.",
        ),
        "claim_too_old": (
            "Приключено отдавна",
            "Това заявление можеше да се отвори отново до {until}.",
            "Подайте ново.",
        ),
        "claim_unknown": (
            "Непознато заявление",
            "Няма заявление {id}.",
            "Използвайте номера от отговора при подаването му.",
        ),
        "claims_open": (
            "Много отворени заявления",
            "Този член има {open} отворени заявления; възможни са {most} наведнъж.",
            "Изчакайте някое да приключи или оттеглете едно.",
        ),
        "claims_today": (
            "Достатъчно за днес",
            "Един член подава най-много {most} заявления на ден.",
            "Елате утре или допълнете отворено заявление.",
        ),
        "purchase_known": (
            "Покупката вече е известна",
            "Тази покупка е {fact}, на члена {member}.",
            "Нищо не е дадено. Вижте този запис и откажете заявлението, ако бележката е на друг.",
        ),
    },
    "tr": {
        "answer_unknown": (
            "Bilinmeyen yanıt",
            "Programda “{answer}” adlı hazır yanıt yok.",
            "Şunlardan birini kullanın: {known}; ya da bir metin yazın.",
        ),
        "claim_invalid": (
            "Başvuru eksik",
            "{pointer} doğru değil: {reason}.",
            "Eksik puan için mağaza, gün, tutar ve fiş gerekir; soru ya da şikâyet için metin.",
        ),
        "claim_over": (
            "Başvuru dolu",
            "Bir başvuruda en çok {most} olur ({what}).",
            "Sonuçlandırın; kalanı başka bir başvuruya yazın.",
        ),
        "claim_reopened": (
            "Daha önce yeniden açıldı",
            "Bir başvuru yalnızca bir kez yeniden açılır; bu açılmıştı.",
            "Neyin eksik kaldığını yazan yeni bir başvuru açın.",
        ),
        "claim_state": (
            "Şimdi olmaz",
            "Başvurunun durumu: {state}.",
            "Bu arada ne olduğunu görmek için okuyun.",
        ),
        "claim_too_old": (
            "Çok önce sonuçlandı",
            "Bu başvuru {until} tarihine kadar yeniden açılabilirdi.",
            "Yeni bir başvuru açın.",
        ),
        "claim_unknown": (
            "Bilinmeyen başvuru",
            "{id} başvurusu yok.",
            "Açıldığında verilen numarayı kullanın.",
        ),
        "claims_open": (
            "Çok açık başvuru",
            "Bu üyenin {open} açık başvurusu var; aynı anda {most} olabilir.",
            "Birinin sonuçlanmasını bekleyin ya da birini geri çekin.",
        ),
        "claims_today": (
            "Bugünlük yeter",
            "Bir üye günde en çok {most} başvuru açar.",
            "Yarın gelin ya da açık bir başvuruya ekleyin.",
        ),
        "purchase_known": (
            "Alışveriş zaten kayıtlı",
            "Bu alışveriş {fact}; üyesi {member}.",
            "Hiçbir şey verilmedi. O kayda bakın; fiş başkasınınsa başvuruyu reddedin.",
        ),
    },
}  # fmt: skip
