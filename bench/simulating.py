"""A what-if over all of Complete Journey: how fast its history is read, replayed once, and under a thousand drafts."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import msgspec

from bench import stand
from guerdon.core import effects, expiry
from guerdon.core.programme import Programme

SCENARIOS = 1_000
ROUNDS = 9
GROCER = Path(__file__).parent.parent / "guerdon" / "demo" / "grocer.yaml"


def journey() -> str:
    """Import Complete Journey into a fresh SQLite installation, and ask in a process what would have been."""
    with tempfile.TemporaryDirectory(prefix="guerdon-bench-") as folder:
        environment = {**os.environ, "GUERDON_HOME": folder, "GUERDON_DATABASE_URL": f"sqlite:///{folder}/guerdon.db"}
        stand.guerdon(environment, "migrate")
        stand.guerdon(environment, "programme", "publish", str(GROCER), "--as-of", "2016-12-01", "--yes")
        stand.guerdon(environment, "import", "completejourney")
        command = [sys.executable, "-m", "bench.simulating"]
        return subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout.rstrip()


def main() -> None:
    """Measure on the installation of the environment, and print."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guerdon.site.settings")
    import django

    django.setup()
    from guerdon.features.programmes import queries as programmes
    from guerdon.insight.simulate import gate, questions
    from guerdon.insight.simulate.prepared import Prepared, Regime
    from guerdon.insight.simulate.replay import replay, replay_many
    from guerdon.kit import clock, snapshot, store

    row = programmes.by_key(store.current(), "grocer")
    book, now = programmes.latest(store.current(), row.id), clock.now()
    law = book.current(now)
    began = time.perf_counter()
    with snapshot.taken() as view:
        history = questions.read(view, row.id, law, now=now, progress=lambda *_: None)
    lines = [f"A what-if over Complete Journey: {history.lines:,} lines, {history.facts_told:,} purchases"]
    lines.append(f"  history read: {time.perf_counter() - began:.1f} s")
    regimes = questions.regimes(history, book)
    Prepared(history, [law.programme])  # the first time it may be compiled
    began = time.perf_counter()
    prepared = Prepared(history, [law.programme])
    lines.append(f"  lines summed up, questions answered: {time.perf_counter() - began:.2f} s")
    gate.check(history, replay(prepared, regimes))
    taken, used = [], []
    for _ in range(ROUNDS):
        began, cpu = time.perf_counter(), time.process_time()
        replay(prepared, regimes)
        taken.append(time.perf_counter() - began)
        used.append(time.process_time() - cpu)
    rate, of_one = history.lines / median(taken) / 1e6, history.lines / median(used) / 1e6
    lines.append(
        f"  one replay: {median(taken) * 1000:.0f} ms, {rate:.1f} M lines/s; CPU {median(used) * 1000:.0f} ms,"
    )
    lines.append(f"    {of_one:.1f} M lines/s and core")
    began, cpu = time.perf_counter(), time.process_time()
    issued = {
        int(one.run.flows["points"].issued.sum()) for one in replay_many(prepared, _scenarios(law.programme, Regime))
    }
    seconds, cpu = time.perf_counter() - began, time.process_time() - cpu
    lines.append(f"  {SCENARIOS:,} drafts: {seconds:.1f} s, CPU {cpu:.1f} s; {len(issued):,} different sums of points")
    print("\n".join(lines))


def _scenarios(programme: Programme, regime: type) -> "Iterator[tuple[object, ...]]":
    """Ten rates × ten lives × ten bonuses for full carts."""
    for number in range(SCENARIOS):
        rate, months, bonus = 1 + number % 10, 3 + number // 10 % 10, number // 100
        rules = []
        for rule in programme.rules:
            if rule.key == "base":
                rules.append(msgspec.structs.replace(rule, then=(effects.PerAmount("points", rate, 100),)))
            elif rule.key == "big_basket":
                steps = (effects.Step(5_000, 5 + bonus), effects.Step(10_000, 20 + 4 * bonus))
                rules.append(msgspec.structs.replace(rule, then=(effects.Table("points", steps),)))
            else:
                rules.append(rule)
        points = msgspec.structs.replace(programme.units["points"], expires=expiry.Rolling(months=months))
        units = programme.units | {"points": points}
        yield (regime(msgspec.structs.replace(programme, rules=tuple(rules), units=units)),)


if __name__ == "__main__":
    main()
