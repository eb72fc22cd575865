"""Redemptions per second beside the raw database writing the same rows, and the cost of a quote under 100 rules."""

import re
import sqlite3
import tempfile
import time
from collections import defaultdict
from contextlib import ExitStack
from pathlib import Path
from statistics import median
from typing import Any, Final

import uuid_utils
from rich.console import Console
from rich.table import Table

from bench import load, processes, raw, shop, stand
from bench.stand import OCCURRED_AT, Stand

CLIENTS: Final = (1, 16, 64)
RULES: Final = 100
LINES: Final = 30
PIECES: Final = 1_000_000
FACTS: Final = "x" * 220  # what a redemption, and its burn, take in the journal
DECISION: Final = "y" * 180
REWARDS: Final = """\
rewards:
  tea:
    name: {en: Tea}
    kind: free_product
    product: tea
    prices: [{points: {points: 1}}]
    stocked: whole
    fulfilment: by_hand
"""


def programme() -> str:
    """The bench's programme with a reward, and as many rules as a hundred."""
    more = [
        f"  r{number}: {{name: {{en: R{number}}}, when: purchase, lines: [{{category: {{in: [c{number}]}}}}],"
        f" then: [{{points: {{unit: points, give: 1, per: 1.00}}}}]}}\n"
        for number in range(RULES - 10)
    ]
    return shop.PROGRAMME + "".join(more) + REWARDS


# One redemption of a point: the same rows, locks and constraints, in one prepared statement.
_SCRIPT = f"""\
\\set member random(0, {shop.MEMBERS - 1})
\\set number random(1, 9000000000000000)
WITH m AS (
  SELECT m.id, m.programme_id FROM members_identifier i JOIN members_member m ON m.id = i.member_id
  WHERE i.programme_id = ':programme'::uuid AND i.kind = 'external_id' AND i.value = 'm' || :member
  FOR NO KEY UPDATE OF m
), a AS (
  INSERT INTO activities_activity SELECT m.id, gen_random_uuid(), m.programme_id, nextval('activities_seq'),
    kind, 'raw', kind || :number, 1, 1, 1, '{FACTS}', '{DECISION}' FROM m, unnest(ARRAY['redemption', 'burn']) AS kind
  RETURNING account_id, id, programme_id, seq, kind
), k AS (
  INSERT INTO activities_key SELECT programme_id, 'raw', kind, kind || :number, account_id, id FROM a
), b AS (
  UPDATE ledger_balance b SET balance = balance - 1, available = available - 1 FROM m
  WHERE b.account_id = m.id AND b.unit = 'points' RETURNING b.balance
), p AS (
  INSERT INTO ledger_posting SELECT a.account_id, gen_random_uuid(), a.programme_id, 'points', a.seq, 0, 'burn',
    a.account_id, ':house'::uuid, 1, b.balance, a.id, NULL, 1, 1 FROM a, b WHERE a.kind = 'burn'
  RETURNING account_id, id
), l AS (
  UPDATE ledger_lot l SET remaining = remaining - 1 FROM m WHERE l.account_id = m.id AND l.id = (
    SELECT id FROM ledger_lot o WHERE o.account_id = m.id AND o.unit = 'points' AND o.remaining > 0 LIMIT 1)
  RETURNING l.id, l.account_id
), x AS (
  INSERT INTO ledger_allocation SELECT p.account_id, gen_random_uuid(), p.id, l.id, 'out', 1, 1 FROM p, l
), s AS (
  UPDATE rewards_stock SET claimed = claimed + 1 WHERE programme_id = ':programme'::uuid AND reward = 'tea'
), r AS (
  INSERT INTO redemptions_redemption SELECT account_id, id, programme_id, NULL, 'tea', '', 1, 1, '{{"points":1}}', 0, 0,
    '{{}}', '2222222222222', seq, 1, 'confirmed', NULL, 1, NULL, NULL FROM a WHERE kind = 'redemption'
  RETURNING account_id, id, programme_id
), c AS (
  INSERT INTO redemptions_code SELECT programme_id, substr(md5(:number::text), 1, 13), account_id, id FROM r
)
INSERT INTO kit_outgoing
SELECT gen_random_uuid(), programme_id, 'activity.recorded', account_id, id, seq, 1, 1, 0 FROM a
UNION ALL SELECT gen_random_uuid(), programme_id, 'redemption.confirmed', account_id, id, 1, 1, 1, 0 FROM r;
"""


