"""The words for the fields of rewards."""

from typing import Final

from guerdon.core import limits
from guerdon.faces.api.words import phrases
from guerdon.faces.api.words.phrases import Fields, Words

_SHELF: Final[dict[str, Words]] = {
    "limit": phrases.LIMIT,
    "cursor": phrases.CURSOR,
    "category": "Only rewards of the category with this key.",
    "kind": "Only rewards of this kind.",
    "sort": (
        "In the order of the programme file, by name, or by price: what it is worth in money where its units have a "
        "rate, and behind these each unit for itself."
    ),
    "language": phrases.LANGUAGE,
}
_CATEGORIES: Final = "All categories of the programme in its order, whether or not the page has any of them."
_SEEN: Final = (
    "What `image` of the reward was when it was looked at, empty for none: where somebody has put or taken a picture "
    "since, nothing is done. Left out, it is not asked."
)
FIELDS: Final[Fields] = {
    "TopUpView": {
        "points": f"For every so many missing points, {phrases.STEPS}, `money` is paid.",
        "money": "What is paid for them; the sum is rounded up to the minor unit.",
        "least": "So many points must be paid at least.",
    },
    "PriceView": {
        "number": "The number of the price, from 1: `price` of a redemption.",
        "points": "How many points of which units.",
        "money": "How much money on top; null for none.",
        "top_up": "How money may make up for missing points; null where it can't.",
        "missing": "How many points of which units the member lacks for it.",
        "own": "What the member would pay now; null where points are missing, or no member is asked for.",
    },
    "OwnPriceView": {
        "points": "How many points of which units: all that there are, where money makes up for the rest.",
        "money": "How much money is paid with them; null for none.",
    },
    "OptionView": {"key": "What is sent to choose it.", "name": "Its name."},
    "ChoiceView": {
        "key": "What is chosen, in `choices` of a redemption.",
        "name": "Its name.",
        "options": "What there is to choose from; none where any text is taken.",
    },
    "VariantView": {
        "variant": "The keys of the options, with a slash between them.",
        "left": "How many pieces can still be had.",
    },
    "CategoryView": {"key": "Its key, by which the catalogue is asked for it.", "name": "Its name."},
    "RewardView": {
        "key": "The key of the reward.",
        "name": "Its name.",
        "terms": "The terms in a line or two; null where there are none.",
        "rules": "For whom it is, from when until when, earlier for whom, and how often, each as a plain sentence.",
        "kind": "What it is.",
        "category": "In which category of the catalogue it stands; null for none.",
        "image": "The address of its picture: `/v1/pictures/…`, or what the programme file says; null for none.",
        "prices": "What it costs; of several, any one.",
        "amount": "How much is taken off, or on the gift card.",
        "percent": "How many percent are taken off, with two decimals.",
        "product": "Which product is free.",
        "gives": "What confirming hands over by a code: a voucher, or a gift card; null for nothing.",
        "voucher": "The key of the voucher that it gives; null where it is one itself, or gives none.",
        "choices": "What must be chosen.",
        "address": "Whether an address is needed.",
        "left": "How many can still be had; null where there are always more.",
        "variants": "The same for every combination of options, where they are counted apart.",
        "begins": ("From when on it can be had, by this member; null for always.", phrases.WHEN),
        "ends": ("From when on it no longer can; null for never.", phrases.WHEN),
        "reserve_minutes": "For how many minutes a reservation stands.",
        "chance": "What a mystery gives and how likely; null for all else.",
        "fulfil_days": "Within how many days after its own it is fulfilled, or comes back; null for ever.",
    },
    "Catalogue": {"rewards": "The rewards.", "categories": _CATEGORIES, "next": phrases.NEXT},
    "NewPicture": {"picture": "The picture in base 64.", "seen": _SEEN},
    "Seen": {"seen": _SEEN},
    "PictureView": {
        "reward": "The key of the reward.",
        "image": "The address of the picture that is shown now; null for none.",
    },
    "OfferView": {
        "reward": "The reward.",
        "available": "Whether it can be had now.",
        "affordable": "Whether the points are enough for one of its prices.",
        "obstacle": "The first thing in the way besides points; null where there is none.",
    },
    "Offers": {
        "offers": "What can be had now, then what is nearest.",
        "categories": _CATEGORIES,
        "next": phrases.NEXT,
    },
    "Shelf": _SHELF,
    "OwnShelf": {
        **_SHELF,
        "sort": (
            "What can be had now and what is nearest first, of whose price the smallest part is missing; in the order "
            "of the programme file, by name, or by price as for everybody."
        ),
        "affordable": "Only what the points are enough for.",
        "available": "Only what can be had now: nothing is in the way, and the points are enough.",
    },
    "NewSupply": {
        "pieces": (
            "How many came in; below zero how many were lost.",
            {"minimum": -limits.QUANTITY_MAX, "maximum": limits.QUANTITY_MAX},
        ),
        "reason": ("Why, for auditors.", phrases.NAME),
        "external_id": "The sender's own name for it; told again it does nothing more.",
        "variant": "Which combination of options, with a slash between them; empty where pieces are counted together.",
        "source": "The system that tells it.",
        "seen": (
            "How many had come in over all variants (`supplied`) when it was looked at: where it is another number by "
            "now, nothing is done. Left out, it is not asked."
        ),
    },
    "SupplyView": {
        "reward": "The key of the reward.",
        "variant": "The combination of options.",
        "pieces": "How many came in, or were lost.",
        "left": "How many could be had after it; null where they are not counted yet.",
        "reason": "Why.",
        "actor": "Who told it: the name of the API key.",
        "source": "The system that told it.",
        "external_id": "The sender's own name for it.",
        "at": ("When it was told.", phrases.WHEN),
        "dry_run": "`true` where it was only tried out and nothing is kept.",
        "differs": phrases.DIFFERS,
    },
    "StockView": {
        "variant": "The combination of options, with a slash between them; empty where pieces are counted together.",
        "initial": "How many there were when counting began.",
        "supplied": "How many came in since, less those that were lost.",
        "claimed": "How many are promised and not handed over yet.",
        "given": "How many went out.",
        "left": "How many can still be had; null where they are not counted.",
    },
    "Stocks": {
        "reward": "The key of the reward.",
        "left": "How many can still be had in all; null where there are always more.",
        "stocks": "The stock of every variant.",
    },
    "AllStocks": {"rewards": "The stocks, by reward."},
    "Supplies": {"supplies": "The supplies, the latest first.", "next": phrases.NEXT},
    "FunnelDays": {
        "from": "The first day, in the programme's zone.",
        "until": "The day after the last one.",
    },
    "Funnel": {
        "from": "The first day.",
        "until": "The day after the last one.",
        "redeemed": "How many were redeemed or reserved in these days.",
        "reserved": "How many of them are reserved.",
        "confirmed": "How many of them wait to be handed over.",
        "fulfilled": "How many of them were handed over.",
        "cancelled": "How many of them were given up.",
        "expired": "How many of them nobody fetched in time.",
        "whole": f"Whether these are all; of more than {limits.FUNNEL_ROWS_MAX:,} it is the latest.",
    },
}
