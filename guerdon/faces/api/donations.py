"""Donations: points that members give to a cause, and what each cause has been given."""

from datetime import datetime
from typing import Final

import msgspec

from guerdon.core import activities as activities_law
from guerdon.core import errors, households, ledger
from guerdon.core import members as members_law
from guerdon.core import transfers as law
from guerdon.core.activities import Member
from guerdon.core.errors import Refusal
from guerdon.core.programme import UNIT_UNKNOWN
from guerdon.engine import desk, donate
from guerdon.engine.batch import Outcome
from guerdon.faces.api import views
from guerdon.faces.api.calls import Call, Endpoint, ExternalId, Reply, Source, Trial
from guerdon.faces.api.programme import InLanguage, named
from guerdon.features.activities import queries as activities
from guerdon.features.activities.queries import Recorded
from guerdon.features.programmes import queries as programmes
from guerdon.features.transfers import queries as transfers
from guerdon.kit import ids

DONATION_UNKNOWN = errors.declare("unknown", "donation_unknown", "id")

# What a repeated donation may say otherwise, by its place in the journal; when always differs.
_DIFFERING: Final = {
    "/member": "/member", "/facts/cause": "/cause", "/facts/unit": "/unit", "/facts/points": "/points",
}  # fmt: skip


class NewDonation(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """Points to give, in the unit's smallest steps; (source, external_id) names it for ever."""

    member: Member
    cause: str
    unit: str
    points: int
    external_id: ExternalId
    source: Source = "api"


class DonationView(msgspec.Struct, frozen=True):
    """A donation as it stands in the journal."""

    id: str
    member: str
    cause: str
    unit: str
    points: int
    source: str
    external_id: str
    seq: int
    recorded_at: datetime


class RecordedDonation(msgspec.Struct, frozen=True, omit_defaults=True):
    """A donation, and the number the journal reached."""

    donation: DonationView
    seq: int
    dry_run: bool = False
    differs: tuple[str, ...] = ()


class Given(msgspec.Struct, frozen=True):
    """What all members together have given in a unit, in its smallest steps."""

    unit: str
    points: int
    donations: int


class CauseView(msgspec.Struct, frozen=True):
    """A cause; `open` says whether the programme in force still has it."""

    key: str
    name: str
    open: bool
    given: tuple[Given, ...]


class Causes(msgspec.Struct, frozen=True):
    """All causes the programme has or had."""

    causes: tuple[CauseView, ...]


def give(call: Call, query: Trial, body: NewDonation) -> Reply:
    """Give points to a cause; never below zero."""
    wanted = donate.Donation(
        member=body.member,
        cause=body.cause,
        unit=body.unit,
        points=body.points,
        source=body.source,
        external_id=body.external_id,
        idempotency=call.idempotency(body),
    )
    (result,) = donate.donate_many(
        programme_id=call.programme_id, donations=[wanted], now=call.now, dry_run=query.dry_run
    )
    if isinstance(result, Refusal):
        raise result
    view = _view(result, dry_run=query.dry_run)
    if query.dry_run:
        return Reply(view, result.replayed, status=200)
    return Reply(view, result.replayed, location=f"/v1/donations/{view.donation.id}")


def read(call: Call, id: str) -> Reply:
    """One donation."""
    found = activities.find(call.store, call.programme_id, ids.read("donation", id), donate.KIND)
    if found is None:
        raise DONATION_UNKNOWN(id=id[:60])
    return Reply(_view(found))


def list_causes(call: Call, query: InLanguage) -> Reply:
    """What each cause has been given, from totals that are kept as it is given."""
    programme = programmes.latest(call.store, call.programme_id).current(call.now).programme
    given: dict[str, list[Given]] = {key: [] for key in programme.causes}
    for one in transfers.causes(call.store, call.programme_id):
        if one.donations or one.cause in programme.causes:
            given.setdefault(one.cause, []).append(Given(one.unit, one.points, one.donations))
    language = query.language or call.language
    names = {key: named(cause.name, programme, language) for key, cause in programme.causes.items()}
    return Reply(Causes(tuple(
        CauseView(key, names.get(key, key), key in programme.causes, tuple(totals)) for key, totals in given.items()
    )))  # fmt: skip


def _view(one: Outcome | Recorded, *, dry_run: bool = False) -> RecordedDonation:
    told, facts = one.activity, one.activity.facts
    view = DonationView(
        id=ids.show("donation", one.activity_id),
        member=views.whose(one),
        cause=str(facts["cause"]),
        unit=str(facts["unit"]),
        points=int(facts["points"]),
        source=told.source,
        external_id=told.external_id,
        seq=one.seq,
        recorded_at=one.recorded_at,
    )
    told_otherwise = one.differs if isinstance(one, Outcome) else ()
    differs = tuple(_DIFFERING[pointer] for pointer in told_otherwise if pointer in _DIFFERING)
    return RecordedDonation(view, one.seq, dry_run, differs)


ROUTES: Final[tuple[Endpoint, ...]] = (
    Endpoint(
        "POST", "/v1/donations", "transfers:write", give, "Give points to a cause",
        RecordedDonation, takes=NewDonation, query=Trial, status=201,
        refuses=(
            members_law.MEMBER_UNKNOWN, members_law.MEMBER_NOT_ACTIVE, members_law.IDENTIFIER_INVALID,
            ids.ID_MALFORMED, activities_law.ACTIVITY_INVALID, desk.IDEMPOTENCY_CONFLICT, UNIT_UNKNOWN,
            law.CAUSE_UNKNOWN, ledger.INSUFFICIENT_POINTS, ledger.POINTS_INVALID, ledger.UNIT_NOT_SPENDABLE,
            households.ROLE_MAY_NOT_SPEND, households.HOUSEHOLD_UNNAMED, members_law.ADDRESS_NEW,
        ),
        idempotent=True, tag="Donations",
        about="First expiring first. The same donation told again answers what it answered first and gives nothing "
        "more; where it says something else now, `differs` points to it.",
    ),
    Endpoint(
        "GET", "/v1/donations/{id}", "profiles:read", read, "Read a donation",
        RecordedDonation, refuses=(DONATION_UNKNOWN, ids.ID_MALFORMED), noun="donation", tag="Donations",
    ),
    Endpoint(
        "GET", "/v1/programme/causes", "programme:read", list_causes, "List causes and what they were given",
        Causes, query=InLanguage, refuses=(programmes.PROGRAMME_UNPUBLISHED,), tag="Donations",
    ),
)  # fmt: skip
