"""What is said of what campaigns are worth: verdicts, doubts, and the pages of both measures."""

from typing import Final

from guerdon.faces.words.text import Words

WORDS: Final[dict[str, Words]] = {
    "title": Words("Is it worth it?", "Струва ли си?", "Değer mi?"),
    "about": Words(
        "What campaigns bring beside what they cost: members who have them beside those who are held out of them.",
        "Какво носят кампаниите спрямо цената си: членовете с кампании до тези, които са оставени извън тях.",
        "Kampanyaların maliyetine karşı getirdiği: kampanyası olan üyeler, dışarıda tutulanlarla yan yana.",
    ),
    "days_all": Words("Since members are held out", "Откакто има членове отвън", "Üyeler dışarıda tutulalı beri"),
    "cost": Words("What campaigns cost", "Какво струват кампаниите", "Kampanyaların maliyeti"),
    "cost_wrong": Words("Write it like 12000.00.", "Запишете я като 12000.00.", "12000.00 gibi yazın."),
    "cost_hint": Words(
        "Instead of what they gave and what was told",
        "Вместо даденото и казаното",
        "Verdiklerinin ve söylenenin yerine",
    ),
    "told_title": Words("What was told of them", "Какво е казано за тях", "Onlar için söylenen"),
    "told_about": Words(
        "Entries of the cost book for campaigns and for the whole programme, the share of these days.",
        "Записи от книгата на разходите за кампании и за цялата програма – делът на тези дни.",
        "Maliyet defterinde kampanyalar ve bütün program için olan kayıtların bu günlere düşen payı.",
    ),
    "costs_title": Words("What campaigns gave", "Какво са дали кампаниите", "Kampanyaların verdikleri"),
    "costs_about": Words(
        "Points at what the programme file says they are worth, and what came off by vouchers that campaigns had given."
        " What returns took back is not taken off.",
        "Точките са по стойността от програмния файл, а ваучерите, дадени от кампании – по това, което са отбили."
        " Взетото обратно при връщания не е приспаднато.",
        "Puanlar, program dosyasındaki değeriyle; kuponlar, kampanyaların verdiği ve düşürdüğü tutarla sayılır."
        " İadelerde geri alınan düşülmez.",
    ),
    "costs_none": Words(
        "They gave nothing in these days.", "През тези дни не са дали нищо.", "Bu günlerde bir şey vermediler."
    ),
    "cost_kind": Words("Kind", "Вид", "Tür"),
    "cost_points": Words("Points", "Точки", "Puanlar"),
    "cost_vouchers": Words("Vouchers used", "Използвани ваучери", "Kullanılan kuponlar"),
    "cost_of": Words("Of what", "На какво", "Neyin"),
    "cost_count": Words("How many", "Колко", "Kaç tane"),
    "cost_amount": Words("Cost", "Разход", "Maliyet"),
    "cost_unknown": Words("Not known: no worth", "Неизвестно: без стойност", "Bilinmiyor: değeri yok"),
    "days": Words("{since} – {last}", "{since} – {last}", "{since} – {last}"),
    # --- verdicts ---
    "pays": Words(
        "Campaigns bring more than they cost.",
        "Кампаниите носят повече, отколкото струват.",
        "Kampanyalar maliyetinden fazlasını getiriyor.",
    ),
    "costs": Words(
        "Campaigns cost more than they bring.",
        "Кампаниите струват повече, отколкото носят.",
        "Kampanyalar getirdiğinden fazlasına mal oluyor.",
    ),
    "can_not_say": Words(
        "It can't be said whether campaigns bring more than they cost: chance alone makes as much.",
        "Не може да се каже дали кампаниите носят повече, отколкото струват: и случайността прави толкова.",
        "Kampanyaların maliyetinden fazlasını getirip getirmediği söylenemez: şans tek başına bu kadarını yapar.",
    ),
    "pays_spend": Words(
        "Members who have campaigns spend more because of them.",
        "Членовете с кампании харчат повече заради тях.",
        "Kampanyası olan üyeler bu yüzden daha çok harcıyor.",
    ),
    "costs_spend": Words(
        "Members who have campaigns spend less because of them.",
        "Членовете с кампании харчат по-малко заради тях.",
        "Kampanyası olan üyeler bu yüzden daha az harcıyor.",
    ),
    "can_not_say_spend": Words(
        "It can't be said whether campaigns change what members spend: chance alone makes as much.",
        "Не може да се каже дали кампаниите променят харченето: и случайността прави толкова.",
        "Kampanyaların üyelerin harcamasını değiştirip değiştirmediği söylenemez: şans tek başına bu kadarını yapar.",
    ),
    "refused": Words(
        "Nothing may be concluded: the groups are not those that were drawn.",
        "Не бива да се заключава нищо: групите не са тези, които бяха изтеглени.",
        "Hiçbir sonuç çıkarılamaz: gruplar kurayla seçilenler değil.",
    ),
    "few": Words(
        "In one of the groups there are less than a hundred members who bought.",
        "В една от групите купувалите членове са под сто.",
        "Gruplardan birinde alışveriş yapan üye yüzden az.",
    ),
    "more": Words(
        "They spend more than the others would let expect.",
        "Те харчат повече, отколкото може да се очаква по останалите.",
        "Ötekilere bakınca beklenenden çok harcıyorlar.",
    ),
    "less": Words(
        "They spend less than the others would let expect.",
        "Те харчат по-малко, отколкото може да се очаква по останалите.",
        "Ötekilere bakınca beklenenden az harcıyorlar.",
    ),
    "doubt_chance": Words(
        "Nothing can be said: chance alone makes as much.",
        "Нищо не може да се каже: и случайността прави толкова.",
        "Bir şey söylenemez: şans tek başına bu kadarını yapar.",
    ),
    "doubt_not_parallel": Words(
        "Nothing can be said: both sides had gone different ways before it began.",
        "Нищо не може да се каже: двете страни са вървели различно и преди началото.",
        "Bir şey söylenemez: iki taraf başlamadan önce de farklı yollardaydı.",
    ),
    "doubt_no_placebos": Words(
        "Nothing can be said: there are too few months before it to know whether both sides go the same way.",
        "Нищо не може да се каже: преди началото има твърде малко месеци, за да се знае дали вървят еднакво.",
        "Bir şey söylenemez: iki tarafın aynı yolda olup olmadığını bilmek için önceki aylar çok az.",
    ),
    "doubt_few": Words(
        "Nothing can be said: there are too few stores or members on one side.",
        "Нищо не може да се каже: от едната страна има твърде малко магазини или членове.",
        "Bir şey söylenemez: bir tarafta çok az mağaza ya da üye var.",
    ),
    # --- why nothing is measured ---
    "unsaid": Words("This can't be measured yet", "Това още не може да се измери", "Bu henüz ölçülemiyor"),
    "nobody_held_out": Words(
        "Nobody is held out of campaigns, so there is nothing to measure them by. Hold a few members out in the"
        " settings – or look at what changed for some beside all others.",
        "Никой не е извън кампаниите, затова няма с какво да се измерят. Оставете няколко членове отвън в настройките"
        " – или вижте какво се е променило за едни спрямо останалите.",
        "Kimse kampanyaların dışında tutulmuyor; ölçecek bir şey yok. Ayarlardan birkaç üyeyi dışarıda tutun – ya da"
        " bazıları için neyin değiştiğine ötekilerin yanında bakın.",
    ),
    "too_early": Words(
        "Members were not held out all these days, or no whole month of it is closed yet.",
        "През тези дни не винаги е имало членове отвън или още няма цял приключен месец оттогава.",
        "Bu günlerin hepsinde üye dışarıda tutulmamış ya da henüz kapanmış tam bir ay yok.",
    ),
    "too_few": Words(
        "There are too few members on one side, or nobody differs from anybody.",
        "От едната страна има твърде малко членове или никой не се различава от останалите.",
        "Bir tarafta çok az üye var ya da kimse kimseden farklı değil.",
    ),
    "not_exported": Words(
        "These months are not exported, or were written before holding out was thought of: export anew.",
        "Тези месеци не са експортирани или са записани, преди да има контролна група: експортирайте отново.",
        "Bu aylar dışa aktarılmamış ya da kontrol grubu düşünülmeden önce yazılmış: yeniden dışa aktarın.",
    ),
    "outside": Words(
        "It must begin within these months, after the first of them.",
        "Началото трябва да е в тези месеци, след първия от тях.",
        "Bu aylar içinde, ilkinden sonra başlamalı.",
    ),
    # --- numbers ---
    "spend": Words("More per member", "Повече на член", "Üye başına fazlası"),
    "total": Words("More of all of them", "Повече от всички тях", "Hepsinden fazlası"),
    "gain": Words("Left once goods are paid for", "Остава след стоките", "Mallar ödendikten sonra kalan"),
    "returns": Words("Return on the cost", "Възвръщаемост на разхода", "Maliyetin getirisi"),
    "ends": Words("{low} to {high}", "от {low} до {high}", "{low} ile {high} arası"),
    "margin": Words("at a margin of {margin}", "при марж {margin}", "{margin} marjla"),
    "groups": Words("Are the groups those that were drawn?", "Групите изтеглените ли са?", "Gruplar kuradaki gibi mi?"),
    "groups_well": Words("As drawn", "Както са изтеглени", "Kuradaki gibi"),
    "groups_broken": Words("Not as drawn", "Не са изтеглените", "Kuradaki gibi değil"),
    "groups_about": Words(
        "As many must be held out as were drawn. Where hardly any chance could be as far off, somebody went missing on"
        " the way, and nothing is said.",
        "Отвън трябва да са толкова, колкото са изтеглени. Ако случайността едва ли се отклонява толкова, някой се е"
        " загубил по пътя и нищо не се казва.",
        "Kurayla seçilen kadar üye dışarıda olmalı. Şansın bu kadar sapması pek olası değilse yolda birileri kaybolmuş"
        " demektir ve bir şey söylenmez.",
    ),
    "with": Words("Members with campaigns", "Членове с кампании", "Kampanyası olan üyeler"),
    "held_out": Words("Held out", "Извън кампаниите", "Dışarıda tutulan"),
    "expected": Words("Expected to be held out", "Очаквани отвън", "Dışarıda beklenen"),
    "changed": Words("Changed groups, in neither", "Сменили група, в никоя", "Grup değiştiren, ikisinde de yok"),
    "began": Words("Held out since", "Отвън от", "Dışarıda tutulmaya başlama"),
    "chance": Words(
        "Chance alone is as far off (p)", "Случайността се отклонява толкова (p)", "Şansın bu kadar sapması (p)"
    ),
    "unlikely": Words("less than 0.0001", "под 0,0001", "0,0001'den az"),
    "likely": Words("By chance alone (p)", "Само случайно (p)", "Yalnız şansla (p)"),
    "how": Words(
        "The difference, measured in several ways", "Разликата, измерена по няколко начина", "Farkın ölçümleri"
    ),
    "how_about": Words(
        "What a member with campaigns spent more. The truth lies between both ends 95 times out of 100.",
        "Колко повече е похарчил член с кампании. Истината е между двата края в 95 от 100 случая.",
        "Kampanyası olan bir üyenin fazladan harcadığı. Gerçek, 100 kezde 95 kez iki uç arasındadır.",
    ),
    "way": Words("Measure", "Мярка", "Ölçüm"),
    "low": Words("Lower end", "Долен край", "Alt uç"),
    "difference": Words("Difference", "Разлика", "Fark"),
    "high": Words("Upper end", "Горен край", "Üst uç"),
    "plain": Words("As it is (Welch)", "Както е (Уелч)", "Olduğu gibi (Welch)"),
    "lopsided": Words(
        "Where a few spend most (bootstrap)",
        "Когато малцина харчат най-много (бутстрап)",
        "Çoğunu az kişi harcıyorsa (bootstrap)",
    ),
    "adjusted": Words(
        "Less what was before (CUPED)", "Без това, което е било преди (CUPED)", "Öncesi çıkarılınca (CUPED)"
    ),
    "reduction": Words(
        "What members were like before explains {share} of how they differ.",
        "Какви са били членовете преди обяснява {share} от разликите помежду им.",
        "Üyelerin önceki hâli, aralarındaki farkın {share} kadarını açıklıyor.",
    ),
    "buyers": Words(
        "Of those with campaigns {value} more bought anything ({low} to {high}, in percentage points).",
        "От членовете с кампании {value} повече са купили нещо (от {low} до {high}, процентни пункта).",
        "Kampanyası olanlardan {value} kadar fazlası alışveriş yaptı ({low} ile {high} arası, yüzde puanı).",
    ),
    "course": Words("Spend per member and month", "Похарчено на член и месец", "Üye ve ay başına harcama"),
    "month": Words("Month", "Месец", "Ay"),
    # --- some beside all others ---
    "beside": Words("Some beside all others", "Едни спрямо останалите", "Bazıları ötekilerin yanında"),
    "beside_about": Words(
        "Something began in some stores, for a tier or a segment: how much more did their members change than the"
        " others? This is weaker than holding out.",
        "Нещо е започнало в някои магазини, за ниво или сегмент: колко повече са се променили членовете им от"
        " останалите? Това е по-слабо от контролна група.",
        "Bazı mağazalarda, bir seviye ya da segment için bir şey başladı: üyeleri ötekilerden ne kadar çok değişti? Bu,"
        " kontrol grubundan daha zayıftır.",
    ),
    "begins": Words("It began with", "Започнало е с", "Başladığı ay"),
    "pick": Words("Who has it?", "Кой го има?", "Kimde var?"),
    "pick_about": Words(
        "Pick a store, a tier or a segment that has it, and the month with which it began.",
        "Изберете магазин, ниво или сегмент, които го имат, и месеца, с който е започнало.",
        "Ona sahip bir mağaza, seviye ya da segment ve başladığı ayı seçin.",
    ),
    "stores": Words("Stores that have it", "Магазини, които го имат", "Ona sahip mağazalar"),
    "none": Words("None", "Никои", "Hiçbiri"),
    "treated": Words("Who have it", "Които го имат", "Ona sahip olanlar"),
    "others": Words("All others", "Всички останали", "Bütün ötekiler"),
    "bunches": Words("{treated} and {others}", "{treated} и {others}", "{treated} ve {others}"),
    "bunches_stores": Words("Stores on either side", "Магазини от двете страни", "İki taraftaki mağazalar"),
    "effect": Words("Change per member and month", "Промяна на член и месец", "Üye ve ay başına değişim"),
    "placebos": Words("Had it begun before", "Ако беше започнало по-рано", "Daha önce başlasaydı"),
    "placebos_about": Words(
        "Each month before is asked as if it had begun there, when there was nothing to be found. Where one finds"
        " something, nothing is concluded.",
        "За всеки предишен месец се пита, сякаш е започнало с него, когато не е имало какво да се намери. Ако някой"
        " намери нещо, не се заключава нищо.",
        "Önceki her ay, orada başlamış gibi sorulur; o zaman bulunacak bir şey yoktu. Biri bir şey bulursa sonuç"
        " çıkarılmaz.",
    ),
}
