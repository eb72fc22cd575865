"""What the forms of rewards, vouchers, tiers and paid plans say; the fields of the first two stand beside it."""

from typing import Final

from guerdon.faces.words.entry_fields import FIELDS
from guerdon.faces.words.text import Words

WORDS: Final[dict[str, Words]] = {
    "new_reward": Words("Add a reward", "Нова награда", "Ödül ekle"),
    "new_voucher": Words("Add a voucher", "Нов ваучер", "Kupon ekle"),
    "new_ladder": Words("Add a ladder of tiers", "Нова стълбица от нива", "Seviye merdiveni ekle"),
    "new_plan": Words("Add a plan", "Нов план", "Plan ekle"),
    "edit": Words("Edit {name}", "Промяна на {name}", "{name} düzenle"),
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
    "writing_plan": Words("Plan: {name}", "План: {name}", "Plan: {name}"),
    "remove": Words("Take out", "Премахни", "Kaldır"),
    "removing": Words("Take out {name}", "Премахване на {name}", "{name} kaldırılıyor"),
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
    "choose": Words("Choose one", "Изберете", "Birini seçin"),
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
    # --- a ladder ---
    "group_ladder": Words("The ladder", "Стълбицата", "Merdiven"),
    "group_ladder_about": Words(
        "What lifts members, and over which time.",
        "Какво издига членовете и за какво време.",
        "Üyeleri ne yükseltir ve hangi sürede.",
    ),
    "group_more": Words("More", "Още", "Daha fazlası"),
    "group_new_level": Words("A new tier", "Ново ниво", "Yeni seviye"),
    "add_new_level": Words("One more tier", "Още едно ниво", "Bir seviye daha"),
    "basis_way": Words("What is counted", "Какво се брои", "Ne sayılır"),
    "is_spend": Words("money spent", "похарчени пари", "harcanan para"),
    "is_visits": Words("how often something happens", "колко пъти се случва нещо", "bir şeyin kaç kez olduğu"),
    "basis_visits": Words("How often which of these happens", "Колко пъти кое от тези", "Bunlardan hangisinin sayısı"),
    "hint_basis_visits": Words(
        "Only where one counts how often.", "Само когато се брои колко пъти.", "Yalnız kaç kez olduğu sayılıyorsa."
    ),
    "window": Words("What counts", "Кое се зачита", "Ne zamanki sayılır"),
    "usual_window": Words("as usual: the last 12 months", "обичайно: последните 12 месеца", "olağan: son 12 ay"),
    "is_calendar_year": Words("this calendar year", "тази календарна година", "bu takvim yılı"),
    "is_membership_year": Words("this year since joining", "тази година от записването", "katılımdan beri bu yıl"),
    "is_rolling": Words("the last 12 months", "последните 12 месеца", "son 12 ay"),
    "is_lifetime": Words("for ever", "завинаги", "her zaman için"),
    "grace_days": Words("Days before a downgrade bites", "Дни преди понижаване", "Düşmeden önceki günler"),
    "hint_grace_days": Words(
        "After a review, and after a return that undoes a rise.",
        "След преглед и след връщане, което отменя издигане.",
        "Gözden geçirmeden ve yükselişi geri alan iadeden sonra.",
    ),
    "downgrade": Words("How far a review lets fall", "Колко надолу сваля прегледът", "Gözden geçirme ne kadar düşürür"),
    "usual_downgrade": Words("as usual: one tier", "обичайно: едно ниво", "olağan: bir seviye"),
    "is_soft_landing": Words("one tier at most", "най-много едно ниво", "en çok bir seviye"),
    "is_earned": Words("to what is earned", "до спечеленото", "kazanılana kadar"),
    "after_return": Words("When a return takes a tier away", "Кога връщане отнема ниво", "İade seviyeyi ne zaman alır"),
    "usual_after_return": Words(
        "as usual: after the days above", "обичайно: след дните по-горе", "olağan: yukarıdaki günlerden sonra"
    ),
    "is_immediate": Words("at once", "веднага", "hemen"),
    "is_grace": Words("after the days above", "след дните по-горе", "yukarıdaki günlerden sonra"),
    "is_period_end": Words("at the next review", "при следващия преглед", "sonraki gözden geçirmede"),
    "crossing": Words(
        "The order that reaches a tier earns with",
        "Поръчката, която стига ниво, носи според",
        "Seviyeye ulaştıran sipariş şununla kazanır",
    ),
    "usual_crossing": Words("as usual: the tier before it", "обичайно: нивото преди нея", "olağan: önceki seviye"),
    "is_before": Words("the tier before it", "нивото преди нея", "önceki seviye"),
    "is_after": Words("the new tier", "новото ниво", "yeni seviye"),
    "threshold": Words("From how much on", "От колко нататък", "Ne kadardan itibaren"),
    "hint_threshold": Words(
        "0 for everybody. Empty where it is by invitation.",
        "0 за всички. Празно, когато е с покана.",
        "Herkes için 0. Davetliyse boş bırakın.",
    ),
    "invitation_only": Words("Only by invitation", "Само с покана", "Yalnız davetle"),
    "hint_invitation_only": Words(
        "Nobody earns it; it is given by hand.",
        "Никой не го спечелва; дава се ръчно.",
        "Kimse kazanamaz; elle verilir.",
    ),
    "level_gone": Words("Remove this tier", "Премахване на нивото", "Bu seviyeyi kaldır"),
    # --- what a tier or a plan gives ---
    "group_new_benefit": Words("A new benefit", "Нова придобивка", "Yeni ayrıcalık"),
    "add_new_benefit": Words("One more benefit", "Още една придобивка", "Bir ayrıcalık daha"),
    "benefit_gone": Words("Remove this benefit", "Премахване на придобивката", "Bu ayrıcalığı kaldır"),
    "benefit_kind": Words("What it is", "Какво е", "Nedir"),
    "benefit_percent": Words("How much is taken off", "Колко се отстъпва", "Ne kadar indirim"),
    "hint_benefit_percent": Words("Of a discount.", "При отстъпка.", "İndirimde."),
    "benefit_hours": Words("How long before everybody", "Колко преди всички", "Herkesten ne kadar önce"),
    "hint_benefit_hours": Words("Of early access.", "При ранен достъп.", "Erken erişimde."),
    "benefit_tickets": Words("Tickets a year", "Билети на година", "Yılda bilet"),
    "hint_benefit_tickets": Words("Of tickets for a companion.", "При билети за придружител.", "Eşlikçi biletlerinde."),
    "is_free_shipping": Words("Free shipping", "Безплатна доставка", "Ücretsiz kargo"),
    "is_percent_off": Words("Discount", "Отстъпка", "İndirim"),
    "is_birthday_gift": Words("Birthday gift", "Подарък за рожден ден", "Doğum günü hediyesi"),
    "is_early_access": Words("Early access", "Ранен достъп", "Erken erişim"),
    "is_priority_support": Words("Priority support", "Обслужване с предимство", "Öncelikli destek"),
    "is_companion_tickets": Words("Tickets for a companion", "Билети за придружител", "Eşlikçi biletleri"),
    "is_special_prices": Words("Special prices", "Специални цени", "Özel fiyatlar"),
    "is_other": Words("Something else", "Друго", "Başka bir şey"),
    # --- a plan ---
    "group_plan": Words("The plan", "Планът", "Plan"),
    "price_in": Words("price in {currency}", "цена в {currency}", "{currency} fiyatı"),
    "group_period": Words("For how long", "За колко време", "Ne kadar süre"),
    "group_period_about": Words(
        "What the price pays for. Days and “for ever” are once.",
        "За какво се плаща цената. Дните и „завинаги“ са еднократни.",
        "Fiyatın karşılığı. Gün ve “her zaman için” bir defaya mahsustur.",
    ),
    "period_count": Words("How many", "Колко", "Kaç"),
    "hint_period_count": Words("Empty for ever.", "Празно за „завинаги“.", "“Her zaman için” ise boş."),
    "period_way": Words("Of what", "Какви", "Neyden"),
    "is_months": Words("months", "месеци", "ay"),
    "is_years": Words("years", "години", "yıl"),
    "is_days": Words("days", "дни", "gün"),
    "renews": Words("Afterwards", "След това", "Sonrasında"),
    "goes_on": Words("goes on until cancelled", "продължава до отказ", "iptal edilene kadar sürer"),
    "is_once": Words("ends", "свършва", "biter"),
    "trial_days": Words("Days to try it for free", "Дни за безплатна проба", "Ücretsiz deneme günleri"),
    "group_plan_gives": Words("What it gives", "Какво дава", "Ne verir"),
    "group_plan_gives_about": Words(
        "Points of a plan come from rules that ask for it.",
        "Точките на план идват от правила, които го изискват.",
        "Planın puanları onu isteyen kurallardan gelir.",
    ),
    "group_plan_more": Words("More", "Още", "Daha fazlası"),
    "ask_days": Words(
        "The next payment is asked so long before the end",
        "Следващото плащане се иска толкова преди края",
        "Sonraki ödeme bitişten bu kadar önce istenir",
    ),
    "pay_days": Words(
        "Who has not paid on keeps it for", "Който не е платил, го пази още", "Ödemeyende bu kadar daha kalır"
    ),
    "refund_days": Words("It can be given back for", "Може да се върне до", "Şu süre içinde geri verilebilir"),
    "pause_days_max": Words("A pause lasts at most", "Пауза трае най-много", "Duraklatma en çok"),
    "hint_pause_days_max": Words("0 where there are no pauses.", "0, ако няма паузи.", "Duraklatma yoksa 0."),
    "rank": Words("Rank among plans", "Ранг сред плановете", "Planlar arasında sıra"),
    "hint_rank": Words(
        "A change to a higher one is at once, to a lower one at the end of the period.",
        "Смяна към по-висок е веднага, към по-нисък – в края на периода.",
        "Daha yükseğe geçiş hemen, daha düşüğe geçiş dönem sonunda olur.",
    ),
    "joint": Words("The whole household shares it", "Цялото домакинство го споделя", "Bütün hane paylaşır"),
} | FIELDS
