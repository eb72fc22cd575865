"""A PostgreSQL of one's own, run from the system's binaries: its disk may be recorded, spoiled and put back."""

import contextlib
import getpass
import os
import pwd
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from guerdon.faces.cli.torture import stand
from guerdon.faces.cli.torture.battery import Skipped

START_SECONDS: Final = 60
ROLE: Final = "guerdon"
# Durability is as PostgreSQL ships it. Small segments of the log change often, so that a cut finds one changing;
# checkpoints come often, so that a cut finds one going on. What is written early only by the log's own writer is late.
_CONFIGURATION: Final = """\
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
max_connections = 60
shared_buffers = 32MB
max_wal_size = 8MB
min_wal_size = 2MB
checkpoint_timeout = 30s
wal_writer_delay = 10s
timezone = 'UTC'
log_min_messages = warning
"""
UNSAFE: Final = {"fsync": "off", "full_page_writes": "on"}  # for looking at what is thrown away afterwards


@dataclass(slots=True)
class Cluster:
    """One cluster in a folder that belongs to whom the server runs as."""

    folder: Path
    binaries: Path
    password: str
    port: int
    _drop: dict[str, Any]
    _server: "subprocess.Popen[bytes] | None" = field(default=None)

    @property
    def files(self) -> Path:
        """Where its files are."""
        return self.folder / "cluster"

    @property
    def address(self) -> str:
        """Where it is reached."""
        return f"postgresql://{ROLE}:{self.password}@127.0.0.1:{self.port}/postgres"

    @property
    def running(self) -> bool:
        """Whether its first process is there."""
        return self._server is not None and self._server.poll() is None

    def start(
        self,
        files: Path | None = None,
        *,
        settings: Mapping[str, str] | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> bool:
        """Start it, on other files where they are named; whether it accepts connections in time."""
        at = files or self.files
        (at / "postmaster.pid").unlink(missing_ok=True)
        if self._drop:
            _give(at, self._drop)
        command = [str(self.binaries / "postgres"), "-D", str(at), "-p", str(self.port)]
        for name, setting in (settings or {}).items():
            command += ["-c", f"{name}={setting}"]
        self._server = self._spawn(command, "server.log", environment or {})
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until and self._server.poll() is None:
            with contextlib.suppress(OSError):
                told = (at / "postmaster.pid").read_text().splitlines()
                if len(told) >= 8 and told[7].strip() == "ready":
                    return True
            time.sleep(0.01)
        self.kill()
        return False

    def stop(self) -> None:
        """Stop it in order."""
        if self._server is not None:
            self._server.send_signal(signal.SIGINT)
            self._server.wait(START_SECONDS)
            self._server = None

    def kill(self) -> None:
        """End all its processes without a word."""
        if self._server is not None:
            first = self._server.pid
            with contextlib.suppress(OSError):  # each of its children leads a session of its own
                children = Path(f"/proc/{first}/task/{first}/children").read_text().split()
                for pid in (first, *map(int, children)):
                    with contextlib.suppress(ProcessLookupError):
                        os.kill(pid, signal.SIGKILL)
            self._server.wait()
            self._server = None

    def sound(self, files: Path) -> str:
        """What is wrong with the checksums of a cluster that was stopped, or nothing."""
        done = self._spawn([str(self.binaries / "pg_checksums"), "--check", "-D", str(files)], "checksums.log", {})
        return "" if done.wait() == 0 else (self.folder / "checksums.log").read_text()[-500:]

    def told(self) -> str:
        """The last words of the server."""
        return (self.folder / "server.log").read_text(errors="replace")[-800:]

    def create(self) -> None:
        """Make it. Raises RuntimeError."""
        secret = self.folder / "password"
        secret.write_text(self.password + "\n")
        if self._drop:
            _give(self.folder, self._drop)
        command = [
            str(self.binaries / "initdb"), f"--pgdata={self.files}", f"--username={ROLE}", f"--pwfile={secret}",
            "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C", "--no-sync", "--data-checksums", "--wal-segsize=1",
        ]  # fmt: skip
        if self._spawn(command, "initdb.log", {}).wait():
            raise RuntimeError(f"initdb failed:\n{(self.folder / 'initdb.log').read_text()}")
        secret.unlink()
        with (self.files / "postgresql.conf").open("a") as configuration:
            configuration.write(_CONFIGURATION)

    def _spawn(self, command: list[str], log: str, environment: Mapping[str, str]) -> "subprocess.Popen[bytes]":
        kept = {name: told for name, told in os.environ.items() if not name.startswith(("PG", "LC_", "LANG"))}
        with (self.folder / log).open("ab" if log == "server.log" else "wb") as out:
            spawn: Any = subprocess.Popen
            process: subprocess.Popen[bytes] = spawn(
                command, cwd=self.folder, env={**kept, "LC_ALL": "C", **environment}, stdin=subprocess.DEVNULL,
                stdout=out, stderr=out, start_new_session=True, **self._drop,
            )  # fmt: skip
        return process


@contextlib.contextmanager
def made() -> Iterator[Cluster]:
    """A new cluster, not started; gone afterwards. Raises Skipped where there can be none."""
    binaries = _binaries()
    drop = _drop()
    # Not in the trial's own folder, which nobody but its owner may enter.
    folder = Path(tempfile.mkdtemp(prefix="guerdon-torture-pg-"))
    found = Cluster(folder, binaries, secrets.token_urlsafe(16), stand.free_port(), drop)
    try:
        found.create()
        yield found
    finally:
        found.kill()
        shutil.rmtree(folder, ignore_errors=True)


def _binaries() -> Path:
    folders = [Path(entry) for entry in os.get_exec_path()]
    with contextlib.suppress(OSError, subprocess.SubprocessError):
        told = subprocess.run(["pg_config", "--bindir"], capture_output=True, text=True, check=True, timeout=10)
        folders.insert(0, Path(told.stdout.strip()))
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    for folder in folders:
        if all(os.access(folder / name, os.X_OK) for name in ("initdb", "postgres", "pg_checksums")):
            return folder
    raise Skipped("PostgreSQL's binaries (initdb, postgres, pg_checksums) are not here; its own disk is put under it")


def _drop() -> dict[str, Any]:
    """PostgreSQL refuses to run as root: who it runs as instead."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            found = pwd.getpwnam(name)
            return {"user": found.pw_uid, "group": found.pw_gid, "extra_groups": []}
    raise Skipped(f"{getpass.getuser()} may not run PostgreSQL, and there is no user postgres or nobody who may")


def _give(folder: Path, drop: Mapping[str, Any]) -> None:
    for path in (folder, *folder.rglob("*")):
        os.chown(path, drop["user"], drop["group"])
