"""What is said of what does not work: the finding, its figures, and what to do."""

from typing import Final

from guerdon.faces.words.text import Words

WORDS: Final[dict[str, Words]] = {
    "title": Words("What is not working", "Какво не работи", "Neler işe yaramıyor"),
    "about": Words(
        "Rules, rewards, vouchers, tiers, points, stores, segments and campaigns of closed months that do not pay, each"
        " with its figures and what to do.",
        "Правила, награди, ваучери, нива, точки, магазини, сегменти и кампании от приключените месеци, които не носят"
        " полза – с числата им и какво да се направи.",
        "Kapanan aylarda karşılığını vermeyen kurallar, ödüller, kuponlar, seviyeler, puanlar, mağazalar, segmentler ve"
        " kampanyalar; sayılarıyla ve ne yapılacağıyla.",
    ),
    "days": Words("{since} – {last}", "{since} – {last}", "{since} – {last}"),
    "against": Words(
        "Stores and segments are compared with {since} – {last}.",
        "Магазините и сегментите се сравняват с {since} – {last}.",
        "Mağazalar ve segmentler {since} – {last} ile karşılaştırılır.",
    ),
    "against_none": Words(
        "Nothing earlier is there to compare stores and segments with.",
        "Няма по-ранни месеци, с които да се сравнят магазините и сегментите.",
        "Mağazaları ve segmentleri karşılaştıracak daha eski ay yok.",
    ),
    "well": Words("All is well", "Всичко е наред", "Her şey yolunda"),
    "well_about": Words(
        "Rules, rewards, vouchers and tiers looked at: {count}. None of them needs you.",
        "Прегледани правила, награди, ваучери и нива: {count}. Никое не се нуждае от внимание.",
        "Bakılan kural, ödül, kupon ve seviye: {count}. Hiçbiri sizi beklemiyor.",
    ),
    "looked_at": Words("Looked at", "Прегледани", "Bakılan"),
    "found": Words("Found", "Намерени", "Bulunan"),
    "unsaid": Words("This can't be said yet", "Това още не може да се каже", "Bu henüz söylenemiyor"),
    "since": Words("Since {since}", "От {since}", "{since} tarihinden beri"),
    "do": Words("What to do", "Какво да се направи", "Ne yapmalı"),
    # --- findings ---
    "groups_broken": Words(
        "The hold-out group is not the one that was drawn",
        "Контролната група не е тази, която беше изтеглена",
        "Kontrol grubu, kurayla seçilen grup değil",
    ),
    "groups_broken_text": Words(
        "Held out: {held_out}; expected: {expected}. Chance alone is hardly ever that far off, so nothing can be"
        " concluded about campaigns.",
        "Извън кампаниите: {held_out}; очаквани: {expected}. Случайността почти никога не се отклонява толкова, затова"
        " за кампаниите не може да се заключи нищо.",
        "Kampanya dışında tutulan: {held_out}; beklenen: {expected}. Şans tek başına bu kadar sapmaz; kampanyalar"
        " hakkında bir sonuç çıkarılamaz.",
    ),
    "groups_broken_do": Words(
        "Find where members of one group go missing: an import, a merge or a closing that treats them differently.",
        "Намерете къде се губят членове на едната група: импорт, сливане или закриване, което ги третира различно.",
        "Bir grubun üyelerinin nerede kaybolduğunu bulun: onlara farklı davranan bir içe aktarma, birleştirme ya da"
        " hesap kapatma.",
    ),
    "campaigns_cost": Words(
        "Campaigns make members spend less",
        "Кампаниите карат членовете да харчат по-малко",
        "Kampanyalar üyelere daha az harcatıyor",
    ),
    "campaigns_cost_text": Words(
        "What all members with campaigns together spent, beside those who are held out: {value} ({low} to {high})."
        " Campaign rules: {rules}.",
        "Колко са похарчили всички с кампании заедно спрямо тези извън тях: {value} (от {low} до {high}). Правила на"
        " кампании: {rules}.",
        "Kampanyalı üyelerin dışarıda tutulanlara göre toplam harcama farkı: {value} ({low} ile {high} arası). Kampanya"
        " kuralı: {rules}.",
    ),
    "campaigns_cost_do": Words(
        "Stop the campaigns that were added last, one by one, and look again after a closed month.",
        "Спирайте последно добавените кампании една по една и погледнете отново след приключен месец.",
        "En son eklenen kampanyaları birer birer durdurun ve bir ay kapandıktan sonra yeniden bakın.",
    ),
    "campaigns_unseen": Words(
        "The effect of campaigns is not to be seen",
        "Ефектът на кампаниите не се вижда",
        "Kampanyaların etkisi görülmüyor",
    ),
    "campaigns_unseen_text": Words(
        "What all members with campaigns together spent, beside those who are held out: {value}, but it may be anything"
        " from {low} to {high}. Campaign rules: {rules}.",
        "Колко са похарчили всички с кампании заедно спрямо тези извън тях: {value}, но може да е всичко от {low} до"
        " {high}. Правила на кампании: {rules}.",
        "Kampanyalı üyelerin dışarıda tutulanlara göre toplam harcama farkı: {value}; ama {low} ile {high} arasında"
        " herhangi bir şey olabilir. Kampanya kuralı: {rules}.",
    ),
    "campaigns_unseen_do": Words(
        "Wait for more months, make the campaigns bolder, or drop those that cost the most.",
        "Изчакайте още месеци, направете кампаниите по-смели или спрете тези, които струват най-много.",
        "Daha çok ay bekleyin, kampanyaları cesurlaştırın ya da en pahalı olanları bırakın.",
    ),
    "campaigns_unmeasured": Words(
        "Nobody knows whether campaigns pay",
        "Никой не знае дали кампаниите се изплащат",
        "Kampanyaların kâr getirip getirmediğini kimse bilmiyor",
    ),
    "campaigns_unmeasured_text": Words(
        "Campaign rules: {rules}. Nobody is held out, so there is nothing to measure them by.",
        "Правила на кампании: {rules}. Никой не е извън тях, така че няма с какво да се измерят.",
        "Kampanya kuralı: {rules}. Kimse dışarıda tutulmuyor; ölçecek bir karşılaştırma yok.",
    ),
    "campaigns_unmeasured_do": Words(
        "Hold a few members out: write “hold_out: {{share: 5}}” in the programme file.",
        "Оставете няколко членове извън кампаниите: запишете „hold_out: {{share: 5}}“ в програмния файл.",
        "Birkaç üyeyi dışarıda tutun: program dosyasına “hold_out: {{share: 5}}” yazın.",
    ),
    "points_expire": Words(
        "Points end before anybody spends them",
        "Точките изтичат, преди някой да ги използва",
        "Puanlar kimse harcamadan bitiyor",
    ),
    "points_expire_text": Words(
        "Expired: {expired}; spent: {spent}. Members who lost points: {losers}; of these, who never spent any:"
        " {never}.",
        "Изтекли: {expired}; използвани: {spent}. Членове, които са загубили точки: {losers}; от тях никога не са"
        " използвали точки: {never}.",
        "Süresi dolan: {expired}; harcanan: {spent}. Puan kaybeden üye: {losers}; bunlardan hiç harcamamış olan:"
        " {never}.",
    ),
    "worth": Words(
        "What expired was worth {worth}.",
        "Изтеклите точки са на стойност {worth}.",
        "Süresi dolanların değeri {worth}.",
    ),
    "points_expire_do": Words(
        "Offer something for few points, remind earlier, or let points live longer. What that would come to, a what-if"
        " says.",
        "Предложете нещо за малко точки, напомняйте по-рано или удължете живота на точките. До какво би довело това,"
        " казва едно „какво ако“.",
        "Az puana bir şey sunun, daha erken hatırlatın ya da puanların ömrünü uzatın. Bunun neye varacağını bir “ya"
        " şöyle olsaydı” söyler.",
    ),
    "voucher_unused": Words(
        "Vouchers that hardly anybody uses: {name}",
        "Ваучери, които почти никой не използва: {name}",
        "Neredeyse kimsenin kullanmadığı kuponlar: {name}",
    ),
    "voucher_unused_text": Words(
        "Of those given long enough ago: {given}; used: {used}.",
        "Дадени достатъчно отдавна: {given}; използвани: {used}.",
        "Yeterince önce verilen: {given}; kullanılan: {used}.",
    ),
    "voucher_unused_do": Words(
        "Look whether cashiers know it, whether its condition can be met, and whether it lives long enough.",
        "Проверете дали касиерите го познават, дали условието му е изпълнимо и дали важи достатъчно дълго.",
        "Kasiyerler biliyor mu, koşulu karşılanabiliyor mu ve yeterince uzun geçerli mi, bakın.",
    ),
    "voucher_idle": Words(
        "A voucher that nobody gives: {name}", "Ваучер, който никой не дава: {name}", "Kimsenin vermediği kupon: {name}"
    ),
    "voucher_idle_text": Words(
        "In these days none was given and none was used.",
        "В тези дни не е даден и не е използван нито един.",
        "Bu günlerde ne verildi ne de kullanıldı.",
    ),
    "voucher_idle_do": Words(
        "Let a rule or a reward give it, or take it out of the programme.",
        "Нека го дава правило или награда, или го махнете от програмата.",
        "Bir kural ya da ödül versin, veya programdan çıkarın.",
    ),
    "reward_untaken": Words(
        "A reward that nobody takes: {name}", "Награда, която никой не взема: {name}", "Kimsenin almadığı ödül: {name}"
    ),
    "reward_untaken_text": Words(
        "None was taken in these days; pieces of all rewards together: {of}.",
        "В тези дни не е взета нито една; общо бройки от всички награди: {of}.",
        "Bu günlerde hiç alınmadı; tüm ödüllerden alınan adet: {of}.",
    ),
    "reward_untaken_do": Words(
        "Lower its price, show it earlier, or put something else in its place.",
        "Намалете цената ѝ, показвайте я по-напред или я заменете с друга.",
        "Fiyatını düşürün, öne çıkarın ya da yerine başka bir şey koyun.",
    ),
    "rule_silent": Words(
        "A rule that gives nothing: {name}", "Правило, което не дава нищо: {name}", "Hiçbir şey vermeyen kural: {name}"
    ),
    "rule_silent_text": Words(
        "What could have triggered it in these days: {occasions}. It gave something in none of them.",
        "Поводи за него в тези дни: {occasions}. Не е дало нищо при нито един.",
        "Bu günlerde onu tetikleyebilecek olay: {occasions}. Hiçbirinde bir şey vermedi.",
    ),
    "rule_silent_do": Words(
        "Try it on a sample: the answer says which condition holds it back. Without any occasion, ask whether tills"
        " tell of it.",
        "Изпробвайте го върху пример: отговорът казва кое условие го спира. Ако няма поводи, проверете дали касите"
        " съобщават за тях.",
        "Bir örnekte deneyin: yanıt hangi koşulun engellediğini söyler. Hiç olay yoksa kasaların bunu bildirip"
        " bildirmediğini sorun.",
    ),
    "rule_rare": Words(
        "A rule that hardly ever gives anything: {name}",
        "Правило, което почти никога не дава нищо: {name}",
        "Neredeyse hiç vermeyen kural: {name}",
    ),
    "rule_rare_text": Words(
        "What could have triggered it in these days: {occasions}; it gave something in: {fired}.",
        "Поводи за него в тези дни: {occasions}; дало е нещо при: {fired}.",
        "Bu günlerde onu tetikleyebilecek olay: {occasions}; bir şey verdiği: {fired}.",
    ),
    "rule_rare_do": Words(
        "If it is not meant to be rare, loosen its condition, and try that on the history first.",
        "Ако не е замислено да е рядко, облекчете условието му и първо го изпробвайте върху историята.",
        "Seyrek olması amaçlanmadıysa koşulunu gevşetin ve önce geçmiş üzerinde deneyin.",
    ),
    "tier_empty": Words(
        "A tier that nobody reaches: {name}",
        "Ниво, което никой не достига: {name}",
        "Kimsenin ulaşmadığı seviye: {name}",
    ),
    "tier_empty_text": Words(
        "At the end of no month had anybody of it; members: {people}.",
        "В края на нито един месец никой не е бил в него; членове: {people}.",
        "Hiçbir ay sonunda bu seviyede kimse yoktu; üye: {people}.",
    ),
    "tier_empty_do": Words(
        "Lower its threshold, or make it one by invitation. How many would reach it, guerdon tiers tries out.",
        "Намалете прага му или го направете само с покана. Колко души биха го достигнали, показва guerdon tiers.",
        "Eşiğini düşürün ya da davetle verilen bir seviye yapın. Kaç kişinin ulaşacağını guerdon tiers gösterir.",
    ),
    "store_shrinks": Words(
        "A store loses its buyers: {name}",
        "Магазин губи купувачите си: {name}",
        "Alıcılarını kaybeden mağaza: {name}",
    ),
    "store_shrinks_text": Words(
        "Members who bought there: {before} before, {now} now ({lost} fewer). In all stores: {all_before} before,"
        " {all_now} now.",
        "Членове, купували там: {before} преди, {now} сега (с {lost} по-малко). Във всички магазини: {all_before}"
        " преди, {all_now} сега.",
        "Orada alışveriş eden üye: önce {before}, şimdi {now} ({lost} daha az). Tüm mağazalarda: önce {all_before},"
        " şimdi {all_now}.",
    ),
    "store_shrinks_do": Words(
        "Ask there whether cashiers still ask for the card, and look what else changed.",
        "Попитайте там дали касиерите още искат картата и вижте какво друго се е променило.",
        "Kasiyerler hâlâ kartı soruyor mu, orada sorun ve başka neyin değiştiğine bakın.",
    ),
    "segment_shrinks": Words("A segment shrinks: {name}", "Сегмент намалява: {name}", "Küçülen segment: {name}"),
    "segment_shrinks_text": Words(
        "Members in it: {before} before, {now} now ({lost} fewer). In the programme: {all_before} before, {all_now}"
        " now.",
        "Членове в него: {before} преди, {now} сега (с {lost} по-малко). В програмата: {all_before} преди, {all_now}"
        " сега.",
        "İçindeki üye: önce {before}, şimdi {now} ({lost} daha az). Programda: önce {all_before}, şimdi {all_now}.",
    ),
    "segment_shrinks_do": Words(
        "See who left it and what they bought before; an offer for just them may bring them back.",
        "Вижте кой го е напуснал и какво е купувал преди; оферта само за тях може да ги върне.",
        "Kimlerin ayrıldığına ve önce ne aldıklarına bakın; yalnız onlara bir teklif geri getirebilir.",
    ),
}
