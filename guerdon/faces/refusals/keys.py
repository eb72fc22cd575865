"""The refusals of keys in every language: headline, cause with its facts, cure."""

from typing import Final

SENTENCES: Final[dict[str, dict[str, tuple[str, str, str]]]] = {
    "en": {
        "key_invalid": (
            "Key not accepted",
            "The API key is unknown or has been revoked.",
            "Use a valid key; “guerdon key create” makes one.",
        ),
        "key_made_already": (
            "Made already",
            "This very request has made the key {id} before; its secret was shown then.",
            "Revoke it if its secret is lost, and make another one.",
        ),
        "key_missing": (
            "Key needed",
            "The request carries no API key.",
            "Send the header Authorization: Bearer gdn_…; “guerdon key create” makes a key.",
        ),
        "key_name_invalid": (
            "Name not accepted",
            "A key needs a printable name of at most {chars_max} characters.",
            "Name it after the system that will use it.",
        ),
        "key_unknown": (
            "No such key",
            "There is no key {id}.",
            "“guerdon key list” shows all keys.",
        ),
        "rights_none": (
            "No right",
            "A key needs at least one right.",
            "Name a role, or choose from these: {known}.",
        ),
        "role_unknown": (
            "Unknown role",
            "There is no role “{role}”.",
            "Choose from these: {known}.",
        ),
        "scope_missing": (
            "Not allowed",
            "The API key lacks the right “{scope}”.",
            "Make a key with this right: “guerdon key create --scope {scope}”.",
        ),
        "scope_unknown": (
            "Unknown right",
            "There is no right “{scope}”.",
            "Choose from these: {known}.",
        ),
    },
    "bg": {
        "key_invalid": (
            "Ключът не е приет",
            "Ключът за API е непознат или отнет.",
            "Използвайте валиден ключ; „guerdon key create“ прави нов.",
        ),
        "key_made_already": (
            "Вече е направен",
            "Същата заявка вече направи ключа {id}; тайната му беше показана тогава.",
            "Прекратете го, ако тайната е изгубена, и направете друг.",
        ),
        "key_missing": (
            "Нужен е ключ",
            "Заявката не носи ключ за API.",
            "Изпратете заглавието Authorization: Bearer gdn_…; „guerdon key create“ прави ключ.",
        ),
        "key_name_invalid": (
            "Името не е прието",
            "Ключът има нужда от печатно име с най-много {chars_max} знака.",
            "Наречете го на системата, която ще го използва.",
        ),
        "key_unknown": (
            "Няма такъв ключ",
            "Няма ключ {id}.",
            "„guerdon key list“ показва всички ключове.",
        ),
        "rights_none": (
            "Няма право",
            "Ключът има нужда от поне едно право.",
            "Посочете роля или изберете от тези: {known}.",
        ),
        "role_unknown": (
            "Непозната роля",
            "Няма роля „{role}“.",
            "Изберете измежду: {known}.",
        ),
        "scope_missing": (
            "Не е позволено",
            "Ключът няма правото „{scope}“.",
            "Направете ключ с това право: „guerdon key create --scope {scope}“.",
        ),
        "scope_unknown": (
            "Непознато право",
            "Няма право „{scope}“.",
            "Изберете от тези: {known}.",
        ),
    },
    "tr": {
        "key_invalid": (
            "Anahtar kabul edilmedi",
            "API anahtarı bilinmiyor ya da iptal edilmiş.",
            "Geçerli bir anahtar kullanın; “guerdon key create” yenisini yapar.",
        ),
        "key_made_already": (
            "Zaten yapıldı",
            "Bu istek {id} anahtarını daha önce yaptı; gizli kısmı o zaman gösterildi.",
            "Gizli kısmı kaybolduysa iptal edin ve başka bir anahtar yapın.",
        ),
        "key_missing": (
            "Anahtar gerekli",
            "İstekte API anahtarı yok.",
            "Authorization: Bearer gdn_… başlığını gönderin; “guerdon key create” anahtar yapar.",
        ),
        "key_name_invalid": (
            "Ad kabul edilmedi",
            "Anahtara en çok {chars_max} karakterlik, yazdırılabilir bir ad gerekir.",
            "Onu kullanacak sistemin adını verin.",
        ),
        "key_unknown": (
            "Böyle bir anahtar yok",
            "{id} anahtarı yok.",
            "“guerdon key list” bütün anahtarları gösterir.",
        ),
        "rights_none": (
            "Hak yok",
            "Anahtara en az bir hak gerekir.",
            "Bir rol yazın ya da şunlardan seçin: {known}.",
        ),
        "role_unknown": (
            "Bilinmeyen rol",
            "“{role}” diye bir rol yok.",
            "Şunlardan birini seçin: {known}.",
        ),
        "scope_missing": (
            "İzin yok",
            "API anahtarında “{scope}” yetkisi yok.",
            "Bu yetkiyle bir anahtar yapın: “guerdon key create --scope {scope}”.",
        ),
        "scope_unknown": (
            "Bilinmeyen yetki",
            "“{scope}” diye bir yetki yok.",
            "Şunlardan seçin: {known}.",
        ),
    },
}  # fmt: skip
