"""The refusals of holds in every language: headline, cause with its facts, cure."""

from typing import Final

SENTENCES: Final[dict[str, dict[str, tuple[str, str, str]]]] = {
    "en": {
        "hold_unknown": (
            "No such hold",
            "There is no hold {id} in this programme.",
            "Use the id that the hold was answered with; it begins with hol_.",
        ),
        "hold_ended": (
            "The hold has ended",
            "This hold is over: {state}.",
            "Read the hold to see what became of it; make a new one if the points are needed still.",
        ),
        "hold_time_invalid": (
            "Time to live not accepted",
            "The hold can't end then: {reason}.",
            "Say ttl as one of minutes, hours or days, or ends_at: at least {least} seconds, at most {most} days.",
        ),
        "capture_too_large": (
            "More than is held",
            "{asked} were to be captured, but only {open} are still held.",
            "Capture {open} or less, or leave “points” out for all of them.",
        ),
        "holds_too_many": (
            "Too many open holds",
            "A member can have at most {most} open holds.",
            "Capture or release some of them first.",
        ),
    },
    "bg": {
        "hold_unknown": (
            "Няма такова задържане",
            "В програмата няма задържане {id}.",
            "Използвайте идентификатора от отговора на задържането; започва с hol_.",
        ),
        "hold_ended": (
            "Задържането е приключило",
            "Това задържане е приключило: {state}.",
            "Прочетете задържането, за да видите какво е станало; направете ново, ако точките още са нужни.",
        ),
        "hold_time_invalid": (
            "Срокът не е приет",
            "Задържането не може да свърши тогава: {reason}.",
            "Посочете ttl с minutes, hours или days, или ends_at: поне {least} секунди, най-много {most} дни.",
        ),
        "capture_too_large": (
            "Повече, отколкото е задържано",
            "Поискани са {asked}, а задържани са още само {open}.",
            "Поискайте най-много {open} или пропуснете „points“ за всички.",
        ),
        "holds_too_many": (
            "Твърде много задържания",
            "Един член може да има най-много {most} отворени задържания.",
            "Първо приключете някои от тях.",
        ),
    },
    "tr": {
        "hold_unknown": (
            "Böyle bir ayırma yok",
            "Bu programda {id} ayırması yok.",
            "Ayırmanın yanıtındaki kimliği kullanın; hol_ ile başlar.",
        ),
        "hold_ended": (
            "Ayırma sona erdi",
            "Bu ayırma sona erdi: {state}.",
            "Ne olduğunu görmek için ayırmayı okuyun; puanlar hâlâ gerekliyse yenisini yapın.",
        ),
        "hold_time_invalid": (
            "Süre kabul edilmedi",
            "Ayırma o zaman sona eremez: {reason}.",
            "ttl (minutes, hours ya da days) veya ends_at verin: en az {least} saniye, en çok {most} gün.",
        ),
        "capture_too_large": (
            "Ayrılandan fazla",
            "{asked} istendi, ama yalnızca {open} hâlâ ayrılmış durumda.",
            "En fazla {open} isteyin ya da hepsi için “points” alanını boş bırakın.",
        ),
        "holds_too_many": (
            "Çok fazla açık ayırma",
            "Bir üyenin en çok {most} açık ayırması olabilir.",
            "Önce bazılarını sonuçlandırın.",
        ),
    },
}  # fmt: skip
