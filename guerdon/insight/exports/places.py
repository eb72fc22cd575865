"""Where exports are kept: one folder of the installation, in which each programme has its own."""

import os
from pathlib import Path
from typing import Final

NAME: Final = "exports"


def folder(home: Path) -> Path:
    """The folder that `GUERDON_EXPORTS` names, else one beside the data."""
    told = os.environ.get("GUERDON_EXPORTS")
    return Path(told).resolve() if told else home / NAME
