"""The refusals of tiers in every language: headline, cause with its facts, cure."""

from typing import Final

SENTENCES: Final[dict[str, dict[str, tuple[str, str, str]]]] = {
    "en": {
        "tier_unknown": (
            "Unknown tier",
            "No ladder of the programme has a tier “{tier}”.",
            "Use one of these: {known}.",
        ),
        "grant_invalid": ("Grant not possible", "At {pointer}: {reason}.", "Correct this place and send it again."),
        "draft_invalid": (
            "The draft has mistakes",
            "The programme file at {pointer} can't be read: {problem}",
            "Correct it; `guerdon programme check` tells every mistake.",
        ),
        "preview_too_large": (
            "Too many members to look at",
            "A draft is tried on {members_max} members in one request, and the programme has more.",
            "`guerdon tiers preview` tries it on all of them.",
        ),
        "grant_unknown": ("Unknown grant", "There is no grant {id}.", "Check the id."),
    },
    "bg": {
        "tier_unknown": (
            "Непознато ниво",
            "Никоя стълбица на програмата няма ниво „{tier}“.",
            "Използвайте някое от тези: {known}.",
        ),
        "grant_invalid": (
            "Нивото не може да се даде",
            "На място {pointer}: {reason}.",
            "Поправете това място и изпратете отново.",
        ),
        "draft_invalid": (
            "Черновата има грешки",
            "Файлът на програмата на място {pointer} не може да се прочете: {problem}",
            "Поправете го; `guerdon programme check` показва всяка грешка.",
        ),
        "preview_too_large": (
            "Твърде много членове",
            "Една заявка изпробва чернова върху {members_max} членове, а програмата има повече.",
            "`guerdon tiers preview` я изпробва върху всички.",
        ),
        "grant_unknown": ("Непознато даване", "Няма даване {id}.", "Проверете идентификатора."),
    },
    "tr": {
        "tier_unknown": (
            "Bilinmeyen seviye",
            "Programın hiçbir basamağında “{tier}” seviyesi yok.",
            "Şunlardan birini kullanın: {known}.",
        ),
        "grant_invalid": ("Seviye verilemez", "{pointer} yerinde: {reason}.", "Bu yeri düzeltip yeniden gönderin."),
        "draft_invalid": (
            "Taslakta hatalar var",
            "{pointer} yerindeki program dosyası okunamıyor: {problem}",
            "Düzeltin; `guerdon programme check` her hatayı gösterir.",
        ),
        "preview_too_large": (
            "Çok fazla üye",
            "Bir istekte bir taslak {members_max} üye üzerinde denenir; programda daha çok üye var.",
            "`guerdon tiers preview` onu hepsinde dener.",
        ),
        "grant_unknown": ("Bilinmeyen seviye hakkı", "{id} diye bir seviye hakkı yok.", "Kimliği denetleyin."),
    },
}
