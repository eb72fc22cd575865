"""`python -m bench.till`: the three acts of a purchase at a till over HTTP, beside the raw database, in one run.

Who stands there (`POST /v1/tills/identify`), what it would give (`POST /v1/quotes`), and recording it
(`POST /v1/activities`), one customer after the other, as at a counter. How long each takes, and all three, at the
median and at the slow end.
"""

import argparse
import tempfile
from collections import defaultdict
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.table import Table

from bench import load, raw, shop, stand
from bench.stand import OCCURRED_AT, Stand

PROMISED_MS: Final = 2_000  # what a purchase may take of a cashier's time, all three acts
Waits = dict[str, list[float]]  # milliseconds, by act


def main() -> None:
    """Measure both databases, or one, and print a table of each."""
    parser = argparse.ArgumentParser(prog="python -m bench.till")
    parser.add_argument("--database", choices=("sqlite", "postgresql"), action="append")
    parser.add_argument("--sales", type=int, default=300, help="counted sales of each database")
    asked = parser.parse_args()
    for database in asked.database or ("sqlite", "postgresql"):
        report(Console(), database, sales=asked.sales)


def report(console: Console, database: str, *, sales: int) -> None:
    """Print how long the acts of so many sales take, and one raw purchase in between."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="guerdon-bench-")))
        urls = stack.enter_context(stand.databases(database, folder, ("under", "twin")))
        under, twin = (
            stack.enter_context(stand.running(folder / name, url))
            for name, url in zip(("under", "twin"), urls, strict=True)
        )
        limit = stack.enter_context(raw.one_by_one(twin.url))
        sell(under, limit, number=0, sales=max(20, sales // 10))  # warm-up
        waits = sell(under, limit, number=1, sales=sales)
        stand.guerdon(stand.environment(under.home, under.url), "verify", "--programme", "bench")
    console.print(table(database, waits))


def sell(under: Stand, limit: Callable[[int], float], *, number: int, sales: int) -> Waits:
    """So many sales, one after the other; what the raw database takes is measured between them."""
    waits: Waits = defaultdict(list)
    told = list(shop.purchases(f"t{number}", sales, seed=number, at=OCCURRED_AT))
    for place, purchase in enumerate(told):
        member = purchase["member"]
        assert isinstance(member, dict)
        basket = {name: purchase[name] for name in ("member", "lines", "store", "channel")}
        acts = {
            "identify": ("/v1/tills/identify", {"shown": member["external_id"]}),
            "preview": ("/v1/quotes", basket),
            "record": ("/v1/activities", purchase),
        }
        whole = 0.0
        for act, (path, body) in acts.items():
            whole += (took := _took(under, path, body))
            waits[act].append(took)
        waits["whole purchase"].append(whole)
        waits["raw database"].append(limit(place + number * 1_000_000))
    return waits


def _took(under: Stand, path: str, body: object) -> float:
    """Milliseconds until one request is answered well; the connection is there."""
    outcome = load.run(under.port, [load.request("POST", path, key=under.key, body=shop.body(body))], clients=1)
    assert outcome.answered == 1 and not outcome.refused, outcome.refused
    return outcome.latencies[0] * 1_000


def table(database: str, waits: Waits) -> Table:
    """The figures as they are printed."""
    raw_p50 = quantile(waits["raw database"], 0.5)
    made = Table(title=f"{database}: a purchase at the till, {len(waits['record'])} sales; promised {PROMISED_MS} ms")
    for name in ("act", "p50 ms", "p95 ms", "p50 ÷ raw"):
        made.add_column(name, justify="left" if name == "act" else "right")
    for act, found in waits.items():
        p50, p95 = quantile(found, 0.5), quantile(found, 0.95)
        made.add_row(act, f"{p50:.2f}", f"{p95:.2f}", f"{p50 / raw_p50:.1f}")
    return made


def quantile(values: list[float], share: float) -> float:
    """The value that this share of them does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


if __name__ == "__main__":
    main()
