"""What the portal says: on every page, at the door, on the first page, and on the card."""

from typing import Final

from guerdon.faces.words.text import Words

WORDS: Final[dict[str, Words]] = {
    "home": Words("Home", "Начало", "Ana sayfa"),
    "rewards": Words("Rewards", "Награди", "Ödüller"),
    "card": Words("Card", "Карта", "Kart"),
    "activity": Words("Activity", "История", "Hareketler"),
    "club": Words("Club", "Клуб", "Kulüp"),
    "account": Words("Your account", "Вашият профил", "Hesabınız"),
    "offline_about": Words(
        "This page needs the network. Your card and your home page work without it, if this phone has"
        " opened them before.",
        "Тази страница иска мрежа. Картата и началната страница работят и без нея, ако този телефон ги е отварял.",
        "Bu sayfa için bağlantı gerekir. Bu telefonda daha önce açıldıysa kartınız ve ana sayfanız"
        " bağlantısız da çalışır.",
    ),
    # the door
    "welcome_about": Words(
        "Collect points with every visit, and turn them into something good.",
        "Събирайте точки с всяко посещение и ги превърнете в нещо хубаво.",
        "Her ziyarette puan toplayın, sonra güzel bir şeye çevirin.",
    ),
    "to_home": Words("To your points", "Към вашите точки", "Puanlarınıza git"),
    "how": Words("How points are earned", "Как се печелят точки", "Puan nasıl kazanılır"),
    "no_password": Words(
        "There is no password: we send a code to your e-mail.",
        "Няма парола: изпращаме код на имейла ви.",
        "Parola yok: e-postanıza bir kod göndeririz.",
    ),
    "join": Words("Join", "Включване", "Katıl"),
    "join_title": Words("Join {programme}", "Включете се в {programme}", "{programme} programına katılın"),
    "join_about": Words(
        "It costs nothing and takes half a minute.",
        "Безплатно е и отнема половин минута.",
        "Ücretsizdir ve yarım dakika sürer.",
    ),
    "joined": Words("Welcome! You are a member now.", "Добре дошли! Вече сте член.", "Hoş geldiniz! Artık üyesiniz."),
    "joined_gift": Words(
        "Welcome! You are a member now: {gift} for joining.",
        "Добре дошли! Вече сте член: {gift} за включването.",
        "Hoş geldiniz! Artık üyesiniz: katıldığınız için {gift}.",
    ),
    "join_new": Words("{email} is new here", "{email} е нов тук", "{email} burada yeni"),
    "join_new_about": Words(
        "If you are a member already, it was with another e-mail: sign out and take that one. Whoever joined with a"
        " card or a phone number alone asks at the till to add the e-mail.",
        "Ако вече сте член, било е с друг имейл: излезте и влезте с него. Който се е включил само с карта или"
        " телефон, моли на касата да добавят имейла.",
        "Zaten üyeyseniz başka bir e-postayla katılmışsınızdır: çıkıp onunla girin. Yalnız kart ya da telefonla"
        " katılanlar e-postayı kasada ekletir.",
    ),
    "unshown": Words(
        "First show that your e-mail is yours",
        "Първо покажете, че имейлът е ваш",
        "Önce e-postanın size ait olduğunu gösterin",
    ),
    "unshown_about": Words(
        "You have signed in without a code, so we do not know your address. We keep none.",
        "Влезли сте без код, затова не знаем адреса ви. Не пазим адреси.",
        "Kodsuz giriş yaptınız, bu yüzden adresinizi bilmiyoruz. Hiçbir adresi saklamıyoruz.",
    ),
    "send_code": Words("Send me a code", "Изпратете ми код", "Bana kod gönder"),
    "email": Words("E-mail", "Имейл", "E-posta"),
    "name": Words("What shall we call you?", "Как да се обръщаме към вас?", "Size nasıl seslenelim?"),
    "birthday": Words("Birthday (optional)", "Рожден ден (по желание)", "Doğum günü (isteğe bağlı)"),
    "birthday_hint": Words(
        "For presents. You can leave it out.", "За подаръци. Може и без него.", "Hediyeler için. Boş bırakabilirsiniz."
    ),
    "terms": Words(
        "I accept the terms of {programme}.",
        "Приемам условията на {programme}.",
        "{programme} koşullarını kabul ediyorum.",
    ),
    "rules_changed": Words(
        "The rules have changed while you read: please look at them again.",
        "Правилата са променени, докато четяхте: погледнете ги отново.",
        "Siz okurken kurallar değişti: lütfen yeniden bakın.",
    ),
    "terms_needed": Words(
        "Please accept the terms: without them nobody can join.",
        "Моля, приемете условията: без тях не може да се включите.",
        "Lütfen koşulları kabul edin: onlarsız katılım olmaz.",
    ),
    # the first page
    "news": Words("New for you", "Новини за вас", "Sizin için yeni"),
    "news_more": Words("And {count} more", "И още {count}", "Ve {count} tane daha"),
    "news_seen": Words("Seen", "Видях", "Gördüm"),
    "news_done": Words("Noted.", "Отбелязано.", "Not edildi."),
    "show_card": Words("Show the card", "Покажи картата", "Kartı göster"),
    "worth": Words("worth {money} as rewards", "струват {money} като награди", "ödül olarak {money} değerinde"),
    "worth_both": Words(
        "worth {money} as rewards or to pay with",
        "струват {money} като награди или за плащане",
        "ödül ya da ödeme olarak {money} değerinde",
    ),
    "pays": Words(
        "pay up to {money} of a purchase", "плащат до {money} от покупка", "bir alışverişin {money} kadarını öder"
    ),
    "pending": Words("{points} pending", "{points} чакащи", "{points} beklemede"),
    "held": Words("{points} held", "{points} запазени", "{points} ayrılmış"),
    "owed": Words("{points} owed", "{points} дължими", "{points} borç"),
    "ready": Words("Ready for you", "Готово за вас", "Sizi bekliyor"),
    "ready_until": Words("Pick it up until {until}", "Вземете до {until}", "{until} tarihine kadar alın"),
    "ready_about": Words("Show the code at the counter", "Покажете кода на касата", "Kodu kasada gösterin"),
    "next": Words("Your next reward", "Следващата ви награда", "Sıradaki ödülünüz"),
    "next_none": Words(
        "Nothing is in reach yet. Every purchase brings you closer.",
        "Още нищо не е наблизо. Всяка покупка ви приближава.",
        "Henüz yakında bir ödül yok. Her alışveriş sizi yaklaştırır.",
    ),
    "missing": Words("{points} to go", "Остават {points}", "{points} kaldı"),
    "within": Words(
        "Rewards you can get now: {count}",
        "Награди, които можете да вземете сега: {count}",
        "Şimdi alabileceğiniz ödüller: {count}",
    ),
    "ends": Words("What ends when", "Какво кога изтича", "Ne zaman ne bitiyor"),
    "ends_none": Words("Nothing you have ends.", "Нищо не изтича.", "Süresi dolacak bir şey yok."),
    "waiting": Words("Not to be spent yet", "Още не може да се харчи", "Henüz harcanamaz"),
    "pending_until": Words(
        "Pending: you can spend them from {day} on.",
        "Чакащи: може да ги харчите от {day}.",
        "Beklemede: {day} gününden itibaren harcanabilir.",
    ),
    "pending_for": Words(
        "Pending: they wait for this to happen: {what}.",
        "Чакащи: ще се освободят след това събитие: {what}.",
        "Beklemede: şunun olmasını bekliyor: {what}.",
    ),
    "held_until": Words(
        "Held for you until {until}.", "Запазени за вас до {until}.", "{until} tarihine kadar sizin için ayrıldı."
    ),
    "all_units": Words("All you have", "Всичко, което имате", "Sahip olduğunuz her şey"),
    "shared": Words(
        "You share this with your household.", "Споделяте това с домакинството си.", "Bunu hanenizle paylaşıyorsunuz."
    ),
    # the card
    "card_title": Words("Show this at the till", "Покажете това на касата", "Bunu kasada gösterin"),
    "card_about": Words(
        "The code changes every half minute, so a photo of it is of no use to anybody. It also works"
        " without a network for"
        " an hour.",
        "Кодът се сменя на всеки половин минута, затова снимка от него не върши работа на никого. Работи и без мрежа до"
        " един час.",
        "Kod her yarım dakikada değişir; bu yüzden fotoğrafı kimsenin işine yaramaz. Bir saat boyunca bağlantısız da"
        " çalışır.",
    ),
    "card_number": Words("Card number", "Номер на картата", "Kart numarası"),
    "code_label": Words("Your code as a QR code", "Вашият код като QR код", "QR kod olarak kodunuz"),
    "code_left": Words("New code in 0 s", "Нов код след 0 с", "Yeni kod: 0 sn"),
    "code_over": Words(
        "The codes on this phone have run out. Connect once, or give your card number.",
        "Кодовете на телефона свършиха. Свържете се с мрежата или кажете номера на картата.",
        "Telefondaki kodlar bitti. Bir kez bağlanın ya da kart numaranızı söyleyin.",
    ),
    "code_stands": Words(
        "The clock of this sandbox stands still.",
        "Часовникът на тестовата среда е спрян.",
        "Deneme ortamının saati duruyor.",
    ),
    "code_once": Words("Good for about a minute", "Валиден около минута", "Yaklaşık bir dakika geçerli"),
    "renew": Words("New code", "Нов код", "Yeni kod"),
    # staff who look at a member's pages
    "viewing": Words(
        "You see what {name} sees. You can change nothing here, and the look is noted.",
        "Виждате това, което вижда {name}. Тук не можете да променяте нищо, а прегледът се записва.",
        "{name} ne görüyorsa onu görüyorsunuz. Burada hiçbir şey değiştiremezsiniz; bakışınız kaydedilir.",
    ),
    "viewing_end": Words("Stop looking", "Край на прегледа", "Bakmayı bitir"),
    "viewing_code": Words(
        "The code of the card is for the member alone.",
        "Кодът на картата е само за члена.",
        "Kartın kodu yalnızca üyenindir.",
    ),
}
