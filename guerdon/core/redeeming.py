"""What vouchers take off a basket: whole minor units, line by line, never more than there is (LAW 8.4)."""

from collections.abc import Mapping, Sequence
from typing import TypeGuard

import msgspec

from guerdon.core import (
    activities,
    belonging,
    climbing,
    documents,
    earning,
    errors,
    limits,
    matching,
    silence,
    vouchers,
)
from guerdon.core.activities import Activity, Line
from guerdon.core.decisions import VoucherUse
from guerdon.core.law import Law
from guerdon.core.matching import Case
from guerdon.core.silence import Failure
from guerdon.core.standing import Standing
from guerdon.core.transfers import WHOLE
from guerdon.core.vouchers import Voucher

GOODS = "goods"
SHIPPING = "shipping"


class Counter:
    """A basket on the counter, before a member, with the vouchers that are put down beside it.

    `law` is that of the programme, `offers` are the terms of all vouchers that may be put down, by key.
    """

    def __init__(self, law: Law, basket: Activity, standing: Standing, offers: Sequence[Voucher]) -> None:
        self.law = law
        self.standing = standing
        self.basket = msgspec.structs.replace(basket, kind=activities.PURCHASE, facts={})  # those are of ours
        self.lines = self.basket.goods
        self._begin()
        self._filters = matching.Filters()  # of these vouchers alone: purchases are sorted by their rules
        for one in offers:
            self._filters.bit(one.where)
            if one.condition is not None:
                matching.test(one.condition, self._filters)
        programme = law.programme
        seen = climbing.as_of(programme.tiers, law.zone, standing, basket.occurred_at) if programme.tiers else standing
        seen = belonging.seen(programme, seen, basket.occurred_at)
        self._case = self._looked_at(seen)

    def _begin(self) -> None:
        """Nothing is put down yet: all of each line is left, and no piece of it is free."""
        self.left, self._gone = [line.net for line in self.lines], [0] * len(self.lines)

    def _looked_at(self, standing: Standing) -> Case:
        """The basket as conditions see it: what earns, net of its discounts, before any voucher."""
        switches = self.law.programme.earning
        buckets = earning.eligible(self.basket, switches, self._filters, by_line=False)
        up, down = earning.fraction(self.basket, buckets, switches, None)
        local = self.basket.occurred_at.astimezone(self.law.zone)
        return Case(
            activity=self.basket, standing=standing, calendar=self.law.calendar(local.date()), local=local,
            home=self.law.programme.currency, buckets=buckets, up=up, down=down,
        )  # fmt: skip

    def unmet(self, one: Voucher) -> Failure | None:
        """The first condition of the voucher that does not hold, with its place in the programme document."""
        if one.condition is None:
            return None
        here = documents.under(documents.under(documents.under("", "vouchers"), one.key), "if")
        return silence.first_failure(one.condition, self._case, self._filters, pointer=here)

    def check(self, one: Voucher) -> None:
        """Refuse a voucher whose conditions do not hold. Raises `voucher_unmet`."""
        failure = self.unmet(one)
        if failure is not None:
            raise vouchers.VOUCHER_UNMET(voucher=one.key, condition=failure.word, pointer=failure.pointer)

    def put_down(self, shown: Sequence[tuple[str, Voucher]]) -> list["VoucherUse | errors.Refusal"]:
        """Take all that the vouchers give off the whole basket, each from what those before it left.

        Free pieces go first, then percentages, then amounts, ties by code, so that the order in which they were shown
        changes nothing. Answers, in the order shown, what each took, or why it takes nothing.
        """
        self._begin()
        found: dict[int, VoucherUse | errors.Refusal] = {}
        order = sorted(range(len(shown)), key=lambda place: (shown[place][1].place, shown[place][0]))
        for place in order:
            code, one = shown[place]
            try:
                self.check(one)
                taken = self._take(one)
            except errors.Refusal as refusal:
                found[place] = refusal
                continue
            lines = {str(number): off for number, off in enumerate(taken, 1) if off}
            found[place] = VoucherUse(code, one.key, sum(taken), lines)
        return [found[place] for place in range(len(shown))]

    def _take(self, one: Voucher) -> list[int]:
        """What the voucher takes off each line. Raises `voucher_takes_nothing` where it finds nothing to take off."""
        off = [0] * len(self.lines)
        if one.kind == "gift":
            return off
        places = [place for place, line in enumerate(self.lines) if self._counts(line, one) and self.left[place]]
        if not places:
            raise vouchers.VOUCHER_TAKES_NOTHING(voucher=one.key)
        if one.kind == "product":
            place = max(places, key=lambda place: (self._piece(place), -place))
            off[place] = self._piece(place)
        else:
            there = [self.left[place] for place in places]
            for place, part in zip(places, spread(self._worth(one, sum(there)), there), strict=True):
                off[place] = part
        if not any(off):  # a percentage of a few cents
            raise vouchers.VOUCHER_TAKES_NOTHING(voucher=one.key)
        if one.kind == "product":
            self._gone[place] += 1
        self.left = [left - part for left, part in zip(self.left, off, strict=True)]
        return off

    def _counts(self, line: Line, one: Voucher) -> bool:
        if one.kind == "free_shipping":
            return line.kind == SHIPPING
        if line.kind != GOODS or (one.product is not None and line.product != one.product):
            return False
        return bool(self._filters.mask(line) & self._filters.bit(one.where))

    def _piece(self, place: int) -> int:
        """What one piece of a line still costs, rounded half up; the whole line where it has no more than one."""
        pieces = max(1, self.lines[place].quantity - self._gone[place])
        return (2 * self.left[place] + pieces) // (2 * pieces)

    def _worth(self, one: Voucher, there: int) -> int:
        """How much comes off what is there; a percentage is rounded half up, once."""
        if one.kind == "free_shipping":
            return there
        if one.amount is not None:
            return min(one.amount, there)
        assert one.percent is not None
        off = (2 * there * one.percent + WHOLE) // (2 * WHOLE)
        return min(off, there if one.amount_max is None else one.amount_max)


