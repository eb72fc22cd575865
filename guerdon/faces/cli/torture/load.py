"""A load of clients who never give up what they asked for: each asks again under the same key until it is answered."""

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from typing import Final

from guerdon.faces.cli.torture import clients as tills
from guerdon.faces.cli.torture.battery import Findings, Trial
from guerdon.faces.cli.torture.caller import Call, Caller, judge
from guerdon.faces.cli.torture.clients import Scene, Worker
from guerdon.faces.cli.torture.history import Done
from guerdon.faces.cli.torture.stand import Server, Stand

PATIENCE_SECONDS: Final = 120
TIMEOUT_SECONDS: Final = 10  # then a client takes an answer as lost and asks again
REST_SECONDS_MAX: Final = 0.02  # between two deeds of a client: as many as can be checked afterwards


class Load:
    """Clients in threads of their own, who do so many deeds each, or go on until the load ends.

    They can be told to hold their breath. `rest_seconds` is the longest pause between two deeds of a client; `named`
    tells the deeds of this load from those of another one. `members` are whom they are at, and `today` is the day they
    take it to be, where it is not that of the clock.
    """

    def __init__(
        self,
        port: int,
        key: str,
        trial: Trial,
        findings: Findings,
        *,
        clients: int,
        each: int | None = None,
        timeout: float = TIMEOUT_SECONDS,
        rest_seconds: float = REST_SECONDS_MAX,
        scene: Scene = tills.ANY,
    ) -> None:
        self._port, self._key, self._findings, self._each, self._timeout = port, key, findings, each, timeout
        self._rest_seconds = rest_seconds
        self.slowest_seconds = 0.0
        names = [f"{scene.named}w{number}" for number in range(clients)]
        self._workers = [Worker(name, trial.chance(name), scene=scene) for name in names]
        self._rests = {worker.name: trial.chance(f"rest of {worker.name}") for worker in self._workers}
        self._over = threading.Event()
        self._told = threading.Condition()
        self._latest = 0, 0  # when the request of the latest good answer left, and when the answer came
        self._recorded = False  # whether that was a fact, which others share a commit with
        self._quiet = False
        self._turn = False  # one of them may do one deed though all are quiet
        self._busy = 0  # clients in the middle of a deed

    @contextmanager
    def running(self) -> Iterator["Load"]:
        """Let them work, and wait at the end until each has been answered; what one of them raises is raised."""
        with ThreadPoolExecutor(len(self._workers)) as pool:
            running = [pool.submit(self._work, worker) for worker in self._workers]
            try:
                yield self
                if self._each is not None:
                    wait(running)
            finally:
                self._over.set()
                self.resume()
        for one in running:
            one.result()

    @property
    def done(self) -> list[Done]:
        """All that has been answered so far, for the history checker."""
        return [one for worker in self._workers for one in worker.done]

    def wait_answer(self, since: int, *, seconds: float = PATIENCE_SECONDS) -> float | None:
        """Wait for a good answer to what was asked after an instant (monotonic nanoseconds).

        Answers how many seconds after that instant it came, None where none does.
        """
        with self._told:
            if self._told.wait_for(lambda: self._latest[0] > since, seconds):
                return (self._latest[1] - since) / 1e9
        return None

    def hold(self) -> None:
        """Wait until everybody has been answered, and let nobody ask until `resume`.

        The last deed is a fact that somebody recorded alone: no commit but its own can have followed it.
        """
        until = time.monotonic() + PATIENCE_SECONDS
        with self._told:
            self._quiet = True
            self._told.wait_for(lambda: not self._busy, PATIENCE_SECONDS)
            recorded = False
            while not recorded and time.monotonic() < until:
                self._turn = True
                self._told.notify_all()
                self._told.wait_for(lambda: not self._turn and not self._busy, PATIENCE_SECONDS)
                recorded = self._recorded

    def resume(self) -> None:
        """Ask again."""
        with self._told:
            self._quiet = self._turn = False
            self._told.notify_all()

    def report(self) -> None:
        """Count what was done, and note who was never answered."""
        done = self.done
        self._findings.count("requests", len(done))
        self._findings.count("refused", sum(1 for one in done if one.call.known and not one.call.ok))
        unknown = sum(1 for one in done if not one.call.known)
        self._findings.expect(not unknown, f"{unknown} requests were never answered")

    def _work(self, worker: Worker) -> None:
        caller = Caller(self._port, self._key, timeout=self._timeout, heard=self._heard)
        rest = self._rests[worker.name]
        while len(worker.done) != self._each and self._begin():
            try:
                worker.step(caller, seconds=PATIENCE_SECONDS, keyed=True)
            finally:
                self._end()
            time.sleep(rest.random() * self._rest_seconds)
        caller.hang_up()

    def _begin(self) -> bool:
        with self._told:
            self._told.wait_for(lambda: not self._quiet or self._turn or self._over.is_set())
            self._turn = False
            self._busy += 1
            if self._over.is_set():
                self._busy -= 1
                return False
            return True

    def _end(self) -> None:
        with self._told:
            self._busy -= 1
            self._told.notify_all()

    def _heard(self, call: Call) -> None:
        judge(call, self._findings)
        with self._told:
            self.slowest_seconds = max(self.slowest_seconds, (call.came - call.left) / 1e9)
            if call.known and call.status < 500:
                self._latest = max(self._latest, (call.left, call.came))
                self._recorded = call.ok and call.path == "/v1/activities"
                self._told.notify_all()
            else:
                self._findings.count("asked again")


def settle(load: Load, one: Stand, server: Server, findings: Findings) -> None:
    """Hold everything that was answered against the oracle."""
    load.report()
    tills.settle(Caller(server.port, one.key), load.done, findings)
