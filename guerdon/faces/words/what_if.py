"""What the pages of what-ifs say: what is asked, how far it is, and the answer in plain words."""

from typing import Final

from guerdon.faces.words.text import Words

WORDS: Final[dict[str, Words]] = {
    "title": Words("What if", "Какво, ако", "Ya şöyle olsaydı"),
    "about": Words(
        "What would have been in your own history, had another programme been in force: point by point, for every"
        " member, before anything goes live.",
        "Какво би било във вашата собствена история с друга програма: точка по точка, за всеки член, преди нещо да"
        " влезе в сила.",
        "Başka bir program geçerli olsaydı kendi geçmişinizde ne olurdu: yayına almadan önce, her üye için puanı"
        " puanına.",
    ),
    "tab_about": Words(
        "Your whole real history is replayed under this draft and compared with what really was. It changes nothing.",
        "Цялата ви история се преиграва с тази чернова и се сравнява със станалото. Нищо не се променя.",
        "Gerçek geçmişinizin tamamı bu taslakla yeniden oynatılır ve olanla karşılaştırılır. Bununla hiçbir şey"
        " değişmez.",
    ),
    "ask": Words("Try it on my history", "Опитай върху моята история", "Geçmişimde dene"),
    "ask_again": Words("Try it anew", "Опитай отново", "Yeniden dene"),
    "asked": Words("Your history is being replayed.", "Историята ви се преиграва.", "Geçmişiniz yeniden oynatılıyor."),
    "known": Words(
        "This was asked before, and nothing has happened since: here is the answer.",
        "Това вече е питано и оттогава нищо не се е случило: ето отговора.",
        "Bu daha önce soruldu ve o zamandan beri bir şey olmadı: yanıt burada.",
    ),
    "removed": Words("It was taken away.", "Премахнато е.", "Kaldırıldı."),
    "remove": Words("Take it away", "Премахни", "Kaldır"),
    "stop": Words("Stop", "Спри", "Durdur"),
    "of": Words("Which programme?", "Коя програма?", "Hangi program?"),
    "newest": Words(
        "The published one, as if it had always been in force",
        "Публикуваната, сякаш винаги е била в сила",
        "Yayımlanan program, hep geçerliymiş gibi",
    ),
    "newest_named": Words(
        "Version {number}, from the beginning", "Версия {number}, от самото начало", "Baştan beri {number}. sürüm"
    ),
    "other_days": Words("Other days", "Други дни", "Başka günler"),
    "days_about": Words(
        "Without days it is the last twelve months that are over.",
        "Без дни това са последните дванадесет приключили месеца.",
        "Gün yazılmazsa bitmiş olan son on iki ay alınır.",
    ),
    "since": Words("From", "От", "Başlangıç"),
    "last": Words("Last day", "Последен ден", "Son gün"),
    "no_day": Words("That is no day.", "Това не е ден.", "Bu bir gün değil."),
    "period_wrong": Words(
        "There must be at least one day that is over, none before {first}, and no more than {months} months.",
        "Трябва да има поне един приключил ден, нито един преди {first} и не повече от {months} месеца.",
        "En az bir bitmiş gün olmalı, {first} öncesi olmamalı ve {months} aydan fazla olmamalı.",
    ),
    "none": Words("Nobody has asked yet", "Още никой не е питал", "Henüz kimse sormadı"),
    "none_about": Words(
        "Ask what your programme would have cost, or what a draft would change, before you publish it.",
        "Попитайте колко би струвала програмата ви или какво би променила чернова, преди да я публикувате.",
        "Programınızın ne kadara mal olacağını ya da bir taslağın neyi değiştireceğini yayımlamadan önce sorun.",
    ),
    "state_waiting": Words("Waits", "Чака", "Bekliyor"),
    "state_running": Words("Is being replayed", "Преиграва се", "Oynatılıyor"),
    "state_answered": Words("Answered", "Има отговор", "Yanıtlandı"),
    "state_refused": Words("No answer", "Без отговор", "Yanıt yok"),
    "state_failed": Words("Did not work", "Не се получи", "Olmadı"),
    "stage_waiting": Words("Waiting for its turn", "Чака реда си", "Sırasını bekliyor"),
    "stage_reading": Words("Reading your history", "Чете се историята ви", "Geçmişiniz okunuyor"),
    "stage_checking": Words(
        "Checking that the replay equals your books, to the point",
        "Проверява се дали преиграването съвпада с книгите ви до последната точка",
        "Oynatmanın defterlerinizle puanı puanına aynı olduğu denetleniyor",
    ),
    "stage_replaying": Words("Replaying it under the draft", "Преиграва се с черновата", "Taslakla oynatılıyor"),
    "stage_comparing": Words("Comparing", "Сравнява се", "Karşılaştırılıyor"),
    "stage_weighing": Words(
        "Weighing how sure it is", "Преценява се колко е сигурно", "Ne kadar kesin olduğu ölçülüyor"
    ),
    "share": Words("{share} done", "{share} готово", "{share} tamam"),
    "look": Words("Look how far it is", "Вижте докъде е стигнало", "Ne kadar ilerlediğine bak"),
    "failed_about": Words(
        "What answers it has ended without an answer, several times. Operators find why among the works that failed.",
        "Процесът на няколко пъти приключи без отговор. Операторите ще намерят причината сред неуспешните задачи.",
        "Yanıtlayan süreç birkaç kez yanıtsız bitti. İşletenler nedenini başarısız işler arasında bulur.",
    ),
    "outdated": Words(
        "The draft has changed since this was asked.",
        "Черновата е променена, след като това е питано.",
        "Bu sorulduğundan beri taslak değişti.",
    ),
    "asked_by": Words("{name}, {when}", "{name}, {when}", "{name}, {when}"),
    "period": Words("{since} – {last}", "{since} – {last}", "{since} – {last}"),
    "earlier": Words("Asked before", "Питано преди", "Daha önce sorulanlar"),
    "csv": Words("Everything as a file", "Всичко като файл", "Hepsi dosya olarak"),
    # how members are assumed to respond
    "responses": Words("How members might respond", "Как биха реагирали членовете", "Üyeler nasıl tepki verebilir"),
    "responses_about": Words(
        "A part of its own in the answer, below what was replayed, and never mixed into it. The middle is what is"
        " usually assumed; low and high are one standard deviation from it.",
        "Отделна част от отговора, под преиграното и никога смесена с него. Средата е обичайното допускане; ниско и"
        " високо са на едно стандартно отклонение от нея.",
        "Yanıtın ayrı bir bölümü: oynatılanın altında durur, ona hiç karışmaz. Orta, olağan varsayımdır; düşük ve"
        " yüksek ondan bir standart sapma uzaktadır.",
    ),
    "responses_off": Words("Leave it out", "Без тази част", "Bu bölüm olmasın"),
    "responses_off_about": Words(
        "Everybody does what they really did.",
        "Всички правят това, което наистина са правили.",
        "Herkes gerçekte yaptığını yapar.",
    ),
    "response_spend": Words(
        "More spent for each percentage point more that comes back in points",
        "Повече похарчено за всеки процентен пункт повече, който се връща в точки",
        "Puan olarak geri dönen her ek yüzde puanı için daha fazla harcama",
    ),
    "response_goal": Words(
        "More spent at most, the nearer a reward or the next tier is",
        "Най-много колко повече се харчи, колкото по-близо са награда или следващо ниво",
        "Ödüle ya da sonraki seviyeye yaklaştıkça en çok ne kadar fazla harcanır",
    ),
    "response_redemption": Words(
        "More redeemed with twice the balance for the price of a reward",
        "Повече използвани точки при двойно по-голям баланс спрямо цената на награда",
        "Bakiye ödül fiyatına göre iki katına çıkınca daha fazla kullanım",
    ),
    "prior": Words("Source: {source}", "Източник: {source}", "Kaynak: {source}"),
    "prior_ours": Words(
        "an assumption of ours, no study’s figure",
        "наше допускане, не резултат от изследване",
        "bizim varsayımımız, bir araştırmanın sonucu değil",
    ),
    "strength": Words(
        "{name}: {percent}% (± {unsure})", "{name}: {percent}% (± {unsure})", "{name}: %{percent} (± {unsure})"
    ),
    "strength_middle": Words("Middle", "Средно", "Orta"),
    "strength_low": Words("Low", "Ниско", "Düşük"),
    "strength_high": Words("High", "Високо", "Yüksek"),
    "strength_off": Words("Not at all", "Изобщо не", "Hiç"),
    "strength_own": Words("My own, below", "Мое, по-долу", "Benimki, aşağıda"),
    "no_strength": Words("Pick one of them.", "Изберете едно от тях.", "Bunlardan birini seçin."),
    "own_percent": Words("My own: how much more", "Мое: с колко повече", "Benimki: ne kadar fazla"),
    "own_unsure": Words("Give or take", "Плюс-минус", "Artı eksi"),
    "imported": Words("For an imported history", "За внесена история", "Aktarılmış geçmiş için"),
    "as_it_happened": Words(
        "As if everything had been told when it happened",
        "Сякаш всичко е било записано, когато се е случило",
        "Her şey olduğu anda bildirilmiş gibi",
    ),
    "as_it_happened_about": Words(
        "Points of a history that was imported lately live for thirty days at least from then on; this shows what would"
        " have expired.",
        "Точките от наскоро внесена история живеят поне тридесет дни след внасянето; така се вижда какво би изтекло.",
        "Yakın zamanda aktarılan geçmişin puanları aktarımdan sonra en az otuz gün yaşar; bu, nelerin süresinin"
        " dolacağını gösterir.",
    ),
    # the answer
    "in_own": Words(
        "In your own history, {since} – {last}",
        "Във вашата история, {since} – {last}",
        "Kendi geçmişinizde, {since} – {last}",
    ),
    "more": Words(
        "Members would have got {draft} instead of {today}: {change} more.",
        "Членовете щяха да получат {draft} вместо {today}: с {change} повече.",
        "Üyeler {today} yerine {draft} alırdı: {change} daha fazla.",
    ),
    "less": Words(
        "Members would have got {draft} instead of {today}: {change} less.",
        "Членовете щяха да получат {draft} вместо {today}: с {change} по-малко.",
        "Üyeler {today} yerine {draft} alırdı: {change} daha az.",
    ),
    "fresh": Words(
        "Members would have got {draft} where they got none.",
        "Членовете щяха да получат {draft}, а не са получили нищо.",
        "Üyeler hiç almadıkları yerde {draft} alırdı.",
    ),
    "same": Words(
        "Members would have got just what they got: {today}.",
        "Членовете щяха да получат точно каквото са получили: {today}.",
        "Üyeler ne aldıysa onu alırdı: {today}.",
    ),
    "costs_more": Words(
        "It would have cost {change} more.", "Щеше да струва с {change} повече.", "{change} daha fazlaya mal olurdu."
    ),
    "costs_less": Words(
        "It would have cost {change} less.", "Щеше да струва с {change} по-малко.", "{change} daha aza mal olurdu."
    ),
    "costs_same": Words(
        "It would have cost just as much.", "Щеше да струва точно толкова.", "Maliyeti tam olarak aynı olurdu."
    ),
    "owes_more": Words(
        "At the end you would owe {change} more in points.",
        "Накрая щяхте да дължите с {change} повече в точки.",
        "Sonunda puan olarak {change} daha fazla borcunuz olurdu.",
    ),
    "owes_less": Words(
        "At the end you would owe {change} less in points.",
        "Накрая щяхте да дължите с {change} по-малко в точки.",
        "Sonunda puan olarak {change} daha az borcunuz olurdu.",
    ),
    "counts": Words(
        "Of {all} members {better} would have got more, {worse} less, {same} the same.",
        "От {all} членове {better} щяха да получат повече, {worse} – по-малко, {same} – същото.",
        "{all} üyeden {better} kişi daha fazla, {worse} kişi daha az, {same} kişi aynısını alırdı.",
    ),
    "moved": Words(
        "{up} members would stand in a higher tier, {down} in a lower one.",
        "{up} членове щяха да са на по-високо ниво, {down} – на по-ниско.",
        "{up} üye daha yüksek, {down} üye daha düşük bir seviyede olurdu.",
    ),
    "tile_issued": Words("{unit}: given", "{unit}: дадени", "{unit}: verilen"),
    "tile_redeemed": Words("{unit}: redeemed", "{unit}: използвани", "{unit}: kullanılan"),
    "tile_better": Words("Members better off", "Членове с повече", "Daha çok alan üyeler"),
    "tile_cost": Words("Cost", "Разход", "Maliyet"),
    "tile_liability": Words("Owed at the end", "Дължимо накрая", "Sonunda borç"),
    "tile_worse": Words("Members worse off", "Членове с по-малко", "Daha az alan üyeler"),
    "instead": Words("instead of {today}", "вместо {today}", "{today} yerine"),
    "unchanged": Words("as it was", "както беше", "olduğu gibi"),
    "of_all": Words("of {all}", "от {all}", "toplam {all}"),
    "gate": Words("Checked against your books", "Проверено по книгите ви", "Defterlerinizle karşılaştırıldı"),
    "gate_about": Words(
        "The replay of the programme as it really was comes to exactly what your books say: for all {members} members,"
        " in all {postings} postings. Otherwise there would be no answer.",
        "Преиграването на програмата, каквато беше, дава точно това, което казват книгите ви: за всички {members}"
        " членове, във всички {postings} записвания. Иначе нямаше да има отговор.",
        "Programın gerçekte olduğu haliyle oynatılması defterlerinizdekiyle birebir aynı çıktı: {members} üyenin hepsi,"
        " {postings} kaydın hepsi için. Öyle olmasaydı yanıt da olmazdı.",
    ),
    "gate_tiers": Words(
        "Every step of tiers is the same, too, with its moment: {steps}.",
        "Същата е и всяка стъпка по нивата, с точния ѝ момент: {steps}.",
        "Seviyelerdeki her adım da anıyla birlikte aynı: {steps}.",
    ),
    "took": Words(
        "{activities} activities with {lines} lines, replayed twice in {seconds} s.",
        "{activities} действия с {lines} реда, преиграни два пъти за {seconds} сек.",
        "{lines} satırlı {activities} işlem, {seconds} saniyede iki kez oynatıldı.",
    ),
    "mechanical": Words("What would have differed", "Какво щеше да е различно", "Ne farklı olurdu"),
    "mechanical_about": Words(
        "Everybody does what they really did; only the programme differs.",
        "Всички правят това, което наистина са правили; различна е само програмата.",
        "Herkes gerçekte yaptığını yapar; yalnızca program farklıdır.",
    ),
    "behavioural": Words("And if members respond to it", "А ако членовете реагират", "Üyeler buna tepki verirse"),
    "behavioural_about": Words(
        "This is a forecast, apart from what is above: members do otherwise, as these assumptions say.",
        "Това е прогноза, отделна от горното: членовете постъпват иначе, както казват тези допускания.",
        "Bu, yukarıdakinden ayrı bir tahmindir: üyeler şu varsayımlara göre başka davranır.",
    ),
    "column_what": Words("What", "Какво", "Ne"),
    "column_today": Words("As it was", "Както беше", "Olan"),
    "column_draft": Words("As it would be", "Както би било", "Olacak olan"),
    "column_change": Words("Difference", "Разлика", "Fark"),
    "column_sure": Words("90% sure between", "90% сигурно между", "%90 kesinlikle arası"),
    "column_member": Words("Member", "Член", "Üye"),
    "column_members": Words("Members", "Членове", "Üyeler"),
    "column_month": Words("Month", "Месец", "Ay"),
    "column_segment": Words("Segment", "Сегмент", "Segment"),
    "column_tier": Words("Tier", "Ниво", "Seviye"),
    "column_cost": Words("Cost", "Разход", "Maliyet"),
    "column_ends": Words("Ends as", "Завършва като", "Sonunda"),
    "interval": Words("{low} to {high}", "{low} до {high}", "{low} ile {high}"),
    "amount_issued": Words("{unit}: given", "{unit}: дадени", "{unit}: verilen"),
    "amount_redeemed": Words("{unit}: redeemed", "{unit}: използвани", "{unit}: kullanılan"),
    "amount_unmet": Words(
        "Redemptions and transfers that could not have been",
        "Замени и изпращания, които нямаше да са възможни",
        "Yapılamayacak kullanımlar ve gönderimler",
    ),
    "amount_expired": Words("{unit}: expired", "{unit}: изтекли", "{unit}: süresi dolan"),
    "amount_outstanding": Words("{unit}: owed at the end", "{unit}: дължими накрая", "{unit}: sonunda kalan"),
    "amount_cost": Words("Cost of what was redeemed", "Разход за използваното", "Kullanılanların maliyeti"),
    "amount_liability": Words("Owed at the end, in money", "Дължимо накрая в пари", "Sonunda borç, para olarak"),
    "amount_spent": Words("Spent by members", "Похарчено от членове", "Üyelerin harcaması"),
    "amount_margin": Words("Left over for you", "Остава за вас", "Size kalan"),
    "chart_issued": Words("{unit}: given, month by month", "{unit}: дадени по месеци", "{unit}: aylara göre verilen"),
    "chart_redeemed": Words(
        "{unit}: redeemed, month by month", "{unit}: използвани по месеци", "{unit}: aylara göre kullanılan"
    ),
    "chart_cost": Words("Cost, month by month", "Разход по месеци", "Aylara göre maliyet"),
    "chart_liability": Words("Owed at the end of each month", "Дължимо в края на всеки месец", "Her ay sonunda borç"),
    "winners": Words("Who would have got more", "Кой щеше да получи повече", "Kim daha fazla alırdı"),
    "losers": Words("Who would have got less", "Кой щеше да получи по-малко", "Kim daha az alırdı"),
    "nobody": Words("Nobody.", "Никой.", "Hiç kimse."),
    "most_touched": Words(
        "The {shown} most touched of {all}.",
        "{shown} най-засегнати от {all}.",
        "{all} kişiden en çok etkilenen {shown} kişi.",
    ),
    "by_segment": Words("By segment", "По сегменти", "Segmentlere göre"),
    "by_tier": Words("By tier", "По нива", "Seviyelere göre"),
    "mix": Words("{ladder}: how many stand where", "{ladder}: колко къде стоят", "{ladder}: kim nerede"),
    "matrix": Words("{ladder}: who moves where", "{ladder}: кой къде отива", "{ladder}: kim nereye gider"),
    "matrix_about": Words(
        "Rows are where members end in what really was, columns where they would end.",
        "Редовете са къде завършват членовете в действителност, колоните – къде биха завършили.",
        "Satırlar üyelerin gerçekte nerede olduğunu, sütunlar nerede olacağını gösterir.",
    ),
    "below": Words("none", "без ниво", "yok"),
}
