"""From a database address to Django's settings, with the durability the ledger needs on both databases."""

from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

# WAL lets readers go on while one writes; FULL syncs at every commit (NORMAL loses acknowledged writes in a power cut);
# recursive triggers make INSERT OR REPLACE fire the append-only triggers; the log is folded back every 16 MB, because
# the pages of busy accounts are written again and again.
_SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA recursive_triggers=ON;"
    "PRAGMA cache_size=-65536; PRAGMA temp_store=MEMORY; PRAGMA journal_size_limit=67108864;"
    "PRAGMA wal_autocheckpoint=4000"
)
SQLITE_BUSY_SECONDS = 20
# The write path's statements are few, prepared, and take arrays: planning them anew each time costs more than they do.
# What an address may say beside the place: how the connection is guarded (PostgreSQL, 32.1.2).
_GUARDS = frozenset({"sslmode", "sslrootcert", "sslcert", "sslkey", "sslcrl", "channel_binding", "gssencmode"})
_POSTGRESQL_OPTIONS = "-c lock_timeout=5s -c plan_cache_mode=force_generic_plan -c jit=off"


def settings(url: str) -> dict[str, Any]:
    """Django's settings for `sqlite:///path` or `postgresql://user:password@host:port/name?sslmode=verify-full`.

    Raises ValueError, also for words after the place that would be left unheard.
    """
    parts = urlsplit(url)
    told = _told(parts)
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": unquote(parts.path[1:]),
            "ATOMIC_REQUESTS": False,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": SQLITE_BUSY_SECONDS,
                "init_command": _SQLITE_PRAGMAS,
            },
        }
    if parts.scheme in ("postgresql", "postgres"):
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(parts.hostname or told.get("host", "")),
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": None,
            "ATOMIC_REQUESTS": False,
            "OPTIONS": {"options": _POSTGRESQL_OPTIONS, **{name: told[name] for name in told.keys() & _GUARDS}},
        }
    raise ValueError(f"GUERDON_DATABASE_URL must start with sqlite:/// or postgresql://, got {parts.scheme or url!r}")


def _told(parts: SplitResult) -> dict[str, str]:
    """What an address says after the question mark, each word once and heard."""
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    heard = _GUARDS if parts.hostname else _GUARDS | {"host"}  # a folder of sockets stands where no host does
    if parts.scheme == "sqlite":
        heard = frozenset()
    unheard = {name for name, _ in pairs} - heard
    if parts.fragment:
        unheard.add("#")
    if unheard:
        raise ValueError(f"GUERDON_DATABASE_URL may not say {', '.join(sorted(unheard))}")
    blank = {name for name, value in pairs if not value.strip()}
    if blank:
        raise ValueError(f"GUERDON_DATABASE_URL says nothing of {', '.join(sorted(blank))}")
    told = dict(pairs)
    if len(told) < len(pairs):
        raise ValueError("GUERDON_DATABASE_URL says something twice")
    return told
