"""Letters go out: taken from the queue, made into e-mails, handed in, and noted; at least once, with one Message-ID."""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Final

import msgspec
from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import EmailMessage
from django.utils.module_loading import import_string

from guerdon.core import letters as law
from guerdon.core import limits
from guerdon.core.letters import Content, Fault, Recipient
from guerdon.features.letters import actions, queries
from guerdon.features.letters.queries import Letter
from guerdon.features.members import queries as members
from guerdon.kit import clock, jobs, mail, store
from guerdon.kit.mail import Outlet, Untaken
from guerdon.kit.store import Store

KEY: Final = "letters"  # of the job: one that waits is enough for all letters
PRUNED_TOGETHER: Final = 1_000
_GONE: Final = ("closed", "erased")

logger = logging.getLogger("guerdon.letters")


class Draft(msgspec.Struct, frozen=True):
    """All that an e-mail is made of."""

    id: str
    programme_id: str
    member_id: str | None
    content: Content
    to: Recipient
    made_at: datetime


Write = Callable[[Draft, Outlet], EmailMessage]


def hurry() -> None:
    """Let a worker look at the queue; in the transaction at hand, so that it finds what was put in."""
    post.keyed(KEY).enqueue()


def plan(at_hand: Store, now: datetime) -> None:
    """Put the posting into the queue where letters are due, and the forgetting of old ones where there are any."""
    if mail.outlet() is not None and queries.is_due(at_hand, now):
        hurry()
    if queries.is_old(at_hand, now - timedelta(days=limits.LETTERS_KEPT_DAYS)):
        prune.keyed("letters:prune").enqueue()


@jobs.job()
def post() -> dict[str, object]:
    """Send all letters that are due."""
    sent = carry(now=clock.now, progress=lambda _: jobs.checkpoint())
    return {"letters": sent}


@jobs.job()
def prune() -> dict[str, object]:
    """Forget letters that were settled long ago."""
    gone = 0
    while part := store.committed(lambda at_hand: actions.prune(at_hand, now=clock.now(), most=PRUNED_TOGETHER)):
        gone += part
        jobs.checkpoint()
    return {"letters": gone}


def carry(*, now: Callable[[], datetime], progress: Callable[[int], None] = lambda letters: None) -> int:
    """Send what is due, some letters a connection, until nothing is; answers how many the mail server has taken.

    Where letters are off everything waits.
    """
    out = mail.outlet()
    sent = 0
    while out is not None:
        at = now()
        taken = store.committed(lambda at_hand, at=at: actions.take(at_hand, now=at, most=limits.LETTERS_TOGETHER))  # type: ignore[misc]
        if not taken:
            break
        sent += _send(out, taken, now)
        progress(len(taken))
    return sent


def carry_one(id: str, *, now: Callable[[], datetime]) -> bool:
    """Send one letter straight away, in this thread; answers whether it was taken.

    Whatever goes wrong, it stays in the queue, and a worker sends it. Call it after the transaction that put it there.
    """
    out = mail.outlet()
    if out is None:
        return False
    taken = store.committed(lambda at_hand: actions.take_one(at_hand, id, now=now()))
    return taken is not None and bool(_send(out, [taken], now))


def retry(id: str | None, *, now: datetime) -> int:
    """Try a failed letter anew, or all of them; answers how many. Raises `letter_unknown`, `letter_not_failed`."""

    def write(at_hand: Store) -> int:
        if id is None:
            found = actions.retry_all(at_hand, now=now)
        else:
            actions.retry(at_hand, id, now=now)
            found = 1
        hurry()
        return found

    return store.committed(write)


def _send(out: Outlet, taken: Sequence[Letter], now: Callable[[], datetime]) -> int:
    """Hand letters in over one connection; what can't be sent is settled without it."""
    made: list[tuple[Letter, EmailMessage]] = []
    write: Write = import_string(settings.LETTER_WRITER)
    for letter in taken:
        draft = _drafted(letter, now())
        if isinstance(draft, Draft):
            made.append((letter, write(draft, out)))
        else:
            _drop(letter, draft, now())
    if not made:
        return 0
    try:
        with mail.opened(out) as connection:
            return sum([_hand_in(connection, letter, message, now) for letter, message in made])
    except Untaken as trouble:
        for letter, _ in made:
            _put_off(letter, trouble, now())
        return 0


def _drafted(letter: Letter, now: datetime) -> Draft | Fault:
    """What is to be written, or why nothing is: things may have changed since the letter was put into the queue."""
    if letter.until is not None and letter.until <= now:
        return "too_late"
    sealed = letter.opened()
    if sealed.to is not None:
        return Draft(letter.id, letter.programme_id, letter.member_id, sealed.content, sealed.to, letter.made_at)
    assert letter.member_id is not None
    at_hand = store.current()
    row = members.self_of(at_hand, letter.programme_id, letter.member_id)
    if row is None or row.status in _GONE:
        return "no_address"
    everybody = [row.merged_into or row.id]
    everybody += members.followers_of(at_hand, everybody).get(everybody[0], [])
    if any(one.kind == letter.kind for one in queries.stops(at_hand, everybody)):
        return "stopped"
    persons = members.persons_of(at_hand, everybody)
    found = next((persons[id] for id in everybody if id in persons and persons[id].email), None)
    if found is None or found.email is None:
        return "no_address"
    to = Recipient(found.email, found.name, found.language)
    return Draft(letter.id, letter.programme_id, everybody[0], sealed.content, to, letter.made_at)


def _hand_in(connection: BaseEmailBackend, letter: Letter, message: EmailMessage, now: Callable[[], datetime]) -> bool:
    if now() >= letter.due_at:
        return False  # the lease is over: another worker may be sending it
    try:
        mail.send(connection, message)
    except Untaken as trouble:
        _put_off(letter, trouble, now())
        return False
    # A crash here sends it again, under the same Message-ID, by which mail programs know it.
    store.committed(lambda at_hand: actions.note_sent(at_hand, letter, now=now()))
    logger.info("a letter is sent", extra={"letter": letter.id, "kind": letter.kind})
    return True


def _drop(letter: Letter, fault: Fault, now: datetime) -> None:
    store.committed(lambda at_hand: actions.drop(at_hand, letter, fault, now=now))
    logger.info("a letter is dropped", extra={"letter": letter.id, "kind": letter.kind, "fault": fault})


def _put_off(letter: Letter, trouble: Untaken, now: datetime) -> None:
    """Try again later, or give up where the server will never take it or too often has not."""
    fault: Fault = "refused" if trouble.code else "unreachable"
    told = {"letter": letter.id, "kind": letter.kind, "code": trouble.code, "attempt": letter.attempts}
    if trouble.passing and letter.attempts < limits.LETTER_ATTEMPTS_MAX:
        due = now + timedelta(seconds=law.pause_seconds(letter.attempts))
        store.committed(lambda at_hand: actions.put_off(at_hand, letter, fault, trouble.code, due=due))
        logger.warning("a letter is put off: %s", trouble, extra=told)
    else:
        store.committed(lambda at_hand: actions.fail(at_hand, letter, fault, trouble.code, now=now))
        logger.warning("a letter can't be sent: %s", trouble, extra=told)
