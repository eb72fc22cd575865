"""The law of claims: what members claim or ask, what becomes of it, and who says the next word by when."""

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Final, Literal

import msgspec

from guerdon.core import errors, limits

CLAIM_UNKNOWN = errors.declare("unknown", "claim_unknown", "id")
CLAIM_INVALID = errors.declare("invalid", "claim_invalid", "pointer", "reason")
CLAIM_STATE = errors.declare("clash", "claim_state", "state")
CLAIMS_OPEN = errors.declare("spent", "claims_open", "open", "most")
CLAIMS_TODAY = errors.declare("spent", "claims_today", "most")
CLAIM_OVER = errors.declare("spent", "claim_over", "most", "what")
CLAIM_REOPENED = errors.declare("clash", "claim_reopened")
CLAIM_TOO_OLD = errors.declare("spent", "claim_too_old", "until")
PURCHASE_KNOWN = errors.declare("clash", "purchase_known", "fact", "member")
ANSWER_UNKNOWN = errors.declare("unknown", "answer_unknown", "answer", "known")

Kind = Literal["missing_points", "question", "complaint"]
State = Literal[
    "open", "waiting_for_us", "waiting_for_member", "waiting_for_approval", "granted", "refused", "closed", "withdrawn"
]
# What is done about a claim: `ask` and `note` are words of ours, `reply` is the member's, `request` asks for approval.
Deed = Literal[
    "open", "reply", "ask", "note", "assign", "grant", "request", "approve", "reject", "refuse", "close", "withdraw",
    "reopen",
]  # fmt: skip

LIVE: Final[tuple[State, ...]] = ("open", "waiting_for_us", "waiting_for_member", "waiting_for_approval")
OURS: Final[tuple[State, ...]] = ("open", "waiting_for_us")  # the next word is ours
SOURCE: Final = "claims"  # of goodwill; its external id is that of the claim, and how often it was reopened
_WORKED: Final[tuple[State, ...]] = ("open", "waiting_for_us", "waiting_for_member")
_ALL: Final[tuple[State, ...]] = (*LIVE, "granted", "refused", "closed", "withdrawn")


def _to(state: State, *before: State) -> dict[State, State]:
    return dict.fromkeys(before, state)


# From which state each deed leads to which; what is not here is refused.
WAYS: Final[dict[Deed, dict[State, State]]] = {
    "open": {},
    "reply": {state: state for state in LIVE} | _to("waiting_for_us", "waiting_for_member"),
    "ask": _to("waiting_for_member", *_WORKED) | _to("waiting_for_approval", "waiting_for_approval"),
    "note": {state: state for state in _ALL},
    "assign": {state: state for state in LIVE},
    "grant": _to("granted", *_WORKED),
    "request": _to("waiting_for_approval", *_WORKED),
    "approve": _to("granted", "waiting_for_approval"),
    "reject": _to("waiting_for_us", "waiting_for_approval"),
    "refuse": _to("refused", *_WORKED),
    "close": _to("closed", *_WORKED),
    "withdraw": _to("withdrawn", *_WORKED),
    "reopen": _to("waiting_for_us", "granted", "refused", "closed"),
}
SAYS: Final[tuple[Deed, ...]] = ("open", "reply", "ask", "note")  # what has words
SHOWN: Final[tuple[Deed, ...]] = tuple(deed for deed in WAYS if deed not in ("note", "assign"))  # to the member
MEMBERS: Final[tuple[Deed, ...]] = ("open", "reply", "withdraw", "reopen")  # what the member does
GIVEN: Final[tuple[Deed, ...]] = ("grant", "request")  # of which the reason is one of adjustments by hand
REASONED: Final[tuple[Deed, ...]] = ("refuse", "close")  # of which the member sees the reason
_FIRST_WORDS: Final[tuple[Deed, ...]] = ("ask", "grant", "approve", "refuse", "close")
_OURS_AGAIN: Final[tuple[Deed, ...]] = ("reply", "reject", "reopen")
_PLACE: Final = re.compile(r"\{([^{}]*)\}")
PLACES: Final = ("name", "points", "claim")  # what a ready answer may ask for


class Attention(msgspec.Struct, frozen=True):
    """How soon members of a tier are answered: 1 is the highest priority."""

    priority: int
    answer_hours: int | None = None


class Answer(msgspec.Struct, frozen=True):
    """An answer that is ready: its name for clerks, its text for members, in each language."""

    name: dict[str, str]
    text: dict[str, str]


class Support(msgspec.Struct, frozen=True):
    """What a programme promises about claims."""

    answer_hours: int = 48
    tiers: dict[str, Attention] = {}
    reopen_days: int = 14
    answers: dict[str, Answer] = {}

    def attention(self, tiers: Iterable[str]) -> tuple[int, int]:
        """The priority of whoever has these tiers, and within how many hours they are answered: the best of each."""
        found = [self.tiers[tier] for tier in tiers if tier in self.tiers]
        hours = [one.answer_hours for one in found if one.answer_hours is not None]
        return min([one.priority for one in found], default=limits.CLAIM_PRIORITY_LAST), min(
            [*hours, self.answer_hours]
        )

    def answer(self, key: str) -> Answer:
        """A ready answer. Raises `answer_unknown`."""
        found = self.answers.get(key)
        if found is None:
            raise ANSWER_UNKNOWN(answer=key[:40], known=", ".join(self.answers))
        return found


USUAL: Final = Support()


