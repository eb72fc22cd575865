"""The proof: all invariants of the law over one snapshot, every account looked at once, in constant memory."""

import time
from collections.abc import Callable
from datetime import datetime
from typing import Final

from guerdon.insight.verify import crew
from guerdon.insight.verify.anew import DecidedAnew
from guerdon.insight.verify.awards import Explained, Once
from guerdon.insight.verify.balances import Chain, NeverNegative, Split, TwoSides, ZeroSum
from guerdon.insight.verify.by_hand import SecondPerson
from guerdon.insight.verify.cards import Cards
from guerdon.insight.verify.claims import Claims
from guerdon.insight.verify.climbs import Climbed
from guerdon.insight.verify.crew import Tally, Task
from guerdon.insight.verify.days import DailyFigures
from guerdon.insight.verify.drafts import Drafts, Versions
from guerdon.insight.verify.draws import Draws
from guerdon.insight.verify.exchange import Converted
from guerdon.insight.verify.handed import Handed
from guerdon.insight.verify.helpings import Helpings
from guerdon.insight.verify.holds import Holds
from guerdon.insight.verify.invariant import Found, Invariant
from guerdon.insight.verify.journal import KeptAnswers, News, Vault
from guerdon.insight.verify.limits import Limits
from guerdon.insight.verify.lots import FullyAllocated, LotSum, ReversedOnce, WithinLife
from guerdon.insight.verify.memberships import Memberships
from guerdon.insight.verify.merges import Merges
from guerdon.insight.verify.months import ClosedMonths
from guerdon.insight.verify.names import Named as CalledByName
from guerdon.insight.verify.nights import InItsTime, Swept
from guerdon.insight.verify.order import InOrder
from guerdon.insight.verify.passages import BothSides, CauseTotals, NoGain, Passed
from guerdon.insight.verify.pools import Pools
from guerdon.insight.verify.prices import Prices
from guerdon.insight.verify.privacy import Consented, Erased, Lapsed
from guerdon.insight.verify.redeemed import Redemptions
from guerdon.insight.verify.report import ProgrammeTotals, Report, Verdict
from guerdon.insight.verify.returns import ClawBacks, KeptPart, Named
from guerdon.insight.verify.scope import Scope, books
from guerdon.insight.verify.sealed import Heads, Sealed
from guerdon.insight.verify.stocks import Stocks
from guerdon.insight.verify.sums import Conservation
from guerdon.insight.verify.tenders import Tenders
from guerdon.insight.verify.vouchers import Vouchers
from guerdon.insight.verify.waits import Confirmed
from guerdon.insight.verify.walls import AppendOnly, Inside
from guerdon.kit import clock, snapshot

ALWAYS: Final[tuple[type[Invariant], ...]] = (
    InItsTime, ClosedMonths, DailyFigures, Converted, Explained, SecondPerson, TwoSides, ZeroSum, Chain, NeverNegative,
    LotSum, Split, FullyAllocated, InOrder, WithinLife, Holds, Confirmed, Swept, ClawBacks, KeptPart, Named,
    ReversedOnce, Once, Limits, Conservation, KeptAnswers, AppendOnly, Inside, News, Vault, Merges, Sealed, Passed,
    BothSides, NoGain, CauseTotals, Climbed, Pools, Stocks, Redemptions, Helpings, Handed, Draws, Vouchers, Cards,
    Tenders, Memberships, Claims, Erased, Consented, Lapsed, CalledByName,
    Drafts, Versions, Prices,
)  # fmt: skip
DEEP: Final[tuple[type[Invariant], ...]] = (DecidedAnew,)
# What nothing in this version can break, and why.
NOT_YET: Final = {
    "10.18": ("Partner settlement: every allocation lies in one closed statement.", "there is none"),
    "10.23": ("One referral reward per friend.", "there are no referrals"),
    "10.28": ("Waiting room: active ≤ capacity.", "there is none"),
}


def run(
    programme_id: str | None = None,
    progress: Callable[[int], None] = lambda accounts: None,
    *,
    deep: bool = False,
    at: datetime | None = None,
    heads: Heads | None = None,
    processes: int | None = None,
) -> Report:
    """Prove every invariant for one programme, or (None) for all there are; nothing is changed and nobody waits.

    `progress` is told how many more accounts have been looked at. `deep` also decides every activity anew. `at` is the
    instant up to which things may have happened: now, unless a history that was played forward is to be proved.
    `heads` were kept outside: by programme id and number of the seal. `processes` look at the accounts, as many as
    there are processors where it is worth it.
    """
    began, at = time.perf_counter(), at or clock.now()
    invariants = [kind() for kind in (*ALWAYS, *(DEEP if deep else ()))]
    with snapshot.taken() as view:
        scope = Scope(programme_id)
        with crew.gathered(view, scope, processes) as mates:
            found = Found(view, scope, books(view, scope), at, heads or {})
            _each(invariants, lambda one: one.prepare(found))
            task = Task(scope, any(one.reads_facts for one in invariants), invariants)
            mates.begin(task)
            _each(invariants, lambda one: one.ask(found))
            tally = mates.look(view, found.books, task, progress)
            _each(invariants, lambda one: one.close(found))
    verdicts = sorted([one.verdict() for one in invariants] + _not_yet(), key=_order)
    return Report(
        ok=all(verdict.holds is not False for verdict in verdicts),
        at=at,
        deep=deep,
        seconds=time.perf_counter() - began,
        verdicts=tuple(verdicts),
        programmes=_totals(found, invariants, tally),
    )


def _each(invariants: list[Invariant], step: Callable[[Invariant], None]) -> None:
    """Take a step with each invariant, on its own time."""
    for one in invariants:
        began = time.perf_counter()
        step(one)
        one.seconds += time.perf_counter() - began


def _totals(found: Found, invariants: list[Invariant], tally: Tally) -> tuple[ProgrammeTotals, ...]:
    conservation = next(one for one in invariants if isinstance(one, Conservation))
    totals: list[ProgrammeTotals] = []
    for id, book in found.books.items():
        members, activities, postings = tally.get(id, [0, 0, 0])
        last = len(book.lawbook.versions)
        units = book.law(last).programme.units.values() if last else ()
        of_units = tuple(conservation.totals(id, unit.code, unit.scale) for unit in units)
        totals.append(ProgrammeTotals(book.key, members, activities, postings, of_units))
    return tuple(totals)


def _not_yet() -> list[Verdict]:
    return [
        Verdict(clause=clause, part="", sentence=sentence, holds=None, note=note)
        for clause, (sentence, note) in NOT_YET.items()
    ]


def _order(verdict: Verdict) -> tuple[int, int, str]:
    section, _, number = verdict.clause.partition(".")
    return (int(section), int(number), verdict.part)
