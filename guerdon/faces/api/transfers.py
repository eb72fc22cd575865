"""Transfers: points that one member sends to another, at once or as an offer that the other may accept."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final, Literal

import msgspec

from guerdon.core import activities as activities_law
from guerdon.core import households, ledger
from guerdon.core import members as members_law
from guerdon.core import transfers as law
from guerdon.core.activities import Member
from guerdon.core.merging import MEMBER_MERGED
from guerdon.core.programme import UNIT_UNKNOWN
from guerdon.engine import desk
from guerdon.engine import transfers as engine
from guerdon.engine.batch import Outcome
from guerdon.faces.api import calls, views
from guerdon.faces.api.calls import Call, Endpoint, ExternalId, Page, Reply, Source, Trial
from guerdon.features.activities import queries as activities
from guerdon.features.activities.queries import Recorded
from guerdon.features.members import queries as members
from guerdon.features.programmes import queries as programmes
from guerdon.features.transfers import queries as transfers
from guerdon.features.transfers.queries import Transfer
from guerdon.kit import ids

# What a repeated transfer may say otherwise, by its place in the journal; when always differs.
_DIFFERING: Final = {"/member": "/member", "/facts/to": "/to", "/facts/unit": "/unit", "/facts/points": "/points"}

State = Literal["done", "offered", "accepted", "declined", "withdrawn", "lapsed"]


class NewTransfer(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """Points to send, in the unit's smallest steps; (source, external_id) names it for ever."""

    member: Member
    to: Member
    unit: str
    points: int
    external_id: ExternalId
    source: Source = "api"


class TransferView(msgspec.Struct, frozen=True):
    """A transfer as of now; an offer that nobody took in time has lapsed.

    `fee` is what the sender pays on top. `until` is when an offer lapses, `settled_at` when it was settled.
    """

    id: str
    member: str
    to: str
    unit: str
    points: int
    fee: int
    state: State
    source: str
    external_id: str
    seq: int
    made_at: datetime
    until: datetime | None
    settled_at: datetime | None


class RecordedTransfer(msgspec.Struct, frozen=True, omit_defaults=True):
    """A transfer, and the number the journal reached with what was done now."""

    transfer: TransferView
    seq: int
    dry_run: bool = False
    differs: tuple[str, ...] = ()


class Transfers(msgspec.Struct, frozen=True):
    """A page of transfers."""

    transfers: tuple[TransferView, ...]
    next: str | None


def send(call: Call, query: Trial, body: NewTransfer) -> Reply:
    """Send points to another member, or offer them where the programme wants acceptance."""
    wanted = engine.NewTransfer(
        member=body.member,
        to=body.to,
        unit=body.unit,
        points=body.points,
        source=body.source,
        external_id=body.external_id,
        idempotency=call.idempotency(body),
    )
    (result,) = engine.send_many(programme_id=call.programme_id, wanted=[wanted], now=call.now, dry_run=query.dry_run)
    outcome = calls.taken(result)
    if query.dry_run and not outcome.replayed:
        return Reply(RecordedTransfer(_tried(outcome, call), outcome.seq, dry_run=True), status=200)
    differs = tuple(_DIFFERING[pointer] for pointer in outcome.differs if pointer in _DIFFERING)
    view = _view(call, transfers.one(call.store, call.programme_id, outcome.activity_id))
    answer = RecordedTransfer(view, outcome.seq, query.dry_run, differs)
    if query.dry_run:
        return Reply(answer, outcome.replayed, status=200)
    return Reply(answer, outcome.replayed, location=f"/v1/transfers/{view.id}")


def read(call: Call, id: str) -> Reply:
    """One transfer as of now."""
    found = transfers.one(call.store, call.programme_id, ids.read("transfer", id))
    return Reply(RecordedTransfer(_view(call, found), found.seq))


def accept(call: Call, id: str, query: Trial) -> Reply:
    """The receiver takes the offer: the points move now."""
    return _settle(call, id, "accept", query)


def decline(call: Call, id: str, query: Trial) -> Reply:
    """The receiver does not want the points."""
    return _settle(call, id, "decline", query)


def withdraw(call: Call, id: str, query: Trial) -> Reply:
    """The sender takes the offer back."""
    return _settle(call, id, "withdraw", query)


def list_(call: Call, id: str, query: Page) -> Reply:
    """What a member sent and received, in the order in which it was made."""
    member = members.get(call.store, call.programme_id, ids.read("member", id))
    last = calls.after_id(query.cursor)
    found = transfers.of_member(call.store, member.account_id, after=last, most=query.limit)
    ends = calls.cursor(found[-1].id) if len(found) == query.limit else None
    return Reply(Transfers(_views(call, found), ends), next=ends)


def _settle(call: Call, id: str, deed: engine.Deed, query: Trial) -> Reply:
    bare = ids.read("transfer", id)
    outcome = calls.taken(
        engine.settle(
            programme_id=call.programme_id,
            transfer_id=bare,
            deed=deed,
            now=call.now,
            idempotency=call.idempotency(),
            dry_run=query.dry_run,
        )
    )
    found = transfers.one(call.store, call.programme_id, bare)
    if query.dry_run and not outcome.replayed:
        becomes = engine.STATES[outcome.activity.kind]
        found = msgspec.structs.replace(found, state=becomes, settled_at=call.now)
    return Reply(RecordedTransfer(_view(call, found), outcome.seq, query.dry_run), outcome.replayed)


