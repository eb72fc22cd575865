"""The arrays that the loops of a replay walk: what happened, what the rules say, what an account has."""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

Whole = NDArray[np.int64]
Code = NDArray[np.int32]
Yes = NDArray[np.bool_]
Bits = NDArray[np.uint64]

NO_LIMIT: Final = 2**61  # more than any sum of points
NEVER: Final = 2**63 - 1  # the instant that does not come
BASE: Final = 0  # the stages in which parts of rules are added (LAW 3.4)
TIMES: Final = 1
FIXED: Final = 2
STEPS: Final = 3
ONLY_PENDING: Final = 0  # what becomes of points that a return takes back and that are gone (LAW 4.3)
WITHIN_BALANCE: Final = 1
DEBT: Final = 2


class Happened(NamedTuple):
    """The events, member by member, and the rows that rules answer."""

    first: Whole
    what: NDArray[np.int8]
    row: Code
    law: Code
    at: Whole
    posted: Whole
    month: Code
    of: Code
    unit: Code
    points: Whole
    cost: Whole
    pair: Code  # of the local days on which it counts and on which it was written down
    keep: Code  # of purchases of which something came back, where what was decided is kept; else -1
    windows: Code  # [span, row]


class Rows(NamedTuple):
    """What rules see: sums of lines, how much they count, and which rules may fire, in their order."""

    first: Whole
    sign: Code
    amount: Whole
    pieces: Whole
    passes: Yes  # [sign, filter]
    earns: Code
    up: Whole
    down: Whole
    piece: Whole
    spend: Whole
    may_first: Whole
    may: Code
    when: Bits  # for which answers to its questions for tiers


class Rules(NamedTuple):
    """All rules of all versions. What is limited by a window names the slot of its counter and the span."""

    part_first: Whole
    group: Code  # of which only the best gets through, in the order of their names; -1 without
    by_key: Code  # the place among all rules of the version by key
    where: Code  # the filter of lines one of which must be there, for vouchers and bonuses; -1 without
    gives: Yes  # vouchers
    order: Whole  # the cap per order
    cap_first: Whole
    cap_slot: Whole
    cap_span: Code
    cap_most: Whole
    use_first: Whole
    use_slot: Whole
    use_span: Code
    use_most: Whole
    budget: Code
    budget_most: Whole
    owner: Code  # of parts, from here on: the rule
    unit: Code
    stage: Code
    up: Whole
    down: Whole
    weight: Whole
    money: Yes
    filter: Code
    give: Whole
    life: Code
    step_first: Whole
    step_min: Whole
    step_give: Whole


class Laws(NamedTuple):
    """What versions say besides rules: arrays of [law, unit] or [law]."""

    whole: Whole  # the common denominator of all rates of a unit
    order: Whole
    cap_first: Whole  # [law × units + unit]
    cap_slot: Whole
    cap_span: Code
    cap_most: Whole
    debt_max: Whole
    slides: Code  # the life by which lots slide; -1 where they do not
    by_hand: Code  # the life of points that are given by hand
    half_up: Yes
    by_line: Yes
    adds: Yes
    returns: Code
    earns: Yes  # [law, kind of line]


class Lives(NamedTuple):
    """When points begin and end, as instants: arrays of [life, pair of days]. Begins of 0 are at once."""

    begins: Whole
    ends: Whole


class Books(NamedTuple):
    """What accounts have and what came of it; flows are [unit, member, month]."""

    counters: Whole
    spent: Whole  # of budgets
    lots: Code  # how many there are: [member, unit]
    lot_first: Whole  # [member × units + unit]
    origin: Code
    left: Whole
    gone: Whole  # what of it has ended
    earned: Whole
    begins: Whole
    ends: Whole
    debt: Whole  # [member, unit]
    issued: Whole
    redeemed: Whole
    expired: Whole
    other: Whole
    cost: Whole
    unmet: Whole  # redemptions for which the points were not there
    odd: Whole  # of a member: what the loops do not know
    kept_rules: Code  # [kept, place]: what was decided of purchases of which something came back
    kept_rooms: Whole
    kept_count: Code
    unit_rooms: Whole  # [kept, unit]
    awarded: Whole
    asked: Whole
    lapsed: Whole


class Desk(NamedTuple):
    """Room to work in, one for each thread."""

    fired: Code
    chosen: Code
    best: Code
    given: Code
    start: Code
    number: Whole
    line: Whole
    rules: Code
    sums: Whole
    shares: Whole
    lives: Code
    room: Whole  # by rule
    turn: Code  # by group
    cut: Yes  # by unit, whether a limit bit
    bit: Yes  # by rule
    gave: Yes  # by rule
    left: Whole  # by unit
