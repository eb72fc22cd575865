"""The refusals of sweeps and forecasts in every language: headline, cause with its facts, cure."""

from typing import Final

SENTENCES: Final[dict[str, dict[str, tuple[str, str, str]]]] = {
    "en": {
        "vary_invalid": (
            "This does not say what to vary",
            "“{told}” names no place of the programme file with values for it.",
            "Write it like rules.base.then.0.points.give=1,2,3.",
        ),
        "vary_twice": (
            "The same place is varied twice",
            "Values are told for {pointer} twice.",
            "Put all values of a place together.",
        ),
        "scenarios_too_many": (
            "That would be too many scenarios",
            "All values together make {scenarios} combinations; {most} are possible.",
            "Vary fewer places, or fewer values of each.",
        ),
        "metric_unknown": (
            "There is no such metric",
            "“{metric}” is no metric; there are {known}.",
            "Name one of them.",
        ),
        "history_too_short": (
            "The history is too short to look ahead",
            "It has {months} months; at least {least} are needed, so that whole blocks of them can be drawn.",
            "Import what happened earlier, draw shorter blocks, or wait.",
        ),
    },
    "bg": {
        "vary_invalid": (
            "Не се разбира какво да се променя",
            "„{told}“ не посочва място в програмния файл със стойности за него.",
            "Напишете го така: rules.base.then.0.points.give=1,2,3.",
        ),
        "vary_twice": (
            "Едно и също място е посочено два пъти",
            "За {pointer} са дадени стойности два пъти.",
            "Съберете всички стойности за едно място заедно.",
        ),
        "scenarios_too_many": (
            "Сценариите биха били твърде много",
            "Всички стойности заедно дават {scenarios} комбинации; възможни са {most}.",
            "Променяйте по-малко места или по-малко стойности за всяко.",
        ),
        "metric_unknown": (
            "Няма такава мярка",
            "„{metric}“ не е мярка; има {known}.",
            "Посочете една от тях.",
        ),
        "history_too_short": (
            "Историята е твърде кратка за поглед напред",
            "Тя има {months} месеца; нужни са поне {least}, за да могат да се теглят цели блокове от тях.",
            "Внесете и по-ранното, теглете по-къси блокове или изчакайте.",
        ),
    },
    "tr": {
        "vary_invalid": (
            "Neyin değiştirileceği anlaşılmıyor",
            "“{told}”, program dosyasında değerleriyle birlikte bir yer göstermiyor.",
            "Şöyle yazın: rules.base.then.0.points.give=1,2,3.",
        ),
        "vary_twice": (
            "Aynı yer iki kez değiştiriliyor",
            "{pointer} için iki kez değer verilmiş.",
            "Bir yerin tüm değerlerini bir arada yazın.",
        ),
        "scenarios_too_many": (
            "Bu kadar senaryo çok fazla olur",
            "Tüm değerler birlikte {scenarios} birleşim ediyor; en çok {most} olabilir.",
            "Daha az yeri ya da her birinin daha az değerini değiştirin.",
        ),
        "metric_unknown": (
            "Böyle bir ölçü yok",
            "“{metric}” bir ölçü değil; olanlar: {known}.",
            "Bunlardan birini yazın.",
        ),
        "history_too_short": (
            "Geçmiş, ileriye bakmak için çok kısa",
            "{months} ay var; içinden bütün bloklar çekilebilmesi için en az {least} ay gerekir.",
            "Daha eskisini içe aktarın, daha kısa bloklar çekin ya da bekleyin.",
        ),
    },
}
