"""What the console says of vouchers and their codes."""

from typing import Final

from guerdon.faces.words.text import Words

WORDS: Final[dict[str, Words]] = {
    "title": Words("Vouchers", "Ваучери", "Kuponlar"),
    "about": Words(
        "What codes give, and what became of each.",
        "Какво дават кодовете и какво е станало с всеки.",
        "Kodların verdikleri ve her birinin durumu.",
    ),
    "find": Words("Look up a code", "Провери код", "Kodu sorgula"),
    "name": Words("Voucher", "Ваучер", "Kupon"),
    "what": Words("What it gives", "Какво дава", "Ne verir"),
    "state": Words("State", "Състояние", "Durum"),
    "state_on": Words("In force", "Действа", "Geçerli"),
    "state_from": Words("From {day}", "От {day}", "{day} itibarıyla"),
    "state_over": Words("Over", "Приключил", "Bitti"),
    "left": Words("Codes left", "Оставащи кодове", "Kalan kodlar"),
    "none": Words("No vouchers yet", "Още няма ваучери", "Henüz kupon yok"),
    "none_about": Words(
        "A name and what it gives are enough. It goes into a draft, and counts once that is published.",
        "Име и какво дава са достатъчни. Ваучерът влиза в чернова и важи, щом тя бъде публикувана.",
        "Bir ad ve ne verdiği yeter. Taslağa girer ve yayımlanınca geçerli olur.",
    ),
    "added": Words("Codes brought in", "Внесени кодове", "Eklenen kodlar"),
    "low": Words(
        "There are few codes left: bring in new ones.",
        "Остават малко кодове: внесете нови.",
        "Az kod kaldı: yenilerini ekleyin.",
    ),
    "give": Words("Give to a member", "Дай на член", "Üyeye ver"),
    "member": Words("Member", "Член", "Üye"),
    "member_hint": Words(
        "E-mail, card number or id", "Имейл, номер на карта или идентификатор", "E-posta, kart numarası ya da kimlik"
    ),
    "given": Words("Given, with the code {code}.", "Даден, с код {code}.", "Verildi, kodu {code}."),
    "fill": Words("More codes", "Още кодове", "Yeni kodlar"),
    "count": Words("How many to make", "Колко да се направят", "Kaç tane yapılsın"),
    "make": Words("Make codes", "Направи кодове", "Kod yap"),
    "file": Words("Or bring in a file", "Или внесете файл", "Ya da dosya ekleyin"),
    "file_hint": Words(
        "CSV or text, a code in each line, up to {most}",
        "CSV или текст, по един код на ред, до {most}",
        "CSV ya da metin, her satırda bir kod, en çok {most}",
    ),
    "bring_in": Words("Bring in", "Внеси", "Ekle"),
    "filled": Words(
        "New: {made}. There before: {known}. Of other vouchers: {elsewhere}.",
        "Нови: {made}. Вече налични: {known}. На други ваучери: {elsewhere}.",
        "Yeni: {made}. Zaten olan: {known}. Başka kuponların: {elsewhere}.",
    ),
    "free": Words("Codes that nobody was given", "Неразпределени кодове", "Kimseye verilmemiş kodlar"),
    "no_codes": Words(
        "None. Make codes, or bring in a file.",
        "Няма. Направете кодове или внесете файл.",
        "Yok. Kod yapın ya da dosya ekleyin.",
    ),
    "code": Words("Code", "Код", "Kod"),
    "used": Words("Used", "Използван", "Kullanım"),
    "until": Words("Until", "До", "Son gün"),
    "uses": Words("Uses", "Ползвания", "Kullanım"),
    "issued_at": Words("Since", "От", "Başlangıç"),
    "withdrawn_at": Words("Withdrawn", "Оттеглен", "Geri çekildi"),
    "rule": Words("By the rule", "По правило", "Kural"),
    "active": Words("Good", "Валиден", "Geçerli"),
    "expired": Words("Over", "Изтекъл", "Süresi doldu"),
    "withdrawn": Words("Withdrawn", "Оттеглен", "Geri çekildi"),
    "why_active": Words(
        "It can be used by its holder, for a basket that meets its conditions.",
        "Притежателят може да го ползва за покупка, която отговаря на условията.",
        "Sahibi, koşulları karşılayan bir sepette kullanabilir.",
    ),
    "why_bearer": Words(
        "Whoever shows it can use it, for a basket that meets its conditions.",
        "Ползва го който го покаже, за покупка по условията.",
        "Gösteren, koşulları karşılayan bir sepette kullanabilir.",
    ),
    "why_nobodys": Words(
        "No member was given this code: it can't be used yet.",
        "Кодът не е даден на член: още не може да се ползва.",
        "Bu kod hiçbir üyeye verilmedi: henüz kullanılamaz.",
    ),
    "why_used": Words(
        "It was used as often as it can be.", "Използван е колкото пъти може.", "Kullanılabileceği kadar kullanıldı."
    ),
    "why_expired": Words("Its last day is over.", "Последният му ден е минал.", "Son günü geçti."),
    "why_withdrawn": Words(
        "Somebody has withdrawn it; it stays of no use.",
        "Оттеглен е и остава невалиден.",
        "Geri çekildi; artık kullanılamaz.",
    ),
    "history": Words("Uses and rollbacks", "Ползвания и връщания", "Kullanımlar ve geri almalar"),
    "unused": Words("It was never used.", "Не е ползван.", "Hiç kullanılmadı."),
    "when": Words("When", "Кога", "Ne zaman"),
    "who": Words("Who", "Кой", "Kim"),
    "done": Words("What", "Какво", "Ne"),
    "off": Words("Off", "Отстъпка", "İndirim"),
    "use": Words("Used", "Използван", "Kullanıldı"),
    "back": Words("Rolled back", "Върнат", "Geri alındı"),
    "withdraw": Words("Withdraw", "Оттегли", "Geri çek"),
    "withdraw_about": Words(
        "It is of no use from now on, for good. What it was used for stays.",
        "Става невалиден завинаги. Вече ползваното остава.",
        "Artık hiç kullanılamaz. Önceki kullanımlar kalır.",
    ),
    "withdrawn_done": Words("The voucher is withdrawn.", "Ваучерът е оттеглен.", "Kupon geri çekildi."),
}
