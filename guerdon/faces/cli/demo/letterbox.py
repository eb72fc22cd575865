"""Where the letters of the demo go while its operator names no mail server: into a folder, to be read there."""

import os
from pathlib import Path
from typing import Final

from guerdon.faces import server

FOLDER: Final = "letters"
SENDER: Final = "Guerdon <demo@aurora.example>"
NAMES: Final = ("GUERDON_SMTP_URL", "GUERDON_MAIL_FROM", "GUERDON_URL")


def provide(host: str, port: int) -> None:
    """Let letters be written into a folder beside the data, unless something is said of mail; before the settings."""
    if any(os.environ.get(name) for name in NAMES):
        return
    folder = Path(os.environ.get("GUERDON_HOME", "var")).resolve() / FOLDER
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)  # codes that let people in are no one else's
    told = (folder.as_uri(), SENDER, server.url(host, port))
    os.environ.update(zip(NAMES, told, strict=True))


def place() -> Path | None:
    """The folder that letters are written into; None where they go out, or are off."""
    from guerdon.kit import mail

    out = mail.outlet()
    return Path(out.folder) if out is not None and out.folder else None
