"""`python -m bench`: purchases per second and processor time, beside the raw database, in interleaved rounds."""

import argparse
import json
import os
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from rich.console import Console
from rich.table import Table

from bench import importing, load, processes, raw, redeeming, shop, simulating, stand, ways
from bench.stand import OCCURRED_AT, Stand

CLIENTS = (1, 16, 32, 64)
BATCH = 500
BATCHES_AT_ONCE = 4


@dataclass(slots=True)
class Figures:
    """What each way reached, a value a round: purchases per second, CPU milliseconds per purchase."""

    rate: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    cpu: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    wait: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))  # median latency, ms

    def add(self, way: str, *, rate: float, cpu: float, wait: float | None = None) -> None:
        self.rate[way].append(rate)
        self.cpu[way].append(cpu * 1_000)
        if wait is not None:
            self.wait[way].append(wait * 1_000)


class Run:
    """The measured installation, its twin for the raw rows, and the acknowledgements to be checked at the end."""

    def __init__(self, under: Stand, twin: Stand, seconds: float) -> None:
        self.under = under
        self.twin = twin
        self.seconds = seconds
        self.figures = Figures()
        self.acknowledged: set[str] = set()
        self._runs = 0
        self._guess: dict[str, float] = {}

    def round(self) -> None:
        """Every way once, one after the other, so that the machine's moods meet all of them."""
        self._raw()
        for clients in CLIENTS:
            self._single(clients)
        self._batch()
        self._import()
        self._balances()

    def _raw(self) -> None:
        programme, house = raw.house_of(self.twin.url, "earn")
        if self.twin.postmaster is None:
            rate, cpu = raw.sqlite(_path(self.twin.url), house=house, seconds=self.seconds)
            self.figures.add("raw", rate=rate, cpu=cpu)
            return
        before = processes.cpu_seconds(self.twin.postmaster)
        seconds = max(1, round(self.seconds))
        rate = raw.postgresql(
            self.twin.url, self.twin.home, programme=programme, house=house, clients=32, seconds=seconds
        )
        used = processes.cpu_seconds(self.twin.postmaster) - before
        self.figures.add("raw", rate=rate, cpu=used / (rate * seconds))

    def _single(self, clients: int) -> None:
        way = f"api {clients}"
        wanted = int(self._guess.get(way, 300.0) * self.seconds) + clients
        self._runs += 1
        told = list(shop.purchases(f"b{self._runs}", wanted, seed=self._runs, at=OCCURRED_AT))
        requests = [
            load.request("POST", "/v1/activities", key=self.under.key, body=shop.body(purchase)) for purchase in told
        ]
        outcome, cpu = self._measured(requests, clients)
        self.acknowledged.update(str(purchase["external_id"]) for purchase in told)
        self._guess[way] = outcome.answered / outcome.seconds
        self.figures.add(way, rate=self._guess[way], cpu=cpu / outcome.answered, wait=outcome.quantile(0.5))

    def _batch(self) -> None:
        self._runs += 1
        batches = max(2, int(self._guess.get("batch", 2_000) * self.seconds / BATCH))
        told = list(shop.purchases(f"b{self._runs}", batches * BATCH, seed=self._runs, at=OCCURRED_AT))
        requests = [
            load.request(
                "POST",
                "/v1/activities/batch",
                key=self.under.key,
                body=shop.body({"activities": told[start : start + BATCH]}),
            )
            for start in range(0, len(told), BATCH)
        ]
        outcome, cpu = self._measured(requests, BATCHES_AT_ONCE)
        self.acknowledged.update(str(purchase["external_id"]) for purchase in told)
        self._guess["batch"] = len(told) / outcome.seconds
        self.figures.add("batch", rate=self._guess["batch"], cpu=cpu / len(told))

    def _import(self) -> None:
        self._runs += 1
        told = list(shop.purchases(f"b{self._runs}", importing.ORDERS, seed=self._runs, at=OCCURRED_AT))
        with tempfile.TemporaryDirectory(prefix="guerdon-bench-") as folder:
            rate, cpu = importing.csv(Path(folder), self.under, told)
        self.acknowledged.update(str(purchase["external_id"]) for purchase in told)
        self.figures.add("import csv", rate=rate, cpu=cpu)

    def _balances(self) -> None:
        found = load.run(
            self.under.port,
            [load.request("GET", "/v1/members?external_id=m1", key=self.under.key)],
            clients=1,
            keep_bodies=True,
        )
        answer = json.loads(found.bodies[0])
        member = answer["id"] if "id" in answer else answer["members"][0]["id"]
        request = load.request("GET", f"/v1/members/{member}/balances", key=self.under.key)
        outcome, cpu = self._measured([request] * int(2_000 * self.seconds), 16)
        self.figures.add("balance", rate=outcome.answered / outcome.seconds, cpu=cpu / outcome.answered)

    def _measured(self, requests: list[bytes], clients: int) -> tuple[load.Load, float]:
        before = self.under.cpu_seconds()
        outcome = load.run(self.under.port, requests, clients=clients)
        used = self.under.cpu_seconds() - before
        assert not outcome.refused, outcome.refused
        assert outcome.answered == len(requests)
        return outcome, used

    def check(self) -> None:
        """No acknowledged purchase is lost, none is recorded or awarded twice: every award is proved."""
        rows = raw.rows(self.under.url, "SELECT external_id FROM activities_activity WHERE source = 'bench'")
        recorded = [row[0] for row in rows if not row[0].startswith("first-")]
        assert len(recorded) == len(set(recorded)), "a purchase was recorded twice"
        assert self.acknowledged == set(recorded), "an acknowledged purchase was lost"
        environment = {**os.environ, "GUERDON_HOME": str(self.under.home), "GUERDON_DATABASE_URL": self.under.url}
        stand.guerdon(environment, "verify", "--programme", "bench")  # fails where anything was awarded twice


