"""Claims as they are shown: to clerks with all that there is, to members without what is ours alone."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Literal

import msgspec

from guerdon.core import claims as law
from guerdon.core import sentences
from guerdon.core.claims import Claim, Deed, Kind, State, Step, Told
from guerdon.core.money import Money
from guerdon.core.programme import Programme
from guerdon.engine import showing
from guerdon.engine.adjust import ADJUSTMENT
from guerdon.faces import words
from guerdon.faces.api.calls import Call
from guerdon.faces.api.programme import named
from guerdon.features.activities import queries as activities
from guerdon.features.claims import queries
from guerdon.features.claims.queries import Photo
from guerdon.features.ledger import queries as ledger
from guerdon.features.members import queries as members
from guerdon.features.programmes import queries as programmes
from guerdon.kit import ids


class ClaimView(msgspec.Struct, frozen=True):
    """A claim as clerks see it in a list."""

    id: str
    member: str
    kind: Kind
    state: State
    priority: int
    due_at: datetime
    overdue: bool
    opened_at: datetime
    opened_by: str
    assigned_to: str | None
    answered_at: datetime | None
    settled_at: datetime | None
    reopened: bool
    granted: str | None


class ClaimStep(msgspec.Struct, frozen=True, omit_defaults=True):
    """One step of a claim, with what was said."""

    number: int
    deed: Deed
    state: State
    at: datetime
    actor: str
    reason: str = ""
    text: str = ""
    photos: tuple[str, ...] = ()


class ToldView(msgspec.Struct, frozen=True):
    """What the member told of the purchase; all null once it was erased."""

    store: str | None
    day: date | None
    amount: Money | None
    receipt: str | None


class ClaimDetail(msgspec.Struct, frozen=True):
    """A claim with everything: what was told, every step, and other claims about the same receipt."""

    claim: ClaimView
    told: ToldView
    steps: tuple[ClaimStep, ...]
    twins: tuple[str, ...]


class Claims(msgspec.Struct, frozen=True):
    """A page of claims."""

    claims: tuple[ClaimView, ...]
    next: str | None


class CountedClaims(msgspec.Struct, frozen=True):
    """How many claims are in a state."""

    state: State
    claims: int
    overdue: int


class ClaimCounts(msgspec.Struct, frozen=True):
    """How many claims are not settled, by state; a state without any is left out."""

    counts: tuple[CountedClaims, ...]


class ReadyAnswer(msgspec.Struct, frozen=True):
    """An answer that is ready, filled in for a claim."""

    key: str
    name: str
    text: str


class Answers(msgspec.Struct, frozen=True):
    """The answers that are ready."""

    answers: tuple[ReadyAnswer, ...]


class OwnStep(msgspec.Struct, frozen=True, omit_defaults=True):
    """One step of a claim as its member sees it."""

    deed: Deed
    by: Literal["member", "us"]
    at: datetime
    reason: str = ""
    text: str = ""
    photos: tuple[str, ...] = ()


class OwnClaim(msgspec.Struct, frozen=True):
    """A claim as its member sees it."""

    id: str
    kind: Kind
    state: State
    opened_at: datetime
    due_at: datetime
    settled_at: datetime | None
    reopened: bool
    told: ToldView
    steps: tuple[OwnStep, ...]


class MemberClaims(msgspec.Struct, frozen=True):
    """A page of a member's claims."""

    claims: tuple[OwnClaim, ...]
    next: str | None


def claim(call: Call, one: Claim) -> ClaimView:
    """One claim."""
    return claims(call, [one])[0]


def claims(call: Call, found: Sequence[Claim]) -> tuple[ClaimView, ...]:
    """Claims, in two statements however many."""
    leads = members.leads(call.store, sorted({one.account_id for one in found})) if found else {}
    entries = [one.entry_id for one in found if one.entry_id is not None]
    recorded = activities.named(call.store, call.programme_id, entries) if entries else {}

    def granted(one: Claim) -> str | None:
        if one.entry_id is None:
            return None
        entry = recorded.get(one.entry_id)
        goodwill = entry is None or entry.activity.kind == ADJUSTMENT  # one that waits is not in the journal yet
        return ids.show("adjustment" if goodwill else "activity", one.entry_id)

    return tuple(
        [
            ClaimView(
                id=ids.show("claim", one.id),
                member=ids.show("member", leads[one.account_id].id),
                kind=one.kind,
                state=one.state,
                priority=one.priority,
                due_at=one.due_at,
                overdue=one.overdue(call.now),
                opened_at=one.opened_at,
                opened_by=one.opened_by,
                assigned_to=one.assigned_to,
                answered_at=one.answered_at,
                settled_at=one.settled_at,
                reopened=bool(one.reopened),
                granted=granted(one),
            )
            for one in found
        ]
    )


