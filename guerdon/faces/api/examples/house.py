"""One day at Café Aurora: examples of the house's own business, its book, keys, staff and jobs."""

from typing import Final

from guerdon.faces.api.examples.cast import DIGEST, Example, Json

_KEY_ID: Final = "key_019b0f5566777d6f9e03a1b2c3d4e901"
_EMIL: Final = "usr_019b0f5566777d6f9e03a1b2c3d4e902"
_DORA: Final = "usr_019b0f5566777d6f9e03a1b2c3d4e903"
_INVITATION: Final = "sti_019b0f5566777d6f9e03a1b2c3d4e904"
_JOB_ID: Final = "job_019b0f5566777d6f9e03a1b2c3d4e905"
_LETTER_ID: Final = "ltr_019b0f5566777d6f9e03a1b2c3d4e906"

_KEY: Final[Json] = {
    "id": _KEY_ID, "name": "till-1", "scopes": ["activities:write", "members:read"],
    "created_at": "2026-11-20T10:00:00Z", "last_used_at": None, "revoked_at": None,
}  # fmt: skip
_LINE: Final[Json] = {
    "id": "lin_019b0f5566777d6f9e03a1b2c3d4e907", "at": "2026-11-20T10:00:00Z",
    "actor": {"kind": "user", "id": _EMIL, "name": "Emil"}, "action": "key.made", "about": _KEY_ID,
    "before": None, "after": {"name": "till-1", "scopes": ["activities:write", "members:read"]},
    "reason": "The new till",
}  # fmt: skip
_STAFF: Final[Json] = {
    "id": _DORA, "name": "Dora", "email": "dora@aurora.example", "role": "cashier", "since": "2026-11-20T10:00:00Z",
    "ended_at": None,
}  # fmt: skip
_INVITED: Final[Json] = {
    "id": _INVITATION, "email": "dora@aurora.example", "name": "Dora", "role": "cashier",
    "made_at": "2026-11-20T10:00:00Z", "expires_at": "2026-11-27T10:00:00Z",
}  # fmt: skip
_JOB: Final[Json] = {
    "id": _JOB_ID, "name": "run_night", "state": "failed", "shared": False, "put_at": "2026-11-20T01:00:00Z",
    "due_at": "2026-11-20T01:40:00Z", "ended_at": "2026-11-20T01:40:02Z", "attempts": 8, "failure": "OperationalError",
}  # fmt: skip
_LETTER: Final[Json] = {
    "id": _LETTER_ID, "kind": "tier", "state": "failed", "fault": "refused", "code": 550, "attempts": 1,
    "made_at": "2026-11-20T10:00:00Z", "due_at": "2026-11-20T10:00:00Z",
}  # fmt: skip

EXAMPLES: Final[dict[str, Example]] = {
    "audit.list": Example({"lines": [_LINE], "next": None}, query={"action": "key.made"}),
    "keys.list": Example({"keys": [_KEY]}),
    "keys.make": Example(
        {"key": _KEY, "secret": f"gdn_{_KEY_ID[4:]}_{'4xQ7mB2kD9sW1tR6yE3uJ8hN5vC0zAfGpLoIiKjHgFdS'[:43]}"},
        body={"name": "till-1", "scopes": ["activities:write", "members:read"], "reason": "The new till"},
    ),
    "keys.revoke": Example(
        _KEY | {"revoked_at": "2026-11-21T10:00:00Z"}, path={"id": _KEY_ID}, body={"reason": "The till was sold"}
    ),
    "staff.list": Example({"staff": [_STAFF]}),
    "staff.change": Example(
        _STAFF | {"role": "support"}, path={"id": _DORA},
        body={"role": "support", "reason": "Answers members now", "seen": "cashier"},
    ),
    "staff.end": Example(
        _STAFF | {"ended_at": "2026-11-21T10:00:00Z"}, path={"id": _DORA},
        body={"reason": "Moved to Plovdiv", "seen": "cashier"},
    ),
    "staff.invitations": Example({"invitations": [_INVITED]}),
    "staff.invite": Example(
        {"id": _INVITATION, "expires_at": "2026-11-27T10:00:00Z", "sent": True, "link": None, "replaced": False},
        body={"email": "dora@aurora.example", "name": "Dora", "role": "cashier"},
    ),
    "staff.withdraw": Example({"invitations": []}, path={"id": _INVITATION}),
    "jobs.list": Example({"jobs": [_JOB]}, query={"state": "failed"}),
    "jobs.overview": Example(
        {
            "last_night": "2026-11-20T00:00:00Z", "jobs": {"waiting": 1, "running": 0, "failed": 1},
            "news_waiting": 0, "news_oldest_at": None, "letters_on": True,
            "letters": {"waiting": 0, "running": 0, "failed": 1}, "sealed_at": "2026-11-20T09:00:00Z", "seal": 118,
            "head": DIGEST,
        }
    ),
    "jobs.retry": Example(
        _JOB | {"state": "waiting", "attempts": 0, "ended_at": None}, path={"id": _JOB_ID}
    ),
    "jobs.list_letters": Example({"letters": [_LETTER], "next": None}, query={"state": "failed"}),
    "jobs.retry_letter": Example(
        _LETTER | {"state": "waiting", "fault": None, "code": None, "attempts": 0}, path={"id": _LETTER_ID}
    ),
}  # fmt: skip
