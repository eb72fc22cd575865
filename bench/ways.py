"""Group commit beside its two extremes: a transaction for every purchase, and always waiting for company."""

import tempfile
from contextlib import ExitStack
from pathlib import Path
from statistics import median
from typing import Final

from rich.console import Console
from rich.table import Table

from bench import load, shop, stand
from bench.stand import OCCURRED_AT, Stand

WAYS: Final = {"as it is": None, "always single": "single", "always batch": "batch"}
CLIENTS: Final = (1, 4, 16, 64)


def report(console: Console, database: str, *, rounds: int, seconds: float) -> None:
    """Print CPU per purchase of each way at each number of clients, and ours over the better of the other two.

    One serving process each; the ways take turns within each round.
    """
    cpu: dict[tuple[str, int], list[float]] = {}
    wait: dict[tuple[str, int], list[float]] = {}
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="guerdon-bench-")))
        names = [way.replace(" ", "_") for way in WAYS]
        urls = stack.enter_context(stand.databases(database, folder, names))
        stands = {
            way: stack.enter_context(stand.running(folder / name, url, serving=1, otherwise=otherwise))
            for (way, otherwise), name, url in zip(WAYS.items(), names, urls, strict=True)
        }
        for number in range(rounds + 1):
            console.print(f"{database}, ways: round {number} of {rounds}" + (" (warm-up)" if number == 0 else ""))
            for clients in CLIENTS:
                for way, under in stands.items():
                    used, waited = _measure(under, f"{number}-{clients}", clients, seconds)
                    if number:
                        cpu.setdefault((way, clients), []).append(used)
                        wait.setdefault((way, clients), []).append(waited)
    table = Table(title=f"{database}: CPU ms per purchase (median wait ms), one serving process")
    for column in ("clients", *WAYS, "ours ÷ better"):
        table.add_column(column, justify="right")
    for clients in CLIENTS:
        rows = [f"{median(cpu[way, clients]):.3f} ({median(wait[way, clients]):.1f})" for way in WAYS]
        ours, *others = [cpu[way, clients] for way in WAYS]
        ratios = [mine / min(rest) for mine, *rest in zip(ours, *others, strict=True)]
        table.add_row(str(clients), *rows, f"{median(ratios):.2f}")
    console.print(table)


def _measure(under: Stand, name: str, clients: int, seconds: float) -> tuple[float, float]:
    """CPU milliseconds per purchase, and the median wait in milliseconds."""
    told = shop.purchases(name, int(600 * seconds) + clients, seed=clients, at=OCCURRED_AT)
    requests = [load.request("POST", "/v1/activities", key=under.key, body=shop.body(one)) for one in told]
    before = under.cpu_seconds()
    outcome = load.run(under.port, requests, clients=clients)
    used = under.cpu_seconds() - before
    assert outcome.answered == len(requests) and not outcome.refused, outcome.refused
    return used / outcome.answered * 1_000, outcome.quantile(0.5) * 1_000
