"""What pages, the API and commands say of objectives: the verdict in a sentence, the form, the table."""

from typing import Final

from guerdon.faces.words.text import Words

WORDS: Final[dict[str, Words]] = {
    "title": Words("Objectives", "Цели", "Hedefler"),
    "about": Words(
        "Where a KPI shall be by a month, and month by month whether it is on its way. Closed months that are exported"
        " are looked at; the last month decides.",
        "Къде трябва да е показател до даден месец и месец по месец дали е на път. Гледат се приключените и изнесени"
        " месеци; решава последният.",
        "Bir göstergenin bir aya kadar nerede olacağı ve her ay yolunda olup olmadığı. Kapanmış ve dışa aktarılmış"
        " aylara bakılır; son ay belirler.",
    ),
    # verdicts
    "verdict_met": Words("Met", "Постигната", "Ulaşıldı"),
    "verdict_on_track": Words("On track", "На път", "Yolunda"),
    "verdict_behind": Words("Behind", "Изостава", "Geride"),
    "verdict_missed": Words("Missed", "Непостигната", "Kaçırıldı"),
    "verdict_not_known": Words("Not yet known", "Още не се знае", "Henüz bilinmiyor"),
    "text_met": Words(
        "Met: {month} came to {value}; the target was {target}.",
        "Постигната: за {month} е {value}; целта беше {target}.",
        "Ulaşıldı: {month} {value} oldu; hedef {target} idi.",
    ),
    "text_missed": Words(
        "Missed: {month} came to {value}; the target was {target}.",
        "Непостигната: за {month} е {value}; целта беше {target}.",
        "Kaçırıldı: {month} {value} oldu; hedef {target} idi.",
    ),
    "text_on_track": Words(
        "On track: {month} came to {value}; {asked} was due by then.",
        "На път: за {month} е {value}; дотогава трябваше {asked}.",
        "Yolunda: {month} {value} oldu; o aya kadar {asked} gerekiyordu.",
    ),
    "text_arrived": Words(
        "On track: {month} came to {value}, which is enough already; {last} decides.",
        "На път: за {month} е {value}, което вече стига; решава {last}.",
        "Yolunda: {month} {value} oldu, bu şimdiden yeterli; {last} belirler.",
    ),
    "text_behind": Words(
        "Behind: {month} came to {value}; {asked} was due by then.",
        "Изостава: за {month} е {value}; дотогава трябваше {asked}.",
        "Geride: {month} {value} oldu; o aya kadar {asked} gerekiyordu.",
    ),
    "text_no_month": Words(
        "Not yet known: none of its months is closed and exported.",
        "Още не се знае: никой от месеците ѝ не е приключен и изнесен.",
        "Henüz bilinmiyor: aylarından hiçbiri kapanıp dışa aktarılmadı.",
    ),
    "text_no_value": Words(
        "Not yet known: nothing can be said of {month}.",
        "Още не се знае: за {month} нищо не може да се каже.",
        "Henüz bilinmiyor: {month} için bir şey söylenemiyor.",
    ),
    "text_no_baseline": Words(
        "Not yet known: what it is held against is not exported, or is nought.",
        "Още не се знае: базата за сравнение не е изнесена или е нула.",
        "Henüz bilinmiyor: karşılaştırılan dönem dışa aktarılmadı ya da sıfır.",
    ),
    "text_computing": Words(
        "Not yet known: it is being computed.",
        "Още не се знае: изчислява се.",
        "Henüz bilinmiyor: hesaplanıyor.",
    ),
    "text_not_installed": Words(
        "Not yet known: packages are missing, guerdon[insight].",
        "Още не се знае: липсват пакети, guerdon[insight].",
        "Henüz bilinmiyor: paketler eksik, guerdon[insight].",
    ),
    "pace_relative": Words(
        "It takes {pace} percentage points every month from then on.",
        "Оттам нататък са нужни {pace} процентни пункта всеки месец.",
        "Bundan sonra her ay {pace} yüzde puanı gerekiyor.",
    ),
    "pace_absolute": Words(
        "It takes {pace} every month from then on.",
        "Оттам нататък са нужни {pace} всеки месец.",
        "Bundan sonra her ay {pace} gerekiyor.",
    ),
    "next_at_least": Words(
        "{month} has to come to {value} at least.",
        "За {month} трябва поне {value}.",
        "{month} en az {value} olmalı.",
    ),
    "next_at_most": Words(
        "{month} may come to {value} at most.",
        "За {month} може най-много {value}.",
        "{month} en çok {value} olabilir.",
    ),
    # what is wanted, in a sentence
    "wish_relative": Words(
        "{kpi}: {change} by {last} against {base}",
        "{kpi}: {change} до {last} спрямо {base}",
        "{kpi}: {last} ayına kadar {base} karşısında {change}",
    ),
    "wish_at_least": Words(
        "{kpi}: at least {target} by {last}, from {base}",
        "{kpi}: поне {target} до {last}, от {base}",
        "{kpi}: {last} ayına kadar en az {target}, başlangıç {base}",
    ),
    "wish_at_most": Words(
        "{kpi}: at most {target} by {last}, from {base}",
        "{kpi}: най-много {target} до {last}, от {base}",
        "{kpi}: {last} ayına kadar en çok {target}, başlangıç {base}",
    ),
    "change_at_least": Words("{change} or more", "{change} или повече", "{change} veya daha fazla"),
    "change_at_most": Words("{change} or less", "{change} или по-малко", "{change} veya daha az"),
    "base_previous_year": Words(
        "the same months last year", "същите месеци предходната година", "geçen yılın aynı ayları"
    ),
    "base_months": Words("{first} – {last}", "{first} – {last}", "{first} – {last}"),
    # lists and tables
    "none": Words("No objective yet", "Още няма цели", "Henüz hedef yok"),
    "none_about": Words(
        "An objective says where a KPI shall be by which month, and the page tells how it goes.",
        "Целта казва къде трябва да е показател до кой месец, а страницата – как върви.",
        "Hedef, bir göstergenin hangi aya kadar nerede olacağını söyler; sayfa da nasıl gittiğini.",
    ),
    "state": Words("How it goes", "Как върви", "Durum"),
    "name": Words("Name", "Име", "Ad"),
    "wish": Words("What is wanted", "Какво се иска", "İstenen"),
    "set": Words("Set", "Поставена", "Konuldu"),
    "set_by": Words("{at}, {by}", "{at}, {by}", "{at}, {by}"),
    "ended": Words("Ended", "Прекратена", "Sonlandırıldı"),
    "ended_by": Words("{at}, {by}: {why}", "{at}, {by}: {why}", "{at}, {by}: {why}"),
    "of_whom": Words("Of", "За", "Kapsam"),
    "course": Words("The way and what became of it", "Пътят и какво излезе", "Yol ve gerçekleşen"),
    "month": Words("Month", "Месец", "Ay"),
    "value": Words("What it came to", "Колко е", "Gerçekleşen"),
    "base": Words("Baseline", "База", "Karşılaştırma"),
    "asked": Words("Due by then", "Нужно дотогава", "O aya kadar gereken"),
    "target": Words("Target", "Цел", "Hedef"),
    # the form
    "new": Words("Set an objective", "Поставете цел", "Hedef koy"),
    "name_hint": Words(
        "What you call it, like “AOV +5% by June”",
        "Както я наричате, например „СП +5% до юни“",
        "Nasıl adlandırdığınız, örneğin “Haziran’a kadar sepet +%5”",
    ),
    "kpi": Words("KPI", "Показател", "Gösterge"),
    "of": Words("Of what", "За какво", "Neyin"),
    "of_hint": Words(
        "Only where a KPI has several numbers: the currency, the unit, the ladder and the tier … with commas between",
        "Само където показателят има няколко числа: валута, единица, стълбица и ниво … със запетаи",
        "Yalnız göstergenin birden çok sayısı varsa: para birimi, birim, merdiven ve seviye … virgülle ayrılmış",
    ),
    "measure": Words("The target is", "Целта е", "Hedef"),
    "measure_relative": Words("a change, in percent", "промяна в проценти", "yüzde olarak değişim"),
    "measure_absolute": Words("a number to reach", "число, което да се достигне", "ulaşılacak sayı"),
    "target_hint": Words(
        "Like 5 or −10 for a change, 24.50 or 30 for a number",
        "Например 5 или −10 за промяна, 24,50 или 30 за число",
        "Değişim için 5 ya da −10, sayı için 24,50 ya da 30 gibi",
    ),
    "target_wrong": Words(
        "Type a number, like 5 or −10.", "Въведете число, например 5 или −10.", "5 ya da −10 gibi bir sayı yazın."
    ),
    "direction": Words("It is met with", "Постигната е с", "Şununla ulaşılır"),
    "direction_at_least": Words("that much or more", "толкова или повече", "bu kadar ya da daha fazlası"),
    "direction_at_most": Words("that much or less", "толкова или по-малко", "bu kadar ya da daha azı"),
    "first": Words("First month", "Първи месец", "İlk ay"),
    "first_hint": Words(
        "Like 2026-01; empty: this month", "Например 2026-01; празно: този месец", "2026-01 gibi; boş: bu ay"
    ),
    "last": Words("Month that decides", "Месец, който решава", "Belirleyici ay"),
    "last_hint": Words("Like 2026-06", "Например 2026-06", "2026-06 gibi"),
    "baseline": Words("Held against", "Сравнява се с", "Karşılaştırma"),
    "baseline_months": Words("months of my choice", "избрани месеци", "seçtiğim aylar"),
    "base_first": Words("Baseline: first month", "База: първи месец", "Karşılaştırma: ilk ay"),
    "base_last": Words("Baseline: last month", "База: последен месец", "Karşılaştırma: son ay"),
    "base_hint": Words(
        "Only for months of your choice", "Само при избрани месеци", "Yalnız kendi seçtiğiniz aylar için"
    ),
    "save": Words("Set it", "Поставяне", "Koy"),
    "saved": Words("The objective is set.", "Целта е поставена.", "Hedef kondu."),
    "fault": Words("The objective was not set", "Целта не е поставена", "Hedef konmadı"),
    "end": Words("End this objective", "Прекратяване на целта", "Bu hedefi sonlandır"),
    "end_about": Words(
        "It stays in the list with how it went; it is looked at no more.",
        "Остава в списъка с това как е вървяла; повече не се следи.",
        "Nasıl gittiğiyle birlikte listede kalır; artık izlenmez.",
    ),
    "why": Words("Why", "Защо", "Neden"),
    "end_fault": Words("The objective was not ended", "Целта не е прекратена", "Hedef sonlandırılmadı"),
    "end_done": Words("The objective is ended.", "Целта е прекратена.", "Hedef sonlandırıldı."),
}
