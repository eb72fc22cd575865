"""What the portal says of rewards, redemptions and vouchers."""

from typing import Final

from guerdon.faces.words.text import Words

WORDS: Final[dict[str, Words]] = {
    "all": Words("All", "Всички", "Tümü"),
    "mine": Words("Redeemed", "Взети", "Aldıklarım"),
    "vouchers": Words("Vouchers", "Ваучери", "Kuponlar"),
    "everything": Words("All of them", "Всички", "Hepsi"),
    "category": Words("Category", "Категория", "Kategori"),
    "none": Words("Nothing here yet", "Тук още няма нищо", "Burada henüz bir şey yok"),
    "none_about": Words(
        "There is no reward of this kind at the moment.",
        "В момента няма такава награда.",
        "Şu anda bu türden bir ödül yok.",
    ),
    "topped": Words(
        "{whole}, or at least {least} and up to {money}",
        "{whole}, или поне {least} и до {money}",
        "{whole} ya da en az {least} ve en çok {money}",
    ),
    "topped_any": Words(
        "{whole}, or fewer and up to {money}",
        "{whole}, или по-малко и до {money}",
        "{whole} ya da daha azı ve en çok {money}",
    ),
    "own": Words("For you now: {price}", "За вас сега: {price}", "Şimdi sizin için: {price}"),
    "free": Words("free", "безплатно", "ücretsiz"),
    "back": Words("Back", "Назад", "Geri"),
    "price": Words("How do you pay?", "Как плащате?", "Nasıl ödeyeceksiniz?"),
    "points": Words("How many points?", "Колко точки?", "Kaç puan?"),
    "top_up": Words(
        "Leave it empty to use all you have. Money makes up for the others, {money} for {points}; at least {least}.",
        "Оставете празно, за да ползвате колкото имате. Парите допълват останалите, {money} за {points}; поне {least}.",
        "Elinizdekilerin tümü için boş bırakın. Kalanını para tamamlar, {points} için {money}; en az {least}.",
    ),
    "to_name": Words("Name", "Име", "Ad"),
    "to_street": Words("Street and number", "Улица и номер", "Sokak ve numara"),
    "to_postal_code": Words("Postal code", "Пощенски код", "Posta kodu"),
    "to_city": Words("Town", "Град", "Şehir"),
    "to_country": Words("Country", "Държава", "Ülke"),
    "to_country_hint": Words("Two letters, like BG", "Две букви, например BG", "İki harf, örneğin BG"),
    "have": Words("I want this", "Искам това", "Bunu istiyorum"),
    "rules": Words("Who can have it", "Кой може да я вземе", "Kimler alabilir"),
    "sure": Words("{name}: take it?", "{name}: да я вземем ли?", "{name}: alınsın mı?"),
    "sure_about": Words("It costs {costs}.", "Струва {costs}.", "Karşılığı: {costs}."),
    "sure_free": Words("It costs nothing.", "Не струва нищо.", "Hiçbir karşılığı yok."),
    "later": Words(
        "You can take it here as soon as you have enough.",
        "Щом съберете достатъчно, ще може да я вземете тук.",
        "Yeterince biriktirdiğinizde buradan alabilirsiniz.",
    ),
    "at_till": Words(
        "Part of it is paid with money: ask for it at the till.",
        "Част от него се плаща с пари: поискайте го на касата.",
        "Bir kısmı parayla ödenir: kasada isteyin.",
    ),
    "money_at_till": Words(
        "Here it is paid with points alone. At the till you can pay part of it with money.",
        "Тук се плаща само с точки. На касата част от него може да се плати с пари.",
        "Burada yalnızca puanla ödenir. Kasada bir kısmını parayla ödeyebilirsiniz.",
    ),
    "yes": Words("Yes, redeem", "Да, вземи", "Evet, al"),
    "done": Words("{name} is yours.", "{name} е ваша.", "{name} sizin."),
    "mine_none": Words("Nothing redeemed yet", "Още нищо не е взето", "Henüz bir şey alınmadı"),
    "mine_none_about": Words(
        "What you take for your points stands here, with its code.",
        "Каквото вземете за точките си, стои тук със своя код.",
        "Puanlarınızla aldıklarınız koduyla burada durur.",
    ),
    "code": Words("The code", "Кодът", "Kod"),
    "code_about": Words("Show it at the counter.", "Покажете го на касата.", "Kasada gösterin."),
    "copy": Words("Copy the code", "Копирай кода", "Kodu kopyala"),
    "copied": Words("Copied", "Копирано", "Kopyalandı"),
    "made": Words("Redeemed on", "Взета на", "Alındığı gün"),
    "paid": Words("Paid", "Платено", "Ödenen"),
    "counter": Words("At the counter", "На касата", "Kasada"),
    "until": Words("Until", "До", "Son gün"),
    "good_until": Words("until {day}", "до {day}", "son gün: {day}"),
    "uses": Words("Used", "Използван", "Kullanım"),
    "gift": Words("It gives", "Дава", "Verdiği"),
    "cancel": Words("Give it back", "Върни я", "Geri ver"),
    "cancel_sure": Words("Give {name} back?", "Да върнем ли {name}?", "{name} geri verilsin mi?"),
    "cancel_about": Words(
        "Your points come back and keep the dates until which they are good. The code is of no use then.",
        "Точките ви се връщат и остават валидни до същите дати. Кодът вече няма да върши работа.",
        "Puanlarınız geri gelir, geçerlilik tarihleri değişmez. Kod artık işe yaramaz.",
    ),
    "cancelled_done": Words(
        "Given back: your points are here.", "Върната: точките ви са тук.", "Geri verildi: puanlarınız burada."
    ),
    "vouchers_none": Words("No vouchers yet", "Още няма ваучери", "Henüz kupon yok"),
    "vouchers_none_about": Words(
        "Vouchers that you are given stand here, with their codes.",
        "Ваучерите, които получите, стоят тук с кодовете си.",
        "Size verilen kuponlar kodlarıyla burada durur.",
    ),
    "chance": Words("What is in it", "Какво има вътре", "İçinde ne var"),
    "odds": Words("{weight} in {total}", "{weight} от {total}", "{total} içinde {weight}"),
    "guarantee": Words(
        "Of {within} draws in a row at least one gives {prize}.",
        "От {within} поредни тегления поне едно дава {prize}.",
        "Art arda {within} çekilişten en az biri {prize} verir.",
    ),
    "seed": Words(
        "Nobody can choose what comes. The seal of the next draws:",
        "Никой не може да избира какво ще се падне. Печатът на следващите тегления:",
        "Ne çıkacağını kimse seçemez. Sonraki çekilişlerin mührü:",
    ),
    "seed_later": Words("will be told after the night", "ще бъде показано след нощта", "geceden sonra açıklanır"),
    "chance_off": Words("Switch chance off", "Изключи игрите на късмета", "Şansı kapat"),
    "chance_off_about": Words(
        "You can switch rewards of chance off for yourself, at once.",
        "Може да изключите за себе си наградите на късмета, веднага.",
        "Şansa bağlı ödülleri kendiniz için hemen kapatabilirsiniz.",
    ),
    "chance_on": Words("Switch chance on again", "Включи отново", "Yeniden aç"),
    "chance_on_about": Words(
        "Chance is off. It can be switched on again from {start} on.",
        "Изключено е. Може да се включи отново от {start}.",
        "Şans kapalı. {start} tarihinden itibaren yeniden açılabilir.",
    ),
    "chance_on_done": Words("Chance is on.", "Включено е.", "Şans açık."),
    "chance_off_done": Words(
        "Chance is off for you.", "Игрите на късмета са изключени за вас.", "Şans sizin için kapalı."
    ),
    "prize": Words("You drew: {name}", "Изтеглихте: {name}", "Çıkan: {name}"),
    "prize_show": Words("Show the prize", "Покажи наградата", "Ödülü göster"),
    "proof": Words("How it was drawn", "Как беше изтеглено", "Nasıl çekildi"),
    "proof_about": Words(
        "With this anybody can make the draw again: guerdon draw check.",
        "С това всеки може да повтори тегленето: guerdon draw check.",
        "Bununla herkes çekilişi yeniden yapabilir: guerdon draw check.",
    ),
}