def _path(url: str) -> Path:
    return Path(url.removeprefix("sqlite:///"))


def measure(database: str, *, rounds: int, seconds: float, say: Callable[[str], None]) -> Figures:
    """All ways on one database, in interleaved rounds; the first round warms up and is not counted."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="guerdon-bench-")))
        under_url, twin_url = stack.enter_context(stand.databases(database, folder, ("under", "twin")))
        under = stack.enter_context(stand.running(folder / "under", under_url))
        twin = stack.enter_context(stand.running(folder / "twin", twin_url))
        run = Run(under, twin, seconds)
        for number in range(rounds + 1):
            say(f"{database}: round {number} of {rounds}" + (" (warm-up)" if number == 0 else ""))
            if number == 1:
                run.figures = Figures()
            run.round()
        run.check()
        return run.figures


def report(console: Console, database: str, figures: Figures) -> None:
    """Medians, and the ratios to the raw database round by round."""
    table = Table(title=f"{database}: {os.cpu_count()} cores, ten rules, ten-line baskets, durable commits")
    for name in ("way", "per second", "÷ raw", "CPU ms each", "÷ raw", "median wait ms"):
        table.add_column(name, justify="left" if name == "way" else "right")
    for way, rates in figures.rate.items():
        cpus = figures.cpu[way]
        faster = median([rate / limit for rate, limit in zip(rates, _long(figures.rate["raw"], rates), strict=True)])
        dearer = median([cpu / limit for cpu, limit in zip(cpus, _long(figures.cpu["raw"], cpus), strict=True)])
        wait = figures.wait.get(way)
        table.add_row(
            way, f"{median(rates):,.0f}", f"{faster:.2f}", f"{median(cpus):.3f}", f"{dearer:.2f}",
            f"{median(wait):.2f}" if wait else "",
        )  # fmt: skip
    console.print(table)


def _long(limits: list[float], values: list[float]) -> list[float]:
    return limits if len(limits) == len(values) else [median(limits)] * len(values)


def main() -> int:
    """Measure and print; figures are for reading, so nothing here fails because of a slow machine."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--database", choices=("sqlite", "postgresql", "both"), default="both")
    parser.add_argument("--rounds", type=int, default=5, help="counted rounds, after one to warm up")
    parser.add_argument("--seconds", type=float, default=2.0, help="how long each way runs in a round")
    parser.add_argument("--ways", action="store_true", help="compare group commit with always-single and always-batch")
    parser.add_argument("--redeeming", action="store_true", help="redemptions and quotes instead of purchases")
    parser.add_argument("--journey", action="store_true", help="also import and verify all of Complete Journey")
    parser.add_argument("--simulate", action="store_true", help="only a what-if over all of Complete Journey")
    given = parser.parse_args()
    console = Console()
    if given.simulate:
        console.print(simulating.journey())
        return 0
    for database in ("sqlite", "postgresql") if given.database == "both" else (given.database,):
        if given.redeeming:
            redeeming.report(console, database, rounds=given.rounds, seconds=given.seconds)
            continue
        if given.ways:
            ways.report(console, database, rounds=given.rounds, seconds=given.seconds)
            continue
        figures = measure(database, rounds=given.rounds, seconds=given.seconds, say=console.print)
        report(console, database, figures)
    if given.journey:
        console.print(importing.journey())
    return 0


if __name__ == "__main__":
    sys.exit(main())
