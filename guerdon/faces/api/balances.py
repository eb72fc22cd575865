"""What a member has, as of now: balances, lots, and every posting that led there."""

from datetime import datetime
from typing import Annotated, Final, Literal

import msgspec
from msgspec import Meta

from guerdon.core import limits
from guerdon.core import members as members_law
from guerdon.core.errors import Refusal
from guerdon.core.money import Money
from guerdon.core.programme import Programme
from guerdon.core.vesting import WAITING
from guerdon.faces.api import calls, waiting
from guerdon.faces.api.calls import Call, Endpoint, Reply
from guerdon.faces.api.explained import Explainer, Explanation
from guerdon.faces.api.months import Months
from guerdon.features.ledger import queries as ledger
from guerdon.features.ledger.queries import Amounts, DueLine, LotLine, StatementLine
from guerdon.features.members import queries as members
from guerdon.features.programmes import queries as programmes
from guerdon.insight import lives
from guerdon.insight.lives import Span
from guerdon.kit import ids


class BalanceView(msgspec.Struct, frozen=True):
    """What a member has in a unit, in its smallest steps: 125 at a scale of 1 are 12.5 points.

    `available` can be spent now, `pending` later, `held` is reserved, `debt` is repaid by what comes next. `worth` is
    what the available points buy.
    """

    unit: str
    scale: int
    available: int
    pending: int
    held: int
    debt: int
    worth: Money | None


class Balances(msgspec.Struct, frozen=True):
    """The balances of a member at an instant, whether or not the nightly run has been.

    Of a person of a household they are the household's.
    """

    member: str
    as_of: datetime
    balances: tuple[BalanceView, ...]
    household: str | None


class LotView(msgspec.Struct, frozen=True):
    """The points of one award, with their own life; `origin` is the activity that earned them.

    What has expired, or vested into a debt, is gone from `remaining`, whether or not the nightly run has been.
    """

    id: str
    unit: str
    origin: str
    funder: str | None
    amount: int
    remaining: int
    held: int
    earned_at: datetime
    available_at: datetime | None
    expires_at: datetime | None
    awaits: str | None
    cancels_at: datetime | None


class Lots(msgspec.Struct, frozen=True):
    """A page of lots."""

    lots: tuple[LotView, ...]
    next: str | None


class LotPage(calls.Page, frozen=True, forbid_unknown_fields=True):
    """Which lots: those with points left, or with `spent=true` all there ever were."""

    spent: bool = False


class PostingView(msgspec.Struct, frozen=True, omit_defaults=True):
    """One line of the statement; `points` is signed, `balance` is what there was after it.

    Where `booked` is false, time has done it already and the nightly run will write it down: until then it has neither
    `id`, `seq`, `activity`, `posted_at` nor `accounting_month`. What counts in a month that was closed before it came
    belongs to the first open one, and is `prior_period`. `explanation` is there where it was asked for, `person` where
    the account is a household's.
    """

    id: str | None
    seq: int | None
    unit: str
    kind: str
    points: int
    balance: int
    activity: str | None
    effective_at: datetime
    posted_at: datetime | None
    booked: bool
    accounting_month: str | None
    prior_period: bool
    explanation: Explanation | None = None
    person: str | None = None


class Statement(msgspec.Struct, frozen=True):
    """A page of the statement, oldest first; after the last posting the lines that are not booked yet.

    Newest first, those lines come before all others.
    """

    postings: tuple[PostingView, ...]
    next: str | None


class StatementPage(calls.Page, frozen=True, forbid_unknown_fields=True):
    """Which postings: those after a sequence number, for callers who keep a copy up to date.

    `explain=full` tells why each is there, in the `language`, or in that of Accept-Language. `order=newest` begins with
    the latest. `whole=true` tells of a person of a household the own account from before, too, and the household's
    since then.
    """

    after_seq: Annotated[int, Meta(ge=0, le=limits.INT64_MAX)] = 0
    own: bool = False
    whole: bool = False
    person: str | None = None
    explain: Literal["short", "full"] = "short"
    language: calls.Language | None = None
    order: Literal["oldest", "newest"] = "oldest"


async def read(call: Call, id: str) -> Reply:
    """What a member has in every unit; whoever asks meanwhile shares the statement."""
    found = await call.reads.submit(call.programme_id, ids.read("member", id))
    if isinstance(found, Refusal):
        raise found
    book = programmes.lawbook(call.store, call.programme_id, versions=found.versions)
    programme = book.current(found.as_of).programme
    known = {one.unit: one for one in found.amounts}
    rows = tuple([_balance(programme, known.get(code) or Amounts(code, 0, 0, 0, 0, 0)) for code in programme.units])
    household = None if found.household_id is None else ids.show("member", found.household_id)
    return Reply(Balances(id, found.as_of, rows, household))


def list_lots(call: Call, id: str, query: LotPage) -> Reply:
    """The lots of a member, in the order they were made."""
    member = members.get(call.store, call.programme_id, ids.read("member", id))
    last = calls.after_id(query.cursor)
    account, most = member.account_id, query.limit
    found = ledger.account_lots(call.store, account, call.now, after=last, most=most, spent_too=query.spent)
    ends = calls.cursor(found[-1].id) if len(found) == query.limit else None
    awaits = waiting.awaited(call.store, call.programme_id, found)
    return Reply(Lots(tuple(_lot(one, awaits.get(one.id)) for one in found), ends), next=ends)


