"""The refusals of points in every language: headline, cause with its facts, cure."""

from typing import Final

SENTENCES: Final[dict[str, dict[str, tuple[str, str, str]]]] = {
    "en": {
        "insufficient_points": (
            "Not enough points",
            "{asked} {unit} were asked for, but only {available} can be spent now.",
            "Ask for less, or wait until pending points become available.",
        ),
        "unit_not_spendable": (
            "These points cannot be spent",
            "{unit} can't be spent: the unit is only counted.",
            "Name a unit that members can spend; the programme lists them.",
        ),
        "points_invalid": (
            "Points not accepted",
            "{points} is no number of points to give or take: {reason}.",
            "Send a whole number in the unit's smallest step.",
        ),
        "reason_missing": (
            "Reason needed",
            "Points given or taken by hand need a reason.",
            "Say why in “reason”.",
        ),
        "unit_unknown": (
            "Unknown unit",
            "The programme does not count in “{unit}”.",
            "Use one of these: {known}.",
        ),
    },
    "bg": {
        "insufficient_points": (
            "Точките не стигат",
            "Поискани са {asked} {unit}, а сега могат да се похарчат само {available}.",
            "Поискайте по-малко или изчакайте, докато чакащите точки станат налични.",
        ),
        "points_invalid": (
            "Точките не са приети",
            "Не може да се дадат или отнемат {points} точки: {reason}.",
            "Изпратете цяло число в най-малката стъпка на единицата.",
        ),
        "reason_missing": (
            "Нужна е причина",
            "Точки се дават и отнемат ръчно само с причина.",
            "Напишете защо в „reason“.",
        ),
        "unit_not_spendable": (
            "Единицата не се харчи",
            "{unit} не може да се харчи: тази единица само се брои.",
            "Похарчете някоя от единиците, които се харчат (redeemable).",
        ),
        "unit_unknown": (
            "Непозната единица",
            "Програмата не брои в „{unit}“.",
            "Използвайте една от тези: {known}.",
        ),
    },
    "tr": {
        "insufficient_points": (
            "Puan yetersiz",
            "{asked} {unit} istendi, ama şu anda yalnızca {available} harcanabilir.",
            "Daha azını isteyin ya da bekleyen puanların kullanılabilir olmasını bekleyin.",
        ),
        "points_invalid": (
            "Puan kabul edilmedi",
            "{points} puan verilemez ya da alınamaz: {reason}.",
            "Birimin en küçük adımında bir tam sayı gönderin.",
        ),
        "reason_missing": (
            "Gerekçe gerekli",
            "Elle verilen ya da alınan puan için gerekçe gerekir.",
            "Nedenini “reason” alanına yazın.",
        ),
        "unit_not_spendable": (
            "Harcanamayan birim",
            "{unit} harcanamaz: bu birim yalnızca sayılır.",
            "Harcanabilir (redeemable) birimlerden birini kullanın.",
        ),
        "unit_unknown": (
            "Bilinmeyen birim",
            "Program “{unit}” birimiyle saymıyor.",
            "Şunlardan birini kullanın: {known}.",
        ),
    },
}  # fmt: skip