def detail(call: Call, one: Claim) -> ClaimDetail:
    """A claim with everything that clerks may see."""
    steps = queries.steps(call.store, [one])[one.id]
    told = queries.told(call.store, [one]).get(one.id, {})
    photos = queries.photos(call.store, [one])[one.id]
    twins = [ids.show("claim", twin) for twin in queries.twins(call.store, one)]
    shown = [
        ClaimStep(
            each.number, each.deed, each.state, each.at, each.actor, each.reason, _text(told, each),
            _with(each, photos),
        )
        for each in steps
    ]  # fmt: skip
    return ClaimDetail(claim(call, one), _told(call, told.get(1)), tuple(shown), tuple(twins))


def own(call: Call, found: Sequence[Claim]) -> tuple[OwnClaim, ...]:
    """A member's claims, in as many statements however many."""
    steps, told = queries.steps(call.store, found), queries.told(call.store, found)
    photos = queries.photos(call.store, found)
    return tuple([_own(call, one, steps[one.id], told.get(one.id, {}), photos[one.id]) for one in found])


def _with(step: Step, photos: Sequence[Photo]) -> tuple[str, ...]:
    """The hashes of the photos that came with a step."""
    return tuple([one.hash for one in photos if one.number == step.number])


def _own(call: Call, one: Claim, steps: list[Step], told: dict[int, Told], photos: Sequence[Photo]) -> OwnClaim:
    shown = [
        OwnStep(
            each.deed, "member" if each.deed in law.MEMBERS else "us", each.at,
            each.reason if each.deed in law.REASONED else "", _text(told, each), _with(each, photos),
        )
        for each in steps
        if each.deed in law.SHOWN
    ]  # fmt: skip
    return OwnClaim(
        ids.show("claim", one.id), one.kind, one.state, one.opened_at, one.due_at, one.settled_at, bool(one.reopened),
        _told(call, told.get(1)), tuple(shown),
    )  # fmt: skip


def answers(call: Call, one: Claim) -> tuple[ReadyAnswer, ...]:
    """The answers that are ready, filled in for the claim."""
    programme = _programme(call)
    language, facts = _facts(call, one, programme)
    return tuple(
        [
            ReadyAnswer(
                key,
                named(each.name, programme, call.language),
                law.filled(named(each.text, programme, language), facts),
            )
            for key, each in programme.support.answers.items()
        ]
    )


def answer(call: Call, one: Claim, key: str) -> str:
    """The text of one of them. Raises `answer_unknown`."""
    programme = _programme(call)
    found = programme.support.answer(key)
    language, facts = _facts(call, one, programme)
    return law.filled(named(found.text, programme, language), facts)


def _facts(call: Call, one: Claim, programme: Programme) -> tuple[str, dict[str, str]]:
    """The member's language, and what the answers may ask for: the points of the first unit that can be spent."""
    row = members.get(call.store, call.programme_id, one.account_id)
    person = showing.persons(call.store, call.programme_id, [row.id], call.looker, now=call.now).get(row.id)
    language = (person.language if person is not None else None) or call.language
    unit = next((each for each in programme.units.values() if each.spendable), None)
    name = (person.name if person is not None else None) or words.say("claims.called_member", language)
    facts = {"claim": _called(call, one, language), "name": name}
    if unit is not None:
        amounts = ledger.balances(call.store, row.account_id, call.now)
        points = sum(each.available for each in amounts if each.unit == unit.code)
        facts["points"] = sentences.tongue(language).number(points, unit.scale)
    return language, facts


def _called(call: Call, one: Claim, language: str) -> str:
    """What the member knows the claim by: the receipt that it is about, else its kind."""
    told = queries.told(call.store, [one]).get(one.id, {}).get(1)
    if told is not None and told.receipt:
        return words.say("claims.called_receipt", language, receipt=told.receipt)
    return words.say(f"claims.called_{one.kind}", language)


def _programme(call: Call) -> Programme:
    return programmes.latest(call.store, call.programme_id).current(call.now).programme


def _text(told: dict[int, Told], one: Step) -> str:
    return told[one.number].text if one.number in told else ""


def _told(call: Call, told: Told | None) -> ToldView:
    one = told or Told()
    amount = None if one.amount is None else Money(one.amount, _programme(call).currency)
    return ToldView(one.store, one.day, amount, one.receipt)
