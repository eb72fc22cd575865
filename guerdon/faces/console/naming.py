"""Keys of new entries of the programme file, made of what they are called."""

import re
from collections.abc import Container
from itertools import count

from guerdon.core import limits


def key(name: str, taken: Container[str], stem: str) -> str:
    """A key like the name, which nothing else has; like the stem where the name has no Latin letter to begin with."""
    made = re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")[: limits.KEY_CHARS_MAX - 4].strip("_") or stem
    made = made if made[0].isalpha() else f"{stem}_{made}"
    return next(one for one in (made if at == 1 else f"{made}_{at}" for at in count(1)) if one not in taken)
