"""The words for the fields of the house: the book of who did what, keys, staff, jobs."""

from typing import Final

from guerdon.faces.api.words import phrases
from guerdon.faces.api.words.phrases import Fields

_WHY: Final = ("Why, for the book of who did what.", phrases.TEXT)
_SEEN: Final = (
    "The role that was looked at: where it is another by now, or none, nothing is done. Left out, it is not asked."
)
FIELDS: Final[Fields] = {
    "AuditQuery": {
        "limit": phrases.LIMIT,
        "cursor": phrases.CURSOR,
        "about": "Only lines about this, as a line names it: `key_…`, `usr_…`, `adj_…`, `version 3`.",
        "actor": "Only lines of this actor: `usr_…`, `mem_…`, `key_…`, or the name of an operator.",
        "action": (
            "Only lines of this action, like `key.made`, or of a group: `points`, `members`, `rules`, `finance`, "
            "`people`, `works`, `sign_ins`, and `but_sign_ins` for all but these."
        ),
        "from": "Only lines of this local day and later ones.",
        "until": "Only lines before this local day: the one after the last.",
    },
    "AuditActor": {
        "kind": "A `user` of the staff, a `member`, a machine by its `key`, the `operator` at a terminal, the `house`.",
        "id": "The id of the user, the member or the key; for an operator the name.",
        "name": "How people call them; empty where nobody knows any more, and for members.",
    },
    "AuditLine": {
        "id": "The line's id.",
        "at": ("When it was done.", phrases.WHEN),
        "actor": "Who did it.",
        "action": "What was done, like `staff.changed`.",
        "about": "What it was done to.",
        "before": "How it was before; null where there is nothing to show.",
        "after": "How it was afterwards; null where there is nothing to show.",
        "reason": "Why, as it was given; empty where nothing was said.",
    },
    "AuditBook": {"lines": "The lines, the latest first.", "next": phrases.NEXT},
    "NewKey": {
        "name": "What the key is for, as people read it.",
        "role": "All that this role may do.",
        "scopes": "What it may do, right by right; beside those of the role.",
        "reason": _WHY,
    },
    "KeyEnd": {"reason": _WHY},
    "KeyView": {
        "id": "The key's id.",
        "name": "What it is for.",
        "scopes": "What it may do.",
        "created_at": ("When it was made.", phrases.WHEN),
        "last_used_at": ("When it was used last, within a minute; null for never.", phrases.WHEN),
        "revoked_at": ("Since when nothing opens to it; null while it is good.", phrases.WHEN),
    },
    "KeysView": {"keys": "All keys, in the order they were made."},
    "MadeKey": {"key": "The key.", "secret": "What the machine shows. It is told this once and kept nowhere."},
    "NewStaffInvitation": {
        "email": "The address with which they will sign in.",
        "name": "How colleagues call them.",
        "role": "What they may do.",
        "language": "The language of the letter; that of Accept-Language where it is left out.",
    },
    "RoleChange": {"role": "The role they are to have.", "reason": _WHY, "seen": _SEEN},
    "Farewell": {"reason": _WHY, "seen": _SEEN},
    "StaffView": {
        "id": "The user's id.",
        "name": "How colleagues call them.",
        "email": "The address with which they sign in.",
        "role": "What they may do, or might do until they were let go.",
        "since": ("Since when they have the role.", phrases.WHEN),
        "ended_at": ("When they were let go; null for who works here.", phrases.WHEN),
    },
    "StaffList": {"staff": "Who works here, then who was let go."},
    "StaffInvitationView": {
        "id": "The invitation's id.",
        "email": "Who is invited.",
        "name": "How colleagues will call them.",
        "role": "What they may do once they accept.",
        "made_at": ("When they were invited.", phrases.WHEN),
        "expires_at": ("Until when they can accept.", phrases.WHEN),
    },
    "StaffInvitations": {"invitations": "The invitations, the oldest first."},
    "MadeInvitation": {
        "id": "The invitation's id.",
        "expires_at": ("Until when it can be accepted.", phrases.WHEN),
        "sent": "Whether a letter with the link is on its way.",
        "link": "Where it is accepted, shown this once; null where a letter has it. A path without GUERDON_URL.",
        "replaced": "Whether an earlier invitation to the address is good no more, as this one counts.",
    },
    "JobQuery": {"state": "In which state.", "limit": phrases.LIMIT},
    "JobView": {
        "id": "The job's id.",
        "name": "What it does, like `run_night`.",
        "state": "Whether it waits, runs, or failed for good.",
        "shared": "Whether it works for the whole house.",
        "put_at": ("When it was put into the queue.", phrases.WHEN),
        "due_at": ("Not before when it runs; null for at once.", phrases.WHEN),
        "ended_at": ("When its last try ended; null before.", phrases.WHEN),
        "attempts": "How often it was tried.",
        "failure": "The name of what went wrong in the last try; the log of the worker tells all of it.",
    },
    "JobList": {"jobs": "The jobs."},
    "LetterQuery": {"limit": phrases.LIMIT, "cursor": phrases.CURSOR, "state": "In which state."},
    "LetterView": {
        "id": "The letter's id.",
        "kind": "What it is about.",
        "state": "Whether it waits or failed.",
        "fault": "Why it was not taken at the last try; null where it was not tried.",
        "code": "The number that the mail server gave; null where it gave none.",
        "attempts": "How often it was tried.",
        "made_at": ("When it was put into the queue.", phrases.WHEN),
        "due_at": ("When it is tried next.", phrases.WHEN),
    },
    "LetterQueue": {"letters": "The letters, the oldest first.", "next": phrases.NEXT},
    "WorkCounts": {"waiting": "How many wait.", "running": "How many run.", "failed": "How many failed for good."},
    "WorkView": {
        "last_night": ("Up to when the last night has been at every account; null before the first.", phrases.WHEN),
        "jobs": "The jobs of the programme and of the house.",
        "news_waiting": "How many news of the programme have not gone out yet.",
        "news_oldest_at": ("Since when the oldest of them waits; null where none does.", phrases.WHEN),
        "letters_on": "Whether there is a mail server.",
        "letters": "The letters of the programme.",
        "sealed_at": ("When the journal was sealed last; null before the first seal.", phrases.WHEN),
        "seal": "The number of that seal.",
        "head": "Its head, which is the one to publish.",
    },
}
