"""The words for the fields of seals and receipts."""

from typing import Final

from guerdon.faces.api.words import phrases
from guerdon.faces.api.words.phrases import Fields

_MICROS: Final = "microseconds since 1970"
_HEX: Final = "32 hex digits"
_HASH: Final = {"pattern": "^[0-9a-f]{64}$"}

FIELDS: Final[Fields] = {
    "SealView": {
        "number": "The seal's number, from 1 without gaps.",
        "from_seq": "The first journal number it covers.",
        "until_seq": "The last one; the next seal begins behind it.",
        "entries": "How many entries of the programme it covers.",
        "root": ("The Merkle root over them (RFC 9162).", _HASH),
        "previous": ("The head of the seal before it; zeros for the first.", _HASH),
        "head": ("The hash of all this: what is published.", _HASH),
        "sealed_at": ("When it was made.", phrases.WHEN),
    },
    "Seals": {"seals": "The seals, oldest first.", "next": phrases.NEXT},
    "ReceiptWanted": {"head": "The number of a later seal up to whose head the receipt is to lead."},
    "Receipt": {
        "entry": "The entry as it was sealed.",
        "position": "Its place among the entries of its seal, from 0.",
        "path": ("The hashes from the entry up to the root.", {}),
        "seal": "The seal it stands under.",
        "later": "The seals from there to the head that was asked for.",
        "format": "The version of this shape.",
    },
    "Seal": {
        "span": "What the seal says.",
        "previous": ("The head of the seal before it; zeros for the first.", _HASH),
        "head": ("The hash of the previous head and of what it says.", _HASH),
    },
    "Span": {
        "programme": f"The programme, {_HEX}.",
        "number": "The seal's number, from 1 without gaps.",
        "from_seq": "The first journal number it covers.",
        "until_seq": "The last one.",
        "entries": "How many entries it covers.",
        "root": ("The Merkle root over them (RFC 9162).", _HASH),
        "sealed_at": f"When it was made, {_MICROS}.",
    },
    "SealedEntry": {
        "programme": f"The programme, {_HEX}.",
        "account": f"The member, {_HEX}.",
        "activity": f"The activity, {_HEX}.",
        "seq": "Its number in the journal.",
        "kind": "Its kind.",
        "source": "Who told it.",
        "external_id": "Its number there.",
        "occurred_at": f"When it happened, {_MICROS}.",
        "recorded_at": f"When it was recorded, {_MICROS}.",
        "version": "The version of the programme that decided.",
        "facts": "What was told, the very text that is stored.",
        "decision": "What was decided, the very text that is stored.",
        "postings": "Every point that moved.",
        "lots": "The lots it made.",
        "allocations": "Which lots it took points from.",
        "passages": "Where lots came from that another account had.",
        "format": "The version of this shape.",
    },
    "SealedPosting": {
        "part": "Its place among the entry's.",
        "id": f"Its id, {_HEX}.",
        "unit": phrases.UNIT,
        "kind": "Its kind.",
        "source": "The account that gave.",
        "destination": "The account that got.",
        "amount": f"How many, {phrases.STEPS}.",
        "balance_after": "What the member had after it.",
        "person": "Who earned or burned, where several share the account.",
        "effective_at": f"When it counts, {_MICROS}.",
        "posted_at": f"When it was written, {_MICROS}.",
    },
    "SealedLot": {
        "id": f"Its id, {_HEX}.",
        "unit": phrases.UNIT,
        "origin": "The activity that earned it.",
        "funder": "Who pays for it.",
        "amount": "How many points it had.",
        "earned_at": f"When they were earned, {_MICROS}.",
        "available_at": f"From when on they can be spent, {_MICROS}.",
    },
    "SealedAllocation": {
        "id": f"Its id, {_HEX}.",
        "posting": "The posting that took or gave back.",
        "lot": "The lot.",
        "direction": "`out` or `back`.",
        "amount": "How many points.",
        "at": f"At which instant, {_MICROS}.",
    },
    "SealedPassage": {
        "lot": "The lot that was made.",
        "from_account": "The account it came from.",
        "from_lot": "The lot it came from.",
    },
}
