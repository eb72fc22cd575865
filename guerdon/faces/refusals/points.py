"""The refusals of points in every language: headline, cause with its facts, cure."""

from typing import Final

# What is said instead where the unit is money, as on a gift card.
OF_MONEY: Final[dict[str, dict[str, tuple[str, str, str]]]] = {
    "en": {
        "insufficient_points": (
            "Not enough money",
            "{asked} {unit} were asked for, but only {available} can be spent now.",
            "Spend less, or load more first.",
        ),
    },
    "bg": {
        "insufficient_points": (
            "Парите не стигат",
            "Поискани са {asked} {unit}, а сега могат да се похарчат само {available}.",
            "Похарчете по-малко или първо заредете още.",
        ),
    },
    "tr": {
        "insufficient_points": (
            "Para yetersiz",
            "{asked} {unit} istendi, ama şu anda yalnızca {available} harcanabilir.",
            "Daha azını harcayın ya da önce daha fazla yükleyin.",
        ),
    },
}

SENTENCES: Final[dict[str, dict[str, tuple[str, str, str]]]] = {
    "en": {
        "converts_nothing": (
            "Nothing is given for these points",
            "The rules give nothing for {unit} now, or less than they say, so the points stay what they are.",
            "Look at the rules with “when: converted”: their conditions, periods and budgets.",
        ),
        "insufficient_points": (
            "Not enough points",
            "{asked} {unit} were asked for, but only {available} can be spent now.",
            "Spend less, or wait until pending points become available.",
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
        "pays_nothing": (
            "Purchases can't be paid with it",
            "The programme does not let purchases be paid with {unit}.",
            "Name a unit that has a rate of paying; the programme says which.",
        ),
        "pays_too_little": (
            "Too few points",
            "{amount} were to be paid with {unit}; {points} at once pay {worth}, and fewer can't.",
            "Pay a larger part with points, or none.",
        ),
        "pays_in_steps": (
            "Not in whole steps",
            "{amount} were to be paid with {unit}; whole steps pay {below} or {above}.",
            "Pay an amount that whole steps pay; a quote says which.",
        ),
        "pays_too_much": (
            "Too much of the basket",
            "Of this basket {limit} can be paid with {unit}; {amount} were to be.",
            "Pay the rest otherwise.",
        ),
    },
    "bg": {
        "converts_nothing": (
            "За тези точки не се дава нищо",
            "Сега правилата не дават за {unit} нищо или дават по-малко, отколкото казват; точките остават каквито са.",
            "Вижте правилата с „when: converted“: условията, периодите и бюджетите им.",
        ),
        "insufficient_points": (
            "Точките не стигат",
            "Поискани са {asked} {unit}, а сега могат да се похарчат само {available}.",
            "Похарчете по-малко или изчакайте, докато чакащите точки станат налични.",
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
        "pays_nothing": (
            "С това не се плаща",
            "Програмата не позволява покупки да се плащат с {unit}.",
            "Посочете единица с курс за плащане; програмата казва коя.",
        ),
        "pays_too_little": (
            "Твърде малко точки",
            "С {unit} щяха да се платят {amount}; наведнъж {points} плащат {worth}, не по-малко.",
            "Платете по-голяма част с точки или нищо.",
        ),
        "pays_in_steps": (
            "Не е на цели стъпки",
            "{amount} щяха да се платят с {unit}; целите стъпки плащат {below} или {above}.",
            "Платете сума, която се плаща с цели стъпки; офертата казва коя.",
        ),
        "pays_too_much": (
            "Твърде голяма част от кошницата",
            "От тази кошница с {unit} могат да се платят {limit}, а щяха да са {amount}.",
            "Платете останалото по друг начин.",
        ),
    },
    "tr": {
        "converts_nothing": (
            "Bu puanlar için bir şey verilmiyor",
            "Kurallar şu anda {unit} için bir şey vermiyor ya da söylediğinden az veriyor; puanlar olduğu gibi kalır.",
            "“when: converted” olan kurallara bakın: koşullarına, sürelerine ve bütçelerine.",
        ),
        "insufficient_points": (
            "Puan yetersiz",
            "{asked} {unit} istendi, ama şu anda yalnızca {available} harcanabilir.",
            "Daha azını harcayın ya da bekleyen puanların kullanılabilir olmasını bekleyin.",
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
        "pays_nothing": (
            "Bununla ödenmez",
            "Program alışverişlerin {unit} ile ödenmesine izin vermiyor.",
            "Ödeme oranı olan bir birim yazın; hangisi olduğunu program söyler.",
        ),
        "pays_too_little": (
            "Puan çok az",
            "{amount} {unit} ile ödenecekti; bir kerede {points} {worth} öder, daha azı olmaz.",
            "Daha büyük bir bölümü puanla ödeyin ya da hiç ödemeyin.",
        ),
        "pays_in_steps": (
            "Tam adımlarla değil",
            "{amount} {unit} ile ödenecekti; tam adımlar {below} ya da {above} öder.",
            "Tam adımların ödediği bir tutar ödeyin; hangisi olduğunu teklif söyler.",
        ),
        "pays_too_much": (
            "Sepetin çok büyük bölümü",
            "Bu sepetin {limit} kadarı {unit} ile ödenebilir; {amount} ödenecekti.",
            "Kalanını başka yolla ödeyin.",
        ),
    },
}  # fmt: skip
