"""The limit: one durable transaction per purchase that writes the same rows straight into the same tables.

No HTTP, no keys, no rules: the amounts are made up, the journal's texts are of the usual size. On PostgreSQL the whole
purchase is one prepared statement sent by pgbench; on SQLite it is the plain `sqlite3` module.
"""

import re
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

import psycopg
import uuid_utils

from bench import shop
from guerdon.core import ledger
from guerdon.core.ledger import PostingKind
from guerdon.features.ledger.house import system_account

FACTS = "x" * 900  # what a ten-line basket takes in the journal
DECISION = "y" * 550

_SCRIPT = f"""\
\\set member random(0, {shop.MEMBERS - 1})
\\set number random(1, 9000000000000000)
WITH m AS (
  SELECT m.id, m.programme_id FROM members_identifier i JOIN members_member m ON m.id = i.member_id
  WHERE i.programme_id = ':programme'::uuid AND i.kind = 'external_id' AND i.value = 'm' || :member
  FOR NO KEY UPDATE OF m
), a AS (
  INSERT INTO activities_activity SELECT m.id, gen_random_uuid(), m.programme_id, nextval('activities_seq'),
    'purchase', 'raw', 'r' || :number, 1, 1, 1, '{FACTS}', '{DECISION}' FROM m
  RETURNING account_id, id, programme_id, seq
), k AS (
  INSERT INTO activities_key SELECT programme_id, 'raw', 'purchase', 'r' || :number, account_id, id FROM a
), b AS (
  UPDATE ledger_balance b SET balance = balance + 60, available = available + 60 FROM m
  WHERE b.account_id = m.id AND b.unit = 'points' RETURNING b.balance
), p AS (
  INSERT INTO ledger_posting SELECT a.account_id, gen_random_uuid(), a.programme_id, 'points', a.seq, 0, 'earn',
    ':house'::uuid, a.account_id, 60, b.balance, a.id, NULL, 1, 1 FROM a, b
  RETURNING account_id, id, programme_id, activity_id
), l AS (
  INSERT INTO ledger_lot SELECT account_id, id, programme_id, 'points', id, activity_id, NULL, 60, 60, 0,
    1, 1, 9000000000000000 FROM p
), c AS (
  INSERT INTO rulebook_counter SELECT id, 'count' || chr(58) || 'purchase', 'all', 1, 1 FROM m
  ON CONFLICT (account_id, win, key) DO UPDATE SET amount = rulebook_counter.amount + 1
)
INSERT INTO kit_outgoing
SELECT gen_random_uuid(), programme_id, 'activity.recorded', account_id, id, seq, 1, 1, 0 FROM a;
"""


def postgresql(url: str, folder: Path, *, programme: str, house: str, clients: int, seconds: int) -> float:
    """Purchases per second of pgbench with so many clients."""
    return pgbench(url, folder, _SCRIPT, programme=programme, house=house, clients=clients, seconds=seconds)


def pgbench(url: str, folder: Path, text: str, *, programme: str, house: str, clients: int, seconds: int) -> float:
    """Transactions per second of a script of pgbench."""
    script = folder / "raw.sql"
    script.write_text(text.replace(":programme", programme).replace(":house", house))
    parts = urlsplit(url)
    host = parts.hostname or dict(parse_qsl(parts.query)).get("host", "localhost")
    command = ["pgbench", "-n", "-M", "prepared", "-f", str(script), "-c", str(clients), "-j", "1", "-T", str(seconds)]
    command += ["-h", host, "-p", str(parts.port or 5432), "-U", unquote(parts.username or ""), parts.path.lstrip("/")]
    environment = {"PGPASSWORD": unquote(parts.password or ""), "PATH": _path()}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"pgbench failed:\n{done.stderr[:2_000]}")
    found = re.search(r"tps = ([\d.]+)", done.stdout)
    assert found, done.stdout
    return float(found[1])


def rows(url: str, text: str) -> list[tuple[str, ...]]:
    """What a statement answers, on either database."""
    if url.startswith("sqlite"):
        with sqlite3.connect(url.removeprefix("sqlite:///")) as lite:
            return lite.execute(text).fetchall()
    with psycopg.connect(url) as full:
        return full.execute(text).fetchall()


def house_of(url: str, kind: PostingKind) -> tuple[str, str]:
    """The bench's programme, and the account of its house on the other side of such postings."""
    found = rows(url, "SELECT id FROM programmes_programme WHERE key = 'bench'")[0][0]
    programme = str(found).replace("-", "")
    return programme, system_account(programme, ledger.COUNTERPART[kind])


