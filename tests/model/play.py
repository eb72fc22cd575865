"""A play: things happen in a house and in the book, and after each of them both must say and have the same."""

from collections.abc import Callable, Sequence
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import Any

from guerdon.core.holds import TimeToLive
from guerdon.core.rates import ToldRate
from guerdon.features.programmes import forms
from guerdon.insight.oracle import days
from guerdon.insight.oracle.book import UNITS, Answer, Member
from guerdon.insight.oracle.terms import CAUSE, Back, Fact, Line, Terms
from guerdon.insight.oracle.whole import Oracle, refusing
from tests import shop
from tests.model import telling
from tests.model.houses import House
from tests.stories.story import Person

START = datetime(2026, 3, 20, 9, 30, tzinfo=UTC)
PEOPLE = ("Ann", "Ben", "Cleo")
ACTORS = ("Emil", "Maya")

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
        grace_days=pick([None, 0, 3]),
        approve_above=pick([None, 20]),
        least_sent=pick([1, 5]),
        sent_per_day=pick([None, 40]),
        sent_per_pair=pick([None, 30]),
        fee_points=pick([0, 1]),
        fee_percent=pick([0, 15]),
        acceptance=pick([False, True]),
        offer_days=pick([2, 9]),
    )


def basket_line(pick: Pick) -> Line:
    """A line of a basket."""
    amount = pick([0, 1, 99, 133, 200, 1_234, 2_999, 3_000, 4_321, 6_000, 6_000, pick(range(9_000))])
    return Line(amount, amount * pick([0, 0, 15, 100]) // 100, pick(range(5)), pick([False, True]))


class Play:
    """A café, run twice: by a house and by the book."""

    def __init__(self, pick: Pick, house: House | None) -> None:
        self.oracle = Oracle(terms(pick), START, {who: Member(who) for who in PEOPLE})
        self.orders: list[tuple[str, str]] = []  # key, who
        self.keys: list[tuple[str, str]] = []  # kind, key
        self.by_hand: list[str] = []
        self.number = 0
        self.touched = set(PEOPLE)
        self.clock_moves = pick([False, False, True])  # or it is the real one, and nights come when somebody runs them
        if house is not None:
            self.house = house
            found = forms.read_document(shop.document("model", **self.oracle.terms.document()))
            assert found.programme is not None, found.problems
            house.publish(found.programme, since=shop.OPENING, now=shop.OPENING)
            for who in PEOPLE:
                house.enrol(Person(who), now=shop.OPENING)

    def _key(self, what: str) -> str:
        self.number += 1
        return f"{what}-{self.number}"

    def _agree(self, answer: Answer, expected: Answer) -> None:
        assert answer == expected, f"answered {answer}, and not {expected}"

    # --- time ---

    def time_passes(self, pick: Pick) -> None:
        """Some minutes, some days, or just up to what time will change next."""
        before, instants = self.oracle.now, self.oracle.instants()
        if instants and pick([False, True, True]):
            now = max(before, pick(instants[:3]) - timedelta(microseconds=pick([0, 0, 1])))
        else:
            now = before + timedelta(minutes=pick([1, 60, 24 * 60, 24 * 60, 5 * 24 * 60, 20 * 24 * 60]))
        self.oracle.advance(now)
        if self.clock_moves:
            self.house.move_clock(before, now)
            self.oracle.nights_pass(before, now)
            self.touched = set(PEOPLE)

    def night(self, pick: Pick) -> None:
        """A night, and the same night again."""
        self.oracle.night()
        self.house.night(self.oracle.now)
        assert self.house.night(self.oracle.now) == ({}, {}, {}), "the second night did something"
        self.touched = set(PEOPLE)

    def month_closes(self, pick: Pick) -> None:
        """The next month to be closed, or another one; its figures are the book's, and those of before stay."""
        zone = self.oracle.terms.zone
        own = days.month_of(self.oracle.now, zone)
        month = pick([days.month_after(self.oracle.closed[-1]) if self.oracle.closed else "2026-03", own, "2026-04"])
        answer = self.house.close_month(month, actor="Emil", now=self.oracle.now)
        self._agree(telling.closed(answer), refusing(self.oracle.close, month))
        for closed in self.oracle.closed:
            for unit in UNITS:
                found, mine = self.house.figures(closed, unit), self.oracle.figures(closed, unit)
                assert found == mine, f"{closed} has {found} {unit}, and not {mine}"

    # --- facts ---

    def fact(self, pick: Pick) -> Fact:
        """A purchase, a review, a return, a reopening, or something told again."""
        kind = pick(["purchase", "purchase", "purchase", "purchase", "review", "return", "return", "reopen"])
        late = pick([timedelta(), timedelta(), timedelta(hours=7), timedelta(days=3), timedelta(days=36)])
        key, who, at = self._key(kind), pick(PEOPLE), self.oracle.now - late
        if self.keys and pick(range(8)) == 7:
            kind, key = pick(self.keys)
        self.keys.append((kind, key))
        if kind == "review":
            return Fact(kind, key, who, at)
        if kind in ("return", "reopen"):
            return self._back(pick, kind, key, who, at)
        replaced = pick(self.orders[-8:])[0] if self.orders and pick(range(6)) == 5 else ""
        replaced = replaced if replaced != key else ""  # of one told again
        self.orders.append((key, who))
        lines = tuple(basket_line(pick) for _ in range(pick([1, 1, 2, 3])))
        net = sum(line.net for line in lines)
        return Fact(
            kind, key, who, at, lines, paid_in_points=pick([0, 0, 0, net // 3, net]),
            currency=pick(["EUR", "EUR", "EUR", "EUR", "EUR", "USD"]), order=replaced,
        )  # fmt: skip

    def _back(self, pick: Pick, kind: str, key: str, who: str, at: datetime) -> Fact:
        """What comes back: all, some money, or some of a line."""
        # A return that comes first waits in the account of whoever it names; a merge may not come between: that it then
        # waits for ever is a known gap.
        known = [one for one in self.orders[-8:] if one[0] in self.oracle.orders or not self.oracle.into]
        order, owner = pick(known) if known else ("", who)
        if not self.oracle.into and pick(range(8)) == 7:
            order, owner = f"purchase-{self.number + pick([1, 2, 3])}", who
        if not order:
            return Fact("review", key, who, at)
        who = pick([owner, owner, owner, who])
        money, backs = None, ()
        if kind == "return" and (how := pick(["all", "all", "all", "money", "lines"])) == "money":
            money = pick([0, 1, 50, 133, 500, 2_000, 6_000])
        elif kind == "return" and how == "lines":
            told = [Back(pick([1, 1, 2, 3]), pick([None, None, 1, 2]), pick([None, None, 40]))]
            backs = tuple(told if pick([True, False]) else [*told, Back(1)])
        return Fact(kind, key, who, at, order=order, money=money, backs=backs)

    def things_happen(self, pick: Pick) -> None:
        """A batch, perhaps rehearsed."""
        told = [self.fact(pick) for _ in range(pick([1, 1, 2, 4]))]
        if pick([False, False, False, True]):
            self._agree(self._tell(told, dry_run=True), self._of_batch([*map(deepcopy(self.oracle).tell, told)]))
        answers = self._of_batch([*map(self.oracle.tell, told)])
        self._agree(self._tell(told, dry_run=False), answers)
        self._touch(*[fact.who for fact in told])

    def _tell(self, told: list[Fact], *, dry_run: bool) -> Answer:
        batch = [telling.activity(fact) for fact in told]
        answers = self.house.record(batch, now=self.oracle.now, dry_run=dry_run)
        return self._of_batch([*map(telling.fact, batch, answers)])

    def _of_batch(self, answers: Sequence[Answer]) -> Answer:
        """What has become of something told again is answered as of the end of its batch, or as of its turn in it."""
        return tuple(one[:1] if one[0] == "known" and len(answers) > 1 else one for one in answers)

    def more_never_earns_less(self, pick: Pick) -> None:
        """The same basket with one more line, both only tried."""
        line, more = basket_line(pick), basket_line(pick)
        who, at = pick(PEOPLE), self.oracle.now
        found = [
            telling.earned(self.house.record([telling.activity(fact)], now=at, dry_run=True)[0])
            for fact in (Fact("purchase", "less", who, at, (line,)), Fact("purchase", "more", who, at, (line, more)))
        ]
        assert all(found[0].get(unit, 0) <= found[1].get(unit, 0) for unit in UNITS), found

    def rate_comes(self, pick: Pick) -> None:
        """A rate of dollars is told, and what waited for it is decided."""
        day = self.oracle.day(self.oracle.now) - timedelta(days=pick([0, 0, 3, 40]))
        home, units = pick([(9, 10), (43, 50), (2, 1)])
        answer = self.house.rate(ToldRate("USD", day.isoformat(), home, units), now=self.oracle.now)
        self._agree(("released", answer.released), ("released", self.oracle.rate(day, Fraction(home, units))))
        self._touch(*PEOPLE)

    def somebody_regrets(self, pick: Pick) -> None:
        """Somebody spends most of what there is, and brings an order back, or has it opened again."""
        orders = [order for order in self.oracle.orders.values() if order.lots]
        if not orders:
            return
        order = pick(orders[-6:])
        who, kind = self.oracle.led(order.who), pick(["return", "return", "reopen"])
        available, key = self.oracle.amounts(who, "points")[0], self._key("burn")
        if available and kind == "return":
            answer = self.house.spend(who, "points", available, key=key, now=self.oracle.now, dry_run=False)
            self._agree(telling.spent(answer), refusing(self.oracle.burn, who, "points", available, key))
        money = pick([None, None, 133, 2_000]) if kind == "return" else None
        told = [Fact(kind, self._key(kind), order.who, self.oracle.now, order=order.fact.key, money=money)]
        expected = self._of_batch([*map(self.oracle.tell, told)])
        self._agree(self._tell(told, dry_run=False), expected)
        self._touch(who)

    # --- spending ---

    def points_move(self, pick: Pick) -> None:
        """A burn of some, all, or more than all; perhaps rehearsed."""
        unit, key = pick(["points", "points", "stamps"]), self._key("burn")
        who = self._somebody(pick, unit)
        points = self._some(pick, who, unit)
        if pick([False, False, True]):
            tried = self.house.spend(who, unit, points, key=key, now=self.oracle.now, dry_run=True)
            self._agree(telling.spent(tried), refusing(deepcopy(self.oracle).burn, who, unit, points, key))
        answer = self.house.spend(who, unit, points, key=key, now=self.oracle.now, dry_run=False)
        self._agree(telling.spent(answer), refusing(self.oracle.burn, who, unit, points, key))
        self._touch(who)

    def _somebody(self, pick: Pick, unit: str) -> str:
        """Mostly one of those who have points."""
        rich = [who for who in PEOPLE if self.oracle.amounts(who, unit)[0]]
        return pick([*rich, *rich, pick(PEOPLE)])

    def _some(self, pick: Pick, who: str, unit: str) -> int:
        available = self.oracle.amounts(who, unit)[0]
        return max(1, pick([1, 7, available // 3, available // 2, available, available + 1]))

    def burn_comes_to_nothing(self, pick: Pick) -> None:
        """One of the last burns is cancelled, wholly or in part, some a second time."""
        if not self.oracle.burns:
            return
        burn, points = pick([*self.oracle.burns][-6:]), pick([None, None, 1, 4])
        answer = self.house.cancel(burn, points, key=self._key("cancel"), now=self.oracle.now)
        self._agree(telling.reinstated(answer), refusing(self.oracle.cancel, burn, points))
        self._touch(self.oracle.burns[burn].who)

    def points_are_held(self, pick: Pick) -> None:
        unit, key = pick(["points", "points", "stamps"]), self._key("hold")
        who = self._somebody(pick, unit)
        points, life = self._some(pick, who, unit), pick([("minutes", 30), ("hours", 5), ("days", 1), ("days", 12)])
        wanted = TimeToLive(**dict([life]))
        answer = self.house.hold(who, unit, points, life=wanted, key=key, now=self.oracle.now)
        self._agree(telling.held(answer, points), refusing(self.oracle.hold, who, unit, points, life, key))
        self._touch(who)

    def hold_ends(self, pick: Pick) -> None:
        """One of the last holds is captured, wholly or in part, or released; some had ended before."""
        if not self.oracle.holds:
            return
        hold, key, now = pick([*self.oracle.holds][-5:]), self._key("end"), self.oracle.now
        if pick([False, True]):
            answer = self.house.release(hold, key=key, now=now)
            self._agree(telling.released(answer), refusing(self.oracle.release, hold))
        else:
            points, final = pick([None, 1, 5]), pick([True, False])
            answer = self.house.capture(hold, points, final=final, key=key, now=now)
            self._agree(telling.captured(answer), refusing(self.oracle.capture, hold, points, final=final, key=key))
        assert self.house.state(hold, now) == self.oracle.holds[hold].state
        self._touch(self.oracle.holds[hold].who)

    def points_go_to_the_trees(self, pick: Pick) -> None:
        who = self._somebody(pick, "points")
        points = self._some(pick, who, "points")
        answer = self.house.donate(who, CAUSE, "points", points, key=self._key("gift"), now=self.oracle.now)
        self._agree(telling.spent(answer), refusing(self.oracle.donate, who, points))
        assert self.house.given(CAUSE, "points") == self.oracle.given
        self._touch(who)

    # --- by hand ---

    def somebody_is_sorry(self, pick: Pick) -> None:
        """Points by hand, up or down, or a second person's word on those that wait."""
        actor, now = pick(ACTORS), self.oracle.now
        if self.by_hand and pick([False, True]):
            key, verdict = pick(self.by_hand[-4:]), pick(["approval", "approval", "rejection"])
            answer = self.house.judge(verdict, key, actor=actor, now=now)
            self._agree(telling.adjusted(answer), refusing(self.oracle.judge, verdict, key, actor))
        else:
            who, unit, key = pick(PEOPLE), pick(UNITS), self._key("sorry")
            points = pick([1, 17, 60, -self._some(pick, who, unit)])
            answer = self.house.adjust(who, unit, points, key=key, actor=actor, reason="sorry", now=now)
            expected = refusing(self.oracle.adjust, who, unit, points, actor, key)
            self._agree(telling.adjusted(answer), expected)
            self.by_hand += [key] if expected[0] != "refused" else []
        self._touch(*PEOPLE)

    # --- sharing ---

    def points_are_sent(self, pick: Pick) -> None:
        unit, key = pick(["points", "points", "stamps"]), self._key("send")
        who = self._somebody(pick, unit)
        others = [one for one in PEOPLE if one != who]
        to = pick([*others, *others, who])
        points = self._some(pick, who, unit)
        words: Any = {"key": key, "now": self.oracle.now}
        if pick([False, False, True]):
            tried = self.house.send(who, to, unit, points, **words, dry_run=True)
            self._agree(telling.sent(tried), refusing(deepcopy(self.oracle).send, who, to, unit, points, key))
        answer = self.house.send(who, to, unit, points, **words, dry_run=False)
        self._agree(telling.sent(answer), refusing(self.oracle.send, who, to, unit, points, key))
        self._touch(who, to)

    def offer_is_settled(self, pick: Pick) -> None:
        if not self.oracle.gifts:
            return
        key, deal = pick([*self.oracle.gifts][-4:]), pick(["accept", "accept", "decline", "withdraw"])
        before = self.oracle.gifts[key]
        answer = self.house.settle(key, deal, now=self.oracle.now)
        self._agree(telling.settled(answer), refusing(self.oracle.settle, key, deal))
        self._touch(before.who, before.to)

    def two_become_one(self, pick: Pick) -> None:
        self._join_or_part(pick, self.house.merge, "merge")

    def one_becomes_two(self, pick: Pick) -> None:
        pairs = [*self.oracle.into.items()]
        self._join_or_part(pick, self.house.unmerge, "unmerge", pairs)

    def _join_or_part(self, pick: Pick, deed: Any, name: str, pairs: Sequence[tuple[str, str]] = ()) -> None:
        apart = [(one, other) for one in PEOPLE for other in PEOPLE if one != other and one not in self.oracle.into]
        goes, stays = pick([*pairs, *pairs, *pairs] or [*apart, (pick(PEOPLE), pick(PEOPLE))])
        if name == "merge" and self._waits_for_a_purchase(stays):
            return  # it waits for a person by then: tests/engine/test_merged_members.py
        now = self.oracle.now
        if pick([False, False, True]):
            tried = deed(stays, goes, now=now, dry_run=True)
            self._agree(telling.merged(tried), refusing(getattr(deepcopy(self.oracle), name), stays, goes))
        answer = deed(stays, goes, now=now, dry_run=False)
        self._agree(telling.merged(answer), refusing(getattr(self.oracle, name), stays, goes))
        self._touch(stays, goes)

    def _waits_for_a_purchase(self, who: str) -> bool:
        return any(owner == who and fact.kind != "purchase" for owner, fact in self.oracle.parked)

    def _touch(self, *names: str) -> None:
        self.touched |= {self.oracle.led(name) for name in names} | set(names)

    # --- what must hold after each of them ---

    def compare(self) -> None:
        """Every balance of everybody; every lot, counter and sum of postings of those who were touched."""
        now, oracle = self.oracle.now, self.oracle
        for who in PEOPLE:
            for unit in UNITS:
                found = self.house.amounts(who, unit, now)
                told = (found.available, found.pending, found.held, found.debt)
                assert told == oracle.amounts(who, unit), (who, unit, told, oracle.amounts(who, unit))
        for who in sorted({oracle.led(name) for name in self.touched}):
            for unit in UNITS:
                self._compare_lots(who, unit)
                self._compare_sums(who, unit)
            counters = {name: n for name, n in self.house.counters(who).items() if n and name[0][:5] != "sent:"}
            mine = {name: n for name, n in oracle.members[who].counters.items() if n and name[0][:5] != "sent:"}
            assert counters == mine, (who, counters, mine)
        self.touched = set()

    def _compare_lots(self, who: str, unit: str) -> None:
        stored = self.house.lots(who, unit, self.oracle.now)
        far = datetime.max.replace(tzinfo=UTC)
        stored.sort(key=lambda lot: (lot.expires_at or far, lot.earned_at, lot.id))
        found = [(lot.points, lot.earned_at, lot.available_at, lot.expires_at, lot.funder) for lot in stored]
        mine = [lot for lot in self.oracle.members[who].order(unit) if lot.left]
        book = [(lot.left, lot.earned, lot.starts, lot.ends, lot.funder) for lot in mine]
        assert found == book, f"{who} has {found} {unit}, and not {book}"

    def _compare_sums(self, who: str, unit: str) -> None:
        """What each kind of posting came to; what time did may be booked, or be left to the next touch or night."""
        sums: dict[str, int] = {}
        for kind, points in self.house.statement(who, unit):
            sums[kind] = sums.get(kind, 0) + points
        now = self.house.amounts(who, unit, self.oracle.now)
        sums["expire"] = sums.get("expire", 0) - now.lapsed
        sums["repay"] = now.debt - sums.get("lend", 0)
        found = {kind: points for kind, points in sums.items() if points}
        assert found == self.oracle.sums(who, unit), f"{who}: {found} {unit}, and not {self.oracle.sums(who, unit)}"

    def end(self) -> None:
        """Nothing came of nothing, nothing got lost on its way, and the house can prove what it wrote."""
        for unit in UNITS:
            sums: dict[str, int] = {}
            for who in PEOPLE if not self.oracle.into else ():
                for kind, points in self.house.statement(who, unit):
                    sums[kind] = sums.get(kind, 0) + points
            assert sums.get("transfer_out", 0) + sums.get("transfer_in", 0) == 0, sums
            assert sums.get("merge_out", 0) + sums.get("merge_in", 0) == 0, sums
        assert self.house.proof() == []
