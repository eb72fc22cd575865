"""What the forms of rewards, vouchers, tiers and paid plans say around their fields."""

from typing import Final

from guerdon.faces.words.text import Words

WORDS: Final[dict[str, Words]] = {
    "new_reward": Words("Add a reward", "Нова награда", "Ödül ekle"),
    "new_voucher": Words("Add a voucher", "Нов ваучер", "Kupon ekle"),
    "new_ladder": Words("Add a ladder of tiers", "Нова стълбица от нива", "Seviye merdiveni ekle"),
    "new_plan": Words("Add a plan", "Нов план", "Plan ekle"),
    "edit": Words("Edit “{name}”", "Промяна на „{name}“", "Düzenle: “{name}”"),
    "about_reward": Words(
        "What you change goes into a draft. Who has redeemed it already keeps what was promised then.",
        "Промените влизат в чернова. Който вече я е взел, запазва обещаното тогава.",
        "Değişiklikleriniz bir taslağa girer. Ödülü almış olanlar o zaman söz verileni korur.",
    ),
    "about_voucher": Words(
        "What you change goes into a draft. Once published it counts for vouchers that members already have, too.",
        "Промените влизат в чернова. След публикуване важат и за ваучерите, които членовете вече имат.",
        "Değişiklikleriniz bir taslağa girer. Yayımlanınca üyelerin elindeki kuponlar için de geçerli olur.",
    ),
    "writing_reward": Words("Reward: {name}", "Награда: {name}", "Ödül: {name}"),
    "writing_voucher": Words("Voucher: {name}", "Ваучер: {name}", "Kupon: {name}"),
    "writing_ladder": Words("Tiers: {name}", "Нива: {name}", "Seviyeler: {name}"),
    "writing_unit": Words("Unit: {name}", "Единица: {name}", "Birim: {name}"),
    "writing_plan": Words("Plan: {name}", "План: {name}", "Plan: {name}"),
    "remove": Words("Take out", "Премахни", "Kaldır"),
    "removing": Words("Take out “{name}”", "Премахване на „{name}“", "Kaldır: “{name}”"),
    "remove_sure": Words("Take “{name}” out?", "Да се премахне ли „{name}“?", "“{name}” kaldırılsın mı?"),
    "remove_yes": Words("Take out, in a draft", "Премахни, в чернова", "Bir taslakta kaldır"),
    "remove_reward": Words(
        "Nothing changes for members until the draft is published. From then on nobody can redeem it. Redemptions that "
        "wait keep what was promised: they can still be confirmed, handed over or cancelled, and points come back.",
        "За членовете нищо не се променя, докато черновата не бъде публикувана. След това никой не може да я вземе. "
        "Чакащите запазват обещаното: могат да бъдат потвърдени, предадени или отказани и точките се връщат.",
        "Taslak yayımlanana kadar üyeler için hiçbir şey değişmez. Sonra kimse alamaz. Bekleyenler söz verileni korur: "
        "yine onaylanabilir, teslim edilebilir ya da iptal edilebilir ve puanlar geri döner.",
    ),
    "remove_voucher": Words(
        "Nothing changes for members until the draft is published. From then on it is given to nobody. Vouchers that "
        "members have stay good, as they were when they were given.",
        "За членовете нищо не се променя, докато черновата не бъде публикувана. След това никой не го получава. "
        "Ваучерите, които членовете имат, важат, както са дадени.",
        "Taslak yayımlanana kadar üyeler için hiçbir şey değişmez. Sonra kimseye verilmez. Üyelerin elindeki kuponlar "
        "verildikleri gibi geçerli kalır.",
    ),
    "remove_ladder": Words(
        "Nothing changes for members until the draft is published. From then on nobody has a tier of it any more, nor "
        "what its tiers give.",
        "За членовете нищо не се променя, докато черновата не бъде публикувана. След това никой вече няма ниво от нея, "
        "нито това, което нивата ѝ дават.",
        "Taslak yayımlanana kadar üyeler için hiçbir şey değişmez. Sonra kimsenin bunda bir seviyesi kalmaz, "
        "seviyelerin verdikleri de.",
    ),
    "remove_plan": Words(
        "Nothing changes for members until the draft is published. From then on nobody can join it. Memberships that "
        "run go on at the price that was agreed until they are ended; what the plan gives beside is no longer shown.",
        "За членовете нищо не се променя, докато черновата не бъде публикувана. След това никой не може да се включи. "
        "Текущите членства продължават на договорената цена, докато бъдат прекратени; какво дава планът, вече не се "
        "показва.",
        "Taslak yayımlanana kadar üyeler için hiçbir şey değişmez. Sonra kimse katılamaz. Süren üyelikler sona erene "
        "kadar anlaşılan fiyatla devam eder; planın verdikleri artık gösterilmez.",
    ),
    "removed": Words("Taken out, in the draft.", "Премахнато в черновата.", "Taslakta kaldırıldı."),
    "waiting_reward": Words("Redemptions that wait", "Чакащи взети награди", "Bekleyen ödüller"),
    "waiting_ladder": Words(
        "Members with a tier of it, last night", "Членове с ниво от нея, снощи", "Bunda seviyesi olan üyeler, dün gece"
    ),
    "waiting_plan": Words("Memberships of it, last night", "Членства по него, снощи", "Bu planın üyelikleri, dün gece"),
    "still_used": Words(
        "Something else in the programme still asks for it: {where}. Change that first.",
        "Друго в програмата още го използва: {where}. Първо променете него.",
        "Programda başka bir şey hâlâ bunu kullanıyor: {where}. Önce onu değiştirin.",
    ),
    "unread": Words(
        "Something is still missing. Press “Read it” to see what.",
        "Нещо още липсва. Натиснете „Прочети“, за да видите какво.",
        "Henüz bir şey eksik. Ne olduğunu görmek için “Oku” düğmesine basın.",
    ),
    "prize_twice": Words(
        "This prize stands above already.", "Тази награда вече е посочена по-горе.", "Bu ödül yukarıda zaten var."
    ),
    "tree_reward_if": Words("Who may have it", "Кой може да я има", "Kim alabilir"),
    "tree_reward_if_none": Words(
        "Everybody. Add a condition, like a tier.",
        "Всички. Добавете условие, например ниво.",
        "Herkes. Bir koşul ekleyin, örneğin seviye.",
    ),
    "tree_voucher_if": Words("When it can be used", "Кога може да се използва", "Ne zaman kullanılabilir"),
    "tree_voucher_if_none": Words(
        "With every purchase. Add a condition, like a least amount.",
        "При всяка покупка. Добавете условие, например най-малка сума.",
        "Her alışverişte. Bir koşul ekleyin, örneğin en az tutar.",
    ),
    "tree_voucher_lines": Words("For which goods", "За кои стоки", "Hangi ürünler için"),
    "tree_voucher_lines_none": Words("For all goods.", "За всички стоки.", "Tüm ürünler için."),
}
