"""Letters under kills: every change of an address has its letter, at least once, under one id; no job fails."""

import re
from typing import Any, Final

from guerdon.core import limits
from guerdon.faces.cli.torture import scratch
from guerdon.faces.cli.torture.battery import Findings
from guerdon.faces.cli.torture.caller import Caller
from guerdon.faces.cli.torture.stand import Stand

CHANGES: Final = 4  # of the address beside each kill
_SENT: Final = "SELECT id FROM letters_letter WHERE state = 'sent'"
_WAITING: Final = "SELECT id FROM letters_letter WHERE state = 'waiting'"
_GIVEN_UP: Final = "SELECT count(*) FROM letters_letter WHERE state IN ('failed', 'dropped')"
_FAILED: Final = (
    "SELECT task_path || ' by ' || exception_class_path FROM django_tasks_database_dbtaskresult WHERE status = 'FAILED'"
)
_ID: Final = re.compile(rb"^Message-ID:\s*<([0-9a-f]{32})@", re.MULTILINE)


class Postbox:
    """A member who gets one address after another, and the folder that takes what is sent to the ones before."""

    def __init__(self, one: Stand) -> None:
        self.one, self.folder = one, one.home / "letters"
        self._known, self._unknown, self._number, self._member = 0, 0, 0, ""

    @property
    def settings(self) -> dict[str, Any]:
        """What switches letters on, for whoever is started."""
        return {
            "GUERDON_SMTP_URL": f"file://{self.folder}", "GUERDON_MAIL_FROM": "torture@torture.example",
            "GUERDON_URL": "https://torture.example",
        }  # fmt: skip

    def open(self, port: int) -> None:
        """Let the member come in. Raises RuntimeError where it may not."""
        call = Caller(port, self.one.key).post("/v1/members", {"person": {"email": self._next()}})
        if not call.ok:
            raise RuntimeError(f"the member with an address could not be enrolled: {call.status} {call.answer}")
        self._member = str(call.answer["id"])

    def change(self, port: int) -> None:
        """Change the address some times; what is not answered may have happened."""
        caller = Caller(port, self.one.key)
        for _ in range(CHANGES):
            call = caller.ask("PATCH", f"/v1/members/{self._member}", {"person": {"email": self._next()}})
            self._known += call.ok
            self._unknown += not call.known
        caller.hang_up()

    def count(self, findings: Findings, kills: int) -> None:
        """Look at what was sent, once everybody has stopped; `kills` is how often a worker was stopped in between."""
        handed = [id.decode() for file in sorted(self.folder.glob("*")) for id in _ID.findall(file.read_bytes())]
        sent, waiting = (_ids(self.one, question) for question in (_SENT, _WAITING))
        whole, given_up = len(sent) + len(waiting), scratch.number(self.one.address, _GIVEN_UP)
        findings.expect(
            self._known <= whole <= self._known + self._unknown,
            f"{whole} letters are there of {self._known} changes that were answered and {self._unknown} that were not",
        )
        lost = sent - set(handed)
        findings.expect(not lost, f"{len(lost)} letters were noted as sent and never handed in")
        strange = set(handed) - sent - waiting
        findings.expect(not strange, f"{len(strange)} letters were handed in that nobody knows of")
        findings.expect(not given_up, f"{given_up} letters were given up")
        again = len(handed) - len(set(handed))
        findings.expect(again <= kills, f"{again} letters were handed in again after {kills} kills")
        # Those that somebody had who was killed: another one sends them when the lease is over.
        most = kills * limits.LETTERS_TOGETHER
        findings.expect(len(waiting) <= most, f"{len(waiting)} letters wait after {kills} kills")
        failed = [str(told) for told in scratch.column(self.one.address, _FAILED)]
        findings.expect(not failed, f"{len(failed)} jobs failed: {', '.join(sorted(set(failed)))}")
        findings.count("letters", whole)
        findings.count("letters handed in again", again)

    def _next(self) -> str:
        self._number += 1
        return f"member{self._number}@torture.example"


def _ids(one: Stand, question: Any) -> set[str]:
    return {str(id).replace("-", "") for id in scratch.column(one.address, question)}
