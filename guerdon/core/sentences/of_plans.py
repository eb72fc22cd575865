"""The texts of plans in each language, which their languages take in."""

from typing import Final

ENGLISH: Final = {
    "plan": "The membership “{name}” costs {prices} for {period}.",
    "plan.for_ever": "ever",
    "plan.trial": "“{name}” can be tried for {days} before the first payment.",
    "plan.recurs": "“{name}” goes on until it is cancelled: payment is asked {ask} before a period ends, and who has"
    " not paid keeps it for {grace}.",
    "plan.refund": "A period of “{name}” can be given back for {days}, and with it what its rules gave.",
    "plan.pause": "“{name}” can be paused; after {days} it goes on by itself.",
    "plan.joint": "All persons of a household share “{name}”.",
    "plan.yes": "yes",
    "plan.no": "no",
    "diff.plan.new": "Membership “{name}” is new: {after}",
    "diff.plan.gone": "Membership “{name}” is gone: {before}",
    "diff.plan": "Membership “{name}”, {what}: now {after} (was: {before}).",
    "what.prices": "prices",
    "what.period": "how long a period lasts",
    "what.renews": "whether it goes on",
    "what.trial_days": "days of trial",
    "what.refund_days": "days to give it back",
    "what.ask_days": "days before the end on which payment is asked",
    "what.pause_days_max": "days of a pause at most",
    "what.rank": "rank",
    "what.joint": "shared by a household",
    "what.benefits": "benefits",
}

BULGARIAN: Final = {
    "plan": "Членството „{name}“ струва {prices} за {period}.",
    "plan.for_ever": "винаги",
    "plan.trial": "„{name}“ може да се пробва {days} преди първото плащане.",
    "plan.recurs": "„{name}“ продължава, докато не бъде прекратено: плащането се иска {ask} преди края на периода, а"
    " който не е платил, го запазва още {grace}.",
    "plan.refund": "Период на „{name}“ може да се върне в рамките на {days}, а с него и даденото от правилата му.",
    "plan.pause": "„{name}“ може да се спре за известно време; след {days} продължава само.",
    "plan.joint": "Всички от едно домакинство ползват „{name}“ заедно.",
    "plan.yes": "да",
    "plan.no": "не",
    "diff.plan.new": "Членството „{name}“ е ново: {after}",
    "diff.plan.gone": "Членството „{name}“ вече го няма: {before}",
    "diff.plan": "Членството „{name}“, {what}: вече {after} (беше: {before}).",
    "what.prices": "цени",
    "what.period": "колко трае един период",
    "what.renews": "дали продължава",
    "what.trial_days": "пробни дни",
    "what.refund_days": "дни за връщане",
    "what.ask_days": "дни преди края, в които се иска плащане",
    "what.pause_days_max": "дни на спиране най-много",
    "what.rank": "ранг",
    "what.joint": "споделено от домакинство",
    "what.benefits": "предимства",
}

TURKISH: Final = {
    "plan": "“{name}” üyeliği {period} için {prices} tutar.",
    "plan.for_ever": "ömür boyu",
    "plan.trial": "“{name}” ilk ödemeden önce {days} denenebilir.",
    "plan.recurs": "“{name}” iptal edilene kadar sürer: ödeme, dönemin bitiminden {ask} önce istenir; ödemeyen onu"
    " {grace} daha korur.",
    "plan.refund": "“{name}” üyeliğinin bir dönemi {days} içinde, kurallarının verdikleriyle birlikte iade edilebilir.",
    "plan.pause": "“{name}” duraklatılabilir; {days} sonra kendiliğinden sürer.",
    "plan.joint": "“{name}” üyeliğini bir hanedeki herkes paylaşır.",
    "plan.yes": "evet",
    "plan.no": "hayır",
    "diff.plan.new": "“{name}” üyeliği yeni: {after}",
    "diff.plan.gone": "“{name}” üyeliği artık yok: {before}",
    "diff.plan": "“{name}” üyeliği, {what}: artık {after} (önceki: {before}).",
    "what.prices": "fiyatlar",
    "what.period": "bir dönemin süresi",
    "what.renews": "sürüp sürmediği",
    "what.trial_days": "deneme günleri",
    "what.refund_days": "iade günleri",
    "what.ask_days": "ödemenin bitimden kaç gün önce istendiği",
    "what.pause_days_max": "en çok kaç gün duraklatılabildiği",
    "what.rank": "sıra",
    "what.joint": "hane ile paylaşım",
    "what.benefits": "ayrıcalıklar",
}
# How facts of memberships are spoken of, where rules answer them.
ENGLISH_KINDS: Final = {
    "membership_renew": {
        "one": "paid period", "many": "paid periods", "a": "a paid period", "do": "begins a paid period",
    }
}  # fmt: skip
BULGARIAN_KINDS: Final = {
    "membership_renew": {
        "one": "платен период", "many": "платени периоди", "few": "платени периода", "do": "започне платен период",
        "first": "първият", "last": "последният", "been": "бил", "each": "всеки", "gender": "m",
    }
}  # fmt: skip
TURKISH_KINDS: Final = {
    "membership_renew": {
        "one": "ödenmiş dönem", "his": "ödenmiş dönemi", "since": "ödenmiş döneminden",
        "do": "ödenmiş bir üyelik dönemine başladığında",
    }
}  # fmt: skip
