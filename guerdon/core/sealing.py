"""Seals over the journal: what of an entry is sealed, how seals hang together, what a receipt proves (LAW 10.26)."""

import hashlib
import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final, Literal

import msgspec

from guerdon.core import errors, merkle

RECEIPT_INVALID = errors.declare("invalid", "receipt_invalid", "problem")
HEAD_INVALID = errors.declare("invalid", "head_invalid", "got")

FORMAT: Final = 1
FIRST_PREVIOUS: Final = "0" * 64  # what the first seal of a programme stands on
_SEAL: Final = b"guerdon seal 1\x00"  # a seal's hash is never one of a leaf or a node
_HEAD: Final = re.compile(r"([1-9][0-9]{0,17}):([0-9a-f]{64})\Z")


class SealedPosting(msgspec.Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """A posting as it was written: all of it."""

    part: int
    id: str
    unit: str
    kind: str
    source: str
    destination: str
    amount: int
    balance_after: int
    person: str | None
    effective_at: int
    posted_at: int


class SealedLot(msgspec.Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """What of a lot never changes; what is left of it, and an end that slides, do."""

    id: str
    unit: str
    origin: str
    funder: str | None
    amount: int
    earned_at: int
    available_at: int


class SealedAllocation(msgspec.Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """Which lot a posting took points from (`out`) or gave them back to (`back`)."""

    id: str
    posting: str
    lot: str
    direction: str
    amount: int
    at: int


class SealedPassage(msgspec.Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """Which lot of which account a lot came from."""

    lot: str
    from_account: str
    from_lot: str


class SealedEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """An entry of the journal with all that it wrote; instants are microseconds since 1970, ids 32 hex digits.

    `facts` and `decision` are the very texts that are stored. Postings stand in the order of `part`, the other rows in
    the order of their ids.
    """

    programme: str
    account: str
    activity: str
    seq: int
    kind: str
    source: str
    external_id: str
    occurred_at: int
    recorded_at: int
    version: int
    facts: str
    decision: str
    postings: tuple[SealedPosting, ...] = ()
    lots: tuple[SealedLot, ...] = ()
    allocations: tuple[SealedAllocation, ...] = ()
    passages: tuple[SealedPassage, ...] = ()
    format: int = FORMAT


class Span(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What one seal says: which numbers of the journal it covers, and the root over the entries among them."""

    programme: str
    number: int  # from 1, without gaps
    from_seq: int
    until_seq: int  # inclusive; the next seal begins behind it
    entries: int
    root: str
    sealed_at: int


class Seal(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A seal in its chain: `head` is the hash of what it says and of the head before it."""

    span: Span
    previous: str
    head: str


class Receipt(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a member can keep: the entry, its way up to its seal, and the seals from there to a later head, if asked."""

    entry: SealedEntry
    position: int  # of the entry among those of its seal, from 0
    path: tuple[str, ...]
    seal: Seal
    later: tuple[Span, ...] = ()
    format: int = FORMAT


class Head(msgspec.Struct, frozen=True):
    """A head as it is published: the number of the seal and its hash, written `7:5ade…`."""

    number: int
    hash: str

    def __str__(self) -> str:
        return f"{self.number}:{self.hash}"


Fault = Literal["format", "path", "root", "range", "chain", "link", "head", "too_early", "too_late"]

_encode = msgspec.json.Encoder(order="sorted").encode


def canonical(entry: SealedEntry) -> bytes:
    """The bytes that are hashed: JSON as RFC 8785 writes it, with every whole number in full."""
    return _encode(entry)


def leaf(entry: SealedEntry) -> str:
    """The hash of an entry, 64 hex digits."""
    return merkle.leaf(_encode(entry)).hex()


def root(leaves: Sequence[str]) -> str:
    """The root over the hashes of entries."""
    return merkle.root([bytes.fromhex(one) for one in leaves]).hex()


def seal(span: Span, *, previous: str) -> Seal:
    """Hang a span into the chain."""
    head = hashlib.sha256(_SEAL + bytes.fromhex(previous) + _encode(span)).hexdigest()
    return Seal(span, previous, head)


def receipt(entry: SealedEntry, *, leaves: Sequence[str], position: int, seal: Seal) -> Receipt:
    """The receipt of the entry that is the leaf at the position."""
    path = merkle.path([bytes.fromhex(one) for one in leaves], position)
    return Receipt(entry, position, tuple(one.hex() for one in path), seal)


def head_of(seal: Seal) -> Head:
    """The seal's head as it is published."""
    return Head(seal.span.number, seal.head)


def read_head(text: str) -> Head:
    """A head as somebody wrote it down. Raises `head_invalid`."""
    match = _HEAD.match(text.strip())
    if match is None:
        raise HEAD_INVALID(got=text.strip()[:80])
    return Head(int(match[1]), match[2])


def read_receipt(content: bytes) -> Receipt:
    """A receipt out of a file. Raises `receipt_invalid`."""
    try:
        found = msgspec.json.decode(content, type=Receipt)
        hashes = (*found.path, found.seal.previous, found.seal.head, found.seal.span.root)
        if not all(re.fullmatch("[0-9a-f]{64}", one) for one in (*hashes, *(span.root for span in found.later))):
            raise RECEIPT_INVALID(problem="a hash is not 64 hex digits")
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise RECEIPT_INVALID(problem=str(error)[:200]) from error
    return found


def heads(receipt: Receipt) -> list[Seal]:
    """The receipt's seal and those after it that it carries, each computed from the one before."""
    found = [receipt.seal]
    for span in receipt.later:
        found.append(seal(span, previous=found[-1].head))
    return found


def fault(receipt: Receipt, head: Head | None = None) -> Fault | None:
    """What keeps the receipt from being proved by the published head; without one, from agreeing with itself."""
    span = receipt.seal.span
    if receipt.format != FORMAT or receipt.entry.format != FORMAT:
        return "format"
    start = bytes.fromhex(leaf(receipt.entry))
    path = [bytes.fromhex(one) for one in receipt.path]
    reached = merkle.climb(start, position=receipt.position, size=span.entries, path=path)
    if reached is None:
        return "path"
    if reached.hex() != span.root:
        return "root"
    if receipt.entry.programme != span.programme or not span.from_seq <= receipt.entry.seq <= span.until_seq:
        return "range"
    if seal(span, previous=receipt.seal.previous) != receipt.seal:
        return "chain"
    chain = heads(receipt)
    if any(not follows(one.span, before.span) for before, one in pairwise(chain)):
        return "link"
    return _against(chain, head) if head is not None else None


def follows(span: Span, before: Span | None) -> bool:
    """Whether a seal begins where the one before it ends, and has the next number."""
    if span.until_seq < span.from_seq:
        return False
    if before is None:
        return span.number == 1 and span.from_seq == 1
    next_one = (before.programme, before.number + 1, before.until_seq + 1)
    return (span.programme, span.number, span.from_seq) == next_one


def _against(chain: Sequence[Seal], head: Head) -> Fault | None:
    if head.number < chain[0].span.number:
        return "too_early"
    if head.number > chain[-1].span.number:
        return "too_late"
    return None if chain[head.number - chain[0].span.number].head == head.hash else "head"
