"""What KPIs of closed months are called, what they mean, and how they are counted: English as they are defined."""

from typing import Final

from guerdon.faces.words.text import Words
from guerdon.insight.kpis.definitions import KPIS

# Of each: what it is called, what it means, its formula, its days.
_DAYS_BG: Final = "Избраните дни"
_END_BG: Final = "Краят на месеца, в който е последният ден"
_UNTIL_BG: Final = "всичко до последния ден"
_BALANCES_BG: Final = f"Салда в края; {_UNTIL_BG}"

_BG: Final[dict[str, tuple[str, str, str, str]]] = {
    "enrolments": (
        "Нови членове", "Хора, които са се присъединили, каквото и да е станало с тях после.",
        "Хора с ден на присъединяване в периода", _DAYS_BG,
    ),
    "active_rate": (
        "Дял на активните", "Колко от членовете са направили нещо сами: купили, дошли, изхарчили точки.",
        "Активни членове в периода × 100 ÷ членове в края", _DAYS_BG,
    ),
    "repeat_purchase_rate": (
        "Дял на повторните покупки", "Колко от купувачите са купили повече от веднъж.",
        "Купувачи с две и повече покупки × 100 ÷ купувачи", _DAYS_BG,
    ),
    "average_order_value": (
        "Средна покупка", "На каква сума е една покупка, без върнатото.",
        "(похарчено − върнато) ÷ покупки, по валута; променената поръчка е една покупка", _DAYS_BG,
    ),
    "purchase_frequency": (
        "Честота на покупките", "Колко често купува, който купува.", "Покупки ÷ различни купувачи", _DAYS_BG,
    ),
    "units_per_basket": (
        "Бройки в кошница", "Колко бройки стоки има в една кошница, както е купена.",
        "Бройки ÷ покупки, съобщени с редовете си", _DAYS_BG,
    ),
    "earn_rate": (
        "Точки за единица валута", "Колко точки дава една единица от валутата на програмата.",
        "(спечелени − отменени − отнети + възстановени) ÷ (похарчено − върнато във валутата на програмата), по вид"
        " точки", _DAYS_BG,
    ),
    "redemption_rate_points": (
        "Използване по точки", "Изхарчените точки спрямо дадените през същите дни.",
        "(изхарчени − върнати) × 100 ÷ (спечелени − отменени), по вид точки", _DAYS_BG,
    ),
    "redemption_rate_members": (
        "Използване по членове", "Колко от активните членове са изхарчили точки.",
        "Активни членове с използване в периода × 100 ÷ активни членове", _DAYS_BG,
    ),
    "first_redemption_rate": (
        "Първо използване", "Колко от присъединилите се са изхарчили точки поне веднъж до края.",
        "Присъединени в периода с използване до края му × 100 ÷ присъединени в периода",
        f"Присъединени през избраните дни; използвания: {_UNTIL_BG}",
    ),
    "breakage": (
        "Изгубени точки досега", "Колко от точките, спечелени през дните, са изтекли до края им.",
        "Изтекли × 100 ÷ (спечелени + възстановени ± ръчно − отменени − отнети), от партидите на периода, по вид точки",
        f"Спечелени през избраните дни; изтекли: {_UNTIL_BG}",
    ),
    "dormant_points": (
        "Спящи точки", "Колко от дължимите точки са по сметки, които никой не е ползвал от 180 дни.",
        "Точки по сметки без собствено действие през последните дни × 100 ÷ точки по всички сметки, по вид точки",
        "Салда в края; 180-те дни до него",
    ),
    "retention": (
        "Задържане по кохорти",
        "Колко от купилите за първи път в даден месец са купили отново толкова месеца по-късно.",
        "Членове от кохортата с покупка в онзи месец × 100 ÷ членове на кохортата; без ред, където никой не е купил",
        f"Първи покупки в месеците на избраните дни; покупки: {_UNTIL_BG}",
    ),
    "churn": (
        "Отлив", "Колко от купилите непосредствено преди тези дни не са купили през тях.",
        "Купувачи от предишния период без покупка в този × 100 ÷ купувачи от предишния период",
        "Избраните дни и толкова непосредствено преди тях",
    ),
    "tier_mix": (
        "Разпределение по нива", "Колко от членовете имат кое ниво; празното ниво е под първото.",
        "Членове с нивото × 100 ÷ членове, по стълбица", _END_BG,
    ),
    "tier_migration": (
        "Движение между нивата", "Къде са сега членовете от всяко ниво, ако са били членове и двата пъти.",
        "Преминали от едното в другото × 100 ÷ членове на първото",
        "Краят на месеца преди първия ден и краят на месеца, в който е последният",
    ),
    "rfm": (
        "RFM сегменти", "Членовете според това колко скоро, колко често и за колко са купували.",
        "Всяко по ранг в пет петини, равните еднакво: 1 + ⌊5 × по-малките ÷ всички⌋; името – по скорошност и по"
        " средното на другите две, закръглено нагоре от половината", _DAYS_BG,
    ),
    "ultimate_redemption_rate": (
        "Окончателно използване", "Колко от точките, спечелени във всеки месец, накрая ще бъдат използвани.",
        "Верижен метод: използвани досега × коефициентите на предстоящите възрасти ÷ спечелени, по вид точки; „всички“"
        " са всички месеци", f"Спечелени и използвани точки: {_UNTIL_BG}, край на месец",
    ),
    "outstanding_points": (
        "Дължими точки", "Колко точки имат членовете.", "Всичко, записано някога по сметки на членове, по вид точки",
        _BALANCES_BG,
    ),
    "cash_liability": (
        "Парично задължение", "Какво биха купили дължимите точки според програмата.",
        "Дължими точки × стойността на вида, закръглено надолу, по вид точки", _BALANCES_BG,
    ),
    "expiring_soon": (
        "Скоро изтичащи", "Колко от дължимите точки изтичат до 60 дни, ако никой не ги изхарчи.",
        "Останали точки в партиди, които изтичат тогава × 100 ÷ дължими точки, по вид точки; плъзгащи се срокове –"
        " каквито са били при записването на месеца", "60-те дни след последния",
    ),
    "participation": (
        "Участие", "Колко от членовете са участвали: получили са точки или са изхарчили.",
        "Членове със спечелени или изхарчени точки в периода × 100 ÷ членове в края", _DAYS_BG,
    ),
    "engagement": (
        "Ангажираност", "Колко от активните членове са направили и нещо друго, освен да купят.",
        "Активни членове с посещение, отзив, награда или друго собствено действие × 100 ÷ активни членове", _DAYS_BG,
    ),
    "active_days": (
        "Активни дни", "В колко различни дни активният член е направил нещо.",
        "Дни с действие на всеки активен член ÷ активни членове", _DAYS_BG,
    ),
    "reactivation": (
        "Върнали се", "Колко от неактивните от 180 дни са се върнали.",
        "Спящи членове, активни в периода × 100 ÷ спящи членове в началото му",
        "Избраните дни; спящи: нищо през 180-те дни преди тях, но нещо по-рано",
    ),
    "cost_per_reward": (
        "Цена на наградите", "Колко струва на програмата една бройка от всяка взета награда.",
        "Разход ÷ бройки, по награда, за взети награди с известен разход; също и за отменените по-късно", _DAYS_BG,
    ),
    "discount_depth": (
        "Дълбочина на отстъпките", "Каква част от цената на стоките е свалена.",
        "Отстъпки на редове × 100 ÷ цени на редове, по валута, за покупки, съобщени с редовете си", _DAYS_BG,
    ),
    "net_promoter_score": (
        "Индекс на препоръките (NPS)", "Колко повече биха препоръчали, отколкото предупредили, от −100 до 100.",
        "(членове с последна оценка 9 или 10 − тези с 0 до 6) × 100 ÷ членове с оценка, по вид събитие; оценката е"
        " фактът `score`, цяло число от 0 до 10", _DAYS_BG,
    ),
    "spend_by_redeeming": (
        "Харчене: с награди и без",
        "Зависимост, а не въздействие: който обича да купува повече, може и повече да използва точки; какво причинява"
        " програмата, казва само контролна група. Хора, които не са членове, не се съобщават на Guerdon и ги няма тук.",
        "(похарчено − върнато) ÷ купувачи, за изхарчилите някога точки до последния ден (да) и за останалите (не)",
        f"Покупки през избраните дни; използвания: {_UNTIL_BG}",
    ),
}  # fmt: skip

