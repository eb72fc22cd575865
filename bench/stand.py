"""A scratch installation under test: its database, its server, and the processor time the two of them use."""

import contextlib
import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import psycopg

from bench import load, processes, shop
from tests import postgres

START_SECONDS = 60
OCCURRED_AT = "2026-06-01T10:00:00Z"


@dataclass(slots=True)
class Stand:
    """One running installation."""

    home: Path
    url: str
    port: int
    key: str
    server: "subprocess.Popen[bytes]"
    postmaster: int | None  # the database server's process, where there is one

    def cpu_seconds(self) -> float:
        """What server and database have used so far."""
        database = processes.cpu_seconds(self.postmaster) if self.postmaster else 0.0
        return processes.cpu_seconds(self.server.pid) + database

    def post(self, path: str, body: bytes) -> dict[str, object]:
        """One request outside the measured runs. Raises on any answer that is no success."""
        outcome = load.run(
            self.port, [load.request("POST", path, key=self.key, body=body)], clients=1, keep_bodies=True
        )
        assert not outcome.refused, outcome.refused
        answer: dict[str, object] = json.loads(outcome.bodies[0])
        return answer


@contextlib.contextmanager
def databases(kind: str, folder: Path, names: Sequence[str]) -> Iterator[list[str]]:
    """The addresses of empty databases of a kind, each with a folder of its name for its installation."""
    for name in names:
        (folder / name).mkdir()
    if kind == "sqlite":
        yield [f"sqlite:///{folder}/{name}/guerdon.db" for name in names]
        return
    with postgres.running() as url:
        base, _, _ = url.rpartition("/")
        with psycopg.connect(url, autocommit=True) as connection:
            for name in names:
                connection.execute(f"CREATE DATABASE {name}")
        yield [f"{base}/{name}" for name in names]


@contextlib.contextmanager
def running(
    home: Path, url: str, *, serving: int = 2, otherwise: str | None = None, programme: str = shop.PROGRAMME
) -> Iterator[Stand]:
    """An installation with the bench's programme and members, and its server; `otherwise` is one of its other ways."""
    around = environment(home, url)
    file = home / "bench.yaml"
    file.write_text(programme)
    guerdon(around, "migrate")
    guerdon(around, "programme", "publish", str(file), "--as-of", "2026-01-01", "--yes")
    made = json.loads(guerdon(around, "key", "create", "--programme", "bench", "--name", "bench", "--json"))
    port = free_port()
    program = ["bench.otherwise", otherwise] if otherwise else ["guerdon.faces.cli.main"]
    command = [sys.executable, "-m", *program, "serve", "--port", str(port), "--no-work"]
    command += ["--processes", str(serving)] if url.startswith("postgresql") else []
    with (home / "server.log").open("ab") as log:
        server = subprocess.Popen(command, env=around, stdout=log, stderr=log)
    try:
        _wait(port, server)
        stand = Stand(home, url, port, made["key"], server, postmaster(url))
        _enrol(stand)
        yield stand
    finally:
        server.terminate()
        server.wait(timeout=30)


def environment(home: Path, url: str) -> dict[str, str]:
    """What the command line needs to find the installation."""
    return {**os.environ, "GUERDON_HOME": str(home), "GUERDON_DATABASE_URL": url}


def guerdon(environment: dict[str, str], *words: str) -> str:
    """Run the command line; answers what it printed. Raises with its words when it fails."""
    done = subprocess.run(
        [sys.executable, "-m", "guerdon.faces.cli.main", *words],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise RuntimeError(f"guerdon {' '.join(words)} failed:\n{done.stdout}{done.stderr}")
    return done.stdout


def _enrol(stand: Stand) -> None:
    """Every member buys once, so that the measured purchases find accounts with balances."""
    first = [
        {**purchase, "member": {"external_id": f"m{number}"}}
        for number, purchase in enumerate(shop.purchases("first", shop.MEMBERS, seed=0, at=OCCURRED_AT))
    ]
    for start in range(0, len(first), 500):
        stand.post("/v1/activities/batch", shop.body({"activities": first[start : start + 500]}))


def _wait(port: int, server: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        if server.poll() is not None:
            raise RuntimeError(f"the server ended with {server.returncode}; see server.log in its home")
        with contextlib.suppress(urllib.error.URLError, ConnectionError, TimeoutError):
            urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=2).close()
            return
        time.sleep(0.1)
    raise RuntimeError("the server did not become ready")


def postmaster(url: str) -> int | None:
    """The process of the database's server, where there is one."""
    if not url.startswith("postgresql"):
        return None
    with psycopg.connect(url) as connection:
        backend = connection.info.backend_pid
        return int(Path(f"/proc/{backend}/stat").read_text().rpartition(")")[2].split()[1])


def free_port() -> int:
    """A port nobody listens on right now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
