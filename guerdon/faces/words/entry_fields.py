"""What the fields of rewards and vouchers say in their forms."""

from typing import Final

from guerdon.faces.words.text import Words

FIELDS: Final[dict[str, Words]] = {
    # groups
    "group_what": Words("What it is", "Какво е", "Nedir"),
    "group_gives": Words("What it gives", "Какво дава", "Ne verir"),
    "group_gives_about": Words(
        "Money off and gift cards need an amount, percent off a percentage, a free product its product.",
        "Отстъпката в пари и подаръчната карта искат сума, отстъпката в проценти – процент, безплатният продукт – "
        "продукт.",
        "Para indirimi ve hediye kartı tutar, yüzde indirimi yüzde, bedava ürün de ürün ister.",
    ),
    "group_takes_off": Words("What it gives", "Какво дава", "Ne verir"),
    "group_takes_off_about": Words(
        "Fill in one: an amount, a percentage, a product, delivery, or a gift.",
        "Попълнете едно: сума, процент, продукт, доставка или подарък.",
        "Birini doldurun: tutar, yüzde, ürün, teslimat ya da hediye.",
    ),
    "group_price": Words("Price", "Цена", "Fiyat"),
    "group_price_about": Words(
        "Points, money, or both together. What costs nothing is marked as free.",
        "Точки, пари или двете заедно. Безплатното се отбелязва.",
        "Puan, para ya da ikisi birlikte. Ücretsiz olan işaretlenir.",
    ),
    "group_another_price": Words("Another way to pay", "Друг начин на плащане", "Başka bir ödeme yolu"),
    "group_another_price_about": Words(
        "Members choose between the prices.", "Членовете избират между цените.", "Üyeler fiyatlar arasında seçer."
    ),
    "group_when": Words("When it can be had", "Кога може да се вземе", "Ne zaman alınabilir"),
    "group_limits": Words("How many", "Колко", "Kaç tane"),
    "group_handing": Words("How it is handed over", "Как се предава", "Nasıl teslim edilir"),
    "group_more_limits": Words("More limits", "Още ограничения", "Başka sınırlar"),
    "group_early_access": Words("Earlier for tiers", "По-рано за нива", "Seviyelere daha erken"),
    "group_early_access_about": Words(
        "So many hours before it begins for everybody.",
        "Толкова часа преди началото за всички.",
        "Herkes için başlamadan bu kadar saat önce.",
    ),
    "group_costs": Words("Cost and picture", "Разход и картинка", "Maliyet ve resim"),
    "group_choice": Words("A choice", "Избор", "Seçim"),
    "group_new_choice": Words("Something to choose", "Нещо за избор", "Seçilecek bir şey"),
    "group_new_choice_about": Words(
        "A size or a colour with its options; without options members write a text of their own.",
        "Размер или цвят с възможностите; без възможности членовете пишат свой текст.",
        "Seçenekleriyle beden ya da renk; seçenek yoksa üyeler kendi metnini yazar.",
    ),
    "group_surprise": Words(
        "Surprise: prizes and chances", "Изненада: награди и шансове", "Sürpriz: ödüller ve şanslar"
    ),
    "group_surprise_about": Words(
        "Only for the kind “Surprise”. Each prize has a weight: with 1 and 3 the second one is drawn three times as "
        "often.",
        "Само за вида „Изненада“. Всяка награда има тежест: при 1 и 3 втората се тегли три пъти по-често.",
        "Yalnız “Sürpriz” türü için. Her ödülün bir ağırlığı vardır: 1 ve 3 ise ikincisi üç kat daha sık çıkar.",
    ),
    "group_life": Words("How long it lives", "Колко време важи", "Ne kadar geçerli"),
    "group_uses": Words("How often", "Колко пъти", "Kaç kez"),
    "group_codes": Words("Codes", "Кодове", "Kodlar"),
    "group_together": Words("Together with others", "Заедно с други", "Başkalarıyla birlikte"),
    # fields
    "terms_en": Words("Terms in English", "Условия на английски", "İngilizce koşullar"),
    "terms_bg": Words("Terms in Bulgarian", "Условия на български", "Bulgarca koşullar"),
    "terms_tr": Words("Terms in Turkish", "Условия на турски", "Türkçe koşullar"),
    "kind": Words("Kind", "Вид", "Tür"),
    "category": Words("Category", "Категория", "Kategori"),
    "none": Words("none", "няма", "yok"),
    "amount": Words("Amount", "Сума", "Tutar"),
    "percent": Words("Percentage", "Процент", "Yüzde"),
    "amount_max": Words("At most so much off", "Най-много толкова отстъпка", "En çok bu kadar indirim"),
    "hint_amount_max": Words("Only with a percentage.", "Само при процент.", "Yalnız yüzdeyle."),
    "product": Words("Product that is free", "Безплатен продукт", "Bedava ürün"),
    "hint_product": Words("Its number at the till.", "Номерът му на касата.", "Kasadaki numarası."),
    "voucher": Words("Voucher that it gives", "Ваучер, който дава", "Verdiği kupon"),
    "own": Words("none, or what is said here", "няма или казаното тук", "yok ya da burada söylenen"),
    "free_shipping": Words("Delivery is free", "Доставката е безплатна", "Teslimat ücretsiz"),
    "gift_en": Words("Gift in English", "Подарък на английски", "İngilizce hediye"),
    "gift_bg": Words("Gift in Bulgarian", "Подарък на български", "Bulgarca hediye"),
    "gift_tr": Words("Gift in Turkish", "Подарък на турски", "Türkçe hediye"),
    "money": Words("Money", "Пари", "Para"),
    "free": Words("It costs nothing", "Безплатно е", "Ücretsizdir"),
    "top_up_points": Words(
        "Missing points: for so many …", "Липсващи точки: за толкова …", "Eksik puan: şu kadarı için …"
    ),
    "top_up_amount": Words("… so much money is paid", "… се плащат толкова пари", "… şu kadar para ödenir"),
    "top_up_least": Words("Points paid at least", "Най-малко платени точки", "En az ödenen puan"),
    "hint_top_up_least": Words(
        "The rest can be paid with money.", "Останалото може да се плати с пари.", "Kalanı parayla ödenebilir."
    ),
    "from": Words("Can be had from", "Може да се вземе от", "Şu andan alınabilir"),
    "until": Words("Can be had until", "Може да се вземе до", "Şu ana kadar alınabilir"),
    "hint_until": Words(
        "The first moment at which it no longer can.",
        "Първият момент, в който вече не може.",
        "Artık alınamayacağı ilk an.",
    ),
    "stocked": Words("Are its pieces counted?", "Броят ли се бройките?", "Parçaları sayılır mı?"),
    "always": Words("no, there are always more", "не, винаги има още", "hayır, hep daha var"),
    "is_whole": Words("yes, all together", "да, всички заедно", "evet, hepsi birlikte"),
    "is_per_choice": Words(
        "yes, by size or other choice", "да, по размер или друг избор", "evet, beden ya da seçime göre"
    ),
    "hint_stocked": Words(
        "Pieces are brought in on its page.",
        "Бройките се внасят на страницата ѝ.",
        "Parçalar kendi sayfasında eklenir.",
    ),
    "total": Words("At most for all members", "Най-много за всички членове", "Tüm üyelere en çok"),
    "caps_day": Words("At most for a member in a day", "Най-много на член на ден", "Bir üyeye günde en çok"),
    "caps_week": Words("At most for a member in a week", "Най-много на член на седмица", "Bir üyeye haftada en çok"),
    "caps_month": Words("At most for a member in a month", "Най-много на член на месец", "Bir üyeye ayda en çok"),
    "caps_quarter": Words(
        "At most for a member in a quarter", "Най-много на член на тримесечие", "Bir üyeye çeyrekte en çok"
    ),
    "caps_year": Words("At most for a member in a year", "Най-много на член на година", "Bir üyeye yılda en çok"),
    "caps_lifetime": Words("At most for a member ever", "Най-много на член изобщо", "Bir üyeye toplamda en çok"),
    "fulfilment": Words("Who hands it over?", "Кой я предава?", "Kim teslim eder?"),
    "by_code": Words("as its kind has it", "според вида", "türüne göre"),
    "hint_fulfilment": Words(
        "Money off, percent off, a free product and free delivery come as a code where nothing else is said.",
        "Отстъпките, безплатният продукт и безплатната доставка идват като код, ако не е казано друго.",
        "İndirimler, bedava ürün ve ücretsiz teslimat başka bir şey denmezse kod olarak gelir.",
    ),
    "is_by_hand": Words("somebody of the staff", "някой от екипа", "ekipten biri"),
    "is_at_once": Words("nobody: confirming is all", "никой: потвърждението стига", "kimse: onay yeter"),
    "fulfil_days": Words("Days to hand it over", "Дни за предаване", "Teslim için gün"),
    "hint_fulfil_days": Words(
        "After that the points come back.", "След това точките се връщат.", "Sonra puanlar geri döner."
    ),
    "reserve_minutes": Words("How long a piece is held", "Колко се пази бройка", "Bir parça ne kadar tutulur"),
    "address": Words("It is sent to an address", "Изпраща се на адрес", "Bir adrese gönderilir"),
    "cost": Words("What one costs you", "Колко Ви струва една", "Birinin size maliyeti"),
    "budget": Words("At most for all together", "Най-много за всички заедно", "Hepsi için en çok"),
    "image": Words("Address of a picture", "Адрес на картинка", "Resim adresi"),
    "hint_image": Words(
        "A picture that is put on its page counts more.",
        "Картинката, сложена на страницата ѝ, е с предимство.",
        "Sayfasına konan resim önce gelir.",
    ),
    "choice_gone": Words("Remove this choice", "Премахни този избор", "Bu seçimi kaldır"),
    "option_en": Words("Option in English", "Възможност на английски", "İngilizce seçenek"),
    "option_bg": Words("Option in Bulgarian", "Възможност на български", "Bulgarca seçenek"),
    "option_tr": Words("Option in Turkish", "Възможност на турски", "Türkçe seçenek"),
    "option_key": Words("Key of the option", "Ключ на възможността", "Seçeneğin anahtarı"),
    "hint_option_key": Words(
        "Made of the name where it is left empty.", "Прави се от името, ако е празно.", "Boş bırakılırsa addan yapılır."
    ),
    "option_gone": Words("Remove this option", "Премахни тази възможност", "Bu seçeneği kaldır"),
    "prize": Words("Prize", "Награда", "Ödül"),
    "weight": Words("Weight", "Тежест", "Ağırlık"),
    "fallback": Words("Instead of a prize that ran out", "Вместо изчерпана награда", "Biten ödül yerine"),
    "guarantee_prize": Words("Prize that is promised", "Обещана награда", "Söz verilen ödül"),
    "guarantee_within": Words(
        "… in so many draws at most", "… в най-много толкова тегления", "… en çok şu kadar çekilişte"
    ),
    "free_day": Words("Free draws in a day", "Безплатни тегления на ден", "Günde ücretsiz çekiliş"),
    "free_week": Words("Free draws in a week", "Безплатни тегления на седмица", "Haftada ücretsiz çekiliş"),
    "free_month": Words("Free draws in a month", "Безплатни тегления на месец", "Ayda ücretsiz çekiliş"),
    "free_quarter": Words("Free draws in a quarter", "Безплатни тегления на тримесечие", "Çeyrekte ücretsiz çekiliş"),
    "free_year": Words("Free draws in a year", "Безплатни тегления на година", "Yılda ücretsiz çekiliş"),
    "free_lifetime": Words("Free draws ever", "Безплатни тегления изобщо", "Toplamda ücretsiz çekiliş"),
    "used_from": Words("Can be used from", "Може да се ползва от", "Şu andan kullanılabilir"),
    "used_until": Words("Can be used until", "Може да се ползва до", "Şu ana kadar kullanılabilir"),
    "hint_used_until": Words(
        "The first moment at which it no longer can.",
        "Първият момент, в който вече не може.",
        "Artık kullanılamayacağı ilk an.",
    ),
    "valid_days": Words("Days after it is given", "Дни след даването", "Verildikten sonraki gün"),
    "uses": Words("Uses of each code", "Ползвания на всеки код", "Her kodun kullanımı"),
    "uses_per_member": Words("Uses of a member", "Ползвания на член", "Bir üyenin kullanımı"),
    "codes": Words("Where codes come from", "Откъде идват кодовете", "Kodlar nereden gelir"),
    "generated": Words("made when they are needed", "правят се при нужда", "gerektikçe yapılır"),
    "is_pool": Words("a stock that you fill", "запас, който пълните", "doldurduğunuz bir stok"),
    "alarm_below": Words("Tell when fewer are left", "Съобщи, когато останат по-малко", "Daha az kalınca haber ver"),
    "hint_alarm_below": Words("Only with a stock.", "Само при запас.", "Yalnız stokla."),
    "bearer": Words(
        "Whoever shows a code may use it", "Всеки, който покаже код, може да го ползва", "Kodu gösteren kullanabilir"
    ),
    "hint_bearer": Words("For codes on flyers.", "За кодове на листовки.", "El ilanlarındaki kodlar için."),
    "exclusive": Words("Goes with no other voucher", "Не върви с друг ваучер", "Başka kuponla kullanılmaz"),
    "group": Words("Group", "Група", "Grup"),
    "hint_group": Words(
        "Of vouchers with the same word here only one goes with a basket.",
        "От ваучерите с еднаква дума тук само един върви с покупка.",
        "Burada aynı sözcüğü taşıyan kuponlardan yalnız biri bir sepette kullanılır.",
    ),
    # what numbers are counted in
    "of_points": Words("points", "точки", "puan"),
    "of_times": Words("times", "пъти", "kez"),
    "of_minutes": Words("minutes", "минути", "dakika"),
}
