"""Merkle trees and receipts: every leaf is proved, and whatever is changed by a bit is not."""

import hashlib
from random import Random

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from guerdon.core import merkle, sealing
from guerdon.core.errors import Refusal
from guerdon.core.sealing import FIRST_PREVIOUS, Head, Receipt, SealedEntry, SealedPosting, Span


def naive(leaves: list[bytes]) -> bytes:
    """The tree hash word for word as RFC 9162, 2.1.1 has it: split at the largest power of two below the size."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1 << (len(leaves) - 1).bit_length() - 1
    return hashlib.sha256(b"\x01" + naive(leaves[:split]) + naive(leaves[split:])).digest()


sizes = st.integers(1, 70)


def leaves_of(size: int) -> list[bytes]:
    return [merkle.leaf(str(number).encode()) for number in range(size)]


@given(sizes)
def test_the_tree_is_the_one_of_the_rfc(size):
    assert merkle.root(leaves_of(size)) == naive(leaves_of(size))
    assert merkle.root([]) == naive([])


@given(sizes, st.data())
def test_every_leaf_is_proved(size, data):
    leaves, position = leaves_of(size), data.draw(st.integers(0, size - 1))
    path = merkle.path(leaves, position)
    assert len(path) <= (size - 1).bit_length()
    assert merkle.climb(leaves[position], position=position, size=size, path=path) == merkle.root(leaves)


@given(st.integers(2, 70), st.data())
def test_another_leaf_place_or_way_is_not(size, data):
    leaves, position = leaves_of(size), data.draw(st.integers(0, size - 1))
    root, path = merkle.root(leaves), list(merkle.path(leaves, position))
    other = data.draw(st.integers(0, size - 1).filter(lambda number: number != position))
    assert merkle.climb(leaves[position], position=other, size=size, path=path) != root
    assert merkle.climb(leaves[other], position=position, size=size, path=path) != root
    assert merkle.climb(leaves[position], position=position, size=size, path=path[:-1]) is None
    assert merkle.climb(leaves[position], position=position, size=size, path=[*path, path[0]]) is None
    place = data.draw(st.integers(0, len(path) - 1))
    path[place] = bytes([path[place][0] ^ 1]) + path[place][1:]
    assert merkle.climb(leaves[position], position=position, size=size, path=path) != root


def test_a_node_is_no_leaf():
    left, right = leaves_of(2)
    assert merkle.leaf(left + right) != merkle.node(left, right)


# --- receipts ---


def entry(number: int) -> SealedEntry:
    posting = SealedPosting(0, "a" * 32, "points", "earn", "b" * 32, "c" * 32, 12, 12, None, 1, 2)
    facts = '{"name":"Café „Aurora“"}'
    return SealedEntry("d" * 32, "c" * 32, f"{number:032x}", number, "purchase", "till", f"order-{number}", 1, 2, 1,
                       facts, "{}", (posting,))  # fmt: skip


def sealed(*sizes: int) -> tuple[list[sealing.Seal], list[list[SealedEntry]]]:
    """A chain of seals over so many entries each."""
    seals, entries, start = [], [], 1
    for number, size in enumerate(sizes, start=1):
        mine = [entry(start + place) for place in range(size)]
        root = sealing.root([sealing.leaf(one) for one in mine])
        span = Span("d" * 32, number, start, start + size - 1, size, root, 5)
        seals.append(sealing.seal(span, previous=seals[-1].head if seals else FIRST_PREVIOUS))
        entries.append(mine)
        start += size
    return seals, entries


def receipt_of(seals: list[sealing.Seal], entries: list[list[SealedEntry]], seal: int, place: int) -> Receipt:
    hashes = [sealing.leaf(one) for one in entries[seal]]
    made = sealing.receipt(entries[seal][place], leaves=hashes, position=place, seal=seals[seal])
    return msgspec.structs.replace(made, later=tuple(one.span for one in seals[seal + 1 :]))


def test_a_receipt_is_proved_by_every_head_from_its_own_on():
    seals, entries = sealed(5, 1, 8)
    receipt = receipt_of(seals, entries, 0, 3)
    assert [sealing.fault(receipt, sealing.head_of(one)) for one in seals] == [None] * 3
    assert sealing.fault(receipt_of(seals, entries, 2, 0), sealing.head_of(seals[0])) == "too_early"
    assert sealing.fault(receipt, Head(4, "0" * 64)) == "too_late"
    assert sealing.fault(receipt, Head(2, "0" * 64)) == "head"


@pytest.mark.parametrize("seed", range(200))
def test_a_receipt_with_any_letter_changed_is_not_proved(seed):
    """Whatever digit or letter of the file is another one: it is unreadable, or it does not lead to the head."""
    seals, entries = sealed(5, 1, 8)
    content = bytearray(msgspec.json.encode(receipt_of(seals, entries, 0, 3)))
    dice = Random(seed)
    place = dice.choice([place for place, byte in enumerate(content) if chr(byte).isalnum()])
    content[place] = ord(dice.choice([letter for letter in "0123456789abcdef" if ord(letter) != content[place]]))
    try:
        receipt = sealing.read_receipt(bytes(content))
    except Refusal as refusal:
        assert refusal.code == "receipt_invalid"
        return
    assert sealing.fault(receipt, sealing.head_of(seals[2])) is not None


@pytest.mark.parametrize("text", ["", "7", "0:" + "a" * 64, "7:abc", "7:" + "A" * 64, "x:" + "a" * 64])
def test_what_is_no_head_is_refused(text):
    with pytest.raises(Refusal, match="head_invalid"):
        sealing.read_head(text)


def test_a_head_is_read_as_it_is_written():
    seals, _ = sealed(1)
    head = sealing.head_of(seals[0])
    assert sealing.read_head(f" {head}\n") == head


@pytest.mark.parametrize(("seal", "place"), [(0, 0), (0, 4), (1, 0), (2, 7)])
def test_a_receipt_is_read_as_it_is_written(seal, place):
    seals, entries = sealed(5, 1, 8)
    receipt = receipt_of(seals, entries, seal, place)
    assert sealing.read_receipt(msgspec.json.encode(receipt)) == receipt


@pytest.mark.parametrize("wrong", ["", "a" * 63, "a" * 65, "A" * 64, "g" * 64])
def test_a_receipt_whose_hashes_are_none_is_refused(wrong):
    """Wherever one stands: on the path, in the seal, in a span of it or of a later one."""
    seals, entries = sealed(5, 1)
    receipt = receipt_of(seals, entries, 0, 0)
    one = receipt.seal
    broken = [
        msgspec.structs.replace(receipt, path=(*receipt.path[:-1], wrong)),
        *[msgspec.structs.replace(receipt, seal=msgspec.structs.replace(one, **{part: wrong}))
          for part in ("previous", "head")],
        msgspec.structs.replace(receipt, seal=msgspec.structs.replace(
            one, span=msgspec.structs.replace(one.span, root=wrong))),
        msgspec.structs.replace(receipt, later=(msgspec.structs.replace(receipt.later[0], root=wrong),)),
    ]  # fmt: skip
    for each in broken:
        with pytest.raises(Refusal, match="receipt_invalid"):
            sealing.read_receipt(msgspec.json.encode(each))


@pytest.mark.parametrize("part", ["receipt", "entry"])
def test_a_receipt_of_another_format_is_not_read_as_one_of_this(part):
    seals, entries = sealed(5)
    receipt = receipt_of(seals, entries, 0, 3)
    assert sealing.fault(receipt) is None
    other = msgspec.structs.replace(receipt, format="x") if part == "receipt" else msgspec.structs.replace(
        receipt, entry=msgspec.structs.replace(receipt.entry, format="x"))  # fmt: skip
    assert sealing.fault(other) == "format"


def test_seals_follow_each_other_without_a_gap():
    seals, _ = sealed(5, 1, 8)
    spans = [one.span for one in seals]
    assert (
        sealing.follows(spans[0], None) and sealing.follows(spans[1], spans[0]) and sealing.follows(spans[2], spans[1])
    )
    assert not sealing.follows(spans[2], spans[0]) and not sealing.follows(spans[1], None)
    for part, value in (("number", 2), ("from_seq", 2), ("until_seq", 0)):
        assert not sealing.follows(msgspec.structs.replace(spans[0], **{part: value}), None)
    for part, value in (("number", 4), ("from_seq", 7), ("programme", "x"), ("until_seq", 5)):
        assert not sealing.follows(msgspec.structs.replace(spans[1], **{part: value}), spans[0])


@given(st.integers(1, 9))
def test_a_place_behind_the_last_leaf_proves_nothing(size):
    hashes = leaves_of(size)
    path = merkle.path(hashes, size - 1)
    assert merkle.climb(hashes[-1], position=size - 1, size=size, path=path) is not None
    for position in (size, -1):
        assert merkle.climb(hashes[-1], position=position, size=size, path=path) is None
