"""A scratch installation under torture: its programme, its server and worker as processes of their own, its proof."""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from guerdon.faces.cli.torture import cluster, ports, scratch, steering
from guerdon.faces.cli.torture.battery import Findings, Skipped, Trial
from guerdon.faces.cli.torture.cluster import Cluster
from guerdon.faces.cli.torture.steering import Wheel

START_SECONDS: Final = 60
STOP_SECONDS: Final = 30
LOG_CHARS_SHOWN_MAX: Final = 2_000
KEY: Final = "torture"


@dataclass(slots=True)
class Server:
    """A process of the installation: a server at a port, or a worker without one."""

    process: "subprocess.Popen[bytes]"
    port: int
    log: Path

    def kill(self) -> None:
        """End it and its children without a word, now."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> int:
        """Ask it to end, and wait until it has; answers its exit code."""
        self.process.terminate()
        try:
            return self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.kill()
            raise


@dataclass(slots=True)
class Stand:
    """One scratch installation."""

    home: Path
    address: str
    key: str
    fault: str | None = None
    circumstance: str | None = None  # no fault, but what makes a torture shorter
    wheel: Wheel | None = None  # where the torture turns the clock of the installation
    _servers: list[Server] = field(default_factory=list)

    def environment(self, **more: str) -> dict[str, str]:
        """What a process needs to find the installation."""
        return {
            **os.environ,
            "GUERDON_HOME": str(self.home),
            "GUERDON_DATABASE_URL": self.address,
            "GUERDON_TORTURE": "1",  # what plants a fault refuses to without
            **({steering.VARIABLE: str(self.wheel.file)} if self.wheel else {}),
            **more,
        }

    def steered(self) -> Wheel:
        """Let the torture turn the clock of whatever is started from now on."""
        self.circumstance, self.wheel = steering.STEERED, Wheel(self.home / "clock")
        return self.wheel

    def command(self, *words: str, faulty: bool = True) -> list[str]:
        """A command line of Guerdon, with the fault planted where there is one."""
        names = "+".join(name for name in (self.circumstance, self.fault if faulty else None) if name)
        planted = ["guerdon.faces.cli.torture.faults", names] if names else ["guerdon.faces.cli.main"]
        return [sys.executable, "-m", *planted, *words]

    def serve(self, *, processes: int = 1, port: int = 0, working: bool = False, **more: str) -> Server:
        """Start a server, and wait until it is ready."""
        server = self.launch("serve", port or ports.free(), "--processes", str(processes), working=working, **more)
        wait_ready(server)
        return server

    def launch(self, verb: str, port: int, *words: str, working: bool = False, **more: str) -> Server:
        """Start a server and don't wait for it."""
        quiet = [] if working else ["--no-work"]
        return self._start(self.command(verb, "--port", str(port), *quiet, *words), port, more)

    def work(self, **more: str) -> Server:
        """Start a worker."""
        return self._start(self.command("work"), 0, more)

    def _start(self, command: list[str], port: int, more: dict[str, str]) -> Server:
        path = self.home / "server.log"
        with path.open("ab") as log:
            process = subprocess.Popen(
                command, env=self.environment(**more), stdout=log, stderr=log, start_new_session=True
            )
        self._servers.append(Server(process, port, path))
        return self._servers[-1]

    def guerdon(self, *words: str, **more: str) -> str:
        """Run a command to its end; answers what it printed. Raises RuntimeError with its words when it fails."""
        done = self._done(words, **more)
        if done.returncode != 0:
            raise RuntimeError(f"guerdon {' '.join(words)} failed:\n{done.stdout}{done.stderr}")
        return done.stdout

    def prove(self, findings: Findings, *, deep: bool = False) -> None:
        """Let `guerdon verify` prove the installation; what is broken becomes a finding."""
        if findings.enough:
            return
        done = self._done(["verify", "--json", *(["--deep"] if deep else [])])
        if not done.stdout.startswith("{"):
            raise RuntimeError(f"verify could not prove anything: {done.stdout}{done.stderr}")
        report = json.loads(done.stdout)
        held = 0
        for verdict in report["verdicts"]:
            if verdict["holds"] is False:
                findings.broken.append(f"verify {verdict['clause']} {verdict['part']}: {verdict['first']}")
            held += verdict["holds"] is True
        findings.figures["invariants proved"] = held

    def _done(self, words: Sequence[str], **more: str) -> "subprocess.CompletedProcess[str]":
        command = self.command(*words, faulty=False)
        return subprocess.run(command, env=self.environment(**more), capture_output=True, text=True, check=False)

    def close(self) -> None:
        """End what still runs."""
        for server in self._servers:
            if server.process.poll() is None:
                server.kill()


