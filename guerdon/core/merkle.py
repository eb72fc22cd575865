"""Merkle trees as RFC 9162 (2.1) draws them: one hash for many leaves, and a short proof that a leaf is among them."""

import hashlib
from collections.abc import Sequence
from typing import Final

# A leaf and a node are hashed with different first bytes, so that no node can be passed off as a leaf (2.1.1).
_LEAF: Final = b"\x00"
_NODE: Final = b"\x01"


def leaf(content: bytes) -> bytes:
    """The hash of one leaf."""
    return hashlib.sha256(_LEAF + content).digest()


def node(left: bytes, right: bytes) -> bytes:
    """The hash of what two hashes stand for together."""
    return hashlib.sha256(_NODE + left + right).digest()


def root(leaves: Sequence[bytes]) -> bytes:
    """The hash of all leaves in their order; of none at all it is the hash of nothing."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    level = list(leaves)
    while len(level) > 1:
        level = _above(level)
    return level[0]


def path(leaves: Sequence[bytes], position: int) -> tuple[bytes, ...]:
    """The hashes that lead from the leaf at the position (from 0) up to the root: log2 of them (2.1.3.1)."""
    assert 0 <= position < len(leaves), "there is no such leaf"
    found: list[bytes] = []
    level = list(leaves)
    while len(level) > 1:
        neighbour = position ^ 1
        if neighbour < len(level):
            found.append(level[neighbour])
        position //= 2
        level = _above(level)
    return tuple(found)


def climb(start: bytes, *, position: int, size: int, path: Sequence[bytes]) -> bytes | None:
    """The root to which a leaf's hash leads (2.1.3.2); None where the path has not the length it must have."""
    if not 0 <= position < size:
        return None
    here, last, left = start, size - 1, list(path)
    while last:
        if position % 2 or position < last:  # else it stands alone at the end and moves up as it is
            if not left:
                return None
            neighbour = left.pop(0)
            here = node(neighbour, here) if position % 2 else node(here, neighbour)
        position, last = position // 2, last // 2
    return None if left else here


def _above(level: list[bytes]) -> list[bytes]:
    """The next level: pairs become nodes, one left over moves up as it is, which draws the tree of the RFC."""
    pairs = [node(level[place], level[place + 1]) for place in range(0, len(level) - 1, 2)]
    return pairs + level[-1:] if len(level) % 2 else pairs
