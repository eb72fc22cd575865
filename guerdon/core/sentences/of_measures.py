"""The texts of the hold-out and of what is left of what members spend, which their languages take in."""

from typing import Final

ENGLISH: Final = {
    "campaign": "a campaign, which members who are held out go without",
    "silent.held_out": "it is a campaign, and the member is held out of campaigns",
    "hold_out": "{percent} of the members, always the same ones, are held out: they go without campaigns.",
    "margin": "{percent} of what members spend is left once the goods are paid for.",
    "what.campaign": "campaign",
    "what.hold_out": "Members without campaigns",
    "what.margin": "Margin",
}
BULGARIAN: Final = {
    "campaign": "кампания, която контролната група не получава",
    "silent.held_out": "това е кампания, а членът е в контролната група",
    "hold_out": "{percent} от членовете, винаги едни и същи, са контролна група: те не получават кампании.",
    "margin": "{percent} от похарченото от членовете остава, след като стоките са платени.",
    "what.campaign": "кампания",
    "what.hold_out": "Членове без кампании",
    "what.margin": "Марж",
}
TURKISH: Final = {
    "campaign": "kontrol grubunun almadığı bir kampanya",
    "silent.held_out": "bu bir kampanya ve üye kontrol grubunda",
    "hold_out": "Üyelerin {percent} kadarı, hep aynı kişiler, kontrol grubudur: kampanyaları almazlar.",
    "margin": "Ürünler ödendikten sonra üyelerin harcadığının {percent} kadarı kalır.",
    "what.campaign": "kampanya",
    "what.hold_out": "Kampanyasız üyeler",
    "what.margin": "Kâr payı",
}
