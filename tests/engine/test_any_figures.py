"""Any history, counted in any pieces: the figures of days are those that a patient person counts from the journal."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest

from guerdon.core.activities import Activity
from guerdon.core.errors import Refusal
from guerdon.core.ledger import CREDITS
from guerdon.engine import figures
from guerdon.features.activities import queries as activities
from guerdon.features.figures import queries
from guerdon.insight import verify
from guerdon.kit import store
from guerdon.kit.store import Statement
from tests import effort, shop
from tests.shop import FAR, Shop, moment

SOFIA = ZoneInfo("Europe/Sofia")
NAMES = ("Ann", "Ben", "Cleo", "Dora")
STORES = (None, "Sofia", "Plovdiv")


class Life:
    """Half a year of four members in two stores, counted now and then, with months that close."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self.shop = Shop({"units": {"points": {"expires": {"rolling": {"months": 2}}}}})
        self.shop.enrol(*NAMES)
        self.now = moment("2025-03-29T20:00")  # the clocks change that night
        self.orders: list[tuple[str, str]] = []

    def live(self, steps: int) -> None:
        for _ in range(steps):
            self.now += timedelta(hours=self.chance.choice((0, 1, 5, 24, 24 * 6, 24 * 25)))
            self.chance.choice((self.tell, self.tell, self.tell, self.burn, self.count, self.sleep, self.close))()

    def tell(self) -> None:
        self.shop.tell(*[self._fact() for _ in range(self.chance.choice((1, 3)))], now=self.now.isoformat())

    def _fact(self) -> Activity:
        late = timedelta(hours=self.chance.choice((0, 0, 2, 24 * 40)))
        at, where = max(self.now - late, moment("2025-01-02")).isoformat(), self.chance.choice(STORES)
        kind, name = self.chance.choice(("purchase", "purchase", "visit", "return")), self.chance.choice(NAMES)
        if kind == "return" and self.orders:
            owner, order = self.chance.choice(self.orders[-5:])
            return self.shop.giving_back(owner, order, at, store=where, amount=self.chance.choice((None, 100)))
        if kind == "visit":
            return self.shop.purchase(name, None, at, kind="visit", store=where)
        number = f"o{len(self.orders)}"
        self.orders.append((name, number))
        lines = self.chance.choice(((), ({"amount": 900, "discount": 50}, {"amount": 300, "kind": "tax"})))
        amount = self.chance.randrange(100, 9_000)
        return self.shop.purchase(name, amount, at, external_id=number, lines=lines, store=where)

    def burn(self) -> None:
        self.shop.burn(self.chance.choice(NAMES), self.chance.randrange(1, 40), self.now.isoformat())

    def count(self) -> None:
        figures.run(programme_id=self.shop.programme_id, now=self.now)

    def sleep(self) -> None:
        self.shop.night(self.now.isoformat())

    def close(self) -> None:
        month = (self.now - timedelta(days=31)).strftime("%Y-%m")
        try:
            self.shop.close(month, self.now.isoformat())
        except Refusal:  # it is not its turn, or no night has been
            return


def by_hand(cafe: Shop) -> tuple[Counter[tuple[date, str, str]], dict[tuple[date, str], set[str]]]:
    """What the facts of all members come to by day, store and measure; who was there on which day and where."""
    counted, seen = Counter[tuple[date, str, str]](), dict[tuple[date, str], set[str]]()
    for name in NAMES:
        account = cafe.account(name)
        for one in activities.of_account(store.current(), account, seq=0, most=1_000):
            told = one.activity
            day = told.occurred_at.astimezone(SOFIA).date()
            for place in {"", told.store or ""}:
                if told.kind == "purchase":
                    counted[day, place, "purchases"] += 1
                    counted[day, place, "spend"] += sum(line.net for line in told.goods)
                if told.kind == "return" and one.decision.refund:
                    counted[day, place, "returns"] += 1
                    counted[day, place, "returned"] += one.decision.refund.amount
                if told.kind in ("purchase", "return", "visit", "burn"):
                    seen.setdefault((day, place), set()).add(name)
    return counted, seen


def posted(cafe: Shop) -> Counter[tuple[str, str]]:
    """All points by month and kind; those that counted in a month that was closed before them in the next open one."""
    borders = store.current().fetch(
        Statement("SELECT month, until, seq FROM closings_closing WHERE programme_id = :programme ORDER BY until"),
        programme=cafe.programme_id,
    )
    rows = store.current().fetch(
        Statement("SELECT kind, amount, seq, effective_at FROM ledger_posting WHERE programme_id = :programme"),
        programme=cafe.programme_id,
    )
    found = Counter[tuple[str, str]]()
    for kind, amount, seq, at in rows:
        month = datetime.fromtimestamp(at / 1e6, UTC).astimezone(SOFIA).strftime("%Y-%m")
        closed = [name for name, until, last in borders if seq > last]
        if closed and month <= closed[-1]:
            year, number = map(int, closed[-1].split("-"))
            month = f"{year + number // 12}-{number % 12 + 1:02}"
        found[month, kind] += amount if kind in CREDITS else -amount
    return found


@pytest.mark.parametrize("seed", range(effort.times(6, 100)))
def test_any_history_comes_to_what_a_person_counts(database: str, seed: int):
    life = Life(Random(seed))
    life.live(60)
    cafe = life.shop
    now = life.now + timedelta(days=1)
    figures.run(programme_id=cafe.programme_id, now=now)
    figures.finish(programme_id=cafe.programme_id, now=now)
    kept = queries.days(
        store.current(), cafe.programme_id, stores=("", "Sofia", "Plovdiv"), first=1, last=date.max.toordinal()
    )
    counted, seen = by_hand(cafe)
    told = {"purchases", "spend", "returns", "returned"}
    days = Counter(
        {(date.fromordinal(one.day), one.store, one.measure): one.amount for one in kept if one.measure in told}
    )
    assert days == counted
    months = Counter[tuple[str, str]]()
    for one in kept:
        if one.what == "points" and not one.store:
            months[date.fromordinal(one.day).strftime("%Y-%m"), one.measure] += one.amount
    assert months == posted(cafe)
    _different(cafe, seen, life.now.astimezone(SOFIA).date())
    report = verify.run(cafe.programme_id, at=FAR)
    assert report.ok, report.broken


def _different(cafe: Shop, seen: dict[tuple[date, str], set[str]], last: date) -> None:
    """Members who were there in so many days up to each day, in all and by store."""
    kept = queries.standings(
        store.current(), cafe.programme_id, stores=("", "Sofia", "Plovdiv"), first=1, last=date.max.toordinal()
    )
    told = {(date.fromordinal(one.day), one.store, one.measure): one.amount for one in kept}
    day = moment("2025-01-01").date()
    while day <= last:
        for place in ("", "Sofia", "Plovdiv"):
            for window in (1, 30, 90):
                there = [seen.get((day - timedelta(days=back), place), set()) for back in range(window)]
                assert told.get((day, place, f"active_{window}"), 0) == len(set().union(*there)), (day, place, window)
        day += timedelta(days=1)
    joined = {day: members for (day, _, measure), members in told.items() if measure == "enrolled"}
    assert joined == {shop.OPENING.date(): len(NAMES)}
