"""What the first steps say, from an empty installation to a live programme."""

from typing import Final

from guerdon.faces.words.text import Words

WORDS: Final[dict[str, Words]] = {
    "front": Words("Where to?", "Накъде?", "Nereye?"),
    "front_about": Words(
        "The programmes that live here, each with its doors.",
        "Програмите, които живеят тук, всяка със своите врати.",
        "Burada yaşayan programlar ve kapıları.",
    ),
    "front_none": Words(
        "The first programme has not begun yet.", "Първата програма още не е започнала.", "İlk program henüz başlamadı."
    ),
    "for_members": Words("For members: the portal", "За членове: порталът", "Üyeler için: portal"),
    "for_staff": Words("For the team: the console", "За екипа: конзолата", "Ekip için: konsol"),
    "for_cashiers": Words("For cashiers: the till", "За касиери: касата", "Kasiyerler için: kasa"),
    "for_developers": Words("For developers: the API", "За разработчици: API", "Geliştiriciler için: API"),
    "title": Words("Begin your programme", "Започнете програмата си", "Programınızı başlatın"),
    "about": Words(
        "Choose what is most like your business. Every rule and every number can be changed later.",
        "Изберете най-близкото до вашия бизнес. Всяко правило и всяко число може да се промени после.",
        "İşinize en çok benzeyeni seçin. Her kural ve her sayı sonradan değiştirilebilir.",
    ),
    "another": Words("Found another programme", "Основаване на още една програма", "Bir program daha kurun"),
    "another_about": Words(
        "It stands beside the others, with its own members and points. You will own it.",
        "Тя стои до другите, със свои членове и точки. Вие ще сте собственикът.",
        "Diğerlerinin yanında, kendi üyeleri ve puanlarıyla durur. Sahibi siz olursunuz.",
    ),
    "template": Words("Template", "Шаблон", "Şablon"),
    "programme": Words("Programme", "Програма", "Program"),
    "owner": Words("Owner", "Собственик", "Sahip"),
    "live": Words("Go live", "Пускане", "Yayına alma"),
    "choose": Words("Begin with this", "Започнете с това", "Bununla başla"),
    "on": Words("Continue", "Продължете", "Devam"),
    "change": Words("Change", "Промяна", "Değiştir"),
    "closed": Words("Nothing is set up here yet", "Тук още нищо не е настроено", "Burada henüz bir şey kurulmadı"),
    "closed_about": Words(
        "Guerdon runs, and its first programme waits for you.",
        "Guerdon работи и първата програма ви очаква.",
        "Guerdon çalışıyor ve ilk program sizi bekliyor.",
    ),
    "closed_serve": Words(
        "The terminal where Guerdon was started shows a link. Open it in this browser.",
        "Терминалът, в който е пуснат Guerdon, показва връзка. Отворете я в този браузър.",
        "Guerdon’ın başlatıldığı terminal bir bağlantı gösterir. Onu bu tarayıcıda açın.",
    ),
    "closed_or": Words("It prints a new one with", "Нова извежда командата", "Yenisini şu komut yazdırır:"),
    "closed_why": Words(
        "So nobody but whoever is at the machine can make it theirs.",
        "Така само който е на машината може да я вземе за себе си.",
        "Böylece makinenin başındaki kişiden başkası sahiplenemez.",
    ),
    "there": Words("The programme is there already", "Програмата вече съществува", "Program zaten hazır"),
    "there_about": Words(
        "It was founded meanwhile, perhaps in another window, so nothing more was made here. Go on in it, or ask its "
        "owner for an invitation.",
        "Създадена е междувременно, може би в друг прозорец, затова тук нищо повече не е направено. Продължете в нея "
        "или поискайте покана от собственика.",
        "Bu arada, belki başka bir pencerede kuruldu; burada başka bir şey yapılmadı. Oradan devam edin ya da "
        "sahibinden davet isteyin.",
    ),
    "wrong": Words("This link is over", "Връзката вече не важи", "Bu bağlantı artık geçersiz"),
    "wrong_about": Words(
        "It was not copied whole, or it is older than a day.",
        "Не е копирана цялата или е по-стара от ден.",
        "Tümü kopyalanmamış ya da bir günden eski.",
    ),
    "programme_title": Words("Make it yours: {template}", "Направете я своя: {template}", "Sizin olsun: {template}"),
    "programme_about": Words(
        "A name is enough; the rest has sensible values.",
        "Стига едно име; останалото има разумни стойности.",
        "Bir ad yeter; geri kalanın makul değerleri var.",
    ),
    "called": Words("The programme", "Програмата", "Program"),
    "name": Words("Name", "Име", "Ad"),
    "name_hint": Words("As members know it.", "Както я знаят членовете.", "Üyelerin bildiği gibi."),
    "key": Words("Key", "Ключ", "Anahtar"),
    "key_hint": Words(
        "Stands in addresses and never changes: small Latin letters, digits, hyphens. Left blank, it follows the name.",
        "Стои в адресите и не се променя: малки латински букви, цифри, тирета. Ако е празен, следва името.",
        "Adreslerde durur ve değişmez: küçük Latin harfleri, rakamlar, tireler. Boşsa addan yapılır.",
    ),
    "languages": Words("Languages", "Езици", "Diller"),
    "languages_hint": Words(
        "In which everything that members read has a name.",
        "На които има име всичко, което членовете четат.",
        "Üyelerin okuduğu her şeyin adı bu dillerde olur.",
    ),
    "language_needed": Words("Choose at least one.", "Изберете поне един.", "En az birini seçin."),
    "where": Words("Where it is", "Къде е", "Nerede"),
    "currency": Words("Currency", "Валута", "Para birimi"),
    "currency_hint": Words(
        "Three letters, like EUR. It can’t be changed later.",
        "Три букви, например EUR. После не може да се промени.",
        "Üç harf, örneğin EUR. Sonradan değiştirilemez.",
    ),
    "zone": Words("Time zone", "Часова зона", "Saat dilimi"),
    "zone_hint": Words(
        "A day begins at midnight there.", "Денят започва в полунощ там.", "Gün orada gece yarısı başlar."
    ),
    "numbers": Words("Its numbers", "Числата ѝ", "Sayıları"),
    "numbers_about": Words(
        "What is usual in such a business. Change them now or whenever you like.",
        "Обичайното за такъв бизнес. Променете ги сега или когато пожелаете.",
        "Böyle bir işte alışılmış olanlar. Şimdi ya da dilediğinizde değiştirin.",
    ),
    "wrong_name": Words("Give it a name.", "Дайте ѝ име.", "Ona bir ad verin."),
    "wrong_name_long": Words(
        "This is too long; {most} characters are possible.",
        "Това е твърде дълго; възможни са {most} знака.",
        "Bu çok uzun; en çok {most} karakter olabilir.",
    ),
    "wrong_name_text": Words(
        "Write it on one line, without control characters.",
        "Напишете го на един ред, без контролни знаци.",
        "Tek satırda, denetim karakterleri olmadan yazın.",
    ),
    "wrong_key_long": Words(
        "This is too long; {most} characters are possible.",
        "Това е твърде дълго; възможни са {most} знака.",
        "Bu çok uzun; en çok {most} karakter olabilir.",
    ),
    "wrong_key": Words(
        "Small Latin letters, digits and hyphens, like {like}.",
        "Малки латински букви, цифри и тирета, например {like}.",
        "Küçük Latin harfleri, rakamlar ve tireler, örneğin {like}.",
    ),
    "wrong_currency": Words(
        "There is no such currency; write three letters, like {like}.",
        "Няма такава валута; напишете три букви, например {like}.",
        "Böyle bir para birimi yok; üç harf yazın, örneğin {like}.",
    ),
    "wrong_zone": Words(
        "There is no such time zone; choose one, like {like}.",
        "Няма такава часова зона; изберете една, например {like}.",
        "Böyle bir saat dilimi yok; birini seçin, örneğin {like}.",
    ),
    "wrong_number": Words(
        "Write a number above zero, like {like}.",
        "Напишете число над нула, например {like}.",
        "Sıfırdan büyük bir sayı yazın, örneğin {like}.",
    ),
    "wrong_whole": Words(
        "Write a whole number above zero, like {like}.",
        "Напишете цяло число над нула, например {like}.",
        "Sıfırdan büyük bir tam sayı yazın, örneğin {like}.",
    ),
    "wrong_half": Words(
        "Write a whole number above zero, like {like}. For half a point let every point count as ten.",
        "Напишете цяло число над нула, например {like}. За половин точка нека всичко се брои в десетки.",
        "Sıfırdan büyük bir tam sayı yazın, örneğin {like}. Yarım puan için her şeyi onar onar sayın.",
    ),
    "wrong_large": Words(
        "This is too large; write {most} or less.",
        "Това е твърде голямо; напишете най-много {most}.",
        "Bu çok büyük; en çok {most} yazın.",
    ),
    "wrong_months": Words(
        "Write a whole number from 1 to {most}, or leave it empty: then points never end.",
        "Напишете цяло число от 1 до {most} или оставете празно: тогава точките не изтичат.",
        "1 ile {most} arasında bir tam sayı yazın ya da boş bırakın: o zaman puanlar hiç sona ermez.",
    ),
    "months_hint": Words(
        "Left empty, they never end.", "Ако е празно, те не изтичат.", "Boş bırakılırsa hiç sona ermezler."
    ),
    "owner_title": Words("Who owns it?", "Кой е собственикът?", "Sahibi kim?"),
    "owner_about": Words(
        "The owner may do everything, and invites all others.",
        "Собственикът може всичко и кани всички други.",
        "Sahip her şeyi yapabilir ve herkesi davet eder.",
    ),
    "owner_name": Words("Your name", "Вашето име", "Adınız"),
    "password": Words("Password", "Парола", "Parola"),
    "password_kept": Words(
        "It is kept as you chose it; leave this blank to keep it.",
        "Запазена е, както я избрахте; оставете празно, за да остане.",
        "Seçtiğiniz gibi saklandı; kalması için boş bırakın.",
    ),
    "owner_factor": Words(
        "Next time you sign in you set up a second factor or a passkey.",
        "При следващото влизане ще настроите втори фактор или ключ за достъп.",
        "Bir sonraki girişte ikinci doğrulamayı ya da geçiş anahtarını kurarsınız.",
    ),
    "live_title": Words("This is {name}", "Това е {name}", "İşte {name}"),
    "live_about": Words(
        "Told by its own rules, as your members will read it.",
        "Разказана от собствените си правила, както ще я четат членовете ви.",
        "Üyelerinizin okuyacağı gibi, kendi kurallarınca anlatılıyor.",
    ),
    "go": Words("Go live", "Пускане", "Yayına al"),
    "go_about": Words(
        "From then on purchases of today count. Rules can be changed at any time; what was earned stays.",
        "Оттогава покупките от днес важат. Правилата може да се променят по всяко време; спечеленото остава.",
        "O andan sonra bugünün alışverişleri sayılır. Kurallar her zaman değişebilir; kazanılan kalır.",
    ),
    "is_live": Words("{name} is live.", "Вече работи: {name}.", "{name} yayında."),
    "next": Words("First steps", "Първи стъпки", "İlk adımlar"),
    "next_about": Words(
        "Your programme is live. This is what makes it useful, in any order.",
        "Програмата ви работи. Ето какво я прави полезна, в произволен ред.",
        "Programınız yayında. Onu yararlı kılanlar, dilediğiniz sırayla.",
    ),
    "next_factor": Words("Protect your sign-in", "Защитете влизането си", "Girişinizi koruyun"),
    "next_factor_about": Words(
        "A second factor or a passkey; you need one to come back.",
        "Втори фактор или ключ за достъп; нужен е, за да влезете пак.",
        "İkinci doğrulama ya da geçiş anahtarı; geri dönmek için gerekir.",
    ),
    "next_staff": Words("Invite colleagues", "Поканете колеги", "Çalışma arkadaşlarını davet edin"),
    "next_staff_about": Words(
        "Managers, cashiers and others, each with the rights of their role.",
        "Управители, касиери и други, всеки с правата на ролята си.",
        "Yöneticiler, kasiyerler ve diğerleri, her biri rolünün haklarıyla.",
    ),
    "next_till": Words("Open the till", "Отворете касата", "Kasayı açın"),
    "next_till_about": Words(
        "The address for cashiers: {address}", "Адресът за касиерите: {address}", "Kasiyerlerin adresi: {address}"
    ),
    "next_portal": Words("Tell your members", "Кажете на членовете си", "Üyelerinize duyurun"),
    "next_portal_about": Words(
        "They join and see their points here: {address}",
        "Тук се записват и виждат точките си: {address}",
        "Buradan katılır, puanlarını görürler: {address}",
    ),
    "next_members": Words("Bring your members in", "Въведете членовете си", "Üyelerinizi ekleyin"),
    "next_members_about": Words(
        "One by one here, or a whole file with guerdon import.",
        "Един по един тук или цял файл с guerdon import.",
        "Burada tek tek ya da guerdon import ile bütün bir dosya.",
    ),
    "next_keys": Words("Connect your shop", "Свържете магазина си", "Mağazanızı bağlayın"),
    "next_keys_about": Words(
        "An API key lets a shop or a till of your own tell purchases.",
        "С API ключ магазинът или касата ви съобщава покупки.",
        "Bir API anahtarıyla mağazanız ya da kasanız alışverişleri bildirir.",
    ),
    "next_rules": Words("Change the rules", "Променете правилата", "Kuralları değiştirin"),
    "next_rules_about": Words(
        "In a draft, tried on sample baskets before it counts.",
        "В чернова, изпробвана с примерни кошници, преди да важи.",
        "Geçerli olmadan önce örnek sepetlerle denenen bir taslakta.",
    ),
}
