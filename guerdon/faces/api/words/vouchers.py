"""The words for the fields of vouchers, their uses and pools."""

from typing import Final

from guerdon.core import limits
from guerdon.faces.api.words import phrases
from guerdon.faces.api.words.phrases import Fields

_CODE: Final = "The code, as people read it; it can be typed in small letters, with blanks or hyphens."
_KEY: Final = "The key of the voucher in the programme."
_OFF: Final = "What comes off, in minor units."

FIELDS: Final[Fields] = {
    "NewVoucher": {
        "member": "Who is given it.",
        "voucher": (_KEY, phrases.KEY),
        "external_id": "The sender's own name for it; told again it gives no other voucher.",
        "source": "The system that tells it.",
    },
    "Withdrawal": {"reason": "Why, for whoever reads the journal."},
    "VoucherOffer": {
        "voucher": _KEY,
        "name": "Its name, in the caller's language.",
        "kind": "What it gives: an amount or a percentage off, one free piece of a product, free shipping, or a gift.",
        "amount": "How much it takes off.",
        "percent": "How many percent it takes off, with at most two decimals.",
        "amount_max": "The most that the percentage takes off.",
        "product": "The product of which one piece is free.",
        "gift": "What is handed over for it, in the caller's language.",
    },
    "VoucherView": {
        "code": _CODE,
        "id": "The id, `vou_…`; null for a code that no member was given.",
        "member": "Whose it is; null for a code that no member was given.",
        "offer": "What it gives.",
        "state": "active, used as often as it can be, expired or withdrawn.",
        "uses": "How often it can be used.",
        "used": "How often it has been used; what was rolled back does not count.",
        "issued_at": ("When it was given, or the code was made.", phrases.WHEN),
        "expires_at": ("When it is over, exclusive; null where that is open.", phrases.WHEN),
        "withdrawn_at": ("When it was withdrawn; null where it was not.", phrases.WHEN),
        "rule": "The rule that gave it; null where it was given by hand.",
    },
    "IssuedVoucher": {
        "voucher": "The voucher as of now.",
        "seq": "The number of the journal entry that gave it; null for a code that no member was given.",
        "dry_run": phrases.DRY_RUN,
        "differs": phrases.DIFFERS,
    },
    "Drawing": {"symbol": "As what it is drawn: a QR code, or Code 128."},
    "Vouchers": {"vouchers": "What the member was given.", "next": phrases.NEXT},
    "Basket": {
        "member": "Who shows the code; whoever was given it where nobody is named.",
        "together_with": "Other codes that are shown with it.",
        "lines": "The basket, line by line, before any voucher.",
        "amount": ("The goods in one sum, where there are no lines.", phrases.MONEY),
        "store": "Where it is shown.",
        "channel": "Through which channel.",
        "client": "For whom a shop asks, in a word of its own: who guesses makes only this one wait.",
    },
    "NewUse": {
        "external_id": "The sender's own name for it, the order's number for example; told again it uses nothing more.",
        "source": "The system that tells it.",
        "member": "Who shows the code; whoever was given it where nobody is named.",
        "together_with": "Other codes that are used with it, all or none.",
        "lines": "The basket, line by line, before any voucher.",
        "amount": ("The goods in one sum, where there are no lines.", phrases.MONEY),
        "store": "Where it is used.",
        "channel": "Through which channel.",
        "client": "For whom a shop asks, in a word of its own: who guesses makes only this one wait.",
    },
    "NewRollback": {
        "use": "The use that shall be as if it had not been, `vus_…`.",
        "external_id": "The sender's own name for it; told again it does nothing more.",
        "source": "The system that tells it.",
    },
    "LineOff": {"line": "The number of the line, from 1, as told.", "off": _OFF},
    "Why": {
        "code": "The code of the refusal that redeeming would meet.",
        "title": "What it is, in a few words.",
        "detail": "Why, and what can be done.",
        "pointer": "The condition that does not hold, by its place in the programme.",
        "condition": "The same as a sentence, in the caller's language.",
    },
    "VerdictView": {
        "code": _CODE,
        "valid": "Whether it can be used for this basket, with the others that are valid.",
        "offer": "What it gives, where that may be told.",
        "off": "What it takes off this basket.",
        "lines": "What it takes off each line; lines it leaves alone are left out.",
        "why": "Why it is of no use here.",
    },
    "Looked": {
        "valid": "Whether redeeming all of them now would be taken.",
        "off": "What redeeming all of them now would take off; 0 where it would not be taken.",
        "vouchers": "Every code, in the order shown.",
    },
    "UsedVoucher": {
        "code": _CODE,
        "voucher": _KEY,
        "off": "What it took off.",
        "lines": "What it took off each line; lines it left alone are left out.",
    },
    "UseView": {
        "id": "The id, `vus_…`.",
        "member": "Who used them.",
        "state": "redeemed, or rolled back since.",
        "off": "What all of them took off together.",
        "vouchers": "What each of them took off.",
        "source": "The system that told it.",
        "external_id": "The sender's own name for it.",
        "seq": phrases.SEQ,
        "recorded_at": ("When it was written.", phrases.WHEN),
    },
    "RecordedUse": {
        "use": "The use as of now.",
        "seq": "The number the journal reached with it.",
        "dry_run": phrases.DRY_RUN,
        "differs": phrases.DIFFERS,
    },
    "NewCodes": {
        "external_id": "The sender's own name for these codes; told again it brings nothing in.",
        "codes": f"The codes to bring in, each of 1 to {limits.CODE_CHARS_MAX} characters without blanks.",
        "count": "How many to make, where none are brought in.",
        "source": "The system that tells it.",
    },
    "MadeCodes": {
        "voucher": _KEY,
        "made": "How many codes are new.",
        "known": "How many this voucher had before; they stay as they are.",
        "elsewhere": "How many are codes of other vouchers; they stay theirs and are not brought in.",
        "codes": "The codes that are new with this very request.",
        "differs": phrases.DIFFERS,
    },
    "FreeCode": {
        "code": _CODE,
        "uses": "How often it can be used.",
        "used": "How often it has been used by whoever showed it.",
        "expires_at": ("When it is over, exclusive; null where that is open.", phrases.WHEN),
    },
    "FreeCodes": {"codes": "The codes, in their order.", "next": phrases.NEXT},
    "PoolView": {
        "voucher": _KEY,
        "added": "How many codes it was given so far.",
        "left": "How many of them nobody has.",
        "alarm_below": "When fewer are left news go out; null where nobody asked for that.",
        "low": "Whether fewer are left by now.",
    },
    "Pools": {"pools": "Every pool that was given codes."},
    "UseStepView": {
        "use": "The id of the use, `vus_…`.",
        "member": "Whose account used it.",
        "direction": "`use`, or `back` where that use was rolled back.",
        "off": "What came off.",
        "at": ("When.", phrases.WHEN),
        "seq": phrases.SEQ,
    },
    "Steps": {"uses": "Uses and rollbacks, the latest first.", "next": phrases.NEXT},
}
