"""What points were spent, held or given back for, in words: a reward that was redeemed, an order that they paid."""

from typing import Final, Literal

import msgspec

from guerdon.core.activities import CONVERTED
from guerdon.core.sentences.tongue import Tongue


class Purpose(msgspec.Struct, frozen=True):
    """What an entry of the journal moved points for, and how the way back began, where it is one.

    A redemption tells the names of its reward, a payment the number of the order; `told` is that of the fact that gave
    points back.
    """

    of: Literal["redemption", "payment", "conversion"]
    names: dict[str, str] = {}
    order: str = ""
    because: Literal["", "cancelled", "expired", "returned"] = ""
    told: str = ""


# By language; the key is what it was for, what was done with the points, and why they came back.
TEXTS: Final[dict[str, dict[str, str]]] = {
    "en": {
        "redemption.burn": "Redeemed for “{name}”.",
        "redemption.hold": "Reserved for “{name}”.",
        "redemption.release.cancelled": "Free again, because the reservation of “{name}” was cancelled.",
        "redemption.release.expired": "Free again, because the reservation of “{name}” has expired.",
        "redemption.reinstate.cancelled": "Given back into the lots they were spent from, because the redemption of"
        " “{name}” was cancelled.",
        "redemption.reinstate.expired": "Given back into the lots they were spent from, because the redemption of"
        " “{name}” has expired.",
        "conversion.burn": "Converted, because enough of them were there.",
        "conversion.earn": "Given for points that were converted.",
        "payment.burn": "Paid for the order {order}.",
        "payment.reinstate.cancelled": "Given back into the lots they were spent from, because paying for the order"
        " {order} with them was cancelled ({told}).",
        "payment.reinstate.returned": "Given back into the lots they were spent from, because the order {order} was"
        " returned ({told}).",
    },
    "bg": {
        "redemption.burn": "Заменени за „{name}“.",
        "redemption.hold": "Запазени за „{name}“.",
        "redemption.release.cancelled": "Отново свободни, защото запазването на „{name}“ беше отменено.",
        "redemption.release.expired": "Отново свободни, защото запазването на „{name}“ изтече.",
        "redemption.reinstate.cancelled": "Върнати в партидите, от които бяха похарчени, защото замяната за „{name}“"
        " беше отменена.",
        "redemption.reinstate.expired": "Върнати в партидите, от които бяха похарчени, защото замяната за „{name}“"
        " изтече.",
        "conversion.burn": "Превърнати, защото се събраха достатъчно.",
        "conversion.earn": "Дадени за точки, които бяха превърнати.",
        "payment.burn": "Похарчени за плащане на поръчка {order}.",
        "payment.reinstate.cancelled": "Върнати в партидите, от които бяха похарчени, защото плащането на поръчка"
        " {order} с тях беше отменено ({told}).",
        "payment.reinstate.returned": "Върнати в партидите, от които бяха похарчени, защото поръчка {order} беше"
        " върната ({told}).",
    },
    "tr": {
        "redemption.burn": "“{name}” ödülü için kullanıldı.",
        "redemption.hold": "“{name}” ödülü için ayrıldı.",
        "redemption.release.cancelled": "“{name}” ödülünün ayırtılması iptal edildiği için yeniden serbest.",
        "redemption.release.expired": "“{name}” ödülünün ayırtma süresi dolduğu için yeniden serbest.",
        "redemption.reinstate.cancelled": "“{name}” ödülünün kullanımı iptal edildiği için harcandıkları partilere geri"
        " verildi.",
        "redemption.reinstate.expired": "“{name}” ödülünün kullanım süresi dolduğu için harcandıkları partilere geri"
        " verildi.",
        "conversion.burn": "Yeterince biriktiği için dönüştürüldü.",
        "conversion.earn": "Dönüştürülen puanlar için verildi.",
        "payment.burn": "{order} siparişini ödemek için harcandı.",
        "payment.reinstate.cancelled": "{order} siparişinin bunlarla ödenmesi iptal edildiği için harcandıkları"
        " partilere geri verildi ({told}).",
        "payment.reinstate.returned": "{order} siparişi iade edildiği için harcandıkları partilere geri verildi"
        " ({told}).",
    },
}
# What the kinds of entries do with points, as the postings call it where they write any.
DEEDS: Final = {
    "burn": "burn", "capture": "burn", "burn_cancel": "reinstate", "hold": "hold", "release": "release",
    CONVERTED: "earn",
}  # fmt: skip


def told(deed: str, purpose: Purpose, tongue: Tongue) -> str | None:
    """What was done with points for the purpose; None for deeds that have nothing to do with it, like an expiry."""
    back = f".{purpose.because}" if deed in ("release", "reinstate") else ""
    text = TEXTS[tongue.code].get(f"{purpose.of}.{deed}{back}")
    if text is None:
        return None
    return tongue.nested(text.format(name=tongue.named(purpose.names), order=purpose.order, told=purpose.told))
