"""Where a story can happen: what any world must be able to do, and what it answers."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol

from guerdon.core.activities import Activity
from guerdon.core.decisions import Decision
from guerdon.core.errors import Refusal
from guerdon.core.holds import TimeToLive
from guerdon.core.members import Person
from guerdon.core.programme import Programme
from guerdon.core.rates import ToldRate
from guerdon.core.redemptions import Deed, State
from guerdon.core.rewards import Address
from guerdon.core.tiers import GrantKind
from guerdon.engine import (
    transfers,
)
from guerdon.engine.adjust import Verdict
from tests.stories.story import Person as Somebody

Deal = transfers.Deed


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered to one fact, or what a night did."""

    decision: Decision | None = None
    refusal: Refusal | None = None
    known: bool = False
    expired: dict[str, int] = field(default_factory=dict)
    repaid: dict[str, int] = field(default_factory=dict)
    passed: dict[str, tuple[int, int]] = field(default_factory=dict)  # points and debt by unit, of a merge
    released: int = 0
    sent: dict[str, int] | None = None  # points and fee of what moved to another member
    cancelled: dict[str, int] = field(default_factory=dict)
    to_pay: int | None = None  # money on top of the points of what was redeemed


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody wants to redeem; `points` where money makes up for the rest of the price."""

    who: str
    reward: str
    number: int = 1  # of the price
    points: int | None = None
    reserve: bool = False
    choices: dict[str, str] = field(default_factory=dict)
    address: Address | None = None


@dataclass(frozen=True, slots=True)
class Offered:
    """A reward for one member: what stands in the way besides points, what is missing for each price, since when."""

    available: bool
    obstacle: str | None
    missing: tuple[dict[str, int], ...]
    begins: datetime | None


@dataclass(frozen=True, slots=True)
class Amounts:
    """A balance at an instant."""

    available: int = 0
    pending: int = 0
    debt: int = 0
    lapsed: int = 0
    held: int = 0


@dataclass(frozen=True, slots=True)
class Life:
    """A living lot: what is left of it, from when to when it can be spent."""

    points: int
    available_at: datetime
    expires_at: datetime | None
    earned_at: datetime
    id: str
    funder: str | None = None


@dataclass(frozen=True, slots=True)
class Stand:
    """Where a member stands on a ladder: the tier, what lifts and what keeps it, and the last day for that."""

    tier: str | None
    next: str | None
    missing: int
    keep: int | None
    keep_by: date | None


class World(Protocol):
    """One programme in which a story happens; instants never go back."""

    def publish(self, programme: Programme, *, since: datetime, now: datetime) -> None: ...
    def enrol(self, somebody: Somebody, *, now: datetime) -> None: ...
    def record(self, told: Sequence[Activity], *, now: datetime, dry_run: bool) -> list[Answer]: ...
    def spend(self, who: str, unit: str, points: int, *, key: str, now: datetime, dry_run: bool) -> Answer: ...
    def hold(self, who: str, unit: str, points: int, *, life: TimeToLive, key: str, now: datetime) -> Answer: ...
    def capture(self, hold: str, points: int | None, *, final: bool, key: str, now: datetime) -> Answer: ...
    def release(self, hold: str, *, key: str, now: datetime) -> Answer: ...
    def cancel(self, burn: str, points: int | None, *, key: str, now: datetime) -> Answer: ...
    def state(self, hold: str, now: datetime) -> str:
        """What has become of a hold."""

    def adjust(
        self, who: str, unit: str, points: int, *, key: str, actor: str, reason: str, now: datetime
    ) -> Answer: ...
    def send(self, who: str, to: str, unit: str, points: int, *, key: str, now: datetime, dry_run: bool) -> Answer: ...
    def settle(self, key: str, deal: Deal, *, now: datetime) -> Answer: ...
    def donate(self, who: str, cause: str, unit: str, points: int, *, key: str, now: datetime) -> Answer: ...
    def given(self, cause: str, unit: str) -> int: ...
    def household(self, deed: str, home: str, *, who: str, by: str, role: Any, now: datetime) -> Answer: ...
    def share(self, who: str, unit: str, home: str) -> list[tuple[str, int]]:
        """What was posted in a person's name in a household: kind and signed points."""

    def merge(self, stays: str, goes: str, *, now: datetime, dry_run: bool) -> Answer: ...
    def unmerge(self, stays: str, goes: str, *, now: datetime, dry_run: bool) -> Answer: ...

    def judge(self, verdict: Verdict, what: str, *, actor: str, now: datetime) -> Answer:
        """A second person's word on an adjustment, named by its key."""

    def night(self, now: datetime) -> tuple[dict[str, int], dict[str, int], dict[str, int]]:
        """What expired, what repaid debt and what was cancelled, by unit."""

    def amounts(self, who: str, unit: str, now: datetime) -> Amounts: ...
    def lots(self, who: str, unit: str, now: datetime) -> list[Life]: ...
    def statement(self, who: str, unit: str) -> list[tuple[str, int]]:
        """The postings in their order: kind and signed points."""

    def close_month(self, month: str, *, actor: str, now: datetime) -> Answer: ...
    def figures(self, month: str, unit: str) -> tuple[int, dict[str, tuple[int, int]]]:
        """Of a closed month: what it opened with; by column the points and what of them was late."""

    def months(self, who: str, unit: str) -> list[tuple[int, str, bool]]:
        """The postings in their order: signed points, accounting month, whether late."""

    def expiring(self, who: str, unit: str, now: datetime, until: date | None) -> list[tuple[int, date]]:
        """What ends when: points and last local day, the first end first."""

    def reminders(self, who: str, now: datetime) -> list[tuple[int, str, date, int]]:
        """What the night told: points, unit, last local day, the programme's day; the first end first."""

    def ending(self, unit: str) -> list[tuple[int, str]]:
        """How many end in which month, as the last night saw it."""

    def grant(
        self, who: str, tier: str, *, kind: GrantKind, last_day: date, key: str, reason: str, actor: str, now: datetime
    ) -> Answer:
        """Give a tier by hand until the end of a day."""

    def climbed(self, who: str, at: datetime, now: datetime) -> dict[str, Stand]:
        """Where a member stood at the instant, asked now; by ladder."""

    def sell_card(self, name: str, amount: int, *, key: str, now: datetime) -> Answer:
        """Sell a gift card, which the story calls so."""

    def on_card(self, name: str, now: datetime) -> int: ...
    def redeem(self, wanted: Wanted, *, key: str, now: datetime, dry_run: bool) -> Answer: ...
    def become(self, redemption: str, deed: Deed, *, now: datetime, dry_run: bool) -> Answer:
        """Confirm, fulfil or cancel a redemption, named by its key."""

    def supply(self, reward: str, variant: str, pieces: int, *, key: str, now: datetime, dry_run: bool) -> Answer:
        """Pieces come in, or are lost where they are less than none."""

    def became(self, redemption: str, now: datetime) -> tuple[State, datetime | None]:
        """How a redemption stands, and when it ends by itself."""

    def left(self, reward: str, variant: str | None, now: datetime) -> int | None:
        """How many pieces can be had, of one variant where one is named; None where there are always more."""

    def offered(self, who: str, reward: str, now: datetime) -> Offered: ...
    def rate(self, rate: ToldRate, *, now: datetime) -> Answer:
        """Tell an exchange rate, and release what waited for it."""


def person_of(somebody: Somebody) -> Person | None:
    """The personal data of somebody in a story."""
    return Person(name=somebody.name, birthday=date.fromisoformat(somebody.born)) if somebody.born else None
