"""Exported months as tables to ask, and the part of them that a question is about: days, stores, tiers, segments."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Final

import ibis
from ibis import Table
from ibis.expr.types import BooleanValue

from guerdon.core import closing, kpis
from guerdon.insight.kpis.asked import NotExported, Question

MEMBERS: Final = ("active", "blocked")  # who is a member; closed and erased accounts are not


class Scope:
    """The rows that a question is about. Whoever was merged is counted as the member who stands for it."""

    def __init__(self, tables: Mapping[str, Table], months: Sequence[str], currency: str, asked: Question) -> None:
        kpis.check(asked.span)
        self.tables = tables
        self.months = list(months)
        self.currency = currency
        self.asked = asked
        self.since, self.until = asked.span.since, asked.span.until
        self.last = closing.named(date.fromordinal(self.until.toordinal() - 1))
        if self.last not in self.months:
            known = f"{self.months[0]} – {self.months[-1]}" if self.months else "none"
            raise NotExported(f"{self.last} is no exported month ({known})")

    def within(self, day: ibis.Value) -> BooleanValue:
        """Whether a day is one of those asked about."""
        return (day >= self.since) & (day < self.until)

    # --- members ---

    def roll(self, month: str) -> Table:
        """All persons as they stood at the end of a month, those who were merged left out. Raises NotExported."""
        if month not in self.months:
            raise NotExported(f"{month}, the month before, is not exported")
        members = self.tables["members"]
        return members.filter(members.month == month, members.status != "merged")

    def levels(self, month: str) -> Table:
        """The tiers that members had at the end of a month."""
        tiers = self.tables["tiers"]
        return tiers.filter(tiers.month == month)

    @cached_property
    def joined(self) -> Table:
        """The persons of the tiers and segments asked about, whatever became of them."""
        found, asked = self.roll(self.last), self.asked
        if asked.segments:
            found = found.filter(ibis.or_(*[self._in(found, one) for one in asked.segments]))
        if asked.tiers:
            levels = self.levels(self.last)
            had = levels.filter(levels.level.isin(asked.tiers))
            found = found.semi_join(had, "member")
        return found

    def _in(self, people: Table, segment: str) -> BooleanValue:
        """Whether a segment was told of each, or is a saved one that each was in when the month was written."""
        told = people.segments.contains(segment)
        return told | people.saved.contains(segment) if "saved" in people.columns else told

    @cached_property
    def people(self) -> Table:
        """Those of them who are members."""
        return self.joined.filter(self.joined.status.isin(MEMBERS))

    def _by_person(self, rows: Table) -> Table:
        """Rows with a `person`, each as the member by now, of those asked about."""
        members = self.tables["members"]
        last = members.filter(members.month == self.last)
        known = last.select(known="member", now="stands_for")
        found = rows.left_join(known, rows.person == known.known)
        found = found.mutate(person=ibis.coalesce(found.now, found.person)).drop("known", "now")
        if self.asked.tiers or self.asked.segments:
            found = found.semi_join(self.joined, found.person == self.joined.member)
        return found

    # --- what happened ---

    @cached_property
    def facts(self) -> Table:
        """The entries of the journal before the end of the days, in the stores."""
        rows = self.tables["activities"]
        rows = rows.filter(rows.day < self.until)
        if self.asked.stores:
            rows = rows.filter(rows.store.isin(self.asked.stores))
        return self._by_person(rows)

    @cached_property
    def purchases(self) -> Table:
        """Purchases before the end of the days; an order that is amended is one."""
        return self.facts.filter(self.facts.kind == "purchase", ~self.facts.amends)

    @cached_property
    def bought(self) -> Table:
        """The purchases of the days."""
        return self.purchases.filter(self.within(self.purchases.day))

    @cached_property
    def active(self) -> Table:
        """The different persons who did something themselves in the days."""
        facts = self.facts
        return facts.filter(facts.active, self.within(facts.day)).select("person").distinct()

    @cached_property
    def spendable(self) -> Table:
        """The units that can be spent, each as the last version says."""
        units = self.tables["units"]
        newest = units.filter(units.month == self.last)
        newest = newest.filter(newest.version == newest.version.max())
        return newest.filter(newest.spendable).select("unit", "scale")

    @cached_property
    def moves(self) -> Table:
        """The postings of spendable units before the end of the days, of the facts in the stores."""
        rows = self.tables["postings"]
        rows = rows.filter(rows.day < self.until).semi_join(self.spendable, "unit")
        if self.asked.stores:
            facts = self.tables["activities"]
            rows = rows.semi_join(facts.filter(facts.store.isin(self.asked.stores)), "activity")
        return self._by_person(rows)

    @cached_property
    def redeemed(self) -> Table:
        """The rewards that were taken in the days."""
        rows = self.tables["redemptions"]
        return self._by_person(rows.filter(self.within(rows.day)))

    @cached_property
    def lives(self) -> Table:
        """What became of points, lot by lot: `kind` of the posting, signed points, its `day`, when they were earned.

        A lot that passed to another account keeps the day on which its points were earned.
        """
        lots, moves, takings = self.tables["lots"], self.moves, self.tables["takings"]
        born = lots.inner_join(moves.select("posting", "day"), "posting")
        names = ("unit", "kind", "points", "day", "earned_day")
        of = lots.select("account", "lot", "earned_day")
        taken = takings.semi_join(moves, "posting").inner_join(of, ["account", "lot"])
        return born.select(*names).union(taken.select(*names))
