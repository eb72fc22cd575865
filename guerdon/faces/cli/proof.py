"""The proof as a step of other commands."""

from guerdon.faces.cli import terminal
from guerdon.features.members import queries as members
from guerdon.features.programmes import queries as programmes
from guerdon.insight import verify
from guerdon.insight.verify import Report
from guerdon.kit import store


def run() -> Report:
    """Prove every invariant of every programme, with a bar on the terminal."""
    at_hand = store.current()
    accounts = sum(members.count(at_hand, row.id) for row in programmes.every(at_hand))
    with terminal.progress("Proving every invariant (members)", total=accounts) as advance:
        return verify.run(progress=advance)
