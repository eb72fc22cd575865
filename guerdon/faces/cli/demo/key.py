"""The demo's API key, kept in a file that only its owner can read, so that it can be shown again."""

import os
from datetime import datetime
from pathlib import Path
from typing import Final

from guerdon.core import rights
from guerdon.engine import keys
from guerdon.faces.cli import installation
from guerdon.features.keys import queries
from guerdon.kit import store
from guerdon.kit.audit import Actor

FILE_NAME: Final = "demo-key"


def path() -> Path:
    """Where the key is kept."""
    return installation.home() / FILE_NAME


def provide(programme_id: str, *, now: datetime) -> str:
    """The demo's key of the programme: the one in the file while it is good, else a new one."""
    kept = path().read_text().strip() if path().exists() else ""
    if kept and _is_good(programme_id, kept):
        return kept

    _, shown = keys.make(
        programme_id=programme_id, name="demo", scopes=rights.RIGHTS, by=Actor("operator", "demo"), now=now
    )
    draft = path().with_name(f"{FILE_NAME}.{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(shown + "\n")
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path())
    return shown


def _is_good(programme_id: str, kept: str) -> bool:
    digest = queries.digest(kept.encode()).hex()
    rows = queries.every(store.current(), programme_id)
    return any(row.digest == digest and row.revoked_at is None for row in rows)
