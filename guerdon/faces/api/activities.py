"""Activities: facts told to us, each answered with what was decided on it and why."""

import time
from typing import Annotated, Final, Literal

import msgspec
from msgspec import Meta

from guerdon.core import activities as activities_law
from guerdon.core import burns as burns_law
from guerdon.core import cards as cards_law
from guerdon.core import errors, ledger, limits, paying, redemptions, returns
from guerdon.core import households as households_law
from guerdon.core import members as members_law
from guerdon.core.activities import Activity
from guerdon.core.errors import Refusal
from guerdon.core.programme import UNIT_UNKNOWN
from guerdon.core.rights import Right
from guerdon.core.vouchers import GUESSES_TOO_MANY
from guerdon.engine import confirm, desk, earn, give_back, group_commit
from guerdon.engine.batch import Outcome, Told
from guerdon.engine.desk import Result
from guerdon.engine.once import once
from guerdon.faces import web
from guerdon.faces.api import calls, tenders, views
from guerdon.faces.api.balances import PostingView, posting
from guerdon.faces.api.calls import Call, Endpoint, Reply
from guerdon.faces.api.explained import Explainer
from guerdon.faces.api.months import Months
from guerdon.faces.api.views import RecordedActivity
from guerdon.faces.web import Problem
from guerdon.features.activities import queries as activities
from guerdon.features.activities import receipts
from guerdon.features.activities.actions import Idempotency
from guerdon.features.activities.queries import Recorded
from guerdon.features.ledger import moves
from guerdon.features.members import queries as members
from guerdon.insight import lives
from guerdon.insight.lives import Span
from guerdon.kit import gate, ids

FILTER_INVALID = errors.declare("invalid", "filter_invalid", "known")

_ALL: Final[Right] = "profiles:read"
ROUTE_OF_BATCH = "POST /v1/activities/batch"


