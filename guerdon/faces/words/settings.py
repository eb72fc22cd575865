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
    "usual": Words("as usual", "както е обичайно", "olağan olan"),
    "hint_words": Words("With commas between.", "Със запетаи между тях.", "Aralarında virgülle."),
    "part_earning": Words("Earning", "Спечелване", "Kazanma"),
    "part_returns": Words("Returns", "Връщания", "İadeler"),
    "part_members": Words("Members", "Членове", "Üyeler"),
    "part_brand": Words("Brand", "Марка", "Marka"),
    "part_measure": Words("Measuring", "Измерване", "Ölçme"),
    "part_drafts": Words("Approval", "Одобрение", "Onay"),
    "name_en": Words("Name in English", "Име на английски", "İngilizce adı"),
    "name_bg": Words("Name in Bulgarian", "Име на български", "Bulgarca adı"),
    "name_tr": Words("Name in Turkish", "Име на турски", "Türkçe adı"),
    "worth_points": Words("This many points …", "Толкова точки …", "Şu kadar puan …"),
    "worth_money": Words("… are worth this much", "… струват толкова", "… şu kadar eder"),
    "worth_redeemed": Words(
        "How many of them you expect to be redeemed, in percent",
        "Каква част от тях очаквате да бъде използвана, в проценти",
        "Yüzde kaçının kullanılmasını bekliyorsunuz",
    ),
    "vesting_days": Words("Days before they can be spent", "Дни, преди да са налични", "Harcanmadan önceki günler"),
    "caps_order": Words("At most for an order", "Най-много за поръчка", "Bir siparişe en çok"),
    "caps_day": Words("At most in a day", "Най-много на ден", "Günde en çok"),
    "caps_month": Words("At most in a month", "Най-много на месец", "Ayda en çok"),
    "caps_year": Words("At most in a year", "Най-много на година", "Yılda en çok"),
    "debt_max": Words(
        "The most that can be owed after returns", "Най-много дълг след връщания", "İadelerden sonra en çok borç"
    ),
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
    "erase_after_days": Words(
        "Days to change one’s mind about erasing", "Дни за отказ от изтриване", "Silinmekten vazgeçme günleri"
    ),
    "address_wait_hours": Words(
        "Hours to wait after a new e-mail or phone",
        "Часове изчакване след нов имейл или телефон",
        "Yeni e-posta ya da telefondan sonra bekleme saati",
    ),
    "hold_out_share": Words(
        "How many members go without campaigns, in percent",
        "Колко от членовете не получават кампании, в проценти",
        "Üyelerin yüzde kaçı kampanya almaz",
    ),
    "margin": Words(
        "How much of what they spend is left, in percent",
        "Каква част от похарченото остава, в проценти",
        "Harcananın yüzde kaçı kalır",
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
    "hint_between": Words("From {least} to {most}.", "От {least} до {most}.", "{least} ile {most} arası."),
    "hint_usual": Words("Left empty: {usual}.", "Ако е празно: {usual}.", "Boş bırakılırsa: {usual}."),
    "key_taken": Words(
        "Another entry has this short name.",
        "Друг запис вече има това кратко име.",
        "Bu kısa ad başka bir kayıtta var.",
    ),
    "part_programme": Words("Programme", "Програма", "Program"),
    "part_households": Words("Households", "Домакинства", "Haneler"),
    "part_support": Words("Support", "Поддръжка", "Destek"),
    "part_answers": Words("Ready answers", "Готови отговори", "Hazır yanıtlar"),
    "part_consents": Words("Consents", "Съгласия", "Onaylar"),
    "part_adjustments": Words("Points by hand", "Ръчни точки", "Elle puan"),
    "part_causes": Words("Causes", "Каузи", "Amaçlar"),
    "group_part_programme": Words("Programme", "Програма", "Program"),
    "group_part_earning": Words("Earning", "Спечелване", "Kazanma"),
    "group_part_returns": Words("Returns", "Връщания", "İadeler"),
    "group_part_members": Words("Members", "Членове", "Üyeler"),
    "group_part_households": Words("Households", "Домакинства", "Haneler"),
    "group_part_support": Words(
        "What is promised about claims", "Какво се обещава за запитванията", "Talepler için verilen sözler"
    ),
    "group_part_brand": Words("Brand", "Марка", "Marka"),
    "group_part_measure": Words("Measuring", "Измерване", "Ölçme"),
    "group_part_drafts": Words("Approval", "Одобрение", "Onay"),
    "group_unit": Words("Name and worth", "Име и стойност", "Adı ve değeri"),
    "group_expires": Words("How long they last", "Колко време са валидни", "Ne kadar geçerli"),
    "group_caps": Words("The most a member can be given", "Най-много за един член", "Bir üyeye en çok verilen"),
    "group_pays": Words("Paying at the till", "Плащане на касата", "Kasada ödeme"),
    "group_transfers": Words("Sending to other members", "Изпращане на други членове", "Öteki üyelere gönderme"),
    "group_transfers_caps": Words(
        "The most a member can send", "Най-много изпратени от един член", "Bir üyenin en çok gönderebileceği"
    ),
    "group_per_pair": Words(
        "The most to one and the same member", "Най-много към един и същ член", "Aynı üyeye en çok"
    ),
    "group_new_support_answers": Words("A new answer", "Нов отговор", "Yeni yanıt"),
    "group_new_consents": Words("A new consent", "Ново съгласие", "Yeni onay"),
    "group_approve_above": Words(
        "When a second person is asked", "Кога се иска втори човек", "İkinci kişi ne zaman sorulur"
    ),
    "group_new_adjustments_reasons": Words("A new reason", "Нова причина", "Yeni neden"),
    "group_new_causes": Words("A new cause", "Нова кауза", "Yeni amaç"),
    "group_part_households_about": Words(
        "Families may share one balance. Switched off, nobody founds a new household; those that are there go on.",
        "Семействата могат да имат общ баланс. Изключено: нови домакинства не се създават, а старите остават.",
        "Aileler ortak bakiye kullanabilir. Kapalıyken yeni hane kurulmaz, olanlar sürer.",
    ),
    "group_expires_about": Words(
        "Choose a way, and fill in what belongs to it; the rest is left out.",
        "Изберете начин и попълнете каквото се отнася за него; останалото отпада.",
        "Bir yol seçin ve ona ait olanı doldurun; gerisi yok sayılır.",
    ),
    "group_caps_about": Words(
        "Over all rules together. What is left empty has no limit.",
        "Общо за всички правила. Празното няма граница.",
        "Bütün kurallarla birlikte. Boş olanın sınırı yok.",
    ),
    "group_pays_about": Words(
        "How much money how many points pay. Left empty, nobody can pay with them.",
        "Толкова точки плащат толкова пари. Ако е празно, с тях не се плаща.",
        "Şu kadar puan şu kadar para öder. Boşsa onlarla ödenmez.",
    ),
    "group_transfers_about": Words(
        "Switched off, what follows counts for nothing.",
        "Ако е изключено, следващото няма значение.",
        "Kapalıyken aşağıdakiler geçersizdir.",
    ),
    "group_transfers_caps_about": Words(
        "To all others together.", "Към всички останали общо.", "Bütün ötekilere toplam."
    ),
    "group_per_pair_about": Words(
        "One way, between two members.", "В една посока между двама членове.", "İki üye arasında, tek yönde."
    ),
    "group_tier_about": Words(
        "Whether members of this tier are answered before others.",
        "Дали членовете от това ниво получават отговор преди другите.",
        "Bu seviyedeki üyelere önce mi yanıt verilir.",
    ),
    "group_new_support_answers_about": Words(
        "Fill it in to add it. {name}, {points} and {claim} are put in when it is sent.",
        "Попълнете, за да го добавите. {name}, {points} и {claim} се заместват при изпращане.",
        "Eklemek için doldurun. {name}, {points} ve {claim} gönderilirken doldurulur.",
    ),
    "group_new_consents_about": Words(
        "Fill it in to add it.", "Попълнете, за да го добавите.", "Eklemek için doldurun."
    ),
    "group_approve_above_about": Words(
        "More for one member in a day than this waits for a second person. Left empty, none is asked.",
        "Повече от това за един член на ден чака втори човек. Ако е празно, не се иска.",
        "Bir üyeye bir günde bundan fazlası ikinci kişiyi bekler. Boşsa sorulmaz.",
    ),
    "group_new_adjustments_reasons_about": Words(
        "Fill it in to add it.", "Попълнете, за да я добавите.", "Eklemek için doldurun."
    ),
    "group_new_causes_about": Words("Fill it in to add it.", "Попълнете, за да я добавите.", "Eklemek için doldurun."),
    "of_percent": Words("%", "%", "%"),
    "of_days": Words("days", "дни", "gün"),
    "of_hours": Words("hours", "часа", "saat"),
    "of_persons": Words("persons", "души", "kişi"),
    "key": Words("Short name for other systems", "Кратко име за други системи", "Öteki sistemler için kısa ad"),
    "hint_key": Words(
        "Small letters, digits, “_” and “-”; it never changes.",
        "Малки латински букви, цифри, „_“ и „-“; не се променя.",
        "Küçük Latin harfleri, rakamlar, “_” ve “-”; hiç değişmez.",
    ),
    "gone": Words("Remove this", "Премахване", "Kaldır"),
    "text_en": Words("Text in English", "Текст на английски", "İngilizce metin"),
    "text_bg": Words("Text in Bulgarian", "Текст на български", "Bulgarca metin"),
    "text_tr": Words("Text in Turkish", "Текст на турски", "Türkçe metin"),
    "converts_at": Words(
        "Become something else once there are so many",
        "Стават друго, щом се съберат толкова",
        "Bu kadar olunca başka bir şeye dönüşür",
    ),
    "hint_converts_at": Words(
        "By the rules for what is converted.", "По правилата за превръщане.", "Dönüşüm kurallarına göre."
    ),
    "expires_way": Words("When they end", "Кога изтичат", "Ne zaman biter"),
    "is_never": Words("never: they stay", "никога: остават", "hiçbir zaman: kalır"),
    "is_rolling": Words("so long after they are earned", "толкова след спечелването", "kazanıldıktan şu kadar sonra"),
    "is_calendar": Words("on a day of the year", "в ден от годината", "yılın bir gününde"),
    "is_sliding": Words(
        "so long after the last movement, all together",
        "толкова след последното движение, всички заедно",
        "son hareketten şu kadar sonra, hepsi birlikte",
    ),
    "expires_years": Words("Years", "Години", "Yıl"),
    "hint_expires_years": Words("After they are earned.", "След спечелването.", "Kazanıldıktan sonra."),
    "expires_months": Words("Months", "Месеци", "Ay"),
    "hint_expires_months": Words(
        "After they are earned, or after the last movement.",
        "След спечелването или последното движение.",
        "Kazanıldıktan ya da son hareketten sonra.",
    ),
    "expires_days": Words("Days", "Дни", "Gün"),
    "hint_expires_days": Words(
        "After they are earned, or after the last movement.",
        "След спечелването или последното движение.",
        "Kazanıldıktan ya da son hareketten sonra.",
    ),
    "expires_round_up": Words("Rounded up to the end of", "Закръглено до края на", "Şunun sonuna kadar"),
    "hint_expires_round_up": Words("After they are earned.", "След спечелването.", "Kazanıldıktan sonra."),
    "is_month": Words("the month", "месеца", "ayın"),
    "is_quarter": Words("the quarter", "тримесечието", "çeyreğin"),
    "is_half_year": Words("the half-year", "полугодието", "yarıyılın"),
    "is_year": Words("the year", "годината", "yılın"),
    "expires_month": Words("Month of the last day", "Месец на последния ден", "Son günün ayı"),
    "hint_expires_month": Words("On a day of the year.", "В ден от годината.", "Yılın bir gününde."),
    "expires_day": Words("Last day", "Последен ден", "Son gün"),
    "hint_expires_day": Words("On a day of the year.", "В ден от годината.", "Yılın bir gününde."),
    "expires_after_years": Words(
        "Years after the next such day", "Години след следващия такъв ден", "Sonraki böyle günden kaç yıl sonra"
    ),
    "hint_expires_after_years": Words("On a day of the year.", "В ден от годината.", "Yılın bir gününde."),
    "caps_week": Words("At most in a week", "Най-много на седмица", "Haftada en çok"),
    "caps_quarter": Words("At most in a quarter", "Най-много на тримесечие", "Çeyrekte en çok"),
    "caps_lifetime": Words("At most ever", "Най-много изобщо", "Toplamda en çok"),
    "pays_points": Words("This many points …", "Толкова точки …", "Şu kadar puan …"),
    "pays_money": Words("… pay this much", "… плащат толкова", "… şu kadar öder"),
    "pays_minimum": Words("The least at once", "Най-малко наведнъж", "Bir kerede en az"),
    "pays_step": Words("Only in whole multiples of", "Само кратни на", "Yalnız şunun katları"),
    "pays_share_max": Words(
        "At most of what the goods cost", "Най-много от цената на стоките", "Ürün tutarının en çok"
    ),
    "transfers_on": Words(
        "Members may send them to each other", "Членовете могат да си ги изпращат", "Üyeler birbirine gönderebilir"
    ),
    "transfers_minimum": Words("The least at once", "Най-малко наведнъж", "Bir kerede en az"),
    "transfers_acceptance": Words("Must the other accept?", "Трябва ли другият да приеме?", "Öteki kabul etmeli mi?"),
    "is_none": Words("no, they move at once", "не, преминават веднага", "hayır, hemen geçer"),
    "is_needed": Words("yes, before they move", "да, преди да преминат", "evet, geçmeden önce"),
    "transfers_offer_days": Words("Days in which it can be accepted", "Дни за приемане", "Kabul etmek için gün"),
    "transfers_fee_points": Words("Fee of each transfer", "Такса за всяко изпращане", "Her gönderimin ücreti"),
    "transfers_fee_percent": Words(
        "Fee as a share of what is sent", "Такса като част от изпратеното", "Gönderilenin payı olarak ücret"
    ),
    "transfers_fee_rounding": Words("The share is rounded", "Частта се закръгля", "Pay yuvarlanır"),
    "is_up": Words("up", "нагоре", "yukarı"),
    "is_down": Words("down", "надолу", "aşağı"),
    "households_on": Words(
        "Members may share one balance", "Членовете могат да имат общ баланс", "Üyeler ortak bakiye kullanabilir"
    ),
    "households_leaving": Words(
        "What who leaves has brought and earned",
        "Внесеното и спечеленото от напускащия",
        "Ayrılanın getirdiği ve kazandığı",
    ),
    "is_stay": Words("stays with the household", "остава в домакинството", "hanede kalır"),
    "is_take": Words(
        "goes along, as far as it is there", "тръгва с него, доколкото го има", "kaldığı kadarıyla onunla gider"
    ),
    "households_may_spend": Words("Who may spend", "Кой може да харчи", "Kim harcayabilir"),
    "hint_households_may_spend": Words(
        "The others earn only. With none ticked: owners and adults.",
        "Другите само печелят. Без отметка: собственици и възрастни.",
        "Ötekiler yalnız kazanır. Hiçbiri seçilmezse: sahip ve yetişkinler.",
    ),
    "is_owner": Words("the owner", "собственикът", "sahip"),
    "is_adult": Words("adults", "възрастните", "yetişkinler"),
    "is_child": Words("children", "децата", "çocuklar"),
    "households_persons_max": Words("At most in one household", "Най-много в домакинство", "Bir hanede en çok"),
    "households_invitation_days": Words("An invitation can be accepted for", "Поканата важи", "Davet şu kadar geçerli"),
    "support_answer_hours": Words(
        "A claim is answered within", "Отговор на запитване до", "Talep şu sürede yanıtlanır"
    ),
    "support_reopen_days": Words(
        "A settled claim can be reopened, once, for",
        "Приключено запитване може да се отвори отново веднъж до",
        "Biten talep bir kez şu süre içinde yeniden açılabilir",
    ),
    "priority": Words("Priority", "Предимство", "Öncelik"),
    "hint_priority": Words("1 is the highest.", "1 е най-високото.", "1 en yüksektir."),
    "answer_hours": Words("Answered within", "Отговор до", "Yanıt süresi"),
    "version": Words("Number of the wording", "Номер на текста", "Metnin numarası"),
    "hint_version": Words(
        "One more when the text changes: then members are asked again.",
        "С едно повече, щом текстът се промени: тогава членовете се питат отново.",
        "Metin değişince bir artırın: o zaman üyelere yeniden sorulur.",
    ),
    "required": Words("Nobody is a member without it", "Без него никой не е член", "Onsuz üye olunmaz"),
    "keep_days": Words("Its data are kept for", "Данните се пазят", "Verileri şu kadar saklanır"),
    "hint_keep_days": Words(
        "Left empty: as long as somebody is a member.", "Ако е празно: докато някой е член.", "Boşsa: üyelik sürdükçe."
    ),
    "recipient_name": Words("Who else gets the data", "Кой друг получава данните", "Verileri başka kim alır"),
    "recipient_link": Words(
        "Where it is told what they do with them", "Къде пише какво правят с тях", "Ne yaptıkları nerede yazıyor"
    ),
    "hint_recipient_link": Words(
        "An address that begins with https://", "Адрес, който започва с https://", "https:// ile başlayan bir adres"
    ),
    "approve_above": Words("Above", "Над", "Şundan fazlası"),
    "enrol_unknown": Words(
        "A purchase with an unknown card makes a member",
        "Покупка с непозната карта прави нов член",
        "Bilinmeyen kartla alışveriş yeni üye yapar",
    ),
    "look": Words("How it looks", "Как изглежда", "Nasıl görünüyor"),
    "look_about": Words(
        "The page shows these colours now. Where one can’t be read as text, the nearest readable one is used.",
        "Страницата вече показва тези цветове. Който не се чете като текст, се заменя с най-близкия четлив.",
        "Sayfa şimdi bu renkleri gösteriyor. Metin olarak okunmayan rengin yerine en yakın okunan kullanılır.",
    ),
    "look_button": Words("A button", "Бутон", "Düğme"),
    "look_use": Words("Colour", "Цвят", "Renk"),
    "look_chosen": Words("Chosen", "Избран", "Seçilen"),
    "look_text": Words("As text", "Като текст", "Metin olarak"),
    "look_contrast": Words("Contrast", "Контраст", "Karşıtlık"),
    "look_verdict": Words("Verdict", "Оценка", "Sonuç"),
    "look_light": Words("light pages", "светли страници", "açık sayfalar"),
    "look_dark": Words("dark pages", "тъмни страници", "koyu sayfalar"),
    "look_kept": Words("as chosen", "както е избран", "seçildiği gibi"),
    "look_moved": Words(
        "adjusted, it had {before} : 1", "коригиран, имаше {before} : 1", "düzeltildi, {before} : 1 idi"
    ),
}
