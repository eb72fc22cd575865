"""A process of its own that shows wrong codes, as fast as it can."""

import os
from collections import Counter
from datetime import datetime
from multiprocessing import get_context
from multiprocessing.connection import Connection

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guerdon.site.settings")
django.setup()

from guerdon.core.errors import Refusal  # noqa: E402 - Django comes first
from guerdon.engine import guessing  # noqa: E402

PATIENCE_SECONDS = 60
_processes = get_context("forkserver")


def guess_all(processes: int, each: int, *, programme_id: str, now: datetime) -> Counter[str]:
    """What so many processes are answered that show so many wrong codes each, at the same moment."""
    begin = _processes.Barrier(processes)
    lines = []
    for _ in range(processes):
        mine, theirs = _processes.Pipe()
        _processes.Process(target=_guess, args=(theirs, begin, each, programme_id, now), daemon=True).start()
        theirs.close()
        lines.append(mine)
    answers: Counter[str] = Counter()
    for line in lines:
        assert line.poll(PATIENCE_SECONDS), "a guesser does not answer"
        answers += line.recv()
    return answers


def _guess(line: Connection, begin: object, each: int, programme_id: str, now: datetime) -> None:
    begin.wait(PATIENCE_SECONDS)  # type: ignore[attr-defined] # a Barrier, which has no type of its own
    answers: Counter[str] = Counter()
    for _ in range(each):
        try:
            guessing.count(programme_id=programme_id, credential=programme_id, client="web", now=now)
            answers["wrong"] += 1
        except Refusal as refusal:
            answers[refusal.code] += 1
    line.send(answers)
