"""Facts that are words themselves, in every language: fact.value → how it is said."""

from typing import Final

TERMS: Final[dict[str, dict[str, str]]] = {
    "en": {
        "kind.id": "id",
        "kind.external_id": "external id",
        "kind.card": "card number",
        "kind.email": "e-mail address",
        "kind.phone": "phone number",
        "status.blocked": "blocked",
        "status.closed": "closed",
        "status.erased": "erased",
        "what.missing": "existence",
        "what.scale": "number of decimals",
        "what.kind": "kind",
    },
    "bg": {
        "kind.id": "идентификатор",
        "kind.external_id": "външен идентификатор",
        "kind.card": "номер на карта",
        "kind.email": "имейл адрес",
        "kind.phone": "телефонен номер",
        "status.blocked": "блокиран",
        "status.closed": "закрит",
        "status.erased": "изтрит",
        "what.missing": "Съществуването",
        "what.scale": "Броят на десетичните знаци",
        "what.kind": "Видът",
    },
    "tr": {
        "kind.id": "kimlik",
        "kind.external_id": "dış kimlik",
        "kind.card": "kart numarası",
        "kind.email": "e-posta adresi",
        "kind.phone": "telefon numarası",
        "status.blocked": "engelli",
        "status.closed": "kapalı",
        "status.erased": "silinmiş",
        "what.missing": "varlık",
        "what.scale": "ondalık sayısı",
        "what.kind": "tür",
    },
}
