"""The words for the fields of the till."""

from typing import Final

from guerdon.faces.api.words import phrases
from guerdon.faces.api.words.phrases import Fields

FIELDS: Final[Fields] = {
    "Scanned": {"shown": "A rotating code, a card, a phone number (+…), an e-mail, an external id, or an id."},
    "NameTyped": {"name": ("The name, or the beginning of it.", phrases.TEXT)},
    "NamesakeView": {
        "member": "The member's id.",
        "name": "The first name and a letter; null where it is found by something else.",
        "ending": "How the card ends, or the phone number where there is none, to ask for; null without either.",
    },
    "Namesakes": {"members": "Who has the name, in the order of their ids."},
    "SpendableView": {
        "unit": phrases.UNIT,
        "name": "Its name.",
        "available": f"How many can be spent now, {phrases.STEPS}.",
        "worth": "What that is worth; null where the programme does not say.",
    },
    "TierOf": {"ladder": "The key of the ladder.", "tier": "The key of the tier.", "name": "Its name."},
    "Identified": {
        "member": "The member's id.",
        "name": "The first name and a letter, to greet them; null where no name is known.",
        "status": "Only who is active can earn and spend.",
        "by": "How they were known: rotating_code, card, phone, email, external_id, id, or a voucher of theirs.",
        "household": "The household whose balance they share.",
        "birthday_month": "Whether this month is that of their birthday.",
        "balances": "What they can spend.",
        "tiers": "Their tiers, one for each ladder on which they have any.",
    },
    "RotatingCode": {
        "member": "The member's id.",
        "shown": "The code of this moment.",
        "secret": "The secret, in hexadecimal digits; whoever has it can be taken for the member.",
        "period_seconds": "For how long each code is shown.",
        "digits": "How many digits it has.",
    },
    "RevokedCode": {
        "member": "The member's id.",
        "revoked_at": ("The moment at which the codes up to then ended.", phrases.WHEN),
        "times": "How often the codes of this member have been revoked.",
    },
    "NewQuote": {
        "member": "Who would buy.",
        "lines": "The basket.",
        "amount": ("The whole sum, where there are no lines.", phrases.MONEY),
        "channel": ("Where it would be bought: shop, web, app.", phrases.TEXT),
        "store": ("The store.", phrases.TEXT),
        "partner": ("The partner.", phrases.TEXT),
        "occurred_at": ("When; now where it is left out.", phrases.WHEN),
        "gift_card": ("The code of a gift card that shall pay; needs the right `cards:spend`.", phrases.TEXT),
        "client": "For whom the till asks, in a word of its own: who guesses makes only this one wait.",
    },
    "PayableView": {
        "unit": phrases.UNIT,
        "name": "Its name.",
        "points_min": "The fewest points that pay anything.",
        "points_max": "The most that can pay of this basket.",
        "money_min": "What the fewest pay.",
        "money_max": "What the most pay: `amount` of a tender with `unit`.",
    },
    "QuotedCard": {
        "ending": "The last letters of its code.",
        "balance": "What is on it now.",
        "pays": "The most of the basket that it can pay: `amount` of a tender with `card`.",
        "left": "What would then be left on it.",
    },
    "OfferedReward": {
        "reward": "The key of the reward.",
        "name": "Its name.",
        "price": "The number of the price.",
        "points": "How many points of which units.",
        "money": "How much money on top; null for none.",
    },
    "Quote": {
        "member": "The member's id; of somebody who would only come in by it, one that leads nowhere.",
        "total": "What the basket costs, net of discounts.",
        "awards": "What it would earn.",
        "capped": "Limits that would clamp it.",
        "climbed": "Tiers that it would lift to.",
        "payable": "What of it points can pay.",
        "gift_card": "What of it the gift card can pay; null where none was shown.",
        "rewards": "Rewards that can be had now, in the order of the programme.",
        "vouchers": "The member's vouchers that would be taken, those first that end first.",
        "best": "Which vouchers take most off together, of equals the fewest; none that takes nothing.",
    },
    "QuotedVoucher": {
        "code": "The code.",
        "voucher": "The key of the voucher.",
        "name": "Its name.",
        "off": "What it takes off alone.",
    },
    "BestVouchers": {
        "off": "What they take off together.",
        "vouchers": "Each of them; none where none is of use.",
    },
    "Undoing": {
        "id": "The id of a purchase, a redemption or a burn.",
        "reason": "Why, for the book of who did what.",
    },
}
