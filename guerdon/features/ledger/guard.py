"""The last look before rows are written, in production too: what a batch posts must add up (LAW 10.3 – 10.7)."""

from collections.abc import Mapping, Sequence
from typing import Any

Cells = tuple[Any, ...]  # a row as `actions` writes it
Name = tuple[str, str]  # account, unit


class BrokenBooks(RuntimeError):
    """A mistake of ours that would have lost or doubled points; nothing is written."""


def check(
    *,
    opened: Mapping[Name, int],
    before: Mapping[str, int],
    balances: Sequence[Cells],
    postings: Sequence[Cells],
    made: Sequence[Cells],
    moved: Sequence[Cells],
    allocations: Sequence[Cells],
) -> None:
    """Compare the rows of one batch with each other.

    `opened` are the balances before it, by account and unit, `before` what was left in each stored lot. The rows stand
    as `actions` writes them. It costs a few microseconds a posting: each row is looked at once. Raises `BrokenBooks`.
    """
    parts: dict[str, int] = {}  # by posting: what lots and allocations say of it
    lots = dict(before)
    for row in made:  # account, id, programme, unit, posting, origin, funder, amount, remaining, held
        parts[row[4]] = row[7]
        lots[row[1]] = row[7]
    for row in allocations:  # account, id, posting, lot, direction, amount
        out = row[5] if row[4] == "out" else -row[5]
        parts[row[2]] = parts.get(row[2], 0) + row[5]
        lots[row[3]] -= out
    now = dict(opened)
    for row in postings:
        _posted(row, now, parts)
    for row in made:
        _lot(row[1], row[8], row[9], lots)
    for row in moved:  # account, id, remaining, held
        _lot(row[1], row[2], row[3], lots)
    for row in balances:  # account, unit, programme, balance, available, pending, held, debt
        _balance(row, now)


def _posted(row: Cells, now: dict[Name, int], parts: Mapping[str, int]) -> None:
    """A posting moves the balance by what it says, and its lots are all of it."""
    account, id, _, unit, _, _, kind, _, destination, amount, after = row[:11]
    name = (account, unit)
    now[name] += amount if destination == account else -amount
    if now[name] != after or amount <= 0:
        raise BrokenBooks(f"a {kind} of {amount} leaves {after} {unit} of {account}, not {now[name]}")
    if parts.get(id) != amount:
        raise BrokenBooks(f"a {kind} of {amount} {unit} of {account} has lots for {parts.get(id)}")


def _lot(id: str, remaining: int, held: int, lots: Mapping[str, int]) -> None:
    """A lot has what it had less what was taken, and no more is held than is there."""
    if lots[id] != remaining or not 0 <= held <= remaining:
        raise BrokenBooks(f"the lot {id} has {remaining}, {held} held, and should have {lots[id]}")


def _balance(row: Cells, now: Mapping[Name, int]) -> None:
    """A purse has what its postings made of it, split without a negative part."""
    account, unit, _, balance, *split = row[:8]
    if now[account, unit] != balance:
        raise BrokenBooks(f"{account} has {balance} {unit}, its postings make {now[account, unit]}")
    available, pending, held, debt = split
    parts = available + pending + held
    if parts > balance or min(available, pending, held, debt) < 0:
        raise BrokenBooks(f"{balance} {unit} of {account} can't be {available} + {pending} + {held}, owing {debt}")
