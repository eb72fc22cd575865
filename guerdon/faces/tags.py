"""Entity tags: whether a caller has already what it asks for (RFC 9110, 13.1.2)."""

import re
from typing import Final

_TAGS: Final = re.compile(rb'"[^"]*"')  # with W/ before it or not: whoever only reads compares weakly


def known(asked: bytes | None, etag: bytes) -> bool:
    """Whether an `If-None-Match` names the tag, among others, or any that there may be."""
    if asked is None:
        return False
    return asked.strip() == b"*" or etag in _TAGS.findall(asked)
