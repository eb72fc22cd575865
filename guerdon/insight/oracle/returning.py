"""Returns, exchanges and reopened orders by the book: the member keeps what the kept part would have earned."""

from datetime import date
from fractions import Fraction

from guerdon.insight.oracle.book import Answer, Lot, No
from guerdon.insight.oracle.shopping import EVER, Basket, Order, Shopping, Slice
from guerdon.insight.oracle.terms import Fact

GIVING_BACK = ("return", "reopen")


class Returning(Shopping):
    """Returns and all that undoes them."""

    __slots__ = ()

    def tell(self, fact: Fact) -> Answer:
        """What the law answers to a fact."""
        known = self.told.get((fact.kind, fact.key))
        if known is not None:
            return ("known", *known[1])
        who = self.led(fact.who)
        try:
            answer = self._tell(fact, who)
        except No as refusal:
            return ("refused", *refusal.args)
        self.told[fact.kind, fact.key] = (who, answer)
        if fact.kind == "purchase":
            self._arrived(fact.key)
        return answer

    def _tell(self, fact: Fact, who: str) -> Answer:
        if fact.kind == "review":
            return self.review(fact, who)
        if fact.kind == "purchase":
            return self.purchase(fact, who)
        order = self.orders.get(fact.order)
        if order is None:
            self.parked.append((who, fact))
            return ("parked", "purchase_missing")
        return self._give_back(fact, who, order)

    def _arrived(self, key: str) -> None:
        """Returns that came before their purchase are applied now; what does not fit waits for a person."""
        order = self.orders.get(key)
        for waiting in [one for one in self.parked if one[1].kind in GIVING_BACK and one[1].order == key]:
            who, fact = waiting
            if order is None or who != order.who:
                continue
            try:
                answer = self._give_back(fact, who, order)
            except No:
                continue
            self.parked.remove(waiting)
            self.told[fact.kind, fact.key] = (who, answer)

    def rate(self, day: date, worth: Fraction) -> int:
        """Tell a rate; answers how many purchases it released, in the order in which they had come."""
        self.rates[day] = worth
        released = [one for one in self.parked if one[1].kind == "purchase" and self._rate(one[1]) is not None]
        for waiting in released:
            who, fact = waiting
            self.parked.remove(waiting)
            self.told["purchase", fact.key] = (who, self.purchase(fact, who))
            self._arrived(fact.key)
        return len(released)

    def exchange(self, fact: Fact, who: str) -> None:
        order = self.orders.get(fact.order)
        if order is None:
            raise No("purchase_unknown")
        self._give_back(Fact("return", fact.key, fact.who, fact.at, order=fact.order), who, order)

    # --- what comes back ---

    def _give_back(self, fact: Fact, who: str, order: Order) -> Answer:
        if self.led(order.who) != who:
            raise No("return_of_another")
        slices = current(order.slices)
        made, kept = cut(fact, order, slices)
        keeps = {unit: order.awarded(unit) for unit in ("points", "stamps")}
        if not made.reopens:
            worth = self.worth(order, kept)
            keeps = {unit: min(worth[unit], points) for unit, points in keeps.items()}
        taken, restored = [], []
        for unit in sorted(dict.fromkeys(lot.unit for lot in order.lots)):
            asked = order.awarded(unit) - keeps[unit] - sum(one.asked.get(unit, 0) for one in slices)
            made.asked[unit] = asked
            if asked >= 0:
                taken.append(self._claw_back(fact, who, order, unit, asked, slices, made))
            else:
                restored.append(self._restore(fact, who, order, unit, -asked, slices, made))
        before = sum(one.to_points for one in slices)
        made.to_points = order.fact.paid_in_points - kept.paid_in_points - before
        order.slices.append(made)
        self.count(who, "count:" + fact.kind, EVER, 1)
        money = (cut_off(order, slices).left - kept.left, kept.left, made.to_points)
        repaid = self.repay_all(who) if restored else ()
        return ("back", tuple(taken), tuple(restored), money, repaid)

    def _claw_back(
        self, fact: Fact, who: str, order: Order, unit: str, asked: int, slices: list[Slice], made: Slice
    ) -> Answer:
        """Its own lots, waiting ones first; what of them has ended; other lots; and then the policy."""
        policy, lots = self.terms.returns, self.members[who].order(unit)
        own = [lot for lot in lots if lot.origin == order.fact.key]
        gone = self._ended(who, order, unit) - sum(one.lapsed.get(unit, 0) for one in slices)
        drawn = self.draw([lot for lot in own if lot.waits(self.now)], asked)
        if policy != "only_pending":
            rest = asked - sum(points for _, points in drawn)
            drawn += self.draw([lot for lot in own if lot.alive(self.now)], rest)
        from_own = sum(points for _, points in drawn)
        lapsed = min(asked - from_own, gone)
        others = debt = 0
        if policy != "only_pending":
            rest_of_them = [lot for lot in lots if lot not in own and lot.alive(self.now)]
            others = sum(points for _, points in self.draw(rest_of_them, asked - from_own - lapsed))
        missing = asked - from_own - lapsed - others
        member = self.members[who]
        if policy == "debt":
            most = self.terms.debt_max if unit == "points" else None
            debt = missing if most is None else max(0, min(missing, most - member.debt[unit]))
        at = max(fact.at, order.fact.at)
        member.debt[unit] += debt
        self.post(member, unit, "lend", debt, at)
        self.post(member, unit, "claw_back", -(from_own + others + debt), at)
        made.moved[unit], made.lapsed[unit] = from_own + others + debt, lapsed
        return (unit, asked, from_own, others, lapsed, debt, missing - debt)

    def _ended(self, who: str, order: Order, unit: str) -> int:
        """What has ended of the order's lots: those it was given, and those that came back to the same person."""
        person = {one for one in self.members if self.led(one) == who}
        lots = [lot for member in self.members.values() for lot in member.lots]
        mine = [lot for lot in lots if (lot.origin, lot.unit) == (order.fact.key, unit)]
        return sum(lot.lapsed for lot in mine if any(one.awarded or one.who in person for one in merged_from(lot)))

    def _restore(
        self, fact: Fact, who: str, order: Order, unit: str, asked: int, slices: list[Slice], made: Slice
    ) -> Answer:
        """Give again what had been taken, with the award's own dates; what had ended or was given up is not."""
        points = left = min(asked, sum(one.moved.get(unit, 0) for one in slices))
        made.moved[unit] = -points
        for lot in order.lots:
            part = min(left, lot.left) if lot.unit == unit else 0
            if part:
                left -= part
                again = Lot(
                    0, who, unit, lot.origin, part, lot.earned, lot.starts, lot.ends, lot.funder, awarded=True
                )  # fmt: skip
                self.credit("restore", again, max(fact.at, order.fact.at))
        return (unit, asked, points)


