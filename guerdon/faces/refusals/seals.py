"""The refusals of seals and receipts in every language: headline, cause with its facts, cure."""

from typing import Final

SENTENCES: Final[dict[str, dict[str, tuple[str, str, str]]]] = {
    "en": {
        "not_sealed_yet": (
            "Not sealed yet",
            "{id} stands in the journal, but under no seal yet.",
            "Ask again in an hour; the worker seals by itself, `guerdon seal` does it now.",
        ),
        "nothing_sealed": (
            "Nothing is sealed yet",
            "The programme has no seal.",
            "Ask again in an hour; the worker seals by itself, `guerdon seal` does it now.",
        ),
        "seal_unknown": (
            "Unknown seal",
            "From this receipt no seal number {number} can be reached.",
            "Name a later seal than its own, one that is there and not too far away.",
        ),
        "receipt_invalid": (
            "No receipt",
            "The file is no receipt: {problem}.",
            "Use the file as `guerdon receipt` or the API gave it.",
        ),
        "head_invalid": (
            "No head",
            "“{got}” is no head.",
            "A head is NUMBER:HASH, or the name of a file that has such heads.",
        ),
    },
    "bg": {
        "not_sealed_yet": (
            "Още не е запечатано",
            "{id} е в журнала, но още не е под печат.",
            "Опитайте след час; работникът запечатва сам, а `guerdon seal` – веднага.",
        ),
        "nothing_sealed": (
            "Още нищо не е запечатано",
            "Програмата няма нито един печат.",
            "Опитайте след час; работникът запечатва сам, а `guerdon seal` – веднага.",
        ),
        "seal_unknown": (
            "Непознат печат",
            "От тази разписка не се стига до печат номер {number}.",
            "Посочете печат след нейния, който съществува и не е твърде далече.",
        ),
        "receipt_invalid": (
            "Това не е разписка",
            "Файлът не е разписка: {problem}.",
            "Използвайте файла така, както са го дали `guerdon receipt` или API.",
        ),
        "head_invalid": (
            "Това не е връх на веригата",
            "„{got}“ не е връх на веригата.",
            "Връх се пише НОМЕР:ХЕШ; може и име на файл с такива върхове.",
        ),
    },
    "tr": {
        "not_sealed_yet": (
            "Henüz mühürlenmedi",
            "{id} defterde, ama henüz bir mührün altında değil.",
            "Bir saat sonra yeniden sorun; işçi kendiliğinden mühürler, `guerdon seal` hemen.",
        ),
        "nothing_sealed": (
            "Henüz hiçbir şey mühürlenmedi",
            "Programın hiç mührü yok.",
            "Bir saat sonra yeniden sorun; işçi kendiliğinden mühürler, `guerdon seal` hemen.",
        ),
        "seal_unknown": (
            "Bilinmeyen mühür",
            "Bu makbuzdan {number} numaralı mühre ulaşılmıyor.",
            "Kendi mühründen sonra gelen, var olan ve çok uzak olmayan bir mühür söyleyin.",
        ),
        "receipt_invalid": (
            "Makbuz değil",
            "Dosya bir makbuz değil: {problem}.",
            "Dosyayı `guerdon receipt` ya da API nasıl verdiyse öyle kullanın.",
        ),
        "head_invalid": (
            "Zincir başı değil",
            "“{got}” bir zincir başı değil.",
            "Zincir başı NUMARA:ÖZET biçimindedir; böyle başları olan bir dosyanın adı da olur.",
        ),
    },
}
