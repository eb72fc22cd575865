"""What the till says: to a cashier with a customer waiting, so it is short."""

from typing import Final

from guerdon.faces.words.text import Words

WORDS: Final[dict[str, Words]] = {
    # the field
    "who": Words("Who is it?", "Кой е?", "Kim?"),
    "shown": Words("Card, phone, e-mail or name", "Карта, телефон, имейл или име", "Kart, telefon, e-posta ya da ad"),
    "shown_hint": Words(
        "Scan it, or type it and press Enter. Codes of rewards and vouchers and numbers of receipts work, too.",
        "Сканирайте или напишете и натиснете Enter. Стават и кодове на награди и ваучери, и номера на бележки.",
        "Okutun ya da yazıp Enter'a basın. Ödül ve kupon kodları ile fiş numaraları da olur.",
    ),
    "go": Words("Go on", "Напред", "Devam"),
    "camera": Words("Camera", "Камера", "Kamera"),
    "no_camera": Words(
        "The camera can't be used. Allow it in the browser, or type the number.",
        "Камерата не може да се ползва. Разрешете я в браузъра или напишете номера.",
        "Kamera kullanılamıyor. Tarayıcıda izin verin ya da numarayı yazın.",
    ),
    "which": Words("Which one?", "Кой от тях?", "Hangisi?"),
    "ends": Words("ends in {end}", "завършва на {end}", "sonu {end}"),
    "unnamed": Words("Member", "Член", "Üye"),
    "member": Words("Member", "Член", "Üye"),
    "key_enter": Words("go on", "напред", "devam"),
    "key_escape": Words("start again", "отначало", "baştan"),
    "key_arrows": Words("choose", "избор", "seç"),
    "more": Words("More", "Още", "Daha fazla"),
    "sounds_on": Words("Turn sounds on", "Включи звуците", "Sesleri aç"),
    "sounds_off": Words("Turn sounds off", "Изключи звуците", "Sesleri kapat"),
    # who stands there
    "birthday": Words("Birthday this month", "Рожден ден този месец", "Bu ay doğum günü"),
    "blocked": Words("This account is blocked.", "Тази сметка е блокирана.", "Bu hesap engelli."),
    "blocked_about": Words(
        "Nothing can be collected or redeemed with it. Send the member to your manager.",
        "С нея не се събират и не се ползват точки. Насочете члена към управителя.",
        "Bununla puan toplanamaz ve kullanılamaz. Üyeyi yöneticinize yönlendirin.",
    ),
    "amount": Words("Amount of the purchase", "Сума на покупката", "Alışveriş tutarı"),
    "goods": Words("Goods that rules ask for", "Стоки, за които питат правилата", "Kuralların sorduğu ürünler"),
    "goods_about": Words(
        "Only what counts on its own. The rest of the amount is other goods; without an amount the lines are the sum.",
        "Само това, което се брои отделно. Останалото от сумата са други стоки; без сума важи сборът на редовете.",
        "Yalnızca ayrı sayılanlar. Tutarın kalanı başka ürünlerdir; tutar yoksa satırların toplamı geçerlidir.",
    ),
    "line": Words("Line {number}", "Ред {number}", "Satır {number}"),
    "product": Words("Product", "Продукт", "Ürün"),
    "category": Words("Category", "Категория", "Kategori"),
    "brand": Words("Brand", "Марка", "Marka"),
    "tag": Words("Label", "Етикет", "Etiket"),
    "other_goods": Words("–", "–", "–"),
    "quantity": Words("Pieces", "Бройки", "Adet"),
    "line_amount": Words("Amount of the line", "Сума на реда", "Satır tutarı"),
    "more_lines": Words("One more line", "Още един ред", "Bir satır daha"),
    "look": Words("Go on", "Напред", "Devam"),
    "waiting": Words("To be handed over", "За предаване", "Teslim edilecek"),
    "rewards_about": Words("for {price}", "за {price}", "{price} karşılığında"),
    "rewards_money": Words(
        "for {price}, the money at the counter", "за {price}, парите на касата", "{price} karşılığında, parası kasada"
    ),
    "rewards_normal": Words("normally {price}", "обикновено {price}", "normalde {price}"),
    "rewards": Words("Can be had now", "Може да се вземе сега", "Şimdi alınabilir"),
    "redeem": Words("Redeem", "Вземи", "Kullan"),
    "redeemed": Words("Redeemed", "Взето", "Kullanıldı"),
    # the purchase
    "gives": Words("This purchase gives", "Тази покупка дава", "Bu alışveriş kazandırır"),
    "gives_none": Words("No points.", "Няма точки.", "Puan yok."),
    "usable_from": Words("usable from {day}", "за ползване от {day}", "{day} itibarıyla kullanılabilir"),
    "capped": Words("Limited by a cap", "Ограничено от таван", "Üst sınırla kısıtlı"),
    "climbs": Words("New tier with it: {tier}", "Ново ниво с нея: {tier}", "Bununla yeni seviye: {tier}"),
    "pay": Words("Pay with points?", "Плащане с точки?", "Puanla ödensin mi?"),
    "pay_none": Words("No", "Не", "Hayır"),
    "pay_points": Words(
        "{points} pay {money} of this purchase",
        "{points} плащат {money} от тази покупка",
        "{points} bu alışverişin {money} kadarını öder",
    ),
    "record": Words("Record", "Запиши", "Kaydet"),
    "really": Words("Is it really {money}?", "Наистина ли е {money}?", "Gerçekten {money} mi?"),
    "really_about": Words(
        "That is more than usual here. Look at the amount once more.",
        "Това е повече от обичайното тук. Погледнете сумата още веднъж.",
        "Bu, buradaki alışılmış tutardan fazla. Tutara bir kez daha bakın.",
    ),
    "wrong_really": Words(
        "Is it really so much? Press the button once more to keep it.",
        "Наистина ли е толкова? Натиснете бутона още веднъж, за да се запази.",
        "Gerçekten bu kadar mı? Saklamak için düğmeye bir kez daha basın.",
    ),
    "change_amount": Words("Change the amount", "Промяна на сумата", "Tutarı değiştir"),
    "vouchers": Words("Vouchers that fit", "Ваучери, които важат", "Geçerli kuponlar"),
    "voucher_other": Words("Another voucher", "Друг ваучер", "Başka bir kupon"),
    "voucher_code": Words("Code of the voucher", "Код на ваучера", "Kupon kodu"),
    "voucher_use": Words("Use it", "Използвай", "Kullan"),
    "voucher_used": Words(
        "Voucher used: {off} off. This is left to pay.",
        "Ваучерът е използван: {off} отстъпка. Това остава за плащане.",
        "Kupon kullanıldı: {off} indirim. Kalan tutar bu.",
    ),
    "voucher_all": Words(
        "Voucher used: {off} off. Nothing is left to pay.",
        "Ваучерът е използван: {off} отстъпка. Няма какво да се плаща.",
        "Kupon kullanıldı: {off} indirim. Ödenecek tutar kalmadı.",
    ),
    "last_bought": Words(
        "Take one of these back?", "Да се върне ли някоя от тези?", "Bunlardan biri mi geri alınacak?"
    ),
    "voucher_brought": Words("Voucher {code}", "Ваучер {code}", "Kupon {code}"),
    "voucher_whose": Words("Whose purchase is it for?", "За чия покупка е?", "Kimin alışverişi için?"),
    "voucher_amount": Words(
        "Type the amount; then it is taken off with a tap.",
        "Въведете сумата; после се приспада с едно докосване.",
        "Tutarı yazın; sonra bir dokunuşla düşülür.",
    ),
    "voucher_given": Words("voucher given", "даден ваучер", "verilen kupon"),
    "recorded": Words("Recorded", "Записано", "Kaydedildi"),
    "already": Words(
        "This was recorded already; nothing was changed.",
        "Това вече беше записано; нищо не е променено.",
        "Bu zaten kaydedilmişti; hiçbir şey değişmedi.",
    ),
    "already_other": Words(
        "This sale is already recorded with {recorded}. Begin anew for {typed}.",
        "Тази продажба вече е записана с {recorded}. Започнете отначало за {typed}.",
        "Bu satış {recorded} ile zaten kaydedildi. {typed} için baştan başlayın.",
    ),
    "begin_anew": Words("Begin anew", "Започни отначало", "Baştan başla"),
    "parked": Words(
        "Noted. The points come when its exchange rate is known.",
        "Отбелязано. Точките идват, щом се знае курсът.",
        "Not edildi. Kur belli olunca puanlar gelir.",
    ),
    "collect": Words("Collect {money}", "Вземете {money}", "{money} tahsil edin"),
    "spent": Words("spent", "похарчени", "harcandı"),
    "paid": Words("paid with points", "платено с точки", "puanla ödendi"),
    "balance": Words("Now there is", "Сега има", "Şimdiki bakiye"),
    "next": Words("Next customer", "Следващ клиент", "Sıradaki müşteri"),
    "undo": Words("Undo", "Отмени", "Geri al"),
    "undo_sure": Words("Undo this purchase?", "Да се отмени ли тази покупка?", "Bu alışveriş geri alınsın mı?"),
    "undo_about": Words(
        "All of it comes back: what it gave is taken, and points that paid it are given back.",
        "Връща се изцяло: даденото се взема, а точките, с които е платено, се връщат.",
        "Tamamı geri alınır: verilen alınır, ödeme yapan puanlar iade edilir.",
    ),
    "undone": Words(
        "Undone. Nothing of it is left.", "Отменено. Нищо не остава от нея.", "Geri alındı. Ondan bir şey kalmadı."
    ),
    "undo_reward_sure": Words("Undo {name}?", "Да се отмени ли {name}?", "{name} geri alınsın mı?"),
    "undo_reward_about": Words(
        "The points come back and keep their dates, and the piece can be had again. The code is of no use then.",
        "Точките се връщат със същите си дати, а бройката отново може да се вземе. Кодът вече не важи.",
        "Puanlar aynı tarihleriyle geri gelir, adet yeniden alınabilir. Kod artık geçmez.",
    ),
    "undo_reward_money": Words(
        "Give back at the counter: {money}.", "Върнете на касата: {money}.", "Kasada geri verin: {money}."
    ),
    "undone_reward": Words(
        "Undone: the points are back.", "Отменено: точките са върнати.", "Geri alındı: puanlar geri geldi."
    ),
    "undo_reward_not": Words(
        "Only the cashier who redeemed it can undo it here, within {minutes} minutes. Later the console cancels it.",
        "Тук може да я отмени само касиерът, който я е дал, до {minutes} минути. След това се отказва в конзолата.",
        "Burada yalnızca veren kasiyer {minutes} dakika içinde geri alabilir. Sonrası konsoldan iptal edilir.",
    ),
    "undo_reward_gone": Words(
        "What was handed over can't be undone.",
        "Каквото е предадено, не може да се отмени.",
        "Teslim edilen geri alınamaz.",
    ),
    "just_redeemed": Words("Redeemed a moment ago", "Взето преди малко", "Az önce alınanlar"),
    "undo_not": Words(
        "Only the cashier who recorded it can undo it here, within {minutes} minutes. Record a return instead.",
        "Тук може да я отмени само касиерът, който я е записал, до {minutes} минути. Запишете връщане.",
        "Burada yalnızca kaydeden kasiyer {minutes} dakika içinde geri alabilir. Yerine iade kaydedin.",
    ),
    "hand_over": Words("Hand it over", "Предай", "Teslim et"),
    "handed": Words("Handed over.", "Предадено.", "Teslim edildi."),
    # enrolling
    "enrol": Words("New member", "Нов член", "Yeni üye"),
    "enrol_shown": Words("Phone, e-mail or card", "Телефон, имейл или карта", "Telefon, e-posta ya da kart"),
    "enrol_hint": Words(
        "One is enough. A phone number of another country begins with +.",
        "Едно стига. Телефон от друга държава започва с +.",
        "Biri yeter. Başka ülkenin telefonu + ile başlar.",
    ),
    "enrol_name": Words("Name (optional)", "Име (по желание)", "Ad (isteğe bağlı)"),
    "enrolled": Words(
        "Welcome! The account is open.", "Добре дошли! Сметката е открита.", "Hoş geldiniz! Hesap açıldı."
    ),
    "enrolled_gift": Words(
        "Welcome! The account is open: {gift} for joining.",
        "Добре дошли! Сметката е открита: {gift} за включването.",
        "Hoş geldiniz! Hesap açıldı: katılım için {gift}.",
    ),
    # the device
    "device": Words("This till", "Тази каса", "Bu kasa"),
    "device_about": Words(
        "Chosen once; this device remembers it. All that is recorded here carries it.",
        "Избира се веднъж; устройството го помни. Всичко записано тук го носи.",
        "Bir kez seçilir; bu cihaz hatırlar. Burada kaydedilen her şey bunu taşır.",
    ),
    "store": Words("Store", "Магазин", "Mağaza"),
    "store_hint": Words(
        "As your other systems name it, like sofia-1.",
        "Както го наричат другите ви системи, напр. sofia-1.",
        "Diğer sistemlerinizdeki adı, örneğin sofia-1.",
    ),
    "number": Words("Number of the till", "Номер на касата", "Kasa numarası"),
    "store_malformed": Words(
        "Write at most 40 characters, neither a colon nor a vertical bar (: |).",
        "Напишете най-много 40 знака, без двоеточие и отвесна черта (: |).",
        "En çok 40 karakter yazın; iki nokta ve dikey çizgi (: |) olmaz.",
    ),
    "number_malformed": Words(
        "Write at most 12 Latin letters, digits and dashes, like 1 or bar-2.",
        "Напишете най-много 12 латински букви, цифри и тирета, напр. 1 или bar-2.",
        "En çok 12 Latin harfi, rakam ve tire yazın, örneğin 1 ya da bar-2.",
    ),
    "keep": Words("Remember", "Запомни", "Hatırla"),
    "device_done": Words("Remembered on this device.", "Запомнено на това устройство.", "Bu cihazda hatırlandı."),
    "stale": Words(
        "This was begun before somebody else signed in",
        "Това е започнато, преди да влезе друг",
        "Bu, başka biri oturum açmadan önce başlatıldı",
    ),
    "stale_about": Words(
        "Nothing was done. Begin anew from the first field; cookies must be allowed.",
        "Нищо не е направено. Започнете отначало от първото поле; бисквитките трябва да са разрешени.",
        "Hiçbir şey yapılmadı. İlk alandan baştan başlayın; çerezlere izin verilmelidir.",
    ),
    "lock": Words("Lock, or another cashier", "Заключване или друг касиер", "Kilitle ya da kasiyer değiştir"),
    "train": Words("Begin training", "Започни обучение", "Eğitimi başlat"),
    "train_end": Words("End training", "Край на обучението", "Eğitimi bitir"),
    "training": Words(
        "Training: nothing is recorded", "Обучение: нищо не се записва", "Eğitim: hiçbir şey kaydedilmez"
    ),
    "training_on": Words(
        "Training has begun. Nothing is recorded.",
        "Обучението започна. Нищо не се записва.",
        "Eğitim başladı. Hiçbir şey kaydedilmez.",
    ),
    "training_off": Words(
        "Training is over. From now on it counts.", "Обучението свърши. Отсега се брои.", "Eğitim bitti. Artık sayılır."
    ),
    "trained": Words("Training: that would have worked", "Обучение: това щеше да стане", "Eğitim: bu işe yarardı"),
    # without a network
    "wait": Words("Waiting to be sent: 0", "Чакат изпращане: 0", "Gönderilmeyi bekleyen: 0"),
    "wait_others": Words(
        "Waiting until another cashier signs in here: 0",
        "Чакат друг касиер да влезе тук: 0",
        "Başka bir kasiyerin oturum açmasını bekleyen: 0",
    ),
    "refused": Words("Refused after waiting", "Отказани след чакане", "Bekledikten sonra reddedilenler"),
    "refused_about": Words(
        "Nothing was recorded. Correct the card or the amount and send it again; enrol first whoever is no member.",
        "Нищо не е записано. Поправете картата или сумата и изпратете пак; който не е член, първо се записва.",
        "Hiçbir şey kaydedilmedi. Kartı ya da tutarı düzeltip yeniden gönderin; üye olmayan önce kaydedilir.",
    ),
    "resend": Words("Send again", "Изпрати пак", "Yeniden gönder"),
    "wrong_card": Words(
        "Type the number of a card, the code on the phone, a phone number or an e-mail. Names need the network.",
        "Въведете номер на карта, кода от телефона, телефонен номер или имейл. За имена трябва мрежа.",
        "Kart numarası, telefondaki kod, telefon numarası ya da e-posta yazın. Adlar için bağlantı gerekir.",
    ),
    "wrong_amount": Words(
        "Type an amount of more than 0, like 12.40.",
        "Въведете сума, по-голяма от 0, например 12,40.",
        "0'dan büyük bir tutar yazın, örneğin 12,40.",
    ),
    "wrong_minus": Words(
        "An amount has no minus. Undo or return the purchase once the network is back.",
        "Сумата няма минус. Отменете или върнете покупката, щом мрежата се върне.",
        "Tutarda eksi olmaz. Bağlantı gelince alışverişi geri alın ya da iade edin.",
    ),
    "wrong_most": Words(
        "That is more than one sale comes to. Was a barcode scanned into this field?",
        "Повече е, отколкото струва една продажба. Да не е сканиран баркод в полето?",
        "Tek bir satış için çok fazla. Bu alana bir barkod mu okutuldu?",
    ),
    "not_done": Words(
        "Nothing was done: that needs a network. Try it again once it is back.",
        "Нищо не е направено: за това трябва мрежа. Опитайте пак, щом се върне.",
        "Hiçbir şey yapılmadı: bunun için bağlantı gerekir. Gelince yeniden deneyin.",
    ),
    "refused_seen": Words("Clear this list", "Изчисти списъка", "Listeyi temizle"),
    "offline": Words("No network", "Няма мрежа", "Bağlantı yok"),
    "offline_about": Words(
        "Purchases are kept on this device and sent by themselves once the network is back.",
        "Покупките се пазят на устройството и се изпращат сами, щом мрежата се върне.",
        "Alışverişler bu cihazda saklanır, bağlantı gelince kendiliğinden gönderilir.",
    ),
    "offline_not": Words(
        "Returns, rewards and vouchers need the network: what they take or give depends on the account as it is now.",
        "За връщане, награди и ваучери трябва мрежа: какво отнемат или дават, зависи от сметката в момента.",
        "İade, ödül ve kuponlar için bağlantı gerekir: ne alıp verecekleri hesabın o anki durumuna bağlıdır.",
    ),
    "unknown": Words(
        "This device has not been a till yet. Open the till once with a network.",
        "Това устройство още не е било каса. Отворете касата веднъж с мрежа.",
        "Bu cihaz henüz kasa olmadı. Kasayı bir kez bağlantıyla açın.",
    ),
    "locked": Words(
        "Nobody is signed in at this till. Sign in once the network is back.",
        "Никой не е влязъл на тази каса. Влезте, щом мрежата се върне.",
        "Bu kasada kimse oturum açmadı. Bağlantı gelince oturum açın.",
    ),
    "card": Words("Card, code, phone or e-mail", "Карта, код, телефон или имейл", "Kart, kod, telefon ya da e-posta"),
    "card_hint": Words(
        "Only what is typed here is kept, until it is sent.",
        "Пази се само написаното тук, докато се изпрати.",
        "Yalnızca buraya yazılan, gönderilene kadar saklanır.",
    ),
    "put": Words("Keep the purchase", "Запази покупката", "Alışverişi sakla"),
    "again": Words("Try again", "Опитай пак", "Yeniden dene"),
    # the end of the day
    "day": Words("End of day", "Край на деня", "Gün sonu"),
    "which_day": Words("Which day", "Кой ден", "Hangi gün"),
    "print": Words("Print", "Печат", "Yazdır"),
    "purchases": Words("Purchases", "Покупки", "Alışverişler"),
    "sum": Words("Sum", "Сума", "Toplam"),
    "given": Words("Points given", "Дадени точки", "Verilen puanlar"),
    "redemptions": Words("Rewards redeemed", "Взети награди", "Kullanılan ödüller"),
    "vouchers_used": Words("Vouchers used", "Използвани ваучери", "Kullanılan kuponlar"),
    "by_cashier": Words("By cashier", "По касиери", "Kasiyere göre"),
    "cashier": Words("Cashier", "Касиер", "Kasiyer"),
    "day_none": Words(
        "Nothing was recorded at this till on this day",
        "Нищо не е записано на тази каса този ден",
        "Bu gün bu kasada kayıt yok",
    ),
    "day_none_about": Words(
        "Purchases, rewards and vouchers of this till are counted here.",
        "Тук се броят покупките, наградите и ваучерите на тази каса.",
        "Bu kasanın alışverişleri, ödülleri ve kuponları burada sayılır.",
    ),
    "day_more": Words(
        "There was more than is counted here; the figures have all of it.",
        "Имало е повече, отколкото се брои тук; в показателите е всичко.",
        "Burada sayılandan fazlası vardı; göstergelerde hepsi var.",
    ),
}
