"""The refusals of figures in every language: headline, cause with its facts, cure."""

from typing import Final

SENTENCES: Final[dict[str, dict[str, tuple[str, str, str]]]] = {
    "en": {
        "kpi_unknown": (
            "There is no such figure",
            "“{kpi}” is no figure; there are {known}.",
            "Name one of them.",
        ),
        "kpi_of_no_store": (
            "This belongs to no store",
            "“{kpi}” is of the whole programme: members and points are of no single store.",
            "Ask without stores.",
        ),
        "kpi_not_exported": (
            "These days are not exported",
            "“{kpi}” is computed of exported months, and those that it needs are not there, or were written before it"
            " was thought of.",
            "Ask for months that are closed and exported: GET /v1/kpis names them.",
        ),
        "month_not_exported": (
            "This month is not exported",
            "{month} is not among the exported months: {known}.",
            "Close it, and a worker exports it; or ask for one that is there: GET /v1/kpis names them.",
        ),
        "ladder_unclear": (
            "Which ladder is meant?",
            "“{ladder}” names none of the ladders on which members had tiers in this month: {known}.",
            "Name one of them.",
        ),
        "insight_missing": (
            "Packages are missing",
            "KPIs of closed months need packages that are not installed.",
            "Who runs the server installs {extra}.",
        ),
        "export_damaged": (
            "The exported months are not right",
            "Nothing is computed of files that are not as they were written: {reason}.",
            "Who runs the server moves the folder away and exports anew: closed months never change.",
        ),
        "figures_period_invalid": (
            "These days can't be counted",
            "From {since} until {until} are no days, or more than {most}; the last day is the one before the end.",
            "Ask for at least one day, and fewer than that.",
        ),
        "paper_not_installed": (
            "No PDF can be made here",
            "What sets reports as PDF is not installed on this server.",
            "Ask for it as HTML, or install guerdon[insight].",
        ),
        "months_invalid": (
            "These months can't be told",
            "{until} lies before {since}, or there are more than {most} months from the one to the other.",
            "Name the first month and a later one, like 2026-01 and 2026-12.",
        ),
    },
    "bg": {
        "kpi_unknown": (
            "Няма такъв показател",
            "„{kpi}“ не е показател; има {known}.",
            "Посочете един от тях.",
        ),
        "kpi_of_no_store": (
            "Това не е на отделен магазин",
            "„{kpi}“ е за цялата програма: членовете и точките не са на един магазин.",
            "Попитайте без магазини.",
        ),
        "kpi_not_exported": (
            "Тези дни не са експортирани",
            "„{kpi}“ се изчислява от експортирани месеци, а нужните ги няма или са записани, преди да бъде въведен.",
            "Поискайте приключени и експортирани месеци: GET /v1/kpis ги изброява.",
        ),
        "month_not_exported": (
            "Този месец не е експортиран",
            "{month} не е сред експортираните месеци: {known}.",
            "Приключете го и ще бъде експортиран, или поискайте наличен: GET /v1/kpis ги изброява.",
        ),
        "ladder_unclear": (
            "Коя стълбица?",
            "„{ladder}“ не е сред стълбиците, на които членовете са имали нива през месеца: {known}.",
            "Посочете една от тях.",
        ),
        "insight_missing": (
            "Липсват пакети",
            "Показателите за приключените месеци изискват пакети, които не са инсталирани.",
            "Който поддържа сървъра, инсталира {extra}.",
        ),
        "export_damaged": (
            "Експортираните месеци не са наред",
            "Нищо не се изчислява от файлове, които не са такива, каквито са записани: {reason}.",
            "Който поддържа сървъра, премества папката и експортира отново: приключените месеци не се променят.",
        ),
        "figures_period_invalid": (
            "Тези дни не могат да се преброят",
            "От {since} до {until} няма дни или са повече от {most}; последният ден е този преди края.",
            "Поискайте поне един ден и не повече от това.",
        ),
        "paper_not_installed": (
            "Тук не може да се направи PDF",
            "На този сървър няма програмата, която подготвя отчетите като PDF.",
            "Поискайте го като HTML или инсталирайте guerdon[insight].",
        ),
        "months_invalid": (
            "Тези месеци не могат да се покажат",
            "{until} е преди {since} или от единия до другия има повече от {most} месеца.",
            "Посочете първия месец и по-късен, например 2026-01 и 2026-12.",
        ),
    },
    "tr": {
        "kpi_unknown": (
            "Böyle bir gösterge yok",
            "“{kpi}” bir gösterge değil; olanlar: {known}.",
            "Bunlardan birini yazın.",
        ),
        "kpi_of_no_store": (
            "Bu tek bir mağazaya ait değil",
            "“{kpi}” tüm programa aittir: üyeler ve puanlar tek bir mağazanın değildir.",
            "Mağaza belirtmeden sorun.",
        ),
        "kpi_not_exported": (
            "Bu günler dışa aktarılmamış",
            "“{kpi}” dışa aktarılan aylardan hesaplanır; gereken aylar yok ya da gösterge düşünülmeden önce yazılmış.",
            "Kapanmış ve dışa aktarılmış ayları isteyin: GET /v1/kpis onları sayar.",
        ),
        "month_not_exported": (
            "Bu ay dışa aktarılmamış",
            "{month}, dışa aktarılan aylar arasında değil: {known}.",
            "Ayı kapatın, dışa aktarılır; ya da var olan bir ayı isteyin: GET /v1/kpis onları sayar.",
        ),
        "ladder_unclear": (
            "Hangi merdiven?",
            "“{ladder}”, bu ayda üyelerin seviye aldığı merdivenlerden biri değil: {known}.",
            "Bunlardan birini yazın.",
        ),
        "insight_missing": (
            "Paketler eksik",
            "Kapanan ayların göstergeleri, kurulu olmayan paketler ister.",
            "Sunucuyu işleten {extra} kurar.",
        ),
        "export_damaged": (
            "Dışa aktarılan aylar düzgün değil",
            "Yazıldığı gibi olmayan dosyalardan hiçbir şey hesaplanmaz: {reason}.",
            "Sunucuyu işleten klasörü taşır ve yeniden dışa aktarır: kapanan aylar hiç değişmez.",
        ),
        "figures_period_invalid": (
            "Bu günler sayılamaz",
            "{since} ile {until} arasında gün yok ya da {most} günden fazla; son gün, bitişten önceki gündür.",
            "En az bir gün ve bundan azını isteyin.",
        ),
        "paper_not_installed": (
            "Burada PDF hazırlanamıyor",
            "Raporları PDF olarak hazırlayan yazılım bu sunucuda kurulu değil.",
            "HTML olarak isteyin ya da guerdon[insight] kurun.",
        ),
        "months_invalid": (
            "Bu aylar gösterilemez",
            "{until}, {since} ayından önce ya da ikisi arasında {most} aydan fazla var.",
            "İlk ayı ve daha sonraki bir ayı yazın: 2026-01 ve 2026-12 gibi.",
        ),
    },
}
