"""The arrays that the loops of a replay walk: a table each for what happened, what the rules say, what accounts have.

All of them hold whole numbers; a column has a name. So few arrays are handed from loop to loop, and a compiler is done
soon.
"""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

Whole = NDArray[np.int64]
Yes = NDArray[np.bool_]

NO_LIMIT: Final = 2**61  # more than any sum of points
NEVER: Final = 2**63 - 1  # the instant that does not come

# Events: what happened to an account.
WHAT, ROW, LAW, AT, POSTED, MONTH, OF, UNIT, POINTS, COST, PAIR, KEEP, MEMBER = range(13)
# Rows: what rules see of a fact. `FIRST` is the first of its baskets and `MAY` of the rules that may fire: up to those
# of the next row.
FIRST, UP, DOWN, PIECE, MAY = range(5)
SIGN, AMOUNT, PIECES = range(3)  # baskets: lines that earn, summed by what they are
RULE, WHEN = range(2)  # rules that may fire, and for which answers to their questions for tiers
# Rules: of a group only the best gets through; one of the lines of `WHERE` must be there for vouchers.
PARTS, PARTS_END, GROUP, BY_KEY, WHERE, GIVES, ORDER, CAPS, CAPS_END, USES, USES_END, BUDGET, BUDGET_MOST = range(13)
SLOT, SPAN, MOST, STRIDE = range(4)  # limits by windows: counters of one window stand side by side
# Parts: one effect of a rule; `P_UP` ÷ `P_DOWN` its rate or factor, `WEIGHT` the common denominator over its own. It
# comes `IN_TURN` by unit, and there base points, multipliers, bonuses.
OWNER, P_UNIT, STAGE, P_UP, P_DOWN, WEIGHT, MONEY, FILTER, GIVE, LIFE, STEPS_FROM, STEPS_END, IN_TURN = range(13)
LEAST, GIVEN = range(2)  # steps of a table
# Laws: what a version says besides rules, by itself and of each unit.
HALF_UP, BY_LINE, ADDS, RETURNS, EARNS = range(5)  # from EARNS on: whether lines of each kind do
WHOLE, U_ORDER, U_CAPS, U_CAPS_END, DEBT_MAX, SLIDES, BY_HAND, ROOMY = range(8)
BEGINS, ENDS = range(2)  # of lives, for each pair of local days; to begin at 0 is at once
# Lots, purses, and the flows of accounts: [flow, unit, member, month].
ORIGIN, LEFT, GONE, EARNED, L_BEGINS, L_ENDS = range(6)
LOT_COLUMNS: Final = 6
LOTS_FROM, LOTS, DEBT = range(3)
ISSUED, REDEEMED, EXPIRED, OTHER, REWARDS, UNMET = range(6)
# What is kept of purchases of which something came back: of each rule that fired, of each unit.
K_RULE, K_ROOM = range(2)
K_LEFT, AWARDED, ASKED, LAPSED = range(4)
# The desk of a thread: lists of rules, and what is known of a rule, of a part in its place, of a unit, of a share.
FIRED, CHOSEN, BEST = range(3)
ROOM, BIT, GAVE, TURN = range(4)
PART, NUMBER, LINE, ROUNDED = range(4)
START, CUT, ROOM_LEFT = range(3)
S_RULE, SUM, SHARE, S_LIFE = range(4)

BASE, TIMES, FIXED, STEPS = range(4)  # the stages in which parts are added (LAW 3.4)
ONLY_PENDING, WITHIN_BALANCE, MAKES_DEBT = range(3)  # points that a return takes back and that are gone (LAW 4.3)


class Told(NamedTuple):
    """What happened, and what rules see of it."""

    events: Whole
    windows: Whole  # [row, span]: the window of its member that a row falls into
    rows: Whole
    baskets: Whole
    passes: Yes  # [sign, filter]
    kinds: Whole  # of each sign
    may: Whole
    starts: Whole  # of months


class Rules(NamedTuple):
    """All rules of all versions."""

    rules: Whole
    limits: Whole
    parts: Whole
    steps: Whole
    laws: Whole
    units: Whole  # [law, unit, …]
    lives: Whole  # [life, pair, …]


class Books(NamedTuple):
    """What accounts have, and what came of it."""

    counters: Whole
    spent: Whole  # of budgets
    purses: Whole  # [member, unit, …]
    lots: Whole
    flows: Whole
    odd: Whole  # of a member: what the loops do not know
    kept: Whole  # [kept, place, …]
    kept_units: Whole
    kept_count: Whole


class Desk(NamedTuple):
    """Room to work in."""

    lists: Whole
    rules: Whole
    places: Whole
    units: Whole
    shares: Whole
    turns: Whole
