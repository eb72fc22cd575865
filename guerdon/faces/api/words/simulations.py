"""The words for the fields of what-ifs."""

from typing import Final

from guerdon.core import limits
from guerdon.faces.api.words import phrases
from guerdon.faces.api.words.phrases import Fields

_SHARE: Final = {"minimum": 0, "maximum": 1000}
_FROM: Final = "The first local day."
_UNTIL: Final = "The local day after the last one."

_AS_IT_HAPPENED: Final = "Whether what was told late counts as if it had been told when it happened: of imports."
_STRENGTH: Final = "off, the low end, the middle or the high end of our prior, or a figure of your own."

FIELDS: Final[Fields] = {
    "NewSimulation": {
        "draft": "The draft that is asked about, as it stands now.",
        "file": ("A whole programme file that is asked about instead.", {"maxLength": limits.PROGRAMME_BYTES_MAX}),
        "name": ("How a file is called in lists; a draft has its title.", phrases.NAME),
        "from": f"{_FROM} Twelve months before the end where it is left out.",
        "until": f"{_UNTIL} Today where it is left out.",
        "sweep": "What is varied, what is wanted and what is kept, where many what-ifs are asked for at once.",
        "responses": "How strongly members are assumed to respond, in `behavioural`.",
        "as_it_happened": _AS_IT_HAPPENED,
    },
    "Responses": {
        "spend": f"How much more they spend for each percentage point more that comes back in points: {_STRENGTH}",
        "goal": f"How much more they spend at most, the nearer they are to a reward or the next tier: {_STRENGTH}",
        "redemption": f"How much more they redeem with twice as much balance for the price of a reward: {_STRENGTH}",
    },
    "Own": {
        "percent": "How much more, in hundredths of a percent.",
        "unsure": "Give or take so much, one standard deviation, in hundredths of a percent.",
    },
    "Sweep": {
        "vary": "The places that are varied, each with the values to try; every combination is a scenario.",
        "goals": "What is wanted; the first one decides, a later one where all before it are equal.",
        "unit": f"{phrases.UNIT} The first that can be spent where it is left out.",
        "budget": "How many scenarios more are tried between the values, to find a better one.",
        "limits": "What the choice has to keep.",
    },
    "Axis": {
        "path": "A JSON pointer into the programme file: `/rules/base/then/0/points/give`.",
        "values": "The values to try; a number with decimals is text, as exact as it is written: `1.50`.",
    },
    "Goal": {"metric": "Of which figure.", "sense": "As little of it as can be, or as much."},
    "Limit": {
        "metric": "Of which figure.",
        "most": "At most so much of it.",
        "least": "At least so much of it.",
    },
    "Swept": {
        "version": "The version that was compared with.",
        "activities": "How many activities were replayed.",
        "milliseconds": "How long it took.",
        "gate": "What of the replay of today's programme equals the ledger.",
        "unit": phrases.UNIT,
        "vary": "What was varied.",
        "goals": "What was wanted.",
        "limits": "What the choice had to keep.",
        "today": "What today's programme came to.",
        "scenarios": "Every scenario that was replayed: those of the values, then those between them.",
        "unfit": "Combinations that are no programme.",
        "best": "The place of the best scenario in `scenarios`, from 0; null where none keeps all limits.",
        "wished": "The place of one that would be better and breaks a limit; null where there is none.",
        "without": "What each limit costs.",
    },
    "Varied": {
        "path": "The JSON pointer to it.",
        "today": "What the file that was asked about says there.",
        "idle": "Whether its values change nothing that a replay counts, whatever the others are at.",
    },
    "Scenario": {
        "values": "The values, in the order of `vary`.",
        "metrics": "What it came to.",
        "on_front": "Whether no other scenario is better in one of the goals without being worse in another.",
        "between": "Whether it lies between the values that were asked for.",
        "breaks": "Of which figures it breaks the limits.",
        "bands": "How sure its differences from today's programme are; only of the best and of the front.",
    },
    "Unfit": {
        "values": "The values, in the order of `vary`.",
        "path": "Where it is wrong.",
        "reason": "What is wrong.",
    },
    "Without": {
        "limit": "The limit.",
        "excludes": "How many scenarios break it and no other.",
        "best": "The place of the scenario that would be best if it were not there; null where nothing is better.",
    },
    "Band": {
        "of": "Of which figure it is the difference.",
        "low": "It is hardly less than this.",
        "middle": "It is about this.",
        "high": "It is hardly more than this.",
    },
    "Gate": {
        "members": "How many members come to what the ledger says.",
        "postings": "How many postings.",
        "points": "How many points, in smallest steps.",
        "steps": "How many steps of members on ladders of tiers, each at the same moment and to the same tier.",
    },
    "Metrics": {
        "issued": f"Points given, {phrases.STEPS}.",
        "redeemed": f"Points redeemed, {phrases.STEPS}.",
        "expired": f"Points expired, {phrases.STEPS}.",
        "outstanding": f"Points that members have at the end, {phrases.STEPS}.",
        "cost": "What the rewards that were handed over cost, in minor units.",
        "liability": "What is owed at the end, in minor units.",
        "burden": "Both together, in minor units.",
        "kept": "What members have had of their points by the end, used or still theirs, in minor units.",
        "worse_off": "The share of the members who got fewer points than they did, in hundredths of a percent.",
        "better_off": "The share of those who got more of one unit and fewer of none, in hundredths of a percent.",
        "losing": "How many members were left with less, used or still theirs.",
        "retained": "The share of the points given that did not expire, in hundredths of a percent.",
        "roi": "Always null here: nobody says what is earned.",
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
        "sweep": "What is varied, where it is a sweep.",
        "responses": "How strongly members are assumed to respond.",
        "as_it_happened": _AS_IT_HAPPENED,
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
        "answer": "The answer; null as long as there is none, and of a sweep.",
        "swept": "The answer of a sweep; null as long as there is none, and of any other.",
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
