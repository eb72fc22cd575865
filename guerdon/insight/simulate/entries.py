"""An entry of the journal as a replay reads it: whose it is, what was told, what was decided."""

from typing import NamedTuple

import msgspec

from guerdon.core import returns
from guerdon.core.activities import Activity, FactValue, Line, Reference, Tender
from guerdon.core.decisions import Exchange, Held, Redeemed, Refund, Sent, Spent


class Entry(NamedTuple):
    """An entry of the journal; instants are microseconds since 1970."""

    account: str
    id: str
    seq: int
    kind: str
    source: str
    external_id: str
    at: int
    posted: int
    version: int
    facts: str
    decision: str


class Told(msgspec.Struct, gc=False):
    """The parts of a fact that rules ask for."""

    currency: str | None = None
    amount: int | None = None
    lines: tuple[Line, ...] = ()
    tenders: tuple[Tender, ...] = ()
    channel: str | None = None
    store: str | None = None
    partner: str | None = None
    facts: dict[str, FactValue] = {}
    replaces: Reference | None = None
    confirms: Reference | None = None


class Decided(msgspec.Struct, gc=False):
    """The parts of a decision that stay as they are whatever the rules."""

    rate: Exchange | None = None
    redeemed: Redeemed | None = None
    refund: Refund | None = None
    reinstated: dict[str, int] = {}
    sent: tuple[Sent, ...] = ()
    spent: tuple[Spent, ...] = ()
    hold: Held | None = None


told = msgspec.json.Decoder(Told).decode
decided = msgspec.json.Decoder(Decided).decode
slice_of = msgspec.json.Decoder(returns.Slice).decode
activity = msgspec.json.Decoder(Activity).decode
attributes = msgspec.json.Decoder(dict[str, str | int | bool]).decode
segments = msgspec.json.Decoder(list[str]).decode
