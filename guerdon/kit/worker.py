"""The worker: sends news out, plans what is due, runs jobs, one small piece after the other, until told to stop."""

import contextlib
import logging
import os
import socket
import sqlite3
import threading
import time
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

import django.db
import psycopg
from django.conf import settings
from django.db import connection
from django.utils.module_loading import import_string

from guerdon.core.errors import Refusal
from guerdon.kit import attempts, clock, jobs, outbox, store, watch
from guerdon.kit.outbox import Receiver
from guerdon.kit.receivers import Audience, EventFile

NEWS_PER_TURN: Final = 500
ENDED_PER_TURN: Final = 500
PLAN_EVERY: Final = timedelta(seconds=30)
PRUNE_EVERY: Final = timedelta(days=1)
TRIES_KEPT: Final = timedelta(days=1)  # longer than any while in which they are counted
IDLE_SECONDS_MIN: Final = 0.2
IDLE_SECONDS_MAX: Final = 5.0
LONG_IDLE_SECONDS_MAX: Final = 1.0  # people look on while what they asked for waits
TROUBLE_SECONDS_MAX: Final = 30.0
NAME_CHARS_MAX: Final = 64

logger = logging.getLogger("guerdon.worker")
Plan = Callable[[datetime], None]


class Worker:
    """One thread of work. `turn` does one piece of everything that is due; `run` goes on until `stop` is set.

    `polite` rests after each piece as long as it took, so that a server in the same process keeps the database. Long
    jobs run in a thread beside, so that nights and letters do not wait for them; `turn` alone does both.
    """

    def __init__(
        self,
        *,
        receivers: Sequence[Receiver] = (),
        plan: Plan | None = None,
        stop: threading.Event | None = None,
        now: Callable[[], datetime] = clock.now,
        name: str | None = None,
        polite: bool = False,
    ) -> None:
        self.name = (name or f"{socket.gethostname()}:{os.getpid()}:{threading.get_ident()}")[-NAME_CHARS_MAX:]
        self.audience = Audience([*[import_string(path) for path in settings.RECEIVERS], *receivers])
        self.stop = stop or threading.Event()
        self.jobs_run = 0
        self._plans: list[Plan] = [plan] if plan else [import_string(path) for path in settings.SCHEDULE]
        self._now = now
        self._polite = polite
        self._lane: jobs.Lane | None = None  # all of them
        self._planned_at: datetime | None = None
        self._pruned_at: datetime | None = None

    def run(self) -> None:
        """Work until told to stop; trouble with the database, a receiver or a job is logged and outlived."""
        logger.info("the worker begins", extra={"worker": self.name})
        self._lane = jobs.DEFAULT
        beside = threading.Thread(target=self._run_long, name="guerdon-worker-long", daemon=True)
        beside.start()
        self._repeat(self._turn)
        beside.join()
        heard = self.audience.heard.total()
        logger.info("the worker ends", extra={"worker": self.name, "news": heard, "jobs": self.jobs_run})

    def _turn(self) -> bool:
        busy = self.turn()
        watch.watcher.turned(self._now())
        return busy

    def _run_long(self) -> None:
        try:
            self._repeat(lambda: self._work(self._now(), jobs.LONG), idle_max=LONG_IDLE_SECONDS_MAX)
        finally:
            connection.close()

    def _repeat(self, turn: Callable[[], bool], *, idle_max: float = IDLE_SECONDS_MAX) -> None:
        idle = trouble = 0.0
        while not self.stop.is_set():
            began = time.monotonic()
            try:
                busy = turn()
            except Exception as error:
                trouble = min(TROUBLE_SECONDS_MAX, 2 * trouble or IDLE_SECONDS_MIN)
                self._outlive(error, trouble)
                self.stop.wait(trouble)
                continue
            trouble = 0.0
            idle = 0.0 if busy else min(idle_max, 2 * idle or IDLE_SECONDS_MIN)
            self.stop.wait(idle or (time.monotonic() - began if self._polite else 0.0))

    def turn(self) -> bool:
        """Plan, send one batch of news, forget old jobs, run one; answers whether there was anything to do."""
        now = self._now()
        if _is_time(now, self._planned_at, PLAN_EVERY):
            jobs.reclaim(now=now)
            for plan in self._plans:
                plan(now)
            self._planned_at = now
        sent = self._send(now)
        pruned = self._prune(now)
        return self._work(now, self._lane) or sent > 0 or pruned > 0

    def _send(self, now: datetime) -> int:
        sent = store.retrying(lambda: outbox.drain(store.current(), self.audience, most=NEWS_PER_TURN, now=now))
        if sent:
            watch.watcher.sent(sent)
        return sent

    def _prune(self, now: datetime) -> int:
        if not _is_time(now, self._pruned_at, PRUNE_EVERY):
            return 0
        pruned = jobs.prune(now=now, most=ENDED_PER_TURN)
        attempts.sweep(store.current(), before=now - TRIES_KEPT)
        if pruned < ENDED_PER_TURN:
            self._pruned_at = now  # else the rest goes with the next turns
        return pruned

    def _work(self, now: datetime, lane: jobs.Lane | None) -> bool:
        claimed = jobs.claim(worker=self.name, now=now, lane=lane)
        if claimed is None:
            return False
        told = {"job": claimed.name, "id": claimed.id, "attempt": claimed.attempts}
        began = time.monotonic()
        error = jobs.run(claimed, now=self._now, stop=self.stop)
        told["seconds"] = round(time.monotonic() - began, 3)
        self.jobs_run += 1
        left = isinstance(error, jobs.Stopped | jobs.Lost)
        outcome = "done" if error is None else "left" if left else "failed"
        watch.watcher.job_ended(claimed.name, outcome, time.monotonic() - began)
        if error is None:
            logger.info("a job is done", extra=told)
        elif left:
            logger.info("a job was left: %s", type(error).__name__.lower(), extra=told)
        else:
            logger.warning("a job failed", extra=told, exc_info=error)
        return True

    def _outlive(self, error: Exception, pause: float) -> None:
        away = isinstance(error, _DATABASE_ERRORS) or (isinstance(error, Refusal) and error.family == "busy")
        watch.watcher.failed(away=away)
        if away:
            cause = " ".join(str(error).split())
            logger.warning("the database does not answer; again in %.1f s: %s", pause, cause)
            with contextlib.suppress(django.db.Error):
                connection.close()  # the next turn makes a new one
        else:
            logger.exception("a turn failed; again in %.1f s", pause)


def _is_time(now: datetime, last: datetime | None, every: timedelta) -> bool:
    """Whether something is due again; a clock that was put back makes everything due."""
    return last is None or now - last >= every or now < last


_DATABASE_ERRORS = (django.db.Error, psycopg.Error, sqlite3.Error)


def start_thread(stop: threading.Event, *, events: Path | None = None) -> threading.Thread:
    """Work in a thread beside a server, for SQLite, whose one writer belongs to one process.

    Set `stop` and join the thread to end it after the piece it is at. `events` is a file that news are appended to;
    by default the one of GUERDON_EVENTS.
    """
    receivers = file_receivers(events)

    def body() -> None:
        try:
            Worker(receivers=receivers, stop=stop, polite=True).run()
        finally:
            connection.close()

    thread = threading.Thread(target=body, name="guerdon-worker", daemon=True)
    thread.start()
    return thread


def file_receivers(events: Path | None = None) -> list[Receiver]:
    """The file that news go to, named here or in GUERDON_EVENTS. Raises OSError where it can't be written."""
    named = events or settings.EVENTS_FILE
    return [EventFile(Path(named))] if named else []
