"""What the console says of finance: points owed, closed months, exchange rates, and files to take along."""

from typing import Final

from guerdon.faces.words.text import Words

WORDS: Final[dict[str, Words]] = {
    "finance": Words("Finance", "Финанси", "Finans"),
    # points owed
    "liability": Words("Points owed", "Дължими точки", "Puan borcu"),
    "liability_about": Words(
        "What members had, everything that moved, what they have, and what that is worth. Each month opens with what"
        " the one before closed with.",
        "Колко са имали членовете, какво се е движило, колко имат и колко струва това. Всеки месец започва с това,"
        " с което е завършил предишният.",
        "Üyelerin neye sahip olduğu, neyin hareket ettiği, şimdi neye sahip oldukları ve bunun değeri. Her ay,"
        " öncekinin kapanışıyla açılır.",
    ),
    "filter": Words("Which months", "Кои месеци", "Hangi aylar"),
    "since": Words("From month", "От месец", "İlk ay"),
    "until": Words("To month", "До месец", "Son ay"),
    "fault": Words("These months can't be shown", "Тези месеци не могат да се покажат", "Bu aylar gösterilemiyor"),
    "owed": Words("Owed at the end", "Дължими в края", "Dönem sonu borç"),
    "as_of": Words("Counted as of {at}.", "Преброено към {at}.", "{at} itibarıyla sayıldı."),
    "worth": Words("worth {money}", "на стойност {money}", "değeri {money}"),
    "months_none": Words("No points in these months", "Няма точки в тези месеци", "Bu aylarda puan yok"),
    "months_none_about": Words(
        "Points stand here as soon as the worker has counted them: “guerdon work”, or “guerdon figures”.",
        "Точките се появяват, щом бъдат преброени: „guerdon work“ или „guerdon figures“.",
        "Puanlar sayılınca burada görünür: “guerdon work” ya da “guerdon figures”.",
    ),
    "column_month": Words("Month", "Месец", "Ay"),
    "column_opening": Words("Opening", "Начало", "Açılış"),
    "column_issued": Words("Issued", "Дадени", "Verilen"),
    "column_burned": Words("Spent", "Изхарчени", "Harcanan"),
    "column_expired": Words("Expired", "Изтекли", "Süresi dolan"),
    "column_clawed_back": Words("Taken back", "Отнети", "Geri alınan"),
    "column_adjusted": Words("By hand", "Ръчно", "Elle"),
    "column_lent": Words("Lent", "Назаем", "Ödünç"),
    "column_transferred": Words("Transferred", "Прехвърлени", "Aktarılan"),
    "column_given_up": Words("Given up", "Дарени и такси", "Bağış ve ücret"),
    "column_closing": Words("Closing", "Край", "Kapanış"),
    "column_worth": Words("Worth", "Стойност", "Değer"),
    "worth_opening": Words("Worth at the opening", "Стойност в началото", "Açılıştaki değer"),
    "worth_closing": Words("Worth at the closing", "Стойност в края", "Kapanıştaki değer"),
    "column_closed_at": Words("Closed", "Приключен", "Kapatıldı"),
    "column_closed_by": Words("By", "От", "Kapatan"),
    "state": Words("State", "Състояние", "Durum"),
    "is_open": Words("open", "отворен", "açık"),
    "is_closed": Words("closed", "приключен", "kapalı"),
    "late": Words("{points} late", "{points} със закъснение", "{points} geç"),
    # reports
    "report_pdf": Words("Report as PDF", "Отчет като PDF", "PDF rapor"),
    "report_html": Words("Report as a page", "Отчет като страница", "Sayfa olarak rapor"),
    "file_report": Words("Report of {month}", "Отчет за {month}", "{month} raporu"),
    "file_report_about": Words(
        "What the last month came to, in plain words, with charts and what is owed, as PDF.",
        "Какво е дал последният месец, с прости думи, с графики и с дължимото, като PDF.",
        "Son ayın neye ulaştığı; yalın sözlerle, grafikler ve borçlarla, PDF olarak.",
    ),
    # the roll-forward
    "roll_forward": Words("Roll-forward of points owed", "Движение на дължимите точки", "Puan borcu hareketleri"),
    "roll_forward_about": Words(
        "A closed month by unit, tier, store or funder: what was owed, what moved, what is owed, in points and money.",
        "Приключен месец по видове точки, нива, магазини или платци: дължимото, движението и крайното, в точки и пари.",
        "Kapanan bir ay; birime, seviyeye, mağazaya ya da ödeyene göre: açılış, hareketler ve kapanış; puan ve para.",
    ),
    "roll_forward_fault": Words(
        "This month can't be rolled forward", "Движението за този месец не може да се покаже", "Bu ay gösterilemiyor"
    ),
    "ties": Words(
        "The lines of each unit come to what the month was closed with, to the point.",
        "Редовете на всеки вид точки дават точно това, с което месецът е приключен.",
        "Her birimin satırları, ayın kapanışına noktası noktasına uyar.",
    ),
    "moves": Words(
        "“Changed tier” is what members took along when their tier changed.",
        "„Сменено ниво“ е онова, което членовете са взели със себе си при смяна на нивото.",
        "“Seviye değişimi”, üyelerin seviyeleri değişince yanlarında götürdükleridir.",
    ),
    "by": Words("By", "По", "Neye göre"),
    "by_unit": Words("Unit", "Вид точки", "Birim"),
    "by_tier": Words("Tier", "Ниво", "Seviye"),
    "by_store": Words("Store", "Магазин", "Mağaza"),
    "by_funder": Words("Who pays", "Кой плаща", "Ödeyen"),
    "column_moved": Words("Changed tier", "Сменено ниво", "Seviye değişimi"),
    "store_none": Words("no store", "без магазин", "mağazasız"),
    "house": Words("we ourselves", "ние самите", "biz kendimiz"),
    "all": Words("All", "Общо", "Toplam"),
    "worth_of": Words("{unit}: what they are worth", "{unit}: стойност", "{unit}: değeri"),
    "file_roll_forward": Words("Roll-forward by store", "Движение по магазини", "Mağazalara göre hareketler"),
    "file_roll_forward_about": Words(
        "What the last exported month opened with, what moved and what it closed with.",
        "С какво е започнал последният експортиран месец, какво се е движило и с какво е завършил.",
        "Dışa aktarılan son ayın açılışı, hareketleri ve kapanışı.",
    ),
    # deferred revenue
    "deferred": Words("Deferred revenue", "Отсрочени приходи", "Ertelenmiş gelir"),
    "deferred_about": Words(
        "The part of sales that is for points still to be redeemed (IFRS 15, ASC 606), of closed months.",
        "Частта от продажбите за точки, които тепърва ще бъдат използвани (МСФО 15, ASC 606), за приключените месеци.",
        "Satışların, henüz kullanılmamış puanlara düşen kısmı (TFRS 15, ASC 606); kapanan aylar için.",
    ),
    "column_expected": Words("Expected share", "Очакван дял", "Beklenen oran"),
    "column_sales": Words("Sales with points", "Продажби с точки", "Puanlı satışlar"),
    "column_allocated": Words("Deferred", "Отсрочени", "Ertelenen"),
    "column_recognised": Words("Recognised", "Признати", "Gelir yazılan"),
    "column_breakage": Words("Of it breakage", "От тях неизползвани", "Kullanılmayacak payı"),
    "silent_no_worth": Words(
        "{unit}: nothing is deferred, because the programme does not say what they are worth.",
        "{unit}: нищо не се отсрочва, защото програмата не казва колко струват.",
        "{unit}: ertelenen gelir yok, çünkü program değerini söylemiyor.",
    ),
    "silent_no_share": Words(
        "{unit}: nothing is deferred, because the programme does not say how many are expected to be redeemed.",
        "{unit}: нищо не се отсрочва, защото програмата не казва каква част се очаква да бъде използвана.",
        "{unit}: ertelenen gelir yok, çünkü program kaçının kullanılmasının beklendiğini söylemiyor.",
    ),
    "silent_not_closed": Words(
        "{unit}: no month has been closed and counted since the programme says what it needs.",
        "{unit}: още няма приключен и преброен месец, откакто програмата казва нужното.",
        "{unit}: program gerekeni söylediğinden beri kapanıp sayılan ay yok.",
    ),
    "silent_no_sales": Words(
        "{unit}: its months were closed before sales were counted with them.",
        "{unit}: месеците са приключени, преди с тях да се броят и продажбите.",
        "{unit}: ayları, satışlar birlikte sayılmaya başlamadan önce kapatıldı.",
    ),
    "journal": Words("Journal entries", "Счетоводни записвания", "Yevmiye kayıtları"),
    "journal_about": Words(
        "What the deferred revenue of the month is booked by, on its last day.",
        "С какво се осчетоводяват отсрочените приходи за месеца, в последния му ден.",
        "Ayın ertelenmiş gelirinin, ayın son gününde nasıl kaydedildiği.",
    ),
    "journal_beancount": Words("For beancount", "За beancount", "beancount için"),
    "column_entry": Words("Entry", "Записване", "Kayıt"),
    "column_account": Words("Account", "Сметка", "Hesap"),
    "column_debit": Words("Debit", "Дебит", "Borç"),
    "column_credit": Words("Credit", "Кредит", "Alacak"),
    "entry_brought_forward": Words("{unit}: brought forward", "{unit}: пренесени", "{unit}: devreden"),
    "entry_allocated": Words("{unit}: deferred", "{unit}: отсрочени", "{unit}: ertelenen"),
    "entry_recognised": Words("{unit}: recognised", "{unit}: признати", "{unit}: gelir yazılan"),
    # closed months
    "closings": Words("Closed months", "Приключени месеци", "Kapanan aylar"),
    "closings_about": Words(
        "A month that is closed never changes. What comes later for it counts in the first open month.",
        "Приключен месец не се променя. Дошлото по-късно за него влиза в първия отворен месец.",
        "Kapanan ay bir daha değişmez. Sonradan gelen, ilk açık aya yazılır.",
    ),
    "closings_none": Words("No month is closed yet", "Още няма приключен месец", "Henüz kapanan ay yok"),
    "closings_none_about": Words(
        "Close a month when its books are done, so that its numbers stay as your accounts have them.",
        "Приключете месеца, когато счетоводството е готово, за да останат числата както в сметките ви.",
        "Defterler tamamlanınca ayı kapatın; böylece sayılar hesaplarınızdaki gibi kalır.",
    ),
    "next": Words("Ready to close: {month}", "Готов за приключване: {month}", "Kapatılmaya hazır: {month}"),
    "next_many": Words(
        "{first} to {last} are over and can be closed.",
        "От {first} до {last} са минали и могат да се приключат.",
        "{first} ile {last} arası bitti ve kapatılabilir.",
    ),
    "runs": Words(
        "{month} is still running. It can be closed from {day} on.",
        "{month} още тече. Може да се приключи от {day}.",
        "{month} sürüyor. {day} tarihinden itibaren kapatılabilir.",
    ),
    "look": Words("Look and close", "Преглед и приключване", "Gör ve kapat"),
    "close_title": Words("Close a month", "Приключване на месец", "Ay kapatma"),
    "close_about": Words(
        "Look at the numbers first: closing can't be undone.",
        "Първо прегледайте числата: приключването е окончателно.",
        "Önce sayılara bakın: kapatma geri alınamaz.",
    ),
    "close_first": Words(
        "Months are closed in their order: a later one closes those before it, each by itself.",
        "Месеците се приключват поред: по-късният приключва и предишните, всеки поотделно.",
        "Aylar sırayla kapanır: sonraki, öncekileri de tek tek kapatır.",
    ),
    "close_many": Words(
        "This closes {count} months: {first} to {last}",
        "Ще се приключат {count} месеца: от {first} до {last}",
        "{count} ay kapatılır: {first} – {last}",
    ),
    "close_many_yes": Words("Close them all", "Приключи всички", "Hepsini kapat"),
    "close_fault": Words("The month stays open", "Месецът остава отворен", "Ay açık kalıyor"),
    "preview": Words("As it is counted now: {month}", "Както е преброен сега: {month}", "Şu anki sayımla: {month}"),
    "preview_none": Words(
        "Nothing moved in this month.", "В този месец нищо не се е движило.", "Bu ayda hiçbir hareket yok."
    ),
    "reason": Words("Why now", "Защо сега", "Neden şimdi"),
    "reason_hint": Words(
        "It is kept with your name, like “the statements of the bank are in”.",
        "Пази се с името ви, например „банковите извлечения са налице“.",
        "Adınızla birlikte saklanır, örneğin “banka ekstreleri geldi”.",
    ),
    "close": Words("Close {month}", "Приключи {month}", "{month} ayını kapat"),
    "close_none": Words("No month is over", "Няма изтекъл месец", "Biten ay yok"),
    "close_none_about": Words(
        "A month can be closed when it is over and the night after it has been.",
        "Месец се приключва, когато е минал и нощта след него е обработена.",
        "Bir ay, bittikten ve ertesi gece işlendikten sonra kapatılabilir.",
    ),
    "closed_now": Words("{month} is closed.", "{month} е приключен.", "{month} kapatıldı."),
    "uncounted": Words("The numbers are being counted", "Числата се броят", "Sayılar sayılıyor"),
    "uncounted_about": Words(
        "The final numbers stand here in a minute. Until then these are the numbers of its days.",
        "Окончателните числа ще са тук след минута. Дотогава това са числата на дните му.",
        "Kesin sayılar bir dakika içinde burada olur. O zamana kadar bunlar ayın günlerinin sayılarıdır.",
    ),
    "about_month": Words("Month", "Месец", "Ay"),
    "span": Words("Days", "Дни", "Günler"),
    "seq": Words("Last number of the journal", "Последен номер в дневника", "Defterin son numarası"),
    # exchange rates
    "rates": Words("Exchange rates", "Обменни курсове", "Döviz kurları"),
    "rates_about": Words(
        "A rate is valid from its day until the next one. A wrong one is corrected by entering its day again; what was"
        " decided stays.",
        "Курсът важи от деня си до следващия. Грешен се поправя, като се въведе денят му отново; решеното остава.",
        "Kur, gününden bir sonrakine kadar geçerlidir. Yanlışı, aynı günü yeniden girerek düzeltin; verilen kararlar"
        " değişmez.",
    ),
    "rate_tell": Words("Add a rate", "Въвеждане на курс", "Kur gir"),
    "rate_save": Words("Save the rate", "Запази курса", "Kuru kaydet"),
    "rate_done": Words("The rate is saved.", "Курсът е запазен.", "Kur kaydedildi."),
    "rate_fault": Words("The rate is not saved", "Курсът не е запазен", "Kur kaydedilmedi"),
    "rate_currency": Words("Currency", "Валута", "Para birimi"),
    "rate_currency_hint": Words("Three letters, like USD", "Три букви, като USD", "Üç harf, USD gibi"),
    "rate_from": Words("From", "От", "Başlangıç"),
    "rate_from_hint": Words("The first day on which it counts", "Първият ден, в който важи", "Geçerli olduğu ilk gün"),
    "rate_rate": Words("Rate", "Курс", "Kur"),
    "rate_one": Words("For one {home}", "За 1 {home}", "1 {home} karşılığı"),
    "rate_one_hint": Words(
        "As the bank quotes it, like 1.0834",
        "Както го обявява банката, например 1,0834",
        "Bankanın bildirdiği gibi, örneğin 1,0834",
    ),
    "rate_told_at": Words("Entered", "Въведен", "Girildi"),
    "rate_told_by": Words("By", "От", "Giren"),
    "rate_state": Words("State", "Състояние", "Durum"),
    "rate_counts": Words("counts", "важи", "geçerli"),
    "rate_replaced": Words("replaced", "заменен", "değişti"),
    "rates_none": Words("No rates yet", "Още няма въведени курсове", "Henüz kur girilmedi"),
    "rates_none_about": Words(
        "Purchases in a currency without any rate, here or in the programme, are refused. Once it has one, a purchase "
        "of a day that has none yet waits until that is known.",
        "Покупките във валута без никакъв курс, тук или в програмата, се отказват. Щом има курс, покупка от ден, който "
        "още няма свой, чака, докато той стане известен.",
        "Burada ya da programda hiç kuru olmayan para birimindeki alışverişler reddedilir. Kuru varsa, günü henüz "
        "kapsanmayan alışveriş o günün kuru belli olana dek bekler.",
    ),
    # files
    "exports": Words("Files", "Файлове", "Dosyalar"),
    "exports_about": Words(
        "CSV for a spreadsheet, as of now.",
        "CSV за таблици, към момента.",
        "Tablo programları için CSV; şu anki hâl.",
    ),
    "file_figures_month": Words("Numbers of 30 days", "Числа за 30 дни", "30 günün sayıları"),
    "file_figures_month_about": Words(
        "Members, purchases, money and points, day by day.",
        "Членове, покупки, пари и точки по дни.",
        "Üyeler, alışverişler, para ve puanlar, gün gün.",
    ),
    "file_figures_year": Words("Numbers of this year", "Числа за годината", "Bu yılın sayıları"),
    "file_figures_year_about": Words(
        "The same by months, against the year before.",
        "Същото по месеци, спрямо миналата година.",
        "Aynısı aylara göre, geçen yılla karşılaştırmalı.",
    ),
    "file_liability": Words("Points owed", "Дължими точки", "Puan borcu"),
    "file_liability_about": Words(
        "Twelve months with what they are worth.",
        "Дванадесет месеца с тяхната стойност.",
        "On iki ay, değerleriyle birlikte.",
    ),
    "file_revenue": Words("Deferred revenue", "Отсрочени приходи", "Ertelenmiş gelir"),
    "file_revenue_about": Words(
        "The last twelve closed months, unit by unit.",
        "Последните дванадесет приключени месеца, по видове точки.",
        "Kapanan son on iki ay, puan türlerine göre.",
    ),
    "file_closings": Words("Closed months", "Приключени месеци", "Kapanan aylar"),
    "file_closings_about": Words(
        "Every month with its numbers, when and by whom it was closed.",
        "Всеки месец с числата си, кога и от кого е приключен.",
        "Her ay sayılarıyla, ne zaman ve kim kapattı.",
    ),
}