_DAYS_TR: Final = "Sorulan günler"
_END_TR: Final = "Son günün bulunduğu ayın sonu"
_UNTIL_TR: Final = "son güne kadar her şey"
_BALANCES_TR: Final = f"Sondaki bakiyeler; {_UNTIL_TR}"

_TR: Final[dict[str, tuple[str, str, str, str]]] = {
    "enrolments": (
        "Yeni üyeler", "Sonra ne olmuş olursa olsun, katılan kişiler.", "Katılım günü dönemde olan kişiler", _DAYS_TR,
    ),
    "active_rate": (
        "Etkin üye oranı", "Üyelerin kaçı kendisi bir şey yaptı: satın aldı, geldi, puan harcadı.",
        "Dönemde etkin üyeler × 100 ÷ sondaki üyeler", _DAYS_TR,
    ),
    "repeat_purchase_rate": (
        "Tekrar alışveriş oranı", "Alışveriş edenlerin kaçı birden fazla kez alışveriş etti.",
        "İki ya da daha çok alışverişi olanlar × 100 ÷ alışveriş edenler", _DAYS_TR,
    ),
    "average_order_value": (
        "Ortalama sepet tutarı", "İadeler düşüldükten sonra bir alışverişin tutarı.",
        "(harcanan − iade) ÷ alışveriş, para birimine göre; değiştirilen sipariş tek alışveriştir", _DAYS_TR,
    ),
    "purchase_frequency": (
        "Alışveriş sıklığı", "Alışveriş edenler ne sıklıkla alışveriş ediyor.", "Alışveriş ÷ farklı alıcılar", _DAYS_TR,
    ),
    "units_per_basket": (
        "Sepetteki adet", "Satın alındığı haliyle bir sepette kaç adet ürün var.",
        "Adet ÷ satırlarıyla bildirilen alışverişler", _DAYS_TR,
    ),
    "earn_rate": (
        "Kazanım oranı", "Programın para biriminin bir birimi kaç puan veriyor.",
        "(kazanılan − iptal − geri alınan + geri verilen) ÷ (programın para biriminde harcanan − iade), birime göre",
        _DAYS_TR,
    ),
    "redemption_rate_points": (
        "Puana göre kullanım", "Aynı günlerde verilen puanlara karşılık harcanan puanlar.",
        "(harcanan − iade edilen) × 100 ÷ (kazanılan − iptal), birime göre", _DAYS_TR,
    ),
    "redemption_rate_members": (
        "Üyeye göre kullanım", "Etkin üyelerin kaçı puan harcadı.",
        "Dönemde puan harcayan etkin üyeler × 100 ÷ etkin üyeler", _DAYS_TR,
    ),
    "first_redemption_rate": (
        "İlk kullanım oranı", "Katılanların kaçı sona kadar en az bir kez puan harcadı.",
        "Dönemde katılıp sonuna kadar puan harcayanlar × 100 ÷ dönemde katılanlar",
        f"Sorulan günlerde katılanlar; harcamalar: {_UNTIL_TR}",
    ),
    "breakage": (
        "Şimdiye dek yanan puan", "Bu günlerde kazanılan puanların kaçının süresi, günlerin sonuna dek doldu.",
        "Süresi dolan × 100 ÷ (kazanılan + geri verilen ± elle − iptal − geri alınan), dönemin partilerinden, birime"
        " göre", f"Sorulan günlerde kazanılanlar; süresi dolanlar: {_UNTIL_TR}",
    ),
    "dormant_points": (
        "Uyuyan puanlar", "Borçlu olunan puanların kaçı, 180 gündür kimsenin kullanmadığı hesaplarda.",
        "Son günlerde kendi hareketi olmayan hesapların puanları × 100 ÷ tüm hesapların puanları, birime göre",
        "Sondaki bakiyeler; ona kadarki 180 gün",
    ),
    "retention": (
        "Kohortlara göre elde tutma", "İlk kez bir ayda alışveriş edenlerin kaçı, şu kadar ay sonra yeniden etti.",
        "O ay alışverişi olan kohort üyeleri × 100 ÷ kohort üyeleri; kimsenin alışveriş etmediği yerde satır yok",
        f"Sorulan günlerin aylarındaki ilk alışverişler; alışverişler: {_UNTIL_TR}",
    ),
    "churn": (
        "Kayıp oranı", "Hemen önceki günlerde alışveriş edenlerin kaçı bu günlerde etmedi.",
        "Önceki dönemin, bu dönemde alışverişi olmayan alıcıları × 100 ÷ önceki dönemin alıcıları",
        "Sorulan günler ve hemen öncesindeki aynı sayıda gün",
    ),
    "tier_mix": (
        "Seviye dağılımı", "Üyelerin kaçı hangi seviyede; boş seviye ilkinin altıdır.",
        "Seviyedeki üyeler × 100 ÷ üyeler, merdivene göre", _END_TR,
    ),
    "tier_migration": (
        "Seviye geçişleri", "Her iki zamanda da üye olanlardan, her seviyenin üyeleri şimdi nerede.",
        "Birinden ötekine geçenler × 100 ÷ ilkindeki üyeler",
        "İlk günden önceki ayın sonu ve son günün bulunduğu ayın sonu",
    ),
    "rfm": (
        "RFM segmentleri", "Ne kadar yakında, ne sıklıkla ve ne tutarda alışveriş ettiklerine göre üyeler.",
        "Her biri beş beşte birde sıraya göre, eşitler aynı: 1 + ⌊5 × altındakiler ÷ hepsi⌋; ad, yakınlığa ve öteki"
        " ikisinin yarımdan yukarı yuvarlanan ortalamasına göre", _DAYS_TR,
    ),
    "ultimate_redemption_rate": (
        "Nihai kullanım oranı", "Her ay kazanılan puanların sonunda kaçı kullanılmış olacak.",
        "Zincir merdiven: şimdiye dek kullanılan × gelecek yaşların katsayıları ÷ kazanılan, birime göre; “hepsi” tüm"
        " aylardır", f"Kazanılan ve kullanılan puanlar: {_UNTIL_TR}, ay sonu",
    ),
    "outstanding_points": (
        "Borçlu olunan puan", "Üyelerin kaç puanı var.", "Üye hesaplarına şimdiye dek işlenen her şey, birime göre",
        _BALANCES_TR,
    ),
    "cash_liability": (
        "Parasal yükümlülük", "Borçlu olunan puanların, programın söylediği değerle satın alacağı tutar.",
        "Borçlu olunan puan × birimin değeri, aşağı yuvarlanmış, birime göre", _BALANCES_TR,
    ),
    "expiring_soon": (
        "Yakında sona erecek", "Kimse harcamazsa, borçlu olunan puanların kaçı 60 gün içinde sona erer.",
        "O zaman biten partilerde kalan puan × 100 ÷ borçlu olunan puan, birime göre; kayan süreler, ay yazıldığındaki"
        " haliyle", "Son günden sonraki 60 gün",
    ),
    "participation": (
        "Katılım oranı", "Üyelerin kaçı katıldı: puan aldı ya da harcadı.",
        "Dönemde puan kazanan ya da harcayan üyeler × 100 ÷ sondaki üyeler", _DAYS_TR,
    ),
    "engagement": (
        "Etkileşim", "Etkin üyelerin kaçı alışverişten başka bir şey de yaptı.",
        "Ziyareti, yorumu, ödülü ya da kendi başka bir hareketi olan etkin üyeler × 100 ÷ etkin üyeler", _DAYS_TR,
    ),
    "active_days": (
        "Etkin günler", "Etkin bir üye kaç farklı günde bir şey yaptı.",
        "Her etkin üyenin hareketli günleri ÷ etkin üyeler", _DAYS_TR,
    ),
    "reactivation": (
        "Geri dönenler", "180 gündür etkin olmayanların kaçı geri döndü.",
        "Dönemde etkin olan uyuyan üyeler × 100 ÷ dönem başındaki uyuyan üyeler",
        "Sorulan günler; uyuyan: önceki 180 günde hiçbir şey, daha öncesinde bir şey",
    ),
    "cost_per_reward": (
        "Ödül başına maliyet", "Alınan her ödülün bir adedi programa kaça mal oluyor.",
        "Maliyet ÷ adet, ödüle göre, maliyeti bilinen ödül alımlarında; sonradan iptal edilenler de", _DAYS_TR,
    ),
    "discount_depth": (
        "İndirim derinliği", "Ürün fiyatlarının ne kadarı düşüldü.",
        "Satır indirimleri × 100 ÷ satır fiyatları, para birimine göre, satırlarıyla bildirilen alışverişlerde",
        _DAYS_TR,
    ),
    "net_promoter_score": (
        "Net tavsiye skoru (NPS)", "Uyaracak olanlardan ne kadar fazlası tavsiye eder, −100 ile 100 arası.",
        "(son puanı 9 ya da 10 olan üyeler − 0 ile 6 arası olanlar) × 100 ÷ puan veren üyeler, olay türüne göre; puan,"
        " 0 ile 10 arası tam sayı olan `score` bilgisidir", _DAYS_TR,
    ),
    "spend_by_redeeming": (
        "Ödül kullananların harcaması",
        "Etki değil, birliktelik: daha çok almayı seven daha çok puan da kullanabilir; programın neye yol açtığını"
        " yalnızca kontrol grubu söyler. Üye olmayanlar Guerdon'a bildirilmez, bu yüzden burada yoklar.",
        "(harcanan − iade) ÷ alıcılar, son güne kadar puan harcamış olanlar (evet) ve ötekiler (hayır) için",
        f"Sorulan günlerdeki alışverişler; harcamalar: {_UNTIL_TR}",
    ),
}  # fmt: skip


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


WORDS: Final[dict[str, Words]] = {
    name: Words(_sentence(english), _BG[key][at], _TR[key][at])
    for key, one in KPIS.items()
    for at, (name, english) in enumerate((
        (key, one.title), (f"{key}_about", f"{one.definition}."), (f"{key}_formula", one.formula),
        (f"{key}_window", one.window),
    ))
}  # fmt: skip
