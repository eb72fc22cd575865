"""A PostgreSQL of the torture's own, made from this machine's binaries: it may be killed, and its disk spoiled."""

import contextlib
import os
import pwd
import secrets
import shutil
import signal
import stat
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from guerdon.faces.cli.torture import ports

ROLE: Final = "guerdon"
START_SECONDS: Final = 60
STOP_SECONDS: Final = 30
USERS: Final = ("postgres", "nobody")  # whom root steps down to, since PostgreSQL refuses to run as root
SHARED: Final = Path("/tmp")  # noqa: S108 - only for folders with an unguessable name
# Durability stays as PostgreSQL ships it: what is proved without it would say nothing.
SETTINGS: Final = {"listen_addresses": "127.0.0.1", "unix_socket_directories": "", "max_connections": "200"}
_NOTHING: Final[Mapping[str, str]] = MappingProxyType({})


class Unavailable(Exception):
    """This machine can't make a PostgreSQL; the message says why."""


@dataclass(slots=True)
class Cluster:
    """A server with a folder of its own."""

    folder: Path
    binaries: Path
    user: Mapping[str, Any]  # as whom its processes run
    port: int
    password: str
    settings: Mapping[str, str] = field(default_factory=dict)  # besides what all have
    process: "subprocess.Popen[bytes] | None" = None

    @property
    def files(self) -> Path:
        """Where its files are."""
        return self.folder / "cluster"

    @property
    def runs(self) -> bool:
        """Whether its first process is there."""
        return self.process is not None and self.process.poll() is None

    @property
    def address(self) -> str:
        """Where it is, for who may do everything."""
        return f"postgresql://{ROLE}:{self.password}@127.0.0.1:{self.port}/postgres"

    def start(
        self,
        files: Path | None = None,
        *,
        settings: Mapping[str, str] = _NOTHING,
        environment: Mapping[str, str] = _NOTHING,
    ) -> float:
        """Start it, on a copy of its files where one is named, and wait until it takes connections.

        Answers after how many seconds. Raises RuntimeError.
        """
        began = time.monotonic()
        at = files or self.files
        words = [str(self.binaries / "postgres"), "-D", str(at), "-p", str(self.port)]
        chosen = {**SETTINGS, **self.settings, **settings}
        words += [word for name, value in chosen.items() for word in ("-c", f"{name}={value}")]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                words, cwd=self.folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
                env={**_environment(), **environment}, **self.user,
            )  # fmt: skip
        while time.monotonic() < began + START_SECONDS and self.process.poll() is None:
            if self._ready(at):
                return time.monotonic() - began
            time.sleep(0.02)
        raise RuntimeError(f"PostgreSQL did not start:\n{(self.folder / 'log').read_text()[-2_000:]}")

    def kill(self) -> None:
        """End it and all its processes without a word, now."""
        assert self.process is not None
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.process.pid, signal.SIGSTOP)  # it starts nothing new while its children are killed
        for child in children(self.process.pid):
            with contextlib.suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
        self.process.kill()
        self.process.wait()

    def stop(self) -> None:
        """Let it end in order, but soon."""
        if self.process is None or self.process.poll() is not None:
            return
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.kill()

    def give(self, files: Path) -> None:
        """Let files belong to whom it runs as."""
        for path in (files, *files.rglob("*")) if self.user else ():
            os.chown(path, self.user["user"], self.user["group"])

    def unsound(self, files: Path) -> str:
        """What is wrong with the checksums of files on which it was stopped, or nothing."""
        words = [str(self.binaries / "pg_checksums"), "--check", "-D", str(files)]
        done = subprocess.run(
            words, cwd=self.folder, capture_output=True, text=True, check=False, env=_environment(), **self.user
        )
        return (done.stdout + done.stderr)[-500:] if done.returncode else ""

    def _ready(self, at: Path) -> bool:
        """The eighth line of the file of its process says `ready`; the first is of which process."""
        assert self.process is not None
        with contextlib.suppress(OSError):
            lines = (at / "postmaster.pid").read_text().splitlines()
            return len(lines) > 7 and lines[7].strip() == "ready" and lines[0] == str(self.process.pid)
        return False


@contextlib.contextmanager
def running(*, settings: Mapping[str, str] = _NOTHING, made_with: Sequence[str] = ()) -> Iterator[Cluster]:
    """A server that is gone afterwards. Raises Unavailable, and RuntimeError where it does not start."""
    user, binaries = _unprivileged(), _binaries()
    folder = Path(tempfile.mkdtemp(prefix="guerdon-torture-", dir=_reachable(user)))
    made = Cluster(folder, binaries, user, ports.free(), secrets.token_urlsafe(16), settings)
    try:
        if user:
            os.chown(folder, user["user"], user["group"])
        _create(made, made_with)
        made.start()
        yield made
    finally:
        made.stop()
        shutil.rmtree(folder, ignore_errors=True)


def children(parent: int) -> list[int]:
    """The processes that a process started, where the system lists them; elsewhere those of PostgreSQL end alone."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            if int(status.read_text().rpartition(")")[2].split()[1]) == parent:
                found.append(int(status.parent.name))
    return found


def _create(made: Cluster, more: Sequence[str]) -> None:
    """Make an empty cluster; its password keeps others of this machine out."""
    secret = made.folder / "password"
    secret.touch(mode=0o600)
    secret.write_text(made.password)
    if made.user:
        os.chown(secret, made.user["user"], made.user["group"])
    words = [
        str(made.binaries / "initdb"), "-D", str(made.folder / "cluster"), "-U", ROLE, f"--pwfile={secret}",
        "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C", "--no-sync", *more,
    ]  # fmt: skip
    done = subprocess.run(
        words, cwd=made.folder, capture_output=True, text=True, check=False, env=_environment(), **made.user
    )
    secret.unlink()
    if done.returncode:
        raise RuntimeError(f"initdb failed:\n{done.stdout}{done.stderr}")


def _binaries() -> Path:
    """The folder with `initdb` and `postgres`, of the newest version first."""
    folders: list[Path] = []
    with contextlib.suppress(OSError, subprocess.SubprocessError):
        told = subprocess.run(["pg_config", "--bindir"], capture_output=True, text=True, check=True)
        folders.append(Path(told.stdout.strip()))
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    folders += [Path(entry) for entry in os.get_exec_path()]
    for folder in folders:
        if all(os.access(folder / name, os.X_OK) for name in ("initdb", "postgres", "pg_checksums")):
            return folder
    raise Unavailable("the programs initdb, postgres and pg_checksums were not found")


def _unprivileged() -> dict[str, Any]:
    if os.geteuid() != 0:
        return {}
    for name in USERS:
        with contextlib.suppress(KeyError):
            found = pwd.getpwnam(name)
            return {"user": found.pw_uid, "group": found.pw_gid, "extra_groups": []}
    raise Unavailable("PostgreSQL does not run as root, and there is no user postgres or nobody to step down to")


def _reachable(user: Mapping[str, Any]) -> Path:
    """The temporary folder; where only root may enter that, the system's, so that who it runs as gets there."""
    asked = Path(tempfile.gettempdir()).resolve()
    closed = bool(user) and any(not above.stat().st_mode & stat.S_IXOTH for above in (asked, *asked.parents))
    return SHARED if closed else asked


def _environment() -> dict[str, str]:
    """Variables of the caller must not steer it, and its messages are in one language."""
    return {**{name: value for name, value in os.environ.items() if not name.startswith(("PG", "LC_"))}, "LC_ALL": "C"}