def best(counter: Counter, shown: Sequence[tuple[str, Voucher]], room: Mapping[str, int]) -> list[VoucherUse]:
    """The vouchers that together take most off, of those that may be used together; of equals the fewest, gifts beside.

    `room` is how many of a key the member may still use; one that is not there has no limit. No more are tried than may
    be shown with one basket, those first that take most off alone. Among these the answer is exact: whatever else is
    put down, a voucher takes off no more than alone, so a branch that can't win by that measure is not walked.
    """
    alone = [(use.off, code, one) for code, one in shown for use in counter.put_down([(code, one)]) if _takes(use)]
    alone = sorted(alone, key=lambda each: (-each[0], each[1]))[: limits.VOUCHERS_TOGETHER_MAX]
    rest = [sum(off for off, _, _ in alone[place:]) for place in range(len(alone) + 1)]
    won: list[VoucherUse] = []

    def walk(place: int, laid: list[tuple[str, Voucher]], uses: list[VoucherUse]) -> None:
        nonlocal won
        total = sum(use.off for use in uses)
        if (total, -len(uses)) > (sum(use.off for use in won), -len(won)):
            won = uses
        if place == len(alone) or total + rest[place] <= sum(use.off for use in won):
            return
        _, code, one = alone[place]
        more = [*laid, (code, one)]
        if _go_together(more, room):
            found = counter.put_down(more)
            taken = [use for use in found if isinstance(use, VoucherUse)]
            if len(taken) == len(found):
                walk(place + 1, more, taken)
        walk(place + 1, laid, uses)

    walk(0, [], [])
    offers = dict(shown)
    laid = [(use.code, offers[use.code]) for use in won]
    for code, one in shown:
        if one.kind == "gift" and _go_together([*laid, (code, one)], room) and counter.unmet(one) is None:
            laid.append((code, one))
            won = [*won, VoucherUse(code, one.key, 0, {})]
    return won


def _takes(use: VoucherUse | errors.Refusal) -> TypeGuard[VoucherUse]:
    return isinstance(use, VoucherUse) and use.off > 0


def _go_together(laid: Sequence[tuple[str, Voucher]], room: Mapping[str, int]) -> bool:
    offers = [one for _, one in laid]
    try:
        vouchers.check_together(offers)
    except errors.Refusal:
        return False
    return all(sum(one.key == key for one in offers) <= most for key, most in room.items())


def spread(total: int, weights: Sequence[int]) -> list[int]:
    """The total in whole parts as the weights are, by largest remainder, ties by place (LAW 3.3); total ≤ their sum."""
    whole = sum(weights)
    parts = [total * weight // whole for weight in weights]
    order = sorted(range(len(weights)), key=lambda place: (-(total * weights[place] % whole), place))
    for place in order[: total - sum(parts)]:
        parts[place] += 1
    return parts
