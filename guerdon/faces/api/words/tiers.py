"""The words for the fields of tiers."""

from typing import Final

from guerdon.faces.api.words import phrases
from guerdon.faces.api.words.phrases import Fields

FIELDS: Final[Fields] = {
    "BenefitView": {
        "key": "The key of the benefit.",
        "kind": "What it is, for tills and shops that grant it.",
        "name": "Its name.",
        "percent": "How many percent are taken off, with two decimals.",
        "hours": "How many hours before everybody.",
        "tickets": "How many tickets a year.",
    },
    "TierView": {
        "key": "The key of the tier, by which rules ask for it.",
        "name": "Its name.",
        "threshold": "From how much of the basis on a member has it; null where it is only granted.",
        "invitation_only": "Whether nobody can earn it.",
        "benefits": "What it gives by itself.",
    },
    "LadderView": {
        "key": "The key of the ladder.",
        "name": "Its name.",
        "points": "The unit whose points are counted, where it is points.",
        "spend": "Whether the eligible amount of what was bought and kept is counted.",
        "visits": "The kinds of activity that are counted, where it is visits.",
        "window": "When what was done counts.",
        "tiers": "Its tiers, from the lowest to the highest.",
    },
    "Ladders": {"ladders": "The ladders; none where the programme has no tiers."},
    "AsOf": {
        "at": ("As of which instant; now where it is left out.", phrases.WHEN),
        "language": phrases.LANGUAGE,
    },
    "Next": {
        "tier": "The next tier that can be earned.",
        "threshold": "From how much of the basis on.",
        "missing": "How much of it is missing.",
        "last_day": "The last local day that counts with what there is; null where the window moves or never ends.",
    },
    "Keep": {
        "missing": "How much is still missing to keep the tier, at its review or after a return; 0 where it is safe.",
        "last_day": "The last local day that counts for it: before the review, days of grace included, or, where a "
        "return has undone the tier and that comes first, before its grace ends.",
    },
    "TierInterval": {
        "tier": "The tier; null below the first one.",
        "since": ("From this instant on.", phrases.WHEN),
        "until": ("Up to this instant, which belongs to the next one; null for the last.", phrases.WHEN),
        "cause": "What made it so; null from the beginning.",
    },
    "Standing": {
        "ladder": "The key of the ladder.",
        "tier": "The tier, earned or granted, whichever is higher; null below the first one.",
        "name": "Its name.",
        "earned": "The tier that was earned.",
        "counted": "How much of the basis is in the window of that day.",
        "next": "What lifts the member; null at the top.",
        "keep": "What keeps the earned tier; null where nothing can take it.",
        "review_at": ("When it is looked at, days of grace included; null for never.", phrases.WHEN),
        "at_risk_until": ("A return has undone the tier: when it goes, if nothing makes up for it.", phrases.WHEN),
        "benefits": "What the tier gives by itself.",
        "history": "What was earned when, oldest first; intervals meet and do not overlap.",
    },
    "GrantView": {
        "id": "The id, `grt_…`.",
        "member": "The member's id.",
        "ladder": "The key of the ladder.",
        "tier": "The key of the tier.",
        "kind": "How it was given: by hand, as a status match, or by invitation.",
        "since": ("From when on.", phrases.WHEN),
        "last_day": "The last local day of it.",
        "reason": "Why.",
        "actor": "Who gave it: the name of the API key.",
        "seq": phrases.SEQ,
        "ended_at": ("When it ended before its last day.", phrases.WHEN),
    },
    "MemberTiers": {
        "member": "The member's id.",
        "at": ("As of which instant.", phrases.WHEN),
        "ladders": "Where the member stands on each ladder.",
        "grants": "Every tier that was given by hand.",
    },
    "NewGrant": {
        "member": "Who gets it.",
        "tier": ("The key of the tier.", phrases.KEY),
        "last_day": "The last local day of it.",
        "reason": "Why, for members and auditors.",
        "external_id": "The sender's own name for it; told again it does nothing more.",
        "kind": "`invitation` for tiers that are by invitation only, and only for these.",
        "source": "The system that tells it.",
    },
    "RecordedGrant": {
        "grant": "The grant.",
        "seq": "The number the journal reached with it.",
        "dry_run": phrases.DRY_RUN,
        "differs": phrases.DIFFERS,
    },
    "Draft": {"file": "The whole text of the programme file."},
    "Moved": {"id": "The member.", "name": "The name, where one is known."},
    "Migration": {
        "ladder": "The key of the ladder.",
        "when": "`at_once`, or `review`: at the next review, where it would come out otherwise than today.",
        "before": "The tier without the draft; null below the first one.",
        "after": "The tier with it.",
        "count": "How many members.",
        "members": "The first 20 of them.",
    },
    "Preview": {
        "members": "How many members were looked at.",
        "moves": "Who would move, from where to where.",
        "uncounted": "Ladders of the draft whose basis nobody has counted so far: everybody begins with nothing.",
    },
}
