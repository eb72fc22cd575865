"""One day at Café Aurora: Ann founds a household and invites Ben."""

from typing import Any, Final

from guerdon.faces.api.examples.cast import ANN, BEN, HOUSEHOLD, INVITATION, Example

_ANN: Final = {"member": ANN, "role": "owner", "since": "2026-11-20T09:00:00Z"}
_BEN: Final = {"member": BEN, "role": "adult", "since": "2026-11-21T09:00:00Z"}
_ALONE: Final[dict[str, Any]] = {
    "id": HOUSEHOLD, "state": "open", "founded_at": "2026-11-20T09:00:00Z", "persons": [_ANN], "leads_to": None,
}  # fmt: skip
_BOTH: Final[dict[str, Any]] = _ALONE | {"persons": [_ANN, _BEN]}
_INVITED: Final[dict[str, Any]] = {
    "id": INVITATION, "household": HOUSEHOLD, "member": BEN, "role": "adult", "invited_by": ANN, "state": "open",
    "made_at": "2026-11-20T10:00:00Z", "until": "2026-12-04T22:00:00Z", "settled_at": None,
}  # fmt: skip
_PATH: Final[dict[str, object]] = {"id": HOUSEHOLD, "invitation": INVITATION}


def _changed(household: dict[str, Any], member: str, seq: int, **more: Any) -> dict[str, Any]:
    moved = more.pop("moved", [])
    return {"household": household, "member": member, "moved": moved, "repaid": [], "seq": seq, **more}


def _settled(state: str) -> dict[str, Any]:
    return {"invitation": {**_INVITED, "state": state, "settled_at": "2026-11-21T09:00:00Z"}}


# By operation: what is sent, what comes back.
EXAMPLES: Final[dict[str, Example]] = {
    "households.found": Example(
        _changed(_ALONE, ANN, 4801, moved=[{"unit": "points", "points": 1290, "debt": 0}]),
        body={"owner": {"external_id": "ann"}},
    ),
    "households.list": Example({"households": [_BOTH], "next": None}, query={"limit": 50}),
    "households.read": Example(_BOTH, path={"id": HOUSEHOLD}),
    "households.list_persons": Example(
        {
            "household": HOUSEHOLD,
            "persons": [
                {
                    "member": ANN,
                    "stays": [{"member": ANN, "role": "owner", "since": "2026-11-20T09:00:00Z", "until": None}],
                    "totals": [{"unit": "points", "brought": 1290, "earned": 40, "burned": 100}],
                }
            ],
        },
        path={"id": HOUSEHOLD},
    ),
    "households.invite": Example(
        {"invitation": _INVITED},
        path={"id": HOUSEHOLD},
        body={"member": {"external_id": "ben"}, "by": {"external_id": "ann"}, "role": "adult"},
    ),
    "households.list_invitations": Example({"invitations": [_INVITED], "next": None}, path={"id": HOUSEHOLD}),
    "households.list_own_invitations": Example({"invitations": [_INVITED], "next": None}, path={"id": BEN}),
    "households.accept": Example(
        _changed(_BOTH, BEN, 4811, moved=[{"unit": "points", "points": 370, "debt": 0}]), path=_PATH
    ),
    "households.decline": Example(_settled("declined"), path=_PATH),
    "households.withdraw": Example(_settled("withdrawn"), path=_PATH),
    "households.leave": Example(
        _changed(_ALONE, BEN, 4822, moved=[{"unit": "points", "points": 210, "debt": 0}], leaving="take"),
        path={"id": HOUSEHOLD},
        body={"member": {"external_id": "ben"}},
    ),
    "households.change_role": Example(
        _changed(_BOTH | {"persons": [_ANN, _BEN | {"role": "child"}]}, BEN, 4811),
        path={"id": HOUSEHOLD},
        body={"member": {"external_id": "ben"}, "role": "child", "by": {"external_id": "ann"}},
    ),
    "households.hand_over": Example(
        _changed(_BOTH | {"persons": [_ANN | {"role": "adult"}, _BEN | {"role": "owner"}]}, BEN, 4811),
        path={"id": HOUSEHOLD},
        body={"to": {"external_id": "ben"}, "by": {"external_id": "ann"}},
    ),
}
