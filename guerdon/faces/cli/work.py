"""The worker as a process of its own: jobs, the schedule, and the news that go out."""

import signal
import threading
from pathlib import Path
from types import FrameType
from typing import Annotated

import typer

from guerdon.faces.cli import installation, terminal, watching


def work(
    events: Annotated[
        Path | None,
        typer.Option(
            "--events", help="Append news to this file, one JSON object a line (or GUERDON_EVENTS).", metavar="FILE"
        ),
    ] = None,
    once: Annotated[bool, typer.Option("--once", help="Do what is due now, then end.")] = False,
    metrics: terminal.Metrics = None,
    as_json: terminal.Json = False,
) -> None:
    """Run jobs and send news out, until stopped.

    Jobs are the nights of all programmes, at three in the morning of their zones, and whatever else was put into
    the queue. News tell of every change; without --events they are counted and dropped. Several workers share the
    work; a worker that dies loses nothing. Ctrl-C ends it after the piece it is at.

    On SQLite `guerdon serve` works by itself; this is for PostgreSQL, and for catching up by hand.

    \b
    Examples:
      guerdon work
      guerdon work --events news.jsonl
      guerdon work --once --json
      guerdon work --metrics 127.0.0.1:9465
    """
    watching.want(metrics)
    installation.enter()
    from guerdon.kit import logs, worker

    logs.configure()
    stop = threading.Event()
    _obey(stop)
    found = worker.Worker(receivers=worker.file_receivers(events), stop=stop)
    if once:
        with terminal.progress("Working (pieces)") as advance:
            while not stop.is_set() and found.turn():
                advance(1)
    else:
        with watching.watched():
            found.run()
    told = {"news": dict(found.audience.heard), "jobs": found.jobs_run}
    if as_json:
        terminal.show_json(told)
    elif once:
        news = terminal.number(found.audience.heard.total())
        terminal.say(f"{news} news went out, {terminal.counted(found.jobs_run, 'job')} ran; nothing more is due.")


def _obey(stop: threading.Event) -> None:
    """The first signal ends the work after the piece at hand, a second one at once."""

    def ask(signum: int, frame: FrameType | None) -> None:
        if stop.is_set():
            raise KeyboardInterrupt
        stop.set()

    signal.signal(signal.SIGINT, ask)
    signal.signal(signal.SIGTERM, ask)
