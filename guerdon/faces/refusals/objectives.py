"""The refusals of objectives in every language: headline, cause with its facts, cure."""

from typing import Final

SENTENCES: Final[dict[str, dict[str, tuple[str, str, str]]]] = {
    "en": {
        "objective_unknown": (
            "Unknown objective",
            "There is no objective {id}.",
            "List the objectives to see those there are.",
        ),
        "objective_ended": (
            "This objective has been ended",
            "The objective {id} was ended before.",
            "Set another one.",
        ),
        "objective_unfit": (
            "No objective can be set for this KPI",
            "“{kpi}” has many numbers a month, not one.",
            "Choose a KPI that is neither projected nor told by cohort.",
        ),
        "objective_of_unclear": (
            "It is not clear of what",
            "“{kpi}” is told by: {of}. One of them is missing, or there is no such thing in the programme.",
            "Name each of them, in this order.",
        ),
        "objective_months_invalid": (
            "These are no months for an objective",
            "An objective goes from a first month to a last one that is not over – it is {month} – and over {most}"
            " months at most.",
            "Choose other months.",
        ),
        "objective_baseline_invalid": (
            "This is no baseline",
            "A baseline is the same months of the year before, or else a first and a last month before {month}, {most}"
            " months at most.",
            "Choose one of the two.",
        ),
        "objective_target_invalid": (
            "This target leads nowhere",
            "{target} hundredths of a percent are no change, or less than nothing would be left.",
            "Name a change other than nought, −100 % at least.",
        ),
        "objectives_too_many": (
            "Too many objectives",
            "{most} objectives are open, which is all there can be.",
            "End one of them.",
        ),
    },
    "bg": {
        "objective_unknown": (
            "Непозната цел",
            "Няма цел {id}.",
            "Вижте списъка с целите.",
        ),
        "objective_ended": (
            "Тази цел е прекратена",
            "Цел {id} вече е била прекратена.",
            "Поставете нова.",
        ),
        "objective_unfit": (
            "За този показател не може да се постави цел",
            "„{kpi}“ има много числа на месец, а не едно.",
            "Изберете показател, който не е прогноза и не е по кохорти.",
        ),
        "objective_of_unclear": (
            "Не е ясно за какво",
            "„{kpi}“ се казва по: {of}. Някое липсва или го няма в програмата.",
            "Посочете всяко от тях в този ред.",
        ),
        "objective_months_invalid": (
            "Тези месеци не са за цел",
            "Целта върви от първи до последен месец, който не е приключил – сега е {month} –, най-много {most} месеца.",
            "Изберете други месеци.",
        ),
        "objective_baseline_invalid": (
            "Това не е база за сравнение",
            "Базата са същите месеци на предходната година или първи и последен месец преди {month}, най-много {most}"
            " месеца.",
            "Изберете едно от двете.",
        ),
        "objective_target_invalid": (
            "Тази цел не води никъде",
            "{target} стотни от процента не са промяна или биха оставили по-малко от нищо.",
            "Посочете промяна, различна от нула, най-малко −100 %.",
        ),
        "objectives_too_many": (
            "Твърде много цели",
            "Има {most} действащи цели, повече не може.",
            "Прекратете някоя.",
        ),
    },
    "tr": {
        "objective_unknown": (
            "Bilinmeyen hedef",
            "{id} diye bir hedef yok.",
            "Olanları görmek için hedefleri listeleyin.",
        ),
        "objective_ended": (
            "Bu hedef sonlandırıldı",
            "{id} hedefi daha önce sonlandırıldı.",
            "Yeni bir hedef koyun.",
        ),
        "objective_unfit": (
            "Bu gösterge için hedef konamaz",
            "“{kpi}” göstergesinin ayda bir değil, birçok sayısı var.",
            "Tahmin olmayan ve kohortlara göre söylenmeyen bir gösterge seçin.",
        ),
        "objective_of_unclear": (
            "Neyin hedefi olduğu belli değil",
            "“{kpi}” şunlara göre söylenir: {of}. Biri eksik ya da programda yok.",
            "Her birini bu sırayla yazın.",
        ),
        "objective_months_invalid": (
            "Bunlar bir hedefin ayları olamaz",
            "Hedef bir ilk aydan, henüz bitmemiş bir son aya gider – şu an {month} – ve en çok {most} ay sürer.",
            "Başka aylar seçin.",
        ),
        "objective_baseline_invalid": (
            "Bu bir karşılaştırma dönemi değil",
            "Karşılaştırma ya önceki yılın aynı aylarıyladır ya da {month} ayından önceki bir ilk ve son ayla, en çok"
            " {most} ayla.",
            "İkisinden birini seçin.",
        ),
        "objective_target_invalid": (
            "Bu hedef bir yere götürmüyor",
            "Yüzdenin {target} yüzde biri bir değişim değil ya da geriye sıfırdan azı kalırdı.",
            "Sıfırdan farklı, en az −%100 olan bir değişim yazın.",
        ),
        "objectives_too_many": (
            "Çok fazla hedef",
            "{most} açık hedef var; daha fazlası olamaz.",
            "Birini sonlandırın.",
        ),
    },
}
