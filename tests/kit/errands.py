"""Jobs that the tests of the queue put in: they note that they ran, or do what they are told."""

import os
import time
from pathlib import Path

from guerdon.kit import jobs

RUNS: list[str] = []


@jobs.job()
def note(word: str) -> str:
    RUNS.append(word)
    return word


@jobs.job(jobs.Patience(attempts_max=3, back_off_seconds=10))
def stumble(word: str, times: int) -> int:
    """Fail the first `times` times it is run."""
    RUNS.append(word)
    if RUNS.count(word) <= times:
        raise ValueError(f"stumbled over {word}")
    return RUNS.count(word)


@jobs.job()
def walk(word: str, steps: int) -> None:
    """Take many steps, each a unit of work."""
    for step in range(steps):
        RUNS.append(f"{word}:{step}")
        jobs.checkpoint()


@jobs.job(jobs.Patience(lease_seconds=5))
def write(path: str, line: str, seconds: float) -> None:
    """Say in a file that it begins, take its time, say that it ended."""
    _append(path, f"begin {line}")
    time.sleep(seconds)
    _append(path, f"end {line}")


@jobs.job()
def put_in_again(word: str) -> None:
    """While it runs, the same job is wanted once more."""
    RUNS.append(word)
    if RUNS.count(word) == 1:
        put_in_again.keyed(word).enqueue(word)


def _append(path: str, line: str) -> None:
    with Path(path).open("a") as file:
        file.write(line + "\n")
        file.flush()
        os.fsync(file.fileno())
