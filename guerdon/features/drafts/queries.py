"""Every read of drafts: one, its steps, the list of them."""

import json
from collections.abc import Iterable
from datetime import datetime

import msgspec

from guerdon.core import errors
from guerdon.core.drafts import AUTHORING, State, Verb
from guerdon.core.edits import Edit
from guerdon.kit import clock, ids
from guerdon.kit.store import Statement, Store

DRAFT_UNKNOWN = errors.declare("unknown", "draft_unknown", "id")

_DRAFT = (
    "SELECT id, title, base, source, state, revision, created_at, version,"
    " (SELECT s.actor FROM drafts_step s WHERE s.programme_id = drafts_draft.programme_id"
    " AND s.draft_id = drafts_draft.id ORDER BY s.number LIMIT 1) FROM drafts_draft"
)
_GET = Statement(f"{_DRAFT} WHERE programme_id = :programme AND id = :id")
LOCK = Statement(_GET.text + " FOR NO KEY UPDATE", sqlite=_GET.text)
_STEPS = Statement(
    "SELECT number, verb, actor, actor_id, at, why, base, digest, changes FROM drafts_step"
    " WHERE programme_id = :programme AND draft_id = :draft ORDER BY number"
)
_PAGE = Statement(f"{_DRAFT} WHERE programme_id = :programme AND id > :after ORDER BY id LIMIT :most")
_IN_STATE = Statement(_PAGE.text.replace("AND id >", "AND state = :state AND id >"))
_OF_BASE = Statement(
    f"{_DRAFT} WHERE programme_id = :programme AND base = :base AND state NOT IN ('published', 'discarded') ORDER BY id"
)
_OPEN_OF = Statement(
    _OF_BASE.text.replace(
        "state NOT IN ('published', 'discarded') ORDER BY id",
        "state = 'open' AND EXISTS (SELECT 1 FROM drafts_step s WHERE s.programme_id = drafts_draft.programme_id"
        " AND s.draft_id = drafts_draft.id AND s.number = 1 AND s.actor_id = :person AND s.changes = '[]')"
        " ORDER BY id DESC LIMIT 1",
    )
)
_TITLES = Statement(
    "SELECT id, title FROM drafts_draft WHERE programme_id = :programme AND id = ANY(:ids::uuid[])",
    sqlite="SELECT id, title FROM drafts_draft WHERE programme_id = :programme"
    " AND id IN (SELECT value FROM json_each(:ids))",
)
_ALIVE = Statement(
    "SELECT count(*) FROM drafts_draft WHERE programme_id = :programme AND state NOT IN ('published', 'discarded')"
)

_AUTHORED = Statement(
    "SELECT DISTINCT draft_id FROM drafts_step WHERE programme_id = :programme AND draft_id = ANY(:ids::uuid[])"
    " AND actor_id = :person AND verb = ANY(:verbs::text[])",
    sqlite="SELECT DISTINCT s.draft_id FROM json_each(:ids) AS u CROSS JOIN drafts_step s"
    " ON s.programme_id = :programme AND s.draft_id = u.value"
    " WHERE s.actor_id = :person AND s.verb IN (SELECT value FROM json_each(:verbs))",
)


class DraftRow(msgspec.Struct, frozen=True):
    """A draft as it stands; `revision` is the number of its last step."""

    id: str
    title: str
    base: int
    source: str
    state: State
    revision: int
    created_at: datetime
    version: int | None = None
    by: str = ""  # who began it


class StepRow(msgspec.Struct, frozen=True):
    """One step of a draft; `changes` are the parts of the canonical document that it changed, as edits."""

    number: int
    verb: Verb
    actor: str
    actor_id: str
    at: datetime
    why: str
    base: int
    digest: str
    changes: tuple[Edit, ...] = ()


def get(store: Store, programme_id: str, draft_id: str) -> DraftRow:
    """One draft. Raises `draft_unknown`."""
    return _found(store.fetch(_GET, programme=programme_id, id=draft_id), draft_id)


def lock(store: Store, programme_id: str, draft_id: str) -> DraftRow:
    """One draft, which nobody else moves until the transaction ends. Raises `draft_unknown`."""
    return _found(store.fetch(LOCK, programme=programme_id, id=draft_id), draft_id)


def steps(store: Store, programme_id: str, draft_id: str) -> list[StepRow]:
    """All that happened to a draft, in its order."""
    return [
        StepRow(number, verb, actor, actor_id, clock.instant(at), why, base, digest, _edits(changes))
        for number, verb, actor, actor_id, at, why, base, digest, changes in store.fetch(
            _STEPS, programme=programme_id, draft=draft_id
        )
    ]


def page(store: Store, programme_id: str, *, after: str, most: int, state: State | None = None) -> list[DraftRow]:
    """The drafts of a programme, or those in a state, in the order in which they were begun."""
    asked = {"programme": programme_id, "after": after, "most": most}
    rows = store.fetch(_PAGE, **asked) if state is None else store.fetch(_IN_STATE, state=state, **asked)
    return [_draft(row) for row in rows]


def titles(store: Store, programme_id: str, draft_ids: Iterable[str]) -> dict[str, str]:
    """How these drafts are called, by their ids; those that are not there are left out."""
    return dict(store.fetch(_TITLES, programme=programme_id, ids=sorted(set(draft_ids))))


def of_base(store: Store, programme_id: str, base: int) -> list[DraftRow]:
    """The drafts of a version that are neither published nor discarded, in the order of their ids."""
    return [_draft(row) for row in store.fetch(_OF_BASE, programme=programme_id, base=base)]


def open_of(store: Store, programme_id: str, base: int, person: str) -> DraftRow | None:
    """The last open draft of a version that a person began, and not to go back to an older one."""
    rows = store.fetch(_OPEN_OF, programme=programme_id, base=base, person=person)
    return _draft(rows[0]) if rows else None


def alive(store: Store, programme_id: str) -> int:
    """How many drafts are neither published nor discarded."""
    found: int = store.fetch(_ALIVE, programme=programme_id)[0][0]
    return found


def authors(steps: list[StepRow]) -> frozenset[str]:
    """The ids of those who made the draft what it is."""
    return frozenset(one.actor_id for one in steps if one.verb in AUTHORING)


def authored(store: Store, programme_id: str, drafts: Iterable[str], person: str) -> frozenset[str]:
    """Which of the drafts a person had a hand in, so that somebody else must approve them."""
    asked = {"programme": programme_id, "ids": list(drafts), "person": person, "verbs": sorted(AUTHORING)}
    return frozenset(id for (id,) in store.fetch(_AUTHORED, **asked)) if asked["ids"] else frozenset()


def _edits(text: str) -> tuple[Edit, ...]:
    return tuple(Edit(one["op"], one["path"], one["value"]) for one in json.loads(text))


def _found(rows: list[tuple[str, str, int, str, State, int, int, int | None, str | None]], draft_id: str) -> DraftRow:
    if not rows:
        raise DRAFT_UNKNOWN(id=ids.show("draft", draft_id))
    return _draft(rows[0])


def _draft(row: tuple[str, str, int, str, State, int, int, int | None, str | None]) -> DraftRow:
    id, title, base, source, state, revision, created_at, version, by = row
    return DraftRow(id, title, base, source, state, revision, clock.instant(created_at), version, by or "")
