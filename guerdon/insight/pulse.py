"""The pulse of an installation: what waits, since when, and what the nights and seals are at; by indexes alone."""

from datetime import datetime

import msgspec

from guerdon.core import limits
from guerdon.features.closings import queries as closings
from guerdon.kit import clock, job_list
from guerdon.kit.job_list import Standing
from guerdon.kit.store import Statement, Store, allow_fanout

_OUTBOX = Statement(
    "SELECT (SELECT count(*) FROM (SELECT 1 FROM kit_outgoing LIMIT CAST(:most AS integer)) AS o),"
    " (SELECT created_at FROM kit_outgoing ORDER BY id LIMIT 1)"
)
_PARKED = allow_fanout(
    "how many facts wait and for what, the first few thousand by their numbers",
    Statement(
        "SELECT reason, count(*), min(parked_at) FROM (SELECT reason, parked_at FROM activities_parked"
        " ORDER BY seq LIMIT CAST(:most AS integer)) AS p GROUP BY reason ORDER BY reason"
    ),
)
_LETTERS = Statement(
    "SELECT count(*), min(made_at) FROM"
    " (SELECT made_at FROM letters_letter WHERE state = 'waiting' ORDER BY due_at, id"
    " LIMIT CAST(:most AS integer)) AS l"
)
_LETTERS_FAILED = Statement(
    "SELECT count(*) FROM (SELECT 1 FROM letters_letter WHERE state = 'failed' AND settled_at > :since"
    " LIMIT CAST(:most AS integer)) AS l"
)
_ALERTS = allow_fanout(
    "how many alerts are open, by an index that has only those",
    Statement(
        "SELECT count(*), min(raised_at) FROM (SELECT raised_at FROM alerts_alert WHERE state = 'open'"
        " ORDER BY raised_at LIMIT CAST(:most AS integer)) AS a"
    ),
)
# A programme without a night yet is as far as the first version that is in force.
_NIGHT = Statement(
    "SELECT min(COALESCE((SELECT max(n.as_of) FROM programmes_night n WHERE n.programme_id = p.id),"
    " (SELECT min(CASE WHEN v.effective_at > v.published_at THEN v.effective_at ELSE v.published_at END)"
    " FROM programmes_version v WHERE v.programme_id = p.id AND v.effective_at <= :now)))"
    " FROM (SELECT id FROM programmes_programme WHERE clock IS NULL ORDER BY id"
    " LIMIT CAST(:programmes AS integer)) AS p"
)
_UNSEALED = allow_fanout(
    "the first entries after a seal, in the order of the journal",
    Statement(
        "SELECT min((SELECT min(e.recorded_at) FROM"
        " (SELECT a.recorded_at, a.programme_id FROM activities_activity a WHERE a.seq > COALESCE("
        "(SELECT s.until_seq FROM seals_seal s WHERE s.programme_id = p.id ORDER BY s.number DESC LIMIT 1), 0)"
        " ORDER BY a.seq LIMIT CAST(:entries AS integer)) AS e WHERE e.programme_id = p.id))"
        " FROM (SELECT id FROM programmes_programme ORDER BY id LIMIT CAST(:programmes AS integer)) AS p"
    ),
)


class Parked(msgspec.Struct, frozen=True):
    """Facts that wait for the same kind of thing: how many, since when the oldest."""

    reason: str
    facts: int
    since: datetime


class Pulse(msgspec.Struct, frozen=True):
    """How an installation is doing; an instant that is None has nothing behind it.

    Figures count up to `WATCHED_ROWS_MAX`, and nights and seals look at the first `WATCHED_PROGRAMMES_MAX` programmes.
    """

    at: datetime
    outbox: int
    outbox_since: datetime | None
    parked: tuple[Parked, ...]
    letters: int  # that wait
    letters_since: datetime | None
    letters_failed: int  # within a day
    jobs: Standing
    night: datetime | None  # as of when the night was that is the longest ago
    unsealed_since: datetime | None  # when the oldest entry was recorded that no seal covers
    uncounted_months: int  # closed months whose figures are not counted yet
    alerts: int  # of what looks like fraud, that nobody has settled
    alerts_since: datetime | None


def feel(store: Store, now: datetime) -> Pulse:
    """Read all of it; the cost does not grow with the history."""
    most, programmes = limits.WATCHED_ROWS_MAX, limits.WATCHED_PROGRAMMES_MAX
    outbox, outbox_since = store.fetch(_OUTBOX, most=most)[0]
    letters, letters_since = store.fetch(_LETTERS, most=most)[0]
    alerts, alerts_since = store.fetch(_ALERTS, most=most)[0]
    day_ago = clock.micros(now) - _DAY_MICROS
    return Pulse(
        at=now,
        outbox=int(outbox),
        outbox_since=clock.instant(outbox_since),
        parked=tuple(
            Parked(reason, int(facts), clock.instant(since)) for reason, facts, since in store.fetch(_PARKED, most=most)
        ),
        letters=int(letters),
        letters_since=clock.instant(letters_since),
        letters_failed=int(store.fetch(_LETTERS_FAILED, since=day_ago, most=most)[0][0]),
        jobs=job_list.standing(now),
        night=clock.instant(store.fetch(_NIGHT, now=clock.micros(now), programmes=programmes)[0][0]),
        unsealed_since=clock.instant(
            store.fetch(_UNSEALED, programmes=programmes, entries=limits.WATCHED_ENTRIES_MAX)[0][0]
        ),
        uncounted_months=len(closings.uncounted(store)),
        alerts=int(alerts),
        alerts_since=clock.instant(alerts_since),
    )


_DAY_MICROS = 86_400 * 1_000_000
