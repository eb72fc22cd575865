"""The refusals of the cost book in every language: headline, cause with its facts, cure."""

from typing import Final

SENTENCES: Final[dict[str, dict[str, tuple[str, str, str]]]] = {
    "en": {
        "cost_unknown": (
            "Unknown entry of the cost book",
            "There is no entry {id}.",
            "List the costs to see those there are.",
        ),
        "cost_reversed": (
            "This entry has been taken back",
            "The entry {id} was taken back before.",
            "Tell another one.",
        ),
        "cost_days_invalid": (
            "It is not clear for which days",
            "A cost is for a month, or for the days from one up to, not including, a later one, {most} days at most.",
            "Name a month, or both days.",
        ),
        "cost_rule_unknown": (
            "Unknown rule",
            "No version of the programme has a rule “{rule}”.",
            "Name a rule or campaign by its key, or none for the whole programme.",
        ),
        "costs_too_many": (
            "The cost book is full",
            "It has {most} entries, which is all there can be.",
            "Tell what belongs together as one entry.",
        ),
    },
    "bg": {
        "cost_unknown": (
            "Непознат запис в книгата на разходите",
            "Няма запис {id}.",
            "Вижте списъка с разходите.",
        ),
        "cost_reversed": (
            "Този запис е върнат",
            "Запис {id} вече е бил върнат.",
            "Кажете нов.",
        ),
        "cost_days_invalid": (
            "Не е ясно за кои дни",
            "Разходът е за месец или за дните от един до друг, по-късен, който не влиза, най-много {most} дни.",
            "Посочете месец или двата дни.",
        ),
        "cost_rule_unknown": (
            "Непознато правило",
            "Никоя версия на програмата няма правило „{rule}“.",
            "Посочете правило или кампания по ключ или нищо – за цялата програма.",
        ),
        "costs_too_many": (
            "Книгата на разходите е пълна",
            "В нея има {most} записа, повече не може.",
            "Казвайте в един запис това, което върви заедно.",
        ),
    },
    "tr": {
        "cost_unknown": (
            "Maliyet defterinde bilinmeyen kayıt",
            "{id} diye bir kayıt yok.",
            "Olanları görmek için maliyetleri listeleyin.",
        ),
        "cost_reversed": (
            "Bu kayıt geri alındı",
            "{id} kaydı daha önce geri alındı.",
            "Yeni bir kayıt girin.",
        ),
        "cost_days_invalid": (
            "Hangi günler için olduğu belli değil",
            "Maliyet bir ay içindir ya da bir günden, dahil olmayan daha geç bir güne kadardır; en çok {most} gün.",
            "Bir ay ya da iki günü de yazın.",
        ),
        "cost_rule_unknown": (
            "Bilinmeyen kural",
            "Programın hiçbir sürümünde “{rule}” kuralı yok.",
            "Bir kuralı ya da kampanyayı anahtarıyla yazın; bütün program için boş bırakın.",
        ),
        "costs_too_many": (
            "Maliyet defteri dolu",
            "İçinde {most} kayıt var; daha fazlası olamaz.",
            "Birlikte olanı tek kayıtta söyleyin.",
        ),
    },
}
