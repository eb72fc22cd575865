"""The words for the fields of redemptions."""

from typing import Final, get_args

from guerdon.core.redemptions import State
from guerdon.faces import words
from guerdon.faces.api.words import phrases
from guerdon.faces.api.words.phrases import Fields

_CALLED: Final = [f"`{state}`, which pages call “{words.say(f'states.{state}', 'en')}”" for state in get_args(State)]
_STATES: Final = f"What has become of it: {'; '.join(_CALLED)}."
FIELDS: Final[Fields] = {
    "Address": {
        "name": ("Who gets it.", phrases.NAME),
        "street": ("Street and number.", phrases.NAME),
        "city": ("The city.", phrases.NAME),
        "country": ("The country's ISO code.", {"pattern": "^[A-Z]{2}$"}),
        "postal_code": ("The postal code.", phrases.NAME),
        "region": ("The region or state.", phrases.NAME),
        "phone": ("A phone number for the courier.", phrases.NAME),
    },
    "NewRedemption": {
        "member": "Who redeems.",
        "reward": "The key of the reward.",
        "external_id": "The sender's own name for it; told again it does nothing more.",
        "price": ("The number of the price, from 1.", {"minimum": 1}),
        "points": (
            f"How many points are paid, {phrases.STEPS}, where money makes up for the rest; left out, all there are.",
            {"minimum": 0},
        ),
        "reserve": "Whether it is only kept for a while, until it is confirmed.",
        "choices": "What is chosen, by the keys of the choices.",
        "address": "Where it is sent, of rewards that need it.",
        "source": "The system that tells it.",
        "store": "In which store.",
        "channel": "Through which channel.",
    },
    "PrizeView": {
        "reward": "The key of the prize.",
        "name": "Its name.",
        "redemption": "The id of the redemption by which it was given.",
        "code": "The code by which it is handed over.",
        "state": _STATES,
        "seed": "The number of the seed; `/draw` tells all it takes to make the draw again.",
        "voucher": "The code of the voucher that it gave.",
        "gift_card": "The code of the gift card that it gave.",
    },
    "RedemptionView": {
        "id": "The id, `rdm_…`.",
        "member": "The member's id.",
        "reward": "The key of the reward.",
        "name": "Its name when it was redeemed.",
        "state": _STATES,
        "price": "The number of the price; 0 of what was drawn.",
        "points": "How many points of which units were taken, or are held.",
        "money": "How much money is paid on top; null for none.",
        "code": "The code by which it is handed over.",
        "source": "The system that told it.",
        "external_id": "The sender's own name for it.",
        "seq": phrases.SEQ,
        "made_at": ("When it was redeemed or reserved.", phrases.WHEN),
        "until": ("When it ends by itself, exclusive; null where it does not.", phrases.WHEN),
        "confirmed_at": ("When it was confirmed.", phrases.WHEN),
        "settled_at": ("When it was fulfilled, cancelled or found to have expired.", phrases.WHEN),
        "choices": "The options that were chosen.",
        "texts": "The texts that were chosen.",
        "address": "Where it is sent.",
        "household": "The household whose points they were.",
        "voucher": "The code of the voucher that it gave, which is of use to its member alone.",
        "gift_card": "The gift card that it gave: its code, or its last letters for keys without cards:spend and "
        "redemptions:write.",
        "prize": "What was drawn, of a mystery.",
        "store": "In which store it was redeemed; left out where none was said.",
    },
    "RecordedRedemption": {
        "redemption": "The redemption as of now.",
        "seq": "The number the journal reached with what was done now.",
        "dry_run": phrases.DRY_RUN,
        "differs": phrases.DIFFERS,
    },
    "Redemptions": {"redemptions": "The redemptions.", "next": phrases.NEXT},
    "Waiting": {
        "reward": "Only those of this reward.",
        "state": "In which state; those that wait to be handed over where it is left out.",
        "store": "Only what was redeemed in this store.",
        "limit": phrases.LIMIT,
        "cursor": phrases.CURSOR,
    },
    "Shown": {"code": "The code, however it is typed."},
}
