"""One day at Café Aurora: examples of saved segments."""

from typing import Final

from guerdon.faces.api.examples import members
from guerdon.faces.api.examples.cast import ANN, Example

_IF: Final = [{"last": {"days_min": 90}}, {"balance": {"unit": "points", "min": 100}}]
_NAMES: Final = {"en": "Sleepers with points", "bg": "Спящи с точки", "tr": "Puanı olan uyuyanlar"}
_SENTENCE: Final = (
    "A member is in “Sleepers with points” if the member's last purchase was at least 90 days ago, and the member has"
    " at least 100 points to spend."
)
_SEGMENT: Final = {
    "key": "sleepers",
    "name": "Sleepers with points",
    "names": _NAMES,
    "if": _IF,
    "sentence": _SENTENCE,
    "version": 1,
    "changed_at": "2026-03-02T08:00:00Z",
    "changed_by": "emil",
    "why": "A letter in spring",
    "count": {"members": 214, "counted_at": "2026-03-02T08:01:00Z", "age_seconds": 3540},
}
_SAID: Final = {"name": _NAMES, "if": _IF, "why": "A letter in spring"}
_PATH: Final[dict[str, object]] = {"key": "sleepers"}
_COUNT: Final = {
    "members": 214, "version": 1, "counted_at": "2026-03-02T09:00:00Z", "age_seconds": 0, "outdated": False,
}  # fmt: skip
_ANN: Final = members.EXAMPLES["members.read"].answer
_BECAUSE: Final = {
    "says": "the member's last purchase was at least 90 days ago and the member has at least 100 points to spend",
    "holds": True,
    "has": None,
    "parts": [
        {"says": "the member's last purchase was at least 90 days ago", "holds": True, "has": "20 November 2025",
         "parts": []},
        {"says": "the member has at least 100 points to spend", "holds": True, "has": "1,250 points", "parts": []},
    ],
}  # fmt: skip

EXAMPLES: Final[dict[str, Example]] = {
    "segments.list": Example({"segments": [_SEGMENT]}),
    "segments.add": Example(_SEGMENT | {"count": None}, body={"key": "sleepers", **_SAID}),
    "segments.read": Example(_SEGMENT, path=_PATH),
    "segments.change": Example(_SEGMENT | {"version": 2, "count": None}, path=_PATH, body=_SAID),
    "segments.take": Example(_SEGMENT, path=_PATH, query={"why": "The letter is out"}),
    "segments.list_versions": Example(
        {
            "versions": [
                {
                    "version": 1, "taken_away": False, "changed_at": "2026-03-02T08:00:00Z", "changed_by": "emil",
                    "why": "A letter in spring",
                },
            ]
        },
        path=_PATH,
    ),
    "segments.count": Example(_COUNT, path=_PATH, query={"max_age": "60"}),
    "segments.list_members": Example({"members": [_ANN], "next": None}, path=_PATH),
    "segments.preview": Example(
        {"sentence": _SENTENCE.replace("Sleepers with points", "…"), "members": 214, "first": [_ANN]}, body={"if": _IF}
    ),
    "segments.of_member": Example(
        {
            "status": "active",
            "segments": [{"key": "sleepers", "name": "Sleepers with points", "in": True, "because": _BECAUSE}],
        },
        path={"id": ANN},
    ),
}  # fmt: skip
