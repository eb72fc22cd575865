"""The law of redemptions: what may be had, and the one way from reserved over confirmed to an end (LAW 8.1, 8.2)."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Final, Literal
from zoneinfo import ZoneInfo

import msgspec

from guerdon.core import belonging, climbing, errors, period, silence
from guerdon.core.activities import Activity, Member
from guerdon.core.conditions import Condition
from guerdon.core.law import Law
from guerdon.core.rewards import Price, Reward
from guerdon.core.rules import Caps
from guerdon.core.standing import Standing

REDEMPTION_UNKNOWN = errors.declare("unknown", "redemption_unknown", "id")
REDEMPTION_ENDED = errors.declare("spent", "redemption_ended", "state")
REDEMPTION_UNCONFIRMED = errors.declare("clash", "redemption_unconfirmed")
REDEMPTION_USED = errors.declare("spent", "redemption_used", "reward")
REWARD_NOT_YET = errors.declare("forbidden", "reward_not_yet", "reward", "begins")
REWARD_OVER = errors.declare("spent", "reward_over", "reward", "ended")
NOT_ELIGIBLE = errors.declare("forbidden", "not_eligible", "reward", "condition", "pointer")
REWARD_LIMIT = errors.declare("spent", "reward_limit", "reward", "most", "window")
FREE_LIMIT = errors.declare("spent", "free_limit", "reward", "most", "window")
OUT_OF_STOCK = errors.declare("spent", "out_of_stock", "reward", "variant")
REWARD_GONE = errors.declare("spent", "reward_gone", "reward", "most")
REWARD_BUDGET_SPENT = errors.declare("spent", "reward_budget_spent", "reward")
SUPPLY_INVALID = errors.declare("invalid", "supply_invalid", "pointer", "reason")
REWARD_UNCOUNTED = errors.declare("invalid", "reward_uncounted", "reward")
STOCK_CHANGED = errors.declare("clash", "stock_changed", "expected", "got")
STOCK_TOO_LOW = errors.declare("spent", "stock_too_low", "reward", "variant", "asked", "left")

OF_REDEMPTION = errors.declare("forbidden", "of_redemption", "redemption")

KIND: Final = "redemption"
WON: Final = 0  # the number of the price of what was drawn: it has none
SOURCE: Final = "redemption"  # of the entries that follow from one; its id names them
KINDS: Final[dict["Deed", str]] = {
    "confirm": "redemption_confirm", "fulfil": "redemption_fulfil", "cancel": "redemption_cancel",
    "expire": "redemption_expire",
}  # fmt: skip
State = Literal["reserved", "confirmed", "fulfilled", "cancelled", "expired"]
_FIRST: Final = date(1900, 1, 1)  # a day before any redemption, with a midnight in every zone
LIVE: Final[tuple[State, ...]] = ("reserved", "confirmed")
Deed = Literal["confirm", "fulfil", "cancel", "expire"]
# From which states each deed leads where: there is no other way, and none leads back (LAW 8.2). What was fulfilled by a
# code is cancelled, too, as long as nobody has used it.
WAYS: Final[dict[Deed, tuple[tuple[State, ...], State]]] = {
    "confirm": (("reserved",), "confirmed"),
    "fulfil": (("confirmed",), "fulfilled"),
    "cancel": (LIVE, "cancelled"),
    "expire": (LIVE, "expired"),
}


class Stock(msgspec.Struct, frozen=True):
    """The pieces of one variant: `initial` + `supplied` came in, `claimed` are promised, `given` are fulfilled.

    Only what is `counted` can run out. `spent` is what claimed and given ones cost, in minor units.
    """

    reward: str
    variant: str
    counted: bool = False
    initial: int = 0
    supplied: int = 0
    claimed: int = 0
    given: int = 0
    spent: int = 0

    @property
    def left(self) -> int | None:
        """How many can still be had; None where there are always more."""
        return self.initial + self.supplied - self.claimed - self.given if self.counted else None

    def under(self, stocked: bool) -> "Stock":
        """The stock under a version that counts its pieces, or does not.

        What goes out while they are not counted is no part of what came in: counting begins, or goes on, with what is
        there, and never with less than nothing.
        """
        if stocked == self.counted:
            return self
        out = self.claimed + self.given
        initial = max(self.initial + out, out - self.supplied) if stocked else self.initial - out
        return msgspec.structs.replace(self, counted=stocked, initial=initial)

    def claim(self, cost: int) -> "Stock":
        """One piece less to be had. Raises `out_of_stock`."""
        if self.left is not None and self.left < 1:
            raise OUT_OF_STOCK(reward=self.reward, variant=self.variant)
        return msgspec.structs.replace(self, claimed=self.claimed + 1, spent=self.spent + cost)

    def free(self, cost: int) -> "Stock":
        """A claimed piece is to be had again."""
        return msgspec.structs.replace(self, claimed=self.claimed - 1, spent=self.spent - cost)

    def take_back(self, cost: int) -> "Stock":
        """A piece that went out is to be had again."""
        return msgspec.structs.replace(self, given=self.given - 1, spent=self.spent - cost)

    def give(self) -> "Stock":
        """A claimed piece went out."""
        return msgspec.structs.replace(self, claimed=self.claimed - 1, given=self.given + 1)

    def supply(self, pieces: int) -> "Stock":
        """So many pieces came in or, below zero, were lost: never more than are there. Raises `stock_too_low`."""
        after = msgspec.structs.replace(self, supplied=self.supplied + pieces)
        if pieces < 0 and self.left is not None and self.left + pieces < 0:
            raise STOCK_TOO_LOW(reward=self.reward, variant=self.variant, asked=-pieces, left=self.left)
        return after


class Redemption(msgspec.Struct, frozen=True):
    """A reward that a member has reserved or bought; `until` is when it ends by itself; None: never."""

    id: str
    account_id: str
    reward: str
    variant: str
    state: State
    price: Price  # what was paid, or will be on confirmation
    cost: int
    made_at: datetime
    until: datetime | None = None
    person_id: str | None = None  # who redeemed it, where the account is a household's
    version: int = 0  # under which it was made
    number: int = 1  # of the price
    choices: dict[str, str] = {}
    code: str = ""
    given: str | None = None  # the code of the voucher or gift card that it handed over
    seq: int = 0
    confirmed_at: datetime | None = None
    settled_at: datetime | None = None  # when it was fulfilled, cancelled or found to have expired
    till: str | None = None  # the source that told that it was handed over there, where a till did
    act: str | None = None  # and how that till names it: names that begin with the day are found a day at a time

    def as_of(self, at: datetime) -> State:
        """What has become of it by the instant, whether or not anybody has booked that its time is over."""
        return "expired" if self.state in LIVE and self.until is not None and at >= self.until else self.state


def moved(one: Redemption, deed: Deed, at: datetime) -> State:
    """The state that the deed leads to (LAW 8.2).

    Raises `redemption_ended` where none leads there, and `redemption_unconfirmed` where another deed comes first.
    """
    state = one.state if deed == "expire" else one.as_of(at)
    if state == "reserved" and deed == "fulfil":
        raise REDEMPTION_UNCONFIRMED()
    if not lawful(state, deed, given=one.given is not None):
        raise REDEMPTION_ENDED(state=state)
    return WAYS[deed][1]


def lawful(state: State, deed: Deed, *, given: bool) -> bool:
    """Whether the deed leads on from the state; `given` says that something was handed over by a code."""
    return state in WAYS[deed][0] or (deed == "cancel" and state == "fulfilled" and given)


def reserved_until(reward: Reward, at: datetime) -> datetime:
    """When a reservation ends by itself: an hour is 60 minutes (LAW 5.4)."""
    return at + timedelta(minutes=reward.reserve_minutes)


def fulfil_until(reward: Reward, at: datetime, zone: ZoneInfo) -> datetime | None:
    """When what is confirmed must have been fulfilled: its local day is day 0, the last `fulfil_days`."""
    if reward.fulfil_days is None:
        return None
    return period.midnight(period.local_day(at, zone) + timedelta(days=reward.fulfil_days + 1), zone)


def confirmed(one: Redemption, reward: Reward, at: datetime, zone: ZoneInfo) -> Redemption:
    """The redemption once it is confirmed; what nobody has to hand over is fulfilled with it."""
    if reward.at_once:
        return msgspec.structs.replace(one, state="fulfilled", until=None, confirmed_at=at, settled_at=at)
    until = fulfil_until(reward, at, zone)
    return msgspec.structs.replace(one, state="confirmed", until=until, confirmed_at=at)


def name(redemption_id: str, unit: str) -> str:
    """The name under which the journal knows what a redemption did with the points of a unit."""
    return f"{redemption_id}:{unit}"


def check_foreign(told: Activity) -> None:
    """Refuse to undo by itself what a redemption has done with points: it would go on without them.

    Raises `of_redemption`.
    """
    if told.source == SOURCE:
        raise OF_REDEMPTION(redemption=told.external_id.partition(":")[0])


def check_open(reward: Reward, in_force: Law, standing: Standing, activity: Activity) -> None:
    """Refuse who may not have the reward at the instant of the fact: its window, then its condition.

    Raises `reward_not_yet`, `reward_over`, `not_eligible`.
    """
    at, programme = activity.occurred_at, in_force.programme
    member = belonging.seen(programme, climbing.as_of(programme.tiers, in_force.zone, standing, at), at)
    begins = reward.begins(member.tiers, programme.tiers)
    if begins is not None and at < begins:
        raise REWARD_NOT_YET(reward=reward.key, begins=begins.isoformat())
    if reward.until is not None and at >= reward.until:
        raise REWARD_OVER(reward=reward.key, ended=reward.until.isoformat())
    if reward.condition is not None:
        case = in_force.case(activity, member)
        failed = silence.first_failure(reward.condition, case, in_force.filters, pointer=_place(reward))
        if failed is not None:
            raise NOT_ELIGIBLE(reward=reward.key, condition=failed.word, pointer=failed.pointer)


def failed_condition(reward: Reward, pointer: str) -> Condition | None:
    """The condition of the reward that the pointer of a `not_eligible` means; None where it means none."""
    return silence.part_at(reward.condition, pointer, under=_place(reward))


def _place(reward: Reward) -> str:
    """Where the condition stands in the programme document."""
    return f"/rewards/{reward.key}/if"


def asking(member: Member, at: datetime) -> Activity:
    """The fact against which conditions are looked at before anybody redeems anything."""
    return Activity(KIND, "", "", at, member)


def since(rewards: Iterable[Reward], day: date, zone: ZoneInfo) -> datetime | None:
    """From when on a member's redemptions count for the limits on the local day; None where nothing is limited."""
    caps = [each for reward in rewards for each in (reward.limits, reward.free_limits)]
    starts = [_begins(window, day) for each in caps for window, _ in each.windows()]
    return period.midnight(min(starts), zone) if starts else None


