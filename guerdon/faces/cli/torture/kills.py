"""Server, worker and database are killed at random moments under load; what was acknowledged is there, once, and what
was to be told of it was told."""

import contextlib
import json
import os
import signal
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import psycopg

from guerdon.faces.cli.torture import clients, cluster, deeds, scratch, stand
from guerdon.faces.cli.torture.battery import Findings, Trial
from guerdon.faces.cli.torture.caller import Caller
from guerdon.faces.cli.torture.history import Done
from guerdon.faces.cli.torture.load import PATIENCE_SECONDS, Load, settle
from guerdon.faces.cli.torture.postbox import Postbox
from guerdon.faces.cli.torture.stand import Server, Stand

CLIENTS: Final = 6
MOMENTS: Final = ("quiet", "busy", "answered")  # when everybody has been answered; at any moment; as an answer comes
BUSY_SECONDS_MAX: Final = 0.5
SENT: Final = "SELECT sum(news) FROM kit_sent"
STRUCK: Final = ("worker kills", "database kills", "times all connections were cut")  # what stops a worker
NEWS: Final = "activity.recorded"  # what every deed tells once
_HANG_UP: Final = (
    "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()"
)


def run(trial: Trial, findings: Findings) -> None:
    """Torture one installation."""
    with stand.standing(trial, programme=deeds.programme()) as one:
        house = House(one, trial, findings)
        Caller(house.server.port, one.key).enrol(clients.names())
        house.post.open(house.server.port)
        with Load(house.server.port, one.key, trial, findings, clients=CLIENTS).running() as load:
            for victim, moment in plan(trial, house.victims):
                strike(house, load, victim, moment)
        settle(load, one, house.server, findings)
        house.server.stop()
        house.worker.stop()
        one.guerdon("work", "--once", "--events", str(house.events), **house.post.settings)
        hear(house.events, load.done, scratch.number(one.address, SENT), findings)
        house.post.count(findings, sum([int(findings.figures.get(name, 0)) for name in STRUCK]))
        one.prove(findings, deep=True)


def plan(trial: Trial, victims: tuple[str, ...]) -> list[tuple[str, str]]:
    """Who is killed at what kind of moment, in an order of chance."""
    times = {victim: trial.times(3 if victim == "server" else 1, 51) for victim in victims}
    kills = [(victim, MOMENTS[number % len(MOMENTS)]) for victim in victims for number in range(times[victim])]
    trial.chance("plan").shuffle(kills)
    return kills


class House:
    """What can be killed."""

    def __init__(self, one: Stand, trial: Trial, findings: Findings) -> None:
        self.one, self.trial, self.findings = one, trial, findings
        self.chance = trial.chance("house")
        self.events = one.home / "news.jsonl"
        self.events.touch()
        self.post = Postbox(one)
        self.server = one.serve(processes=2, **self.post.settings)
        self.worker = self._work()

    @property
    def victims(self) -> tuple[str, ...]:
        """Of PostgreSQL the database, too: killed where it is the torture's own, else everybody is cut off."""
        if self.trial.place.server is None:
            return ("server", "worker")
        return ("server", "process", "worker", "database" if self.trial.place.cluster else "connections")

    def kill(self, victim: str) -> None:
        """Kill it, without a word."""
        self.findings.count(f"{victim} kills" if victim != "connections" else "times all connections were cut")
        if victim == "server":
            self.server.kill()
        elif victim == "process":
            self._kill_process()
        elif victim == "worker":
            self.worker.kill()
        elif victim == "database":
            assert self.trial.place.cluster is not None
            self.trial.place.cluster.kill()
        else:
            with psycopg.connect(self.one.address, autocommit=True) as connection:
                connection.execute(_HANG_UP, [connection.info.dbname])

    def revive(self, victim: str) -> None:
        """Start what does not come back by itself."""
        if victim == "server":
            self.server = self.one.launch("serve", self.server.port, "--processes", "2", **self.post.settings)
        elif victim == "worker":
            self.worker = self._work()
        elif victim == "database":
            assert self.trial.place.cluster is not None
            self.trial.place.cluster.start()

    def _work(self) -> Server:
        return self.one.work(GUERDON_EVENTS=str(self.events), **self.post.settings)

    def _kill_process(self) -> None:
        """One of the processes that serve; their parent starts another one."""
        serving = [child for child in cluster.children(self.server.process.pid) if serves(child)]
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.chance.choice(serving), signal.SIGKILL)

    def recovered(self, victim: str, load: Load, since: int, before: int) -> float | None:
        """Wait until callers are answered again, or news go out again: after how many seconds, None for never."""
        if victim != "worker":
            return load.wait_answer(since)
        while (now := time.monotonic_ns()) < since + PATIENCE_SECONDS * 1e9:
            if self.events.stat().st_size > before:
                return (now - since) / 1e9
            time.sleep(0.02)
        return None


def strike(house: House, load: Load, victim: str, moment: str) -> None:
    """Kill it at such a moment, start it again, and measure how long callers wait from then on."""
    if load.wait_answer(time.monotonic_ns()) is None:
        house.findings.broken.append(f"nobody was answered any more before the {victim} was killed")
        return
    house.post.change(house.server.port)
    if moment == "quiet":
        load.hold()
    elif moment == "busy":
        time.sleep(house.chance.random() * BUSY_SECONDS_MAX)
    house.kill(victim)
    since, before = time.monotonic_ns(), house.events.stat().st_size
    house.revive(victim)
    load.resume()
    took = house.recovered(victim, load, since, before)
    if took is None:
        house.findings.broken.append(f"nothing came back within {PATIENCE_SECONDS} s after the {victim} was killed")
        return
    name = f"ms after the {victim} at most"
    figures = house.findings.figures
    figures[name] = max(figures.get(name, 0), round(took * 1_000))
    within = house.trial.within_seconds
    house.findings.expect(
        not house.trial.full or took <= within, f"{took:.1f} s after the {victim} was killed, more than {within} s"
    )


def hear(events: Path, done: Sequence[Done], sent: int, findings: Findings) -> None:
    """Every deed has its news, once; what is told again is the same news under the same id."""
    told: dict[str, dict[str, Any]] = {}
    for line in events.read_bytes().splitlines():
        try:
            news: dict[str, Any] = json.loads(line)
        except ValueError:
            findings.count("half lines")  # of a worker that was killed as it wrote; the whole one comes again
            continue
        same = told.setdefault(news["id"], news)
        findings.expect(same == news, f"the news {news['id']} were told as {same} and as {news}")
        findings.count("news told again", same is not news)
    kills = findings.figures["worker kills"]
    halves = findings.figures.get("half lines", 0)
    findings.expect(halves <= kills, f"{halves} half lines of {kills} killed workers")
    numbers = {news["seq"] for news in told.values() if news["topic"] == NEWS}
    lost = sorted({one.seq for one in done if one.call.ok} - numbers)
    findings.expect(not lost, f"{len(lost)} news were lost, the first of seq {min(lost, default=0)}")
    findings.expect(len(told) == sent, f"{len(told)} different news are in the file, {sent} were counted as sent")
    findings.count("news", len(told))


def serves(process: int) -> bool:
    """Whether it is one that serves, and not a helper of Python's own."""
    return b"spawn_main" in Path(f"/proc/{process}/cmdline").read_bytes()