def read_statement(call: Call, id: str, query: StatementPage) -> Reply:
    """The postings of a member, oldest first, and what time has done since; those of the very id where so asked."""
    newest = query.order == "newest"
    start = (limits.INT64_MAX, limits.INT64_MAX) if newest else (query.after_seq, limits.INT64_MAX)
    if query.cursor is not None:
        start = calls.after(query.cursor, tuple[int, int])
    found: list[tuple[StatementLine, str]] = []  # each with its account
    due: list[DueLine] = []
    for span in _spans(call, ids.read("member", id), query):
        lines, waits = _lines(call, span, query, *start)
        found += [(one, span.account_id) for one in lines]
        due += waits
    found.sort(key=lambda one: (one[0].seq, one[0].part), reverse=newest)
    page = found[: query.limit]
    ends = calls.cursor(page[-1][0].seq, page[-1][0].part) if len(page) == query.limit else None
    if not newest and ends is not None:
        due = []  # they come after the last page
    months = Months(call.store, call.programme_id)
    explainer = None
    why: dict[str, Explanation] = {}
    if query.explain == "full":
        explainer = Explainer(call.store, call.programme_id, query.language or call.language, months)
        written = page[::-1] if newest else page  # in the order in which they were written
        for account in dict.fromkeys(account for _, account in page):
            why |= explainer.lines(account, [one for one, whose in written if whose == account])
    booked = [posting(one, months, why.get(one.id)) for one, _ in page]
    waiting_for = [_due(one, explainer.due(one) if explainer is not None else None) for one in due]
    told = [*waiting_for, *booked] if newest else [*booked, *waiting_for]
    return Reply(Statement(tuple(told), ends), next=ends)


def _spans(call: Call, asked: str, query: StatementPage) -> tuple[Span, ...]:
    """Which accounts are told, and since when. Raises `member_unknown`."""
    member = members.get(call.store, call.programme_id, asked)
    if query.own:
        return (Span(asked),)
    return lives.of(call.store, call.programme_id, asked) if query.whole else (Span(member.account_id),)


def _lines(
    call: Call, span: Span, query: StatementPage, seq: int, part: int
) -> tuple[list[StatementLine], list[DueLine]]:
    """A page of what of an account is told, after (seq, part), or before where the newest come first."""
    newest = query.order == "newest"
    least = max(query.after_seq, span.after_seq)
    if not newest and seq < least:
        seq, part = least, limits.INT64_MAX
    person = None if query.person is None else ids.read("member", query.person)
    found, due = ledger.statement(
        call.store, span.account_id, call.now, seq=seq, part=part, most=query.limit, person_id=person, newest=newest,
        due=query.cursor is None,
    )  # fmt: skip
    return [one for one in found if one.seq > least], due


def _balance(programme: Programme, amounts: Amounts) -> BalanceView:
    unit = programme.units[amounts.unit]
    worth = None
    if unit.worth is not None:
        worth = Money(amounts.available * unit.worth.amount // unit.worth.points, programme.currency)
    return BalanceView(amounts.unit, unit.scale, amounts.available, amounts.pending, amounts.held, amounts.debt, worth)


def _lot(one: LotLine, awaits: str | None) -> LotView:
    waits = one.available_at == WAITING
    return LotView(
        ids.show("lot", one.id), one.unit, ids.show("activity", one.origin), one.funder, one.amount, one.remaining,
        one.held, one.earned_at, None if waits else one.available_at, one.expires_at, awaits,
        one.expires_at if waits else None,
    )  # fmt: skip


def posting(one: StatementLine, months: Months, explanation: Explanation | None = None) -> PostingView:
    """A posting as callers see it."""
    place = months.place(seq=one.seq, effective_at=one.effective_at, posted_at=one.posted_at)
    return PostingView(
        ids.show("posting", one.id), one.seq, one.unit, one.kind, one.points, one.balance,
        ids.show("activity", one.activity_id), one.effective_at, one.posted_at, True,
        place.month, place.late, explanation,
        None if one.person_id is None else ids.show("member", one.person_id),
    )  # fmt: skip


def _due(one: DueLine, explanation: Explanation | None = None) -> PostingView:
    amounts = (one.unit, one.kind, one.points, one.balance)
    return PostingView(None, None, *amounts, None, one.effective_at, None, False, None, False, explanation)


_OF_MEMBER: Final = (members_law.MEMBER_UNKNOWN, ids.ID_MALFORMED)
ROUTES: Final[tuple[Endpoint, ...]] = (
    Endpoint(
        "GET", "/v1/members/{id}/balances", "members:read", read, "Read a member's balances",
        Balances, refuses=_OF_MEMBER, hot=True, noun="member", tag="Balances",
        about="As of this instant, whether or not the nightly run has been.",
    ),
    Endpoint(
        "GET", "/v1/members/{id}/lots", "profiles:read", list_lots, "List a member's lots",
        Lots, query=LotPage, refuses=(*_OF_MEMBER, calls.CURSOR_INVALID), noun="member",
        tag="Balances",
    ),
    Endpoint(
        "GET", "/v1/members/{id}/statement", "profiles:read", read_statement, "Read a member's statement",
        Statement, query=StatementPage, refuses=(*_OF_MEMBER, calls.CURSOR_INVALID),
        noun="member", tag="Balances",
        about="Every posting, oldest or newest first. With `after_seq` only what came later, for whoever keeps a copy.",
    ),
)  # fmt: skip
