"""Pools of codes: made or brought in before anybody has them, and how many are left."""

from datetime import datetime
from typing import Annotated, Final

import msgspec
from msgspec import Meta

from guerdon.core import limits
from guerdon.core import vouchers as law
from guerdon.engine import vouchers as engine
from guerdon.faces.api import calls, views
from guerdon.faces.api.calls import Call, Endpoint, ExternalId, Page, Reply, Source
from guerdon.features.programmes import queries as programmes
from guerdon.features.vouchers import queries
from guerdon.kit import codes as fresh

Codes = Annotated[tuple[str, ...], Meta(min_length=1, max_length=limits.CODES_MAX)]
Count = Annotated[int, Meta(ge=1, le=limits.CODES_MAX)]


class NewCodes(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """Codes to bring in, or how many to make; (source, external_id) names them for ever."""

    external_id: ExternalId
    codes: Codes | None = None
    count: Count | None = None
    source: Source = "api"


class MadeCodes(msgspec.Struct, frozen=True, omit_defaults=True):
    """What came of it: the codes that are new now, how many were there before, and how many are other vouchers'."""

    voucher: str
    made: int
    known: int
    elsewhere: int
    codes: tuple[str, ...]
    differs: tuple[str, ...] = ()


class FreeCode(msgspec.Struct, frozen=True):
    """A code that no member was given, and how often it was used by whoever showed it."""

    code: str
    uses: int
    used: int
    expires_at: datetime | None


class FreeCodes(msgspec.Struct, frozen=True):
    """A page of codes."""

    codes: tuple[FreeCode, ...]
    next: str | None


class PoolView(msgspec.Struct, frozen=True):
    """How many codes a pool was given, how many are left, and when that is too few."""

    voucher: str
    added: int
    left: int
    alarm_below: int | None
    low: bool


class Pools(msgspec.Struct, frozen=True):
    """The pools of the programme."""

    pools: tuple[PoolView, ...]


def add(call: Call, pool: str, body: NewCodes) -> Reply:
    """Bring codes in, or make them, for a pool or for whoever shows them."""
    if (body.codes is None) is (body.count is None):
        raise law.VOUCHER_CODES_INVALID(pointer="/codes", reason="codes_or_count")
    typed = body.codes or tuple(fresh.new() for _ in range(body.count or 0))
    brought = engine.bring_in(
        programme_id=call.programme_id, voucher=pool, typed=typed, source=body.source, external_id=body.external_id,
        now=call.now, drawn=body.codes is None,
    )  # fmt: skip
    shown = tuple(views.shown_code(code) for code in brought.new)
    differs = (("/count" if body.codes is None else "/codes"),) if brought.differs else ()
    return Reply(MadeCodes(pool, brought.made.codes, brought.made.known, brought.made.elsewhere, shown, differs))


def codes(call: Call, pool: str, query: Page) -> Reply:
    """The codes that no member was given, in their order. Raises `voucher_pool_unknown`."""
    offers = programmes.latest(call.store, call.programme_id).current(call.now).programme.vouchers
    if pool not in offers and pool not in {one.voucher for one in queries.pools(call.store, call.programme_id)}:
        raise law.VOUCHER_POOL_UNKNOWN(voucher=pool[: limits.KEY_CHARS_MAX], known=", ".join(offers))
    last = "" if query.cursor is None else str(calls.after(query.cursor, tuple[str])[0])
    found = queries.free_codes(call.store, call.programme_id, pool, after=last, most=query.limit)
    ends = calls.cursor(found[-1].code) if len(found) == query.limit else None
    rows = tuple(FreeCode(views.shown_code(one.code), one.uses, one.used, one.expires_at) for one in found)
    return Reply(FreeCodes(rows, ends), next=ends)


def list_(call: Call) -> Reply:
    """All pools, with what is left in each."""
    offers = programmes.latest(call.store, call.programme_id).current(call.now).programme.vouchers
    found = []
    for pool in queries.pools(call.store, call.programme_id):
        alarm = offers[pool.voucher].alarm_below if pool.voucher in offers else None
        found.append(PoolView(pool.voucher, pool.added, pool.left, alarm, alarm is not None and pool.left < alarm))
    return Reply(Pools(tuple(found)))


ROUTES: Final[tuple[Endpoint, ...]] = (
    Endpoint(
        "POST", "/v1/voucher-pools/{pool}/codes", "vouchers:write", add, "Bring in or make codes", MadeCodes,
        takes=NewCodes, status=201,
        refuses=(
            law.VOUCHER_UNDEFINED, law.VOUCHER_POOL_NONE, law.VOUCHER_CODES_INVALID, law.VOUCHER_CODES_UNREADABLE,
            engine.CODES_DIFFER,
        ),
        tag="Vouchers",
        about="For a voucher with `codes: pool` they are given to members one by one; for one with `bearer: true` "
        "whoever shows one can use it. Codes that are there stay as they are. Told again under its name it brings "
        "nothing in, and answers the same numbers and no codes: `GET /v1/voucher-pools/{pool}/codes` lists those that "
        "nobody was given, also where the first answer was lost. `differs` points to what it says otherwise.",
    ),
    Endpoint(
        "GET", "/v1/voucher-pools/{pool}/codes", "vouchers:read", codes, "List codes that nobody was given",
        FreeCodes, query=Page, refuses=(calls.CURSOR_INVALID, law.VOUCHER_POOL_UNKNOWN), tag="Vouchers",
        about="In their order; those that are withdrawn are left out. One that a member is given leaves the list.",
    ),
    Endpoint(
        "GET", "/v1/voucher-pools", "vouchers:read", list_, "List the pools of codes", Pools, tag="Vouchers",
        about="When fewer than `alarm_below` are left, news with the topic `voucher_pool.low` go out, once.",
    ),
)  # fmt: skip
