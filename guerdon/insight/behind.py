"""The list behind each KPI: whom and what it counted, so that its rows add up to the number."""

from datetime import date, datetime, timedelta
from typing import Final

import msgspec

from guerdon.core import figures, kpis, period
from guerdon.core.closing import COLUMNS
from guerdon.core.figures import ALL_STORES, Calendar, Day, Moved
from guerdon.core.kpis import Span
from guerdon.core.ledger import CREDITS
from guerdon.core.programme import Programme
from guerdon.features.closings import queries as closings
from guerdon.features.expirations import queries as expirations
from guerdon.features.figures import behind, queries
from guerdon.features.figures.behind import Entry
from guerdon.features.memberships import queries as memberships
from guerdon.features.redemptions import queries as redemptions
from guerdon.features.tiers import queries as tiers
from guerdon.insight.figures import SOON_MONTHS
from guerdon.kit import clock, ids
from guerdon.kit.store import Store

Cursor = tuple[int | str, str]
_COLUMN: Final = {
    "points_issued": ("issued",),
    "points_redeemed": ("burned",),
    "points_expired": ("expired",),
    "redemption_rate": ("issued", "burned"),
}
_PEOPLE: Final = ("active_members", "active_on_last_day", "purchase_frequency")


class Row(msgspec.Struct, frozen=True):
    """One row behind a figure: whose, on which day; `amount` is of money or points, `times` how often."""

    member: str
    day: date | None = None
    activity: str | None = None
    what: str = ""  # the kind of the activity or posting, the tier, the reward
    of: str = ""  # the currency or the unit
    amount: int | None = None
    times: int | None = None


class Page(msgspec.Struct, frozen=True):
    """A page of rows, and where the next one begins; None after the last."""

    rows: tuple[Row, ...]
    next: Cursor | None


class Asked(msgspec.Struct, frozen=True):
    """Which rows are wanted: behind which KPI, of which days and store; a page of `most` members, or members' days."""

    kpi: str
    span: Span
    store: str = ALL_STORES
    after: Cursor | None = None
    most: int = 50


def by_day(kpi: str) -> bool:
    """Whether pages go by members' days."""
    return kpi in _COLUMN or kpi in ("purchases", "revenue", "average_order_value")


def by_account(kpi: str) -> bool:
    """Whether pages go by accounts, of which each may have several rows."""
    return kpi in ("points_outstanding", "outstanding_worth", "tier_members", "plan_members")


def page(store: Store, programme_id: str, programme: Programme, asked: Asked, *, now: datetime) -> Page:
    """The rows behind a KPI. Raises `kpi_unknown` and `figures_period_invalid`."""
    kpis.kpi(asked.kpi)
    kpis.check(asked.span)
    look = _Look(store, programme_id, programme, asked, now)
    if asked.kpi in _PEOPLE:
        return look.people()
    if by_day(asked.kpi):
        return look.days()
    others = {"new_members": look.joined, "expiring_soon": look.expiring, "open_redemptions": look.waiting,
              "tier_members": look.ranked, "plan_members": look.subscribed}  # fmt: skip
    return others.get(asked.kpi, look.balances)()


