"""The words for the fields of alerts."""

from typing import Final

from guerdon.faces.api.words import phrases
from guerdon.faces.api.words.phrases import Fields

_REASON: Final = "Why; the book of who did what keeps it, too."
_OUTCOME: Final = "`cleared` where all is as it should be, `confirmed` where it was fraud."

FIELDS: Final[Fields] = {
    "AlertQueue": {
        "state": "`open`, the default, `cleared` or `confirmed`.",
        "limit": phrases.LIMIT,
        "cursor": phrases.CURSOR,
    },
    "Alerts": {"alerts": "The alerts.", "next": phrases.NEXT},
    "AlertVerdict": {"outcome": _OUTCOME, "reason": _REASON},
    "AlertView": {
        "id": "The id, `alr_…`.",
        "kind": (
            "`repeated_card`: one card again and again at one cashier in a day; `favoured_card`: a large share of a "
            "cashier's points went to one card; `own_card`: the own card of a cashier; `repeated_adjustments`: points "
            "by hand again and again by one person to one member; `ring`: members gave points on until they came "
            "back; `many_senders`: many members gave points to one; `new_account`: a new account was given points "
            "and spent them at once; `household_ring`: members came into a household and went, leaving points "
            "behind, or one of them went from household to household; `wrong_codes`: many wrong codes of one cashier "
            "or key within an hour."
        ),
        "state": "`open`, `cleared` or `confirmed`.",
        "who": "The cashier, whoever gave by hand, or the key that typed codes; null where members did it among "
        "themselves.",
        "members": "The members whom it is about, by their ids, a household among them; after a merge that of whoever "
        "stayed.",
        "times": "How many entries of the journal it is about, or how many wrong codes.",
        "points": (f"How many points they gave, {phrases.STEPS}, by unit.", phrases.POINTS),
        "first_at": ("When the first of them happened.", phrases.WHEN),
        "last_at": ("When the last of them happened.", phrases.WHEN),
        "activities": "Their ids in the journal, `act_…`: the latest hundred. A wrong code is none, and is not kept.",
        "raised_at": ("When it was found.", phrases.WHEN),
        "mine": "Whether it is about whoever asks, who can't settle it.",
        "settled_at": ("When it was settled; null while it is open.", phrases.WHEN),
        "settled_by": "Who settled it.",
        "reason": _REASON,
    },
}
