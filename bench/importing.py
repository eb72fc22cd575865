"""The importer as a whole process: a made-up CSV, and the year of Complete Journey with its verification."""

import csv as tables
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench import shop, stand

ROWS = 20_000
MAP = """\
source: benchcsv
kind: purchase
columns:
  external_id: order
  occurred_at: at
  member: {external_id: member}
  store: store
  amount: total
"""


def csv(folder: Path, under: stand.Stand) -> tuple[list[float], list[float]]:
    """Purchases per second and CPU milliseconds per purchase of `guerdon import csv`."""
    file, mapping = folder / "orders.csv", folder / "orders.yaml"
    mapping.write_text(MAP)
    with file.open("w", newline="") as out:
        rows = tables.writer(out)
        rows.writerow(["order", "at", "member", "store", "total"])
        for number in range(ROWS):
            total = f"{number % 90 + 1}.{number % 100:02}"
            rows.writerow([f"o{number}", stand.OCCURRED_AT, f"m{number % shop.MEMBERS}", f"s{number % 9}", total])
    environment = {**os.environ, "GUERDON_HOME": str(under.home), "GUERDON_DATABASE_URL": under.url}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    stand.guerdon(environment, "import", "csv", str(file), "--map", str(mapping), "--programme", "bench", "--yes")
    seconds = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return [ROWS / seconds], [used / ROWS * 1_000]


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
