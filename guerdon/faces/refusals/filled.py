"""Why what stands in a form is not right, for whoever fills it in: a form has no keys, types or mappings."""

from typing import Final

from guerdon.core import limits
from guerdon.faces.refusals import grammar
from guerdon.faces.words.text import Words

REASONS: Final[dict[str, Words]] = {
    "wrong_type": Words(
        "This can’t be read here; please look at the hint.",
        "Това не може да се прочете тук; погледнете подсказката.",
        "Bu burada okunamıyor; lütfen ipucuna bakın.",
    ),
    "unknown_key": Words(
        "One of the words here is not known.",
        "Една от думите тук не е позната.",
        "Buradaki sözcüklerden biri bilinmiyor.",
    ),
    "missing_key": Words("Something is still missing here.", "Тук още липсва нещо.", "Burada hâlâ bir şey eksik."),
    "needs_one": Words(
        "Please fill in at least one of these.", "Попълнете поне едно от тези.", "Bunlardan en az birini doldurun."
    ),
    "either_or": Words(
        "Please fill in only one of these.", "Попълнете само едно от тези.", "Bunlardan yalnız birini doldurun."
    ),
    "one_key": Words(
        "Each line says exactly one thing.", "Всеки ред казва точно едно нещо.", "Her satır tam bir şey söyler."
    ),
    "empty": Words("Please fill this in.", "Моля, попълнете.", "Lütfen doldurun."),
    "too_deep": Words(
        "There are too many levels below each other; make two rules of it.",
        "Нивата едно под друго са твърде много; направете две правила.",
        "İç içe çok fazla düzey var; bundan iki kural yapın.",
    ),
    "bad_text": Words(
        "Please write it on one line, without blanks before and after it.",
        "Напишете го на един ред, без интервали преди и след него.",
        "Tek satırda, başında ve sonunda boşluk olmadan yazın.",
    ),
    "bad_key": Words(
        f"At most {limits.KEY_CHARS_MAX} small Latin letters, digits, “_” and “-” are possible, and a letter at the "
        "beginning.",
        f"Може най-много {limits.KEY_CHARS_MAX} малки латински букви, цифри, „_“ и „-“, с буква в началото.",
        f"En çok {limits.KEY_CHARS_MAX} küçük Latin harfi, rakam, “_” ve “-” olabilir; başta bir harf olur.",
    ),
    "not_a_number": Words(
        "Please write a number here, like 12 or 0.5.",
        "Напишете число, например 12 или 0,5.",
        "Bir sayı yazın, örneğin 12 ya da 0,5.",
    ),
    "not_a_date": Words("Please choose a day.", "Изберете ден.", "Bir gün seçin."),
    "not_a_time": Words(
        "Please write a time like 14:30.", "Напишете час като 14:30.", "14:30 gibi bir saat yazın."
    ),
    "not_a_moment": Words(
        "Please choose a day and a time.", "Изберете ден и час.", "Bir gün ve saat seçin."
    ),
    "not_a_colour": Words(
        "Please choose a colour.", "Изберете цвят.", "Bir renk seçin."
    ),
    "bad_link": Words(
        "Please write the whole address, beginning with https://.",
        "Напишете целия адрес, започващ с https://.",
        "Adresi https:// ile başlayarak tam yazın.",
    ),
    "unknown_word": Words(
        "Please choose one of the words that are offered.", "Изберете една от предложените думи.",
        "Önerilen sözcüklerden birini seçin.",
    ),
    "language_missing": Words(
        "Please give it a name in this language, too.", "Дайте име и на този език.", "Bu dilde de bir ad verin."
    ),
    "kind_reserved": Words(
        "Rules can’t ask for this.", "Правилата не могат да питат за това.", "Kurallar bunu soramaz."
    ),
    "window_empty": Words(
        "The end must come after the beginning.", "Краят трябва да е след началото.", "Bitiş başlangıçtan sonra olmalı."
    ),
    "benefit_number": Words(
        "This benefit needs its own number, and no other.",
        "Това предимство иска своето число и никое друго.",
        "Bu ayrıcalık yalnız kendi sayısını ister.",
    ),
    "kind_incomplete": Words(
        "What this kind of reward is about is still missing.",
        "Същественото за този вид награда още липсва.",
        "Bu tür ödülün asıl gereği hâlâ eksik.",
    ),
    "kind_without": Words(
        "This kind of reward has nothing of the sort; leave it blank.",
        "Този вид награда няма такова нещо; оставете празно.",
        "Bu tür ödülde böyle bir şey yok; boş bırakın.",
    ),
    "not_ascending": Words(
        "A tier asks for more than the one before it.",
        "Нивото трябва да иска повече от предишното.",
        "Bir seviye öncekinden fazlasını ister.",
    ),
    "for_ever": Words(
        "What goes on for ever has no length; leave this blank.",
        "Безсрочното няма дължина; оставете празно.",
        "Süresiz olanın uzunluğu yoktur; burayı boş bırakın.",
    ),
    "bad_address": Words(
        "Please write the whole address of the picture, beginning with https://.",
        "Напишете целия адрес на снимката, започващ с https://.",
        "Resmin adresini https:// ile başlayarak tam yazın.",
    ),
    "percent_missing": Words(
        "The most that is taken off needs a percentage.",
        "Към тавана на отстъпката е нужен и процент.",
        "İndirimin üst sınırı için bir yüzde gerekir.",
    ),
    "yaml_syntax": Words(
        "This can’t be read; please look at the hint.",
        "Това не може да се прочете; погледнете подсказката.",
        "Bu okunamıyor; lütfen ipucuna bakın.",
    ),
    "yaml_duplicate": Words(
        "The same word stands twice.", "Една и съща дума стои два пъти.", "Aynı sözcük iki kez yazılmış."
    ),
    "yaml_key": Words(
        "This can’t be read; please look at the hint.",
        "Това не може да се прочете; погледнете подсказката.",
        "Bu okunamıyor; lütfen ipucuna bakın.",
    ),
}  # fmt: skip


def tell(reason: str, message: str, language: str) -> str:
    """What is wrong with a field, in the language: in words of a form, else as it is told of a programme file."""
    said = REASONS.get(reason)
    return grammar.tell(reason, message, language) if said is None else str(getattr(said, language, said.en))
