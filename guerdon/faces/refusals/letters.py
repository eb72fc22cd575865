"""The refusals of letters in every language: headline, cause with its facts, cure."""

from typing import Final

SENTENCES: Final[dict[str, dict[str, tuple[str, str, str]]]] = {
    "en": {
        "letters_off": (
            "No e-mails are sent here",
            "This installation has no mail server.",
            "Its operator sets GUERDON_SMTP_URL, GUERDON_MAIL_FROM and GUERDON_URL.",
        ),
        "letter_unknown": (
            "Unknown letter",
            "There is no letter {id}.",
            "`guerdon letters list` shows those there are.",
        ),
        "letter_not_failed": (
            "The letter did not fail",
            "The letter {id} is in the state: {state}.",
            "Only letters that failed are tried anew.",
        ),
        "stop_invalid": (
            "This link leads nowhere",
            "The link was not made here, or a part of it is missing.",
            "Open the link from the e-mail once more, whole.",
        ),
    },
    "bg": {
        "letters_off": (
            "Оттук не се изпращат имейли",
            "Тази инсталация няма пощенски сървър.",
            "Операторът ѝ задава GUERDON_SMTP_URL, GUERDON_MAIL_FROM и GUERDON_URL.",
        ),
        "letter_unknown": ("Непознато писмо", "Няма писмо {id}.", "`guerdon letters list` показва кои ги има."),
        "letter_not_failed": (
            "Писмото не е неуспешно",
            "Писмото {id} е в състояние: {state}.",
            "Отново се опитват само неуспешните писма.",
        ),
        "stop_invalid": (
            "Тази връзка не води никъде",
            "Връзката не е направена тук или част от нея липсва.",
            "Отворете отново цялата връзка от имейла.",
        ),
    },
    "tr": {
        "letters_off": (
            "Buradan e-posta gönderilmiyor",
            "Bu kurulumun posta sunucusu yok.",
            "İşletmecisi GUERDON_SMTP_URL, GUERDON_MAIL_FROM ve GUERDON_URL değerlerini ayarlar.",
        ),
        "letter_unknown": ("Bilinmeyen mektup", "{id} mektubu yok.", "`guerdon letters list` olanları gösterir."),
        "letter_not_failed": (
            "Mektup başarısız değil",
            "{id} mektubunun durumu: {state}.",
            "Yalnızca başarısız mektuplar yeniden denenir.",
        ),
        "stop_invalid": (
            "Bu bağlantı bir yere gitmiyor",
            "Bağlantı burada yapılmamış ya da bir parçası eksik.",
            "E-postadaki bağlantıyı bütün olarak yeniden açın.",
        ),
    },
}
