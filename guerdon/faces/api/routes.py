"""The one visible table of the API: every address, the right it needs, what it takes, what it answers."""

from typing import Final

from guerdon.core import activities as activities_law
from guerdon.core import burns as burns_law
from guerdon.core import households as households_law
from guerdon.core import ledger, returns
from guerdon.core import members as members_law
from guerdon.core.activities import Activity
from guerdon.engine import confirm, desk, enrolment, give_back
from guerdon.faces.api import (
    activities,
    adjustments,
    balances,
    burns,
    calls,
    clock,
    closings,
    donations,
    expirations,
    health,
    holds,
    households,
    members,
    merges,
    programme,
    rates,
    reminders,
    seals,
    tiers,
    transfers,
)
from guerdon.faces.api.calls import Endpoint
from guerdon.faces.api.views import RecordedActivity
from guerdon.features.activities import queries as activities_queries
from guerdon.features.programmes import queries as programmes
from guerdon.kit import ids

_TOLD: Final = (
    members_law.MEMBER_UNKNOWN, members_law.MEMBER_NOT_ACTIVE, members_law.IDENTIFIER_INVALID, ids.ID_MALFORMED,
    desk.IDEMPOTENCY_CONFLICT, activities_law.ACTIVITY_INVALID, activities_law.ACTIVITY_KIND_UNKNOWN,
    activities_law.ACTIVITY_IN_FUTURE, activities_law.ACTIVITY_BEFORE_PROGRAMME, activities_law.CURRENCY_UNKNOWN,
    activities_law.RETURN_UNNAMED, returns.ALREADY_RETURNED, returns.RETURN_TOO_MUCH, returns.RETURN_LINE_UNKNOWN,
    returns.RETURN_CURRENCY, returns.NOTHING_RETURNED,
    returns.PURCHASE_UNKNOWN, give_back.RETURN_OF_ANOTHER, confirm.PURCHASE_OF_ANOTHER, ledger.AWARD_TOO_LARGE,
    households_law.HOUSEHOLD_UNNAMED, burns_law.BURN_UNKNOWN,
)  # fmt: skip
_NAMED: Final = (
    members_law.IDENTIFIER_TAKEN, members_law.IDENTIFIER_INVALID, members_law.MEMBER_INVALID,
)  # fmt: skip
_OF_MEMBER: Final = (members_law.MEMBER_UNKNOWN, ids.ID_MALFORMED)

