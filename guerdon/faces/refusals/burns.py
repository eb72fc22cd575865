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
        "burn_too_small": (
            "Worth less",
            "At the unit's rate the burn {id} pays {worth} minor units, not {amount}.",
            "Pay the rest otherwise, or let points pay with “unit”, which takes as many as it needs.",
        ),
        "burn_cancelled": (
            "Cancelled already",
            "Points of this burn have been given back.",
            "The member's statement shows when they came back; an order is paid by another burn.",
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
        "burn_too_small": (
            "Струва по-малко",
            "По курса на единицата харченето {id} плаща {worth} минимални единици, а не {amount}.",
            "Платете останалото по друг начин или платете с точки чрез „unit“, което взема колкото са нужни.",
        ),
        "burn_cancelled": (
            "Вече е отменено",
            "Точки от това харчене са върнати.",
            "Извлечението на члена показва кога са върнати; поръчка се плаща с друго харчене.",
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
        "burn_too_small": (
            "Değeri daha az",
            "Birimin kuruyla {id} harcaması {worth} küçük birim öder, {amount} değil.",
            "Kalanını başka yolla ödeyin ya da gerektiği kadar puan alan “unit” ile ödeyin.",
        ),
        "burn_cancelled": (
            "Zaten iptal edildi",
            "Bu harcamanın puanları geri verildi.",
            "Üyenin hesap özeti ne zaman geri geldiklerini gösterir; sipariş başka bir harcamayla ödenir.",
        ),
        "cancelled_too_much": (
            "Harcanandan fazla",
            "{asked} geri istendi, ama bu harcamadan yalnızca {left} henüz geri gelmedi.",
            "En fazla {left} geri verin; sayı söylenmezse kalanın hepsi geri gelir.",
        ),
    },
}  # fmt: skip
