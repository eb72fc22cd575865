"""The engine against the oracle: whatever happens, every lot, balance and statement is what the law says.

The machine drives one programme on the database of the run; a second test tells the same facts in other batches.
"""

import itertools
import sqlite3
from collections.abc import Callable, Sequence
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import hypothesis
import psycopg
import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from guerdon.core import activities as law
from guerdon.core import due, earning, ledger, limits
from guerdon.core.errors import Refusal
from guerdon.core.ledger import Lot
from guerdon.engine import adjust, earn, night, redeem
from guerdon.engine.batch import Told
from guerdon.engine.desk import Result
from guerdon.features.ledger import lapsed
from guerdon.features.ledger.actions import Books
from guerdon.features.ledger.guard import BrokenBooks
from guerdon.features.ledger.queries import LotLine, StatementLine
from guerdon.insight import verify
from tests import effort
from tests.engine.oracle import FOR_EVER, Answer, Fact, Line, Member, Oracle, Terms
from tests.shop import FAR, Shop

START = datetime(2026, 3, 20, 9, 30, tzinfo=UTC)
PEOPLE = ("Ann", "Ben", "Cleo")
UNITS = ("points", "stamps")

Pick = Callable[[Sequence[Any]], Any]  # one of several; by Hypothesis, which can shrink, or by a seeded dice


def terms(pick: Pick) -> Terms:
    """A programme."""
    return Terms(
        zone=pick(["Europe/Sofia", "Asia/Beirut", "America/Havana"]),
        days=pick([0, 9, 40]),
        months=pick([0, 1]),
        month_end=pick([False, True]),
        vesting_days=pick([0, 0, 6]),
        debt_max=pick([None, None, 30]),
        returns=pick(["debt", "debt", "debt", "within_balance", "only_pending"]),
        stamps_days=pick([20, 50]),
    )