def merged_from(lot: Lot) -> list[Lot]:
    """A lot, and those it was before its owner became one with another member, or two again."""
    found = [lot]
    while lot.merge is not None and lot.source is not None:
        lot = lot.source
        found.append(lot)
    return found


def current(slices: list[Slice]) -> list[Slice]:
    """The returns since the order was last opened again."""
    places = [place for place, one in enumerate(slices) if one.reopens]
    return slices[places[-1] + 1 :] if places else list(slices)


def cut(fact: Fact, order: Order, slices: list[Slice]) -> tuple[Slice, Basket]:
    """What comes back, and what is left of the order after it."""
    if fact.kind == "reopen":
        if not slices:
            raise No("nothing_returned")
        return Slice(reopens=True), cut_off(order, [])
    before = cut_off(order, slices)
    if slices and before.left == 0:
        raise No("already_returned")
    made = Slice(money=before.left if fact.money is None else fact.money)
    if fact.backs:
        made.money = 0
    for back in fact.backs:
        if back.line > len(before.lines):
            raise No("return_line_unknown")
        money, pieces, _ = before.lines[back.line - 1]
        if back.pieces is None and back.money is None:
            made.backs.append((back.line, min(money, before.left), pieces))
        else:
            made.backs.append((back.line, back.money, back.pieces))
    return made, cut_off(order, [*slices, made])


def cut_off(order: Order, slices: list[Slice]) -> Basket:
    """What is left of an order after these returns, in whatever order they came."""
    lines: list[tuple[int, int, bool]] = []
    for number, line in enumerate(order.fact.lines, start=1):
        backs = [back for one in slices for back in one.backs if back[0] == number]
        money = sum(told or 0 for _, told, _ in backs)
        pieces = sum(told or 0 for _, _, told in backs)
        bare = sum(told or 0 for _, money_told, told in backs if money_told is None)  # pieces alone
        if pieces > line.pieces:
            raise No("return_too_much")
        money += line.net * bare // line.pieces if bare else 0
        if money > line.net:
            raise No("return_too_much")
        lines.append((line.net - money, line.pieces - pieces, line.coffee))
    named, off = sum(money for money, _, _ in lines), sum(one.money for one in slices)
    if off > named:
        raise No("return_too_much")
    total, paid = sum(line.net for line in order.fact.lines), order.fact.paid_in_points
    returned = total - (named - off)
    to_points = (2 * returned * paid + total) // (2 * total) if paid else 0
    return Basket(lines, named - off, paid - to_points)
