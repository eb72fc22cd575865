"""What the page of alerts says."""

from typing import Final

from guerdon.faces.words.text import Words

WORDS: Final[dict[str, Words]] = {
    "title": Words("Alerts", "Сигнали", "Uyarılar"),
    "about": Words(
        "What looks like fraud. Look first, then ask: most of it has a good reason.",
        "Това, което прилича на измама. Първо погледнете, после попитайте: за повечето има добра причина.",
        "Hileye benzeyenler. Önce bakın, sonra sorun: çoğunun iyi bir nedeni vardır.",
    ),
    "none": Words("Nothing to look at", "Няма какво да се гледа", "Bakılacak bir şey yok"),
    "none_about": Words(
        "Every night we look for what is not usual, and tell it here.",
        "Всяка нощ търсим необичайното и го казваме тук.",
        "Her gece olağan dışı olanı arar, burada söyleriz.",
    ),
    "state": Words("State", "Състояние", "Durum"),
    "open": Words("Open", "Отворени", "Açık"),
    "cleared": Words("All right", "Всичко е наред", "Sorun yok"),
    "confirmed": Words("Fraud", "Измама", "Hile"),
    "repeated_card": Words("One card again and again", "Една карта отново и отново", "Aynı kart tekrar tekrar"),
    "repeated_card_about": Words(
        "One cashier recorded more purchases on this card in a day than is usual. They may be other customers’.",
        "Един касиер е записал на тази карта повече покупки за ден от обичайното. Може да са на други клиенти.",
        "Bir kasiyer bu karta bir günde olağandan çok alışveriş yazdı. Başka müşterilerinki olabilir.",
    ),
    "favoured_card": Words("A large share to one card", "Голям дял за една карта", "Tek karta büyük pay"),
    "favoured_card_about": Words(
        "Of all points this cashier gave in a week, a large share went to one card.",
        "От всички точки, които този касиер е дал за седмица, голям дял е за една карта.",
        "Bu kasiyerin bir haftada verdiği puanların büyük payı tek karta gitti.",
    ),
    "own_card": Words("The own card at the own till", "Своя карта на своята каса", "Kendi kasasında kendi kartı"),
    "own_card_about": Words(
        "A cashier recorded purchases on their own card. A colleague should do that.",
        "Касиер е записал покупки на собствената си карта. Това трябва да прави колега.",
        "Bir kasiyer kendi kartına alışveriş yazdı. Bunu bir iş arkadaşı yapmalı.",
    ),
    "repeated_adjustments": Words(
        "Points by hand again and again", "Точки на ръка отново и отново", "Elle tekrar tekrar puan"
    ),
    "repeated_adjustments_about": Words(
        "One person gave this member points by hand several times within thirty days.",
        "Един човек е дал на този член точки на ръка няколко пъти за тридесет дни.",
        "Bir kişi bu üyeye otuz gün içinde birkaç kez elle puan verdi.",
    ),
    "ring": Words("Points that go round", "Точки, които се въртят", "Dolaşan puanlar"),
    "ring_about": Words(
        "Members gave points on from one to the next until they came back to the first.",
        "Членове са си давали точки един на друг, докато са се върнали при първия.",
        "Üyeler puanları birbirine verdi, sonunda ilkine geri döndü.",
    ),
    "many_senders": Words("Many give to one", "Мнозина дават на един", "Çok kişiden birine"),
    "many_senders_about": Words(
        "Many members gave their points to this one within thirty days.",
        "Много членове са дали точките си на този за тридесет дни.",
        "Otuz gün içinde birçok üye puanını bu üyeye verdi.",
    ),
    "new_account": Words("A new account for gifts", "Нов профил за подаръци", "Hediyeler için yeni hesap"),
    "new_account_about": Words(
        "A new member has bought nothing, was given points by others, and spent them at once.",
        "Нов член не е купил нищо, получил е точки от други и веднага ги е похарчил.",
        "Yeni bir üye hiçbir şey almadı, başkalarından puan aldı ve hemen harcadı.",
    ),
    "household_ring": Words("In and out of households", "Влизане и излизане от домакинства", "Hanelere giriş çıkış"),
    "household_ring_about": Words(
        "Within thirty days members came into a household and went again, and each time points changed hands.",
        "За тридесет дни членове са влизали в домакинство и са си тръгвали; всеки път точки са сменяли собственика си.",
        "Otuz gün içinde üyeler bir haneye katılıp ayrıldı; her seferinde puanlar el değiştirdi.",
    ),
    "wrong_codes": Words("Codes that are tried out", "Пробване на кодове", "Denenen kodlar"),
    "wrong_codes_about": Words(
        "One cashier or one API key typed many wrong codes within an hour: of vouchers, gift cards or phones.",
        "Един касиер или един API ключ е въвел много грешни кодове за час: на ваучери, подаръчни карти или телефони.",
        "Bir kasiyer ya da API anahtarı bir saat içinde çok yanlış kod girdi: kupon, hediye kartı ya da telefon.",
    ),
    "who": Words("Who", "Кой", "Kim"),
    "times": Words("How often", "Колко пъти", "Kaç kez"),
    "points": Words("Points", "Точки", "Puan"),
    "span": Words("When", "Кога", "Ne zaman"),
    "member": Words("What happened: {name}", "Какво се е случило: {name}", "Neler oldu: {name}"),
    "mine": Words("About you", "За Вас", "Sizinle ilgili"),
    "mine_about": Words(
        "This is about you, so somebody else looks at it.",
        "Това е за Вас, затова го гледа друг.",
        "Bu sizinle ilgili; başka biri bakacak.",
    ),
    "reason": Words("What you found out", "Какво установихте", "Ne öğrendiniz"),
    "clear": Words("All is right", "Всичко е наред", "Sorun yok"),
    "confirm": Words("It is fraud", "Измама е", "Hile"),
    "was_cleared": Words("Noted: all is right.", "Отбелязано: всичко е наред.", "Kaydedildi: sorun yok."),
    "was_confirmed": Words("Noted: it was fraud.", "Отбелязано: било е измама.", "Kaydedildi: hileymiş."),
    "next": Words(
        "Nothing else changes by itself: take points back by hand, block the member, end the role of the staff.",
        "Нищо друго не се променя само: върнете точките на ръка, блокирайте члена, прекратете ролята на служителя.",
        "Başka hiçbir şey kendiliğinden değişmez: puanı elle geri alın, üyeyi engelleyin, görevi sonlandırın.",
    ),
    "settled": Words("{name}, {when}: {reason}", "{name}, {when}: {reason}", "{name}, {when}: {reason}"),
}
