"""Sample baskets tried on a draft or on what is published, how rules meet, and the programme told in plain words."""

import difflib
from datetime import datetime
from typing import Annotated, Final, Literal

import msgspec
from msgspec import Meta

from guerdon.core import activities as activities_law
from guerdon.core import conflicts as conflicts_law
from guerdon.core import limits, samples, sentences
from guerdon.core import members as members_law
from guerdon.core.activities import Activity, FactValue, Line, Member, Tender
from guerdon.core.decisions import Capped, Silent
from guerdon.core.law import Law
from guerdon.core.period import Period
from guerdon.core.programme import Programme
from guerdon.core.sentences import of_conflicts, summaries
from guerdon.engine import desk
from guerdon.engine import drafts as engine
from guerdon.faces import called
from guerdon.faces.api import calls, views
from guerdon.faces.api.calls import Call, Endpoint, Reply
from guerdon.faces.api.programme import InLanguage
from guerdon.features.drafts.queries import DRAFT_UNKNOWN
from guerdon.features.members import queries as members
from guerdon.features.programmes import queries as programmes
from guerdon.insight import trials
from guerdon.insight.trials import Trial
from guerdon.kit import ids
from guerdon.kit.store import Store

_SOURCE: Final = "trial"


class SampleTender(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a part of a sample basket is paid, in minor units."""

    kind: str
    amount: Annotated[int, Meta(ge=0, le=limits.MONEY_MAX)]


class SamplePerson(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A member who is nobody: what they are, have and did so far."""

    segments: tuple[str, ...] = ()
    attributes: dict[str, FactValue] = {}
    tiers: tuple[str, ...] = ()
    memberships: tuple[str, ...] = ()
    birthday_month: Annotated[int, Meta(ge=1, le=12)] | None = None
    did: dict[str, Annotated[int, Meta(ge=0, le=limits.QUANTITY_MAX)]] = {}


class Sample(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A sample activity of a sample member, or of a real one; nothing of it is kept."""

    kind: str = activities_law.PURCHASE
    occurred_at: datetime | None = None
    amount: int | None = None
    lines: tuple[Line, ...] = ()
    tenders: tuple[SampleTender, ...] = ()
    currency: str | None = None
    channel: str | None = None
    store: str | None = None
    partner: str | None = None
    facts: dict[str, FactValue] = {}
    member: Member | None = None
    sample: SamplePerson | None = None


class TrialSide(msgspec.Struct, frozen=True):
    """What one law gives for the sample: every point with its arithmetic, and why other rules stay silent."""

    version: int | None
    awards: tuple[views.AwardView, ...]
    capped: tuple[Capped, ...]
    vouchers: tuple[str, ...]
    parked: str | None
    silent: tuple[Silent, ...]
    sentences: tuple[str, ...]


class UnitCompared(msgspec.Struct, frozen=True):
    """What both laws give of one unit."""

    unit: str
    points: int
    published: int


class TrialView(msgspec.Struct, frozen=True):
    """What a draft would give for the sample, beside what the published programme gives."""

    tried: TrialSide
    published: TrialSide
    compared: tuple[UnitCompared, ...]


class RuleFinding(msgspec.Struct, frozen=True):
    """What is to be said of one rule."""

    rule: str
    kind: str
    verdict: str
    sentence: str


class PairFinding(msgspec.Struct, frozen=True):
    """How two rules meet."""

    first: str
    second: str
    kind: str
    verdict: str
    units: tuple[str, ...]
    sentence: str


class ConflictsView(msgspec.Struct, frozen=True):
    """How the rules of a programme meet, as of now."""

    rules: tuple[RuleFinding, ...]
    pairs: tuple[PairFinding, ...]
    left_off: int


class SummaryQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """For whom, and in which language."""

    audience: Literal["member", "manager"] = "member"
    language: calls.Language | None = None


class SummaryParagraph(msgspec.Struct, frozen=True):
    """One sentence, and the key of what it tells."""

    sentence: str
    of: str | None


class SummarySection(msgspec.Struct, frozen=True):
    """What there is to say under one heading."""

    topic: str
    heading: str
    paragraphs: tuple[SummaryParagraph, ...]


class SummaryView(msgspec.Struct, frozen=True):
    """The programme in plain words."""

    sections: tuple[SummarySection, ...]


class DiffQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """With which version to compare; the one before where nothing is said."""

    against: Annotated[int, Meta(ge=1)] | None = None
    language: calls.Language | None = None


class DiffView(msgspec.Struct, frozen=True):
    """What a version changes: in plain words, and line by line of its file."""

    number: int
    against: int
    sentences: tuple[str, ...]
    lines: tuple[str, ...]


def try_draft(call: Call, id: str, query: InLanguage, body: Sample) -> Reply:
    """Try a sample on a draft, beside what is published."""
    checked = engine.check(call.store, call.programme_id, ids.read("draft", id))
    return Reply(_tried(call, Law(checked.programme, checked.newest + 1), body, query, draft=True))


def try_published(call: Call, query: InLanguage, body: Sample) -> Reply:
    """Try a sample on what is published."""
    book = programmes.latest(call.store, call.programme_id)
    law = book.current(body.occurred_at or call.now)
    return Reply(_tried(call, law, body, query, draft=False))


def of_draft(call: Call, id: str, query: InLanguage) -> Reply:
    """How the rules of a draft meet."""
    checked = engine.check(call.store, call.programme_id, ids.read("draft", id))
    return Reply(_conflicts(checked.programme, call, query.language or call.language))


def of_published(call: Call, query: InLanguage) -> Reply:
    """How the rules in force meet."""
    programme = programmes.latest(call.store, call.programme_id).current(call.now).programme
    return Reply(_conflicts(programme, call, query.language or call.language))


def summary(call: Call, query: SummaryQuery) -> Reply:
    """The programme in force under headings; members are told nothing of rules that are over."""
    programme = programmes.latest(call.store, call.programme_id).current(call.now).programme
    if query.audience == "member":
        programme = summaries.current(programme, Period(call.now))
    else:  # how the house calls its segments is not for members
        programme = called.speaking(call.store, call.programme_id, programme)
    found = sentences.summary(programme, query.language or call.language, audience=query.audience)
    return Reply(
        SummaryView(
            tuple(
                SummarySection(
                    one.topic, one.heading, tuple(SummaryParagraph(each.sentence, each.of) for each in one.paragraphs)
                )
                for one in found
            )
        )
    )


def diff(call: Call, number: str, query: DiffQuery) -> Reply:
    """What a version changes of another one."""
    book = programmes.latest(call.store, call.programme_id)
    wanted = int(number) if number.isascii() and number.isdigit() and len(number) < 10 else 0
    against = max(1, wanted - 1) if query.against is None else query.against
    before, after = book.law(against), book.law(wanted)
    language = query.language or call.language
    said = called.between(call.store, call.programme_id, before.programme, after.programme, language)
    one, other = (engine.source_of(book.versions[law.version - 1]).splitlines() for law in (before, after))
    lines = difflib.unified_diff(one, other, f"version {against}", f"version {wanted}", lineterm="")
    return Reply(DiffView(wanted, against, said, tuple(lines)))


def _tried(call: Call, law: Law, body: Sample, query: InLanguage, *, draft: bool) -> TrialView:
    return tried(
        call.store, call.programme_id, law, body, language=query.language or call.language, now=call.now, draft=draft
    )


def tried(
    at_hand: Store, programme_id: str, law: Law, body: Sample, *, language: str, now: datetime, draft: bool
) -> TrialView:
    """What a law gives for the sample, beside what is published. Raises `member_unknown` and the refusals of the kind,
    the facts and the money of the sample."""
    member = None
    if body.member is not None:
        kind, value = desk.name_of(body.member)
        found = value if kind == "id" else members.find(at_hand, programme_id, kind, value)
        if found is None:
            raise members_law.MEMBER_UNKNOWN(kind=kind)
        member = members.get(at_hand, programme_id, found)
    at = body.occurred_at or now
    if at.tzinfo is None:
        raise activities_law.ACTIVITY_INVALID(pointer="/occurred_at", reason="zone_missing")
    told = Activity(
        kind=body.kind, source=_SOURCE, external_id=_SOURCE, occurred_at=at, member=body.member or Member(),
        currency=body.currency, amount=body.amount, lines=body.lines,
        tenders=tuple(Tender(one.kind, one.amount) for one in body.tenders), channel=body.channel, store=body.store,
        partner=body.partner, facts=body.facts,
    )  # fmt: skip
    sample = samples.SampleMember(**msgspec.structs.asdict(body.sample)) if body.sample is not None else None
    published = programmes.latest(at_hand, programme_id).current(at)
    sides = [
        trials.of(at_hand, programme_id, one, told, member=member, sample=sample, now=now) for one in (law, published)
    ]
    totals = [one.decision.awarded() for one in sides]
    compared = tuple(
        UnitCompared(unit, totals[0].get(unit, 0), totals[1].get(unit, 0))
        for unit in dict.fromkeys((*totals[0], *totals[1]))
    )
    return TrialView(_side(sides[0], language, draft=draft), _side(sides[1], language, draft=False), compared)


def _side(one: Trial, language: str, *, draft: bool) -> TrialSide:
    decision = one.decision
    said = views.sentences_of(one.law, decision, one.silent, language)
    issued = tuple(each.voucher for each in decision.issued)
    version = None if draft or decision.parked is not None else one.law.version
    view = views.decided(msgspec.structs.replace(decision, issued=()))
    return TrialSide(version, view.awards, view.capped, issued, decision.parked, one.silent, said)


def _conflicts(programme: Programme, call: Call, language: str) -> ConflictsView:
    found, tongue = conflicts_law.report(programme, call.now), sentences.tongue(language)
    return ConflictsView(
        tuple(
            RuleFinding(one.rule, one.kind, one.verdict, of_conflicts.alone(one, programme, tongue))
            for one in found.rules
        ),
        tuple(
            PairFinding(
                one.first, one.second, one.kind, one.verdict, one.units, of_conflicts.pair(one, programme, tongue)
            )
            for one in found.pairs
        ),
        found.left_off,
    )


_OF_DRAFT: Final = (DRAFT_UNKNOWN, ids.ID_MALFORMED, programmes.PROGRAMME_UNPUBLISHED)
_OF_SAMPLE: Final = (
    members_law.MEMBER_UNKNOWN, members_law.IDENTIFIER_INVALID, ids.ID_MALFORMED, programmes.PROGRAMME_UNPUBLISHED,
    activities_law.ACTIVITY_INVALID, activities_law.ACTIVITY_KIND_UNKNOWN, activities_law.ACTIVITY_IN_FUTURE,
    activities_law.CURRENCY_UNKNOWN,
)  # fmt: skip
ROUTES: Final[tuple[Endpoint, ...]] = (
    Endpoint(
        "POST", "/v1/programme/drafts/{id}/try", "rules:read", try_draft, "Try a sample on a draft", TrialView,
        takes=Sample, query=InLanguage, refuses=(*_OF_SAMPLE, DRAFT_UNKNOWN), noun="draft", tag="Programme",
        about="What it would give, with the arithmetic of every point, which rules stay silent and why, and what the "
        "published programme gives for the same. Of a real `member` or a `sample` of one; nothing is written.",
    ),
    Endpoint(
        "POST", "/v1/programme/try", "rules:read", try_published, "Try a sample on what is published", TrialView,
        takes=Sample, query=InLanguage, refuses=_OF_SAMPLE, tag="Programme",
    ),
    Endpoint(
        "GET", "/v1/programme/drafts/{id}/conflicts", "rules:read", of_draft, "Look how the rules of a draft meet",
        ConflictsView, query=InLanguage, refuses=_OF_DRAFT, noun="draft", tag="Programme",
    ),
    Endpoint(
        "GET", "/v1/programme/conflicts", "rules:read", of_published, "Look how the rules meet", ConflictsView,
        query=InLanguage, refuses=(programmes.PROGRAMME_UNPUBLISHED,), tag="Programme",
        about="Which rules can never fire, which exclude each other, which always come together, which limits always "
        "cut or never do. What is `certain` holds for every activity; of what is `possible` nothing speaks against it.",
    ),
    Endpoint(
        "GET", "/v1/programme/summary", "rules:read", summary, "Read the programme in plain words", SummaryView,
        query=SummaryQuery, refuses=(programmes.PROGRAMME_UNPUBLISHED,), tag="Programme",
        about="Under headings: for members what they need to know, for managers everything.",
    ),
    Endpoint(
        "GET", "/v1/programme/versions/{number}/diff", "rules:read", diff, "Compare a version with another",
        DiffView, query=DiffQuery, refuses=(programmes.VERSION_UNKNOWN,), tag="Programme",
    ),
)  # fmt: skip