ROUTES: Final[tuple[Endpoint, ...]] = (
    Endpoint(
        "POST", "/v1/activities", "activities:write", activities.record, "Record an activity",
        RecordedActivity, takes=Activity, query=activities.Telling, status=201, refuses=_TOLD, hot=True,
        idempotent=True, tag="Activities",
        about="A purchase, a return, a visit … becomes points at once. The same activity told again, today or next "
        "year, answers what it answered first and writes nothing; where it says something else now, `differs` points "
        "to it. With `dry_run=true` it answers 200 and nothing is kept.",
    ),
    Endpoint(
        "POST", "/v1/activities/batch", "activities:write", activities.record_batch, "Record up to 1,000 activities",
        activities.BatchResults, takes=activities.Batch, query=activities.Telling,
        refuses=(desk.IDEMPOTENCY_CONFLICT,), idempotent=True, tag="Activities",
        about="Each activity is recorded or refused by itself, in the order given; the answer is 200 and holds the "
        "status each would have got alone.",
    ),
    Endpoint(
        "GET", "/v1/activities/{id}", "activities:read", activities.read, "Read an activity",
        RecordedActivity, query=activities.Explaining,
        refuses=(activities_queries.ACTIVITY_UNKNOWN, ids.ID_MALFORMED), noun="activity", tag="Activities",
    ),
    Endpoint(
        "GET", "/v1/activities", "activities:read", activities.list_, "List parked activities, or a member's",
        activities.Activities, query=activities.Listing,
        refuses=(activities.FILTER_INVALID, calls.CURSOR_INVALID, *_OF_MEMBER), tag="Activities",
    ),
    Endpoint(
        "POST", "/v1/members", "members:write", members.enrol, "Enrol a member",
        members.MemberView, takes=members.NewMember, status=201, refuses=(*_NAMED, desk.IDEMPOTENCY_CONFLICT),
        idempotent=True, etag=True, tag="Members",
    ),
    Endpoint(
        "GET", "/v1/members", "members:read", members.list_, "List members, or find one by an identifier",
        members.Members, query=members.Search,
        refuses=(activities.FILTER_INVALID, calls.CURSOR_INVALID, members_law.IDENTIFIER_INVALID), tag="Members",
    ),
    Endpoint(
        "GET", "/v1/members/{id}", "members:read", members.read, "Read a member",
        members.MemberView, refuses=_OF_MEMBER, noun="member", etag=True, tag="Members",
    ),
    Endpoint(
        "PATCH", "/v1/members/{id}", "members:write", members.change, "Change a member",
        members.MemberView, takes=enrolment.MemberChange,
        refuses=(*_OF_MEMBER, *_NAMED, enrolment.ETAG_OUTDATED, members.ETAG_MISSING, members.ETAG_INVALID),
        noun="member", etag=True, tag="Members",
        about="The header If-Match must hold the ETag of the state that was read, or `*`. What the body leaves out "
        "stays; null forgets a field (RFC 7396); lists are replaced.",
    ),
    Endpoint(
        "GET", "/v1/members/{id}/balances", "members:read", balances.read, "Read a member's balances",
        balances.Balances, refuses=_OF_MEMBER, hot=True, noun="member", tag="Balances",
        about="As of this instant, whether or not the nightly run has been.",
    ),
    Endpoint(
        "GET", "/v1/members/{id}/lots", "members:read", balances.list_lots, "List a member's lots",
        balances.Lots, query=balances.LotPage, refuses=(*_OF_MEMBER, calls.CURSOR_INVALID), noun="member",
        tag="Balances",
    ),
    Endpoint(
        "GET", "/v1/members/{id}/statement", "members:read", balances.read_statement, "Read a member's statement",
        balances.Statement, query=balances.StatementPage, refuses=(*_OF_MEMBER, calls.CURSOR_INVALID),
        noun="member", tag="Balances",
        about="Every posting, oldest first. With `after_seq` only what came later, to keep a copy up to date.",
    ),
    *merges.ROUTES,
    *adjustments.ROUTES,
    *burns.ROUTES,
    *holds.ROUTES,
    *transfers.ROUTES,
    *donations.ROUTES,
    *tiers.ROUTES,
    *households.ROUTES,
    Endpoint(
        "GET", "/v1/programme", "programme:read", programme.read, "Read the programme in force",
        programme.ProgrammeView, query=programme.InLanguage, refuses=(programmes.PROGRAMME_UNPUBLISHED,),
        tag="Programme",
    ),
    Endpoint(
        "GET", "/v1/programme/versions", "programme:read", programme.list_versions, "List the programme's versions",
        programme.Versions, tag="Programme",
    ),
    Endpoint(
        "GET", "/v1/programme/versions/{number}", "programme:read", programme.read_version, "Read a version",
        programme.ProgrammeView, query=programme.InLanguage, refuses=(programmes.VERSION_UNKNOWN,), tag="Programme",
    ),
    *clock.ROUTES,
    *closings.ROUTES,
    *expirations.ROUTES,
    *rates.ROUTES,
    *seals.ROUTES,
    *reminders.ROUTES,
    Endpoint(
        "GET", "/healthz", "public", health.alive, "Is the process alive?", health.Alive, hot=True, tag="Health",
    ),
    Endpoint(
        "GET", "/readyz", "public", health.ready, "Is the server ready?", health.Ready, tag="Health",
        about="With the durability settings that are really in force.",
    ),
)  # fmt: skip
