"""Answers beside the exports that they were computed of: as long as no month is added, nothing is computed twice."""

import hashlib
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Final, TypeVar

import msgspec

from guerdon.core import limits
from guerdon.insight.exports import files

FOLDER: Final = "answers"
Q = TypeVar("Q")
T = TypeVar("T")


def place(own: Path, state: str) -> Path:
    """The folder of what was computed of the months as they are; `state` is the hash of the last one's manifest, from
    which all of them follow."""
    return own / FOLDER / state[:16]


def find(own: Path, state: str, question: object, kind: type[T]) -> T | None:
    """What was answered to a question; None where nobody has asked it, or only another version."""
    try:
        return msgspec.json.decode((place(own, state) / _name(question)).read_bytes(), type=kind)
    except (FileNotFoundError, msgspec.MsgspecError):
        return None


def keep(own: Path, state: str, question: object, answer: object) -> None:
    """Keep an answer, whole or not at all; what was computed of fewer months goes, and all of it where it is much."""
    folder = place(own, state)
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.parent.iterdir():
        if old != folder:
            shutil.rmtree(old, ignore_errors=True)
    if sum(1 for _ in folder.iterdir()) >= limits.ANSWERS_KEPT_MAX:
        for one in folder.iterdir():
            one.unlink(missing_ok=True)
    write(folder / _name(question), msgspec.json.encode(answer))


def find_latest(own: Path, question: object, kind: type[T]) -> T | None:
    """What was answered to a question of all months that are there; None where nobody has asked it, or no month is
    there. Raises Damaged."""
    read = files.months(own)
    return find(own, read[-1].sha256, question, kind) if read else None


def answer_latest(own: Path, question: Q, kind: type[T], compute: Callable[[Path, Q], T]) -> T | None:
    """What is kept of all months that are there, or computed now and kept; None where no month is there. Raises
    Damaged."""
    read = files.months(own)
    if not read:
        return None
    known = find(own, read[-1].sha256, question, kind)
    if known is None:
        known = compute(own, question)
        keep(own, read[-1].sha256, question, known)
    return known


def write(path: Path, content: bytes) -> None:
    """A file under its name only when it is whole."""
    draft = path.with_name(f".{path.name}.{os.getpid()}.{os.urandom(4).hex()}")
    draft.write_bytes(content)
    draft.replace(path)


def _name(question: object) -> str:
    return hashlib.sha256(msgspec.json.encode(question, order="deterministic")).hexdigest()[:32] + ".json"