def basket_line(pick: Pick) -> Line:
    """A line of a basket."""
    amount = pick([0, 1, 99, 100, 133, 200, 1_000, 2_999, 3_000, 6_000, pick(range(9_000))])
    return Line(amount, amount * pick([0, 0, 15, 100]) // 100, pick(range(5)), pick([False, True]))


def activity(fact: Fact) -> law.Activity:
    """The fact as the engine is told it."""
    net = sum(one.amount - one.discount for one in fact.lines)
    tenders = ((law.Tender("points", fact.paid_in_points), law.Tender("card", net - fact.paid_in_points))
               if fact.paid_in_points else ())  # fmt: skip
    return law.Activity(
        kind=fact.kind,
        source="till",
        external_id=fact.key,
        occurred_at=fact.at,
        member=law.Member(external_id=fact.who),
        lines=tuple(
            law.Line(
                amount=one.amount,
                discount=one.discount,
                quantity=one.pieces,
                category="coffee" if one.coffee else "cake",
            )
            for one in fact.lines
        ),
        tenders=tenders,
        returns=law.Reference(external_id=fact.order) if fact.kind == "return" else None,
    )


def answer(result: Result) -> Answer:
    """What the engine answered, in the oracle's words."""
    if isinstance(result, Refusal):
        return ("refused", result.code)
    decision = result.decision
    known: Answer = ("known",) if result.replayed else ()
    if decision.parked:
        return (*known, "parked", decision.parked)
    if result.activity.kind == "return":
        taken = [
            (one.unit, one.asked, one.origin, one.other, one.lapsed, one.debt, one.shortfall) for one in decision.taken
        ]
        return (*known, "taken", *sorted(taken))
    if decision.spent:
        return (*known, "spent", decision.spent[0].points)
    awarded: dict[str, int] = {}
    for award in decision.awards:
        awarded[award.unit] = awarded.get(award.unit, 0) + award.points
    return (*known, "earned", tuple(sorted(awarded.items())), tuple(sorted(decision.repaid.items())))


class Play:
    """A café, run twice: by the engine and by the book."""

    def __init__(self, pick: Pick) -> None:
        chosen = terms(pick)
        self.begin(chosen)
        self.shop = Shop(chosen.document())
        self.shop.enrol(*PEOPLE)

    def begin(self, chosen: Terms) -> None:
        """The book, and what has been told so far."""
        self.oracle = Oracle(chosen, START, {who: Member() for who in PEOPLE})
        self.orders: list[tuple[str, str]] = []  # key, who
        self.keys: list[tuple[str, str]] = []  # kind, key
        self.numbers = itertools.count()
        self.touched = set(PEOPLE)

    # --- time ---

    def time_passes(self, pick: Pick) -> None:
        """Some minutes, some days, or just up to what time will change next."""
        minutes = pick([1, 60, 24 * 60, 5 * 24 * 60, 20 * 24 * 60])
        instants = self.oracle.instants()
        if instants and pick([False, True, True]):
            self.oracle.advance(max(self.oracle.now, pick(instants[:3]) - timedelta(microseconds=pick([0, 0, 1]))))
        else:
            self.oracle.advance(self.oracle.now + timedelta(minutes=minutes))

    def night(self) -> None:
        """A night, and the same night again."""
        programme = self.shop.programme_id
        assert night.run(programme_id=programme, as_of=self.oracle.now).expired == self.oracle.night()
        again = night.run(programme_id=programme, as_of=self.oracle.now)
        assert (again.accounts, again.expired, again.repaid) == (0, {}, {}), "the second night did something"
        self.touched = set(PEOPLE)

    # --- facts ---

    def fact(self, pick: Pick) -> Fact:
        """A purchase, a review, a return, or something told again."""
        kind = pick(["purchase", "purchase", "purchase", "review", "return", "return"])
        late = pick([timedelta(), timedelta(), timedelta(hours=7), timedelta(days=3), timedelta(days=36)])
        key, who, at = f"{kind}-{next(self.numbers)}", pick(PEOPLE), self.oracle.now - late
        if self.keys and pick(range(8)) == 7:
            kind, key = pick(self.keys)
        self.keys.append((kind, key))
        if kind == "review":
            return Fact(kind, key, who, at)
        if kind == "return":
            order, owner = pick([*self.orders[-8:], (f"purchase-{pick(range(60))}", who)])
            return Fact(kind, key, pick([owner, owner, owner, who]), at, order=order)
        self.orders.append((key, who))
        lines = tuple(basket_line(pick) for _ in range(pick([1, 1, 2, 3])))
        net = sum(one.amount - one.discount for one in lines)
        return Fact(kind, key, who, at, lines, paid_in_points=pick([0, 0, 0, net // 3, net]))

    def things_happen(self, pick: Pick) -> None:
        """A batch, perhaps rehearsed."""
        told = [self.fact(pick) for _ in range(pick([1, 1, 2, 4]))]
        if pick([False, False, False, True]):
            assert self._tell(told, dry_run=True) == [*map(deepcopy(self.oracle).tell, told)]
        answers = [*map(self.oracle.tell, told)]
        assert self._tell(told) == answers
        self.touched = {fact.who for fact, answer in zip(told, answers, strict=True) if answer[0] != "known"}

    def _tell(self, told: list[Fact], *, dry_run: bool = False) -> list[Answer]:
        batch = [Told(activity(fact)) for fact in told]
        results = earn.record_many(
            programme_id=self.shop.programme_id, told=batch, now=self.oracle.now, dry_run=dry_run
        )
        return [answer(result) for result in results]

    def points_move(self, pick: Pick) -> None:
        """A burn of some, all, or more than all; or an adjustment up or down."""
        who, unit, by_hand = pick(PEOPLE), pick(UNITS), pick([False, False, True])
        available = self.oracle.amounts(who, unit)[0]
        points = -max(1, pick([1, available // 2, available, available, available + 1]))
        if by_hand and pick([False, True]):
            points = pick([1, 17, 60])
        named = {"member": law.Member(external_id=who), "unit": unit, "source": "hand",
                 "external_id": f"hand-{next(self.numbers)}"}  # fmt: skip
        programme, now = self.shop.programme_id, self.oracle.now
        if by_hand:
            adjustment = adjust.Adjustment(points=points, reason="thanks", actor=adjust.Actor("Emil", "Emil"), **named)
            result = adjust.adjust_many(programme_id=programme, adjustments=[adjustment], now=now)[0]
            expected = self.oracle.adjust(who, unit, points)
        else:
            result = redeem.burn_many(programme_id=programme, burns=[redeem.Burn(points=-points, **named)], now=now)[0]
            expected = self.oracle.burn(who, unit, -points)
        assert answer(result) == expected
        self.touched = {who}

    # --- what must hold after each of them ---

    def compare(self) -> None:
        """Every balance of everybody; every lot and every posting of those who were touched."""
        for who in PEOPLE:
            for unit in UNITS:
                found = self.shop.amounts(who, self.oracle.now.isoformat(), unit)
                told = (found.available, found.pending, found.debt, found.lapsed)
                assert told == self.oracle.amounts(who, unit), (who, unit)
        for who in self.touched:
            stored, lines = self.shop.lots(who), self.shop.statement(who)
            for unit in UNITS:
                self._compare_lots(who, unit, [lot for lot in stored if lot.unit == unit])
                self._compare_statement(who, unit, [line for line in lines if line.unit == unit])
            numbers = [(line.seq, line.part) for line in lines]
            assert numbers == sorted(set(numbers))
        self.touched = set()

    def _compare_lots(self, who: str, unit: str, stored: list[LotLine]) -> None:
        stored.sort(key=lambda lot: (lot.expires_at or FOR_EVER, lot.earned_at, lot.id))
        found = [(lot.remaining, lot.earned_at, lot.available_at, lot.expires_at) for lot in stored]
        mine = [lot for lot in self.oracle.members[who].order(unit) if lot.left]
        assert found == [(lot.left, lot.earned, lot.starts, lot.ends) for lot in mine], (who, unit)

    def _compare_statement(self, who: str, unit: str, lines: list[StatementLine]) -> None:
        told = [(line.kind, line.points) for line in lines]
        assert told == [(kind, points) for of, kind, points in self.oracle.members[who].statement if of == unit]
        balances = itertools.accumulate(line.points for line in lines)
        assert [line.balance for line in lines] == list(balances)


class Cafe(RuleBasedStateMachine):
    """The same, driven by Hypothesis, which shrinks what goes wrong to the shortest play."""

    @initialize(data=st.data())
    def open(self, data: st.DataObject) -> None:
        self.play = Play(_by(data))

    @rule(data=st.data())
    def time_passes(self, data: st.DataObject) -> None:
        self.play.time_passes(_by(data))

    @rule()
    def night(self) -> None:
        self.play.night()

    @rule(data=st.data())
    def things_happen(self, data: st.DataObject) -> None:
        self.play.things_happen(_by(data))

    @rule(data=st.data())
    def more_things_happen(self, data: st.DataObject) -> None:
        self.play.things_happen(_by(data))

    @rule(data=st.data())
    def points_move(self, data: st.DataObject) -> None:
        self.play.points_move(_by(data))

    @invariant()
    def it_is_all_the_same(self) -> None:
        self.play.compare()


def _by(data: st.DataObject) -> Pick:
    return lambda several: data.draw(st.sampled_from(several))


def test_the_engine_keeps_the_law(database):
    settings = hypothesis.settings(
        max_examples=effort.times(12, 300), stateful_step_count=effort.times(25, 60), print_blob=True
    )
    run_state_machine_as_test(Cafe, settings=settings)


def play_long(seed: int, steps: int) -> str:
    """One long play by the dice; answers the programme it was played in."""
    dice = Random(seed)
    play = Play(dice.choice)
    for _ in range(steps):
        deeds = [play.things_happen, play.points_move, play.time_passes, lambda pick: play.night()]
        dice.choices(deeds, [5, 4, 3, 1])[0](dice.choice)
        play.compare()
    return play.shop.programme_id


@pytest.mark.parametrize("seed", range(effort.times(8, 80)))
def test_a_long_play(database, seed):
    """And in the end the house's own proof finds nothing, which it would say on the same books."""
    report = verify.run(play_long(seed, effort.times(120, 400)), deep=True, at=FAR)
    assert report.ok, [verdict for verdict in report.verdicts if verdict.holds is False]


# A wrong law, a forgotten step, an end that is a microsecond off: the model must find each of them.
MUTANTS = {
    "last expiring first out": (ledger, "in_order", lambda lots, right=ledger.in_order: right(lots)[::-1]),
    "nothing expires by itself": (Lot, "lapsed", lambda lot, at: False),
    "dead a moment late": (Lot, "lapsed", lambda lot, at: lot.expires_at is not None and lot.expires_at < at),
    "available a moment late": (Lot, "pending", lambda lot, at: at <= lot.available_at),
    "what vested repays nothing": (due, "due", lambda lots, debt, holds=(), *, at, right=due.due: right(
        lots, 0, holds, at=at)),
    "nothing slides": (Books, "slide", lambda *_: None),
    "only stored lots slide": (Books, "slide", lambda books, account, unit, until: books._slides.update(
        {(account, unit): until})),
    "the night forgets": (Books, "expire", lambda books, cause, unit: {}),
    "late points get no grace": (limits, "LATE_GRACE_DAYS", 0),
    "remainders go to the last": (earning, "rounded", lambda numerators, down, how, right=earning.rounded:
        right(numerators[::-1], down, how)[::-1]),
    "a return forgets what expired": (lapsed, "of_awards", lambda *_: {}),
}  # fmt: skip


@pytest.mark.parametrize("mutant", MUTANTS)
def test_a_wrong_house_is_found(database, monkeypatch, mutant):
    monkeypatch.setattr(*MUTANTS[mutant])
    with pytest.raises((AssertionError, BrokenBooks, sqlite3.IntegrityError, psycopg.IntegrityError)):
        for seed in range(40):
            play_long(seed, 120)
