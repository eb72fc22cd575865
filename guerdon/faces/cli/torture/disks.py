"""A disk that is full, read-only or broken while callers are at it: no lie is told, and it goes on once it is well.

The database runs on a disk that can be told to fail (shim.py, disk.c): with ENOSPC, EROFS or EIO, at the n-th write,
sync or change of names from now on; once, or from then on until it is well again. A full disk takes part of the first
write that fails. Meanwhile callers do deeds and insist under the same keys. Every answer is a decision or 503 with
Retry-After; once the disk is well the next deed goes through within seconds; in the end every answer is explained by
the oracle, every lot is as it should be, and `verify` holds.

PostgreSQL ends itself where its log can't be written; whoever watches over it (systemd) starts it again, which is what
is done here as soon as the disk is well. Guerdon is never started again.

Not modelled: reads that fail, files that were opened before the file system became read-only and are read through
memory maps, a disk that is full for the logs of the server.
"""

import errno
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

from guerdon.faces.cli.torture import clients, cuts, deeds, stand
from guerdon.faces.cli.torture.battery import Findings, Trial, folder_of
from guerdon.faces.cli.torture.caller import Call, Caller, judge
from guerdon.faces.cli.torture.cluster import Cluster
from guerdon.faces.cli.torture.history import Done
from guerdon.faces.cli.torture.shim import NAMES, SYNCS, WRITES, Shim
from guerdon.faces.cli.torture.stand import Server

CALLERS: Final = 6
HIT_SECONDS: Final = 5
WELL_SECONDS: Final = 10  # the database may have to recover first
INSIST_SECONDS: Final = 120
ILLS: Final = tuple(
    (error, kinds)
    for error, every in (
        (errno.EROFS, (WRITES | NAMES,)),  # first, as the server opens its files then for the most part
        (errno.ENOSPC, (WRITES, WRITES | SYNCS | NAMES)),
        (errno.EIO, (WRITES, SYNCS, WRITES | SYNCS)),
    )
    for kinds in every
)


class Patient(Caller):
    """A caller whose every answer is judged, not the last alone."""

    def __init__(self, port: int, key: str, findings: Findings) -> None:
        super().__init__(port, key)
        self.findings = findings
        self.last = 0.0  # when everything asked for last went through
        self.enrolled: list[str] = []

    def ask(self, method: str, path: str, body: Any = None, *, token: str | None = None) -> Call:
        """Ask once, and judge the answer."""
        call = super().ask(method, path, body, token=token)
        judge(call, self.findings)
        if call.status == 503:
            self.findings.count("answered 503")
        return call

    def enrol_one(self, name: str) -> None:
        """Enrol, which another thread of the server does than what the tills ask for."""
        if self.insist("/v1/members", {"external_ids": [name]}, seconds=INSIST_SECONDS).ok:
            self.enrolled.append(name)
            self.last = time.monotonic()


@dataclass(slots=True)
class Crowd:
    """Callers who do deeds until told to stop."""

    callers: list[Patient]
    workers: list[clients.Worker]
    stop: threading.Event = field(default_factory=threading.Event)
    _threads: list[threading.Thread] = field(default_factory=list)

    def begin(self) -> None:
        """Let all begin."""
        self._threads = [
            threading.Thread(target=self._go, args=pair) for pair in zip(self.callers, self.workers, strict=True)
        ]
        for thread in self._threads:
            thread.start()

    def _go(self, caller: Patient, worker: clients.Worker) -> None:
        while not self.stop.is_set():
            worker.step(caller, seconds=INSIST_SECONDS)
            caller.enrol_one(f"new-{worker.name}-{len(worker.done)}")

    def end(self) -> list[Done]:
        """Let all come to their end; answers what they did."""
        self.stop.set()
        for thread in self._threads:
            thread.join()
        return [done for worker in self.workers for done in worker.done]

    def wait_all(self, seconds: float, watch: Callable[[], None]) -> bool:
        """Whether something goes through for everybody within so many seconds from now; somebody watches meanwhile."""
        began = time.monotonic()
        while time.monotonic() < began + seconds:
            if all(caller.last > began for caller in self.callers):
                return True
            watch()
            time.sleep(0.01)
        return False


def run(trial: Trial, findings: Findings) -> None:
    """Torture one installation."""
    with cuts.ground(trial) as (own, there), stand.standing(there, programme=deeds.programme()) as one:
        database = cuts.Postgresql(one, own) if own else cuts.Sqlite(one)
        disk = Shim.made(own.folder if own else folder_of(trial, "disk"), database.root)
        if own:
            own.stop()
        server = database.serve(disk)
        Caller(server.port, one.key).enrol(clients.names())
        callers = [Patient(server.port, one.key, findings) for _ in range(CALLERS)]
        folk = Crowd(callers, [clients.Worker(f"c{number}", trial.chance(f"c{number}")) for number in range(CALLERS)])
        disk.sicken(errno.EROFS, kinds=WRITES | NAMES, after=0, lasting=True)  # before the first is let in
        folk.begin()
        try:
            spoil(trial, disk, folk, own, server, findings)
        finally:
            disk.heal()
            done = folk.end()
        findings.count("requests", len(done))
        unknown = sum(1 for deed in done if not deed.call.known)
        findings.expect(not unknown, f"{unknown} requests were never answered")
        if not unknown:
            clients.settle(Caller(server.port, one.key), done, findings)
            reader = Caller(server.port, one.key)
            names = [name for caller in callers for name in caller.enrolled]
            lost = [name for name in names if not reader.read(f"/v1/members?external_id={name}").answer["members"]]
            findings.count("enrolled", len(names))
            findings.expect(not lost, f"{len(lost)} members who were enrolled are lost: {lost[:3]}")
        server.stop()
        one.prove(findings)


def spoil(trial: Trial, disk: Shim, folk: Crowd, own: Cluster | None, server: Server, findings: Findings) -> None:
    """Make the disk ill and well again, many times."""
    chance = trial.chance("ills")
    slowest = 0.0

    def watch() -> None:
        if own is not None and not own.runs:
            own.start(environment=disk.environment)
            findings.count("PostgreSQL was started again")

    for number in range(trial.times(len(ILLS), 150)):
        error, kinds = ILLS[number % len(ILLS)]
        after, lasting = chance.choice((0, 1, 2, 3, 5, 8, 13, 30)), error == errno.EROFS or chance.random() < 0.7
        told = f"{errno.errorcode[error]} after {after} calls"
        disk.sicken(error, kinds=kinds, after=after, lasting=lasting)
        if disk.wait_hit(HIT_SECONDS):
            time.sleep(chance.uniform(0.0, 0.4))
        hits = disk.heal()
        findings.count("calls that failed", hits)
        findings.count("ills", int(hits > 0))
        began = time.monotonic()
        well = folk.wait_all(WELL_SECONDS, watch)
        slowest = max(slowest, time.monotonic() - began)
        findings.expect(well, f"{told}: not everybody was served within {WELL_SECONDS} seconds of the disk being well")
        if server.process.poll() is not None:
            findings.broken.append(f"{told}: the server ended with {server.process.returncode}")
            return
    findings.figures["seconds until all were served again, at most"] = round(slowest, 1)
    findings.expect(bool(findings.figures.get("calls that failed")), "no call ever failed: the disk was not in the way")
