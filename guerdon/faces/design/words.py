"""The words of pages, side by side in every language, so that none is missing where another one is."""

from typing import Final, NamedTuple


class Words(NamedTuple):
    """One text of a page; facts stand in braces."""

    en: str
    bg: str
    tr: str


def say(key: str, language: str, **facts: object) -> str:
    """The text in a language. Raises KeyError for a text that nobody wrote, or a fact that it is not told."""
    text: str = getattr(WORDS[key], language)
    return text.format(**facts) if facts else text


WORDS: Final[dict[str, Words]] = {
    # every page
    "skip": Words("Skip to the content", "Към съдържанието", "İçeriğe geç"),
    "mode": Words("Light or dark", "Светло или тъмно", "Açık ya da koyu"),
    "close": Words("Close", "Затвори", "Kapat"),
    "cancel": Words("Cancel", "Отказ", "Vazgeç"),
    "language": Words("Language", "Език", "Dil"),
    # the style guide
    "guide": Words("Style guide", "Ръководство за стил", "Stil kılavuzu"),
    "guide_about": Words(
        "Every component as pages use it, in the brand that you try. What is here is what there is.",
        "Всеки компонент, както го ползват страниците, в марката, която пробвате. Каквото е тук, това го има.",
        "Her bileşen, sayfalarda kullanıldığı gibi ve denediğiniz markayla. Ne varsa burada görünür.",
    ),
    "brand_try": Words("Try a brand", "Пробвайте марка", "Bir marka deneyin"),
    "brand_about": Words(
        "Three tokens are all that a programme chooses. Every other colour follows, and can be read.",
        "Програмата избира само три неща. Всички други цветове следват от тях и се четат.",
        "Programın seçtiği yalnızca üç şeydir. Diğer tüm renkler bunlardan çıkar ve okunur.",
    ),
    "colour": Words("Colour", "Цвят", "Renk"),
    "accent": Words("Second colour", "Втори цвят", "İkinci renk"),
    "colour_hint": Words("Six digits like #0b6e4f", "Шест знака като #0b6e4f", "#0b6e4f gibi altı hane"),
    "colour_wrong": Words(
        "This is no colour: write six digits like #0b6e4f.",
        "Това не е цвят: напишете шест знака като #0b6e4f.",
        "Bu bir renk değil: #0b6e4f gibi altı hane yazın.",
    ),
    "shape": Words("Corners", "Ъгли", "Köşeler"),
    "shape_square": Words("Square", "Прави", "Keskin"),
    "shape_soft": Words("Soft", "Меки", "Yumuşak"),
    "shape_round": Words("Round", "Кръгли", "Yuvarlak"),
    "show": Words("Show it", "Покажи", "Göster"),
    "contrast_about": Words(
        "How well each pair can be read, on light and on dark pages; 4.5 is the least that is allowed.",
        "Колко добре се чете всяка двойка на светли и на тъмни страници; най-малкото позволено е 4,5.",
        "Her çiftin açık ve koyu sayfalarda ne kadar iyi okunduğu; izin verilen en az değer 4,5’tir.",
    ),
    "pair": Words("Pair", "Двойка", "Çift"),
    "light": Words("Light", "Светло", "Açık"),
    "dark": Words("Dark", "Тъмно", "Koyu"),
    "colours": Words("Colours", "Цветове", "Renkler"),
    "buttons": Words("Buttons", "Бутони", "Düğmeler"),
    "cards": Words("Cards", "Карти", "Kartlar"),
    "tables": Words("Tables", "Таблици", "Tablolar"),
    "forms": Words("Forms", "Форми", "Formlar"),
    "notices": Words("Notices", "Съобщения", "Bildirimler"),
    "ways": Words("Ways", "Пътища", "Yollar"),
    "nothing": Words("Nothing yet", "Още нищо", "Henüz yok"),
    # what the examples say
    "redeem": Words("Redeem", "Заменете", "Kullan"),
    "details": Words("Details", "Подробности", "Ayrıntılar"),
    "later": Words("Not now", "Не сега", "Şimdi değil"),
    "remove": Words("Remove", "Премахни", "Kaldır"),
    "sending": Words("Sending …", "Изпраща се …", "Gönderiliyor …"),
    "sold_out": Words("Sold out", "Изчерпано", "Tükendi"),
    "large": Words("Confirm at the till", "Потвърди на касата", "Kasada onayla"),
    "points": Words("points", "точки", "puan"),
    "balance": Words("Your balance", "Вашият баланс", "Bakiyeniz"),
    "worth": Words("worth 12.40 EUR", "на стойност 12,40 EUR", "değeri 12,40 EUR"),
    "members_active": Words("Active members", "Активни членове", "Etkin üyeler"),
    "redemption_rate": Words("Redemption rate", "Дял на замените", "Kullanım oranı"),
    "points_expiring": Words("Points that end soon", "Точки, които скоро изтичат", "Yakında biten puanlar"),
    "since_may": Words("since May", "от май насам", "Mayıs’tan beri"),
    "mug": Words("The blue mug", "Синята чаша", "Mavi kupa"),
    "mug_terms": Words(
        "One for each member. To be had at any café until the end of June.",
        "По една на член. Във всяко кафене до края на юни.",
        "Üye başına bir tane. Haziran sonuna kadar her kafede.",
    ),
    "new": Words("New", "Ново", "Yeni"),
    "gold": Words("Gold", "Злато", "Altın"),
    "fulfilled": Words("Fulfilled", "Изпълнена", "Teslim edildi"),
    "waiting": Words("Waiting", "Чака", "Bekliyor"),
    "cancelled": Words("Cancelled", "Отказана", "İptal edildi"),
    "recent": Words("Latest redemptions", "Последни замени", "Son kullanımlar"),
    "member": Words("Member", "Член", "Üye"),
    "reward": Words("Reward", "Награда", "Ödül"),
    "state": Words("State", "Състояние", "Durum"),
    "name": Words("Name", "Име", "Ad"),
    "name_hint": Words("As it shall stand on the card", "Както да стои на картата", "Kartta görüneceği gibi"),
    "email": Words("E-mail", "Имейл", "E-posta"),
    "email_fault": Words(
        "There is no @ in it. Write it like ann@example.com.",
        "Липсва @. Напишете го като ann@example.com.",
        "İçinde @ yok. ann@example.com gibi yazın.",
    ),
    "store": Words("Store", "Магазин", "Mağaza"),
    "store_centre": Words("Centre", "Център", "Merkez"),
    "store_station": Words("Station", "Гара", "İstasyon"),
    "news": Words("Send me news", "Изпращайте ми новини", "Bana haber gönder"),
    "saved": Words("Saved", "Запазено", "Kaydedildi"),
    "saved_about": Words(
        "The rule counts from tomorrow.", "Правилото важи от утре.", "Kural yarından itibaren geçerli."
    ),
    "low": Words("Three mugs are left", "Остават три чаши", "Üç kupa kaldı"),
    "low_about": Words(
        "At the pace of this week they last until Friday.",
        "С темпото от тази седмица стигат до петък.",
        "Bu haftanın hızıyla cumaya kadar yeter.",
    ),
    "refused": Words("Not enough points", "Точките не стигат", "Puan yetmiyor"),
    "refused_about": Words(
        "The mug costs 1,900 points and you have 1,240. Nothing was taken.",
        "Чашата струва 1900 точки, а вие имате 1240. Нищо не е взето.",
        "Kupa 1.900 puan, sizde 1.240 var. Hiçbir şey alınmadı.",
    ),
    "info": Words("Points come at night", "Точките идват през нощта", "Puanlar gece gelir"),
    "info_about": Words(
        "What you earn today can be spent tomorrow.",
        "Спечеленото днес може да се похарчи утре.",
        "Bugün kazandığınız yarın harcanabilir.",
    ),
    "toast": Words("Show a notice that passes", "Покажи съобщение, което отминава", "Geçici bildirim göster"),
    "dialog": Words("Open a dialog", "Отвори диалог", "İletişim kutusu aç"),
    "dialog_title": Words("Redeem the blue mug?", "Да заменим ли синята чаша?", "Mavi kupa alınsın mı?"),
    "dialog_about": Words(
        "1,900 points are taken at once. Unused, it can be cancelled for 30 days.",
        "1900 точки се вземат веднага. Неизползвана, тя може да се откаже до 30 дни.",
        "1.900 puan hemen alınır. Kullanılmadıysa 30 gün içinde iptal edilebilir.",
    ),
    "step_draft": Words("Draft", "Чернова", "Taslak"),
    "step_review": Words("Review", "Преглед", "İnceleme"),
    "step_live": Words("Live", "Действа", "Yayında"),
    "earned": Words("40 points earned", "Спечелени 40 точки", "40 puan kazanıldı"),
    "earned_about": Words(
        "Coffee counts double on Mondays.", "Кафето се брои двойно в понеделник.", "Kahve pazartesi iki kat sayılır."
    ),
    "risen": Words("You are gold now", "Вече сте злато", "Artık altınsınız"),
    "risen_about": Words("1,000 points in a year.", "1000 точки за година.", "Bir yılda 1.000 puan."),
    "today": Words("today", "днес", "bugün"),
    "yesterday": Words("yesterday", "вчера", "dün"),
    "to_gold": Words("of the way to gold", "от пътя до злато", "altına giden yolun"),
    "overview": Words("Overview", "Преглед", "Genel bakış"),
    "activity": Words("Activity", "Движения", "Hareketler"),
    "privacy": Words("Privacy", "Поверителност", "Gizlilik"),
    "empty": Words("No vouchers yet", "Още няма ваучери", "Henüz kupon yok"),
    "empty_about": Words(
        "Welcome vouchers come with the first purchase.",
        "Ваучерите за добре дошли идват с първата покупка.",
        "Hoş geldin kuponları ilk alışverişle gelir.",
    ),
    "empty_cure": Words("See what there is to earn", "Вижте какво може да се спечели", "Neler kazanılır görün"),
    "coming": Words("On its way", "Идва", "Geliyor"),
}
