"""What the portal says of what happened in an account."""

from typing import Final

from guerdon.faces.words.text import Words

WORDS: Final[dict[str, Words]] = {
    "none": Words("Nothing has happened yet", "Още нищо не се е случило", "Henüz bir hareket yok"),
    "none_about": Words(
        "Every point you earn or spend stands here, with why.",
        "Всяка спечелена или похарчена точка стои тук, с причината.",
        "Kazandığınız ya da harcadığınız her puan nedeniyle burada durur.",
    ),
    "balance": Words("then {balance} in all", "после общо {balance}", "sonra toplam {balance}"),
    "aside": Words(
        "In all counts what can't be spent yet, too: {points}.",
        "В общото е и това, което още не може да се харчи: {points}.",
        "Toplamda henüz harcanamayanlar da sayılır: {points}.",
    ),
    "purchase": Words("Purchase of {money}", "Покупка за {money}", "{money} tutarında alışveriş"),
    "late": Words("entered on {day}", "въведено на {day}", "{day} günü girildi"),
    "store": Words("Store", "Магазин", "Mağaza"),
    "total": Words("Total", "Общо", "Toplam"),
    "with_points": Words("Paid with points", "Платено с точки", "Puanla ödenen"),
    # why points moved
    "earn": Words("Earned", "Спечелени", "Kazanıldı"),
    "earn_conversion": Words(
        "Given for points that were converted", "Дадени за превърнати точки", "Dönüştürülen puanlar için verildi"
    ),
    "burn": Words("Spent", "Похарчени", "Harcandı"),
    "burn_redemption": Words("Redeemed for “{name}”", "Заменени за „{name}“", "“{name}” ödülü için kullanıldı"),
    "burn_payment": Words("Paid a part of a purchase", "Платили част от покупка", "Bir alışverişin bir kısmını ödedi"),
    "burn_conversion": Words(
        "Converted, because enough of them were there",
        "Превърнати, защото се събраха достатъчно",
        "Yeterince biriktiği için dönüştürüldü",
    ),
    "cancel": Words(
        "Called off before they could be spent",
        "Отменени, преди да може да се харчат",
        "Harcanabilir olmadan iptal edildi",
    ),
    "claw_back": Words("Taken back", "Отнети", "Geri alındı"),
    "claw_back_goods": Words(
        "Taken back, because goods were returned",
        "Отнети, защото бяха върнати стоки",
        "Ürün iade edildiği için geri alındı",
    ),
    "restore": Words(
        "Given again, because more of the purchase counts",
        "Дадени отново, защото повече от покупката се брои",
        "Alışverişin daha çoğu sayıldığı için yeniden verildi",
    ),
    "reinstate": Words("Given back", "Върнати", "Geri verildi"),
    "reinstate_redemption": Words(
        "Back, because “{name}” was given up",
        "Върнати, защото „{name}“ отпадна",
        "“{name}” bırakıldığı için geri geldi",
    ),
    "reinstate_payment": Words(
        "Back from a purchase that they had paid",
        "Върнати от покупка, която бяха платили",
        "Ödedikleri alışverişten geri geldi",
    ),
    "reinstate_conversion": Words("Given back", "Върнати", "Geri verildi"),
    "adjust_up": Words("Given by us: {name}", "Дадени от нас: {name}", "Bizden verildi: {name}"),
    "adjust_down": Words("Taken by us: {name}", "Отнети от нас: {name}", "Bizim tarafımızdan alındı: {name}"),
    "lend": Words(
        "Owed for what was spent already when it was taken back",
        "Дължими за вече похарченото, когато беше отнето",
        "Geri alınırken çoktan harcanmış olan için borç",
    ),
    "repay": Words("Went to what was owed", "Отишли за дължимото", "Borca gitti"),
    "transfer_out": Words("Sent to {name}", "Изпратени на {name}", "{name} için gönderildi"),
    "transfer_in": Words("Came from {name}", "Дошли от {name}", "Gönderen: {name}"),
    "somebody": Words("another member", "друг член", "başka bir üye"),
    "fee": Words("Fee for sending points", "Такса за изпращане на точки", "Puan gönderme ücreti"),
    "donate": Words("Given to {name}", "Дарени за {name}", "{name} için bağışlandı"),
    "cause": Words("a good cause", "добра кауза", "bir iyilik"),
    "taken_back": Words(
        "Taken back: nothing of it is left", "Отнети: нищо не остава от тях", "Geri alındı: bundan bir şey kalmadı"
    ),
    "taken_back_part": Words("Partly taken back", "Частично отнети", "Kısmen geri alındı"),
    "receipt": Words("Receipt", "Бележка", "Belge"),
    "print": Words("Print", "Печат", "Yazdır"),
    "download": Words("Download", "Изтегли", "İndir"),
    "sealed": Words("Sealed: seal {number}", "Запечатано: печат {number}", "Mühürlü: {number}. mühür"),
    "unsealed": Words(
        "It is sealed within the hour; then you can keep it as a file that proves itself.",
        "До час ще бъде запечатано; тогава може да го запазите като файл, който сам се доказва.",
        "Bir saat içinde mühürlenir; sonra kendini kanıtlayan bir dosya olarak saklayabilirsiniz.",
    ),
    "number": Words("Number", "Номер", "Numara"),
    "order": Words("Receipt number", "Номер на касовата бележка", "Fiş numarası"),
    "pool_in_mine": Words("Came from your own account", "Дошли от вашата собствена сметка", "Kendi hesabınızdan geldi"),
    "pool_out_mine": Words("Went to your own account", "Отишли във вашата собствена сметка", "Kendi hesabınıza geçti"),
    "pool_in_home": Words("Came from the household", "Дошли от домакинството", "Haneden geldi"),
    "pool_out_home": Words("Went to the household", "Отишли в домакинството", "Haneye geçti"),
    "pool_in_other": Words("Somebody brought them along", "Донесе ги друг човек", "Başka biri getirdi"),
    "pool_out_other": Words("Somebody took them along", "Взе ги друг човек", "Başka biri götürdü"),
    "merge_in": Words(
        "Came from another account of yours", "Дошли от друга ваша сметка", "Başka bir hesabınızdan geldi"
    ),
    "merge_out": Words("Went to another account of yours", "Отишли в друга ваша сметка", "Başka bir hesabınıza geçti"),
}