class Telling(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How an activity is to be taken: `dry_run` writes nothing, `explain=full` also tells what each line got.

    It names the rules that gave nothing, too; its sentences come in the `language`, or in that of Accept-Language.
    `client` says for whom a shop shows codes of gift cards, so that one who guesses does not make all others wait.
    """

    dry_run: bool = False
    explain: Literal["short", "full"] = "short"
    language: calls.Language | None = None
    client: calls.Client | None = None


class Explaining(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`explain=full` tells what each line of the basket got, and every share of an award as a plain sentence.

    And every posting with its lots and the reason for it. Which rules were silent is told at the first telling alone:
    what the member was and had then is not kept.
    """

    explain: Literal["short", "full"] = "short"
    language: calls.Language | None = None


class Batch(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Up to 1,000 activities; each is recorded or refused by itself."""

    activities: Annotated[list[msgspec.Raw], Meta(min_length=1, max_length=limits.BATCH_MAX)]


class BatchResult(msgspec.Struct, frozen=True, omit_defaults=True):
    """What became of one activity of a batch: the answer a single request would have got, or its refusal."""

    status: int
    result: RecordedActivity | None = None
    problem: Problem | None = None


class BatchResults(msgspec.Struct, frozen=True):
    """The results in the order of the activities."""

    results: tuple[BatchResult, ...]
    recorded: int
    refused: int


class Listing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which activities: those that wait (`status=parked`), a member's, or the purchases of a receipt's number.

    Of a member's, `order=newest` begins with the latest and can be narrowed to one `kind`; `explain=full` tells what
    each moved and why, in the `language`, or in that of Accept-Language. An `external_id` is looked for in all sources
    at once, whoever's it is; `kind` says of what it is the number where it is of no purchase. `whole=true` tells of a
    person of a household what was before, too, and the household's since then.
    """

    external_id: Annotated[str, Meta(min_length=1, max_length=limits.IDENTIFIER_CHARS_MAX)] | None = None
    status: Literal["parked"] | None = None
    member: str | None = None
    own: bool = False
    whole: bool = False
    order: Literal["oldest", "newest"] = "oldest"
    kind: Annotated[str, Meta(min_length=1, max_length=limits.KEY_CHARS_MAX)] | None = None
    explain: Literal["short", "full"] = "short"
    language: calls.Language | None = None
    limit: calls.Limit = limits.PAGE_ROWS_DEFAULT
    cursor: str | None = None


class Activities(msgspec.Struct, frozen=True):
    """A page of activities."""

    activities: tuple[RecordedActivity, ...]
    next: str | None


async def record(call: Call, query: Telling, body: Activity) -> Reply:
    """Record one activity; whoever arrives meanwhile shares the transaction."""
    activities_law.check_source(body.source)
    obstacle = tenders.obstacle(call, query.client, [body])
    if obstacle is not None:
        raise obstacle
    told = Told(body, call.idempotency(body), query.explain == "full")
    if query.dry_run:
        result = earn.record_many(programme_id=call.programme_id, told=[told], now=call.now, dry_run=True)[0]
    else:
        result = await call.group.submit(call.programme_id, told)
    if isinstance(result, Refusal):
        raise result
    view = views.recorded(call.store, call.programme_id, result, language=_language(call, query), dry_run=query.dry_run)
    if query.dry_run:
        return Reply(view, result.replayed, status=200)
    return Reply(view, result.replayed, location="/v1/activities/" + view.activity.id)


def record_batch(call: Call, query: Telling, body: Batch) -> Reply:
    """Record many activities at once; one that is refused, even by the database, never harms its neighbours."""
    scope = call.idempotency(body)
    if scope is not None and not query.dry_run:
        _claim(call, scope)
    read = _allowed(call, query, [_read(raw) for raw in body.activities])
    told = [
        Told(one, _part(scope, place), query.explain == "full")
        for place, one in enumerate(read)
        if isinstance(one, Activity)
    ]
    outcomes = iter(_recorded(call, told, query.dry_run))
    found = [next(outcomes) if isinstance(one, Activity) else one for one in read]
    months = Months(call.store, call.programme_id)
    results = tuple(_result(call, one, query, months) for one in found)
    refused = sum(result.problem is not None for result in results)
    replayed = all(one.replayed for one in found if isinstance(one, Outcome | Refusal))
    return Reply(BatchResults(results, len(results) - refused, refused), replayed)


def read(call: Call, id: str, query: Explaining) -> Reply:
    """One activity with its decision."""
    found = activities.one(call.store, call.programme_id, ids.read("activity", id))
    back = activities.returns(call.store, [(found.account_id, found.activity_id)]).get(found.activity_id, [])
    returned_by = [one.return_id for one in back]
    language = _language(call, query)
    months = Months(call.store, call.programme_id)
    view = views.recorded(
        call.store, call.programme_id, found, language=language, months=months, returned_by=returned_by
    )
    if language is not None and found.decision.parked is None:
        lines = moves.of_entry(call.store, found.account_id, found.seq)
        why = Explainer(call.store, call.programme_id, language, months).lines(found.account_id, lines)
        view = msgspec.structs.replace(view, postings=tuple(posting(one, months, why[one.id]) for one in lines))
    return Reply(view)


def list_(call: Call, query: Listing) -> Reply:
    """The activities that wait, in the order they came, those of a member, in the order they were recorded, or those
    that have a number, the latest first."""
    if sum([query.status is not None, query.member is not None, query.external_id is not None]) != 1:
        raise FILTER_INVALID(known="status=parked, member, external_id")
    _check_right(call, query)
    if query.external_id is not None:
        return _called(call, query, query.external_id)
    newest = query.order == "newest"
    if query.kind is not None and not newest:
        raise FILTER_INVALID(known="kind with order=newest")
    seq = calls.after(query.cursor, tuple[int])[0] if query.cursor else limits.INT64_MAX if newest else 0
    if query.member is None:
        found = activities.parked(call.store, call.programme_id, seq=0 if newest else seq, most=query.limit)
    else:
        found = _of_member(call, query, ids.read("member", query.member), seq)
    ends = calls.cursor(found[-1].seq) if len(found) == query.limit else None
    months = Months(call.store, call.programme_id)
    language = _language(call, query)
    seen = [views.recorded(call.store, call.programme_id, one, language=language, months=months) for one in found]
    if language is not None and query.member is not None:
        seen = _with_postings(call, found, seen, language, months)
    return Reply(Activities(tuple(seen), ends), next=ends)


def _of_member(call: Call, query: Listing, asked: str, seq: int) -> list[Recorded]:
    """A page of a member's activities, of all accounts that are asked for. Raises `member_unknown`."""
    account = members.get(call.store, call.programme_id, asked).account_id
    spans = lives.of(call.store, call.programme_id, asked) if query.whole else (Span(account),)
    newest, found = query.order == "newest", list[Recorded]()
    for span in (Span(asked),) if query.own else spans:
        if newest:
            told = activities.newest(call.store, span.account_id, seq=seq, kind=query.kind or "", most=query.limit)
            found += [one for one in told if one.seq > span.after_seq]
        else:
            after = max(seq, span.after_seq)
            found += activities.of_account(call.store, span.account_id, seq=after, most=query.limit)
    return sorted(found, key=lambda one: one.seq, reverse=newest)[: query.limit]


def _check_right(call: Call, query: Listing) -> None:
    """Whoever may not read all about members is told receipts and last purchases. Raises `scope_missing`."""
    last = query.order == "newest" and query.kind == activities_law.PURCHASE and query.explain == "short"
    last = last and query.member is not None and query.cursor is None and query.limit <= limits.TILL_BOUGHT_MAX
    assert call.key is not None
    if query.external_id is None and not last and _ALL not in call.key.scopes:
        raise web.SCOPE_MISSING(scope=_ALL)


def _called(call: Call, query: Listing, name: str) -> Reply:
    """The activities of a number: one of each source at most, and all of them at once."""
    if query.cursor is not None:
        raise calls.CURSOR_INVALID()
    kind = query.kind or activities_law.PURCHASE
    found = receipts.called(call.store, call.programme_id, name, kind=kind, most=query.limit)
    months, language = Months(call.store, call.programme_id), _language(call, query)
    seen = [views.recorded(call.store, call.programme_id, one, language=language, months=months) for one in found]
    return Reply(Activities(tuple(seen), None))


def _with_postings(
    call: Call, found: list[Recorded], seen: list[RecordedActivity], language: str, months: Months
) -> list[RecordedActivity]:
    """Activities with all that each moved, explained; in a fixed number of statements for each account."""
    explainer = Explainer(call.store, call.programme_id, language, months)
    by_entry: dict[int, list[PostingView]] = {}
    for account in dict.fromkeys(one.account_id for one in found):
        lines = moves.of_entries(call.store, account, [one.seq for one in found if one.account_id == account])
        why = explainer.lines(account, lines)
        for one in lines:
            by_entry.setdefault(one.seq, []).append(posting(one, months, why[one.id]))
    return [msgspec.structs.replace(one, postings=tuple(by_entry.get(one.seq, ()))) for one in seen]


def _language(call: Call, query: Telling | Explaining | Listing) -> str | None:
    """In which language sentences are wanted; None where none are."""
    return (query.language or call.language) if query.explain == "full" else None


def _claim(call: Call, scope: Idempotency) -> None:
    """Take the key for this body before its parts are recorded, each under a key of its own.

    So two bodies under one key never mix, also when they come at once. Raises `idempotency_conflict`.
    """
    once(programme_id=call.programme_id, idempotency=scope, now=call.now, write=lambda _: "batch")


def _part(scope: Idempotency | None, place: int) -> Idempotency | None:
    """The key of one activity of the batch: the batch's, on a route of its own, numbered."""
    return scope and Idempotency(scope.credential, _route(scope), str(place), scope.digest)


def _route(scope: Idempotency) -> str:
    return f"{ROUTE_OF_BATCH} {scope.key}"


def _recorded(call: Call, told: list[Told], dry_run: bool) -> list[Result | Exception]:
    """Record a batch in steps, a transaction each; what is only tried out is tried as a whole."""
    step = len(told) if dry_run else limits.BATCH_STEP
    found: list[Result | Exception] = []
    for start in range(0, len(told), max(1, step)):
        part = told[start : start + step]
        found += group_commit.record_each(programme_id=call.programme_id, told=part, now=call.now, dry_run=dry_run)
        time.sleep(0)  # whoever waits for the one writer of SQLite gets a turn
    return found


def _allowed(call: Call, query: Telling, read: list[Activity | Refusal]) -> list[Activity | Refusal]:
    """What was read; what shows gift cards is refused where that may not be taken in."""
    obstacle = tenders.obstacle(call, query.client, [one for one in read if isinstance(one, Activity)])
    if obstacle is None:
        return read
    return [obstacle if isinstance(one, Activity) and tenders.shows_card(one) else one for one in read]


def _read(raw: msgspec.Raw) -> Activity | Refusal:
    try:
        found = msgspec.json.decode(raw, type=Activity)
        activities_law.check_source(found.source)
        return found
    except Refusal as refusal:
        return refusal
    except msgspec.ValidationError as error:
        return web.misfit(error, body=raw, kind=Activity)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        return gate.malformed(error)


def _result(call: Call, one: Outcome | Refusal | Exception, query: Telling, months: Months) -> BatchResult:
    if isinstance(one, Outcome):
        language = _language(call, query)
        view = views.recorded(
            call.store, call.programme_id, one, language=language, dry_run=query.dry_run, months=months
        )
        return BatchResult(200 if query.dry_run else 201, result=view)
    refusal = one if isinstance(one, Refusal) else calls.broken(one, call)
    told = call.problem(refusal)
    return BatchResult(told.status, problem=told)


_TOLD: Final = (
    members_law.MEMBER_UNKNOWN, members_law.MEMBER_NOT_ACTIVE, members_law.IDENTIFIER_INVALID, ids.ID_MALFORMED,
    desk.IDEMPOTENCY_CONFLICT, activities_law.ACTIVITY_INVALID, activities_law.ACTIVITY_KIND_UNKNOWN,
    activities_law.ACTIVITY_IN_FUTURE, activities_law.ACTIVITY_BEFORE_PROGRAMME, activities_law.CURRENCY_UNKNOWN,
    activities_law.RETURN_UNNAMED, returns.ALREADY_RETURNED, returns.RETURN_TOO_MUCH, returns.RETURN_LINE_UNKNOWN,
    returns.RETURN_CURRENCY, returns.NOTHING_RETURNED,
    returns.PURCHASE_UNKNOWN, give_back.RETURN_OF_ANOTHER, confirm.PURCHASE_OF_ANOTHER, ledger.AWARD_TOO_LARGE,
    households_law.HOUSEHOLD_UNNAMED, households_law.ROLE_MAY_NOT_SPEND, burns_law.BURN_UNKNOWN,
    redemptions.OF_REDEMPTION, burns_law.BURN_BOUND, burns_law.BURN_SPENT,
    burns_law.BURN_CANCELLED, burns_law.BURN_TOO_SMALL, cards_law.GIFT_CARD_UNKNOWN,
    cards_law.GIFT_CARD_SHORT, GUESSES_TOO_MANY,
    UNIT_UNKNOWN, ledger.INSUFFICIENT_POINTS, paying.PAYS_NOTHING, paying.PAYS_TOO_LITTLE,
    paying.PAYS_IN_STEPS, paying.PAYS_TOO_MUCH,
)  # fmt: skip
_OF_MEMBER: Final = (members_law.MEMBER_UNKNOWN, ids.ID_MALFORMED)
ROUTES: Final[tuple[Endpoint, ...]] = (
    Endpoint(
        "POST", "/v1/activities", "activities:write", record, "Record an activity",
        RecordedActivity, takes=Activity, query=Telling, status=201, refuses=_TOLD, hot=True,
        idempotent=True, tag="Activities",
        about="A purchase, a return, a visit … becomes points at once. The same activity told again, today or next "
        "year, answers what it answered first and writes nothing; where it says something else now, `differs` points "
        "to it. With `dry_run=true` it answers 200 and nothing is kept.",
    ),
    Endpoint(
        "POST", "/v1/activities/batch", "activities:write", record_batch, "Record up to 1,000 activities",
        BatchResults, takes=Batch, query=Telling,
        refuses=(desk.IDEMPOTENCY_CONFLICT,), idempotent=True, tag="Activities",
        about="Each activity is recorded or refused by itself, in the order given; the answer is 200 and holds the "
        "status each would have got alone.",
    ),
    Endpoint(
        "GET", "/v1/activities/{id}", "activities:read", read, "Read an activity",
        RecordedActivity, query=Explaining,
        refuses=(activities.ACTIVITY_UNKNOWN, ids.ID_MALFORMED), noun="activity", tag="Activities",
    ),
    Endpoint(
        "GET", "/v1/activities", "activities:read", list_, "List parked activities, a member's, or a receipt's",
        Activities, query=Listing,
        about="Exactly one of `status=parked`, `member` and `external_id` is given. The number of a receipt leads to "
        "its purchase and with it to its member, in whatever source: by the directory of numbers, however long the "
        "history. Without `profiles:read` a key is told receipts and the last five purchases of a member: "
        "`kind=purchase`, `order=newest`, `limit=5`.",
        refuses=(FILTER_INVALID, calls.CURSOR_INVALID, *_OF_MEMBER), tag="Activities",
    ),
)  # fmt: skip
