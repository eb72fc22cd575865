"""The texts of alerts in each language, which their languages take in."""

from typing import Final

ENGLISH: Final = {
    "alerts": "Somebody is alerted of more than {purchases} purchases on one card by one cashier in a day, of more "
    "than {percent}% of a cashier's points on one card in a week, of {adjustments} adjustments by one person to one "
    "member in 30 days, of {senders} members who give points to one in 30 days, of {codes} wrong codes of one "
    "cashier or key in an hour, and of {stays} who come into a household and go in 30 days, leaving points behind.",
    "what.alerts": "Alerts",
}

BULGARIAN: Final = {
    "alerts": "Сигнал има при повече от {purchases} покупки с една карта при един касиер за ден, при повече от "
    "{percent}% от точките на един касиер за една карта за седмица, при {adjustments} корекции от един човек за един "
    "член за 30 дни, при {senders} членове, които дават точки на един за 30 дни, при {codes} грешни "
    "кода на един касиер или ключ за час и при {stays}, които за 30 дни влизат в домакинство и си тръгват, "
    "а точките остават.",
    "what.alerts": "Сигнали",
}

TURKISH: Final = {
    "alerts": "Şu durumlarda uyarı verilir: bir kasiyerde bir kartla bir günde {purchases} alışverişten fazlası, bir "
    "kasiyerin puanlarından bir haftada %{percent} payından fazlasının tek karta gitmesi, 30 günde bir kişiden bir "
    "üyeye {adjustments} düzeltme, 30 günde {senders} üyenin tek bir üyeye puan vermesi, bir saatte bir "
    "kasiyerden ya da anahtardan {codes} yanlış kod, 30 günde {stays} kişinin bir haneye katılıp puan bırakarak "
    "ayrılması.",
    "what.alerts": "Uyarılar",
}
