"""What-ifs on their way: asked for, answered by a process of its own while the worker looks after it, taken away."""

import hashlib
import time
from datetime import date, datetime
from typing import Final

import msgspec
from django.conf import settings

import guerdon
from guerdon.core import limits, period, sweeping
from guerdon.core import simulations as law
from guerdon.core.errors import Refusal
from guerdon.core.programme import Programme
from guerdon.core.simulations import SIMULATION_UNKNOWN, SIMULATIONS_TOO_MANY, How, Question, Stage
from guerdon.core.sweeping import Sweep
from guerdon.engine import drafts as drafting
from guerdon.engine.adjust import Actor
from guerdon.features.activities import queries as activities
from guerdon.features.drafts import queries as drafts
from guerdon.features.figures import queries as figures
from guerdon.features.programmes import queries as programmes
from guerdon.features.simulations import actions, queries
from guerdon.features.simulations.queries import Simulation
from guerdon.kit import audit, child, clock, ids, jobs, store
from guerdon.kit.child import Child, Refused
from guerdon.kit.store import Store

LOOK_SECONDS: Final = 0.5  # between two looks at whether it is still wanted
_PATIENCE: Final = jobs.Patience(attempts_max=limits.SIMULATION_TRIES_MAX, back_off_seconds=5)


class Wish(msgspec.Struct, frozen=True):
    """What somebody wants to know: of a draft, of a file that has a name, or of what is published newest."""

    draft_id: str | None = None
    source: str | None = None
    name: str = ""
    since: date | None = None
    until: date | None = None
    how: How = How()


def ask(wish: Wish, *, programme_id: str, actor: Actor, now: datetime) -> tuple[Simulation, bool]:
    """Put a what-if into the queue; one that asks the very same and is answered, or on its way, is it already.

    Answers it, and whether it is new. Raises `draft_unknown`, `programme_unpublished`, `programme_invalid`,
    `programme_key_changed`, `simulation_period_invalid`, `simulations_too_many`, and of a sweep `vary_twice`,
    `part_unknown`, `unit_unknown` and `scenarios_too_many`.
    """

    def write(at_hand: Store) -> tuple[Simulation, bool]:
        one, source = _wished(at_hand, wish, programme_id, actor, now)
        known = queries.same(at_hand, programme_id, one.digest)
        if known is not None:
            return known, False
        if queries.on_the_way(at_hand, programme_id) >= limits.SIMULATIONS_WAITING_MAX:
            raise SIMULATIONS_TOO_MANY(most=limits.SIMULATIONS_WAITING_MAX)
        oldest = queries.oldest_kept(at_hand, programme_id, kept=limits.SIMULATIONS_KEPT_MAX - 1)
        if oldest is not None:
            actions.forget(at_hand, programme_id, last=oldest)
        actions.ask(at_hand, programme_id, one, source=source, asker=actor.person)
        simulate.once(f"simulation:{one.id}").enqueue(programme_id, one.id)
        audit.note(
            at_hand, programme_id=programme_id, actor=actor.noted, action="simulation.asked", now=now,
            about=ids.show("simulation", one.id), after={"name": one.name, "since": one.since, "until": one.until},
        )  # fmt: skip
        return one, True

    return store.committed(write)


def _wished(
    at_hand: Store, wish: Wish, programme_id: str, actor: Actor, now: datetime
) -> tuple[Simulation, str]:  # fmt: skip
    """What is wanted to the last word, as it is entered, and its file."""
    book = programmes.latest(at_hand, programme_id)
    newest = book.newest()
    draft = drafts.get(at_hand, programme_id, wish.draft_id) if wish.draft_id else None
    source = draft.source if draft is not None else wish.source
    name = draft.title if draft is not None else wish.name
    if source is None:
        source = drafting.source_of(book.versions[-1])
    zone = newest.zone
    programme = drafting.valid(source)
    programmes.check_key(book.programme, programme)
    first, today = period.local_day(book.begins(), zone), period.local_day(now, zone)
    bought = figures.last_day(at_hand, programme_id, "purchases")
    since, until = law.days(wish.since, wish.until, first=first, today=today, bought=bought)
    if wish.how.sweep is not None:
        _check(wish.how.sweep, source, programme)
        since = first  # all of the history
    seq = activities.last_taken(at_hand)
    depends = (guerdon.__version__, source, name, newest.version, seq, since, until, wish.how)
    digest = hashlib.sha256(msgspec.json.encode(depends)).hexdigest()
    one = Simulation(
        ids.new(), digest, None if draft is None else draft.id, None if draft is None else draft.revision,
        newest.version, name, wish.how, seq, since, until, now, actor.name, "waiting", "waiting", 0, 0, None, None,
        None,
    )  # fmt: skip
    return one, source


