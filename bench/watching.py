"""What a night's look for fraud takes beside a month of acts at tills: `python -m bench.watching [--acts N]`."""

import argparse
import multiprocessing
import os
import re
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Final

from bench import shop, stand

DAYS: Final = 30
CASHIERS: Final = 40
ROUNDS: Final = 5


def main() -> None:
    """Both databases, one after the other."""
    parser = argparse.ArgumentParser(prog="python -m bench.watching", description=__doc__)
    parser.add_argument("--acts", type=int, default=100_000, help="acts at tills within thirty days")
    parser.add_argument("--database", choices=("sqlite", "postgresql"), action="append")
    told = parser.parse_args()
    for kind in told.database or ("sqlite", "postgresql"):
        with (
            tempfile.TemporaryDirectory(prefix="guerdon-bench-") as folder,
            stand.databases(kind, Path(folder), ["watching"]) as (url,),
        ):
            # Django knows one database in a process.
            child = multiprocessing.get_context("spawn").Process(target=_measure, args=(kind, folder, url, told.acts))
            child.start()
            child.join()
            assert child.exitcode == 0, f"{kind} could not be measured"


def _measure(kind: str, home: str, url: str, acts: int) -> None:
    folder = Path(home)
    around = stand.environment(folder, url)
    os.environ.update(around)
    (folder / "bench.yaml").write_text(shop.PROGRAMME)
    stand.guerdon(around, "migrate")
    stand.guerdon(around, "programme", "publish", str(folder / "bench.yaml"), "--as-of", "2026-01-01", "--yes")
    os.environ["DJANGO_SETTINGS_MODULE"] = "guerdon.site.settings"
    import django

    django.setup()
    from guerdon.features.alerts import acts as queries
    from guerdon.features.alerts.acts import Span
    from guerdon.kit import store

    programme_id, today = _fill(acts)
    at_hand = store.current()
    if kind == "postgresql":  # which does so by itself
        at_hand.raw.execute("ANALYZE")
    span = Span(programme_id, acts - acts // DAYS, 0, 501)
    looks: dict[str, Callable[[], object]] = {
        "repeated": lambda: queries.repeated(at_hand, span, since=today - DAYS, times=5),
        "shares": lambda: queries.shares(at_hand, span, since=today - 7, times=5, percent=20),
        "by_hand": lambda: queries.by_hand(at_hand, span, since=today - DAYS, times=3),
        "receivers": lambda: queries.receivers(at_hand, span, since=today - DAYS, times=5),
    }
    by_day = {name: _millis(look) for name, look in looks.items()}
    for name in ("_REPEATED", "_SHARES", "_BY_HAND", "_RECEIVERS"):
        setattr(queries, name, _of_the_month(getattr(queries, name)))
    by_month = {name: _millis(look) for name, look in looks.items()}
    print(f"{kind}, {acts:,} acts in {DAYS} days, {acts // DAYS:,} of them new; ms, median of {ROUNDS}")
    for name in looks:
        print(
            f"  {name:<10} whoever is in the month {by_month[name]:8.1f}   whom something is new of {by_day[name]:8.1f}"
        )


def _of_the_month(statement: "object") -> "object":
    """The same look at everybody of the month, whether anything is new of them or not."""
    from guerdon.kit.store import Statement

    text = re.sub(r" touched AS \(.*?seq > :looked\),", "", statement.text)  # type: ignore[attr-defined]
    text = re.sub(r" AND a\.\w+ = t\.\w+", "", text.replace("touched t CROSS JOIN ", ""))
    return Statement(text)


def _fill(acts: int) -> tuple[str, int]:
    """A programme with a member for every fifth act; answers its id and the last local day."""
    from guerdon.core.alerts import Act
    from guerdon.engine import enrolment
    from guerdon.features.alerts import actions
    from guerdon.features.members.records import Enrolment
    from guerdon.features.programmes import queries as programmes
    from guerdon.kit import clock, ids, store
    from guerdon.kit.store import Statement

    (programme,) = programmes.every(store.current())
    now = clock.now()
    who = {f"m{number}": Enrolment(external_ids=(f"m{number}",)) for number in range(acts // 5)}
    enrolment.introduce(programme_id=programme.id, enrolments=who, now=now)
    rows = store.current().fetch(Statement("SELECT id FROM members_member ORDER BY id"))
    members, today = [str(id).replace("-", "") for (id,) in rows], now.toordinal()
    made = []
    for number in range(acts):
        member, cashier = members[number * 7919 % len(members)], str(number % CASHIERS)
        day, way = today - DAYS + 1 + number * DAYS // acts, ("till", "till", "hand", "gift")[number % 4]
        made.append(
            Act(member, ids.new(), number + 1, way, cashier, "", member, "points", 10, clock.micros(now), day)  # type: ignore[arg-type]
        )
    store.committed(lambda at_hand: actions.lock(at_hand, programme.id))
    store.committed(lambda at_hand: actions.gather(at_hand, programme.id, made, seq=acts))
    return programme.id, today


def _millis(look: Callable[[], object]) -> float:
    spent = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        look()
        spent.append((time.perf_counter() - start) * 1_000)
    return median(spent)


if __name__ == "__main__":
    main()
