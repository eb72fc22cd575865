"""What is said of a fault at sign-in, by the code that Django, or its libraries of sign-in, give it."""

from typing import Final

from guerdon.faces.words.text import Words

_WRONG_CODE: Final = Words(
    "This code is wrong, or it is too old. Type the one that you see now.",
    "Този код е грешен или твърде стар. Въведете кода, който виждате сега.",
    "Bu kod yanlış ya da süresi geçmiş. Şimdi gördüğünüz kodu yazın.",
)

WORDS: Final[dict[str, Words]] = {
    # every field
    "required": Words("Please fill this in.", "Моля, попълнете това.", "Lütfen burayı doldurun."),
    "max_length": Words(
        "This is too long: at most {limit_value} characters.",
        "Твърде дълго: най-много {limit_value} знака.",
        "Çok uzun: en çok {limit_value} karakter.",
    ),
    "null_characters_not_allowed": Words(
        "There is a sign in it that can’t be kept. Type it anew.",
        "Има знак, който не може да се запази. Въведете го наново.",
        "İçinde saklanamayan bir işaret var. Yeniden yazın.",
    ),
    # a new password
    "password_too_short": Words(
        "This password is too short: it needs at least {min_length} characters.",
        "Паролата е твърде къса: трябват поне {min_length} знака.",
        "Bu parola çok kısa: en az {min_length} karakter gerekir.",
    ),
    "password_guessed": Words(
        "This is soon guessed: many people use much of it. Put four words together that have nothing in common.",
        "Това се отгатва бързо: много хора използват голяма част от него. Съберете четири думи без нищо общо.",
        "Bu çabuk tahmin edilir: çoğunu pek çok kişi kullanıyor. Birbiriyle ilgisiz dört kelimeyi birleştirin.",
    ),
    # who somebody is
    "email_password_mismatch": Words(
        "The e-mail or the password is wrong.", "Имейлът или паролата са грешни.", "E-posta ya da parola yanlış."
    ),
    "invalid": Words(
        "Write the whole e-mail, like ann@aurora.example.",
        "Напишете целия имейл, например ann@aurora.example.",
        "E-postanın tamamını yazın, örneğin ann@aurora.example.",
    ),
    "account_inactive": Words("This account is closed.", "Този профил е закрит.", "Bu hesap kapalı."),
    "incorrect_password": Words("The password is wrong.", "Паролата е грешна.", "Parola yanlış."),
    "incorrect_code": _WRONG_CODE,
    "too_many_login_attempts": Words(
        "Too many tries. Wait a while, then try again.",
        "Твърде много опити. Изчакайте малко и опитайте пак.",
        "Çok fazla deneme. Biraz bekleyip yeniden deneyin.",
    ),
    "rate_limited": Words(
        "Too many tries. Wait a while, then try again.",
        "Твърде много опити. Изчакайте малко и опитайте пак.",
        "Çok fazla deneme. Biraz bekleyip yeniden deneyin.",
    ),
    # second factors
    "passkey": Words(
        "The passkey was not accepted. Try again, or take another way.",
        "Ключът за достъп не беше приет. Опитайте пак или изберете друг начин.",
        "Geçiş anahtarı kabul edilmedi. Yeniden deneyin ya da başka bir yol seçin.",
    ),
    "cannot_delete_authenticator": Words(
        "This second factor can’t be taken away now.",
        "Този втори фактор не може да се махне сега.",
        "Bu ikinci doğrulama şimdi kaldırılamaz.",
    ),
    "cannot_generate_recovery_codes": Words(
        "Set up an app or a passkey first: recovery codes stand in for one.",
        "Първо настройте приложение или ключ за достъп: кодовете ги заместват.",
        "Önce bir uygulama ya da geçiş anahtarı kurun: kurtarma kodları onun yerine geçer.",
    ),
}  # fmt: skip
