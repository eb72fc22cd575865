"""The doctor's look at the machine and the settings: no database is needed for it."""

import os
import platform
import resource
import shutil
import sqlite3
import stat
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings

from guerdon.core import limits
from guerdon.faces import life, server
from guerdon.faces.cli.doctor.finding import Finding, State, fine, first
from guerdon.kit import mail, secrets

SQLITE_MIN: Final = (3, 38, 0)  # the first with ->>
_LOCAL: Final = frozenset({"localhost", "127.0.0.1", "[::1]"})
_GIGABYTE: Final = 1_000_000_000
_FULL_BYTES: Final = 200_000_000
_OTHERS: Final = 0o077


def look() -> Iterator[Finding]:
    """Everything there is to be seen without the database."""
    yield fine("python", f"Python {platform.python_version()}, Guerdon's oldest is 3.11.")
    yield from first(sqlite(sqlite3.sqlite_version_info), fine("sqlite", f"SQLite {sqlite3.sqlite_version}."))
    yield from first(home(settings.HOME), fine("home", f"{settings.HOME} is there, and its secrets are nobody else's."))
    yield from first(_start(), fine("settings", "The secret is a real one, and DEBUG is off."))
    yield from first(disk(shutil.disk_usage(_existing(settings.HOME)).free), fine("disk", "There is room on the disk."))
    yield from first(files(resource.getrlimit(resource.RLIMIT_NOFILE)[1]), fine("files", "Enough files may be open."))
    yield from first(addresses(), fine("addresses", _addresses()))
    yield letters()


def sqlite(version: tuple[int, ...]) -> Iterator[Finding]:
    """Whether the library is young enough."""
    if version < SQLITE_MIN:
        told = f"SQLite {'.'.join(map(str, version))} is older than {'.'.join(map(str, SQLITE_MIN))}."
        yield Finding("sqlite", "fault", told, f"Use a Python with a newer SQLite; this one is {sys.executable}.")


def home(folder: Path) -> Iterator[Finding]:
    """Whether the data folder is there, writable, and its files nobody else's."""
    if not folder.is_dir():
        yield Finding(
            "home", "fault", f"The data folder {folder} is not there.", "Set GUERDON_HOME, or guerdon migrate."
        )
        return
    if not os.access(folder, os.W_OK | os.X_OK):
        do = f"Give it to whoever runs Guerdon: chown -R guerdon {folder}"
        yield Finding("home", "fault", f"{folder} can't be written by this user.", do)
    told: tuple[tuple[str, State], ...] = (
        (secrets.FILE_NAME, "fault"),
        (secrets.FORMER_NAME, "fault"),
        (secrets.NEXT_NAME, "fault"),
        ("guerdon.db", "warning"),
    )
    for name, state in told:
        path = folder / name
        if path.exists() and stat.S_IMODE(path.stat().st_mode) & _OTHERS:
            yield Finding("home", state, f"Others can read or write {path}.", f"chmod 600 {path}")


def _start() -> Iterator[Finding]:
    """What the server refuses to start with."""
    for fault in life.weaknesses():
        yield Finding(
            "settings",
            "fault",
            f"{fault[0].upper()}{fault[1:]}.",
            "The server does not start like this.",
        )


def _existing(folder: Path) -> Path:
    return next(one for one in (folder, *folder.parents) if one.exists())


def disk(free: int) -> Iterator[Finding]:
    """Whether there is room left, in bytes."""
    if free < _GIGABYTE:
        told = f"Only {free // 1_000_000:,} MB are free where the data are."
        yield Finding(
            "disk", "fault" if free < _FULL_BYTES else "warning", told, "Make room, or move to a larger disk."
        )


def files(most: int) -> Iterator[Finding]:
    """Whether the server may open as many files as its connections need; `most` is the hard limit."""
    wanted = server.files_wanted()
    if most != resource.RLIM_INFINITY and most < wanted:
        told = f"At most {most:,} files may be open: of {limits.CONNECTIONS_MAX:,} callers some find no room."
        yield Finding("files", "warning", told, f"Raise the hard limit to {wanted:,} (systemd: LimitNOFILE={wanted}).")


def addresses() -> Iterator[Finding]:
    """Whether what is said of addresses, https and proxies fits together."""
    url, hosts = urlsplit(settings.PUBLIC_URL), set(settings.ALLOWED_HOSTS)
    if url.scheme == "https" and not settings.HTTPS:
        told = "GUERDON_URL is https, but cookies and headers are made for http."
        yield Finding("addresses", "warning", told, "Set GUERDON_HTTPS=1.")
    if settings.HTTPS and not settings.ALLAUTH_TRUSTED_PROXY_COUNT:
        told = (
            "With https there is a proxy before the server, but GUERDON_PROXIES is 0: all people count as one address."
        )
        yield Finding("addresses", "warning", told, "Set GUERDON_PROXIES to how many there are.")
    if "*" in hosts:
        told = "Pages answer to any host name, also to one that somebody made up."
        yield Finding("addresses", "warning", told, "Name yours in GUERDON_HOSTS.")
    elif url.hostname and not any(_fits(url.hostname, host) for host in hosts):
        told = f"Links lead to {url.hostname}, but pages don't answer to this name."
        yield Finding(
            "addresses", "fault", told, f"Add it: GUERDON_HOSTS={','.join([*settings.ALLOWED_HOSTS, url.hostname])}"
        )
    elif settings.HTTPS and hosts <= _LOCAL:
        told = "People come by https, but pages answer to this machine's own names alone."
        yield Finding("addresses", "warning", told, "Name yours in GUERDON_HOSTS.")


def _fits(name: str, host: str) -> bool:
    return name == host or (host.startswith(".") and (name.endswith(host) or name == host[1:]))


def _addresses() -> str:
    way = f"https behind {settings.ALLAUTH_TRUSTED_PROXY_COUNT}" if settings.HTTPS else "http, without https"
    return f"Pages answer to {', '.join(settings.ALLOWED_HOSTS)} by {way}."


def letters() -> Finding:
    """Whether the mail server answers and lets us in; nothing is sent."""
    out = mail.outlet()
    if out is None:
        return fine("mail", "Letters are off for commands begun like this one: GUERDON_SMTP_URL is not set.")
    if out.folder:
        return Finding(
            "mail", "warning", f"Letters are only written to {out.folder}.", "Set GUERDON_SMTP_URL to a server."
        )
    try:
        with mail.opened(out):
            return fine("mail", f"{out.host}:{out.port} takes letters from {out.domain}.")
    except mail.Untaken as error:
        do = "Is GUERDON_SMTP_URL right, user and password too? Letters wait, and go out once it answers."
        return Finding("mail", "fault", f"{out.host}:{out.port} does not take letters: {error}.", do)
