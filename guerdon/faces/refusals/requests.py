"""The refusals of requests in every language: headline, cause with its facts, cure."""

from typing import Final

SENTENCES: Final[dict[str, dict[str, tuple[str, str, str]]]] = {
    "en": {
        "body_too_large": (
            "Too large",
            "The request's body is larger than {bytes_max} bytes.",
            "Send less at once.",
        ),
        "cursor_invalid": (
            "Cursor not accepted",
            "The cursor is none that this list gave out.",
            "Take it unchanged from “next” of the last page, or begin without one.",
        ),
        "etag_invalid": (
            "If-Match not accepted",
            "The header If-Match holds no ETag of a member.",
            "Send the ETag as it was received, with its quotes.",
        ),
        "filter_invalid": (
            "Filter not accepted",
            "The list can be filtered by exactly one of these: {known}.",
            "Keep one of them.",
        ),
        "header_invalid": (
            "Header not accepted",
            "The header {header} is not right.",
            "It takes {expected}.",
        ),
        "id_malformed": (
            "No id",
            "“{got}” is no id; it would look like {expected}",
            "Take ids unchanged from earlier answers.",
        ),
        "idempotency_conflict": (
            "Key used for something else",
            "The Idempotency-Key “{key}” came with another body before.",
            "Use a new key for a new request; repeat a request unchanged.",
        ),
        "input_refused": (
            "Input not accepted",
            "“{pointer}” can't be stored: {reason}.",
            "Correct it and try again.",
        ),
        "json_malformed": (
            "Not JSON",
            "The body is not JSON: {problem}.",
            "Send one JSON value in UTF-8.",
        ),
        "media_type_unsupported": (
            "Not a JSON request",
            "The body comes as {got}; this route reads JSON.",
            "Send the header Content-Type: application/json, without Content-Encoding.",
        ),
        "method_not_allowed": (
            "Method not allowed",
            "{method} is not possible here.",
            "Use one of these: {allowed}.",
        ),
        "query_malformed": (
            "Query not accepted",
            "The query of the address is not right: {problem}.",
            "Encode it as usual: name=value, joined by &.",
        ),
        "question_too_long": (
            "Too much at once", "A form that is asked about may have up to {most} characters.", "Send less at a time.",
        ),
        "route_unknown": (
            "Nothing here",
            "There is nothing at this address.",
            "All addresses are listed at /docs.",
        ),
        "value_refused": (
            "Request not accepted",
            "“{pointer}” is not right: {hint}.",
            "Correct it and try again; /docs shows what is expected.",
        ),
    },
    "bg": {
        "body_too_large": (
            "Твърде голямо",
            "Тялото на заявката е по-голямо от {bytes_max} байта.",
            "Изпращайте по-малко наведнъж.",
        ),
        "cursor_invalid": (
            "Курсорът не е приет",
            "Този курсор не е даден от този списък.",
            "Вземете го непроменен от „next“ на последната страница или започнете без курсор.",
        ),
        "etag_invalid": (
            "If-Match не е приет",
            "Заглавието If-Match не съдържа ETag на член.",
            "Изпратете ETag, както е получен, с кавичките.",
        ),
        "filter_invalid": (
            "Филтърът не е приет",
            "Списъкът се филтрира точно по едно от тези: {known}.",
            "Оставете едно от тях.",
        ),
        "header_invalid": (
            "Заглавието не е прието",
            "Заглавието {header} не е наред.",
            "То приема: {expected}.",
        ),
        "id_malformed": (
            "Това не е идентификатор",
            "„{got}“ не е идентификатор; той би изглеждал така: {expected}",
            "Вземайте идентификаторите непроменени от предишни отговори.",
        ),
        "idempotency_conflict": (
            "Ключът е използван за друго",
            "Idempotency-Key „{key}“ вече е дошъл с друго тяло.",
            "За нова заявка използвайте нов ключ; повтаряйте заявка без промени.",
        ),
        "input_refused": (
            "Входът не е приет",
            "„{pointer}“ не може да се запише: {reason}.",
            "Поправете го и опитайте отново.",
        ),
        "json_malformed": (
            "Това не е JSON",
            "Тялото не е JSON: {problem}.",
            "Изпратете една стойност JSON в UTF-8.",
        ),
        "media_type_unsupported": (
            "Заявката не е JSON",
            "Тялото идва като {got}, а този адрес чете JSON.",
            "Изпратете заглавието Content-Type: application/json, без Content-Encoding.",
        ),
        "method_not_allowed": (
            "Методът не е позволен",
            "{method} не е възможен тук.",
            "Използвайте един от тези: {allowed}.",
        ),
        "query_malformed": (
            "Адресът не е приет",
            "Параметрите в адреса не са наред: {problem}.",
            "Кодирайте ги както обикновено: име=стойност, свързани с &.",
        ),
        "question_too_long": (
            "Твърде много наведнъж", "Формуляр, за който се пита, може да има до {most} знака.",
            "Изпратете по-малко наведнъж.",
        ),
        "route_unknown": (
            "Тук няма нищо",
            "На този адрес няма нищо.",
            "Всички адреси са изброени на /docs.",
        ),
        "value_refused": (
            "Заявката не е приета",
            "„{pointer}“ не е наред: {hint}.",
            "Поправете го и опитайте отново; /docs показва какво се очаква.",
        ),
    },
    "tr": {
        "body_too_large": (
            "Çok büyük",
            "İsteğin gövdesi {bytes_max} bayttan büyük.",
            "Bir seferde daha az gönderin.",
        ),
        "cursor_invalid": (
            "İmleç kabul edilmedi",
            "Bu imleci bu liste vermedi.",
            "Son sayfanın “next” değerini değiştirmeden kullanın ya da imleçsiz başlayın.",
        ),
        "etag_invalid": (
            "If-Match kabul edilmedi",
            "If-Match başlığında bir üyenin ETag değeri yok.",
            "ETag değerini aldığınız gibi, tırnaklarıyla gönderin.",
        ),
        "filter_invalid": (
            "Süzgeç kabul edilmedi",
            "Liste şunlardan tam olarak biriyle süzülebilir: {known}.",
            "Yalnızca birini bırakın.",
        ),
        "header_invalid": (
            "Başlık kabul edilmedi",
            "{header} başlığı doğru değil.",
            "Şunu kabul eder: {expected}.",
        ),
        "id_malformed": (
            "Kimlik değil",
            "“{got}” bir kimlik değil; şöyle görünürdü: {expected}",
            "Kimlikleri önceki yanıtlardan değiştirmeden alın.",
        ),
        "idempotency_conflict": (
            "Anahtar başka şey için kullanılmış",
            "“{key}” Idempotency-Key değeri daha önce başka bir gövdeyle geldi.",
            "Yeni istek için yeni anahtar kullanın; bir isteği değiştirmeden yineleyin.",
        ),
        "input_refused": (
            "Girdi kabul edilmedi",
            "“{pointer}” saklanamaz: {reason}.",
            "Düzeltip yeniden deneyin.",
        ),
        "json_malformed": (
            "JSON değil",
            "Gövde JSON değil: {problem}.",
            "UTF-8 olarak tek bir JSON değeri gönderin.",
        ),
        "media_type_unsupported": (
            "JSON isteği değil",
            "Gövde {got} olarak geldi; bu adres JSON okur.",
            "Content-Type: application/json başlığını gönderin, Content-Encoding kullanmayın.",
        ),
        "method_not_allowed": (
            "Yönteme izin yok",
            "{method} burada kullanılamaz.",
            "Şunlardan birini kullanın: {allowed}.",
        ),
        "query_malformed": (
            "Adres kabul edilmedi",
            "Adresteki parametreler doğru değil: {problem}.",
            "Alışıldığı gibi kodlayın: ad=değer, & ile bağlı.",
        ),
        "question_too_long": (
            "Bir seferde çok fazla", "Onayı sorulan bir formda en fazla {most} karakter olabilir.",
            "Bir seferde daha az gönderin.",
        ),
        "route_unknown": (
            "Burada bir şey yok",
            "Bu adreste bir şey yok.",
            "Bütün adresler /docs sayfasında.",
        ),
        "value_refused": (
            "İstek kabul edilmedi",
            "“{pointer}” doğru değil: {hint}.",
            "Düzeltip yeniden deneyin; ne beklendiğini /docs gösterir.",
        ),
    },
}  # fmt: skip
