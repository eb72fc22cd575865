"""The words for the fields of members."""

from typing import Final

from guerdon.core import limits
from guerdon.faces.api.words import phrases
from guerdon.faces.api.words.phrases import Fields

FIELDS: Final[Fields] = {
    "Lifting": {"reason": ("How it is known that it was the member; the book of who did what keeps it.", phrases.TEXT)},
    "LiftedWait": {"member": "The member's id.", "lifted_at": ("When the wait ended.", phrases.WHEN)},
    "NewMember": {
        "external_ids": "Names of the member in other systems.",
        "cards": "Numbers of cards.",
        "person": "Personal data; kept apart, in the vault.",
        "attributes": (
            "Whatever rules may look at: text, whole numbers, true or false. "
            "Conditions on tiers and memberships look at `tier` and `membership`.",
            {"maxProperties": limits.ATTRIBUTES_MAX},
        ),
        "segments": ("Keys of the groups the member is in.", {"maxItems": limits.SEGMENTS_MAX}),
    },
    "Person": {
        "name": ("The full name.", phrases.NAME),
        "email": ("The e-mail address; members are found by it.", phrases.IDENTIFIER),
        "phone": ("The phone number, with + and the country's number; members are found by it.", phrases.IDENTIFIER),
        "birthday": "The day of birth: not ahead, and at most 120 years ago.",
        "language": ("The language to address the member in.", phrases.NAME),
    },
    "MemberView": {
        "id": "The id, `mem_…`.",
        "status": "active, blocked, closed or erased; only active members earn and spend.",
        "enrolled_at": ("Since when.", phrases.WHEN),
        "external_ids": "Names of the member in other systems.",
        "cards": "Numbers of cards, as they are kept.",
        "person": "Personal data; null where there is none.",
        "attributes": "Whatever rules may look at.",
        "segments": "Keys of the groups the member is in.",
        "merged": "Ids of members who were merged into this one; they lead here.",
        "household": "The household the member shares a balance with; null where there is none.",
        "role": "owner, adult or child of it.",
    },
    "MemberChange": {
        "status": "The new status.",
        "external_ids": "All names in other systems, from now on.",
        "cards": "All numbers of cards, from now on.",
        "person": "What changes of the personal data; null forgets all of it.",
        "attributes": ("What changes of the attributes; null removes one.", {"maxProperties": limits.ATTRIBUTES_MAX}),
        "segments": ("All groups, from now on.", {"maxItems": limits.SEGMENTS_MAX}),
    },
    "Search": {
        "q": "Find by a whole identifier, or by words of the name; the last may be a beginning.",
        "external_id": "Find by the name in another system.",
        "card": "Find by the number of the card.",
        "email": "Find by the e-mail address.",
        "phone": "Find by the phone number (+ is written %2B).",
        "limit": phrases.LIMIT,
        "cursor": phrases.CURSOR,
    },
    "Members": {"members": "The members.", "next": phrases.NEXT},
}
# Fields that mean the same wherever they stand.
FIELDS["PersonChange"] = FIELDS["PersonView"] = FIELDS["Person"]
