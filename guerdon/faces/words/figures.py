"""What each figure is called, and what it means: with its formula, so that nobody has to guess."""

from typing import Final

from guerdon.faces.words.text import Words

WORDS: Final[dict[str, Words]] = {
    "active_members": Words("Active members", "Активни членове", "Aktif üyeler"),
    "active_members_about": Words(
        "Different members who bought, told us something, redeemed or gave points in the 30 days up to the last day.",
        "Различните членове, които са купили, направили нещо, взели награда или дарили точки в 30-те дни до последния.",
        "Son güne kadarki 30 günde alışveriş yapan, bir şey yapan, puan kullanan ya da veren farklı üyeler.",
    ),
    "active_on_last_day": Words("Active on the last day", "Активни в последния ден", "Son gün aktif olanlar"),
    "active_on_last_day_about": Words(
        "Different members who were active on the last day of the period, today included.",
        "Различните членове, активни в последния ден на периода, и днес.",
        "Dönemin son gününde, bugün dahil, aktif olan farklı üyeler.",
    ),
    "new_members": Words("New members", "Нови членове", "Yeni üyeler"),
    "new_members_about": Words(
        "Persons who joined in the period, by the local day on which they joined.",
        "Хората, които са се присъединили в периода, по местния ден на присъединяване.",
        "Dönemde katılan kişiler; katıldıkları yerel güne göre.",
    ),
    "purchases": Words("Purchases", "Покупки", "Alışverişler"),
    "purchases_about": Words(
        "Purchases that happened in the period; one that is amended counts once.",
        "Покупките, станали в периода; поправена покупка се брои веднъж.",
        "Dönemde yapılan alışverişler; düzeltilen bir alışveriş bir kez sayılır.",
    ),
    "revenue": Words("Revenue of members", "Оборот от членове", "Üye cirosu"),
    "revenue_about": Words(
        "All lines of purchases net of their discounts, less the money of returns that happened in the period.",
        "Всички редове на покупките след отстъпките, без парите на връщанията в периода.",
        "Alışverişlerin indirimler düşülmüş tüm satırları, dönemdeki iadelerin tutarı çıkarılarak.",
    ),
    "average_order_value": Words("Average order value", "Средна покупка", "Ortalama sepet"),
    "average_order_value_about": Words(
        "Revenue divided by the purchases in the same currency, rounded half up.",
        "Оборотът, разделен на покупките в същата валута, закръглен.",
        "Cironun aynı para birimindeki alışverişlere bölümü, yuvarlanmış.",
    ),
    "purchase_frequency": Words("Purchase frequency", "Честота на покупките", "Alışveriş sıklığı"),
    "purchase_frequency_about": Words(
        "Purchases per member who bought, in the 30 days up to the last day of the period.",
        "Покупки на купувал член в 30-те дни до последния ден на периода.",
        "Dönemin son gününe kadarki 30 günde, alışveriş yapan üye başına alışveriş.",
    ),
    "points_issued": Words("Points issued", "Дадени точки", "Verilen puanlar"),
    "points_issued_about": Words(
        "Points earned, less those cancelled while they were pending.",
        "Спечелените точки без анулираните, докато са чакали.",
        "Kazanılan puanlar, beklerken iptal edilenler çıkarılarak.",
    ),
    "points_redeemed": Words("Points redeemed", "Използвани точки", "Kullanılan puanlar"),
    "points_redeemed_about": Words(
        "Points spent, less those given back.",
        "Изхарчените точки без върнатите.",
        "Harcanan puanlar, geri verilenler çıkarılarak.",
    ),
    "points_expired": Words("Points expired", "Изтекли точки", "Süresi dolan puanlar"),
    "points_expired_about": Words(
        "Points that ended unspent, on the day on which they ended.",
        "Точките, изтекли неизползвани, в деня на изтичане.",
        "Harcanmadan sona eren puanlar, sona erdikleri günde.",
    ),
    "redemption_rate": Words("Redemption rate", "Дял на използваните", "Kullanım oranı"),
    "redemption_rate_about": Words(
        "Points redeemed in the period for each hundred points issued in it.",
        "Използвани точки в периода на всеки сто дадени в него.",
        "Dönemde verilen her yüz puana karşılık kullanılan puanlar.",
    ),
    "points_outstanding": Words("Points outstanding", "Точки у членовете", "Üyelerdeki puanlar"),
    "points_outstanding_about": Words(
        "What members had at the end of the period: everything that came to them less everything that left.",
        "Колко имат членовете в края на периода: всичко получено без всичко отишло си.",
        "Üyelerin dönem sonunda sahip oldukları: gelen her şeyden giden her şey çıkarılarak.",
    ),
    "outstanding_worth": Words("Their cash worth", "Паричната им стойност", "Parasal değerleri"),
    "outstanding_worth_about": Words(
        "Points outstanding at the worth that the programme declares, rounded down.",
        "Точките у членовете по обявената в програмата стойност, закръглена надолу.",
        "Üyelerdeki puanların programda bildirilen değeri, aşağı yuvarlanmış.",
    ),
    "expiring_soon": Words("Expiring soon", "Скоро изтичащи", "Yakında sona erecek"),
    "expiring_soon_about": Words(
        "Points whose last day is in this month or the next, as the last night counted them.",
        "Точките, чийто последен ден е в този или следващия месец, според последната нощ.",
        "Son günü bu ay ya da gelecek ay olan puanlar; son gecenin saydığı gibi.",
    ),
    "open_redemptions": Words("Waiting rewards", "Чакащи награди", "Bekleyen ödüller"),
    "open_redemptions_about": Words(
        "Redemptions that wait to be confirmed or handed over, as the last night of the period saw them.",
        "Наградите, които чакат потвърждение или предаване, според последната нощ на периода.",
        "Onay ya da teslim bekleyen ödüller; dönemin son gecesinin gördüğü gibi.",
    ),
    "tier_members": Words("Members of tiers", "Членове по нива", "Seviyelerdeki üyeler"),
    "tier_members_about": Words(
        "Members who had earned each tier, as the last night of the period saw them.",
        "Членовете, спечелили всяко ниво, според последната нощ на периода.",
        "Her seviyeyi kazanmış üyeler; dönemin son gecesinin gördüğü gibi.",
    ),
    "plan_members": Words("Members of plans", "Членове по планове", "Planlardaki üyeler"),
    "plan_members_about": Words(
        "Memberships of each plan that ran, tried or paid, as the last night of the period saw them.",
        "Действащите членства по всеки план, пробни или платени, според последната нощ на периода.",
        "Her planın denenen ya da ödenmiş süren üyelikleri; dönemin son gecesinin gördüğü gibi.",
    ),
}
