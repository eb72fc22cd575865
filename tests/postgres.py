"""A private PostgreSQL: started from the system's binaries for one run, gone without a trace afterwards.

As a library: `with postgres.running() as url: ...`. From a shell, until Ctrl-C: `python -m tests.postgres`.
Only the standard library is needed.
"""

import argparse
import contextlib
import dataclasses
import os
import pwd
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import FrameType

from tests import packages
from tests.packages import Unavailable

START_SECONDS = 60
STOP_SECONDS = 30
ATTEMPTS = 5
ROLE = "guerdon"

# Durability (fsync, synchronous_commit, full_page_writes) is left as PostgreSQL ships it: a test or a figure
# won without it would say nothing about production.
SETTINGS: Mapping[str, str] = {
    "listen_addresses": "127.0.0.1",
    "max_connections": "200",
    "max_wal_size": "4GB",
    "timezone": "UTC",
    "log_min_messages": "warning",
    "log_timezone": "UTC",
}

# The server hangs on this shell, and the shell on a pipe held by us: whatever ends us, kill -9 too, closes
# that pipe; the server stops and its folder goes. $1 is the folder, the rest is the server's command line. A
# server that ends with an error leaves the folder: its port was taken, the next attempt needs the cluster.
GUARD = """
folder=$1; shift
exec 3<&0
"$@" </dev/null & server=$!
{ read -r _ <&3; kill -INT "$server"; } 2>/dev/null & watch=$!
wait "$server"; status=$?
kill "$watch" 2>/dev/null
[ "$status" != 0 ] || rm -rf "$folder"
exit "$status"
"""


@dataclasses.dataclass(frozen=True, slots=True)
class User:
    """Whom the server runs as; `drop` holds the arguments that make a child process that user."""

    name: str
    uid: int
    gid: int
    drop: Mapping[str, int | list[int]]


def find_binaries() -> Path | None:
    """Return the folder with `initdb` and `postgres`, the newest version first, or None."""
    folders: list[Path] = []
    with contextlib.suppress(OSError, subprocess.SubprocessError):
        told = subprocess.run(["pg_config", "--bindir"], capture_output=True, text=True, check=True, timeout=10)
        folders.append(Path(told.stdout.strip()))
    installed = Path("/usr/lib/postgresql").glob("*/bin")
    folders += sorted(installed, key=lambda found: _version(found.parent.name), reverse=True)
    folders += [Path(entry) for entry in os.get_exec_path()]
    for folder in folders:
        if all(os.access(folder / name, os.X_OK) for name in ("initdb", "postgres")):
            return folder
    return None


def install() -> Path:
    """Install the distribution's package if this user may, and return the folder of the binaries.

    Raises Unavailable when that is impossible or forbidden.
    """
    packages.install("postgresql", missing="no PostgreSQL binaries were found")
    found = find_binaries()
    if found is None:
        raise Unavailable("the package postgresql is installed, yet its binaries were not found")
    return found


@contextlib.contextmanager
def running(*, settings: Mapping[str, str] | None = None, inside: Path | None = None) -> Iterator[str]:
    """Start a private server, yield its URL, stop it and remove its folder.

    `settings` are added to the server's configuration; `inside` is where its folder is made, the system's
    temporary folder by default (name a real disk for figures about durable commits).
    Raises Unavailable when there are no binaries, RuntimeError when the server does not start.
    """
    binaries = find_binaries() or install()
    user = _choose_user()
    folder = Path(tempfile.mkdtemp(prefix="guerdon-pg-", dir=inside or _short_temporary_folder()))
    password = secrets.token_urlsafe(16)
    with contextlib.ExitStack() as undo:
        undo.callback(shutil.rmtree, folder, ignore_errors=True)
        undo.enter_context(signals_become_exits())
        os.chown(folder, user.uid, user.gid)
        _create(binaries, folder, user, password)
        port = _start(binaries, folder, user, {**SETTINGS, **(settings or {})}, undo)
        yield f"postgresql://{ROLE}:{password}@127.0.0.1:{port}/postgres"


def _version(text: str) -> int:
    number = re.match(r"\d+", text)
    return int(number.group()) if number else 0


def _choose_user() -> User:
    """PostgreSQL refuses to run as root, so root steps down to somebody without rights."""
    if os.geteuid() != 0:
        return User(str(os.geteuid()), os.geteuid(), os.getegid(), {})
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            found = pwd.getpwnam(name)
            drop: dict[str, int | list[int]] = {
                "user": found.pw_uid,
                "group": found.pw_gid,
                "extra_groups": [],
            }
            return User(name, found.pw_uid, found.pw_gid, drop)
    raise Unavailable("started as root, and there is no unprivileged user (postgres, nobody) to step down to")


def _short_temporary_folder() -> Path:
    """A socket's path may have about 100 letters; the temporary folder of some systems uses them up alone."""
    short = Path("/tmp")  # noqa: S108 - mkdtemp makes an unguessable folder inside
    return short if os.access(short, os.W_OK | os.X_OK) else Path(tempfile.gettempdir())


