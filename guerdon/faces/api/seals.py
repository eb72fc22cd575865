"""Receipts and heads: what a member can keep, and what it is verified against."""

from datetime import datetime
from typing import Annotated, Final

import msgspec
from msgspec import Meta

from guerdon.core import limits
from guerdon.core.sealing import Receipt, Seal
from guerdon.engine import seal
from guerdon.faces.api import calls
from guerdon.faces.api.calls import Call, Endpoint, Reply
from guerdon.features.activities import queries as activities
from guerdon.features.seals import queries
from guerdon.kit import clock, ids


class SealView(msgspec.Struct, frozen=True):
    """One seal: the range of the journal it covers, the root over its entries, the head before it and its own."""

    number: int
    from_seq: int
    until_seq: int
    entries: int
    root: str
    previous: str
    head: str
    sealed_at: datetime


class Seals(msgspec.Struct, frozen=True):
    """A page of seals, oldest first."""

    seals: tuple[SealView, ...]
    next: str | None


class ReceiptWanted(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Up to which head the receipt is to lead: a later seal's number; its own seal's where it is left out."""

    head: Annotated[int, Meta(ge=1, le=limits.INT64_MAX)] | None = None


def read_receipt(call: Call, id: str, query: ReceiptWanted) -> Reply:
    """The receipt of an activity."""
    return Reply(seal.receipt(call.store, call.programme_id, ids.read("activity", id), head=query.head))


def read_head(call: Call) -> Reply:
    """The latest seal, whose head is the one to publish."""
    last = queries.last(call.store, call.programme_id)
    if last is None:
        raise queries.NOTHING_SEALED()
    return Reply(_view(last))


def list_(call: Call, query: calls.Page) -> Reply:
    """All seals of the programme, oldest first."""
    (number,) = calls.after(query.cursor, tuple[int]) if query.cursor else (0,)
    found = queries.after(call.store, call.programme_id, number, most=query.limit)
    ends = calls.cursor(found[-1].span.number) if len(found) == query.limit else None
    return Reply(Seals(tuple(_view(one) for one in found), ends), next=ends)


def _view(one: Seal) -> SealView:
    span = one.span
    return SealView(
        span.number, span.from_seq, span.until_seq, span.entries, span.root, one.previous, one.head,
        clock.instant(span.sealed_at),
    )  # fmt: skip


ROUTES: Final[tuple[Endpoint, ...]] = (
    Endpoint(
        "GET", "/v1/activities/{id}/receipt", "activities:read", read_receipt, "Read an activity's receipt",
        Receipt, query=ReceiptWanted,
        refuses=(activities.ACTIVITY_UNKNOWN, ids.ID_MALFORMED, queries.NOT_SEALED_YET, queries.SEAL_UNKNOWN),
        noun="activity", tag="Seals",
        about="The journal's entry with every point it moved, and the hashes that lead from it to its seal's head. "
        "Keep it: with a published head it is proved without this server (`guerdon verify --receipt`). Entries are "
        "sealed within the hour.",
    ),
    Endpoint(
        "GET", "/v1/seals", "programme:read", list_, "List the seals",
        Seals, query=calls.Page, refuses=(calls.CURSOR_INVALID,), tag="Seals",
        about="Each is chained to the one before it: whoever keeps one head can walk on from it.",
    ),
    Endpoint(
        "GET", "/v1/seals/head", "programme:read", read_head, "Read the head of the seals",
        SealView, refuses=(queries.NOTHING_SEALED,), tag="Seals",
        about="Keep it outside, as `number:head`: nothing below it can be changed without another head.",
    ),
)  # fmt: skip
