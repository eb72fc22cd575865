"""Every write to drafts: a step, and how the draft stands after it, in the transaction at hand."""

import msgspec

from guerdon.features.drafts.queries import DraftRow, StepRow
from guerdon.kit import clock
from guerdon.kit.store import Store, Table

DRAFTS = Table(
    "drafts_draft",
    {
        "programme_id": "uuid", "id": "uuid", "title": "text", "base": "bigint", "source": "text", "state": "text",
        "revision": "bigint", "created_at": "bigint", "version": "bigint",
    },
    key=("programme_id", "id"),
    mode="upsert",
)  # fmt: skip
STEPS = Table(
    "drafts_step",
    {
        "programme_id": "uuid", "draft_id": "uuid", "number": "bigint", "verb": "text", "actor": "text",
        "actor_id": "text", "at": "bigint", "why": "text", "base": "bigint", "digest": "text", "changes": "text",
    },
)  # fmt: skip


def put(store: Store, programme_id: str, draft: DraftRow, step: StepRow) -> None:
    """Note the step and the draft after it, which is locked or new; two at one revision fall over the step's key."""
    assert draft.revision == step.number, "a draft's revision is the number of its last step"
    row = (
        programme_id, draft.id, draft.title, draft.base, draft.source, draft.state, draft.revision,
        clock.micros(draft.created_at), draft.version,
    )  # fmt: skip
    changes = msgspec.json.encode(step.changes).decode()
    told = (
        programme_id, draft.id, step.number, step.verb, step.actor, step.actor_id, clock.micros(step.at), step.why,
        step.base, step.digest, changes,
    )  # fmt: skip
    store.write([(DRAFTS, [row])])
    store.write([(STEPS, [told])])