class Had(msgspec.Struct, frozen=True):
    """A reward that an account has, and who of a household redeemed it."""

    account_id: str
    person_id: str | None
    reward: str
    made_at: datetime
    free: bool = False  # whether nothing was paid for it


def check_limits(
    reward: Reward,
    had: Iterable[Had],
    *,
    accounts: Collection[str],
    persons: Collection[str],
    day: date,
    zone: ZoneInfo,
    free: bool = False,
) -> None:
    """Refuse one more than a member may have on the local day. Raises `reward_limit`, or `free_limit` where it is free.

    `accounts` are the one that pays and those merged into it, `persons` who redeems and whoever was merged into them: a
    household has one limit, and nobody opens it anew by founding, joining or leaving one.
    """
    mine = [one for one in had if one.reward == reward.key]
    of_account = [one for one in mine if one.account_id in accounts]
    of_person = [one for one in mine if one.account_id in persons or one.person_id in persons]
    for each in (of_account, of_person):
        _within(reward, reward.limits, each, day, zone, REWARD_LIMIT)
        if free:
            _within(reward, reward.free_limits, [one for one in each if one.free], day, zone, FREE_LIMIT)


def _within(reward: Reward, caps: Caps, had: Sequence[Had], day: date, zone: ZoneInfo, refused: errors.Kind) -> None:
    days = [period.local_day(one.made_at, zone) for one in had]
    for window, most in caps.windows():
        name = period.window(day, window)
        if sum(period.window(one, window) == name for one in days) >= most:
            raise refused(reward=reward.key, most=most, window=window)


def for_all(reward: Reward, stocks: Iterable[Stock], *, cost: int | None = None) -> None:
    """Refuse one more than all members together may have, at its cost or at the one said.

    Raises `reward_gone`, `reward_budget_spent`.
    """
    stocks = list(stocks)
    if reward.total is not None and sum(one.claimed + one.given for one in stocks) >= reward.total:
        raise REWARD_GONE(reward=reward.key, most=reward.total)
    if (
        reward.budget is not None
        and sum(one.spent for one in stocks) + (reward.cost if cost is None else cost) > reward.budget
    ):
        raise REWARD_BUDGET_SPENT(reward=reward.key)


def _begins(window: period.WindowKind, day: date) -> date:
    """The first day of the calendar window that holds the day; of a lifetime the first there is."""
    if window == "day":
        return day
    if window == "week":
        return day - timedelta(days=day.weekday())
    if window == "lifetime":
        return _FIRST
    months = {"month": 1, "quarter": 3, "year": 12}[window]
    return date(day.year, (day.month - 1) // months * months + 1, 1)
