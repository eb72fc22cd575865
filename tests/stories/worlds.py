"""Where a story can happen: what any world must be able to do, and what it answers."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from guerdon.core import memberships
from guerdon.core.activities import Activity, Line
from guerdon.core.consents import Said
from guerdon.core.decisions import Decision
from guerdon.core.errors import Refusal
from guerdon.core.holds import TimeToLive
from guerdon.core.members import Person
from guerdon.core.memberships import Membership, Payment
from guerdon.core.memberships import State as MembershipState
from guerdon.core.programme import Programme
from guerdon.core.rates import ToldRate
from guerdon.core.redemptions import Deed, State
from guerdon.core.rewards import Address
from guerdon.core.tiers import GrantKind
from guerdon.core.vouchers import State as VoucherState
from guerdon.engine import (
    transfers,
)
from guerdon.engine.adjust import Verdict
from guerdon.engine.memberships import Deed as Turning
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
    back: int = 0  # money of a membership that is given back


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


@dataclass(frozen=True, slots=True)
class Basket:
    """What vouchers are laid beside: so much money, or lines."""

    who: str
    amount: int | None = None
    lines: tuple[Line, ...] = ()
    store: str | None = None
    channel: str | None = None


@dataclass(frozen=True, slots=True)
class Coupon:
    """A voucher as it stands, by its code."""

    code: str
    voucher: str
    state: VoucherState
    used: int
    uses: int
    expires_at: datetime | None


@dataclass(frozen=True, slots=True)
class Span:
    """An interval of a membership, as it really was: of which paid period, 0 for a trial, and whether of a rest."""

    kind: str
    number: int
    plan: str
    start: datetime
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Belonging:
    """The last membership somebody joined, the payment that is asked for it, and all there were."""

    plan: str
    state: MembershipState
    covered: datetime | None
    ends_at: datetime | None
    asked: int | None
    spans: tuple[Span, ...]
    payments: tuple[tuple[int, int, str], ...]  # amount, what of it was given back, state


@dataclass(frozen=True, slots=True)
class Turn:
    """What somebody wants done with a membership; what a deed has no use for is left out."""

    deed: Turning
    plan: str | None = None
    when: Any = None
    number: int | None = None
    paid: bool = False


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

    def agree(self, who: str, purpose: str, said: Said, *, now: datetime) -> Answer: ...
    def agreed(self, who: str, purpose: str, now: datetime) -> tuple[bool, int]:
        """Whether a consent is given, and to which wording the last word was; 0 where there was none."""

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

    def redeem(self, wanted: Wanted, *, key: str, now: datetime, dry_run: bool) -> Answer: ...
    def become(self, redemption: str, deed: Deed, *, now: datetime, dry_run: bool) -> Answer:
        """Confirm, fulfil or cancel a redemption, named by its key."""

    def plant(self, seed: str, *, now: datetime) -> None:
        """Draw with the seed (hex) from now on."""

    def switch(self, who: str, *, on: bool, now: datetime) -> Answer:
        """Switch chance off or on for a member."""

    def won(self, redemption: str, now: datetime) -> str | None:
        """What a draw gave."""

    def odds(self, reward: str, now: datetime) -> dict[str, Fraction]:
        """What a draw gives now, and how likely."""

    def supply(self, reward: str, variant: str, pieces: int, *, key: str, now: datetime, dry_run: bool) -> Answer:
        """Pieces come in, or are lost where they are less than none."""

    def became(self, redemption: str, now: datetime) -> tuple[State, datetime | None]:
        """How a redemption stands, and when it ends by itself."""

    def gives(self, redemption: str, now: datetime) -> str | int | None:
        """What is alive of what it handed over: the key of the voucher, or the money on the card."""

    def left(self, reward: str, variant: str | None, now: datetime) -> int | None:
        """How many pieces can be had, of one variant where one is named; None where there are always more."""

    def offered(self, who: str, reward: str, now: datetime) -> Offered: ...

    def give_voucher(self, who: str, voucher: str, *, key: str, now: datetime, dry_run: bool) -> Answer: ...
    def bring_codes(self, voucher: str, codes: Sequence[str], *, key: str, now: datetime) -> Answer: ...
    def use_vouchers(
        self, codes: Sequence[str], basket: Basket, *, key: str, now: datetime, dry_run: bool
    ) -> Answer: ...
    def roll_back(self, use: str, *, key: str, now: datetime, dry_run: bool) -> Answer:
        """Give the uses of vouchers back, named by their key."""

    def withdraw_voucher(self, code: str, *, now: datetime) -> Answer: ...
    def wallet(self, who: str, now: datetime) -> list[Coupon]:
        """The vouchers somebody was given, the oldest first."""

    def coupon(self, code: str, now: datetime) -> Coupon: ...
    def codes_left(self, voucher: str) -> int: ...

    def sell_card(self, amount: int, *, key: str, now: datetime) -> Answer:
        """Sell a gift card, named by its key from then on."""

    def load_card(self, card: str, amount: int, *, key: str, now: datetime) -> Answer: ...
    def pay_by_card(self, card: str, amount: int, *, key: str, now: datetime, dry_run: bool) -> Answer: ...
    def pay_back(self, payment: str, amount: int | None, *, key: str, now: datetime) -> Answer:
        """Give back what was paid by a card, named by its key; all of it without an amount."""

    def move_from_card(
        self, card: str, to: str, amount: int | None, *, key: str, now: datetime, dry_run: bool
    ) -> Answer: ...
    def on_card(self, card: str, now: datetime) -> list[tuple[int, datetime | None]]:
        """What is on a card and when it ends, the first end first."""

    def join_plan(
        self, who: str, plan: str, *, currency: str | None, paid: bool, key: str, now: datetime, dry_run: bool
    ) -> Answer: ...
    def pay_asked(self, who: str, *, again: bool, now: datetime) -> Answer:
        """Pay what is asked for the last membership joined, or `again` what was paid last."""

    def fail_payment(self, who: str, *, now: datetime) -> Answer: ...
    def renew_plan(self, who: str, number: int | None, *, now: datetime) -> Answer: ...
    def turn_plan(self, who: str, turn: Turn, *, now: datetime, dry_run: bool) -> Answer: ...
    def belongs(self, who: str, now: datetime) -> Belonging | None: ...
    def plans(self, who: str, now: datetime) -> frozenset[str]:
        """The plans in force for somebody, those of a household among them."""

    def worth(self, who: str, plan: str, now: datetime) -> tuple[int, int]:
        """What a plan would have given in twelve months, and how much more that is than it costs."""

    def rate(self, rate: ToldRate, *, now: datetime) -> Answer:
        """Tell an exchange rate, and release what waited for it."""


def belonging(one: Membership, asked: Sequence[Payment], at: datetime, zone: ZoneInfo) -> Belonging:
    """A membership as stories look at it; what was cut before it began never was."""
    spans = [
        Span(each.kind, each.number, each.plan, each.start, each.ends)
        for each in one.intervals
        if each.ends is None or each.ends > each.start
    ]
    open_ = [each.amount for each in asked if each.state in ("asked", "failed")]
    return Belonging(
        one.terms.plan, memberships.state(one, at, zone), one.covered, memberships.end_of(one, zone),
        open_[-1] if open_ else None, tuple(spans), tuple((each.amount, each.refunded, each.state) for each in asked),
    )  # fmt: skip


def person_of(somebody: Somebody) -> Person | None:
    """The personal data of somebody in a story."""
    return Person(name=somebody.name, birthday=date.fromisoformat(somebody.born)) if somebody.born else None