def report(console: Console, database: str, *, rounds: int, seconds: float) -> None:
    """Print the figures of each way, and their ratios to the raw database, round by round."""
    figures: dict[str, list[tuple[float, float, float]]] = defaultdict(list)  # rate, CPU ms, median wait ms
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="guerdon-bench-")))
        urls = stack.enter_context(stand.databases(database, folder, ("under", "twin")))
        under, twin = (
            stack.enter_context(stand.running(folder / name, url, programme=programme()))
            for name, url in zip(("under", "twin"), urls, strict=True)
        )
        for one in (under, twin):
            pieces = {"pieces": PIECES, "reason": "bench", "external_id": "bench"}
            one.post("/v1/rewards/tea/supplies", shop.body(pieces))
        for number in range(rounds + 1):
            console.print(f"{database}, redeeming: round {number} of {rounds}" + (" (warm-up)" if number == 0 else ""))
            found = {"raw": _raw(twin, number, seconds)}
            for clients in CLIENTS:
                found[f"redeem, {clients} clients"] = _redeem(under, f"{number}-{clients}", clients, seconds)
            found[f"quote of {LINES} lines, {RULES} rules"] = _quote(under, number, seconds)
            if number:
                for way, figure in found.items():
                    figures[way].append(figure)
        _check(under)
    table = Table(title=f"{database}: redemptions, durable commits")
    for name in ("way", "per second", "÷ raw", "CPU ms each", "÷ raw", "median wait ms"):
        table.add_column(name, justify="left" if name == "way" else "right")
    for way, values in figures.items():
        rate, cpu, wait = (median(column) for column in zip(*values, strict=True))
        faster = median([one[0] / limit[0] for one, limit in zip(values, figures["raw"], strict=True)])
        dearer = median([one[1] / limit[1] for one, limit in zip(values, figures["raw"], strict=True)])
        table.add_row(way, f"{rate:,.0f}", f"{faster:.2f}", f"{cpu:.3f}", f"{dearer:.2f}", f"{wait:.2f}")
    console.print(table)


def _redeem(under: Stand, name: str, clients: int, seconds: float) -> tuple[float, float, float]:
    wanted = int(250 * seconds) + clients
    bodies = [
        {"member": {"external_id": f"m{place % shop.MEMBERS}"}, "reward": "tea", "external_id": f"{name}-{place}"}
        for place in range(wanted)
    ]
    return _measured(under, [("/v1/redemptions", shop.body(one)) for one in bodies], clients)


def _quote(under: Stand, number: int, seconds: float) -> tuple[float, float, float]:
    told = list(shop.purchases(f"q{number}", int(100 * seconds) + 1, seed=number, at=OCCURRED_AT))
    bodies = [
        {"member": one["member"], "store": one["store"], "channel": one["channel"], "lines": _thirty(one["lines"])}
        for one in told
    ]
    return _measured(under, [("/v1/quotes", shop.body(one)) for one in bodies], 1)


def _thirty(lines: Any) -> list[object]:
    return (list(lines) * LINES)[:LINES]


def _measured(under: Stand, told: list[tuple[str, bytes]], clients: int) -> tuple[float, float, float]:
    requests = [load.request("POST", path, key=under.key, body=body) for path, body in told]
    before = under.cpu_seconds()
    outcome = load.run(under.port, requests, clients=clients)
    used = under.cpu_seconds() - before
    assert outcome.answered == len(requests) and not outcome.refused, outcome.refused
    each = used / outcome.answered * 1_000
    return outcome.answered / outcome.seconds, each, outcome.quantile(0.5) * 1_000


def _check(under: Stand) -> None:
    """No acknowledged redemption is lost or doubled, and every stock and point is proved."""
    environment = stand.environment(under.home, under.url)
    stand.guerdon(environment, "verify", "--programme", "bench")


# --- the limit ---


