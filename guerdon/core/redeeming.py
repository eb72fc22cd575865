"""What vouchers take off a basket: whole minor units, line by line, never more than there is (LAW 8.4)."""

from collections.abc import Sequence

import msgspec

from guerdon.core import (
    activities,
    belonging,
    climbing,
    documents,
    earning,
    errors,
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
        self.begin()
        self._filters = matching.Filters()  # of these vouchers alone: purchases are sorted by their rules
        for one in offers:
            self._filters.bit(one.where)
            if one.condition is not None:
                matching.test(one.condition, self._filters)
        self._masks = [self._filters.mask(line) for line in self.lines]
        programme = law.programme
        seen = climbing.as_of(programme.tiers, law.zone, standing, basket.occurred_at) if programme.tiers else standing
        seen = belonging.seen(programme, seen, basket.occurred_at)
        self._case = self._looked_at(seen)

    def begin(self) -> None:
        """Nothing is put down yet: all of each line is left, and no piece of it is free."""
        self.left, self.gone = [line.net for line in self.lines], [0] * len(self.lines)

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

        Free pieces go first, then percentages, then amounts, ties by key and code, so that the order in which they were
        shown changes nothing. Answers, in the order shown, what each took, or why it takes nothing.
        """
        self.begin()
        found: dict[int, VoucherUse | errors.Refusal] = {}
        order = sorted(range(len(shown)), key=lambda place: turn(shown[place]))
        for place in order:
            code, one = shown[place]
            try:
                self.check(one)
                taken = self.take(one)
            except errors.Refusal as refusal:
                found[place] = refusal
                continue
            lines = {str(number): off for number, off in enumerate(taken, 1) if off}
            found[place] = VoucherUse(code, one.key, sum(taken), lines)
        return [found[place] for place in range(len(shown))]

    def take(self, one: Voucher) -> list[int]:
        """What the voucher takes off each line; so much less is left of it from now on.

        Raises `voucher_takes_nothing` where it finds nothing to take off.
        """
        off = [0] * len(self.lines)
        if one.kind == "gift":
            return off
        places = [place for place in self.reach(one) if self.left[place]]
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
            self.gone[place] += 1
        self.left = [left - part for left, part in zip(self.left, off, strict=True)]
        return off

    def reach(self, one: Voucher) -> list[int]:
        """The places of the lines that the voucher may take something off."""
        bit = self._filters.bit(one.where)
        return [place for place, line in enumerate(self.lines) if self._counts(line, one) and self._masks[place] & bit]

    def most(self, one: Voucher, reach: Sequence[int]) -> int:
        """What the voucher can take off at most, of what is left now, whatever is put down before it.

        Less being left, none takes more; but of pieces that are rounded half up a later one may be a unit dearer than
        the first, never dearer than the first rounded up: with `left <= c * pieces` before a piece it is so after it.
        """
        if one.kind == "product":
            return max(-(-self.left[place] // max(1, self.lines[place].quantity - self.gone[place])) for place in reach)
        return self._worth(one, sum([self.left[place] for place in reach]))

    @staticmethod
    def _counts(line: Line, one: Voucher) -> bool:
        if one.kind == "free_shipping":
            return line.kind == SHIPPING
        return line.kind == GOODS and (one.product is None or line.product == one.product)

    def _piece(self, place: int) -> int:
        """What one piece of a line still costs, rounded half up; the whole line where it has no more than one."""
        pieces = max(1, self.lines[place].quantity - self.gone[place])
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


def turn(shown: tuple[str, Voucher]) -> tuple[int, str, str]:
    """When a code is put down among others: those of one key follow each other, so that any of them does as well."""
    code, one = shown
    return (one.place, one.key, code)


def spread(total: int, weights: Sequence[int]) -> list[int]:
    """The total in whole parts as the weights are, by largest remainder, ties by place (LAW 3.3); total ≤ their sum."""
    whole = sum(weights)
    parts = [total * weight // whole for weight in weights]
    order = sorted(range(len(weights)), key=lambda place: (-(total * weights[place] % whole), place))
    for place in order[: total - sum(parts)]:
        parts[place] += 1
    return parts
