"""The refusals of adjustments in every language: headline, cause with its facts, cure."""

from typing import Final

SENTENCES: Final[dict[str, dict[str, tuple[str, str, str]]]] = {
    "en": {
        "adjustment_decided": (
            "Already decided",
            "This adjustment does not wait for anybody: it is {state}.",
            "Read it to see what came of it, and put a mistake right with a new adjustment.",
        ),
        "adjustments_too_many": (
            "Too many rows",
            "{file} has more than {most} adjustments.",
            "Split the file.",
        ),
        "own_adjustment": (
            "Second person needed",
            "Nobody decides on an adjustment they asked for themselves.",
            "Let somebody else approve or reject it, with a key of their own.",
        ),
        "reason_unknown": (
            "Unknown reason",
            "The programme has no reason “{reason}”.",
            "Use one of these codes: {known}. A free text may stand in “note”.",
        ),
    },
    "bg": {
        "adjustment_decided": (
            "Вече е решено",
            "Тази корекция не чака никого; състоянието ѝ е: {state}.",
            "Прочетете я, за да видите какво е станало, и поправете грешката с нова корекция.",
        ),
        "adjustments_too_many": (
            "Твърде много редове",
            "{file} има повече от {most} корекции.",
            "Разделете файла.",
        ),
        "own_adjustment": (
            "Нужен е втори човек",
            "Никой не решава по корекция, която сам е поискал.",
            "Нека друг я одобри или отхвърли със свой ключ.",
        ),
        "reason_unknown": (
            "Непозната причина",
            "Програмата няма причина „{reason}“.",
            "Използвайте един от тези кодове: {known}. Свободен текст може да стои в „note“.",
        ),
    },
    "tr": {
        "adjustment_decided": (
            "Karar verilmiş",
            "Bu düzeltme kimseyi beklemiyor; durumu: {state}.",
            "Ne olduğunu görmek için okuyun, yanlışı yeni bir düzeltmeyle giderin.",
        ),
        "adjustments_too_many": (
            "Çok fazla satır",
            "{file} dosyasında {most} düzeltmeden fazlası var.",
            "Dosyayı bölün.",
        ),
        "own_adjustment": (
            "İkinci kişi gerekli",
            "Kimse kendi istediği düzeltmeye karar veremez.",
            "Başka biri kendi anahtarıyla onaylasın ya da reddetsin.",
        ),
        "reason_unknown": (
            "Bilinmeyen gerekçe",
            "Programda “{reason}” gerekçesi yok.",
            "Şu kodlardan birini kullanın: {known}. Serbest metin “note” alanına yazılabilir.",
        ),
    },
}  # fmt: skip
