"""Tiers: the ladders there are, where a member stands and what lifts or keeps it, grants by hand, drafts tried out."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Annotated, Final

import msgspec
from msgspec import Meta

from guerdon.core import activities as activities_law
from guerdon.core import errors, limits, period
from guerdon.core import ladders as law
from guerdon.core import members as members_law
from guerdon.core.activities import Member
from guerdon.core.errors import Refusal
from guerdon.core.ladders import Benefit, BenefitKind, Ladder, Level, Window
from guerdon.core.programme import Programme
from guerdon.core.tiers import GRANT_INVALID, Cause, GrantKind
from guerdon.engine import desk, grants, showing
from guerdon.engine.batch import Outcome
from guerdon.faces.api import views
from guerdon.faces.api.calls import Call, Endpoint, ExternalId, Reply, Source, Trial
from guerdon.faces.api.programme import InLanguage, named
from guerdon.features.activities import queries as activities
from guerdon.features.activities.queries import Recorded
from guerdon.features.members import queries as members
from guerdon.features.programmes import forms
from guerdon.features.programmes import queries as programmes
from guerdon.features.tiers.queries import GrantRow
from guerdon.insight import tiers as insight
from guerdon.kit import ids

DRAFT_INVALID = errors.declare("invalid", "draft_invalid", "pointer", "problem")
MISTAKES_TOLD_MAX: Final = 20

YEAR_MIN: Final = 1900  # before that nobody was a member
_DIFFERING: Final = {
    "/member": "/member", "/facts/tier": "/tier", "/facts/kind": "/kind", "/facts/last_day": "/last_day",
    "/facts/reason": "/reason",
}  # fmt: skip


class BenefitView(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a tier gives by itself."""

    key: str
    kind: BenefitKind
    name: str
    percent: str | None = None
    hours: int | None = None
    tickets: int | None = None


class TierView(msgspec.Struct, frozen=True):
    """One tier of a ladder; `threshold` is in the ladder's smallest steps, null where nobody earns it."""

    key: str
    name: str
    threshold: int | None
    invitation_only: bool
    benefits: tuple[BenefitView, ...]


class LadderView(msgspec.Struct, frozen=True):
    """A ladder, its tiers from the lowest on; what it counts is a unit's points, money spent, or visits."""

    key: str
    name: str
    points: str | None
    spend: bool
    visits: tuple[str, ...]
    window: Window
    tiers: tuple[TierView, ...]


class Ladders(msgspec.Struct, frozen=True):
    """The ladders of the programme in force."""

    ladders: tuple[LadderView, ...]


class AsOf(InLanguage, frozen=True, forbid_unknown_fields=True):
    """As of which instant; now where it is left out."""

    at: datetime | None = None


class Next(msgspec.Struct, frozen=True):
    """What lifts the member: the next tier that can be earned, and what of the basis is missing for it."""

    tier: str
    threshold: int
    missing: int
    last_day: date | None


class Keep(msgspec.Struct, frozen=True):
    """What keeps the tier: what is still missing, and the last day on which it counts."""

    missing: int
    last_day: date


class TierInterval(msgspec.Struct, frozen=True):
    """From `since` until `until` the member had earned the tier; intervals meet, and do not overlap."""

    tier: str | None
    since: datetime
    until: datetime | None
    cause: Cause | None


class Standing(msgspec.Struct, frozen=True):
    """Where a member stands on one ladder: the tier earned or granted, whichever is higher."""

    ladder: str
    tier: str | None
    name: str | None
    earned: str | None
    counted: int
    next: Next | None
    keep: Keep | None
    review_at: datetime | None
    at_risk_until: datetime | None
    benefits: tuple[BenefitView, ...]
    history: tuple[TierInterval, ...]


class GrantView(msgspec.Struct, frozen=True, omit_defaults=True):
    """A tier given by hand, until the end of its last day."""

    id: str
    member: str
    ladder: str
    tier: str
    kind: GrantKind
    since: datetime
    last_day: date
    reason: str
    actor: str
    seq: int
    ended_at: datetime | None = None


class MemberTiers(msgspec.Struct, frozen=True):
    """All ladders of a member as of an instant, and everything that was granted."""

    member: str
    at: datetime
    ladders: tuple[Standing, ...]
    grants: tuple[GrantView, ...]