def _raw(twin: Stand, number: int, seconds: float) -> tuple[float, float, float]:
    programme_id, house = raw.house_of(twin.url, "burn")
    if twin.postmaster is None:
        return _sqlite(Path(twin.url.removeprefix("sqlite:///")), programme_id, house, number, seconds)
    before = processes.cpu_seconds(twin.postmaster)
    whole = max(1, round(seconds))
    rate = raw.pgbench(twin.url, twin.home, _SCRIPT, programme=programme_id, house=house, clients=32, seconds=whole)
    used = processes.cpu_seconds(twin.postmaster) - before
    return rate, used / (rate * whole) * 1_000, 32 / rate * 1_000


def _sqlite(path: Path, programme_id: str, house: str, number: int, seconds: float) -> tuple[float, float, float]:
    lite = raw.connected(path)
    seq = lite.execute("SELECT coalesce(max(seq), 0) FROM activities_activity").fetchone()[0]
    done = 0
    cpu, start = time.process_time(), time.perf_counter()
    while time.perf_counter() - start < seconds:
        done += 1
        _sqlite_redemption(lite, programme_id, house, seq + 2 * done)
    wall, used = time.perf_counter() - start, time.process_time() - cpu
    lite.close()
    return done / wall, used / done * 1_000, wall / done * 1_000


def _sqlite_redemption(lite: sqlite3.Connection, programme: str, house: str, seq: int) -> None:
    redemption, burn, posting, allocation = (uuid_utils.uuid7().hex for _ in range(4))
    code = re.sub(r"[^2-9A-Y]", "2", redemption.upper())[-13:]
    run = lite.execute
    run("BEGIN IMMEDIATE")
    member = run(
        "SELECT member_id FROM members_identifier WHERE programme_id = ? AND kind = 'external_id' AND value = ?",
        (programme, f"m{seq // 2 % shop.MEMBERS}"),
    ).fetchone()[0]
    lot = run(
        "SELECT id FROM ledger_lot WHERE account_id = ? AND unit = 'points' AND remaining > 0 LIMIT 1", (member,)
    ).fetchone()[0]
    for id, kind, number in ((redemption, "redemption", seq), (burn, "burn", seq + 1)):
        run(
            "INSERT INTO activities_activity VALUES (?, ?, ?, ?, ?, 'raw', ?, 1, 1, 1, ?, ?)",
            (member, id, programme, number, kind, f"r{seq}", FACTS, DECISION),
        )
        run("INSERT INTO activities_key VALUES (?, 'raw', ?, ?, ?, ?)", (programme, kind, f"r{seq}", member, id))
    balance = run(
        "UPDATE ledger_balance SET balance = balance - 1, available = available - 1"
        " WHERE account_id = ? AND unit = 'points' RETURNING balance",
        (member,),
    ).fetchone()[0]
    run(
        "INSERT INTO ledger_posting VALUES (?, ?, ?, 'points', ?, 0, 'burn', ?, ?, 1, ?, ?, NULL, 1, 1)",
        (member, posting, programme, seq + 1, member, house, balance, burn),
    )
    run("UPDATE ledger_lot SET remaining = remaining - 1 WHERE account_id = ? AND id = ?", (member, lot))
    run("INSERT INTO ledger_allocation VALUES (?, ?, ?, ?, 'out', 1, 1)", (member, allocation, posting, lot))
    run("UPDATE rewards_stock SET claimed = claimed + 1 WHERE programme_id = ? AND reward = 'tea'", (programme,))
    run(
        "INSERT INTO redemptions_redemption VALUES"
        " (?, ?, ?, NULL, 'tea', '', 1, 1, '{\"points\":1}', 0, 0, '{}', ?, ?, 1, 'confirmed', NULL, 1, NULL, NULL)",
        (member, redemption, programme, code, seq),
    )
    run("INSERT OR IGNORE INTO redemptions_code VALUES (?, ?, ?, ?)", (programme, code, member, redemption))
    for topic, id in (("activity.recorded", redemption), ("activity.recorded", burn), ("redemption.confirmed", burn)):
        run(
            "INSERT INTO kit_outgoing VALUES (?, ?, ?, ?, ?, ?, 1, 1, 0)",
            (uuid_utils.uuid7().hex, programme, topic, member, id, seq),
        )
    run("COMMIT")
