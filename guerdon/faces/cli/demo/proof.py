"""The proof as a step of the demo: made when something new came in, remembered until then."""

from pathlib import Path
from typing import Final

import msgspec

from guerdon.faces.cli import installation, terminal
from guerdon.features.members import queries as members
from guerdon.features.programmes import queries as programmes
from guerdon.insight import verify
from guerdon.insight.verify import Report
from guerdon.kit import store

FILE_NAME: Final = "demo-proof.json"


class Kept(msgspec.Struct, frozen=True):
    """A proof, and the state of the import it was made after."""

    after: str
    report: Report


def run(after: str) -> Report:
    """The proof made after this state; a broken one is made anew each time."""
    kept = _read()
    if kept is not None and kept.after == after and kept.report.ok:
        return kept.report
    at_hand = store.current()
    accounts = sum(members.count(at_hand, row.id) for row in programmes.every(at_hand))
    with terminal.progress("Proving every invariant (members)", total=accounts) as advance:
        report = verify.run(progress=advance)
    _path().write_bytes(msgspec.json.encode(Kept(after, report)))
    return report


def _read() -> Kept | None:
    try:
        return msgspec.json.decode(_path().read_bytes(), type=Kept)
    except (OSError, msgspec.MsgspecError):
        return None  # none was made yet, or by another version: it is only a memory


def _path() -> Path:
    return installation.home() / FILE_NAME
