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
        "working_not_exported": (
            "These days are not exported",
            "What does not work is told of exported months, and those that it needs are not there, or were written"
            " before it was thought of.",
            "Ask for months that are closed and exported, or export anew: guerdon insight export.",
        ),
        "nobody_held_out": (
            "Nobody is held out",
            "What campaigns are worth is measured by members who go without them, and there are none.",
            "Hold a few members out in the programme file, or ask for what changed for some: GET /v1/roi/beside/MONTH.",
        ),
        "roi_too_early": (
            "It is too early to measure this",
            "Members were not held out all these days, or no whole month of it is exported yet.",
            "Ask for days since members are held out, or wait for the next closed month.",
        ),
        "roi_too_few": (
            "There are too few to measure",
            "One side has too few members or stores, or nobody differs from anybody.",
            "Ask for more months, or put more members on the smaller side.",
        ),
        "roi_not_exported": (
            "These days are not exported",
            "What campaigns are worth is measured on exported months, and those that it needs are not there, or were"
            " written before members could be held out.",
            "Ask for months that are closed and exported, or export anew: guerdon insight export.",
        ),
        "beside_outside": (
            "It does not begin in these months",
            "{month} is none of the exported months asked about, or the first of them: there must be a month before.",
            "Name a later month, or ask for earlier days, too.",
        ),
        "beside_nobody": (
            "It is not told who has it",
            "What changed for some is measured beside all others, and no store, tier or segment was named.",
            "Name stores, tiers or segments.",
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
        "working_not_exported": (
            "Тези дни не са експортирани",
            "Какво не работи се казва за експортирани месеци, а нужните ги няма или са записани, преди да бъде"
            " въведено.",
            "Поискайте приключени и експортирани месеци или ги експортирайте наново: guerdon insight export.",
        ),
        "nobody_held_out": (
            "Никой не е извън кампаниите",
            "Какво струват кампаниите се измерва по членове без тях, а такива няма.",
            "Оставете няколко членове отвън в програмния файл или попитайте за промяната при едни: GET"
            " /v1/roi/beside/MONTH.",
        ),
        "roi_too_early": (
            "Рано е да се измери",
            "През тези дни не винаги е имало членове отвън или още няма цял експортиран месец оттогава.",
            "Поискайте дни, откакто има членове отвън, или изчакайте следващия приключен месец.",
        ),
        "roi_too_few": (
            "Твърде малко са за измерване",
            "Едната страна има твърде малко членове или магазини, или никой не се различава от останалите.",
            "Поискайте повече месеци или добавете членове към по-малката страна.",
        ),
        "roi_not_exported": (
            "Тези дни не са експортирани",
            "Какво струват кампаниите се измерва по експортирани месеци, а нужните ги няма или са записани, преди да"
            " има контролна група.",
            "Поискайте приключени и експортирани месеци или ги експортирайте наново: guerdon insight export.",
        ),
        "beside_outside": (
            "Не започва в тези месеци",
            "{month} не е сред експортираните месеци, за които питате, или е първият: трябва да има месец преди него.",
            "Посочете по-късен месец или поискайте и по-ранни дни.",
        ),
        "beside_nobody": (
            "Не е казано кой го има",
            "Промяната при едни се мери спрямо останалите, а не е посочен магазин, ниво или сегмент.",
            "Посочете магазини, нива или сегменти.",
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
        "working_not_exported": (
            "Bu günler dışa aktarılmamış",
            "Neyin işe yaramadığı dışa aktarılan aylardan söylenir; gereken aylar yok ya da bu düşünülmeden önce"
            " yazılmış.",
            "Kapanmış ve dışa aktarılmış ayları isteyin ya da yeniden dışa aktarın: guerdon insight export.",
        ),
        "nobody_held_out": (
            "Kimse dışarıda tutulmuyor",
            "Kampanyaların değeri, kampanyasız üyelerle ölçülür; öyle üye yok.",
            "Program dosyasında birkaç üyeyi dışarıda tutun ya da bazıları için neyin değiştiğini sorun: GET"
            " /v1/roi/beside.",
        ),
        "roi_too_early": (
            "Bunu ölçmek için erken",
            "Bu günlerin hepsinde üye dışarıda tutulmamış ya da henüz dışa aktarılmış tam bir ay yok.",
            "Üyeler dışarıda tutulalı beri geçen günleri isteyin ya da bir sonraki ayın kapanmasını bekleyin.",
        ),
        "roi_too_few": (
            "Ölçmek için çok az",
            "Bir tarafta çok az üye ya da mağaza var veya kimse kimseden farklı değil.",
            "Daha çok ay isteyin ya da küçük tarafa üye ekleyin.",
        ),
        "roi_not_exported": (
            "Bu günler dışa aktarılmamış",
            "Kampanyaların değeri dışa aktarılan aylarda ölçülür; gereken aylar yok ya da üyeler dışarıda"
            " tutulabilmeden önce yazılmış.",
            "Kapanmış ve dışa aktarılmış ayları isteyin ya da yeniden dışa aktarın: guerdon insight export.",
        ),
        "beside_outside": (
            "Bu aylarda başlamıyor",
            "{month}, sorulan dışa aktarılmış aylardan biri değil ya da ilki: öncesinde bir ay olmalı.",
            "Daha sonraki bir ayı yazın ya da daha eski günleri de isteyin.",
        ),
        "beside_nobody": (
            "Kimde olduğu söylenmemiş",
            "Bazıları için değişim ötekilerin yanında ölçülür; mağaza, seviye ya da segment yazılmamış.",
            "Mağaza, seviye ya da segment yazın.",
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
