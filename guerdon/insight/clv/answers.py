"""What customers will be worth, as it is kept, shown and sent; what is uncertain about it is said with it."""

from datetime import date
from typing import Literal

import msgspec

Doubt = Literal[
    "few_customers", "few_repeats", "short_watch", "not_held_out", "far_off", "worse_than_before", "no_spending",
    "spending_depends", "foreign",
]  # fmt: skip


class Warned(msgspec.Struct, frozen=True):
    """A reason to be careful, with the number that it is about."""

    doubt: Doubt
    number: int


class Checked(msgspec.Struct, frozen=True):
    """What a model that had only seen what was before said of the hold-out, in hundredths of purchases.

    `model` is one of the models, or `as_before`: everybody goes on at their own pace, which a model has to beat.
    `off` is by how much each customer's number of purchases was missed on average. Money is in minor units.
    """

    model: str
    purchases: int
    off: int
    money: int | None


class Held(msgspec.Struct, frozen=True):
    """How many of the customers with so many repeat purchases before came how often in the hold-out, in hundredths."""

    least: int
    most: int | None
    customers: int
    purchases: int
    predicted: int


class HoldOut(msgspec.Struct, frozen=True):
    """The days that were kept back, what happened in them, and what each model had said. `error` is in hundredths of
    a percent of the purchases that came, of the model that was chosen; above nought it said too many."""

    since: date
    until: date
    customers: int
    purchases: int
    money: int
    error: int | None
    checked: tuple[Checked, ...]
    groups: tuple[Held, ...]


class Part(msgspec.Struct, frozen=True):
    """What the members of a tier (ladder/level) or a segment will be worth: sums, and the mean of each."""

    of: Literal["all", "tier", "segment"]
    key: str
    members: int
    alive: int
    purchases: int
    value: int | None
    mean: int | None


class Band(msgspec.Struct, frozen=True):
    """A tenth of the members by what they will be worth, from the least to the most; minor units."""

    least: int
    most: int
    members: int
    value: int


class Stay(msgspec.Struct, frozen=True):
    """A paid plan: how many began, how many were there after each period, and how many will be by the sBG model, in
    hundredths of a percent; `remaining` are the periods that one who began pays in the end, in hundredths."""

    plan: str
    began: int
    alpha: float | None
    beta: float | None
    seen: tuple[int, ...]
    expected: tuple[int, ...]
    remaining: int | None


class Answer(msgspec.Struct, frozen=True):
    """All of it. `parameters` are those of the paper of the model, `spending` those of Gamma-Gamma; both are empty
    where nothing could be fitted, which `why` says. Purchases are in hundredths, money in minor units."""

    model: str
    months: int
    since: date
    until: date
    currency: str
    customers: int
    came_again: int
    parameters: dict[str, float] = {}
    log_likelihood: float | None = None
    spending: dict[str, float] = {}
    correlation: int | None = None  # between how often and how much, in hundredths
    hold_out: HoldOut | None = None
    whole: Part | None = None
    parts: tuple[Part, ...] = ()
    bands: tuple[Band, ...] = ()
    stays: tuple[Stay, ...] = ()
    warned: tuple[Warned, ...] = ()
    why: str = ""
