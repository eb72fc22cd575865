"""What the portal says of what happened in an account."""

from typing import Final

from guerdon.faces.words.text import Words

WORDS: Final[dict[str, Words]] = {
    "none": Words("Nothing has happened yet", "Още нищо не се е случило", "Henüz bir hareket yok"),
    "none_about": Words(
        "Every point you earn or spend stands here, with why.",
        "Всяка спечелена или похарчена точка стои тук, с причината.",
        "Kazandığınız ya da harcadığınız her puan nedeniyle burada durur.",
    ),
    "balance": Words("then {balance}", "после {balance}", "sonra {balance}"),
    "taken_back": Words(
        "Taken back: nothing of it is left", "Отнети: нищо не остава от тях", "Geri alındı: bundan bir şey kalmadı"
    ),
    "taken_back_part": Words("Partly taken back", "Частично отнети", "Kısmen geri alındı"),
    "receipt": Words("Receipt", "Бележка", "Belge"),
    "print": Words("Print", "Печат", "Yazdır"),
    "download": Words("Download", "Изтегли", "İndir"),
    "sealed": Words("Sealed: seal {number}", "Запечатано: печат {number}", "Mühürlü: {number}. mühür"),
    "unsealed": Words(
        "It is sealed within the hour; then you can keep it as a file that proves itself.",
        "До час ще бъде запечатано; тогава може да го запазите като файл, който сам се доказва.",
        "Bir saat içinde mühürlenir; sonra kendini kanıtlayan bir dosya olarak saklayabilirsiniz.",
    ),
    "number": Words("Number", "Номер", "Numara"),
    "order": Words("Told as", "Съобщено като", "Bildirilen ad"),
    "pool_in_mine": Words("Came from your own account", "Дошли от вашата собствена сметка", "Kendi hesabınızdan geldi"),
    "pool_out_mine": Words("Went to your own account", "Отишли във вашата собствена сметка", "Kendi hesabınıza geçti"),
    "pool_in_home": Words("Came from the household", "Дошли от домакинството", "Haneden geldi"),
    "pool_out_home": Words("Went to the household", "Отишли в домакинството", "Haneye geçti"),
    "pool_in_other": Words("Somebody brought them along", "Донесе ги друг човек", "Başka biri getirdi"),
    "pool_out_other": Words("Somebody took them along", "Взе ги друг човек", "Başka biri götürdü"),
    "merge_in": Words(
        "Came from another account of yours", "Дошли от друга ваша сметка", "Başka bir hesabınızdan geldi"
    ),
    "merge_out": Words("Went to another account of yours", "Отишли в друга ваша сметка", "Başka bir hesabınıza geçti"),
}
