"""The refusals of burns in every language: headline, cause with its facts, cure."""

from typing import Final

SENTENCES: Final[dict[str, dict[str, tuple[str, str, str]]]] = {
    "en": {
        "burn_unknown": (
            "No such burn",
            "There is no burn {id} in this programme.",
            "Use the id that the burn was answered with; it begins with brn_.",
        ),
        "burn_bound": (
            "Part of something else",
            "These points paid for an order, or became something else, which would go on without them.",
            "Bring the order back, and its points come back with it; what was converted stays converted.",
        ),
        "burn_spent": (
            "It pays already",
            "The burn {id} pays another tender already.",
            "Burn points for each tender, or let points pay with “unit”.",
        ),
        "burn_cancelled": (
            "Cancelled already",
            "All points of this burn have been given back.",
            "Nothing is left to do; the member's statement shows when they came back.",
        ),
        "cancelled_too_much": (
            "More than was burned",
            "{asked} were to be given back, but only {left} of this burn have not come back yet.",
            "Give back {left} or less; without a number, all that is left comes back.",
        ),
    },
    "bg": {
        "burn_unknown": (
            "Няма такова харчене",
            "В програмата няма харчене {id}.",
            "Използвайте идентификатора от отговора на харченето; започва с brn_.",
        ),
        "burn_bound": (
            "Част от нещо друго",
            "С тези точки е платена поръчка или те са станали нещо друго, което би продължило без тях.",
            "Върнете поръчката, и точките ѝ се връщат с нея; превърнатото остава превърнато.",
        ),
        "burn_spent": (
            "Вече плаща",
            "Харченето {id} вече плаща друго плащане.",
            "Похарчете точки за всяко плащане или платете с точки чрез „unit“.",
        ),
        "burn_cancelled": (
            "Вече е отменено",
            "Всички точки от това харчене са върнати.",
            "Няма какво повече да се прави; извлечението на члена показва кога са върнати.",
        ),
        "cancelled_too_much": (
            "Повече, отколкото е похарчено",
            "Поискано е да се върнат {asked}, а от това харчене остават невърнати само {left}.",
            "Върнете най-много {left}; без число се връща всичко останало.",
        ),
    },
    "tr": {
        "burn_unknown": (
            "Böyle bir harcama yok",
            "Bu programda {id} harcaması yok.",
            "Harcamanın yanıtındaki kimliği kullanın; brn_ ile başlar.",
        ),
        "burn_bound": (
            "Başka bir şeyin parçası",
            "Bu puanlarla bir sipariş ödendi ya da bunlar başka bir şeye dönüştü; o, puansız sürüp giderdi.",
            "Siparişi iade edin, puanları da onunla geri gelir; dönüştürülen dönüştürülmüş kalır.",
        ),
        "burn_spent": (
            "Zaten ödüyor",
            "{id} harcaması zaten başka bir ödemeyi karşılıyor.",
            "Her ödeme için puan harcayın ya da “unit” ile puanla ödeyin.",
        ),
        "burn_cancelled": (
            "Zaten iptal edildi",
            "Bu harcamanın bütün puanları geri verildi.",
            "Yapılacak bir şey kalmadı; üyenin hesap özeti ne zaman geri geldiklerini gösterir.",
        ),
        "cancelled_too_much": (
            "Harcanandan fazla",
            "{asked} geri istendi, ama bu harcamadan yalnızca {left} henüz geri gelmedi.",
            "En fazla {left} geri verin; sayı söylenmezse kalanın hepsi geri gelir.",
        ),
    },
}  # fmt: skip
