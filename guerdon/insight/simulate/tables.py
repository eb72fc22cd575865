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
# `NOW` is the law whose ladders it moves a member on: of a return that of its own instant. `SEQ` is for nights.
WHAT, ROW, LAW, AT, POSTED, MONTH, OF, UNIT, POINTS, COST, PAIR, KEEP, MEMBER, DAY, NOW, SEQ = range(16)
# Rows: what rules see of a fact. `FIRST` is the first of its baskets and `MAY` of the rules that may fire: up to those
# of the next row. `SPEND` is its eligible amount, where it is a purchase (`BUYS`).
FIRST, UP, DOWN, PIECE, MAY, SPEND, BUYS, KIND = range(8)
SIGN, AMOUNT, PIECES = range(3)  # baskets: lines that earn, summed by what they are
RULE, WHEN = range(2)  # rules that may fire, and for which answers to their questions for tiers
# Rules: of a group only the best gets through; one of the lines of `WHERE` must be there for vouchers.
PARTS, PARTS_END, GROUP, BY_KEY, WHERE, GIVES, ORDER, CAPS, CAPS_END, USES, USES_END, BUDGET, BUDGET_MOST = range(13)
LEAVES, LEAVES_END = range(13, 15)  # its questions for tiers
RULE_COLUMNS: Final = 15
SLOT, SPAN, MOST, STRIDE = range(4)  # limits by windows: counters of one window stand side by side
# Parts: one effect of a rule; `P_UP` ÷ `P_DOWN` its rate or factor, `WEIGHT` the common denominator over its own. It
# comes `IN_TURN` by unit, and there base points, multipliers, bonuses.
OWNER, P_UNIT, STAGE, P_UP, P_DOWN, WEIGHT, MONEY, FILTER, GIVE, LIFE, STEPS_FROM, STEPS_END, IN_TURN = range(13)
LEAST, GIVEN = range(2)  # steps of a table
# Laws: what a version says besides rules, by itself and of each unit.
# `REVIVES` is the life that points of a cancelled burn have whose lot has ended, -1 where they end at once; from EARNS
# on it is said whether lines of each kind earn.
HALF_UP, BY_LINE, ADDS, RETURNS, REVIVES, EARNS = range(6)
WHOLE, U_ORDER, U_CAPS, U_CAPS_END, DEBT_MAX, SLIDES, BY_HAND, ROOMY, ENOUGH = range(9)
# So few points can be given to others, under a draft; the fee of that, with hundredths of a percent, rounded up or not.
GIVES_MIN, FEE, FEE_PERCENT, FEE_UP = range(9, 13)
BEGINS, ENDS = range(2)  # of lives, for each pair of local days; to begin at 0 is at once
# Lots, purses, and the flows of accounts: [flow, unit, member, month].
# What is held of a lot is not left.
ORIGIN, LEFT, GONE, EARNED, L_BEGINS, L_ENDS, HELD = range(7)
LOT_COLUMNS: Final = 7
LOTS_FROM, LOTS, DEBT = range(3)
ISSUED, REDEEMED, EXPIRED, OTHER, REWARDS, UNMET = range(6)
# What the loops do not know, by member: a return that gives points again, more steps than there is room for, a rise
# that rules answer where no fact made it, and from CONVERTS on units with enough to be converted at night.
RESTORES, CROWDED, WELCOMED, CONVERTS = range(4)
# What is kept of purchases of which something came back: of each rule that fired, of each unit.
K_RULE, K_ROOM, K_ANSWERS = range(3)
K_LEFT, AWARDED, ASKED, LAPSED = range(4)
# Burns that are cancelled later: where the takes of each stand, how many there are, and how many points are back.
B_FIRST, B_COUNT, B_BACK = range(3)
T_LOT, T_POINTS = range(2)
# Holds: the same, the next take that is captured, when they end, and whether they are open; and those of each member.
H_FIRST, H_COUNT, H_NEXT, H_ENDS, H_OPEN, H_UNIT = range(6)
HOLDS_FIRST, HOLDS_COUNT = range(2)
# The desk of a thread: lists of rules, and what is known of a rule, of a part in its place, of a unit, of a share.
FIRED, CHOSEN, BEST = range(3)
ROOM, BIT, GAVE, TURN, ANSWERS = range(5)
PART, NUMBER, LINE, ROUNDED = range(4)
START, CUT, ROOM_LEFT, GAINED = range(4)
S_RULE, SUM, SHARE, S_LIFE = range(4)

BASE, TIMES, FIXED, STEPS = range(4)  # the stages in which parts are added (LAW 3.4)
ONLY_PENDING, WITHIN_BALANCE, MAKES_DEBT = range(3)  # points that a return takes back and that are gone (LAW 4.3)

