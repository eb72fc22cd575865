"""The refusals of programme files in every language: headline, cause with its facts, cure."""

from typing import Final

SENTENCES: Final[dict[str, dict[str, tuple[str, str, str]]]] = {
    "en": {
        "installation_founded": (
            "Founded already",
            "This installation has its programme and its owner; the first steps are open once.",
            "Sign in, or ask the owner for an invitation.",
        ),
        "local_time_ambiguous": (
            "A time that occurs twice",
            "{local} occurs twice in {zone}, because clocks go back there.",
            "Choose another time.",
        ),
        "local_time_missing": (
            "A time that does not exist",
            "{local} does not exist in {zone}, because clocks skip it there.",
            "Choose another time.",
        ),
        "money_invalid": (
            "Amount not accepted",
            "“{text}” is no amount of money here: {reason}.",
            "Write a plain number with the currency's decimals, like 12.34.",
        ),
        "programme_currency_changed": (
            "Currency changed",
            "The programme counts in {expected}; the file says {got}, which would change the worth of what was "
            "recorded.",
            "Keep the currency, or found a new programme.",
        ),
        "programme_invalid": (
            "Programme not accepted",
            "The programme file has {problems} problems, first: {first}",
            "Correct the file; “guerdon programme check” tells all problems.",
        ),
        "version_too_far": (
            "Too far ahead",
            "A version comes into force within {years} years, until {last_day}.",
            "Say an earlier day, and publish what is to come later when it is nearer.",
        ),
        "programme_key_changed": (
            "Another programme",
            "The file belongs to the programme “{got}”, not to “{expected}”.",
            "Publish it under its own key.",
        ),
        "programme_key_taken": (
            "Key taken",
            "There is a programme “{key}” here already.",
            "Choose another key.",
        ),
        "programme_unknown": (
            "No such programme",
            "There is no programme “{key}” here.",
            "Known are: {known}.",
        ),
        "programme_unpublished": (
            "Nothing published yet",
            "The programme “{key}” has no published version.",
            "Publish one with “guerdon programme publish”.",
        ),
        "unit_changed": (
            "Unit changed",
            "The {what} of the unit “{unit}” can't change: recorded points would change their worth.",
            "Keep it, or add a new unit.",
        ),
        "voucher_changed": (
            "Voucher changed",
            "The codes of the voucher “{voucher}” are a pool's, or anybody's who shows one; that can't change now.",
            "Give the other one a key of its own.",
        ),
        "version_unknown": (
            "No such version",
            "The programme has no version {number}; the last one is {last}.",
            "Ask for a version that was published.",
        ),
    },
    "bg": {
        "installation_founded": (
            "Вече е основана",
            "Тази инсталация има програма и собственик; първите стъпки са отворени веднъж.",
            "Влезте или помолете собственика за покана.",
        ),
        "local_time_ambiguous": (
            "Час, който настъпва два пъти",
            "{local} настъпва два пъти в {zone}, защото там часовникът се връща назад.",
            "Изберете друг час.",
        ),
        "local_time_missing": (
            "Час, който не съществува",
            "{local} не съществува в {zone}, защото там часовникът го прескача.",
            "Изберете друг час.",
        ),
        "money_invalid": (
            "Сумата не е приета",
            "„{text}“ не е парична сума тук: {reason}.",
            "Напишете обикновено число със знаците на валутата, например 12.34.",
        ),
        "programme_currency_changed": (
            "Сменена валута",
            "Програмата брои в {expected}, а файлът казва {got}; това би променило стойността на записаното.",
            "Запазете валутата или основете нова програма.",
        ),
        "programme_invalid": (
            "Програмата не е приета",
            "Файлът на програмата има {problems} грешки, първата: {first}",
            "Поправете файла; „guerdon programme check“ показва всички грешки.",
        ),
        "version_too_far": (
            "Твърде далеч напред",
            "Версия влиза в сила до {years} години напред, най-късно на {last_day}.",
            "Посочете по-ранен ден; по-късното публикувайте, когато му дойде времето.",
        ),
        "programme_key_changed": (
            "Друга програма",
            "Файлът е на програмата „{got}“, а не на „{expected}“.",
            "Публикувайте го под неговия ключ.",
        ),
        "programme_key_taken": (
            "Ключът е зает",
            "Тук вече има програма „{key}“.",
            "Изберете друг ключ.",
        ),
        "programme_unknown": (
            "Няма такава програма",
            "Тук няма програма „{key}“.",
            "Познати са: {known}.",
        ),
        "programme_unpublished": (
            "Още нищо не е публикувано",
            "Програмата „{key}“ няма публикувана версия.",
            "Публикувайте версия с „guerdon programme publish“.",
        ),
        "unit_changed": (
            "Променена единица",
            "{what} на единицата „{unit}“ не може да се променя: записаните точки биха сменили стойността си.",
            "Запазете я или добавете нова единица.",
        ),
        "voucher_changed": (
            "Променен ваучер",
            "Кодовете на ваучера „{voucher}“ са от запас или на всеки, който ги покаже; това вече не се променя.",
            "Дайте на другия ваучер собствен ключ.",
        ),
        "version_unknown": (
            "Няма такава версия",
            "Програмата няма версия {number}; последната е {last}.",
            "Поискайте версия, която е била публикувана.",
        ),
    },
    "tr": {
        "installation_founded": (
            "Zaten kuruldu",
            "Bu kurulumun programı ve sahibi var; ilk adımlar bir kez açıktır.",
            "Giriş yapın ya da sahibinden davet isteyin.",
        ),
        "local_time_ambiguous": (
            "İki kez gelen saat",
            "{local}, {zone} diliminde iki kez gelir, çünkü orada saatler geri alınır.",
            "Başka bir saat seçin.",
        ),
        "local_time_missing": (
            "Olmayan saat",
            "{local}, {zone} diliminde yoktur, çünkü orada saatler onu atlar.",
            "Başka bir saat seçin.",
        ),
        "money_invalid": (
            "Tutar kabul edilmedi",
            "“{text}” burada bir para tutarı değil: {reason}.",
            "Para biriminin ondalıklarıyla düz bir sayı yazın, örneğin 12.34.",
        ),
        "programme_currency_changed": (
            "Para birimi değişti",
            "Program {expected} ile sayıyor, dosyada ise {got} var; bu, kayıtlı olanların değerini değiştirirdi.",
            "Para birimini koruyun ya da yeni bir program kurun.",
        ),
        "programme_invalid": (
            "Program kabul edilmedi",
            "Program dosyasında {problems} sorun var, ilki: {first}",
            "Dosyayı düzeltin; “guerdon programme check” bütün sorunları söyler.",
        ),
        "version_too_far": (
            "Çok ileride",
            "Bir sürüm en geç {years} yıl içinde, {last_day} gününe kadar yürürlüğe girer.",
            "Daha erken bir gün yazın; daha sonra olacakları zamanı yaklaşınca yayımlayın.",
        ),
        "programme_key_changed": (
            "Başka bir program",
            "Dosya “{expected}” programının değil, “{got}” programının.",
            "Kendi anahtarıyla yayımlayın.",
        ),
        "programme_key_taken": (
            "Anahtar kullanımda",
            "Burada “{key}” adlı bir program zaten var.",
            "Başka bir anahtar seçin.",
        ),
        "programme_unknown": (
            "Böyle bir program yok",
            "Burada “{key}” programı yok.",
            "Bilinenler: {known}.",
        ),
        "programme_unpublished": (
            "Henüz yayımlanmadı",
            "“{key}” programının yayımlanmış sürümü yok.",
            "“guerdon programme publish” ile bir sürüm yayımlayın.",
        ),
        "unit_changed": (
            "Birim değişti",
            "“{unit}” biriminin {what} özelliği değişemez: kayıtlı puanların değeri değişirdi.",
            "Olduğu gibi bırakın ya da yeni bir birim ekleyin.",
        ),
        "voucher_changed": (
            "Kupon değişti",
            "“{voucher}” kuponunun kodları ya bir havuzdandır ya da gösterenindir; bu artık değişemez.",
            "Diğerine kendi anahtarını verin.",
        ),
        "version_unknown": (
            "Böyle bir sürüm yok",
            "Programın {number} numaralı sürümü yok; sonuncusu {last}.",
            "Yayımlanmış bir sürümü isteyin.",
        ),
    },
}  # fmt: skip