def _path() -> str:
    from tests import postgres

    return f"{postgres.find_binaries()}:/usr/bin:/bin"


def connected(path: Path) -> sqlite3.Connection:
    """A connection that writes as durably as the product does."""
    raw = sqlite3.connect(path, isolation_level=None)
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "recursive_triggers=ON"):
        raw.execute(f"PRAGMA {pragma}")
    return raw


@contextmanager
def one_by_one(url: str) -> Iterator[Callable[[int], float]]:
    """A function that writes the purchase of a number, on a connection of its own, and answers how long it took, in
    milliseconds."""
    programme, house = house_of(url, "earn")
    if url.startswith("sqlite"):
        lite = connected(Path(url.removeprefix("sqlite:///")))
        last = lite.execute("SELECT coalesce(max(seq), 0) FROM activities_activity").fetchone()[0]
        with closing(lite):
            yield lambda number: _timed(lambda: _sqlite_purchase(lite, programme, house, last + 1 + number))
        return
    text = _SCRIPT.partition("WITH m AS")[2].replace(":programme", programme).replace(":house", house)
    text = "WITH m AS" + text.replace(":member", "%(member)s::int").replace(":number", "%(number)s::bigint")
    with psycopg.connect(url, autocommit=True) as full:
        yield lambda number: _timed(
            lambda: full.execute(text, {"member": number % shop.MEMBERS, "number": number}, prepare=True)
        )


def _timed(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return (time.perf_counter() - start) * 1_000


def sqlite(path: Path, *, house: str, seconds: float) -> tuple[float, float]:
    """Purchases per second and CPU seconds per purchase of one connection with `synchronous=FULL`."""
    raw = connected(path)
    programme = raw.execute("SELECT id FROM programmes_programme WHERE key = 'bench'").fetchone()[0]
    seq = raw.execute("SELECT coalesce(max(seq), 0) FROM activities_activity").fetchone()[0]
    done = 0
    cpu, start = time.process_time(), time.perf_counter()
    while time.perf_counter() - start < seconds:
        done += 1
        _sqlite_purchase(raw, programme, house, seq + done)
    wall = time.perf_counter() - start
    used = time.process_time() - cpu
    raw.close()
    return done / wall, used / done


def _sqlite_purchase(raw: sqlite3.Connection, programme: str, house: str, seq: int) -> None:
    activity, posting, news = (uuid_utils.uuid7().hex for _ in range(3))
    run = raw.execute
    run("BEGIN IMMEDIATE")
    member = run(
        "SELECT member_id FROM members_identifier WHERE programme_id = ? AND kind = 'external_id' AND value = ?",
        (programme, f"m{seq % shop.MEMBERS}"),
    ).fetchone()[0]
    run(
        "INSERT INTO activities_activity VALUES (?, ?, ?, ?, 'purchase', 'raw', ?, 1, 1, 1, ?, ?)",
        (member, activity, programme, seq, f"r{seq}", FACTS, DECISION),
    )
    run("INSERT INTO activities_key VALUES (?, 'raw', 'purchase', ?, ?, ?)", (programme, f"r{seq}", member, activity))
    balance = run(
        "UPDATE ledger_balance SET balance = balance + 60, available = available + 60"
        " WHERE account_id = ? AND unit = 'points' RETURNING balance",
        (member,),
    ).fetchone()[0]
    run(
        "INSERT INTO ledger_posting VALUES (?, ?, ?, 'points', ?, 0, 'earn', ?, ?, 60, ?, ?, NULL, 1, 1)",
        (member, posting, programme, seq, house, member, balance, activity),
    )
    run(
        "INSERT INTO ledger_lot VALUES (?, ?, ?, 'points', ?, ?, NULL, 60, 60, 0, 1, 1, 9000000000000000)",
        (member, posting, programme, posting, activity),
    )
    run(
        "INSERT INTO rulebook_counter VALUES (?, 'count:purchase', 'all', 1, 1)"
        " ON CONFLICT (account_id, win, key) DO UPDATE SET amount = amount + 1",
        (member,),
    )
    run(
        "INSERT INTO kit_outgoing VALUES (?, ?, 'activity.recorded', ?, ?, ?, 1, 1, 0)",
        (news, programme, member, activity, seq),
    )
    run("COMMIT")
