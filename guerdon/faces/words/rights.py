"""Rights in words, for whoever gives a key some of them."""

from typing import Final

from guerdon.faces.words.text import Words

WORDS: Final[dict[str, Words]] = {
    "activities:write": Words("Record purchases", "Записва покупки", "Alışveriş kaydetme"),
    "activities:read": Words("Read purchases", "Вижда покупки", "Alışverişleri görme"),
    "members:enrol": Words("Enrol members", "Записва членове", "Üye kaydetme"),
    "members:write": Words("Change members", "Променя членове", "Üyeleri değiştirme"),
    "members:vouch": Words(
        "Lift the wait after a new address", "Прекратява изчакването след нов адрес", "Yeni adres beklemesini kaldırma"
    ),
    "members:read": Words("Serve a member", "Обслужва член", "Üyeye hizmet verme"),
    "members:list": Words(
        "List and search all members", "Изброява и търси всички членове", "Tüm üyeleri listeleme ve arama"
    ),
    "profiles:read": Words(
        "Read all about members, and what waits",
        "Вижда всичко за членовете и каквото чака",
        "Üyelerle ilgili her şeyi ve bekleyenleri görme",
    ),
    "adjustments:write": Words("Give or take points by hand", "Дава и отнема точки ръчно", "Elle puan verip alma"),
    "adjustments:approve": Words("Approve points by hand", "Одобрява ръчни точки", "Elle verilen puanları onaylama"),
    "burns:write": Words("Pay with points", "Плаща с точки", "Puanla ödeme"),
    "redemptions:write": Words("Redeem and hand over rewards", "Взема и предава награди", "Ödül alma ve teslim etme"),
    "rewards:write": Words("Change the catalogue", "Променя каталога", "Kataloğu değiştirme"),
    "transfers:write": Words("Pass points on", "Предава точки", "Puan aktarma"),
    "vouchers:write": Words("Give and withdraw vouchers", "Дава и оттегля ваучери", "Kupon verme ve geri çekme"),
    "vouchers:redeem": Words("Use vouchers", "Използва ваучери", "Kupon kullanma"),
    "vouchers:read": Words("Read vouchers", "Вижда ваучери", "Kuponları görme"),
    "cards:write": Words("Sell gift cards", "Продава карти за подарък", "Hediye kartı satma"),
    "cards:spend": Words("Pay with gift cards", "Плаща с карти за подарък", "Hediye kartıyla ödeme"),
    "programme:read": Words(
        "Read rewards, tiers and plans", "Вижда награди, нива и планове", "Ödülleri, seviyeleri ve planları görme"
    ),
    "closings:write": Words("Close months", "Приключва месеци", "Ay kapatma"),
    "closings:read": Words("Read closed months", "Вижда приключени месеци", "Kapanmış ayları görme"),
    "rates:write": Words("Enter exchange rates", "Въвежда валутни курсове", "Döviz kuru girme"),
    "clock:write": Words(
        "Move the clock of a sandbox", "Мести часовника на пробна програма", "Deneme saatini ilerletme"
    ),
    "memberships:write": Words("Change paid memberships", "Променя платени членства", "Ücretli üyelikleri değiştirme"),
    "staff:write": Words("Appoint staff", "Назначава персонал", "Personel atama"),
    "keys:write": Words("Make and revoke keys", "Създава и отменя ключове", "Anahtar oluşturma ve iptal etme"),
    "audit:read": Words("Read who did what", "Вижда кой какво е направил", "Kimin ne yaptığını görme"),
    "jobs:read": Words("Read how the machine is doing", "Вижда работата на системата", "Sistemin durumunu görme"),
    "jobs:write": Words("Have failed work done again", "Повтаря неуспешна работа", "Başarısız işi yineletme"),
    "figures:read": Words("Read figures", "Вижда показатели", "Göstergeleri görme"),
    "alerts:read": Words("See alerts of fraud", "Вижда сигнали за измами", "Hile uyarılarını görme"),
    "alerts:write": Words("Settle alerts", "Приключва сигнали", "Uyarıları sonuçlandırma"),
    "claims:open": Words("Make claims", "Подава заявки", "Talep açma"),
    "claims:read": Words("Read claims", "Вижда заявки", "Talepleri görme"),
    "claims:write": Words("Answer claims", "Отговаря на заявки", "Talepleri yanıtlama"),
    "privacy:read": Words(
        "Read consents and all data", "Вижда съгласия и всички данни", "Onayları ve tüm verileri görme"
    ),
    "privacy:write": Words(
        "Change consents, erase members", "Променя съгласия, изтрива членове", "Onay değiştirme, üye silme"
    ),
    "segments:read": Words("Read segments", "Вижда сегменти", "Segmentleri görme"),
    "segments:write": Words("Change segments", "Променя сегменти", "Segmentleri değiştirme"),
    "rules:read": Words(
        "Read rules, drafts and versions", "Вижда правила, чернови и версии", "Kuralları, taslakları ve sürümleri görme"
    ),
    "programme:write": Words(
        "Write and publish drafts of the programme",
        "Пише и публикува чернови на програмата",
        "Program taslağı yazma ve yayımlama",
    ),
    "programme:approve": Words(
        "Approve drafts of others", "Одобрява чернови на други", "Başkalarının taslaklarını onaylama"
    ),
    "simulations:write": Words("Ask what would have been", "Пита какво би било", "Ne olurdu diye sorma"),
    "objectives:write": Words(
        "Set objectives for KPIs and end them",
        "Поставя и прекратява цели за показатели",
        "Göstergelere hedef koyma ve sonlandırma",
    ),
    "costs:read": Words("See the cost book", "Вижда книгата на разходите", "Maliyet defterini görme"),
    "costs:write": Words(
        "Tell costs and take them back",
        "Казва разходи и ги връща",
        "Maliyet söyleme ve geri alma",
    ),
}
