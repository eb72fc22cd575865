"""What the pages of the programme's settings say."""

from typing import Final

from guerdon.faces.words.text import Words

WORDS: Final[dict[str, Words]] = {
    "settings": Words("Settings", "Настройки", "Ayarlar"),
    "about": Words(
        "What is counted and how. What you change goes into a draft.",
        "Какво се брои и как. Промените влизат в чернова.",
        "Ne sayılır ve nasıl. Değişiklikleriniz bir taslağa girer.",
    ),
    "changing": Words("Settings: {part}", "Настройки: {part}", "Ayarlar: {part}"),
    "usual": Words("as is usual", "както е обичайно", "olağan olan"),
    "hint_words": Words("With commas between.", "Със запетаи между тях.", "Aralarında virgülle."),
    "hint_yaml": Words("As in the programme file.", "Както във файла на програмата.", "Program dosyasındaki gibi."),
    "part_earning": Words("Earning", "Спечелване", "Kazanma"),
    "part_returns": Words("Returns", "Връщания", "İadeler"),
    "part_members": Words("Members", "Членове", "Üyeler"),
    "part_brand": Words("Brand", "Марка", "Marka"),
    "part_drafts": Words("Approval", "Одобрение", "Onay"),
    "name_en": Words("Name in English", "Име на английски", "İngilizce adı"),
    "name_bg": Words("Name in Bulgarian", "Име на български", "Bulgarca adı"),
    "name_tr": Words("Name in Turkish", "Име на турски", "Türkçe adı"),
    "worth_points": Words("So many are worth …", "Толкова струват …", "Şu kadarı …"),
    "worth_money": Words("… so much money", "… толкова пари", "… şu kadar para eder"),
    "expires": Words("How long they last", "Колко време са валидни", "Ne kadar geçerli"),
    "vesting_days": Words("Days before they can be spent", "Дни, преди да са налични", "Harcanmadan önceki günler"),
    "caps_order": Words("At most for an order", "Най-много за поръчка", "Bir siparişe en çok"),
    "caps_day": Words("At most in a day", "Най-много на ден", "Günde en çok"),
    "caps_month": Words("At most in a month", "Най-много на месец", "Ayda en çok"),
    "caps_year": Words("At most in a year", "Най-много на година", "Yılda en çok"),
    "debt_max": Words(
        "The most that can be owed after returns", "Най-много дълг след връщания", "İadelerden sonra en çok borç"
    ),
    "transfers": Words("Sending to other members", "Изпращане на други членове", "Öteki üyelere gönderme"),
    "pays": Words("Paying with them at the till", "Плащане с тях на касата", "Kasada onlarla ödeme"),
    "earning_rounding": Words("Rounding", "Закръгляне", "Yuvarlama"),
    "earning_per": Words("What is rounded", "Какво се закръгля", "Ne yuvarlanır"),
    "earning_stacking": Words("Several multipliers", "Няколко умножения", "Birkaç kat"),
    "earning_without_tenders": Words(
        "Ways of paying that earn nothing", "Плащания, които не носят точки", "Puan getirmeyen ödemeler"
    ),
    "earning_include": Words(
        "What earns beside goods", "Какво носи точки освен стоките", "Ürünler dışında puan getirenler"
    ),
    "returns": Words(
        "When returned points are spent", "Когато върнатите точки са похарчени", "İade edilen puanlar harcandıysa"
    ),
    "refunds": Words("Money goes back first to", "Парите се връщат първо към", "Para önce şuna döner"),
    "reinstate_grace_days": Words(
        "Days that ended points get back", "Дни за върнати изтекли точки", "Biten puanlara verilen gün"
    ),
    "remind_days": Words(
        "Days before the end when members hear of it",
        "Дни преди края за напомняне",
        "Bitmeden kaç gün önce haber verilir",
    ),
    "country": Words(
        "Country of phone numbers, like BG", "Държава на телефоните, напр. BG", "Telefonların ülkesi, BG gibi"
    ),
    "households": Words("Households", "Домакинства", "Haneler"),
    "support": Words("What is promised about claims", "Обещаното за оплакванията", "Talepler için verilen sözler"),
    "consents": Words("What members are asked for", "За какво се питат членовете", "Üyelerden istenen onaylar"),
    "erase_after_days": Words(
        "Days to change one’s mind about erasing", "Дни за отказ от изтриване", "Silinmekten vazgeçme günleri"
    ),
    "brand_colour": Words("Colour", "Цвят", "Renk"),
    "brand_accent": Words("Second colour", "Втори цвят", "İkinci renk"),
    "brand_shape": Words("Shape", "Форма", "Biçim"),
    "review": Words(
        "Does a second person approve drafts?",
        "Одобрява ли втори човек черновите?",
        "Taslakları ikinci kişi onaylar mı?",
    ),
    "is_square": Words("square", "остра", "keskin"),
    "is_soft": Words("soft", "мека", "yumuşak"),
    "is_round": Words("round", "кръгла", "yuvarlak"),
    "is_floor": Words("down", "надолу", "aşağı"),
    "is_half_up": Words("to the nearest", "до най-близкото", "en yakına"),
    "is_order": Words("the order", "поръчката", "sipariş"),
    "is_line": Words("each line", "всеки ред", "her satır"),
    "is_multiply": Words("multiply each other", "се умножават", "çarpılır"),
    "is_add": Words("add up", "се събират", "toplanır"),
    "is_only_pending": Words("only waiting points are taken", "взимат се само чакащите", "yalnız bekleyenler alınır"),
    "is_within_balance": Words("no more than there is", "не повече от наличните", "olandan fazlası değil"),
    "is_debt": Words("the rest is owed", "остатъкът се дължи", "kalanı borçtur"),
    "is_pro_rata": Words("all in proportion", "всички пропорционално", "hepsine orantılı"),
    "is_points_first": Words("points", "точките", "puanlara"),
    "is_card_first": Words("the card", "картата", "karta"),
    "is_free": Words("no", "не", "hayır"),
    "is_required": Words("yes, always", "да, винаги", "evet, her zaman"),
}