class NewGrant(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A tier to give by hand; (source, external_id) names it for ever."""

    member: Member
    tier: str
    last_day: date
    reason: Annotated[str, Meta(min_length=1, max_length=limits.NAME_CHARS_MAX)]
    external_id: ExternalId
    kind: GrantKind = "manual"
    source: Source = "api"


class RecordedGrant(msgspec.Struct, frozen=True, omit_defaults=True):
    """A grant, and the number the journal reached."""

    grant: GrantView
    seq: int
    dry_run: bool = False
    differs: tuple[str, ...] = ()


class Draft(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A programme file that nobody has published yet."""

    file: Annotated[str, Meta(min_length=1, max_length=limits.PROGRAMME_BYTES_MAX)]


class Moved(msgspec.Struct, frozen=True):
    """A member who would move; whoever has told no name, or was erased, has none."""

    id: str
    name: str | None


class Migration(msgspec.Struct, frozen=True):
    """How many members would move on a ladder, from where to where, and the first of them."""

    ladder: str
    when: str
    before: str | None
    after: str | None
    count: int
    members: tuple[Moved, ...]


class Preview(msgspec.Struct, frozen=True):
    """What a draft would do to everybody's tiers; nothing has been written."""

    members: int
    moves: tuple[Migration, ...]
    uncounted: tuple[str, ...]


def list_(call: Call, query: InLanguage) -> Reply:
    """The ladders and what each tier asks and gives."""
    programme = programmes.latest(call.store, call.programme_id).current(call.now).programme
    language = query.language or call.language
    return Reply(Ladders(tuple([_ladder(one, programme, language) for one in programme.tiers])))


def read(call: Call, id: str, query: AsOf) -> Reply:
    """Where a member stands, what lifts it, what keeps it and by when; and how it came there."""
    in_force = programmes.latest(call.store, call.programme_id).current(call.now)
    member = members.get(call.store, call.programme_id, ids.read("member", id))
    if query.at is not None and not YEAR_MIN <= query.at.year <= limits.YEAR_MAX:
        raise activities_law.ACTIVITY_INVALID(pointer="/at", reason="out_of_range")
    at = (query.at or call.now).astimezone(UTC)
    found, given = insight.of_member(call.store, in_force, member, at)
    language = query.language or call.language
    standings = tuple([_standing(one, in_force.programme, language) for one in found])
    shown = ids.show("member", member.id)
    return Reply(MemberTiers(shown, at, standings, tuple([_grant(one, shown, in_force.programme) for one in given])))


def grant(call: Call, query: Trial, body: NewGrant) -> Reply:
    """Give a tier by hand until the end of a day; what is earned meanwhile counts beside it."""
    assert call.key is not None
    wanted = grants.Granting(
        member=body.member,
        tier=body.tier,
        kind=body.kind,
        last_day=body.last_day,
        reason=body.reason,
        actor=call.doer,
        source=body.source,
        external_id=body.external_id,
        idempotency=call.idempotency(body),
    )
    (result,) = grants.grant_many(programme_id=call.programme_id, grants=[wanted], now=call.now, dry_run=query.dry_run)
    if isinstance(result, Refusal):
        raise result
    view = _recorded(call, result, dry_run=query.dry_run)
    if query.dry_run:
        return Reply(view, result.replayed, status=200)
    return Reply(view, result.replayed, location=f"/v1/tiers/grants/{view.grant.id}")


def read_grant(call: Call, id: str) -> Reply:
    """One grant."""
    found = activities.find(call.store, call.programme_id, ids.read("grant", id), grants.KIND)
    if found is None:
        raise grants.GRANT_UNKNOWN(id=id[:60])
    return Reply(_recorded(call, found))


def preview(call: Call, body: Draft) -> Reply:
    """Who would move under a draft, from where to where, from what members have really done."""
    reading = forms.read(body.file)
    if reading.programme is None:
        raise DRAFT_INVALID(pointer="/file", problem="; ".join(map(str, reading.errors[:MISTAKES_TOLD_MAX])))
    found = insight.preview(call.programme_id, reading.programme, now=call.now, most=limits.PREVIEWED_MEMBERS_MAX)
    first = sorted({id for one in found.moves for id in one.members})
    known = showing.persons(call.store, call.programme_id, first, call.looker, now=call.now)
    names = {id: person.name for id, person in known.items()}
    moves = [
        Migration(
            one.ladder, one.when, one.before, one.after, one.count,
            tuple([Moved(ids.show("member", id), names.get(id) or None) for id in one.members]),
        )
        for one in found.moves
    ]  # fmt: skip
    return Reply(Preview(found.members, tuple(moves), found.uncounted))


def _ladder(one: Ladder, programme: Programme, language: str) -> LadderView:
    basis = one.basis
    tiers = tuple([_tier(level, programme, language) for level in one.levels])
    name = named(one.name, programme, language)
    return LadderView(one.key, name, basis.points, basis.spend, basis.visits, one.window, tiers)


def _tier(level: Level, programme: Programme, language: str) -> TierView:
    name = named(level.name, programme, language)
    return TierView(
        level.key, name, level.threshold, level.invitation_only, benefits_of(level.benefits, programme, language)
    )


def benefits_of(benefits: Sequence[Benefit], programme: Programme, language: str) -> tuple[BenefitView, ...]:
    """What a tier or a plan gives by itself."""
    return tuple(
        BenefitView(
            one.key, one.kind, named(one.name, programme, language),
            None if one.percent is None else f"{one.percent // 100}.{one.percent % 100:02}", one.hours, one.tickets,
        )
        for one in benefits
    )  # fmt: skip


def _standing(one: insight.Climb, programme: Programme, language: str) -> Standing:
    ladder, progress = one.ladder, one.progress
    level = ladder.levels[ladder.place(one.tier)] if one.tier is not None else None
    above = ladder.levels[ladder.place(progress.next)] if progress.next is not None else None
    keeps = progress.keep is not None and progress.keep_by is not None
    return Standing(
        ladder=ladder.key,
        tier=one.tier,
        name=named(level.name, programme, language) if level is not None else None,
        earned=progress.level,
        counted=progress.counted,
        next=Next(above.key, above.threshold or 0, progress.missing, progress.next_by) if above is not None else None,
        keep=Keep(progress.keep or 0, progress.keep_by) if keeps and progress.keep_by is not None else None,
        review_at=progress.review_at,
        at_risk_until=progress.grace_until,
        benefits=benefits_of(level.benefits, programme, language) if level is not None else (),
        history=tuple([TierInterval(each.tier, each.since, each.until, each.cause) for each in one.history]),
    )


def _grant(row: GrantRow, member: str, programme: Programme) -> GrantView:
    one = row.grant
    last = period.local_day(one.until, programme.zone) - timedelta(days=1)
    return GrantView(
        ids.show("grant", row.id), member, one.ladder, one.level, one.kind, one.since, last, one.reason, one.actor,
        row.seq, one.ended_at,
    )  # fmt: skip


def _recorded(call: Call, one: Outcome | Recorded, *, dry_run: bool = False) -> RecordedGrant:
    facts = one.activity.facts
    programme = programmes.lawbook(call.store, call.programme_id).law(one.decision.version).programme
    tier = str(facts["tier"])
    view = GrantView(
        id=ids.show("grant", one.activity_id),
        member=views.whose(one),
        ladder=programme.ladder_of(tier).key,
        tier=tier,
        kind=facts["kind"],  # type: ignore[arg-type] # one of its words, as it was taken in
        since=one.activity.occurred_at,
        last_day=date.fromisoformat(str(facts["last_day"])),
        reason=str(facts["reason"]),
        actor=str(facts["actor"]),
        seq=one.seq,
    )
    told = one.differs if isinstance(one, Outcome) else ()
    return RecordedGrant(view, one.seq, dry_run, tuple(_DIFFERING[place] for place in told if place in _DIFFERING))


ROUTES: Final[tuple[Endpoint, ...]] = (
    Endpoint(
        "GET", "/v1/tiers", "programme:read", list_, "List ladders and their tiers", Ladders, query=InLanguage,
        refuses=(programmes.PROGRAMME_UNPUBLISHED,), tag="Tiers",
    ),
    Endpoint(
        "GET", "/v1/members/{id}/tiers", "members:read", read, "Read a member's tiers", MemberTiers, query=AsOf,
        refuses=(
            members_law.MEMBER_UNKNOWN, ids.ID_MALFORMED, programmes.PROGRAMME_UNPUBLISHED,
            activities_law.ACTIVITY_INVALID,
        ),
        noun="member", tag="Tiers",
        about="What the member has, what gets the next tier, what keeps this one, and by when; as of now or any other "
        "instant, whether or not the nightly run has been. Amounts are in the smallest steps of what the ladder "
        "counts.",
    ),
    Endpoint(
        "POST", "/v1/tiers/grants", "adjustments:write", grant, "Give a tier by hand", RecordedGrant, takes=NewGrant,
        query=Trial, status=201,
        refuses=(
            members_law.MEMBER_UNKNOWN, members_law.MEMBER_NOT_ACTIVE, members_law.IDENTIFIER_INVALID,
            ids.ID_MALFORMED, activities_law.ACTIVITY_INVALID, desk.IDEMPOTENCY_CONFLICT, law.TIER_UNKNOWN,
            GRANT_INVALID,
        ),
        idempotent=True, tag="Tiers",
        about="A status match, an invitation, or any other reason; it has an end, a reason, and the key's name as its "
        "actor. Told again it does nothing more.",
    ),
    Endpoint(
        "GET", "/v1/tiers/grants/{id}", "profiles:read", read_grant, "Read a grant", RecordedGrant,
        refuses=(grants.GRANT_UNKNOWN, ids.ID_MALFORMED), noun="grant", tag="Tiers",
    ),
    Endpoint(
        "POST", "/v1/tiers/preview", "profiles:read", preview, "Try a draft on everybody's tiers", Preview, takes=Draft,
        refuses=(
            DRAFT_INVALID, programmes.PROGRAMME_UNPUBLISHED, programmes.PROGRAMME_KEY_CHANGED,
            insight.PREVIEW_TOO_LARGE,
        ),
        chars_max=limits.PROGRAMME_BYTES_MAX, tag="Tiers",
        about="Before thresholds change: who would move up at once, and who would come down at the next review with "
        "what there is so far. It reads every member and writes nothing; of more than "
        f"{limits.PREVIEWED_MEMBERS_MAX:,} members `guerdon tiers preview` tells the same.",
    ),
)  # fmt: skip
