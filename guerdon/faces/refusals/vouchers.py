"""The refusals of vouchers in every language: headline, cause with its facts, cure."""

from typing import Final

from guerdon.core import limits

SENTENCES: Final[dict[str, dict[str, tuple[str, str, str]]]] = {
    "en": {
        "code_not_drawn": (
            "Not a barcode",
            "Code 128 has no bars for some letters of {code}.",
            "Draw it as a QR code.",
        ),
        "voucher_invalid": (
            "Not a valid voucher",
            "This code is no voucher that can be used.",
            "Check the code.",
        ),
        "voucher_unknown": ("Unknown voucher", "There is no voucher with the code {code}.", "Check the code."),
        "voucher_undefined": (
            "No such voucher",
            "The programme has no voucher “{voucher}”.",
            "Use one of these: {known}.",
        ),
        "voucher_used": (
            "Already used",
            "The voucher {code} has been used as often as it can be ({most}).",
            "Use another voucher.",
        ),
        "voucher_expired": ("Over", "The voucher {code} could be used until {until}.", "Use another voucher."),
        "voucher_not_yet": ("Not yet", "The voucher {code} can be used from {since} on.", "Use it then."),
        "voucher_withdrawn": ("Withdrawn", "The voucher {code} has been withdrawn.", "Use another voucher."),
        "voucher_not_given_out": (
            "Not given out",
            "Nobody has been given the voucher {code} yet.",
            "Give it to a member first.",
        ),
        "voucher_of_another": (
            "Somebody else's voucher",
            "The voucher {code} was given to another member.",
            "Name the member who has it.",
        ),
        "voucher_limit": (
            "Used often enough",
            "A member can use the voucher “{voucher}” {most} times at most.",
            "Use another voucher.",
        ),
        "voucher_unmet": (
            "The voucher asks for more",
            "What the voucher “{voucher}” asks for does not hold here: “{condition}” at {pointer}.",
            "Change the basket, or use another voucher.",
        ),
        "voucher_takes_nothing": (
            "Nothing to take off",
            "The basket has nothing that the voucher “{voucher}” could take anything off.",
            "Change the basket, or use another voucher.",
        ),
        "vouchers_together": (
            "Not together",
            "The vouchers “{voucher}” and “{other}” don't go together.",
            "Use one of the two.",
        ),
        "vouchers_too_many": ("Too many vouchers", "At most {most} vouchers go with a basket.", "Use fewer vouchers."),
        "voucher_use_unknown": ("Unknown use", "This voucher was not redeemed by {id}.", "Check the id and the code."),
        "voucher_rolled_back": ("Already rolled back", "The use {id} has been rolled back.", "There is nothing to do."),
        "voucher_pool_empty": (
            "No codes left",
            "The pool of the voucher “{voucher}” has no code left.",
            "Bring more codes in.",
        ),
        "voucher_pool_unknown": (
            "Unknown pool",
            "The programme has no voucher “{voucher}”, so there are no codes of it.",
            "Use one of these: {known}.",
        ),
        "voucher_pool_none": (
            "No codes needed",
            "The codes of the voucher “{voucher}” are made when it is given.",
            "Write “codes: pool” or “bearer: true” in the programme to bring codes in.",
        ),
        "voucher_codes_invalid": ("Not a code", "At {pointer}: {reason}.", "Correct it."),
        "voucher_codes_unreadable": (
            "Codes that are none",
            "{codes} of the codes can't be read, so none was brought in: {wrong}.",
            f"A code has 1 to {limits.CODE_CHARS_MAX} characters, none of them a blank or “/”. Correct these.",
        ),
        "voucher_codes_differ": (
            "Told before",
            "Codes were brought in under this name for the voucher “{voucher}”.",
            "Use another external_id.",
        ),
        "guesses_too_many": (
            "Too many wrong codes",
            "Too many codes were shown that nobody has here.",
            "Try again in {retry_after_seconds} seconds.",
        ),
    },
    "bg": {
        "code_not_drawn": (
            "Не може да е баркод",
            "Code 128 няма чертички за някои знаци на {code}.",
            "Начертайте го като QR код.",
        ),
        "voucher_invalid": (
            "Невалиден ваучер",
            "Този код не е на ваучер, който може да се използва.",
            "Проверете кода.",
        ),
        "voucher_unknown": ("Непознат ваучер", "Няма ваучер с код {code}.", "Проверете кода."),
        "voucher_undefined": (
            "Няма такъв ваучер",
            "Програмата няма ваучер „{voucher}“.",
            "Използвайте един от тези: {known}.",
        ),
        "voucher_used": (
            "Вече е използван",
            "Ваучерът {code} е използван толкова пъти, колкото може ({most}).",
            "Използвайте друг ваучер.",
        ),
        "voucher_expired": ("Изтекъл", "Ваучерът {code} можеше да се използва до {until}.", "Използвайте друг ваучер."),
        "voucher_not_yet": ("Още не", "Ваучерът {code} може да се използва от {since}.", "Използвайте го тогава."),
        "voucher_withdrawn": ("Оттеглен", "Ваучерът {code} е оттеглен.", "Използвайте друг ваучер."),
        "voucher_not_given_out": (
            "Не е раздаден",
            "Ваучерът {code} още не е даден на никого.",
            "Първо го дайте на член.",
        ),
        "voucher_of_another": (
            "Чужд ваучер",
            "Ваучерът {code} е даден на друг член.",
            "Посочете члена, на когото е.",
        ),
        "voucher_limit": (
            "Използван достатъчно пъти",
            "Един член може да използва ваучера „{voucher}“ най-много {most} пъти.",
            "Използвайте друг ваучер.",
        ),
        "voucher_unmet": (
            "Ваучерът изисква повече",
            "Тук не е изпълнено това, което изисква ваучерът „{voucher}“: „{condition}“ в {pointer}.",
            "Променете кошницата или използвайте друг ваучер.",
        ),
        "voucher_takes_nothing": (
            "Няма какво да се приспадне",
            "В кошницата няма нищо, от което ваучерът „{voucher}“ да приспадне.",
            "Променете кошницата или използвайте друг ваучер.",
        ),
        "vouchers_together": (
            "Не вървят заедно",
            "Ваучерите „{voucher}“ и „{other}“ не се съчетават.",
            "Използвайте единия от двата.",
        ),
        "vouchers_too_many": (
            "Твърде много ваучери",
            "С една кошница вървят най-много {most} ваучера.",
            "Използвайте по-малко ваучери.",
        ),
        "voucher_use_unknown": (
            "Непозната употреба",
            "Този ваучер не е използван с {id}.",
            "Проверете идентификатора и кода.",
        ),
        "voucher_rolled_back": ("Вече е върната", "Употребата {id} вече е върната.", "Няма какво да се прави."),
        "voucher_pool_empty": (
            "Няма повече кодове",
            "В запаса на ваучера „{voucher}“ не остана код.",
            "Внесете още кодове.",
        ),
        "voucher_pool_unknown": (
            "Непознат запас",
            "Програмата няма ваучер „{voucher}“, затова няма и негови кодове.",
            "Използвайте някой от тези: {known}.",
        ),
        "voucher_pool_none": (
            "Не са нужни кодове",
            "Кодовете на ваучера „{voucher}“ се създават при даването му.",
            "За да внасяте кодове, напишете „codes: pool“ или „bearer: true“ в програмата.",
        ),
        "voucher_codes_invalid": ("Не е код", "В {pointer}: {reason}.", "Поправете го."),
        "voucher_codes_unreadable": (
            "Не са кодове",
            "Нечетими кодове: {codes}, затова никой не е внесен: {wrong}.",
            f"Кодът има от 1 до {limits.CODE_CHARS_MAX} знака, без интервали и без „/“. Поправете ги.",
        ),
        "voucher_codes_differ": (
            "Вече е казано",
            "Под това име са внесени кодове за ваучера „{voucher}“.",
            "Използвайте друг external_id.",
        ),
        "guesses_too_many": (
            "Твърде много грешни кодове",
            "Показани са твърде много кодове, които тук не са на никого.",
            "Опитайте отново след {retry_after_seconds} секунди.",
        ),
    },
    "tr": {
        "code_not_drawn": (
            "Barkod olamaz",
            "Code 128, {code} kodunun bazı harfleri için çizgi içermez.",
            "QR kodu olarak çizin.",
        ),
        "voucher_invalid": ("Geçerli bir kupon değil", "Bu kod, kullanılabilecek bir kupon değil.", "Kodu denetleyin."),
        "voucher_unknown": ("Bilinmeyen kupon", "{code} kodlu bir kupon yok.", "Kodu denetleyin."),
        "voucher_undefined": (
            "Böyle bir kupon yok",
            "Programda “{voucher}” diye bir kupon yok.",
            "Şunlardan birini kullanın: {known}.",
        ),
        "voucher_used": (
            "Zaten kullanıldı",
            "{code} kuponu kullanılabileceği kadar kullanıldı ({most}).",
            "Başka bir kupon kullanın.",
        ),
        "voucher_expired": (
            "Süresi doldu",
            "{code} kuponu {until} tarihine kadar kullanılabilirdi.",
            "Başka bir kupon kullanın.",
        ),
        "voucher_not_yet": (
            "Henüz değil",
            "{code} kuponu {since} tarihinden itibaren kullanılabilir.",
            "O zaman kullanın.",
        ),
        "voucher_withdrawn": ("Geri çekildi", "{code} kuponu geri çekildi.", "Başka bir kupon kullanın."),
        "voucher_not_given_out": (
            "Dağıtılmadı",
            "{code} kuponu henüz kimseye verilmedi.",
            "Önce bir üyeye verin.",
        ),
        "voucher_of_another": (
            "Başkasının kuponu",
            "{code} kuponu başka bir üyeye verildi.",
            "Kuponun sahibi olan üyeyi yazın.",
        ),
        "voucher_limit": (
            "Yeterince kullanıldı",
            "Bir üye “{voucher}” kuponunu en çok {most} kez kullanabilir.",
            "Başka bir kupon kullanın.",
        ),
        "voucher_unmet": (
            "Kupon daha fazlasını istiyor",
            "“{voucher}” kuponunun istediği burada sağlanmıyor: {pointer} yerindeki “{condition}”.",
            "Sepeti değiştirin ya da başka bir kupon kullanın.",
        ),
        "voucher_takes_nothing": (
            "Düşülecek bir şey yok",
            "Sepette “{voucher}” kuponunun indirim yapabileceği bir şey yok.",
            "Sepeti değiştirin ya da başka bir kupon kullanın.",
        ),
        "vouchers_together": (
            "Birlikte olmaz",
            "“{voucher}” ve “{other}” kuponları birlikte kullanılamaz.",
            "İkisinden birini kullanın.",
        ),
        "vouchers_too_many": (
            "Çok fazla kupon",
            "Bir sepetle en çok {most} kupon kullanılabilir.",
            "Daha az kupon kullanın.",
        ),
        "voucher_use_unknown": (
            "Bilinmeyen kullanım",
            "Bu kupon {id} ile kullanılmadı.",
            "Kimliği ve kodu denetleyin.",
        ),
        "voucher_rolled_back": ("Zaten geri alındı", "{id} kullanımı geri alındı.", "Yapılacak bir şey yok."),
        "voucher_pool_empty": (
            "Kod kalmadı",
            "“{voucher}” kuponunun havuzunda kod kalmadı.",
            "Yeni kodlar yükleyin.",
        ),
        "voucher_pool_unknown": (
            "Bilinmeyen havuz",
            "Programda “{voucher}” kuponu yok, bu yüzden kodları da yok.",
            "Şunlardan birini kullanın: {known}.",
        ),
        "voucher_pool_none": (
            "Kod gerekmiyor",
            "“{voucher}” kuponunun kodları, kupon verilirken üretilir.",
            "Kod yüklemek için programa “codes: pool” ya da “bearer: true” yazın.",
        ),
        "voucher_codes_invalid": ("Kod değil", "{pointer} yerinde: {reason}.", "Düzeltin."),
        "voucher_codes_unreadable": (
            "Kod değil",
            "{codes} kod okunamadı, bu yüzden hiçbiri alınmadı: {wrong}.",
            f"Bir kodda 1–{limits.CODE_CHARS_MAX} karakter olur; boşluk ve “/” olmaz. Bunları düzeltin.",
        ),
        "voucher_codes_differ": (
            "Daha önce söylendi",
            "Bu adla “{voucher}” kuponu için kodlar yüklendi.",
            "Başka bir external_id kullanın.",
        ),
        "guesses_too_many": (
            "Çok fazla yanlış kod",
            "Burada kimsede olmayan çok fazla kod gösterildi.",
            "{retry_after_seconds} saniye sonra yeniden deneyin.",
        ),
    },
}
