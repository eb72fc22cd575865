"""The engine against the oracle: whatever happens, every lot, balance and statement is what the law says.

The machine drives one programme on the database of the run; a second test tells the same facts in other batches.
"""

from copy import deepcopy
from datetime import UTC, datetime, timedelta

import hypothesis
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule, run_state_machine_as_test

from guerdon.core import activities as law
from guerdon.core.errors import Refusal
from guerdon.engine import earn, night, redeem
from guerdon.engine.batch import Told
from guerdon.engine.desk import Result
from tests import effort
from tests.engine.oracle import Answer, Fact, Line, Member, Oracle, Terms
from tests.shop import Shop

START = datetime(2026, 3, 20, 9, 30, tzinfo=UTC)
PEOPLE = ("Ann", "Ben", "Cleo")
UNITS = ("points", "stamps")

terms = st.builds(
    Terms,
    zone=st.sampled_from(["Europe/Sofia", "Asia/Beirut", "America/Havana"]),
    days=st.sampled_from([0, 9, 40]),
    months=st.sampled_from([0, 1]),
    month_end=st.booleans(),
    vesting_days=st.sampled_from([0, 0, 6]),
    debt_max=st.sampled_from([None, None, 30]),
    returns=st.sampled_from(["debt", "debt", "within_balance", "only_pending"]),
)
people = st.sampled_from(PEOPLE)
line = st.builds(
    lambda amount, percent, pieces, coffee: Line(amount, amount * percent // 100, pieces, coffee),
    st.one_of(st.integers(0, 9_000), st.sampled_from([100, 200, 3_000, 6_000])),
    st.sampled_from([0, 0, 15, 100]),
    st.integers(0, 4),
    st.booleans(),
)


@st.composite
def facts(draw: st.DrawFn, now: datetime, orders: list[str], keys: list[str]) -> Fact:
    """A purchase, a review, a return of a known or an unknown order, or something told again."""
    kind = draw(st.sampled_from(["purchase", "purchase", "purchase", "review", "return"]))
    who = draw(people)
    late = draw(st.sampled_from([timedelta(), timedelta(), timedelta(hours=7), timedelta(days=3), timedelta(days=36)]))
    key = draw(st.sampled_from(keys)) if keys and draw(st.integers(0, 7)) == 0 else f"{kind}-{len(keys)}"
    keys.append(key)
    if kind == "return":
        return Fact(kind, key, who, now - late, order=draw(st.sampled_from([*orders, f"purchase-{len(keys) + 1}"])))
    if kind == "review":
        return Fact(kind, key, who, now - late)
    lines = tuple(draw(st.lists(line, min_size=1, max_size=3)))
    net = sum(one.amount - one.discount for one in lines)
    paid = draw(st.sampled_from([0, 0, 0, net // 3, net]))
    orders.append(key)
    return Fact(kind, key, who, now - late, lines, paid_in_points=paid)


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
                amount=one.amount, discount=one.discount, quantity=one.pieces, category="coffee" if one.coffee else "cake"
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
        taken = [(one.unit, one.asked, one.origin, one.other, one.lapsed, one.debt, one.shortfall) for one in decision.taken]
        return (*known, "taken", *sorted(taken))
    if decision.spent:
        return (*known, "spent", decision.spent[0].points)
    awarded: dict[str, int] = {}
    for award in decision.awards:
        awarded[award.unit] = awarded.get(award.unit, 0) + award.points
    return (*known, "earned", tuple(sorted(awarded.items())), tuple(sorted(decision.repaid.items())))


class Cafe(RuleBasedStateMachine):
    """A café, run twice: by the engine and by the book."""

    oracle: Oracle
    shop: Shop

    @initialize(terms=terms)
    def open(self, terms: Terms) -> None:
        self.orders: list[str] = []
        self.keys: list[str] = []
        self.numbers = iter(range(10**9))
        self.shop = Shop(terms.document())
        self.shop.enrol(*PEOPLE)
        self.oracle = Oracle(terms, START)
        self.oracle.members = {who: Member() for who in PEOPLE}
        self.touched = set(PEOPLE)

    # --- time ---

    @rule(minutes=st.integers(1, 40 * 24 * 60))
    def time_passes(self, minutes: int) -> None:
        self.oracle.advance(self.oracle.now + timedelta(minutes=minutes))

    @precondition(lambda self: self.oracle.instants())
    @rule(early=st.booleans())
    def something_is_about_to_change(self, early: bool) -> None:
        instant = self.oracle.instants()[0] - timedelta(microseconds=1 if early else 0)
        self.oracle.advance(max(self.oracle.now, instant))

    @rule()
    def night(self) -> None:
        report = night.run(programme_id=self.shop.programme_id, as_of=self.oracle.now)
        assert report.expired == self.oracle.night()
        again = night.run(programme_id=self.shop.programme_id, as_of=self.oracle.now)
        assert (again.accounts, again.expired, again.repaid) == (0, {}, {}), "the second night did something"
        self.touched = set(PEOPLE)

    # --- facts ---

    @rule(data=st.data(), count=st.integers(1, 4), rehearse=st.booleans())
    def things_happen(self, data: st.DataObject, count: int, rehearse: bool) -> None:
        told = [data.draw(facts(self.oracle.now, self.orders, self.keys)) for _ in range(count)]
        if rehearse:
            assert self._tell(told, dry_run=True) == self._expected(deepcopy(self.oracle), told)
        assert self._tell(told) == self._expected(self.oracle, told)
        self.touched = {fact.who for fact in told}

    def _tell(self, told: list[Fact], *, dry_run: bool = False) -> list[Answer]:
        batch = [Told(activity(fact)) for fact in told]
        results = earn.record_many(
            programme_id=self.shop.programme_id, told=batch, now=self.oracle.now, dry_run=dry_run
        )
        return [answer(result) for result in results]

    def _expected(self, oracle: Oracle, told: list[Fact]) -> list[Answer]:
        return [oracle.tell(fact) for fact in told]

    @rule(who=people, unit=st.sampled_from(UNITS), share=st.sampled_from([1, 30, 70, 100, 101]), adjust=st.booleans())
    def points_leave(self, who: str, unit: str, share: int, adjust: bool) -> None:
        points = max(1, self.oracle.amounts(who, unit)[0] * share // 100 + (share > 100))
        self._change(who, unit, -points, adjust)

    @rule(who=people, unit=st.sampled_from(UNITS), points=st.integers(1, 60))
    def points_are_given(self, who: str, unit: str, points: int) -> None:
        self._change(who, unit, points, True)

    def _change(self, who: str, unit: str, points: int, adjust: bool) -> None:
        named = {"member": law.Member(external_id=who), "unit": unit, "source": "hand",
                 "external_id": f"hand-{next(self.numbers)}"}  # fmt: skip
        programme, now = self.shop.programme_id, self.oracle.now
        if adjust:
            adjustment = redeem.Adjustment(points=points, reason="thanks", actor="Emil", **named)
            result = redeem.adjust_many(programme_id=programme, adjustments=[adjustment], now=now)[0]
            expected = self.oracle.adjust(who, unit, points)
        else:
            result = redeem.burn_many(programme_id=programme, burns=[redeem.Burn(points=-points, **named)], now=now)[0]
            expected = self.oracle.burn(who, unit, -points)
        assert answer(result) == expected
        self.touched = {who}

    # --- what must hold after each of them ---

    @invariant()
    def balances_are_the_same(self) -> None:
        for who in PEOPLE:
            for unit in UNITS:
                found = self.shop.amounts(who, self.oracle.now.isoformat(), unit)
                told = (found.available, found.pending, found.debt, found.lapsed)
                assert told == self.oracle.amounts(who, unit), (who, unit)

    @invariant()
    def every_lot_is_the_same(self) -> None:
        for who in self.touched:
            ids = [lot.id for lot in self.shop.lots(who, spent_too=True)]
            for unit in UNITS:
                stored = [lot for lot in self.shop.lots(who) if lot.unit == unit]
                stored.sort(key=lambda lot: (lot.expires_at or datetime.max.replace(tzinfo=UTC), lot.earned_at, lot.id))
                found = [(lot.remaining, lot.earned_at, lot.available_at, lot.expires_at) for lot in stored]
                mine = [lot for lot in self.oracle.members[who].order(unit) if lot.left]
                assert found == [(lot.left, lot.earned, lot.starts, lot.ends) for lot in mine], (who, unit)
            assert ids == sorted(ids)

    @invariant()
    def every_statement_is_the_same(self) -> None:
        for who in self.touched:
            lines = self.shop.statement(who)
            for unit in UNITS:
                mine = [(line.kind, line.points) for line in lines if line.unit == unit]
                book = [(kind, points) for of, kind, points in self.oracle.members[who].statement if of == unit]
                assert mine == book, (who, unit)
                running = 0
                for told in (line for line in lines if line.unit == unit):
                    running += told.points
                    assert told.balance == running
            numbers = [(told.seq, told.part) for told in lines]
            assert numbers == sorted(set(numbers))
        self.touched = set()


def test_the_engine_keeps_the_law(database):
    settings = hypothesis.settings(
        max_examples=effort.times(20, 300), stateful_step_count=effort.times(25, 60), print_blob=True
    )
    run_state_machine_as_test(Cafe, settings=settings)
