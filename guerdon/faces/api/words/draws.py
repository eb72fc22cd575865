"""The words for the fields of draws."""

from typing import Final

from guerdon.core import limits
from guerdon.faces.api.words import phrases
from guerdon.faces.api.words.phrases import Fields

_HASH: Final = {"pattern": "^[0-9a-f]{64}$"}
FIELDS: Final[Fields] = {
    "OddsView": {
        "reward": "The key of the prize, or of the fallback.",
        "name": "Its name.",
        "weight": "It comes so many times in `total` draws.",
        "total": "In so many draws it comes `weight` times.",
    },
    "GuaranteeView": {
        "prize": "The key of the prize that is guaranteed.",
        "within": "Of so many draws of a member in a row at least one gives it.",
    },
    "ChanceView": {
        "odds": "What a draw gives now and how likely: the share of what has run out is the fallback's.",
        "fallback": "The key of the reward that is given instead of what has run out.",
        "guarantee": "The worst case; null where nothing is guaranteed.",
        "seed": "The number of the seed with which is drawn now.",
        "seed_hash": "Its SHA-256, shown before the draw.",
    },
    "SeedView": {
        "number": "Its number.",
        "hash": ("Its SHA-256, shown from the beginning.", _HASH),
        "made_at": ("When it was made.", phrases.WHEN),
        "seed": "The seed itself, 32 bytes in hex; null as long as something may be drawn with it.",
        "retired_at": ("From when on nothing is drawn with it; null before that.", phrases.WHEN),
    },
    "Seeds": {
        "seeds": f"The last {limits.SEEDS_SHOWN_MAX}, the latest first: the next one, that in use, those before."
    },
    "WeightView": {"prize": "The key of the prize.", "weight": "Its weight among all of the mystery."},
    "DrawView": {
        "redemption": "The id of the draw, `rdm_…`.",
        "reward": "The key of the mystery.",
        "version": "The version of the programme under which it was drawn.",
        "source": "The system that asked for it.",
        "external_id": "The name by which it asked: chosen before the draw, and part of it.",
        "prizes": "All prizes in the order of their keys, with their weights.",
        "fallback": "The key of the reward that is given instead of what has run out.",
        "guarantee": "What was guaranteed; null for nothing.",
        "gone": "The prizes that were not there any more.",
        "dry": "How many draws in a row had not given what is guaranteed before this one.",
        "seed_number": "The number of the seed.",
        "seed_hash": ("Its SHA-256, shown before the draw.", _HASH),
        "seed": "The seed itself; null until it is shown.",
        "ticket": "The number that was drawn, below the sum of all weights.",
        "prize": "The key of the reward that it gave.",
        "prize_redemption": "The id of the redemption by which it was given.",
    },
    "SwitchView": {
        "member": "The member's id.",
        "on": "Whether anything can be drawn for the member.",
        "off_at": ("Since when nothing can; null where it is on.", phrases.WHEN),
        "on_again_from": ("From when on it can be switched on again; null where it is on.", phrases.WHEN),
    },
    "Switched": {"on": "`false` switches chance off at once, `true` on again."},
}