class _Look:
    def __init__(self, store: Store, programme_id: str, programme: Programme, asked: Asked, now: datetime) -> None:
        self.store = store
        self.programme_id = programme_id
        self.programme = programme
        self.asked = asked
        self.now = now
        self.first, self.last = asked.span.since.toordinal(), asked.span.until.toordinal() - 1
        self.after = str(asked.after[1]) if asked.after else ids.NIL

    def people(self) -> Page:
        """Different members of the window up to the last day that is over, or of the last day."""
        first, last = self.last, self.last
        if self.asked.kpi != "active_on_last_day":
            last = min(last, queries.watermark(self.store, self.programme_id).finished or 0)
            first = last - kpis.WINDOW + 1
        bought = self.asked.kpi == "purchase_frequency"
        found = behind.people(
            self.store, self.programme_id, bought=bought, place=self.asked.store, first=first, last=last,
            after=self.after, most=self.asked.most,
        )  # fmt: skip
        rows = [Row(one.id, date.fromordinal(one.day), times=one.times) for one in found]
        return self._page(rows, ("", found[-1].id) if found else None, len(found))

    def joined(self) -> Page:
        zone, span = self.programme.zone, self.asked.span
        found = behind.joined(
            self.store, self.programme_id, start=clock.micros(period.midnight(span.since, zone)),
            until=clock.micros(period.midnight(span.until, zone)), after=self.after, most=self.asked.most,
        )  # fmt: skip
        rows = [Row(id, period.local_day(clock.instant(at), zone)) for id, at in found]
        return self._page(rows, ("", found[-1][0]) if found else None, len(found))

    def days(self) -> Page:
        """Purchases and returns, or points, of members' days from the last one back."""
        last_day = (self.last + 1, ids.NIL)
        after = (int(self.asked.after[0]), self.after) if self.asked.after else last_day
        days = behind.member_days(
            self.store, self.programme_id, place=self.asked.store, first=self.first, last=self.last, after=after,
            most=self.asked.most,
        )  # fmt: skip
        calendar = Calendar(self.programme.zone, closings.borders(self.store, self.programme_id))
        spans = [self._span(day) for day, _ in days]
        columns, home = _COLUMN.get(self.asked.kpi), self.programme.currency
        if columns is None:
            entries = behind.trade(self.store, days, spans, home)
            rows = [self._trade(one, calendar) for one in entries if self._wanted(one)]
        else:
            kinds = [kind for kind, column in COLUMNS.items() if column in columns]
            entries = behind.points(self.store, days, spans, kinds, calendar, home)
            rows = [self._points(one, calendar) for one in entries if self._here(one) and self._counts(one.moved)]
        rows.sort(key=lambda row: row.day or date.min, reverse=True)
        return self._page(rows, days[-1] if days else None, len(days))

    def _span(self, day: Day) -> tuple[int, int]:
        start, end = (period.midnight(date.fromordinal(one), self.programme.zone) for one in (day, day + 1))
        return clock.micros(start), clock.micros(end)

    def _here(self, one: Entry) -> bool:
        return self.asked.store in (ALL_STORES, one.fact.store)

    def _counts(self, moved: Moved | None) -> bool:
        """What members can spend, as the number does; nobody adds status credits to points."""
        return moved is not None and self._spendable(moved.unit)

    def _spendable(self, unit: str) -> bool:
        return unit in self.programme.units and self.programme.units[unit].spendable

    def _wanted(self, one: Entry) -> bool:
        """Purchases alone where they are counted; their money counts what is amended and comes back, too."""
        bought = one.fact.kind == figures.PURCHASES.removesuffix("s")
        counted = bought and not one.fact.amends if self.asked.kpi == "purchases" else True
        return counted and self._here(one)

    def _trade(self, one: Entry, calendar: Calendar) -> Row:
        fact, day = one.fact, date.fromordinal(calendar.day(one.fact.occurred_at))
        amount = fact.spent if fact.kind == "purchase" else -fact.returned
        return Row(fact.person_id, day, one.id, fact.kind, fact.currency, amount)

    def _points(self, one: Entry, calendar: Calendar) -> Row:
        moved = one.moved
        assert moved is not None
        day = date.fromordinal(calendar.counts(moved, one.fact.seq)[0])
        points = moved.amount if moved.kind in CREDITS else -moved.amount
        return Row(one.fact.person_id, day, one.id, moved.kind, moved.unit, points)

    def balances(self) -> Page:
        """What members had at the end of the days, counted as the number is."""
        after = (str(self.asked.after[0]), self.after) if self.asked.after else (ids.NIL, "")
        calendar = Calendar(self.programme.zone, closings.borders(self.store, self.programme_id))
        with self.store.reading():
            found = behind.balances(
                self.store, self.programme_id, until=self._span(self.last)[1], day=self.last + 1,
                seq=queries.watermark(self.store, self.programme_id).seq, calendar=calendar, after=after,
                most=self.asked.most,
            )  # fmt: skip
        rows = [
            Row(account, of=unit, amount=points) for account, unit, points in found if points and self._spendable(unit)
        ]
        return self._page(rows, found[-1][:2] if found else None, len(found))

    def expiring(self) -> Page:
        """What ends in this month and the next, by account and end."""
        first = period.local_day(self.now, self.programme.zone).replace(day=1)
        until = period.midnight(period.add_months(first, SOON_MONTHS), self.programme.zone)
        found = expirations.ending(
            self.store, self.programme_id, self.now, after=self.after, most=self.asked.most
        )  # fmt: skip
        rows = [
            Row(one.account_id, period.local_day(one.ends_at - timedelta(microseconds=1), self.programme.zone),
                of=one.unit, amount=one.points)
            for one in found
            if one.unit is not None and self._spendable(one.unit) and one.ends_at is not None and one.ends_at <= until
        ]  # fmt: skip
        accounts = {one.account_id for one in found}
        return self._page(rows, ("", found[-1].account_id) if found else None, len(accounts))

    def waiting(self) -> Page:
        """Redemptions that wait to be confirmed or handed over."""
        found = redemptions.open_ones(self.store, self.programme_id, after=self.after, most=self.asked.most)
        rows = [Row(person, period.local_day(at, self.programme.zone), id, reward) for id, person, reward, at in found]
        return self._page(rows, ("", found[-1][0]) if found else None, len(found))

    def ranked(self) -> Page:
        """Members with the tier that they have earned."""
        after = (str(self.asked.after[0]), self.after) if self.asked.after else (ids.NIL, "")
        found = tiers.levels(self.store, self.programme_id, after=after, most=self.asked.most)
        rows = [Row(account, what=f"{ladder}/{level}") for account, ladder, level in found]
        return self._page(rows, found[-1][:2] if found else None, len(found))

    def subscribed(self) -> Page:
        """Members with the plan of each membership that runs."""
        after = (str(self.asked.after[0]), self.after) if self.asked.after else (ids.NIL, ids.NIL)
        found = memberships.running(self.store, self.programme_id, self.now, after=after, most=self.asked.most)
        rows = [Row(account, what=plan) for account, _, plan in found]
        return self._page(rows, found[-1][:2] if found else None, len(found))

    def _page(self, rows: list[Row], last: Cursor | None, many: int) -> Page:
        return Page(tuple(rows), last if many == self.asked.most else None)