class Told(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a member tells, or anybody writes; it may name a person, so it is kept sealed."""

    text: str = ""
    store: str | None = None
    day: date | None = None
    amount: int | None = None  # in minor units of the programme's currency
    receipt: str | None = None

    @property
    def paper(self) -> str | None:
        """The receipt as it is compared: its number, however it is spaced or capitalised, with its day.

        Without the store, which two people spell in two ways: that two receipts of a day agree is only said, not
        refused.
        """
        if self.receipt is None or self.day is None:
            return None
        number = "".join(letter for letter in self.receipt.casefold() if letter.isalnum())
        return f"{self.day.isoformat()} {number}" if number else None


class Claim(msgspec.Struct, frozen=True):
    """A claim as it stands; what was told of it is elsewhere, sealed."""

    id: str
    account_id: str
    programme_id: str
    kind: Kind
    state: State
    priority: int
    answer_hours: int
    opened_at: datetime
    opened_by: str
    due_at: datetime  # by when the next word of ours is promised, or was
    receipt: str | None = None  # a keyed digest
    assigned_to: str | None = None
    answered_at: datetime | None = None  # our first word
    settled_at: datetime | None = None
    reopened: int = 0
    rejected: int = 0  # how often a second person has said no
    steps: int = 0
    entry_id: str | None = None  # what the journal says that it was granted, or shall be

    @property
    def ours_since(self) -> datetime:
        """Since when the member waits for the word that is promised, or waited."""
        return self.due_at - timedelta(hours=self.answer_hours)

    def overdue(self, at: datetime) -> bool:
        """Whether a word of ours is owed since."""
        return self.state in OURS and self.due_at <= at


class Step(msgspec.Struct, frozen=True):
    """One step of a claim: who did what, when, why, and the state after it."""

    id: str
    account_id: str
    claim_id: str
    number: int
    deed: Deed
    state: State
    at: datetime
    actor: str
    actor_id: str
    reason: str = ""
    entry_id: str | None = None


def lacking(kind: Kind, told: Told) -> tuple[str, ...]:
    """What a claim of the kind needs and was not told."""
    if kind != "missing_points":
        return () if told.text.strip() else ("text",)
    bare = tuple(name for name in ("store", "day", "amount", "receipt") if getattr(told, name) is None)
    return bare if bare or told.paper is not None else ("receipt",)


def check(kind: Kind, told: Told, *, first: date, today: date) -> None:
    """Refuse a claim that nobody could look into; `first` is the day on which the programme began.

    Raises `claim_invalid`.
    """
    for name in lacking(kind, told):
        raise CLAIM_INVALID(pointer=f"/{name}", reason="missing")
    if told.day is not None and told.day > today:
        raise CLAIM_INVALID(pointer="/day", reason="day_ahead")
    if told.day is not None and told.day < first:
        raise CLAIM_INVALID(pointer="/day", reason="day_before_programme")


def check_room(open_: int, of_day: int) -> None:
    """Refuse one more claim of a member who has so many open, and has opened so many today."""
    if open_ >= limits.CLAIMS_OPEN_MAX:
        raise CLAIMS_OPEN(open=open_, most=limits.CLAIMS_OPEN_MAX)
    if of_day >= limits.CLAIMS_A_DAY_MAX:
        raise CLAIMS_TODAY(most=limits.CLAIMS_A_DAY_MAX)


def check_lawful(claim: Claim, deed: Deed) -> None:
    """Refuse what can't be done about a claim in this state. Raises `claim_state`."""
    if claim.state not in WAYS[deed]:
        raise CLAIM_STATE(state=claim.state)


def step(claim: Claim, deed: Deed, *, at: datetime, entry_id: str | None = None) -> Claim:
    """The claim after a deed. Raises `claim_state`, and `claim_over` where nothing more fits."""
    check_lawful(claim, deed)
    if claim.steps >= limits.CLAIM_STEPS_MAX and deed in SAYS:  # settling it is always possible
        raise CLAIM_OVER(most=limits.CLAIM_STEPS_MAX, what="steps")
    state = WAYS[deed][claim.state]
    due_at = claim.due_at
    if deed in _OURS_AGAIN and state == "waiting_for_us" and claim.state not in OURS:
        due_at = at + timedelta(hours=claim.answer_hours)
    first = claim.answered_at is None and deed in _FIRST_WORDS
    settled = claim.settled_at if state == claim.state else None if state in LIVE else at
    return msgspec.structs.replace(
        claim,
        state=state,
        due_at=due_at,
        answered_at=at if first else claim.answered_at,
        settled_at=settled,
        steps=claim.steps + 1,
        reopened=claim.reopened + (deed == "reopen"),
        rejected=claim.rejected + (deed == "reject"),
        entry_id=entry_id if deed in ("grant", "request") else None if deed == "reject" else claim.entry_id,
    )


def check_reopening(claim: Claim, support: Support, *, at: datetime) -> None:
    """Refuse to open a claim a second time, or long after it was settled."""
    check_lawful(claim, "reopen")
    if claim.reopened:
        raise CLAIM_REOPENED()
    assert claim.settled_at is not None, "what can be reopened is settled"
    until = claim.settled_at + timedelta(days=support.reopen_days)
    if at >= until:
        raise CLAIM_TOO_OLD(until=until.isoformat())


def goodwill(claim: Claim) -> str:
    """The external id of the points given for a claim: once, and anew after it was reopened or a second one said no."""
    return f"{claim.id}:{claim.reopened + claim.rejected}"


def goodwill_for(external_id: str) -> str:
    """The id of the claim for which points of this external id, from `SOURCE`, are given."""
    return external_id.partition(":")[0]


def places(text: str) -> list[str]:
    """What a ready answer asks for."""
    return _PLACE.findall(text)


def filled(text: str, facts: dict[str, str]) -> str:
    """A ready answer with its facts; what is not known is left out."""
    return _PLACE.sub(lambda found: facts.get(found[1], ""), text)
