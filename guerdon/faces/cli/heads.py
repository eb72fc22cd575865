"""Files of published heads, one a line: `aurora 7:5ade… 2026-11-20T06:41:08+00:00`; and heads typed at the terminal."""

from pathlib import Path
from typing import TYPE_CHECKING

from guerdon.core import limits, sealing
from guerdon.core.errors import Refusal
from guerdon.faces.cli import terminal
from guerdon.faces.cli.terminal import Failure

if TYPE_CHECKING:
    from guerdon.core.sealing import Seal

Heads = dict[str, dict[int, str]]  # by the programme's key: number → hash
ANY = ""  # the key of a head that was typed without one


def line(key: str, seal: "Seal") -> str:
    """The head of a seal as it is published."""
    from guerdon.kit import clock

    return f"{key} {sealing.head_of(seal)} {clock.instant(seal.span.sealed_at).isoformat(timespec='seconds')}"


def read(path: Path) -> Heads:
    """The heads of a file; a line may say just the head, empty lines and those with # are passed over."""
    if path.stat().st_size > limits.RECEIPT_BYTES_MAX:
        raise Failure(f"{path} is too large for a file of heads.", code=terminal.UNREADABLE)
    found: Heads = {}
    for number, text in enumerate(path.read_text("utf-8").splitlines(), start=1):
        words = text.split()
        if not words or words[0].startswith("#"):
            continue
        key, told = (ANY, words[0]) if len(words) == 1 else (words[0], words[1])
        try:
            head = sealing.read_head(told)
        except Refusal as refusal:
            raise Failure(
                f"{path}, line {number}: “{text[:60]}” is no head.", hint="A head is NUMBER:HASH.",
                code=terminal.UNREADABLE,
            ) from refusal  # fmt: skip
        mine = found.setdefault(key, {})
        if mine.setdefault(head.number, head.hash) != head.hash:
            raise Failure(f"{path}, line {number}: there is another head {head.number} before.", code=terminal.FINDING)
    return found


def told(text: str) -> Heads:
    """What stands behind --head: a head, or the name of a file of heads."""
    path = Path(text)
    if path.is_file():
        return read(path)
    head = sealing.read_head(text)
    return {ANY: {head.number: head.hash}}
