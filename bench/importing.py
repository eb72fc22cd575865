"""The importer as a whole process: a made-up CSV, and the year of Complete Journey with its verification."""

import csv as tables
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench import stand

ORDERS = 5_000
MAP = """\
source: bench
kind: purchase
rows: lines
columns:
  external_id: order
  occurred_at: at
  member: {external_id: member}
  store: store
  channel: channel
line: {amount: amount, product: product, category: category, quantity: quantity}
"""
COLUMNS = ("order", "at", "member", "store", "channel", "amount", "product", "category", "quantity")


def csv(folder: Path, under: stand.Stand, told: Sequence[dict[str, Any]]) -> tuple[float, float]:
    """Purchases per second and CPU seconds per purchase of `guerdon import csv`, process start and all.

    CPU is that of the importer and of the database's server, where there is one.
    """
    file, mapping = folder / "orders.csv", folder / "orders.yaml"
    mapping.write_text(MAP)
    with file.open("w", newline="") as out:
        rows = tables.writer(out)
        rows.writerow(COLUMNS)
        for one in told:
            head = (one["external_id"], one["occurred_at"], one["member"]["external_id"], one["store"], one["channel"])
            for line in one["lines"]:
                amount = f"{line['amount'] // 100}.{line['amount'] % 100:02}"
                rows.writerow([*head, amount, line["product"], line["category"], line["quantity"]])
    environment = {**os.environ, "GUERDON_HOME": str(under.home), "GUERDON_DATABASE_URL": under.url}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    elsewhere = under.cpu_seconds()
    start = time.perf_counter()
    stand.guerdon(environment, "import", "csv", str(file), "--map", str(mapping), "--programme", "bench", "--yes")
    seconds = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime + under.cpu_seconds() - elsewhere
    return len(told) / seconds, used / len(told)


def journey() -> str:
    """Import, award and verify Complete Journey on a fresh SQLite installation, as one whole process each."""
    with tempfile.TemporaryDirectory(prefix="guerdon-bench-") as folder:
        environment = {**os.environ, "GUERDON_HOME": folder, "GUERDON_DATABASE_URL": f"sqlite:///{folder}/guerdon.db"}
        programme = Path(__file__).parent.parent / "guerdon" / "demo" / "grocer.yaml"
        stand.guerdon(environment, "migrate")
        stand.guerdon(environment, "programme", "publish", str(programme), "--as-of", "2016-12-01", "--yes")
        lines = ["Complete Journey on SQLite:"]
        for words in (["import", "completejourney"], ["verify"]):
            start = time.perf_counter()
            done = subprocess.Popen([sys.executable, "-m", "guerdon.faces.cli.main", *words], env=environment)
            _, status, used = os.wait4(done.pid, 0)
            assert status == 0, f"guerdon {' '.join(words)} failed"
            seconds = time.perf_counter() - start
            cpu = used.ru_utime + used.ru_stime
            lines.append(
                f"  {' '.join(words)}: {seconds:.1f} s, CPU {cpu:.1f} s, peak memory {used.ru_maxrss / 1024:.0f} MB"
            )
        return "\n".join(lines)
