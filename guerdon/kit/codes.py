"""New codes, drawn by chance."""

import secrets

from guerdon.core import codes


def new() -> str:
    """A fresh code that nobody can guess."""
    return codes.made(secrets.randbelow(len(codes.ALPHABET)) for _ in range(codes.RANDOM))
