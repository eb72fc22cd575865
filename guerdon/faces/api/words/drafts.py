"""The words for the fields of drafts, trials, conflicts and summaries."""

from typing import Final

from guerdon.faces.api.words import phrases
from guerdon.faces.api.words.phrases import Fields

_WHY: Final = "Why, in a few words; stands in the history."
_VERDICT: Final = "certain or possible."
_SENTENCE: Final = "The same as a plain sentence."

FIELDS: Final[Fields] = {
    "NewDraft": {
        "title": "What it is about.",
        "why": _WHY,
        "content_of": "The version whose content it has: rolling back is publishing it.",
        "base": "The newest version as it was looked at: with a newer one out, nothing is begun.",
        "simulation": "The what-if whose file it has, with the values of `scenario`.",
        "scenario": "The place of a scenario in the answer of the sweep, from 0.",
    },
    "DraftEdit": {
        "op": "put, merge (RFC 7396) or remove.",
        "path": "The JSON pointer to the part: /rules/base, /currency; /- behind a list adds to it.",
        "value": "What is put or merged, as the programme file says it.",
    },
    "DraftEdits": {"edits": "All of them are made, in this order, or none.", "why": _WHY},
    "DraftFile": {"file": "The whole programme file, YAML.", "why": _WHY},
    "DraftWords": {"why": _WHY},
    "Rebasing": {"take": "By the pointer of a part that both changed: mine or theirs.", "why": _WHY},
    "Publishing": {
        "effective_at": ("From when on it is in force; at once where it is left out.", phrases.WHEN),
        "why": _WHY,
    },
    "DraftQueue": {
        "state": "One state; all of them where it is left out.",
        "limit": phrases.LIMIT,
        "cursor": phrases.CURSOR,
    },
    "DraftView": {
        "id": "Its id, `drf_…`.",
        "title": "What it is about.",
        "state": "open, in_review, approved, published or discarded.",
        "base": "The version that it changes.",
        "newest": "The newest version there is: the draft can only be published on this one.",
        "revision": "How many steps it has; the same number stands in its ETag.",
        "version": "The version that it became; null while it has not.",
        "created_at": ("When it was begun.", phrases.WHEN),
        "created_by": "Who began it.",
        "mine": "Whether the caller had a hand in it, so that somebody else must approve it.",
    },
    "Drafts": {"drafts": "The drafts.", "next": phrases.NEXT},
    "PartChange": {
        "op": "put or remove.",
        "path": "The JSON pointer to the part of the canonical document.",
        "value": "What stands there since then.",
    },
    "StepView": {
        "number": "1 for the first step, then 2, 3 and so on.",
        "verb": "begin, edit, rebase, submit, approve, send_back, publish or discard.",
        "actor": "Who did it.",
        "at": ("When.", phrases.WHEN),
        "why": _WHY,
        "changes": "Which parts it changed.",
    },
    "DraftWhole": {
        "draft": "How it stands.",
        "file": "The programme file as it is written.",
        "document": ("The canonical document of it.", {"type": "object"}),
        "differences": "What it changes of its base, in plain sentences.",
        "clashes": "The pointers of parts that newer versions changed otherwise.",
        "warnings": "What is right but looks like a mistake.",
        "steps": "All that happened to it.",
    },
    "SampleTender": {"kind": "card, cash, or the shop's own word.", "amount": "Minor units."},
    "SamplePerson": {
        "segments": "Segments it is in.",
        "attributes": "Attributes it has.",
        "tiers": "Keys of tiers it has.",
        "memberships": "Keys of plans it has.",
        "birthday_month": "The month of its birthday.",
        "did": "How often it did things before, by kind of activity.",
    },
    "Sample": {
        "kind": "The kind of activity.",
        "occurred_at": ("When it happens; now where it is left out.", phrases.WHEN),
        "amount": "The basket in one sum, minor units.",
        "lines": "Or its lines.",
        "tenders": "How it is paid.",
        "currency": "The currency; the programme's where it is left out.",
        "channel": "Where it was told.",
        "store": "The store.",
        "partner": "The partner.",
        "facts": "What else is told of it.",
        "member": "A real member, by one identifier.",
        "sample": "Or a member who is nobody; one of whom nothing is known where both are left out.",
    },
    "TrialSide": {
        "version": "The version that decided; null for a draft.",
        "awards": "The points, each with the arithmetic of its rules and what each line gets.",
        "capped": "The limits that clamped them.",
        "vouchers": "The keys of vouchers that would be given.",
        "parked": "What it would wait for; null where it is decided.",
        "silent": "The rules that gave nothing, and the first thing that held each back.",
        "sentences": "All of it in plain sentences.",
    },
    "UnitCompared": {
        "unit": phrases.UNIT,
        "points": f"What is tried gives so many, {phrases.STEPS}.",
        "published": f"What is published gives so many, {phrases.STEPS}.",
    },
    "TrialView": {
        "tried": "What the draft gives.",
        "published": "What the version in force at that time gives.",
        "compared": "Both, unit by unit.",
    },
    "RuleFinding": {
        "rule": "The rule's key.",
        "kind": "over, window, condition, lines or shadowed: it gives nothing; cap, budget, idle_cap or idle_uses: "
        "a limit always cuts, or never matters.",
        "verdict": _VERDICT,
        "sentence": _SENTENCE,
    },
    "PairFinding": {
        "first": "The key of a rule.",
        "second": "The key of another one.",
        "kind": "group: only the better one counts; window, condition: they never meet; lines: never on one line; "
        "always: whenever the first fires, so does the second; together: they may.",
        "verdict": _VERDICT,
        "units": "The units that both give.",
        "sentence": _SENTENCE,
    },
    "ConflictsView": {
        "rules": "What is to be said of single rules.",
        "pairs": "How rules meet that one kind of activity triggers.",
        "left_off": "How many pairs were too many to look at.",
    },
    "SummaryQuery": {"audience": "member or manager.", "language": phrases.LANGUAGE},
    "SummaryParagraph": {
        "sentence": "The sentence.",
        "of": "The key of the rule, unit, ladder, plan, reward or voucher it tells; null where it tells none.",
    },
    "SummarySection": {
        "topic": "earning, expiry, tiers, rewards, membership, household, sharing or limits.",
        "heading": "The heading in the language.",
        "paragraphs": "What there is to say.",
    },
    "SummaryView": {"sections": "The sections; those under which nothing is to be said are left out."},
    "DiffQuery": {"against": "With which version to compare; the one before by default.", "language": phrases.LANGUAGE},
    "DiffView": {
        "number": "The version.",
        "against": "The version it is compared with.",
        "sentences": "What changes, in plain sentences.",
        "lines": "What changes in the file, as a unified diff.",
    },
}