# Ladders under a law, their levels from the bottom, what is counted for them, and what laws say of all of them.
THERE, WINDOW, SOFT, GRACE, AFTER_RETURN, AFTER, FLOOR, LEVELS = range(8)
CODE, FROM, INVITED = range(3)
OF_WHAT, OF_WHICH, EVER = range(3)
DRAFTED, WELCOMES, SINCE = range(3)
AS_OF, BEGAN = range(2)  # nights
SPENT, EARNED_POINTS, VISITED = range(3)  # what a measure counts
CALENDAR_YEAR, MEMBERSHIP_YEAR, ROLLING, LIFETIME = range(4)
AT_ONCE, GRACEFUL, PERIOD_END = range(3)  # when a return takes a tier
# Steps of a member on a ladder, and where they stand; days of a measure, and where they stand.
S_LEVEL, S_SINCE, S_CAUSE, S_FROM, S_UNTIL, S_REVIEW, S_GRACE = range(7)
STEPS_FIRST, STEPS_COUNT, STEPS_MOST, STEPS_BOOKED = range(4)
D_DAY, D_AMOUNT = range(2)
DAYS_FIRST, DAYS_COUNT, DAYS_MOST = range(3)
CAUSES: Final = ("upgrade", "kept", "review", "at_risk", "made_up", "return")
UPGRADE, KEPT, REVIEWED, AT_RISK, MADE_UP, RETURNED = range(6)
# Tiers given by hand, and which of them a member has been given so far.
G_LADDER, G_LEVEL, G_SINCE, G_UNTIL = range(4)
GRANTS_FIRST, GRANTS_COUNT = range(2)
R_LADDER, R_STEP = range(2)  # rises that wait to be welcomed


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


class Ladders(NamedTuple):
    """The ladders of all versions; each that any of them has stands in one place, and so do levels and measures.

    They are handed on beside the rules, with the room that a thread works in: only what climbs has to be given them.
    """

    told: Whole  # [law, ladder, …]
    levels: Whole  # [law, ladder, place, …]
    places: Whole  # [law, ladder, level]: its place, -1 where it is none
    of: Whole  # [law, ladder, measure]: whether it counts for the ladder
    counts: Whole  # [law, measure]: whether it is counted at all
    measures: Whole  # [measure, …]
    laws: Whole  # [law, …]
    asks: Whole  # [question, level]: 1 where it holds of who has the level, 2 where it then never does
    any_of: Whole  # [question]: whether one of the first is needed
    rises: Whole  # [ladder, level]: the place of the row of a rise behind the first of a fact
    midnights: Whole  # of the days from `first` on
    first: int
    nights: Whole
    drafted: int  # the law of a draft, or -1
    welcomes: Whole  # of facts: the row of the first rise that each may make, -1 where rules answer none
    grants: Whole  # [grant, …], member by member
    tiers: Whole  # by ladder, the level of the member at hand, -1 for none
    held: Whole  # by ladder, the place that is upheld before a return
    moved: Whole  # by measure, what a fact adds
    rose: Whole  # rises that wait to be welcomed, by ladder and step


class Rules(NamedTuple):
    """All rules of all versions."""

    rules: Whole
    limits: Whole
    parts: Whole
    steps: Whole
    laws: Whole
    units: Whole  # [law, unit, …]
    lives: Whole  # [life, pair, …]


class Climbed(NamedTuple):
    """Where members stand on ladders, and what was counted for them."""

    ranks: Whole  # [member, ladder, …]
    steps: Whole
    filled: Whole  # [member, measure, …]
    days: Whole
    joined: Whole  # the local day on which each member came
    nights: Whole  # the night that comes next to each member
    granted: Whole  # [member, …]
    kept: Whole  # [kept]: the eligible amount of what is kept of a purchase
    places: Whole  # [ladder, member, month]: at its end


class Links(NamedTuple):
    """What leads from one fact to another that follows from it; where none does so, all of this is compiled away."""

    burns: Whole  # [burn that is cancelled later, …]
    takes: Whole  # what each took of which lot, in that order; of holds what is still held
    holds: Whole  # [hold, …], member by member
    held: Whole  # [member, …]


class Books(NamedTuple):
    """What accounts have, and what came of it."""

    counters: Whole
    spent: Whole  # of budgets
    purses: Whole  # [member, unit, …]
    lots: Whole
    flows: Whole
    odd: Whole  # [member, …]: what the loops do not know
    kept: Whole  # [kept, place, …]
    kept_units: Whole
    kept_count: Whole
    climbed: Climbed


class Desk(NamedTuple):
    """Room to work in."""

    lists: Whole
    rules: Whole
    places: Whole
    units: Whole
    shares: Whole
    turns: Whole
