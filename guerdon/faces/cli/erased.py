"""The list of who was erased, kept beside backups: older ones still hold them, and a restore erases them again."""

import os
from pathlib import Path
from typing import Final

import msgspec

NAME: Final = "erased.jsonl"


class Line(msgspec.Struct, frozen=True, order=True):
    """One member who was erased; the ids lead to nobody."""

    erased_at: str
    programme_id: str
    member_id: str


def keep(folder: Path) -> int:
    """Bring the list in the folder up to what the database knows; what it says already stays. Answers how many."""
    from guerdon.features.erasures import queries
    from guerdon.kit import store

    known = {Line(at.isoformat(), programme, member) for programme, member, at in queries.ever(store.current())}
    lines = sorted(known | set(read(folder)))
    if not lines:
        return 0
    draft = folder / f"{NAME}.partial"
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(msgspec.json.Encoder().encode_lines(lines))
        file.flush()
        os.fsync(file.fileno())
    draft.replace(folder / NAME)
    return len(lines)


def read(folder: Path) -> list[Line]:
    """Who is on the list; nobody where there is none. Raises msgspec.MsgspecError for what is no such list."""
    path = folder / NAME
    return msgspec.json.Decoder(Line).decode_lines(path.read_bytes()) if path.exists() else []


def again(folder: Path) -> int:
    """Erase everybody on the list who is there again; answers how many that were."""
    from guerdon.engine import erase
    from guerdon.faces.cli import installation
    from guerdon.features.programmes import queries as programmes
    from guerdon.kit import store

    lines = read(folder)
    now = {row.id: installation.now(row) for row in programmes.every(store.current())}
    return sum(
        erase.again(
            programme_id=one.programme_id, member_id=one.member_id, actor=NAME, now=now[one.programme_id]
        )
        for one in lines
        if one.programme_id in now
    )  # fmt: skip
