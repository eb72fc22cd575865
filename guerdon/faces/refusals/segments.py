"""The refusals of saved segments in every language: headline, cause with its facts, cure."""

from typing import Final

SENTENCES: Final[dict[str, dict[str, tuple[str, str, str]]]] = {
    "en": {
        "segment_unknown": (
            "No such segment",
            "There is no saved segment “{segment}”.",
            "Check the key, or save it first.",
        ),
        "segment_taken": (
            "Segment exists",
            "There is a segment “{segment}” already.",
            "Change that one, or choose another key.",
        ),
        "segment_outdated": (
            "Changed meanwhile",
            "Somebody changed the segment since you read it: you saw version {expected}, now it is {got}.",
            "Read the segment again and repeat the change on what is there now.",
        ),
        "segment_invalid": (
            "Segment not accepted",
            "At “{pointer}”: {problem} ({problems} in all.)",
            "Correct it: {suggestion}",
        ),
        "segments_full": (
            "Too many segments",
            "A programme has at most {segments_max} saved segments.",
            "Take one away that nobody needs.",
        ),
        "read_too_long": (
            "Takes too long",
            "Looking through all members took longer than one request may.",
            "Try again in {retry_after_seconds} s, or ask for fewer conditions.",
        ),
    },
    "bg": {
        "segment_unknown": (
            "Няма такъв сегмент",
            "Няма запазен сегмент „{segment}“.",
            "Проверете ключа или първо го запазете.",
        ),
        "segment_taken": (
            "Сегментът съществува",
            "Вече има сегмент „{segment}“.",
            "Променете него или изберете друг ключ.",
        ),
        "segment_outdated": (
            "Променен междувременно",
            "Някой промени сегмента, след като го прочетохте: видяхте версия {expected}, сега е {got}.",
            "Прочетете сегмента отново и повторете промяната върху сегашното му състояние.",
        ),
        "segment_invalid": (
            "Сегментът не е приет",
            "При „{pointer}“: {problem} (общо {problems}.)",
            "Поправете го: {suggestion}",
        ),
        "segments_full": (
            "Твърде много сегменти",
            "Една програма има най-много {segments_max} запазени сегмента.",
            "Премахнете някой, който не е нужен.",
        ),
        "read_too_long": (
            "Отнема твърде дълго",
            "Преглеждането на всички членове отне повече време, отколкото може една заявка.",
            "Опитайте отново след {retry_after_seconds} сек. или задайте по-малко условия.",
        ),
    },
    "tr": {
        "segment_unknown": (
            "Böyle bir segment yok",
            "“{segment}” adlı kayıtlı bir segment yok.",
            "Anahtarı denetleyin ya da önce segmenti kaydedin.",
        ),
        "segment_taken": (
            "Segment zaten var",
            "“{segment}” adlı bir segment zaten var.",
            "Onu değiştirin ya da başka bir anahtar seçin.",
        ),
        "segment_outdated": (
            "Bu arada değişti",
            "Siz okuduktan sonra biri segmenti değiştirdi: {expected} sürümünü gördünüz, şimdi {got}.",
            "Segmenti yeniden okuyun ve değişikliği şimdiki haline uygulayın.",
        ),
        "segment_invalid": (
            "Segment kabul edilmedi",
            "“{pointer}” yerinde: {problem} (toplam {problems}.)",
            "Düzeltin: {suggestion}",
        ),
        "segments_full": (
            "Çok fazla segment",
            "Bir programın en fazla {segments_max} kayıtlı segmenti olur.",
            "Kimsenin gerek duymadığı birini kaldırın.",
        ),
        "read_too_long": (
            "Çok uzun sürüyor",
            "Tüm üyelere bakmak bir isteğin sürebileceğinden uzun sürdü.",
            "{retry_after_seconds} sn sonra yeniden deneyin ya da daha az koşul sorun.",
        ),
    },
}
