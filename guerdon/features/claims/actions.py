"""Every write to claims: opened, moved on step by step, with what is said; and forgotten."""

from collections.abc import Sequence

import msgspec

from guerdon.core.claims import Claim, Step, Told
from guerdon.core.images import Image
from guerdon.kit import clock, outbox, resealing, secrets
from guerdon.kit.store import Row, Statement, Store, Table

SEALED = resealing.Column("claims_key", ("account_id", "claim_id"))
CLAIMS = Table(
    "claims_claim",
    {
        "account_id": "uuid", "id": "uuid", "programme_id": "uuid", "kind": "text", "priority": "bigint",
        "answer_hours": "bigint", "opened_at": "bigint", "opened_by": "text", "receipt": "text", "state": "text",
        "due_at": "bigint", "assigned_to": "text", "answered_at": "bigint", "settled_at": "bigint",
        "reopened": "bigint", "rejected": "bigint", "steps": "bigint", "entry_id": "uuid",
    },
    key=("account_id", "id"),
)  # fmt: skip
MOVES = Table(
    "claims_claim",
    {
        "account_id": "uuid", "id": "uuid", "state": "text", "due_at": "bigint", "assigned_to": "text",
        "answered_at": "bigint", "settled_at": "bigint", "reopened": "bigint", "rejected": "bigint", "steps": "bigint",
        "entry_id": "uuid",
    },
    key=("account_id", "id"),
    mode="update",
)  # fmt: skip
STEPS = Table(
    "claims_step",
    {
        "account_id": "uuid", "id": "uuid", "claim_id": "uuid", "programme_id": "uuid", "number": "bigint",
        "deed": "text", "state": "text", "at": "bigint", "actor": "text", "actor_id": "text", "reason": "text",
        "entry_id": "uuid",
    },
)  # fmt: skip
TEXTS = Table(
    "claims_text", {"account_id": "uuid", "claim_id": "uuid", "number": "bigint", "sealed": "text"}
)  # fmt: skip
PHOTOS = Table(
    "claims_photo",
    {
        "account_id": "uuid", "claim_id": "uuid", "hash": "text", "number": "bigint", "media_type": "text",
        "sealed": "text",
    },
)  # fmt: skip
KEYS = Table("claims_key", {"account_id": "uuid", "claim_id": "uuid", "wrapped_key": "text"})
# Only the photos go with the key: without it the words are no words any more, and they are append-only.
_FORGET_PHOTOS = Statement("DELETE FROM claims_photo WHERE account_id = :account")
_FORGET_KEYS = Statement("DELETE FROM claims_key WHERE account_id = :account")


def open(store: Store, claim: Claim, step: Step, told: Told, photos: Sequence[Image]) -> None:
    """Enter a new claim, its first step, and what was told, under a key of its own."""
    key = secrets.fresh_key()
    row = (
        claim.account_id, claim.id, claim.programme_id, claim.kind, claim.priority, claim.answer_hours,
        clock.micros(claim.opened_at), claim.opened_by, claim.receipt, *_became(claim),
    )  # fmt: skip
    store.write(
        [
            (CLAIMS, [row]), (KEYS, [(claim.account_id, claim.id, key)]), (STEPS, [step_row(claim, step)]),
            *_said(key, step, told, photos), (outbox.OUTGOING, [news(claim, step)]),
        ]
    )  # fmt: skip


def move(
    store: Store,
    claim: Claim,
    step: Step,
    *,
    key: str | None = None,
    told: Told | None = None,
    photos: Sequence[Image] = (),
) -> None:
    """Write a claim as a step has made it, and what was said, sealed with the key of the claim."""
    said = [] if key is None or told is None else _said(key, step, told, photos)
    rows = [(MOVES, [move_row(claim)]), (STEPS, [step_row(claim, step)]), (outbox.OUTGOING, [news(claim, step)])]
    store.write([*rows, *said])


def move_row(claim: Claim) -> Row:
    """What became of a claim."""
    return (claim.account_id, claim.id, *_became(claim))


def _became(claim: Claim) -> Row:
    times = [None if at is None else clock.micros(at) for at in (claim.answered_at, claim.settled_at)]
    return (
        claim.state, clock.micros(claim.due_at), claim.assigned_to, *times, claim.reopened, claim.rejected, claim.steps,
        claim.entry_id,
    )  # fmt: skip


def step_row(claim: Claim, step: Step) -> Row:
    """One step."""
    return (
        step.account_id, step.id, step.claim_id, claim.programme_id, step.number, step.deed, step.state,
        clock.micros(step.at), step.actor, step.actor_id, step.reason, step.entry_id,
    )  # fmt: skip


def news(claim: Claim, step: Step) -> Row:
    """The news of a step."""
    return outbox.row(
        programme_id=claim.programme_id, topic="claim.changed", account_id=claim.account_id, subject_id=step.id, seq=0,
        at=clock.micros(step.at),
    )  # fmt: skip


def _said(key: str, step: Step, told: Told, photos: Sequence[Image]) -> list[tuple[Table, list[Row]]]:
    sealed = secrets.seal_under(key, msgspec.json.encode(told))
    name = (step.account_id, step.claim_id)
    seen: list[Row] = [
        (*name, one.hash, step.number, one.media_type, secrets.seal_under(key, one.content))
        for one in {each.hash: each for each in photos}.values()
    ]
    return [(TEXTS, [(*name, step.number, sealed)]), (PHOTOS, seen)]


def forget(store: Store, account_id: str) -> None:
    """Erase every word and photo of the claims of the account; in the transaction at hand.

    That there were claims, and what was granted for them, stays.
    """
    store.fetch(_FORGET_PHOTOS, account=account_id)
    store.fetch(_FORGET_KEYS, account=account_id)
