"""The words for the fields of what-ifs."""

from typing import Final

from guerdon.core import limits
from guerdon.faces.api.words import phrases
from guerdon.faces.api.words.phrases import Fields

_SHARE: Final = {"minimum": 0, "maximum": 1000}
_FROM: Final = "The first local day."
_UNTIL: Final = "The local day after the last one."

FIELDS: Final[Fields] = {
    "NewSimulation": {
        "draft": "The draft that is asked about, as it stands now.",
        "file": ("A whole programme file that is asked about instead.", {"maxLength": limits.PROGRAMME_BYTES_MAX}),
        "name": ("How a file is called in lists; a draft has its title.", phrases.NAME),
        "from": f"{_FROM} Twelve months before the end where it is left out.",
        "until": f"{_UNTIL} Today where it is left out.",
    },
    "SimulationView": {
        "id": "Its id, `sim_…`.",
        "draft": "The draft that was asked about.",
        "revision": "The revision of the draft that was asked about.",
        "version": "The newest version when it was asked.",
        "name": "The title of the draft, or the name of the file.",
        "from": _FROM,
        "until": _UNTIL,
        "seq": "How far the journal was when it was asked.",
        "asked_at": ("When it was asked.", phrases.WHEN),
        "asked_by": "Who asked first.",
        "state": "waiting, running, answered, refused or failed.",
        "stage": "What is done of it now: reading, checking, replaying, comparing or weighing.",
        "share": ("How much of it is done, in thousandths.", _SHARE),
        "started_at": ("When it was begun, the last time.", phrases.WHEN),
        "ended_at": ("When it came to its end.", phrases.WHEN),
        "refused": "Why there is no answer, where it was refused.",
    },
    "RefusedView": {
        "code": "The stable code of the refusal.",
        "facts": "What the refusal knows.",
        "title": "What is wrong, in the language of the request.",
        "detail": "Why, in the language of the request.",
    },
    "SimulationWhole": {
        "simulation": "What was asked, and how far it is.",
        "currency": "The currency of `cost` and `liability`, which are in its minor units.",
        "answer": "The answer; null as long as there is none.",
    },
    "Simulations": {"simulations": "The what-ifs, the newest first.", "next": phrases.NEXT},
    "SimulationAnswer": {
        "version": "The version that was compared with.",
        "from": _FROM,
        "until": _UNTIL,
        "activities": "How many activities were replayed.",
        "lines": "How many lines they have.",
        "milliseconds": "How long it took.",
        "gate": "What of the replay of today's programme equals the ledger.",
        "mechanical": "Everybody does what they did, only the programme differs.",
        "moves": "Where members would have ended on the ladders of tiers.",
        "behavioural": "The same where members do otherwise, as the assumptions say; apart, and never mixed in.",
        "assumptions": "On what `behavioural` rests, in plain sentences.",
    },
    "EqualityGate": {
        "members": "How many members come to what the ledger says.",
        "postings": "How many postings.",
        "points": "How many points, in smallest steps.",
        "steps": "How many steps of members on ladders of tiers, each at the same moment and to the same tier.",
    },
    "SimulatedUnit": {
        "unit": phrases.UNIT,
        "whole": "All in all.",
        "months": "Month by month.",
        "segments": "By segment.",
        "tiers": "By tier.",
        "winners": "Members who would have got more, those with the most first; empty without `members:list`.",
        "losers": "Members who would have got less, those with the most first; empty without `members:list`.",
        "better_off": "How many members would have got more.",
        "worse_off": "How many members would have got less.",
        "bands": "How sure the differences are.",
    },
    "SimulatedPair": {
        "key": "The month, the segment or the tier; empty for all.",
        "members": "How many members it is of.",
        "today": "What it was.",
        "draft": "What it would have been.",
    },
    "SimulatedAmounts": {
        "issued": f"Points given, {phrases.STEPS}.",
        "redeemed": f"Points redeemed, {phrases.STEPS}.",
        "unmet": "Redemptions, transfers and donations for which the points would not have been there: they do not "
        "happen, and cost nothing.",
        "expired": f"Points expired, {phrases.STEPS}.",
        "outstanding": f"Points that members have at the end, {phrases.STEPS}.",
        "cost": "What it costs, in minor units.",
        "liability": "What is owed at the end, in minor units.",
    },
    "SimulatedChange": {
        "member": "The member's id.",
        "today": f"What they got, {phrases.STEPS}.",
        "draft": f"What they would have got, {phrases.STEPS}.",
    },
    "SimulatedMove": {
        "ladder": "The ladder's key.",
        "today": "The tier in which they ended; empty below the first one.",
        "draft": "The tier in which they would have ended.",
        "members": "How many members.",
    },
    "SimulatedBand": {
        "of": "Of which amount it is the difference.",
        "low": "It is hardly less than this.",
        "middle": "It is about this.",
        "high": "It is hardly more than this.",
    },
}
