"""The words for the fields of privacy."""

from typing import Final

from guerdon.core import limits
from guerdon.faces.api.words import phrases
from guerdon.faces.api.words.phrases import Fields

_MEMBER: Final = "The member's id."
FIELDS: Final[Fields] = {
    "RecipientView": {"name": "Who gets data.", "link": "Where it can be read what they do with them."},
    "ConsentView": {
        "consent": "The key of the consent.",
        "name": "What is asked for, in a few words.",
        "text": "What members agree to.",
        "version": "The number of the wording in force.",
        "required": "Whether nobody can be a member without it.",
        "recipients": "Who else gets data for it.",
        "keep_days": "For how many days after it was given its data are kept, before it ends by itself; null: as long "
        "as somebody is a member.",
        "given": "Whether the member has given it; what was never said is not given.",
        "said_version": "The wording to which the member last said something; null where nothing was said.",
        "said_at": ("When that was; null where nothing was said.", phrases.WHEN),
        "how": "On which way it was said; null where nothing was said.",
        "actor": "Who told it, by name; null where nothing was said.",
    },
    "SaidView": {
        "consent": "The key of the consent.",
        "given": "Whether it was given or withdrawn.",
        "version": "To which wording.",
        "at": ("When it was said.", phrases.WHEN),
        "how": "On which way; `merge`, `unmerge`, `erasure` and `lapse` (its days were over) are what the house did "
        "itself.",
        "actor": "Who told it, by name.",
    },
    "KeptView": {
        "what": "What is kept.",
        "how_long": "For how long, in words.",
        "recipients": "Who else gets it.",
        "consent": "The key of the consent for which it is kept; null for what every member has.",
    },
    "RulesView": {
        "version": "The version of the programme that was shown.",
        "at": ("When it was accepted.", phrases.WHEN),
        "how": "On which way.",
    },
    "Consents": {
        "member": _MEMBER,
        "rules": "Under which version of the programme the member joined in the portal; null where nothing was shown. "
        "In the history it stands as `@rules`.",
        "consents": "What the programme asks for, with what the member has last said.",
        "history": f"The last {limits.PAGE_ROWS_MAX} things that were said, the latest first.",
        "kept": "What is kept how long, and who gets it, in plain words.",
    },
    "SaidConsent": {
        "given": "`true` gives it, `false` withdraws it.",
        "version": "The wording that was shown; left out, the one in force.",
    },
    "SaidConsents": {
        "consents": "What the member says, by the key of each consent; those left out stay as they are.",
        "how": "On which way it was said.",
    },
    "LookView": {
        "who": "The name of the API key, or of whoever sat at the terminal.",
        "kind": "What looked: an API key, a person or a command.",
        "purpose": "The operation or the command by which.",
        "looks": "How often within the hour.",
        "first_at": ("The first time within the hour.", phrases.WHEN),
        "last_at": ("The last time within the hour.", phrases.WHEN),
    },
    "Lookups": {"member": _MEMBER, "lookups": "Who looked, the latest hour first.", "next": phrases.NEXT},
    "TableView": {
        "name": "What the table holds.",
        "columns": "The names of its columns.",
        "rows": "Its rows, each with a cell for every column.",
    },
    "Download": {
        "member": _MEMBER,
        "made_at": ("As of when.", phrases.WHEN),
        "tables": "All tables, also those without rows.",
    },
    "LostPoints": {
        "unit": phrases.UNIT,
        "points": "So many, in its smallest steps: available, waiting and held.",
        "worth": "What they are worth, in minor units of the programme's currency; null where nobody says so.",
    },
    "ErasureView": {
        "member": _MEMBER,
        "state": "`none`, `waiting` as long as it can be taken back, or `erased`.",
        "asked_at": ("When it was asked for; null where it was not.", phrases.WHEN),
        "due_at": ("When the member is erased; null where nobody asked.", phrases.WHEN),
        "done_at": ("When it was done; null before that.", phrases.WHEN),
        "points": "Points that are lost.",
        "currency": "The currency of what they are worth.",
        "vouchers": "Vouchers that could still be used.",
        "gift_cards": "Gift cards had for points; whoever has the code can still spend them.",
        "memberships": "The plans of memberships that end without another payment.",
        "redemptions": "Rewards that were not handed over yet.",
        "holds": "Points reserved, which are released before they end.",
        "transfers": "Offers of points that nobody has answered.",
        "tiers": "Tiers that are lost.",
        "household": "Whether a household is left.",
    },
}
