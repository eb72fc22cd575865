"""A receipt held against a published head, or against the database's seals: what it proves, or what is different."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

import typer

from guerdon.core import limits, sealing
from guerdon.core.sealing import Fault, Head, Receipt
from guerdon.faces.cli import heads, installation, terminal
from guerdon.faces.cli.terminal import Failure

if TYPE_CHECKING:
    from guerdon.core.sealing import Seal

WRONG: Final[dict[Fault, str]] = {
    "format": "It is of another format than this version of Guerdon reads.",
    "path": "The way from its entry to the seal has not as many hashes as it must have.",
    "root": "Its entry is not what was sealed: a letter or a number of it, or of its way up, is another one.",
    "range": "Its seal does not cover the entry's number or programme.",
    "chain": "Its seal is not what its own head says: the range, the root or the head before it is another one.",
    "link": "The later seals that it carries do not follow each other.",
    "head": "It leads to another head than the one that was published: one of them was made up, or rewritten since.",
    "too_early": "It was sealed only after that head was published; a later head would prove it.",
    "too_late": "That head is later than the receipt leads to. Ask for it anew: guerdon receipt ACTIVITY --head NUMBER",
}


def verify(path: Path, head: str | None, *, as_json: bool) -> None:
    """Verify a receipt; with a head nothing but the file is looked at."""
    if path.stat().st_size > limits.RECEIPT_BYTES_MAX:
        raise Failure(f"{path} is too large for a receipt.")
    receipt = sealing.read_receipt(path.read_bytes())
    fault = _offline(receipt, head) if head is not None else _by_database(receipt)
    if as_json:
        terminal.show_json({"ok": fault is None, "fault": fault, "activity": receipt.entry.activity,
                            "seal": receipt.seal.span.number})  # fmt: skip
    elif fault is None:
        _show(receipt, "a published head" if head is not None else "this database's seals")
    else:
        terminal.say("✗ This receipt proves nothing.", style="bold red")
        terminal.say(f"  {WRONG[fault]}")
    if fault is not None:
        raise typer.Exit(terminal.FINDING)


def _offline(receipt: Receipt, told: str) -> Fault | None:
    """Against the head that was typed, or the nearest one of a file that the receipt reaches."""
    known = heads.told(told)
    chain = range(receipt.seal.span.number, receipt.seal.span.number + len(receipt.later) + 1)
    # The file names programmes by their keys and a receipt by its id, so every line of a reachable number is tried.
    found = [Head(number, hash) for mine in known.values() for number, hash in mine.items()]
    reached = [head for head in found if head.number in chain]
    faults = [sealing.fault(receipt, head) for head in reached or found[-1:]]
    if not faults:
        raise Failure("There is no head in the file.", hint="A head is NUMBER:HASH.")
    return None if None in faults else faults[0]


def _by_database(receipt: Receipt) -> Fault | None:
    """Against the seal of the same number in the database."""
    installation.enter()
    from guerdon.features.seals import queries
    from guerdon.kit import store

    fault = sealing.fault(receipt)
    if fault is not None:
        return fault
    span = receipt.seal.span
    stored: list[Seal] = queries.after(store.current(), span.programme, span.number - 1, most=1)
    return None if stored and stored[0] == receipt.seal else "head"


def _show(receipt: Receipt, by: str) -> None:
    from guerdon.core.ledger import CREDITS
    from guerdon.kit import clock, ids

    entry, span = receipt.entry, receipt.seal.span
    terminal.say(f"✓ This receipt is proved by {by}.", style="green")
    sealed = clock.instant(span.sealed_at).isoformat(timespec="seconds")
    terminal.say(
        f"  {entry.kind} {entry.external_id} of {entry.source}, {ids.show('activity', entry.activity)}, is number"
        f" {terminal.number(entry.seq)} of the journal and stands under seal {span.number} of {sealed}."
    )
    at = clock.instant(entry.recorded_at).isoformat(timespec="seconds")
    terminal.say(f"  It was recorded at {at} for {ids.show('member', entry.account)} with these points:")
    for one in entry.postings:
        sign = "+" if one.kind in CREDITS else "−"
        terminal.say(f"  {sign}{terminal.number(one.amount)} {one.unit} ({one.kind}), {one.balance_after} after it")
    if not entry.postings:
        terminal.say("  none")
    terminal.say("  Nobody can have changed any of this since without another head.")