def _clean_environment() -> dict[str, str]:
    """PG* variables of the caller must not steer a private server; the language of messages is fixed."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PG", "LC_", "LANG"))}
    return {**kept, "LC_ALL": "C"}


def _create(binaries: Path, folder: Path, user: User, password: str) -> None:
    """Make an empty cluster; a password keeps other users of this machine out of the loopback port."""
    secret = folder / "password"
    secret.touch(mode=0o600)
    secret.write_text(password + "\n")
    os.chown(secret, user.uid, user.gid)
    command = [
        str(binaries / "initdb"),
        f"--pgdata={folder / 'cluster'}",
        f"--username={ROLE}",
        f"--pwfile={secret}",
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        "--locale=C",  # sorts by bytes, as SQLite does, and exists on every system
        "--no-sync",  # an empty cluster is worth nothing; what the server writes later is synced as usual
    ]
    making = _spawn(command, folder, user, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    try:
        output, _ = making.communicate()
    except BaseException:
        making.kill()
        making.wait()
        raise
    if making.returncode:
        raise RuntimeError(f"initdb failed:\n{output.decode(errors='replace')}")
    secret.unlink()


def _start(binaries: Path, folder: Path, user: User, settings: Mapping[str, str], undo: contextlib.ExitStack) -> int:
    """Start the server on a free port and return it; somebody may take the port first, so try again."""
    for attempt in range(1, ATTEMPTS + 1):
        port = _free_port()
        options = {**settings, "port": str(port), "unix_socket_directories": str(folder)}
        command = [str(binaries / "postgres"), "-D", str(folder / "cluster")]
        for name, value in options.items():
            command += ["-c", f"{name}={value}"]
        guarded = ["/bin/sh", "-c", GUARD, "guard", str(folder), *command]
        with tempfile.TemporaryFile() as log:
            server = _spawn(guarded, folder, user, stdin=subprocess.PIPE, stdout=log, stderr=log)
            undo.callback(_stop, server)
            if _wait_until_ready(server, folder):
                return port
            _stop(server)
            log.seek(0)
            text = log.read().decode(errors="replace")
        if "Address already in use" not in text or attempt == ATTEMPTS:
            raise RuntimeError(f"PostgreSQL did not start:\n{text}")
    raise AssertionError("the loop returns or raises")


def _spawn(
    command: list[str],
    folder: Path,
    user: User,
    *,
    stdin: int = subprocess.DEVNULL,
    stdout: object,
    stderr: object,
) -> subprocess.Popen[bytes]:
    # Its own session: Ctrl-C reaches us first, so the tests end before their server does.
    spawn: Callable[..., subprocess.Popen[bytes]] = subprocess.Popen
    return spawn(
        command,
        cwd=folder,
        env=_clean_environment(),
        stdin=stdin,
        stdout=stdout,
        stderr=stderr,
        start_new_session=True,
        **user.drop,
    )


def _wait_until_ready(server: subprocess.Popen[bytes], folder: Path) -> bool:
    """The eighth line of the pid file says `ready` once connections are accepted."""
    status = folder / "cluster" / "postmaster.pid"
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        with contextlib.suppress(OSError):
            lines = status.read_text().splitlines()
            if len(lines) >= 8 and lines[7].strip() == "ready":
                return True
        time.sleep(0.02)
    return False


def _stop(server: subprocess.Popen[bytes]) -> None:
    """Close the guard's pipe, which stops the server fast but cleanly; kill the whole session if it hangs."""
    if server.stdin:
        with contextlib.suppress(OSError):
            server.stdin.close()
    try:
        server.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(server.pid, signal.SIGKILL)
        server.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextlib.contextmanager
def signals_become_exits() -> Iterator[None]:
    """Turn SIGTERM and SIGHUP into an ordinary exit, so that every `finally` above us runs."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def leave(number: int, _frame: FrameType | None) -> None:
        raise SystemExit(128 + number)

    # Whoever ignores a signal (nohup) or handles it already has his reasons.
    free = [one for one in (signal.SIGTERM, signal.SIGHUP) if signal.getsignal(one) == signal.SIG_DFL]
    before = {number: signal.signal(number, leave) for number in free}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def main() -> int:
    """Print the URL of a private server and keep it until Ctrl-C."""
    parser = argparse.ArgumentParser(prog="python -m tests.postgres", description=main.__doc__)
    parser.add_argument("--inside", type=Path, metavar="FOLDER", help="where the server's folder is made")
    arguments = parser.parse_args()
    try:
        with running(inside=arguments.inside) as url:
            print(url, flush=True)
            print("Ctrl-C stops it and removes everything.", file=sys.stderr, flush=True)
            with contextlib.suppress(KeyboardInterrupt):
                threading.Event().wait()
    except (Unavailable, RuntimeError) as problem:
        print(problem, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
