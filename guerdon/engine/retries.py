"""What failed is tried anew because somebody asks for it: jobs and letters, each with its line in the book."""

from datetime import datetime

from guerdon.core import letters as law
from guerdon.engine import posting
from guerdon.features.letters import actions, queries
from guerdon.features.letters.queries import Letter
from guerdon.kit import audit, ids, job_list, store
from guerdon.kit.audit import Actor
from guerdon.kit.job_list import Listed
from guerdon.kit.store import Store


def job(*, programme_id: str, job_id: str, by: Actor, now: datetime) -> Listed:
    """Put a job that failed into the queue anew. Raises `job_unknown` and `job_not_failed`."""

    def write(at_hand: Store) -> Listed:
        found = job_list.again(programme_id, job_id, now=now)
        audit.note(
            at_hand, programme_id=programme_id, actor=by, action="job.retried", about=ids.show("job", job_id),
            before={"state": "failed"}, after={"state": found.state, "name": found.name}, now=now,
        )  # fmt: skip
        return found

    return store.committed(write)


def letter(*, programme_id: str, letter_id: str, by: Actor, now: datetime) -> Letter:
    """Let the worker send a letter that failed. Raises `letter_unknown` and `letter_not_failed`."""

    def write(at_hand: Store) -> Letter:
        before = queries.one(at_hand, letter_id)
        if before.programme_id != programme_id:
            raise law.LETTER_UNKNOWN(id=ids.show("letter", letter_id))
        actions.retry(at_hand, letter_id, now=now)
        posting.hurry()
        audit.note(
            at_hand, programme_id=programme_id, actor=by, action="letter.retried", about=ids.show("letter", letter_id),
            before={"state": before.state, "fault": before.fault}, after={"state": "waiting"}, now=now,
        )  # fmt: skip
        return queries.one(at_hand, letter_id)

    return store.committed(write)