@contextlib.contextmanager
def ground(
    trial: Trial, *, settings: Mapping[str, str], made_with: Sequence[str] = ()
) -> Iterator[tuple[Cluster | None, Trial]]:
    """Where a torture stands that is at the files: a PostgreSQL of its own with these settings, or a file.

    Raises `battery.Skipped` where this machine can't make one.
    """
    if trial.place.server is None:
        yield None, trial
        return
    with contextlib.ExitStack() as undo:
        try:
            own = undo.enter_context(cluster.running(settings=settings, made_with=made_with))
        except cluster.Unavailable as error:
            raise Skipped(f"it needs a PostgreSQL of its own, and {error}") from None
        yield own, replace(trial, place=scratch.Place(trial.place.folder, own.address))


@contextlib.contextmanager
def standing(trial: Trial, *, programme: str, name: str = "stand") -> Iterator[Stand]:
    """A scratch installation with a published programme and a key that may do everything; gone afterwards."""
    home = trial.place.folder / name
    shutil.rmtree(home, ignore_errors=True)
    stand = Stand(home, trial.place.address(home), "", trial.fault)
    try:
        if trial.place.samples is None:
            _found(stand, programme)
        else:
            _copy(_sample(trial.place, trial.place.samples, programme), stand)
        yield stand
    finally:
        stand.close()
        scratch.drop(stand.address)
        shutil.rmtree(home, ignore_errors=True)


def _found(stand: Stand, programme: str) -> None:
    """Make the installation from nothing."""
    stand.home.mkdir()
    scratch.create(stand.address)
    (stand.home / "programme.yaml").write_text(programme)
    stand.guerdon("migrate")
    stand.guerdon("programme", "publish", str(stand.home / "programme.yaml"), "--as-of", "2026-01-01", "--yes")
    stand.key = _made(stand.guerdon("key", "create", "--name", KEY, "--json"))["key"]


def _sample(place: scratch.Place, samples: scratch.Samples, programme: str) -> scratch.Sample:
    """An installation with the programme that is only copied; made where there is none yet."""
    known = place.server, programme
    if known not in samples.made:
        home = samples.folder / str(len(samples.made))
        stand = Stand(home, place.address(home), "")
        _found(stand, programme)
        samples.made[known] = scratch.Sample(home, stand.address, stand.key)
    return samples.made[known]


def _copy(sample: scratch.Sample, stand: Stand) -> None:
    """Make the installation as the sample is: with its files, its database and its key."""
    shutil.copytree(sample.home, stand.home, ignore=shutil.ignore_patterns("guerdon.db*"))
    scratch.copy(sample.address, stand.address)
    stand.key = sample.key


def wait_ready(server: Server, *, seconds: float = START_SECONDS) -> float:
    """Wait until the server is ready; answers after how many seconds. Raises RuntimeError."""
    began = time.monotonic()
    while time.monotonic() < began + seconds:
        if server.process.poll() is not None:
            told = server.log.read_text(errors="replace")[-LOG_CHARS_SHOWN_MAX:]
            raise RuntimeError(f"the server ended with {server.process.returncode}:\n{told}")
        with contextlib.suppress(urllib.error.URLError, ConnectionError, TimeoutError):
            urllib.request.urlopen(f"http://127.0.0.1:{server.port}/readyz", timeout=2).close()
            return time.monotonic() - began
        time.sleep(0.05)
    raise RuntimeError(f"the server did not become ready within {seconds} seconds")


def _made(printed: str) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(printed)
    return made
