"""The proof as a step of the demo: made when the demo brought something in, remembered with what it was made of."""

from pathlib import Path
from typing import Final

import msgspec

from guerdon.faces.cli import installation, terminal
from guerdon.insight import verify
from guerdon.insight.totals import Totals
from guerdon.insight.verify import Report

FILE_NAME: Final = "demo-proof.json"


class Proof(msgspec.Struct, frozen=True):
    """A proof, the state of the import it was made after, and what there was to be proved."""

    after: str
    counted: list[Totals]
    report: Report

    def covers(self, now: list[Totals]) -> bool:
        """Whether nothing was recorded since."""
        return self.counted == now


def run(after: str, now: list[Totals]) -> Proof:
    """The proof made after this state of the import; a broken one is made anew each time."""
    kept = _read()
    if kept is not None and kept.after == after and kept.report.ok:
        return kept
    with terminal.progress("Proving every invariant (members)", total=sum(one.members for one in now)) as advance:
        made = Proof(after, now, verify.run(progress=advance))
    _path().write_bytes(msgspec.json.encode(made))
    return made


def _read() -> Proof | None:
    try:
        return msgspec.json.decode(_path().read_bytes(), type=Proof)
    except (OSError, msgspec.MsgspecError):
        return None  # none was made yet, or by another version: it is only a memory


def _path() -> Path:
    return installation.home() / FILE_NAME