def _check(sweep: Sweep, source: str, programme: Programme) -> None:
    """That what is varied is there, and not too much of it."""
    sweeping.check(sweep.vary, most=limits.SWEEP_SCENARIOS_MAX)
    sweeping.check_places(drafting.document_of(source), sweep.vary)
    if sweep.unit is not None:
        programme.unit(sweep.unit)


def remove(*, programme_id: str, id: str, actor: Actor, now: datetime) -> None:
    """Take a what-if away; one that is on its way stops. Raises `simulation_unknown`."""

    def write(at_hand: Store) -> None:
        one = queries.lock(at_hand, programme_id, id)
        actions.remove(at_hand, programme_id, id)
        audit.note(
            at_hand, programme_id=programme_id, actor=actor.noted, action="simulation.removed", now=now,
            about=ids.show("simulation", id), before={"name": one.name, "state": one.state},
        )  # fmt: skip

    store.committed(write)


@jobs.job(_PATIENCE, lane=jobs.LONG)
def simulate(programme_id: str, id: str) -> str:
    """Let a process of its own answer a what-if; answers what came of it."""
    tries = store.committed(lambda at_hand: actions.begin(at_hand, programme_id, id, now=clock.now()))
    if tries is None:
        return "over"  # it was taken away, or had its end before whoever was at it could say so
    if tries > limits.SIMULATION_TRIES_MAX:
        return _fail(programme_id, id)  # whoever was at it was killed each time, and could not say so
    question = _question(programme_id, id)
    if question is None:
        return "removed"
    working = Child(settings.SIMULATOR, question)
    try:
        return _looked_after(working, programme_id, id)
    except jobs.Stopped:
        store.committed(lambda at_hand: actions.wait(at_hand, programme_id, id))
        raise
    except jobs.Lost:
        raise  # another worker is at it
    except Refused as refusal:
        return _refuse(programme_id, id, refusal)
    except Exception:
        if tries >= limits.SIMULATION_TRIES_MAX:
            _fail(programme_id, id)
        raise  # the queue keeps what it said, and tries again
    finally:
        working.end()


def _question(programme_id: str, id: str) -> Question | None:
    """What is asked; None where it was taken away meanwhile."""
    try:
        one = queries.get(store.current(), programme_id, id)
        source = queries.source(store.current(), programme_id, id)
    except Refusal as refusal:
        if refusal.kind is not SIMULATION_UNKNOWN:
            raise
        return None
    return Question(programme_id, source, one.name, one.since, one.until, one.how)


def _looked_after(working: Child, programme_id: str, id: str) -> str:
    """Hear how far it is, tell it on, and leave it where nobody wants it any more."""
    stage: Stage = "reading"
    share, told_at = 0, 0.0
    while True:
        heard = working.hear(LOOK_SECONDS)
        if isinstance(heard, child.Answer):
            return _answered(programme_id, id, str(heard.value))
        if heard is not None:
            stage, share = heard.stage, heard.share  # type: ignore[assignment] # a simulator tells these stages
        if time.monotonic() - told_at < LOOK_SECONDS:
            continue
        jobs.checkpoint()
        if not _is_wanted(programme_id, id, stage, share):
            return "removed"
        told_at = time.monotonic()


def _answered(programme_id: str, id: str, text: str) -> str:
    store.committed(lambda at_hand: actions.answer(at_hand, programme_id, id, text, now=clock.now()))
    return "answered"


def _is_wanted(programme_id: str, id: str, stage: Stage, share: int) -> bool:
    """Tell how far it is; whether anybody still wants to know."""
    return store.committed(lambda at_hand: actions.step(at_hand, programme_id, id, stage=stage, share=share))


def _refuse(programme_id: str, id: str, refusal: Refused) -> str:
    code, facts = refusal.code, refusal.facts
    store.committed(lambda at_hand: actions.refuse(at_hand, programme_id, id, code, facts, now=clock.now()))
    return "refused"


def _fail(programme_id: str, id: str) -> str:
    store.committed(lambda at_hand: actions.fail(at_hand, programme_id, id, now=clock.now()))
    return "failed"
