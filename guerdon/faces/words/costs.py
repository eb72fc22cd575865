"""What pages, the API and commands say of the cost book: kinds, the months, the form, an entry."""

from typing import Final

from guerdon.faces.words.text import Words

WORDS: Final[dict[str, Words]] = {
    "title": Words("Cost book", "Книга на разходите", "Maliyet defteri"),
    "about": Words(
        "What the programme costs and brings, month by month: what you tell beside what is known of closed months.",
        "Какво струва и какво носи програмата месец по месец: казаното от вас до известното за приключените месеци.",
        "Programın ay ay maliyeti ve getirdiği: sizin söyledikleriniz, kapanmış aylardan bilinenlerin yanında.",
    ),
    # what people tell
    "kind_rewards": Words("Rewards bought in", "Закупени награди", "Satın alınan ödüller"),
    "kind_communication": Words("Communication", "Комуникация", "İletişim"),
    "kind_technology": Words("Technology", "Технологии", "Teknoloji"),
    "kind_staff": Words("Staff", "Персонал", "Personel"),
    "kind_media": Words("Media", "Медии", "Medya"),
    "kind_agency": Words("Agency", "Агенция", "Ajans"),
    "kind_materials": Words("Cards and materials", "Карти и материали", "Kartlar ve malzeme"),
    "kind_partners": Words("Partners", "Партньори", "Ortaklar"),
    "kind_fees": Words("Fees", "Такси", "Ücretler"),
    "kind_other": Words("Other costs", "Други разходи", "Diğer maliyetler"),
    "kind_funding": Words("Funding by suppliers", "Финансиране от доставчици", "Tedarikçi katkısı"),
    "kind_income": Words("Other income", "Други приходи", "Diğer gelirler"),
    # what is known
    "known_rewards": Words("Rewards taken: {of}", "Взети награди: {of}", "Alınan ödüller: {of}"),
    "known_points": Words("Paid with points: {of}", "Платено с точки: {of}", "Puanla ödenen: {of}"),
    "known_vouchers": Words("Voucher used: {of}", "Използван ваучер: {of}", "Kullanılan kupon: {of}"),
    "known_top_ups": Words("Paid for rewards beside points", "Доплатено за награди", "Ödüllere puan yanında ödenen"),
    "known_memberships": Words("Membership paid: {of}", "Платен абонамент: {of}", "Ödenen üyelik: {of}"),
    "known_campaign_points": Words(
        "Given by campaigns: {of}", "Дадено от кампании: {of}", "Kampanyaların verdiği: {of}"
    ),
    "known_letters": Words("E-mails to members", "Имейли до членове", "Üyelere e-postalar"),
    "unknown_reward": Words("of a kind no longer known", "от вече непознат вид", "artık bilinmeyen türden"),
    # months
    "month": Words("Month", "Месец", "Ay"),
    "cost": Words("Costs", "Струва", "Maliyet"),
    "income": Words("Brings", "Носи", "Getiri"),
    "net": Words("Costs less what it brings", "Разход без приходите", "Getirisi düşülmüş maliyet"),
    "kind": Words("Kind", "Вид", "Tür"),
    "source": Words("From where", "Откъде", "Nereden"),
    "source_told": Words("told", "казано", "söylenen"),
    "source_known": Words("known", "известно", "bilinen"),
    "count": Words("How many", "Колко", "Kaç tane"),
    "amount": Words("Amount", "Сума", "Tutar"),
    "not_known": Words("not known", "не се знае", "bilinmiyor"),
    "state": Words("What is known", "Какво се знае", "Bilinenler"),
    "state_known": Words("Counted", "Преброено", "Sayıldı"),
    "state_waiting": Words("Being counted", "Брои се", "Sayılıyor"),
    "state_open": Words("Not closed yet", "Още не е приключен", "Henüz kapanmadı"),
    "state_too_old": Words("Closed too long ago", "Приключен отдавна", "Çok önce kapandı"),
    "not_whole": Words("{amount} and what is not known", "{amount} и неизвестното", "{amount} ve bilinmeyen"),
    "months": Words("Month by month", "Месец по месец", "Ay ay"),
    "by_kind": Words("By kind, all these months", "По вид, всички тези месеци", "Türe göre, bu ayların hepsi"),
    "course": Words("What it costs, by kind", "Колко струва по вид", "Türe göre maliyet"),
    "all_known": Words("What is known", "Известното", "Bilinen"),
    "aside": Words("Beside the sums", "Извън сборовете", "Toplamların dışında"),
    "aside_about": Words(
        "Points that campaigns gave cost when they are spent, and stand in the sums then. What an e-mail costs nobody"
        " has told.",
        "Точките, дадени от кампании, струват, когато се похарчат, и влизат в сборовете тогава. Колко струва имейлът,"
        " никой не е казал.",
        "Kampanyaların verdiği puanlar harcandığında maliyet olur ve toplamlara o zaman girer. E-postanın maliyetini"
        " kimse söylemedi.",
    ),
    "from": Words("From month", "От месец", "Şu aydan"),
    "until": Words("Up to month", "До месец", "Şu aya kadar"),
    "month_hint": Words("Like 2026-01", "Например 2026-01", "2026-01 gibi"),
    # entries
    "entries": Words("What was told", "Какво е казано", "Söylenenler"),
    "none": Words("Nothing is told yet", "Още нищо не е казано", "Henüz bir şey söylenmedi"),
    "none_about": Words(
        "Tell what the programme costs beside its rewards: the agency, the platform, printed cards …",
        "Кажете какво струва програмата освен наградите: агенцията, платформата, отпечатаните карти …",
        "Programın ödüller dışında neye mal olduğunu söyleyin: ajans, platform, basılan kartlar …",
    ),
    "days": Words("For", "За", "Dönem"),
    "days_between": Words("{first} – {last}", "{first} – {last}", "{first} – {last}"),
    "about_what": Words("Of", "За какво", "Kapsam"),
    "whole": Words("the whole programme", "цялата програма", "bütün program"),
    "note": Words("Note", "Бележка", "Not"),
    "told": Words("Told", "Казано", "Söyleyen"),
    "told_by": Words("{at}, {by}", "{at}, {by}", "{at}, {by}"),
    "entry_state": Words("State", "Състояние", "Durum"),
    "counts": Words("Counts", "Брои се", "Sayılıyor"),
    "reversed": Words("Taken back", "Върнато", "Geri alındı"),
    "reversed_by": Words("{at}, {by}: {why}", "{at}, {by}: {why}", "{at}, {by}: {why}"),
    # the form
    "new": Words("Tell a cost", "Кажете разход", "Maliyet söyle"),
    "new_about": Words(
        "Rewards taken, points paid with, vouchers and memberships are counted anyway: don't tell them again.",
        "Взетите награди, платеното с точки, ваучерите и абонаментите се броят така или иначе: не ги казвайте пак.",
        "Alınan ödüller, puanla ödenenler, kuponlar ve üyelikler zaten sayılır: yeniden söylemeyin.",
    ),
    "amount_hint": Words("Like 1200.00", "Например 1200,00", "1200,00 gibi"),
    "currency": Words("Currency", "Валута", "Para birimi"),
    "currency_hint": Words("Empty: {home}", "Празно: {home}", "Boş: {home}"),
    "whole_month": Words("Month", "Месец", "Ay"),
    "whole_month_hint": Words(
        "Like 2026-01; or the two days beside it",
        "Например 2026-01; или двата дни вдясно",
        "2026-01 gibi; ya da yandaki iki gün",
    ),
    "since": Words("From", "От", "Başlangıç"),
    "since_hint": Words("The first day", "Първият ден", "İlk gün"),
    "until_day": Words("Until", "До", "Bitiş"),
    "until_hint": Words("The day after the last one", "Денят след последния", "Son günden sonraki gün"),
    "rule": Words("Campaign or rule", "Кампания или правило", "Kampanya ya da kural"),
    "store": Words("Store", "Магазин", "Mağaza"),
    "store_hint": Words("Its key; empty: all", "Ключът му; празно: всички", "Anahtarı; boş: hepsi"),
    "note_hint": Words(
        "What for, like an invoice's number", "За какво, например номер на фактура", "Ne için, örneğin fatura numarası"
    ),
    "save": Words("Tell it", "Записване", "Kaydet"),
    "saved": Words("It stands in the book.", "Записано е в книгата.", "Deftere yazıldı."),
    "fault": Words("Nothing was written into the book", "Нищо не е записано в книгата", "Deftere bir şey yazılmadı"),
    "back": Words("Take it back", "Връщане", "Geri al"),
    "back_about": Words(
        "It stays in the book beside the entry that takes it back, and counts no more.",
        "Остава в книгата до записа, който го връща, и повече не се брои.",
        "Defterde, onu geri alan kaydın yanında kalır ve artık sayılmaz.",
    ),
    "why": Words("Why", "Защо", "Neden"),
    "back_fault": Words("The entry was not taken back", "Записът не е върнат", "Kayıt geri alınmadı"),
    "back_done": Words("The entry is taken back.", "Записът е върнат.", "Kayıt geri alındı."),
}
