"""Points that pass from one member to another, and members who become one, or two again, by the book."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from guerdon.insight.oracle import days
from guerdon.insight.oracle.book import LATER, UNITS, Answer, No, Window
from guerdon.insight.oracle.spending import Spending

DEALS = {"accept": "accepted", "decline": "declined", "withdraw": "withdrawn"}


@dataclass(slots=True)
class Gift:
    """Points sent, or offered until an instant."""

    who: str
    to: str
    unit: str
    points: int
    fee: int
    state: str = "done"
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Merge:
    """What a member who went had when going."""

    number: int
    goes: str
    stays: str
    debt: dict[str, int]
    counters: dict[Window, int]
    alone: dict[str, int]  # by actor
    day: str


@dataclass(slots=True)
class Sharing(Spending):
    """Transfers and merges."""

    gifts: dict[str, Gift] = field(default_factory=dict)
    merges: dict[str, Merge] = field(default_factory=dict)  # by who went
    merged: int = 0  # how many merges there were

    # --- transfers ---

    def send(self, who: str, to: str, unit: str, points: int, key: str) -> Answer:
        terms, who, to = self.terms, self.led(who), self.led(to)
        plain = unit == "stamps"  # which cost nothing and know no limits
        if not plain and points < terms.least_sent:
            raise No("transfer_too_small")
        if who == to:
            raise No("transfer_to_self")
        fee = 0 if plain else terms.fee_points + -(-points * terms.fee_percent // 100)
        gift = Gift(who, to, unit, points, fee)
        self._may(gift)
        if plain or not terms.acceptance:
            self._pass(gift)
            self.gifts[key] = gift
            return ("sent", points, fee)
        gift.state = "offered"
        gift.until = days.first_instant(self.day(self.now) + timedelta(days=terms.offer_days + 1), terms.zone)
        self.gifts[key] = gift
        return ("offered",)

    def settle(self, key: str, deal: str) -> Answer:
        gift = self.gifts[key]
        if gift.state == DEALS[deal]:
            return ("known",)
        if gift.state != "offered":
            raise No("transfer_settled")
        assert gift.until is not None
        if gift.until <= self.now:
            raise No("offer_lapsed")
        if deal == "accept":
            if gift.who in self.into or gift.to in self.into:
                raise No("member_merged")
            self._may(gift)
            self._pass(gift)
        gift.state = DEALS[deal]
        return ("sent", gift.points, gift.fee) if deal == "accept" else ("put away",)

    def _windows(self, unit: str) -> list[tuple[int, str, bool]]:
        """The limits with the names of their windows, and whether they are those of a pair."""
        day, terms = self.day(self.now), self.terms
        found = [(terms.sent_per_day, f"td{day:%Y%m%d}", False), (terms.sent_per_pair, f"tm{day:%Y%m}", True)]
        return [(most, window, pair) for most, window, pair in found if most is not None and unit == "points"]

    def _may(self, gift: Gift) -> None:
        for most, window, pair in self._windows(gift.unit):
            # A person is one, by whatever names points reached them.
            names = [one for one in self.members if self.led(one) == gift.to]
            keys = [f"sent:{gift.unit}:{one}" for one in names] if pair else [f"sent:{gift.unit}"]
            if sum(self.counted(gift.who, key, window) for key in keys) + gift.points > most:
                raise No("transfer_pair_limit" if pair else "transfer_limit")
        if self._available(gift.who, gift.unit) < gift.points + gift.fee:
            raise No("insufficient_points")

    def _pass(self, gift: Gift) -> None:
        for _, window, pair in self._windows(gift.unit):
            key = f"sent:{gift.unit}:{gift.to}" if pair else f"sent:{gift.unit}"
            self.count(gift.who, key, window, gift.points)
        parts = self.spend("transfer_out", gift.who, gift.unit, gift.points)
        self.pass_on("transfer_in", parts, gift.to)
        self.spend("fee", gift.who, gift.unit, gift.fee)
        self.repay_all(gift.to)

    # --- merges ---

    def merge(self, stays: str, goes: str) -> Answer:
        known = self.merges.get(goes)
        if known is not None and known.stays == stays:
            return ("known",)
        if stays == goes:
            raise No("merge_of_one")
        if stays in self.into or goes in self.into:
            raise No("member_merged")
        if self.waits(goes):
            raise No("merge_waiting")
        self._may_merge(stays, goes)
        self.merged += 1
        other = self.members[goes]
        today = str(self.day(self.now))
        alone = {actor: points for (who, actor, day), points in self.alone.items() if (who, day) == (goes, today)}
        self.merges[goes] = Merge(
            self.merged, goes, stays, dict(other.debt), dict(other.counters), alone, today
        )  # fmt: skip
        passed = []
        for unit in UNITS:
            points = self.move(goes, stays, unit, other.order(unit), merge=self.merged)
            self.repay(stays, unit)
            owed = other.debt[unit]
            self._take_over(goes, stays, unit, owed)
            self.repay(stays, unit)
            passed.append((unit, points, owed))
        for (key, window), amount in other.counters.items():
            self.count(stays, key, window, amount)
        for actor, points in alone.items():
            self.alone[stays, actor, today] = self.alone.get((stays, actor, today), 0) + points
        self.into[goes] = stays
        return ("merged", tuple(one for one in passed if one[1] or one[2]))

    def _may_merge(self, stays: str, goes: str) -> None:
        """Nothing is reserved, and together they owe no more than one may."""
        one, other = self.members[stays], self.members[goes]
        for unit in UNITS:
            if any(lot.held for lot in other.order(unit)):
                raise No("merge_held")
            most = self.terms.debt_max if unit == "points" else None
            brings = sum(lot.free for lot in other.order(unit) if lot.alive(self.now))
            owed = max(0, one.debt[unit] - brings)
            if most is not None and other.debt[unit] and owed + other.debt[unit] > most:
                raise No("merge_debt")

    def unmerge(self, stays: str, goes: str) -> Answer:
        found = self.merges.get(goes)
        if found is None:
            raise No("not_merged")
        if self.led(goes) != found.stays:
            raise No("member_merged")
        if found.stays != stays:
            raise No("not_merged")
        for unit in UNITS:
            if any(lot.held for lot in self.members[stays].order(unit) if lot.brought_by(found.number)):
                raise No("merge_held")
        passed = []
        for unit in UNITS:
            lots = [lot for lot in self.members[stays].order(unit) if lot.brought_by(found.number)]
            points = self.move(stays, goes, unit, lots, merge=LATER)
            owed = min(found.debt[unit], self.members[stays].debt[unit])
            if unit == "points" and self.terms.debt_max is not None:
                owed = min(owed, self.terms.debt_max)
            self._take_over(stays, goes, unit, owed)
            passed.append((unit, points, owed))
        del self.into[goes], self.merges[goes]
        counters = self.members[stays].counters
        for name, amount in found.counters.items():
            counters[name] = max(0, counters.get(name, 0) - amount)
        for actor, points in found.alone.items():
            self.alone[stays, actor, found.day] -= points
        self.repay_all(goes)
        return ("merged", tuple(one for one in passed if one[1] or one[2]))

    def _take_over(self, debtor: str, taker: str, unit: str, owed: int) -> None:
        """Another one owes it from now on: lent to the one, passed on, and repaid by the other."""
        self.members[debtor].debt[unit] -= owed
        self.members[taker].debt[unit] += owed
        for who, kind, points in (
            (taker, "lend", owed), (taker, "merge_out", -owed), (debtor, "merge_in", owed), (debtor, "repay", -owed)
        ):  # fmt: skip
            self.post(self.members[who], unit, kind, points)
