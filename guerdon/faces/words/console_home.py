"""What the first page of the console says, and the lists behind its numbers."""

from typing import Final

from guerdon.faces.words.text import Words

WORDS: Final[dict[str, Words]] = {
    # which days
    "filter": Words("Which days", "Кои дни", "Hangi günler"),
    "days_7": Words("Last 7 days", "Последните 7 дни", "Son 7 gün"),
    "days_30": Words("Last 30 days", "Последните 30 дни", "Son 30 gün"),
    "days_90": Words("Last 90 days", "Последните 90 дни", "Son 90 gün"),
    "days_month": Words("This month", "Този месец", "Bu ay"),
    "days_year": Words("This year", "Тази година", "Bu yıl"),
    "days_month_so_far": Words("This month, until yesterday", "Този месец, до вчера", "Bu ay, düne kadar"),
    "days_year_so_far": Words("This year, until yesterday", "Тази година, до вчера", "Bu yıl, düne kadar"),
    "days_own": Words("Other days", "Други дни", "Başka günler"),
    "period": Words("Days", "Дни", "Günler"),
    "since": Words("First day", "Първи ден", "İlk gün"),
    "last": Words("Last day", "Последен ден", "Son gün"),
    "compare": Words("Compared with", "В сравнение с", "Karşılaştırma"),
    "compare_previous_period": Words("The days before", "Дните преди това", "Önceki günler"),
    "compare_previous_year": Words("A year before", "Година по-рано", "Bir yıl önce"),
    "compare_none": Words("Nothing", "Нищо", "Hiçbiri"),
    "store": Words("Store", "Магазин", "Mağaza"),
    "stores_all": Words("All stores", "Всички магазини", "Tüm mağazalar"),
    "of_store": Words(
        "These are the numbers of one store. Members, tiers and what members have belong to no store.",
        "Това са числата на един магазин. Членовете, нивата и точките у членовете не са на магазин.",
        "Bunlar tek bir mağazanın sayıları. Üyeler, seviyeler ve üyelerdeki puanlar mağazaya ait değildir.",
    ),
    "days": Words("{since} – {last}", "{since} – {last}", "{since} – {last}"),
    "against": Words(
        "compared with {since} – {last}", "в сравнение с {since} – {last}", "{since} – {last} ile karşılaştırılıyor"
    ),
    "fault": Words("These days can't be shown", "Тези дни не могат да се покажат", "Bu günler gösterilemiyor"),
    "fault_days": Words(
        "Choose a last day that is not before the first, and at most {most} days in all.",
        "Изберете последен ден, който не е преди първия, и общо най-много {most} дни.",
        "İlk günden önce olmayan bir son gün seçin; toplam en çok {most} gün.",
    ),
    # numbers
    "numbers": Words("Numbers", "Числа", "Sayılar"),
    "before": Words("before: {value}", "преди: {value}", "önce: {value}"),
    "worth": Words("worth {money}", "на стойност {money}", "değeri {money}"),
    "charts": Words("How it went", "Как вървеше", "Nasıl gitti"),
    "chart_points": Words("Points issued and redeemed", "Дадени и използвани точки", "Verilen ve kullanılan puanlar"),
    "along": Words("From", "От", "Başlangıç"),
    "list": Words("Who they are", "Кои са те", "Kimler"),
    "uncounted": Words("Nothing is counted yet", "Още нищо не е преброено", "Henüz bir şey sayılmadı"),
    "uncounted_about": Words(
        "The worker counts beside the shop, a minute after the first purchase. Is it running? Start it with"
        " “guerdon work”, or count now with “guerdon figures”.",
        "Броенето върви отделно, минута след първата покупка. Работи ли то? Пуснете го с „guerdon work“"
        " или пребройте сега с „guerdon figures“.",
        "Sayım arka planda, ilk alışverişten bir dakika sonra yapılır. Çalışıyor mu? “guerdon work” ile başlatın"
        " ya da “guerdon figures” ile şimdi sayın.",
    ),
    # what needs somebody
    "tasks": Words("What needs you", "Какво ви чака", "Sizi bekleyenler"),
    "tasks_none": Words("Nothing waits for you", "Нищо не ви чака", "Sizi bekleyen bir şey yok"),
    "tasks_none_about": Words(
        "Approvals, claims, redemptions to hand over and low stock will stand here.",
        "Тук ще стоят одобрения, запитвания, награди за предаване и свършващи наличности.",
        "Onaylar, talepler, teslim edilecek ödüller ve azalan stoklar burada görünür.",
    ),
    "task_adjustments": Words("Points to approve", "Точки за одобрение", "Onaylanacak puanlar"),
    "task_adjustments_about": Words(
        "Somebody gave or took many points: a second person must agree.",
        "Някой е дал или взел много точки: трябва съгласие на втори човек.",
        "Biri çok puan verdi ya da aldı: ikinci bir kişi onaylamalı.",
    ),
    "task_drafts": Words("Changes to approve", "Промени за одобрение", "Onaylanacak değişiklikler"),
    "task_drafts_about": Words(
        "Changes of the programme wait to be looked at.",
        "Промени в програмата чакат преглед.",
        "Programdaki değişiklikler incelenmeyi bekliyor.",
    ),
    "task_approved": Words("Changes to publish", "Промени за публикуване", "Yayımlanacak değişiklikler"),
    "task_approved_about": Words(
        "They are approved, and count once somebody publishes them.",
        "Одобрени са и важат, щом някой ги публикува.",
        "Onaylandılar; biri yayımlayınca geçerli olurlar.",
    ),
    "task_alerts": Words("Alerts of fraud", "Сигнали за измами", "Hile uyarıları"),
    "task_alerts_about": Words(
        "Something is not usual: look at it.", "Нещо е необичайно: погледнете го.", "Olağan dışı bir şey var: bakın."
    ),
    "task_claims": Words("Open claims", "Отворени запитвания", "Açık talepler"),
    "task_claims_about": Words(
        "Members wait for our answer.", "Членове чакат нашия отговор.", "Üyeler yanıtımızı bekliyor."
    ),
    "task_redemptions": Words("Rewards to hand over", "Награди за предаване", "Teslim edilecek ödüller"),
    "task_redemptions_about": Words(
        "Paid for with points, not handed over yet.",
        "Платени с точки, още непредадени.",
        "Puanla alındı, henüz teslim edilmedi.",
    ),
    "task_parked": Words("Waiting records", "Чакащи записи", "Bekleyen kayıtlar"),
    "task_parked_about": Words(
        "Recorded, but something is missing, like an exchange rate.",
        "Записани, но нещо липсва, например обменен курс.",
        "Kaydedildi ama bir şey eksik, örneğin döviz kuru.",
    ),
    "task_stock": Words("Rewards running out", "Награди на свършване", "Tükenen ödüller"),
    "task_stock_about": Words(
        "Five pieces or fewer are left.", "Останали са пет броя или по-малко.", "Beş adet ya da daha az kaldı."
    ),
    "task_codes": Words("Voucher codes running out", "Кодове на свършване", "Tükenen kupon kodları"),
    "task_codes_about": Words(
        "Fewer are left than you wanted to be told of.",
        "Останали са по-малко, отколкото сте поискали да знаете.",
        "Haber verilmesini istediğinizden az kaldı.",
    ),
    # the lists
    "of_now": Words(
        "As of now, whatever the days are.",
        "Към момента, независимо от дните.",
        "Günler ne olursa olsun, şu anki durum.",
    ),
    "of_window": Words("in the last {days} days", "за последните {days} дни", "son {days} günde"),
    "column_member": Words("Member", "Член", "Üye"),
    "column_day": Words("Day", "Ден", "Gün"),
    "column_what": Words("What", "Какво", "Ne"),
    "column_amount": Words("Amount", "Колко", "Tutar"),
    "column_times": Words("Times", "Пъти", "Kez"),
    "nobody": Words("Nothing in these days", "Нищо в тези дни", "Bu günlerde bir şey yok"),
    "nobody_about": Words(
        "Choose other days or another store.", "Изберете други дни или друг магазин.", "Başka gün ya da mağaza seçin."
    ),
    "posting_earn": Words("Earned", "Спечелени", "Kazanıldı"),
    "posting_cancel": Words("Cancelled while pending", "Анулирани, докато чакат", "Beklerken iptal edildi"),
    "posting_burn": Words("Spent", "Изхарчени", "Harcandı"),
    "posting_reinstate": Words("Given back", "Върнати", "Geri verildi"),
    "posting_expire": Words("Expired", "Изтекли", "Süresi doldu"),
}
