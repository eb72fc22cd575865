"""One day at Café Aurora: Emil doubles the points of a weekend, and Maya looks at it first."""

from typing import Any, Final

from guerdon.faces.api.examples.cast import Example

_ID: Final = "drf_019b0f40c1237d6f9e03a1b2c3d4e9aa"
_BASE: Final = {
    "id": _ID, "title": "A summer of coffee", "base": 3, "newest": 3, "created_at": "2026-11-20T08:41:07Z",
    "created_by": "Emil", "mine": False,
}  # fmt: skip
_EDIT: Final = {"op": "put", "path": "/rules/base/then/0/points/give", "value": 2}
_EDITS: Final = {"edits": [_EDIT], "why": "Twice as much in summer"}
_AWARD: Final = {
    "unit": "points", "points": 20, "shares": [{"rule": "base", "points": 20, "exact": "20", "on": 1000}],
    "available_at": "2026-11-20T08:41:07Z", "expected_available_at": "2026-11-20T08:41:07Z",
    "expires_at": "2027-11-20T22:00:00Z",
}  # fmt: skip
_SIDE: Final = {
    "version": None, "awards": [_AWARD], "capped": [], "vouchers": [], "parked": None,
    "silent": [{"rule": "weekend", "reason": "weekday", "pointer": "/rules/weekend/if/1/weekday"}],
    "sentences": ["2 points for every 1.00 EUR on 10.00 EUR = 20."],
}  # fmt: skip
_PUBLISHED: Final = _SIDE | {
    "version": 3,
    "awards": [_AWARD | {"points": 10, "shares": [{"rule": "base", "points": 10, "exact": "10", "on": 1000}]}],
    "sentences": ["1 point for every 1.00 EUR on 10.00 EUR = 10."],
}
_TRIED: Final = {
    "tried": _SIDE, "published": _PUBLISHED, "compared": [{"unit": "points", "points": 20, "published": 10}],
}  # fmt: skip
_CONFLICTS: Final = {
    "rules": [
        {
            "rule": "spring", "kind": "over", "verdict": "certain",
            "sentence": "“A spring of tea” fires no more: its window is over.",
        }
    ],
    "pairs": [
        {
            "first": "weekend", "second": "base", "kind": "always", "verdict": "certain", "units": ["points"],
            "sentence": "Whenever “Weekend” fires, “Base” fires, too. One of them multiplies points.",
        }
    ],
    "left_off": 0,
}  # fmt: skip
_SAMPLE: Final = {"amount": 1000, "store": "plovdiv", "sample": {"tiers": ["gold"]}}


def _draft(state: str, revision: int, version: int | None = None) -> dict[str, Any]:
    return _BASE | {"state": state, "revision": revision, "version": version}


# By operation: what is sent, what comes back.
EXAMPLES: Final[dict[str, Example]] = {
    "drafts.begin": Example(_draft("open", 1), body={"title": "A summer of coffee", "why": "For July"}),
    "drafts.list": Example({"drafts": [_draft("open", 2)], "next": None}),
    "drafts.read": Example(
        {
            "draft": _draft("open", 2),
            "file": "programme: aurora\n",
            "document": {"programme": "aurora"},
            "differences": ["The rule “Base” changes: effects, now 2 points for every 1.00 EUR."],
            "clashes": [],
            "warnings": [],
            "steps": [
                {
                    "number": 2, "verb": "edit", "actor": "Emil", "at": "2026-11-20T08:41:07Z",
                    "why": "Twice as much in summer", "changes": [_EDIT],
                }
            ],
        },
        path={"id": _ID},
        query={"language": "en"},
    ),
    "drafts.edit": Example(_draft("open", 2), body=_EDITS, path={"id": _ID}),
    "drafts.write": Example(_draft("open", 3), body={"file": "programme: aurora\n"}, path={"id": _ID}),
    "drafts.submit": Example(_draft("in_review", 3), body={}, path={"id": _ID}),
    "drafts.approve": Example(_draft("approved", 4), body={}, path={"id": _ID}),
    "drafts.send_back": Example(_draft("open", 4), body={"why": "Only in July, please"}, path={"id": _ID}),
    "drafts.rebase": Example(_draft("open", 4), body={"take": {"/rules/base": "mine"}}, path={"id": _ID}),
    "drafts.publish": Example(
        _draft("published", 5, 4), body={"effective_at": "2062-11-20T08:41:07Z"}, path={"id": _ID}
    ),
    "drafts.discard": Example(_draft("discarded", 5), body={}, path={"id": _ID}),
    "trials.try_draft": Example(_TRIED, body=_SAMPLE, path={"id": _ID}, query={"language": "en"}),
    "trials.try_published": Example(_TRIED, body=_SAMPLE, query={"language": "en"}),
    "trials.of_draft": Example(_CONFLICTS, path={"id": _ID}, query={"language": "en"}),
    "trials.of_published": Example(_CONFLICTS, query={"language": "en"}),
    "trials.summary": Example(
        {
            "sections": [
                {
                    "topic": "earning", "heading": "How points are earned",
                    "paragraphs": [{"sentence": "Every purchase gives 1 point for every 1.00 EUR.", "of": "base"}],
                }
            ]
        },
        query={"audience": "member"},
    ),
    "trials.diff": Example(
        {
            "number": 3, "against": 2,
            "sentences": ["The rule “Weekend” is new: on Saturdays points are doubled."],
            "lines": ["--- version 2", "+++ version 3", "+  weekend:"],
        },
        path={"number": 3},
        query={"against": 2},
    ),
}  # fmt: skip