def _tried(outcome: Outcome, call: Call) -> TransferView:
    """A transfer that was only tried: nothing of it can be read again."""
    facts, sent = outcome.activity.facts, outcome.decision.sent
    programme = programmes.lawbook(call.store, call.programme_id).current(call.now).programme
    policy, points = programme.unit(str(facts["unit"])).transfers, int(facts["points"])
    fee = policy.fee.of(points) if policy is not None and policy.fee is not None else 0
    return TransferView(
        ids.show("transfer", outcome.activity_id), views.whose(outcome), str(facts["to"]),
        str(facts["unit"]), points, sent[0].fee if sent else fee, "done" if sent else "offered",
        outcome.activity.source, outcome.activity.external_id, outcome.seq, call.now, None, call.now if sent else None,
    )  # fmt: skip


def _view(call: Call, one: Transfer) -> TransferView:
    return _views(call, [one])[0]


def _views(call: Call, found: Sequence[Transfer]) -> tuple[TransferView, ...]:
    """As of now; the journal knows who sent them to whom, and by which names they were told."""
    told = activities.named(call.store, call.programme_id, [one.id for one in found])
    return tuple([_transfer(one, told[one.id], call.now) for one in found])


def _transfer(one: Transfer, told: Recorded, now: datetime) -> TransferView:
    fact = told.activity
    return TransferView(
        ids.show("transfer", one.id), views.whose(told), str(fact.facts["to"]), one.unit, one.points, one.fee,
        one.as_of(now), fact.source, fact.external_id, one.seq, one.made_at, one.until, one.settled_at,
    )  # fmt: skip


_MOVING: Final = (
    members_law.MEMBER_UNKNOWN, members_law.MEMBER_NOT_ACTIVE, ids.ID_MALFORMED, desk.IDEMPOTENCY_CONFLICT,
    law.TRANSFERS_OFF, law.TRANSFER_LIMIT, law.TRANSFER_PAIR_LIMIT, ledger.INSUFFICIENT_POINTS,
    households.ROLE_MAY_NOT_SPEND,
)  # fmt: skip
_SETTLING: Final = (transfers.TRANSFER_UNKNOWN, law.TRANSFER_SETTLED, law.OFFER_LAPSED)
ROUTES: Final[tuple[Endpoint, ...]] = (
    Endpoint(
        "POST", "/v1/transfers", "transfers:write", send, "Send points to another member",
        RecordedTransfer, takes=NewTransfer, query=Trial, status=201,
        refuses=(
            *_MOVING, members_law.IDENTIFIER_INVALID, activities_law.ACTIVITY_INVALID, UNIT_UNKNOWN,
            ledger.POINTS_INVALID, law.TRANSFER_TO_SELF, law.TRANSFER_TOO_SMALL,
            members_law.ADDRESS_NEW,
            households.HOUSEHOLD_UNNAMED,
        ),
        idempotent=True, tag="Transfers",
        about="The points keep who earned them, who pays for them and when they expire, and count towards no tier. "
        "Where the programme wants acceptance this is an offer: nothing moves and nothing is reserved until the "
        "receiver accepts. The same transfer told again answers what it has become and moves nothing.",
    ),
    Endpoint(
        "GET", "/v1/transfers/{id}", "profiles:read", read, "Read a transfer",
        RecordedTransfer, refuses=(transfers.TRANSFER_UNKNOWN, ids.ID_MALFORMED), noun="transfer", tag="Transfers",
    ),
    Endpoint(
        "POST", "/v1/transfers/{id}/accept", "transfers:write", accept, "Accept an offer",
        RecordedTransfer, query=Trial,
        refuses=(*_SETTLING, *_MOVING, MEMBER_MERGED, members_law.ADDRESS_NEW, households.JOINED_SINCE),
        idempotent=True, noun="transfer",
        tag="Transfers",
        about="The points move now: under today's limits, out of what the sender has today, for the fee that was told. "
        "An offer to or by a member who has been merged since can only be put away.",
    ),
    Endpoint(
        "POST", "/v1/transfers/{id}/decline", "transfers:write", decline, "Decline an offer",
        RecordedTransfer, query=Trial,
        refuses=(*_SETTLING, ids.ID_MALFORMED, desk.IDEMPOTENCY_CONFLICT), idempotent=True, noun="transfer",
        tag="Transfers",
    ),
    Endpoint(
        "POST", "/v1/transfers/{id}/withdraw", "transfers:write", withdraw, "Withdraw an offer",
        RecordedTransfer, query=Trial,
        refuses=(*_SETTLING, ids.ID_MALFORMED, desk.IDEMPOTENCY_CONFLICT), idempotent=True, noun="transfer",
        tag="Transfers",
    ),
    Endpoint(
        "GET", "/v1/members/{id}/transfers", "profiles:read", list_, "List a member's transfers",
        Transfers, query=Page,
        refuses=(members_law.MEMBER_UNKNOWN, ids.ID_MALFORMED, calls.CURSOR_INVALID), noun="member", tag="Transfers",
    ),
)  # fmt: skip
