"""The refusals of what-ifs in every language: headline, cause with its facts, cure."""

from typing import Final

SENTENCES: Final[dict[str, dict[str, tuple[str, str, str]]]] = {
    "en": {
        "simulation_unknown": (
            "Unknown what-if",
            "There is no what-if {id}.",
            "List the what-ifs to see those there are.",
        ),
        "simulation_period_invalid": (
            "These days can’t be looked at",
            "From {since} until {until} are no days, more than {months} months, days before {first}, when the programme"
            " began, or days that are not over: it is {today}.",
            "Name a first day and the day after the last one, both in the past.",
        ),
        "scenario_unknown": (
            "Unknown scenario",
            "The what-if {id} has no scenario {scenario}.",
            "Read the what-if: its scenarios are numbered from 0, once there is an answer.",
        ),
        "simulations_too_many": (
            "Too many what-ifs at once",
            "{most} what-ifs are on their way already.",
            "Wait for one of them, or take one away.",
        ),
    },
    "bg": {
        "simulation_unknown": (
            "Непознато „Какво, ако“",
            "Няма „Какво, ако“ {id}.",
            "Вижте списъка с наличните.",
        ),
        "simulation_period_invalid": (
            "Тези дни не могат да се разгледат",
            "От {since} до {until} няма дни, има повече от {months} месеца, има дни преди {first}, когато програмата е"
            " започнала, или дни, които не са приключили: днес е {today}.",
            "Посочете първи ден и деня след последния, и двата в миналото.",
        ),
        "scenario_unknown": (
            "Непознат вариант",
            "„Какво, ако“ {id} няма вариант {scenario}.",
            "Прочетете отговора: вариантите му са номерирани от 0, щом има отговор.",
        ),
        "simulations_too_many": (
            "Твърде много наведнъж",
            "Вече се изчисляват {most}.",
            "Изчакайте някое от тях или премахнете някое.",
        ),
    },
    "tr": {
        "simulation_unknown": (
            "Bilinmeyen soru",
            "{id} diye bir “Ya şöyle olsaydı” yok.",
            "Olanları görmek için listeye bakın.",
        ),
        "simulation_period_invalid": (
            "Bu günlere bakılamaz",
            "{since} ile {until} arasında gün yok, {months} aydan fazla var, programın başladığı {first} gününden"
            " önceki günler var ya da henüz bitmemiş günler var: bugün {today}.",
            "İkisi de geçmişte olan bir ilk gün ve son günden sonraki günü yazın.",
        ),
        "scenario_unknown": (
            "Bilinmeyen senaryo",
            "{id} sorusunun {scenario} numaralı senaryosu yok.",
            "Soruyu okuyun: yanıt gelince senaryoları 0’dan başlayarak numaralanır.",
        ),
        "simulations_too_many": (
            "Aynı anda çok fazla",
            "Zaten {most} soru hesaplanıyor.",
            "Birini bekleyin ya da birini kaldırın.",
        ),
    },
}
