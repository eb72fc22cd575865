"""The words for the fields of households."""

from typing import Final

from guerdon.faces.api.words import phrases
from guerdon.faces.api.words.phrases import Fields

_ROLE: Final = "owner (invites, removes, changes roles, spends), adult (spends) or child (earns only)."
_SINCE: Final = ("Since when.", phrases.WHEN)

FIELDS: Final[Fields] = {
    "NewHousehold": {"owner": "Who founds it."},
    "NewInvitation": {
        "member": "Who is invited.",
        "by": "Who invites: the owner.",
        "role": "As what: adult or child.",
    },
    "Departure": {
        "member": "Who leaves.",
        "by": "The owner, who removes the person; left out where the person leaves.",
    },
    "NewRole": {"member": "Whose role it is.", "role": "The new role: adult or child.", "by": "The owner."},
    "HandOver": {"to": "Who is to be the owner.", "by": "Who is the owner now."},
    "BelongingView": {"member": "The person's id.", "role": _ROLE, "since": _SINCE},
    "HouseholdView": {
        "id": "The id, `mem_…`: a household is a member with an account of its own.",
        "state": "open, or closed since the last person left.",
        "founded_at": ("When it was founded.", phrases.WHEN),
        "persons": "Who belongs to it now, in the order in which they joined.",
        "leads_to": "Of a closed one: who was the last and took what was left.",
    },
    "MovedView": {
        "unit": phrases.UNIT,
        "points": f"How many points passed, {phrases.STEPS}.",
        "debt": "How much debt passed with them.",
    },
    "ChangedHousehold": {
        "household": "The household after it.",
        "member": "Who joined, left or became something else.",
        "moved": "What passed with the person, unit by unit; when somebody leaves, what went along.",
        "repaid": "What of it repaid debt at once.",
        "seq": phrases.SEQ,
        "leaving": "How somebody left: the points stay, the own ones were taken along, or all, by the last person.",
        "dry_run": phrases.DRY_RUN,
    },
    "InvitationView": {
        "id": "The id, `inv_…`.",
        "household": "The household's id.",
        "member": "Who is invited.",
        "role": "As what: adult or child.",
        "invited_by": "Who invited.",
        "state": "open, accepted, declined, withdrawn or lapsed.",
        "made_at": ("When it was made.", phrases.WHEN),
        "until": ("When it lapses, exclusive.", phrases.WHEN),
        "settled_at": ("When it was settled; null while it is open.", phrases.WHEN),
    },
    "RecordedInvitation": {"invitation": "The invitation as of now.", "dry_run": phrases.DRY_RUN},
    "Invitations": {"invitations": "The invitations.", "next": phrases.NEXT},
    "Households": {"households": "The households.", "next": phrases.NEXT},
    "ShareView": {
        "unit": phrases.UNIT,
        "brought": f"What came with the person, less debt and what went along again, {phrases.STEPS}.",
        "earned": "What was earned, net of returns, with points by hand and gifts received.",
        "burned": "What was spent, net of what came back, with gifts sent.",
    },
    "StayView": {
        "member": "The person's id.",
        "role": _ROLE,
        "since": _SINCE,
        "until": ("Until when, exclusive; null while it lasts.", phrases.WHEN),
    },
    "HouseholdPerson": {
        "member": "The person's id.",
        "stays": "When the person belonged to it, and as what.",
        "totals": "What was posted in the person's name, unit by unit.",
    },
    "Persons": {"household": "The household's id.", "persons": "The persons, in the order in which they came."},
}
